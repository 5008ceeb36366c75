import pytest

from planextract.text.numerals import parse_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("7", 7, id="digit"),
        pytest.param("１２", 12, id="full-width"),
        pytest.param("007", 7, id="leading zeros"),
        pytest.param("二〇二一", 2021, id="positional year"),
        pytest.param("二○二一", 2021, id="with a circle for zero"),
        pytest.param("十", 10, id="ten"),
        pytest.param("十二", 12, id="twelve"),
        pytest.param("二十", 20, id="twenty"),
        pytest.param("三百五十", 350, id="counted"),
        pytest.param("一千零一", 1001, id="counted with a zero"),
        pytest.param("两百", 200, id="liang"),
        pytest.param("", None, id="empty"),
        pytest.param("第三", None, id="ordinal"),
        pytest.param("廿", None, id="unknown numeral"),
        pytest.param("3.5", None, id="decimal"),
        pytest.param("-3", None, id="sign"),
        pytest.param("三五十", None, id="two digits before a unit"),
        pytest.param("²", None, id="superscript"),
        pytest.param("9" * 5000, None, id="more digits than Python converts"),
        pytest.param("九" * 5000, None, id="more numerals than Python converts"),
    ],
)
def test_parse_number(text, number):
    assert parse_number(text) == number
