"""Put rows into a growing table: join the pieces of cut rows, split a tail from the row behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from planextract.model.record import REPRINTED, Repair
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.source import SourceText
from planextract.model.table import Fragment, Piece, Row, RowStart, StitchedRow
from planextract.model.vocabulary import NameMatcher
from planextract.stitch.numbering import find_section_text
from planextract.stitch.row_facts import (
    RowFacts,
    TaskKey,
    is_bracketed,
    is_similar_name,
    opens_task,
    own_cells,
    read_facts,
)
from planextract.text.characters import fold, without_spaces
from planextract.text.line_breaks import fits_behind
from planextract.text.markers import is_compound_number, parse_section, parse_task_no
from planextract.text.sentences import is_finished

_TASK_ROLES = (Role.TASK_NO, Role.TASK_NAME, Role.SECTION)
_BETWEEN_NAMES = re.compile("[、，,；;]")
_MAX_LINES = 4  # of a name on either side of the break


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChoice:
    """What a row is: how it starts, the choice's probability, why, and the runner-up.

    ``continued`` are the roles whose cell is merged with one above the page break. ``is_whole_row`` if nothing was cut:
    the measure's cell is merged over the row, whose other cells are whole. ``seen`` are the names of the clues.
    """

    start: RowStart
    score: float
    reasons: tuple[str, ...] = ()
    runner_up: str | None = None
    tail_end: int | None = None
    continued: frozenset[Role] = frozenset()
    is_whole_row: bool = False
    seen: frozenset[str] = frozenset()


@dataclass(slots=True)
class GrowingTable:
    """A table being built.

    ``section`` is the current heading of the first level, ``heading`` the last one printed; ``heads`` are the folded
    lines above the table, once asked for.
    """

    first: Fragment
    texts_before: tuple[SourceText, ...]
    last_page: int
    repairs: list[Repair] = field(default_factory=list)
    rows: list[StitchedRow] = field(default_factory=list)
    task: TaskKey | None = None
    before: RowFacts | None = None
    follows_section: bool = False
    section: str = ""
    heading: str = ""
    restarts_in_sections: bool = False
    heads: frozenset[str] | None = None


def skip_repeated_sections(table: GrowingTable, rows: Sequence[Row]) -> int:
    """Return how many section rows at a page top only print the current headings again; note each as a repair."""
    if table.follows_section:
        return 0
    count = 0
    for row in rows:
        text = find_section_text(row.cells) if row.kind == "section" else ""
        if not text or fold(text) not in (fold(table.section), fold(table.heading)):
            break
        cell = next(cell for cell in row.cells if cell is not None and cell.text)
        table.repairs.append(
            Repair(stage="stitch", rule="repeated_section", before=text, after="", cell_id=cell.cell_id)
        )
        count += 1
    return count


def place_row(
    table: GrowingTable, fragment: Fragment, row: Row, choice: RowChoice, facts: RowFacts | None = None
) -> None:
    """Add a row to the table: appended to the row before, opened as its own, or divided between both.

    The table's state (current task, facts of its last row) is brought up to date. ``facts`` are those of the row, where
    they were read already.
    """
    pieces: tuple[tuple[Piece, ...], ...] = tuple(
        (Piece(cell=cell, start=0, end=len(cell.text)),) if cell is not None else () for cell in own_cells(row)
    )
    merged = tuple(cell is not None and cell.row != row.row for cell in row.cells)
    if row.kind == "section":
        _place_section(table, fragment, row, pieces, merged)
        return
    facts = facts or read_facts(row, fragment.columns)
    table.section = facts.text(Role.SECTION) or table.section
    if choice.start == "cut_row" and table.rows and table.rows[-1].kind == "data":
        if choice.tail_end is None:
            merged_above = {i for i, is_merged in enumerate(table.rows[-1].is_merged) if is_merged}
            pieces, _ = _continue_merged(table, fragment, pieces, merged, merged_above)
            table.rows[-1] = _extend(table, pieces, fragment, choice)
            _remember_cut(table, fragment, row, choice)
            table.before = _merge_facts(table.before, facts)
            _note_name(table, fragment)
            return
        pieces = _split_off_tail(table, fragment, pieces, choice)
        facts = _without_tail(facts, choice.tail_end)
    if choice.continued:
        places = {i for i, column in enumerate(fragment.columns) if column.role in choice.continued}
        pieces, merged = _continue_merged(table, fragment, pieces, merged, places)
        facts = replace(facts, texts={role: text for role, text in facts.texts.items() if role not in choice.continued})
    opened = StitchedRow(
        kind="data",
        pages=(fragment.page,),
        pieces=pieces,
        opens_task=choice.start == "new_task" or table.task is None,
        is_merged=merged,
        score=min(choice.score, row.score),
        task_no=parse_task_no(facts.text(Role.TASK_NO)),
        starts_fragment=bool(table.rows) and row is fragment.rows[0],
    )
    _open_row(table, opened, facts)


def _place_section(
    table: GrowingTable, fragment: Fragment, row: Row, pieces: tuple[tuple[Piece, ...], ...], merged: tuple[bool, ...]
) -> None:
    opened = StitchedRow(kind="section", pages=(fragment.page,), pieces=pieces, opens_task=False, is_merged=merged)
    table.rows.append(opened)
    table.follows_section = True
    _note_section(table, find_section_text(row.cells))


def _open_row(table: GrowingTable, row: StitchedRow, facts: RowFacts) -> None:
    """Add a row of its own to the table, and note the task that it may open."""
    table.rows.append(row)
    if row.opens_task:
        last = table.task.task_no if table.task else None
        table.restarts_in_sections |= row.task_no == 1 and last is not None and last > 1
        table.task = TaskKey(
            task_no=row.task_no if row.task_no is not None else _next(last),
            name=facts.text(Role.TASK_NAME),
            is_bracketed=is_bracketed(facts.text(Role.TASK_NO)),
            compound=number if is_compound_number(number := facts.text(Role.TASK_NO)) else "",
        )
    table.before = facts
    table.follows_section = False


def _continue_merged(
    table: GrowingTable,
    fragment: Fragment,
    pieces: tuple[tuple[Piece, ...], ...],
    merged: tuple[bool, ...],
    places: set[int],
) -> tuple[tuple[tuple[Piece, ...], ...], tuple[bool, ...]]:
    """Treat the cells at some places as merged with those above; what they print is the rest of those."""
    own, is_merged = list(pieces), list(merged)
    for place, column in enumerate(fragment.columns):
        above = _find_above(table, place) if place in places else None
        if above is None:
            continue
        row = table.rows[above]
        rest = tuple(piece for piece in own[place] if piece.text)
        if (column.role in _TASK_ROLES and _repeats(column.role, row.pieces[place], rest)) or _is_reprint(
            column.role, row.pieces[place], rest
        ):
            _note_reprint(table, column.role, rest)
            rest = tuple(replace(piece, start=0, end=0) for piece in rest)
        elif column.role in AGENCY_ROLES:
            rest = tuple(replace(piece, opens_paragraph=True) for piece in rest)
        both = tuple((*old, *rest) if i == place else old for i, old in enumerate(row.pieces))
        table.rows[above] = replace(row, pieces=both)
        own[place], is_merged[place] = (), True
        if column.role is Role.TASK_NAME and table.task is not None:
            table.task = replace(table.task, name="".join(piece.text for piece in both[place]))
    return tuple(own), tuple(is_merged)


def find_cut_names(table: GrowingTable, facts: RowFacts, names: NameMatcher) -> frozenset[Role]:
    """Return the roles whose cell begins with the rest of a name that the cell above began: merged over the page.

    Only names that are known when put together, and unknown as they stand, say so.
    """
    found = set()
    for place, column in enumerate(table.first.columns):
        after = facts.text(column.role)
        above = _find_above(table, place) if column.role in AGENCY_ROLES and after else None
        if above is None:
            continue
        before = "\n".join(piece.text for piece in table.rows[above].pieces[place])
        if _is_name_cut(before, after, names):
            found.add(column.role)
    return frozenset(found)


def is_within_measure(table: GrowingTable, facts: RowFacts, row: Row, fragment: Fragment) -> bool:
    """Tell whether the measure's cell is merged over a row that opens no task: one measure, with an owner a row."""
    if not table.rows or opens_task(facts, table.task, follows_section=table.follows_section, is_exact=True):
        return False
    cells = [cell for cell, column in zip(row.cells, fragment.columns, strict=True) if column.role is Role.MEASURE]
    return bool(cells) and all(cell is not None and cell.row != row.row and bool(cell.text) for cell in cells)


