"""The readers of a PDF, on real pages typeset with reportlab; fonts are drawn by their Unicode names alone."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pandas as pd
import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from planextract.read.document import read_document
from planextract.read.pdf import pdfium
from planextract.settings import ReadSettings
from tests.benchmark.mutate_pdf import mutate

HEADER = ["序号", "重点任务", "工作措施", "完成时限", "责任单位"]
ROWS = [
    ["1", "水环境", "完成河道清淤3公里。", "6月底前", "区城市管理委"],
    ["2", "大气", "检查加油站油气回收设施。", "年底前", "区生态环境局"],
    ["3", "土壤", "更新台账。", "长期实施", "区生态环境局"],
]
LEFTS = [40, 80, 160, 360, 440, 555]


@pytest.fixture(scope="module", autouse=True)
def font():
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def draw_table(canvas, rows, top=780, height=24):
    for y in range(len(rows) + 1):
        canvas.line(LEFTS[0], top - y * height, LEFTS[-1], top - y * height)
    for x in LEFTS:
        canvas.line(x, top, x, top - len(rows) * height)
    for number, row in enumerate(rows):
        for x, text in zip(LEFTS, row, strict=False):
            canvas.drawString(x + 3, top - number * height - 16, text)


def make_pdf(*pages):
    """Make a PDF; each page is a function that draws on the canvas."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
    for page in pages:
        canvas.setFont("STSong-Light", 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def draw_plan(canvas):
    canvas.drawString(200, 810, "某区2022年生态环境任务清单")
    draw_table(canvas, [HEADER, *ROWS])


def run(*arguments, code=0):
    done = subprocess.run(
        [sys.executable, "-m", "planextract", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "plan.pdf"
    path.write_bytes(make_pdf(draw_plan))
    return path


def read_texts(pdf, **settings):
    source = read_document(pdf, "plan.pdf", ReadSettings(**settings))
    tables = [block for block in source.blocks if hasattr(block, "cells")]
    return [[cell.raw_text for cell in table.cells] for table in tables]


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber", "camelot", "auto"])
def test_each_reader_gives_the_same_cells(plan, reader):
    assert read_texts(plan.read_bytes(), reader=reader) == [[text for row in [HEADER, *ROWS] for text in row]]


def test_verified_cells_are_confirmed_by_all(plan, tmp_path):
    run("run", plan, "-o", tmp_path, "--verify", "--region", "北京市西城区")
    assert set(pd.read_parquet(tmp_path / "cells").confidence) == {1.0}
    assert json.loads((tmp_path / "manifest.json").read_text())["settings"]["read"]["verify"] is True


def test_second_readers_that_are_not_installed_are_told_once_a_page(plan, monkeypatch):
    for name in ("pdfplumber", "camelot"):
        monkeypatch.setitem(sys.modules, name, None)
    source = read_document(plan.read_bytes(), "plan.pdf", ReadSettings(verify=True))
    told = [str(note.message) for note in source.notes if note.code == "read.second_reader"]
    assert told == ["pdfplumber is not installed: pip install 'planextract[formats]'"] * source.page_count


def test_a_reader_that_does_not_exist_is_wrong_usage(plan, tmp_path):
    assert "pdfplumber" in run("run", plan, "-o", tmp_path, "--reader", "tabula", code=2).stderr


def test_long_documents_are_read_in_windows(monkeypatch):
    pdf = make_pdf(*[draw_plan] * 5)
    whole = read_texts(pdf)
    monkeypatch.setattr(pdfium, "_WINDOW_PAGES", 2)
    assert read_texts(pdf) == whole
    assert len(whole) == 5


def test_a_page_without_text_is_a_finding_and_the_others_are_read(tmp_path):
    pdf = make_pdf(draw_plan, lambda canvas: canvas.rect(50, 50, 500, 700, fill=1))
    source = read_document(pdf, "plan.pdf", ReadSettings(ocr="none"))
    assert [(note.code, note.page) for note in source.notes] == [("read.no_page_text", 2), ("read.ocr_missing", 2)]


def test_white_invisible_and_clipped_ink_is_not_read():
    def page(canvas):
        draw_plan(canvas)
        canvas.saveState()
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(100, 300, "白字")
        canvas.setStrokeColorRGB(1, 1, 1)
        canvas.line(120, 780, 120, 600)
        canvas.restoreState()
        text = canvas.beginText(100, 280)
        text.setTextRenderMode(3)
        text.textOut("隐字")
        canvas.drawText(text)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(0, 0, 50, 50)
        canvas.clipPath(clip, stroke=0)
        canvas.line(300, 780, 300, 600)
        canvas.restoreState()

    source = read_document(make_pdf(page), "plan.pdf", ReadSettings())
    assert read_texts(make_pdf(page)) == read_texts(make_pdf(draw_plan))
    assert [block.raw_text for block in source.blocks if getattr(block, "reason", "") == "hidden"] == ["白字隐字"]


def test_glyphs_without_a_character_are_garbled_not_lost():
    """A font whose ToUnicode maps to private code points: the page is named, its text is left out."""
    pdf = make_pdf(lambda canvas: draw_table(canvas, [["\ue001" * 4] * 5] * 4), draw_plan)
    source = read_document(pdf, "plan.pdf", ReadSettings(reader="pdfium", ocr="none"))
    assert ("read.garbled_text", 1) in [(note.code, note.page) for note in source.notes]


def test_a_page_is_drawn(plan, tmp_path):
    target = tmp_path / "page.png"
    done = run("show", plan, "--page", 1, "--draw", "-o", target)
    assert "20 cells" in done.stdout
    assert target.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert run("show", plan, "--draw", code=2).stderr
    assert "ruling" in run("show", plan, "--page", 1, "--draw", "--steps", "nonsense", code=2).stderr
    assert run("show", plan, "--page", 9, "--draw", "-o", target, code=2).stderr


@pytest.mark.parametrize("first", range(0, 120, 20))
def test_damaged_files_give_a_result_or_a_clear_error(plan, first):
    """A share of ``python -m tests.benchmark.mutate_pdf``; errors of another kind than ours fail the test."""
    from planextract.errors import InternalError, PlanExtractError

    data = plan.read_bytes()
    for seed in range(first, first + 20):
        try:
            read_document(mutate(data, seed)[1], "plan.pdf", ReadSettings(reader="pdfium"))
        except InternalError:
            raise
        except PlanExtractError as exc:
            assert exc.file


def test_pages_of_a_copied_file_are_the_same():
    """pdfium writes the file anew: another producer, the same cells."""
    document = pypdfium2.PdfDocument(make_pdf(draw_plan))
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    assert read_texts(stream.getvalue()) == read_texts(make_pdf(draw_plan))
