"""OpenDataLoader PDF: a tree of elements with kids, tables as rows of cells with spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planextract.read.flow import Aside, FlowBlock, FlowCell, FlowTable, Paragraph
from planextract.read.parsers.tree import (
    Context,
    Json,
    ParserResult,
    as_dict,
    as_dicts,
    as_floats,
    as_int,
    as_text,
    find_texts,
)
from planextract.read.span_grid import MAX_SPAN

_LISTS = ("kids", "list items", "rows", "cells")
_TEXT = frozenset({"content"})


def is_opendataloader(tree: Json) -> bool:
    """Tell an OpenDataLoader result by its own keys."""
    return isinstance(tree, dict) and "number of pages" in tree and isinstance(tree.get("kids"), list)


def read_opendataloader(tree: Json, context: Context) -> ParserResult:
    """Read a result.

    Raises:
        InputError: If its tables have too many cells.
    """
    root = as_dict(tree)
    result = ParserResult(page_count=as_int(root.get("number of pages"), 0))
    result.printed = [text for _, text in find_texts(root.get("kids"), _TEXT)]
    for item in as_dicts(root.get("kids")):
        result.flow.extend(_read_element(item, context))
    placed = Counter(line for block in result.flow for line in _iter_lines(block))
    for text in result.printed:
        left = [line for line in text.split("\n") if line.strip() and not placed[line]]
        placed.subtract(text.split("\n"))
        if left:  # it stands where no element of the format stands
            result.flow.append(Aside(text="\n".join(left), reason="unplaced"))
    return result


def _iter_lines(block: FlowBlock) -> Iterator[str]:
    if isinstance(block, FlowTable):
        for cell in block.cells:
            for inner in cell.blocks:
                yield from _iter_lines(inner)
    else:
        yield from block.text.split("\n")


def _read_element(item: dict[str, Json], context: Context) -> list[FlowBlock]:
    kind, page = as_text(item.get("type")), as_int(item.get("page number"), 0)
    if kind == "table":
        return _read_table(item, page, context)
    if kind in ("header", "footer"):
        texts = [text for _, text in find_texts(item, _TEXT)]
        return [Aside(text="\n".join(texts), reason="running_head", page=page)] if texts else []
    blocks: list[FlowBlock] = []
    text = as_text(item.get("content"))
    if text.strip():
        is_hidden = item.get("hidden text") is True
        blocks.append(Aside(text=text, reason="hidden", page=page) if is_hidden else Paragraph(text=text, page=page))
    for key in _LISTS:
        for inner in as_dicts(item.get(key)):
            blocks.extend(_read_element(inner, context))
    return blocks


def _read_table(item: dict[str, Json], page: int, context: Context) -> list[FlowBlock]:
    cells: list[FlowCell] = []
    strays: list[FlowBlock] = []
    edges: set[float] = set()
    taken: set[tuple[int, int]] = set()
    for row in as_dicts(item.get("rows")):
        for cell in as_dicts(row.get("cells")):
            top, left = as_int(cell.get("row number"), 1) - 1, as_int(cell.get("column number"), 1) - 1
            height = max(1, min(as_int(cell.get("row span"), 1), MAX_SPAN))
            width = max(1, min(as_int(cell.get("column span"), 1), MAX_SPAN))
            blocks = [block for inner in as_dicts(cell.get("kids")) for block in _read_element(inner, context)]
            context.budget.take(height * width)
            places = {(top + r, left + c) for r in range(height) for c in range(width)}
            if top < 0 or left < 0 or taken & places:
                strays.extend(blocks)
                continue
            taken |= places
            box = as_floats(cell.get("bounding box"))
            edges.update(round(value, 1) for value in box[0::2])
            cells.append(FlowCell(row=top, col=left, row_span=height, col_span=width, blocks=tuple(blocks)))
    if not cells:
        return strays
    rows, cols = max(c.row + c.row_span for c in cells), max(c.col + c.col_span for c in cells)
    context.budget.take(rows * cols - len(taken))
    cells.sort(key=lambda cell: (cell.row, cell.col))
    known = tuple(sorted(edges)) if len(edges) == cols + 1 else ()
    return [*strays, FlowTable(row_count=rows, col_count=cols, cells=tuple(cells), page=page, edges=known)]
