"""The review queue: unresolved names of an output folder, alike ones together, with candidates and places."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from planextract.decisions import JudgementLog
from planextract.errors import ConfigError, UsageError
from planextract.model.agency import AgencyEntry
from planextract.model.judgement import AgencyJudgement
from planextract.model.vocabulary import Dictionaries
from planextract.phrases import Phrase
from planextract.resolve import AgencyMatcher, build_matcher
from planextract.review.judging import Wish, make_judgement
from planextract.settings import Settings
from planextract.text.characters import fold
from planextract.write.load import load_tables

_ALIKE = 80
_PLACES = 5
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
CSV_COLUMNS = (
    "cluster",
    "form",
    "region",
    "count",
    "where",
    "reason",
    "candidate_1",
    "candidate_1_id",
    "candidate_2",
    "candidate_2_id",
    "candidate_3",
    "candidate_3_id",
    "decision",
    "agency_id",
    "name",
    "kind",
    "note",
)
_REQUIRED = frozenset({"form", "region", "decision"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """A form that nothing links: where it stands (the first five), why, and the nearest bodies."""

    form: str
    region: str
    count: int
    places: tuple[str, ...]
    reason: str
    candidates: tuple[tuple[AgencyEntry, float], ...]

    @property
    def evidence(self) -> dict[str, object]:
        """What a decision on it keeps of what was seen."""
        return {
            "count": self.count,
            "where": list(self.places),
            "reason": self.reason,
            "suggestions": [{"id": e.agency_id, "name": e.name, "score": s} for e, s in self.candidates],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Forms of one region that are alike, the most frequent first."""

    number: int
    forms: tuple[OpenForm, ...]

    @property
    def count(self) -> int:
        """How often its forms are printed."""
        return sum(form.count for form in self.forms)


MatcherOf = Callable[[str, date | None], AgencyMatcher]


def make_matcher_of(dictionaries: Dictionaries) -> MatcherOf:
    """Return a function that gives the matcher of a region and day, each built once."""
    built: dict[tuple[str, date | None], AgencyMatcher] = {}

    def matcher_of(region: str, day: date | None) -> AgencyMatcher:
        if (region, day) not in built:
            built[region, day] = build_matcher(
                dictionaries.agencies,
                dictionaries.regions,
                dictionaries.regions.by_code.get(region),
                day,
                Settings().resolve,
                dictionaries.agency_words,
                dictionaries.words,
                dictionaries.decided_forms,
                dictionaries.national,
            )
        return built[region, day]

    return matcher_of


def find_open_forms(output: Path, dictionaries: Dictionaries, log: JudgementLog) -> tuple[Cluster, ...]:
    """Return the queue of an output folder, the most frequent cluster first; forms decided since are left out.

    Raises:
        OutputError: If the folder holds no committed document.
    """
    tables = load_tables(output)
    documents = {row["doc_id"]: row for row in _rows(tables["documents"])}
    pages = {row["measure_id"]: row["pages"] for row in _rows(tables["measures"])}
    decided = log.current()
    matcher_of = make_matcher_of(dictionaries)
    seen: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in _rows(tables["responsibilities"]):
        if row["match"] == "unresolved" and not row["inherited"]:
            region = documents[row["doc_id"]]["region"] or ""
            seen.setdefault((region, row["agency_raw"]), []).append(row)
    forms = []
    for (region, form), rows in seen.items():
        if (region, fold(form)) in decided:
            continue
        document = documents[rows[0]["doc_id"]]
        day = document["issued_on"] if isinstance(document["issued_on"], date) else None
        matcher = matcher_of(region, day)
        if matcher.match(form).kind != "unresolved":
            continue
        forms.append(
            OpenForm(
                form=form,
                region=region,
                count=len(rows),
                reason=rows[0]["match_reason"],
                places=tuple(dict.fromkeys(_place(row, documents, pages) for row in rows))[:_PLACES],
                candidates=matcher.suggest(form),
            )
        )
    return _cluster(forms)


def find_regions(output: Path, form: str) -> tuple[str, ...]:
    """Return the regions of the plans in an output folder that print a form, linked or not.

    Raises:
        OutputError: If the folder holds no committed document.
    """
    tables = load_tables(output)
    documents = {row["doc_id"]: row["region"] for row in _rows(tables["documents"])}
    found = {documents[row["doc_id"]] for row in _rows(tables["responsibilities"]) if row["agency_raw"] == form}
    return tuple(sorted(code for code in found if code))


