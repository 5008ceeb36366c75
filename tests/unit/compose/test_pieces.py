"""Cut cells: their text, what they print, and where in the print a part of the text stands."""

from __future__ import annotations

import pytest

from planextract.compose.pieces import join_pieces, join_raw
from planextract.model.record import Repair
from planextract.model.table import Cell, Piece


def cell(raw_text: str, text: str, *, is_edited: bool = False) -> Cell:
    edit = Repair(stage="decisions", rule="edit_cell", before="", after=text)
    return Cell(
        cell_id="c", page=1, table_no=1, row=1, col=1, row_span=1, col_span=1, column="measure", raw_text=raw_text, text=text,
        edits=(edit,) if is_edited else (), line=None, bbox=None, confidence=1.0,
    )  # fmt: skip


def piece(of: Cell, start: int = 0, end: int | None = None, *, opens: bool = False) -> Piece:
    return Piece(cell=of, start=start, end=len(of.text) if end is None else end, opens_paragraph=opens)


def test_pieces_follow_each_other_a_paragraph_on_a_line_of_its_own() -> None:
    first, second = cell("种树。", "种树。"), cell("修路。", "修路。")
    assert join_pieces([piece(first), piece(second)]) == "种树。修路。"
    assert join_pieces([piece(first, opens=True), piece(second, opens=True)]) == "种树。\n修路。"
    assert join_pieces([piece(first, 0, 0), piece(second, opens=True)]) == "修路。"
    assert join_raw([piece(first), piece(second)]) == "种树。\n修路。"


@pytest.mark.parametrize(
    ("start", "end", "raw"),
    [(0, 4, " 种 树<br>修 路 "), (0, 2, "种 树"), (2, 4, "<br>修 路"), (1, 3, "树<br>修"), (3, 4, "路"), (0, 0, "")],
)
def test_a_part_of_a_cell_prints_what_stands_between_its_characters(start: int, end: int, raw: str) -> None:
    assert join_raw([piece(cell(" 种 树<br>修 路 ", "种树修路"), start, end)]) == raw


def test_white_space_of_the_text_is_no_character_of_the_print() -> None:
    assert join_raw([piece(cell("种树修路", "种树\n修路"), 3, 5)]) == "修路"
    assert join_raw([piece(cell("种树修路", "种树\n修路"), 0, 3)]) == "种树"


def test_an_edited_text_is_aligned_with_its_print_by_what_they_share() -> None:
    edited = cell("种树三百棵，修路两里。", "种树三千棵，修路五里。", is_edited=True)
    assert join_raw([piece(edited, 0, 6)]) == "种树三百棵，"
    assert join_raw([piece(edited, 6, 11)]) == "修路两里。"
    assert join_raw([piece(edited, 0, 3)]) == "种树三"
    shorter = cell("种树百棵修路", "种树修路", is_edited=True)
    assert join_raw([piece(shorter, 0, 2)]) == "种树"
    assert join_raw([piece(shorter, 2, 4)]) == "百棵修路"
