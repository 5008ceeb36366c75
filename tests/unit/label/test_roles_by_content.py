"""Roles that a header's words do not give, and what is said where no header is known."""

from __future__ import annotations

from functools import lru_cache

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.prose import Verdict
from planextract.label.refusals import no_table, unknown_header
from planextract.label.roles_by_content import keep_roles, name_column
from planextract.model.roles import Role
from planextract.model.source import SourceBlock, SourceCell, SourceDocument, SourceTable
from planextract.model.table import Column
from planextract.model.vocabulary import ColumnVocabulary


@lru_cache(maxsize=1)
def _vocabulary() -> ColumnVocabulary:
    return load_dictionaries().columns


def _columns(*roles: Role) -> tuple[Column, ...]:
    return tuple(Column(role=role, label="" if role is Role.OTHER else str(role)) for role in roles)


_PLAN = _columns(Role.TASK_NO, Role.TASK_NAME, Role.MEASURE, Role.DEADLINE, Role.LEAD, Role.OTHER)


@pytest.mark.parametrize(
    ("texts", "role"),
    [
        (["区财政局", "区教委、区民政局", "区卫生健康\n委"], Role.SUPPORT),
        (["区财政局", "—", ""], Role.SUPPORT),
        (["已完成", "推进中", "未开工"], Role.OTHER),
        (["", "", "区财政局"], Role.OTHER),
        (["完成改造。", "按月更新。", "区财政局"], Role.OTHER),
    ],
)
def test_a_column_without_a_label_is_told_by_its_cells(texts: list[str], role: Role) -> None:
    assert name_column(5, _PLAN, texts, _vocabulary()) is role


def test_numbers_without_a_label_are_the_plans_numbers() -> None:
    columns = _columns(Role.OTHER, Role.TASK_NAME, Role.MEASURE, Role.LEAD)
    assert name_column(0, columns, ["1", "2", "3"], _vocabulary()) is Role.TASK_NO
    assert name_column(5, (*_PLAN[:5], Column(role=Role.OTHER, label="")), ["1", "2"], _vocabulary()) is Role.OTHER


def test_a_reworded_header_keeps_the_roles_if_the_numbers_go_on() -> None:
    before = _columns(Role.TASK_NO, Role.TASK_NAME, Role.MEASURE, Role.LEAD, Role.SUPPORT)
    after = _columns(Role.TASK_NO, Role.TASK_NAME, Role.MEASURE, Role.RESPONSIBLE, Role.SUPPORT)
    kept = keep_roles(after, before, [4, 5], 3)
    assert kept is not None and kept[3].role is Role.LEAD and kept[3].label == "responsible"
    assert keep_roles(after, before, [1, 2], 3) is None  # another table
    assert keep_roles(after, before, [None], 3) is None
    moved = _columns(Role.TASK_NO, Role.TASK_NAME, Role.MEASURE, Role.SUPPORT, Role.LEAD)
    assert keep_roles(moved, before, [4], 3) is None  # the columns have changed places


def _document(*blocks: SourceBlock, reader: str = "pdf") -> SourceDocument:
    return SourceDocument(
        doc_id="0" * 16, source_path="a.pdf", media_type="", reader=reader, page_count=3, blocks=blocks, printed=""
    )


def _table(page: int, *rows: list[str]) -> SourceTable:
    cells = [SourceCell(row=r, col=c, raw_text=text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return SourceTable(page=page, row_count=len(rows), col_count=len(rows[0]), cells=tuple(cells), has_spans=True)


def test_an_unknown_header_shows_the_table_most_like_a_plan() -> None:
    layout = _table(1, ["", "", ""], ["索引号", "000014349", "110108"], ["发布日期", "2024", ""])
    plan = _table(2, ["", "", ""], ["甲乙", "完成时限", "配合单位"], ["丙", "6月", "区教委"])
    message = str(unknown_header(_document(layout, plan), _vocabulary()))
    assert "page 2" in message and "甲乙、完成时限、配合单位" in message
    assert "known are 完成时限、配合单位, but no column of tasks or measures" in message


def test_a_message_shows_no_long_figures() -> None:
    message = str(unknown_header(_document(_table(1, ["王某 13800138000", "联系方式"], ["a", "b"])), _vocabulary()))
    assert "13800138000" not in message and "王某" not in message


def test_a_document_without_a_table_is_told_so_in_words_of_its_format() -> None:
    fixed = str(no_table(_document(), Verdict()))
    assert "on 3 pages" in fixed and "tab-" not in fixed
    assert "tab-separated" in str(no_table(_document(reader="text"), Verdict()))


def test_a_refusal_says_what_was_found_of_a_plan_in_prose() -> None:
    verdict = Verdict(score=3.0, owned=1, reasons=(("owners_named", 2.0), ("numbered", 1.0)))
    message = str(no_table(_document(reader="text"), verdict))
    assert "1 measure with agencies (evidence 3.0 of 4.0: owners_named +2.0, numbered +1.0)" in message
