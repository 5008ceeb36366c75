"""Tables printed right below each other are told by their column lines."""

from __future__ import annotations

from tests.unit.layout.test_label_columns import make_page, read_cells

_TALL = (100.0, 130.0, 160.0, 190.0)
_LOW = (190.0, 220.0, 250.0)


def _two_tables(lower: tuple[float, ...], texts: list[tuple[float, float, str]] | None = None) -> list[dict]:
    """Three rows of the columns 10, 60, 200, 300, and two rows of others right below."""
    upper = (10.0, 60.0, 200.0, 300.0)
    texts = texts or [(x + 5, y + 10, "甲") for y in _TALL[:-1] for x in upper[:-1]]
    texts += [(x + 5, y + 10, "乙") for y in _LOW[:-1] for x in lower[:-1]]
    rules = [(y, 10.0, 300.0) for y in _TALL] + [(y, lower[0], lower[-1]) for y in _LOW[1:]]
    sides = [(x, 100.0, 190.0) for x in upper] + [(x, 190.0, 250.0) for x in lower]
    return read_cells(make_page(texts, rules, sides))


def test_other_columns_are_another_table() -> None:
    first, second = _two_tables((10.0, 110.0, 240.0, 300.0))
    assert max(first) == (2, 2)
    assert second == {(row, col): "乙" for row in range(2) for col in range(3)}


def test_a_narrow_table_below_has_its_own_width() -> None:
    first, second = _two_tables((10.0, 90.0, 150.0))
    assert max(first) == (2, 2)
    assert second == {(row, col): "乙" for row in range(2) for col in range(2)}


def test_most_columns_alike_are_one_table() -> None:
    (cells,) = _two_tables((10.0, 60.0, 200.0, 250.0, 300.0))
    assert max(row for row, _ in cells) == 4


def test_one_row_of_other_columns_is_a_form() -> None:
    texts = [(15.0, 110.0, "甲"), (215.0, 110.0, "甲"), (15.0, 140.0, "乙"), (115.0, 140.0, "乙")]
    rules = [(y, 10.0, 300.0) for y in (100.0, 130.0, 160.0, 190.0)]
    sides = [(x, 100.0, 190.0) for x in (10.0, 300.0)] + [(200.0, 100.0, 130.0), (100.0, 130.0, 160.0)]
    assert len(read_cells(make_page([*texts, (15.0, 170.0, "注")], rules, sides))) == 1


def test_a_first_row_alone_at_the_foot_of_a_page_begins_another_table() -> None:
    upper, lower = (10.0, 60.0, 200.0, 300.0), (10.0, 110.0, 240.0, 300.0)
    texts = [(x + 5, y + 10, "甲") for y in _TALL[:-1] for x in upper[:-1]]
    texts += [(x + 5, 200.0, "乙") for x in lower[:-1]]
    rules = [(y, 10.0, 300.0) for y in (*_TALL, 220.0)]
    sides = [(x, 100.0, 190.0) for x in upper] + [(x, 190.0, 220.0) for x in lower]
    first, second = read_cells(make_page(texts, rules, sides))
    assert max(first) == (2, 2) and second == {(0, col): "乙" for col in range(3)}
