"""Workbooks as offices make them, drawn by hand: every measure, deadline, body and state as a person reads the sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from .office_books import BOOKS, extract_book, read_book

EXPECTED = yaml.safe_load(
    (Path(__file__).resolve().parents[1] / "data" / "workbooks" / "office.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_of_an_office_is_read_as_a_person_reads_it(name):
    assert read_book(name) == EXPECTED[name]


def test_two_days_in_one_merged_measure_are_worth_a_look():
    plan = extract_book("a_measure_merged_over_its_owners").plans[0]
    asked = [measure.text for task in plan.tasks for measure in task.measures if measure.needs_review]
    assert asked == ["新增绿地5公顷。"]


def test_words_struck_within_a_cell_are_printed_and_left_out():
    extraction = extract_book("words_struck_within_cells")
    assert {cell.raw_text: cell.text for cell in extraction.cells if cell.raw_text != cell.text} == {
        "5月底6月底": "6月底",
        "区园林绿化局、区水务局": "区园林绿化局",
    }
    assert [found.code for found in extraction.findings].count("detect.struck_text") == 2


def test_every_book_was_looked_at():
    assert set(EXPECTED) == set(BOOKS)
