"""Packed cells are the cells of a tuple: by place, by slice, stored, pickled."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from planextract.model.source import SourceCell, SourceDocument, SourceTable
from planextract.read.sheet_cells import PackedCells, PackedRow
from planextract.read.stored import decode_source, encode_source

ROWS = (PackedRow(3, ("甲", None, " 乙\n丙。\n")), PackedRow(4, (None, None, "")))
CELLS = PackedCells(ROWS, {(0, 0): (2, 2)})


def test_cells_are_made_when_asked_for():
    first = SourceCell(row=0, col=0, raw_text="甲", paragraphs=("甲",), row_span=2, col_span=2, line=3)
    second = SourceCell(row=0, col=2, raw_text="乙\n丙。", paragraphs=("乙丙。",), line=3)
    third = SourceCell(row=1, col=2, raw_text="", paragraphs=(), line=4)
    assert tuple(CELLS) == (first, second, third)
    assert [CELLS[i] for i in (0, 1, 2, -1, -3)] == [first, second, third, third, first]
    assert CELLS[1:] == (second, third)
    assert len(CELLS) == 3
    assert (first, second, third) == CELLS
    assert hash(CELLS) == hash((first, second, third))
    for index in (3, -4):
        with pytest.raises(IndexError):
            CELLS[index]
    assert PackedCells(ROWS, {}) != CELLS


def test_cells_are_stored_and_pickled():
    table = SourceTable(page=1, row_count=2, col_count=3, cells=CELLS, has_spans=True)
    assert pickle.loads(pickle.dumps(table)) == table
    source = SourceDocument(
        doc_id="0" * 16,
        source_path="a",
        media_type="x",
        reader="xlsx",
        page_count=1,
        blocks=(table,),
        printed="甲乙丙。",
    )
    again = decode_source(encode_source(source, "1"), lambda _: "1")
    assert again == source
    assert replace(table, page=2) != table
