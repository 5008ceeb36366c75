"""pdfplumber and camelot as second readers: their own characters and table finders, our blocks.

They are slow (10 to 70 times pdfium here), so they are asked only where a page's self-checks raise doubt, or
for every page with ``--verify``. Both are noisy about fonts; that noise is kept from the user's terminal.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from planextract.errors import InputError
from planextract.layout.cell_boxes import make_grid
from planextract.layout.lattice import Grid
from planextract.layout.page_blocks import PageReading, read_with_grids
from planextract.model.page import PageArrays
from planextract.model.source import BBox, SourceCell, SourceTable
from planextract.phrases import Phrase
from planextract.read.pdf.installed import INSTALL_READERS

_QUIET = ("pdfminer", "camelot", "pdfplumber", "playa")


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerTables:
    """What a second reader found on a page: its tables with their own texts, and the grids they stand on."""

    tables: tuple[SourceTable, ...]
    grids: tuple[Grid, ...]
    reading: PageReading | None = None


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


class PeerReaders:
    """The second readers of one document; nothing is opened or imported before a page is asked for."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name = data, name
        self._plumber: Any = None

    def close(self) -> None:
        """Close what was opened."""
        if self._plumber is not None:
            with suppress(Exception):
                self._plumber.close()

    def read(self, reader: str, index: int, turns: int) -> PeerTables:
        """Read one page.

        Args:
            reader: ``pdfplumber`` or ``camelot``.
            index: Page from 0.
            turns: Quarter turns at which pdfium found the page's text upright.

        Raises:
            InputError: If that library cannot read the page, or would read its text sideways.
        """
        with _quiet():
            try:
                page = self._open_page(index)
                self._check_direction(page, reader, index, turns)
                found = self._read_plumber(page, index) if reader == "pdfplumber" else self._read_camelot(index)
                page.close()
            except InputError:
                raise
            except Exception as exc:
                reason = Phrase(
                    "{reader} cannot read the page: {kind}: {reason}",
                    reader=reader,
                    kind=type(exc).__name__,
                    reason=" ".join(str(exc).split())[:120],
                )
                raise self._refuse(index, reason) from exc
        return found

    def _open_page(self, index: int) -> Any:  # noqa: ANN401  (pdfplumber has no types)
        try:
            import pdfplumber
        except ImportError as exc:
            raise self._refuse_missing(index, "pdfplumber") from exc
        if self._plumber is None:
            self._plumber = pdfplumber.open(io.BytesIO(self._data))
        return self._plumber.pages[index]

    def _check_direction(self, page: Any, reader: str, index: int, turns: int) -> None:  # noqa: ANN401
        if page.rotation // 90 % 4 != turns:
            raise self._refuse(index, Phrase("{reader} cannot read text that is turned on its page", reader=reader))

    def _refuse(self, index: int, cause: str) -> InputError:
        return InputError("read.second_reader", cause, file=self._name, page=index + 1, advice="Use --reader pdfium.")

    def _refuse_missing(self, index: int, reader: str) -> InputError:
        cause = Phrase("{reader} is not installed: {install_readers}", reader=reader, install_readers=INSTALL_READERS)
        return self._refuse(index, cause)

    def _read_plumber(self, page: Any, index: int) -> PeerTables:  # noqa: ANN401
        grids = [make_grid(np.array(table.cells, dtype=np.float32).reshape(-1, 4)) for table in page.find_tables()]
        kept = tuple(grid for grid in grids if grid is not None)
        reading = read_with_grids(_arrays_of(page, index + 1), kept)
        return PeerTables(tables=reading.tables, grids=kept, reading=reading)

    def _read_camelot(self, index: int) -> PeerTables:
        """Read the ruled tables of a page with camelot (flavour lattice); it gives no text outside tables."""
        try:
            import camelot
        except ImportError as exc:
            raise self._refuse_missing(index, "camelot") from exc
        found = camelot.read_pdf(  # type: ignore[attr-defined]
            self._data, pages=str(index + 1), flavor="lattice", suppress_stdout=True
        )
        pairs = [pair for item in found if (pair := _camelot_table(item, index + 1)) is not None]
        return PeerTables(
            tables=tuple(table for table, _ in pairs), grids=tuple(grid for _, grid in pairs if grid is not None)
        )


def _arrays_of(page: Any, page_number: int) -> PageArrays:  # noqa: ANN401
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
        page_number=page_number,
        width=float(page.width),
        height=float(page.height),
        codes=np.array(codes, dtype=np.int32),
        boxes=np.array(boxes, dtype=np.float32).reshape(-1, 4),
        horizontals=nothing,
        verticals=nothing,
    )


def _camelot_table(found: Any, page_number: int) -> tuple[SourceTable, Grid | None] | None:  # noqa: ANN401
    """Merge camelot's positions into cells: positions without a line between them are one."""
    rows, cols = len(found.cells), len(found.cells[0]) if found.cells else 0
    height = float(found.pdf_size[1])
    taken: set[tuple[int, int]] = set()
    cells: list[SourceCell] = []
    boxes: list[tuple[float, float, float, float]] = []
    for row in range(rows):
        for col in range(cols):
            if (row, col) in taken:
                continue
            low, right = _find_extent(found.cells, row, col)
            positions = [(r, c) for r in range(row, low) for c in range(col, right) if (r, c) not in taken]
            taken.update(positions)
            texts = [found.cells[r][c].text.strip() for r, c in positions]
            first, last = found.cells[row][col], found.cells[low - 1][right - 1]
            boxes.append((first.x1, height - first.y2, last.x2, height - last.y1))
            cells.append(
                SourceCell(
                    row=row,
                    col=col,
                    row_span=low - row,
                    col_span=right - col,
                    raw_text="\n".join(text for text in texts if text),
                )
            )
    if not cells:
        return None
    edges = np.array(boxes, dtype=np.float32)
    box = BBox(
        x0=float(edges[:, 0].min()),
        top=float(edges[:, 1].min()),
        x1=float(edges[:, 2].max()),
        bottom=float(edges[:, 3].max()),
    )
    table = SourceTable(page=page_number, row_count=rows, col_count=cols, cells=tuple(cells), has_spans=True, bbox=box)
    return table, make_grid(edges)


def _find_extent(cells: Any, row: int, col: int) -> tuple[int, int]:  # noqa: ANN401
    """Return the row below and the column behind the cell that starts at a position."""
    low, right = row + 1, col + 1
    while right < len(cells[0]) and not cells[row][right].left and not cells[row][right - 1].right:
        right += 1
    while low < len(cells) and not cells[low][col].top and not cells[low - 1][col].bottom:
        low += 1
    return low, right
