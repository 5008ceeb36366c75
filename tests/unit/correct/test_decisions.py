"""What people decided is bound to fragments and cells once; what nothing comes of is reported once."""

from dataclasses import replace

import pytest

from planextract.correct import bind_decisions
from planextract.correct.anchors import RowIndex
from planextract.dictionaries import load_dictionaries
from planextract.label import label_document
from planextract.model.decision import AnchorCell, BoundBlank, BreakDecision, Decision, Overrides
from planextract.model.roles import Role
from planextract.model.table import Fragment, cells_of
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import Settings

HEADER = "序号\t重点任务\t工作措施\t完成时限\t主责单位"
TEXT = f"""某区2022年行动计划

{HEADER}
1\t扬尘管控\t开展工地扬尘整治。\t6月底前\t区教委
2\t绿色出行\t建设自行车道三条。\t年底前\t区财政局

{HEADER}
2\t绿色出行\t调整公交线路五条。\t年底前\t
3\t河道治理\t清理河道两处。\t长期\t区教委
"""
OTHER_COLUMNS = TEXT + "\n措施\t单位\t时限\t牵头单位\t配合单位\n种树。\t区教委\t年底前\t区教委\t区财政局\n"
BREAK = BreakDecision(decision_id="overrides/boundaries/1", page_before=1, page_after=2, join="separate")


def label(text=TEXT):
    source = read_document(text.encode(), "plan.txt", Settings().read)
    return label_document(source, load_dictionaries().columns)


def extract(overrides, text=TEXT):
    source = read_document(text.encode(), "plan.txt", Settings().read)
    return extract_document(source, load_dictionaries(), overrides, Settings())


def on_row(text, kind, **said):
    """Return a decision of the log on the row of a text, anchored as the review page does it."""
    cells = cells_of(label())
    index = RowIndex(
        [
            AnchorCell(
                cell_id=c.cell_id, table_no=c.table_no, row=c.row, col=c.col, column=str(c.column), raw_text=c.raw_text
            )
            for c in cells
        ]
    )
    row = index.row_of(next(cell.cell_id for cell in cells if cell.text == text))
    return Decision(decision_id="log1", at="", kind=kind, anchor=index.anchor_row(row), shown=text, **said)


def stale(extraction):
    return [finding.message for finding in extraction.findings if finding.code == "decisions.stale"]


def test_a_break_is_bound_to_the_fragment_behind_it():
    labelled, bound = bind_decisions(label(), Overrides(file="f", breaks=(BREAK,)))
    second = [block for block in labelled.blocks if isinstance(block, Fragment)][1]
    assert [(j.table_no, j.join, j.decision_id) for j in bound.joins.values()] == [
        (second.table_no, "separate", "overrides/boundaries/1")
    ]


def test_of_two_entries_on_one_break_the_first_one_holds():
    second = replace(BREAK, decision_id="overrides/boundaries/2", join="joined")
    _, bound = bind_decisions(label(), Overrides(file="f", breaks=(BREAK, second)))
    assert [join.decision_id for join in bound.joins.values()] == ["overrides/boundaries/1"]


def test_the_log_goes_before_an_override_file():
    logged = on_row("调整公交线路五条。", "join", decision="joined")
    _, bound = bind_decisions(label(), Overrides(file="f", breaks=(BREAK,), decisions=(logged,)))
    assert [(join.join, join.decision_id) for join in bound.joins.values()] == [("joined", "log1")]


def test_what_is_followed_leaves_its_id():
    found = extract(Overrides(file="f", breaks=(BREAK,)))
    assert len(found.plans) == 2
    assert [(b.overridden, b.decision_id) for b in found.boundaries] == [(True, "overrides/boundaries/1")]
    assert [(r.rule, r.after) for r in found.repairs if r.decision_id == "overrides/boundaries/1"] == [
        ("decide_join", "separate")
    ]
    assert stale(found) == []


def test_a_row_decision_of_the_log_forces_the_join_and_leaves_its_id():
    found = extract(Overrides(decisions=(on_row("调整公交线路五条。", "row", decision="cut_row"),)))
    assert [m.text for m in found.plans[0].tasks[1].measures] == ["建设自行车道三条。\n调整公交线路五条。"]
    assert [(b.row_decision, b.overridden, b.decision_id) for b in found.boundaries] == [("cut_row", True, "log1")]
    assert stale(found) == []


def test_a_blank_cell_is_settled_by_place_and_text():
    said = BoundBlank(
        decision_id="overrides/inheritance/1",
        role=Role.RESPONSIBLE,
        inherits=False,
        plan_no=1,
        task_no=2,
        measure_starts="调整",
    )
    found = extract(Overrides(file="f", blanks=(said,)))
    measure = found.plans[0].tasks[1].measures[1]
    assert [cell.status for cell in measure.agency_cells] == ["blank"]
    assert [r.measure_id for r in found.repairs if r.decision_id == said.decision_id] == [f"{found.doc_id}/1/2/2"]
    assert stale(found) == []


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        pytest.param(
            Overrides(file="f", breaks=(replace(BREAK, page_before=8, page_after=9),)),
            "f: no boundary lies between pages 8 and 9",
            id="no such break",
        ),
        pytest.param(
            Overrides(
                file="f",
                blanks=(
                    BoundBlank(
                        decision_id="overrides/inheritance/1",
                        role=Role.RESPONSIBLE,
                        inherits=True,
                        plan_no=1,
                        task_no=1,
                        measure_starts="没有",
                    ),
                ),
            ),
            "f: no blank responsible cell in plan 1, task 1 starts with '没有'",
            id="no such blank cell",
        ),
    ],
)
def test_what_nothing_comes_of_is_reported_once(overrides, said):
    assert stale(extract(overrides)) == [said]


def test_a_join_that_the_columns_forbid_is_stale():
    forced = replace(BREAK, page_before=2, page_after=3, join="joined")
    found = extract(Overrides(file="f", breaks=(forced,)), OTHER_COLUMNS)
    assert len(found.plans) == 2
    assert stale(found) == ["f: what it says of pages 2 and 3 could not be followed"]
