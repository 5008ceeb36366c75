"""What the grammar of names finds: a body, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from planextract.model.agency import AgencyEntry, AgencyMatch
from planextract.phrases import Phrase

_GENERATED_SCORE = 0.95


@dataclass(frozen=True, slots=True)
class Found:
    """A body found by grammar and how; or, where ``entry`` is None, why the grammar names none."""

    entry: AgencyEntry | None
    reason: str
    nearest: AgencyEntry | None = None


def accept_found(found: Found) -> AgencyMatch:
    """Return the answer that a name means a body found by grammar."""
    return AgencyMatch(kind="generated", entry=found.entry, score=_GENERATED_SCORE, reason=found.reason)


def accept_body(entry: AgencyEntry, template: str) -> AgencyMatch:
    """Return the answer that a name means a body, and how: a sentence with ``{body}``."""
    return accept_found(Found(entry, Phrase(template, body=entry.name)))


def unresolved(reason: str, runner_up: str | None = None, score: float | None = None) -> AgencyMatch:
    """Return the answer that a name means no known body, and why; ``score`` and name of the nearest one."""
    said = reason if isinstance(reason, Phrase) else Phrase(reason)
    return AgencyMatch(
        kind="unresolved", entry=None, score=0.0, reason=said, runner_up=runner_up, runner_up_score=score
    )
