"""Is it a plan? What speaks for one and against, added up.

Weights are natural logarithms of likelihood ratios, rounded towards doubt. They were set on the real plans and the
documents that hold none of tests/data, and are checked on both by tests/lab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planextract.label.prose.stretches import Reading, has_bodies
from planextract.label.prose.wording import Wording
from planextract.model.roles import AGENCY_ROLES
from planextract.model.source import SourceText

THRESHOLD = 4.0
_STRONG, _MAX_STRONG, _WEAK, _MAX_WEAK = 2.0, 3, 0.9, 6
_TITLE, _NO_TITLE, _ORGANISERS = 1.0, -3.0, -4.0
_NUMBERED, _ROLES, _DENSE, _SCATTERED = 1.0, 1.0, 1.0, -3.0
_MAX_TITLE = 120
_TITLE_END = re.compile(r"[。;!?]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The sum of what speaks for a plan; ``owned`` measures name a body. ``reasons`` in the order of weighing."""

    score: float = 0.0
    owned: int = 0
    reasons: tuple[tuple[str, float], ...] = ()

    @property
    def is_plan(self) -> bool:
        """Whether the sum is enough."""
        return self.score >= THRESHOLD


def weigh_plan(
    lines: Sequence[SourceText], readings: Sequence[Reading], first: int | None, wording: Wording
) -> Verdict:
    """Weigh whether readings are a plan; ``first`` is the place of its first item, None if nothing names owners."""
    if first is None:
        return Verdict()
    owned = [
        stretch.owners.strength
        for reading in readings
        for stretch in reading.stretches
        if stretch.owners is not None and has_bodies(stretch.owners)
    ]
    owned += [1 for reading in readings if reading.shared is not None and reading.shared.title is None]
    strong = sum(strength >= 2 for strength in owned)
    weak = len(owned) - strong
    reasons = [("owners_named", _STRONG * min(strong, _MAX_STRONG)), ("bodies_listed", _WEAK * min(weak, _MAX_WEAK))]
    front = "\n".join(_front_lines(readings, first))
    title = _weigh_titles(front, wording, len(owned) if strong else len(owned) // 2)
    reasons.append(("title", title))
    if not any(owned) and (title <= 0 or not _names_tasks(front, wording)):
        reasons.append(("organisers", _ORGANISERS))
    items = [reading for reading in readings if reading.is_owned]
    if any(reading.item.opener is not None for reading in items):
        reasons.append(("numbered", _NUMBERED))
    roles = {role for r in items for s in r.stretches if s.owners for role in s.owners.spans if role in AGENCY_ROLES}
    if len(roles) > 1:
        reasons.append(("several_roles", _ROLES))
    styles = {reading.item.opener.style for reading in items if reading.item.opener is not None}
    same = [r for r in readings[first:] if r.item.opener is not None and r.item.opener.style in styles]
    if len(same) > 4 and 4 * len([r for r in same if r.is_owned]) < len(same):
        reasons.append(("few_of_many", _SCATTERED))
    kept = tuple((name, weight) for name, weight in reasons if weight)
    return Verdict(score=sum(weight for _, weight in kept), owned=len(owned), reasons=kept)


def _front_lines(readings: Sequence[Reading], first: int) -> Iterator[str]:
    """Yield the lines above the first item, wraps aside; a text without numbers is looked at whole."""
    stop = first if readings[first].item.opener is not None else first + 1
    for reading in readings[:stop]:
        for place, line in enumerate(reading.item.lines):
            if place not in reading.item.wraps and place + 1 not in reading.item.wraps:
                yield line.raw_text


def _names_tasks(front: str, wording: Wording) -> bool:
    """Tell whether a title speaks of tasks: 工作要点 does, 活动安排 may be any."""
    return any(word in line for line in _titles(front, wording) for word in wording.words.plan_titles)


def _titles(front: str, wording: Wording) -> list[str]:
    """Return the short lines without an end of a sentence."""
    lines = [line.strip() for line in wording.flatten(front).split("\n")]
    return [line for line in lines if 3 < len(line) <= _MAX_TITLE and not _TITLE_END.search(line)]


def _weigh_titles(front: str, wording: Wording, owned: int) -> float:
    """Weigh the words of titles."""
    titles = _titles(front, wording)
    against = any(wording.is_other_title(line) for line in titles)
    speaks = any(wording.is_plan_title(line) for line in titles)
    if against and owned < 4:
        return _NO_TITLE
    return _TITLE if speaks else 0.0
