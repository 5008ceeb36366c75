"""An output folder as the review page sees it: its documents, prepared for finding rows and cells, read once.

The folder is only read here. A later run into it is noticed by its manifest, and everything is read anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planextract.correct.anchors import RowIndex
from planextract.model.agency import AgencyEntry
from planextract.model.decision import AnchorCell
from planextract.model.result import ResultCell, ResultDocument, ResultMeasure, ResultPlan, ResultTask
from planextract.model.source import find_file
from planextract.model.table import Boundary
from planextract.write.read_back import iterate_results, read_bodies

_NOT_SHOWN = frozenset({"targets", "discards"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMeasure:
    """A measure with the task and the plan that it belongs to."""

    plan: ResultPlan
    task: ResultTask
    measure: ResultMeasure


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedDocument:
    """One committed document. ``index`` anchors its rows; ``replayed`` are the decisions that are in it already.

    ``boundaries`` leaves out those of older outputs, which do not say between which tables they are.
    """

    result: ResultDocument
    cells: Mapping[str, ResultCell]
    index: RowIndex
    measures: Mapping[str, PlacedMeasure]
    boundaries: tuple[Boundary, ...]
    replayed: frozenset[str]

    @property
    def doc_id(self) -> str:
        """Its id."""
        return self.result.doc_id

    @property
    def path(self) -> str:
        """Path of its input, as the output names it."""
        return self.result.source_path

    @property
    def title(self) -> str:
        """What people call it."""
        return self.result.title or self.path

    @property
    def has_pictures(self) -> bool:
        """Tell whether its file shows something once it is found: pages, or the lines of a text."""
        kind = self.result.media_type
        return kind == "application/pdf" or kind.startswith(("image/", "text/", "multipart/"))

    def file_of(self, page: int) -> str:
        """Return the name of the file that a page stands in; empty where the document is a file itself."""
        file = find_file(self.result.files, page)
        return "" if file is None else file.name

    def locate(self, page: int) -> tuple[str, str, int]:
        """Return where a page is printed: the file's SHA-256 (or its beginning), its path, the page's number in it."""
        file = find_file(self.result.files, page)
        if file is None:
            return self.doc_id, self.path, page
        path = self.path if file.name == self.path else f"{self.path}/{file.name}"
        return file.sha256, path, page - file.first_page + 1

    def label_of(self, cell: ResultCell) -> str:
        """Return how the cell's own plan calls its column; empty if the plan prints no label, or several."""
        plan_id = (cell.task_id or "").rpartition("/")[0]
        columns = next((plan.columns for plan in self.result.plans if plan.plan_id == plan_id), ())
        labels = [column.label for column in columns if column.role == cell.column]
        return labels[0] if len(labels) == 1 else ""

    @property
    def region(self) -> str:
        """GB/T 2260 code of its region; empty if none was found."""
        return self.result.region or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """All documents of an output folder by id, and the dictionary as it was used in the run."""

    documents: Mapping[str, ReviewedDocument]
    agencies: tuple[AgencyEntry, ...] = field(default=())


def stamp_output(output: Path) -> tuple[int, int]:
    """Return what changes when a run has written the folder."""
    try:
        found = (output / "manifest.json").stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def load_workspace(output: Path) -> Workspace:
    """Read an output folder.

    Raises:
        OutputError: If it holds no committed document, cannot be read, or was written by a version without the
            columns that reviewing needs.
    """
    documents = {result.doc_id: _prepare(result) for result in iterate_results(output, _NOT_SHOWN)}
    return Workspace(documents=documents, agencies=read_bodies(output))


def _prepare(result: ResultDocument) -> ReviewedDocument:
    return ReviewedDocument(
        result=result,
        cells={cell.cell_id: cell for cell in result.cells},
        index=RowIndex(
            AnchorCell(
                cell_id=c.cell_id, table_no=c.table_no, row=c.row, col=c.col, column=c.column, raw_text=c.text_raw
            )
            for c in result.cells
        ),
        measures={
            measure.measure_id: PlacedMeasure(plan=plan, task=task, measure=measure)
            for plan, task, measure in result.iterate_measures()
        },
        boundaries=tuple(boundary for boundary in result.boundaries if boundary.table_after is not None),
        replayed=frozenset(
            record.decision_id
            for records in (result.repairs, result.boundaries, result.findings)
            for record in records
            if record.decision_id is not None
        ),
    )
