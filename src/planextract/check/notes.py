"""What the reader noticed, as findings on the measures that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planextract.model.plan import Extraction
from planextract.model.record import Finding
from planextract.model.source import ReadNote
from planextract.model.table import Cell

_TOUCH_PT = 1.0  # cells that share a side do not overlap


def place_notes(notes: Sequence[ReadNote], found: Extraction) -> Iterator[Finding]:
    """Turn a reader's notes into findings: on the measures that stand on a note's line or in its box, if any."""
    homes = _find_homes(found) if notes else {}
    for note in notes:
        here = [cell for cell in found.cells if cell.cell_id in homes and _is_noted(cell, note)]
        finding = Finding(code=note.code, severity=note.severity, message=note.message, page=note.page)
        places = sorted({place for cell in here for place in homes[cell.cell_id]})
        yield from (replace(finding, measure_id=place) for place in places) if places else (finding,)


def place_findings(found: Extraction) -> Iterator[Finding]:
    """Yield the findings of the rooms before, those about a cell as findings on the measures that it went into."""
    homes = _find_homes(found) if any(_is_about_cell(finding) for finding in found.findings) else {}
    for finding in found.findings:
        places = homes.get(finding.cell_id or "", ()) if _is_about_cell(finding) else ()
        yield from (replace(finding, measure_id=place) for place in sorted(places)) if places else (finding,)


def _is_about_cell(finding: Finding) -> bool:
    return finding.cell_id is not None and finding.measure_id is None and finding.severity != "info"


def _find_homes(found: Extraction) -> dict[str, set[str]]:
    """Return the ids of the measures that each cell went into."""
    homes: dict[str, set[str]] = {}
    for plan in found.plans:
        for task in plan.tasks:
            for measure in task.measures:
                for cell_id in measure.cell_ids:
                    homes.setdefault(cell_id, set()).add(f"{found.task_id(plan, task)}/{measure.seq}")
    return homes


def _is_noted(cell: Cell, note: ReadNote) -> bool:
    """Tell whether a note is about a cell: it stands on its line, or in its box."""
    if note.line is not None:
        return cell.line == note.line and note.page in (None, cell.page)
    if note.bbox is None or cell.bbox is None or cell.page != note.page:
        return False
    a, b = cell.bbox, note.bbox
    return min(a.x1, b.x1) - max(a.x0, b.x0) > _TOUCH_PT and min(a.bottom, b.bottom) - max(a.top, b.top) > _TOUCH_PT
