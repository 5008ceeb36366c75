"""Does a fragment go on with the table before it?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from planextract.model.source import DocumentFile, SourceText, find_file
from planextract.model.table import Column, Fragment, LabelledDocument, Role
from planextract.stitch.evidence import Evidence, Verdict, weigh
from planextract.stitch.numbering import compare_sections, read_opening, restarts
from planextract.stitch.row_facts import TaskKey
from planextract.text.characters import fold, without_spaces
from planextract.text.markers import is_continuation_mark, is_page_number
from planextract.text.markup import tidy_prose
from planextract.text.sentences import is_finished

_ATTACHMENT = re.compile(r"附件\s*[0-9０-９一二三四五六七八九十]*\s*[:：]?|附表\s*[0-9一二三四五六七八九十]*\s*[:：]?")
_TITLE = re.compile(
    r"(计划|方案|清单|分解表|任务表|折子工程|台账|一览表|明细表|任务|要点|规划|附表\d*)(?:[（(].{1,20}[)）])?$"
)
_CONTINUED_TITLE = re.compile(r"[（(]续[表上页]{0,2}\d*[)）]$")
JOINED, SEPARATE = "joined", "separate"
_NOTE = re.compile(r"(?:备?注|说明)[0-9]{0,2}[:.、]")  # a note below a table neither joins nor parts
_MARKED_PAGE = re.compile(r"^\{\d+\}")  # marker's page marks: {3}-----
_SHORT_LINE = 80  # characters
_EDGE_TOLERANCE_PT = 4.0
_RESTART = {1: 3.5, 2: 6.0}  # a lone 1, or 1 and 2: a table does not count twice without a new section


def is_attachment_heading(text: str) -> bool:
    """Tell whether a line says only "附件 2" or the like."""
    return _ATTACHMENT.fullmatch(text.strip()) is not None


def is_furniture(text: str, running_heads: frozenset[str] = frozenset()) -> bool:
    """Tell whether a line is page furniture: a page number, a continuation mark, a running head."""
    return (
        is_page_number(text)
        or is_continuation_mark(text)
        or not any(char.isalnum() for char in _MARKED_PAGE.sub("", text))
        or fold_line(text) in running_heads
    )


def fold_line(text: str) -> str:
    """Fold a line for comparison, without a mark that it goes on and without Markdown's marks."""
    return _fold_short(text) if len(text) <= _SHORT_LINE else _fold_line(text)


def _fold_line(text: str) -> str:
    return fold(_CONTINUED_TITLE.sub("", tidy_prose(text)[0].strip("#* ")))


_fold_short = lru_cache(maxsize=4096)(_fold_line)  # headings are compared at every page break


def find_running_heads(document: LabelledDocument) -> frozenset[str]:
    """Return the lines (folded) that stand above two fragments or more, in no more than one of them as a title.

    "附件" alone heads each attachment, so it is none.
    """
    gaps: Counter[str] = Counter()
    lines: set[str] = set()
    for block in document.blocks:
        if isinstance(block, SourceText):
            lines.add(fold_line(block.raw_text))
        else:
            gaps.update(line for line in lines if line)
            lines = set()
    return frozenset(line for line, count in gaps.items() if count >= 2 and not is_attachment_heading(line))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSoFar:
    """A table as far as it is built, for the choice whether a fragment goes on with it.

    ``running_heads`` are the folded lines that say nothing when they stand in between; ``files`` those that the
    document was read from, where they are several.
    """

    columns: tuple[Column, ...]
    task: TaskKey | None
    section: str
    restarts_in_sections: bool
    running_heads: frozenset[str]
    files: tuple[DocumentFile, ...] = ()


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
            (
                i
                for i, other in free.items()
                if other.role == column.role and (column.role is not Role.OTHER or other.label == column.label)
            ),
            None,
        )
        positions.append(place)
        if place is not None:
            del free[place]
    return None if free else tuple(positions)


