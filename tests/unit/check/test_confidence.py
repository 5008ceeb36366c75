from itertools import product

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.dictionaries.confidence import load_confidence
from planextract.errors import ConfigError
from planextract.model.confidence import MEDIA, ConfidenceModel, Curve, ValueModel

MODEL = load_dictionaries().confidence
FILE = """\
words: {odd: it is odd}
values:
  task: {bias: 3, weights: {}, curves: &straight
    {text: &line [[0, 0], [1, 1]], pdf: *line, scan: *line, workbook: *line, prose: *line}}
  text: {bias: 3, weights: {odd: WEIGHT}, curves: {text: CURVE, pdf: *line, scan: *line, workbook: *line, prose: *line}}
  deadline: {bias: 3, weights: {}, curves: *straight}
  agencies: {bias: 3, weights: {}, curves: *straight}
rows: *straight
review_below: 0.5
"""


def test_a_curve_is_read_between_its_points():
    curve = Curve(stated=(0.0, 0.5, 1.0), measured=(0.1, 0.2, 1.0))
    assert [round(curve.read(value), 3) for value in (0.0, 0.25, 0.5, 0.75, 1.0)] == [0.1, 0.15, 0.2, 0.6, 1.0]


@pytest.mark.parametrize("kind", sorted(MODEL.values))
def test_no_sign_ever_makes_a_value_surer(kind):
    model = MODEL.values[kind]
    for name, (low, high) in product(model.weights, [(0.0, 0.3), (0.3, 1.0)]):
        assert all(model.rate({name: high}, medium) <= model.rate({name: low}, medium) for medium in MEDIA)


def test_reasons_are_the_heaviest_signs_first():
    model = ValueModel(bias=4.0, weights={"a": -1.0, "b": -3.0, "c": -0.1})
    assert model.find_reasons({"a": 1.0, "b": 0.5, "c": 1.0}) == (("b", -1.5), ("a", -1.0))


def test_a_model_without_numbers_is_certain():
    assert ConfidenceModel(values={}).find("text").rate({"odd": 1.0}, "text") > 0.999


@pytest.mark.parametrize(
    ("weight", "curve", "cause"),
    [
        pytest.param("0.5", "[[0, 0], [1, 1]]", "above 0", id="a sign that raises"),
        pytest.param("-1", "[[0, 0.5], [1, 0.4]]", "must rise", id="a curve that falls"),
        pytest.param("-1", "[[0, 0]]", "two points", id="a curve of one point"),
        pytest.param("x", "[[0, 0], [1, 1]]", "must be numbers", id="a weight that is no number"),
    ],
)
def test_a_model_that_is_not_monotone_is_refused(tmp_path, weight, curve, cause):
    path = tmp_path / "confidence.yaml"
    path.write_text(FILE.replace("WEIGHT", weight).replace("CURVE", curve), encoding="utf-8")
    with pytest.raises(ConfigError, match=cause):
        load_confidence(path)


def test_a_sign_without_words_is_refused(tmp_path):
    path = tmp_path / "confidence.yaml"
    path.write_text(FILE.replace("odd: it", "other: it").replace("WEIGHT", "-1").replace("CURVE", "[[0, 0], [1, 1]]"))
    with pytest.raises(ConfigError, match="has no words"):
        load_confidence(path)


def test_odd_characters_are_found_and_familiar_pairs_are_not():
    book = load_dictionaries().words
    odd = book.find_odd_characters("推进老旧小区改造，加强域市管理", frozenset())
    assert [found.char for found in sorted(odd, key=lambda o: -o.oddness)][:1] == ["域"]
    assert not [
        o for o in book.find_odd_characters("加强域市管理", frozenset({"强域", "域市", "市管"})) if o.char == "域"
    ]
