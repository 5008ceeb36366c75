"""Does a line begin the next item of a list, or the next field of a record, whatever its line before ends with?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from planextract.text.characters import fold
from planextract.text.numerals import CHINESE_NUMBER, parse_number

_NUMBERED = re.compile(rf"[*#\s]*([(\[〔【]?)(?:第|任务)?(\d{{1,3}}|{CHINESE_NUMBER})([)\]〕】]?[、.:]?)(?!\d)")
_FIELD = re.compile(r"[*\s]*[\u4e00-\u9fff]{2,8}:")


def counts_on(before: Sequence[str], line: str, behind: Sequence[str] = ()) -> bool:
    """Tell whether a line is the next item below others.

    Its number, written as theirs, follows the last one of them; or it begins with a field (责任单位：) as the line
    does that the text before it began with. A first item (一、) is told by the second one below.

    Args:
        before: First lines of the texts before, in order.
        line: A line that may go on with the last of these texts.
        behind: The lines below it.

    >>> counts_on(["1、开展检查", "主办单位：市教委"], "2、推进改造"), counts_on(["1、开展检查"], "3、推进改造")
    (True, False)
    """
    folded = fold(line)
    if before and _FIELD.match(folded) and _FIELD.match(fold(before[-1])):
        return True
    own = _read(folded)
    if own is None:
        return False
    if own[1] == 1:
        below = (found for text in behind if (found := _read(fold(text))) is not None and found[0] == own[0])
        second = next(below, None)
        return second is not None and second[1] == 2
    same = (found for text in reversed(before) if (found := _read(fold(text))) is not None and found[0] == own[0])
    last = next(same, None)
    return last is not None and own[1] == last[1] + 1


def _read(text: str) -> tuple[tuple[str, str, bool], int] | None:
    """Return how a number in front is written, and the number; None where there is none."""
    found = _NUMBERED.match(text)
    number = parse_number(found[2]) if found is not None and (found[1] or found[3]) else None
    if found is None or number is None:
        return None
    return (found[1], found[3], found[2].isdecimal()), number
