"""The review page has words for all that it can ask about."""

import pytest

from planextract.model.finding_kinds import FINDING_KINDS
from planextract.review.page.texts import Texts


def test_every_finding_has_words():
    assert [code for code in FINDING_KINDS if not Texts("zh").has(f"code_{code}")] == []


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("'区某某署' is not in the dictionary: no rule accepts a body", "区某某署"),
        ("the text gives a duty to 区教委 (as 教育), but no column names it", "区教委；教育"),
        ("the deadline is blank", ""),
        ("87%", "87%"),
        ("the text says '2021年12月底前', the column '年底前'", "2021年12月底前；年底前"),
    ],
)
def test_the_chinese_page_shows_what_a_message_quotes(message, shown):
    assert Texts("zh").detail(message) == shown
    assert Texts("en").detail(message) == message
