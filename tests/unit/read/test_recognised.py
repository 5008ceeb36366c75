"""hOCR and ALTO: every word with its place, whatever program wrote it; nothing hostile gets through."""

from __future__ import annotations

import numpy as np
import pytest

from planextract.errors import InputError
from planextract.model.source import SourceMarkup, SourceTable
from planextract.read import read_document
from planextract.read.detect_format import detect_format
from planextract.read.recognised.alto import read_alto
from planextract.read.recognised.layers import load_layers, parse_recognised
from planextract.settings import ReadSettings

HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>
<div class='ocr_page' title='image "a; bbox 9 9 9 9.png"; bbox 0 0 1654 2339; ppageno 0; scan_res 200 200'>
<div class='ocr_separator' title="bbox 100 90 1500 92"></div>
<span class='ocr_line' title="bbox 100 100 400 140; x_size 40">
{words}
</span>{more}</div></body></html>"""
WORDS = """<span class='ocrx_word' title='bbox 100 100 180 140; x_wconf 96'>北京</span>
<span class='ocrx_word' title='bbox 200 100 300 140; x_wconf 50.5'><strong>ab</strong>市2</span>"""
ALTO = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Description><MeasurementUnit>{unit}</MeasurementUnit></Description>
<Layout><Page WIDTH="1654" HEIGHT="2339" PHYSICAL_IMG_NR="0" ID="p"><PrintSpace HPOS="0" VPOS="0" WIDTH="1654" HEIGHT="2339">
<ComposedBlock><GraphicalElement HPOS="100" VPOS="90" WIDTH="1400" HEIGHT="2"/><TextBlock><TextLine>
<String HPOS="100" VPOS="100" WIDTH="80" HEIGHT="40" WC="0.96" CONTENT="北京"/><SP/>
<String HPOS="200" VPOS="100" WIDTH="100" HEIGHT="40" WC="0.505" CONTENT="ab市2"/>
</TextLine></TextBlock></ComposedBlock></PrintSpace></Page></Layout></alto>"""


def parse(text):
    return parse_recognised(text.encode(), "x", ReadSettings())


def text_of(page):
    return "".join(map(chr, page.codes.tolist()))


@pytest.mark.parametrize("text", [HOCR.format(words=WORDS, more=""), ALTO.format(unit="pixel")])
def test_words_have_their_places_and_scores(text):
    (page,) = parse(text)
    assert text_of(page) == "北京ab市2"
    assert page.boxes[0].tolist() == [100, 100, 140, 140]
    assert page.boxes[2:, 0].tolist() == [200, 220, 240, 280]  # ASCII is half as wide
    assert page.scores.tolist() == pytest.approx([0.96, 0.96, *[0.505] * 4])
    assert page.rules.tolist() == [[100, 90, 1500, 92]]
    assert (page.width, page.height) == (1654, 2339)


@pytest.mark.parametrize(
    ("unit", "points"), [("pixel", None), ("mm10", 72 / 254), ("inch1200", 0.06), ("nonsense", None)]
)
def test_units_of_alto(unit, points):
    (page,) = parse(ALTO.format(unit=unit))
    assert page.points == points
    assert page.scale == pytest.approx(points or 595.3 / 1654)


def test_resolution_of_hocr_is_taken_if_it_is_believable():
    text = HOCR.format(words=WORDS, more="")
    assert parse(text)[0].points == pytest.approx(0.36)
    assert parse(text.replace("scan_res 200 200", "scan_res 70 70"))[0].points is None


def test_characters_of_hocr_are_taken_before_words_and_words_before_lines():
    chars = "".join(
        f"<span class='ocrx_cinfo' title='x_bboxes {x} 100 {x + 30} 140; x_conf 90'>{char}</span>"
        for x, char in ((100, "北"), (150, "京"))
    )
    words = f"<span class='ocrx_word' title='bbox 100 100 180 140; x_wconf 96'>{chars}</span>"
    (page,) = parse(HOCR.format(words=words, more=""))
    assert (text_of(page), page.boxes[:, 0].tolist()) == ("北京", [100, 150])
    (page,) = parse(HOCR.format(words="全市", more=""))
    assert (text_of(page), page.boxes[:, 0].tolist()) == ("全市", [100, 250])


def test_text_without_a_place_is_kept_apart():
    more = "<p>第一页</p><span class='ocrx_word' title='bbox 9 1 2'>无处</span>"
    source = read_document(HOCR.format(words=WORDS, more=more).encode(), "x.hocr", ReadSettings())
    apart = [block for block in source.blocks if isinstance(block, SourceMarkup)]
    assert [(block.raw_text, block.reason) for block in apart] == [("第一页\n无处", "unplaced")]
    assert sorted("".join(source.printed.split())) == sorted("北京ab市2第一页无处")


