"""Plans without a table against the lab: numberings × owners' forms × brackets × noise, with exact truth."""

from __future__ import annotations

from collections import Counter

from tests.lab.prose import make_prose
from tests.lab.score_prose import score_prose

SEEDS = range(60)


def test_measures_of_plans_in_prose_are_exact(tmp_path):
    total: Counter[str] = Counter()
    differences: list[str] = []
    for seed in SEEDS:
        count, notes = score_prose(make_prose(seed), tmp_path)
        total += count
        differences += [f"seed {seed}: {note}" for note in notes]
    assert total["exact"] >= 0.995 * total["wanted"], "\n".join(differences)
    assert total["invented"] == 0, "\n".join(differences)


def test_a_seed_gives_the_same_plan():
    assert make_prose(3) == make_prose(3)
