"""A share of the damaged and hostile documents; ``python -m tests.formats.fuzz`` runs as many as one likes."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries

from .fuzz import load_seeds, load_workbook_seeds, make_case, run_case

SHARES = 8
CASES = 240


@pytest.fixture(scope="module")
def seeds():
    return load_seeds()


@pytest.fixture(scope="module")
def dictionaries():
    return load_dictionaries()


def test_the_seeds_themselves_are_sound(seeds, dictionaries):
    outcomes = {name: run_case(name, data, dictionaries) for name, data in seeds}
    assert {name for name, outcome in outcomes.items() if outcome == "document"} >= {
        "a.docx",
        "b.html",
        "c.html",
        "d.ofd",
        "e.ofd",
        "f.mht",
        "docling.json",
        "opendataloader.json",
        "docvortex.json",
    }


@pytest.mark.parametrize("share", range(SHARES))
def test_a_document_or_a_clear_error(share, seeds, dictionaries):
    for number in range(share, CASES, SHARES):
        name, data = make_case(number, seeds)
        try:
            run_case(name, data, dictionaries)
        except Exception as error:
            raise AssertionError(f"case {number} ({name})") from error


def test_a_workbook_or_a_clear_error(dictionaries):
    workbooks = load_workbook_seeds()
    for number in range(120):
        name, data = make_case(number, workbooks)
        try:
            run_case(name, data, dictionaries)
        except Exception as error:
            raise AssertionError(f"case {number} ({name})") from error
