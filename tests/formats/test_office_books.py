"""Workbooks as offices make them, drawn by hand: every measure, deadline, body and state as a person reads the sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from .office_books import BOOKS, read_book

EXPECTED = yaml.safe_load(
    (Path(__file__).resolve().parents[1] / "data" / "workbooks" / "office.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_of_an_office_is_read_as_a_person_reads_it(name):
    assert read_book(name) == EXPECTED[name]


def test_every_book_was_looked_at():
    assert set(EXPECTED) == set(BOOKS)
