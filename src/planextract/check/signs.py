"""What is odd about each value of each measure: the signs that the confidence model weighs.

A sign is a number from 0 (nothing odd) to 1. All of them are known without truth: what findings say, how sure the
rows were, what was repaired or inherited, what no dictionary knows, and how much of that the whole document shows.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import pairwise
from operator import add

from planextract.check.contexts import find_other_wordings
from planextract.check.measure_places import Place
from planextract.check.odd_bodies import BODY_ENDINGS, find_odd_bodies
from planextract.model.confidence import Medium, OddCharacter, find_medium
from planextract.model.plan import AgencyCell, Extraction, Measure, Responsibility
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.vocabulary import WordBook
from planextract.text.characters import is_cjk
from planextract.text.sentences import find_open_brackets, is_finished, starts_inside

Signs = dict[str, float]

_LONG_NAME, _LONG_TEXT, _ODDEST = 40, 400, 10.0
_SURE_ROW = 0.97
_SHORT_BODY, _LONG_BODY = 3, 12
_OTHER_WORDINGS = ("abbreviation", "same_core")
_IN_NAMES = frozenset("（）()0123456789、“”")
_HEADER_CODES = frozenset({"detect.unknown_column", "detect.repeated_role"})
# A level's word behind the ending of a body begins another name.
_TWO_NAMES = re.compile("(?:局|委|办|处|部|会|司|队)(?:区|市|县)")
_CODES = {
    "ragged": "read.ragged_row",
    "odd_column": "check.odd_column",
    "odd_length": "check.odd_length",
    "two_roles": "check.two_roles",
    "body_repeated": "check.body_repeated",
    "deadline_in_text": "check.deadline_in_text",
}
_STRANGE = re.compile(r"[^\u3000-\u303f\u4e00-\u9fff\uff00-\uffef0-9A-Za-z%\s“”‘’—…·①-⑳.,;:()+\-/℃㎡³²₀-₉]")
_DOUBLED = re.compile(r"(.)\1")
_LONE_LETTER = re.compile(r"(?<![A-Za-z0-9./-])[a-zO](?![A-Za-z0-9./-])|[0-9][a-zOlZ](?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSigns:
    """What the document as a whole shows.

    Attributes:
        medium: What the document is printed in, by which confidences are calibrated.
        trust_in_names: How much an unresolved name says, 0–1: nothing where the dictionary lacks a third of the bodies.
        trust_in_stops: The same of a text without a full stop.
        damage: Share of measures with a sure sign of damage, on a scale 0–1 that rises quickly.
        familiar: Pairs of characters that two measures print or more.
        repetition: Share of all pairs printed that are familiar: how much an unfamiliar one says.
        deadlines: How often each wording of a deadline is printed, figures aside.
        lone_forms: Damaged and unknown names of bodies printed once; what is printed again is the author's wording.
        odd_bodies: How odd each name is that is linked to nothing and odd.
        names: How many tasks have each name.
        cell_confidence: By cell id, where the reader was not certain.
        agency_cells: By cell id, the column of each agency cell that prints something.
        next_doubts: By measure id, how doubtful it is that the next measure is one of its own.
        has_odd_header: Whether a column's label is unknown, or means the same as another's.
        other_wordings: By text, how surely a place of it is worded otherwise elsewhere, where one is.
        odd: Odd characters of the texts that were asked about, kept.
    """

    medium: Medium
    trust_in_names: float
    trust_in_stops: float
    damage: float
    familiar: frozenset[str]
    repetition: float
    deadlines: Mapping[str, int]
    lone_forms: frozenset[str]
    odd_bodies: Mapping[str, float]
    names: Mapping[str, int]
    cell_confidence: Mapping[str, tuple[str, float]]
    usual_columns: frozenset[str]
    numbered_cells: frozenset[str]
    unnumbered_plans: frozenset[int]
    odd_plans: frozenset[int]
    ragged: frozenset[str]
    agency_cells: Mapping[str, str]
    next_doubts: Mapping[str, float]
    has_odd_header: bool
    other_wordings: Mapping[str, float]
    odd: dict[str, tuple[OddCharacter, ...]] = field(default_factory=dict, compare=False)


def survey_document(extraction: Extraction, places: tuple[Place, ...], words: WordBook) -> DocumentSigns:
    """Sum up what the document as a whole shows."""
    bodies = [item for place in places for item in place.measure.responsibilities]
    kinds = [item.match.kind for item in bodies]
    odd_bodies = find_odd_bodies(bodies, words)
    trust_in_names = _trust(kinds.count("unresolved"), len(kinds))
    trust_in_stops = _trust(sum(not is_finished(place.measure.text) for place in places), len(places))
    numbered = frozenset(c.cell_id for c in extraction.cells if c.column == Role.TASK_NO and c.text)
    pairs: Counter[str] = Counter()
    for place in places:
        pairs.update(set(map(add, place.measure.text, place.measure.text[1:])))
    headers = sum(finding.code == "detect.damaged_header" for finding in extraction.findings)
    forms = Counter(
        i.raw_text for i in bodies if (_is_repaired(i) or i.match.kind == "unresolved") and not i.is_inherited
    )
    lone = frozenset(form for form, count in forms.items() if count == 1)
    odd_forms = lone & odd_bodies.keys() if trust_in_names > 0.0 else frozenset()
    hits = sum(_is_damaged(place, lone, odd_forms, trust_in_stops) for place in places) + headers
    return DocumentSigns(
        medium=find_medium(extraction.reader, extraction.layout),
        trust_in_names=trust_in_names,
        trust_in_stops=trust_in_stops,
        damage=math.sqrt(min(1.0, 2.0 * hits / (len(places) + 2))),
        familiar=frozenset(pair for pair, count in pairs.items() if count > 1),
        repetition=sum(count for count in pairs.values() if count > 1) / max(1, pairs.total()),
        deadlines=Counter(_mask(place.measure.deadline.raw_text) for place in places),
        lone_forms=lone,
        odd_bodies=odd_bodies,
        names=Counter(task.label for plan in extraction.plans for task in plan.tasks),
        cell_confidence={c.cell_id: (c.column, c.confidence) for c in extraction.cells if c.confidence < 1.0},
        usual_columns=_find_usual_columns(places),
        numbered_cells=numbered,
        unnumbered_plans=frozenset(
            plan.plan_no for plan in extraction.plans if all(numbered.isdisjoint(task.cell_ids) for task in plan.tasks)
        ),
        odd_plans=frozenset(_find_odd_plans(extraction)),
        ragged=frozenset(place.measure_id for place in places if "read.ragged_row" in place.codes),
        agency_cells={c.cell_id: c.column for c in extraction.cells if c.column in AGENCY_ROLES and c.text},
        next_doubts={
            before.measure_id: _doubt_row(place.measure)
            for before, place in pairwise(places)
            if before.task is place.task
        },
        has_odd_header=any(f.code in _HEADER_CODES for f in extraction.findings),
        other_wordings=find_other_wordings(
            [
                *(place.measure.text for place in places),
                *(task.label for plan in extraction.plans for task in plan.tasks),
            ]
        ),
    )


def _trust(odd: int, total: int) -> float:
    return max(0.0, 1.0 - 3.0 * odd / total) if total else 1.0


def _is_repaired(item: Responsibility) -> bool:
    """Tell whether a rule linked a damaged name; an abbreviation is none."""
    return item.match.kind == "rule" and item.match.rule not in _OTHER_WORDINGS


def _is_damaged(place: Place, lone_forms: Set[str], odd_forms: Set[str], trust_in_stops: float) -> bool:
    """Tell whether a measure shows damage beyond doubt; a well-formed name that no dictionary holds is none."""
    items = [item for item in place.measure.responsibilities if not item.is_inherited]
    return (
        any(i.raw_text in odd_forms or (i.raw_text in lone_forms and _is_repaired(i)) for i in items)
        or place.measure.deadline.kind == "unparsed"
        or "read.ragged_row" in place.codes
        or (not is_finished(place.measure.text) and trust_in_stops > 0.0)
    )


def _mask(text: str | None) -> str:
    return re.sub(r"\d+", "#", text or "")


def _columns_of(measure: Measure) -> frozenset[str]:
    """Return the columns that the table of a measure has."""
    names = {str(cell.role) for cell in measure.agency_cells}
    return frozenset(names | ({"deadline"} if measure.deadline_status is not None else set()))


def _find_usual_columns(places: Iterable[Place]) -> frozenset[str]:
    """Return the columns that more than half of a document's measures have: where one lacks, a header was lost."""
    counts: Counter[str] = Counter()
    total = 0
    for place in places:
        counts.update(_columns_of(place.measure))
        total += 1
    return frozenset(name for name, count in counts.items() if 2 * count > total)


