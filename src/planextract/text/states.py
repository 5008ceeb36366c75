"""What a report on progress says of a state: clause by clause, what is only announced or partly done left aside.

已完成 alone, or of the whole task, is done. 已完成招标 is a step, 预计年底完成 an announcement: neither tells a state.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from planextract.text.characters import fold

_CLAUSES = re.compile(r"[,;!?。、\n:()]+")
_ANNOUNCED = re.compile(
    r"预计|计划|拟|将|力争|确保|争取|下步|下一步|待|尽快|抓紧|即将|可望|有望|前完成|底完成|要求|目标是|推动|加快"
)
_WHOLE = re.compile(
    r"(?:了|情况|率|:|为|达到?)*"
    r"(?:全年|年度|年初|全部|各项|所有|既定|预定|预期|本年|今年|\d{4}年|上级|下达|目标|任务|工作|建设|整治|改造|项目|指标|要求|计划|100%|并|且)*"
)
_WEAK = ("已完成", "完成", "完成率")
_NONE = "\0"


def judge_states(text: str, states: Sequence[tuple[str, Sequence[str]]]) -> set[str]:
    """Return the states that a text tells of.

    Args:
        text: What a report says of a measure.
        states: States with their words; those that come first are looked for first (未完成 before 完成).

    >>> words = (("behind", ("未完成",)), ("on_schedule", ("推进",)), ("done", ("全面完成", "已完成", "完成")))
    >>> texts = ("已完成。", "已完成招标，正在推进", "预计年底完成", "完成80%", "完成率100%")
    >>> [sorted(judge_states(text, words)) for text in texts]
    [['done'], ['on_schedule'], [], [], ['done']]
    """
    ordered = [(state, sorted(map(fold, words), key=len, reverse=True)) for state, words in states]
    found: set[str] = set()
    for clause in _CLAUSES.split(fold(text)):
        if clause:
            found |= _judge_clause(clause, ordered)
    return found


def _judge_clause(clause: str, states: Sequence[tuple[str, Sequence[str]]]) -> set[str]:
    found: set[str] = set()
    for state, words in states:
        for word in words:
            place = clause.find(word)
            if place < 0:
                continue
            before, behind = clause[:place], clause[place + len(word) :]
            clause = before + _NONE + behind
            if state in ("done", "ahead") and _ANNOUNCED.search(before):
                continue
            if word not in _WEAK or _WHOLE.fullmatch(behind):
                found.add(state)
    return found
