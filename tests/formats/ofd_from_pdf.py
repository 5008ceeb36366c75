"""A PDF's pages as OFD: the same characters and rulings at the same places, for the reader of OFD to find."""

from __future__ import annotations

from xml.sax.saxutils import escape

import numpy as np

from planextract.model.page import PageArrays
from planextract.read.pdf.pdfium import open_pdf, read_page

from .ofd_writer import pack_ofd, wrap_page

_MM = 25.4 / 72
_ASCENT_OF_CENTER = 0.38  # from the middle of a character's box down to its base line, in sizes


def make_ofd_of_pdf(pdf: bytes) -> bytes:
    with open_pdf(pdf, "lab.pdf") as document:
        pages = [_write_page(read_page(document, index, "lab.pdf")) for index in range(len(document))]
    return pack_ofd(pages)


def _write_page(page: PageArrays) -> str:
    parts = []
    for boxes in (page.horizontals, page.verticals):
        for x0, top, x1, bottom in (boxes * _MM).tolist():
            width, height = x1 - x0, bottom - top
            parts.append(
                f'<ofd:PathObject ID="1" Boundary="{x0:.4f} {top:.4f} {width:.4f} {height:.4f}" Stroke="false" Fill="true">'
                f"<ofd:AbbreviatedData>M 0 0 L {width:.4f} 0 L {width:.4f} {height:.4f} L 0 {height:.4f} C</ofd:AbbreviatedData></ofd:PathObject>"
            )
    boxes = page.boxes * _MM
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    height, width = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
    wide = page.codes >= 0x2E80
    sizes = height * float(np.median(width[wide]) / np.median(height[wide])) if wide.any() else height
    moves = (np.abs(np.diff(middle)) > 0.05) | (np.diff(boxes[:, 0]) <= 0) | (np.abs(np.diff(height)) > 0.05)
    breaks = np.flatnonzero(moves) + 1
    for run in np.split(np.arange(len(page.codes)), breaks):
        if len(run):
            parts.append(_write_run(page, boxes[run], run, float(sizes[run[0]])))
    return wrap_page("".join(parts), page.width * _MM, page.height * _MM)


def _write_run(page: PageArrays, boxes: np.ndarray, run: np.ndarray, size: float) -> str:
    base = float((boxes[0, 1] + boxes[0, 3]) / 2) + _ASCENT_OF_CENTER * size
    text = "".join(map(chr, page.codes[run].tolist()))
    steps = " ".join(f"{step:.4f}" for step in np.diff(boxes[:, 0]).tolist())
    delta = f' DeltaX="{steps}"' if steps else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="0 0 {page.width * _MM:.3f} {page.height * _MM:.3f}" Font="1" Size="{size:.4f}">'
        f'<ofd:TextCode X="{boxes[0, 0]:.4f}" Y="{base:.4f}"{delta}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )
