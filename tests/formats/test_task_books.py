"""Task tables in workbooks, drawn by hand: columns, tasks, measures, targets and nodes as a person reads the sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from .task_books import BOOKS, read_book

EXPECTED = yaml.safe_load(
    (Path(__file__).resolve().parents[1] / "data" / "workbooks" / "tasks.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", BOOKS)
def test_a_task_table_is_read_as_a_person_reads_it(name):
    assert read_book(name) == EXPECTED[name]


def test_every_book_was_looked_at():
    assert set(EXPECTED) == set(BOOKS)
