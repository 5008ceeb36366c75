"""A plan as one table in its own columns: what stands in which cell, and over how many rows.

Pure: rows of the contract's tables in, a grid out. The columns are those that the table ``plans`` names, under the
header cells that the plan prints first; nothing is detected here. A task's number and name span its measures, an
inherited cell spans the row above it, a section row spans the width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from planextract.export.agency_text import AgencyText, print_agencies
from planextract.model.finding_kinds import FINDING_KINDS
from planextract.model.roles import AGENCY_ROLES, ROLES, Role, status_column
from planextract.model.table import Column
from planextract.text.characters import fold, without_spaces
from planextract.wording.words import read_doubts

Row = Mapping[str, Any]
_USUAL = (Role.TASK_NO, Role.TASK_NAME, Role.MEASURE, Role.DEADLINE, *AGENCY_ROLES)
_WITHHELD = "（已隐去）"
_UNSURE = "机器对此处没有把握"
_MOST_REASONS = 2
_CONFIDENCE = {Role.MEASURE: "text", Role.TASK_NAME: "task"}
_STATUS = {role: status_column(role) for role in (Role.DEADLINE, *AGENCY_ROLES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell of the grid. Rows count from 0 below the header, or in it; ``note`` says what was put right in it."""

    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    text: str | int = ""
    note: str = ""
    needs_review: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGrid:
    """A plan as a table: header cells, body cells, roles of the columns, rows that are sections."""

    roles: tuple[Role, ...]
    header: tuple[GridCell, ...]
    header_rows: int
    cells: tuple[GridCell, ...]
    section_rows: frozenset[int]
    row_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRows:
    """The rows of one plan: its columns, tasks, measures, bodies and findings by measure, and the printed cells."""

    columns: Sequence[Row]
    tasks: Sequence[Row]
    measures: Sequence[Row]
    agencies: Mapping[str, Sequence[Row]]
    cells: Sequence[Row]
    findings: Mapping[str, Sequence[Row]] = field(default_factory=dict)


def make_grid(plan: PlanRows) -> PlanGrid:
    """Lay a plan out."""
    columns = _find_columns(plan)
    header = _find_header(plan.cells, columns)
    body = _Body(plan, columns)
    body.fill()
    return PlanGrid(
        roles=tuple(column.role for column in columns),
        header=header,
        header_rows=max(cell.row + cell.row_span for cell in header),
        cells=tuple(body.cells),
        section_rows=frozenset(body.section_rows),
        row_count=body.next_row,
    )


def _find_columns(plan: PlanRows) -> list[Column]:
    """Return the plan's columns; where none were recorded (older results), those that have values."""
    if plan.columns:
        return [Column(role=Role(column["role"]), label=column["label"]) for column in plan.columns]
    return [
        Column(role=role, label="")
        for role in _USUAL
        if role not in _STATUS or any(measure[_STATUS[role]] is not None for measure in plan.measures)
    ]


def _find_header(cells: Sequence[Row], columns: Sequence[Column]) -> tuple[GridCell, ...]:
    """Return the header's cells as printed: one row of labels where none is printed over these columns."""
    printed = [cell for cell in cells if cell["column"] == "header"]
    if not printed or max(cell["col"] + cell["col_span"] for cell in printed) != len(columns):
        return tuple(
            GridCell(row=0, col=col, text=column.label or ROLES[column.role].chinese)
            for col, column in enumerate(columns)
        )
    top = min(cell["row"] for cell in printed)
    height = max(cell["row"] + cell["row_span"] for cell in printed) - top
    found = {
        (cell["row"] - top, cell["col"]): GridCell(
            row=cell["row"] - top,
            col=cell["col"],
            row_span=cell["row_span"],
            col_span=cell["col_span"],
            text=without_spaces(cell["text"]),
        )
        for cell in printed
    }
    header = _merge_blanks(found, height, len(columns)) if height > 1 else tuple(found.values())
    return tuple(_put_right(cell, columns, height) for cell in header)


def _put_right(cell: GridCell, columns: Sequence[Column], height: int) -> GridCell:
    """Show the column's label where its cell was read damaged; a note says what is printed."""
    label = columns[cell.col].label
    is_label = cell.row + cell.row_span == height and cell.col_span == 1
    if not is_label or not label or fold(label) == fold(str(cell.text)):
        return cell
    return replace(cell, text=label, note=f"原文：{cell.text}")


