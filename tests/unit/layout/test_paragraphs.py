"""Lines of a cell → paragraphs, by room, indent and distance."""

from __future__ import annotations

import pytest

from planextract.layout.paragraphs import CellLines, find_edges, read_cell

EM = 10.0
X0, X1 = 0.0, 126.0  # rules of the column: 12 characters between paddings of 3 pt


def lay_out(*lines: tuple[str, float, float], em: float = EM) -> CellLines:
    """Lines as (text, indent in characters, top)."""
    boxes = []
    for text, indent, top in lines:
        left = X0 + 3 + indent * em
        width = sum(0.5 if char.isascii() else 1.0 for char in text) * em
        boxes.append([left, top, left + width, top + em])
    return CellLines(texts=[text for text, _, _ in lines], boxes=boxes, em=[em] * len(lines))


def read(*lines: tuple[str, float, float]):
    cell = lay_out(*lines)
    indexes = list(range(len(lines)))
    edges = find_edges([[0, 0, 1, 1]], [indexes], cell, [X0, X1])
    return read_cell(indexes, cell, edges[0, 1])


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        pytest.param(
            [("一二三四五六七八九十一二", 0, 0), ("三四五。", 0, 14), ("六七八。", 0, 28)],
            2,
            id="short line, then a new one",
        ),
        pytest.param([("一二三四五六七八九十一。", 0, 0), ("三四五。", 0, 14)], 1, id="full line that ends a sentence"),
        pytest.param(
            [("一二三四五六七八九十。", 0, 0), ("三，四五。", 0, 14)], 1, id="the next character brings its comma"
        ),
        pytest.param(
            [("一二三四五六七八。", 0, 0), ("（12）建账。", 0, 14)], 1, id="the next bracket and number do not fit"
        ),
        pytest.param([("一二三四五六七八九十一。", 0, 0), ("三四五六七。", 2, 14)], 2, id="indented"),
        pytest.param(
            [
                ("一二三四五六七八九十一二", 0, 0),
                ("三四五六七八九十一二三四", 0, 14),
                ("一二三四五六七八九十一。", 0, 28),
                ("六七八九。", 0, 49),
            ],
            2,
            id="farther below",
        ),
        pytest.param([("一二三四五", 0, 0), ("六七八九。", 0, 14)], 1, id="short but unfinished"),
    ],
)
def test_paragraphs(lines, paragraphs):
    # A long column: other lines say how far apart lines usually are.
    assert len(read(*lines).paragraphs) == paragraphs


def test_room_and_indent_of_a_cell_that_a_page_cut():
    cell = read(("一二三四五六七八九十", 2, 0), ("三四五六七八九", 0, 14))
    assert cell.is_indented
    assert cell.room == pytest.approx(5, abs=0.1)


def test_an_empty_cell_says_nothing():
    cell = read_cell([], lay_out(), None)
    assert (cell.raw_text, cell.paragraphs, cell.room, cell.is_indented) == ("", (), None, None)
