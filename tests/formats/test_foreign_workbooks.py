"""Workbooks that others made: what each sheet prints, text by text (tests/data/README.md says whose they are)."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from planextract.errors import InputError
from planextract.read import read_document
from planextract.read.archive import Archive
from planextract.read.xlsx.package import load_workbook
from planextract.read.xlsx.sheet import CellFormats, read_sheet
from planextract.read.xlsx.strings import read_shared_strings
from planextract.settings import ReadSettings

FOLDER = Path(__file__).resolve().parents[1] / "data" / "workbooks"
FILES = sorted(path.name for path in FOLDER.glob("*.xlsx") if path.name != "pass_protected.xlsx")
PRINTED = {
    "dataformat.xlsx": [
        "2020/1/1 1:01",
        "111.11%",
        "￥1.11",
        "二〇二〇年一月一日",
        "2020年1月1日",
        "二〇二〇年一月",
        "一月一日",
    ],
    "date_1904.xlsx": ["2021-01-01", "15", "2021-01-02", "16", "255:10:10", "17"],
    "date_iso.xlsx": ["2021-01-01", "10:10:10"],
    "errors.xlsx": ["#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#REF!", "#NUM!", "#N/A"],
    "has_x000D_.xlsx": ["ABC\nDEF"],
    "inlineStr_with_value.xlsx": ["NN", "Hierarchy", "1", "+", "1.", "RQ11610"],
    "richtext-namespaced.xlsx": ["inline string\nLine 2\nLine 3", "shared string\nLine 2\nLine 3"],
    "rph.xlsx": ["課きく\u3000毛こ"],
    "t09.xlsx": ["SH_x000D_Z002"],
    "demo.xlsx": ["字符串标题", "日期标题", "数字标题", "2020/1/10 1:01", "10"],
    "empty_shared_string_value.xlsx": ["Name", "City", "Status", "Alice", "Active", "Berlin"],
}


def read_texts(name: str) -> dict[str, dict[tuple[int, int], str]]:
    """Return what a workbook prints: sheet → (row, column) → text."""
    archive = Archive((FOLDER / name).read_bytes(), name, ReadSettings())
    workbook = load_workbook(archive, name)
    strings = read_shared_strings(archive, workbook.strings, name) if workbook.strings else []
    shared = CellFormats(strings=strings, formats=workbook.formats, is_1904=workbook.is_1904)
    texts = {}
    for part in workbook.sheets:
        if part.path:
            sheet = read_sheet(archive, part.path, shared, name, ReadSettings())
            texts[part.title] = {
                (row, col): text for row, packed in sheet.rows.items() for col, text in zip(*packed, strict=True)
            }
    return texts


@pytest.mark.parametrize("name", FILES)
def test_every_text_stands_where_another_reader_finds_it(name):
    own = read_texts(name)
    book = openpyxl.load_workbook(FOLDER / name, data_only=True)
    for sheet in book.worksheets:
        theirs = {
            (c.row - 1, c.column - 1): c.value for row in sheet.iter_rows() for c in row if c.value not in (None, "")
        }
        assert set(own[sheet.title]) == set(theirs)
        for place, value in theirs.items():
            if isinstance(value, str) and "_x0" not in value:
                assert own[sheet.title][place].strip() == value.replace("\r\n", "\n").strip()


@pytest.mark.parametrize("name", sorted(PRINTED))
def test_numbers_dates_and_odd_texts_print_as_a_spreadsheet_shows_them(name):
    printed = {text for texts in read_texts(name).values() for text in texts.values()}
    assert [text for text in PRINTED[name] if text not in printed] == []


@pytest.mark.parametrize("name", FILES)
def test_the_whole_reader_takes_them(name):
    document = read_document((FOLDER / name).read_bytes(), name, ReadSettings())
    assert document.page_count >= 1


def test_what_is_encrypted_is_refused_by_name():
    with pytest.raises(InputError, match="password"):
        read_document((FOLDER / "pass_protected.xlsx").read_bytes(), "a.xlsx", ReadSettings())
