import pytest

from planextract.errors import InternalError
from planextract.write.constraints import check_rows
from planextract.write.table_spec import ColumnSpec, ForeignKey, TableSpec

PARENT = TableSpec(
    name="parents",
    description="",
    key=("id",),
    columns=(ColumnSpec(name="id", type="string", description="", nullable=False),),
)
CHILD = TableSpec(
    name="children",
    description="",
    key=("id",),
    foreign_keys=(ForeignKey(columns=("parent",), table="parents", references=("id",)),),
    columns=(
        ColumnSpec(name="id", type="string", description="", nullable=False),
        ColumnSpec(name="parent", type="string", description=""),
        ColumnSpec(name="kind", type="string", description="", choices=("a", "b")),
        ColumnSpec(name="count", type="int16", description=""),
        ColumnSpec(name="share", type="float64", description=""),
    ),
)
GOOD = {"id": "c1", "parent": "p1", "kind": "a", "count": 1, "share": 0.5}


def check(*children):
    check_rows({"parents": [{"id": "p1"}], "children": list(children)}, (PARENT, CHILD), "plan.txt")


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(GOOD, id="all filled"),
        pytest.param({**GOOD, "parent": None}, id="a null reference"),
        pytest.param({**GOOD, "kind": None}, id="a null choice"),
        pytest.param({**GOOD, "count": 32_767}, id="the largest number"),
    ],
)
def test_good_rows_pass(row):
    check(row)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        pytest.param([{**GOOD, "id": None}], "id is null", id="null"),
        pytest.param([GOOD, GOOD], "used twice", id="repeated key"),
        pytest.param([{**GOOD, "parent": "p2"}], "not in parents", id="missing foreign key"),
        pytest.param([{**GOOD, "kind": "c"}], "unknown value 'c'", id="unknown choice"),
        pytest.param([{**GOOD, "count": 32_768}], "out of range", id="a number too large for its type"),
        pytest.param([{**GOOD, "share": float("inf")}], "out of range", id="infinite"),
        pytest.param([{**GOOD, "share": float("nan")}], "out of range", id="not a number"),
        pytest.param([{**GOOD, "more": 1}], "columns differ", id="a column too many"),
        pytest.param([{"id": "c1"}], "columns differ", id="columns missing"),
    ],
)
def test_bad_rows_are_refused(rows, problem):
    with pytest.raises(InternalError, match=problem) as caught:
        check(*rows)
    assert (caught.value.code, caught.value.file) == ("write.contract", "plan.txt")
