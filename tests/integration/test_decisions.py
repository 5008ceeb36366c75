"""Decisions of the log are replayed: after a re-run, in a changed file, with pages moved; and nothing else changes."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pandas as pd
import pytest

import planextract
from planextract.correct.anchors import RowIndex
from planextract.decisions import append_decisions, append_judgements, log_path
from planextract.decisions.progress_log import progress_path
from planextract.model.decision import AnchorCell, Decision
from planextract.model.judgement import AgencyJudgement

from ..conftest import run_cli


class Desk:
    """An input, its output and its log: decide, run, look."""

    def __init__(self, folder, source):
        self.input = folder / "in" / source.name
        self.input.parent.mkdir()
        shutil.copy(source, self.input)
        self.output = folder / "out"
        self.names = folder / "names.jsonl"

    def run(self):
        run_cli(
            "run", str(self.input.parent), "-o", str(self.output), "--agency-decisions", str(self.names), check=True
        )
        return planextract.load(self.output)

    def decide(self, tables, *decisions):
        document = tables["documents"].iloc[-1]
        made = [replace(d, doc_id=document["doc_id"], path=document["source_path"]) for d in decisions]
        return append_decisions(log_path(self.output), made)


@pytest.fixture
def desk(tmp_path, notice):
    return Desk(tmp_path, notice)


def index_of(tables):
    return RowIndex(
        AnchorCell(cell_id=c.cell_id, table_no=c.table_no, row=c.row, col=c.col, column=c.column, raw_text=c.text_raw)
        for c in tables["cells"].itertuples()
    )


def decision(kind, **fields):
    return Decision(decision_id="", at="", kind=kind, **fields)


def compare(before, after, table, *, without=()):
    """Return the rows of ``after`` that differ from ``before``."""
    first, second = (frame[table].drop(columns=list(without)).reset_index(drop=True) for frame in (before, after))
    assert len(first) == len(second)
    same = pd.Series([str(a) == str(b) for a, b in zip(first.values.tolist(), second.values.tolist(), strict=True)])
    return second[~same]


def test_an_edited_cell_changes_its_measure_and_nothing_else(desk):
    before = desk.run()
    cell = before["cells"][before["cells"]["column"] == "measure"].iloc[5]
    text = cell["text"].replace("。", "！", 1)
    (made,) = desk.decide(
        before, decision("edit_cell", anchor=index_of(before).anchor_cell(cell["cell_id"]), text=text)
    )
    after = desk.run()
    assert list(compare(before, after, "cells")["text"]) == [text]
    # A confidence also depends on what the rest of the document prints: a hair's breadth of it may move.
    sure = [name for name in before["measures"].columns if name.startswith("confidence") or name == "doubts"]
    assert (before["measures"]["confidence"] - after["measures"]["confidence"]).abs().max() < 0.05
    changed = compare(before, after, "measures", without=sure)
    assert list(changed["measure_id"]) == [cell["measure_id"]]
    assert text in changed.iloc[0]["text"]
    assert list(compare(before, after, "measures", without=("text", *sure))["measure_id"]) == []
    repair = after["repairs"][after["repairs"]["decision_id"] == made.decision_id]
    assert list(zip(repair["rule"], repair["before"], repair["after"], strict=True)) == [
        ("edit_cell", cell["text"], text)
    ]


def test_a_decision_follows_a_page_moved_within_the_file(desk):
    before = desk.run()
    cells = before["cells"]
    cell = cells[(cells["column"] == "measure") & (cells["page"] == 3)].iloc[0]
    row = index_of(before).row_of(cell["cell_id"])
    desk.decide(
        before,
        decision("edit_cell", anchor=index_of(before).anchor_cell(cell["cell_id"]), text=cell["text"] + "（改）"),
        decision("row", anchor=index_of(before).anchor_row(row), decision="new_measure"),
    )
    pages = desk.input.read_text(encoding="utf-8").split("\n序号\t")
    assert len(pages) > 16
    # Pages 20 and 21 go to the front of the first table: everything behind them stands two pages later.
    pages[1:1] = [pages.pop(20), pages.pop(20)]
    desk.input.write_text("\n序号\t".join(pages), encoding="utf-8")
    after = desk.run()
    moved = (
        after["documents"].iloc[-1]
        if after["documents"].iloc[-1]["doc_id"] != before["documents"].iloc[0]["doc_id"]
        else after["documents"].iloc[0]
    )
    own = after["repairs"][(after["repairs"]["doc_id"] == moved["doc_id"]) & (after["repairs"]["stage"] == "decisions")]
    assert sorted(own["rule"]) in (["confirm_row", "edit_cell"], ["decide_row", "edit_cell"])
    edited = after["cells"][
        after["cells"]["text"].str.endswith("（改）") & (after["cells"]["doc_id"] == moved["doc_id"])
    ]
    assert list(edited["page"]) == [5]


def test_a_cut_row_is_parted_and_joined_again(desk):
    before = desk.run()
    boundary = before["boundaries"][before["boundaries"]["page_before"] == 3].iloc[0]
    cells = before["cells"]
    first = cells[(cells["table_no"] == boundary["table_after"]) & (cells["column"] == "measure")].iloc[0]
    index = index_of(before)
    anchor = index.anchor_row(index.row_of(first["cell_id"]))
    desk.decide(before, decision("row", anchor=anchor, decision="new_measure"))
    parted = desk.run()
    assert len(parted["measures"]) == len(before["measures"]) + 1
    assert parted["boundaries"][parted["boundaries"]["overridden"]]["page_before"].tolist() == [3]
    desk.decide(parted, decision("row", anchor=anchor, decision="cut_row"))
    joined = desk.run()
    assert len(compare(before, joined, "measures", without=("confidence",))) == 0
    assert "confirm_row" in set(joined["repairs"]["rule"])


def test_a_row_is_split_in_two_measures(desk):
    before = desk.run()
    cell = next(
        c for c in before["cells"].itertuples() if c.column == "measure" and c.text.count("。") > 1 and c.page == 5
    )
    head = cell.text[: cell.text.index("。") + 1]
    index = index_of(before)
    desk.decide(before, decision("split_row", anchor=index.anchor_row(index.row_of(cell.cell_id)), head=head))
    after = desk.run()
    assert len(after["measures"]) == len(before["measures"]) + 1
    old = before["measures"].set_index("measure_id").loc[cell.measure_id]
    new = after["measures"].set_index("measure_id")
    place = list(new.index).index(cell.measure_id)
    first, second = new.iloc[place], new.iloc[place + 1]
    assert (
        first["text"] + second["text"] == old["text"].replace("\n", "")
        or first["text"] + "\n" + second["text"] == old["text"]
    )
    assert second["responsible_status"] == "inherited"
    assert first["responsible_status"] == old["responsible_status"]


def test_a_blank_cell_inherits_when_told(desk):
    before = desk.run()
    finding = before["findings"][before["findings"]["code"] == "repair.blank_cell"].iloc[0]
    measure = before["measures"].set_index("measure_id").loc[finding["measure_id"]]
    cells = before["cells"].set_index("cell_id")
    blank = next(i for i in measure["cell_ids"] if cells.loc[i, "column"] == "support")
    desk.decide(before, decision("inherit", anchor=index_of(before).anchor_cell(blank), inherits=True))
    after = desk.run()
    changed = compare(before, after, "measures", without=("confidence", "needs_review"))
    assert list(changed["measure_id"]) == [finding["measure_id"]]
    assert list(changed["support_status"]) == ["inherited"]


def test_an_accepted_measure_is_not_asked_again(desk):
    before = desk.run()
    finding = before["findings"][before["findings"]["code"] == "repair.blank_cell"].iloc[0]
    measure = before["measures"].set_index("measure_id").loc[finding["measure_id"]]
    index = index_of(before)
    anchor = index.anchor_row(index.row_of(measure["cell_ids"][0]))
    (made,) = desk.decide(before, decision("accept", anchor=anchor, codes=("repair.blank_cell",)))
    after = desk.run()
    settled = after["findings"][after["findings"]["decision_id"].notna()]
    assert list(zip(settled["measure_id"], settled["decision_id"], strict=True)) == [
        (finding["measure_id"], made.decision_id)
    ]
    assert int(before["measures"]["needs_review"].sum()) - int(after["measures"]["needs_review"].sum()) == 1


def test_a_picked_agency_is_a_repair(desk):
    text = desk.input.read_text(encoding="utf-8")
    desk.input.write_text(text.replace("区商务局", "区经贸署"), encoding="utf-8")
    before = desk.run()
    target = before["agencies"][before["agencies"]["name"] == "区商务局"].iloc[0]["agency_id"]
    judgement = AgencyJudgement(form="区经贸署", region="110102", action="accept", agency_id=target)
    append_judgements(desk.names, [judgement])
    after = desk.run()
    named = after["responsibilities"][after["responsibilities"]["agency_raw"] == "区经贸署"]
    assert set(named["agency_id"]) == {target}
    repairs = after["repairs"][after["repairs"]["rule"] == "pick_agency"]
    assert set(repairs["before"]) == {"区经贸署"}
    append_judgements(desk.names, [AgencyJudgement(form="区经贸署", region="110102", action="reopen")])
    assert len(compare(before, desk.run(), "responsibilities")) == 0


def test_a_decision_without_a_place_is_a_finding(desk):
    before = desk.run()
    cell = before["cells"][before["cells"]["column"] == "measure"].iloc[5]
    anchor = index_of(before).anchor_cell(cell["cell_id"])
    desk.decide(
        before,
        decision("edit_cell", anchor=replace(anchor, raw="0" * 12, row="1" * 12, main=""), text="x", shown="没有"),
    )
    after = desk.run()
    stale = after["findings"][after["findings"]["code"] == "decisions.stale"]
    assert len(stale) == 1
    assert "没有" in stale.iloc[0]["message"]
    assert len(compare(before, after, "measures")) == 0


def test_a_line_that_is_not_understood_is_told_and_stops_nothing(desk):
    desk.run()
    log_path(desk.output).write_text(
        '{"id": "a", "at": "2026", "kind": "shred"}\n{"decision_id": 3}\n[]\n7\n', encoding="utf-8"
    )
    progress_path(desk.output).write_text('{"report_id": 1}\n', encoding="utf-8")
    done = run_cli("run", str(desk.input), "-o", str(desk.output))
    assert done.returncode == 0
    assert "line 1: unknown kind 'shred'" in done.stderr
    assert "line 2: " in done.stderr
    told = json.loads((desk.output / "manifest.json").read_text(encoding="utf-8"))["log_problems"]
    assert [problem.partition(":")[0] for problem in told] == ["line 1", "line 2", "line 3", "line 4", "line 1"]
    log_path(desk.output).write_text('{"id": "a", "at": "20\n', encoding="utf-8")
    done = run_cli("run", str(desk.input), "-o", str(desk.output))
    assert done.returncode == 0
    assert "unreadable lines" in done.stderr
