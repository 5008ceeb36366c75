"""Small marks with a meaning of their own: explicit none, enumerators, page furniture."""

from __future__ import annotations

import re

from planextract.text.characters import fold, without_spaces
from planextract.text.numerals import CHINESE_NUMBER, parse_number

LEAD_MARKS = "*\uff0a★☆▲△※"  # beside a name, where a note says what they mean
TOGETHER = re.compile(
    r"(?<=[\u4e00-\u9fff)）])[会會]\n?同(?!县|縣)(?=.)|(?<=[委局办部厅院署会心队司府室联协团])会\n?同(?=县)"
)
"""The word between two bodies of a cell (市财政局会同市教育局); 会同县 is a county too."""
_NONE = re.compile(r"[-_/\\.·…*×]{1,12}|无|暂无|不涉及")
_LEVEL1 = re.compile(rf"({CHINESE_NUMBER})[、.．,，]\s*(.+)", re.DOTALL)
_LEVEL2 = re.compile(rf"[（(]({CHINESE_NUMBER})[)）][、.]?\s*(.+)", re.DOTALL)
_PART = re.compile(rf"第({CHINESE_NUMBER})[章节篇部]分?[、:：]?\s*(.+)", re.DOTALL)
_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第|page)?\s*\d{1,4}\s*页?(?:\s*(?:[/／共]|of)\s*共?\s*\d{1,4}\s*页?)?[-—–－·\s]*", re.IGNORECASE
)
_CONTINUED = re.compile(
    r"(?:表\s*\d[\d.\-]*\s*)?[（(\[【]?\s*(?:续表|接上表|接上页|续上表|续)\s*\d*\s*[)）\]】]?"
    r"|(?:table\s+[\w.\-]+?\s*[.:]?\s*)?[(\[]?\s*(?:continued|cont(?:['’]?d)?\.?)\s*[)\]]?\.?",
    re.IGNORECASE,
)
_MAX_FURNITURE = 40
_TASK_NO = re.compile(
    r"(?:任务|项目|事项|措施|实事)?[（(\[【第]?(\d{1,4}|[零〇一二三四五六七八九十百]{1,5})[)）\]】项条件]?[.、．。:]?"
)
_COMPOUND_NO = re.compile(r"\d{1,3}(?:[.．-]\d{1,3}){1,3}[.、．]?")
_ONE_SIGN = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"  # a number and its stop in one sign


def is_none_mark(text: str) -> bool:
    """Tell whether a cell says "nobody" on purpose: ---, ——, — —, /, 无.

    >>> [is_none_mark(t) for t in ("---", "— —", "——", "/", "……", "无", "", "区教委")]
    [True, True, True, True, True, True, False, False]
    """
    folded = fold(text)
    return bool(folded) and _NONE.fullmatch(folded) is not None


def parse_section(text: str) -> tuple[str, str, int] | None:
    """Split a section heading into number, title and level (1: 一、, 2: （一）), or return None.

    >>> parse_section("三、推进机动车结构进一步优化")
    ('三', '推进机动车结构进一步优化', 1)
    """
    flat = without_spaces(text)
    for pattern, level in ((_LEVEL1, 1), (_PART, 1), (_LEVEL2, 2)):
        match = pattern.fullmatch(flat)
        if match:
            return match.group(1), match.group(2), level
    return None


def parse_task_no(text: str) -> int | None:
    """Return the number of a 序号 cell: 3, 3., （3）, ３, 三, ⒊, 任务3, 第3项; None for anything else."""
    if len(text.strip()) == 1 and text.strip() in _ONE_SIGN:
        return _ONE_SIGN.index(text.strip()) + 1
    match = _TASK_NO.fullmatch(fold(text))
    return parse_number(match.group(1)) if match else None


def is_compound_number(text: str) -> bool:
    """Tell whether a 序号 cell counts on two levels or more: 1.1, 2-3, 1.2.4."""
    return _COMPOUND_NO.fullmatch(fold(text)) is not None


def is_page_number(text: str) -> bool:
    """Tell whether a line is a page number: 12, - 12 -, — 12 —, 第12页 共30页, Page 12 of 30."""
    stripped = text.strip()
    return 0 < len(stripped) <= _MAX_FURNITURE and _PAGE_NUMBER.fullmatch(stripped) is not None


def is_continuation_mark(text: str) -> bool:
    """Tell whether a line says that a table goes on: 续表, 表3（续）, 接上页, Table 3 (continued)."""
    return _CONTINUED.fullmatch(text.strip()) is not None
