"""Write a new region's agency dictionary from the national template."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import get_args

from planextract.dictionaries.files import find_builtin_folder
from planextract.dictionaries.template import load_template
from planextract.errors import OutputError
from planextract.model.agency import AgencyEntry, AgencyKind
from planextract.model.vocabulary import Region, Regions
from planextract.phrases import Phrase
from planextract.text.characters import is_cjk

_ID = re.compile(r"\d{6}-[a-z][a-z0-9-]*")
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
    if folder.resolve() == builtin.resolve():
        raise OutputError(
            "agencies.builtin_folder",
            "a draft is not written among the program's own dictionaries",
            file=str(folder),
            advice="Name a folder of your own with --folder, and give it to runs with --dictionaries.",
        )
    target = folder / "agencies" / f"{region.code}-{region.name}.yaml"
    same = sorted(
        {*(folder / "agencies").glob(f"{region.code}-*.yaml"), *(builtin / "agencies").glob(f"{region.code}-*.yaml")}
    )
    others = [path for path in same if not (replaces and path == target)]
    if others:
        raise OutputError(
            "agencies.region_exists",
            Phrase("{full_name} has a dictionary already", full_name=region.full_name),
            file=str(others[0]),
            advice="Edit that file; --force writes a template file of ours anew.",
        )
    entries = make_region_entries(region, regions)
    text = _HEAD.format(name=region.full_name, code=region.code) + "".join(map(format_entry, entries))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    except OSError as exc:
        raise OutputError(
            "agencies.not_written",
            Phrase("the file cannot be written: {reason}", reason=exc.strerror),
            file=str(target),
        ) from exc
    return target, len(entries)


def make_region_entries(region: Region, regions: Regions) -> list[AgencyEntry]:
    """Return the bodies that the national template gives a region, sorted by id."""
    builtin = find_builtin_folder()
    with (builtin / "streets.csv").open(encoding="utf-8", newline="") as stream:
        towns = tuple((row["code"], row["name"]) for row in csv.DictReader(stream) if row["parent"] == region.code)
    return load_template(builtin / "agency_template.yaml").make_entries(region, regions, towns)


def format_entry(entry: AgencyEntry, file_region: str = "") -> str:
    """Return a dictionary entry as YAML, as people write it; its region only where it is not the file's."""
    region = entry.region if file_region and entry.region != file_region else None
    fields: list[tuple[str, object]] = [
        ("id", entry.agency_id),
        ("name", entry.name),
        ("full_name", entry.full_name),
        ("kind", entry.kind),
        ("level", entry.level),
        ("region", region),
        ("parent", entry.parent_id),
        ("aliases", entry.aliases),
        ("members", entry.members),
        ("valid_from", entry.valid_from),
        ("valid_to", entry.valid_to),
        ("successor", entry.successor_id),
        ("source", entry.source),
        ("examples", entry.examples),
    ]
    lines = [f"{key}: {_format_value(value)}" for key, value in fields if value not in (None, ())]
    return "- " + "\n  ".join(lines) + "\n"


def _format_value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_format_value(item) for item in value)}]"
    text = str(value)
    is_word = all(char.isalnum() or char in "-（）" for char in text) and any(is_cjk(char) for char in text)
    is_plain = is_word or text in get_args(AgencyKind) or _ID.fullmatch(text) is not None
    return text if is_plain or not isinstance(value, str) else quote_text(text)


def quote_text(text: str) -> str:
    """Return a text as a YAML string on one line; what does not print is escaped, for YAML ends lines at U+0085 too."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in quoted)