def _merge_blanks(found: dict[tuple[int, int], GridCell], height: int, width: int) -> tuple[GridCell, ...]:
    """Join the blanks of a two-level header to their labels: 责任分工 over two columns, 序号 over two rows."""
    for row in range(height):
        for col in range(width):
            cell = found.get((row, col))
            if cell is None or not cell.text:
                continue
            while _is_blank(found, row, cell.col + cell.col_span) and not _is_blank(
                found, row + 1, cell.col + cell.col_span
            ):
                found.pop((row, cell.col + cell.col_span))
                cell = replace(cell, col_span=cell.col_span + 1)
            while cell.col_span == 1 and _is_blank(found, cell.row + cell.row_span, col):
                found.pop((cell.row + cell.row_span, col))
                cell = replace(cell, row_span=cell.row_span + 1)
            found[row, col] = cell
    return tuple(found.values())


def _is_blank(found: Mapping[tuple[int, int], GridCell], row: int, col: int) -> bool:
    cell = found.get((row, col))
    return cell is not None and not cell.text and cell.row_span == cell.col_span == 1


@dataclass(slots=True)
class _Body:
    """Fills the rows below the header, in printed order."""

    plan: PlanRows
    columns: Sequence[Column]
    cells: list[GridCell] = field(default_factory=list)
    section_rows: list[int] = field(default_factory=list)
    next_row: int = 0
    _open: dict[int, int] = field(default_factory=dict)

    def fill(self) -> None:
        """Go through the tasks: a section row where the section changes, then the task's measures."""
        by_task: dict[str, list[Row]] = {}
        for measure in self.plan.measures:
            by_task.setdefault(measure["task_id"], []).append(measure)
        has_section_column = any(column.role is Role.SECTION for column in self.columns)
        printed = _sections_by_column(self.plan.cells)
        titles = [without_spaces(c["text"]) for c in self.plan.cells if c["column"] == "section" and c["text"].strip()]
        last: tuple[object, object] = (None, None)
        for task in self.plan.tasks:
            section = (task["section_no"], task["section_title"])
            if section != last and not has_section_column and any(section):
                self._add_section(_print_section(section, titles))
            last = section
            measures = by_task.get(task["task_id"], [])
            first = self.next_row
            for measure in measures:
                self._add_measure(measure)
            if measures:
                self._add_task(task, first, printed)

    def _add_section(self, text: str) -> None:
        self.section_rows.append(self.next_row)
        self.cells.append(GridCell(row=self.next_row, col=0, col_span=len(self.columns), text=text))
        self.next_row += 1
        self._open.clear()

    def _add_task(self, task: Row, first: int, printed: Mapping[int, Mapping[str, str]]) -> None:
        height = self.next_row - first
        for col, column in enumerate(self.columns):
            if column.role is Role.TASK_NO:
                self.cells.append(GridCell(row=first, col=col, row_span=height, text=task["task_no"]))
            elif column.role is Role.TASK_NAME:
                note = "".join(f"另作：{name}\n" for name in task["name_variants"]).strip()
                self.cells.append(GridCell(row=first, col=col, row_span=height, text=task["name"] or "", note=note))
            elif column.role is Role.SECTION:
                self._add_spanning(col, printed.get(col, {}).get(task["task_id"], ""), first, height)

    def _add_measure(self, measure: Row) -> None:
        others: dict[str, list[str]] = {}
        for other in measure["other_values"]:
            others.setdefault(other["label"], []).append(other["text"])
        for col, column in enumerate(self.columns):
            if column.role is Role.MEASURE:
                self.cells.append(GridCell(row=self.next_row, col=col, text=measure["text"]))
            elif column.role in _STATUS:
                self._add_value(col, column.role, measure)
            elif column.role is Role.OTHER:
                values = others.get(column.label, [])
                text = values.pop(0) if values else _WITHHELD if self._is_withheld(col, measure) else ""
                self.cells.append(GridCell(row=self.next_row, col=col, text=text))
        if measure["needs_review"]:
            self._mark_doubts(measure)
        self.next_row += 1

    def _is_withheld(self, col: int, measure: Row) -> bool:
        """Tell whether a cell names people whose names the output keeps back."""
        ids = set(measure["cell_ids"])
        return any(
            cell["cell_id"] in ids and cell["col"] == col and cell["column"] == Role.OTHER and "█" in cell["text"]
            for cell in self.plan.cells
        )

    def _mark_doubts(self, measure: Row) -> None:
        """Mark the cells of the last row that are in doubt, each with its reasons."""
        doubts = _find_doubts(measure, self.plan.findings.get(measure["measure_id"], ()), self.columns, self.plan.cells)
        for role, reasons in doubts.items():
            cols = [col for col, column in enumerate(self.columns) if column.role is role]
            for place in range(len(self.cells) - 1, -1, -1):
                cell = self.cells[place]
                if cell.col in cols and cell.row <= self.next_row < cell.row + cell.row_span:
                    note = "\n".join(
                        [*([cell.note] if cell.note else []), *(f"请核对：{reason}" for reason in reasons)]
                    )
                    self.cells[place] = replace(cell, note=note, needs_review=True)
                    break

    def _add_value(self, col: int, role: Role, measure: Row) -> None:
        """Add a deadline or a list of bodies; an inherited one makes the cell above it one row longer."""
        status = measure[_STATUS[role]]
        if status == "inherited" and col in self._open:
            above = self.cells[self._open[col]]
            if above.row + above.row_span == self.next_row:
                self.cells[self._open[col]] = replace(above, row_span=above.row_span + 1)
                return
        if role is Role.DEADLINE:
            shown = AgencyText(text=measure["deadline_raw"] or "")
        else:
            shown = print_agencies(
                [row for row in self.plan.agencies.get(measure["measure_id"], ()) if row["role"] == role],
                [
                    c["text"]
                    for c in self.plan.cells
                    if c["cell_id"] in set(measure["cell_ids"]) and c["column"] == role
                ],
            )
        if status == "none":  # the plan's own mark for it may be any dash
            shown = AgencyText(text="—")
        self._open[col] = len(self.cells)
        self.cells.append(GridCell(row=self.next_row, col=col, text=shown.text, note=shown.note))

    def _add_spanning(self, col: int, text: str, first: int, height: int) -> None:
        """Add a task's value of a section column; the same value as above makes that cell longer."""
        place = self._open.get(col)
        if place is not None and self.cells[place].text == text:
            self.cells[place] = replace(self.cells[place], row_span=self.cells[place].row_span + height)
            return
        self._open[col] = len(self.cells)
        self.cells.append(GridCell(row=first, col=col, row_span=height, text=text))