def test_format_is_told_by_content():
    assert detect_format(HOCR.format(words="", more="").encode()) == "hocr"
    assert detect_format(ALTO.format(unit="pixel").encode()) == "alto"
    assert detect_format(b"<!doctype html><html><body class='page'>ocr_page</body>") == "html"


def make_table(columns, rows, *, rules=()):
    """A page in hOCR whose columns begin at fixed places."""
    words = "".join(
        f"<span class='ocrx_word' title='bbox {x} {100 + 60 * y} {x + 40 * len(text)} {140 + 60 * y}; x_wconf {score}'>{text}</span>\n"
        for y, row in enumerate(rows)
        for x, (text, score) in zip(columns, row, strict=True)
        if text
    )
    lines = "".join(f"<div class='ocr_separator' title='bbox {' '.join(map(str, box))}'></div>" for box in rules)
    return HOCR.format(words=words, more=lines)


def test_table_by_its_rules_with_confidence():
    columns, xs = (110, 330, 930), (100, 300, 900, 1500)
    rows = [[("序号", 96), ("工作措施", 96), ("主责单位", 96)], [("1", 96), ("新建公园3个。", 30), ("区园林局", 96)]]
    ys = (90, 150, 210)
    rules = [(100, y, 1500, y + 2) for y in ys] + [(x, 90, x + 2, 212) for x in xs]
    strokes = [(340, 110, 480, 114), (335, 180, 350, 182)]  # a program took them for lines
    source = read_document(make_table(columns, rows, rules=[*rules, *strokes]).encode(), "x.hocr", ReadSettings())
    (table,) = [block for block in source.blocks if isinstance(block, SourceTable)]
    assert [cell.raw_text for cell in table.cells] == [text for row in rows for text, _ in row]
    confidence = [cell.confidence for cell in table.cells]
    assert min(range(6), key=confidence.__getitem__) == 4
    assert all(0 < value < 1 for value in confidence)
    assert [note.code for note in source.notes] == ["read.recognised"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(
            HOCR.format(words="", more="").replace("bbox 0 0 1654 2339", "bbox 0 0 0 0"), "read.damaged", id="no size"
        ),
        pytest.param(
            HOCR.format(words="", more="").replace("bbox 0 0 1654 2339", "bbox 0 0 nan inf"), "read.damaged", id="nan"
        ),
        pytest.param(ALTO.format(unit="pixel").replace("1654", "1e300"), "read.damaged", id="huge"),
        pytest.param(ALTO.format(unit="pixel").replace("</Layout>", ""), "read.damaged", id="torn"),
        pytest.param('<alto xmlns="x"><Layout/></alto>', "read.damaged", id="no page"),
        pytest.param("<alto>" * 300, "read.too_deep", id="deep"),
    ],
)
def test_bad_files_get_one_clear_error(text, code):
    with pytest.raises(InputError) as caught:
        read_document(text.encode(), "x", ReadSettings())
    assert caught.value.code == code


def test_entities_of_alto_are_refused():
    bomb = '<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY a "b">]>' + ALTO.partition("?>")[2].format(unit="&a;")
    with pytest.raises(InputError) as caught:
        read_alto(bomb.encode(), "x", ReadSettings())
    assert caught.value.code == "read.unsafe_xml"


def test_too_many_pages_are_refused():
    page = HOCR.format(words=WORDS, more="")
    body = page[page.index("<div class='ocr_page'") : page.index("</body>")]
    with pytest.raises(InputError) as caught:
        parse_recognised(page.replace(body, body * 5).encode(), "x", ReadSettings(max_pages=4))
    assert caught.value.code == "read.too_many_pages"


def test_layer_of_a_scan_is_scaled_to_its_page():
    layers = load_layers(HOCR.format(words=WORDS, more="").encode(), "x.pdf", ReadSettings())
    layer = layers.find(1, 595.4, 842.0)
    assert layer is not None
    assert np.allclose(layer.boxes[0], np.array([36, 36, 50.4, 50.4]), atol=0.1)
    assert layers.find(1, 842.0, 595.4) is None  # a page of another shape
    assert layers.find(2, 595.4, 842.0) is None


def test_bad_layer_is_a_warning():
    layers = load_layers(b"no hOCR", "x.pdf", ReadSettings())
    assert [(note.code, note.severity) for note in layers.notes] == [("read.bad_layer", "warning")]
    assert layers.find(1, 595.4, 842.0) is None
