"""The four reports, from paths to files. Each returns what the command line says about it."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from planextract.errors import UsageError
from planextract.model.result import ResultDocument
from planextract.phrases import Phrase
from planextract.report.changed import ChangeReport, Gate, build_change_report
from planextract.report.evidence import EvidenceMaker
from planextract.report.gates import make_accept_file, parse_accepted, parse_floors
from planextract.report.items import NextStep
from planextract.report.page import render_html, render_markdown
from planextract.report.quality import gather_facts
from planextract.report.quality_page import build_quality_report
from planextract.report.scored import FloorCheck, build_score_report
from planextract.report.sources import ResultSource, open_source, read_gold, read_text, write_file
from planextract.report.tables import cell_rows, change_rows, metric_rows, write_json, write_table, year_rows
from planextract.report.yearly import build_year_report
from planextract.score import Score, score_document, summarize
from planextract.score.causes import compare_bodies
from planextract.score.changes import compare_results
from planextract.score.differences import CHANGE_KINDS, DocumentDiff
from planextract.score.pairing import pair_same, pair_years
from planextract.score.years import YearComparison, compare_years, find_year

ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a report says in short, and where it is; ``holds`` is false if a floor or gate is broken."""

    verdict: str
    page: Path
    files: tuple[Path, ...]
    figures: Mapping[str, object]
    holds: bool = True


@contextmanager
def _evidence(places: Sequence[Path]) -> Iterator[EvidenceMaker]:
    maker = EvidenceMaker(places)
    try:
        yield maker
    finally:
        maker.close()


def write_score_report(
    output: Path, gold: Path, folder: Path | None, floors: Path | None, inputs: Sequence[Path]
) -> Written:
    """Score an output against gold and write ``score.html``, ``score.json`` and two tables.

    Raises:
        UsageError: If gold and output have no document in common, or a floor names an unknown metric.
    """
    source = open_source(output)
    score = score_source(source, gold)
    checks = _check_floors(score, floors)
    target = folder or source.report_folder
    with _evidence(source.find_inputs(inputs)) as maker:
        data = build_score_report(score, checks, maker, Phrase("Score against gold"))
    page = target / "score.html"
    write_file(page, render_html("score.html", data))
    metrics = {metric.name: metric.value for metric in score.metrics}
    content = {
        "verdict": data.verdict,
        "metrics": score.metrics,
        "columns": dict(score.columns),
        "strata": dict(score.strata),
        "calibration": score.calibration,
        "floors": checks,
        "documents": data.documents,
    }
    write_json("score", content, target / "score.json")
    write_table("score_metrics", metric_rows(score), target / "score_metrics.parquet")
    write_table("score_cells", cell_rows(score), target / "score_cells.parquet")
    files = tuple(target / name for name in ("score.json", "score_metrics.parquet", "score_cells.parquet"))
    return Written(verdict=data.verdict, page=page, files=files, figures=metrics, holds=all(c.holds for c in checks))


def score_source(source: ResultSource, gold: Path) -> Score:
    """Score results against gold.

    Raises:
        UsageError: If gold names a document that the results do not hold.
    """
    pairs = pair_same(read_gold(gold), list(source.iterate()))
    missing = [wanted.doc_id for wanted, found in pairs if wanted is not None and found is None]
    if missing:
        raise UsageError(
            "score.no_document",
            Phrase("no document of the output belongs to the gold of {missing}", missing=", ".join(missing)),
            file=source.label,
            advice="Name it in the gold file: source: {doc_id: …}.",
        )
    return summarize([score_document(w, f) for w, f in pairs if w is not None and f is not None])