def _find_odd_plans(extraction: Extraction) -> Iterator[int]:
    """Yield plans without a heading though others have one, or that repeat another's: a table was parted."""
    titles = [plan.title for plan in extraction.plans]
    has_listed = any(plan.attachment_no is not None for plan in extraction.plans)
    for plan in extraction.plans:
        if (has_listed and plan.attachment_no is None) or (len(titles) > 1 and titles.count(plan.title) > 1):
            yield plan.plan_no


def find_signs(place: Place, document: DocumentSigns, near_ragged: Set[str], words: WordBook) -> dict[str, Signs]:
    """Return the signs of each value of a measure: task, text, and those columns that its table has."""
    shared = _find_shared(place, document, near_ragged)
    measure = place.measure
    values = {
        "task": {**shared, **_find_task_signs(place, document, words)},
        "text": {**shared, **_find_text_signs(measure, document, find_odd(measure.text, document, words))},
    }
    if measure.deadline_status is not None:
        values["deadline"] = {**shared, **_find_deadline_signs(place, document)}
    for cell in measure.agency_cells:
        values[str(cell.role)] = {**shared, **_find_agency_signs(place, cell, document)}
    for name, signs in values.items():
        signs["unsure_reading"] = _find_doubt(place, name, document)
    return values


def find_odd(text: str, document: DocumentSigns, words: WordBook) -> tuple[OddCharacter, ...]:
    """Return a text's odd characters, the oddest first; a document's texts are asked about again and again."""
    found = document.odd.get(text)
    if found is None:
        odd = words.find_odd_characters(text, document.familiar)
        found = document.odd[text] = tuple(sorted(odd, key=lambda o: (-o.oddness, o.position)))
    return found


