"""Titles of plans: the lines between "附件 2" (or the text before) and the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planextract.model.plan import PlanHeading
from planextract.model.source import SourceText
from planextract.text.characters import fold
from planextract.text.markers import is_continuation_mark, is_page_number, parse_section
from planextract.text.markup import tidy_prose
from planextract.text.numerals import parse_number
from planextract.text.sentences import is_finished

_ATTACHMENT = re.compile(r"附件\s*([0-9０-９一二三四五六七八九十]{0,3})\s*[:：]?")
_IN_LINE = re.compile(r"附件\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[:：]\s*(?=\S)")
_NOTICE_END = re.compile(r"关于.{2,}的(?:若干|实施|指导|工作)?(?:通知|意见|函|决定)$")
ITEM_LINE = re.compile(r"(?:项目|任务|事项|专项|板块|工程)[一二三四五六七八九十\d]")
_DATE_LINE = re.compile(
    r"[\d〇○零一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_NUMBER_LINE = re.compile(r"\[[12]\d{3}\]第?\d{1,5}号$")
_ACCESS_LINE = re.compile(r"[（(【]?(?:此件|此文|本文)?(?:公开发布|主动公开|社会公开|依申请公开|不予公开)[）)】]?")
_PATH_LINE = re.compile(r"(?:[当當]前|所在|您的)位置|首(?:页|頁)\s*[>＞»]")  # the way to a page, as its site prints it
_FORM_LINE = re.compile(
    r"[（(]?(?!附[件表录])(?:[\u4e00-\u9fff]{2,8}[：:](?!$).{0,40}|注[：:].{1,120}|截[至止][^。]{2,24}|【[^】]{1,16}】)"
)
PLAN_WORDS = (
    *("方案", "计划", "要点", "清单", "分工", "措施", "举措", "意见", "分解表", "任务表", "分解"),
    *("計劃", "要點", "清單", "意見", "任務表"),
)
_TITLE_MARKS = str.maketrans("", "", "《》〈〉<>「」『』")
_TAIL = re.compile(r"[（(][^（()）]{1,24}[）)]$")
_TABLE_ENDS = ("表", "清单", "台账", "一览")
_MIN_NAME = _SAME_END = 6
_MAX_TITLE_LINES = 3
_MAX_TITLE_LENGTH = 60


def split_headings(lines: Sequence[SourceText]) -> tuple[tuple[SourceText, ...], PlanHeading]:
    """Part the lines above a table into what belongs to the notice and the heading of the plan.

    With a line "附件 N" the heading is that line and all behind it; without one, the last lines that look
    like a title: short, with no end of a sentence.
    """
    for index in range(len(lines) - 1, -1, -1):
        match = _ATTACHMENT.fullmatch(lines[index].raw_text.strip(" |｜\t\n"))
        if match:
            end = next(
                (i for i in range(index + 1, len(lines)) if (text := _tidy(lines[i])) and is_finished(text)), len(lines)
            )
            title_lines = [line for line in lines[index + 1 : end] if not _is_beside_title(line)]
            title = "".join(_tidy(line) for line in title_lines)
            own = tuple(lines[index:end])
            heading = PlanHeading(attachment_no=parse_number(match.group(1)), title=title, lines=own)
            return (*lines[:index], *lines[end:]), heading
    all_lines, lines = lines, _drop_form_lines(lines)
    start = len(lines)
    while start > 0 and len(lines) - start < _MAX_TITLE_LINES and _is_title_line(lines[start - 1]):
        start -= 1
        if _is_second_half(lines, start):
            continue
        if lines[start].starts_paragraph or _IN_LINE.match(_tidy(lines[start])):
            break
        if start > 0 and (
            _NOTICE_END.search(above := _tidy(lines[start - 1])) or _is_twice(above, _tidy(lines[start]))
        ):
            break  # the line above is the notice's own title, and whole; or the same title, printed by the site
    if start == len(lines) and (named := _find_named(lines)) is not None:
        own = tuple(lines[slice(*named)])
        heading = PlanHeading(attachment_no=None, title="".join(map(_tidy, own)), lines=own)
        return (*all_lines[: named[0]], *all_lines[named[1] :]), heading
    title = _IN_LINE.sub("", "".join(_tidy(line) for line in lines[start:]))
    rest = (*lines[:start], *all_lines[len(lines) :])
    return rest, PlanHeading(attachment_no=None, title=title, lines=tuple(lines[start:]))


def _drop_form_lines(lines: Sequence[SourceText]) -> Sequence[SourceText]:
    """Leave out the lines right above a table that are fields of a form: 单位：万元, 填报单位：甲局."""
    end = len(lines)
    while end > 1 and _FORM_LINE.fullmatch(_tidy(lines[end - 1])):
        end -= 1
    return lines[:end]


def _is_beside_title(line: SourceText) -> bool:
    return is_page_number(line.raw_text) or _FORM_LINE.fullmatch(_tidy(line)) is not None


def _find_named(lines: Sequence[SourceText]) -> tuple[int, int] | None:
    """Return where the last lines stand that name a plan which an earlier line announces: …印发《name》的通知."""
    for index in range(len(lines) - 1, 0, -1):
        if not _is_title_line(lines[index]) or not _TAIL.sub("", _tidy(lines[index])).endswith(PLAN_WORDS):
            continue
        for count in range(min(index, _MAX_TITLE_LINES), 0, -1):
            own = lines[index - count + 1 : index + 1]
            title = _bare("".join(map(_tidy, own)))
            announced = [_bare(_tidy(line)) for line in lines[: index - count + 1]]
            if title in announced:
                break  # the notice's own title, printed twice
            is_name = len(title) >= _MIN_NAME and all(map(_is_title_line, own))
            if is_name and any(title in line for line in announced):
                return index - count + 1, index + 1
    return None


def _is_second_half(lines: Sequence[SourceText], place: int) -> bool:
    """Tell whether a line ends the notice's own title, which the line above begins: 甲局关于促进 | 乙业发展的意见."""
    if place == 0 or not _is_title_line(lines[place - 1]):
        return False
    above, own = _tidy(lines[place - 1]), _tidy(lines[place])
    return "关于" in above and _NOTICE_END.search(own) is None and _NOTICE_END.search(above + own) is not None


def _is_twice(above: str, own: str) -> bool:
    """Tell whether two lines are two titles of one plan: both end with the same words of one."""
    return len(own) > _SAME_END < len(above) and above.endswith(PLAN_WORDS) and own.endswith(above[-_SAME_END:])


def _bare(text: str) -> str:
    """Return a title without title marks: 《贯彻〈甲〉方案》 is announced, 贯彻《甲》方案 is printed."""
    return text.translate(_TITLE_MARKS)


def _tidy(line: SourceText) -> str:
    return tidy_prose(line.raw_text)[0].replace("\n", "").lstrip("# ").strip("*|｜ ")


def _is_title_line(line: SourceText) -> bool:
    text = _tidy(line)
    if _DATE_LINE.fullmatch(fold(text)) or _NUMBER_LINE.search(fold(text)):
        return False
    if parse_section(text) is not None and not text.endswith(_TABLE_ENDS):
        return False  # the heading of a chapter
    if ITEM_LINE.match(text) or is_continuation_mark(text) or text.startswith((">", "＞")):
        return False
    if _ACCESS_LINE.fullmatch(text) or _PATH_LINE.search(text):
        return False
    return 0 < len(text) <= _MAX_TITLE_LENGTH and not is_finished(text) and not text.endswith(("：", ":", "，", "、"))
