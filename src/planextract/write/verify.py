"""Is what was committed still there, byte by byte?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from planextract.errors import OutputError
from planextract.write.contract import BY_NAME, DOCUMENT_TABLES
from planextract.write.parts import BODIES, JSON_PART, MARKER_TABLE, PartReader, hash_bytes, part_name
from planextract.write.store import Store

_PART = re.compile(r"([0-9a-f]{16})\.(?:parquet|json)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A file of an output that is not what was committed: its name, and what is wrong with it."""

    name: str
    cause: str


def find_damage(store: Store, doc_id: str, marker_sha256: str | None = None) -> tuple[Damage, ...]:
    """Compare a committed document's files with what its marker lists.

    Args:
        store: The output.
        doc_id: The document; its marker stands there.
        marker_sha256: Hash of the marker itself, where the manifest tells.

    Returns:
        The files that differ or are missing; empty if all is well.
    """
    name = part_name(MARKER_TABLE, doc_id)
    try:
        data = store.read(name)
    except OutputError as exc:
        return (Damage(name=name, cause=exc.cause),)
    if data is None:
        return (Damage(name=name, cause="it is missing"),)
    if marker_sha256 is not None and hash_bytes(data) != marker_sha256:
        return (Damage(name=name, cause="its bytes are not those that were committed"),)
    try:
        marker = PartReader(store).read(BY_NAME[MARKER_TABLE], doc_id, ("doc_id", "parts"))
    except OutputError as exc:
        return (Damage(name=name, cause=exc.cause),)
    listed = marker.column("parts").to_pylist()[0]
    if listed is None:
        return (Damage(name=name, cause="it is of an earlier version and lists no hashes"),)
    found = []
    for item in listed:
        part = part_name(item["table"], doc_id)
        try:
            data = store.read(part)
        except OutputError as exc:
            found.append(Damage(name=part, cause=exc.cause))
            continue
        if data is None:
            found.append(Damage(name=part, cause="it is missing"))
        elif hash_bytes(data) != item["sha256"]:
            found.append(Damage(name=part, cause="its bytes are not those that were committed"))
    return tuple(found)


def find_strays(listed: dict[str, frozenset[str]], known: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the files in the folders of tables that belong to no committed document: readers of a folder see them.

    Args:
        listed: Names of the files of each folder, as :func:`part_folders` names them.
        known: Documents that are committed by now.
    """
    markers = set(known) | {match[1] for name in listed[MARKER_TABLE] if (match := _PART.fullmatch(name))}
    strays = []
    for folder, names in listed.items():
        for name in names:
            match = _PART.fullmatch(name)
            if match is None or match[1] not in markers or part_name(folder, match[1]) != f"{folder}/{name}":
                strays.append(f"{folder}/{name}")
    return tuple(sorted(strays))


def part_folders() -> tuple[str, ...]:
    """Return the folders that hold one file a document: those of the tables, and of the nested trees."""
    return (*(table.name for table in DOCUMENT_TABLES), JSON_PART, BODIES)
