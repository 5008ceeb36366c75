import json

from planextract.model.source import SourceMarkup
from planextract.read import read_document
from planextract.settings import ReadSettings

from ...builders import printed_characters


def test_text_where_no_element_stands_is_set_aside():
    def cell(col, text):
        return {
            "type": "table cell",
            "row number": 1,
            "column number": col,
            "kids": [{"type": "paragraph", "content": text}],
        }

    table = {"type": "table", "page number": 1, "rows": [{"cells": [cell(1, "甲"), cell(2, "乙"), [cell(3, "丙")]]}]}
    tree = {"number of pages": 1, "kids": [table, {"type": "x", "elsewhere": {"content": "甲"}}]}
    document = read_document(json.dumps(tree).encode(), "x.json", ReadSettings())
    assert sorted(b.raw_text for b in document.blocks if isinstance(b, SourceMarkup)) == ["丙", "甲"]
    assert sorted(printed_characters(document.blocks)) == sorted(document.printed)