def has_other_day(table: GrowingTable, facts: RowFacts) -> bool:
    """Tell whether a row prints another day than the row before."""
    return table.before is not None and facts.text(Role.DEADLINE) not in ("", table.before.text(Role.DEADLINE))


def is_joined_in_page(table: GrowingTable, facts: RowFacts, choice: RowChoice) -> bool:
    """Tell whether a person should look at a row that was joined; two days in one measure are worth it."""
    if choice.start != "cut_row" or choice.tail_end is not None or facts.is_blank or not table.rows:
        return False
    return not choice.is_whole_row or has_other_day(table, facts)


def _is_name_cut(before: str, after: str, names: NameMatcher) -> bool:
    left = _BETWEEN_NAMES.split(before)[-1].split("\n")
    right = _BETWEEN_NAMES.split(after)[0].split("\n")
    if any(names.is_name("".join(right[:end])) for end in range(1, len(right) + 1)):
        return False
    return any(
        names.is_name("".join(left[-start:]) + "".join(right[:end]))
        for start in range(1, min(len(left), _MAX_LINES) + 1)
        for end in range(1, min(len(right), _MAX_LINES) + 1)
    )


def _find_above(table: GrowingTable, place: int) -> int | None:
    """Return the last data row that prints something in a column."""
    for i in reversed(range(len(table.rows))):
        if table.rows[i].kind == "data" and any(piece.text for piece in table.rows[i].pieces[place]):
            return i
    return None


