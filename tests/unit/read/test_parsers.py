"""Results of other parsers: real ones (tests/data/parsers) and small ones of each known form."""

import json
from pathlib import Path

import pytest

import planextract
from planextract.errors import InputError
from planextract.model.source import SourceMarkup, SourceText
from planextract.read import read_document
from planextract.settings import ReadSettings

from ...builders import draw_table, printed_characters, tables_of

DATA = Path(__file__).resolve().parents[2] / "data" / "parsers"
HTML = "<table><tr><td rowspan=2>1</td><td>甲</td></tr><tr><td>乙<sup>2</sup></td></tr></table>"
GRID = ["1|甲", "^|乙²"]


def read(tree):
    data = json.dumps(tree, ensure_ascii=False).encode()
    document = read_document(data, "x.json", ReadSettings())
    assert sorted(printed_characters(document.blocks)) == sorted(document.printed)
    return document


def texts(document):
    return [(b.page, b.raw_text) for b in document.blocks if isinstance(b, SourceText)]


def asides(document):
    return [(b.reason, b.raw_text) for b in document.blocks if isinstance(b, SourceMarkup)]


def span(text, kind="text"):
    return {"spans": [{"type": kind, "content": text} if kind == "text" else {"type": "table", "html": text}]}


MIDDLE = {
    "pdf_info": [
        {
            "page_idx": 0,
            "para_blocks": [
                {"type": "title", "lines": [span("附件"), span("计划")]},
                {
                    "type": "table",
                    "blocks": [
                        {"type": "table_footnote", "lines": [span("注：无")]},
                        {"type": "table_body", "lines": [span(HTML, "table")]},
                        {"type": "table_caption", "lines": [span("表一")]},
                    ],
                },
            ],
            "discarded_blocks": [{"type": "abandon", "lines": [span("— 1 —")]}],
        }
    ],
    "_backend": "pipeline",
}
CONTENT_LIST = [
    {"type": "text", "text": "附件\n计划", "text_level": 1, "page_idx": 0},
    {"type": "table", "table_caption": ["表一"], "table_footnote": ["注：无"], "table_body": HTML, "page_idx": 0},
    {"type": "page_number", "text": "— 1 —", "page_idx": 0},
]
CONTENT_LIST_2 = [
    [
        {"type": "title", "content": {"title_content": [{"type": "text", "content": "附件\n计划"}], "level": 1}},
        {
            "type": "table",
            "content": {
                "table_caption": [{"type": "text", "content": "表一"}],
                "html": HTML,
                "table_footnote": [{"type": "text", "content": "注：无"}],
            },
        },
        {"type": "page_number", "content": {"page_number_content": [{"type": "text", "content": "— 1 —"}]}},
    ]
]
STRUCTURED = {
    "pages": [
        {
            "page_idx": 0,
            "blocks": [
                {"type": "text", "content": "附件\n计划"},
                {"type": "text", "content": "表一"},
                {"type": "table", "content": HTML, "continues_prev": True},
                {"type": "text", "content": "注：无"},
                {"type": "footer", "content": "— 1 —"},
            ],
        }
    ]
}


@pytest.mark.parametrize(
    "tree",
    [MIDDLE, CONTENT_LIST, CONTENT_LIST_2, STRUCTURED],
    ids=["middle", "content_list", "content_list_v2", "structured"],
)
def test_mineru(tree):
    document = read(tree)
    assert (document.reader, document.page_count) == ("mineru", 1)
    assert texts(document) == [(1, "附件"), (1, "计划"), (1, "表一"), (1, "注：无")]
    assert [draw_table(t) for t in tables_of(document.blocks)] == [GRID]
    assert asides(document) == [("running_head", "— 1 —")]


PAGE = {
    "page_index": 0,
    "parsing_res_list": [
        {"block_label": "doc_title", "block_content": "计划", "block_bbox": [0, 0, 9, 9]},
        {"block_label": "table", "block_content": f"<html><body>{HTML}</body></html>"},
        {"block_label": "number", "block_content": "1"},
        {"block_label": "seal", "block_content": "区政府"},
    ],
}


