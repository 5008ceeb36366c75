import copy
import json

import jsonschema
import pytest

from planextract.write.nested import make_json, make_json_schema

from .rows import make_document_rows

VALIDATOR = jsonschema.Draft202012Validator(make_json_schema())


def make_tree():
    return json.loads("".join(make_json(make_document_rows())))


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(make_json_schema())


def test_a_document_follows_the_schema():
    VALIDATOR.validate(make_tree())


def test_rows_are_nested_below_their_parents():
    tree = make_tree()
    measure = tree["plans"][0]["tasks"][0]["measures"][0]
    assert (measure["text"], measure["deadline_end"]) == ("加强巡查。", "2021-12-31")
    assert [item["agency_raw"] for item in measure["responsibilities"]] == ["区教委"]
    assert tree["cells"]


def change(tree, **values):
    tree["plans"][0]["tasks"][0]["measures"][0].update(values)


@pytest.mark.parametrize(
    "values",
    [
        {"seq": None},
        {"deadline_kind": "soon"},
        {"pages": ["1"]},
        {"needs_review": 1},
        {"extra": 1},
        {"lead_status": "x"},
    ],
    ids=lambda values: next(iter(values)),
)
def test_what_breaks_the_contract_breaks_the_schema(values):
    tree = copy.deepcopy(make_tree())
    change(tree, **values)
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(tree)


def test_the_same_rows_give_the_same_text():
    assert list(make_json(make_document_rows())) == list(make_json(make_document_rows()))
