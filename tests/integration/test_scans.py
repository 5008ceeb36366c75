"""Scans through the public door: with the real engine on few pages, with recorded readings on the rest."""

from __future__ import annotations

import html
import io
import json
import subprocess
import sys

import cv2
import numpy as np
import pyarrow.parquet as pq
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from planextract.errors import InputError
from planextract.model.source import SourceTable
from planextract.read import read_document
from planextract.read.scan import document, engines
from planextract.settings import ReadSettings
from tests.formats.ofd_writer import pack_ofd, wrap_page
from tests.lab import find_missing, typeset
from tests.lab.options import LabOptions
from tests.lab.plans import make_plan
from tests.lab.scans import CONDITIONS, Damage, damage_page, rasterise, scan_pdf

pytestmark = pytest.mark.skipif(bool(find_missing("reportlab")), reason="needs the lab's fonts")
DPI = 200


@pytest.fixture(scope="module")
def printed() -> bytes:
    """Two pages of a plan in a Song-like font, with dashes for none."""
    options = LabOptions(font="serif", none_mark="---", task_count=6, page_numbers="none")
    return typeset(make_plan(7, options), "reportlab")


def tables(source):
    return [block for block in source.blocks if isinstance(block, SourceTable)]


def cells(source, page=1):
    return {
        (c.row, c.col, c.row_span, c.col_span): "".join(c.raw_text.split())
        for table in tables(source)
        if table.page == page
        for c in table.cells
    }


def read(data, name="scan.pdf", **settings):
    return read_document(data, name, ReadSettings(**settings))


def encode(picture, suffix, *options):
    return cv2.imencode(suffix, picture, list(options))[1].tobytes()


@pytest.mark.parametrize("condition", ["clean", "copied"])
def test_a_scan_has_the_cells_of_the_print(printed, condition):
    wanted = cells(read(printed))
    source = read(scan_pdf(printed, CONDITIONS[condition], DPI, 3, [1]))
    found = cells(source)
    assert set(found) == set(wanted)
    assert source.reader == "scan"
    assert [note.code for note in source.notes] == ["read.ocr"]
    right = sum(found[place] == text for place, text in wanted.items())
    assert right >= (0.95 if condition == "clean" else 0.8) * len(wanted)
    dashes = [place for place, text in wanted.items() if text == "---"]
    assert dashes
    assert all(found[place] == "---" for place in dashes)


def test_scanned_pages_inside_a_pdf_are_read_page_by_page(printed):
    picture = cv2.imencode(".png", rasterise(printed, 150)[0])[1].tobytes()
    import pypdfium2 as pdfium

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setPageSize((595, 842))
    canvas.drawImage(ImageReader(io.BytesIO(picture)), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    mixed, scan = pdfium.PdfDocument(printed), pdfium.PdfDocument(buffer.getvalue())
    mixed.import_pages(scan)
    count = len(mixed)
    out = io.BytesIO()
    mixed.save(out)
    source = read(out.getvalue())
    assert (source.reader, source.page_count) == ("pdf", count)
    assert set(cells(source, count)) == set(cells(source, 1))
    assert [(note.code, note.page) for note in source.notes] == [("read.ocr", count)]
    without = read(out.getvalue(), ocr="none")
    assert [note.code for note in without.notes] == ["read.no_page_text", "read.ocr_missing"]
    assert cells(without) == cells(source)


def test_without_an_engine_one_message_names_the_extra(printed, monkeypatch):
    monkeypatch.setattr("planextract.read.scan.rapid.find_model", lambda: None)
    monkeypatch.setattr("planextract.read.scan.tesseract.find_tesseract", lambda: None)
    scan = scan_pdf(printed, Damage(), 100, 3)
    with pytest.raises(InputError, match=r'pip install "planextract\[ocr\]"'):
        read(scan)
    with pytest.raises(InputError, match=r'pip install "planextract\[ocr\]"') as raised:
        read(encode(rasterise(printed, 60)[0], ".png"), "scan.png")
    assert raised.value.code == "read.no_ocr"


class Blank:
    """Reads nothing: the grid alone is looked at."""

    name = "blank"

    def read_lines(self, crops):
        from tests.replay_engine import make_reading

        return [make_reading("字", 0.9) for _ in crops]


@pytest.mark.parametrize(
    ("suffix", "media_type"), [(".png", "image/png"), (".jpg", "image/jpeg"), (".tif", "image/tiff")]
)
def test_pictures_are_documents(printed, suffix, media_type):
    data = encode(rasterise(printed, DPI)[0], suffix)
    source = document.read_picture(data, f"scan{suffix}", ReadSettings(), Blank())
    assert (source.reader, source.media_type, source.page_count) == ("scan", media_type, 1)
    assert set(cells(source)) == set(cells(read(printed)))


def test_each_frame_of_a_tiff_is_a_page(printed):
    frames = [rasterise(printed, 150)[0]] * 3
    done, data = cv2.imencodemulti(".tif", frames)
    assert done
    source = document.read_picture(data.tobytes(), "scan.tif", ReadSettings(), Blank())
    assert [table.page for table in tables(source)] == [1, 2, 3]


@pytest.mark.parametrize(
    "condition", ["skew", "noise", "blur", "jpeg40", "faded", "broken", "seal", "perspective", "shadow"]
)
def test_damage_leaves_the_grid_as_it_is(printed, condition):
    wanted = set(cells(read(printed)))
    picture = damage_page(rasterise(printed, DPI)[0], CONDITIONS[condition], DPI, 5)
    source = document.read_picture(encode(picture, ".png"), "scan.png", ReadSettings(), Blank())
    found = set(cells(source))
    assert len(wanted & found) >= (0.9 if condition == "broken" else 0.97) * len(wanted)


def test_a_page_that_lies_on_its_side_is_turned(printed):
    picture = np.ascontiguousarray(np.rot90(rasterise(printed, DPI)[0]))
    source = document.read_picture(
        encode(picture, ".png"), "scan.png", ReadSettings(), engines.choose_engine(ReadSettings())
    )
    assert set(cells(source)) == set(cells(read(printed)))


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(99), b"\xff\xd8\xff\xe0" + bytes(99), b"II*\0" + bytes(99), b"MM\0*\xff\xff\xff\xff"],
)
def test_a_damaged_picture_is_one_clear_error(data):
    with pytest.raises(InputError) as raised:
        read(data, "scan.png")
    assert raised.value.code == "read.damaged"


