"""How odd the names of bodies are that no dictionary holds: whole ones of another place, or damaged ones.

A city's own offices, firms and centres are in no national table. That a document names some says nothing against how it
was read; a name in which a character fits no word does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from operator import add

from planextract.model.plan import Responsibility
from planextract.model.vocabulary import WordBook

# Endings of nearly all bodies, whether a dictionary knows them or not.
BODY_ENDINGS = tuple("局委办处部会司心队院所站社校馆厅室团道镇乡村组位区行学联园府署市县政场店厂库台网关协班")
_LEVELS = "国省市区县旗州盟镇乡"  # the word of a level before a name makes no word with what follows
_ODDEST = 10.0


def find_odd_bodies(items: Iterable[Responsibility], words: WordBook) -> dict[str, float]:
    """Return, for each name that is linked to nothing and odd, how odd it is: above 0, at most 1.

    A name is odd if it does not end as bodies do, or if a character of it fits no word. Pairs of characters that
    another name of the document prints too are familiar: bodies of one place share their words.

    Args:
        items: All bodies of the document.
        words: The words of the language.
    """
    is_known: dict[str, bool] = {}
    for item in items:
        is_known.setdefault(item.raw_text, item.match.kind != "unresolved")
    pairs = Counter(pair for name in is_known for pair in _pairs_of(name))
    pairs.update(pair for name, is_linked in is_known.items() if is_linked for pair in _pairs_of(name))
    familiar = frozenset(pair for pair, count in pairs.items() if count > 1)
    rated = {name: _rate(name, familiar, words) for name, is_linked in is_known.items() if not is_linked}
    return {name: odd for name, odd in rated.items() if odd > 0}


def _pairs_of(name: str) -> set[str]:
    return set(map(add, name, name[1:]))


def _rate(name: str, familiar: frozenset[str], words: WordBook) -> float:
    if not name.endswith(BODY_ENDINGS):
        return 1.0
    core = name[1:] if name[:1] in _LEVELS else name
    return max((min(1.0, odd.oddness / _ODDEST) for odd in words.find_odd_characters(core, familiar)), default=0.0)
