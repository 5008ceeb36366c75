"""Draw a page with what the reader sees on it: rulings, lattice, cells, lines of text. For people, as PNG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planextract.errors import InputError, OutputError, UsageError
from planextract.layout import steps as layout_steps
from planextract.layout.steps import find_shapes
from planextract.layout.tables import find_tables
from planextract.phrases import Phrase
from planextract.read.detect_format import looks_like_pdf
from planextract.read.pdf.pdfium import open_pdf, read_page

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image, ImageDraw

    from planextract.model.page import Floats, PageArrays

STEPS = tuple(step.name for step in layout_steps.STEPS)
_COLORS = (
    (220, 38, 38),
    (37, 99, 235),
    (22, 163, 74),
    (234, 88, 12),
    (107, 114, 128),
)  # red, blue, green, orange, grey
_PALE = (255, 252, 235)  # behind labels


def draw_page(data: bytes, name: str, page_number: int, steps: tuple[str, ...], target: Path, dpi: int = 110) -> str:
    """Draw one page of a PDF with the chosen steps over it, and write it as PNG.

    Args:
        data: The PDF's bytes.
        name: Its name, for messages.
        page_number: Page from 1.
        steps: Some of :data:`STEPS`, the steps of page geometry by name (``layout/steps.py``).
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
    grids = find_tables(arrays)
    _draw_shapes(picture, arrays, steps, dpi / 72)
    cells = sum(len(grid.spans) for grid in grids)
    return picture, Phrase(
        "page {page}: {characters} characters, {tables} tables, {cells} cells",
        page=page_number,
        characters=len(arrays.codes),
        tables=len(grids),
        cells=cells,
    )


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


def _draw_shapes(picture: Image.Image, arrays: PageArrays, steps: tuple[str, ...], scale: float) -> None:
    from PIL import ImageDraw

    pen = ImageDraw.Draw(picture)
    printed: Floats = arrays.boxes * scale
    for shape in find_shapes(arrays, steps):
        x0, top, x1, bottom = (value * scale for value in shape.box)
        color = _COLORS[shape.color % len(_COLORS)]
        pen.rectangle([x0, top, x1, bottom], outline=color, width=1 if shape.color > 2 else 2)
        if shape.label:
            _write_label(pen, shape.label, (x0, top, x1, bottom), printed, color)


def _write_label(
    pen: ImageDraw.ImageDraw,
    label: str,
    box: tuple[float, float, float, float],
    printed: Floats,
    color: tuple[int, int, int],
) -> None:
    """Write a shape's label on a pale tab, in the first corner of its box where nothing is printed."""
    _, _, width, height = pen.textbbox((0, 0), label)
    x0, top, x1, bottom = box
    corners = [(x, y) for y in (bottom - height - 3, top + 2) for x in (x1 - width - 3, x0 + 3)]
    at = next((corner for corner in corners if not _is_printed_over(corner, width, height, printed)), corners[0])
    pen.rectangle([at[0] - 1, at[1], at[0] + width + 1, at[1] + height], fill=_PALE)
    pen.text(at, label, fill=color)


def _is_printed_over(corner: tuple[float, float], width: float, height: float, printed: Floats) -> bool:
    x, y = corner
    over = (printed[:, 0] < x + width) & (printed[:, 2] > x) & (printed[:, 1] < y + height) & (printed[:, 3] > y)
    return bool(over.any())
