"""pdfplumber and camelot as second readers: their own characters and table finders, our blocks.

They are slow (10 to 70 times pdfium here), so they are asked only where a page's self-checks raise doubt, or
for every page with ``--verify``. Both are noisy about fonts; that noise is kept from the user's terminal.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from planextract.detect.cell_boxes import make_grid
from planextract.detect.lattice import Grid
from planextract.errors import InputError
from planextract.model.page import Floats, PageArrays
from planextract.model.source import BBox, SourceCell, SourceTable
from planextract.read.pdf.page_reading import PageReading, read_with_grids

_QUIET = ("pdfminer", "camelot", "pdfplumber", "playa")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep a library's warnings from the terminal."""
    loggers = [logging.getLogger(name) for name in _QUIET]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def read_page_pdfplumber(data: bytes, index: int, name: str) -> PageReading:
    """Read one page with pdfplumber: its characters, its table finder.

    Raises:
        InputError: If pdfplumber cannot read the page.
    """
    import pdfplumber

    with _quiet():
        try:
            with pdfplumber.open(io.BytesIO(data)) as document:
                page = document.pages[index]
                arrays = _arrays_of(page, index + 1)
                grids = [_grid_of(table.cells) for table in page.find_tables()]
        except Exception as exc:
            raise _cannot_read("pdfplumber", exc, name, index) from exc
    return read_with_grids(arrays, tuple(grid for grid in grids if grid is not None))


def _cannot_read(reader: str, exc: Exception, name: str, index: int) -> InputError:
    cause = f"{reader} cannot read the page: {type(exc).__name__}: {' '.join(str(exc).split())[:120]}"
    return InputError("read.second_reader", cause, file=name, page=index + 1, advice="Use --reader pdfium.")


def _arrays_of(page: Any, page_number: int) -> PageArrays:  # noqa: ANN401  (pdfplumber has no types)
    """Turn pdfplumber's characters into arrays; a ligature's text counts as several characters in one box."""
    codes: list[int] = []
    boxes: list[tuple[float, float, float, float]] = []
    left, top = page.bbox[0], page.bbox[1]
    for char in page.chars:
        for part in char["text"]:
            if not part.isspace():
                codes.append(ord(part))
                boxes.append((char["x0"] - left, char["top"] - top, char["x1"] - left, char["bottom"] - top))
    nothing = np.empty((0, 4), dtype=np.float32)
    return PageArrays(
        page_number=page_number, width=float(page.width), height=float(page.height),
        codes=np.array(codes, dtype=np.int32), boxes=np.array(boxes, dtype=np.float32).reshape(-1, 4),
        horizontals=nothing, verticals=nothing,
    )  # fmt: skip


def _grid_of(cells: Sequence[tuple[float, float, float, float]]) -> Grid | None:
    boxes: Floats = np.array(cells, dtype=np.float32).reshape(-1, 4)
    return make_grid(boxes)


def read_tables_camelot(data: bytes, index: int, name: str) -> tuple[SourceTable, ...]:
    """Read the ruled tables of one page with camelot (flavour lattice); it gives no text outside tables.

    Raises:
        InputError: If camelot cannot read the page.
    """
    import camelot

    with _quiet():
        try:
            found = camelot.read_pdf(  # type: ignore[attr-defined]
                data, pages=str(index + 1), flavor="lattice", suppress_stdout=True
            )
        except Exception as exc:
            raise _cannot_read("camelot", exc, name, index) from exc
    return tuple(table for item in found if (table := _camelot_table(item, index + 1)) is not None)


def _camelot_table(found: Any, page_number: int) -> SourceTable | None:  # noqa: ANN401
    """Merge camelot's positions into cells: positions without a line between them are one."""
    rows, cols = len(found.cells), len(found.cells[0]) if found.cells else 0
    taken: set[tuple[int, int]] = set()
    cells: list[SourceCell] = []
    for row in range(rows):
        for col in range(cols):
            if (row, col) in taken:
                continue
            right, low = col + 1, row + 1
            while right < cols and not found.cells[row][right].left and not found.cells[row][right - 1].right:
                right += 1
            while low < rows and not found.cells[low][col].top and not found.cells[low - 1][col].bottom:
                low += 1
            positions = [(r, c) for r in range(row, low) for c in range(col, right) if (r, c) not in taken]
            taken.update(positions)
            texts = [found.cells[r][c].text.strip() for r, c in positions]
            cells.append(
                SourceCell(
                    row=row, col=col, row_span=low - row, col_span=right - col,
                    raw_text="\n".join(text for text in texts if text),
                )
            )  # fmt: skip
    if not cells:
        return None
    x0, bottom, x1, top = found._bbox
    height = float(found.pdf_size[1]) if getattr(found, "pdf_size", None) else bottom
    box = BBox(x0=float(x0), top=max(0.0, height - float(top)), x1=float(x1), bottom=max(0.0, height - float(bottom)))
    return SourceTable(page=page_number, row_count=rows, col_count=cols, cells=tuple(cells), has_spans=True, bbox=box)
