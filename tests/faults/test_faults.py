"""A share of the fault harness with the tests: no torn part, no lost older version, and the next run heals everything."""

from __future__ import annotations

import shutil
import sys

import pytest

from .harness import explore


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("cc") is None, reason="needs cc, on Linux")
@pytest.mark.parametrize(
    ("only", "step", "first"), [("once", 41, 3), ("replacing:EIO:once", 23, 5), ("sticky", 67, 11)]
)
def test_a_disk_that_fails_loses_nothing(tmp_path, only, step, first):
    found = explore(tmp_path, only, step, first)
    assert found
    assert sum(tally["points"] for tally in found.values()) > 4
    assert [problem for tally in found.values() for problem in tally["problems"]] == []
