"""Workbooks: what a sheet prints, what is a table of it, what hides, and files that mean harm."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from planextract.errors import InputError
from planextract.model.source import SourceMarkup, SourceTable, SourceText
from planextract.read import read_document
from planextract.read.xlsx.number_format import format_number
from planextract.read.xlsx.sheet import column_letters, column_number
from planextract.settings import ReadSettings

HEADER = ("序号", "重点任务", "工作措施", "完成时限", "主责单位")
ROW = (1, "扬尘管控", "加强检查。", "年底前", "区教委")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def make(fill, **options) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    fill(book)
    book.close()
    return stream.getvalue()


def move_last_cell(book: bytes, name: str) -> bytes:
    """Make a cell the last one a sheet may have: xlsxwriter itself would go through all the cells before it."""
    column, row = name.rstrip("0123456789").encode(), name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").encode()
    moved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(moved, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            if part.startswith("xl/worksheets/"):
                content = re.sub(rb'((?:r|ref)="(?:A1:)?)%b%b"' % (column, row), rb'\1XFD1048576"', content)
                content = content.replace(b'<row r="%b"' % row, b'<row r="1048576"')
                assert b'r="XFD1048576"' in content
            new.writestr(part, content)
    return moved.getvalue()


def by_rows(*rows, **more) -> bytes:
    def fill(book):
        sheet = book.add_worksheet(more.get("title"))
        for number, row in enumerate(rows):
            for col, value in enumerate(row):
                if value not in ("", None):
                    sheet.write(number, col, value)

    return make(fill)


def by_xml(sheet: str, *, strings: str = "", workbook: str = "", folder: str = "xl/", **parts: str) -> bytes:
    """A workbook of hand-written parts."""
    stream = io.BytesIO()
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relations}/officeDocument" Target="{folder}workbook.xml"/></Relationships>',
        )
        out.writestr(
            f"{folder}workbook.xml",
            workbook
            or f'<workbook xmlns="{MAIN}" xmlns:r="{relations}"><sheets><sheet name="一" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        out.writestr(
            f"{folder}_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        out.writestr(f"{folder}worksheets/sheet1.xml", sheet)
        out.writestr(f"{folder}sharedStrings.xml", strings or f'<sst xmlns="{MAIN}"/>')
        for name, text in parts.items():
            out.writestr(name, text)
    return stream.getvalue()


def inline(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def read(data: bytes, name: str = "plan.xlsx", **limits):
    return read_document(data, name, ReadSettings(**limits))


def draw(data: bytes, name: str = "plan.xlsx") -> list[str]:
    """Show the blocks: lines as they are, tables as rows of cells with their spans, asides with their reason."""
    shown = []
    for block in read(data, name).blocks:
        if isinstance(block, SourceTable):
            rows: dict[int, list[str]] = {}
            for cell in block.cells:
                span = f"[{cell.row_span}×{cell.col_span}]" if cell.row_span * cell.col_span > 1 else ""
                rows.setdefault(cell.row, []).append(cell.raw_text.replace("\n", "⏎") + span)
            shown += ["|".join(rows[row]) for row in sorted(rows)]
        else:
            shown.append(block.raw_text if isinstance(block, SourceText) else f"{block.reason}: {block.raw_text}")
    return shown


def codes(data: bytes) -> list[str]:
    return [note.code for note in read(data).notes]


def refused(data: bytes, **limits) -> str:
    with pytest.raises(InputError) as caught:
        read(data, **limits)
    assert caught.value.file == "plan.xlsx"
    assert caught.value.advice
    return caught.value.code


# What is a table


def test_lines_above_and_below_a_table_are_no_rows_of_it():
    rows = [
        ["2024年工作计划"],
        ["单位：万元"],
        ["填报单位：甲局", "", "", "填报日期：1月"],
        HEADER,
        ROW,
        [2, *ROW[1:]],
        ["注：按月报。"],
    ]
    blocks = read(by_rows(*rows)).blocks
    assert [type(block).__name__ for block in blocks] == ["SourceText"] * 4 + ["SourceTable", "SourceText"]
    assert [block.line for block in blocks] == [1, 2, 3, 3, 4, 7]


def test_rows_and_columns_that_print_nothing_are_left_out():
    def fill(book):
        sheet, border = book.add_worksheet(), book.add_format({"border": 1})
        for number, row in enumerate([HEADER, ROW, ROW]):
            for col, value in enumerate(row):
                sheet.write(number * 3, col * 2, value)
        for row in range(10, 10_010):
            sheet.write_blank(row, 0, None, border)
        sheet.write_blank(10_010, 25, None, border)

    book = move_last_cell(make(fill), "Z10011")
    table = next(block for block in read(book).blocks if isinstance(block, SourceTable))
    assert (table.row_count, table.col_count) == (3, 5)
    assert [cell.line for cell in table.cells][::5] == [1, 4, 7]


def test_merged_cells_are_spans_and_a_blank_merged_cell_keeps_its_own():
    def fill(book):
        sheet = book.add_worksheet()
        for number, row in enumerate(
            [HEADER, (1, "扬尘管控", "加强检查。", "", "区教委"), ("", "", "再查。", "", "区财政局")]
        ):
            sheet.write_row(number, 0, row)
        sheet.merge_range(1, 0, 2, 0, 1)
        sheet.merge_range(1, 1, 2, 1, "扬尘管控")
        sheet.merge_range(1, 3, 2, 3, "")

    assert draw(make(fill)) == ["|".join(HEADER), "1[2×1]|扬尘管控[2×1]|加强检查。|[2×1]|区教委", "再查。|区财政局"]


def test_two_tables_of_a_sheet_are_parted_by_their_titles():
    rows = [["甲计划"], HEADER, ROW, ROW, [], ["乙计划"], HEADER, ROW, ROW]
    blocks = read(by_rows(*rows)).blocks
    assert [block.raw_text if isinstance(block, SourceText) else block.row_count for block in blocks] == [
        "甲计划",
        3,
        "乙计划",
        3,
    ]


def test_a_header_printed_again_under_a_section_heading_parts_nothing():
    rows = [HEADER, ROW, ["二、水"], HEADER, ROW]
    assert [block.row_count for block in read(by_rows(*rows)).blocks] == [5]


def test_a_tab_names_a_table_without_a_title_where_there_are_several():
    def fill(book):
        for title in ("区水务局", "Sheet2"):
            sheet = book.add_worksheet(title)
            for number, row in enumerate([HEADER, ROW]):
                sheet.write_row(number, 0, row)

    assert [text for text in draw(make(fill)) if "|" not in text] == ["区水务局"]


# What a cell prints


@pytest.mark.parametrize(
    ("raw", "code", "printed"),
    [
        ("45657", 'yyyy"年"m"月"d"日"', "2024年12月31日"),
        ("45657", "yyyy/m/d", "2024/12/31"),
        ("45657", "yyyy\\-mm\\-dd", "2024-12-31"),
        ("45657", "yyyy-mm-dd", "2024-12-31"),
        ("45657", "yyyymmdd", "20241231"),
        ("45657", '[$-804]yyyy"年"m"月"d"日";@', "2024年12月31日"),
        ("45657", 'm"月"d"日"', "12月31日"),
        ("45657", "aaaa", "星期二"),
        ("0.75", "h:mm", "18:00"),
        ("1.5", "[h]:mm", "36:00"),
        ("45657.75", "yyyy/m/d h:mm", "2024/12/31 18:00"),
        ("59", "m/d", "2/28"),
        ("0.85", "0%", "85%"),
        ("0.8567", "0.0%", "85.7%"),
        ("-0.3", "0%", "-30%"),
        ("7", "000", "007"),
        ("1.5E+2", "General", "150"),
        ("150", "0.00E+00", "1.50E+02"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("-5", "0;[Red]-0", "-5"),
        ("-5", "0;(0)", "(5)"),
        ("0", '0;-0;"无"', "无"),
        ("12", '0"万元"', "12万元"),
        ("3", '"第"0"季度"', "第3季度"),
        ("20210101", "0000-00-00", "2021-01-01"),
        ("5", '[>=3]"多";"少"', "多"),
        ("0.30000000000000004", "General", "0.3"),
        ("110101199001011000", "General", "110101199001011000"),
        ("1E-12", "General", "1E-12"),
        ("1.25", "# ?/?", "1.25"),
        ("3.14159", "0.0_ ", "3.1"),
        ("2", "0.##", "2"),
        ("1e999", "0", "1E+999"),
        ("-1", "yyyy", "-1"),
        ("abc", "0", "abc"),
        ("nan", "0", "nan"),
        ("5", "", "5"),
        ("12", '"', "12"),
        ("12", ";;;", "12"),
        ("5", '"有"', "有"),
        ("45657", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二四年十二月三十一日"),
        ("45931", '[DBNum1][$-804]yyyy"年"m"月";@', "二〇二五年十月"),
        ("45657", '[DBNum2][$-804]yyyy"年"m"月"d"日"', "贰零贰肆年壹拾贰月叁拾壹日"),
        ("12", "[DBNum1]General", "一十二"),
        ("12", "[DBNum1][$-804]General", "一十二"),
        ("305", "[DBNum2]G/通用格式", "叁佰零伍"),
        ("100200030", "[DBNum1]", "一亿〇二十万〇三十"),
        ("305", "[DBNum1]0", "三〇五"),
        ("12.5", "[DBNum2]0.00", "壹贰.伍零"),
        ("2024", "[DBNum3]0", "\uff12\uff10\uff12\uff14"),
        ("7", '[DBNum1]"（"0"）"', "（七）"),
        ("45657", 'ggge"年"m"月"', "2024年12月"),
        ("150", "0.0E+0", "1.5E+2"),
        ("45657", "yyyy.mm", "2024.12"),
        ("45657", 'yyyy"年"mm"月"', "2024年12月"),
        ("45657", 'yy"年"m"月"', "24年12月"),
        ("0.1234", "0.00%", "12.34%"),
    ],
)
def test_a_number_prints_by_its_format(raw, code, printed):
    assert format_number(raw, code) == printed


def test_days_counted_from_1904():
    assert format_number("0", "yyyy/m/d", is_1904=True) == "1904/1/1"


@given(
    st.from_regex(r"-?\d{1,12}(\.\d{1,8})?([eE][+-]?\d{1,3})?", fullmatch=True),
    st.text(max_size=30) | st.text('0#?.,%E+-/;[]"\\@*_ ymdhsGe年', max_size=20),
)
def test_no_format_breaks_the_reader(raw, code):
    assert isinstance(format_number(raw, code), str)


def test_an_inline_text_with_a_value_beside_it_is_read_once():
    rows = "".join(
        f'<row r="{row}">'
        + "".join(
            f'<c r="{col}{row}" t="inlineStr"><is><t>{text}</t></is><v>{text}</v></c>'
            for col, text in zip("ABCDE", texts, strict=True)
        )
        + "</row>"
        for row, texts in ((1, HEADER), (2, ROW))
    )
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    assert draw(by_xml(sheet)) == ["|".join(HEADER), "|".join(map(str, ROW))]


def test_parts_need_no_folder_of_their_own():
    rows = "".join("<row>" + "".join(inline("", str(text)) for text in row) + "</row>" for row in (HEADER, ROW))
    data = by_xml(f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>', folder="")
    assert draw(data) == ["|".join(HEADER), "|".join(map(str, ROW))]


def test_every_way_to_store_a_text_or_number():
    def fill(book):
        sheet, bold, up = book.add_worksheet(), book.add_format({"bold": True}), book.add_format({"font_script": 1})
        sheet.write_row(0, 0, ("文本", "日期", "公式", "富文本", "真假"))
        sheet.write_string(1, 0, "007")
        sheet.write_datetime(1, 1, datetime(2024, 6, 30), book.add_format({"num_format": "yyyy/m/d"}))
        sheet.write_formula(1, 2, "=1+1", None, 2)
        sheet.write_rich_string(1, 3, bold, "新建", "100m", up, "2")
        sheet.write_boolean(1, 4, True)
        sheet.write_row(2, 0, ("一\n二", "2_x000D_", "x_x0041_", " 前后 ", "0"))

    assert draw(make(fill))[1:] == ["007|2024/6/30|2|新建100m²|TRUE", "一⏎二|2_x000D_|x_x0041_|前后|0"]


def test_a_formula_without_a_value_is_blank_and_said():
    book = openpyxl.Workbook()
    for row in (HEADER, (1, "扬尘", "=A1&A2", "年底前", "区教委"), ROW):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    assert draw(stream.getvalue())[1] == "1|扬尘||年底前|区教委"
    note = next(note for note in read(stream.getvalue()).notes)
    assert (note.code, note.line) == ("read.formula_without_value", 2)
    assert "C2" in note.message


def test_an_error_of_a_formula_is_printed_and_said():
    data = by_rows(HEADER, ROW, ROW)
    assert codes(data) == []

    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ROW)
        sheet.write_formula(1, 3, "=NA()", None, "#N/A")

    assert codes(make(fill)) == ["read.formula_error"]
    assert "#N/A" in draw(make(fill))[1]


def test_a_phonetic_guide_is_no_text():
    strings = f'<sst xmlns="{MAIN}"><si><t>区教委</t><rPh sb="0" eb="1"><t>ku</t></rPh></si><si><r><t>一</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></si></sst>'
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"><v>3</v></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}{rows.replace("1", "2", 4).replace("<v>2</v>", "<v>1</v>")}</sheetData></worksheet>'
    assert draw(by_xml(sheet, strings=strings))[0] == "区教委|一²|3"


def test_prefixed_names_are_read():
    rows = "".join(
        f'<x:row r="{n}"><x:c r="A{n}" t="inlineStr"><x:is><x:t>甲{n}</x:t></x:is></x:c><x:c r="B{n}"><x:v>{n}</x:v></x:c></x:row>'
        for n in (1, 2)
    )
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    assert draw(by_xml(sheet)) == ["甲1|1", "甲2|2"]


# What hides


def test_what_is_hidden_is_read_and_said():
    def fill(book):
        sheet = book.add_worksheet("计划")
        for number, row in enumerate([HEADER, ROW, ROW]):
            sheet.write_row(number, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
        sheet.autofilter(0, 0, 2, 4)
        sheet.filter_column(0, "x == 1")
        sheet.write_comment(1, 2, "请核对")
        other = book.add_worksheet("旧表")
        other.write(0, 0, "旧的")
        other.hide()
        last = book.add_worksheet("键")
        last.write(0, 0, "key")
        last.very_hidden()

    data = make(fill)
    assert codes(data) == ["read.hidden_rows", "read.hidden_columns", "read.hidden_sheet", "read.hidden_sheet"]
    shown = draw(data)
    assert len([line for line in shown if line.count("|") == 4]) == 3
    assert "旧的" in shown
    assert "hidden: key" in shown
    assert any(line.startswith("comment:") and "请核对" in line for line in shown)
    assert "by a filter" in read(data).notes[0].message


def test_text_under_a_merged_cell_is_set_aside():
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{inline("A1", "甲")}{inline("B1", "压住")}{inline("C1", "丙")}</row><row r="2">{inline("A2", "一")}{inline("B2", "二")}{inline("C2", "三")}</row></sheetData><mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B1:C2"/></mergeCells></worksheet>'
    assert draw(by_xml(sheet)) == ["甲[1×2]|丙", "一|二|三", "hidden: 压住"]


def test_running_heads_and_text_boxes_are_no_cells():
    def fill(book):
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADER, ROW, ROW]):
            sheet.write_row(number + 2, 0, row)
        sheet.set_footer("&C第 &P 页&R督查室")
        sheet.insert_textbox(0, 0, "年度任务")

    shown = draw(make(fill))
    assert shown[0] == "年度任务"
    assert shown[-1] == "running_head: 第  页 督查室"


# Files that mean harm


def test_a_sheet_of_a_million_rows_with_three_texts_is_small():
    rows = "".join(
        f'<row r="{n}">{inline(f"A{n}", "甲")}{inline(f"XFD{n}", "乙")}</row>' for n in (1, 500_000, 1_048_576)
    )
    sheet = f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" hidden="1"/></cols><sheetData>{rows}</sheetData><mergeCells><mergeCell ref="A2:XFD400000"/></mergeCells></worksheet>'
    table = next(block for block in read(by_xml(sheet)).blocks if isinstance(block, SourceTable))
    assert (table.row_count, table.col_count) == (3, 2)


@pytest.mark.parametrize(
    ("sheet", "limits", "code"),
    [
        (f'<!DOCTYPE w [<!ENTITY x "ha">]><worksheet xmlns="{MAIN}"><sheetData/></worksheet>', {}, "read.unsafe_xml"),
        (f'<worksheet xmlns="{MAIN}"><sheetData>', {}, "read.damaged"),
        (
            f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{inline("A1", "长" * 10_100_000)}</row></sheetData></worksheet>',
            {},
            "read.too_much_text",
        ),
        (
            f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{"".join(inline(f"{column_letters(c)}1", "x") for c in range(60))}</row></sheetData></worksheet>',
            {"max_cells": 50},
            "read.too_many_cells",
        ),
        (
            f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(f"<row r={chr(34)}{n + 1}{chr(34)}>{inline(column_letters(n) + str(n + 1), str(n))}{inline(column_letters(n + 1) + str(n + 1), str(n))}</row>" for n in range(99))}</sheetData></worksheet>',
            {"max_cells": 5000},
            "read.too_many_cells",
        ),
        (
            f'<worksheet xmlns="{MAIN}"><sheetData/>{"<mergeCell ref=" + chr(34) + "A1:B2" + chr(34) + "/>"}</worksheet>'
            * 2,
            {},
            "read.damaged",
        ),
    ],
)
def test_harmful_sheets_are_refused(sheet, limits, code):
    assert refused(by_xml(sheet), **limits) == code


def test_deep_nesting_costs_nothing():
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{inline("A1", "甲")}</row></sheetData>{"<a>" * 100_000}{"</a>" * 100_000}</worksheet>'
    assert draw(by_xml(sheet)) == ["甲"]


def test_a_bomb_is_refused():
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{" " * 3_000_000}</sheetData></worksheet>'
    assert refused(by_xml(sheet), max_unpacked_bytes=1_000_000) == "read.unpacks_too_large"


@pytest.mark.parametrize(
    "cells",
    [
        "",
        '<c r="A1" t="s"><v>99</v></c>',
        '<c r="ZZZ9" t="s"><v>x</v></c>',
        "<c><v>1</v></c>",
        '<c r="A1" s="7777"><v>5</v></c>',
        '<c r="A1" t="b"><v>1</v></c><c r="A1"><v>2</v></c>',
    ],
)
def test_odd_cells_break_nothing(cells):
    document = read(
        by_xml(
            f'<worksheet xmlns="{MAIN}"><sheetData><row r="-4">{cells}</row><row>{cells}</row></sheetData></worksheet>'
        )
    )
    found = "".join(b.raw_text for b in document.blocks if isinstance(b, SourceText | SourceMarkup))
    found += "".join(c.raw_text for b in document.blocks if isinstance(b, SourceTable) for c in b.cells)
    assert sorted("".join(found.split())) == sorted(document.printed)


def test_a_workbook_with_a_lying_content_is_refused():
    assert refused(by_xml(f'<worksheet xmlns="{MAIN}"/>', workbook="<a/")) == "read.damaged"


@given(st.integers(0, 16_383))
def test_column_letters_and_numbers_agree(col):
    assert column_number(column_letters(col)) == col


# CSV


def test_csv_keeps_quotes_breaks_and_leading_zeros():
    text = '计划\r\n序号,任务,措施\r\n="007","甲,乙","一\r\n二"\r\n8,"说""好""",x\r\n'
    assert draw(text.encode("gb18030"), "a.csv") == ["计划", "序号|任务|措施", "007|甲,乙|一⏎二", '8|说"好"|x']