def test_a_picture_that_claims_to_be_huge_is_refused_before_it_is_decoded():
    data = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (100_000).to_bytes(4, "big") * 2 + bytes(40)
    with pytest.raises(InputError) as raised:
        read(data, "scan.png")
    assert raised.value.code == "read.too_large"


def as_ofd(png: bytes, *, ctm: str = "") -> bytes:
    """An OFD page of A4 size whose only object is a picture."""
    place = f'CTM="{ctm}" ' if ctm else ""
    picture = f'<ofd:ImageObject ID="9" ResourceID="5" Boundary="0 0 297 210" {place}/>'
    resource = (
        '<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image">'
        "<ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    page = wrap_page(picture, 297, 210).replace("<ofd:Content>", "<ofd:PageRes>PageRes.xml</ofd:PageRes><ofd:Content>")
    extra = {"Doc_0/Pages/Page_0/PageRes.xml": resource.encode(), "Doc_0/Pages/Page_0/Res/scan.png": png}
    return pack_ofd([page], extra=extra)


@pytest.mark.parametrize("ctm", ["", "297 0 0 210 0 0"], ids=["boundary", "matrix"])
def test_an_ofd_of_pictures_is_read_as_a_scan(printed, ctm):
    wanted = cells(read(printed))
    png = encode(rasterise(printed, DPI)[0], ".png")
    source = read(as_ofd(png, ctm=ctm), "scan.ofd")
    assert source.reader == "scan"
    assert source.media_type == "application/ofd"
    assert [note.code for note in source.notes] == ["read.ocr"]
    assert set(cells(source)) == set(wanted)


def test_an_ofd_of_pictures_without_an_engine_names_the_extra(printed):
    png = encode(rasterise(printed, DPI)[0], ".png")
    with pytest.raises(InputError) as caught:
        read(as_ofd(png), "scan.ofd", ocr="none")
    assert caught.value.code == "read.no_text_layer"
    assert "planextract[ocr]" in str(caught.value.advice)


def test_an_ofd_picture_that_cannot_be_decoded_is_no_traceback(printed):
    with pytest.raises(InputError) as caught:
        read(as_ofd(b"no picture"), "scan.ofd")
    assert caught.value.code == "read.no_text_layer"


def make_searchable(printed, *, shift=0, skew=0.0, dpi=150):
    """Return a scan of the first page with its text, invisible, at its place; ``shift`` garbles it."""
    import pypdfium2 as pdfium

    from planextract.read.pdf.pdfium import read_page

    with pdfium.PdfDocument(printed) as opened:
        page = read_page(opened, 0, "x.pdf")
    picture = cv2.imencode(".png", rasterise(printed, dpi)[0])[1].tobytes()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(page.width, page.height), invariant=1)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas.rotate(skew)
    canvas.drawImage(ImageReader(io.BytesIO(picture)), 0, 0, page.width, page.height)
    text = canvas.beginText()
    text.setTextRenderMode(3)
    for code, (x0, top, x1, bottom) in zip(page.codes.tolist(), page.boxes.tolist(), strict=True):
        text.setFont("STSong-Light", x1 - x0)
        text.setTextOrigin(x0, page.height - bottom + 0.2 * (bottom - top))
        text.textOut(chr(code + shift if code > 0x4E00 else code))
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class Counting:
    """Passes lines on and counts them."""

    name = "counting"

    def __init__(self):
        self.count = 0

    def read_lines(self, crops):
        self.count += len(crops)
        return engines.choose_engine(ReadSettings()).read_lines(crops)


