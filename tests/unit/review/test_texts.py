"""The review page has words for all that it can ask about."""

from planextract.model.finding_kinds import FINDING_KINDS
from planextract.phrases import Recorded
from planextract.review.page.texts import Texts


def test_every_finding_has_words():
    assert [code for code in FINDING_KINDS if not Texts("zh").has(f"code_{code}")] == []


def test_the_chinese_page_says_a_finding_in_chinese():
    message = Recorded("the deadline is blank", "完成时限空白")
    assert Texts("zh").detail(message) == "完成时限空白"
    assert Texts("en").detail(message) == message
