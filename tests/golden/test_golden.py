"""One real difficulty a folder: ``input.*`` and, written by hand, ``expected.yaml``.

Notation of ``expected.yaml`` (what is left out is as said in brackets):

* a measure's cells are ``<status> <what>``: ``listed 区教委、区财政局``, ``inherited 区教委``, ``none``, ``blank``;
  a role without a column is left out. ``pages`` [1]; ``others`` {} are the columns without a role.
* a plan has ``title`` and ``attachment`` (its number, none);
* a task has ``task_no``, ``name`` (none is printed), ``section`` ("一 空气质量", none), ``variants`` [].
* ``boundaries``: ``<page before>-<page after> <decision> <row decision>``, [].
* ``findings``: codes that must be among the findings.
* ``xfail``: why the case is known to fail; it must fail as long as this line stands.
"""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
import yaml

import planextract

CASES = sorted(path.parent for path in Path(__file__).parent.glob("*/expected.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden(case, request):
    wanted = yaml.safe_load((case / "expected.yaml").read_text(encoding="utf-8"))
    if "xfail" in wanted:
        request.applymarker(pytest.mark.xfail(reason=wanted["xfail"], strict=True))
    extraction = planextract.extract_file(next(case.glob("input.*")))

    diff = difflib.unified_diff(draw_wanted(wanted), draw_found(extraction), "expected", "extracted", lineterm="", n=4)
    lines = "\n".join(diff)
    assert not lines, f"{wanted['difficulty']}\n{lines}"
    missing = set(wanted.get("findings", [])) - {finding.code for finding in extraction.findings}
    assert not missing, f"findings are missing: {sorted(missing)}; found: {[f.message for f in extraction.findings]}"


def draw_wanted(wanted):
    lines = []
    for plan in wanted["plans"]:
        attachment = f" (附件 {plan['attachment']})" if plan.get("attachment") else ""
        lines.append(f"plan {plan['title']}{attachment}")
        for task in plan["tasks"]:
            lines += draw_task(task["task_no"], task.get("name", ""), task.get("section"), task.get("variants", []))
            for measure in task["measures"]:
                cells = {
                    role: measure[role] for role in ("deadline", "lead", "responsible", "support") if role in measure
                }
                lines += draw_measure(measure["text"], measure.get("pages", [1]), cells, measure.get("others", {}))
    return lines + [f"boundary {boundary}" for boundary in wanted.get("boundaries", [])]


def draw_found(extraction):
    lines = []
    for plan in extraction.plans:
        attachment = f" (附件 {plan.attachment_no})" if plan.attachment_no else ""
        lines.append(f"plan {plan.title}{attachment}")
        for task in plan.tasks:
            section = " ".join(part for part in (task.section_no, task.section_title) if part)
            lines += draw_task(task.task_no, task.name, section, task.name_variants)
            for measure in task.measures:
                others = {other.label: other.text for other in measure.others}
                lines += draw_measure(measure.text, measure.pages, draw_cells(measure), others)
    for b in extraction.boundaries:
        lines.append(f"boundary {b.page_before}-{b.page_after} {b.decision} {b.row_decision or ''}".rstrip())
    return lines


def draw_cells(measure):
    cells = {}
    if measure.deadline_status is not None:
        cells["deadline"] = f"{measure.deadline_status} {measure.deadline.raw_text or ''}".strip()
    for cell in sorted(measure.agency_cells, key=lambda c: ("lead", "responsible", "support").index(c.role)):
        names = "、".join(item.raw_text for item in measure.responsibilities if item.role == cell.role)
        cells[cell.role.value] = f"{cell.status} {names}".strip()
    return cells


def draw_task(number, name, section, variants):
    head = f"  task {number} {name}".rstrip() + (f"  [{section}]" if section else "")
    return [head, *(f"    also named {variant}" for variant in variants)]


def draw_measure(text, pages, cells, others):
    lines = ["    - " + text.replace("\n", "⏎")]
    lines += [f"      {name}: {value}" for name, value in cells.items()]
    lines += [f"      {label} = {value}" for label, value in others.items()]
    return [*lines, f"      pages {list(pages)}"]
