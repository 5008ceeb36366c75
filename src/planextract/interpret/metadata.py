"""The metadata block that a government site prints above a notice: index number, document number, validity.

It is another source beside the notice itself. Its pairs are kept as printed; where both print a field and
they disagree, the notice wins and a finding says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planextract.model.source import SourceText
from planextract.text.characters import fold, without_spaces
from planextract.text.markup import tidy_prose

_BULLET = re.compile(r"^[•·*\-\s\u3000]+")
_PAIR = re.compile(r"([\u4e00-\u9fff\s\u3000]{2,16}?)\s*[:：]\s*(.*)", re.DOTALL)
_NEXT_PAIR = re.compile(r"\s+(?=[\u4e00-\u9fff]{2,8}\s?[:：])")
_TITLE = re.compile(r"关于.{2,}的(?:通知|意见|通告|决定|批复|公告|函)$")  # no value: the field above was left empty
_MAX_LINES = 60
_MIN_PAIRS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataBlock:
    """Pairs of label and value in order, values by field, and the places of the lines that held them."""

    pairs: tuple[tuple[str, str], ...]
    values: Mapping[str, str]
    places: frozenset[int]


def read_metadata(lines: Sequence[SourceText], labels: Mapping[str, str]) -> MetadataBlock:
    """Find the metadata block among the first lines of a document.

    A line holds ``label：value``, several such fields with ``|`` or blanks between them, or a label alone with the
    value on the next line. Fewer than two pairs are no block.

    Args:
        lines: Lines of the notice in order.
        labels: Field by label, folded.
    """
    pairs: list[tuple[str, str]] = []
    values: dict[str, str] = {}
    places: set[int] = set()
    waiting: str | None = None
    for place, line in enumerate(lines[:_MAX_LINES]):
        text = _BULLET.sub("", line.raw_text).strip()
        found = list(_read_fields(text, labels))
        is_title = _TITLE.search(text) is not None and labels.get(fold(waiting or "")) != "title"
        if not found and waiting is not None and text and not is_title:
            pairs.append((waiting, _clean(text)))
            values.setdefault(labels[fold(waiting)], _clean(text))
            places.add(place)
            waiting = None
            continue
        waiting = None
        for label, value in found:
            places.add(place)
            if value:
                pairs.append((label, value))
                values.setdefault(labels[fold(label)], value)
            else:
                waiting = label
    if len(pairs) < _MIN_PAIRS:
        return MetadataBlock(pairs=(), values={}, places=frozenset())
    return MetadataBlock(pairs=tuple(pairs), values=values, places=frozenset(places))


def _read_fields(text: str, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a line whose first field is a known label; a value may stand in the next field."""
    fields = [field.strip() for part in text.split("|") for field in _NEXT_PAIR.split(part)]
    label: str | None = None
    for index, field in enumerate(fields):
        match = _PAIR.fullmatch(field)
        name = without_spaces(match.group(1) if match else field)
        if fold(name) in labels:
            if label is not None:
                yield label, ""
            label, value = name, _clean(match.group(2)) if match else ""
            if value:
                yield label, value
                label = None
        elif index == 0:
            return
        elif label is not None and field:
            yield label, _clean(field)
            label = None
    if label is not None:
        yield label, ""


def _clean(text: str) -> str:
    return tidy_prose(text)[0].replace("\n", "").strip("* ")
