"""One intake, whole: run, survey, draft, compare, report, and the list of decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from planextract.dictionaries import load_dictionaries
from planextract.errors import EXIT_INPUT, EXIT_OK, OutputError, PlanExtractError, UsageError
from planextract.export.source import ExportSource, open_source
from planextract.model.vocabulary import Dictionaries
from planextract.new_plan import drafts
from planextract.new_plan.bodies import Proposals, propose_bodies
from planextract.new_plan.headers import read_header_rows
from planextract.new_plan.open_questions import (
    OpenDecision,
    Places,
    decide_draft,
    decide_names,
    decide_region,
    decide_region_draft,
    render_markdown,
)
from planextract.new_plan.survey import Form, Wording, find_deadlines, find_forms, find_headers, find_units
from planextract.phrases import Phrase, join_phrases
from planextract.report.commands import write_quality_report, write_year_report
from planextract.run.account import Progress, RunSummary
from planextract.run.options import RunOptions
from planextract.run.runs import run_inputs
from planextract.run.vocabularies import load_vocabularies
from planextract.settings import Settings
from planextract.write.contract import BY_NAME

DECISIONS_FILE = "decisions.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What is known after an intake: facts in a line each, open decisions, files to look at."""

    facts: tuple[str, ...]
    decisions: tuple[OpenDecision, ...]
    drafts: tuple[drafts.Draft, ...]
    files: tuple[Path, ...]
    again: str
    exit_code: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unknown:
    """Everything that the dictionaries do not know of the plan."""

    headers: tuple[Wording, ...] = ()
    deadlines: tuple[Wording, ...] = ()
    units: tuple[Wording, ...] = ()
    forms: tuple[Form, ...] = ()
    regions: tuple[str, ...] = ()
    to_check: int = 0


def take_in(
    plan: str,
    folder: Path,
    progress: Progress,
    *,
    last: Sequence[Path] = (),
    region: str | None = None,
    use: Sequence[Path] = (),
    language: str = "en",
) -> Intake:
    """Read a new plan and leave drafts, reports and a list of decisions in a folder.

    The folder's own dictionaries and decisions are used, so that the same command again shows what is left.

    Args:
        plan: Document, or folder of documents.
        folder: Folder for everything: ``output/``, ``dictionaries/``, ``report/``, ``comparison/``, ``decisions.md``.
        progress: Is told how the reading goes on.
        last: Last year's output, or outputs.
        region: Code or name of the issuing region, where the notice does not say it.
        use: Drafts of the folder to use from now on: a person has checked them.
        language: ``en`` or ``zh``: of the list of decisions.

    Raises:
        UsageError: If there is no such input, region or draft.
        OutputError: If the folder cannot be written.
    """
    places = Places(plan=plan, folder=folder, region=region, last=tuple(map(str, last)), language=language)
    for path in last:
        if not path.exists():
            raise UsageError(
                "new.no_last",
                "there is no such output",
                file=str(path),
                advice="Give the output folder of last year's run.",
            )
    if Path(plan).is_dir() and folder.resolve().is_relative_to(Path(plan).resolve()):
        raise UsageError(
            "new.inside_input",
            "the folder is inside the plans' own: its reports would be read as plans",
            file=str(folder),
            advice="Choose another folder with -o.",
        )
    for path in use:
        drafts.use_draft(path, places.dictionaries)
    places.dictionaries.mkdir(parents=True, exist_ok=True)  # a first plan finds none
    if region is not None and len(load_dictionaries().regions.find_all(region)) != 1:
        raise UsageError(
            "new.no_such_region",
            Phrase("'{region}' is not one region", region=region),
            advice="Give its GB/T 2260 code or its full name.",
        )
    options = RunOptions(
        extra_dictionaries=places.dictionaries, agency_decisions=places.names_log.absolute(), prune=True
    )
    summary = run_inputs([plan], str(places.output), replace(Settings(), region=region), progress, options)
    dictionaries = load_vocabularies(places.dictionaries, places.names_log.absolute())
    if not any(result.error is None for result in summary.results):
        return _finish_unread(places, summary, dictionaries)
    source = open_source(str(places.output))
    unknown = _survey(source, dictionaries)
    made, decisions = _decide_words(places, unknown)
    named, for_bodies = _decide_bodies(places, unknown, dictionaries)
    checked = [_decide_rows(places, unknown)] if unknown.to_check else []
    compared, files = _compare(places, last)
    files.append(write_quality_report(places.output, folder / "report", [Path(plan)], 60).page)
    facts = [*_describe(summary, unknown), *compared]
    return _finish(places, facts, [*for_bodies, *decisions, *checked], [*named, *made], files, summary.exit_code)


