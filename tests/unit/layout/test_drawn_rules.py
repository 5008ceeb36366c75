"""Tables drawn with signs on a page: signs that meet at crossings are rules, others are text."""

from __future__ import annotations

from planextract.layout.page_blocks import read_with_grids
from planextract.layout.prepare import prepare_page
from planextract.layout.tables import find_tables
from tests.unit.layout.test_label_columns import make_page, read_cells

_LINES = (
    "┌───┬─────┐",
    "│序号　│工作措施　│",
    "├───┼─────┤",
    "│１　　│完成改──│",
    "│　　　│公里。　　│",
    "└───┴─────┘",
)


def _texts(lines: tuple[str, ...], shift: float = 0.0) -> list[tuple[float, float, str]]:
    """Return the lines letter by letter, 15 pt apart; ``shift`` moves the bars of text lines by turns."""
    out = []
    for row, line in enumerate(lines):
        for place, char in enumerate(line):
            if char != "　":
                off = shift * row if char == "│" and place else 0.0
                out.append((10.0 + 10 * place + off, 100.0 + 15 * row, char))
    return out


def test_signs_that_meet_at_crossings_are_rules() -> None:
    (cells,) = read_cells(make_page(_texts(_LINES), [], []))
    assert cells == {(0, 0): "序号", (0, 1): "工作措施", (1, 0): "１", (1, 1): "完成改──\n公里。"}


def test_signs_are_counted_as_printed_and_left_out_as_marks() -> None:
    page = prepare_page(make_page(_texts(_LINES), [], []))
    reading = read_with_grids(page, find_tables(page))
    assert page.drawn.count("┼") == 1
    assert sorted(reading.printed) == sorted("".join(_LINES).replace("　", ""))


def test_bars_out_of_place_stay_text() -> None:
    page = prepare_page(make_page(_texts(_LINES, shift=4.0), [], []))
    assert not page.drawn
    assert not len(page.horizontals)


def test_a_dash_of_two_signs_is_text() -> None:
    page = prepare_page(make_page([(10.0, 100.0, "北京──中国的首都──是一座古城──")], [], []))
    assert not page.drawn


_PLAIN = (
    "+---+-----+",
    "|序号　|工作措施　|",
    "+---+-----+",
    "|１　　|-｜　　　|",
    "|　　　|改+建　　|",
    "+---+-----+",
)


def test_plus_and_bar_are_rules_too() -> None:
    (cells,) = read_cells(make_page(_texts(_PLAIN), [], []))
    assert cells == {(0, 0): "序号", (0, 1): "工作措施", (1, 0): "１", (1, 1): "-｜\n改+建"}


def test_bars_at_the_ends_of_level_lines_are_crossings() -> None:
    lines = tuple(line.replace("+-", "|-").replace("-+", "-|") for line in _PLAIN)
    (cells,) = read_cells(make_page(_texts(lines), [], []))
    assert cells[1, 1] == "-｜\n改+建"


def test_bars_and_dashes_without_a_raster_are_text() -> None:
    lines = ("电话|传真|邮编---区号", "a|b|c", "2021-2023+2024", "---", "|||")
    page = prepare_page(make_page(_texts(lines), [], []))
    assert not page.drawn
