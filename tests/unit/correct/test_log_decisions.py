"""Each kind of line in the log of decisions finds its row or cell, is followed, and says so where it cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planextract.check.settled import settle_findings
from planextract.correct import bind_decisions
from planextract.correct.anchors import RowIndex
from planextract.model.decision import Anchor, AnchorCell, Overrides
from planextract.model.record import Finding
from planextract.model.table import cells_of
from tests.unit.correct.test_decisions import extract, label, on_row, stale

CARS = "建设自行车道三条。"
BUSES = "调整公交线路五条。"
NOWHERE = Anchor(row="0", main="0", before="0", before_main="0")


def texts(extraction) -> list[list[str]]:
    return [[measure.text for measure in task.measures] for plan in extraction.plans for task in plan.tasks]


def on_cell(printed, kind, column="measure", **said):
    """A decision on a cell of the row of a text."""
    cells = cells_of(label())
    index = RowIndex(
        AnchorCell(
            cell_id=c.cell_id, table_no=c.table_no, row=c.row, col=c.col, column=str(c.column), raw_text=c.raw_text
        )
        for c in cells
    )
    row = index.row_of(next(cell.cell_id for cell in cells if cell.text == printed))
    cell = next(cell for cell in row.cells if cell.column == column)
    return replace(on_row(printed, kind), anchor=index.anchor_cell(cell.cell_id), **said)


def unplaced(decision) -> list[str]:
    return [finding.message for finding in bind_decisions(label(), Overrides(decisions=(decision,)))[1].unplaced]


def test_an_edited_cell_says_what_a_person_wrote() -> None:
    found = extract(Overrides(decisions=(on_cell(CARS, "edit_cell", text="建设自行车道四条。"),)))
    assert texts(found)[1][0] == "建设自行车道四条。"
    assert [(r.rule, r.before, r.after, r.decision_id) for r in found.repairs if r.stage == "decisions"] == [
        ("edit_cell", CARS, "建设自行车道四条。", "log1")
    ]
    assert stale(found) == []


def test_a_text_left_as_it_is_is_confirmed() -> None:
    found = extract(Overrides(decisions=(on_cell(CARS, "edit_cell", text=CARS),)))
    assert [r.rule for r in found.repairs if r.stage == "decisions"] == ["confirm_cell"]


def test_a_row_is_split_where_a_person_says_so() -> None:
    found = extract(Overrides(decisions=(on_row(CARS, "split_row", head="建设自行"),)))
    assert texts(found)[1] == ["建设自行", "车道三条。", BUSES]
    assert [(r.rule, r.after) for r in found.repairs if r.rule == "split_row"] == [
        ("split_row", "建设自行 ‖ 车道三条。")
    ]
    first, second = found.plans[0].tasks[1].measures[:2]
    assert (first.raw_text, second.raw_text) == ("建设自行", "车道三条。")
    assert [cell.text for cell in second.agency_cells] == [cell.text for cell in first.agency_cells]


def test_a_row_is_split_twice_in_either_order() -> None:
    first, second = on_row(CARS, "split_row", head="建设自行"), on_row(CARS, "split_row", head="建设")
    for order in ((first, second), (second, first)):
        assert texts(extract(Overrides(decisions=order)))[1][:3] == ["建设", "自行", "车道三条。"]


def test_a_row_is_cut_where_a_person_says_so() -> None:
    found = extract(Overrides(decisions=(on_row(BUSES, "row", decision="cut_row", head="调整公交"),)))
    assert texts(found)[1] == [CARS + "\n调整公交", "线路五条。"]


def test_an_edit_is_split_as_it_was_edited() -> None:
    edited = on_cell(CARS, "edit_cell", text="建成绿道，再建设车道。")
    found = extract(Overrides(decisions=(edited, on_row(CARS, "split_row", head="建成绿道，"))))
    assert texts(found)[1][:2] == ["建成绿道，", "再建设车道。"]


@pytest.mark.parametrize(
    ("kind", "said", "problem"),
    [
        ("edit_cell", {"text": "甲"}, "no cell prints this any more"),
        ("row", {"decision": "cut_row"}, "its row, or the row before it, is not printed like this any more"),
        ("split_row", {"head": "建设"}, "its row is not printed like this any more"),
        ("join", {"decision": "joined"}, "its row, or the row before it, is not printed like this any more"),
        ("inherit", {"inherits": True}, "no blank cell stands there any more"),
        ("accept", {"codes": ("check.odd_length",)}, "its row is not printed like this any more"),
        ("link", {"decision": "same"}, "its row is not printed like this any more"),
    ],
)
def test_a_decision_whose_place_is_gone_is_told(kind, said, problem) -> None:
    decision = replace(on_row(CARS, kind), **said, anchor=NOWHERE, page=3, shown="甲" * 50)
    (message,) = unplaced(decision)
    assert problem in message
    assert "(page 3 then)" in message
    assert "…" in message


@pytest.mark.parametrize(
    ("decision", "problem"),
    [
        (replace(on_cell(CARS, "edit_cell", text="甲"), anchor=None), "it names no cell"),
        (on_cell(CARS, "edit_cell"), "it names no cell"),
        (on_cell(CARS, "inherit"), "it names no cell"),
        (on_row(CARS, "row", decision="cut_row", head="改造"), "does not begin with the part to be split off"),
        (on_row(CARS, "split_row", head="改造"), "does not begin with the part before the split"),
        (on_row(CARS, "split_row"), "does not begin with the part before the split"),
        (on_row(CARS, "split_row", head=CARS), "does not begin with the part before the split"),
        (on_row(CARS, "join", decision="joined"), "is not the first one of a page any more"),
    ],
)
def test_a_decision_that_does_not_fit_its_place_is_told(decision, problem) -> None:
    (message,) = unplaced(decision)
    assert problem in message
    assert "page" not in message.partition("was not replayed")[0]


def test_what_is_undone_and_what_is_on_links_binds_nothing() -> None:
    assert unplaced(replace(on_row(CARS, "undo"), anchor=None)) == []
    assert unplaced(on_row(CARS, "link", decision="same")) == []


def test_a_blank_cell_of_the_log_is_settled_by_itself() -> None:
    cell = on_cell(BUSES, "inherit", column="responsible", inherits=False)
    found = extract(Overrides(decisions=(cell,)))
    assert [c.status for c in found.plans[0].tasks[1].measures[1].agency_cells] == ["blank"]
    assert stale(found) == []


# Findings that a person has settled


def test_a_row_accepted_settles_its_findings_of_the_codes_named() -> None:
    plain = extract(Overrides())
    codes = {finding.code for finding in plain.findings if finding.cell_id or finding.measure_id}
    accepted = on_row(BUSES, "accept", codes=tuple(sorted(codes)))
    found = extract(Overrides(decisions=(accepted,)))
    assert [f.code for f in found.findings] == [f.code for f in plain.findings]
    own = set(found.plans[0].tasks[1].measures[1].cell_ids)
    measure = f"{found.doc_id}/1/2/2"
    for finding in found.findings:
        is_own = finding.cell_id in own or finding.measure_id == measure
        assert (finding.decision_id == "log1") is is_own, finding


def test_findings_are_settled_by_cell_by_measure_and_for_the_document_by_their_words() -> None:
    found = extract(Overrides())
    measure, other = found.plans[0].tasks[0].measures[0], found.plans[0].tasks[1].measures[0]

    def finding(**more):
        return Finding(code="check.odd_length", severity="info", message="a  message", **more)

    measure_id, other_id = f"{found.doc_id}/1/1/1", f"{found.doc_id}/1/2/1"
    findings = [
        finding(cell_id=measure.cell_ids[0]),
        finding(measure_id=measure_id),
        finding(measure_id=other_id),
        finding(cell_id=other.cell_ids[0]),
        finding(),
    ]
    on_cells = replace(on_row(CARS, "accept", codes=("check.odd_length",)), decision_id="cells")
    whole = replace(on_cells, decision_id="whole", anchor=None, shown="a message")
    wrong = replace(on_cells, decision_id="wrong", codes=("check.other",))

    def ids(*accepted):
        settled, confirmed = settle_findings(findings, accepted, found.plans, found.doc_id)
        return [f.decision_id for f in settled], confirmed

    cells = frozenset(measure.cell_ids)
    assert ids((on_cells, cells)) == (["cells", "cells", None, None, None], {measure_id})
    assert ids((wrong, cells)) == ([None] * 5, {measure_id})
    assert ids((whole, frozenset())) == (["whole"] * 5, frozenset())
    assert ids((replace(whole, shown="another"), frozenset())) == ([None] * 5, frozenset())
    assert ids((replace(whole, anchor=NOWHERE), frozenset())) == ([None] * 5, frozenset())