@pytest.mark.parametrize("skew", [0.0, 1.0])
def test_a_text_layer_that_is_right_is_used(printed, skew, monkeypatch):
    engine = Counting()
    monkeypatch.setattr(document, "choose_engine", lambda settings: engine)
    source = read(make_searchable(printed, skew=skew))
    wanted, found = cells(read(printed)), cells(source)
    assert set(found) == set(wanted)
    assert [note.code for note in source.notes] == ["read.text_layer", "read.ocr"]
    assert sum(found[place] == text for place, text in wanted.items()) >= len(wanted) - 1
    assert engine.count <= 16


def test_a_garbled_text_layer_is_left_out(printed, monkeypatch):
    monkeypatch.setattr(document, "choose_engine", lambda settings: Blank())
    source = read(make_searchable(printed, shift=2))
    assert [note.code for note in source.notes] == ["read.ocr"]
    assert set(cells(source)) == set(cells(read(printed)))


def make_hocr(printed, dpi=DPI, *, shift=0):
    """The text of the first page as hOCR; ``shift`` garbles it."""
    import pypdfium2 as pdfium

    from planextract.read.pdf.pdfium import read_page

    with pdfium.PdfDocument(printed) as opened:
        page = read_page(opened, 0, "x.pdf")
    scale = dpi / 72
    words = "\n".join(
        f"<span class='ocrx_word' title='bbox {' '.join(f'{v * scale:.0f}' for v in box)}; x_wconf 95'>"
        f"{html.escape(chr(code + shift if code > 0x4E00 else code))}</span>"
        for code, box in zip(page.codes.tolist(), page.boxes.tolist(), strict=True)
    )
    size = f"bbox 0 0 {page.width * scale:.0f} {page.height * scale:.0f}; scan_res {dpi} {dpi}"
    return f"<html><body><div class='ocr_page' title='{size}'>{words}</div></body></html>".encode()


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_recognised_text_beside_a_scan_is_used(printed, kind, monkeypatch):
    engine = Counting()
    monkeypatch.setattr(document, "choose_engine", lambda settings: engine)
    data = scan_pdf(printed, CONDITIONS["clean"], DPI, 3, [1])
    if kind == "png":
        data = encode(rasterise(printed, DPI)[0], ".png")
    source = read_document(data, f"scan.{kind}", ReadSettings(), make_hocr(printed))
    wanted, found = cells(read(printed)), cells(source)
    assert set(found) == set(wanted)
    assert [note.code for note in source.notes] == ["read.text_layer", "read.ocr"]
    assert sum(found[place] == text for place, text in wanted.items()) >= len(wanted) - 1
    assert engine.count <= 16


def test_recognised_text_that_is_wrong_is_not_used(printed):
    data = scan_pdf(printed, CONDITIONS["clean"], DPI, 3, [1])
    source = read_document(data, "scan.pdf", ReadSettings(), make_hocr(printed, shift=2))
    assert [note.code for note in source.notes] == ["read.ocr", "read.text_layer_unused"]
    assert cells(source) == cells(read(data))


def test_a_run_takes_recognised_text_from_beside_the_scan(printed, tmp_path):
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(scan_pdf(printed, CONDITIONS["clean"], DPI, 3, [1]))
    (folder / "a.hocr").write_bytes(make_hocr(printed))
    command = [sys.executable, "-m", "planextract", "run", str(folder), "-o", str(tmp_path / "out")]

    def codes():
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
        assert [entry["source_path"] for entry in manifest["inputs"]] == ["a.pdf"]
        table = pq.read_table(tmp_path / "out" / "findings")
        return set(table.column("code").to_pylist()), manifest["inputs"][0]["key"]

    found, key = codes()
    assert "read.text_layer" in found
    assert codes() == (found, key)
    (folder / "a.hocr").write_bytes(make_hocr(printed, shift=2))
    found, other = codes()
    assert "read.text_layer_unused" in found
    assert other != key
