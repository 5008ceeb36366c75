"""Corrections of a plan's own values → decisions on the printed cells that hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from planextract.correct.anchors import RowIndex
from planextract.decisions.records import MAX_TEXT
from planextract.export.source import ExportSource
from planextract.model.decision import Anchor, AnchorCell, Decision
from planextract.model.roles import AGENCY_ROLES, Role, status_column
from planextract.phrases import Phrase

Row = Mapping[str, Any]
_SHOWN = 80
_SEVERAL_LINES = (*AGENCY_ROLES, Role.MEASURE)


@dataclass(slots=True)
class PrintedDocument:
    """A document's printed cells and rows, to find what a correction is about."""

    document: Row
    cells: dict[str, Row]
    measures: dict[str, Row]
    tasks: dict[str, Row]
    index: RowIndex
    by_task: dict[str, list[Row]] = field(default_factory=dict)

    @classmethod
    def load(cls, source: ExportSource, doc_id: str) -> PrintedDocument:
        """Load a document."""
        cells = source.read_document("cells", doc_id)
        index = RowIndex(
            AnchorCell(
                cell_id=c["cell_id"],
                table_no=c["table_no"],
                row=c["row"],
                col=c["col"],
                column=c["column"],
                raw_text=c["text_raw"],
            )
            for c in cells
        )
        by_task: dict[str, list[Row]] = {}
        for cell in cells:
            if cell["task_id"] is not None and cell["column"] == Role.TASK_NAME:
                by_task.setdefault(cell["task_id"], []).append(cell)
        return cls(
            document=source.read_document("documents", doc_id)[0],
            cells={c["cell_id"]: c for c in cells},
            measures={m["measure_id"]: m for m in source.read_document("measures", doc_id)},
            tasks={t["task_id"]: t for t in source.read_document("tasks", doc_id)},
            index=index,
            by_task=by_task,
        )

    def anchor_measure(self, measure_id: str) -> Anchor | None:
        """Name the printed row that a measure begins in."""
        ids = self.measures[measure_id]["cell_ids"]
        own = [cell_id for cell_id in ids if cell_id in self.cells and self.cells[cell_id]["column"] == Role.MEASURE]
        row = next((found for cell_id in (*own, *ids) if (found := self.index.row_of(cell_id)) is not None), None)
        return None if row is None else self.index.anchor_row(row)


def correct_value(document: PrintedDocument, measure_id: str, role: Role, text: str, note: str) -> list[Decision] | str:
    """Return the decisions that give a measure's value another text, or why that cannot be done here.

    A correction is one of the printed cell: where other rows take the cell over, it holds for them as well.
    """
    cells, old = _find_cells(document, measure_id, role)
    new = _clean(text, role)
    if len(new) > MAX_TEXT:
        return Phrase("a text of {count} characters is too long", count=len(new))
    if not cells:
        return Phrase("no printed cell holds it; decide it on the review page")
    pieces = _allocate(cells, old, new)
    if pieces is None:
        return Phrase("it is printed in pieces that cannot be told apart; correct it on the review page")
    return [
        Decision(
            decision_id="",
            at="",
            kind="edit_cell",
            doc_id=document.document["doc_id"],
            path=document.document["source_path"],
            page=cell["page"],
            shown=cell["text_raw"][:_SHOWN],
            anchor=document.index.anchor_cell(cell["cell_id"]),
            text=piece,
            note=note,
        )
        for cell, piece in zip(cells, pieces, strict=True)
        if piece != cell["text"]
    ]


def _find_cells(document: PrintedDocument, measure_id: str, role: Role) -> tuple[list[Row], str]:
    """Return the cells that print a value, in order, and the value as they hold it."""
    measure = document.measures[measure_id]
    if role is Role.TASK_NAME:
        name = document.tasks[measure["task_id"]]["name"] or ""
        cells = document.by_task.get(measure["task_id"], [])
        return [cell for cell in cells if cell["text"].strip()] or list(cells[:1]), name
    own = [document.cells[cell_id] for cell_id in measure["cell_ids"] if cell_id in document.cells]
    cells = [cell for cell in own if cell["column"] == role]
    filled = [cell for cell in cells if cell["text"].strip()]
    if role is Role.MEASURE:
        return filled, measure["text"]
    if not filled and measure[status_column(role)] == "inherited" and not cells:
        return [], ""
    return filled or cells[:1], "\n".join(cell["text"] for cell in filled)


def _allocate(cells: Sequence[Row], old: str, new: str) -> list[str] | None:
    """Return the new text of each cell: all of it where one cell, or each, prints the whole; else cut as before."""
    texts = [cell["text"] for cell in cells]
    if len(texts) == 1:
        if _plain(texts[0]) in (_plain(old), ""):
            return [new]
        return [texts[0].replace(old, new)] if old and texts[0].count(old) == 1 else None
    if all(_plain(text) == _plain(old) for text in texts):
        return [new] * len(texts)  # printed again on every page
    joined = "".join(texts)
    if _plain(joined) != _plain(old):
        return None
    places = [0]
    for text in texts[:-1]:
        places.append(places[-1] + len(text))
    mapped = [_map_place(place, joined, new) for place in places[1:]]
    bounds = [0, *mapped, len(new)]
    return [new[start:end].strip("\n") for start, end in pairwise(bounds)]


def _map_place(place: int, old: str, new: str) -> int:
    """Return where in the new text a place of the old one lies."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if i1 <= place <= i2:
            if tag == "equal":
                return j1 + place - i1
            return j1 if place == i1 else j2
    return len(new)


def _plain(text: str) -> str:
    return "".join(text.split())


def _clean(text: str, role: Role) -> str:
    """Return a typed text as cells hold it: lines without blank ones, no control characters."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    kept = ["".join(char for char in line if char.isprintable()) for line in lines]
    return ("\n" if role in _SEVERAL_LINES else "").join(line for line in kept if line)
