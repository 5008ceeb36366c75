"""What the dictionaries do not know of a plan, with where it is printed and how often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from planextract.interpret import parse_deadline
from planextract.label.headers import is_known_label
from planextract.model.roles import Role
from planextract.model.vocabulary import AgencyWords, Dictionaries, UnitVocabulary
from planextract.text.characters import is_cjk, without_spaces

_PLACES = 3
_SAMPLES = 3
_ANY_YEAR = 2000  # only whether a deadline is understood counts
_MOST = 0.6  # of a column's values
_FIGURE = re.compile(r"(?<![0-9A-Za-z.第〔（(“《\-—－])(?:[0-9]+(?:\.[0-9]+)?)(?![0-9.])")
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A wording that no dictionary knows: how often it is printed, the first places, what it may be."""

    text: str
    count: int
    places: tuple[str, ...]
    samples: tuple[str, ...] = ()
    guess: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A name that no rule links, and the columns it is printed in."""

    form: str
    region: str
    count: int
    columns: tuple[tuple[str, int], ...]
    places: tuple[str, ...]
    day: date | None


def find_headers(measures: Rows, dictionaries: Dictionaries, places: Mapping[str, str]) -> tuple[Wording, ...]:
    """Return the columns that no dictionary knows, with a guess at what they hold by their values."""
    values: dict[str, list[tuple[str, str]]] = {}
    for measure in measures:
        for other in measure["other_values"]:
            if not is_known_label(other["label"], dictionaries.columns):
                values.setdefault(other["label"], []).append((other["text"], places[measure["measure_id"]]))
    return tuple(
        Wording(
            text=label,
            count=len(found),
            places=tuple(dict.fromkeys(place for _, place in found))[:_PLACES],
            samples=tuple(dict.fromkeys(text for text, _ in found if text.strip()))[:_SAMPLES],
            guess=guess_role([text for text, _ in found], dictionaries),
        )
        for label, found in sorted(values.items())
    )


def guess_role(values: Iterable[str], dictionaries: Dictionaries) -> str:
    """Guess what a column holds: deadline, responsible, measure, task_no, or note if nothing is sure."""
    filled = [without_spaces(value) for value in values if value.strip()]
    if not filled:
        return "note"

    def most(holds: Iterable[bool]) -> bool:
        return sum(holds) >= _MOST * len(filled)

    if most(value.isdecimal() for value in filled):
        return Role.TASK_NO.value
    if most(parse_deadline(v, _ANY_YEAR, dictionaries.deadlines).kind not in ("unparsed", "none") for v in filled):
        return Role.DEADLINE.value
    if most(_reads_like_bodies(value, dictionaries.agency_words) for value in filled):
        return Role.RESPONSIBLE.value
    return Role.MEASURE.value if most(len(value) > 24 for value in filled) else "note"


def _reads_like_bodies(value: str, words: AgencyWords) -> bool:
    names = [name for name in re.split(r"[、，,；;\n]", value) if name]
    return bool(names) and all(len(n) <= 20 and n.endswith(tuple(s for s, _ in words.suffixes)) for n in names)


def find_deadlines(measures: Rows, places: Mapping[str, str]) -> tuple[Wording, ...]:
    """Return the deadlines that were not understood, the most frequent first."""
    found: dict[str, list[str]] = {}
    for measure in measures:
        if (
            measure["deadline_kind"] == "unparsed"
            and measure["deadline_status"] == "listed"
            and measure["deadline_raw"]
        ):
            found.setdefault(without_spaces(measure["deadline_raw"]), []).append(places[measure["measure_id"]])
    return _by_count(found)


def find_units(measures: Rows, targets: Rows, units: UnitVocabulary, places: Mapping[str, str]) -> tuple[Wording, ...]:
    """Return what stands behind figures that were not read, where it is no unit and none of ``not_units``."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for target in targets:
        spans.setdefault(target["measure_id"], []).append((target["span_start"], target["span_end"]))
    known = tuple(dict.fromkeys((*units.units, *units.not_units)))
    multipliers = re.compile("|".join(map(re.escape, units.multipliers)))
    found: dict[str, list[str]] = {}
    samples: dict[str, str] = {}
    for measure in measures:
        text = measure["text"]
        for figure in _FIGURE.finditer(text):
            if any(
                start < figure.end() and figure.start() < end for start, end in spans.get(measure["measure_id"], ())
            ):
                continue
            factor = multipliers.match(text, figure.end())
            behind = text[factor.end() if factor else figure.end() :][:2]
            if (
                not behind
                or not is_cjk(behind[0])
                or behind.startswith(known)
                or text[figure.end() :].startswith(known)
            ):
                continue
            word = behind if len(behind) > 1 and is_cjk(behind[1]) else behind[0]
            found.setdefault(word, []).append(places[measure["measure_id"]])
            samples.setdefault(word, text[max(0, figure.start() - 8) : figure.end() + 8].replace("\n", ""))
    return _by_count(found, samples)


def find_forms(responsibilities: Rows, document: Mapping[str, Any], places: Mapping[str, str]) -> tuple[Form, ...]:
    """Return the names of a document that nothing links, the most frequent first."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in responsibilities:
        if row["match"] == "unresolved" and not row["inherited"]:
            found.setdefault(row["agency_raw"], []).append(row)
    day = document["issued_on"]
    if not isinstance(day, date) and document["plan_year"] is not None:
        day = date(int(document["plan_year"]), 6, 30)
    forms = [
        Form(
            form=form,
            region=document["region"] or "",
            count=len(rows),
            columns=tuple(sorted(Counter(row["role_label"] for row in rows).items(), key=lambda c: (-c[1], c[0]))),
            places=tuple(dict.fromkeys(places[row["measure_id"]] for row in rows))[:_PLACES],
            day=day if isinstance(day, date) else None,
        )
        for form, rows in found.items()
    ]
    return tuple(sorted(forms, key=lambda form: (-form.count, form.form)))


def _by_count(found: Mapping[str, Sequence[str]], samples: Mapping[str, str] | None = None) -> tuple[Wording, ...]:
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        Wording(
            text=text,
            count=len(where),
            places=tuple(dict.fromkeys(where))[:_PLACES],
            samples=(samples[text],) if samples else (),
        )
        for text, where in ordered
    )
