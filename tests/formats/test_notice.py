"""The real notice in every format, by producers of our own and by others, says what its text says."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.model.decision import Overrides
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.read.programs import find_office
from planextract.settings import ReadSettings, Settings

from ..benchmark.score_gold import load_gold
from ..lab.sheets import convert
from .compare import compare_values
from .makers import make_docx, make_html, make_site_page
from .notice import merge_blanks, printed_notice, whole_notice
from .ofd_writer import Ways, make_ofd
from .workbooks import make_csv, make_workbook

DATA = Path(__file__).resolve().parents[1] / "data" / "notice"
METADATA = {
    "索引号": "000015/2021-00021",
    "发文机关": "北京市西城区人民政府办公室",
    "成文日期": "2021-03-11",
    "发文字号": "西政办发〔2021〕2号",
    "有效性": "有效",
}


@pytest.fixture(scope="module")
def gold(root):
    return load_gold(root / "tests" / "benchmark" / "xicheng-2021")[0]


@pytest.fixture(scope="module")
def read():
    dictionaries = load_dictionaries()

    def extract(data, name="notice"):
        return extract_document(read_document(data, name, ReadSettings()), dictionaries, Overrides(), Settings())

    return extract


@pytest.fixture(scope="module")
def contents(notice, extraction):
    source = read_document(notice.read_bytes(), "notice.txt", ReadSettings())
    printed = printed_notice(source)
    return {"printed": printed, "merged": merge_blanks(printed), "whole": whole_notice(source, extraction)}


MAKERS = {
    "page in UTF-8": lambda content: make_html(content).encode("utf-8"),
    "page in GBK": lambda content: make_html(content, charset="gb2312").encode("gb18030"),
    "page of a site": lambda content: make_site_page(content, METADATA).encode("gb18030"),
    "docx": make_docx,
    "workbook": make_workbook,
    "workbook of one sheet": lambda content: make_workbook(content, is_one_sheet=True),
}
CSV = {
    "UTF-8 with mark": make_csv,
    "UTF-8": lambda content: make_csv(content, encoding="utf-8"),
    "GB18030": lambda content: make_csv(content, encoding="gb18030"),
    "semicolons": lambda content: make_csv(content, mark=";"),
    "tabs in UTF-16": lambda content: make_csv(content, encoding="utf-16", mark="\t"),
}


@pytest.mark.parametrize("kind", ["printed", "whole"])
@pytest.mark.parametrize("maker", MAKERS)
def test_as_flowing_document(maker, kind, contents, read, gold):
    """A table a page (split tables, repeated headers, cut rows), and whole tables with merged cells."""
    assert list(compare_values(read(MAKERS[maker](contents[kind])), gold)) == []


@pytest.mark.parametrize("kind", ["printed", "whole"])
@pytest.mark.parametrize("maker", CSV)
def test_as_csv(maker, kind, contents, read, gold):
    assert list(compare_values(read(CSV[maker](contents[kind]), "notice.csv"), gold)) == []


@pytest.mark.parametrize("kind", ["merged", "whole"])
@pytest.mark.parametrize("way", [None, *(field.name for field in fields(Ways))])
def test_as_ofd(way, kind, contents, read, gold):
    ways = Ways() if way is None else Ways(**{way: not getattr(Ways(), way)})
    assert list(compare_values(read(make_ofd(contents[kind], ways)), gold)) == []


@pytest.mark.parametrize("name", ["libreoffice.docx", "chromium.mhtml", "spire.ofd"])
def test_by_other_producers(name, read, gold):
    assert list(compare_values(read((DATA / name).read_bytes()), gold)) == []


@pytest.mark.skipif(find_office() is None, reason="old Word is read through LibreOffice, which is not installed")
def test_old_word(read, gold):
    extraction = read((DATA / "libreoffice.doc").read_bytes())
    assert list(compare_values(extraction, gold)) == []
    assert (extraction.reader, extraction.media_type) == ("office", "application/msword")


@pytest.mark.skipif(find_office() is None, reason="old Excel is read through LibreOffice, which is not installed")
def test_old_excel(read, gold):
    extraction = read((DATA / "libreoffice.xls").read_bytes())
    assert list(compare_values(extraction, gold)) == []
    assert (extraction.reader, extraction.media_type) == ("office", "application/vnd.ms-excel")


@pytest.mark.skipif(find_office() is None, reason="OpenDocument is read through LibreOffice, which is not installed")
@pytest.mark.parametrize("kind", ["merged", "whole"])
def test_as_a_sheet_of_open_document(kind, contents, read, gold):
    (data,) = convert([make_workbook(contents[kind])], "xlsx", "ods")
    assert list(compare_values(read(data, "notice.ods"), gold)) == []


def test_the_page_around_the_notice_is_no_text_of_it(contents, read, gold):
    extraction = read(MAKERS["page of a site"](contents["whole"]))
    assert (extraction.notice.body_text or "").split("\n") == gold["document"]["body"]
    assert list(extraction.notice.addressees) == gold["document"]["addressees"]
    assert extraction.notice.cc == gold["document"]["cc"]
    reasons = {discard.reason for discard in extraction.discards}
    assert {"page_furniture", "site_metadata", "hidden"} <= reasons


def test_a_sites_metadata_fills_what_a_page_does_not_print(contents, read):
    content = contents["whole"]
    content = type(content)(blocks=content.blocks[-6:])  # the last plan alone, without the notice before it
    notice = read(make_site_page(content, METADATA).encode("gb18030")).notice
    assert (notice.issuer, notice.doc_number) == (METADATA["发文机关"], METADATA["发文字号"])
    assert (str(notice.issued_on), notice.region, notice.plan_year) == ("2021-03-11", "110102", 2021)
