"""Which lines of a cell are one paragraph, by where they end, where the next one starts and how far it is below.

A finished line ends a paragraph if the next one is indented or stands farther below than lines usually do, or if
what the next one begins with would still have fitted behind it: then it was not broken for want of room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Floats
from planextract.text.line_breaks import count_units, fits_behind
from planextract.text.sentences import is_finished

_HANGING = frozenset("，。、；：,.;:")  # some producers let these stand out beyond the right edge
_INDENT_EM = GEOMETRY.paragraphs.indent_em
_LONG = GEOMETRY.paragraphs.long
_MIN_STEPS = GEOMETRY.paragraphs.min_steps
_SPACED = GEOMETRY.paragraphs.spaced


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLines:
    """The lines of one table as plain lists: texts, boxes (x0, top, x1, bottom) and character heights."""

    texts: list[str]
    boxes: list[list[float]]
    em: list[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Where the text of a column starts and ends, and the usual distance of its lines, in points."""

    left: float
    right: float
    pitch: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CellText:
    """A cell's text: lines as printed, paragraphs, and what stitching asks of a cell that a page cut.

    ``room`` is how many characters would still fit behind the last line, ``is_indented`` tells whether the first
    line starts to the right of the column's; both None for an empty cell.
    """

    raw_text: str = ""
    paragraphs: tuple[str, ...] = ()
    room: float | None = None
    is_indented: bool | None = None


def find_edges(
    spans: list[list[int]], by_cell: list[list[int]], lines: CellLines, xs: list[float]
) -> dict[tuple[int, int], Edges]:
    """Measure the text edges of each column, by (col, col_span).

    Args:
        spans: row, col, row_span, col_span of each cell.
        by_cell: Line indexes of each cell, from top to bottom.
        lines: The table's lines.
        xs: x of the column lines.
    """
    columns: dict[tuple[int, int], list[int]] = {}
    pitches: dict[int, list[float]] = {}
    for (_, col, _, col_span), indexes in zip(spans, by_cell, strict=True):
        columns.setdefault((col, col_span), []).extend(indexes)
        steps = pitches.setdefault(col, [])
        steps += [lines.boxes[b][1] - lines.boxes[a][1] for a, b in pairwise(indexes)]
    # Where paragraphs are spaced, so are the agencies of a list: the column of running text says what is usual.
    pitch = min((median(steps) for steps in pitches.values() if len(steps) >= _MIN_STEPS), default=0.0)
    pitch = pitch or min((min(steps) for steps in pitches.values() if steps), default=0.0)
    lefts = {key: min(lines.boxes[i][0] for i in indexes) for key, indexes in columns.items() if indexes}
    usual = min((max(left - xs[col], 0.0) for (col, _), left in lefts.items()), default=0.0)
    edges = {}
    for (col, span), found in lefts.items():
        indexes = columns[col, span]
        # A column that holds nothing but first lines starts where the others do: at the same distance of its rule.
        left = (
            min(found, xs[col] + usual) if len(indexes) > 1 or count_units(lines.texts[indexes[0]]) > _LONG else found
        )
        reach = find_reach(lines.texts, lines.boxes, indexes)
        pad = max(left - xs[col], 0.0)
        edges[col, span] = Edges(left=left, right=max(reach, xs[col + span] - pad), pitch=pitch)
    return edges


def find_reach(texts: Sequence[str], boxes: Sequence[Sequence[float]] | Floats, indexes: Sequence[int]) -> float:
    """Return the x that lines reach on the right; marks that hang out behind it are not counted.

    Args:
        texts: The text of each line.
        boxes: x0, top, x1, bottom of each line.
        indexes: The lines to look at; at least one.
    """
    plain = [i for i in indexes if texts[i][-1:] not in _HANGING] or indexes
    return max(float(boxes[i][2]) for i in plain)


def read_cell(indexes: list[int], lines: CellLines, edges: Edges | None) -> CellText:
    """Return the text of a cell from its lines, top to bottom."""
    if not indexes or edges is None:
        return CellText()
    paragraphs = [lines.texts[indexes[0]]]
    for before, index in pairwise(indexes):
        if _ends_paragraph(lines, before, index, edges):
            paragraphs.append(lines.texts[index])
        else:
            paragraphs[-1] += glue(paragraphs[-1], lines.texts[index])
    first, last = indexes[0], indexes[-1]
    return CellText(
        raw_text="\n".join(lines.texts[i] for i in indexes),
        paragraphs=tuple(paragraphs),
        room=(edges.right - lines.boxes[last][2]) / _unit(lines, last),
        is_indented=lines.boxes[first][0] > edges.left + _INDENT_EM * lines.em[first] * 0.75,
    )


def _ends_paragraph(lines: CellLines, before: int, after: int, edges: Edges) -> bool:
    text = lines.texts[before]
    if not is_finished(text) and not text.endswith(("：", ":")):
        return False
    if lines.boxes[after][0] > edges.left + _INDENT_EM * lines.em[before] * 0.75:
        return True
    if lines.boxes[after][1] - lines.boxes[before][1] > _SPACED * edges.pitch:
        return True
    room = (edges.right - lines.boxes[before][2]) / _unit(lines, after)
    return fits_behind(lines.texts[after], room)


def _unit(lines: CellLines, index: int) -> float:
    """Return the width of a full-width character of a line."""
    box = lines.boxes[index]
    return max((box[2] - box[0]) / max(count_units(lines.texts[index]), 0.5), 1.0)


def glue(before: str, after: str) -> str:
    """Return the second of two lines of one paragraph, with a space in front between Latin words."""
    is_latin = before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() and after[:1].isalpha()
    return (" " if is_latin else "") + after
