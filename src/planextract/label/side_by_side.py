"""Two tables side by side under one header that is printed twice → the left one, then the right one.

序号 | 任务 | 责任单位 |  | 序号 | 任务 | 责任单位
1    | 绿化 | 区园林局 |  | 11   | 养老 | 区民政局
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, takewhile

from planextract.label.headers import find_role
from planextract.model.source import SourceCell, SourceTable
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import without_spaces

_LOOKED_AT = 4  # rows in which the header may stand
_MIN_LABELS = 3


def part_side_by_side(table: SourceTable, vocabulary: ColumnVocabulary) -> tuple[SourceTable, ...]:
    """Return the two tables that a table is, one after the other; any other table alone.

    Args:
        table: A table as printed.
        vocabulary: Tells which labels are known.
    """
    top = [cell for cell in takewhile(lambda c: c.row < _LOOKED_AT, table.cells) if cell.raw_text.strip()]
    for row, cells in groupby(top, key=lambda cell: cell.row):
        header = list(cells)
        labels = [without_spaces(cell.raw_text) for cell in header]
        half = len(labels) // 2
        is_twice = half >= _MIN_LABELS and labels[:half] == labels[half:] and len(set(labels)) == half
        if is_twice and sum(find_role(label, vocabulary) is not None for label in labels[:half]) >= _MIN_LABELS:
            middle = header[half].col
            is_crossed = any(c.col < middle < c.col + c.col_span for c in table.cells if c.row >= row)
            return (table,) if is_crossed else _part(table, row, middle)
    return (table,)


def _part(table: SourceTable, row: int, middle: int) -> tuple[SourceTable, ...]:
    """Part a table before a column; what stands above the header stays with the left half."""
    left, right = list[SourceCell](), list[SourceCell]()
    for cell in table.cells:
        if cell.col < middle or cell.row < row:
            col = min(cell.col, middle - 1)
            left.append(replace(cell, col=col, col_span=min(cell.col_span, middle - col)))
        else:
            right.append(replace(cell, row=cell.row - row, col=cell.col - middle))
    own = replace(table, edges=(), open_columns=((), ()), row_scores=())
    return (
        replace(own, cells=tuple(left), col_count=middle),
        replace(own, cells=tuple(right), col_count=table.col_count - middle, row_count=table.row_count - row),
    )
