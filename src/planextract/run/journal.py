"""What became of every input, in this run and before: manifest.json, and the journal of a run that was killed.

An entry is believed only as long as the output still has the files that it speaks of: with the same stamps, or else
with the same bytes, as their hashes tell. What the journal does not know is done again; the same bytes come out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from planextract.errors import InputError, OutputError, PlanExtractError
from planextract.phrases import decode_phrase
from planextract.read.programs import describe_programs
from planextract.read.stored import is_whole
from planextract.run.jobs import Counts
from planextract.run.retries import LIMIT_CODES, TRANSIENT_CODES
from planextract.settings import RunSettings, Settings
from planextract.write.commit import READINGS, part_names, quarantine_name, reading_name
from planextract.write.parts import MARKER_TABLE
from planextract.write.store import Store
from planextract.write.verify import find_damage, find_strays, part_folders

JOURNAL = ".journal"
MANIFEST = "manifest.json"
Status = Literal["committed", "quarantined", "duplicate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One input, as the manifest has it.

    Attributes:
        key: Hash of everything that its result depends on; see :func:`make_key`.
        limits: Hash of the limits under which it failed or was read in degraded mode; None otherwise.
        input_stamp: Changes when the input is written again; None if it was written a moment ago.
        output_stamp: Changes when one of its parts or its quarantine record is written again.
        marker_sha256: Hash of its marker, which lists the hashes of all other parts.
        attempts: Why earlier attempts failed.
        reader: Which reader read it; None if it was not read.
        programs: Programs of the system that the reading came from (:func:`describe_programs`).
    """

    doc_id: str
    sha256: str | None
    source_path: str
    overrides_version: str | None = None
    status: Status
    same_as: str | None = None
    code: str | None = None
    seconds: float = 0.0
    read_seconds: float = 0.0
    pages: int = 0
    key: str = ""
    limits: str | None = None
    input_stamp: str | None = None
    output_stamp: str | None = None
    attempts: tuple[str, ...] = ()
    lost_pages: tuple[int, ...] = ()
    reader: str | None = None
    marker_sha256: str | None = None
    programs: str = ""
    counts: Counts = field(default_factory=Counts)

    def to_dict(self) -> dict[str, object]:
        """Return the entry as the manifest writes it."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**values, "counts": asdict(self.counts)}


def parse_entry(data: object) -> Entry | None:
    """Return an entry of a manifest or journal, None if it is of another version or torn."""
    if not isinstance(data, dict):
        return None
    values = {item.name: data[item.name] for item in fields(Entry) if item.name in data}
    with suppress(TypeError, ValueError):
        values["counts"] = Counts(**values.get("counts", {}))
        values["attempts"] = tuple(values.get("attempts", ()))
        values["lost_pages"] = tuple(values.get("lost_pages", ()))
        return Entry(**values)
    return None


def make_key(
    sha256: str, name: str, beside: Iterable[bytes | None], decisions: Iterable[str], versions: Mapping[str, str]
) -> str:
    """Return the hash of everything that a document's result depends on; ``beside`` are the files beside it."""
    parts = [
        sha256,
        name,
        *(hashlib.sha256(data).hexdigest() if data is not None else "" for data in beside),
        list(decisions),
        dict(versions),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def hash_limits(settings: RunSettings) -> str:
    """Return the hash of the limits of a run."""
    kept = {name: value for name, value in asdict(settings).items() if name.startswith("max_")}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:16]


