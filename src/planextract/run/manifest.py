"""The manifest of a run: what was given, what came of each input, with which versions."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from planextract.run.account import RunSummary
from planextract.run.inputs import show_name
from planextract.run.jobs import WorkContext
from planextract.run.journal import Entry
from planextract.version import SCHEMA_VERSION, __version__


def now() -> str:
    """Return the time in UTC, to the second: only the manifest holds times."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def make_manifest(
    summary: RunSummary,
    paths: Sequence[Path | str],
    context: WorkContext,
    entries: Sequence[Entry],
    agencies_sha256: str,
) -> str:
    """Return the manifest as JSON, one line an input: it is read by people and searched with grep."""
    versions = context.versions
    header = {
        "planextract": __version__,
        "contract_version": SCHEMA_VERSION,
        "code_version": versions.code,
        "dictionary_version": versions.dictionary,
        "settings_version": versions.settings,
        "agencies_sha256": agencies_sha256,
        "python": platform.python_version(),
        "pyarrow": version("pyarrow"),
        "finished_at": now(),
        "seconds": round(summary.seconds, 3),
        "not_done": summary.not_done,
        "settings": context.settings.to_dict(),
        "given": [show_name(Path(path).name if Path(path).is_absolute() else str(path)) for path in paths],
        "passed_over": list(summary.passed_over),
        "decisions": summary.decisions,
        **({"log_problems": list(summary.log_problems)} if summary.log_problems else {}),
    }
    lines = ",\n".join(json.dumps(entry.to_dict(), ensure_ascii=False) for entry in entries)
    return json.dumps(header, ensure_ascii=False, indent=1)[:-2] + f',\n "inputs": [\n{lines}\n ]\n}}\n'
