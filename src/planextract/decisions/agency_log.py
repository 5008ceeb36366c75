"""The log of decisions on agency names: append-only JSON Lines, replayed by every run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn, get_args

from planextract.decisions.appended_log import AppendedLog, number_lines
from planextract.errors import ConfigError
from planextract.model.agency import AgencyEntry, AgencyKind
from planextract.model.judgement import AgencyJudgement, JudgementAction
from planextract.model.vocabulary import Dictionaries, Region, Regions
from planextract.phrases import Phrase
from planextract.resolve.generated import GeneratedBodies
from planextract.text.characters import fold

DECIDED = "decision of a person"
DECISIONS_FILE = "agency-decisions.jsonl"
_FIELDS = {"form", "region", "action", "agency_id", "name", "kind", "evidence", "note"}
_HEAD = b'{"form": "'
_MAX_BYTES = 64_000_000
_ADVICE = "docs/agencies.md describes the log."


@dataclass(frozen=True, slots=True)
class JudgementLog:
    """All decisions of a log in the order in which they were made; of two on one form the later one holds.

    ``problems`` says which lines are not understood: they are passed over, and the others hold.
    """

    file: str = ""
    judgements: tuple[AgencyJudgement, ...] = ()
    problems: tuple[str, ...] = ()

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
    """Read a log; a file that does not exist is an empty one, and a line that is not understood is passed over.

    Raises:
        ConfigError: If the file cannot be read.
    """
    return _parse_log(path, _open(path).read())


def _open(path: Path) -> AppendedLog:
    return AppendedLog(path=path, max_bytes=_MAX_BYTES, code="decisions.invalid", advice=_ADVICE)


def _parse_log(path: Path, content: bytes) -> JudgementLog:
    judgements, problems = [], []
    for number, line in number_lines(content):
        if _is_torn(line):
            continue
        try:
            judgements.append(_parse(path, number, line))
        except ConfigError as exc:
            problems.append(exc.cause)
    return JudgementLog(file=str(path), judgements=tuple(judgements), problems=tuple(problems))


def _is_torn(line: bytes) -> bool:
    """Tell whether a process was killed while it wrote the line, which it then never acknowledged."""
    return line[: len(_HEAD)] == _HEAD[: len(line)] and not line.rstrip().endswith(b"}")


def _parse(path: Path, number: int, line: bytes) -> AgencyJudgement:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as exc:  # bytes that are no UTF-8 too
        _fail(path, number, Phrase("is no JSON: {reason}", reason=str(exc)))
    if not isinstance(data, dict) or not {"form", "region", "action"} <= set(data) or not set(data) <= _FIELDS:
        _fail(
            path,
            number,
            Phrase(
                "must have form, region and action, and of other fields only {names}", names=", ".join(sorted(_FIELDS))
            ),
        )
    texts = {key: data[key] for key in ("form", "region", "action", "agency_id", "name", "kind", "note") if key in data}
    if not all(isinstance(value, str) for value in texts.values()) or not isinstance(data.get("evidence", {}), dict):
        _fail(path, number, "has a field of the wrong type")
    if data["action"] not in get_args(JudgementAction) or not data["form"].strip():
        _fail(path, number, Phrase("has the unknown action '{data}' or no form", data=data["action"]))
    if data.get("kind", "agency") not in get_args(AgencyKind):
        _fail(path, number, Phrase("has the unknown kind '{data}'", data=data["kind"]))
    if data["action"] in ("accept", "new") and not data.get("agency_id"):
        _fail(path, number, "names no agency_id")
    action = next(a for a in get_args(JudgementAction) if a == data["action"])
    return AgencyJudgement(
        form=texts["form"],
        region=texts["region"],
        action=action,
        agency_id=texts.get("agency_id", ""),
        name=texts.get("name", ""),
        kind=texts.get("kind", "agency"),
        note=texts.get("note", ""),
        evidence=data.get("evidence", {}),
    )


def _fail(path: Path, number: int, cause: str) -> NoReturn:
    raise ConfigError(
        "decisions.invalid", Phrase("line {number} {cause}", number=number, cause=cause), file=str(path), advice=_ADVICE
    )


def append_judgements(path: Path, judgements: Sequence[AgencyJudgement]) -> int:
    """Append decisions, all or none, on the disk when this returns; those that hold already are left out.

    Returns:
        How many were written.

    Raises:
        OutputError: If the log cannot be written.
    """
    wanted: list[AgencyJudgement] = []

    def make_lines(content: bytes) -> list[str]:
        current = _parse_log(path, content).current()
        wanted.extend(j for j in judgements if current.get((j.region, fold(j.form))) != j)
        return [_format(judgement) for judgement in wanted]

    _open(path).append(make_lines)
    return len(wanted)


def _format(judgement: AgencyJudgement) -> str:
    fields = (
        ("form", judgement.form),
        ("region", judgement.region),
        ("action", judgement.action),
        ("agency_id", judgement.agency_id),
        ("name", judgement.name),
        ("kind", judgement.kind if judgement.action == "new" else ""),
        ("evidence", judgement.evidence),
        ("note", judgement.note),
    )
    return json.dumps({key: value for key, value in fields if value}, ensure_ascii=False)


def with_judgements(
    dictionaries: Dictionaries, log: JudgementLog, checked: Sequence[AgencyJudgement] = ()
) -> Dictionaries:
    """Return the dictionaries with the log's decisions in force; their version tells so.

    An accepted form holds in the plans of its region only; a new body becomes an entry of that region. A decision
    that cannot hold is passed over: one bad line never stops a run.

    Args:
        dictionaries: Those to add to.
        log: The decisions.
        checked: Decisions that are being made now.

    Raises:
        ConfigError: If one of those being made names a region or body that does not exist or may not stand there.
    """
    if not log.judgements and not log.problems:
        return dictionaries
    bodies = _Bodies(dictionaries)
    decided: dict[tuple[str, str], str] = {}
    passed_over = list(log.problems)
    held = sorted(log.current().items(), key=lambda item: (item[1].action != "new", item[0]))
    for key, judgement in held:
        cause = bodies.add(judgement)
        if cause and judgement in checked:
            _refuse(log, judgement, cause)
        if cause:
            passed_over.append(f"the decision to {judgement.action} '{judgement.form}' cannot hold: {cause}")
        else:
            decided[key] = judgement.agency_id if judgement.action != "ignore" else ""
    version = hashlib.sha256(f"{dictionaries.version} {log.version}".encode()).hexdigest()[:16]
    return replace(
        dictionaries,
        agencies=tuple(bodies.by_id[key] for key in sorted(bodies.by_id)),
        decided_forms=decided,
        version=version,
        passed_over=tuple(passed_over),
    )


class _Bodies:
    """The bodies that a decision may name: the dictionary's, those of the national tables, and new ones."""

    def __init__(self, dictionaries: Dictionaries) -> None:
        self._regions = dictionaries.regions
        self._generated = GeneratedBodies(dictionaries.national, dictionaries.regions, None, None)
        self.by_id = {entry.agency_id: entry for entry in dictionaries.agencies}

    def add(self, judgement: AgencyJudgement) -> str:
        """Add the body that a decision names, where the dictionary lacks it; return why it cannot hold, or ""."""
        place = self._regions.find(judgement.region)
        if place is None or place.code != judgement.region:
            return Phrase("the region '{region}' does not exist", region=judgement.region)
        if judgement.action == "ignore":
            return ""
        if judgement.action == "new" and judgement.agency_id not in self.by_id:
            self.by_id[judgement.agency_id] = _make_entry(judgement, self._regions.with_region(place))
        entry = self.by_id.get(judgement.agency_id) or self._generated.entry_of(judgement.agency_id)
        if entry is None:
            return Phrase("there is no body '{agency_id}'", agency_id=judgement.agency_id)
        if not may_stand_in(entry, place, self._regions):
            return Phrase("{name} is no body of {full_name}", name=entry.name, full_name=place.full_name)
        return ""


def may_stand_in(entry: AgencyEntry, place: Region, regions: Regions) -> bool:
    """Tell whether a plan of a region may name a body: of the region, those above and below it, or the centre."""
    own = regions.by_code.get(entry.region)
    return not entry.region or entry.region in place.chain or (own is not None and place.code in own.chain)


def _make_entry(judgement: AgencyJudgement, regions: Regions) -> AgencyEntry:
    name = judgement.name or judgement.form
    kind = next(k for k in get_args(AgencyKind) if k == judgement.kind)
    return AgencyEntry(
        agency_id=judgement.agency_id,
        name=name,
        full_name=name,
        kind=kind,
        region=judgement.region,
        level=regions.level_word(judgement.region),
        lineage_id=judgement.agency_id,
        source=DECIDED,
    )


def _refuse(log: JudgementLog, judgement: AgencyJudgement, cause: str) -> NoReturn:
    raise ConfigError(
        "decisions.invalid",
        Phrase(
            "the decision to {action} '{form}' cannot hold: {cause}",
            action=judgement.action,
            form=judgement.form,
            cause=cause,
        ),
        file=log.file,
        advice="A later decision on the same form takes its place (accept, new, ignore).",
    )