def _next(number: int | None) -> int | None:
    return number + 1 if number is not None else None


def _note_section(table: GrowingTable, text: str) -> None:
    """Remember the heading of the first level: 一、 stays current below its （一）."""
    table.heading = text
    parsed, current = parse_section(text), parse_section(table.section)
    if parsed is None or parsed[2] == 1 or current is None or current[2] != 1:
        table.section = text


def _extend(
    table: GrowingTable, pieces: tuple[tuple[Piece, ...], ...], fragment: Fragment, choice: RowChoice
) -> StitchedRow:
    """Return the last row with the pieces of a cut row; a cell that prints the whole one again adds nothing."""
    joined, row = [], table.rows[-1]
    for column, old, new in zip(fragment.columns, row.pieces, pieces, strict=True):
        fresh = tuple(piece for piece in new if piece.text)
        if column.role in _TASK_ROLES and _repeats(column.role, old, fresh):
            joined.append((*old, *(replace(piece, start=0, end=0) for piece in fresh)))
            continue
        if _is_reprint(column.role, old, fresh):
            _note_reprint(table, column.role, fresh)
            joined.append((*old, *(replace(piece, start=0, end=0) for piece in fresh)))
            continue
        is_listed = choice.is_whole_row or column.role in (*AGENCY_ROLES, Role.TASK_NO)
        opens_paragraph = is_listed or _opens_paragraph(old, fresh)
        joined.append((*old, *(replace(piece, opens_paragraph=opens_paragraph and bool(old)) for piece in fresh)))
    pages = row.pages if fragment.page in row.pages else (*row.pages, fragment.page)
    return replace(row, pieces=tuple(joined), pages=pages, score=min(row.score, choice.score))


def _is_reprint(role: Role, old: tuple[Piece, ...], fresh: tuple[Piece, ...]) -> bool:
    """Tell whether the piece of a cut row is the whole cell printed again; a measure never is."""
    first, second = (without_spaces("".join(piece.text for piece in pieces)) for pieces in (old, fresh))
    return role is not Role.MEASURE and bool(first) and first == second


def _note_reprint(table: GrowingTable, role: Role, pieces: tuple[Piece, ...]) -> None:
    """Record a cell that is printed again; numbers, names and sections are told by what the task says."""
    for piece in pieces if role not in _TASK_ROLES else ():
        table.repairs.append(
            Repair(stage="stitch", rule=REPRINTED, before=piece.text, after="", cell_id=piece.cell.cell_id)
        )


