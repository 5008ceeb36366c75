"""Which rows, and which lines between tables, are section headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planextract.model.roles import Role
from planextract.model.source import SourceCell
from planextract.model.table import Column
from planextract.text.characters import fold, is_cjk
from planextract.text.markers import is_none_mark, parse_section, parse_task_no
from planextract.text.markup import tidy_prose
from planextract.text.numerals import CHINESE_NUMBER
from planextract.text.sentences import is_finished

_BARE_NUMBER = re.compile(rf"[(]?{CHINESE_NUMBER}[)]?[、.]?")
_MAX_LINE = 40
_MARKDOWN = "#* \t"
_SUM = re.compile(r"(?:合计|总计|小计|共计|总数)[:(]?(?:[\d.]+[项个件条]?\)?)?")
_COUNT = re.compile(r"[共计]?-?[\d,.]+(?:%|[项个件条户家处元]|[千万亿]元?)?(?:任务|工作|措施|项目)?")
_CONTINUED_TITLE = re.compile(r"(?:表|清单|台账|计划|方案|任务|分工|附件\d*)[(]续[表上页]{0,2}\d*[)]$")
_NOTE = re.compile(r"(?:备?注|说明)[0-9]{0,2}[:.、]")


def is_section_row(
    index: int, sources: Sequence[SourceCell | None], columns: Sequence[Column], *, in_digits: bool = False
) -> bool:
    """Tell a section row from a data row.

    It is one of:

    * one cell alone over more than half of the columns;
    * the same text in every column: a merged cell in a format without spans;
    * alone in front, with an enumerator or as a text where numbers stand; or alone in the task column with one;
    * a bare Chinese numeral in the number column, a title in the next and nothing else: a task's name, or a measure's
      text where the measures are counted in digits (一 | 保居民就业, then 1 | 发放补贴 | 区人社局).

    A lone cell in the measure column is a cut row, a number in the number column a task.

    Args:
        index: The row's grid position.
        sources: Its cell at each grid column; a cell that starts in a row above counts as merged.
        columns: Roles of the grid columns.
        in_digits: The table counts its measures in digits.
    """
    own = [(col, cell) for col, cell in enumerate(sources) if cell is not None and cell.row == index]
    filled = {id(cell): (col, cell) for col, cell in own if cell.raw_text.strip()}
    if not filled:
        return False
    cells = list(filled.values())
    texts = [clean_heading(cell.raw_text) for _, cell in cells]
    if len(cells) == 1 and cells[0][1].col_span >= max(2, len(columns) // 2 + 1):
        return True
    if len(columns) >= 3 and len(cells) == len(columns) and len(set(texts)) == 1:
        return not is_none_mark(texts[0])
    if any(cell is not None and cell.row != index for cell in sources):
        return False
    if len(cells) == 2 and _is_numbered_title(cells[0][0], texts, cells[1][1].col, columns, in_digits=in_digits):
        return True
    return len(cells) == 1 and _is_lone_heading(cells[0][0], texts[0], columns)


def _is_lone_heading(col: int, text: str, columns: Sequence[Column]) -> bool:
    role = columns[col].role
    if parse_section(text) is not None and (col == 0 or role is Role.TASK_NAME):
        return True
    is_title = len(text) > 1 and any(is_cjk(char) for char in text)
    return col == 0 and role is Role.TASK_NO and parse_task_no(text) is None and is_title


def counts_in_digits(texts: Sequence[str]) -> bool:
    """Tell whether a column of numbers prints digits: Chinese numerals beside them count sections."""
    return any(text.strip().isdecimal() for text in texts)


def _is_numbered_title(
    col: int, texts: Sequence[str], next_col: int, columns: Sequence[Column], *, in_digits: bool
) -> bool:
    roles = (columns[col].role, columns[next_col].role)
    titles = (Role.TASK_NAME, Role.SECTION, Role.MEASURE) if in_digits else (Role.TASK_NAME, Role.SECTION)
    has_measures = any(column.role is Role.MEASURE for column in columns)
    return (
        has_measures
        and roles[0] is Role.TASK_NO
        and roles[1] in titles
        and _BARE_NUMBER.fullmatch(fold(texts[0])) is not None
        and not is_finished(texts[1])
    )


def find_sums_beside(
    index: int, sources: Sequence[SourceCell | None], columns: Sequence[Column], *, in_digits: bool = False
) -> frozenset[int]:
    """Return where a section row adds up its section in columns without a role: 一、续建项目（2个） | 总投资 90000."""
    beside = frozenset(
        place
        for place, cell in enumerate(sources)
        if cell is not None and cell.row == index and cell.raw_text.strip() and columns[place].role is Role.OTHER
    )
    texts = [fold(cell.raw_text) for place in beside if (cell := sources[place]) is not None]
    if not texts or not all(map(_COUNT.fullmatch, texts)):
        return frozenset()
    rest = [None if place in beside else cell for place, cell in enumerate(sources)]
    return beside if is_section_row(index, rest, columns, in_digits=in_digits) else frozenset()


def is_note_row(sources: Sequence[SourceCell | None]) -> bool:
    """Tell whether a row holds nothing but a note below the table: 注：, 备注：, 说明：."""
    texts = {id(cell): cell.raw_text for cell in sources if cell is not None and cell.raw_text.strip()}
    return len(texts) == 1 and _NOTE.match(fold(clean_heading(next(iter(texts.values()))))) is not None


def is_sum_row(sources: Sequence[SourceCell | None]) -> bool:
    """Tell whether a row adds up the others: 合计 in front, and nothing else but counts, sums and blanks."""
    texts = {id(cell): fold(cell.raw_text) for cell in sources if cell is not None and cell.raw_text.strip()}
    first, *others = texts.values() if texts else ("",)
    return _SUM.fullmatch(first) is not None and all(_COUNT.fullmatch(text) or is_none_mark(text) for text in others)


def clean_heading(raw_text: str) -> str:
    """Return a heading's text without Markdown's marks and OCR's spaces."""
    return tidy_prose(raw_text)[0].replace("\n", "").strip(_MARKDOWN)


def is_section_line(raw_text: str) -> bool:
    """Tell whether a line of text reads as a section heading: 二、扬尘管控, short and without an end of a sentence."""
    text = clean_heading(raw_text)
    return (
        len(text) <= _MAX_LINE and parse_section(text) is not None and not is_finished(text) and text[-1] not in "：:"
    )


def is_continued_title(sources: Sequence[SourceCell | None]) -> bool:
    """Tell whether a row prints the table's title again, inside a sheet: 任务分解表（续）."""
    texts = {id(cell): cell.raw_text for cell in sources if cell is not None and cell.raw_text.strip()}
    return len(texts) == 1 and _CONTINUED_TITLE.search(fold(clean_heading(next(iter(texts.values()))))) is not None
