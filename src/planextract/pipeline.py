"""The corridor: one line a room. Pure: a document as read goes in, the finished extraction comes out.

read → detect → stitch → repair → interpret → resolve → check → write
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from planextract.check import check_conservation, check_plans, rate_measures, settle_findings, withhold_persons
from planextract.compose import repair_table
from planextract.correct import bind_decisions, repair_glyphs, widen_columns
from planextract.interpret import (
    PlanHeading,
    fill_notice,
    find_targets,
    find_text_deadlines,
    interpret_notice,
    parse_deadline,
    split_headings,
)
from planextract.label import label_document
from planextract.model.decision import InheritanceOverride, Overrides
from planextract.model.plan import Extraction, Measure, Notice, Plan, PlanColumn
from planextract.model.record import Discard, Finding, Repair
from planextract.model.source import SourceDocument, SourceTable, SourceText
from planextract.model.table import AGENCY_ROLES, Cell, Fragment, LabelledDocument, Layout, StitchedDocument, cells_of
from planextract.model.vocabulary import Dictionaries, Region
from planextract.resolve import AgencyMatcher, DutyWords, build_matcher, count_names, link_plan, record_agencies
from planextract.settings import Settings
from planextract.stitch import stitch_document
from planextract.text.characters import fold, without_spaces

_CENTRE = ("000000", "中央", "国务院")
_ANY_YEAR = 2000  # what a deadline is read with before the plan's year is known


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlanParts:
    """A plan with what its making left behind."""

    plan: Plan
    repairs: tuple[Repair, ...]
    findings: tuple[Finding, ...]
    used: tuple[InheritanceOverride, ...]


def extract_document(
    source: SourceDocument, dictionaries: Dictionaries, overrides: Overrides, settings: Settings
) -> Extraction:
    """Extract everything from one document.

    Raises:
        InputError: If no table of the document has a known header.
        InternalError: If the conservation ledger does not balance.
    """
    columns = (
        dictionaries.columns
        if not _is_scan(source)
        else widen_columns(dictionaries.columns, dictionaries.ocr_confusions)
    )
    labelled = label_document(source, columns, dictionaries.metadata_labels, _deadline_reader(dictionaries))
    labelled = repair_glyphs(labelled, dictionaries.ocr_confusions, dictionaries.words, _deadline_reader(dictionaries))
    bound = bind_decisions(labelled, overrides)
    labelled, overrides = bound.labelled, bound.overrides
    preview = fill_notice(_read_notice(labelled, dictionaries), source.properties, dictionaries.regions)
    region = _find_region(settings, preview, dictionaries)
    near = region.chain[:1] if region else ()
    decided = {form: body for (code, form), body in dictionaries.decided_forms.items() if code in near}
    names = build_matcher(
        dictionaries.agencies, dictionaries.regions, region, _effective_day(preview), settings.resolve,
        dictionaries.agency_words, dictionaries.words, dictionaries.decided_forms, dictionaries.national,
        is_central=region is None and _is_central(settings, preview),
    )  # fmt: skip
    names = names.with_document(count_names(_agency_cells(labelled), names))
    stitched = stitch_document(labelled, settings.stitch, dictionaries.words, names, overrides)
    headings, front = _find_headings(stitched)
    fields = interpret_notice(
        front, stitched.texts_after, [h.title for h in headings], dictionaries.regions, dictionaries.metadata_labels
    )
    notice = replace(
        fill_notice(fields.notice, source.properties, dictionaries.regions),
        region=region.code if region else None,
        region_name=region.full_name if region else None,
    )
    parts = [
        _make_plan(source, stitched, index, heading, names, notice, dictionaries, overrides, labelled.layout)
        for index, heading in enumerate(headings)
    ]
    plans = tuple(part.plan for part in parts)
    cells = _settle_cells(labelled, stitched)
    findings = (
        *_place_notes(source, cells, plans),
        *labelled.findings,
        *stitched.findings,
        *(f for f in fields.findings if f.code not in _settled(notice)),
        *(finding for part in parts for finding in part.findings),
        *check_plans(plans, notice, source.doc_id),
        *_find_stale(overrides, parts),
        *bound.stale,
    )
    findings, confirmed = settle_findings(findings, bound.accepted, plans, source.doc_id)
    extraction = Extraction(
        doc_id=source.doc_id, source_path=source.source_path, media_type=source.media_type, reader=source.reader,
        layout=labelled.layout, page_count=labelled.page_count, notice=notice, plans=plans, cells=cells,
        boundaries=stitched.boundaries,
        repairs=(
            *(edit for cell in cells for edit in cell.edits),
            *stitched.repairs,
            *fields.repairs,
            *(repair for part in parts for repair in part.repairs),
            *record_agencies(plans, source.doc_id, decided),
        ),
        discards=(
            *labelled.discards,
            *fields.discards,
            *(Discard(page=line.page, reason="field:plan_title", raw_text=line.raw_text)
              for heading in headings for line in heading.lines),
            *stitched.discards,
        ),
        findings=findings, character_count=len(without_spaces(source.printed)),
    )  # fmt: skip
    check_conservation(extraction, source.printed)
    rated = rate_measures(extraction, dictionaries.confidence, dictionaries.words, confirmed)
    return rated if settings.keep_persons else withhold_persons(rated)


def _is_scan(source: SourceDocument) -> bool:
    """Tell whether cells of a document were read by OCR."""
    return any(
        cell.confidence < 1.0 for block in source.blocks if isinstance(block, SourceTable) for cell in block.cells
    )


def _deadline_reader(dictionaries: Dictionaries) -> Callable[[str], bool]:
    """Return what tells whether a text is a deadline that can be read."""
    return lambda text: parse_deadline(text, _ANY_YEAR, dictionaries.deadlines).kind != "unparsed"


def _agency_cells(labelled: LabelledDocument) -> Iterator[str]:
    return (cell.text for cell in cells_of(labelled) if cell.column in AGENCY_ROLES)


def _settled(notice: Notice) -> set[str]:
    """Return the findings that settings or a site's metadata made void."""
    codes = {"interpret.no_region"} if notice.region else set()
    return codes | {"interpret.no_year"} if notice.plan_year is not None else codes


