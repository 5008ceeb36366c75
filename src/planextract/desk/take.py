"""What a person takes away: the workbook, the ledger, the tables."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

FORMS: Mapping[str, str] = {"workbook": ".xlsx", "ledger": "-ledger.xlsx", "tables": "-tables.zip"}
"""Things to take, each with the end of its file's name."""

_EPOCH = (1980, 1, 1, 0, 0, 0)


def make_form(name: str, output: Path, aside: Path) -> Path:
    """Write one thing to take away into a folder.

    Raises:
        UsageError: If a library for it is not installed.
        OutputError: If the output cannot be read or the file not be written.
    """
    target = aside / f"plan{FORMS[name]}"
    if name == "workbook":
        from planextract.export import export_output

        export_output(str(output), "xlsx", target)
    elif name == "ledger":
        from planextract.ledger.export import export_ledger

        export_ledger(str(output), target)
    else:
        _pack_tables(output, target)
    return target


def _pack_tables(output: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for path in sorted(output.rglob("*.parquet")):
            inside = path.relative_to(output)
            if not any(part.startswith((".", "_")) for part in inside.parts):
                packed.writestr(zipfile.ZipInfo(inside.as_posix(), _EPOCH), path.read_bytes())
