import pytest

from planextract.errors import InputError
from planextract.model.source import SourceMarkup, SourceText
from planextract.read import read_document
from planextract.settings import ReadSettings

from ...builders import draw_table, printed_characters, tables_of
from .docx_parts import TABLE, p, pack, pack_docx, r, tbl, tc, tr

SPAN2 = '<w:gridSpan w:val="2"/>'
RESTART, GO_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def read(body, **parts):
    document = read_document(pack_docx(body, **parts), "x.docx", ReadSettings())
    assert sorted(printed_characters(document.blocks)) == sorted(document.printed)
    return document


def texts(body, **parts):
    return [block.raw_text for block in read(body + TABLE, **parts).blocks if isinstance(block, SourceText)]


def asides(body):
    return [(block.reason, block.raw_text) for block in read(body + TABLE).blocks if isinstance(block, SourceMarkup)]


def draw(body, **parts):
    return [draw_table(table) for table in tables_of(read(body, **parts).blocks)]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        pytest.param(r("甲") + r("乙"), "甲乙", id="runs"),
        pytest.param("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>", "甲|乙", id="line break"),
        pytest.param('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r>', "甲乙", id="page break"),
        pytest.param(
            "<w:ins>" + r("新") + "</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>",
            "新",
            id="tracked change",
        ),
        pytest.param(
            "<w:moveFrom>" + r("旧") + "</w:moveFrom><w:moveTo>" + r("移") + "</w:moveTo>", "移", id="tracked move"
        ),
        pytest.param('<w:hyperlink w:anchor="a">' + r("链接") + "</w:hyperlink>", "链接", id="link"),
        pytest.param(
            "<w:sdt><w:sdtPr/><w:sdtContent>" + r("控件") + "</w:sdtContent></w:sdt>", "控件", id="content control"
        ),
        pytest.param('<w:fldSimple w:instr="PAGE">' + r("7") + "</w:fldSimple>", "7", id="simple field"),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>' + r("今日"),
            "今日",
            id="field",
        ),
        pytest.param(r("10m") + r("3", '<w:vertAlign w:val="superscript"/>'), "10m³", id="superscript"),
        pytest.param(r("PM") + r("2.5", '<w:vertAlign w:val="subscript"/>'), "PM2.5", id="subscript"),
        pytest.param('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + r("90"), "≥90", id="symbol"),
        pytest.param("<w:r><w:t>DB11</w:t><w:noBreakHyphen/><w:t>891</w:t></w:r>", "DB11-891", id="hard hyphen"),
        pytest.param(
            "<w:r><w:ruby><w:rt>" + r("zhu") + "</w:rt><w:rubyBase>" + r("主") + "</w:rubyBase></w:ruby></w:r>",
            "主",
            id="ruby",
        ),
    ],
)
def test_text_of_a_paragraph(inner, text):
    assert texts(f"<w:p>{inner}</w:p>") == text.split("|")


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next():
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('前')}</w:p>"
    assert texts(first + p("后")) == ["前后"]


def test_tracked_changes_are_noted():
    document = read("<w:p><w:ins>" + r("新") + "</w:ins></w:p>" + TABLE)
    assert [note.code for note in document.notes] == ["read.tracked_changes"]


def test_hidden_text_is_set_aside():
    assert asides("<w:p>" + r("见") + r("不见", "<w:vanish/>") + "</w:p>") == [("hidden", "不见")]


def test_a_text_box_is_read_once_behind_its_paragraph():
    box = "<w:txbxContent>" + p("框") + "</w:txbxContent>"
    choice = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    body = f"<w:p>{r('段')}<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r></w:p>"
    assert texts(body + p("后")) == ["段", "框", "后"]


def numbered(levels, list_id="1", start=""):
    made = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (fmt, text) in enumerate(levels)
    )
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    return (
        f'<w:abstractNum w:abstractNumId="7">{made}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{override}</w:num>'
    )


