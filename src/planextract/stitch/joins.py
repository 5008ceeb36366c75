"""Does a fragment go on with the table before it?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from planextract.model.source import SourceText
from planextract.model.table import Column, Fragment, Role
from planextract.stitch.evidence import Evidence, Verdict, weigh
from planextract.stitch.facts import read_facts
from planextract.text.characters import without_spaces
from planextract.text.markers import is_continuation_mark, is_page_number, parse_task_no
from planextract.text.sentences import is_finished

_ATTACHMENT = re.compile(r"附件\s*[0-9０-９一二三四五六七八九十]*\s*[:：]?|附表\s*[0-9一二三四五六七八九十]*\s*[:：]?")
_TITLE = re.compile(
    r"(计划|方案|清单|分解表|任务表|折子工程|台账|一览表|明细表|任务|要点|规划|附表\d*)(?:[（(].{1,20}[)）])?$"
)
JOINED, SEPARATE = "joined", "separate"
_EDGE_TOLERANCE_PT = 4.0


def is_attachment_heading(text: str) -> bool:
    """Tell whether a line says only "附件 2" or the like."""
    return _ATTACHMENT.fullmatch(text.strip()) is not None


def is_furniture(text: str) -> bool:
    """Tell whether a line is page furniture: a page number or a continuation mark."""
    return is_page_number(text) or is_continuation_mark(text)


def find_positions(columns: Sequence[Column], others: Sequence[Column]) -> tuple[int | None, ...] | None:
    """Find, for each column of a table, the column of a continuation that goes under it.

    Returns:
        One position (or None: the continuation lacks this column) per column of the table; None
        if the continuation has a column that the table lacks.
    """
    if [c.role for c in columns] == [c.role for c in others]:
        return tuple(range(len(columns)))
    free = dict(enumerate(others))
    positions: list[int | None] = []
    for column in columns:
        place = next(
            (i for i, other in free.items() if other.role == column.role
             and (column.role is not Role.OTHER or other.label == column.label)), None,
        )  # fmt: skip
        positions.append(place)
        if place is not None:
            del free[place]
    return None if free else tuple(positions)


def decide_join(before: Fragment, after: Fragment, columns: Sequence[Column], between: Sequence[SourceText]) -> Verdict:
    """Weigh whether ``after`` continues ``before``.

    Args:
        before: The fragment before.
        after: The next fragment in reading order.
        columns: Columns of the whole table that ``before`` belongs to.
        between: Lines of text printed between them, in order.

    Returns:
        Verdict over ``joined`` and ``separate``.
    """
    evidence = [
        _compare_columns(columns, after),
        *_weigh_lines(between),
        *_weigh_numbers(before, after),
        *_compare_edges(before, after),
    ]
    return weigh({JOINED: 0.8, SEPARATE: 0.2}, evidence)


def _compare_columns(columns: Sequence[Column], after: Fragment) -> Evidence:
    first, second = ([(c.role, c.label) for c in side] for side in (columns, after.columns))
    if not after.has_header and len(first) == len(second):
        return Evidence(name="no_header", detail="", weights={JOINED: 3.0})
    if first == second:
        return Evidence(name="same_header", detail="", weights={JOINED: 1.5})
    if [role for role, _ in first] == [role for role, _ in second]:
        return Evidence(name="same_roles", detail="", weights={JOINED: 0.5})
    if find_positions(columns, after.columns) is not None:
        return Evidence(name="fewer_columns", detail=f"{len(first)} → {len(second)}", weights={SEPARATE: 1.0})
    return Evidence(name="other_columns", detail=f"{len(first)} → {len(second)}", weights={SEPARATE: 12.0})


def _compare_edges(before: Fragment, after: Fragment) -> list[Evidence]:
    """Compare where the column lines stand: one table keeps them over its pages."""
    if not before.edges or not after.edges:
        return []
    if len(before.edges) != len(after.edges):
        return [Evidence(name="other_column_lines", detail="", weights={SEPARATE: 0.7})]
    shift = before.edges[0] - after.edges[0]
    farthest = max(abs(a - b - shift) for a, b in zip(before.edges, after.edges, strict=True))
    if farthest <= _EDGE_TOLERANCE_PT:
        return [Evidence(name="same_column_lines", detail="", weights={JOINED: 2.0})]
    return [Evidence(name="other_column_lines", detail=f"{farthest:.0f} pt", weights={SEPARATE: 1.0})]


def _weigh_lines(between: Sequence[SourceText]) -> list[Evidence]:
    lines = [line.raw_text for line in between]
    if any(is_continuation_mark(line) for line in lines):
        return [Evidence(name="continuation_mark", detail="", weights={JOINED: 4.0})]
    lines = [line for line in lines if not is_furniture(line)]
    if not lines:
        return [Evidence(name="nothing_between", detail="", weights={JOINED: 2.5})]
    if any(is_attachment_heading(line) for line in lines):
        return [Evidence(name="attachment_heading", detail=without_spaces(lines[0]), weights={SEPARATE: 6.0})]
    titles = [line for line in lines if _TITLE.search(without_spaces(line)) and not is_finished(line)]
    if titles:
        return [Evidence(name="title_between", detail=without_spaces(titles[0])[:30], weights={SEPARATE: 4.0})]
    return [Evidence(name="text_between", detail=without_spaces(lines[0])[:20], weights={SEPARATE: 2.0})]


def _weigh_numbers(before: Fragment, after: Fragment) -> list[Evidence]:
    last, first = _numbers(before), _numbers(after)
    if not first or not last:
        starts_blank = bool(after.rows) and after.rows[0].kind == "data"
        return [Evidence(name="no_number", detail="", weights={JOINED: 0.5})] if starts_blank else []
    gap = first[0] - last[-1]
    detail = f"{last[-1]} → {first[0]}"
    if first[0] == 1 and last[-1] >= 1:
        return [Evidence(name="numbers_restart", detail=detail, weights={SEPARATE: 3.0})]
    if gap in (0, 1):
        return [Evidence(name="numbers_go_on", detail=detail, weights={JOINED: 2.5})]
    return [Evidence(name="numbers_jump", detail=detail, weights={SEPARATE: 1.0})]


def _numbers(fragment: Fragment) -> list[int]:
    texts = (read_facts(row, fragment.columns).text(Role.TASK_NO) for row in fragment.rows if row.kind == "data")
    return [number for text in texts if text and (number := parse_task_no(text)) is not None]
