"""GriTS: how alike are two tables as grids, by the layout of their cells (Top) and by their text (Con)?

References:
    Smock, Pesala, Abraham: GriTS: Grid Table Similarity Metric for Table Structure Recognition, ICDAR 2023.
    The factored alignment of rows and columns is theirs; tests compare with numbers of their own package.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from planextract.score.rates import Rate
from planextract.score.tables import GridTable

_Grid = NDArray[np.float64]
_BLOCK = 4_000_000  # rewards held at once


def measure_grits_con(wanted: GridTable, found: GridTable) -> Rate:
    """Return the GriTS_Con counts: a pair of grid positions earns the LCS similarity of their texts, 0 to 1."""
    texts, numbers = _number_texts(wanted, found)
    similarity = cdist(texts, texts, scorer=Indel.normalized_similarity, dtype=np.float64)
    return _score_grids(similarity, *numbers)


def measure_grits_top(wanted: GridTable, found: GridTable) -> Rate:
    """Return the GriTS_Top counts: a pair of grid positions earns the overlap of their cells' relative spans.

    The relative span of a position is the cell that covers it, seen from there; the overlap is intersection
    over union, 0 to 1. Positions that no cell covers count as single cells.
    """
    spans: dict[tuple[int, int, int, int], int] = {}
    numbers = tuple(
        np.array(
            [[spans.setdefault(span, len(spans)) for span in row] for row in _relative_spans(table)], dtype=np.intp
        )
        for table in (wanted, found)
    )
    boxes = np.array(list(spans), dtype=np.float64).reshape(-1, 4)
    ends = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    starts = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    overlap = np.prod(np.clip(ends - starts, 0, None), axis=2)
    areas = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    return _score_grids(overlap / (areas[:, None] + areas[None, :] - overlap), *numbers)


def _number_texts(*tables: GridTable) -> tuple[list[str], list[NDArray[np.intp]]]:
    """Return the different texts and, by table, rows × columns of their numbers."""
    known: dict[str, int] = {}
    grids = []
    for table in tables:
        texts = [[""] * table.col_count for _ in range(table.row_count)]
        for cell in table.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for col in range(cell.col, cell.col + cell.col_span):
                    texts[row][col] = cell.text
        grids.append(np.array([[known.setdefault(text, len(known)) for text in row] for row in texts], dtype=np.intp))
    return list(known), grids


def _relative_spans(table: GridTable) -> list[list[tuple[int, int, int, int]]]:
    spans = [[(0, 0, 1, 1)] * table.col_count for _ in range(table.row_count)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                left, top = cell.col - col, cell.row - row
                spans[row][col] = (left, top, left + cell.col_span, top + cell.row_span)
    return spans


def _score_grids(similarity: _Grid, wanted: NDArray[np.intp], found: NDArray[np.intp]) -> Rate:
    """Align rows and columns, each with the other free inside, and add up the rewards of the aligned positions."""
    if not wanted.size or not found.size:
        return Rate(right=0.0, wanted=wanted.size, found=found.size)
    rows = _align(_score_lines(similarity, wanted, found))
    columns = _align(_score_lines(similarity, wanted.T, found.T))
    if not rows or not columns:
        return Rate(right=0.0, wanted=wanted.size, found=found.size)
    wanted_rows, found_rows = zip(*rows, strict=True)
    wanted_columns, found_columns = zip(*columns, strict=True)
    first = wanted[np.ix_(wanted_rows, wanted_columns)]
    second = found[np.ix_(found_rows, found_columns)]
    return Rate(right=float(similarity[first, second].sum()), wanted=wanted.size, found=found.size)


def _score_lines(similarity: _Grid, wanted: NDArray[np.intp], found: NDArray[np.intp]) -> _Grid:
    """Return the best alignment score of each wanted line with each found line: one step for all pairs at once."""
    out = np.zeros((len(wanted), len(found)))
    step = max(1, _BLOCK // max(1, found.size))
    for start in range(0, len(wanted), step):
        block = wanted[start : start + step]
        before = np.zeros((found.shape[1] + 1, len(block), len(found)))
        for i in range(block.shape[1]):
            current = np.zeros_like(before)
            for j in range(found.shape[1]):
                reward = similarity[block[:, i][:, None], found[:, j][None, :]]
                current[j + 1] = np.maximum(np.maximum(before[j] + reward, before[j + 1]), current[j])
            before = current
        out[start : start + step] = before[-1]
    return out


def _align(scores: _Grid) -> Sequence[tuple[int, int]]:
    """Return the order-preserving alignment with the largest sum; a pair is preferred to a skip."""
    height, width = scores.shape
    best = np.zeros((height + 1, width + 1))
    for i in range(height):
        diagonal = best[i, :-1] + scores[i]
        upper = np.maximum(diagonal, best[i, 1:])
        best[i + 1, 1:] = np.maximum.accumulate(upper)
    pairs = []
    i, j = height, width
    while i and j:
        if best[i - 1, j - 1] + scores[i - 1, j - 1] == best[i, j]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif best[i - 1, j] == best[i, j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]
