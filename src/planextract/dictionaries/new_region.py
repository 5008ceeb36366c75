"""Write a new region's agency dictionary from the national template."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from planextract.dictionaries.files import find_builtin_folder
from planextract.dictionaries.template import load_template
from planextract.errors import OutputError
from planextract.model.agency import AgencyEntry
from planextract.model.vocabulary import Region, Regions

_HEAD = """# Bodies of {name}, written from planextract's national template: a start, not the truth.
# Check every entry against the region's own list of departments: drop those it does not have, add its own, correct
# names and the approximate days of the reform of 2018/19. dictionaries/agencies/README.md explains the fields.
region: "{code}"
entries:
"""


def write_region(region: Region, regions: Regions, folder: Path, *, replaces: bool = False) -> tuple[Path, int]:
    """Write ``<folder>/agencies/<code>-<name>.yaml``.

    Args:
        region: A division of any tier.
        regions: All divisions.
        folder: Folder of the user's dictionaries; made if needed.
        replaces: Overwrite a file that is there.

    Returns:
        The file and the number of its entries.

    Raises:
        OutputError: If the region has a file already, or it cannot be written.
    """
    builtin = find_builtin_folder()
    target = folder / "agencies" / f"{region.code}-{region.name}.yaml"
    same = sorted(
        {*(folder / "agencies").glob(f"{region.code}-*.yaml"), *(builtin / "agencies").glob(f"{region.code}-*.yaml")}
    )
    others = [path for path in same if not (replaces and path == target)]
    if others:
        raise OutputError(
            "agencies.region_exists", f"{region.full_name} has a dictionary already", file=str(others[0]),
            advice="Edit that file; --force writes a template file of ours anew.",
        )  # fmt: skip
    with (builtin / "streets.csv").open(encoding="utf-8", newline="") as stream:
        towns = tuple((row["code"], row["name"]) for row in csv.DictReader(stream) if row["parent"] == region.code)
    entries = load_template(builtin / "agency_template.yaml").make_entries(region, regions, towns)
    text = _HEAD.format(name=region.full_name, code=region.code) + "".join(map(_format_entry, entries))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    except OSError as exc:
        raise OutputError(
            "agencies.not_written", f"the file cannot be written: {exc.strerror}", file=str(target)
        ) from exc
    return target, len(entries)


def _format_entry(entry: AgencyEntry) -> str:
    fields: list[tuple[str, object]] = [
        ("id", entry.agency_id), ("name", entry.name), ("full_name", entry.full_name), ("kind", entry.kind),
        ("level", entry.level), ("parent", entry.parent_id), ("aliases", entry.aliases), ("members", entry.members),
        ("valid_from", entry.valid_from), ("valid_to", entry.valid_to), ("successor", entry.successor_id),
        ("source", entry.source), ("examples", entry.examples),
    ]  # fmt: skip
    lines = [f"{key}: {_format_value(value)}" for key, value in fields if value not in (None, ())]
    return "- " + "\n  ".join(lines) + "\n"


def _format_value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_format_value(item) for item in value)}]"
    text = str(value)
    is_plain = all(char.isalnum() or char in "-（）" for char in text) and any(char.isalpha() for char in text)
    return text if is_plain or not isinstance(value, str) else json.dumps(text, ensure_ascii=False)
