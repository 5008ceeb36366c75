from pathlib import Path

import pytest

from planextract.errors import InputError
from planextract.model.source import SourceMarkup, SourceText
from planextract.read import read_document
from planextract.read.archive import Archive
from planextract.read.ofd.characters import Advances
from planextract.read.ofd.geometry import expand_offsets, read_matrix
from planextract.read.ofd.package import OfdFile
from planextract.read.ofd.page import read_ofd_page
from planextract.read.ofd.path import read_path
from planextract.settings import ReadSettings

from ...builders import draw_table, printed_characters, tables_of
from ...formats.ofd_writer import pack_ofd, wrap_page

DATA = Path(__file__).resolve().parents[2] / "data" / "ofd"
MM = 72 / 25.4


def read(data, **limits):
    document = read_document(data, "x.ofd", ReadSettings(**limits))
    assert sorted(printed_characters(document.blocks)) == sorted("".join(document.printed.split()))
    return document


def arrays(objects, **options):
    file = OfdFile(Archive(pack_ofd([wrap_page(objects, 210, 297)], **options), "x.ofd", ReadSettings()), "x.ofd")
    return read_ofd_page(file.load_page(0), 1, "x.ofd").arrays


def text(inner, boundary="10 20 100 10", **attributes):
    extra = " ".join(f'{key}="{value}"' for key, value in ({"Font": 1, "Size": 4} | attributes).items())
    return f'<ofd:TextObject ID="1" Boundary="{boundary}" {extra}>{inner}</ofd:TextObject>'


def code(characters, x="0", y="4", **attributes):
    extra = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    return f'<ofd:TextCode X="{x}" Y="{y}" {extra}>{characters}</ofd:TextCode>'


def lefts(page):
    return [round(float(x) / MM, 2) for x in page.boxes[:, 0]]


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        pytest.param(text(code("甲乙丙", DeltaX="5 6")), [10, 15, 21], id="offsets"),
        pytest.param(text(code("甲乙丙", DeltaX="g 2 5")), [10, 15, 20], id="grouped offsets"),
        pytest.param(text(code("甲乙丙")), [10, 14, 18], id="no offsets"),
        pytest.param(text(code("甲乙丙", DeltaX="5")), [10, 15, 19], id="too few offsets"),
        pytest.param(text(code("A1乙")), [10, 12, 14], id="narrow characters"),
        pytest.param(text(code("甲乙", HScale="1"), HScale="0.5"), [10, 12], id="horizontal scale"),
        pytest.param(text(code("甲 乙", DeltaX="5 5")), [10, 20], id="a blank takes an offset"),
        pytest.param(text(code("甲") + code("乙", x="30")), [10, 40], id="two codes"),
        pytest.param(text(code("甲乙", DeltaX="50"), CTM="0.1 0 0 0.1 3 0", Size="40"), [13, 18], id="CTM"),
        pytest.param(text(code("甲乙", DeltaY="5"), ReadDirection="90"), [10, 10], id="downwards"),
        pytest.param(
            text('<ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="1"/>' + code("fi甲", DeltaX="4")),
            [10, 10, 14],
            id="two characters, one glyph",
        ),
        pytest.param(
            "<ofd:PageBlock><ofd:PageBlock>" + text(code("甲")) + "</ofd:PageBlock></ofd:PageBlock>", [10], id="blocks"
        ),
    ],
)
def test_where_characters_stand(objects, expected):
    assert lefts(arrays(objects)) == expected


def test_a_characters_box_is_its_line():
    box = (arrays(text(code("甲"))).boxes[0] / MM).round(2).tolist()
    assert box == [10.0, pytest.approx(20.48, abs=0.01), 14.0, pytest.approx(24.48, abs=0.01)]


def test_the_width_of_a_last_character_is_learned_from_the_page():
    page = arrays(text(code("MA", DeltaX="3.5")) + text(code("PM", DeltaX="2.2"), boundary="10 40 9 9"))
    assert round(float(page.boxes[3, 2] - page.boxes[3, 0]) / MM, 2) == 3.5


def test_fonts_of_half_width_are_told_from_others():
    advances = Advances()
    assert advances.find("1", ord("M")) > 0.8
    advances.learn("1", ord("a"), 0.5)
    assert advances.find("1", ord("M")) == 0.5
    assert advances.find("1", ord("①")) == 1.0


