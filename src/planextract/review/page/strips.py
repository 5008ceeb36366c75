"""What the page shows of the paper: a part of a page with boxes, or lines, or a table where there is no picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planextract.model.result import ResultCell
from planextract.model.source import BBox
from planextract.review.page.grid import Grid, make_grids
from planextract.review.page.pictures import PrintedLine
from planextract.review.page.session import Session
from planextract.review.page.workspace import ReviewedDocument

_MARGIN_PT = 16.0
_STRIP_PT = 330.0
_SEAM_PT = 190.0
_MIN_STRIP_PT = 110.0
_MIN_SHAPE = 0.42  # height by width: what stands around a place helps to find it on paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box drawn on a page, in points; ``look`` is ``own``, ``doubt`` or ``near``."""

    x: float
    y: float
    width: float
    height: float
    look: str
    cell_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A part of a page: ``view`` is the part shown as an SVG view box; ``lines`` instead where there is no picture."""

    page: int
    source: str = ""
    width: float = 0.0
    height: float = 0.0
    view: str = ""
    boxes: tuple[Box, ...] = ()
    lines: tuple[PrintedLine, ...] = ()
    grids: tuple[Grid, ...] = ()


def make_strips(
    session: Session,
    document: ReviewedDocument,
    cells: Sequence[ResultCell],
    doubtful: set[str],
    *,
    look: str = "own",
    part: str = "all",
) -> tuple[Strip, ...]:
    """Return the places of some cells, one strip a page."""
    by_page: dict[int, list[ResultCell]] = {}
    for cell in cells:
        by_page.setdefault(cell.page, []).append(cell)
    strips = []
    for page, own in sorted(by_page.items()):
        boxed = [(cell, cell.bbox) for cell in own if cell.bbox is not None]
        size = session.pictures.size(*document.locate(page)) if boxed else None
        if size is None:
            marked = sorted({cell.line for cell in own if cell.line is not None})
            lines = session.inputs.lines(*document.locate(page)[:2], marked)
            strips.append(Strip(page=page, lines=lines, grids=() if lines else make_grids(document, own, doubtful)))
            continue
        boxes = tuple(
            Box(
                x=b.x0,
                y=b.top,
                width=b.x1 - b.x0,
                height=b.bottom - b.top,
                cell_id=cell.cell_id,
                look="doubt" if cell.cell_id in doubtful else look,
            )
            for cell, b in boxed
        )
        view = _choose_view([box for _, box in boxed], size, part)
        strips.append(
            Strip(
                page=page,
                source=f"/page/{document.doc_id}/{page}.webp",
                width=size[0],
                height=size[1],
                view=view,
                boxes=boxes,
            )
        )
    return tuple(strips)


def show_whole_page(session: Session, document: ReviewedDocument, page: int) -> tuple[Strip, ...]:
    """Return a whole page; empty where there is no picture of it."""
    size = session.pictures.size(*document.locate(page))
    if size is None:
        return ()
    view = f"0 0 {size[0]:.1f} {size[1]:.1f}"
    return (Strip(page=page, source=f"/page/{document.doc_id}/{page}.webp", width=size[0], height=size[1], view=view),)


def _choose_view(boxes: Sequence[BBox], size: tuple[float, float], part: str) -> str:
    width, height = size
    top, bottom = min(b.top for b in boxes), max(b.bottom for b in boxes)
    left, right = min(b.x0 for b in boxes) - _MARGIN_PT, max(b.x1 for b in boxes) + _MARGIN_PT
    if part == "bottom":
        top, bottom = max(top, bottom - _SEAM_PT), bottom + 2 * _MARGIN_PT
    elif part == "top":
        top, bottom = top - 3 * _MARGIN_PT, min(bottom, top + _SEAM_PT)
    else:
        bottom = min(bottom, top + _STRIP_PT * 2)
    top, bottom = top - _MARGIN_PT, bottom + _MARGIN_PT
    missing = max(_MIN_STRIP_PT, _MIN_SHAPE * (right - left)) - (bottom - top)
    if missing > 0:
        top, bottom = top - missing / 2, bottom + missing / 2
    top, bottom, left, right = max(0.0, top), min(height, bottom), max(0.0, left), min(width, right)
    return f"{left:.1f} {top:.1f} {max(1.0, right - left):.1f} {max(1.0, bottom - top):.1f}"
