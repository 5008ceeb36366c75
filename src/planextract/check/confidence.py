"""How sure each value of a measure is right, and why not: the signs of :mod:`.signs` under a model that is data.

The model's numbers stand in ``dictionaries/confidence.yaml``. They are fitted by ``python -m
tests.benchmark.calibration fit`` on damaged documents of the lab and reported on others
(docs/benchmarks-confidence.md). It is logistic, no sign of damage ever raises a confidence, and what a sign takes off
the odds is the reason that people are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

from planextract.check.looks import needs_look
from planextract.check.measure_places import Place, find_places
from planextract.check.signs import DocumentSigns, Signs, find_near_ragged, find_odd, find_signs, survey_document
from planextract.model.confidence import ConfidenceModel
from planextract.model.plan import Extraction, Measure
from planextract.model.roles import AGENCY_COLUMNS
from planextract.model.vocabulary import WordBook

_ODD_SHOWN = 3.0
_ODD_SIGNS = frozenset({"odd_characters", "odd_among_repeated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A measure's confidences: of the row, of each value, and why they are not higher."""

    row: float
    values: Mapping[str, float]
    doubts: tuple[str, ...]


def survey(extraction: Extraction, words: WordBook) -> Iterator[tuple[Place, DocumentSigns, dict[str, Signs]]]:
    """Yield each measure with the signs of its values, in printed order."""
    places = find_places(extraction)
    document = survey_document(extraction, places, words)
    near_ragged = find_near_ragged(places, document)
    texts = dict.fromkeys(text for place in places for text in (place.task.label, place.measure.text))
    words.prepare("\n".join(texts))
    for place in places:
        yield place, document, find_signs(place, document, near_ragged, words)


def kind_of(name: str) -> str:
    """Return the model that rates a value: the agency roles share one."""
    return "agencies" if name in AGENCY_COLUMNS else name


def rate(
    place: Place, document: DocumentSigns, signs: Mapping[str, Signs], model: ConfidenceModel, words: WordBook
) -> Rating:
    """Rate a measure's values, and the row as sure as all of them together."""
    values = {name: model.find(kind_of(name)).rate(found, document.medium) for name, found in signs.items()}
    doubts: list[str] = []
    for name, found in signs.items():
        for sign, weight in model.find(kind_of(name)).find_reasons(found):
            detail = _show_odd(place, name, document, words) if sign in _ODD_SIGNS else ""
            doubts.append(f"{name}: {model.words.get(sign, sign)}{detail} ({weight:+.1f})")
    return Rating(row=model.rate_row(values.values(), document.medium), values=values, doubts=tuple(doubts))


def _show_odd(place: Place, name: str, document: DocumentSigns, words: WordBook) -> str:
    """Show the odd characters of a text with a character on either side."""
    text = place.task.label if name == "task" else place.measure.text
    shown = [odd for odd in find_odd(text, document, words)[:3] if odd.oddness >= _ODD_SHOWN]
    parts = [text[max(0, odd.position - 1) : odd.position + 2].replace("\n", "") for odd in shown]
    return f" {'、'.join(parts)}" if parts else ""


def rate_measures(
    extraction: Extraction, model: ConfidenceModel, words: WordBook, confirmed: Set[str] = frozenset()
) -> Extraction:
    """Give each measure and its values their confidence and say which ones a person should look at.

    A confidence is the probability that a value is right, or that all values of the measure are
    (see the module); :mod:`.looks` says which measures need a look. A measure that a person confirmed is certain; a
    finding that a person settled counts no more.

    Args:
        extraction: Everything found in the document.
        model: Numbers of the confidence model.
        words: Knows the words of the language.
        confirmed: Ids of measures that a person compared with the page.
    """
    rated: dict[str, Measure] = {}
    for place, document, signs in survey(extraction, words):
        is_confirmed = place.measure_id in confirmed
        rating = rate(place, document, signs, model, words)
        confidence = 1.0 if is_confirmed else round(rating.row, 4)
        rated[place.measure_id] = replace(
            place.measure,
            confidence=confidence,
            value_confidences=tuple(
                (name, 1.0 if is_confirmed else round(value, 4)) for name, value in rating.values.items()
            ),
            doubts=() if is_confirmed else rating.doubts,
            needs_review=needs_look(place.warnings, confidence, model.review_below, is_confirmed=is_confirmed),
        )
    plans = []
    for plan in extraction.plans:
        tasks = []
        for task in plan.tasks:
            prefix = extraction.task_id(plan, task)
            tasks.append(replace(task, measures=tuple(rated[f"{prefix}/{m.seq}"] for m in task.measures)))
        plans.append(replace(plan, tasks=tuple(tasks)))
    return replace(extraction, plans=tuple(plans))
