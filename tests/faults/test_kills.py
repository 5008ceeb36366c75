"""A few kills with the tests; ``python -m tests.faults.kills`` does them by the hundred."""

from __future__ import annotations

import sys

import pytest

from planextract.read.programs import find_office

from .kills import run_campaign

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")


@needs_linux
@pytest.mark.skipif(find_office() is None, reason="needs LibreOffice")
def test_a_killed_run_and_a_killed_program_leave_nothing_behind():
    campaign = run_campaign(2, 7, "local", ("LibreOffice", "group"))
    assert campaign.problems == []
    assert campaign.left == 0
    assert campaign.files > 100
