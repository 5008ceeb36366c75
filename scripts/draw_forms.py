"""Draw the forms that plans come in, each text beside the rows that were made of it: pictures of docs/formats.md.

The texts are cases of tests/golden, so that what the pictures show is tested.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

import yaml

import planextract
from planextract.model.plan import Extraction, Measure

ROOT = Path(__file__).resolve().parents[1]
SHEETS = {
    "forms-lines": (
        "lines-cell-a-line",
        "lines-bars-moved-left",
        "lines-labels-with-figures",
        "section-chinese-numeral-lines",
    ),
    "forms-rows": (
        "lines-wrapped-blanks",
        "lines-single-blanks",
        "lines-box-drawing",
        "lines-cell-broken",
        "lines-run-together",
    ),
    "forms-prose": (
        "prose-label-lines",
        "prose-brackets-broken",
        "prose-deadline-sentence",
        "prose-one-paragraph",
        "prose-people-between-labels",
        "prose-traditional-names",
    ),
}
_ROLES = ("lead", "responsible", "support")
_LINES = 26
_STYLE = """
body{font:12px/1.4 'Noto Sans CJK SC',sans-serif;margin:16px;background:#fff;color:#1c1f24}
article{display:grid;grid-template-columns:54% 1fr;gap:14px;border-top:1px solid #c9ced6;padding:10px 0}
h2{grid-column:1/-1;font-size:14px;margin:0}
pre{background:#f4f5f7;margin:0;padding:8px;white-space:pre-wrap;overflow-wrap:anywhere}
pre{font:10px/1.4 'Noto Sans Mono CJK SC',monospace}
table{border-collapse:collapse;width:100%}
td,th{border:1px solid #d5d9e0;padding:2px 5px;text-align:left;vertical-align:top}
th{background:#eef1f5;font-weight:600}
"""


def make_sheet(names: tuple[str, ...]) -> str:
    """Return a page that shows some cases: difficulty, input and rows."""
    return f"<meta charset='utf-8'><style>{_STYLE}</style>" + "".join(_make_card(name) for name in names)


def _make_card(name: str) -> str:
    folder = ROOT / "tests" / "golden" / name
    source = next(folder.glob("input.*"))
    lines = source.read_text(encoding="utf-8").strip().split("\n")
    shown = "\n".join(lines[:_LINES]) + ("\n…" if len(lines) > _LINES else "")
    rows = _make_table(planextract.extract_file(source))
    told = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))["difficulty"]
    return f"<article><h2>{escape(name)}: {escape(told)}</h2><pre>{escape(shown)}</pre>{rows}</article>"


def _make_table(extraction: Extraction) -> str:
    labels = ("no", "task", "text", "deadline", "lead", "responsible", "support")
    rows = ["".join(f"<th>{label}</th>" for label in labels)]
    for plan in extraction.plans:
        for task in plan.tasks:
            for measure in task.measures:
                number = task.task_no_printed or str(task.task_no)
                cells = (number, task.name, measure.text, measure.deadline.raw_text or "", *_bodies(measure))
                rows.append("".join(f"<td>{escape(text)}</td>" for text in cells))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _bodies(measure: Measure) -> list[str]:
    return ["、".join(r.raw_text for r in measure.responsibilities if r.role == role) for role in _ROLES]
