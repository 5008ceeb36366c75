"""Whatever a text holds, its forms are read or refused: no other error, every character kept, in bounded time."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planextract.dictionaries import load_dictionaries
from planextract.label.prose import search_prose

from ..builders import make_lines

WORDS = load_dictionaries().columns
PIECES = [
    "1.",
    "（一）",
    "(2)",
    "①",
    "三、",
    "责任单位：",
    "牵头单位:",
    "（市财政局牵头",
    "）",
    "〔",
    "]",
    "市财政局、",
    "各县区",
    "6月底前",
    "。",
    "；",
    "|",
    "-",
    "3",
    "-",
    "序号",
    "十件民生实事",
    "2023年重点任务",
    "新建学校2所",
    "时间：",
    "附件1",
    "以下各项均需",
    "，下同",
    "\n",
    "\n\n",
    "\t",
    "  ",
]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=80))
def test_prose_keeps_every_character(pieces):
    lines = make_lines("".join(pieces))
    plan = search_prose(lines, WORDS).plan
    if plan is None:
        return
    kept = [line.raw_text for line in (*plan.before, *plan.after)]
    for row in plan.rows:
        kept += [text for _, text in (*row.cells, *row.spare)]
    assert sorted("".join("".join(kept).split())) == sorted("".join("".join(line.raw_text for line in lines).split()))
