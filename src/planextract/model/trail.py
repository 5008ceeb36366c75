"""What rooms leave behind beside their results: findings, repairs, discards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from planextract.model.record import Discard, Finding, Repair

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """What a room found, changed and put aside, each in order; trails add up."""

    findings: tuple[Finding, ...] = ()
    repairs: tuple[Repair, ...] = ()
    discards: tuple[Discard, ...] = ()

    def __add__(self, other: Trail) -> Trail:
        return Trail(
            findings=self.findings + other.findings,
            repairs=self.repairs + other.repairs,
            discards=self.discards + other.discards,
        )

    @classmethod
    def sum(cls, trails: Iterable[Trail]) -> Trail:
        """Return all trails as one, in order."""
        every = tuple(trails)
        return cls(
            findings=tuple(finding for trail in every for finding in trail.findings),
            repairs=tuple(repair for trail in every for repair in trail.repairs),
            discards=tuple(discard for trail in every for discard in trail.discards),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Generic[T]):
    """A value on its way through the rooms, with the trail so far."""

    value: T
    trail: Trail = Trail()

    def then(self, value: T, trail: Trail | None = None) -> Outcome[T]:
        """Return what a room made of the value, its trail added."""
        return Outcome(value=value, trail=self.trail + trail if trail is not None else self.trail)
