"""``planextract import``: ledgers in, decisions and reports out; all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from planextract.decisions import append_decisions, log_path, read_log
from planextract.decisions.progress_log import append_reports, progress_path, read_progress
from planextract.errors import InputError, UsageError
from planextract.export.source import ExportSource, open_source
from planextract.ledger.columns import DEADLINE, MEASURE, TASK
from planextract.ledger.corrections import PrintedDocument, correct_value
from planextract.ledger.merge import REPORTED_IDS, Change, Merged, merge_ledgers
from planextract.ledger.rows import LedgerRow, current_values
from planextract.ledger.saved import read_ledger
from planextract.model.decision import Decision
from planextract.model.plan import ProgressStatus
from planextract.model.progress_report import ProgressReport
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.phrases import Phrase, join_phrases
from planextract.settings import ReadSettings

_ROLES: dict[str, Role] = {
    TASK.id: Role.TASK_NAME,
    MEASURE.id: Role.MEASURE,
    DEADLINE.id: Role.DEADLINE,
    **{role.value: role for role in AGENCY_ROLES},
}
_FIELDS = {
    "progress": "text",
    "status": "status",
    "problem": "problem",
    "next_step": "next_step",
    "evidence": "evidence",
    "by": "by",
    "on": "on",
}
_SHOWN_PROBLEMS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """What was taken: decisions on the plan, reports, cells; rows that are no measures; measures without a row."""

    decisions: int
    reports: int
    cells: int
    added: tuple[str, ...]
    deleted: tuple[str, ...]


def import_ledgers(output: str, ledgers: Sequence[Path], *, is_trial: bool = False) -> ImportSummary:
    """Take ledgers back: corrections become decisions, what was filled in becomes reports.

    Args:
        output: Folder that a run wrote, and that the ledgers were made from.
        ledgers: Saved ledgers; their order does not matter.
        is_trial: Write nothing.

    Raises:
        UsageError: If the output is no folder of this machine.
        InputError: If a file is no ledger, or the whole is refused: a conflict, a key that was changed, a column
            that is made from others. Nothing is written then.
        OutputError: If a log cannot be written.
    """
    place = Path(output)
    if not place.is_dir():
        raise UsageError(
            "run.no_such_path",
            "there is no such output folder",
            file=output,
            advice="Give the folder that the ledger was exported from.",
        )
    saved = [read_ledger(path, ReadSettings()) for path in ledgers]
    source = open_source(output)
    log = read_progress(progress_path(place))
    current = current_values(source, log.last_by_measure())
    merged = merge_ledgers(saved, current)
    documents = _load_documents(source, merged)
    decisions = _make_decisions(merged, documents, current, log_path(place))
    reports = _make_reports(merged, documents, current)
    if merged.problems:
        raise _refuse(ledgers, merged.problems)
    if not is_trial:
        if decisions:
            append_decisions(log_path(place), decisions)
        append_reports(progress_path(place), reports)
    return ImportSummary(
        decisions=len(decisions),
        reports=len(reports),
        cells=len(merged.changes),
        added=tuple(merged.added),
        deleted=tuple(merged.deleted),
    )


def _refuse(ledgers: Sequence[Path], problems: Sequence[str]) -> InputError:
    shown = join_phrases("\n", [Phrase("  {why}", why=problem) for problem in problems[:_SHOWN_PROBLEMS]])
    rest = (
        Phrase("\n  … and {count} more", count=len(problems) - _SHOWN_PROBLEMS)
        if len(problems) > _SHOWN_PROBLEMS
        else ""
    )
    return InputError(
        "ledger.refused",
        Phrase(
            "nothing was taken, for {count} places do not go together:\n{shown}{rest}\n",
            count=len(problems),
            shown=shown,
            rest=rest,
        ),
        file="、".join(path.name for path in ledgers[:3]) + ("…" if len(ledgers) > 3 else ""),
        advice="Settle them in the ledgers, then import all of them again.",
    )


def _load_documents(source: ExportSource, merged: Merged) -> dict[str, PrintedDocument]:
    wanted = {measure_id.partition("/")[0] for measure_id, _ in merged.changes}
    return {doc_id: PrintedDocument.load(source, doc_id) for doc_id in source.doc_ids if doc_id in wanted}


def _make_decisions(
    merged: Merged, documents: Mapping[str, PrintedDocument], current: Mapping[str, LedgerRow], log: Path
) -> list[Decision]:
    """Return the decisions on printed cells; two corrections of one cell that differ are a problem."""
    standing = {decision.subject: decision for decision in read_log(log).standing}
    made: dict[tuple[object, ...], tuple[Decision, Change]] = {}
    for change in merged.changes.values():
        if change.column not in _ROLES:
            continue
        document = documents[change.measure_id.partition("/")[0]]
        reporter = current[change.measure_id].values.get("by", "")
        note = f"台账 {change.place}" + (f"，{reporter}" if reporter else "")
        found = correct_value(document, change.measure_id, _ROLES[change.column], change.text, note)
        if isinstance(found, str):
            merged.problems.append(Phrase("{place}: {why}", place=change.place, why=found))
            continue
        for decision in found:
            other = made.get(decision.subject)
            before = standing.get(decision.subject)
            if other is not None and other[0].text != decision.text:
                merged.problems.append(
                    Phrase(
                        "{place}: the same printed cell says otherwise in {other}",
                        place=change.place,
                        other=other[1].place,
                    )
                )
            elif before is not None and before.text not in (decision.text, _printed(document, decision)):
                merged.problems.append(
                    Phrase(
                        "{place}: a decision made since says '{text}'",
                        place=change.place,
                        text=(before.text or "")[:40],
                    )
                )
            elif before is None or before.text != decision.text:
                made[decision.subject] = decision, change
    return [decision for decision, _ in made.values()]


def _printed(document: PrintedDocument, decision: Decision) -> str:
    """Return what the output holds now in the cell of a decision."""
    found = document.index.find_cell(decision.anchor) if decision.anchor is not None else None
    return "" if found is None else str(document.cells[found.cell_id]["text"])


def _make_reports(
    merged: Merged, documents: Mapping[str, PrintedDocument], current: Mapping[str, LedgerRow]
) -> list[ProgressReport]:
    by_measure: dict[str, list[Change]] = {}
    for change in merged.changes.values():
        if change.column in REPORTED_IDS:
            by_measure.setdefault(change.measure_id, []).append(change)
    return [
        _make_report(key, changes, documents[key.partition("/")[0]], current[key])
        for key, changes in by_measure.items()
    ]


def _make_report(key: str, changes: Sequence[Change], document: PrintedDocument, now: LedgerRow) -> ProgressReport:
    """Return a whole report: what was filled in, and what was reported before and still stands."""
    values = {name: now.values.get(column, "") for column, name in _FIELDS.items()}
    values |= {_FIELDS[change.column]: change.text for change in changes}
    report = ProgressReport(
        doc_id=document.document["doc_id"],
        path=document.document["source_path"],
        measure_id=key,
        shown=document.measures[key]["text"][:40],
        anchor=document.anchor_measure(key),
        file=changes[0].place.partition(" ")[0],
        is_withdrawn=not any(values.values()),
        **values,  # type: ignore[arg-type]
    )
    day = _parse_day(report.on)
    state = judge_state(report.status, day, now.due)
    expected = round(day.month / 12, 4) if day else None
    return replace(report, as_of=day.isoformat() if day else "", state=state, expected_ratio=expected)


def _parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def judge_state(status: str, day: date | None, due: date | None) -> ProgressStatus | None:
    """Return a state of the table ``progress`` for a word of the list; what is open past its deadline is behind.

    >>> judge_state("推进中", date(2026, 7, 1), date(2026, 6, 30)), judge_state("已完成", None, None)
    ('behind', 'done')
    """
    if not status:
        return None
    is_late = day is not None and due is not None and day > due
    states: dict[str, ProgressStatus] = {
        "已完成": "done",
        "逾期": "behind",
        "调整": "other",
        "推进中": "behind" if is_late else "on_schedule",
        "未启动": "behind" if is_late else "not_due",
    }
    return states.get(status, "other")