def _find_shared(place: Place, document: DocumentSigns, near_ragged: Set[str]) -> Signs:
    """Signs that a row was torn, joined, or laid under the wrong columns: they concern every value of it."""
    measure, task = place.measure, place.task
    before = place.before
    is_odd_plan = place.plan.plan_no in document.odd_plans
    is_unnumbered = place.plan.plan_no in document.unnumbered_plans and bool(document.numbered_cells)
    is_open = not is_finished(measure.text)
    return {
        "doubtful_row": _doubt_row(measure),
        "ragged": float("read.ragged_row" in place.codes),
        "near_ragged": float(place.measure_id in near_ragged),
        "unfinished": float(is_open) * document.trust_in_stops,
        "after_unfinished": float(before is not None and not is_finished(before.text)) * document.trust_in_stops,
        "starts_inside": float(starts_inside(measure.text)),
        "odd_name": float(len(task.label) > _LONG_NAME or not task.label),
        "odd_plan": float(is_odd_plan),
        "odd_opening": float(is_odd_plan and place.is_first),
        "column_missing": float(not document.usual_columns <= _columns_of(measure)),
        "number_given": float(
            bool(document.numbered_cells) and not is_unnumbered and document.numbered_cells.isdisjoint(task.cell_ids)
        ),
        "numbers_lost": float(is_unnumbered),
        "number_jumps": float(_jumps(place)),
        "cut": float(len(measure.pages) > 1),
        "doubtful_cut": _doubt_cut(measure),
        "next_doubtful": document.next_doubts.get(place.measure_id, 0.0),
        "odd_column": float(_CODES["odd_column"] in place.codes),
        "odd_length": float(_CODES["odd_length"] in place.codes),
        "damage": document.damage,
        "any_damage": float(document.damage > 0),
    }


def _doubt_row(measure: Measure) -> float:
    """Return how doubtful it is where a measure's row begins or ends, 0 to 1."""
    return min(1.0, 4.0 * max(0.0, _SURE_ROW - measure.row_score))


def _doubt_cut(measure: Measure) -> float:
    """The same, of a measure that was joined over a page break."""
    return _doubt_row(measure) if len(measure.pages) > 1 else 0.0


def _jumps(place: Place) -> bool:
    """Tell whether the number of a measure's task does not follow the one before."""
    before = place.task_before
    return place.task.copy > 1 or (before is not None and place.task.task_no != before.task_no + 1)


def _find_task_signs(place: Place, document: DocumentSigns, words: WordBook) -> Signs:
    task = place.task
    odd = find_odd(task.label, document, words)
    return {
        "odd_characters": min(1.0, odd[0].oddness / _ODDEST) if odd else 0.0,
        "odd_in_damaged": document.damage * (min(1.0, odd[0].oddness / _ODDEST) if odd else 0.0),
        "odd_among_repeated": document.repetition * (min(1.0, odd[0].oddness / _ODDEST) if odd else 0.0),
        **_find_other_wording(task.label, document, odd),
        "strange": float(_is_strange(task.label)),
        "doubled": float(_has_doubled(task.label, document)),
        "two_wordings": float(len(task.name_variants) > 1),
        "name_again": float(document.names[task.label] > 1),
        "further_measure": float(place.measure.seq > 1),
    }


def _find_text_signs(measure: Measure, document: DocumentSigns, odd: tuple[OddCharacter, ...]) -> Signs:
    oddest = min(1.0, odd[0].oddness / _ODDEST) if odd else 0.0
    length = min(1.0, len(measure.text) / _LONG_TEXT)
    return {
        "odd_characters": oddest,
        "more_odd_characters": min(1.0, odd[1].oddness / _ODDEST) if len(odd) > 1 else 0.0,
        "odd_in_damaged": oddest * document.damage,
        "odd_among_repeated": oddest * document.repetition,
        "long": length,
        "long_in_damaged": length * document.damage,
        "open_bracket": float(bool(find_open_brackets(measure.text))),
        **_find_other_wording(measure.text, document, odd),
        "strange": float(_is_strange(measure.text)),
        "doubled": float(_has_doubled(measure.text, document)),
    }