def _find_doubts(
    measure: Row, findings: Sequence[Row], columns: Sequence[Column], cells: Sequence[Row]
) -> dict[Role, list[str]]:
    """Return the columns that are in doubt and why: by the cell that a finding names, or the label in its message.

    Where no finding says which, it is the value of which the machine is least sure.
    """
    roles = {cell["cell_id"]: cell["column"] for cell in cells}
    marked = {column.role for column in columns} & {Role.MEASURE, Role.TASK_NAME, *_STATUS}
    doubts: dict[Role, list[str]] = {}
    for finding in findings:
        if finding["severity"] == "info" or finding["decision_id"] is not None:
            continue
        named = [column.role for column in columns if column.label and column.label in finding["message"]]
        by_cell = roles.get(finding["cell_id"])
        role = next((r for r in (by_cell, *named) if r in marked), Role.MEASURE)
        kind = FINDING_KINDS.get(finding["code"])
        doubts.setdefault(Role(role), []).append(kind.chinese if kind else finding["message"])
    if not doubts:
        sure = {role: measure.get(f"confidence_{_CONFIDENCE.get(role, role)}") for role in marked}
        known = {role: value for role, value in sure.items() if value is not None}
        least = min(known, key=lambda role: (known[role], role)) if known else Role.MEASURE
        doubts[least] = [_tell_unsure(measure, str(_CONFIDENCE.get(least, least)))]
    return {role: list(dict.fromkeys(reasons)) for role, reasons in doubts.items()}


def _tell_unsure(measure: Row, value: str) -> str:
    """Say that the machine is not sure of a value, and the signs that weigh most against it."""
    told = sorted((doubt for doubt in read_doubts(measure["doubts"]) if doubt.value == value), key=lambda d: d.weight)
    reasons = "；".join(doubt.why[1] for doubt in told[:_MOST_REASONS])
    return f"{_UNSURE}：{reasons}" if reasons else _UNSURE


def _sections_by_column(cells: Sequence[Row]) -> dict[int, dict[str, str]]:
    """Return for each column of sections the value of each task: what it prints, else what stands above."""
    values: dict[int, dict[str, str]] = {}
    last: dict[int, str] = {}
    for cell in sorted(cells, key=lambda c: (c["table_no"], c["row"], c["col"])):
        if cell["column"] == "section" and cell["task_id"] is not None:
            if cell["text"].strip():
                last[cell["col"]] = cell["text"]
            values.setdefault(cell["col"], {}).setdefault(cell["task_id"], last.get(cell["col"], ""))
    return values


def _print_section(section: tuple[object, object], printed: Sequence[str]) -> str:
    """Return a section as its row prints it."""
    number, title = (str(part) if part is not None else "" for part in section)
    near = [text for text in printed if without_spaces(title) in text and number in text] if title else []
    if near:
        return min(near, key=len).lstrip("#")
    joint = "" if number.endswith((")", "）")) else "、"
    return f"{number}{joint}{title}" if number and title else number or title
