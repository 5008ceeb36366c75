"""Lines that run out of an open cell at the foot of a page stay in it; other text below a table does not go in."""

import numpy as np
import pytest

from planextract.layout.page_blocks import read_with_grids
from planextract.layout.tables import find_tables
from planextract.model.page import PageArrays

_EM, _PITCH = 10.0, 14.0


def make_page(lines, bottoms):
    """A table of two columns (100–300, 300–500) from 100 to 200, cut at 200; ``lines`` are (text, x, top).

    ``bottoms`` are the columns with a rule at the end.
    """
    codes, boxes = [], []
    for text, x, top in lines:
        for place, char in enumerate(text):
            codes.append(ord(char))
            boxes.append((x + place * _EM, top, x + (place + 1) * _EM, top + _EM))
    across = [(100.0, y, 500.0, y + 0.5) for y in (100.0, 150.0)]
    across += [(100.0 + 200 * col, 200.0, 300.0 + 200 * col, 200.5) for col in bottoms]
    down = [(x, 100.0, x + 0.5, 200.5) for x in (100.0, 300.0, 500.0)]
    arrays = [np.array(part, dtype=np.float32).reshape(-1, 4) for part in (boxes, across, down)]
    return PageArrays(
        page_number=1,
        width=600.0,
        height=400.0,
        codes=np.array(codes, dtype=np.int32),
        boxes=arrays[0],
        horizontals=arrays[1],
        verticals=arrays[2],
    )


def read_cells(lines, bottoms=(0,)):
    page = make_page([("序号", 110, 120), ("单位", 310, 120), *lines], bottoms)
    (table,) = read_with_grids(page, find_tables(page)).tables
    return {(cell.row, cell.col): cell.raw_text for cell in table.cells}


_BODIES = [("区教委", 310, 160), ("区科委", 310, 174), ("区民委", 310, 188)]


def test_lines_at_the_pitch_of_an_open_cell_belong_to_it():
    found = read_cells([("一", 110, 160), *_BODIES, ("区水务局", 310, 202), ("区体育局", 310, 216)])
    assert found[1, 1].split() == ["区教委", "区科委", "区民委", "区水务局", "区体育局"]
    assert found[1, 0] == "一"


@pytest.mark.parametrize(
    ("lines", "bottoms"),
    [
        pytest.param([*_BODIES, ("第三页", 310, 240)], (0,), id="far below"),
        pytest.param([*_BODIES, ("区水务局", 310, 202)], (0, 1), id="under a rule"),
        pytest.param([*_BODIES, ("注：以上单位按职责分工负责落实各项任务要求", 210, 202)], (0,), id="over two columns"),
        pytest.param([*_BODIES, ("说明", 250, 202), ("如下", 310, 202)], (0,), id="text beside it"),
        pytest.param([("区教委", 310, 155), ("区水务局", 310, 202)], (0,), id="the cell's text ends higher up"),
    ],
)
def test_other_text_below_the_table_stays_outside(lines, bottoms):
    found = read_cells([("一", 110, 160), *lines], bottoms)
    inside = [text for text, _, top in lines if top < 200]
    assert found[1, 1].split() == inside
