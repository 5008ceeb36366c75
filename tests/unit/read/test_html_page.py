import pytest

from planextract.errors import InputError
from planextract.model.source import SourceMarkup, SourceText
from planextract.read import read_document
from planextract.read.html.mhtml import is_mhtml
from planextract.settings import ReadSettings

from ...builders import draw_table, printed_characters, tables_of

TABLE = "<table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>甲</td></tr></table>"


def read(body, head="", charset="utf-8", **limits):
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    document = read_document(page.encode(charset), "x.html", ReadSettings(**limits))
    assert sorted(printed_characters(document.blocks)) == sorted(document.printed)
    return document


def texts(body, **options):
    return [block.raw_text for block in read(body + TABLE, **options).blocks if isinstance(block, SourceText)]


def asides(body):
    return [(block.reason, block.raw_text) for block in read(body).blocks if isinstance(block, SourceMarkup)]


def draw(body):
    return [draw_table(table) for table in tables_of(read(body).blocks)]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        pytest.param("<p>甲</p><p>乙</p>", ["甲", "乙"], id="paragraphs"),
        pytest.param("<p>甲<br>乙<BR/>丙</p>", ["甲", "乙", "丙"], id="line breaks"),
        pytest.param("甲<div>乙<p>丙</p>丁</div>戊", ["甲", "乙", "丙", "丁", "戊"], id="text between blocks"),
        pytest.param("<p><b>一、</b><span>标<i>题</i></span></p>", ["一、标题"], id="inline"),
        pytest.param("<p>A &amp; B&nbsp;&lt;C&gt; &#20013;</p>", ["A & B\xa0<C> 中"], id="entities"),
        pytest.param("<p>甲\n   乙</p>", ["甲 乙"], id="white space"),
        pytest.param("<pre>甲\n  乙</pre>", ["甲", "乙"], id="preformatted"),
        pytest.param(
            "<p>10m<sup>3</sup>，PM<sub>2.5</sub>，注<sup>a</sup></p>", ["10m³，PM2.5，注a"], id="raised and lowered"
        ),
        pytest.param("<script>var x='<p>不</p>'</script><style>p{}</style><p>是</p><!-- 不 -->", ["是"], id="no text"),
        pytest.param("<p>甲<p>乙<div>丙", ["甲", "乙", "丙"], id="nothing closed"),
    ],
)
def test_text(body, wanted):
    assert texts(body) == wanted


@pytest.mark.parametrize(
    ("rows", "drawn"),
    [
        pytest.param("<tr><td rowspan=2>甲<td>乙<tr><td>丙", ["甲|乙", "^|丙"], id="rowspan, nothing closed"),
        pytest.param("<tr><th colspan='2'>甲</th></tr><tr><td>乙<td>丙", ["甲|<", "乙|丙"], id="colspan"),
        pytest.param(
            "<thead><tr><th>甲<th>乙</thead><tbody><tr><td>丙<td>丁</tbody>", ["甲|乙", "丙|丁"], id="head and body"
        ),
        pytest.param(
            "<tr><td><p>一。</p><p>二</p><td>甲<br>乙<tr><td>丙<td>丁",
            ["一。\n二|甲\n乙", "丙|丁"],
            id="paragraphs and breaks",
        ),
        pytest.param("<tr><td><ul><li>一<li>二</ul><td>甲<tr><td>丙<td>丁", ["一\n二|甲", "丙|丁"], id="list"),
        pytest.param("<caption>表一</caption><tr><td>甲<td>乙<tr><td>丙<td>丁", ["甲|乙", "丙|丁"], id="caption"),
    ],
)
def test_grid(rows, drawn):
    assert draw(f"<table>{rows}</table>") == [drawn]


def test_paragraphs_of_a_cell_are_kept_and_broken_lines_joined():
    cell = "<td><p>落实扬尘管<br>控要求</p><p>加强执法</p></td>"
    table = tables_of(read(f"<table><tr><td>1</td>{cell}</tr><tr><td>2<td>乙</tr></table>").blocks)[0]
    assert table.cells[1].paragraphs == ("落实扬尘管控要求", "加强执法")


def test_a_table_that_only_arranges_the_page_is_dissolved():
    assert draw(f"<table><tr><td>左</td><td>{TABLE}</td></tr></table>") == [["序号|任务", "1|甲"]]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param("<nav>首页</nav>", "page_furniture", id="nav"),
        pytest.param("<div role=navigation>首页</div>", "page_furniture", id="role"),
        pytest.param("<div class='page-footer'>版权所有</div>", "page_furniture", id="class"),
        pytest.param("<div id=topNav>首页</div>", "page_furniture", id="camel case"),
        pytest.param(
            "<div>位置：<a href=/>首页</a> &gt; <a href=/b>公开</a> &gt; 正文</div>",
            "page_furniture",
            id="the way to the page",
        ),
        pytest.param(
            "<ul><li><a href=1>一</a><li><a href=2>二</a><li><a href=3>三</a></ul>",
            "page_furniture",
            id="a list of links",
        ),
        pytest.param("<div style='display: none'>不见</div>", "hidden", id="hidden"),
        pytest.param("<p hidden>不见</p>", "hidden", id="hidden attribute"),
        pytest.param(
            "<dl><dt>索引号：</dt><dd>1</dd><dt>发文机关：</dt><dd>区政府</dd><dt>有效性：</dt><dd>是</dd></dl>",
            "site_metadata",
            id="metadata",
        ),
    ],
)
def test_the_page_around_a_document_is_set_aside(body, reason):
    assert [found for found, _ in asides(body + "<p>正文</p>" + TABLE)] == [reason]


