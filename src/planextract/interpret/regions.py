"""Find the region of a document: in its issuer and titles, else in what stands at its head; as divided in its year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planextract.model.vocabulary import Region, Regions
from planextract.text.characters import simplify

_LINES = 12  # what stands further down speaks of other places too
_HEAD = re.compile(
    "(?:《|^|[：:，,。\\s])(?P<name>[\u4e00-\u9fff]{2,24}?(?:省|市|自治区|自治州|地区|盟|区|县|旗))"
    "(?=人民政府|政府|委员会|委办公室|[12][09]\\d{2}年?|[\u4e00-\u9fff]{2,30}(?:方案|计划|意见|通知|清单|分解表))"
)
_FITTED = re.compile(
    "结合(?P<name>(?!我|本|全|各|自身)[\u4e00-\u9fff]{2,14}?)(?:的)?实际"
)  # …，结合乙市实际，制定本方案
_MAX_FRONT = 40
_AUTONOMOUS = re.compile(
    "(?:中共|《)?(?P<name>[\u4e00-\u9fff]{2,16}?[州县旗])(?=人民|政府|党委|委|办公室|关于|《|[12][09]\\d{2}年|印发)"
)
_AFTER_SHORT = re.compile("(?:省|市)?(?:关于|《|人民政府|政府|[12][09]\\d{2}年|印发)")


def find_region(named: Sequence[str], lines: Sequence[str], regions: Regions, year: int | None) -> Region | None:
    """Return the region of a document.

    Args:
        named: Issuer and titles, as far as they are known.
        lines: Lines at the head of the document.
        regions: Administrative divisions.
        year: The plan's year: a division that is no more (密云县 2014) counts in the years in which it was one.
    """
    found = _find(named, lines, regions, year)
    if found is not None or not regions.simplified:
        return found
    front = lines[:_MAX_FRONT]
    own, head = ([simplify(text, regions.simplified) for text in part] for part in (named, front))
    return _find(own, head, regions, year) if (own, head) != (list(named), list(front)) else None


def _find(named: Sequence[str], lines: Sequence[str], regions: Regions, year: int | None) -> Region | None:
    text = " ".join(named)
    found = regions.find_named(_without_former(text, regions))
    short = next(filter(None, (_find_autonomous(one, regions) for one in named)), None)
    if short is not None and (found is None or found.code in short.chain[1:]):
        return short
    former = _find_former(text, regions, year, found)
    if former is not None or found is not None:
        return former or found
    for one in named:
        found = _find_short(one, regions)
        if found is not None:
            return found
    head = [match["name"] for line in lines[:_LINES] for match in _HEAD.finditer(line.strip("# *\u3000"))]
    found = regions.find_named(" ".join(head)) or next(filter(None, (_find_short(x, regions) for x in lines[:3])), None)
    fitted = [match["name"] for line in lines[:_MAX_FRONT] for match in _FITTED.finditer(line)]
    return found or next(filter(None, (_find_whole(name, regions) for name in fitted)), None)


def _find_autonomous(text: str, regions: Regions) -> Region | None:
    """Return the autonomous division whose short name opens a text, or stands behind the division above it."""
    match = _AUTONOMOUS.match(text)
    name = match.group("name") if match else ""
    ends = (name[start:] for start in range(len(name) - 2))
    return next((regions.autonomous[end] for end in ends if end in regions.autonomous), None)


def _find_whole(name: str, regions: Regions) -> Region | None:
    """Return the region that a name is, or the province or city whose short name it is; a name of two is neither."""
    short = [r for r in regions.by_code.values() if name == r.short and r.code.endswith("00") and len(r.chain) <= 2]
    return short[0] if len(short) == 1 else regions.find_named(name)


def _without_former(text: str, regions: Regions) -> str:
    """Blank out the names of divisions of the past: in 密云县 stands no 云县."""
    named = {former.name for former in regions.former_in(text)}
    for name in sorted(named, key=lambda n: (-len(n), n)):
        if not regions.has_name(name):
            text = text.replace(name, " ")
    return text


def _find_former(text: str, regions: Regions, year: int | None, found: Region | None) -> Region | None:
    """Return the one division of the past that a text names, if it says more than the division found."""
    if year is None:
        return None
    named = [f for f in regions.former_in(text) if f.first_year <= year <= f.last_year]
    made = [region for f in named if (region := regions.former_region(f.code)) is not None]
    if found is not None:
        made = [region for region in made if found.code in region.chain[1:]]
    else:
        above = {region.code: regions.by_code[region.chain[-1]].name for region in made}
        made = [r for r in made if above[r.code] in text] or made
    return made[0] if len({region.code for region in made}) == 1 else None


def _find_short(text: str, regions: Regions) -> Region | None:
    """Return the province or city whose short name opens a text: 陕西《政府工作报告》…, 泰州关于印发…."""
    for region in regions.by_code.values():
        short = region.short
        if len(short) >= 2 and text.startswith(short) and len(region.chain) <= 2 and region.code.endswith("00"):
            is_one = sum(r.short == short and r.code.endswith("00") for r in regions.by_code.values()) == 1
            if is_one and _AFTER_SHORT.match(text, len(short)):
                return region
    return None
