"""Names that are near a body and are another's: other levels, other places, homonyms, predecessors, other classes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.resolve import build_matcher
from planextract.resolve.settings import ResolveSettings

D = load_dictionaries()
DAY = date(2022, 4, 1)
ISSUERS = ("210304", "330381", "330327", "341602", "320102", "350102", "211302", "440605", "522601", "650102")
STEMS = ("财政局", "教育局", "公安局", "民政局", "审计局", "水利局", "发展和改革局", "住房和城乡建设局")


def near_names(code: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield names, and the regions whose body each may be linked to."""
    region = D.regions.by_code[code]
    own, upper = D.regions.level_word(code), D.regions.level_word(region.chain[1])
    above = D.regions.by_code[region.chain[1]].name
    siblings = [r for r in D.regions.by_code.values() if r.chain[1:2] == region.chain[1:2] and r.code != code]
    for number, stem in enumerate(STEMS):
        sibling = siblings[number % len(siblings)]
        yield f"{own}{stem}", frozenset({code})
        yield f"{above}{stem}", frozenset({region.chain[1]})
        yield f"{sibling.name}{stem}", frozenset({sibling.code})
        if upper != own:
            yield f"{upper}{stem}", frozenset({region.chain[1]})
        other = next(word for word in ("旗", "盟", "州") if word not in (own, upper))
        yield f"{other}{stem}", frozenset()
    for stem in (
        "财政分局",
        "财政中心",
        "财政大队",
        "财政支队",
        "财政公司",
        "教育站",
        "审计所",
        "统计中心",
        "民政集团",
    ):
        yield f"{own}{stem}", frozenset()
    for name in ("鼓楼区财政局", "朝阳区财政局", "和平区教育局", "城关区民政局"):
        here = {r.code for r in D.regions.by_code.values() if r.name == name[:3]}
        near = {c for c in here if D.regions.by_code[c].chain[1:2] == region.chain[1:2] or c == code}
        yield name, frozenset(near)


def test_370_near_names_are_never_linked_to_another_body():
    asked = linked = 0
    for code in ISSUERS:
        matcher = build_matcher(
            D.agencies,
            D.regions,
            D.regions.by_code[code],
            DAY,
            ResolveSettings(),
            D.agency_words,
            D.words,
            national=D.national,
        )
        for name, regions in near_names(code):
            match = matcher.match(name)
            asked += 1
            if match.entry is not None:
                linked += 1
                place = D.regions.by_code[match.entry.region]
                allowed = set(regions) | {
                    c for c in place.chain[:1] if place.chain[0][:2] == code[:2] and name[:3] == place.name
                }
                assert match.entry.region in allowed, (code, name, match)
    assert asked >= 370
    assert linked > 150


@pytest.mark.parametrize(
    ("name", "day", "full_name"),
    [
        ("县环保局", date(2016, 4, 1), "浙江省温州市苍南县环境保护局"),
        ("县环保局", date(2022, 4, 1), "浙江省温州市苍南县生态环境局"),
        ("县退役军人局", date(2016, 4, 1), None),
        ("县工商局", date(2022, 4, 1), "浙江省温州市苍南县市场监督管理局"),
        ("县国土局", date(2022, 4, 1), "浙江省温州市苍南县自然资源和规划局"),
        ("县监察局", date(2022, 4, 1), None),
    ],
)
def test_a_predecessor_is_itself_or_its_successor_by_the_day(name, day, full_name):
    matcher = build_matcher(
        D.agencies,
        D.regions,
        D.regions.by_code["330327"],
        day,
        ResolveSettings(),
        D.agency_words,
        D.words,
        national=D.national,
    )
    match = matcher.match(name)
    assert (match.entry.full_name if match.entry else None) == full_name
