"""What a cell cut out of an item prints: its spans, with names whole that a line break cuts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planextract.label.prose.stretches import Reading
from planextract.label.prose.wording import SEPARATORS, Span, Wording
from planextract.model.roles import AGENCY_ROLES, Role


def lines_between(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the lines of a stretch that print anything, without white space around them."""
    place = start
    while place < end:
        stop = text.find("\n", place, end)
        stop = end if stop < 0 else stop
        if text[place:stop].strip():
            low, high = place, stop
            while text[low].isspace():
                low += 1
            while text[high - 1].isspace():
                high -= 1
            yield low, high
        place = stop + 1


def with_separators(reading: Reading, role: Role, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans of a role, each further list of names with the mark printed before it."""
    for place, (first, high) in enumerate(spans):
        low = start = first
        if place and role in AGENCY_ROLES:
            while start > spans[place - 1][1] and reading.flat[start - 1].isspace():
                start -= 1
            if start > spans[place - 1][1] and reading.flat[start - 1] in SEPARATORS:
                low = start - 1
        yield low, high


def cell_text(reading: Reading, role: Role, spans: Sequence[Span], wording: Wording) -> str:
    """Return what a cell prints; a name that a line break cuts is joined, names on lines of their own are not."""
    if role not in AGENCY_ROLES:
        return "\n".join(reading.text[low:high] for low, high in spans)
    parts: list[str] = []
    for low, high in with_separators(reading, role, spans):
        text = _join_wraps(reading, low, high, wording)
        parts.append(text if not parts or text[0] in "、，,；;。" else f"\n{text}")
    return "".join(parts)


def _join_wraps(reading: Reading, start: int, end: int, wording: Wording) -> str:
    """Drop line breaks that cut a name, and blanks beside them."""
    lines = list(lines_between(reading.text, start, end))
    joined = ""
    for place, (low, high) in enumerate(lines):
        if place:
            before = next(reversed(list(wording.tokens(reading.flat, *lines[place - 1]))), lines[place - 1])
            behind = next(wording.tokens(reading.flat, low, high), (low, high))
            are_two = wording.is_body(reading.flat[slice(*before)]) and wording.is_body(reading.flat[slice(*behind)])
            joined += "\n" if are_two and joined[-1] not in "、，,；;" else ""
        joined += reading.text[low:high]
    return joined