def _find_other_wording(text: str, document: DocumentSigns, odd: tuple[OddCharacter, ...]) -> Signs:
    """Signs that a place is worded otherwise elsewhere: authors vary, but not in characters that make no word."""
    worded = document.other_wordings.get(text, 0.0)
    return {
        "worded_otherwise": max(0.0, 2.0 * worded - 1.0),  # twice against once is how authors vary
        "worded_in_damaged": worded * document.damage,
        "worded_and_odd": min(worded, odd[0].oddness / _ODDEST) if odd else 0.0,
    }


def _has_doubled(text: str, document: DocumentSigns) -> bool:
    """Tell whether a character stands twice where the document does so nowhere else."""
    doubled = map(re.Match[str].group, _DOUBLED.finditer(text))
    return any(is_cjk(pair[0]) and pair not in document.familiar for pair in doubled)


def _is_strange(text: str) -> bool:
    """Tell whether a text prints signs that plans do not, or a letter where a figure must stand."""
    return _STRANGE.search(text) is not None or _LONE_LETTER.search(text) is not None


def _find_deadline_signs(place: Place, document: DocumentSigns) -> Signs:
    deadline, status = place.measure.deadline, place.measure.deadline_status
    return {
        "unparsed": float(deadline.kind == "unparsed"),
        "blank": float(status == "blank"),
        "inherited": float(status == "inherited"),
        "dash": float(status == "none"),
        "doubtful_words": float(bool(set(deadline.flags) - {"from_text"})),
        "rare_wording": float(bool(deadline.raw_text) and document.deadlines[_mask(deadline.raw_text)] == 1),
        "text_says_other": float(_CODES["deadline_in_text"] in place.codes),
    }


def _find_agency_signs(place: Place, cell: AgencyCell, document: DocumentSigns) -> Signs:
    items = [item for item in place.measure.responsibilities if item.role == cell.role]
    unresolved = sum(item.match.kind == "unresolved" for item in items)
    printed = "".join(item.raw_text for item in items)
    unknown = [item.raw_text for item in items if item.match.kind == "unresolved"]
    cell_ids = place.measure.cell_ids
    is_joined = cell.status == "none" or sum(document.agency_cells.get(i) == cell.role for i in cell_ids) > 1
    return {
        "unresolved": min(1.0, float(unresolved)) * document.trust_in_names,
        "more_unresolved": float(unresolved > 1) * document.trust_in_names,
        "unknown_bodies": float(unresolved > 0),
        "no_ending": float(any(not name.endswith(BODY_ENDINGS) for name in unknown)),
        "two_names": float(any(_TWO_NAMES.search(name) for name in unknown)),
        "joined_cells": _doubt_cut(place.measure) * float(is_joined),
        "odd_header": float(document.has_odd_header),
        "no_name": float(any(i.match.kind == "unresolved" and len(i.raw_text) < _SHORT_BODY for i in items)),
        "long_name": float(any(i.match.kind == "unresolved" and len(i.raw_text) > _LONG_BODY for i in items)),
        "by_rule": float(any(item.raw_text in document.lone_forms and _is_repaired(item) for item in items)),
        "blank": float(cell.status == "blank"),
        "inherited": float(cell.status == "inherited"),
        "dash": float(cell.status == "none"),
        "two_roles": float(_CODES["two_roles"] in place.codes),
        "body_repeated": float(_CODES["body_repeated"] in place.codes),
        "strange": float(any(not is_cjk(char) and char not in _IN_NAMES for char in printed)),
        "many_in_damaged": min(1.0, len(items) / 10) * document.damage,
    }


def _find_doubt(place: Place, name: str, document: DocumentSigns) -> float:
    """Return how unsure the reader was of the least sure cell of a value."""
    if not document.cell_confidence:
        return 0.0
    columns = {"task": ("task_no", "task_name"), "text": ("measure",)}.get(name, (name,))
    cell_ids = (*place.measure.cell_ids, *(place.task.cell_ids if name == "task" else ()))
    found = [document.cell_confidence[cell_id] for cell_id in cell_ids if cell_id in document.cell_confidence]
    return max((1.0 - confidence for column, confidence in found if column in columns), default=0.0)


def find_near_ragged(places: tuple[Place, ...], document: DocumentSigns) -> frozenset[str]:
    """Return the measures whose neighbour has a ragged line."""
    ids = [place.measure_id for place in places]
    return frozenset(near for a, b in pairwise(ids) for near, other in ((a, b), (b, a)) if other in document.ragged)
