from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from planextract.score.assignment import assign

PAIRS = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 9), max_size=14)


def best_sum(candidates) -> float:
    rows = sorted({row for row, _ in candidates})
    columns = [*sorted({column for _, column in candidates}), *([None] * len(rows))]
    return max(
        (
            sum(candidates.get((r, c), 0) for r, c in zip(rows, chosen, strict=True))
            for chosen in set(permutations(columns, len(rows)))
        ),
        default=0,
    )


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_the_sum_is_the_largest_there_is(candidates):
    chosen = assign(candidates)
    assert set(chosen) <= set(candidates)
    assert len({row for row, _ in chosen}) == len({column for _, column in chosen}) == len(chosen)
    assert sum(chosen.values()) == best_sum(candidates)


def test_a_pair_that_is_no_candidate_is_never_chosen():
    assert assign({(0, 0): 1.0, (0, 1): 5.0, (1, 1): 5.0}) == {(0, 0): 1.0, (1, 1): 5.0}
    assert assign({}) == {}
