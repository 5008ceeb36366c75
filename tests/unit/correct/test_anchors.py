"""Rows and cells named by what they print, found again in another reading of the document."""

from __future__ import annotations

from collections.abc import Sequence

from planextract.correct.anchors import RowIndex
from planextract.model.decision import AnchorCell

COLUMNS = ("task_no", "measure", "responsible", "other")


def _read(*rows: str, table_no: int = 1) -> RowIndex:
    """A table with a row a string; cells are divided by ``|``."""
    cells = [
        AnchorCell(cell_id=f"{row}-{col}", table_no=table_no, row=row, col=col, column=COLUMNS[col], raw_text=text)
        for row, line in enumerate(rows)
        for col, text in enumerate(line.split("|"))
    ]
    header = AnchorCell(cell_id="h", table_no=table_no, row=99, col=0, column="header", raw_text="序号")
    return RowIndex([*reversed(cells), header])


def _found(old: RowIndex, row: int, new: RowIndex, *, follows: bool = False) -> int | None:
    place = new.find_row(old.anchor_row(old.rows[row]), follows=follows)
    return place.row if place is not None else None


PLAN: Sequence[str] = (
    "1|建设公园三处并开放。|区园林局",
    "2|改造道路五条并验收。|区城管委",
    "|清洗全部管网设施。|区水务局",
)


def test_a_row_is_found_by_what_it_prints_wherever_it_stands() -> None:
    new = _read("前言|本表的说明文字。|", *PLAN)
    assert [_found(_read(*PLAN), row, new) for row in range(3)] == [1, 2, 3]
    assert _found(_read(*PLAN), 1, _read(*PLAN[1:])) == 0
    assert len(_read(*PLAN).rows) == 3, "a header is no row"


def test_where_the_row_before_counts_it_must_be_the_same() -> None:
    assert _found(_read(*PLAN), 1, _read(*PLAN[1:]), follows=True) is None
    assert _found(_read(*PLAN), 1, _read(*PLAN), follows=True) == 1


def test_blanks_and_line_breaks_make_no_other_row() -> None:
    assert _found(_read(*PLAN), 0, _read("1|建设 公园\n三处并开放。|区园 林局")) == 0


def test_a_column_without_a_role_takes_no_part() -> None:
    assert _found(_read("1|建设公园三处并开放。|区园林局|张三"), 0, _read("1|建设公园三处并开放。|区园林局|李四")) == 0


def test_a_changed_row_is_found_by_its_longest_cell() -> None:
    assert _found(_read(*PLAN), 0, _read("1|建设公园三处并开放。|区绿化局")) == 0
    assert _found(_read("1|建公园。|区园林局"), 0, _read("1|建公园。|区绿化局")) is None, "too short to tell rows apart"


def test_of_two_changed_rows_alike_the_one_behind_the_same_row_is_meant() -> None:
    old = _read("1|甲甲甲甲甲甲甲甲。|甲", "2|建设公园三处并开放。|区园林局")
    new = _read("9|建设公园三处并开放。|乙", "1|甲甲甲甲甲甲甲甲。|甲", "2|建设公园三处并开放。|区绿化局")
    assert _found(old, 1, new) == 2
    apart = _read("9|建设公园三处并开放。|乙", "8|丙丙丙丙丙丙丙丙。|丙", "2|建设公园三处并开放。|区绿化局")
    assert _found(old, 1, apart) is None


def test_rows_that_print_the_same_are_told_by_their_order_while_there_are_as_many() -> None:
    same = ("|—|", "|—|", "|—|")
    old = _read(*PLAN, *same)
    assert _found(old, 4, old) == 4 and _found(old, 5, old) == 5
    assert _found(old, 5, _read(*PLAN, *same, same[0])) is None
    assert _found(old, 5, _read(*PLAN, *same[:2])) == 4, "one is left behind the same row"


def _find_cell(old: RowIndex, cell_id: str, new: RowIndex) -> str | None:
    found = new.find_cell(old.anchor_cell(cell_id))
    return found.cell_id if found is not None else None


def test_a_cell_is_found_in_its_row_else_by_its_text_alone() -> None:
    old = _read(*PLAN)
    assert _find_cell(old, "1-2", _read("前言|本表的说明文字。|", *PLAN)) == "2-2"
    assert _find_cell(old, "1-2", _read("7|别的文字不是原来的。|区城管委")) == "0-2"
    assert _find_cell(old, "1-2", _read("7|别的文字一二三。|区城管委", "8|别的文字四五六。|区城管委")) is None
    assert _find_cell(old, "1-2", _read("7|别的文字一二三。|区教委")) is None


def test_a_blank_cell_is_found_only_in_its_row() -> None:
    old = _read(*PLAN)
    assert _find_cell(old, "2-0", _read(*PLAN)) == "2-0"
    assert _find_cell(old, "2-0", _read("|别的文字一二三四五。|区教委")) is None


def test_the_row_before_is_the_one_printed_before() -> None:
    index = _read(*PLAN)
    assert index.before(index.rows[0]) is None
    assert index.before(index.rows[2]) == index.rows[1]
    assert index.row_of("nowhere") is None and index.row_of("1-0") == index.rows[1]