def _read_notice(labelled: LabelledDocument, dictionaries: Dictionaries) -> Notice:
    """Read the notice before its tables are stitched: region and day choose the bodies that help stitching."""
    front: list[SourceText] = []
    for block in labelled.blocks:
        if isinstance(block, Fragment):
            break
        front.append(block)
    lines, heading = split_headings(front)
    return interpret_notice(lines, (), [heading.title], dictionaries.regions, dictionaries.metadata_labels).notice


def _find_region(settings: Settings, notice: Notice, dictionaries: Dictionaries) -> Region | None:
    wanted = settings.region or notice.region
    return dictionaries.regions.find(wanted) if wanted else None


def _is_central(settings: Settings, notice: Notice) -> bool:
    """Tell whether a document without a region is one of the centre: of the State Council or the party's."""
    if settings.region:
        return settings.region in _CENTRE
    named = fold(notice.issuer or notice.title or "")
    return named.startswith(("国务院", "中共中央", "中央", "中华人民共和国", "国家", "最高人民"))


def _effective_day(notice: Notice) -> date | None:
    """The day on which the document's bodies must exist: its date, else the middle of the plan's year."""
    if notice.issued_on is not None:
        return notice.issued_on
    return date(notice.plan_year, 6, 30) if notice.plan_year is not None else None


def _find_headings(stitched: StitchedDocument) -> tuple[list[PlanHeading], tuple[SourceText, ...]]:
    headings: list[PlanHeading] = []
    front: tuple[SourceText, ...] = ()
    for table in stitched.tables:
        rest, heading = split_headings(table.texts_before)
        headings.append(heading)
        front = (*front, *rest)
    return headings, front