@pytest.mark.parametrize(
    "objects",
    [
        pytest.param(text(code("甲"), Visible="false"), id="invisible"),
        pytest.param(text(code("甲"), Alpha="0"), id="transparent"),
        pytest.param(text(code("甲"), Fill="false"), id="not filled"),
        pytest.param(text('<ofd:FillColor Value="255 255 255"/>' + code("甲")), id="white"),
        pytest.param(text('<ofd:FillColor Value="0 0 0 0"/>' + code("甲")), id="white in CMYK"),
        pytest.param(text('<ofd:FillColor Value="0 0 0" Alpha="0"/>' + code("甲")), id="transparent color"),
        pytest.param(text(code("甲"), boundary="300 20 9 9"), id="beside the page"),
        pytest.param(text(code("甲"), CTM="0.7 0.7 -0.7 0.7 0 0"), id="slanted"),
    ],
)
def test_what_nobody_sees_is_hidden(objects):
    page = arrays(text(code("乙丙丁", DeltaX="5 5")) + objects)
    assert (page.hidden, len(page.codes)) == ("甲", 3)


def test_white_text_on_a_colored_area_is_seen():
    area = '<ofd:PathObject ID="9" Boundary="0 0 100 100" Fill="true" Stroke="false"><ofd:FillColor Value="9 9 99"/><ofd:AbbreviatedData>M 0 0 L 90 0 L 90 90 L 0 90 C</ofd:AbbreviatedData></ofd:PathObject>'
    assert len(arrays(area + text('<ofd:FillColor Value="255 255 255"/>' + code("甲"))).codes) == 1


def path(data, **attributes):
    extra = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    return f'<ofd:PathObject ID="2" Boundary="10 10 99 99" {extra}><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


@pytest.mark.parametrize(
    ("objects", "counts"),
    [
        pytest.param(path("M 0 0 L 50 0"), (1, 0), id="line"),
        pytest.param(path("M 0 0 L 50 0 L 50 30 L 0 30 C"), (2, 2), id="stroked box"),
        pytest.param(path("M 0 0 L 50 0 L 50 0.3 L 0 0.3 C", Stroke="false", Fill="true"), (1, 0), id="thin fill"),
        pytest.param(path("M 0 0 L 50 0 L 50 30 L 0 30 C", Stroke="false", Fill="true"), (0, 0), id="area"),
        pytest.param(path("M 0 0 L 50 0 M 0 9 L 50 9 M 0 0 L 0 9"), (2, 1), id="many parts"),
        pytest.param(path("M 0 0 L 50 30"), (0, 0), id="slanted"),
        pytest.param(path("M 0 0 L 1 0"), (0, 0), id="short"),
        pytest.param(path("M 0 0 B 1 1 2 2 50 30 L 50 60"), (0, 1), id="curve, then line"),
        pytest.param(path("M 0 0 Q 1"), (0, 0), id="cut off"),
        pytest.param(path("M 0 0 L 50 0", Stroke="false"), (0, 0), id="not stroked"),
        pytest.param(path("M 0 0 L 500 0", CTM="0.1 0 0 0.1 0 0"), (1, 0), id="CTM"),
    ],
)
def test_rulings(objects, counts):
    page = arrays(objects + text(code("甲")))
    assert (len(page.horizontals), len(page.verticals)) == counts


def test_drawing_parameters_are_inherited():
    resource = '<ofd:Res xmlns:ofd="x"><ofd:DrawParams><ofd:DrawParam ID="5" Relative="6"/><ofd:DrawParam ID="6"><ofd:StrokeColor Value="255 255 255"/></ofd:DrawParam></ofd:DrawParams></ofd:Res>'
    page = wrap_page(path("M 0 0 L 50 0", DrawParam="5") + text(code("甲")), 210, 297)
    document = pack_ofd([page], extra={"Doc_0/Res.xml": resource.encode()})
    document = replace_part(
        document, "Doc_0/Document.xml", b"</ofd:PageArea>", b"</ofd:PageArea><ofd:PublicRes>Res.xml</ofd:PublicRes>"
    )
    file = OfdFile(Archive(document, "x", ReadSettings()), "x")
    assert len(read_ofd_page(file.load_page(0), 1, "x").arrays.horizontals) == 0


def replace_part(data, name, old, new):
    import io
    import zipfile

    from .docx_parts import pack

    with zipfile.ZipFile(io.BytesIO(data)) as source:
        files = {n: source.read(n) for n in source.namelist()}
    assert old in files[name]
    files[name] = files[name].replace(old, new)
    return pack(files)


COMPOSITE = '<ofd:Res xmlns:ofd="x"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7" Width="9" Height="9"><ofd:Content>{}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>'


def composite(inner):
    page = wrap_page('<ofd:CompositeObject ID="3" Boundary="20 30 9 9" ResourceID="7"/>' + text(code("乙")), 210, 297)
    data = pack_ofd([page], extra={"Doc_0/Res.xml": COMPOSITE.format(inner).encode()})
    data = replace_part(
        data, "Doc_0/Document.xml", b"</ofd:PageArea>", b"</ofd:PageArea><ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
    )
    file = OfdFile(Archive(data, "x", ReadSettings()), "x")
    return read_ofd_page(file.load_page(0), 1, "x").arrays


