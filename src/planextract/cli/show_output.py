"""``planextract show OUTPUT``: what a run wrote, decisions and all, as readable tables in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planextract.cli.terminal import open_console
from planextract.errors import UsageError
from planextract.model.roles import AGENCY_COLUMNS

if TYPE_CHECKING:
    from rich.console import Console

_Row = Mapping[str, Any]
_MARKS = {"none": "—", "blank": "（空）"}


def show_output(output: Path, *, plan: int | None, task: int | None, page: int | None) -> None:
    """Show the documents of an output, as the run that wrote them left them.

    Raises:
        UsageError: If nothing of what was asked for is in it.
        OutputError: If it cannot be read.
    """
    from planextract.write.read_back import iterate_rows

    console, shown = open_console(), 0
    for rows in iterate_rows(output):
        tables = [
            (own, found)
            for own in rows["plans"]
            if plan is None or own["plan_no"] == plan
            if (found := list(_choose(rows, own, task, page)))
        ]
        if tables:
            _show_notice(console, rows["documents"][0])
        for own, found in tables:
            shown += len(found)
            _show_plan(console, rows, own, found)
    if not shown:
        raise UsageError("show.nothing", "no such plan or task, or none on that page", file=str(output))


def _choose(rows: Mapping[str, Sequence[_Row]], plan: _Row, task: int | None, page: int | None) -> Iterator[_Row]:
    """Yield the measures of a plan that were asked for, each with its task."""
    tasks = {row["task_id"]: row for row in rows["tasks"] if row["plan_id"] == plan["plan_id"]}
    for measure in rows["measures"]:
        own = tasks.get(measure["task_id"])
        if own is None or (task is not None and own["task_no"] != task):
            continue
        if page is None or page in measure["pages"]:
            yield {**measure, "task": own}


def _show_notice(console: Console, document: _Row) -> None:
    console.print(document["title"] or document["source_path"], style="bold", markup=False)
    parts = (document["doc_number"], document["issued_on"], document["region_name"])
    console.print(" · ".join(str(part) for part in parts if part), markup=False)


def _show_plan(console: Console, rows: Mapping[str, Sequence[_Row]], plan: _Row, measures: Sequence[_Row]) -> None:
    from rich.table import Table
    from rich.text import Text

    labels = {column["role"]: column["label"] for column in plan["columns"]}
    roles = [role for role in AGENCY_COLUMNS if any(measure[f"{role}_status"] for measure in measures)]
    grid = Table(title=Text(plan["title"]), title_justify="left", show_lines=True, header_style="bold", expand=True)
    grid.add_column(labels.get("task_no", "序号"), justify="right", no_wrap=True)
    grid.add_column(labels.get("task_name", "任务"), ratio=3, min_width=8, overflow="fold")
    grid.add_column(labels.get("measure", "措施"), ratio=9, min_width=16, overflow="fold")
    grid.add_column(labels.get("deadline", "时限"), min_width=12, overflow="fold")
    for role in roles:
        grid.add_column(labels.get(role, role), ratio=4, min_width=10, overflow="fold")
    grid.add_column("页", justify="right", no_wrap=True)
    last = None
    for measure in measures:
        task = measure["task"]
        first = task["task_id"] != last
        last = task["task_id"]
        end = f"\n→ {measure['deadline_end']}" if measure["deadline_end"] else ""
        cells = [str(task["task_no"] or "") if first else "", task["name"] or "" if first else "", measure["text"]]
        cells += [(measure["deadline_raw"] or "") + end, *(_name(rows, measure, role) for role in roles)]
        cells.append(",".join(map(str, measure["pages"])))
        grid.add_row(*(Text(cell) for cell in cells), style="yellow" if measure["needs_review"] else "")
    console.print(grid)


def _name(rows: Mapping[str, Sequence[_Row]], measure: _Row, role: str) -> str:
    status = measure[f"{role}_status"]
    if status in _MARKS:
        return _MARKS[status]
    own = [r for r in rows["responsibilities"] if r["measure_id"] == measure["measure_id"] and r["role"] == role]
    names = (r["agency_label"] + (" ?" if r["agency_id"] is None else "") for r in own)
    return ("↑" if status == "inherited" else "") + "\n".join(names)
