"""Each step from strokes and characters to tables and texts can be drawn on the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planextract.cli.show_command import show_command
from planextract.layout.prepare import prepare_page
from planextract.layout.steps import STEPS, find_shapes
from tests.unit.layout.test_prepare import _TEXT, _XS, _YS, _page


def _count(name: str) -> int:
    return len(list(find_shapes(prepare_page(_page(_TEXT, _XS, _YS)), (name,))))


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("characters", len(_TEXT)),
        ("rulings", len(_XS) + len(_YS)),
        ("lattice", len(_XS) + len(_YS)),
        ("groups", len(_XS) + len(_YS)),
        ("grids", 4),
        ("chunks", 4),
        ("cells", 4),
        ("lines", 4),
        ("blocks", 1),
    ],
)
def test_a_step_draws_what_it_finds(step: str, found: int) -> None:
    assert _count(step) == found


def test_every_step_is_tested_and_named_in_the_help_and_in_the_docs(root: Path) -> None:
    names = [step.name for step in STEPS]
    tested = [case[0] for case in test_a_step_draws_what_it_finds.pytestmark[0].args[1]]
    assert tested == names
    docs = (root / "docs" / "howto" / "any-table.md").read_text("utf-8")
    assert [name for name in names if f"| `{name}` |" not in docs] == []
    hint = show_command.__annotations__["steps"]
    assert f"What to draw: {', '.join(names)}." in str(hint)


def test_a_nested_table_has_a_color_of_its_own() -> None:
    page = _page(_TEXT, _XS, _YS, [[160, y, 290, y + 0.5] for y in (105, 125, 145)])
    inner = np.array([[x, 105, x + 0.5, 145] for x in (160, 220, 290)], dtype=np.float32)
    page = prepare_page(replace(page, verticals=np.concatenate([page.verticals, inner])))
    assert {shape.color for shape in find_shapes(page, ("groups",))} == {0, 1}
