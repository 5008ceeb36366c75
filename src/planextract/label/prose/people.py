"""Bodies and people in one list: 市住建局 李强 → the body, and apart from it who is withheld.

A word that reads as a body is one; short words and figures beside it are people. A longer word that reads as neither
stays with the bodies, where it is shown as unresolved, and is not taken for a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter

Piece = tuple[str, bool]  # a stretch as printed, and whether it is people's
_WORDS = re.compile(r"[^\s、，,；;。:：/()（）\[\]【】]+")
_OPENERS, _CLOSERS = "(（[【", ")）]】"
_LISTED = "、，,；;。\n"
# A post, and the name behind it: 分管副省长, 协管副秘书长, 副市长李强.
_POST = re.compile(
    r"(?:分管|协管|主管|常务|联系|各|有关|相关|市|省|区|县|州|政府|党组|党委|委){0,3}副?"
    r"(?:省长|市长|区长|县长|州长|旗长|盟长|主席|秘书长|书记|领导|负责同志|主要负责人|分管负责人)[\u4e00-\u9fff]{0,3}"
)
_LONGEST_PERSON = 4
_GLUED = range(2, 4)  # characters of a person's name right behind a body's


def cut_people(text: str, is_body: Callable[[str], bool]) -> list[Piece]:
    """Cut a text into what names bodies and what names people, in order; joined again it is the text.

    Args:
        text: As printed.
        is_body: Tells whether a word reads as the name of a body.
    """
    words = [part for match in _WORDS.finditer(text) for part in _cut_glued(match, is_body)]
    flags: list[bool] = []  # a character each
    last_body, was_people = 0, False
    for start, end, is_people in words:
        flags += [was_people or is_people] * (start - len(flags)) + [is_people] * (end - start)
        if not is_people:
            if was_people and last_body:  # of the marks between two bodies one parts them
                marks = (at for at in range(last_body, start) if text[at] in _LISTED)
                flags[max(marks, default=start - 1)] = False
            last_body = end
        was_people = is_people
    flags += [was_people] * (len(text) - len(flags))
    _close_brackets(text, flags)
    return [("".join(char for char, _ in group), is_people) for is_people, group in _runs(text, flags)]


def is_post(name: str) -> bool:
    """Tell whether a name is a post, with or without who holds it."""
    return _POST.fullmatch(name) is not None


def _runs(text: str, flags: list[bool]) -> Iterator[tuple[bool, Iterator[tuple[str, bool]]]]:
    return groupby(zip(text, flags, strict=True), key=itemgetter(1))


def _close_brackets(text: str, flags: list[bool]) -> None:
    """Let a closing bracket go with the one that it closes."""
    opened: list[int] = []
    for place, char in enumerate(text):
        if char in _OPENERS:
            opened.append(place)
        elif char in _CLOSERS and opened:
            flags[place] = flags[opened.pop()]


def _cut_glued(match: re.Match[str], is_body: Callable[[str], bool]) -> Iterator[tuple[int, int, bool]]:
    """Yield the parts of a word, with whether they are people: 市住建局李强 is a body with a person's name behind."""
    word, start, end = match.group(), match.start(), match.end()
    if is_body(word):
        yield start, end, False
        return
    for size in _GLUED:
        if len(word) > size + 1 and is_body(word[:-size]):
            yield start, end - size, False
            yield end - size, end, True
            return
    yield start, end, len(word) <= _LONGEST_PERSON or any(map(str.isdigit, word))
