"""Draw docs/cut-row.svg: a row cut by a page break as printed, and as the tables hold it.

Run: .venv/bin/python scripts/draw_cut_row.py raw/xicheng-2021-action-plan.txt docs/cut-row.svg
A target that ends in .zh.svg is labelled in Chinese.
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path

import planextract
from planextract.model.plan import Extraction
from planextract.model.table import Cell

_SIZE, _LEADING, _PAD = 13, 19, 8
_COLUMNS = (
    ("task_no", 46),
    ("task_name", 92),
    ("measure", 268),
    ("deadline", 92),
    ("responsible", 134),
    ("support", 90),
)
_TITLES = dict(
    zip(
        [name for name, _ in _COLUMNS],
        ["序号", "重点任务", "工作措施", "完成时限", "主责单位", "协办单位"],
        strict=True,
    )
)
_WORDS = {
    "en": (
        "As printed: one row, cut by the page break",
        "foot of page 1",
        "head of page 2",
        "In the tables: one measure, 8 agencies, pages 1 and 2",
        "none",
    ),
    "zh": (
        "印出来的样子：一行被分页切成两半",
        "第 1 页末",
        "第 2 页首",
        "数据表里：一条措施，8 个单位，第 1、2 页",
        "无",
    ),
}
_STYLE = (
    "text{font:13px 'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif;fill:#1f2937}"
    ".h{font-weight:600}.c{fill:#b91c1c}.g{fill:#166534}.s{fill:#6b7280;font-size:12px}"
)


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines that fit a column of ``width`` pixels."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for char in paragraph:
            size = _SIZE if ord(char) > 255 else _SIZE * 0.56
            if used + size > width - 2 * _PAD and line:
                lines.append(line)
                line, used = "", 0.0
            line, used = line + char, used + size
        lines.append(line)
    return lines


def draw_row(x: int, y: int, texts: dict[str, str], style: dict[str, str]) -> tuple[list[str], int]:
    """Draw one row of a table; return its SVG and its height."""
    cells = [(name, width, wrap(texts.get(name, ""), width)) for name, width in _COLUMNS]
    height = max(len(lines) for _, _, lines in cells) * _LEADING + 2 * _PAD
    out, left = [], x
    for name, width, lines in cells:
        out.append(f'<rect x="{left}" y="{y}" width="{width}" height="{height}" fill="#fff" stroke="#9ca3af"/>')
        for index, line in enumerate(lines):
            top = y + _PAD + (index + 1) * _LEADING - 5
            out.append(f'<text x="{left + _PAD}" y="{top}" class="{style.get(name, "")}">{escape(line)}</text>')
        left += width
    return out, height


def find_row(extraction: Extraction, page: int, text: str) -> dict[str, str]:
    """Return the texts of the printed row whose measure cell begins with ``text``, by column."""
    first: Cell = next(
        c for c in extraction.cells if c.page == page and c.column == "measure" and c.text.startswith(text)
    )
    return {str(c.column): c.text for c in extraction.cells if c.page == page and c.row == first.row}


def draw(extraction: Extraction, language: str = "en") -> str:
    """Draw task 3: its last row on page 1, its first row on page 2, and the measure made of both."""
    printed, foot, head, whole_title, none = _WORDS[language]
    task = extraction.plans[0].tasks[2]
    measure = task.measures[0]
    before, after = find_row(extraction, 1, measure.text[:6]), find_row(extraction, 2, "求建立")
    names = {
        role: "\n".join(
            i.match.entry.name if i.match.entry else i.raw_text for i in measure.responsibilities if i.role == role
        )
        for role in ("responsible", "support")
    }
    whole = {
        "task_no": str(task.task_no),
        "task_name": task.name,
        "measure": measure.text,
        "deadline": f"{measure.deadline.raw_text}\n({measure.deadline.kind})",
        "responsible": names["responsible"],
        "support": none,
    }
    width = sum(size for _, size in _COLUMNS)
    parts: list[str] = []
    y = 30
    parts.append(f'<text x="1" y="{y - 10}" class="h">{printed}</text>')
    cut = {"measure": "c", "responsible": "c"}
    steps = ((foot, before), (head, after))
    for title, texts in steps:
        for row, row_style in ((_TITLES, dict.fromkeys(_TITLES, "h")), (texts, cut)):
            svg, height = draw_row(1, y, row, row_style)
            parts += svg
            y += height
        parts.append(f'<text x="{width + 10}" y="{y - 10}" class="s">{title}</text>')
        y += 16
    y += 26
    parts.append(f'<text x="1" y="{y - 10}" class="h">{whole_title}</text>')
    svg, height = draw_row(1, y, whole, {"measure": "g", "responsible": "g", "support": "s"})
    parts += svg
    y += height
    boundary = extraction.boundaries[0]
    why = f"{boundary.row_decision}, {boundary.score:.3f}: " + "; ".join(boundary.reasons[:3])
    parts.append(f'<text x="1" y="{y + 22}" class="s">{escape(why)}</text>')
    size = f'width="{width + 110}" height="{y + 36}" viewBox="0 0 {width + 110} {y + 36}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{_STYLE}</style>'
        f'<rect width="100%" height="100%" fill="#f9fafb"/>{"".join(parts)}</svg>\n'
    )


if __name__ == "__main__":
    drawn = draw(planextract.extract_file(sys.argv[1]), "zh" if sys.argv[2].endswith(".zh.svg") else "en")
    Path(sys.argv[2]).write_text(drawn, encoding="utf-8")
