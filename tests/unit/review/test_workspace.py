"""What the review page makes of a document's records."""

from dataclasses import replace

from planextract.model.result import ResultCell, ResultColumn, ResultDocument, ResultPlan
from planextract.review.page.workspace import _prepare

CELL = ResultCell(
    cell_id="d/p1t1r1c1",
    page=1,
    table_no=1,
    row=1,
    col=1,
    row_span=1,
    col_span=1,
    column="responsible",
    text_raw="区教委",
    text="区教委",
    bbox=None,
    line=None,
    confidence=1.0,
    measure_id="d/1/1/1",
    task_id="d/1/1",
)
COLUMNS = tuple(
    ResultColumn(role=role, label=label)
    for role, label in (("responsible", "主责部门"), ("other", "备注"), ("other", "来源"))
)
PLAN = ResultPlan(plan_id="d/1", plan_no=1, attachment_no=None, title="", columns=COLUMNS)


def test_a_cell_is_called_as_its_own_plan_calls_its_column():
    document = _prepare(ResultDocument(doc_id="d", source_path="a.txt", plans=(PLAN,), cells=(CELL,)))
    assert document.label_of(CELL) == "主责部门"
    assert document.label_of(replace(CELL, column="support")) == "", "the plan has no such column"
    assert document.label_of(replace(CELL, column="other")) == "", "it may be either"
    assert document.label_of(replace(CELL, task_id=None)) == ""
