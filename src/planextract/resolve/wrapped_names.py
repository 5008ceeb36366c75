"""Tell whether lines of an agency cell that nobody knows are one wrapped name, or several.

A name ends in one of few endings (局, 办事处, 公司). A line that holds only the rest of an ending (处, 事处) is no
name, so it belongs to the line before. Where what stands before a line break is a whole name and what stands behind it
as well, the lines are two names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate

SUFFIXES = (
    "委", "局", "办", "部", "厅", "院", "署", "处", "所", "站", "社", "会", "镇", "乡", "队", "组", "馆", "园",
    "中心", "分局", "支队", "总队", "大队", "公司", "集团", "办公室", "办事处", "委员会", "单位", "部门", "政府",
    "指挥部", "小组", "协会", "街道", "专班", "银行", "分行", "支行", "海关",
)  # fmt: skip  # ends of names, filled into lines
LONG_SUFFIXES = tuple(suffix for suffix in SUFFIXES if len(suffix) > 1)
LEVELS = re.compile(r"(?:市|区|县|省|州|国家|国务院|各|相关|有关|全|镇|乡|街道|属地|[\u4e00-\u9fff]{2,3}[省市区县])")
# Endings in which a line may break; 街道办事处 goes on behind 街道, and 常委会 behind 常委.
_BREAKABLE = (
    *LONG_SUFFIXES,
    "监委",
    "街道办事处",
    "街道办",
    "常委会",
    "管委会",
    "党工委",
    "分公司",
    "集团公司",
    "联合会",
)
# Alone on a line they are the rest of a name: 区政府|办公室. 街道 and 各部门 may be owners by themselves.
_NO_NAMES = frozenset({"办公室", "办事处", "委员会", "指挥部", "分局", "支队", "大队", "公司", "中心", "分行", "支行"})
# Owners by themselves, but the rest of a name where one was begun: 展览路|街道办事处.
_OPEN_RESTS = frozenset({"街道办事处", "街道办", "街道", "镇政府", "镇人民政府", "乡政府", "乡人民政府", "管委会"})
# Bodies whose short names end in no ending of names: 区残联, 区工商联, 区科协.
_SHORT_ENDS = ("联", "协", "校", "台", "行", "室", "人大")
_GOES_ON = ("街道", "镇", "乡")  # begin a name only where none was begun: 白纸坊|街道办事处
_BRANCH_ONLY = re.compile(
    r"(?:(?:[\u4e00-\u9fff]{1,8}?[省市区县州盟旗]){1,3}|[\u4e00-\u9fff]{2,4}|第?[一二三四五六七八九十]{1,2})"
    r"(?:分公司|支公司|分行|支行)"
)
_NEVER_FIRST = re.compile(r"(?:第?[一二三四五六七八九十]{1,2}|分|支)?(?:公司|分公司|支公司)|分局|支队|委员会|办事处")
_FIRM = ("公司", "集团", "银行")
_MIN_WRAPPED = 6
_MIN_WIDTH = 4
_MIN_NAME = 4


def are_one_name(lines: Sequence[str], width: int, find_word_across: Callable[[str, str], str | None]) -> bool:
    """Tell whether unknown lines read as one name that the column's width wrapped.

    Args:
        lines: Two lines or more.
        width: Characters in the longest line of the cell: the column holds at least that many.
        find_word_across: Finds the word of the language that a cut goes through.
    """
    joined = "".join(lines)
    if not _is_ended(joined) or reads_as_several(lines, find_word_across):
        return False
    is_rest = (
        lines[-1] in _NO_NAMES
        or is_rest_of_name(lines[-2], lines[-1])
        or _is_inside_ending(joined, len(joined) - len(lines[-1]))
    )
    if is_rest or len(lines[-1]) == 1 or (len(lines[0]) == 1 and len(lines) == 2):
        return True
    if not joined.endswith(SUFFIXES):
        return False
    is_filled = width >= _MIN_WIDTH and all(len(line) >= width - 1 for line in lines[:-1])
    if not is_filled and len(lines[0]) < _MIN_WRAPPED:
        return False
    ends = (place for place in accumulate(map(len, lines[:-1])) if _is_ended(joined[:place]))
    return all(
        _is_inside_ending(joined, end) or _is_branch(joined, end) or find_word_across(joined[:end], joined[end:])
        for end in ends
    )


def begins_inside_name(text: str) -> bool:
    """Tell whether a text begins with what only the end of a name is: 公司北京市分公司, 一分公司.

    >>> begins_inside_name("一分公司"), begins_inside_name("第一建筑公司")
    (True, False)
    """
    return _NEVER_FIRST.match(text) is not None


def is_rest_of_name(before: str, line: str) -> bool:
    """Tell whether a line that may be an owner by itself ends the name that the line before begins.

    >>> is_rest_of_name("展览路", "街道办事处"), is_rest_of_name("区城管委", "街道办事处")
    (True, False)
    """
    return line in _OPEN_RESTS and len(before) > 1 and not _is_ended(before)


def reads_as_several(lines: Sequence[str], find_word_across: Callable[[str, str], str | None]) -> bool:
    """Tell whether at one of the line breaks a name ends and another one begins."""
    joined = "".join(lines)
    return any(_is_boundary(joined, place, find_word_across) for place in accumulate(map(len, lines[:-1])))


def _is_boundary(joined: str, place: int, find_word_across: Callable[[str, str], str | None]) -> bool:
    before, behind = joined[:place], joined[place:]
    if _is_branch(joined, place):
        return False
    is_ended, begins = _is_ended(before), LEVELS.match(behind) is not None
    if begins and not (behind.startswith(_GOES_ON) and not before.endswith(LONG_SUFFIXES)):
        # 团公司北京|市西城区分公司: the level word belongs to the word before
        return is_ended or find_word_across(before, behind) is None
    if not is_ended or _is_inside_ending(joined, place) or len(behind) < _MIN_NAME or not behind.endswith(SUFFIXES):
        return False
    return find_word_across(before, behind) is None and (is_whole(before) or is_whole(behind))


def _is_branch(text: str, place: int) -> bool:
    """Tell whether a firm stands before a place and only the name of its branch behind: 邮政公司|西城区分公司."""
    return any(word in text[:place] for word in _FIRM) and _BRANCH_ONLY.fullmatch(text, place) is not None


def _is_ended(text: str) -> bool:
    return len(text) > 1 and text.endswith((*SUFFIXES, *_SHORT_ENDS))


def is_whole(text: str) -> bool:
    """Tell whether a line reads as a whole name: it ends in an ending of two characters, or opens with a level word."""
    is_long = text.endswith(LONG_SUFFIXES) and text not in LONG_SUFFIXES
    return len(text) > 2 and (is_long or (text.endswith((*SUFFIXES, *_SHORT_ENDS)) and LEVELS.match(text) is not None))


def _is_inside_ending(text: str, place: int) -> bool:
    """Tell whether a cut goes through an ending: 街道办|事处."""
    return any(
        text.startswith(ending, start)
        for ending in _BREAKABLE
        for start in range(max(0, place - len(ending) + 1), place)
    )
