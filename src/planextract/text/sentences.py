"""Where sentences, brackets and quotations end."""

from __future__ import annotations

import re

_TERMINATORS = tuple("。！？；!?;")
_CLOSERS = "”’」』）)》】〕"
_PAIRS = {"（": "）", "(": ")", "《": "》", "“": "”", "【": "】", "〔": "〕", "「": "」", "『": "』"}
_CLOSING = {"）": "（(", ")": "（(", "》": "《", "”": "“", "】": "【", "〕": "〔", "」": "「", "』": "『"}
_BRACKET = re.compile(f"[{re.escape(''.join((*_PAIRS, *_CLOSING)))}]")
_STARTS_INSIDE = frozenset("，、；。：）)》”’】,;.:!?！？%％")
_ENDS_INSIDE = frozenset("，、：:（(《“‘【〔在对将为把与和及或于从向由按以并")


def is_finished(text: str) -> bool:
    """Tell whether a text ends a sentence: a terminator, with closing quotes or brackets after it.

    An empty text is finished.
    """
    stripped = text.rstrip()
    return not stripped or stripped.rstrip(_CLOSERS).endswith(_TERMINATORS)


def starts_inside(text: str) -> bool:
    """Tell whether a text begins with a mark that cannot open a sentence (，、；。）》)."""
    return text[:1] in _STARTS_INSIDE


def ends_inside(text: str) -> bool:
    """Tell whether a text ends where no sentence can: after a comma, an opening mark, a preposition or conjunction.

    >>> [ends_inside("形成监管合力，在"), ends_inside("形成监管合力")]
    [True, False]
    """
    return text[-1:] in _ENDS_INSIDE


def find_open_brackets(text: str) -> tuple[str, ...]:
    """Return the opening brackets and quotes that the text leaves open, outermost first."""
    stack: list[str] = []
    for char in _BRACKET.findall(text):
        if char in _PAIRS:
            stack.append(char)
        elif char in _CLOSING and stack and stack[-1] in _CLOSING[char]:
            stack.pop()
    return tuple(stack)


def closes_bracket(text: str, opening: str) -> bool:
    """Tell whether a text closes ``opening`` before it opens another bracket of that kind."""
    wanted = {")", "）"} if opening in "（(" else {_PAIRS[opening]}
    for char in text:
        if char in wanted:
            return True
        if char == opening:
            return False
    return False


def split_tail(text: str) -> int | None:
    """Return where the tail of a sentence ends that a text begins with, or None.

    The end of the first paragraph if the text has several, else of the first sentence if more text
    follows it. The offset points behind the tail.
    """
    line_end = text.find("\n")
    if 0 < line_end < len(text) - 1:
        return line_end
    for index, char in enumerate(text[:-1]):
        if char in "。！？":
            end = index + 1
            while end < len(text) and text[end] in _CLOSERS:
                end += 1
            return end if end < len(text) else None
    return None
