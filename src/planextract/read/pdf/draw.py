"""Draw a page with what the reader sees on it: rulings, lattice, cells, lines of text. For people, as PNG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planextract.errors import InputError, OutputError, UsageError
from planextract.layout.lattice import Grid, cell_box, merge_rulings
from planextract.layout.lines import assign_all, make_lines
from planextract.layout.tables import find_tables
from planextract.model.page import PageArrays
from planextract.phrases import Phrase
from planextract.read.detect_format import looks_like_pdf
from planextract.read.pdf.pdfium import open_pdf, read_page

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image, ImageDraw

STEPS = ("rulings", "lattice", "cells", "lines", "characters")
_RED, _BLUE, _GREEN, _ORANGE, _GREY = (220, 38, 38), (37, 99, 235), (22, 163, 74), (234, 88, 12), (107, 114, 128)


def draw_page(data: bytes, name: str, page_number: int, steps: tuple[str, ...], target: Path, dpi: int = 110) -> str:
    """Draw one page of a PDF with the chosen steps over it, and write it as PNG.

    Args:
        data: The PDF's bytes.
        name: Its name, for messages.
        page_number: Page from 1.
        steps: Some of :data:`STEPS`: ``rulings`` as drawn, ``lattice`` of merged rules, ``cells`` with their grid
            position, ``lines`` of text, ``characters``.
        target: PNG file to write.
        dpi: Resolution.

    Returns:
        One line that says what was found.

    Raises:
        UsageError: If the file has no such page.
        InputError: If the file cannot be read.
    """
    picture, found = paint_page(data, name, page_number, steps, dpi)
    _save(picture, target)
    return found


def check_steps(steps: Sequence[str]) -> tuple[str, ...]:
    """Return the steps as given.

    Raises:
        UsageError: If one of them is not in :data:`STEPS`.
    """
    for step in steps:
        if step not in STEPS:
            raise UsageError(
                "show.no_such_step",
                Phrase("there is no step '{step}'", step=step),
                advice=Phrase("Steps are {steps}.", steps=", ".join(STEPS)),
            )
    return tuple(steps)


def paint_page(
    data: bytes, name: str, page_number: int, steps: tuple[str, ...], dpi: int
) -> tuple[Image.Image, Phrase]:
    """Return the picture of :func:`draw_page`, and one line that says what was found."""
    from PIL import ImageDraw

    if not looks_like_pdf(data):
        raise InputError("show.no_pdf", "only pages of a PDF can be drawn", file=name)
    with open_pdf(data, name) as document:
        if not 1 <= page_number <= len(document):
            raise UsageError(
                "show.no_such_page",
                Phrase("there is no page {page_number}", page_number=page_number),
                file=name,
                advice=Phrase("The document has {count} pages.", count=len(document)),
            )
        arrays = read_page(document, page_number - 1, name)
        page = document[page_number - 1]
        try:
            picture = page.render(scale=dpi / 72).to_pil().convert("RGB")
            own_turns = page.get_rotation() // 90
        finally:
            page.close()
    picture = picture.rotate(-90 * ((arrays.quarter_turns - own_turns) % 4), expand=True)
    horizontal = merge_rulings(arrays.horizontals, is_horizontal=True)
    vertical = merge_rulings(arrays.verticals, is_horizontal=False)
    grids = find_tables(arrays)
    pen = ImageDraw.Draw(picture)
    scale = dpi / 72
    if "rulings" in steps:
        for boxes, color in ((arrays.horizontals, _RED), (arrays.verticals, _BLUE)):
            for box in boxes.tolist():
                pen.rectangle([value * scale for value in box], outline=color, width=2)
    if "lattice" in steps:
        for y, x0, x1 in zip(horizontal.position, horizontal.start, horizontal.end, strict=True):
            pen.line([x0 * scale, y * scale, x1 * scale, y * scale], fill=_RED, width=2)
        for x, y0, y1 in zip(vertical.position, vertical.start, vertical.end, strict=True):
            pen.line([x * scale, y0 * scale, x * scale, y1 * scale], fill=_BLUE, width=2)
    if "cells" in steps:
        for grid in grids:
            _draw_cells(pen, grid, scale)
    _draw_text(pen, arrays, grids, steps, scale)
    cells = sum(len(grid.spans) for grid in grids)
    return picture, Phrase(
        "page {page}: {characters} characters, {tables} tables, {cells} cells",
        page=page_number,
        characters=len(arrays.codes),
        tables=len(grids),
        cells=cells,
    )


def _draw_cells(pen: ImageDraw.ImageDraw, grid: Grid, scale: float) -> None:
    for number, (row, col, row_span, col_span) in enumerate(grid.spans.tolist()):
        x0, top, x1, bottom = cell_box(grid, number)
        inset = min(2.0, (x1 - x0) * scale / 4, (bottom - top) * scale / 4)  # a sliver is drawn too
        box = [x0 * scale + inset, top * scale + inset, x1 * scale - inset, bottom * scale - inset]
        pen.rectangle(box, outline=_GREEN, width=2)
        label = f"{row},{col}" + (f" {row_span}x{col_span}" if row_span * col_span > 1 else "")
        pen.text((x0 * scale + 4, top * scale + 3), label, fill=_GREEN)


def _draw_text(
    pen: ImageDraw.ImageDraw, arrays: PageArrays, grids: tuple[Grid, ...], steps: tuple[str, ...], scale: float
) -> None:
    if "lines" in steps:
        cell, _ = assign_all(arrays, grids)
        lines = make_lines(arrays, cell)
        for box, number in zip(lines.boxes.tolist(), lines.cell.tolist(), strict=True):
            pen.rectangle([value * scale for value in box], outline=_ORANGE if number >= 0 else _GREY)
    if "characters" in steps:
        for box in arrays.boxes.tolist():
            pen.rectangle([value * scale for value in box], outline=_GREY)


def _save(picture: Image.Image, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        picture.save(target, format="PNG")
    except OSError as exc:
        raise OutputError(
            "write.failed",
            Phrase("the picture cannot be written: {reason}", reason=exc.strerror or exc),
            file=str(target),
            advice="Choose another file with -o.",
        ) from exc
