"""The notice as a PDF, and a real server of ``planextract open`` in an empty folder."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.lab import find_missing, notice, typeset

from ..review.server import Server


@pytest.fixture(scope="session")
def pdf(tmp_path_factory):
    missing = find_missing("reportlab")
    if missing:
        pytest.skip(f"needs {missing}")
    path = tmp_path_factory.mktemp("desk") / "2021 任务分解.pdf"
    path.write_bytes(typeset(notice.make_notice(), "reportlab"))
    return path


@contextmanager
def opening(folder, *arguments):
    """Run ``planextract open`` in a folder until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "planextract", "open", *map(str, arguments), "--no-browser"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + (process.stderr.read() if process.poll() is not None else "")
        server = Server(found.group())
        server.process = process
        yield server
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()
        process.stderr.close()
