import pytest

from planextract.errors import InputError
from planextract.model.source import SourceMarkup, SourceText
from planextract.read.text_blocks import split_blocks
from planextract.settings import ReadSettings

from ...builders import draw_table, printed_characters, read_blocks, tables_of


def row(*cells):
    return "<tr>" + "".join(cells) + "</tr>"


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        pytest.param("<tr><td>甲</td><td>乙</td></tr>", ["甲|乙"], id="plain"),
        pytest.param("<tr><th>甲</th><td>乙</td></tr>", ["甲|乙"], id="header cell"),
        pytest.param("<TR><TD>甲</TD></TR>", ["甲"], id="capitals"),
        pytest.param("<tr><td rowspan=2>甲<td>乙<tr><td>丙", ["甲|乙", "^|丙"], id="rowspan, nothing closed"),
        pytest.param("<tr><td colspan='2'>甲</td><tr><td>乙<td>丙", ["甲|<", "乙|丙"], id="colspan"),
        pytest.param(
            "<tr><td rowspan=2 colspan=2>甲</td><td>乙</td></tr><tr><td>丙</td></tr>", ["甲|<|乙", "^|^|丙"], id="both"
        ),
        pytest.param(
            "<tr><td>甲<td rowspan=2>乙<tr><td colspan=2>丙", ["甲|乙", "丙|^"], id="a colspan stops at a taken place"
        ),
        pytest.param("<tr><td rowspan=99999999>甲", ["甲"], id="rowspan beyond the table"),
        pytest.param(
            "<tr><td colspan=0>甲<td colspan=x>乙<td rowspan=-3>丙", ["甲|乙|丙"], id="spans that are no number"
        ),
        pytest.param(f"<tr><td rowspan={'9' * 5000}>甲", ["甲"], id="a span with more digits than Python converts"),
        pytest.param("<td>甲<td>乙", ["甲|乙"], id="cells without a row"),
        pytest.param("<tr></tr><tr><td>甲", ["·", "甲"], id="an empty row"),
        pytest.param("<thead><tr><th>甲</thead><tbody><tr><td>乙</tbody>", ["甲", "乙"], id="head and body"),
        pytest.param("<tr><td><p>甲</p><br>乙<sup>2</sup></td>", ["<p>甲</p><br>乙<sup>2</sup>"], id="inner tags stay"),
        pytest.param("<tr><td>5<6</td><td>7 > 6</td>", ["5<6|7 > 6"], id="comparison signs"),
        pytest.param("<tr><td>A&amp;B</td>", ["A&amp;B"], id="entities stay"),
        pytest.param("<tr><td>甲<!-- </td><td> -->乙</td>", ["甲<!-- </td><td> -->乙"], id="a comment hides tags"),
        pytest.param("<tr><td>甲<!-- 乙</td><td>丙", ["甲<!-- 乙|丙"], id="a comment that never ends hides nothing"),
        pytest.param(
            "<tr><td data-colspan='3' class=a>甲<td>乙", ["甲|<|<|乙"], id="an attribute that ends in colspan"
        ),
    ],
)
def test_grid(html, rows):
    text = f"<table>{html}</table>"
    blocks = read_blocks(text)
    assert [draw_table(table) for table in tables_of(blocks)] == [rows]
    assert sorted(printed_characters(blocks)) == sorted("".join(text.split()))


def test_a_table_in_a_cell_is_text_of_the_cell():
    inner = "<table><tr><td>内</td></tr></table>"
    tables = tables_of(read_blocks(f"<table><tr><td>外{inner}</td><td>乙</td></tr></table>"))
    assert [draw_table(table) for table in tables] == [[f"外{inner}|乙"]]


def test_a_table_that_is_never_closed_ends_with_the_text():
    tables = tables_of(read_blocks("前<table><tr><td>甲<td>乙\n丙"))
    assert [draw_table(table) for table in tables] == [["甲|乙\n丙"]]


def test_a_cut_tag_at_the_end_is_text():
    blocks = read_blocks("<table><tr><td>甲</td><td")
    assert sorted(printed_characters(blocks)) == sorted("<table><tr><td>甲</td><td")


def test_a_caption_is_text_and_tags_are_markup():
    blocks = read_blocks("<table><caption>表一</caption><tr><td>甲</td></tr></table>")
    assert [b.raw_text for b in blocks if isinstance(b, SourceText)] == ["表一"]
    assert [b.raw_text for b in blocks if isinstance(b, SourceMarkup)][:2] == ["<table>", "<caption>"]


def test_only_merged_cells_give_spans():
    plain, merged = tables_of(
        read_blocks("<table><tr><td>甲</table><table><tr><td colspan=2>甲<tr><td>乙<td>丙</table>")
    )
    assert (plain.has_spans, merged.has_spans) == (False, True)


@pytest.mark.parametrize(
    "text", ["<tablet>甲</tablet>", "<!-- <table><tr><td>甲</table> -->", "&lt;table&gt;", "< table>"]
)
def test_what_only_looks_like_a_table(text):
    assert tables_of(read_blocks(text)) == []


def test_a_table_inside_a_script_is_not_read():
    assert tables_of(read_blocks("<script>'<table><tr><td>甲</table>'</script>")) == []


def test_deep_nesting_is_refused():
    with pytest.raises(InputError, match="nested more than 64 deep"):
        split_blocks("<table><tr><td>" * 100, "x.html", ReadSettings())
