"""Every county-level city under a city: its own bodies and those of the city above, asked in every wording of the table.

Run ``python -m tests.benchmark.county_cities [--year Y]``. A wording is asked where the national table has it for the tier and province:
市财政局 must be the city's own, 温州市财政局 the one of the city above. Printed: how many are linked, and every wrong link.
"""

from __future__ import annotations

import argparse
import collections
from collections.abc import Iterator
from datetime import date

from planextract.dictionaries import load_dictionaries
from planextract.model.vocabulary import Region
from planextract.resolve.generated import GeneratedBodies
from planextract.resolve.places import tier_of
from planextract.text.characters import fold

D = load_dictionaries()


def county_cities() -> list[Region]:
    """Return the county-level cities that lie below a city, by code."""
    regions = sorted(D.regions.by_code.items())
    return [r for code, r in regions if r.name.endswith("市") and not code.endswith("00") and len(r.chain) == 3]


def wordings_of(region: Region) -> Iterator[tuple[str, str]]:
    """Yield the wordings that a region's bodies have by the table, each with its function."""
    tier = tier_of(region.code, region.name, len(region.chain))
    forms = (form for form in D.national.forms if tier in form.tiers and form.is_used_in(region.code) and form.is_sure)
    yield from {(w, form.function): None for form in forms for w in form.wordings if w.startswith("~")}


def main() -> None:
    """Ask, and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--year", type=int, default=2024)
    year = parser.parse_args().year
    counts: collections.Counter[str] = collections.Counter()
    open_functions: collections.Counter[tuple[str, str]] = collections.Counter()
    asked_functions: dict[str, set[tuple[str, str]]] = {"own": set(), "upper": set()}
    linked_functions: dict[str, set[tuple[str, str]]] = {"own": set(), "upper": set()}
    for city in county_cities():
        above = D.regions.by_code[city.chain[1]]
        bodies = GeneratedBodies(D.national, D.regions, city, date(year, 4, 1))
        for kind, region, place in (("own", city, "市"), ("upper", above, above.name)):
            for wording, function in wordings_of(region):
                found = bodies.find(fold(wording.replace("~", place)))
                counts[f"{kind} asked"] += 1
                asked_functions[kind].add((region.code, function))
                if found is None or found.entry is None:
                    open_functions[kind, wording] += 1
                    continue
                counts[f"{kind} linked"] += 1
                linked_functions[kind].add((region.code, function))
                if found.entry.region != region.code:
                    counts["wrong"] += 1
                    print(f"wrong: {city.full_name}: {place}{wording[1:]} → {found.entry.full_name}")
    print(f"{len(county_cities())} cities; {counts['wrong']} wrong")
    for kind in ("own", "upper"):
        asked, linked = counts[f"{kind} asked"], counts[f"{kind} linked"]
        share = len(linked_functions[kind]) / max(1, len(asked_functions[kind]))
        print(
            f"{kind}: {linked} of {asked} wordings linked ({linked / max(1, asked):.1%}); functions with a link: {share:.1%}"
        )
    print("most often open:", ", ".join(f"{w} {n}" for (_, w), n in open_functions.most_common(20)))


if __name__ == "__main__":
    main()
