"""The lab's plans as text: a printed row a line, fields parted by tabs, the header again on each page, rows cut by pages."""

from __future__ import annotations

import random
from dataclasses import replace

from tests.lab.model import LabPlan, LabTable, LabText, plain
from tests.lab.options import LabOptions, draw_options

_AGENCIES = ("lead", "responsible", "support")
_MIN_CUT = 40


def draw_text_options(seed: int) -> LabOptions:
    """Draw what a plan in text form looks like.

    What text cannot show is left out: a merged cell and a blank one look alike there, so that no bodies are a
    dash and none is merged alone; without full stops a cut row looks like two measures; a table that is no plan is another test's.
    """
    options = draw_options(seed, "reportlab")
    merge = "all" if options.merge == "single" else options.merge
    return replace(
        options, merge=merge, none_mark=options.none_mark or "---", full_stops=True, other_table="none", header="every"
    )


def write_text(plan: LabPlan) -> str:
    """Return a plan as text; pages end after any row, or inside a measure's text or a list of names."""
    rng = random.Random(f"text {plan.seed}")
    lines: list[str] = []
    for block in plan.blocks:
        if isinstance(block, LabText):
            lines += [plain(block.text), ""]
        else:
            lines += [*_write_table(block, rng, plan.options), ""]
    return "\n".join(lines)


def _write_table(table: LabTable, rng: random.Random, options: object) -> list[str]:
    header = _lay_out(table.header, table.header_rows, len(table.columns))
    rows = _lay_out(table.cells, len(table.rows), len(table.columns))
    roles = [role for role, _ in table.columns]
    lines = ["\t".join(row) for row in header]
    repeats = bool(getattr(options, "repeats_task", False))
    left = rng.randint(3, 9)
    for place, row in enumerate(rows):
        left -= 1
        if left > 0 or place == len(rows) - 1:
            lines.append("\t".join(row))
            continue
        left = rng.randint(3, 9)
        first, rest = _cut_row(row, roles, rng) if table.rows[place].kind != "section" else (row, None)
        lines += ["\t".join(first), "", *("\t".join(fields) for fields in header)]
        if rest is not None:
            if repeats:
                rest = [
                    field if role in ("task_no", "task_name") else part
                    for role, field, part in zip(roles, row, rest, strict=True)
                ]
            lines.append("\t".join(rest))
    return lines


def _lay_out(cells: tuple, rows: int, columns: int) -> list[list[str]]:
    grid = [[""] * columns for _ in range(rows)]
    for cell in cells:
        glue = " " if cell.paragraphs and max(map(len, cell.paragraphs)) < _MIN_CUT else ""
        grid[cell.row][cell.col] = glue.join(plain(paragraph) for paragraph in cell.paragraphs)
    return grid


def _cut_row(row: list[str], roles: list[str], rng: random.Random) -> tuple[list[str], list[str] | None]:
    """Cut a row at any character of its text, and its lists of names between two names; None if it stays whole."""
    at = roles.index("measure")
    if len(row[at]) < _MIN_CUT or rng.random() < 0.5:
        return row, None
    first, rest = list(row), [""] * len(row)
    place = rng.randrange(10, len(row[at]) - 10)
    first[at], rest[at] = row[at][:place], row[at][place:]
    for col, role in enumerate(roles):
        names = row[col].split(" ")
        if role in _AGENCIES and len(names) > 2 and rng.random() < 0.5:
            kept = rng.randrange(1, len(names))
            first[col], rest[col] = " ".join(names[:kept]), " ".join(names[kept:])
    return first, rest
