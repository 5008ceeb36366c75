"""Plans without a table against the lab: numberings × owners' forms × brackets × noise, with exact truth."""

from __future__ import annotations

from collections import Counter

from planextract.dictionaries import load_dictionaries
from planextract.label.prose import search_prose
from tests.builders import make_lines
from tests.lab.no_plans import make_no_plan
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


def test_no_plan_is_made_of_documents_that_hold_none():
    columns = load_dictionaries().columns
    false = []
    for seed in range(240):
        kind, text = make_no_plan(seed)
        found = search_prose(make_lines(text), columns)
        if found.plan is not None:
            false.append((seed, kind, found.verdict))
    assert false == []
