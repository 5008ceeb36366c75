"""What each stage leaves behind, one file a case (``stages.txt``): where a case breaks, the file says in which room.

``expected.yaml`` is written by hand and says what a case must give; ``stages.txt`` is drawn, and looked at, whenever it changes::

    python -m tests.golden.test_stages CASE …       draws the files of some cases anew; of all where none is named

It holds, room by room, what is not its default: what label and stitch put aside, the scores and reasons at page breaks (stitch), repairs
(correct, stitch, compose), deadlines, quantities and the notice's fields (interpret), each name with its match (resolve), findings
(all). Confidences are left out: they are fitted anew from time to time.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

import planextract
from planextract.model.agency import AgencyMatch
from planextract.model.plan import Extraction, Measure

CASES = sorted(path.parent for path in Path(__file__).parent.glob("*/expected.yaml"))
_LEFT_OUT = frozenset(
    {
        "confidence",
        "value_confidences",
        "doubts",
        "needs_review",
        "cell_id",
        "cell_ids",
        "raw_text_lines",
        "measures",
        "texts",
    }
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_stages(case: Path) -> None:
    wanted = (case / "stages.txt").read_text("utf-8").splitlines()
    found = list(draw_stages(planextract.extract_file(next(case.glob("input.*")))))
    diff = "\n".join(difflib.unified_diff(wanted, found, "expected", "found", lineterm="", n=1))
    assert not diff, diff


def draw_stages(extraction: Extraction) -> Iterator[str]:
    for discard in extraction.discards:
        yield _line("put aside", discard)
    for boundary in extraction.boundaries:
        yield _line("break", boundary)
    for repair in extraction.repairs:
        yield _line("repair", repair)
    yield _line("notice", extraction.notice)
    for plan in extraction.plans:
        yield f"plan {plan.plan_no} pages {plan.first_page}-{plan.last_page} " + " ".join(
            f"{column.role.value}={column.label}" for column in plan.columns
        )
        for task in plan.tasks:
            yield _line("task", task)
            for measure in task.measures:
                yield from _draw_measure(measure)
    for finding in sorted(extraction.findings, key=lambda f: (f.page or 0, f.code, f.message)):
        yield _line("finding", finding)


def _draw_measure(measure: Measure) -> Iterator[str]:
    yield f"  measure {measure.seq} row {measure.row_score:.2f} {_show(measure.text)[:24]}"
    yield "    " + _line("deadline", measure.deadline)
    for name in ("responsibilities", "targets", "mentions", "text_deadlines", "milestones", "leaders", "others"):
        for record in getattr(measure, name):
            yield "    " + _line(name, record)


def _line(name: str, record: Any) -> str:
    return f"{name} {_draw(record)}".rstrip()


def _draw(record: Any) -> str:
    if isinstance(record, AgencyMatch):
        body = record.entry.name if record.entry is not None else "-"
        return " ".join(part for part in (record.kind, body, record.rule or "", f"{record.score:.2f}") if part)
    parts = []
    for field in fields(record):
        value = getattr(record, field.name)
        default = () if field.default is MISSING else field.default
        if field.name not in _LEFT_OUT and value not in (default, None, ""):
            parts.append(f"{field.name}={_show(value)}")
    return " ".join(parts)


def _show(value: Any) -> str:
    if is_dataclass(value):
        return f"[{_draw(value)}]"
    if isinstance(value, tuple):
        return "|".join(map(_show, value))
    if isinstance(value, float):
        return f"{value:.4g}"
    return str(value).replace("\n", "⏎")


def main(names: list[str]) -> None:
    for case in CASES:
        if not names or case.name in names:
            extraction = planextract.extract_file(next(case.glob("input.*")))
            (case / "stages.txt").write_text("\n".join(draw_stages(extraction)) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
