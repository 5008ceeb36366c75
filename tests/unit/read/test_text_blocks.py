import pytest

from planextract.errors import InputError
from planextract.model.source import SourceTable, SourceText
from planextract.read.text_blocks import split_blocks
from planextract.settings import ReadSettings

from ...builders import draw_blocks, printed_characters, read_blocks, tables_of


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param("甲\n乙\n", ["甲", "乙"], id="lines"),
        pytest.param("甲\t乙\n丙\t丁\n", [["甲|乙", "丙|丁"]], id="tab rows"),
        pytest.param("前\n甲\t乙\n后", ["前", ["甲|乙"], "后"], id="a table between lines"),
        pytest.param("甲\t乙\n\n丙\t丁", [["甲|乙"], ["丙|丁"]], id="a blank line parts two tables"),
        pytest.param("甲\t乙\n丙", [["甲|乙"], "丙"], id="a line without a tab ends the table"),
        pytest.param("\t甲", ["甲"], id="one tab before a line only indents it"),
        pytest.param("\t\t甲", [["||甲"]], id="two tabs are cells"),
        pytest.param("甲\t乙\r\n丙\t丁\r\n", [["甲|乙", "丙|丁"]], id="Windows line ends"),
        pytest.param("甲\t乙\r丙\t丁\r", [["甲|乙", "丙|丁"]], id="old Mac line ends"),
        pytest.param("甲\t乙\t\n丙\t丁\t\n", [["甲|乙|", "丙|丁|"]], id="an empty last column"),
        pytest.param("甲\t乙\t丙\n丁\n", [["甲|乙|丙"], "丁"], id="a short row without a tab is no row"),
        pytest.param("甲\t乙\t丙\n丁\t\n戊\t己\t庚", [["甲|乙|丙", "丁||", "戊|己|庚"]], id="a short row is filled"),
        pytest.param(
            "甲\t乙\n丙\t丁\t戊\n己\t庚",
            [["甲|乙", "丙|丁\t戊", "己|庚"]],
            id="a long row keeps its rest in the last cell",
        ),
        pytest.param("<p>\n甲\n</p>", ["markup <p>", "甲", "markup </p>"], id="lines of tags"),
        pytest.param("", [], id="empty"),
        pytest.param(" \n\t\n", [], id="white space"),
    ],
)
def test_lines_and_tab_tables(text, blocks):
    assert draw_blocks(read_blocks(text)) == blocks


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("|甲|乙|\n|---|---|\n|丙|丁|", ["甲|乙", "丙|丁"], id="outer bars"),
        pytest.param("甲|乙\n---|---\n丙|丁", ["甲|乙", "丙|丁"], id="no outer bars"),
        pytest.param("|甲|乙|\n|:--|:-:|\n|丙|丁|", ["甲|乙", "丙|丁"], id="alignment"),
        pytest.param("|甲|乙|\n|-|-|\n|丙\\|丁|戊|", ["甲|乙", "丙\\|丁|戊"], id="escaped bar"),
        pytest.param("|甲|乙|\n|-|-|\n|`丙|丁`|戊|", ["甲|乙", "`丙|丁`|戊"], id="bar inside back-ticks"),
        pytest.param("|甲|乙|\n|-|-|\n|`丙|戊|", ["甲|乙", "`丙|戊"], id="a lone back-tick"),
        pytest.param("|甲|乙|\n|-|-|\n|丙|---|", ["甲|乙", "丙|---"], id="dashes in a data row are data"),
        pytest.param("|甲|乙|\n|-|-|\n||丁|", ["甲|乙", "|丁"], id="empty cell"),
        pytest.param("|甲|乙|\n|-|-|\n|丙|", ["甲|乙", "丙|"], id="short row"),
        pytest.param("|甲|\n|-|\n|丙|丁|", ["甲|", "丙|丁"], id="a row longer than the header"),
        pytest.param(
            "|甲|乙|\n|-|-|\n|1|2|\n|甲|乙|\n|-|-|\n|3|4|", ["甲|乙", "1|2", "甲|乙", "3|4"], id="header and rule again"
        ),
    ],
)
def test_pipe_tables(text, rows):
    blocks = read_blocks(text)
    assert [draw for draw in draw_blocks(blocks) if isinstance(draw, list)] == [rows]
    assert sorted(printed_characters(blocks)) == sorted("".join(text.split()))


@pytest.mark.parametrize("text", ["甲|乙\n丙|丁", "甲|乙", "|---|---|\n甲", "甲|乙\n\n---|---"])
def test_bars_without_a_rule_are_text(text):
    assert all(isinstance(block, SourceText) for block in read_blocks(text))


def test_text_and_tables_of_all_kinds_in_order():
    text = "前\n|甲|乙|\n|-|-|\n|1|2|\n\n中<table><tr><td>丙</td></tr></table>后\n丁\t戊\n"
    drawn = [draw for draw in draw_blocks(read_blocks(text)) if not str(draw).startswith("markup")]
    assert drawn == ["前", ["甲|乙", "1|2"], "中", ["丙"], "后", ["丁|戊"]]


def test_lines_are_counted_from_one_through_every_kind_of_block():
    text = "前\n\n甲\t乙\n<table>\n<tr><td>丙</td></tr>\n</table>\n后\n"
    blocks = read_blocks(text)
    lines = [(block.line, draw) for block, draw in zip(blocks, draw_blocks(blocks), strict=True)]
    assert [(line, draw) for line, draw in lines if not str(draw).startswith("markup")] == [
        (1, "前"),
        (3, ["甲|乙"]),
        (4, ["丙"]),
        (7, "后"),
    ]
    assert [table.cells[0].line for table in tables_of(blocks)] == [3, 5]


def test_ragged_rows_are_noted_with_their_line():
    _, notes = split_blocks("甲\t乙\n丙\t丁\t戊\n己\t庚", "x", ReadSettings())
    assert [(note.code, note.line) for note in notes] == [("read.ragged_row", 2)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("甲\t乙\n" * 6, id="tab rows"),
        pytest.param("\t".join("甲" * 9) + "\n丙\t丁\n", id="one wide row makes every row wide"),
        pytest.param("|甲|乙|\n|-|-|\n" + "|丙|丁|\n" * 6, id="pipe rows"),
        pytest.param("<table>" + "<tr><td>甲<td>乙</tr>" * 6 + "</table>", id="HTML cells"),
        pytest.param("<table><tr><td colspan=11>甲</tr></table>", id="HTML spans"),
        pytest.param("<table><tr>" + "<td>甲" * 5 + "<tr><td>乙<tr><td>丙</table>", id="HTML grid"),
        pytest.param("<table><tr><td>甲</table>" * 11, id="many small tables"),
    ],
)
def test_too_many_cells_are_refused_before_they_are_made(text):
    with pytest.raises(InputError, match=r"more than 10 cells.*max_cells"):
        split_blocks(text, "x", ReadSettings(max_cells=10))


def test_a_paragraph_starts_behind_a_blank_line_only():
    blocks = read_blocks("甲\n乙\n\n丙")
    assert [block.starts_paragraph for block in blocks if not isinstance(block, SourceTable)] == [True, False, True]
