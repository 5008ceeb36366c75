"""Cut a text into blocks: lines of text, tab-separated tables, Markdown pipe tables, HTML tables.

Every character but white space ends up in exactly one block, as a slice of the text: that is what
makes the conservation ledger exact.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from planextract.model.source import ReadNote, SourceBlock, SourceCell, SourceMarkup, SourceTable, SourceText
from planextract.phrases import Phrase
from planextract.read.budget import CellBudget
from planextract.read.html_table import find_html_tables
from planextract.read.lines import LINE_END, LineIndex
from planextract.settings import ReadSettings
from planextract.text.characters import display_width
from planextract.text.markers import parse_section, parse_task_no

_PIPE_RULE = re.compile(r"\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?")
_TAG_ONLY = re.compile(r"\s*(?:</?\s*[A-Za-z!][^<>]*>\s*)+")
_PAGE = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    number: int
    text: str
    after_blank: bool
    after_feed: bool  # nothing but the end of a page stands before it, no blank line


@dataclass(slots=True, kw_only=True)
class _PlainText:
    """What was found so far."""

    budget: CellBudget
    blocks: list[SourceBlock] = field(default_factory=list)
    notes: list[ReadNote] = field(default_factory=list)


def split_blocks(text: str, name: str, settings: ReadSettings) -> tuple[tuple[SourceBlock, ...], tuple[ReadNote, ...]]:
    """Cut a document's text into blocks in reading order.

    Raises:
        InputError: If a limit is broken (cells, nesting).
    """
    plain = _PlainText(budget=CellBudget(settings.max_cells, name))
    lines = LineIndex(text)
    position = 0
    for table in find_html_tables(text, name, lines, plain.budget, settings.max_nesting):
        _add_plain(text[position : table.start], lines.number_at(position), plain)
        plain.blocks.extend(table.blocks)
        position = table.end
    _add_plain(text[position:], lines.number_at(position), plain)
    return tuple(plain.blocks), tuple(plain.notes)


def _add_plain(part: str, first_line: int, plain: _PlainText) -> None:
    lines = list(_iter_lines(part, first_line))
    index = 0
    while index < len(lines):
        if _is_tab_row(lines[index]):
            end = _run_end(lines, index, lambda line: "\t" in line.text)
            plain.blocks.append(_tab_table(lines[index:end], plain))
        elif _is_pipe_table(lines, index):
            end = _run_end(lines, index, lambda line: "|" in line.text)
            plain.blocks.extend(_pipe_table(lines[index:end], plain.budget))
        else:
            end = index + 1
            plain.blocks.append(_text_or_markup(lines[index]))
        index = end


def _iter_lines(part: str, first_line: int) -> Iterator[_Line]:
    after_blank, after_feed, position, number = True, False, 0, first_line
    ends = [*((m.start(), m.end()) for m in LINE_END.finditer(part)), (len(part), len(part))]
    for start, after in ends:
        line = part[position:start]
        if line.strip():
            yield _Line(number=number, text=line, after_blank=after_blank, after_feed=after_feed)
            after_blank = after_feed = False
        else:
            after_feed = not after_blank and part[start:after] == "\f"
            after_blank = True
        position, number = after, number + 1


def _is_tab_row(line: _Line) -> bool:
    """A tab inside the line, or several: one tab before a line only indents it."""
    return "\t" in line.text.strip() or line.text.count("\t") > 1


def _run_end(lines: list[_Line], index: int, belongs: Callable[[_Line], bool]) -> int:
    end = index + 1
    while end < len(lines) and not lines[end].after_blank and belongs(lines[end]):
        end += 1
    return end


def _text_or_markup(line: _Line) -> SourceText | SourceMarkup:
    if _TAG_ONLY.fullmatch(line.text):
        return SourceMarkup(page=_PAGE, raw_text=line.text.strip(), line=line.number)
    stripped = line.text.strip()
    blank = line.text[: line.text.find(stripped[:1])]
    return SourceText(
        page=_PAGE,
        raw_text=stripped,
        line=line.number,
        starts_paragraph=line.after_blank and not line.after_feed,
        indent=display_width(blank),
    )


def _tab_table(lines: list[_Line], plain: _PlainText) -> SourceTable:
    rows = [line.text.split("\t") for line in lines]
    widths = Counter(len(row) for row in rows)
    width = max(widths, key=lambda w: (widths[w], w))
    lines, rows = _join_broken(lines, rows, width)
    plain.budget.take(len(rows) * width)
    cells: list[SourceCell] = []
    for index, (line, row) in enumerate(zip(lines, rows, strict=True)):
        texts = row[:width] + [""] * (width - len(row))
        if len(row) > width:
            texts[-1] = "\t".join(row[width - 1 :])
        if len(row) != width:
            message = Phrase(
                "line {number} has {count} fields where the table has {width}",
                number=line.number,
                count=len(row),
                width=width,
            )
            plain.notes.append(ReadNote.of("read.ragged_row", message, line=line.number))
        cells.extend(
            SourceCell(row=index, col=col, raw_text=text.strip(), line=line.number) for col, text in enumerate(texts)
        )
    return SourceTable(
        page=_PAGE, row_count=len(rows), col_count=width, cells=tuple(cells), has_spans=False, line=lines[0].number
    )


def _join_broken(lines: list[_Line], rows: list[list[str]], width: int) -> tuple[list[_Line], list[list[str]]]:
    """Put rows together that a line break inside a cell cut: together they have exactly the table's fields.

    A row that was only trimmed at its end, or that opens with a number or a blank cell, is none of them.
    """
    kept: list[tuple[_Line, list[str]]] = []
    for line, row in zip(lines, rows, strict=True):
        head = row[0].strip()
        goes_on = bool(head) and parse_task_no(head) is None and parse_section(head) is None
        if kept and goes_on:
            above = kept[-1][1]
            starts = above[0].strip() and above[-1].strip() and len(above) < width
            if starts and len(above) + len(row) - 1 == width and len(row) < width:
                kept[-1] = (kept[-1][0], [*above[:-1], f"{above[-1]}\n{row[0]}", *row[1:]])
                continue
        kept.append((line, row))
    return [line for line, _ in kept], [row for _, row in kept]


def _is_pipe_table(lines: list[_Line], index: int) -> bool:
    if "|" not in lines[index].text or index + 1 >= len(lines) or lines[index + 1].after_blank:
        return False
    following = lines[index + 1].text.strip()
    is_rule = len(re.findall(r"-+", following)) > 1 or following.startswith("|")  # "--- |" is a cell that says "nobody"
    return is_rule and "|" in following and _PIPE_RULE.fullmatch(following) is not None


def _pipe_table(lines: list[_Line], budget: CellBudget) -> Iterator[SourceBlock]:
    """Yield a pipe table's bars and rules as mark-up, then the table.

    A rule may come again below a header that is printed again: a row of dashes alone is no data.
    """
    rows: list[tuple[_Line, list[str]]] = []
    for index, line in enumerate(lines):
        text = line.text.strip()
        if index == 1 or (index > 1 and _PIPE_RULE.fullmatch(text)):
            yield SourceMarkup(page=_PAGE, raw_text=text, line=line.number)
            continue
        texts, bars = _split_pipes(text)
        rows.append((line, texts))
        yield SourceMarkup(page=_PAGE, raw_text="|" * bars, line=line.number)
    width = max(1, *(len(texts) for _, texts in rows))
    budget.take(len(rows) * width)
    cells = tuple(
        SourceCell(row=row, col=col, raw_text=text, line=line.number)
        for row, (line, texts) in enumerate(rows)
        for col, text in enumerate(texts + [""] * (width - len(texts)))
    )
    yield SourceTable(
        page=_PAGE, row_count=len(rows), col_count=width, cells=cells, has_spans=False, line=lines[0].number
    )


def _split_pipes(text: str) -> tuple[list[str], int]:
    """Split a pipe row; a bar behind a backslash or inside back-ticks is text. Also count the bars."""
    fields, current, bars, is_code, index = [], "", 0, False, 0
    last_tick = text.rfind("`")
    while index < len(text):
        char = text[index]
        if char == "\\" and text[index + 1 : index + 2] == "|":
            current += "\\|"
            index += 2
            continue
        if char == "`":
            is_code = not is_code and index < last_tick
        if char == "|" and not is_code:
            fields.append(current.strip())
            current, bars = "", bars + 1
        else:
            current += char
        index += 1
    fields.append(current.strip())
    start = 1 if text.startswith("|") else 0
    end = len(fields) - 1 if text.endswith("|") and not text.endswith("\\|") and len(fields) > 1 else len(fields)
    return fields[start:end], bars
