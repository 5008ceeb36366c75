"""What a person takes away: the workbook, the ledger, the tables."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from planextract.export import FORMATS, export_output

FORMS: Mapping[str, tuple[str, str]] = {
    "workbook": ("xlsx", "planextract.xlsx"),
    "ledger": ("ledger", "planextract-ledger.xlsx"),
    "tables": ("", "planextract-tables.zip"),
}
"""Things to take: the export's format (none for the tables as they are) and the name of the file."""

_LEDGER = "planextract.ledger"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def list_forms() -> tuple[str, ...]:
    """Return what can be taken away with the formats that this version writes."""
    return tuple(name for name, (kind, _) in FORMS.items() if not kind or kind in FORMATS or _has_ledger(kind))


def _has_ledger(kind: str) -> bool:
    return kind == "ledger" and find_spec(_LEDGER) is not None


def make_form(name: str, output: Path, aside: Path) -> Path:
    """Write one thing to take away into a folder.

    Raises:
        UsageError: If a library for it is not installed.
        OutputError: If the output cannot be read or the file not be written.
    """
    kind, file_name = FORMS[name]
    target = aside / file_name
    if kind == "ledger":
        import_module(f"{_LEDGER}.export").export_ledger(str(output), target)
        return target
    if kind:
        export_output(str(output), kind, target, replaces=True)
        return target
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for path in sorted(output.rglob("*.parquet")):
            inside = path.relative_to(output)
            if not any(part.startswith((".", "_")) for part in inside.parts):
                packed.writestr(zipfile.ZipInfo(inside.as_posix(), _EPOCH), path.read_bytes())
    return target
