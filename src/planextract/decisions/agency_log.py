"""The log of decisions on agency names: append-only JSON Lines, replayed by every run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn, get_args

from planextract.decisions.appended_log import AppendedLog, number_lines
from planextract.errors import ConfigError
from planextract.model.agency import AgencyEntry, AgencyKind
from planextract.model.judgement import AgencyJudgement, JudgementAction
from planextract.model.vocabulary import Dictionaries, Regions
from planextract.text.characters import fold

DECIDED = "decision of a person"
DECISIONS_FILE = "agency-decisions.jsonl"
_FIELDS = {"form", "region", "action", "agency_id", "name", "kind", "evidence", "note"}
_HEAD = b'{"form": "'
_MAX_BYTES = 64_000_000
_ADVICE = "docs/agencies.md describes the log."


@dataclass(frozen=True, slots=True)
class JudgementLog:
    """All decisions of a log in the order in which they were made; of two on one form the later one holds."""

    file: str = ""
    judgements: tuple[AgencyJudgement, ...] = ()

    def current(self) -> dict[tuple[str, str], AgencyJudgement]:
        """Return the decision that holds for each region and folded form."""
        last = {(j.region, fold(j.form)): j for j in self.judgements}
        return {key: j for key, j in last.items() if j.action != "reopen"}

    @property
    def version(self) -> str:
        """Hash of the decisions that hold; "" without any."""
        held = sorted((key, j.action, j.agency_id, j.name, j.kind) for key, j in self.current().items())
        return hashlib.sha256(repr(held).encode()).hexdigest()[:16] if held else ""


def load_judgements(path: Path) -> JudgementLog:
    """Read a log; a file that does not exist is an empty one.

    Raises:
        ConfigError: If a line is not understood; the message names it.
    """
    return _parse_log(path, _open(path).read())


def _open(path: Path) -> AppendedLog:
    return AppendedLog(path=path, max_bytes=_MAX_BYTES, code="decisions.invalid", advice=_ADVICE)


def _parse_log(path: Path, content: bytes) -> JudgementLog:
    lines = (item for item in number_lines(content) if not _is_torn(item[1]))
    return JudgementLog(file=str(path), judgements=tuple(_parse(path, number, line) for number, line in lines))


def _is_torn(line: bytes) -> bool:
    """Tell whether a process was killed while it wrote the line, which it then never acknowledged."""
    return line[: len(_HEAD)] == _HEAD[: len(line)] and not line.rstrip().endswith(b"}")


def _parse(path: Path, number: int, line: bytes) -> AgencyJudgement:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as exc:  # bytes that are no UTF-8 too
        _fail(path, number, f"is no JSON: {exc}")
    if not isinstance(data, dict) or not {"form", "region", "action"} <= set(data) or not set(data) <= _FIELDS:
        _fail(path, number, f"must have form, region and action, and of other fields only {', '.join(sorted(_FIELDS))}")
    texts = {key: data[key] for key in ("form", "region", "action", "agency_id", "name", "kind", "note") if key in data}
    if not all(isinstance(value, str) for value in texts.values()) or not isinstance(data.get("evidence", {}), dict):
        _fail(path, number, "has a field of the wrong type")
    if data["action"] not in get_args(JudgementAction) or not data["form"].strip():
        _fail(path, number, f"has the unknown action '{data['action']}' or no form")
    if data.get("kind", "agency") not in get_args(AgencyKind):
        _fail(path, number, f"has the unknown kind '{data['kind']}'")
    if data["action"] in ("accept", "new") and not data.get("agency_id"):
        _fail(path, number, "names no agency_id")
    action = next(a for a in get_args(JudgementAction) if a == data["action"])
    return AgencyJudgement(
        form=texts["form"], region=texts["region"], action=action, agency_id=texts.get("agency_id", ""),
        name=texts.get("name", ""), kind=texts.get("kind", "agency"), note=texts.get("note", ""),
        evidence=data.get("evidence", {}),
    )  # fmt: skip


def _fail(path: Path, number: int, cause: str) -> NoReturn:
    raise ConfigError("decisions.invalid", f"line {number} {cause}", file=str(path), advice=_ADVICE)


def append_judgements(path: Path, judgements: Sequence[AgencyJudgement]) -> int:
    """Append decisions, all or none, on the disk when this returns; those that hold already are left out.

    Returns:
        How many were written.

    Raises:
        ConfigError: If the log holds a line that is not understood.
        OutputError: If the log cannot be written.
    """
    load_judgements(path)
    wanted: list[AgencyJudgement] = []

    def make_lines(content: bytes) -> list[str]:
        current = _parse_log(path, content).current()
        wanted.extend(j for j in judgements if current.get((j.region, fold(j.form))) != j)
        return [_format(judgement) for judgement in wanted]

    _open(path).append(make_lines)
    return len(wanted)


def _format(judgement: AgencyJudgement) -> str:
    fields = (
        ("form", judgement.form), ("region", judgement.region), ("action", judgement.action),
        ("agency_id", judgement.agency_id), ("name", judgement.name),
        ("kind", judgement.kind if judgement.action == "new" else ""), ("evidence", judgement.evidence),
        ("note", judgement.note),
    )  # fmt: skip
    return json.dumps({key: value for key, value in fields if value}, ensure_ascii=False)


def with_judgements(dictionaries: Dictionaries, log: JudgementLog) -> Dictionaries:
    """Return the dictionaries with the log's decisions in force; their version tells so.

    An accepted form holds in the plans of its region only; a new body becomes an entry of that region.

    Raises:
        ConfigError: If a decision names a body that does not exist, or a form that is another body's name.
    """
    if not log.judgements:
        return dictionaries
    regions = dictionaries.regions
    by_id = {entry.agency_id: entry for entry in dictionaries.agencies}
    decided: dict[tuple[str, str], str] = {}
    for (region, form), judgement in sorted(log.current().items()):
        if region not in regions.by_code:
            _refuse(log, judgement, f"the region '{region}' does not exist")
        if judgement.action == "new" and judgement.agency_id not in by_id:
            by_id[judgement.agency_id] = _make_entry(judgement, regions)
        decided[region, form] = judgement.agency_id if judgement.action != "ignore" else ""
    for (region, form), judgement in sorted(log.current().items()):
        if judgement.action == "ignore":
            continue
        entry = by_id.get(judgement.agency_id)
        if entry is None:
            _refuse(log, judgement, f"there is no body '{judgement.agency_id}'")
        elif entry.region not in regions.by_code[region].chain:
            _refuse(log, judgement, f"{entry.name} is no body of {regions.by_code[region].full_name}")
        else:
            other = _find_owner(by_id.values(), form, entry, regions.by_code[region].chain)
            if other is not None:
                _refuse(log, judgement, f"it is a wording of {other.name} ({other.agency_id})")
    version = hashlib.sha256(f"{dictionaries.version} {log.version}".encode()).hexdigest()[:16]
    return replace(
        dictionaries, agencies=tuple(by_id[key] for key in sorted(by_id)), decided_forms=decided, version=version
    )


def _make_entry(judgement: AgencyJudgement, regions: Regions) -> AgencyEntry:
    name = judgement.name or judgement.form
    kind = next(k for k in get_args(AgencyKind) if k == judgement.kind)
    return AgencyEntry(
        agency_id=judgement.agency_id, name=name, full_name=name, kind=kind, region=judgement.region,
        level=regions.level_word(judgement.region), lineage_id=judgement.agency_id, source=DECIDED,
    )  # fmt: skip


def _find_owner(
    entries: Iterable[AgencyEntry], form: str, entry: AgencyEntry, chain: Sequence[str]
) -> AgencyEntry | None:
    """Return another body whose own wording the form is."""
    for other in entries:
        is_other = other.region in chain and other.lineage_id != entry.lineage_id
        if is_other and form in {fold(w) for w in (other.name, other.full_name, *other.aliases)}:
            return other
    return None


def _refuse(log: JudgementLog, judgement: AgencyJudgement, cause: str) -> NoReturn:
    raise ConfigError(
        "decisions.invalid", f"the decision to {judgement.action} '{judgement.form}' cannot hold: {cause}",
        file=log.file, advice="A later decision on the same form takes its place (accept, new, ignore).",
    )  # fmt: skip
