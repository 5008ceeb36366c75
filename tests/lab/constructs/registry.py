"""All kinds of constructs, and the variant of a kind that a seed gives."""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

from tests.lab.constructs import kinds, kinds_drawn, kinds_more, kinds_pages, kinds_rules, kinds_text, kinds_tricks
from tests.lab.constructs.maker import Draw, Maker
from tests.lab.constructs.model import Look, Variant


def _list_kinds(module: ModuleType) -> dict[str, Callable[[Maker], Draw]]:
    """Return the public functions of a module that draw a kind, in the order in which they stand there."""
    found = [f for name, f in vars(module).items() if inspect.isfunction(f) and not name.startswith("_")]
    return {f.__name__: f for f in found if f.__module__ == module.__name__ and "m" in inspect.signature(f).parameters}


_MODULES = (kinds, kinds_rules, kinds_pages, kinds_text, kinds_drawn, kinds_more, kinds_tricks)
KINDS = {name: draw for module in _MODULES for name, draw in _list_kinds(module).items()}


def make_variant(kind: str, seed: int) -> Variant:
    """Return the variant of a kind that a seed gives."""
    maker = Maker(kind, seed)
    sheets, truth = KINDS[kind](maker)
    rng = random.Random(f"look {kind} {seed}")
    pad_y = rng.choice([0.5, 1, 1.5, 2, 3, 4, 5.4, 7])
    if kind == "band_rows":
        pad_y = rng.choice([4, 6, 8])
    look = Look(
        font=rng.choice(["sans", "serif"]),
        size=rng.choice([7.5, 8, 9, 10, 10.5, 12]),
        leading=rng.choice([1.2, 1.3, 1.4, 1.5, 1.7]),
        pad_x=rng.choice([2, 3, 4, 5.4]),
        pad_y=pad_y,
        rule_pt=rng.choice([0.3, 0.5, 0.75, 1.0, 1.5]),
        gray=rng.choice([0, 0, 0, 0.3, 0.5]),
        is_landscape=rng.random() < 0.4,
        strokes=rng.choice(["whole", "cells", "boxes", "filled"]),
        is_middle=rng.random() < 0.3,
    )
    return Variant(
        kind=kind,
        seed=seed,
        look=replace(look, **maker.look),  # type: ignore[arg-type]
        sheets=tuple(sheets),
        truth=tuple(truth),
        plan_count=maker.plan_count,
    )
