"""Plans of one document that hold for other regions: sheets of 东山区 and 西山区 in one workbook.

What names no region in front (水务局) is a body of the region whose plan it is. A document has one region; a plan whose
title begins with another one, neither above nor below it, has that one's bodies.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planextract.model.frame import Frame
from planextract.model.plan import Plan
from planextract.model.vocabulary import Dictionaries, Region
from planextract.resolve.build import build_for_frame
from planextract.resolve.matcher import AgencyMatcher
from planextract.resolve.settings import ResolveSettings

_OPENERS = "《关于中共 \u3000\t"
# No division, but bodies of its own: which ones, no table says.
_ZONE = re.compile("[\u4e00-\u9fff]{0,6}(?:高新区|开发区|经开区|新区|园区|示范区|度假区)(?=(?:19|20)\\d\\d)")
_NOT_ITS_OWN = re.compile("对口|支援|帮扶|协作|援助")  # 和田县对口支援项目: done by others
_LEAST_PLACES = 2  # plans that are all of one place leave the region to the notice, or to who gave it
_LEAST_NAME = 3  # 城区, 郊区 and 矿区 are words, too


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNames:
    """Who links the names of a plan, and the place that its title names, if it is not in the document's region."""

    matcher: AgencyMatcher
    place: str = ""


def match_names_of_plans(
    plans: Sequence[Plan], frame: Frame, names: AgencyMatcher, books: Dictionaries, settings: ResolveSettings
) -> tuple[PlanNames, ...]:
    """Return who links the names of each plan: the document's matcher, unless its plans are of several places.

    Args:
        plans: As composed.
        frame: The document's notice, region and day.
        names: The document's matcher.
        books: Bodies, divisions, words, national tables, what people decided.
        settings: Margin and number of suggestions.
    """
    titles = [plan.title.lstrip(_OPENERS) for plan in plans]
    found = [_find_other_regions(title, frame.region, books) for title in titles]
    zones = [match.group() if frame.region is not None and (match := _ZONE.match(title)) else "" for title in titles]
    places = [regions[0].name if regions else zone for regions, zone in zip(found, zones, strict=True)]
    if len(set(places)) < _LEAST_PLACES:
        return (PlanNames(matcher=names),) * len(plans)
    known: dict[str, AgencyMatcher] = {"": names}
    for plan, regions, place in zip(plans, found, places, strict=True):
        if place not in known:
            region = regions[0] if len(regions) == 1 else None
            known[place] = _build(plan, replace(frame, region=region), books, settings)
    return tuple(PlanNames(matcher=known[place], place=place) for place in places)


def _build(plan: Plan, frame: Frame, books: Dictionaries, settings: ResolveSettings) -> AgencyMatcher:
    matcher = build_for_frame(frame, books, settings, is_central=False)
    cells = (cell.text for task in plan.tasks for measure in task.measures for cell in measure.agency_cells)
    return matcher.with_document(Counter(name.raw_text for text in cells for name in matcher.split(text)))


def _find_other_regions(title: str, region: Region | None, books: Dictionaries) -> Sequence[Region]:
    """Return the region that a title begins with, if it lies beside the document's own.

    Of regions of one name the nearest counts; all are returned if nobody can say which.
    """
    text = title.lstrip(_OPENERS)
    if region is None or region.name in text or _NOT_ITS_OWN.search(text):
        return ()
    found = [
        other
        for other in books.regions.by_code.values()
        if (text.startswith(other.full_name) or (len(other.name) >= _LEAST_NAME and text.startswith(other.name)))
        and other.code not in region.chain
        and region.code not in other.chain
    ]
    longest = max((_opening(text, other) for other in found), default=0)
    found = [other for other in found if _opening(text, other) == longest]
    near = [other for other in found if other.chain[1:2] == region.chain[1:2]]
    return near if len(near) == 1 else found


def _opening(text: str, region: Region) -> int:
    """Return how much of a text's beginning names a region."""
    return len(region.full_name if text.startswith(region.full_name) else region.name)
