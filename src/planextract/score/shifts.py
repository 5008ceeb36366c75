"""Deadlines, targets and bodies of a measure from one year to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from planextract.model.agency import AgencyEntry
from planextract.model.result import ResultAgency, ResultMeasure, ResultTarget
from planextract.model.roles import AGENCY_COLUMNS
from planextract.score.assignment import assign
from planextract.text.characters import fold
from planextract.text.similarity import lcs_similarity

Aspect = Literal["deadline", "target", "body"]
Years = tuple[int | None, int | None]
_MIN_INDICATOR = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One change of value on a measure that both plans have.

    Attributes:
        direction: deadline: ``earlier``, ``later``, ``kind``; target: ``raised``, ``lowered``, ``comparator``,
            ``added``, ``removed``; body: ``added``, ``removed``, ``renamed`` (the successor took over), ``role``.
        amount: Days of a deadline's slip beyond the year, or the difference of a target's value.
        role: Role of the body, now or, if it is gone, then.
    """

    aspect: Aspect
    direction: str
    old_measure_id: str
    new_measure_id: str
    old_key: str
    new_key: str
    before: str | None
    after: str | None
    amount: float | None = None
    unit: str | None = None
    role: str | None = None


def compare_values(
    old: ResultMeasure, new: ResultMeasure, keys: tuple[str, str], years: Years, bodies: Sequence[AgencyEntry]
) -> Iterator[Shift]:
    """Compare deadline, targets and bodies of a measure that both plans have."""
    base = _Base(old, new, keys)
    yield from _compare_deadlines(base, years)
    yield from _compare_targets(base)
    yield from _compare_bodies(base, bodies)


@dataclass(frozen=True, slots=True)
class _Base:
    """A measure in both plans."""

    old: ResultMeasure
    new: ResultMeasure
    keys: tuple[str, str]

    def make(
        self,
        aspect: Aspect,
        direction: str,
        before: str | None,
        after: str | None,
        *,
        amount: float | None = None,
        unit: str | None = None,
        role: str | None = None,
    ) -> Shift:
        return Shift(
            aspect=aspect,
            direction=direction,
            old_measure_id=self.old.measure_id,
            new_measure_id=self.new.measure_id,
            old_key=self.keys[0],
            new_key=self.keys[1],
            before=before,
            after=after,
            amount=amount,
            unit=unit,
            role=role,
        )


def _compare_deadlines(base: _Base, years: Years) -> Iterator[Shift]:
    old, new = base.old, base.new
    before, after = _draw_deadline(old), _draw_deadline(new)
    step = years[1] - years[0] if years[0] is not None and years[1] is not None else 0
    if old.deadline_end is not None and new.deadline_end is not None:
        expected = move_years(old.deadline_end, step)
        days = (new.deadline_end - expected).days
        if days:
            yield base.make(
                "deadline", "later" if days > 0 else "earlier", before, after, amount=float(days), unit="days"
            )
            return
    if old.deadline_kind != new.deadline_kind:
        yield base.make("deadline", "kind", before, after)


def _draw_deadline(measure: ResultMeasure) -> str:
    raw = measure.deadline_raw or "—"
    return f"{raw} → {measure.deadline_end.isoformat()}" if measure.deadline_end else f"{raw} ({measure.deadline_kind})"


