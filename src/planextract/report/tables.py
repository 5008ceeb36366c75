"""The figures of a report for machines: rows of its Parquet tables and its JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from planextract.errors import OutputError
from planextract.phrases import Phrase
from planextract.report.sources import write_file
from planextract.score.differences import DocumentDiff
from planextract.score.summary import Metric, Score
from planextract.score.year_links import YearLink
from planextract.score.years import YearComparison
from planextract.version import __version__
from planextract.write.arrow import make_table, write_parquet
from planextract.write.records import Row
from planextract.write.report_tables import REPORT_BY_NAME

if TYPE_CHECKING:
    import pandas as pd


def write_table(name: str, rows: Sequence[Row], path: Path) -> None:
    """Write one table of a report.

    Raises:
        OutputError: If it cannot be written.
    """
    staged = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_parquet(REPORT_BY_NAME[name], rows, staged)
        staged.replace(path)
    except OSError as exc:
        staged.unlink(missing_ok=True)
        raise OutputError(
            "report.unwritable",
            Phrase("the table cannot be written: {reason}", reason=exc.strerror or exc),
            file=str(path),
            advice="Choose another folder with -o.",
        ) from exc


def make_frame(name: str, rows: Sequence[Row]) -> pd.DataFrame:
    """Return one table of a report as a DataFrame with Arrow-backed column types."""
    import pandas as pd

    frame: pd.DataFrame = make_table(REPORT_BY_NAME[name], rows).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def write_json(kind: str, content: Mapping[str, object], path: Path) -> None:
    """Write a report's figures as JSON, with what made them; no clock."""
    data = {"kind": kind, "planextract": __version__, **content}
    write_file(path, json.dumps(data, ensure_ascii=False, indent=1, default=_encode) + "\n")


def _encode(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value)} has no JSON form")


def metric_rows(score: Score) -> list[Row]:
    """Return the rows of score_metrics."""
    scopes: list[tuple[str, Iterable[Metric]]] = [("all", score.metrics)]
    scopes += [(f"column:{name}", metrics) for name, metrics in score.columns]
    scopes += [(f"stratum:{name}", metrics) for name, metrics in score.strata]
    return [
        {
            "scope": scope,
            "name": m.name,
            "value": m.value,
            "low": m.low,
            "high": m.high,
            "count": m.count,
            "unit": m.unit,
            "is_error": m.is_error,
        }
        for scope, metrics in scopes
        for m in metrics
    ]


def cell_rows(score: Score) -> list[Row]:
    """Return the rows of score_cells."""
    return [
        {
            "doc_id": document.found.doc_id,
            "key": c.key,
            "column": c.column,
            "wanted": c.wanted,
            "found": c.found,
            "is_right": c.is_right,
            "errors": c.errors,
            "measure_id": c.measure_id,
            "page": c.page,
            "confidence": c.confidence,
        }
        for document in score.documents
        for c in document.cells
    ]


def change_rows(diffs: Iterable[DocumentDiff], accepted: Mapping[str, str]) -> list[Row]:
    """Return the rows of changes."""
    return [
        {
            "change_id": c.change_id,
            "kind": c.kind,
            "source_path": c.source_path,
            "old_doc_id": c.old_doc_id,
            "new_doc_id": c.new_doc_id,
            "key": c.key,
            "column": c.column,
            "before": c.before,
            "after": c.after,
            "old_measure_id": c.old_measure_id,
            "new_measure_id": c.new_measure_id,
            "causes": c.causes,
            "detail": c.detail,
            "accepted": c.change_id in accepted,
        }
        for diff in diffs
        for c in diff.changes
    ]


def year_rows(comparisons: Iterable[YearComparison]) -> dict[str, list[Row]]:
    """Return the rows of comparison_tasks, comparison_measures and comparison_shifts."""
    rows: dict[str, list[Row]] = {"tasks": [], "measures": [], "shifts": []}
    for comparison in comparisons:
        texts = {m.measure_id: m.text for d in (comparison.old, comparison.new) for _, _, m in d.iterate_measures()}
        for link in comparison.tasks:
            rows["tasks"].append(
                {**_link_row(link, comparison), "old_task_id": link.old_id, "new_task_id": link.new_id}
            )
        for link in comparison.measures:
            rows["measures"].append(
                {
                    **_link_row(link, comparison),
                    "old_measure_id": link.old_id,
                    "new_measure_id": link.new_id,
                    "moved": link.is_moved,
                    "old_text": texts.get(link.old_id or ""),
                    "new_text": texts.get(link.new_id or ""),
                }
            )
        rows["shifts"].extend(
            {
                "old_measure_id": s.old_measure_id,
                "new_measure_id": s.new_measure_id,
                "aspect": s.aspect,
                "direction": s.direction,
                "before": s.before,
                "after": s.after,
                "amount": s.amount,
                "unit": s.unit,
                "role": s.role,
            }
            for s in comparison.shifts
        )
    return rows


def _link_row(link: YearLink, comparison: YearComparison) -> Row:
    return {
        "old_doc_id": comparison.old.doc_id,
        "new_doc_id": comparison.new.doc_id,
        "kind": link.kind,
        "group_no": link.group,
        "similarity": link.similarity,
        "reasons": link.reasons,
    }
