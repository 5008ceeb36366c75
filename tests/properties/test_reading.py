"""Nothing is lost on the way from a text into blocks, whatever the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from planextract.errors import InputError, PlanExtractError
from planextract.read import read_document
from planextract.settings import ReadSettings

from ..builders import draw_table, printed_characters, read_blocks, tables_of

PARTS = st.sampled_from(
    [
        "\t",
        "\t",
        "|",
        "|",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\f",
        "\x85",
        " ",
        "\\|",
        "`",
        "---",
        "|---|---|",
        "甲",
        "乙",
        "丙丁",
        "1",
        "<",
        ">",
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<th colspan=2>",
        "<td rowspan='3'>",
        "<td rowspan=2 colspan=9>",
        "<tbody>",
        "<p>",
        "<br/>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<table",
        "<td",
        "&amp;",
        "\u3000",
        "<TABLE border=1>",
        "“",
    ]
)
TEXTS = st.lists(PARTS, max_size=40).map("".join) | st.text()

moderate = settings(deadline=None, max_examples=400)


@moderate
@given(TEXTS)
def test_blocks_hold_every_character(text):
    assert sorted(printed_characters(read_blocks(text))) == sorted("".join(text.split()))


@moderate
@given(TEXTS)
def test_cells_lie_inside_their_table_and_do_not_overlap(text):
    for table in tables_of(read_blocks(text)):
        assert len(draw_table(table)) == table.row_count > 0
        assert table.col_count > 0


@moderate
@given(TEXTS)
def test_lines_are_inside_the_text(text):
    last = text.count("\n") + len(text) + 1
    assert all(1 <= block.line <= last for block in read_blocks(text))


@settings(deadline=None, max_examples=200)
@given(
    st.binary(max_size=300)
    | TEXTS.map(lambda t: t.encode("utf-8", "replace"))
    | TEXTS.map(lambda t: t.encode("gb18030", "replace"))
)
def test_bytes_are_read_or_refused(data):
    try:
        document = read_document(data, "any.txt", ReadSettings(max_cells=2000))
    except PlanExtractError as exc:
        assert isinstance(exc, InputError)
        assert exc.advice
        assert exc.file == "any.txt"
    else:
        assert sorted(document.printed) == sorted(printed_characters(document.blocks))
