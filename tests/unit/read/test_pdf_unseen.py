"""What a PDF holds and nobody sees, and what is seen though a reader's library leaves it out."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from planextract.model.page import PageArrays
from planextract.read.pdf.pdfium import read_pages
from planextract.settings import Settings


def _read(canvas: Canvas, buffer: io.BytesIO) -> PageArrays:
    canvas.save()
    return next(read_pages(buffer.getvalue(), "x.pdf", 1, Settings().read))


def _open() -> tuple[Canvas, io.BytesIO]:
    buffer = io.BytesIO()
    return Canvas(buffer, invariant=1), buffer


def _text(page: PageArrays) -> str:
    return "".join(map(chr, page.codes))


def test_a_hyphen_at_a_line_end_is_read() -> None:
    canvas, buffer = _open()
    canvas.drawString(50, 700, "from 2023-")
    canvas.drawString(50, 686, "2025 inter-")
    canvas.drawString(50, 672, "national")
    assert _text(_read(canvas, buffer)) == "from2023-2025inter-national"


def test_text_below_a_white_patch_is_hidden_and_noted() -> None:
    canvas, buffer = _open()
    canvas.drawString(50, 700, "old")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(45, 690, 60, 25, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(50, 700, "new")
    page = _read(canvas, buffer)
    assert (_text(page), page.hidden, len(page.patched)) == ("new", "old", 1)


def test_blackened_text_is_unknown_and_goes_nowhere() -> None:
    canvas, buffer = _open()
    canvas.drawString(50, 700, "abc")
    canvas.rect(45, 690, 60, 25, stroke=0, fill=1)
    page = _read(canvas, buffer)
    assert (_text(page), page.hidden) == ("\ufffd" * 3, "")


def test_an_area_below_text_or_that_lets_it_through_covers_nothing() -> None:
    canvas, buffer = _open()
    canvas.setFillGray(0.9)
    canvas.rect(45, 690, 60, 25, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(50, 700, "abc")
    canvas.setFillAlpha(0.4)
    canvas.rect(45, 690, 60, 25, stroke=0, fill=1)
    page = _read(canvas, buffer)
    assert (_text(page), page.hidden, len(page.patched)) == ("abc", "", 0)


def test_letters_too_small_to_be_read_are_hidden() -> None:
    canvas, buffer = _open()
    canvas.drawString(50, 700, "plain")
    canvas.setFont("Helvetica", 0.5)
    canvas.drawString(80, 700, "tiny")
    page = _read(canvas, buffer)
    assert (_text(page), page.hidden) == ("plain", "tiny")
