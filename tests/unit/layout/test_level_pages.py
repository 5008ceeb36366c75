"""A table of level rules that goes on: its columns are those of the page before."""

from __future__ import annotations

from planextract.layout.prepare import prepare_page
from planextract.layout.tables import find_tables
from planextract.model.page import PageArrays
from tests.unit.layout.test_label_columns import make_page

_COLUMNS = (12.0, 52.0, 152.0)
_LINES = ["推进老旧小区综合", "整治"]


def _page(ys: tuple[float, ...], columns: tuple[float, ...] = _COLUMNS) -> PageArrays:
    """Rows between level rules: a number, a name and a text of two lines each."""
    texts = []
    for number, y in enumerate(ys[:-1], start=1):
        texts += [(columns[0], y + 5, str(number)), (columns[1], y + 5, "完成改造工程")]
        texts += [(columns[2], y + 5 + 12 * i, line) for i, line in enumerate(_LINES)]
    return prepare_page(make_page(texts, [(y, 10.0, 300.0) for y in ys], []))


def test_one_row_is_read_by_the_columns_of_the_page_before() -> None:
    earlier = find_tables(_page((100.0, 140.0, 180.0, 220.0)))
    page = _page((50.0, 90.0))
    assert len(find_tables(page)[0].ys) == 3, "its lines alone are two rows"
    (grid,) = find_tables(page, earlier=earlier)
    assert grid.cell_at.tolist() == [[0, 1, 2]]
    assert grid.xs.tolist() == earlier[0].xs.tolist()


def test_text_across_those_columns_is_no_row() -> None:
    earlier = find_tables(_page((100.0, 140.0, 180.0, 220.0)))
    page = _page((50.0, 90.0), (12.0, 110.0, 190.0))
    assert find_tables(page, earlier=earlier)[0].xs.tolist() == find_tables(page)[0].xs.tolist()


def test_a_header_wrapped_in_a_narrow_first_column_is_a_row() -> None:
    texts = [(12.0, 105.0, "序"), (12.0, 117.0, "号"), (52.0, 105.0, "工作任务"), (152.0, 105.0, "主要措施")]
    texts += [(12.0, 145.0, "1"), (52.0, 145.0, "完成改造工程")]
    texts += [(152.0, 145.0 + 12 * i, line) for i, line in enumerate(_LINES)]
    (grid,) = find_tables(prepare_page(make_page(texts, [(y, 10.0, 300.0) for y in (100.0, 140.0, 180.0)], [])))
    assert grid.cell_at.shape == (2, 3)


def test_a_narrow_gap_below_wide_room_in_the_header_parts_columns() -> None:
    texts = [(12.0, 105.0, "序号"), (52.0, 105.0, "措施"), (154.0, 105.0, "时限")]
    for y, number in ((130.0, "1"), (160.0, "2")):
        texts += [(12.0, y, number), (52.0, y, "推进老旧小区综合整治"), (52.0, y + 12, "工程"), (154.0, y, "年底前")]
    (grid,) = find_tables(prepare_page(make_page(texts, [(y, 10.0, 300.0) for y in (100.0, 125.0, 155.0, 185.0)], [])))
    assert grid.cell_at.shape == (3, 3)


def test_room_below_no_label_parts_nothing() -> None:
    texts = [(12.0, 105.0, "序号"), (52.0, 105.0, "措施"), (200.0, 105.0, "时限")]
    for y, number in ((130.0, "1"), (160.0, "2")):
        texts += [
            (12.0, y, number),
            (52.0, y, "推进改造"),
            (93.8, y, "工程整治"),
            (52.0, y + 12, "工程"),
            (200.0, y, "年底前"),
        ]
    (grid,) = find_tables(prepare_page(make_page(texts, [(y, 10.0, 300.0) for y in (100.0, 125.0, 155.0, 185.0)], [])))
    assert grid.cell_at.shape == (3, 3)


def test_a_cut_row_wider_than_the_rows_above_finds_its_columns() -> None:
    texts = [(12.0, 105.0, "序号"), (52.0, 105.0, "措施"), (202.0, 105.0, "时限")]
    for y, number in ((130.0, "1"), (160.0, "2")):
        texts += [(12.0, y, number), (52.0, y, "推进"), (52.0, y + 12, "工程"), (202.0, y, "年底前")]
    texts += [(12.0, 190.0, "3"), (52.0, 190.0, "推进老旧小区综合整治工程改造"), (202.0, 190.0, "年底前")]
    (grid,) = find_tables(prepare_page(make_page(texts, [(y, 10.0, 300.0) for y in (100.0, 125.0, 155.0, 185.0)], [])))
    assert grid.cell_at.shape == (4, 3) and grid.is_open[1]