def item(text="", level=0, list_id=1):
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_automatic_numbers_are_text():
    levels = [("chineseCountingThousand", "%1、"), ("decimal", "%1.%2"), ("decimalEnclosedCircle", "%3")]
    body = item("甲") + item("子", 1) + item("丑", 1) + item("圈", 2) + item("乙") + item("寅", 1)
    wanted = ["一、 甲", "一.1 子", "一.2 丑", "① 圈", "二、 乙", "二.1 寅"]
    assert texts(body, numbering=numbered(levels)) == wanted


def test_a_number_without_text_is_the_text_of_its_cell():
    rows = [tr(tc(item()), tc("甲")), tr(tc(item()), tc("乙"))]
    assert draw(tbl(*rows), numbering=numbered([("decimal", "%1")])) == [["1|甲", "2|乙"]]


def test_a_list_with_a_start_of_its_own_begins_again():
    body = item("甲") + item("乙") + item("丙", list_id=2) + item("丁", list_id=2)
    assert texts(body, numbering=numbered([("decimal", "%1.")], start="1")) == ["1. 甲", "2. 乙", "1. 丙", "2. 丁"]


def test_a_style_gives_its_paragraphs_numbers():
    styles = (
        '<w:style w:type="paragraph" w:styleId="h"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h2"><w:basedOn w:val="h"/></w:style>'
    )
    body = p("甲", '<w:pStyle w:val="h"/>') + p("乙", '<w:pStyle w:val="h2"/>') + p("丙")
    assert texts(body, styles=styles, numbering=numbered([("chineseCounting", "%1、")])) == ["一、 甲", "二、 乙", "丙"]


@pytest.mark.parametrize(
    ("rows", "drawn"),
    [
        pytest.param(
            [tr(tc("甲", SPAN2), tc("乙")), tr(tc("丙"), tc("丁"), tc("戊"))], ["甲|<|乙", "丙|丁|戊"], id="gridSpan"
        ),
        pytest.param(
            [tr(tc("甲", RESTART), tc("乙")), tr(tc("<w:p/>", GO_ON), tc("丙"))], ["甲|乙", "^|丙"], id="vMerge"
        ),
        pytest.param(
            [tr(tc("甲", RESTART), tc("乙")), tr(tc("<w:p/>", GO_ON), tc("丙")), tr(tc("丁", RESTART), tc("戊"))],
            ["甲|乙", "^|丙", "丁|戊"],
            id="a merge begins again",
        ),
        pytest.param(
            [tr(tc("甲"), tc("乙")), tr(tc("<w:p/>", GO_ON), tc("丙"))], ["甲|乙", "|丙"], id="vMerge of nothing"
        ),
        pytest.param(
            [
                tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("<w:p/>", "<w:hMerge/>"), tc("乙")),
                tr(tc("丙"), tc("丁"), tc("戊")),
            ],
            ["甲|<|乙", "丙|丁|戊"],
            id="hMerge",
        ),
        pytest.param(
            [tr(tc("甲"), tc("乙")), tr(tc("丙"), properties='<w:gridBefore w:val="1"/>')],
            ["甲|乙", "·|丙"],
            id="gridBefore",
        ),
        pytest.param(
            [tr(tc("甲"), tc("乙")), tr(tc("丙"), tc("丁"), properties="<w:del/>"), tr(tc("戊"), tc("己"))],
            ["甲|乙", "戊|己"],
            id="deleted row",
        ),
        pytest.param(
            [tr(tc("甲"), tc("乙")), tr(tc("丙"), tc("旧", "<w:cellDel/>"), tc("新"))],
            ["甲|乙", "丙|新"],
            id="deleted cell",
        ),
        pytest.param(
            [tr(tc(p("一。") + p("二。")), tc("乙")), tr(tc("丙"), tc("丁"))],
            ["一。\n二。|乙", "丙|丁"],
            id="paragraphs",
        ),
        pytest.param(
            ["<w:sdt><w:sdtContent>" + tr(tc("甲"), tc("乙")) + "</w:sdtContent></w:sdt>", tr(tc("丙"), tc("丁"))],
            ["甲|乙", "丙|丁"],
            id="row in a content control",
        ),
    ],
)
def test_grid(rows, drawn):
    assert draw(tbl(*rows)) == [drawn]


