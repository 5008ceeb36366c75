"""Which document of one set belongs to which of another?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planextract.model.result import ResultDocument
from planextract.score.assignment import assign
from planextract.score.year_links import make_relative
from planextract.score.years import find_year
from planextract.text.characters import fold
from planextract.text.similarity import lcs_similarity

Pairs = list[tuple[ResultDocument | None, ResultDocument | None]]
_MIN_TITLE = 0.75


def pair_same(first: Sequence[ResultDocument], second: Sequence[ResultDocument]) -> Pairs:
    """Pair results of the same documents: by bytes, else path, else number and title; what is left stays alone.

    One document on each side is a pair whatever it is called: somebody wants these two compared.
    """
    if len(first) == len(second) == 1:
        return [(first[0], second[0])]
    partner: dict[int, int] = {}
    keys: tuple[Callable[[ResultDocument], object], ...] = (
        lambda d: d.doc_id,
        lambda d: d.source_path or None,
        lambda d: (fold(d.doc_number), fold(d.title or "")) if d.doc_number else None,
        lambda d: fold(d.title) if d.title else None,
    )
    for key in keys:
        by_key: dict[object, list[int]] = {}
        for j, document in enumerate(second):
            if j not in partner.values() and key(document) is not None:
                by_key.setdefault(key(document), []).append(j)
        for i, document in enumerate(first):
            if i not in partner and len(found := by_key.get(key(document), [])) == 1:
                partner[i] = found.pop()
    taken = set(partner.values())
    pairs: Pairs = [(d, second[partner[i]] if i in partner else None) for i, d in enumerate(first)]
    pairs.extend((None, d) for j, d in enumerate(second) if j not in taken)
    return pairs


def pair_years(first: Sequence[ResultDocument], second: Sequence[ResultDocument]) -> Pairs:
    """Pair the plans of one year with those of another: same region, titles alike once years are relative."""
    if len(first) == len(second) == 1:
        return [(first[0], second[0])]
    candidates = {}
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            if one.doc_id == other.doc_id or (one.region and other.region and one.region != other.region):
                continue
            titles = [make_relative(d.title or d.source_path, find_year(d)) for d in (one, other)]
            score = lcs_similarity(*titles)
            if score >= _MIN_TITLE and find_year(one) != find_year(other):
                candidates[i, j] = score
    partner = dict(assign(candidates).keys())
    taken = set(partner.values())
    pairs: Pairs = [(d, second[partner[i]] if i in partner else None) for i, d in enumerate(first)]
    pairs.extend((None, d) for j, d in enumerate(second) if j not in taken)
    return pairs
