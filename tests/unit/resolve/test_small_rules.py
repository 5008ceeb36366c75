"""Small functions of resolve that no document asks for: what a person searches, kinds of bodies, bodies by their ids, past regions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.model.agency import AgencyEntry, AgencyMatch
from planextract.resolve.build import _Kept, _written_out_where_shared
from planextract.resolve.generated import GeneratedBodies
from planextract.resolve.link import _record_agencies, _relation
from planextract.resolve.matcher import AgencyMatcher
from planextract.resolve.suggest import guess_kind, search_bodies
from tests.builders import make_entry, make_regions

D = load_dictionaries()


# What a person searches


def entry(name: str, **more: object) -> AgencyEntry:
    return replace(make_entry(name), **more)


def test_a_search_finds_bodies_by_any_wording_those_that_begin_so_first() -> None:
    bodies = [
        entry("区教育局财务科"),
        entry("区财政局"),
        entry("财政所"),
        entry("财政部"),
        entry("区审计局", full_name="北京市西城区财政审计局"),
        entry("区商务局", aliases=("原财政二局",)),
        entry("区水务局"),
    ]
    found = [body.name for body in search_bodies("财政", bodies)]
    assert set(found[:2]) == {"财政所", "财政部"}
    assert set(found) == {"财政所", "财政部", "区财政局", "区审计局", "区商务局"}
    assert len(search_bodies("区", bodies, limit=2)) == 2
    assert search_bodies("", bodies) == search_bodies("  ", bodies) == ()


@pytest.mark.parametrize(
    ("name", "kind", "ending"),
    [
        ("某某天书", "other", ""),
        ("区某某局", "agency", "局"),
        ("区某某公司", "company", "公司"),
        ("各街道办事处", "group", "街道办事处"),
    ],
)
def test_what_kind_of_body_an_unknown_name_is_is_guessed_by_its_ending(name: str, kind: str, ending: str) -> None:
    assert guess_kind(name, D.agency_words) == (kind, ending)


# Bodies by their ids


def test_a_body_that_the_tables_make_is_found_again_by_its_id() -> None:
    bodies = GeneratedBodies(D.national, D.regions, D.regions.by_code["330327"], date(2022, 4, 1))
    for text in ("县水利局", "市财政局", "国家发展改革委", "凤阳乡政府"):
        found = bodies.find(text)
        assert found is not None
        assert found.entry is not None
        assert bodies.entry_of(found.entry.agency_id) == found.entry
    assert bodies.entry_of("330327-town-nowhere") is None
    assert bodies.entry_of("330327-") is None
    assert bodies.entry_of("330327") is None
    assert bodies.entry_of("999999-finance") is None
    assert bodies.entry_of("330327-nothing-like-it") is None


# Regions of the past


def test_the_last_few_past_regions_are_kept_and_made_once() -> None:
    regions = make_regions()
    kept = _Kept(limit=2)
    assert kept.regions(regions, None) is regions
    assert kept.regions(regions, regions.by_code["110102"]) is regions
    past = [replace(regions.by_code["110102"], code=f"11010{n}", name=f"旧{n}区") for n in (3, 4, 5)]
    first = kept.regions(regions, past[0])
    assert "110103" in first.by_code
    assert kept.regions(regions, past[0]) is first
    second = kept.regions(regions, past[1])
    assert kept.regions(regions, past[0]) is first
    kept.regions(regions, past[2])
    assert kept.regions(regions, past[1]) is second
    assert kept.regions(regions, past[0]) is not first, "the oldest is forgotten"


def test_a_level_word_that_a_nearer_region_has_too_is_written_out() -> None:
    regions = make_regions()
    body = entry("市财政局", region="110000", aliases=("市财政", "财政局"))
    far = _written_out_where_shared(body, 1, ["市", "市"], regions)
    assert (far.name, far.aliases) == ("北京市财政局", ("北京市财政", "财政局"))
    assert _written_out_where_shared(body, 0, ["市", "市"], regions) is body
    assert _written_out_where_shared(body, 1, ["区", "市"], regions) is body


# What people picked


def test_a_body_that_a_person_picked_is_a_repair_of_its_measure() -> None:
    def item(text: str, body: AgencyEntry | None, *, is_inherited: bool = False) -> SimpleNamespace:
        kind = "unresolved" if body is None else "exact"
        match = AgencyMatch(kind=kind, entry=body, score=1.0, reason="")
        return SimpleNamespace(match=match, is_inherited=is_inherited, raw_text=text)

    items = [item("区财 政局", make_entry("区财政局")), item("区教委", make_entry("区教委")), item("区某局", None)]
    items.append(item("区财政局", make_entry("区财政局"), is_inherited=True))
    task = SimpleNamespace(key="2", measures=[SimpleNamespace(seq=3, responsibilities=items)])
    plan = SimpleNamespace(plan_no=1, tasks=[task])
    frame = SimpleNamespace(plan_id=lambda number: f"doc/{number}")
    picked = {"区财政局": "区财政局", "区某局": "x", "区教委": ""}
    (repair,) = _record_agencies([plan], frame, picked)
    assert (repair.rule, repair.before, repair.after, repair.measure_id) == (
        "pick_agency",
        "区财 政局",
        "区财政局",
        "doc/1/2/3",
    )
    assert list(_record_agencies([plan], frame, {})) == []


def test_a_body_in_a_text_is_related_by_its_parent_or_its_lineage() -> None:
    parent, child = make_entry("区教委"), entry("区少年宫", parent_id="区教委", lineage_id="line")
    assert "区教委" in _relation(child, [parent], set())
    assert "lineage" in _relation(child, [], {"line"})
    assert "lineage" in _relation(child, [], {child.agency_id})
    assert _relation(child, [], {"other"}) == ""


# Names that a document prints often


def in_document(bodies: dict[str, int], forms: dict[str, int]) -> SimpleNamespace:
    """What a matcher knows of its document: how often it prints each body, and each wording."""
    known = SimpleNamespace(by_id={"finance": make_entry("区财政局")})
    return SimpleNamespace(_document=SimpleNamespace(bodies=bodies, forms=forms), _known=known)


@pytest.mark.parametrize(
    ("own", "other", "is_backed"),
    [
        (4, None, False),
        (5, None, True),
        (2, 0, False),
        (3, 0, True),
        (5, 1, True),
        (4, 1, False),
        (9, 2, False),
        (10, 2, True),
    ],
)
def test_a_body_backs_a_name_where_it_is_printed_thrice_and_five_times_as_often(
    own: int, other: int | None, is_backed: bool
) -> None:
    matcher = in_document({"finance": own}, {} if other is None else {"区财改局": other})
    assert AgencyMatcher._is_backed(matcher, "区财改局", "finance") is is_backed
    assert not AgencyMatcher._is_backed(matcher, "区财改局", "")
    assert not AgencyMatcher._is_backed(SimpleNamespace(_document=None), "区财改局", "finance")


@pytest.mark.parametrize(
    ("printed", "own", "is_vetoed"), [(3, 3, True), (3, 4, False), (2, 1, False), (4, 0, True), (0, 0, False)]
)
def test_a_name_printed_thrice_and_no_less_than_the_body_may_be_another(
    printed: int, own: int, is_vetoed: bool
) -> None:
    matcher = in_document({"finance": own}, {"区财改局": printed})
    damaged = SimpleNamespace(rule="substitution")
    assert (AgencyMatcher._veto(matcher, "区财改局", "finance", damaged) is not None) is is_vetoed
    assert AgencyMatcher._veto(matcher, "区财改局", "finance", SimpleNamespace(rule="abbreviation")) is None
    assert AgencyMatcher._veto(SimpleNamespace(_document=None), "区财改局", "finance", damaged) is None
