"""Write the national tables as one that others can use without the program: CSV, or JSON with schema and sources."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from planextract.dictionaries.national import NationalTables

_FIELDS = {
    "table": "function (bodies of every region), central, or zone",
    "id": "stable id; a body of a region is <GB/T 2260 code>-<function>, a central one 000000-<id>",
    "function": "what the body does, in English",
    "tiers": "P province, M municipality, C city, D county, U district of a city, W district of a municipality",
    "official": "full name; @ region in full, % its own name, ^ its short name, $ its province, & the region above",
    "wordings": "printed forms; ~ stands for the level word or a name of the region, ^ for its short name",
    "provinces": "GB/T 2260 codes of the provinces and regions that use it; empty: all",
    "valid_from": "first day, approximate",
    "valid_to": "last day, approximate; empty: still there",
    "successor": "function or id that took over",
    "kind": "agency, company or other",
    "sure": "false where it is only offered to people",
}
_SOURCES = (
    "functions, central bodies and zones: general knowledge, checked against names read in public plans and notices",
    "towns (national/towns.txt, not in this table): github modood/Administrative-divisions-of-China, WTFPL 2",
    "divisions (regions.csv, former_regions.csv, not in this table): github yescallop/areacodes, CC0 1.0",
)


def format_national(tables: NationalTables, *, as_json: bool) -> str:
    """Return all forms, central bodies and zones as CSV, or as JSON with the fields' meanings and the sources."""
    rows = list(_rows(tables))
    if as_json:
        content = {"schema": _FIELDS, "sources": _SOURCES, "rows": rows}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(_FIELDS), lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: "|".join(value) if isinstance(value, list) else value for key, value in row.items()})
    return stream.getvalue()


def _rows(tables: NationalTables) -> Iterator[dict[str, object]]:
    for form in tables.forms:
        yield {
            "table": "function",
            "id": form.form_id,
            "function": form.function,
            "tiers": form.tiers,
            "official": form.official,
            "wordings": list(form.wordings),
            "provinces": sorted(form.provinces),
            "valid_from": _text(form.first_day),
            "valid_to": _text(form.last_day),
            "successor": form.successor,
            "kind": form.kind,
            "sure": form.is_sure,
        }
    for table, entries in (("central", tables.central_by_id), ("zone", tables.zones_by_id)):
        for entry in entries.values():
            yield {
                "table": table,
                "id": entry.agency_id,
                "function": "",
                "tiers": "",
                "official": entry.full_name,
                "wordings": [entry.name, *entry.aliases],
                "provinces": [entry.region] if entry.region else [],
                "valid_from": _text(entry.valid_from),
                "valid_to": _text(entry.valid_to),
                "successor": entry.successor_id or "",
                "kind": entry.kind,
                "sure": not entry.source.endswith("not sure"),
            }


def _text(day: object) -> str:
    return "" if day is None else str(day)
