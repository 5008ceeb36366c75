"""Draw the rules of a table in one of the ways that producers draw them."""

from __future__ import annotations

import random
from itertools import groupby
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from tests.lab.model import LabTable
from tests.lab.paginate import Part

if TYPE_CHECKING:
    from tests.lab.by_reportlab import Typesetter

Segment = tuple[float, float, float]  # position, start, end


def draw_rules(canvas: Canvas, setter: Typesetter, table: LabTable, parts: list[Part]) -> None:
    """Draw the rules around the parts of cells on one page."""
    style = setter.options.ruling
    flip = setter.height
    canvas.setStrokeColorRGB(0, 0, 0)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setLineWidth({"hairline": 0.1, "color": 0.75}.get(style, 0.5))
    if style == "color":
        canvas.setFillColorRGB(0.88, 0.92, 0.97)
        for part in parts:
            if part.is_header:
                canvas.rect(part.x0, flip - part.bottom, part.x1 - part.x0, part.bottom - part.top, stroke=0, fill=1)
        canvas.setStrokeColorRGB(0.35, 0.45, 0.7)
        canvas.setFillColorRGB(0, 0, 0)
    canvas.setDash([2.0, 1.5] if style == "dashed" else [])
    horizontal, vertical = _find_sides(setter, parts)
    is_open = len(horizontal) < 2 * len(parts)
    if setter.options.lost_rules:
        rng = random.Random(f"rules {setter.plan.seed} {parts[0].key} {len(parts)}")
        horizontal = [side for side in horizontal if rng.random() >= setter.options.lost_rules]
        vertical = [side for side in vertical if rng.random() >= setter.options.lost_rules]
    elif style == "boxes" and not is_open:
        for part in parts:
            canvas.rect(part.x0, flip - part.bottom, part.x1 - part.x0, part.bottom - part.top, stroke=1, fill=0)
        return
    if style not in ("segments", "boxes", "filled"):
        horizontal, vertical = _join_sides(horizontal), _join_sides(vertical)
    for y, x0, x1 in horizontal:
        _draw_side(canvas, style, (x0, flip - y, x1, flip - y))
    for x, top, bottom in vertical:
        _draw_side(canvas, style, (x, flip - top, x, flip - bottom))
    canvas.setDash([])


def _find_sides(setter: Typesetter, parts: list[Part]) -> tuple[list[Segment], list[Segment]]:
    edge = setter.options.edge
    horizontal: list[Segment] = []
    vertical: list[Segment] = []
    first = min(part.top for part in parts)
    for part in parts:
        if not (part.is_cut_top and edge == "open_both" and part.top == first):
            horizontal.append((part.top, part.x0, part.x1))
        if not (part.is_cut_bottom and edge != "closed"):
            horizontal.append((part.bottom, part.x0, part.x1))
        vertical += [(part.x0, part.top, part.bottom), (part.x1, part.top, part.bottom)]
    return horizontal, vertical


def _join_sides(sides: list[Segment]) -> list[Segment]:
    """Make long lines of sides that touch."""
    joined: list[Segment] = []
    for position, group in groupby(sorted(sides), key=lambda side: round(side[0], 2)):
        start = end = None
        for _, low, high in group:
            if end is not None and low <= end + 0.01:
                end = max(end, high)
                continue
            if start is not None:
                joined.append((position, start, end))
            start, end = low, high
        joined.append((position, start, end))
    return joined


def _draw_side(canvas: Canvas, style: str, line: tuple[float, float, float, float]) -> None:
    x0, y0, x1, y1 = line
    if style == "filled":
        canvas.rect(min(x0, x1) - 0.24, min(y0, y1) - 0.24, abs(x1 - x0) + 0.48, abs(y1 - y0) + 0.48, stroke=0, fill=1)
    elif style == "double":
        dx, dy = (0.0, 0.75) if y0 == y1 else (0.75, 0.0)
        canvas.line(x0 - dx, y0 - dy, x1 - dx, y1 - dy)
        canvas.line(x0 + dx, y0 + dy, x1 + dx, y1 + dy)
    else:
        canvas.line(x0, y0, x1, y1)
