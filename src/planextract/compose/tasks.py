"""Group rows into tasks and make their measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from planextract.compose.blank_cells import PrintedCell, RowContext, settle_cells
from planextract.compose.blank_habits import find_never_blank, prints_none
from planextract.compose.numbered_names import part_numbers
from planextract.compose.pieces import find_pieces, find_places, find_text, join_pieces, join_raw
from planextract.model.decision import Bound
from planextract.model.plan import AgencyCell, CellStatus, Deadline, Measure, OtherValue, Task
from planextract.model.record import Finding, Repair
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.table import Cell, Column, Piece, StitchedRow, StitchedTable
from planextract.model.trail import Outcome, Trail
from planextract.model.vocabulary import NameMatcher
from planextract.phrases import Phrase
from planextract.text.markers import is_compound_number, is_none_mark, parse_section, parse_task_no


@dataclass(slots=True)
class _Heading:
    """A section row as printed; ``level`` is 1 and 2 for 一、 and （一）, 3 for one without a number below another."""

    level: int
    text: str
    page: int
    cell_id: str | None
    has_rows: bool = False


@dataclass(slots=True)
class _Section:
    no: str | None = None
    title: str | None = None
    top: tuple[str, str] | None = None
    parts: dict[int, str] = field(default_factory=dict)
    headings: list[_Heading] = field(default_factory=list)

    @property
    def path(self) -> list[str]:
        """The headings above, the highest first: those of rows, then those of columns."""
        return [*(heading.text for heading in self.headings), *(self.parts[place] for place in sorted(self.parts))]


@dataclass(slots=True)
class _OpenTask:
    task_no: int
    copy: int
    name: str
    section: tuple[str | None, str | None]
    section_path: list[str]
    number: str
    pages: list[int]
    cell_ids: list[str]
    variants: list[str] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.task_no) if self.copy == 1 else f"{self.task_no}~{self.copy}"


@dataclass(slots=True)
class _Work:
    table: StitchedTable
    plan_no: int
    plan_id: str
    names: NameMatcher
    bound: Bound
    prints_none: bool
    never_blank: frozenset[Role]
    section: _Section = field(default_factory=_Section)
    tasks: list[_OpenTask] = field(default_factory=list)
    copies: dict[int, int] = field(default_factory=dict)
    name_cell: Cell | None = None
    findings: list[Finding] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)


def compose_tasks(
    table: StitchedTable, plan_no: int, plan_id: str, names: NameMatcher, bound: Bound
) -> Outcome[tuple[Task, ...]]:
    """Make tasks and measures of a whole table.

    Args:
        table: Stitched rows in order.
        plan_no: Number of the plan in its document, from 1.
        plan_id: Its id, for the ids in repairs and findings.
        names: Bodies of the region.
        bound: Decisions of people on blank cells.
    """
    table = part_numbers(table)
    work = _Work(table, plan_no, plan_id, names, bound, prints_none(table), find_never_blank(table))
    for row in table.rows:
        if row.kind == "section":
            _enter_section(work, row)
        else:
            _add_row(work, row)
    _leave_headings(work, 0)
    return Outcome(
        value=tuple(_close(task) for task in work.tasks),
        trail=Trail(findings=tuple(work.findings), repairs=tuple(work.repairs)),
    )


def _close(task: _OpenTask) -> Task:
    return Task(
        key=task.key,
        copy=task.copy,
        task_no=task.task_no,
        name=task.name,
        name_variants=tuple(task.variants),
        section_no=task.section[0],
        section_title=task.section[1],
        pages=tuple(task.pages),
        cell_ids=tuple(task.cell_ids),
        measures=tuple(task.measures),
        task_no_printed=task.number or None,
        section_path=tuple(task.section_path),
    )


def _enter_section(work: _Work, row: StitchedRow) -> None:
    printed = [text for pieces in row.pieces if (text := join_pieces(pieces))]
    text = printed[0] if printed else ""
    if len(printed) == 2 and printed[0] != printed[1]:
        text = f"{printed[0].rstrip('、.')}{'' if printed[0].endswith(('）', ')')) else '、'}{printed[1]}"
    parsed = parse_section(text)
    _enter_heading(
        work, row, text if len(printed) <= 2 else "".join(dict.fromkeys(printed)), parsed[2] if parsed else None
    )
    if parsed is None:
        work.section.no, work.section.title, work.section.top = None, text, None
    elif parsed[2] == 1 or work.section.top is None:
        work.section.no, work.section.title = parsed[0], parsed[1]
        work.section.top = (parsed[0], parsed[1]) if parsed[2] == 1 else None
    else:
        work.section.no = f"{work.section.top[0]}（{parsed[0]}）"
        work.section.title = f"{work.section.top[1]} / {parsed[1]}"


def _enter_heading(work: _Work, row: StitchedRow, text: str, level: int | None) -> None:
    """Put a heading below those that stay above it; one without a number right below another belongs to that one."""
    headings = work.section.headings
    if level is None:
        follows = bool(headings) and not headings[-1].has_rows
        level = 3 if follows or (headings and headings[-1].level == 3) else 1
        if follows and headings[-1].level == 3:
            level = 4
    _leave_headings(work, level)
    cell = next((piece.cell for pieces in row.pieces for piece in pieces if piece.text), None)
    headings.append(_Heading(level, text, row.pages[0], cell.cell_id if cell else None))


def _leave_headings(work: _Work, level: int) -> None:
    """Leave the headings from a level down; one without a row below it is in no task, which is a finding."""
    headings = work.section.headings
    while headings and headings[-1].level >= level:
        heading = headings.pop()
        if heading.text and not heading.has_rows:
            message = Phrase("no task stands below the heading '{heading}'", heading=heading.text[:30])
            finding = Finding.of("repair.empty_section", message, page=heading.page, cell_id=heading.cell_id)
            work.findings.append(finding)


def _add_row(work: _Work, row: StitchedRow) -> None:
    columns = work.table.columns
    _read_section_columns(work, row)
    if row.opens_task or not work.tasks:
        _open_task(work, row)
    else:
        _note_variants(work, work.tasks[-1], row)
    task = work.tasks[-1]
    task.section_path.extend(heading for heading in work.section.path if heading not in task.section_path)
    _note_repeats(work, task, row)
    for heading in work.section.headings:
        heading.has_rows = True
    task.pages.extend(page for page in row.pages if page not in task.pages)
    for role in (Role.TASK_NO, Role.TASK_NAME, Role.SECTION):
        task.cell_ids.extend(piece.cell.cell_id for piece in find_pieces(row, columns, role))
    task.measures.append(_make_measure(work, task, row))


def _note_repeats(work: _Work, task: _OpenTask, row: StitchedRow) -> None:
    """Keep what a row prints again in other words: another number, another wording of a section."""
    for piece in find_pieces(row, work.table.columns, Role.TASK_NO):
        is_other = not task.number or parse_task_no(piece.text) not in (None, task.task_no)
        if piece.text and piece.text not in task.number and is_other:
            task.number = "\n".join(filter(None, (task.number, piece.text)))
    for place in find_places(work.table.columns, Role.SECTION):
        for piece in row.pieces[place]:
            if piece.text != piece.cell.text and not any(piece.cell.text in known for known in task.section_path):
                task.section_path.append(piece.cell.text)


def _read_section_columns(work: _Work, row: StitchedRow) -> None:
    """Keep what the section columns say: a new text holds until the next one, and ends the finer ones beside it."""
    places = find_places(work.table.columns, Role.SECTION)
    printed = {place: text for place in places if (text := join_pieces(row.pieces[place]))}
    if not printed:
        return
    first = min(printed)
    work.section.parts = {**{p: t for p, t in work.section.parts.items() if p < first}, **printed}
    texts = [work.section.parts[place] for place in places if place in work.section.parts]
    parsed = parse_section(texts[0])
    work.section.no = parsed[0] if parsed else None
    work.section.title = " / ".join([parsed[1] if parsed else texts[0], *texts[1:]])


def _open_task(work: _Work, row: StitchedRow) -> None:
    columns = work.table.columns
    text = find_text(row, columns, Role.MEASURE)
    name = _find_name(work, row) if find_places(columns, Role.MEASURE) else ""
    number, page = row.task_no, row.pages[0]
    last = work.tasks[-1].task_no if work.tasks else 0
    if number is None:
        number = last + 1
        if find_places(columns, Role.TASK_NO) and not is_compound_number(find_text(row, columns, Role.TASK_NO)):
            message = Phrase(
                "task '{name}' has no readable number; it was given {number}", name=(name or text)[:20], number=number
            )
            cells = [piece.cell.cell_id for place in row.pieces for piece in place if piece.text]
            is_bare = not name and bool(find_places(columns, Role.TASK_NAME))  # neither number nor name: a torn row
            cell_id = next(iter(cells), None) if is_bare else None
            work.findings.append(Finding.of("repair.no_task_no", message, page=page, cell_id=cell_id))
    copy = work.copies[number] = work.copies.get(number, 0) + 1
    task = _OpenTask(
        task_no=number,
        copy=copy,
        name=name,
        section=(work.section.no, work.section.title),
        section_path=[],
        number=_find_number_in_name(row, columns),
        pages=[],
        cell_ids=[],
    )
    work.tasks.append(task)
    _note_variants(work, task, row)


def _find_name(work: _Work, row: StitchedRow) -> str:
    """Return the name of the task that a row opens: its own, or the one whose cell is merged over this row too."""
    pieces = find_pieces(row, work.table.columns, Role.TASK_NAME)
    if pieces:
        work.name_cell = pieces[0].cell
        return join_pieces(pieces)
    above, own = work.name_cell, next((piece.cell for parts in row.pieces for piece in parts), None)
    if above is None or own is None or own.table_no != above.table_no or own.row >= above.row + above.row_span:
        return ""
    return work.tasks[-1].name


def _find_number_in_name(row: StitchedRow, columns: Sequence[Column]) -> str:
    """Return the number that was parted from the name, as printed (see ``numbered_names.py``)."""
    pieces = find_pieces(row, columns, Role.TASK_NAME)
    return pieces[0].cell.text[: pieces[0].start].strip() if pieces and pieces[0].text else ""


def _note_variants(work: _Work, task: _OpenTask, row: StitchedRow) -> None:
    """Keep a repeated task name that differs: a variant, not a new task."""
    for piece in find_pieces(row, work.table.columns, Role.TASK_NAME):
        printed = piece.cell.text[piece.start :] if piece.text else piece.cell.text
        is_part = piece.end == len(piece.cell.text) and len(row.pages) > 1 and printed in task.name
        if printed and printed != task.name and printed not in task.variants and not is_part:
            task.variants.append(printed)
            message = Phrase(
                "task {task_no} is named '{name}' and, on page {page}, '{printed}'",
                task_no=task.task_no,
                name=task.name,
                page=piece.cell.page,
                printed=printed,
            )
            work.findings.append(
                Finding.of("repair.name_variant", message, page=piece.cell.page, cell_id=piece.cell.cell_id)
            )


def _make_measure(work: _Work, task: _OpenTask, row: StitchedRow) -> Measure:
    columns = work.table.columns
    seq = len(task.measures) + 1
    measure_id = f"{work.plan_id}/{task.key}/{seq}"
    above = task.measures[-1] if task.measures else None
    text_role = Role.MEASURE if find_places(columns, Role.MEASURE) else Role.TASK_NAME
    pieces = find_pieces(row, columns, text_role)
    text = join_pieces(pieces)
    printed = [
        PrintedCell(
            role=column.role,
            label=column.label,
            text=_join_agencies(row.pieces[place]),
            cell_ids=tuple(piece.cell.cell_id for piece in row.pieces[place]),
            is_merged=row.is_merged[place],
        )
        for place, column in enumerate(columns)
        if column.role in AGENCY_ROLES
    ]
    context = RowContext(
        above={cell.role: cell for cell in _cells_above(work, row, above)},
        is_structure_known=work.table.has_spans and not row.starts_fragment,
        prints_none=work.prints_none,
        plan_no=work.plan_no,
        task_no=task.task_no,
        measure_text=text,
        page=row.pages[0],
        never_blank=work.never_blank,
    )
    settled = settle_cells(printed, context, work.names, work.bound)
    work.findings.extend(replace(finding, measure_id=measure_id) for finding in settled.findings)
    _record_inheritance(work, measure_id, row, settled.cells, settled.decided)
    deadline_text, deadline_status = _settle_deadline(row, columns, above, _last_measure(work), context)
    return Measure(
        seq=seq,
        text=text,
        raw_text=join_raw(pieces),
        pages=row.pages,
        cell_ids=tuple(p.cell.cell_id for column in row.pieces for p in column),
        agency_cells=settled.cells,
        deadline=Deadline(raw_text=deadline_text, kind="none"),
        deadline_status=deadline_status,
        row_score=row.score,
        others=_read_others(row, columns),
    )


def _join_agencies(pieces: Sequence[Piece]) -> str:
    """Join the pieces of an agency cell; a dash beside names (a cut row of a cell that lists some) says nothing."""
    printed = [piece for piece in pieces if piece.text]
    named = [piece for piece in printed if not is_none_mark(piece.text.replace("\n", ""))]
    return join_pieces(named or printed[:1])


def _cells_above(work: _Work, row: StitchedRow, above: Measure | None) -> tuple[AgencyCell, ...]:
    """Return the agency cells to inherit from: of the same task, or of any where the format merges them."""
    if above is not None:
        return above.agency_cells
    last = _last_measure(work)
    return last.agency_cells if any(row.is_merged) and last is not None else ()


def _last_measure(work: _Work) -> Measure | None:
    """Return the measure made last, in this task or the one before."""
    return next((task.measures[-1] for task in reversed(work.tasks) if task.measures), None)


def _settle_deadline(
    row: StitchedRow, columns: Sequence[Column], above: Measure | None, last: Measure | None, context: RowContext
) -> tuple[str | None, CellStatus | None]:
    """Return the deadline with its state; ``last`` is the measure above in whatever task, for merged cells."""
    places = find_places(columns, Role.DEADLINE)
    if not places:
        return None, None
    if row.is_merged[places[0]]:
        above = above or last
    text = find_text(row, columns, Role.DEADLINE)
    if text:
        return text, "none" if is_none_mark(text) else "listed"
    may_inherit = row.is_merged[places[0]] or not context.is_structure_known
    if above is not None and above.deadline.raw_text and may_inherit:
        return above.deadline.raw_text, "inherited"
    return None, "blank"


def _read_others(row: StitchedRow, columns: Sequence[Column]) -> tuple[OtherValue, ...]:
    return tuple(
        OtherValue(label=column.label, text=text, is_private=column.is_private, kind=column.kind)
        for place, column in enumerate(columns)
        if column.role is Role.OTHER and (text := join_pieces(row.pieces[place]))
    )


def _record_inheritance(
    work: _Work, measure_id: str, row: StitchedRow, cells: Sequence[AgencyCell], decided: Mapping[Role, str]
) -> None:
    for cell in cells:
        if cell.status == "inherited" or cell.role in decided:
            rule = "override_inheritance" if cell.role in decided else "inherit_cell"
            work.repairs.append(
                Repair(
                    stage="repair",
                    rule=rule,
                    before="",
                    after=cell.text,
                    confidence=row.score,
                    cell_id=cell.cell_ids[-1] if cell.cell_ids else None,
                    measure_id=measure_id,
                    decision_id=decided.get(cell.role),
                )
            )