@pytest.mark.parametrize(
    "tree",
    [
        pytest.param(PAGE, id="a page"),
        pytest.param({"res": PAGE}, id="wrapped"),
        pytest.param([PAGE], id="pages"),
        pytest.param({"result": {"layoutParsingResults": [{"prunedResult": PAGE}]}}, id="answer of the service"),
    ],
)
def test_paddleocr(tree):
    document = read(tree)
    assert (document.reader, texts(document)) == ("paddleocr", [(1, "计划")])
    assert [draw_table(t) for t in tables_of(document.blocks)] == [GRID]
    assert asides(document) == [("page_number", "1"), ("seal", "区政府")]


def test_older_paddle_lists():
    tree = [{"type": "text", "res": [{"text": "计划"}]}, {"type": "table", "res": {"html": HTML}}]
    document = read(tree)
    assert (texts(document), [draw_table(t) for t in tables_of(document.blocks)]) == ([(1, "计划")], [GRID])


TASKS = [
    "目标任务",
    "严格空间布局管控",
    "严格园林绿化用地污染预防",
    "严格工业企业污染预防",
    "严格工业固体废物堆存场所污染预防",
    "合理规划建设用地受污染地块土地用途",
]


@pytest.mark.parametrize("name", ["docling", "opendataloader"])
def test_a_real_result_gives_the_plan(name):
    extraction = planextract.extract_file(DATA / f"{name}.json")
    assert extraction.reader == name
    assert [task.name for plan in extraction.plans for task in plan.tasks] == TASKS
    assert [len(task.measures) for plan in extraction.plans for task in plan.tasks] == [1, 1, 1, 2, 1, 2]


@pytest.mark.parametrize("name", ["docling", "opendataloader", "docvortex"])
def test_no_character_of_a_real_result_is_lost(name):
    read(json.loads((DATA / f"{name}.json").read_text(encoding="utf-8")))


def test_docling_furniture_and_what_nothing_refers_to_are_set_aside():
    tree = json.loads((DATA / "docling.json").read_text(encoding="utf-8"))
    tree["texts"].append({"self_ref": "#/texts/99", "text": "孤", "label": "text"})
    found = asides(read(tree))
    assert ("unplaced", "孤") in found
    assert ("running_head", "— 1 —") in found


def test_cells_that_overlap_are_no_cells():
    cell = {
        "text": "甲",
        "start_row_offset_idx": 0,
        "end_row_offset_idx": 1,
        "start_col_offset_idx": 0,
        "end_col_offset_idx": 2,
    }
    cells = [cell, {**cell, "text": "乙"}, {**cell, "text": "丙", "start_row_offset_idx": -1}, {"text": "丁"}]
    cells.append({**cell, "text": "戊", "start_row_offset_idx": 1, "end_row_offset_idx": 2})
    tree = {
        "schema_name": "DoclingDocument",
        "body": {"children": [{"$ref": "#/tables/0"}, {"$ref": "#/tables/0"}, {"$ref": "#/none"}]},
        "tables": [{"data": {"table_cells": cells}}],
    }
    document = read(tree)
    assert [draw_table(t) for t in tables_of(document.blocks)] == [["甲|<", "戊|<"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b'{"a": 1}', "read.unknown_json", id="other JSON"),
        pytest.param(b"[]", "read.unknown_json", id="empty list"),
        pytest.param(b'{"pdf_info": [', "read.damaged", id="cut off"),
        pytest.param(b'{"pdf_info":' + b"[" * 100_000, "read.too_deep", id="deep"),
        pytest.param(
            json.dumps({"kids": [], "number of pages": 99999}).encode(), "read.too_many_pages", id="many pages"
        ),
        pytest.param(
            json.dumps(
                [{"type": "table", "page_idx": 0, "table_body": "<table><tr><td rowspan=1000 colspan=1000>" * 2500}]
            ).encode(),
            "read.too_deep",
            id="tables in tables",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(data, code):
    with pytest.raises(InputError) as caught:
        read_document(data, "x.json", ReadSettings())
    assert (caught.value.code, caught.value.file) == (code, "x.json")
    assert caught.value.advice


@pytest.mark.parametrize("text", ["[附件]\t甲\n乙\t丙\n", "{甲}\t乙\n丙\t丁\n"])
def test_a_text_that_opens_with_a_bracket_is_no_json(text):
    assert read_document(text.encode(), "x.txt", ReadSettings()).reader == "text"