def test_columns_that_were_dragged_apart_a_little_are_one():
    rows = [tr(tc("甲"), tc("乙", SPAN2)), tr(tc("丙", SPAN2), tc("丁"))]
    assert draw(tbl(*rows, widths=(2000, 60, 3000))) == [["甲|乙", "丙|丁"]]


def test_touching_tables_part_where_their_columns_contradict():
    rows = [tr(tc("甲"), tc("乙", SPAN2)), tr(tc("丙", SPAN2), tc("丁"))]
    assert draw(tbl(*rows, widths=(2000, 1000, 3000))) == [["甲|乙"], ["丙|丁"]]


def test_a_table_that_only_arranges_is_dissolved_and_one_inside_a_cell_is_text():
    inner = tbl(tr(tc("甲"), tc("乙")), tr(tc("丙"), tc("丁")))
    assert draw(tbl(tr(tc(p("外") + inner + p())))) == [["甲|乙", "丙|丁"]]
    small = tbl(tr(tc("①"), tc("②")))
    assert draw(tbl(tr(tc("长长的正文" + "字" * 9), tc(p("注") + small)), tr(tc("丙"), tc("丁")))) == [
        ["长长的正文" + "字" * 9 + "|注\n① ②", "丙|丁"]
    ]


def test_only_merged_rows_make_blank_cells_blank():
    plain = tbl(tr(tc("甲", SPAN2)), tr(tc("乙"), tc("<w:p/>")))
    merged = tbl(tr(tc("甲", RESTART), tc("乙")), tr(tc("<w:p/>", GO_ON), tc("丙")))
    assert [table.has_spans for table in tables_of(read(plain).blocks)] == [False]
    assert [table.has_spans for table in tables_of(read(plain + p("间") + merged).blocks)] == [True, True]


def test_pages_are_those_of_words_last_layout():
    mark = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>后</w:t></w:r></w:p>"
    document = read(p("前") + mark + TABLE)
    assert [(b.page, b.raw_text) for b in document.blocks if isinstance(b, SourceText)] == [(1, "前"), (2, "后")]
    assert document.page_count == 2
    assert tables_of(document.blocks)[0].page == 2


def test_notes_follow_and_headers_are_set_aside():
    relations = (
        '<Relationships xmlns="http://x"><Relationship Id="a" Type="http://x/footnotes" Target="footnotes.xml"/>'
        '<Relationship Id="b" Type="http://x/header" Target="header1.xml"/>'
        '<Relationship Id="c" Type="http://x/footer" TargetMode="External" Target="http://example.com/x"/></Relationships>'
    )
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {
        "word/_rels/document.xml.rels": relations,
        "word/footnotes.xml": f'<w:footnotes {w}><w:footnote w:type="separator">{p("线")}</w:footnote><w:footnote>{p("注释")}</w:footnote></w:footnotes>',
        "word/header1.xml": f"<w:hdr {w}>{p('页眉')}</w:hdr>",
    }
    document = read(p("文") + TABLE, parts=parts)
    assert [b.raw_text for b in document.blocks if isinstance(b, SourceText)] == ["文", "注释"]
    assert [(b.reason, b.raw_text) for b in document.blocks if isinstance(b, SourceMarkup)] == [
        ("running_head", "页眉")
    ]


def nested(depth):
    return TABLE if depth == 0 else tbl(tr(tc(nested(depth - 1) + p())))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(
            pack({"[Content_Types].xml": "<Types/>", "word/x.xml": "<x/>"}), "read.damaged", id="no main part"
        ),
        pytest.param(pack_docx(TABLE).replace(b"PK\x01\x02", b"PK\x01\x03"), "read.damaged", id="damaged directory"),
        pytest.param(pack_docx("<w:p>"), "read.damaged", id="no XML"),
        pytest.param(pack_docx(nested(80)), "read.too_deep", id="deep nesting"),
        pytest.param(pack_docx("<w:p>" * 300 + "</w:p>" * 300), "read.too_deep", id="deeper than libxml2 goes"),
    ],
)
def test_what_cannot_be_read_is_refused(data, code):
    with pytest.raises(InputError) as caught:
        read_document(data, "x.docx", ReadSettings())
    assert (caught.value.code, caught.value.file) == (code, "x.docx")
    assert caught.value.advice
