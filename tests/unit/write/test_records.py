"""Rows are made of records, and records of rows, by the paths that the contract names."""

import pytest

from planextract.model.agency import AgencyMatch
from planextract.model.plan import Mention, Responsibility
from planextract.model.record import Discard
from planextract.model.result import ResultAgency
from planextract.model.roles import Role
from planextract.write.contract import BY_NAME
from planextract.write.records import flatten, rebuild

UNRESOLVED = AgencyMatch(kind="unresolved", entry=None, score=0.4, reason="no rule accepts a body")
IDS = {"measure_id": "m", "task_id": "t", "plan_id": "p", "doc_id": "d"}


def make_row():
    item = Responsibility(
        role=Role.LEAD, role_label="牵头部门", seq=1, raw_text="区某署", match=UNRESOLVED, is_inherited=True
    )
    return flatten("responsibilities", item, **IDS)


def test_columns_stand_in_the_order_of_the_contract():
    assert list(make_row()) == [column.name for column in BY_NAME["responsibilities"].columns]


def test_a_path_through_a_missing_record_is_null():
    row = make_row()
    assert [row["agency"], row["agency_id"], row["body_level"]] == [None, None, None]
    assert [row["agency_raw"], row["match"], row["role"], row["task_id"]] == ["区某署", "unresolved", "lead", "t"]


def test_a_record_comes_back_by_column_names_and_paths():
    found = rebuild(ResultAgency, "responsibilities", make_row())
    assert (found.role, found.raw_text, found.name, found.match, found.is_inherited) == (
        "lead",
        "区某署",
        None,
        "unresolved",
        True,
    )


def test_what_an_older_part_lacks_is_at_its_default():
    row = {name: value for name, value in make_row().items() if name != "match_reason"}
    assert rebuild(ResultAgency, "responsibilities", row).match_reason == ""


def test_a_column_without_a_value_is_noticed():
    with pytest.raises(AttributeError):
        flatten("responsibilities", Discard(page=1, reason="", raw_text=""), **IDS)
    mention = Mention(span_start=0, span_end=1, raw_text="", match=UNRESOLVED)
    with pytest.raises(ValueError, match="no column colour"):
        flatten("mentions", mention, measure_id="m", seq=1, doc_id="d", colour="red")
