"""A report that is a plan's own table with what became of it beside: its items are the measures as extracted.

The table may be cut by pages, printed a cell a line, without its header on later pages: what the rooms do for a plan
they do for such a report. Others (a list of projects without owners, prose) are read from their blocks (``reading``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planextract.errors import PlanExtractError
from planextract.model.decision import Overrides
from planextract.model.plan import Extraction, Measure, Task
from planextract.model.source import BBox, SourceDocument
from planextract.model.table import Cell
from planextract.model.vocabulary import Dictionaries
from planextract.pipeline import extract_document
from planextract.settings import Settings
from planextract.text.characters import fold
from planextract.track.reading import ProgressItem, find_kind
from planextract.track.words import ProgressWords

_PROGRESS = "progress"


def read_plan_items(
    source: SourceDocument, dictionaries: Dictionaries, words: ProgressWords
) -> tuple[ProgressItem, ...]:
    """Return the items of a report that is extracted as a plan; none if it is no plan, or tells of no progress."""
    try:
        found = extract_document(source, dictionaries, Overrides(), Settings())
    except PlanExtractError:
        return ()
    cells = {cell.cell_id: cell for cell in found.cells}
    return tuple(_read_measures(found, cells, words))


def _read_measures(found: Extraction, cells: Mapping[str, Cell], words: ProgressWords) -> Iterator[ProgressItem]:
    for plan in found.plans:
        for task in plan.tasks:
            for measure in task.measures:
                item = _read_measure(task, measure, cells, words)
                if item is not None:
                    yield item


def _read_measure(task: Task, measure: Measure, cells: Mapping[str, Cell], words: ProgressWords) -> ProgressItem | None:
    values: dict[str, str] = {}
    told: list[str] = []
    for other in measure.others:
        kind = find_kind(fold(other.label), words) or (_PROGRESS if other.kind == _PROGRESS else None)
        if kind is not None and other.text.strip():
            values[kind] = "\n".join(part for part in (values.get(kind, ""), other.text) if part)
            told.append(other.text)
    if not told:
        return None
    own = [cells[cell_id] for cell_id in measure.cell_ids if cell_id in cells]
    texts = dict.fromkeys(text for text in (measure.text, f"{task.name}{measure.text}", task.name) if text)
    return ProgressItem(
        texts=tuple(texts),
        number=task.task_no or None,
        page=measure.pages[0] if measure.pages else 0,
        boxes=tuple(_find_boxes(own, told)),
        progress=values.get("progress", ""),
        status=values.get("status", ""),
        ratio=values.get("ratio", ""),
        problem=values.get("problem", ""),
        next_step=values.get("next_step", ""),
    )


def _find_boxes(cells: list[Cell], told: list[str]) -> Iterator[tuple[int, BBox]]:
    for cell in cells:
        if cell.text in told and cell.bbox is not None:
            yield cell.page, cell.bbox
