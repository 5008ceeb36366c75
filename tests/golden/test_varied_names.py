"""Names with one thing wrong are linked as they were: the net below the tests of single rules.

Each wording of the region's bodies is printed with a character lost, added, changed, doubled or two swapped, shortened or
run together with another name. What becomes of it stands in ``varied_names.txt``: drawn, not judged, so that it says that
something changed; whether for the better is seen in the diff::

    python -m tests.golden.test_varied_names       draws all names anew
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.model.agency import AgencyMatch
from planextract.resolve import build_matcher
from planextract.resolve.cell_names import split_agency_cell
from planextract.resolve.settings import ResolveSettings

FILE = Path(__file__).parent / "varied_names.txt"
D = load_dictionaries()
COUNT = 700
STRAY = "域木中区一局政东"  # put in or in place of a character: look-alikes of some, halves of endings, level words


@pytest.fixture(scope="module")
def matcher():
    return make_matcher()


def make_matcher():
    place, day = D.regions.by_code["110102"], date(2021, 3, 11)
    return build_matcher(
        D.agencies, D.regions, place, day, ResolveSettings(), D.agency_words, D.words, national=D.national
    )


def vary(wording: str, random: Random) -> str:
    """Return a wording with one thing wrong."""
    place = random.randrange(len(wording))
    before, char, behind = wording[:place], wording[place], wording[place + 1 :]
    glyphs = sorted(D.agency_words.glyphs.get(char, ()))
    stray = random.choice(STRAY)
    ways = (
        before + behind,
        before + behind,
        before + (random.choice(glyphs) if glyphs else stray) + behind,
        before + (random.choice(glyphs) if glyphs else stray) + behind,
        before + stray + behind,
        before + stray + char + behind,
        before + char + char + behind,
        before + behind[:1] + char + behind[1:],
        wording[: max(2, place)],
        before[: place // 2] + char + behind,
    )
    return random.choice(ways)


def make_names() -> list[str]:
    """Names with one thing wrong."""
    random = Random(11)
    bodies = [entry for entry in D.agencies if entry.region == "110102" and entry.kind != "group"]
    wordings = [wording for entry in bodies for wording in (entry.name, *entry.aliases) if len(wording) > 2]
    found: dict[str, None] = {}
    while len(found) < COUNT:
        found.setdefault(vary(random.choice(wordings), random))
    return list(found)


def draw(printed: str, match: AgencyMatch) -> str:
    if match.entry is None:
        return f"{printed} – {match.reason} {match.runner_up or ''}".rstrip()
    return f"{printed} = {match.entry.name} {match.kind} {match.rule or ''} {match.score:.2f}"


def read_varied(matcher) -> Iterator[str]:
    """Each name with what it is linked to; then pairs of names run together, with how they are parted."""
    names = make_names()
    for printed in names:
        yield draw(printed, matcher.match(printed))
    random = Random(12)
    for _ in range(COUNT // 5):
        first, second = random.sample(names, 2)
        text = first + random.choice(("", "", "\n", "、", "和", "/", "（牵头）、")) + second
        cut = random.randrange(1, len(text))
        text = text if random.random() < 0.6 else f"{text[:cut]}\n{text[cut:]}"
        found = split_agency_cell(text, matcher)
        yield text.replace("\n", "↵") + " : " + " | ".join(f"{name.joint}{name.raw_text}" for name in found)


def test_names_are_linked_as_before(matcher) -> None:
    wanted, found = FILE.read_text("utf-8").splitlines(), list(read_varied(matcher))
    diff = "\n".join(difflib.unified_diff(wanted, found, "expected", "found", lineterm="", n=0))
    assert not diff, f"{diff}\nif it is meant: python -m tests.golden.test_varied_names"


if __name__ == "__main__":
    FILE.write_text("".join(f"{line}\n" for line in read_varied(make_matcher())), "utf-8")
