"""Outputs that the reports are made of, once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.run.extract import extract_input
from planextract.run.inputs import InputFile
from planextract.run.versions import find_versions
from planextract.settings import Settings
from planextract.write.commit import OutputFolder
from planextract.write.gold import parse_gold
from planextract.write.rows import make_agency_rows, make_rows
from planextract.write.store import open_store
from tests.conftest import ROOT
from tests.lab.by_chromium import find_chromium
from tests.lab.notice import make_notice
from tests.lab.typeset import typeset

from .browser import Watched

BENCHMARK = ROOT / "tests" / "benchmark"
GOLD = BENCHMARK / "xicheng-2021" / "gold.yaml"
SECOND_YEAR = BENCHMARK / "xicheng-2022"


def commit(folder: Path, *documents: Path, extra: Path | None = None) -> Path:
    """Extract documents into an output folder, in this process."""
    settings, dictionaries = Settings(), load_dictionaries(extra)
    versions = find_versions(settings, dictionaries.version)
    agencies = make_agency_rows(dictionaries.agencies)
    output = OutputFolder(open_store(folder), agencies)
    try:
        output.write_agencies()
        for path in documents:
            extraction = extract_input(InputFile(path=path, name=path.name), dictionaries, settings)
            rows = make_rows(extraction, versions.dictionary, versions.code, versions.settings)
            output.commit_document(rows)
    finally:
        output.store.close()
    return folder


@pytest.fixture(scope="session")
def text_output(tmp_path_factory, notice) -> Path:
    return commit(tmp_path_factory.mktemp("text"), notice)


@pytest.fixture(scope="session")
def second_output(tmp_path_factory) -> Path:
    return commit(tmp_path_factory.mktemp("second"), SECOND_YEAR / "plan.txt")


@pytest.fixture(scope="session")
def notice_pdf(tmp_path_factory) -> Path:
    """The notice as its PDF was: printed by Chromium in the lab."""
    if find_chromium() is None:
        pytest.skip("needs chromium (scripts/system-packages)")
    path = tmp_path_factory.mktemp("pdf") / "notice.pdf"
    path.write_bytes(typeset(make_notice(), "chromium"))
    return path


@pytest.fixture(scope="session")
def pdf_output(tmp_path_factory, notice_pdf) -> Path:
    return commit(tmp_path_factory.mktemp("as-pdf"), notice_pdf)


@pytest.fixture(scope="session")
def gold():
    return parse_gold(GOLD.read_text(encoding="utf-8"), GOLD.name)


@pytest.fixture(scope="session")
def browser(chromium):
    return chromium


@pytest.fixture
def watched(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Watched(context.new_page())
    context.close()
