"""A scanned page in two columns is parted at its gutter; a table's page and one column are not."""

from __future__ import annotations

import numpy as np

from planextract.read.scan.columns import part_regions
from planextract.read.scan.regions import find_regions

_DPI, _EM, _PITCH = 144.0, 20, 34


def _page(columns: tuple[tuple[int, int, int], ...], *, title: bool = True) -> np.ndarray:
    """Ink of columns (left, right, first y) of letters 20 px high, and a title across them."""
    ink = np.zeros((1400, 1000), dtype=np.uint8)

    def write(x0: int, x1: int, top: int) -> None:
        for x in range(x0, x1 - _EM, _EM + 1):
            ink[top + 2 : top + _EM, x : x + _EM - 3] = 1

    if title:
        write(300, 720, 60)
    for left, right, first in columns:
        for number, top in enumerate(range(first, 1300, _PITCH)):
            write(left, right - (140 if number % 7 == 6 else 0), top)
    return ink


def _parts(ink: np.ndarray) -> list[list[float]]:
    regions = part_regions(ink, find_regions((), 1000, 1400, _DPI / 72), _DPI)
    return [[round(v) for v in box] for box in regions.boxes.tolist()] if regions.is_parted else []


def test_lines_at_other_heights_are_parted_at_the_gutter() -> None:
    parts = _parts(_page(((80, 480, 140), (520, 920, 157))))
    columns = [box for box in parts if box[3] - box[1] > 900]
    assert columns[0][2] == columns[1][0]
    assert 470 < columns[1][0] < 530
    assert parts.index(columns[0]) + 1 == parts.index(columns[1])
    assert any(box[0] == 0 and box[2] == 1000 and box[1] < 60 < box[3] for box in parts), "the title is one line"


def test_one_column_stays_whole() -> None:
    assert _parts(_page(((80, 920, 140),))) == []


def test_a_list_of_names_and_figures_is_no_text_in_columns() -> None:
    assert _parts(_page(((80, 300, 140), (520, 620, 140)))) == []
