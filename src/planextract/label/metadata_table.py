"""Tables that hold the metadata of a web page (索引号, 发文日期 …): told from those of a plan."""

from __future__ import annotations

from collections.abc import Mapping

from planextract.label.fragments import distinct
from planextract.label.labelling import Labelling
from planextract.model.record import Discard
from planextract.model.source import SourceCell
from planextract.text.characters import fold

_MIN_LABELS = 2


def is_metadata(rows: list[list[SourceCell | None]], labels: Mapping[str, str]) -> bool:
    """Tell whether a table is the metadata block of a web page: half of its rows or more start with such a label."""
    first = [next((cell.raw_text for cell in row if cell is not None and cell.raw_text.strip()), "") for row in rows]
    known = sum(fold(text.strip(" :：")).rstrip(":") in labels for text in first)
    is_one_field = len(rows) == known == 1 and first[0].rstrip().endswith((":", "："))
    return is_one_field or (known >= _MIN_LABELS and 2 * known >= len(rows))


def leave_empty_fields(
    rows: list[list[SourceCell | None]], page: int, progress: Labelling
) -> list[list[SourceCell | None]]:
    """Return the rows of a metadata block without labels that have no value: the next line below is none of theirs."""
    kept: list[list[SourceCell | None]] = []
    for row in rows:
        cells = distinct([row])
        empty = [
            cell
            for cell, behind in zip(cells, [*cells[1:], None], strict=True)
            if cell.raw_text.rstrip().endswith((":", "："))
            and fold(cell.raw_text).rstrip(":") in progress.metadata_labels
            and (behind is None or not behind.raw_text.strip())
        ]
        progress.discards.extend(Discard(page=page, reason="field:metadata", raw_text=cell.raw_text) for cell in empty)
        kept.append([None if cell in empty else cell for cell in row])
    return kept
