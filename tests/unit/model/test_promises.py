"""Records refuse what they promise not to hold."""

from dataclasses import replace
from datetime import date

import pytest

from planextract.errors import InternalError
from planextract.model.agency import AgencyMatch
from planextract.model.plan import Deadline, Measure, Mention, Milestone, Progress, Target
from planextract.model.record import Repair
from planextract.model.source import SourceCell
from planextract.model.table import Boundary, Cell, Piece

CELL = Cell(
    cell_id="d/p1t1r1c0",
    page=1,
    table_no=1,
    row=1,
    col=0,
    row_span=1,
    col_span=1,
    column="measure",
    raw_text="建设公园",
    text="建设公园",
    edits=(),
    line=None,
    bbox=None,
    confidence=1.0,
)
MEASURE = Measure(
    seq=1,
    text="建设公园3处",
    raw_text="建设公园3处",
    pages=(1,),
    cell_ids=(),
    agency_cells=(),
    deadline=Deadline(raw_text=None, kind="none"),
    deadline_status=None,
    row_score=1.0,
)
BOUNDARY = Boundary(
    page_before=1, page_after=2, decision="joined", row_decision=None, score=0.5, reasons=(), runner_up=None
)
TARGET = Target(
    text="3处",
    span_start=4,
    span_end=6,
    comparator="=",
    value=3.0,
    value_high=None,
    unit="处",
    unit_pint=None,
    indicator="公园",
    role="target",
)
NOBODY = AgencyMatch(kind="unresolved", entry=None, score=0.0, reason="")


@pytest.mark.parametrize("value", [1.49, -0.01, float("nan")])
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda value: replace(BOUNDARY, score=value), id="boundary"),
        pytest.param(lambda value: replace(CELL, confidence=value), id="cell"),
        pytest.param(lambda value: SourceCell(row=0, col=0, raw_text="", confidence=value), id="cell as read"),
        pytest.param(lambda value: replace(MEASURE, row_score=value), id="row"),
        pytest.param(lambda value: replace(MEASURE, confidence=value), id="measure"),
        pytest.param(lambda value: replace(MEASURE, value_confidences=(("text", value),)), id="value"),
        pytest.param(
            lambda value: Repair(stage="stitch", rule="x", before="", after="", confidence=value), id="repair"
        ),
        pytest.param(lambda value: replace(NOBODY, score=value), id="match"),
        pytest.param(lambda value: Progress(score=value), id="progress"),
    ],
)
def test_what_is_no_probability_is_refused(make, value):
    with pytest.raises(InternalError, match="no probability") as caught:
        make(value)
    assert caught.value.code == "model.probability"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: Piece(cell=CELL, start=0, end=5), id="piece too long"),
        pytest.param(lambda: Piece(cell=CELL, start=3, end=2), id="piece turned round"),
        pytest.param(lambda: replace(MEASURE, targets=(replace(TARGET, span_end=8),)), id="target"),
        pytest.param(
            lambda: replace(MEASURE, mentions=(Mention(span_start=-1, span_end=2, raw_text="公园", match=NOBODY),)),
            id="mention",
        ),
    ],
)
def test_a_span_outside_its_text_is_refused(make):
    with pytest.raises(InternalError) as caught:
        make()
    assert caught.value.code == "model.span"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(
            lambda: Deadline(raw_text="", kind="window", start=date(2022, 7, 1), end=date(2022, 6, 30)), id="deadline"
        ),
        pytest.param(
            lambda: Milestone(label="", text="", due_start=date(2022, 7, 1), due_end=date(2022, 6, 30)), id="node"
        ),
    ],
)
def test_a_period_that_ends_before_it_starts_is_refused(make):
    with pytest.raises(InternalError) as caught:
        make()
    assert caught.value.code == "model.dates"
