"""Load agency dictionaries; anything ambiguous is refused before it can mislead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import get_args

from planextract.dictionaries.files import fail, read_strings, read_yaml
from planextract.model.agency import AgencyEntry, AgencyKind
from planextract.phrases import Phrase
from planextract.text.characters import fold

_REQUIRED = {"id", "name", "full_name", "kind", "level", "source", "examples"}
_OPTIONAL = {"parent", "aliases", "members", "valid_from", "valid_to", "successor", "region"}


def load_agencies(paths: tuple[Path, ...]) -> tuple[AgencyEntry, ...]:
    """Load and check entries of all files; a file given twice is read once.

    Returns:
        Entries sorted by id.

    Raises:
        ConfigError: If a field is wrong, an id repeats or points nowhere, or two bodies of one
            region share a wording at the same time.
    """
    entries: dict[str, AgencyEntry] = {}
    homes: dict[str, Path] = {}
    for path in {path.resolve(): path for path in paths}.values():
        data = read_yaml(path)
        items = data.get("entries")
        if not isinstance(items, list):
            fail(path, "'entries' must be a list")
        for item in items:
            entry = _read_entry(path, item, str(data.get("region", "")))
            if entry.agency_id in entries:
                fail(path, Phrase("the id '{agency_id}' is used twice", agency_id=entry.agency_id))
            entries[entry.agency_id] = entry
            homes[entry.agency_id] = path
    _check_references(entries, homes)
    _check_ambiguity(entries, homes)
    return with_lineage(entries.values())


def with_lineage(entries: Iterable[AgencyEntry]) -> tuple[AgencyEntry, ...]:
    """Return the entries by id, each with the id of the last body that its successors lead to."""
    by_id = {entry.agency_id: entry for entry in entries}

    def last(entry: AgencyEntry) -> str:
        seen = {entry.agency_id}
        while entry.successor_id in by_id and entry.successor_id not in seen:
            entry = by_id[entry.successor_id]
            seen.add(entry.agency_id)
        return entry.agency_id

    return tuple(replace(by_id[key], lineage_id=last(by_id[key])) for key in sorted(by_id))


def _read_entry(path: Path, item: object, region: str) -> AgencyEntry:
    if not isinstance(item, dict):
        fail(path, Phrase("an entry must be a mapping: {item!r}", item=item))
    label = item.get("id") or item.get("name")
    missing = sorted(_REQUIRED - set(item))
    unknown = sorted(str(key) for key in set(item) - _REQUIRED - _OPTIONAL)
    if missing or unknown:
        what = (
            Phrase("lacks {names}", names=", ".join(missing))
            if missing
            else Phrase("has the unknown field {field}", field=unknown[0])
        )
        fail(
            path,
            Phrase("entry '{label}' {what}", label=label, what=what),
            "dictionaries/agencies/README.md lists the fields.",
        )
    if item["kind"] not in get_args(AgencyKind):
        fail(path, Phrase("entry '{label}' has the unknown kind '{item}'", label=label, item=item["kind"]))
    first, last = (_read_date(path, item.get(key), str(label)) for key in ("valid_from", "valid_to"))
    if first is not None and last is not None and last < first:
        fail(
            path,
            Phrase("entry '{label}' ends on {last}, before it begins on {first}", label=label, last=last, first=first),
        )
    return AgencyEntry(
        agency_id=str(item["id"]),
        name=str(item["name"]),
        full_name=str(item["full_name"]),
        kind=item["kind"],
        level=str(item["level"]),
        region=str(item.get("region", region)),
        parent_id=_optional_text(item.get("parent")),
        aliases=read_strings(path, item.get("aliases"), f"aliases of {label}"),
        members=read_strings(path, item.get("members"), f"members of {label}"),
        valid_from=first,
        valid_to=last,
        successor_id=_optional_text(item.get("successor")),
        source=str(item["source"]),
        examples=read_strings(path, item["examples"], f"examples of {label}"),
    )


def _optional_text(value: object) -> str | None:
    return None if value is None else str(value)


def _read_date(path: Path, value: object, label: str) -> date | None:
    if value is None:
        return None
    if type(value) is not date:
        fail(path, Phrase("a date of '{label}' must be written 2018-11-09, not {value!r}", label=label, value=value))
    return value


def _check_references(entries: dict[str, AgencyEntry], homes: dict[str, Path]) -> None:
    for entry in entries.values():
        for target in (entry.parent_id, entry.successor_id, *entry.members):
            if target is not None and target not in entries:
                fail(
                    homes[entry.agency_id],
                    Phrase(
                        "'{agency_id}' points to '{target}', which does not exist",
                        agency_id=entry.agency_id,
                        target=target,
                    ),
                )
        _check_successors(entry, entries, homes)


def _check_successors(entry: AgencyEntry, entries: dict[str, AgencyEntry], homes: dict[str, Path]) -> None:
    seen = [entry.agency_id]
    following = entry.successor_id
    while following is not None:
        if following in seen:
            fail(
                homes[entry.agency_id],
                Phrase(
                    "the successors of '{agency_id}' lead back to '{following}'",
                    agency_id=entry.agency_id,
                    following=following,
                ),
            )
        seen.append(following)
        following = entries[following].successor_id if following in entries else None


def _check_ambiguity(entries: dict[str, AgencyEntry], homes: dict[str, Path]) -> None:
    by_wording: dict[tuple[str, str], list[AgencyEntry]] = {}
    for entry in entries.values():
        for wording in sorted({fold(w) for w in (entry.name, entry.full_name, *entry.aliases)}):
            by_wording.setdefault((entry.region, wording), []).append(entry)
    for (_, wording), sharers in sorted(by_wording.items()):
        for first, second in combinations(sharers, 2):
            if _overlap(first, second):
                cause = Phrase(
                    "'{wording}' names both '{agency_id}' and '{agency_id2}' at the same time",
                    wording=wording,
                    agency_id=first.agency_id,
                    agency_id2=second.agency_id,
                )
                fail(homes[second.agency_id], cause, "Give one of them another wording or dates that differ.")


def _overlap(first: AgencyEntry, second: AgencyEntry) -> bool:
    start = max(first.valid_from or date.min, second.valid_from or date.min)
    end = min(first.valid_to or date.max, second.valid_to or date.max)
    return start <= end
