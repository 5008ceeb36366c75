"""The decisions log: nothing is lost, nothing is doubled, order means nothing."""

from __future__ import annotations

import json
import multiprocessing
import random

import pytest

from planextract.decisions.log import append_decisions, log_path, parse_log, read_log
from planextract.decisions.records import MAX_TEXT, format_decision, parse_decision
from planextract.model.decision import Anchor, Decision

ANCHOR = Anchor(row="a" * 12, main="b" * 12, before="", before_main="")
CELL = Anchor(
    row="a" * 12, main="", before="c" * 12, before_main="", nth=1, of=2, column="measure", col=2, raw="d" * 12
)


def decision(kind="accept", **fields):
    return Decision(decision_id="", at="", kind=kind, **fields)


EACH = [
    decision("edit_cell", anchor=CELL, text="", doc_id="1", path="a.pdf", page=3, shown="旧"),
    decision("row", anchor=ANCHOR, decision="cut_row", head="前\n半"),
    decision("split_row", anchor=ANCHOR, head="前半"),
    decision("join", anchor=ANCHOR, decision="separate"),
    decision(
        "inherit", anchor=Anchor(row="a", main="", before="", before_main="", column="support", col=5), inherits=False
    ),
    decision("link", anchor=ANCHOR, decision="other", shown="a.txt: “已完成” (similarity 0.60)"),
    decision("accept", codes=("check.number_gap",), shown="plan 1"),
    decision("accept", codes=("x",), note="\u2028 \u0000"),
]


@pytest.mark.parametrize("given", EACH, ids=lambda d: d.kind)
def test_a_decision_survives_the_log(tmp_path, given):
    (written,) = append_decisions(tmp_path / "log", [given])
    assert read_log(tmp_path / "log").decisions == (written,)
    assert len((tmp_path / "log").read_bytes().splitlines()) >= 1
    assert parse_decision(json.loads(format_decision(written)), pytest.fail) == written


def test_a_torn_line_is_passed_over_and_the_next_one_starts_afresh(tmp_path):
    log = tmp_path / "log"
    first = append_decisions(log, [decision(shown="甲")])
    with log.open("ab") as stream:
        stream.write(b'{"id": "12')
    assert read_log(log).unreadable_lines == (2,)
    second = append_decisions(log, [decision(shown="乙")])
    assert read_log(log).decisions == (*first, *second)


def test_lines_in_any_order_and_twice_say_the_same(tmp_path):
    log = tmp_path / "log"
    made = [
        append_decisions(log, [decision(shown=name, note=str(number))])[0] for number, name in enumerate("甲乙甲丙甲")
    ]
    append_decisions(log, [Decision(decision_id="", at="", kind="undo", of=made[4].decision_id)])
    lines = log.read_bytes().splitlines()
    standing = read_log(log).standing
    assert {d.shown: d.note for d in standing} == {"甲": "2", "乙": "1", "丙": "3"}, "undone: the one before holds"
    for seed in range(5):
        mixed = lines * 2
        random.Random(seed).shuffle(mixed)
        assert parse_log(b"\n".join([b"<<<<<<< ours", *mixed, b"=======", b">>>>>>> theirs"]), "x").standing == standing


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ('{"id": "1", "at": "2", "kind": "shred"}', "unknown kind"),
        ("[1]", "JSON object"),
        ('{"id": "1", "at": "2", "kind": "row", "decision": "cut_row"}', "needs an 'anchor'"),
        ('{"id": "1", "at": "2", "kind": "undo"}', "needs 'of'"),
        ('{"kind": "accept"}', "'id' and 'at'"),
        ('{"id": "1", "at": "2", "kind": "accept", "shown": 5}', "must be a text"),
        ('{"id": "1", "at": "2", "kind": "accept", "page": "3"}', "page number"),
        (json.dumps({"id": "1", "at": "2", "kind": "accept", "shown": "x" * (MAX_TEXT + 1)}), "the limit is"),
    ],
)
def test_json_that_is_no_decision_is_told_with_its_line_and_stops_nothing(line, cause):
    good = format_decision(Decision(decision_id="good", at="2026-01-01T00:00:00.000Z", kind="accept"))
    content = parse_log(f"{good}\n{line}\n".encode(), "log")
    assert [found.decision_id for found in content.decisions] == ["good"]
    (problem,) = content.problems
    assert problem.startswith("line 2: ")
    assert cause in problem


def _write_many(path, name):
    for number in range(25):
        append_decisions(path, [decision(shown=f"{name}{number}")])


def test_processes_that_write_at_once_lose_nothing(tmp_path):
    log = tmp_path / "log"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(log, name)) for name in "甲乙丙"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    content = read_log(log)
    assert len(content.decisions) == 75
    assert content.unreadable_lines == ()
    assert len({d.at for d in content.decisions}) == 75, "times rise within a log"


def test_the_log_stands_beside_the_output(tmp_path):
    assert log_path(tmp_path / "output") == tmp_path / "output.decisions.jsonl"