def _rows(frame: Any) -> list[dict[str, Any]]:  # noqa: ANN401  (a DataFrame)
    records: list[dict[str, Any]] = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return records


def _place(row: dict[str, Any], documents: dict[str, dict[str, Any]], pages: dict[str, Any]) -> str:
    page = next(iter(pages.get(row["measure_id"], ())), "?")
    task = str(row["measure_id"]).split("/", 1)[1]
    return f"{documents[row['doc_id']]['source_path']} p.{page} {task} {row['role_label']}"


def _cluster(forms: Sequence[OpenForm]) -> tuple[Cluster, ...]:
    groups: list[list[OpenForm]] = []
    for form in sorted(forms, key=lambda f: (-f.count, f.region, f.form)):
        home = next((g for g in groups if _is_alike(g[0], form)), None)
        if home is None:
            groups.append([form])
        else:
            home.append(form)
    groups.sort(key=lambda g: (-sum(f.count for f in g), g[0].region, g[0].form))
    return tuple(Cluster(number=number, forms=tuple(group)) for number, group in enumerate(groups, start=1))


def _is_alike(first: OpenForm, second: OpenForm) -> bool:
    """Tell whether two forms are probably damaged forms of one name: alike, and with the same nearest body."""
    if first.region != second.region or fuzz.ratio(fold(first.form), fold(second.form)) < _ALIKE:
        return False
    nearest = [form.candidates[0][0].agency_id if form.candidates else "" for form in (first, second)]
    return nearest[0] == nearest[1]


def write_queue_csv(clusters: Sequence[Cluster]) -> str:
    """Return the queue as CSV, one form a line; the columns from ``decision`` on are to be filled in.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front, which reading takes off.
    """
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, CSV_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for cluster in clusters:
        for form in cluster.forms:
            row: dict[str, object] = {
                "cluster": cluster.number,
                "form": form.form,
                "region": form.region,
                "count": form.count,
                "where": "; ".join(form.places),
                "reason": form.reason,
            }
            for number, (entry, _) in enumerate(form.candidates[:3], start=1):
                row[f"candidate_{number}"], row[f"candidate_{number}_id"] = entry.name, entry.agency_id
            writer.writerow({key: _guard(str(value)) for key, value in row.items()})
    return stream.getvalue()


def _guard(text: str) -> str:
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def read_queue_csv(
    text: str, file: str, dictionaries: Dictionaries, clusters: Sequence[Cluster] = ()
) -> tuple[AgencyJudgement, ...]:
    """Read decisions from a CSV; lines without a decision are passed over.

    Raises:
        ConfigError: If a column is missing or a line cannot hold; it names the line, and nothing is decided.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    missing = sorted(_REQUIRED - set(reader.fieldnames or ()))
    if missing:
        raise ConfigError(
            "decisions.invalid",
            Phrase("the column '{missing}' is missing", missing=missing[0]),
            file=file,
            advice="Fill in a file that 'planextract agencies export' wrote.",
        )
    known = {(form.region, form.form): form for cluster in clusters for form in cluster.forms}
    judgements = []
    try:
        for row in reader:
            cell = {key: _unguard(value) for key, value in row.items() if isinstance(key, str)}
            decision = cell.get("decision", "").strip().lower()
            if not decision:
                continue
            form, region = cell.get("form", ""), cell.get("region", "")
            judgements.append(
                make_judgement(
                    Wish(
                        form=form,
                        region=region,
                        action=decision,
                        agency=cell.get("agency_id", "").strip(),
                        name=cell.get("name", "").strip(),
                        kind=cell.get("kind", "").strip() or "agency",
                        note=cell.get("note", "").strip(),
                        evidence=known[region, form].evidence if (region, form) in known else {},
                    ),
                    dictionaries,
                )
            )
    except (UsageError, csv.Error) as exc:
        cause = exc.cause if isinstance(exc, UsageError) else Phrase("{reason}", reason=str(exc))
        raise ConfigError(
            "decisions.invalid",
            Phrase("line {line_num}: {cause}", line_num=reader.line_num, cause=cause),
            file=file,
            advice="Nothing was decided.",
        ) from exc
    return tuple(judgements)


def _unguard(value: object) -> str:
    text = value if isinstance(value, str) else ""
    return text[1:] if text.startswith("'") else text
