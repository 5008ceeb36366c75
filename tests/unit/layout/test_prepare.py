"""What is drawn on a page against what a table is made of: underlines, strikes, overprint, colored areas, frames."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planextract.layout.lattice import rules_to_grids, strokes_to_rules
from planextract.layout.missing_rules import complete_grid, drop_frames
from planextract.layout.page_blocks import read_with_grids
from planextract.layout.prepare import prepare_page
from planextract.layout.tables import find_tables
from planextract.model.page import PageArrays

Letter = tuple[str, float, float]


def _page(
    letters: list[Letter], xs: list[float], ys: list[float], more: list[list[float]] | None = None, size: float = 10
) -> PageArrays:
    """A page with a full grid at xs × ys, letters of one size at (x, top), and further horizontal strokes."""
    horizontals = [[xs[0], y, xs[-1], y + 0.5] for y in ys] + (more or []) if xs else more or []
    verticals = [[x, ys[0], x + 0.5, ys[-1]] for x in xs]
    return PageArrays(
        page_number=1,
        width=600,
        height=800,
        codes=np.array([ord(c) for c, _, _ in letters], dtype=np.int32),
        boxes=np.array([[x, y, x + size, y + 1.2 * size] for _, x, y in letters], dtype=np.float32).reshape(-1, 4),
        horizontals=np.array(horizontals, dtype=np.float32).reshape(-1, 4),
        verticals=np.array(verticals, dtype=np.float32).reshape(-1, 4),
    )


def _write(text: str, x: float, top: float, size: float = 10) -> list[Letter]:
    return [(char, x + i * size, top) for i, char in enumerate(text)]


_XS, _YS = [50.0, 150.0, 300.0], [100.0, 150.0, 200.0]
_TEXT = [
    *_write("任务", 55, 110),
    *_write("建立工作台账", 155, 105),
    *_write("按月更新", 155, 120),
    *_write("名", 55, 160),
]


def test_an_underline_is_no_row_rule() -> None:
    page = prepare_page(_page(_TEXT, _XS, _YS, [[155, 116.5, 215, 117]]))
    assert len(page.horizontals) == 3 and not len(page.is_struck.nonzero()[0])


def test_a_row_rule_that_ends_at_column_rules_stays() -> None:
    page = prepare_page(_page(_TEXT, _XS, _YS, [[150, 117, 300, 117.5]]))
    assert len(page.horizontals) == 4


def test_a_rule_with_its_fellow_beside_it_stays() -> None:
    """Rules that end short of the column rules are rules: no text is as long as all of them."""
    page = prepare_page(_page(_TEXT, _XS, _YS, [[155, 117, 215, 117.5], [53, 117, 147, 117.5]]))
    assert len(page.horizontals) == 5


def test_struck_text_is_printed_but_not_kept() -> None:
    page = prepare_page(_page(_TEXT, _XS, _YS, [[155, 111, 215, 111.5]]))
    (table,) = read_with_grids(page, find_tables(page)).tables
    cell = next(cell for cell in table.cells if (cell.row, cell.col) == (0, 1))
    assert (cell.raw_text, cell.kept_text, cell.paragraphs) == ("建立工作台账\n按月更新", "按月更新", ("按月更新",))


def test_colored_text_over_other_text_is_taken_out() -> None:
    stamp = _write("样本", 160, 107)
    page = _page([*_TEXT, *stamp], _XS, _YS)
    is_colored = np.array([False] * len(_TEXT) + [True] * len(stamp))
    found = prepare_page(replace(page, is_colored=is_colored))
    assert found.overprint == "样本" and len(found.codes) == len(_TEXT)
    apart = _page([*_TEXT, *_write("样本", 230, 107)], _XS, _YS)
    assert prepare_page(replace(apart, is_colored=is_colored)).overprint == ""


def test_a_shadow_of_the_same_letter_is_no_overprint() -> None:
    page = _page([*_TEXT, *_write("建立工作台账", 156, 105.5)], _XS, _YS)
    is_colored = np.array([False] * len(_TEXT) + [True] * 6)
    assert prepare_page(replace(page, is_colored=is_colored)).overprint == ""


def _tiles(gap: float, colors: list[int]) -> PageArrays:
    letters, fills, shades = [], [], []
    for row in range(3):
        for col in range(3):
            letters += _write("内容", 60 + 100 * col, 105 + 30 * row)
            fills.append([50 + 100 * col, 100 + 30 * row, 150 + 100 * col - gap, 130 + 30 * row - gap])
            shades.append(colors[(row + col) % len(colors)])
    page = _page(letters, [], [0.0])
    return replace(page, fills=np.array(fills, dtype=np.float32), fill_colors=np.array(shades))


def test_tiles_with_gaps_or_of_two_colors_are_a_table() -> None:
    for page in (_tiles(1.0, [0xDDEEFF]), _tiles(0.0, [0xDDEEFF, 0xFFEEDD])):
        (grid,) = find_tables(prepare_page(page))
        assert grid.cell_at.shape == (3, 3)


def test_areas_of_one_color_without_gaps_are_cells_where_each_row_has_its_first_one() -> None:
    page = _tiles(0.0, [0xDDEEFF])
    assert set(prepare_page(page).verticals[:, 0].tolist()) == {50.0, 150.0, 250.0, 350.0}
    keep = (page.boxes[:, 0] > 150) | (page.boxes[:, 1] < 130)  # what the rows below go on with: lines, no rows
    lines = replace(page, codes=page.codes[keep], boxes=page.boxes[keep])
    assert set(prepare_page(lines).verticals[:, 0].tolist()) == {50.0, 350.0}


def test_a_white_row_above_the_first_colored_one_opens_a_page() -> None:
    rows = [0, 1, 2]
    letters = [c for row in rows for col in rows for c in _write("内容", 60 + 100 * col, 105 + 30 * row)]
    fills = [[50 + 100 * col, 130, 150 + 100 * col, 160] for col in rows]
    page = replace(
        _page(letters, [], [0.0]), fills=np.array(fills, dtype=np.float32), fill_colors=np.array([0xDDEEFF] * 3)
    )
    inner = prepare_page(page).verticals
    assert sorted(inner[inner[:, 0] == 150][:, 1].tolist())[0] < 110
    text = _page([*letters, *_write("正文一行", 60, 40), *_write("正文二行", 60, 60)], [], [0.0])
    below = prepare_page(replace(text, fills=page.fills, fill_colors=page.fill_colors)).verticals
    assert below[:, 1].min() >= 130


def test_a_mark_behind_one_line_is_no_rule() -> None:
    page = _page(_TEXT, _XS, _YS)
    marks = np.array([[155, 105, 215, 117], [155, 120, 195, 132], [155, 135, 195, 147]], dtype=np.float32)
    found = prepare_page(replace(page, fills=marks, fill_colors=np.array([0xFFFF00] * 3)))
    assert len(found.horizontals) == 3


def test_a_frame_gives_its_characters_to_the_table_inside() -> None:
    page = _page(_TEXT, _XS, _YS)
    frame_h = [[20, y, 560, y + 0.5] for y in (20.0, 40.0, 780.0)]
    frame_v = [[x, 20, x + 0.5, 780] for x in (20.0, 560.0)]
    page = replace(
        page,
        horizontals=np.concatenate([page.horizontals, np.array(frame_h, dtype=np.float32)]),
        verticals=np.concatenate([page.verticals, np.array(frame_v, dtype=np.float32)]),
    )
    (grid,) = find_tables(page)
    assert grid.xs[0] == 50.25


def test_a_table_inside_a_cell_is_a_part_of_it() -> None:
    outer = [*_write("甲乙丙丁戊己庚辛", 55, 105), *_write("甲乙丙丁戊己庚辛", 55, 160)]
    page = _page([*outer, *_write("一", 165, 110), *_write("二", 205, 110)], _XS, _YS)
    inner_h = [[160, y, 240, y + 0.5] for y in (106.0, 124.0, 140.0)]
    inner_v = [[x, 106, x + 0.5, 140] for x in (160.0, 200.0, 240.0)]
    page = replace(
        page,
        horizontals=np.concatenate([page.horizontals, np.array(inner_h, dtype=np.float32)]),
        verticals=np.concatenate([page.verticals, np.array(inner_v, dtype=np.float32)]),
    )
    grids = rules_to_grids(
        strokes_to_rules(page.horizontals, is_horizontal=True), strokes_to_rules(page.verticals, is_horizontal=False)
    )
    assert len(grids) == 2
    (kept,) = drop_frames(page, grids)
    assert kept.xs[-1] > 290


def _two_rows(gap: float) -> PageArrays:
    letters = [*_write("1", 55, 104), *_write("甲事", 155, 104), *_write("乙事", 155, 116)]
    letters += [*_write("2", 55, 128 + gap), *_write("丙事", 155, 128 + gap)]
    return _page(letters, _XS, [100.0, 142.0 + gap])


def test_two_numbers_in_a_row_are_two_rows() -> None:
    for gap in (0.0, 6.0):
        page = _two_rows(gap)
        (grid,) = rules_to_grids(
            strokes_to_rules(page.horizontals, is_horizontal=True),
            strokes_to_rules(page.verticals, is_horizontal=False),
        )
        full = complete_grid(page, grid)
        assert full.cell_at.tolist() == [[0, 1], [2, 3]] and full.unsure == ()
        assert 126 < full.ys[1] < 131 + gap


def test_a_number_over_two_lines_is_one() -> None:
    letters = [
        *_write("11", 55, 105),
        *_write("甲事", 155, 105),
        *_write("1", 55, 152),
        *_write("2", 55, 164),
        *_write("乙事", 155, 152),
    ]
    page = _page(letters, _XS, _YS)
    (grid,) = rules_to_grids(
        strokes_to_rules(page.horizontals, is_horizontal=True), strokes_to_rules(page.verticals, is_horizontal=False)
    )
    assert complete_grid(page, grid) is grid


def test_a_merged_cell_whose_text_crosses_the_column_line_stays() -> None:
    page = _page([*_write("一、提升城市品质", 110, 105), *_write("1", 55, 160), *_write("甲", 155, 160)], _XS, _YS)
    page = replace(
        page,
        verticals=np.array([[50, 100, 50.5, 200], [150, 150, 150.5, 200], [300, 100, 300.5, 200]], dtype=np.float32),
    )
    (grid,) = find_tables(page)
    assert grid.spans.tolist() == [[0, 0, 1, 2], [1, 0, 1, 1], [1, 1, 1, 1]]


def test_text_on_both_sides_of_the_column_line_is_two_cells() -> None:
    page = _page(
        [*_write("区教委", 55, 105), *_write("区财政局", 155, 105), *_write("1", 55, 160), *_write("甲", 155, 160)],
        _XS,
        _YS,
    )
    page = replace(
        page,
        verticals=np.array([[50, 100, 50.5, 200], [150, 150, 150.5, 200], [300, 100, 300.5, 200]], dtype=np.float32),
    )
    (grid,) = find_tables(page)
    assert grid.cell_at.tolist() == [[0, 1], [2, 3]]


def test_cells_of_bands_are_columns_and_shades_inside_them_are_not() -> None:
    letters, fills, shades = [], [], []
    for row in range(4):
        for col in range(2):
            x0, top = 50.0 + 100 * col, 100.0 + 30 * row
            letters += _write("内容", x0 + 10, top + 5)
            fills += [
                [x0, top, x0 + 100, top + 30],
                [x0 + 5, top, x0 + 95, top + 30],
            ]  # the cell; its paragraph's shade
            shades += [(0xDDEEFF, 0xFFEEDD)[row % 2]] * 2
    page = replace(_page(letters, [], [0.0]), fills=np.array(fills, dtype=np.float32), fill_colors=np.array(shades))
    assert set(prepare_page(page).verticals[:, 0].tolist()) == {50.0, 150.0, 250.0}


def test_a_full_stop_is_struck_with_its_line() -> None:
    page = _page(_TEXT, _XS, _YS, more=[[155, 126.0, 205, 126.5]])
    dot = np.array([[195, 128.5, 205, 130.5]], dtype=np.float32)  # the box of its dot alone, below the line
    page = replace(page, codes=np.append(page.codes, ord("。")), boxes=np.concatenate([page.boxes, dot]))
    found = prepare_page(page)
    assert "".join(map(chr, found.codes[found.is_struck])) == "按月更新。"
