"""Put what was reported on measures beside them: each report finds its measure by what the plan prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planextract.correct.anchors import RowIndex
from planextract.correct.decisions import make_stale
from planextract.model.decision import AnchorCell, Decision
from planextract.model.plan import Extraction, Measure, Plan, Progress, Task
from planextract.model.progress_report import ProgressReport
from planextract.model.record import Finding
from planextract.model.source import BBox
from planextract.phrases import Phrase

DOUBTFUL_LINK = "track.doubtful_link"


def attach_progress(
    extraction: Extraction, reports: Sequence[ProgressReport], decisions: Sequence[Decision] = ()
) -> Extraction:
    """Return a document with the reports on its measures, in the order of time, after what its own columns tell.

    A report that was withdrawn takes those before it away; one whose measure is gone becomes a finding, and so does one
    that may be about another measure, until a person has said whether it is.

    Args:
        extraction: The document.
        reports: Reports on its measures, by time.
        decisions: What people decided on it.
    """
    if not reports and not any(decision.kind == "link" for decision in decisions):
        return extraction
    homes = _find_homes(extraction)
    index = RowIndex(
        AnchorCell(
            cell_id=c.cell_id, table_no=c.table_no, row=c.row, col=c.col, column=str(c.column), raw_text=c.raw_text
        )
        for c in extraction.cells
    )
    verdicts = LinkVerdicts(index, decisions)
    told: dict[str, list[Progress]] = {}
    found: list[Finding] = []
    for report in reports:
        key, verdict = _find_measure(report, extraction, index, homes), verdicts.find(report)
        if key is None:
            message = Phrase(
                "a report of {file} on '{shown}' finds no measure any more",
                file=report.file or Phrase("the log"),
                shown=report.shown[:20],
            )
            found.append(Finding.of("decisions.stale", message))
        elif report.is_withdrawn:
            told[key] = [item for item in told.get(key, []) if item.source_doc_id]
        elif verdict is None and not report.is_doubtful:
            told.setdefault(key, []).append(make_progress(report))
        else:
            found.append(_ask(report, key, verdict))
            if verdict is not None and is_same(verdict):
                sure = make_progress(report)
                told.setdefault(key, []).append(replace(sure, reasons=(*sure.reasons, "accepted")))
    found.extend(make_stale(decision, "no report says this of its row any more") for decision in verdicts.list_unused())
    plans = tuple(_attach(extraction, plan, told) for plan in extraction.plans)
    return replace(extraction, plans=plans, findings=(*extraction.findings, *found))


class LinkVerdicts:
    """What people said of published reports on rows: a decision names the row by its print, the report by its words."""

    def __init__(self, index: RowIndex, decisions: Sequence[Decision]) -> None:
        self._index = index
        named = [d for d in decisions if d.anchor is not None and (d.kind == "link" or DOUBTFUL_LINK in d.codes)]
        found = [(index.find_row(d.anchor), d) for d in named if d.anchor is not None]
        self._said = [(row, decision) for row, decision in found if row is not None]
        self._used: set[str] = set()

    def find(self, report: ProgressReport) -> Decision | None:
        """Return the last decision on a published report and its row, None if there is none."""
        row = self._index.find_row(report.anchor) if report.anchor is not None and report.source_doc_id else None
        holding = [decision for own, decision in self._said if own == row and _is_about(decision, report)]
        self._used.update(decision.decision_id for decision in holding)
        return holding[-1] if holding else None

    def list_unused(self) -> list[Decision]:
        """Return the decisions on links that no report was found for."""
        return [d for _, d in self._said if d.kind == "link" and d.decision_id not in self._used]


def _is_about(decision: Decision, report: ProgressReport) -> bool:
    """Tell whether a decision is on a report; a row accepted as a whole takes the doubtful ones."""
    return f"“{report.said}”" in decision.shown if decision.kind == "link" else report.is_doubtful


def is_same(decision: Decision) -> bool:
    """Tell whether a person took a report and a measure for the same thing."""
    return decision.decision != "other"


def _ask(report: ProgressReport, measure_id: str, verdict: Decision | None) -> Finding:
    """Return the finding that shows a person a doubtful report on a measure, and what was decided on it."""
    why = "；".join(report.reasons)
    message = Phrase("{file}: “{said}” ({why})", file=report.file, said=report.said, why=why)
    found = Finding.of(DOUBTFUL_LINK, message, measure_id=measure_id)
    return replace(found, decision_id=verdict.decision_id) if verdict else found


def make_progress(report: ProgressReport) -> Progress:
    """Return a report as a record of the result; who reported it, and the evidence, stay in the log."""
    return Progress(
        target_seq=report.target_seq,
        as_of=_parse_day(report.as_of),
        period=report.period or None,
        status_printed=report.status or None,
        status=report.state,
        value=report.value,
        unit=report.unit or None,
        ratio=report.ratio,
        expected_ratio=report.expected_ratio,
        text=report.text or None,
        problem=report.problem or None,
        next_step=report.next_step or None,
        boxes=tuple((int(box[0]), BBox(x0=box[1], top=box[2], x1=box[3], bottom=box[4])) for box in report.boxes),
        source_doc_id=report.source_doc_id or None,
        score=report.score,
        reasons=report.reasons,
    )


def _parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _find_homes(extraction: Extraction) -> dict[str, str]:
    """Return the measure of each printed cell; of a cell that several share, the first."""
    homes: dict[str, str] = {}
    for plan in extraction.plans:
        for task in plan.tasks:
            for measure in task.measures:
                for cell_id in measure.cell_ids:
                    homes.setdefault(cell_id, f"{extraction.task_id(plan, task)}/{measure.seq}")
    return homes


def _find_measure(report: ProgressReport, extraction: Extraction, index: RowIndex, homes: dict[str, str]) -> str | None:
    """Return the measure that a report is on: by its id if the document is the same, else by its printed row."""
    known = set(homes.values())
    if report.doc_id == extraction.doc_id and report.measure_id in known:
        return report.measure_id
    row = index.find_row(report.anchor) if report.anchor is not None else None
    if row is None:
        return None
    cells = sorted(row.cells, key=lambda cell: cell.column != "measure")
    return next((homes[cell.cell_id] for cell in cells if cell.cell_id in homes), None)


def _attach(extraction: Extraction, plan: Plan, told: dict[str, list[Progress]]) -> Plan:
    def with_progress(task: Task, measure: Measure) -> Measure:
        found = told.get(f"{extraction.task_id(plan, task)}/{measure.seq}")
        return replace(measure, progress=(*measure.progress, *found)) if found else measure

    return replace(
        plan,
        tasks=tuple(
            replace(task, measures=tuple(with_progress(task, measure) for measure in task.measures))
            for task in plan.tasks
        ),
    )
