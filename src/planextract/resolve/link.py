"""Fill the responsibilities and mentions of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from planextract.model.agency import AgencyEntry, AgencyMatch
from planextract.model.finding_kinds import Severity
from planextract.model.frame import Frame
from planextract.model.plan import AgencyCell, Measure, Mention, Plan, Responsibility
from planextract.model.record import Finding, Repair
from planextract.model.roles import AGENCY_ROLES
from planextract.model.table import Note
from planextract.model.trail import Outcome, Trail
from planextract.model.vocabulary import Dictionaries
from planextract.phrases import Phrase
from planextract.resolve.cell_names import NameInCell
from planextract.resolve.duties import DutyWords, read_duties
from planextract.resolve.matcher import DECIDED, IGNORED, AgencyMatcher
from planextract.resolve.notes import apply_notes, settle_noted
from planextract.resolve.plan_regions import PlanNames
from planextract.text.characters import fold

_AGENCY_LOG = "agency-decisions"  # its lines have no ids: region and name tell them apart

_LIST_ENDS = re.compile("[；;。]")


def link_plans(
    plans: Sequence[Outcome[Plan]],
    frame: Frame,
    names: Sequence[PlanNames],
    books: Dictionaries,
    notes: Sequence[Note] = (),
) -> tuple[tuple[Outcome[Plan], ...], Trail]:
    """Resolve every agency: in the plans' responsibility cells and inside their measures' texts.

    Args:
        plans: As interpreted.
        frame: The document's notice, region and day.
        names: Who links the names of each plan.
        books: What people decided, and words of duties.
        notes: What the document says once for many measures.

    Returns:
        The plans; and a trail of the names whose body a person picked.
    """
    prose = books.columns.prose
    duties = DutyWords(
        verbs=prose.verbs,
        labels={label: role for label, role in books.columns.roles.items() if role in AGENCY_ROLES},
        manner=prose.manner,
        acts=prose.acts,
        open_list=prose.open_ends,
    )
    linked = tuple(
        plan.then(*_link_plan(plan.value, frame, own, duties, notes)) for plan, own in zip(plans, names, strict=True)
    )
    near = frame.region.chain[:1] if frame.region else ()
    picked = {form: body for (code, form), body in books.decided_forms.items() if code in near}
    repairs = _record_agencies([plan.value for plan in linked], frame, picked)
    return linked, Trail(repairs=tuple(repairs))


def _link_plan(
    plan: Plan, frame: Frame, own: PlanNames, duties: DutyWords, notes: Sequence[Note]
) -> tuple[Plan, Trail]:
    names = own.matcher
    repairs: list[Repair] = []
    findings: list[Finding] = []
    if own.place:
        message = Phrase(
            "plan {plan_no} is of {place}: its bodies are looked for there", plan_no=plan.plan_no, place=own.place
        )
        findings.append(Finding.of("resolve.plan_region", message, page=plan.first_page))
    tasks = []
    for task in plan.tasks:
        measures = []
        for measure in task.measures:
            measure_id = f"{frame.plan_id(plan.plan_no)}/{task.key}/{measure.seq}"
            found = tuple(_link_cells(measure, measure_id, names, duties, repairs, findings))
            found, noted = apply_notes(measure, found, notes, names, measure_id)
            repairs.extend(noted)
            mentions = names.find_mentions(measure.text)
            findings.extend(_find_unlisted(measure, measure_id, found, mentions))
            cells = settle_noted(measure.agency_cells, found)
            measures.append(replace(measure, responsibilities=found, mentions=mentions, agency_cells=cells))
        tasks.append(replace(task, measures=tuple(measures)))
    return replace(plan, tasks=tuple(tasks)), Trail(findings=tuple(findings), repairs=tuple(repairs))


def _link_cells(
    measure: Measure,
    measure_id: str,
    names: AgencyMatcher,
    duties: DutyWords,
    repairs: list[Repair],
    findings: list[Finding],
) -> Iterator[Responsibility]:
    for cell in measure.agency_cells:
        is_inherited = cell.status == "inherited"
        cell_id = cell.cell_ids[0] if cell.cell_ids else None
        held = read_duties(names.split(cell.text), cell.role, cell.label, duties)
        parts = [duty.name for duty in held]
        matches = _match_cell(cell.text, parts, names)
        for seq, (duty, name, match) in enumerate(zip(held, parts, matches, strict=True), start=1):
            if not is_inherited:
                repairs.extend(_make_repairs(cell, name, match, cell_id, measure_id))
                findings.extend(_make_findings(measure, name, match, cell_id, measure_id))
            yield Responsibility(
                role=duty.role,
                role_label=duty.label,
                seq=seq,
                raw_text=name.raw_text,
                match=match,
                is_inherited=is_inherited,
                qualifier=names.qualifiers_of(name.raw_text) or name.joint + duty.left_out or None,
                left_out=name.joint + duty.left_out,
                cell_role=cell.role,
            )


def _match_cell(text: str, parts: Sequence[NameInCell], names: AgencyMatcher) -> Iterator[AgencyMatch]:
    """Match the names of a cell; a damaged form of a body that the cell also names rightly is another body."""
    matches = list(_match_in_turn(text, parts, names))
    sure = {m.entry.agency_id for m in matches if m.entry is not None and m.kind in ("exact", "alias", "generated")}
    for match in matches:
        if match.kind == "rule" and match.entry is not None and match.entry.agency_id in sure:
            yield AgencyMatch(
                kind="unresolved",
                entry=None,
                score=match.score,
                runner_up=match.entry.name,
                runner_up_score=match.score,
                reason=Phrase("the cell also names {body}: perhaps another body", body=match.entry.name),
            )
        else:
            yield match


def _match_in_turn(text: str, parts: Sequence[NameInCell], names: AgencyMatcher) -> Iterator[AgencyMatch]:
    """Match names in order; one without a level word takes that of its list: 市发展改革局、工业和信息化局 are both 市.

    A semicolon or full stop ends a list. A name that the list's region does not have is not looked for elsewhere.
    """
    flat, position, region = text.replace("\n", ""), 0, None
    for part in parts:
        start = flat.find(part.raw_text, position)
        if start >= 0:
            region = None if _LIST_ENDS.search(flat, position, start) else region
            position = start + len(part.raw_text)
        if region is not None and names.is_bare(part.raw_text):
            yield names.match_in_list(part.raw_text, region)
            continue
        match = names.explain(part.raw_text)
        if match.entry is not None and match.entry.kind == "agency":
            region = names.region_of(part.raw_text) or region
        yield match


def _make_repairs(
    cell: AgencyCell, name: NameInCell, match: AgencyMatch, cell_id: str | None, measure_id: str
) -> Iterator[Repair]:
    if name.line_count > 1:
        yield Repair(
            stage="resolve",
            rule="join_wrapped_name",
            before=_printed_lines(cell, name.raw_text),
            after=name.raw_text,
            cell_id=cell_id,
            measure_id=measure_id,
        )
    if match.kind == "rule" and match.entry is not None:
        yield Repair(
            stage="resolve",
            rule=match.reason,
            before=name.raw_text,
            after=match.entry.name,
            confidence=match.score,
            cell_id=cell_id,
            measure_id=measure_id,
        )


def _make_findings(
    measure: Measure, name: NameInCell, match: AgencyMatch, cell_id: str | None, measure_id: str
) -> Iterator[Finding]:
    if match.runner_up and match.rule in (IGNORED, DECIDED):
        message = Phrase(
            "'{name}' is taken for {body} by decision; the dictionary says {runner_up}"
            if match.entry is not None
            else "'{name}' is ignored by decision; the dictionary says {runner_up}",
            name=name.raw_text,
            body=match.entry.name if match.entry is not None else "",
            runner_up=match.runner_up,
        )
        page = measure.pages[0]
        yield Finding.of("resolve.decided_otherwise", message, page=page, cell_id=cell_id, measure_id=measure_id)
    if match.kind != "unresolved" or match.rule == IGNORED:
        return
    score = f" ({match.runner_up_score:.2f})" if match.runner_up_score is not None else ""
    hint = Phrase("; nearest: {body}{score}", body=match.runner_up, score=score) if match.runner_up else ""
    message = Phrase(
        "'{name}' is not in the dictionary: {reason}{hint}", name=name.raw_text, reason=match.reason, hint=hint
    )
    yield Finding.of("resolve.unresolved", message, page=measure.pages[0], cell_id=cell_id, measure_id=measure_id)


def _printed_lines(cell: AgencyCell, joined: str) -> str:
    """Return the name as its lines were printed, " / " between them."""
    flat, lines = cell.text.replace("\n", ""), cell.text.split("\n")
    start = flat.find(joined)
    out, position = [], 0
    for line in lines:
        low, high = max(start, position), min(start + len(joined), position + len(line))
        if low < high:
            out.append(line[low - position : high - position])
        position += len(line)
    return " / ".join(out)


def _find_unlisted(
    measure: Measure, measure_id: str, listed: Sequence[Responsibility], mentions: Sequence[Mention]
) -> Iterator[Finding]:
    """Yield a finding for each body that the text gives a duty to but no column names.

    It is only a note where a column names the body's parent, part or successor, or the text a field only (…部门).
    """
    bodies = [item.match.entry for item in listed if item.match.entry is not None]
    named = {entry.agency_id for entry in bodies} | {member for entry in bodies for member in entry.members}
    kin = {entry.lineage_id for entry in bodies} | {entry.parent_id for entry in bodies}
    seen: set[str] = set()
    for mention in mentions:
        entry = mention.match.entry
        if not mention.has_duty or entry is None or entry.agency_id in named or entry.agency_id in seen:
            continue
        seen.add(entry.agency_id)
        relation = _relation(entry, bodies, kin)
        severity: Severity = "info" if relation or mention.kind == "reference" else "warning"
        printed = "" if mention.raw_text == entry.name else Phrase(" ('{printed}')", printed=mention.raw_text)
        message = Phrase(
            "the text gives a duty to {body}{printed}, but no column names it{relation}",
            body=entry.name,
            printed=printed,
            relation=relation,
        )
        yield Finding.of(
            "resolve.duty_not_listed", message, severity=severity, page=measure.pages[0], measure_id=measure_id
        )


def _relation(entry: AgencyEntry, bodies: Sequence[AgencyEntry], kin: set[str | None]) -> str:
    parent = next((body for body in bodies if body.agency_id == entry.parent_id), None)
    if parent is not None:
        return Phrase(" (it names {body}, of which it is a part)", body=parent.name)
    is_kin = entry.agency_id in kin or entry.lineage_id in kin
    return Phrase(" (it names a body of the same lineage)") if is_kin else ""


def _record_agencies(plans: Sequence[Plan], frame: Frame, picked: Mapping[str, str]) -> Iterator[Repair]:
    """Yield a repair for each printed name whose body a person picked (folded name to a body's id)."""
    for plan in plans if picked else ():
        for task in plan.tasks:
            for measure in task.measures:
                for item in measure.responsibilities:
                    entry = item.match.entry
                    if entry is None or item.is_inherited or not picked.get(fold(item.raw_text)):
                        continue
                    yield Repair(
                        stage="decisions",
                        rule="pick_agency",
                        before=item.raw_text,
                        after=entry.name,
                        measure_id=f"{frame.plan_id(plan.plan_no)}/{task.key}/{measure.seq}",
                        decision_id=_AGENCY_LOG,
                    )
