"""Write ledgers: one for all measures, or one a body with what it leads and what it supports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from planextract.decisions.progress_log import progress_path, read_progress
from planextract.errors import OutputError
from planextract.export.sheet_names import SheetNames
from planextract.export.source import ExportSource, open_source
from planextract.export.target import is_our_workbook, staged
from planextract.ledger.columns import PART
from planextract.ledger.rows import LedgerContent, LedgerRow, make_ledger, part_word
from planextract.ledger.sheet import write_ledger
from planextract.model.progress_report import ProgressReport
from planextract.model.roles import Role

Split = Literal["none", "agency", "agency-sheets"]
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSummary:
    """What was written: files, measures in them, bodies that have one."""

    files: tuple[Path, ...]
    measures: int
    bodies: int = 0


def export_ledger(
    output: str, target: Path, *, split: Split = "none", documents: Sequence[str] = (), replaces: bool = False
) -> LedgerSummary:
    """Write the ledger of an output.

    Args:
        output: Folder that a run wrote.
        target: File to write; with ``agency`` the folder for a file a body.
        split: ``agency``: a file a body; ``agency-sheets``: a sheet a body.
        documents: Ids or file names of documents; all if empty.
        replaces: Replace files that are no unchanged exports of ours.

    Raises:
        UsageError: If there is no such document.
        OutputError: If the output cannot be read, or the target cannot be written or is not ours.
    """
    source = open_source(output, documents)
    reports = _read_reports(source)
    content = make_ledger(source, reports, has_part=split != "none")
    made = {"documents": list(source.doc_ids)}
    if split == "none":
        _write(target, content.title, [("台账", content)], made, replaces=replaces)
        return LedgerSummary(files=(target,), measures=len(content.rows))
    bodies = _split(content)
    if split == "agency-sheets":
        names = SheetNames()
        _write(
            target, content.title, [(names.take(body), part) for body, part in bodies.items()], made, replaces=replaces
        )
        return LedgerSummary(files=(target,), measures=len(content.rows), bodies=len(bodies))
    return _write_files(target, content, bodies, made, replaces=replaces)


def _read_reports(source: ExportSource) -> Mapping[str, ProgressReport]:
    place = Path(source.parts.store.location)
    return read_progress(progress_path(place)).last_by_measure() if place.is_dir() else {}


def _split(content: LedgerContent) -> dict[str, LedgerContent]:
    """Return each body's part: the measures that it leads or is responsible for first, then those it supports."""
    rows: dict[str, list[tuple[bool, LedgerRow]]] = {}
    for row in content.rows:
        for body, role in row.bodies.items():
            values = {**row.values, PART.id: part_word(role, content.columns)}
            rows.setdefault(body, []).append((role is Role.SUPPORT, replace(row, values=values)))
    return {
        body: replace(content, rows=tuple(row for _, row in sorted(rows[body], key=lambda pair: pair[0])))
        for body in sorted(rows)
    }


def _write_files(
    folder: Path,
    content: LedgerContent,
    bodies: Mapping[str, LedgerContent],
    made: Mapping[str, object],
    *,
    replaces: bool,
) -> LedgerSummary:
    if folder.exists() and not folder.is_dir():
        raise OutputError(
            "export.not_ours",
            "a file stands where the folder is to be",
            file=str(folder),
            advice="Choose another name with -o.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    names: dict[str, int] = {}
    files = []
    for body, part in bodies.items():
        name = _NO_FILE_NAME.sub("_", body).strip(" .")[:80] or "_"
        names[name] = names.get(name, 0) + 1
        path = folder / (f"{name}.xlsx" if names[name] == 1 else f"{name}-{names[name]}.xlsx")
        _write(path, content.title, [(SheetNames().take(body), part)], made, replaces=replaces)
        files.append(path)
    return LedgerSummary(files=tuple(files), measures=len(content.rows), bodies=len(bodies))


def _write(
    path: Path, title: str, parts: Sequence[tuple[str, LedgerContent]], made: Mapping[str, object], *, replaces: bool
) -> None:
    with staged(path, is_our_workbook, replaces=replaces) as aside:
        write_ledger(aside, title, [(name, part.columns, part.rows) for name, part in parts], made)
