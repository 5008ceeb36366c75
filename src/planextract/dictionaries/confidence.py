"""Load the numbers of the confidence model; a model that is not monotone is refused."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from planextract.dictionaries.files import fail, read_yaml
from planextract.model.confidence import MEDIA, ConfidenceModel, Curve, Medium, ValueModel
from planextract.phrases import Phrase

KINDS = ("task", "text", "deadline", "agencies")


def load_confidence(path: Path) -> ConfidenceModel:
    """Load ``confidence.yaml``: a model each kind of value, the curves of whole rows, and what is to be looked at."""
    data = read_yaml(path)
    values = data.get("values")
    words = data.get("words")
    if (
        set(data) != {"words", "values", "rows", "review_below"}
        or not isinstance(words, dict)
        or not isinstance(values, dict)
        or set(values) != set(KINDS)
    ):
        fail(
            path,
            Phrase("it must hold 'words', 'review_below', 'rows' and 'values' with {kinds}", kinds=", ".join(KINDS)),
        )
    below = data["review_below"]
    if not _is_number(below) or not 0 <= float(str(below)) <= 1:
        fail(path, "'review_below' must be a number from 0 to 1")
    models = {kind: _load_value(path, kind, values[kind]) for kind in KINDS}
    silent = sorted({name for model in models.values() for name in model.weights} - set(words))
    if silent:
        fail(path, Phrase("the sign '{silent}' has no words", silent=silent[0]))
    return ConfidenceModel(
        values=models,
        words={str(name): str(wording) for name, wording in words.items()},
        rows=_load_curves(path, "rows", data["rows"]),
        review_below=float(str(below)),
    )


def _load_value(path: Path, kind: str, part: object) -> ValueModel:
    if not isinstance(part, dict) or set(part) != {"bias", "weights", "curves"}:
        fail(path, Phrase("{kind} must have bias, weights and curves", kind=kind))
    weights = part["weights"]
    if not _is_number(part["bias"]) or not isinstance(weights, dict) or not all(map(_is_number, weights.values())):
        fail(path, Phrase("{kind}: bias and weights must be numbers", kind=kind))
    raising = sorted(str(name) for name, weight in weights.items() if weight > 0)
    if raising:
        fail(
            path,
            Phrase(
                "{kind}: the weight of '{raising}' is above 0, but no sign of damage makes a value surer",
                kind=kind,
                raising=raising[0],
            ),
        )
    return ValueModel(
        bias=float(part["bias"]),
        weights={str(name): float(weight) for name, weight in weights.items()},
        curves=_load_curves(path, kind, part["curves"]),
    )


def _load_curves(path: Path, what: str, part: object) -> dict[Medium, Curve]:
    if not isinstance(part, dict) or set(part) != set(MEDIA):
        fail(path, Phrase("{what}: there must be a curve for each of {media}", what=what, media=", ".join(MEDIA)))
    return {medium: _load_curve(path, f"{what}, {medium}", part[medium]) for medium in MEDIA}


def _load_curve(path: Path, what: str, points: object) -> Curve:
    is_sound = isinstance(points, list) and all(
        isinstance(point, list) and len(point) == 2 and all(_is_number(n) and 0 <= n <= 1 for n in point)
        for point in points
    )
    if not is_sound or not isinstance(points, list) or len(points) < 2:
        fail(path, Phrase("{what}: a curve is a list of two points or more, [stated, measured], both 0–1", what=what))
    if any(a[0] >= b[0] or a[1] > b[1] for a, b in pairwise(points)):
        fail(path, Phrase("{what}: the points of a curve must rise", what=what))
    return Curve(stated=tuple(float(p[0]) for p in points), measured=tuple(float(p[1]) for p in points))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