def _survey(source: ExportSource, dictionaries: Dictionaries) -> _Unknown:
    rows = {
        name: list(source.read_rows(BY_NAME[name])) for name in ("documents", "measures", "targets", "responsibilities")
    }
    paths = {row["doc_id"]: row["source_path"] for row in rows["documents"]}
    places = {row["measure_id"]: _place(row, paths if len(paths) > 1 else {}) for row in rows["measures"]}
    forms = [
        form
        for document in rows["documents"]
        for form in find_forms(
            [row for row in rows["responsibilities"] if row["doc_id"] == document["doc_id"]], document, places
        )
    ]
    return _Unknown(
        headers=find_headers(rows["measures"], dictionaries, places),
        deadlines=find_deadlines(rows["measures"], places),
        units=find_units(rows["measures"], rows["targets"], dictionaries.units, places),
        forms=tuple(forms),
        regions=tuple(dict.fromkeys(row["region"] or "" for row in rows["documents"])),
        to_check=sum(bool(row["needs_review"]) for row in rows["measures"]),
    )


def _place(measure: Mapping[str, Any], paths: Mapping[str, str]) -> str:
    page = measure["pages"][0] if measure["pages"] else "?"
    plan_no, task = str(measure["measure_id"]).split("/")[1:3]
    home = f"{paths[measure['doc_id']]} " if paths else ""
    return f"{home}p.{page} plan {plan_no} task {task}"


def _decide_words(places: Places, unknown: _Unknown) -> tuple[list[drafts.Draft], list[OpenDecision]]:
    """Draft unknown words: of headers, deadlines and units."""
    made, decisions = [], []
    for words, name, make, what in (
        (unknown.headers, "columns.yaml", drafts.make_columns_draft, Phrase("Columns that no dictionary knows")),
        (unknown.deadlines, "deadlines.yaml", drafts.make_deadlines_draft, Phrase("Deadlines not understood")),
        (unknown.units, "units.yaml", drafts.make_units_draft, Phrase("Perhaps units that no dictionary knows")),
    ):
        path = places.dictionaries / name
        if words:
            made.append(drafts.write_draft(path, make(words), len(words)))
            shown: list[str] = [_show_word(word) for word in words[:8]]
            decisions.append(decide_draft(made[-1], what, join_phrases(", ", shown + ["…"] * (len(words) > 8)), places))
        elif path.is_file() and drafts.is_untouched(path):
            path.unlink()  # nothing is left of what it proposed
    return made, decisions


def _show_word(word: Wording) -> Phrase:
    if not word.guess:
        return Phrase("{word} {count}x", word=word.text, count=word.count)
    return Phrase("{word} {count}x (looks like {guess})", word=word.text, count=word.count, guess=word.guess)


def _decide_bodies(
    places: Places, unknown: _Unknown, dictionaries: Dictionaries
) -> tuple[list[drafts.Draft], list[OpenDecision]]:
    """Draft the names that nothing links, region by region."""
    made: list[drafts.Draft] = []
    decisions: list[OpenDecision] = []
    for code in unknown.regions:
        forms = [form for form in unknown.forms if form.region == code]
        region = dictionaries.regions.by_code.get(code)
        if region is None:
            decisions.append(decide_region(places))
            continue
        path = places.dictionaries / "agencies" / f"{code}-{region.name}.yaml"
        if not forms:
            if path.is_file() and drafts.is_untouched(path):
                path.unlink()
            continue
        found = propose_bodies(forms, region, dictionaries)
        if path.is_file() and not drafts.is_untouched(path):  # theirs: what it does not say goes beside it
            found = _leave_out(found, path)
            path = path.with_name(f"{code}-{region.name}-more.yaml")
        items = (*found.of("template"), *found.of("new"))
        if not items and not found.spent:
            continue
        made.append(drafts.write_draft(path, drafts.make_agencies_draft(found), len(items)))
        if found.has_dictionary:
            decisions += decide_names(items, places)
            if items:
                title = Phrase("Or all names at once, for {region}", region=region.name)
                why = Phrase("{count} as entries with their evidence, if they are bodies to keep.", count=len(items))
                decisions.append(decide_draft(made[-1], title, why, places))
        else:
            decisions.append(decide_region_draft(made[-1], found, places))
    return made, decisions


