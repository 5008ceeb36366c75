"""Plans without a table: measures whose agencies stand in brackets behind them, or on lines of their own.

    12.完成造林2万亩。（牵头单位：市林业局；责任单位：各县区；11月底完成）
    12.完成造林2万亩。（市林业局牵头，市财政局配合，各县区负责落实）
    12.完成造林2万亩。
    责任单位：市林业局、各县区

Each measure becomes a row with the columns of a table, cut out of the text: what is in no cell (brackets,
labels, verbs) is returned apart, so that the ledger balances. Names are not known here; what reads as a list
of agencies is told by its labels, its verbs and the endings of bodies' names (dictionaries/prose.yaml).

lines → outline (numbers) → regions (owners) → stretches (measures) → plan (rows), if the evidence is enough
"""

from __future__ import annotations

from planextract.label.prose.attachments import split_attachments
from planextract.label.prose.evidence import THRESHOLD, Verdict
from planextract.label.prose.plan import ProsePlan, ProseSearch, find_prose_plan, search_prose
from planextract.label.prose.rows import COLUMN_ORDER, ProseRow
from planextract.label.prose.stretches import SharedOwner

__all__ = [
    "COLUMN_ORDER",
    "THRESHOLD",
    "ProsePlan",
    "ProseRow",
    "ProseSearch",
    "SharedOwner",
    "Verdict",
    "find_prose_plan",
    "search_prose",
    "split_attachments",
]
