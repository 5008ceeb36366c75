"""Workbooks as offices make them, in every form: each measure exact, none invented."""

from __future__ import annotations

import shutil

import pytest

from tests.lab.offices import FORMS, compare, make_book, write_all

SEEDS = (5, 9, 12, 19, 76, 93)
_CONVERTED = ("libreoffice", "xls", "ods")


@pytest.mark.parametrize("form", FORMS)
def test_every_measure_of_an_office_workbook_is_exact_and_none_is_invented(form):
    if form in _CONVERTED and shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice")
    books = [make_book(seed) for seed in (SEEDS[-2:] if form in ("ods", "xls") else SEEDS)]
    found = [compare(book, data, name, form) for book, (data, name) in zip(books, write_all(books, form), strict=True)]
    assert [problem for _, _, problems in found for problem in problems] == []
    assert sum(exact for _, exact, _ in found) == sum(total for total, _, _ in found) > 10
