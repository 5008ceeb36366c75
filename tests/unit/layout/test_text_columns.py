"""Two columns of running text are read one behind the other; what only looks like columns is left alone."""

import numpy as np

from planextract.layout.text_columns import order_columns

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
    numbers = order_columns(boxes, np.full(len(boxes), -1, dtype=np.int32)).tolist()
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
    assert order_columns(boxes, cell) is cell
