"""How a run is to be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from planextract.run.engines import EngineChoice
from planextract.run.events import EventLog


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How a run is to be done.

    Attributes:
        engine: Where the work is done.
        extra_dictionaries: Folder with the user's own dictionaries.
        decisions: Log of people's decisions (the review page's), replayed; None takes the one beside the output.
        agency_decisions: Log of decisions on agency names, replayed; a file that does not exist holds none.
        again: Extract everything, also what is fresh.
        retry: Try again what was quarantined.
        prune: Remove documents whose input is not among the inputs any more.
        as_one: All inputs are one document: a notice and its attachments, or pages.
        log: Takes events as JSON lines.
    """

    engine: EngineChoice = field(default_factory=EngineChoice)
    extra_dictionaries: Path | tuple[Path, ...] | None = None
    decisions: Path | None = None
    agency_decisions: Path | None = None
    again: bool = False
    retry: bool = False
    prune: bool = False
    as_one: bool = False
    log: EventLog = field(default_factory=lambda: EventLog(None))
