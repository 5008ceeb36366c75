"""Two columns of running text are read one behind the other; what only looks like columns is left alone."""

import numpy as np

from planextract.layout.text_columns import is_set_in_columns, order_columns

_SIZE, _LEADING = 10.0, 16.0


def _set(rows: list[tuple[float, float, int]]) -> np.ndarray:
    """Return boxes of full-width characters: x, y and their number for each stretch."""
    return np.array(
        [(x + k * _SIZE, y, x + (k + 1) * _SIZE, y + 12) for x, y, count in rows for k in range(count)],
        dtype=np.float32,
    )


def _order(rows: list[tuple[float, float, int]]) -> list[list[int]]:
    """Return the numbers given to the characters of each stretch."""
    boxes = _set(rows)
    numbers = order_columns(boxes, np.full(len(boxes), -1, dtype=np.int32)).cell.tolist()
    found, place = [], 0
    for _, _, count in rows:
        found.append(sorted(set(numbers[place : place + count])))
        place += count
    return found


def test_the_left_column_is_read_before_the_right_one():
    left = [(50.0, 100 + k * _LEADING, 20) for k in range(12)]
    right = [(280.0, 100 + k * _LEADING, 20) for k in range(12)]
    assert _order([*left, *right]) == [[-1]] * 12 + [[-2]] * 12


def test_a_title_over_both_columns_comes_first_and_parts_zones():
    def zone(top: float) -> list[tuple[float, float, int]]:
        return [(x, top + k * _LEADING, 20) for x in (50.0, 280.0) for k in range(10)]

    rows = [(150.0, 60.0, 20), *zone(100.0), (150.0, 300.0, 20), *zone(340.0)]
    title, *rest = [-numbers[0] for numbers in _order(rows)]
    first_left, first_right, second, *_ = rest[0], rest[10], rest[20], rest[21]
    assert title < first_left < first_right < second < rest[21] < rest[31]


def test_a_list_of_names_and_figures_is_read_line_by_line():
    names = [(50.0, 100 + k * _LEADING, 6 + k % 5) for k in range(12)]
    figures = [(300.0, 100 + k * _LEADING, 9 - k % 4) for k in range(12)]
    assert _order([*names, *figures]) == [[-1]] * 24


def test_lines_over_the_whole_page_have_no_gutter():
    assert _order([(50.0, 100 + k * _LEADING, 40) for k in range(12)]) == [[-1]] * 12


def test_characters_in_cells_are_left_alone():
    boxes = _set([(x, 100 + k * _LEADING, 20) for x in (50.0, 280.0) for k in range(12)])
    cell = np.zeros(len(boxes), dtype=np.int32)
    assert order_columns(boxes, cell).cell is cell


def _columns(top: float, rows: int = 10, xs: tuple[float, ...] = (50.0, 280.0)) -> list[tuple[float, float, int]]:
    return [(x, top + k * _LEADING, 20) for x in xs for k in range(rows)]


def test_a_short_heading_with_room_around_it_stands_over_both_columns():
    rows = [*_columns(100.0), (50.0, 280.0, 3), *_columns(316.0)]
    numbers = [-found[0] for found in _order(rows)]
    upper_right, heading, lower_left = numbers[10], numbers[20], numbers[21]
    assert upper_right < heading < lower_left


def test_a_picture_beside_a_heading_leaves_it_in_its_column():
    left, right = _columns(100.0)[:5] + _columns(196.0)[:5], [(280.0, 100 + k * _LEADING, 20) for k in range(4)]
    rows = [*left, *right, (280.0, 182.0, 3), *[(280.0, 214 + k * _LEADING, 20) for k in range(4)]]
    boxes = _set(rows)
    box = np.array([[50.0, y, 250.0, y] for y in (176.0, 192.0)], dtype=np.float32)
    order = order_columns(boxes, np.full(len(boxes), -1, dtype=np.int32), rules=box)
    assert sorted(set(order.cell.tolist())) == [-2, -1]


def test_three_columns_are_read_one_behind_the_other():
    rows = _columns(100.0, 12, (50.0, 280.0, 510.0))
    assert _order(rows) == [[-1]] * 12 + [[-2]] * 12 + [[-3]] * 12


def test_a_table_is_read_in_its_column():
    rows = [(x, y, n) for x, y, n in _columns(100.0, 20) if not (x > 200 and 150 < y < 250)]
    boxes = _set(rows)
    tables = np.array([[280.0, 150.0, 480.0, 250.0], [50.0, 500.0, 480.0, 560.0]], dtype=np.float32)
    order = order_columns(boxes, np.full(len(boxes), -1, dtype=np.int32), tables)
    assert order.tables.tolist() == [-2, -3]


def test_a_rule_over_both_columns_parts_them():
    boxes = _set(_columns(100.0, 20))
    rule = np.array([[50.0, 258.0, 480.0, 258.0]], dtype=np.float32)
    order = order_columns(boxes, np.full(len(boxes), -1, dtype=np.int32), rules=rule)
    assert [order.cell[k * 200] for k in range(4)] == [-1, -3, -2, -4]


def test_rows_of_two_long_cells_are_prose_only_on_a_page_set_in_columns():
    free = _set(_columns(100.0, 30))
    assert is_set_in_columns(free, _set(_columns(100.0, 10)))
    assert not is_set_in_columns(_set([(50.0, 100 + k * _LEADING, 40) for k in range(30)]), _set(_columns(100.0, 10)))