def _check_floors(score: Score, path: Path | None) -> list[FloorCheck]:
    if path is None:
        return []
    checks = []
    for name, floor in parse_floors(read_text(path), path.name).items():
        metric = score.find(name)
        if metric is None:
            known = ", ".join(m.name for m in score.metrics)
            raise UsageError(
                "score.no_such_metric",
                Phrase("there is no metric '{name}' in this score", name=name),
                file=str(path),
                advice=Phrase("There are {known}.", known=known),
            )
        holds = metric.value <= floor + 1e-12 if metric.is_error else metric.value >= floor - 1e-12
        checks.append(FloorCheck(name=name, value=metric.value, floor=floor, holds=holds))
    return checks


def write_quality_report(output: Path, folder: Path | None, inputs: Sequence[Path], budget: int) -> Written:
    """Write ``quality.html`` and ``quality.json`` of a run without gold."""
    source = open_source(output)
    facts = gather_facts(source.iterate(), source.quarantined, budget)
    with _evidence(source.find_inputs(inputs)) as maker:
        steps = _find_next_steps(output, inputs, sum(d.to_check for d in facts.documents))
        data = build_quality_report(facts, maker, source.manifest, Phrase("Quality of a run"), steps)
    target = folder or source.report_folder
    page = target / "quality.html"
    write_file(page, render_html("quality.html", data))
    figures: dict[str, object] = {
        "rows": len(facts.confidences),
        "rows_to_check": sum(d.to_check for d in facts.documents),
        "expected_wrong_rows": round(sum(d.expected_wrong for d in facts.documents), 4),
        "agency_names": facts.matches.total(),
        "unresolved": facts.matches["unresolved"],
        "deadlines_not_understood": facts.deadlines["unparsed"],
        "errors": sum(d.errors for d in facts.documents),
        "warnings": sum(d.warnings for d in facts.documents),
        "quarantined": sum(d.is_quarantined for d in facts.documents),
        "documents_out_of_balance": len(data.unbalanced),
    }
    content = {
        "verdict": data.verdict,
        "figures": figures,
        "ledger": data.ledger_lines,
        "decisions": dict(facts.decisions),
        "matches": dict(facts.matches),
        "deadlines": dict(facts.deadlines),
        "findings": [{"severity": s, "code": c, "count": n} for (s, c), n in sorted(facts.findings.items())],
        "documents": data.documents,
        "check": [
            {
                "measure_id": row.measure.measure_id,
                "confidence": row.measure.confidence,
                "column": row.column,
                "needs_review": row.measure.needs_review,
                "reasons": row.reasons,
            }
            for row in facts.rows
        ],
    }
    write_json("quality", content, target / "quality.json")
    return Written(verdict=data.verdict, page=page, files=(target / "quality.json",), figures=figures)


def _find_next_steps(output: Path, inputs: Sequence[Path], to_check: int) -> list[NextStep]:
    """Return what a person may do with a result, most urgent first, as commands to copy."""
    given = [part for path in inputs for part in ("--inputs", str(path))]
    steps = []
    if to_check:
        command = shlex.join(["planextract", "review", str(output), *given])
        steps.append(NextStep(what=Phrase("Check and correct these rows beside their page:"), command=command))
        again = shlex.join(["planextract", "run", *(map(str, inputs) if inputs else ["INPUT"]), "-o", str(output)])
        steps.append(NextStep(what=Phrase("Then run again; what was decided is replayed:"), command=again))
    read = shlex.join(["planextract", "view", str(output), *given])
    steps.append(NextStep(what=Phrase("Read the plan as one page:"), command=read))
    take = shlex.join(["planextract", "export", str(output)])
    steps.append(NextStep(what=Phrase("Take the result away as a workbook:"), command=take))
    return steps


