import pytest

from planextract.read.lines import LineIndex


@pytest.mark.parametrize(
    ("text", "offset", "number"),
    [
        ("甲\n乙", 0, 1),
        ("甲\n乙", 1, 1),
        ("甲\n乙", 2, 2),
        ("甲\r\n乙", 3, 2),
        ("甲\r乙", 2, 2),
        ("甲\x85乙", 2, 2),
        ("", 0, 1),
    ],
)
def test_number_at(text, offset, number):
    assert LineIndex(text).number_at(offset) == number