def test_a_list_cut_by_wide_commas_is_a_table_and_sentences_are_none():
    header, row = "序号，重点任务，工作措施，完成时限，主责单位", "1，扬尘管控，加强检查。，年底前，区教委"
    data = f"工作清单\n{header}\n{row}\n{row}\n".encode("gb18030")
    assert [b.row_count for b in read(data, "a.csv").blocks if isinstance(b, SourceTable)] == [3]
    text = "加强检查，推进治理。\n完善机制，落实责任，提升质量，开展培训。\n建立台账，按月更新，及时报送。\n".encode()
    assert not [b for b in read(text, "a.csv").blocks if isinstance(b, SourceTable)]


def test_a_sheet_saved_as_txt_keeps_its_quotes():
    text = (
        "工作清单\n" + "\t".join(HEADER) + '\n1\t扬尘管控\t"1.加强检查；\n2.推进治理。"\t年底前\t"区教委\n区财政局"\n'
    )
    table = next(b for b in read(text.encode("gb18030"), "a.txt").blocks if isinstance(b, SourceTable))
    assert [c.raw_text for c in table.cells if c.row == 1][2:] == [
        "1.加强检查；\n2.推进治理。",
        "年底前",
        "区教委\n区财政局",
    ]


def test_running_text_called_csv_stays_text():
    document = read("关于印发,通知\n各单位:\n现印发给你们\n".encode(), "a.csv")
    assert [type(block) for block in document.blocks] == [SourceText] * 3


def test_an_open_quote_is_refused_and_a_separator_line_is_no_text():
    with pytest.raises(InputError) as caught:
        read(('序号,"' + "x" * 1_000_001).encode(), "a.csv")
    assert (caught.value.code, caught.value.file) == ("read.damaged", "a.csv")
    assert draw("sep=;\n序号;任务;措施\n1;甲;乙\n".encode(), "a.csv") == ["序号|任务|措施", "1|甲|乙"]
