"""Anchors find their rows again, whatever is moved, and never a wrong one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planextract.correct.anchors import RowIndex
from planextract.model.decision import AnchorCell

TEXTS = st.sampled_from(
    ["", "", "—", "年底前", "区教委", "开展专项检查行动，整治突出问题。", "推进改造工程建设，完成年度任务。"]
)
PAGE = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5)
PAGES = st.lists(PAGE, min_size=1, max_size=5)


def make(pages):
    """Cells of tables, one a page; ``cell_id`` says which page and row it was, wherever it stands now."""
    return [
        AnchorCell(cell_id=f"{name}/{row}/{col}", table_no=table, row=row, col=col, column=f"c{col}", raw_text=text)
        for table, (name, rows) in enumerate(pages, start=1)
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
    ]


@given(PAGES)
def test_every_row_and_cell_finds_itself(pages):
    cells = make(enumerate(pages))
    index = RowIndex(cells)
    for row in index.rows:
        assert index.find_row(index.anchor_row(row), follows=True) == row
        for cell in row.cells:
            assert index.find_cell(index.anchor_cell(cell.cell_id)) == cell


@given(PAGES, st.randoms(use_true_random=False))
def test_moved_pages_are_found_or_not_but_never_mistaken(pages, chance):
    named = list(enumerate(pages))
    index = RowIndex(make(named))
    chance.shuffle(named)
    moved = RowIndex(make(named))
    for row in index.rows:
        found = moved.find_row(index.anchor_row(row))
        assert found is None or [c.raw_text for c in found.cells] == [c.raw_text for c in row.cells]
        if len([r for r in index.rows if r.key == row.key]) == 1:
            assert found is not None
            assert found.cells[0].cell_id == row.cells[0].cell_id
        for cell in row.cells:
            twin = moved.find_cell(index.anchor_cell(cell.cell_id))
            assert twin is None or (twin.raw_text, twin.column) == (cell.raw_text, cell.column)


@given(PAGES)
def test_white_space_does_not_matter(pages):
    index = RowIndex(make(enumerate(pages)))
    spaced = RowIndex(make(enumerate([[tuple(" ".join(t) + "\n" for t in row) for row in page] for page in pages])))
    assert [row.key for row in spaced.rows] == [row.key for row in index.rows]
