"""What is known so far while a document's blocks are labelled, and where a table stands against those before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planextract.label.continuation import SeenValues
from planextract.label.headers import SeenHeader
from planextract.model.record import Discard, Finding
from planextract.model.source import SourceTable, SourceText
from planextract.model.table import Cell, Column, Fragment
from planextract.text.markers import is_continuation_mark, is_page_number

_EDGE_TOLERANCE_PT = 4.0
_SAME_WIDTH_PT = 12.0  # of a whole table: a scan is never quite straight


@dataclass(slots=True)
class Labelling:
    """What is known so far while walking over the blocks."""

    page: int = 0
    table_no: int = 0
    metadata_labels: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    header: SeenHeader = field(default_factory=SeenHeader)
    people_place: int | None = None  # of the column that was parted in bodies and people
    last_number: int | None = None
    in_digits: bool = False
    unsure_rows: tuple[int, ...] = ()
    has_other_table: bool = False
    clean_headers: tuple[SeenHeader, ...] | None = None
    seen: SeenValues = field(default_factory=SeenValues)
    blocks: list[Fragment | SourceText] = field(default_factory=list)
    discards: list[Discard] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def is_same_place(table: SourceTable, progress: Labelling, *, sees_edges: bool = True) -> bool:
    """Tell whether a table stands in the column lines of the one before, with nothing but page furniture between.

    Without ``sees_edges`` the format knows no column lines, and as many columns are enough.
    """
    for block in reversed(progress.blocks):
        if isinstance(block, SourceText):
            if is_page_number(block.raw_text) or is_continuation_mark(block.raw_text):
                continue
            return False
        first, second = block.edges, table.edges
        if not sees_edges:
            return not first and not second and len(block.columns) == table.col_count
        if not first or len(first) != len(second):
            return False
        shift = first[0] - second[0]
        return all(abs(a - b - shift) <= _EDGE_TOLERANCE_PT for a, b in zip(first, second, strict=True))
    return False


def find_row_above(table: SourceTable, page: int, progress: Labelling) -> Cell | None:
    """Return a cell of the plan's last row if a table may go on with it: as wide, on the next page, nothing between.

    Without a header such a table may be the plan's own, though its columns are not the same: where a scan shows
    some rules only, or a producer merges cells at the break.
    """
    for block in reversed(progress.blocks):
        if isinstance(block, Fragment):
            is_as_wide = len(block.edges) > 1 and len(table.edges) > 1
            is_as_wide = is_as_wide and abs(_width(block.edges) - _width(table.edges)) <= _SAME_WIDTH_PT
            cells = block.rows[-1].cells if block.rows and block.page < page and is_as_wide else ()
            return next((cell for cell in reversed(cells) if cell is not None and cell.text), None)
        if not (is_page_number(block.raw_text) or is_continuation_mark(block.raw_text)):
            return None
    return None


def _width(edges: tuple[float, ...]) -> float:
    return edges[-1] - edges[0]


def stands_under(table: SourceTable, progress: Labelling) -> bool:
    """Tell whether a table's column lines are the first ones of the fragment before: its last columns are not ruled."""
    before = next((block for block in reversed(progress.blocks) if isinstance(block, Fragment)), None)
    if before is None or not table.edges or len(before.edges) <= len(table.edges):
        return False
    shift = before.edges[0] - table.edges[0]
    pairs = zip(before.edges, table.edges, strict=False)
    return all(abs(a - b - shift) <= _EDGE_TOLERANCE_PT for a, b in pairs)
