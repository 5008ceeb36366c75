"""What a person's decision settles, what reads as a sentence, whose leaders are asked for: at their bounds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from planextract.check.conservation import _of_other_columns
from planextract.check.plans import _LONG_NAME, _SHORT_TEXT, _reads_as_sentence
from planextract.check.settled import _find_decision
from planextract.dictionaries import load_dictionaries

COLUMNS = load_dictionaries().columns


def decision(*codes: str, shown: str = "", anchor: object = None) -> Any:
    return SimpleNamespace(codes=codes, shown=shown, anchor=anchor)


def finding(code: str, message: str = "", cell: str | None = None, measure: str | None = None) -> Any:
    return SimpleNamespace(code=code, message=message, cell_id=cell, measure_id=measure)


def test_a_decision_settles_findings_of_its_codes_in_its_cells_or_of_its_words_or_of_its_measure() -> None:
    of_cell, of_words = decision("a"), decision("a", shown="甲 乙")
    of_row = decision("b")
    accepted: Any = [(of_cell, frozenset({"c1"})), (of_words, frozenset())]
    by_measure: Any = {"m1": of_row}
    assert _find_decision(finding("a", cell="c1"), accepted, by_measure) is of_cell
    assert _find_decision(finding("a", "甲 乙", cell="c2"), accepted, by_measure) is of_words
    assert _find_decision(finding("a", "丙", cell="c2"), accepted, by_measure) is None
    assert _find_decision(finding("b", cell="c1"), accepted, by_measure) is None
    assert _find_decision(finding("b", measure="m1"), accepted, by_measure) is of_row
    assert _find_decision(finding("a", measure="m1"), accepted, by_measure) is None
    assert _find_decision(finding("b", measure="m2"), accepted, by_measure) is None
    anchored: Any = [(decision("a", shown="甲 乙", anchor=object()), frozenset())]
    assert _find_decision(finding("a", "甲 乙"), anchored, {}) is None


@pytest.mark.parametrize(
    ("name", "kind", "reads_so"),
    [
        ("加强巡查。", "exact", True),
        ("。", "unresolved", True),
        ("甲" * _LONG_NAME, "unresolved", False),
        ("甲" * (_LONG_NAME + 1), "unresolved", True),
        ("甲" * (_LONG_NAME + 1), "exact", False),
        ("甲" * _LONG_NAME + "局", "unresolved", False),
        ("加强" + "甲" * (_SHORT_TEXT - 2), "unresolved", True),
        ("加强" + "甲" * (_SHORT_TEXT - 3), "unresolved", False),
        ("甲" * (_SHORT_TEXT - 2), "unresolved", False),
    ],
)
def test_a_name_nobody_knows_reads_as_a_sentence_by_its_end_its_verb_or_its_length(
    name: str, kind: str, reads_so: bool
) -> None:
    item: Any = SimpleNamespace(raw_text=name, match=SimpleNamespace(kind=kind))
    assert _reads_as_sentence(item, COLUMNS) is reads_so


def test_leaders_of_a_task_are_asked_of_its_first_measure_alone() -> None:
    def measure() -> Any:
        return SimpleNamespace(milestones=(), progress=(), leaders=(SimpleNamespace(name="甲某", post="局长"),))

    first, second = measure(), measure()
    task: Any = SimpleNamespace(measures=(first, second), leaders=(SimpleNamespace(name="乙某", post="区长"),))
    assert list(_of_other_columns(task, first)) == ["甲某", "局长", "乙某", "区长"]
    assert list(_of_other_columns(task, second)) == ["甲某", "局长"]