def test_what_holds_a_table_of_data_is_never_furniture():
    assert draw(f"<div class='footer nav'>{TABLE}</div>") == [["序号|任务", "1|甲"]]


@pytest.mark.parametrize(
    "body",
    [
        "<div class=title>通知</div>",
        "<p>附件：<a href=a.docx>一</a>、<a href=b.pdf>二</a>、<a href=c.ofd>三</a></p>",
        "<div class='header'><h1>通知</h1></div>",
    ],
)
def test_what_only_looks_like_furniture_stays(body):
    assert asides(body + TABLE) == []


def test_beside_a_known_container_only_headings_and_metadata_count():
    fields = "<div>索引号：1 发文字号：京政发〔2021〕3号 成文日期：2021年3月11日</div>"
    body = (
        f"<div>随便</div><h1>关于方案的通知</h1>{fields}<div class='TRS_UEDITOR'><p>正文</p>{TABLE}</div><div>尾</div>"
    )
    document = read(body)
    assert [b.raw_text for b in document.blocks if isinstance(b, SourceText)] == ["关于方案的通知", "正文"]
    assert {p.name: p.value for p in document.properties} == {
        "doc_number": "京政发〔2021〕3号",
        "issued_on": "2021年3月11日",
    }


def test_metadata_of_the_head():
    document = read(TABLE, head='<meta name="ArticleTitle" content="关于方案的通知">')
    assert [(p.name, p.value) for p in document.properties] == [("title", "关于方案的通知")]


@pytest.mark.parametrize(
    ("codec", "meta"),
    [("gb18030", "gb2312"), ("gb18030", "GBK"), ("gb18030", ""), ("utf-8", "gb2312"), ("big5", "big5"), ("utf-16", "")],
)
def test_encodings(codec, meta):
    text = "<p>關於印發通知</p>" if codec == "big5" else "<p>关于印发㎡方案</p>"
    page = f"<html><head><meta charset='{meta}'></head><body>{text}<table><tr><td>1<td>2<tr><td>3<td>4</table></body></html>"
    document = read_document(page.encode(codec), "x.html", ReadSettings())
    assert document.blocks[0].raw_text == text[3:-4]


def test_broken_bytes_are_noted():
    page = f"<html><body><p>甲</p>{TABLE}</body></html>".encode("gb18030").replace("甲".encode("gb18030"), b"\xff\xff")
    document = read_document(page, "x.html", ReadSettings())
    assert [note.code for note in document.notes] == ["read.bad_characters"]


@pytest.mark.parametrize(
    "start",
    [
        "<html>",
        "<!DOCTYPE HTML PUBLIC 'x'>",
        "\ufeff<html>",
        "<!-- saved from url=(1)x -->\n<html>",
        "<?xml version='1.0'?>\n<html xmlns='x'>",
        "<meta charset=utf-8>",
    ],
)
def test_a_page_is_told_by_its_content(start):
    assert read_document(f"{start}<body>{TABLE}".encode(), "plan.txt", ReadSettings()).reader == "html"


ARCHIVE = (
    'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="--b"\r\n\r\n'
    "----b\r\nContent-Type: image/png\r\n\r\nx\r\n----b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n----b--\r\n"
)


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_web_archive(encoding):
    import base64
    import quopri

    page = f"<html><body><p>甲=乙</p>{TABLE}</body></html>".encode("gb18030")
    body = {"quoted-printable": quopri.encodestring(page), "base64": base64.encodebytes(page), "8bit": page}[encoding]
    head, tail = ARCHIVE.format(kind="text/html; charset=gb2312", encoding=encoding, body="@").encode().split(b"@")
    document = read_document(head + body + tail, "x.mht", ReadSettings())
    assert (document.blocks[0].raw_text, document.media_type) == ("甲=乙", "multipart/related")


def test_a_web_archive_inside_another_is_found():
    inner = (
        "Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/html\r\n\r\n<html>"
        + TABLE
        + "\r\n--c--"
    )
    data = f"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n{inner}\r\n--b--".encode()
    assert is_mhtml(data)
    assert len(tables_of(read_document(data, "x.mht", ReadSettings()).blocks)) == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param("<html>" + "<div>" * 3000 + TABLE, "read.too_deep", id="deep"),
        pytest.param("<html>" + "<table><tr><td>" * 80 + "甲", "read.too_deep", id="nested tables"),
        pytest.param(
            "<html><table><tr><td>" + "长" * 999 + "<td>" + "<table><tr><td>a<td>" * 80,
            "read.too_deep",
            id="tables inside a cell",
        ),
        pytest.param(
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n\nx\n--b--",
            "read.damaged",
            id="archive without a page",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(data, code):
    with pytest.raises(InputError) as caught:
        read_document(data.encode(), "x.html", ReadSettings())
    assert caught.value.code == code
    assert caught.value.advice


def test_spans_without_end_are_refused():
    with pytest.raises(InputError, match="cells"):
        read("<table>" + "<tr><td rowspan=1000 colspan=1000>甲" * 9, max_cells=5_000)


def test_too_many_elements_are_refused():
    with pytest.raises(InputError, match="elements"):
        read("<p>" * 100 + TABLE, max_elements=50)


def test_an_element_with_endless_attributes_is_refused_and_one_with_a_long_value_is_read():
    """The parser compares each attribute with each: 30,000 would take it seconds."""
    with pytest.raises(InputError, match="elements") as caught:
        read("<p " + " ".join(f"a{place}=1" for place in range(30_000)) + ">" + TABLE)
    assert caught.value.code == "read.too_many_objects"
    assert read(f'<p title="{"many words " * 20_000}">' + TABLE).blocks
