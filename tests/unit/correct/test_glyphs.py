"""Misread characters are put right only where something speaks for the change."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from planextract.correct import repair_glyphs, widen_columns
from planextract.dictionaries import load_dictionaries
from planextract.dictionaries.ocr_confusions import load_ocr_confusions
from planextract.errors import ConfigError
from planextract.interpret import parse_deadline
from planextract.label import label_document
from planextract.model.source import SourceCell, SourceDocument, SourceTable
from planextract.model.table import cells_of

HEADER = ("序号", "重点任务", "工作措施", "完成时限", "主责单位", "协办单位")


def settle(*rows, confidence=0.8):
    """Repair a plan of rows of six texts; return the texts of its data cells and all edits of confusions."""
    cells = tuple(
        SourceCell(row=row, col=col, raw_text=text, confidence=confidence)
        for row, texts in enumerate((HEADER, *rows))
        for col, text in enumerate(texts)
    )
    table = SourceTable(page=1, row_count=len(rows) + 1, col_count=6, cells=cells, has_spans=False)
    source = SourceDocument(
        doc_id="d", source_path="d", media_type="image/png", reader="scan", page_count=1, blocks=(table,), printed=""
    )
    books = load_dictionaries()
    labelled = repair_glyphs(
        label_document(source, books.columns),
        books.ocr_confusions,
        books.words,
        lambda text: parse_deadline(text, 2021, books.deadlines).kind != "unparsed",
    )
    found = [cell for cell in cells_of(labelled) if cell.column != "header"]
    edits = [edit for cell in found for edit in cell.edits if edit.rule.startswith("ocr_")]
    return [[cell.text for cell in found if cell.row == row] for row in range(1, len(rows) + 1)], edits


def row(name="大气治理", measure="加强管理。", deadline="年底前", lead="区生态环境局", support="---"):
    return ("1", name, measure, deadline, lead, support)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        pytest.param("氮氧化物总量減排", "氮氧化物总量减排", id="a traditional form"),
        pytest.param("提升小区物业管埋水平", "提升小区物业管理水平", id="a word"),
        pytest.param("完成污染冶理任务", "完成污染治理任务", id="a rare character"),
    ],
)
def test_words_speak_for_a_character(read, printed):
    texts, edits = settle(row(measure=read))
    assert texts[0][2] == printed
    assert [(e.stage, e.rule, e.before, e.after) for e in edits] == [("repair", "ocr_words", read, printed)]
    assert 0 < edits[0].confidence < 1


@pytest.mark.parametrize(
    "text",
    [
        "时期充换电基础设施",
        "各单位报送名单",
        "第三轮督察",
        "国三排放标准汽车",
        "入河排污口",
        "扬尘管控",
        "市卫健委",
        "放管服改革",
    ],
)
def test_what_is_right_stays(text):
    texts, edits = settle(row(measure=text), row(measure=f"建设{text}"))
    assert [line[2] for line in texts] == [text, f"建设{text}"]
    assert edits == []


@pytest.mark.parametrize(
    ("read", "printed"),
    [("6月3O曰前", "6月30日前"), ("年未", "年末"), ("2O21年底", "2021年底"), ("按上级时间执行未", "按上级时间执行未")],
)
def test_a_deadline_is_put_right_if_it_can_be_read_then(read, printed):
    texts, edits = settle(row(deadline=read))
    assert texts[0][3] == printed
    assert [edit.rule for edit in edits] == ["ocr_deadline"] * sum(a != b for a, b in zip(read, printed, strict=True))


def test_the_rest_of_the_document_speaks_for_a_character():
    same = [row(measure=f"推进月坛园区{text}") for text in ("建设", "改造", "提升")]
    texts, edits = settle(*same, row(measure="完善月坛圆区配套"))
    assert [edit.rule for edit in edits] in (["ocr_words"], ["ocr_context"])
    assert texts[-1][2] == "完善月坛园区配套"


def test_agencies_and_born_digital_cells_are_left_alone():
    texts, edits = settle(row(lead="区生态环境局\n区発展改革委", measure="加强管埋"), confidence=1.0)
    assert (texts[0][2], edits) == ("加强管埋", [])
    texts, _ = settle(row(lead="区城市管埋委"))
    assert texts[0][4] == "区城市管埋委"


def test_a_header_with_one_misread_character_is_known():
    books = load_dictionaries()
    columns = widen_columns(books.columns, books.ocr_confusions)
    assert columns.roles["主贵单位"] == columns.roles["主责单位"]
    assert all(columns.roles[wording] == role for wording, role in books.columns.roles.items())
    added = columns.roles.keys() - books.columns.roles.keys()
    assert not added & (books.columns.known_others | books.columns.group_labels)


def test_raw_text_keeps_what_was_read():
    books = load_dictionaries()
    cell = SourceCell(row=1, col=2, raw_text="污染冶理", confidence=0.5)
    header = tuple(SourceCell(row=0, col=col, raw_text=text) for col, text in enumerate(HEADER))
    table = SourceTable(page=1, row_count=2, col_count=6, cells=(*header, cell), has_spans=False)
    source = SourceDocument(
        doc_id="d", source_path="d", media_type="image/png", reader="scan", page_count=1, blocks=(table,), printed=""
    )
    labelled = repair_glyphs(label_document(source, books.columns), books.ocr_confusions, books.words, lambda _: True)
    found = next(c for c in cells_of(labelled) if c.row == 1 and c.col == 2)
    assert (found.raw_text, found.text, found.confidence) == ("污染冶理", "污染治理", 0.5)
    assert replace(found, text="").edits == found.edits


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("glyphs: [名]", "two or more"),
        ("glyphs: [二三]", "number or a place"),
        ("variants: {減: 减少}", "one character"),
        ("glyphs: [名各]\nvariants: {名: 各}", "in a group"),
        ("in_deadlines: {O: 0}", "in quotes"),
        ("words: []", "unknown entries"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path, text, message):
    path = tmp_path / "ocr_confusions.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=re.escape(message)):
        load_ocr_confusions(path)
