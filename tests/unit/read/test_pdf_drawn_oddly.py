"""Pages that lie askew, and tables drawn as a dark area with light patches."""

from __future__ import annotations

import numpy as np
import pytest

from planextract.layout.paper_gaps import patches_to_strokes
from tests.lab.constructs.by_tricks import print_trick
from tests.lab.constructs.registry import make_variant
from tests.lab.constructs.score import RIGHT, judge


@pytest.mark.parametrize(
    ("kind", "seed"), [("askew_page", 701), ("askew_page", 703), ("askew_page", 723), ("paper_gaps", 711)]
)
def test_a_table_is_read_however_it_is_drawn(kind: str, seed: int) -> None:
    variant = make_variant(kind, seed)
    assert judge(print_trick(variant), f"{kind}.pdf", variant.truth).result == RIGHT


def test_few_patches_on_a_dark_area_are_no_table() -> None:
    fills = np.array([[0, 0, 100, 100], [1, 1, 99, 49], [1, 51, 99, 99]], dtype=np.float32)
    levels, uprights = patches_to_strokes(fills, np.array([0, -1, -1]))
    assert not len(levels)
    assert not len(uprights)


def test_the_strips_between_patches_are_rules() -> None:
    patches = [[x + 1, y + 1, x + 99, y + 49] for x in (0, 100, 200) for y in (0, 50)]
    fills = np.array([[0, 0, 300, 100], *patches], dtype=np.float32)
    levels, uprights = patches_to_strokes(fills, np.array([0, *([-1] * 6)]))
    assert sorted(set(levels[:, 1].tolist())) == [0, 50, 100]
    assert sorted(set(uprights[:, 0].tolist())) == [0, 100, 200, 300]
