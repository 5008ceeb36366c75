"""The notice as a PDF with one body that no dictionary knows, run once and copied for each test."""

from __future__ import annotations

import shutil

import pytest

from tests.lab import find_missing, notice, typeset

from ..conftest import ROOT, run_cli

UNKNOWN, KNOWN = "区经贸署", "区商务局"


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    missing = find_missing("reportlab")
    if missing:
        pytest.skip(f"needs {missing}")
    folder = tmp_path_factory.mktemp("review")
    text = (ROOT / "raw" / "xicheng-2021-action-plan.txt").read_text(encoding="utf-8")
    changed = folder / "notice.txt"
    changed.write_text(text.replace(KNOWN, UNKNOWN), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notice, "SOURCE", changed)
        pdf = typeset(notice.make_notice(), "reportlab")
    (folder / "in").mkdir()
    (folder / "in" / "notice.pdf").write_bytes(pdf)
    run_cli("run", str(folder / "in"), "-o", str(folder / "out"), check=True)
    return folder


@pytest.fixture
def desk(made, tmp_path):
    """A folder with ``in`` and ``out`` of its own."""
    shutil.copytree(made / "in", tmp_path / "in")
    shutil.copytree(made / "out", tmp_path / "out")
    return tmp_path
