"""Is everything that runs committed still there, byte by byte? What differs, and what does not belong there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planextract.read.stored import is_whole
from planextract.run.status import find_status
from planextract.write.commit import READINGS, reading_name
from planextract.write.parts import MARKER_TABLE, hash_bytes
from planextract.write.store import Store, open_store
from planextract.write.verify import Damage, find_damage, find_strays, part_folders


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was found in an output.

    Attributes:
        documents: Committed documents that were looked at.
        damaged: Files that are missing or differ from what was committed.
        strays: Files in the tables' folders that belong to no document.
    """

    documents: int
    damaged: tuple[Damage, ...]
    strays: tuple[str, ...]


def verify_output(output: str | Path) -> Verification:
    """Compare every file of an output with the hashes that its markers and its manifest hold.

    Raises:
        OutputError: If there is no output, or it cannot be read.
    """
    status = find_status(output)
    store = open_store(output)
    markers = {entry.doc_id: entry.marker_sha256 for entry in status.entries if entry.status == "committed"}
    listed = {folder: frozenset(store.list_stamps(folder)) for folder in part_folders()}
    there = {name.removesuffix(".parquet") for name in listed[MARKER_TABLE] if name.endswith(".parquet")}
    damaged: list[Damage] = []
    for doc_id in sorted(there | set(markers)):
        damaged += find_damage(store, doc_id, markers.get(doc_id))
    damaged += _check_agencies(store, status.agencies_sha256)
    for name in sorted(store.list_stamps(READINGS)):
        if not is_whole(store.read(reading_name(name)) or b""):
            damaged.append(Damage(name=reading_name(name), cause="its bytes are not those that were written"))
    return Verification(documents=len(there), damaged=tuple(damaged), strays=find_strays(listed))


def _check_agencies(store: Store, sha256: str | None) -> list[Damage]:
    data = store.read("agencies.parquet")
    if data is None:
        return [Damage(name="agencies.parquet", cause="it is missing")]
    if sha256 is not None and hash_bytes(data) != sha256:
        return [Damage(name="agencies.parquet", cause="its bytes are not those that were written")]
    return []