def parse_gates(texts: Sequence[str]) -> dict[str, int]:
    """Read ``--fail-on`` conditions: a kind of change, ``any`` or a cause, and how many are allowed.

    >>> parse_gates(["removed", "text:10"])
    {'removed': 0, 'text': 10}

    Raises:
        UsageError: If a condition is not understood.
    """
    gates: dict[str, int] = {}
    for text in texts:
        for part in text.split(","):
            name, _, limit = part.strip().partition(":")
            if name not in (*CHANGE_KINDS, ANY, "unknown") or not (limit == "" or limit.isdecimal()):
                known = f"{', '.join(CHANGE_KINDS)}, any or unknown"
                raise UsageError(
                    "diff.bad_gate",
                    Phrase("'{part}' is no condition", part=part),
                    advice=Phrase("Give {known}; text:10 allows 10.", known=known),
                )
            gates[name] = int(limit or 0)
    return gates


def write_change_report(
    old: Path,
    new: Path,
    folder: Path | None,
    fail_on: Sequence[str],
    accept: Path | None,
    write_accept: Path | None,
    inputs: Sequence[Path],
) -> Written:
    """Compare two runs and write ``diff.html``, ``diff.md``, ``diff.zh.md``, ``diff.json`` and ``changes.parquet``."""
    limits = parse_gates(fail_on)
    accepted = parse_accepted(read_text(accept), accept.name) if accept else {}
    first, second = open_source(old), open_source(new)
    bodies = compare_bodies(first.bodies, second.bodies)
    pairs = pair_same(list(first.iterate()), list(second.iterate()))
    diffs = [compare_results(a, b, bodies) for a, b in pairs]
    with _evidence((*second.find_inputs(inputs), *first.find_inputs(inputs))) as maker:
        data = build_change_report(
            diffs,
            bodies,
            _count_gates(diffs, limits, accepted),
            accepted,
            _compare_versions(first, second, diffs),
            maker,
            Phrase("What changed: {old} → {new}", old=first.label, new=second.label),
        )
    target = folder or second.report_folder
    page = target / "diff.html"
    write_file(page, render_html("diff.html", data))
    for name, language in (("diff.md", "en"), ("diff.zh.md", "zh")):
        write_file(target / name, render_markdown("diff.md", data, language))
    rows = change_rows(diffs, accepted)
    figures = _change_figures(diffs, data)
    content = {"verdict": data.verdict, "figures": figures, "gates": data.gates, "dictionary": bodies, "changes": rows}
    write_json("diff", content, target / "diff.json")
    write_table("changes", rows, target / "changes.parquet")
    if write_accept is not None:
        notes = {c.change_id: f"{c.key} {c.column} {c.kind}" for diff in diffs for c in diff.changes}
        write_file(write_accept, make_accept_file({**notes, **{k: v for k, v in accepted.items() if k in notes}}))
    files = tuple(target / name for name in ("diff.md", "diff.zh.md", "diff.json", "changes.parquet"))
    return Written(
        verdict=data.verdict, page=page, files=files, figures=figures, holds=all(g.holds for g in data.gates)
    )


def _change_figures(diffs: Sequence[DocumentDiff], data: ChangeReport) -> dict[str, object]:
    kinds = Counter(change.kind for diff in diffs for change in diff.changes)
    causes = Counter(" or ".join(change.causes) for diff in diffs for change in diff.changes)
    return {"changes": data.total, "accepted": data.accepted, "kinds": dict(kinds), "causes": dict(causes)}


def _count_gates(diffs: Sequence[DocumentDiff], limits: Mapping[str, int], accepted: Mapping[str, str]) -> list[Gate]:
    open_ones = [c for diff in diffs for c in diff.changes if c.change_id not in accepted]
    counts: Counter[str] = Counter(c.kind for c in open_ones)
    counts[ANY] = len(open_ones)
    counts["unknown"] = sum("unknown" in c.causes for c in open_ones)
    return [Gate(name=name, limit=limit, count=counts[name]) for name, limit in limits.items()]


