"""Tables that go on without their header."""

from __future__ import annotations

import pytest

from planextract.label.continuation import fits_short
from planextract.model.roles import Role
from planextract.model.table import Column

_COLUMNS = tuple(
    Column(role=role, label=role.value) for role in (Role.TASK_NO, Role.TASK_NAME, Role.MEASURE, Role.DEADLINE)
)


@pytest.mark.parametrize(
    ("rows", "fits"),
    [
        pytest.param([["1", "治水", "整治河道"], ["", "", "清理垃圾"]], True, id="rows that reach the measures"),
        pytest.param([["1", "治水", "整治河道"], ["2", "治气"]], False, id="one row does not reach them"),
        pytest.param([["甲", "治水", "整治河道"]], False, id="no number where the numbers stand"),
        pytest.param([["1", "治水"]], False, id="no row reaches them"),
        pytest.param([], False, id="no rows"),
    ],
)
def test_rows_with_fewer_fields_fit_where_they_reach_the_measures(rows: list[list[str]], fits: bool) -> None:
    assert fits_short(rows, _COLUMNS) is fits