def weigh_join(before: Fragment, after: Fragment, table: TableSoFar, between: Sequence[SourceText]) -> Verdict:
    """Weigh whether ``after`` continues ``before``.

    Args:
        before: The fragment before.
        after: The next fragment in reading order.
        table: The whole table that ``before`` belongs to.
        between: Lines of text printed between them, in order.

    Returns:
        Verdict over ``joined`` and ``separate``.
    """
    evidence = [
        _compare_columns(table.columns, after),
        *_weigh_lines(between, table.running_heads),
        *_weigh_numbers(table, after),
        *_compare_edges(before, after),
        *_compare_places(before, after, table, between),
        *_compare_files(before, after, table),
    ]
    return weigh({JOINED: 0.8, SEPARATE: 0.2}, evidence)


def _compare_places(
    before: Fragment, after: Fragment, table: TableSoFar, between: Sequence[SourceText]
) -> list[Evidence]:
    """On one page, or one sheet of a workbook, a header that comes again with no line above it begins nothing."""
    lines = [line for line in between if not is_furniture(line.raw_text, table.running_heads)]
    same = [(c.role, c.label) for c in table.columns] == [(c.role, c.label) for c in after.columns]
    if lines or not same or before.page != after.page:
        return []
    return [Evidence(name="same_page", detail="", weights={JOINED: 4.0})]


def _compare_files(before: Fragment, after: Fragment, table: TableSoFar) -> list[Evidence]:
    """An attachment in a file of its own is a table of its own; pages in files of their own go on."""
    first, second = find_file(table.files, before.page), find_file(table.files, after.page)
    if second is None or first is second or second.role != "attachment":
        return []
    return [Evidence(name="other_file", detail=second.name[:30], weights={SEPARATE: 12.0})]


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


def _weigh_lines(between: Sequence[SourceText], running_heads: frozenset[str]) -> list[Evidence]:
    lines = [line.raw_text for line in between]
    if any(is_continuation_mark(line) or _CONTINUED_TITLE.search(without_spaces(line)) for line in lines):
        return [Evidence(name="continuation_mark", detail="", weights={JOINED: 4.0})]
    lines = [line for line in lines if not is_furniture(line, running_heads) and not _NOTE.match(fold(line))]
    if not lines:
        return [Evidence(name="nothing_between", detail="", weights={JOINED: 2.5})]
    if any(is_attachment_heading(line) for line in lines):
        return [Evidence(name="attachment_heading", detail=without_spaces(lines[0]), weights={SEPARATE: 6.0})]
    titles = [line for line in lines if _TITLE.search(without_spaces(line)) and not is_finished(line)]
    if titles:
        return [Evidence(name="title_between", detail=without_spaces(titles[0])[:30], weights={SEPARATE: 4.0})]
    return [Evidence(name="text_between", detail=without_spaces(lines[0])[:20], weights={SEPARATE: 2.0})]


def _weigh_numbers(table: TableSoFar, after: Fragment) -> list[Evidence]:
    """Weigh numbers and sections: both go on in one table; numbers may start again only under a new section."""
    opening = read_opening(after)
    last = table.task.task_no if table.task else None
    if not opening.numbers or last is None:
        weights = {JOINED: 0.5}
        return [Evidence(name="no_number", detail="", weights=weights)] if opening.starts_with_data else []
    first = opening.numbers[0]
    detail = f"{last} → {first}"
    section = compare_sections(table.section, opening.section)
    found = []
    if section == "goes_on":
        found.append(Evidence(name="sections_go_on", detail=opening.section[:12], weights={JOINED: 3.0}))
    if section == "restarts":
        found.append(Evidence(name="sections_restart", detail=opening.section[:12], weights={SEPARATE: 3.0}))
    if restarts(opening, table.task):
        is_usual = table.restarts_in_sections and section != "restarts"
        has_section = bool(opening.section) or table.restarts_in_sections
        weight = 0.5 if is_usual else 2.0 if has_section and section != "restarts" else _RESTART[len(opening.numbers)]
        return [*found, Evidence(name="numbers_restart", detail=detail, weights={SEPARATE: weight})]
    if first - last in (0, 1):
        return [*found, Evidence(name="numbers_go_on", detail=detail, weights={JOINED: 2.5})]
    return [*found, Evidence(name="numbers_jump", detail=detail, weights={SEPARATE: 1.0})]