def _leave_out(found: Proposals, path: Path) -> Proposals:
    """Leave out what a person's own file already says, and standard departments: that file is the choice of them."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return replace(
        found,
        has_dictionary=True,
        items=tuple(i for i in found.items if i.origin != "unused" and i.entry.agency_id not in text),
    )


def _decide_rows(places: Places, unknown: _Unknown) -> OpenDecision:
    return OpenDecision(
        title=Phrase("{count} measure{s} to check", count=unknown.to_check, s="s" * (unknown.to_check != 1)),
        why=Phrase(
            "Cells, page breaks and names that are doubtful, beside their page. Decide on names and words first: "
            "they are a reason for many of these."
        ),
        commands=(places.review(),),
    )


def _compare(places: Places, last: Sequence[Path]) -> tuple[list[str], list[Path]]:
    """Compare with last year's plans; a plan without its like is a fact, no error."""
    facts: list[str] = []
    pages: list[Path] = []
    for number, path in enumerate(last, start=1):
        folder = places.folder if len(last) == 1 else places.folder / f"last-{number}"
        try:
            written = write_year_report(path, places.output, folder, [])
        except PlanExtractError as exc:
            facts.append(Phrase("not compared with {path}: {cause}", path=path, cause=exc.cause))
            continue
        facts.append(Phrase("compared with {path}: {verdict}", path=path, verdict=written.verdict))
        pages.append(written.page)
    return facts, pages


def _describe(summary: RunSummary, unknown: _Unknown) -> list[str]:
    total = summary.total
    return [
        Phrase(
            "read: {plans} plans, {tasks} tasks, {measures} measures, {rows} of them to check",
            plans=total("plans"),
            tasks=total("tasks"),
            measures=total("measures"),
            rows=unknown.to_check,
        ),
        Phrase(
            "names: {named} printed, {unresolved} not linked ({forms} different)",
            named=total("responsibilities"),
            unresolved=total("unresolved"),
            forms=len(unknown.forms),
        ),
        Phrase(
            "unknown words: {columns} columns, {deadlines} deadlines, {units} perhaps units",
            columns=len(unknown.headers),
            deadlines=len(unknown.deadlines),
            units=len(unknown.units),
        ),
        *(Phrase("quarantined: {message}", message=_phrase_of(r.error)) for r in summary.failed if r.error is not None),
    ]


def _phrase_of(error: PlanExtractError) -> Phrase:
    """Return an error as one phrase: file, cause and advice."""
    said = Phrase("{cause}. {advice}", cause=error.cause, advice=error.advice) if error.advice else error.cause
    return Phrase("{file}: {said}", file=error.file, said=said)


def _finish_unread(places: Places, summary: RunSummary, dictionaries: Dictionaries) -> Intake:
    """Finish where no document was understood: a header that nobody knows is drafted, anything else is told."""
    errors = [result.error for result in summary.failed if result.error is not None]
    facts: list[str] = [Phrase("not read: {message}", message=_phrase_of(error)) for error in errors]
    made: list[drafts.Draft] = []
    decisions: list[OpenDecision] = []
    path = Path(places.plan)
    if path.is_file() and any(error.code == "detect.unknown_header" for error in errors):
        rows, words = read_header_rows(path, dictionaries)
        facts += [Phrase("first row of a table: {row}", row=row) for row in rows]
        if words:
            target = places.dictionaries / "columns.yaml"
            made.append(drafts.write_draft(target, drafts.make_columns_draft(words), len(words)))
            shown = join_phrases(", ", [_show_word(word) for word in words])
            decisions.append(decide_draft(made[-1], Phrase("Which columns are these?"), shown, places))
    if not decisions and errors:
        why = _phrase_of(errors[0])
        decisions.append(OpenDecision(title=Phrase("The plan was not read"), why=why, commands=(places.again(),)))
    return _finish(places, facts, decisions, made, [], summary.exit_code or EXIT_INPUT)


def _finish(
    places: Places,
    facts: Sequence[str],
    decisions: Sequence[OpenDecision],
    made: Sequence[drafts.Draft],
    files: Sequence[Path],
    exit_code: int,
) -> Intake:
    path = places.folder / DECISIONS_FILE
    try:
        staged = path.with_name(f".{path.name}-staging")
        title = Phrase("Decisions for {name}", name=Path(places.plan).name)
        text = render_markdown(title, facts, decisions, places.again(), places.language)
        staged.write_text(text, encoding="utf-8", newline="\n")
        staged.replace(path)
    except OSError as exc:
        raise OutputError(
            "new.not_written",
            Phrase("the list of decisions cannot be written: {reason}", reason=exc.strerror),
            file=str(path),
            advice="Choose another folder with -o.",
        ) from exc
    return Intake(
        facts=tuple(facts),
        decisions=tuple(decisions),
        drafts=tuple(made),
        files=(path, *files),
        again=places.again(),
        exit_code=exit_code if exit_code else EXIT_OK,
    )
