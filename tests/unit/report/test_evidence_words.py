"""Reasons at page breaks are said in words, also those with a detail and those about the table."""

import pytest

from planextract.report.page import find_evidence


@pytest.mark.parametrize(
    ("reason", "english", "chinese"),
    [
        ("task_no_next: 5 → 6", "the next task number: 5 → 6", "印有下一序号：5 → 6"),
        ("table: same_header (+1.5)", "table: the header is the same (+1.5)", "表格：表头相同 (+1.5)"),
        ("section_row", "it is a section", "是章节行"),
    ],
)
def test_a_reason_is_said_in_both_languages(reason, english, chinese):
    said = str(find_evidence(reason))
    assert english in said
    assert chinese in said


def test_what_is_no_known_reason_stays():
    assert find_evidence("nobody knows this") == "nobody knows this"