def move_years(day: date, step: int) -> date:
    """Return the same day ``step`` years later; 29 February becomes 28 where the year has none.

    >>> move_years(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    try:
        return day.replace(year=day.year + step)
    except ValueError:
        return day.replace(year=day.year + step, day=28)


def _compare_targets(base: _Base) -> Iterator[Shift]:
    old = [t for t in base.old.targets or () if t.role == "target"]
    new = [t for t in base.new.targets or () if t.role == "target"]
    candidates = {}
    for i, a in enumerate(old):
        for j, b in enumerate(new):
            alike = lcs_similarity(fold(a.indicator), fold(b.indicator))
            if a.unit == b.unit and alike >= _MIN_INDICATOR:
                candidates[i, j] = alike + 0.05 * (a.value == b.value) + 0.01 * (i == j)
    pairs = dict(assign(candidates).keys())
    for i, a in enumerate(old):
        if i not in pairs:
            yield base.make("target", "removed", draw_value(a), None, unit=a.unit)
            continue
        b = new[pairs[i]]
        if a.value != b.value or a.value_high != b.value_high:
            amount = (b.value_high if b.value_high is not None else b.value) - (
                a.value_high if a.value_high is not None else a.value
            )
            direction = "raised" if amount > 0 else "lowered"
            yield base.make("target", direction, draw_value(a), draw_value(b), amount=round(amount, 9), unit=b.unit)
        elif a.comparator != b.comparator:
            yield base.make("target", "comparator", draw_value(a), draw_value(b), unit=b.unit)
    for j, b in enumerate(new):
        if j not in set(pairs.values()):
            yield base.make("target", "added", None, draw_value(b), unit=b.unit)


_SIGNS = {">=": "≥", "<=": "≤", "increase": "↑", "decrease": "↓"}


def is_stricter(shift: Shift) -> bool:
    """Tell whether a changed target asks for more: a ceiling or a decrease does so by a smaller value.

    The comparison is the one printed now; a decrease (``↓``) asks for more by a larger one.
    """
    is_ceiling = " ≤ " in (shift.after or "")
    return ((shift.amount or 0.0) > 0) != is_ceiling


def draw_value(target: ResultTarget) -> str:
    """Return a target for people: ``全年检测量 ≥ 12 组``."""
    high = f"–{target.value_high:,g}" if target.value_high is not None else ""
    sign = _SIGNS.get(target.comparator, target.comparator)
    return f"{target.indicator} {sign} {_plain(target.value)}{high} {target.unit}".strip()


def _plain(value: float) -> str:
    return f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else f"{value:g}"


def _compare_bodies(base: _Base, bodies: Sequence[AgencyEntry]) -> Iterator[Shift]:
    heirs = {body.agency_id: body.successor_id for body in bodies if body.successor_id}
    old = {(_identify(a, heirs), a.role): a for a in base.old.agencies}
    new = {(_identify(a, heirs), a.role): a for a in base.new.agencies}
    old_roles: dict[str, set[str]] = {}
    new_roles: dict[str, set[str]] = {}
    for roles, items in ((old_roles, old), (new_roles, new)):
        for body, role in items:
            roles.setdefault(body, set()).add(role)
    for (body, role), item in old.items():
        now = new.get((body, role))
        if now is not None:
            if item.agency_id != now.agency_id and item.agency_id and now.agency_id:
                yield base.make("body", "renamed", _name(item), _name(now), role=role)
            continue
        moved = sorted(new_roles.get(body, set()) - old_roles[body], key=AGENCY_COLUMNS.index)
        if moved:
            target = moved[0]
            new_roles[body].discard(target)
            yield base.make(
                "body", "role", f"{_name(item)} ({role})", f"{_name(new[body, target])} ({target})", role=target
            )
        else:
            yield base.make("body", "removed", _name(item), None, role=role)
    for (body, role), item in new.items():
        if (body, role) not in old and role in new_roles.get(body, set()):
            yield base.make("body", "added", None, _name(item), role=role)


def _identify(item: ResultAgency, heirs: dict[str, str]) -> str:
    """Return the id of the last body in the line of successors, or the printed name of an unknown one."""
    if item.agency_id is None:
        return "?" + fold(item.raw_text)
    current, seen = item.agency_id, {item.agency_id}
    while (heir := heirs.get(current)) is not None and heir not in seen:
        seen.add(heir)
        current = heir
    return current


def _name(item: ResultAgency) -> str:
    return item.name or item.raw_text
