"""The review page has words for all that it can ask about."""

import re

import pytest

from planextract.review.page.texts import Texts


def test_every_finding_has_words(root):
    page = (root / "docs" / "findings.md").read_text(encoding="utf-8").split("## Errors")[0]
    found = re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \| (?:info|warning|error)", page, re.MULTILINE)
    assert len(found) > 40
    assert [code for code in found if not Texts("zh").has(f"code_{code}")] == []


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