def _opens_paragraph(old: tuple[Piece, ...], fresh: tuple[Piece, ...]) -> bool:
    """Tell whether the rest of a cut cell is a new paragraph.

    The text before must be finished. Where lines are seen, the first one must be indented, or would have fitted
    behind the last one before the break; where they are not, a finished text is taken for a finished paragraph.
    """
    if not is_finished("".join(piece.text for piece in old)):
        return False
    last = next((piece.cell for piece in reversed(old) if piece.text), None)
    if last is None or last.room is None or not fresh or fresh[0].cell.is_indented is None:
        return True
    return fresh[0].cell.is_indented or fits_behind(fresh[0].text, last.room)


def _note_name(table: GrowingTable, fragment: Fragment) -> None:
    """Bring the current task's name up to date: the page may have cut it."""
    for column, pieces in zip(fragment.columns, table.rows[-1].pieces, strict=True):
        name = "".join(piece.text for piece in pieces)
        if column.role is Role.TASK_NAME and table.task is not None and name:
            table.task = replace(table.task, name=name)


def _repeats(role: Role, old: tuple[Piece, ...], new: tuple[Piece, ...]) -> bool:
    """Tell whether a piece prints a number, name or section again (rather than its rest, or another one)."""
    before, after = ("".join(piece.text for piece in pieces) for pieces in (old, new))
    if role is Role.TASK_NO:  # a number that cannot be read is the one above, damaged
        number = parse_task_no(after)
        return bool(before) and (number is None or number == parse_task_no(before))
    return is_similar_name(before, after)


def _split_off_tail(
    table: GrowingTable, fragment: Fragment, pieces: tuple[tuple[Piece, ...], ...], choice: RowChoice
) -> tuple[tuple[Piece, ...], ...]:
    """Give the first part of the measure cell to the row before and return the rest."""
    if choice.tail_end is None:
        return pieces
    place = next(i for i, column in enumerate(fragment.columns) if column.role is Role.MEASURE)
    piece = pieces[place][0]
    text = piece.cell.text
    start = choice.tail_end + (text[choice.tail_end : choice.tail_end + 1] == "\n")
    tail = tuple((replace(piece, end=choice.tail_end),) if i == place else () for i in range(len(pieces)))
    table.rows[-1] = _extend(table, tail, fragment, choice)
    table.repairs.append(
        Repair(
            stage="stitch",
            rule="split_tail",
            before=text,
            after=f"{text[: choice.tail_end]} ‖ {text[start:]}",
            confidence=choice.score,
            cell_id=piece.cell.cell_id,
            split_at=choice.tail_end,
        )
    )
    rest = list(pieces)
    rest[place] = (replace(piece, start=start),)
    return tuple(rest)


def _without_tail(facts: RowFacts, tail_end: int) -> RowFacts:
    texts = dict(facts.texts)
    texts[Role.MEASURE] = facts.measure[tail_end:].lstrip("\n")
    return replace(facts, texts=texts)


def _merge_facts(before: RowFacts | None, after: RowFacts) -> RowFacts:
    """Facts of a row with its continuation, for the next choice."""
    if before is None:
        return after
    texts = {
        role: "\n".join(dict.fromkeys(text for text in (before.text(role), after.text(role)) if text))
        if role in AGENCY_ROLES
        else before.text(role) + (after.text(role) if role is Role.MEASURE else "")
        for role in before.roles
    }
    if not after.measure:
        return replace(before, texts=texts)
    return replace(before, texts=texts, room=after.room)


def _remember_cut(table: GrowingTable, fragment: Fragment, row: Row, choice: RowChoice) -> None:
    """Record each cell that was joined to the one before it."""
    for column, pieces in zip(fragment.columns, table.rows[-1].pieces, strict=True):
        if len(pieces) < 2 or pieces[-1].cell.page != fragment.page or pieces[-1].cell.row != row.row:
            continue
        before, after = "".join(p.text for p in pieces[:-1]), pieces[-1].text
        if before and after and column.role is not Role.OTHER:
            glue = "\n" if pieces[-1].opens_paragraph else ""
            table.repairs.append(
                Repair(
                    stage="stitch",
                    rule="join_cut_row",
                    before=f"{before} ‖ {after}",
                    after=before + glue + after,
                    confidence=choice.score,
                    cell_id=pieces[-1].cell.cell_id,
                )
            )
