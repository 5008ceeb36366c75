"""Load the numbers of the confidence model; a model that is not monotone is refused."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from planextract.dictionaries.files import fail, read_yaml
from planextract.model.confidence import ConfidenceModel, Curve, ValueModel
from planextract.phrases import Phrase

KINDS = ("task", "text", "deadline", "agencies")


def load_confidence(path: Path) -> ConfidenceModel:
    """Load ``confidence.yaml``: a model a kind of value, and the curve of whole rows."""
    data = read_yaml(path)
    values = data.get("values")
    words = data.get("words")
    if (
        set(data) != {"words", "values", "row"}
        or not isinstance(words, dict)
        or not isinstance(values, dict)
        or set(values) != set(KINDS)
    ):
        fail(path, Phrase("it must hold 'words', 'row' and 'values' with {kinds}", kinds=", ".join(KINDS)))
    models = {kind: _load_value(path, kind, values[kind]) for kind in KINDS}
    silent = sorted({name for model in models.values() for name in model.weights} - set(words))
    if silent:
        fail(path, Phrase("the sign '{silent}' has no words", silent=silent[0]))
    return ConfidenceModel(
        values=models,
        words={str(name): str(wording) for name, wording in words.items()},
        row=_load_curve(path, "row", data["row"]),
    )


def _load_value(path: Path, kind: str, part: object) -> ValueModel:
    if not isinstance(part, dict) or set(part) != {"bias", "weights", "curve"}:
        fail(path, Phrase("{kind} must have bias, weights and curve", kind=kind))
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
        curve=_load_curve(path, kind, part["curve"]),
    )


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
