"""The account of a run: what became of each input, and who is told while it goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from planextract.errors import EXIT_INPUT, EXIT_INTERRUPTED, EXIT_OK, PlanExtractError
from planextract.run.jobs import Counts


class Progress(Protocol):
    """Is told how a run goes on."""

    def start(self, total: int) -> None:
        """Say how many inputs there are."""
        ...

    def advance(self, result: DocumentResult) -> None:
        """Say that an input is done."""
        ...

    def read_page(self, name: str, page_number: int, page_count: int) -> None:
        """Say that a page is being read."""
        ...

    def tick(self) -> None:
        """Is called several times a second."""
        ...

    def drain(self) -> None:
        """Say that the run was asked to stop and finishes what is under way."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentResult:
    """What became of one input; ``error`` if it was quarantined, ``same_as`` if its bytes were seen before."""

    doc_id: str
    name: str
    seconds: float
    counts: Counts = field(default_factory=Counts)
    error: PlanExtractError | None = None
    same_as: str | None = None
    is_fresh: bool = False
    pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """The account of a run.

    Attributes:
        output: Where the output is.
        results: One result an input that was settled, in the order of the inputs.
        passed_over: Files of folders that no reader takes.
        seconds: Wall-clock time.
        not_done: Inputs that were left when the run was asked to stop.
        leftovers: Documents of the output that come from none of the inputs, when nothing was pruned.
        pruned: Documents that were removed because their input is gone.
        strays: Files in the tables' folders that belong to no document.
        log_problems: Lines of the logs beside the output that are not understood, and why; they were passed over.
        void_decisions: Decisions on agency names that cannot hold, and why; they were passed over.
    """

    output: str
    results: tuple[DocumentResult, ...]
    passed_over: tuple[str, ...]
    seconds: float
    not_done: int = 0
    leftovers: int = 0
    pruned: int = 0
    strays: tuple[str, ...] = ()
    decisions: int = 0
    unreadable_lines: tuple[int, ...] = ()
    log_problems: tuple[str, ...] = ()
    void_decisions: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[DocumentResult, ...]:
        """Inputs that were quarantined."""
        return tuple(result for result in self.results if result.error is not None)

    @property
    def exit_code(self) -> int:
        """0 if every input was committed, 3 if work was lost, 130 if the run was asked to stop before its end."""
        if self.not_done:
            return EXIT_INTERRUPTED
        return EXIT_INPUT if self.failed else EXIT_OK

    def total(self, field: str) -> int:
        """Add up a count over all documents."""
        return sum(int(getattr(result.counts, field)) for result in self.results)