class Journal:
    """Entries of an output, checked against what the output has.

    Args:
        store: The output.
        settings: Settings of this run.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._limits = hash_limits(settings.run)
        self._ocr = settings.read.ocr
        self.manifest = read_json(store, MANIFEST)
        listed = self.manifest.get("inputs")
        entries = [parse_entry(item) for item in listed] if isinstance(listed, list) else []
        journal = store.read_log(JOURNAL)
        entries += [parse_entry(read_line(line)) for line in journal.splitlines()]
        self.has_journal = bool(journal)
        self._quarantined = store.list_stamps("quarantine")
        self._listed = self._list()
        self.entries: dict[tuple[str, str], Entry] = {}
        self._by_doc: dict[str, Entry] = {}
        self._by_stamp: dict[tuple[str, str], Entry] = {}
        for entry in entries:
            if entry is not None:
                self._take(entry)

    def find_hash(self, name: str, input_stamp: str | None) -> str | None:
        """Return the SHA-256 of an input that was not written again since it was hashed, None if unknown."""
        entry = self._by_stamp.get((name, input_stamp)) if input_stamp else None
        return entry.sha256 if entry else None

    def find_fresh(self, doc_id: str, key: str) -> Entry | None:
        """Return a document's entry if there is nothing to do for it."""
        entry = self._by_doc.get(doc_id)
        if entry is None or entry.key != key:
            return None
        if entry.limits is not None and entry.limits != self._limits:
            return None
        if entry.programs != describe_programs(entry.reader, self._ocr):
            return None
        if entry.status == "quarantined":
            is_there = self._quarantined.get(f"{doc_id}.json") == entry.output_stamp
            return entry if is_there and entry.code not in TRANSIENT_CODES else None
        stamp = self._stamp_listed(doc_id)
        if stamp is None or entry.output_stamp == stamp:
            return entry if stamp is not None else None
        if self._is_damaged(entry):
            return None
        return replace(entry, output_stamp=stamp)  # written again, or copied elsewhere, with the same bytes

    def _is_damaged(self, entry: Entry) -> bool:
        """Tell whether a document's parts differ from what was committed; a damaged reading is taken away."""
        try:
            reading = self._store.read(reading_name(entry.doc_id))
        except OutputError:
            reading = b""
        if reading is not None and not is_whole(reading):
            self._store.remove([reading_name(entry.doc_id)])
        return entry.marker_sha256 is None or bool(find_damage(self._store, entry.doc_id, entry.marker_sha256))

    def _list(self) -> dict[str, dict[str, str]]:
        return {folder: self._store.list_stamps(folder) for folder in (*part_folders(), READINGS)}

    def _stamp_listed(self, doc_id: str) -> str | None:
        """Return what changes when a part of a document is written again, None if one is missing."""
        names = (*part_names(doc_id), reading_name(doc_id))
        stamps = [self._listed[folder].get(file) for folder, _, file in (name.partition("/") for name in names)]
        return _join_stamps(stamps)

    def find_strays(self, done: Iterable[str]) -> tuple[str, ...]:
        """Return the files in the tables' folders that belong to no document, nor to those done in this run."""
        return find_strays({folder: frozenset(self._listed[folder]) for folder in part_folders()}, done)

    def restamp(self, entries: Sequence[Entry]) -> list[Entry]:
        """Give committed entries their stamps where the store tells them only by the folder."""
        if all(entry.output_stamp is not None or entry.status != "committed" for entry in entries):
            return list(entries)
        self._listed = self._list()
        return [
            replace(entry, output_stamp=self._stamp_listed(entry.doc_id))
            if entry.status == "committed" and entry.output_stamp is None
            else entry
            for entry in entries
        ]

    def record(self, entry: Entry) -> Entry:
        """Note what became of an input, in the journal first; return the entry with the output's stamp."""
        if entry.status != "duplicate":
            entry = replace(entry, output_stamp=self._stamp_now(entry))
            entry = replace(entry, programs=describe_programs(entry.reader, self._ocr))
            if entry.attempts or entry.code in LIMIT_CODES:
                entry = replace(entry, limits=self._limits)
        self._store.append_log(JOURNAL, json.dumps(entry.to_dict(), ensure_ascii=False))
        self._take(entry)
        return entry

    def _stamp_now(self, entry: Entry) -> str | None:
        if entry.status != "committed":
            return self._store.stamp(quarantine_name(entry.doc_id))
        stamps = self._store.stamps((*part_names(entry.doc_id), reading_name(entry.doc_id)))
        return None if stamps is None else _join_stamps(stamps)

    def begin(self, header: Mapping[str, object]) -> None:
        """Start the journal of a run; a line that a kill left torn is ended first."""
        self._store.append_log(JOURNAL, ("\n" if self.has_journal else "") + json.dumps(header, ensure_ascii=False))

    def others(self, names: Iterable[tuple[str, str]]) -> list[Entry]:
        """Return the entries of earlier runs that are none of these (source path, doc_id), by source path."""
        taken = set(names)
        return [self.entries[name] for name in sorted(set(self.entries) - taken)]

    def find_leftovers(self, doc_ids: Iterable[str]) -> list[str]:
        """Return the documents that the output has besides these, sorted."""
        listed = (*self._listed[MARKER_TABLE], *self._quarantined)
        there = {name.partition(".")[0] for name in listed} | set(self._by_doc)
        return sorted(there - set(doc_ids))

    def forget(self, doc_ids: Iterable[str]) -> None:
        """Drop the entries of documents that are pruned."""
        gone = set(doc_ids)
        self.entries = {name: entry for name, entry in self.entries.items() if entry.doc_id not in gone}

    def read_error(self, entry: Entry) -> PlanExtractError | None:
        """Return why an input was quarantined, from its record."""
        if entry.status != "quarantined":
            return None
        record = read_json(self._store, quarantine_name(entry.doc_id))
        page, said = record.get("page"), record.get("said")
        said = said if isinstance(said, dict) else record
        return InputError(
            str(record.get("code") or entry.code),
            decode_phrase(said.get("cause", "")),
            file=entry.source_path,
            advice=decode_phrase(said.get("advice", "")),
            page=page if isinstance(page, int) else None,
        )

    def _take(self, entry: Entry) -> None:
        self.entries[entry.source_path, entry.doc_id] = entry
        if entry.status != "duplicate":
            self._by_doc[entry.doc_id] = entry
        if entry.input_stamp and entry.sha256:
            self._by_stamp[entry.source_path, entry.input_stamp] = entry


def _join_stamps(stamps: Sequence[str | None]) -> str | None:
    """Return one stamp of many, a part's first and the reading's last, which may be missing; None if a part is."""
    if None in stamps[:-1]:
        return None
    return hashlib.sha256("\n".join(stamp or "" for stamp in stamps).encode()).hexdigest()[:16]


def read_json(store: Store, name: str) -> dict[str, Any]:
    """Return a JSON file of an output; empty if there is none or it is unreadable: it is made again."""
    with suppress(ValueError, RecursionError):
        data = json.loads(store.read(name) or b"{}")
        if isinstance(data, dict):
            return data
    return {}


def read_line(line: str) -> object:
    """Return a journal line's content, None for a torn one."""
    with suppress(ValueError, RecursionError):
        return json.loads(line)
    return None