def _make_plan(
    source: SourceDocument, stitched: StitchedDocument, index: int, heading: PlanHeading, names: AgencyMatcher,
    notice: Notice, dictionaries: Dictionaries, overrides: Overrides, layout: Layout,
) -> _PlanParts:  # fmt: skip
    table, plan_no = stitched.tables[index], index + 1
    plan_id = f"{source.doc_id}/{plan_no}"
    repaired = repair_table(table, plan_no, plan_id, names, overrides)
    plan = Plan(
        plan_no=plan_no, attachment_no=heading.attachment_no, title=heading.title or notice.title or "",
        first_page=table.first_page, last_page=table.last_page,
        tasks=tuple(
            replace(task, measures=tuple(_interpret(m, notice.plan_year, dictionaries) for m in task.measures))
            for task in repaired.tasks
        ),
        columns=tuple(PlanColumn(role=c.role, label=c.label, is_private=c.is_private) for c in table.columns),
    )  # fmt: skip
    linked = link_plan(plan, plan_id, names, _duty_words(dictionaries))
    return _PlanParts(
        plan=linked.plan, repairs=(*repaired.repairs, *linked.repairs),
        findings=(*_drop_unprinted(repaired.findings, layout), *linked.findings), used=repaired.used,
    )  # fmt: skip


def _duty_words(dictionaries: Dictionaries) -> DutyWords:
    prose = dictionaries.columns.prose
    return DutyWords(verbs=prose.verbs, manner=prose.manner, acts=prose.acts, open_list=prose.open_ends)


def _drop_unprinted(findings: tuple[Finding, ...], layout: Layout) -> tuple[Finding, ...]:
    """A measure in prose prints the roles that it has; one that it does not print is no blank cell."""
    if layout == "table":
        return findings
    return tuple(finding for finding in findings if finding.code not in ("repair.no_owner", "repair.blank_cell"))


def _interpret(measure: Measure, year: int | None, dictionaries: Dictionaries) -> Measure:
    """Read the values of a measure; a plan without a column of deadlines may print them in the text."""
    deadline = parse_deadline(measure.deadline.raw_text, year, dictionaries.deadlines)
    in_text = find_text_deadlines(measure.text, year, dictionaries.deadlines)
    if measure.deadline_status is None and in_text:
        last = max(in_text, key=lambda found: found.end or date.min)
        deadline = replace(last, raw_text=None, flags=("from_text",) + (("multiple",) if len(in_text) > 1 else ()))
    return replace(
        measure,
        deadline=deadline,
        text_deadlines=in_text,
        targets=find_targets(measure.text, dictionaries.units),
    )


def _place_notes(source: SourceDocument, cells: tuple[Cell, ...], plans: tuple[Plan, ...]) -> Iterator[Finding]:
    """Turn what the reader noticed into findings: on the measures that hold cells of its line, where there are any."""
    homes = {
        cell_id: f"{source.doc_id}/{plan.plan_no}/{task.key}/{measure.seq}"
        for plan in plans
        for task in plan.tasks
        for measure in task.measures
        for cell_id in measure.cell_ids
    }
    for note in source.notes:
        on_line = [
            homes[c.cell_id] for c in cells if note.line is not None and c.line == note.line and c.cell_id in homes
        ]
        finding = Finding(code=note.code, severity=note.severity, message=note.message, page=note.page)
        places = sorted(set(on_line))
        yield from (replace(finding, measure_id=place) for place in places) if places else (finding,)


def _settle_cells(labelled: LabelledDocument, stitched: StitchedDocument) -> tuple[Cell, ...]:
    """Return all printed cells but the repeated headers, which are discards."""
    kept = {cell.cell_id for table in stitched.tables for cell in table.header_cells}
    return tuple(cell for cell in cells_of(labelled) if cell.column != "header" or cell.cell_id in kept)


def _find_stale(overrides: Overrides, parts: list[_PlanParts]) -> tuple[Finding, ...]:
    used = {override for part in parts for override in part.used}
    return tuple(
        Finding(code="decisions.stale", severity="warning",
                message=f"{o.decision_id or overrides.file}: no blank {o.role} cell {f'in plan {o.plan_no}, task {o.task_no}' if o.plan_no else 'of this row'} starts with '{o.measure_starts}'")  # noqa: E501
        for o in overrides.inheritances
        if o not in used
    )  # fmt: skip
