"""What a reader noted on a line or in a box is about the cells that stand there."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from planextract.check.notes import _is_noted
from planextract.model.source import BBox, ReadNote


def box(x0: float, top: float, x1: float, bottom: float) -> BBox:
    return BBox(x0=x0, top=top, x1=x1, bottom=bottom)


@pytest.mark.parametrize(
    ("note", "is_noted"),
    [
        ({"line": 4}, True),
        ({"line": 5}, False),
        ({"line": 4, "page": 1}, True),
        ({"line": 4, "page": 2}, False),
        ({"bbox": box(49, 19, 90, 90), "page": 1}, False),
        ({"bbox": box(48.5, 18.5, 90, 90), "page": 1}, True),
        ({"bbox": box(49, 18.5, 90, 90), "page": 1}, False),
        ({"bbox": box(48.5, 19, 90, 90), "page": 1}, False),
        ({"bbox": box(-9, -9, 1.5, 1.5), "page": 1}, True),
        ({"bbox": box(-9, -9, 1, 1.5), "page": 1}, False),
        ({"bbox": box(-9, -9, 1.5, 1), "page": 1}, False),
        ({"bbox": box(0, 0, 50, 20), "page": 2}, False),
        ({"page": 1}, False),
    ],
)
def test_a_note_is_about_what_stands_on_its_line_or_in_its_box(note: dict, is_noted: bool) -> None:
    cell = SimpleNamespace(line=4, page=1, bbox=box(0, 0, 50, 20))
    assert _is_noted(cell, ReadNote(code="read.overprint", severity="info", message="", **note)) is is_noted


def test_a_cell_without_a_box_has_no_note_of_a_box() -> None:
    note = ReadNote(code="read.overprint", severity="info", message="", page=1, bbox=box(0, 0, 50, 20))
    assert not _is_noted(SimpleNamespace(line=4, page=1, bbox=None), note)
