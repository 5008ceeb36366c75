"""What fuzzing once broke stays mended, and a few fresh inputs of each target break nothing."""

from __future__ import annotations

import pytest

from .__main__ import Explorer
from .targets import TARGETS


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.filterwarnings("ignore")
def test_no_input_breaks_a_parser(target):
    explorer = Explorer(target, 2)
    for _ in range(15):
        explorer.try_input(explorer.step())
    assert [end for end, _ in explorer.bad] == []
