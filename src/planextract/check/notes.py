"""What the reader noticed, as findings on the measures that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planextract.model.plan import Extraction
from planextract.model.record import Finding
from planextract.model.source import ReadNote


def place_notes(notes: Sequence[ReadNote], found: Extraction) -> Iterator[Finding]:
    """Turn a reader's notes into findings: on the measures that hold cells of a note's line, where there are any."""
    homes = {
        cell_id: f"{found.task_id(plan, task)}/{measure.seq}"
        for plan in (found.plans if notes else ())
        for task in plan.tasks
        for measure in task.measures
        for cell_id in measure.cell_ids
    }
    for note in notes:
        on_line = {
            homes[c.cell_id]
            for c in found.cells
            if note.line is not None and c.line == note.line and c.cell_id in homes
        }
        finding = Finding(code=note.code, severity=note.severity, message=note.message, page=note.page)
        yield from (replace(finding, measure_id=place) for place in sorted(on_line)) if on_line else (finding,)
