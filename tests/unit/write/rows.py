"""Rows of the smallest document: one plan, one task, one measure with one body."""

from __future__ import annotations

from planextract.model.plan import Extraction
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import Settings
from planextract.write.rows import Rows, make_rows

from ...builders import make_dictionaries, make_plan_text


def make_extraction() -> Extraction:
    from planextract.model.decision import Overrides

    text = make_plan_text("1\t水环境\t加强巡查。\t年底前\t区教委\t---")
    settings = Settings()
    source = read_document(text.encode("utf-8"), "plan.txt", settings.read)
    return extract_document(source, make_dictionaries(), Overrides(), settings)


def make_document_rows() -> Rows:
    return make_rows(make_extraction(), "0" * 16)
