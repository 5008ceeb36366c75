"""Deadlines and targets in phrases of other cities' plans; floors of the halves, measured by phrase_scores.

The tune half served to find rules; the held-out half was scored before and after and never looked at for its misses.
"""

from __future__ import annotations

import pytest

from .phrase_scores import load_deadlines, load_targets, score_targets, wrong_deadlines


@pytest.mark.parametrize(("split", "floor"), [("tune", 1.0), ("heldout", 0.97)])
def test_deadlines(split, floor):
    phrases = load_deadlines(split)
    assert len(list(wrong_deadlines(phrases))) <= (1 - floor) * len(phrases)


@pytest.mark.parametrize(("split", "floor"), [("tune", 0.99), ("heldout", 0.95)])
def test_targets(split, floor):
    assert score_targets(load_targets(split)).f1 >= floor


def test_the_held_out_lists_are_long_enough():
    assert len(load_deadlines("heldout")) >= 150
    assert sum(len(phrase.keys) for phrase in load_targets("heldout")) >= 150
