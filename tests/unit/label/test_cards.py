"""Tables that stand on end: labels on the left, one card a task."""

from dataclasses import replace

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.cards import cards_to_rows
from planextract.model.source import SourceCell, SourceTable, SourceText

COLUMNS = load_dictionaries().columns
CARD = [("任务", "新建幼儿园3所"), ("牵头单位", "县教育局"), ("完成时限", "9月底前")]
SECOND = [("任务", "修建公路5公里"), ("牵头单位", "县交通局"), ("完成时限", "年底前")]


def _table(rows: list[tuple[str, ...]]) -> SourceTable:
    cells = [SourceCell(row=y, col=x, raw_text=text) for y, row in enumerate(rows) for x, text in enumerate(row)]
    return SourceTable(page=1, row_count=len(rows), col_count=max(map(len, rows)), cells=cells, has_spans=True)


def _rows(table: SourceTable) -> list[list[str]]:
    return [[c.raw_text for c in table.cells if c.row == row] for row in range(table.row_count)]


def test_a_card_becomes_a_header_and_a_row():
    (laid,) = cards_to_rows((_table(CARD),), COLUMNS)
    assert _rows(laid) == [["任务", "牵头单位", "完成时限"], ["新建幼儿园3所", "县教育局", "9月底前"]]


def test_pairs_beside_each_other_and_colons():
    table = _table([("项目名称：", "新建幼儿园3所", "序号：", "1"), ("牵头单位：", "县教育局", "责任人：", "张三")])
    (laid,) = cards_to_rows((table,), COLUMNS)
    assert _rows(laid) == [
        ["项目名称：", "序号：", "牵头单位：", "责任人："],
        ["新建幼儿园3所", "1", "县教育局", "张三"],
    ]


def test_a_label_that_comes_again_opens_the_next_card():
    laid = cards_to_rows((_table([*CARD, *SECOND]),), COLUMNS)
    assert [_rows(table)[1][0] for table in laid] == ["新建幼儿园3所", "修建公路5公里"]


def test_a_card_goes_on_on_the_next_page():
    rows = [*CARD, *SECOND]
    number = SourceText(page=1, raw_text="- 1 -")
    laid = cards_to_rows((_table(rows[:5]), number, replace(_table(rows[5:]), page=2)), COLUMNS)
    assert [_rows(table) for table in laid[:2]] == [
        [["任务", "牵头单位", "完成时限"], ["新建幼儿园3所", "县教育局", "9月底前"]],
        [["任务", "牵头单位", "完成时限"], ["修建公路5公里", "县交通局", "年底前"]],
    ]
    assert [cell.page for cell in laid[1].cells] == [None, None, 2, None, None, 2]
    assert laid[2] == number


def test_a_text_between_two_halves_of_a_card_parts_them():
    rows = [*CARD, *SECOND]
    blocks = (_table(rows[:5]), SourceText(page=1, raw_text="以上任务由县政府督办。"), _table(rows[5:]))
    assert cards_to_rows(blocks, COLUMNS) == blocks


def test_the_title_of_a_card_is_a_line_of_text():
    titled = _table([("任务卡（1）",), *CARD, ("任务卡（2）",), *SECOND])
    laid = cards_to_rows((titled,), COLUMNS)
    assert [block.raw_text for block in laid if isinstance(block, SourceText)] == ["任务卡（1）", "任务卡（2）"]
    assert [_rows(block)[1][0] for block in laid if isinstance(block, SourceTable)] == [
        "新建幼儿园3所",
        "修建公路5公里",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("任务", "牵头单位"), ("新建幼儿园3所", "县教育局"), ("修建公路5公里", "县交通局")],
        [("索引号", "113416"), ("发布机构", "县政府办"), ("发文日期", "2022-03-15")],
        [*CARD, ("任务", "修建公路5公里"), ("完成时限", "年底前")],
        [("新建幼儿园3所", "县教育局"), ("修建公路5公里", "县交通局"), ("整修水库2座", "县水利局")],
        [("任务", "新建幼儿园3所", "九月"), ("牵头单位", "县教育局", "十月")],
    ],
    ids=["a table", "a box of metadata", "a card that lacks a label", "no labels", "no pairs"],
)
def test_other_tables_stay_as_they_are(rows):
    table = _table(rows)
    assert cards_to_rows((table,), COLUMNS) == (table,)
