"""A published report on progress, in whatever form → its items: what was to be done, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planextract.label.parts import expand
from planextract.model.source import BBox, SourceCell, SourceDocument, SourceTable, SourceText
from planextract.text.characters import fold, without_spaces
from planextract.text.markers import parse_task_no
from planextract.track.words import ProgressWords, judge_state

_HEAD_ROWS = 4
_MIN_TEXT = 4
_MIN_LINE = 8
_NUMBERED = re.compile(
    r"\s*(?:[（(](\d{1,3})[）)]|(\d{1,3})(?:\s*[.、．:：）)](?!\d)|\s|$)|[一二三四五六七八九十]{1,3}[、.．])\s*"
)
_PERIODS = (
    (re.compile(r"1\s*[-—–至~～]\s*(\d{1,2})\s*月"), None),
    (re.compile(r"(?:截至|截止|至).{0,8}?(\d{1,2})月"), None),
    (re.compile(r"全年|年度完成情况|年终|年底"), 12),
    (re.compile(r"上半年|半年"), 6),
    (re.compile(r"前?三季度"), 9),
    (re.compile(r"二季度"), 6),
    (re.compile(r"一季度"), 3),
    (re.compile(r"四季度"), 12),
    (re.compile(r"(\d{1,2})月份?"), None),
)
_YEAR = re.compile(r"(20\d\d)\s*年?")
_DAY = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressItem:
    """An item of a report.

    Attributes:
        texts: What may name the measure: the cells of a row, or the beginning of a paragraph.
        number: Its number, where one is printed.
        progress: What is said of it.
        status: The state as printed in a column of its own; "" without one.
        boxes: Page and box of the cells that say it, where the format has boxes.
    """

    texts: tuple[str, ...]
    number: int | None = None
    progress: str = ""
    status: str = ""
    ratio: str = ""
    problem: str = ""
    next_step: str = ""
    page: int = 0
    line: int | None = None
    boxes: tuple[tuple[int, BBox], ...] = ()
    is_open: bool = False

    def state(self, words: ProgressWords) -> str | None:
        """Return its state: the printed one, else what its text tells."""
        return judge_state(self.status or self.progress, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReading:
    """A report as read: its items in order, its lines, and the period that it tells of."""

    doc_id: str
    name: str
    items: tuple[ProgressItem, ...]
    lines: tuple[str, ...]
    period: str = ""
    as_of: date | None = None


def read_items(source: SourceDocument, words: ProgressWords) -> ProgressReading:
    """Find the items of a report: rows of its tables whose header names progress, and paragraphs."""
    items: list[ProgressItem] = []
    lines: list[str] = []
    columns: dict[int, str] = {}
    for block in source.blocks:
        if isinstance(block, SourceTable):
            grid = expand(block)
            head, found = _find_header(grid, words)
            if found:
                columns = found
            if columns and max(columns) < block.col_count:
                items.extend(_read_rows(grid[head:], columns, block))
        elif isinstance(block, SourceText):
            lines.append(block.raw_text)
            for item in _read_line(block, words):
                is_after_number = bool(items) and _is_bare_number(items[-1]) and item.number is None
                items.append(replace(item, number=items[-1].number) if is_after_number else item)
    head_lines = " ".join([source.source_path.rsplit("/", 1)[-1], *lines[:6]])
    period, as_of = find_period(head_lines)
    return ProgressReading(
        doc_id=source.doc_id,
        name=source.source_path,
        items=tuple(items),
        lines=tuple(lines),
        period=period,
        as_of=as_of,
    )


def _is_bare_number(item: ProgressItem) -> bool:
    return item.number is not None and not item.texts and not item.progress


def _find_header(grid: Sequence[Sequence[SourceCell | None]], words: ProgressWords) -> tuple[int, dict[int, str]]:
    """Return the first row below the header and what its columns hold, by position; none if there is no header."""
    for index, row in enumerate(grid[:_HEAD_ROWS]):
        labels = [fold(cell.raw_text) if cell else "" for cell in row]
        found = {col: kind for col, label in enumerate(labels) if (kind := find_kind(label, words))}
        if {"progress", "status"} & set(found.values()) and len(found) < sum(bool(label) for label in labels):
            return index + 1, found
    return 0, {}


def find_kind(label: str, words: ProgressWords) -> str | None:
    """Return what a column of a report holds (``progress``, ``status``, ``problem`` …), None if it tells of none."""
    if label in words.columns:
        return words.columns[label]
    if len(label) > 16:
        return None
    return next((kind for word, kind in words.columns.items() if len(word) > 2 and label.endswith(word)), None)


def _read_rows(
    rows: Sequence[Sequence[SourceCell | None]], columns: dict[int, str], table: SourceTable
) -> Iterator[ProgressItem]:
    for row in rows:
        values = dict.fromkeys(("progress", "status", "ratio", "problem", "next_step"), "")
        told: list[SourceCell] = []
        for col, kind in columns.items():
            cell = row[col] if col < len(row) else None
            if cell is not None and cell.raw_text.strip():
                values[kind] = "\n".join(part for part in (values[kind], _text(cell)) if part)
                told.append(cell)
        others = [cell for col, cell in enumerate(row) if cell is not None and col not in columns]
        texts = tuple(dict.fromkeys(_text(cell) for cell in others if len(without_spaces(cell.raw_text)) >= _MIN_TEXT))
        numbers = [n for cell in others[:2] if (n := parse_task_no(cell.raw_text)) is not None]
        if told and texts:
            yield ProgressItem(
                texts=texts,
                number=numbers[0] if numbers else None,
                page=table.page,
                line=told[0].line,
                progress=values["progress"],
                status=values["status"],
                ratio=values["ratio"],
                problem=values["problem"],
                next_step=values["next_step"],
                boxes=tuple((table.page, cell.bbox) for cell in told if cell.bbox is not None),
            )


def _text(cell: SourceCell) -> str:
    return "\n".join(cell.paragraphs) if cell.paragraphs is not None else without_spaces(cell.raw_text)


def _read_line(line: SourceText, words: ProgressWords) -> Iterator[ProgressItem]:
    """Read a paragraph: what stands before 完成情况： names the measure; else the lines that follow may tell."""
    text = line.raw_text.strip().strip("|").strip()
    number = _NUMBERED.match(text)
    plain = text[number.end() :] if number else text
    boxes = ((line.page, line.bbox),) if line.bbox is not None else ()
    label = words.label.search(plain)
    item = ProgressItem(texts=(), number=_read_number(number), page=line.page, line=line.line, boxes=boxes)
    if label is not None and label.start() >= _MIN_TEXT:
        yield replace(item, texts=(plain[: label.start()],), progress=plain[label.end() :])
    elif label is not None and label.start() == 0:
        yield replace(item, progress=plain[label.end() :])
    elif len(without_spaces(plain)) >= _MIN_LINE:
        yield replace(item, texts=(plain,), is_open=True)
    else:
        yield replace(item, progress=plain)


def _read_number(match: re.Match[str] | None) -> int | None:
    digits = (match.group(1) or match.group(2)) if match else None
    return int(digits) if digits else None


def find_period(text: str) -> tuple[str, date | None]:
    """Return the period that a heading names and its last day.

    >>> find_period("2024年1—6月进展情况"), find_period("2021年度重点工作全年完成情况")
    (('1—6月', datetime.date(2024, 6, 30)), ('全年', datetime.date(2021, 12, 31)))
    """
    year = _YEAR.search(text)
    for pattern, month in _PERIODS:
        match = pattern.search(text)
        if match is None:
            continue
        number = month or int(match.group(1))
        if year is not None and 1 <= number <= 12:
            return match.group(), _last_day(int(year.group(1)), number)
    day = _DAY.search(text)
    if day is None:
        return "", None
    try:
        return day.group(), date(*map(int, day.groups()))
    except ValueError:
        return "", None


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
