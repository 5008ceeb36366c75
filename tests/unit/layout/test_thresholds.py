"""Thresholds stand in one record, with unit and meaning; the page shows them."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from planextract.layout.thresholds import GEOMETRY

_NUMBER = re.compile(r"^_?[A-Z][A-Z_]* = \d[\d.]*(?:\s|$)", re.MULTILINE)


def test_every_threshold_has_its_unit_its_meaning_and_says_where_it_was_measured() -> None:
    steps = [getattr(GEOMETRY, step.name) for step in fields(GEOMETRY)]
    told = [field for step in steps for field in fields(step)]
    assert len(told) > 90
    assert [
        field.name for field in told if not all(field.metadata[key] for key in ("unit", "meaning", "measured"))
    ] == []
    assert [f.name for f in told if f.name.endswith("_pt") and f.metadata["unit"] != "pt"] == []


def test_steps_hold_no_numbers_of_their_own(root: Path) -> None:
    folder = root / "src" / "planextract" / "layout"
    own = {path.name for path in folder.glob("*.py") if _NUMBER.search(path.read_text("utf-8"))}
    assert own == set()