def test_composite_objects_are_walked_through():
    page = composite(text(code("甲"), boundary="1 2 9 9"))
    assert ("".join(map(chr, page.codes)), lefts(page)) == ("甲乙", [21, 10])


def test_composite_objects_that_hold_themselves_are_refused():
    with pytest.raises(InputError, match="without end"):
        composite('<ofd:CompositeObject ID="3" Boundary="0 0 9 9" ResourceID="7"/>')


def test_a_page_that_lies_on_its_side_is_turned():
    page = arrays(text(code("甲乙丙", DeltaX="5 5"), CTM="0 -1 1 0 0 0", boundary="50 200 9 9"))
    assert (page.quarter_turns, round(page.width / MM), round(page.height / MM)) == (1, 297, 210)
    assert [round(x) for x in lefts(page)] == [97, 102, 107]


@pytest.mark.parametrize(
    ("name", "tables", "notes", "start"),
    [
        ("z.ofd", [(5, 4)], [], "11.4字型变换"),
        ("999.ofd", [(4, 11), (3, 9), (3, 9), (3, 9), (3, 9)], ["read.signed"], "重庆增值税电子普通发票"),
        ("helloworld_with_pageblock.ofd", [], [], "你好呀，OFD Reader&Writer！"),
        ("namespace_no_std.ofd", [], [], "你好呀，OFD Reader&Writer！"),
        ("hello_watermark.ofd", [], [], "你好呀，OFD Reader&Writer！"),
        ("SESV4SignDoc.ofd", [], ["read.signed"], "你好呀，OFD Reader&Writer！"),
        ("1-1.ofd", [], ["read.no_page_text"], "zwd生成文档位置"),
    ],
)
def test_real_files(name, tables, notes, start):
    document = read((DATA / name).read_bytes())
    assert [(t.row_count, t.col_count) for t in tables_of(document.blocks)] == tables
    assert [note.code for note in document.notes] == notes
    assert next(b.raw_text for b in document.blocks if isinstance(b, SourceText)).startswith(start)


def test_a_table_of_a_real_file():
    table = draw_table(tables_of(read((DATA / "z.ofd").read_bytes()).blocks)[0])
    assert table[0] == "名称|类型|说明|可选/必选"
    assert table[1] == "CodePosition|xs:int|TextCode中字符编码的起始位置，从0开始|必选"


def test_a_watermark_is_set_aside():
    document = read((DATA / "hello_watermark.ofd").read_bytes())
    assert [b.reason for b in document.blocks if isinstance(b, SourceMarkup)] == ["annotation"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param((DATA / "Page5.ofd").read_bytes(), "read.no_text_layer", id="drawings only"),
        pytest.param(pack_ofd([]), "read.damaged", id="no page"),
        pytest.param(
            pack_ofd([wrap_page(text(code("甲")), 9, 9)], extra={"Encryptions.xml": b"<x/>"}),
            "read.encrypted",
            id="encrypted",
        ),
        pytest.param(pack_ofd(['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>']), "read.unsafe_xml", id="entities"),
        pytest.param(pack_ofd(["<a>" * 300]), "read.too_deep", id="deep"),
        pytest.param(pack_ofd(["<a>"]), "read.damaged", id="no XML"),
    ],
)
def test_what_cannot_be_read_is_refused(data, code):
    with pytest.raises(InputError) as caught:
        read_document(data, "x.ofd", ReadSettings())
    assert (caught.value.code, caught.value.file) == (code, "x.ofd")
    assert caught.value.advice


def test_too_many_pages_are_refused():
    with pytest.raises(InputError, match="3 pages"):
        read(pack_ofd([wrap_page(text(code("甲")), 9, 9)] * 3), max_pages=2)


@pytest.mark.parametrize(
    ("offsets", "expanded"),
    [
        ("", []),
        ("1 2", [1, 2]),
        ("g 2 1.5 3", [1.5, 1.5, 3]),
        ("g", []),
        ("g 99999999999 1", []),
        ("g -2 1", []),
        ("x 1", [0, 1]),
        ("1e400", [0]),
    ],
)
def test_offsets(offsets, expanded):
    assert expand_offsets(offsets) == expanded


def test_matrices_that_are_none_change_nothing():
    assert read_matrix("1 2 3") == read_matrix("") == (1, 0, 0, 1, 0, 0)


def test_a_path_of_any_text_ends():
    assert read_path("M L 1 x C C 5 S 1 2 A 1", (1, 0, 0, 1, 0, 0)) == ()
