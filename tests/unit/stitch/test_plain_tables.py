"""Tables of any kind, whole over their pages."""

from __future__ import annotations

from pathlib import Path

import pytest

import planextract
from planextract.model.source import SourceBlock, SourceCell, SourceTable, SourceText
from planextract.stitch.plain_tables import _glue, join_tables
from tests.lab.by_reportlab import find_fonts
from tests.lab.constructs.by_reportlab import print_reportlab
from tests.lab.constructs.registry import make_variant

_EDGES = (50.0, 150.0, 250.0, 400.0)
_HEADER = ["Country", "Capital", "Motto"]


def _table(page: int, *rows: list[str], edges: tuple[float, ...] = _EDGES, is_open: bool = False) -> SourceTable:
    cells = [SourceCell(row=r, col=c, raw_text=text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    width = len(rows[0])
    return SourceTable(
        page=page,
        row_count=len(rows),
        col_count=width,
        cells=tuple(cells),
        has_spans=True,
        edges=edges[: width + 1],
        open_columns=((is_open,) * width, (is_open,) * width),
    )


def _text(page: int, text: str) -> SourceText:
    return SourceText(page=page, raw_text=text)


def _first() -> SourceTable:
    return _table(1, _HEADER, ["Finland", "Helsinki", "none"], ["Malta", "Valletta", "Virtute"])


def test_a_repeated_header_is_left_out() -> None:
    blocks: list[SourceBlock] = [_text(1, "Table 1 Countries"), _first(), _text(1, "- 1 -")]
    (table,) = join_tables([*blocks, _table(2, _HEADER, ["Spain", "Madrid", "Plus ultra"])])
    assert (table.pages, table.header_rows, table.repeated_headers) == ((1, 2), 1, 1)
    assert [row[0] for row in table.grid] == ["Country", "Finland", "Malta", "Spain"]
    assert table.caption == "Table 1 Countries"


def test_a_page_without_header_goes_on_in_the_same_column_lines() -> None:
    (table,) = join_tables([_first(), _table(2, ["Spain", "Madrid", "Plus ultra"])])
    assert table.row_count == 4
    moved = _table(2, ["Spain", "Madrid", "Plus ultra"], edges=(50.0, 190.0, 290.0, 400.0))
    assert len(join_tables([_first(), moved])) == 2


@pytest.mark.parametrize("between", ["Table 2 Rivers", "A sentence that stands between the two tables."])
def test_text_between_parts_tables(between: str) -> None:
    assert len(join_tables([_first(), _text(2, between), _table(2, ["Rhine", "1230", "km"])])) == 2


@pytest.mark.parametrize("between", ["Table 1 (continued)", "Table 1. Cont.", "表1（续）", "Page 2 of 9", "continued"])
def test_a_line_that_says_so_joins_tables(between: str) -> None:
    assert len(join_tables([_first(), _text(2, between), _table(2, ["Spain", "Madrid", "Plus ultra"])])) == 1


@pytest.mark.parametrize(
    ("caption", "again"),
    [
        ("Table 3. Countries", "Table 3. Countries (continued)"),
        ("Table 3. Countries", "Table 3. Countries, cont."),
        ("表2 各国情况", "续表2 各国情况"),
        ("附表2：各国情况", "附表2：各国情况（续表）"),
    ],
)
def test_a_caption_that_says_so_joins_tables_and_another_one_does_not(caption: str, again: str) -> None:
    rest = _table(2, ["Spain", "Madrid", "Plus ultra"])
    assert len(join_tables([_text(1, caption), _first(), _text(2, again), rest])) == 1
    assert (
        len(join_tables([_text(1, caption.replace("3", "1")), _first(), _text(2, "Table 9. Rivers (continued)"), rest]))
        == 2
    )


def test_a_first_row_that_is_printed_again_is_a_header() -> None:
    years = ["Country", "2019", "2021"]
    first = _table(1, years, ["Finland", "3", "4"])
    (table,) = join_tables([first, _table(2, years, ["Malta", "5", "6"])])
    assert (table.header_rows, table.repeated_headers, table.row_count) == (1, 1, 3)


def test_years_in_a_row_are_labels() -> None:
    (table,) = join_tables([_table(1, ["Country", "2019", "2020"], ["Finland", "3", "4"])])
    assert table.header_rows == 1
    (table,) = join_tables([_table(1, ["Finland", "2019", "2019"], ["Malta", "3", "4"])])
    assert table.header_rows == 0


def test_a_header_alone_at_the_foot_belongs_to_the_next_page() -> None:
    alone = _table(1, _HEADER)
    for rows in ([["Malta", "Valletta", "x"]], [_HEADER, ["Malta", "Valletta", "x"]]):
        (table,) = join_tables([alone, _table(2, *rows)])
        assert (table.header_rows, table.row_count) == (1, 2)


def test_another_label_is_no_header_again() -> None:
    labels = ["Country", "Sector", "Area", "Share"]
    edges = (50.0, 150.0, 250.0, 350.0, 400.0)
    first = _table(1, labels, ["Malta", "Energy", "5", "7"], ["Spain", "Water", "6", "8"], edges=edges)
    other = _table(
        2, ["Country", "Remarks", "Area", "Share"], ["Malta", "n/a", "5", "7"], ["Spain", "-", "6", "8"], edges=edges
    )
    assert len(join_tables([first, other])) == 2


def test_lines_that_stand_on_every_page_part_nothing_but_captions_do() -> None:
    head, caption = "Journal of Countries 2023, 11, 1321", "Table A. Countries"
    second = _table(2, _HEADER, ["Spain", "Madrid", "Plus ultra"])
    assert len(join_tables([_text(1, head), _first(), _text(2, head), second])) == 1
    assert len(join_tables([_text(1, caption), _first(), _text(2, caption), second])) == 2


def test_words_of_a_table_given_a_second_time_part_nothing() -> None:
    again = [_text(2, "Spain"), _text(2, "Madrid")]
    assert len(join_tables([_first(), *again, _table(2, ["Spain", "Madrid", "Plus ultra"])])) == 1


def test_a_header_whose_cells_were_divided_otherwise_is_printed_again() -> None:
    wide = ["Country", "Capital", "Motto", "Area", "People"]
    first = _table(1, wide, ["Malta", "Valletta", "Virtute", "316 km2", "519,562"], edges=())
    second = _table(
        2, ["Country", "Capital", "Area", "People"], ["Spain", "Madrid", "505,994 km2", "48 million"], edges=()
    )
    (table,) = join_tables([first, second])
    assert (table.row_count, table.col_count, table.repeated_headers) == (3, 5, 1)


@pytest.mark.parametrize(
    ("row", "count"),
    [
        pytest.param(["Spain", "505,994 km2", "48 million", "4"], 1, id="a row of data"),
        pytest.param(["Spain", "505,994 km2", "48 million", "4", "5"], 1, id="two columns more"),
        pytest.param(["Spain", "505,994 km2", "48 million", "4", "5", "6"], 2, id="three columns more"),
        pytest.param(["River", "Mouth", "Source", "Length"], 2, id="other labels"),
        pytest.param(["A note that stands below the table."], 2, id="a note"),
    ],
)
def test_where_column_lines_are_not_known_a_column_more_goes_on_only_without_labels(row: list[str], count: int) -> None:
    first = _table(1, _HEADER, ["Malta", "Valletta", "Virtute"], edges=())
    assert len(join_tables([first, _table(2, row, row, edges=())])) == count


def test_another_header_or_a_page_in_between_parts_tables() -> None:
    other = _table(2, ["River", "Length", "Unit"], ["Rhine", "1230", "km"], edges=(50.0, 120.0, 300.0, 400.0))
    assert len(join_tables([_first(), other])) == 2
    assert len(join_tables([_first(), _table(4, _HEADER, ["Spain", "Madrid", "Plus ultra"])])) == 2


def test_the_rest_of_a_cut_row_goes_to_the_row_above() -> None:
    first = _table(1, _HEADER, ["Malta", "Valletta", "Virtute et"], is_open=True)
    (table,) = join_tables([first, _table(2, ["", "", "constantia"], ["Spain", "Madrid", "Plus"], is_open=True)])
    assert table.grid[1:] == [["Malta", "Valletta", "Virtute et constantia"], ["Spain", "Madrid", "Plus"]]


def test_pages_without_their_last_columns_have_them_blank() -> None:
    (table,) = join_tables([_first(), _table(2, ["Spain", "Madrid"])])
    assert table.grid[-1] == ["Spain", "Madrid", ""]


@pytest.mark.skipif(not find_fonts(), reason="the fonts are not installed")
def test_a_printed_plan_is_one_table(tmp_path: Path) -> None:
    variant = make_variant("reprinted", 3)
    (tmp_path / "a.pdf").write_bytes(print_reportlab(variant))
    (table,) = planextract.read_tables(tmp_path / "a.pdf")
    assert table.pages == (1, 2) and len(table.frame.columns) == 6
    assert all(box[0] in (1, 2) for cell in table.cells for box in cell.boxes)


_FIGURES = [["Region", "Units"], ["North", "12"], ["South", "40"]]


def _figures(page: int, *rows: list[str]) -> SourceTable:
    return _table(page, *rows, edges=(50.0, 150.0, 250.0))


def test_a_note_below_a_table_parts_nothing() -> None:
    blocks = [_figures(1, *_FIGURES), _text(1, "注：数据截至年底。"), _figures(2, ["East", "7"], ["West", "9"])]
    (table,) = join_tables(blocks)
    assert table.row_count == 5


def test_labels_above_figures_begin_another_table() -> None:
    other = _figures(2, ["Sector", "Share"], ["Energy", "30%"], ["Water", "12.5%"])
    assert len(join_tables([_figures(1, *_FIGURES), other])) == 2
    words = _figures(2, ["Sector", "Status"], ["Energy", "open"], ["Water", "closed"])
    assert len(join_tables([_figures(1, *_FIGURES), words])) == 2


def test_a_page_may_print_a_column_more() -> None:
    more = _table(2, ["East", "7", "late"], ["West", "9", ""], edges=(50.0, 150.0, 250.0, 300.0))
    (table,) = join_tables([_figures(1, *_FIGURES), more])
    assert (table.row_count, table.col_count) == (5, 3)


def test_the_rest_of_a_row_below_a_repeated_header_is_put_to_it() -> None:
    after = _table(2, _HEADER, ["", "", "and plus ultra"], ["Spain", "Madrid", "none"])
    (table,) = join_tables([_first(), after])
    assert [row[2] for row in table.grid] == ["Motto", "none", "Virtute and plus ultra", "none"]


@pytest.mark.parametrize(
    ("before", "after", "glued"),
    [
        ("ab", "cd", "ab cd"),
        ("甲", "cd", "甲cd"),
        ("ab", "乙", "ab乙"),
        ("甲", "乙", "甲乙"),
        ("", "cd", "cd"),
        ("ab", "", "ab"),
    ],
)
def test_words_of_a_cut_cell_are_parted_by_a_space_but_in_chinese(before: str, after: str, glued: str) -> None:
    assert _glue(before, after) == glued


def _rows(*, last: str, first: list[str], is_open: bool = False, **more: bool) -> int:
    before = _table(1, _HEADER, ["Finland", "Helsinki", last], is_open=is_open)
    (table,) = join_tables([before, _table(2, first, is_open=more.get("is_open_above", is_open))])
    return table.row_count


def test_the_first_row_of_a_page_is_the_rest_of_the_last_where_its_first_cell_is_blank_and_a_text_goes_on() -> None:
    assert _rows(last="none and", first=["", "", "more."]) == 2
    assert _rows(last="无。", first=["", "", "more."]) == 3
    assert _rows(last="无。", first=["", "", "more."], is_open=True) == 2
    assert _rows(last="无。", first=["", "", "more."], is_open=True, is_open_above=False) == 3
    assert _rows(last="none and", first=["Spain", "", "more."]) == 3
    assert _rows(last="none and", first=["", "", ""]) == 3
    assert _rows(last="", first=["", "", "more."]) == 3