def _compare_versions(
    first: ResultSource, second: ResultSource, diffs: Sequence[DocumentDiff]
) -> list[tuple[str, str, str]]:
    def shown(documents: Sequence[ResultDocument], name: str) -> str:
        values = sorted({str(getattr(d.versions, name)) for d in documents} - {""})
        return ", ".join(values[:3]) + (f" and {len(values) - 3} more" if len(values) > 3 else "")

    sides = [[d for diff in diffs if (d := getattr(diff, side)) is not None] for side in ("old", "new")]
    lines = [
        (label, shown(sides[0], name), shown(sides[1], name))
        for name, label in (
            ("pipeline", "planextract"),
            ("code", "code"),
            ("dictionary", "dictionary"),
            ("settings", "settings"),
            ("overrides", "overrides"),
        )
    ]
    readers = [", ".join(sorted({d.reader for d in side})) for side in sides]
    lines.append(("reader", *readers))  # type: ignore[arg-type]
    lines.extend(_compare_settings(first.manifest.get("settings"), second.manifest.get("settings")))
    return [line for line in lines if line[1] or line[2]]


def _compare_settings(first: object, second: object, prefix: str = "") -> list[tuple[str, str, str]]:
    if not isinstance(first, dict) or not isinstance(second, dict):
        return []
    lines = []
    for key in sorted({*first, *second}):
        before, after = first.get(key), second.get(key)
        if isinstance(before, dict) and isinstance(after, dict):
            lines.extend(_compare_settings(before, after, f"{prefix}{key}."))
        elif before != after:
            lines.append((f"setting {prefix}{key}", str(before), str(after)))
    return lines


def compare_sources(first: ResultSource, second: ResultSource) -> tuple[list[YearComparison], list[str]]:
    """Compare the plans of two years; return also the documents without a counterpart, named.

    Raises:
        UsageError: If no plan of the one belongs to a plan of the other.
    """
    pairs = pair_years(list(first.iterate()), list(second.iterate()))
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    if not both:
        raise UsageError(
            "compare.no_pair",
            "no plan of the first belongs to a plan of the second",
            file=first.label,
            advice="Titles must be alike but for the year; give the two documents themselves.",
        )
    bodies = (*second.bodies, *first.bodies)
    comparisons = [compare_years(a, b, bodies) for a, b in both]
    alone = [
        f"{d.title or d.source_path} ({find_year(d) or 'no year'})"
        for pair in pairs
        if None in pair
        for d in pair
        if d is not None
    ]
    return comparisons, alone


def write_year_report(old: Path, new: Path, folder: Path | None, inputs: Sequence[Path]) -> Written:
    """Compare the plans of two years and write ``comparison/`` with a page, JSON and three tables.

    Raises:
        UsageError: If no plan of the one belongs to a plan of the other.
    """
    first, second = open_source(old), open_source(new)
    comparisons, alone = compare_sources(first, second)
    with _evidence((*second.find_inputs(inputs), *first.find_inputs(inputs))) as maker:
        data = build_year_report(comparisons, alone, maker, Phrase("Year over year"))
    target = (folder or (second.path if second.is_folder else Path())) / "comparison"
    page = target / "compare.html"
    write_file(page, render_html("compare.html", data))
    rows = year_rows(comparisons)
    for name in rows:
        write_table(f"comparison_{name}", rows[name], target / f"{name}.parquet")
    figures = _year_figures(comparisons)
    write_json("compare", {"verdict": data.verdict, "figures": figures, **rows}, target / "compare.json")
    files = (target / "compare.json", *(target / f"{name}.parquet" for name in rows))
    return Written(verdict=data.verdict, page=page, files=files, figures=figures)


def _year_figures(comparisons: Sequence[YearComparison]) -> dict[str, object]:
    measures = Counter(link.kind for c in comparisons for link in c.measures)
    tasks = Counter(link.kind for c in comparisons for link in c.tasks)
    shifts = Counter(f"{s.aspect} {s.direction}" for c in comparisons for s in c.shifts)
    return {
        "documents": len(comparisons),
        "measure_links": dict(measures),
        "task_links": dict(tasks),
        "shifts": dict(sorted(shifts.items())),
    }
