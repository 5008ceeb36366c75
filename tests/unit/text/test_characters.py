import pytest

from planextract.text.characters import (
    fold,
    is_cjk,
    remove_ocr_spaces,
    replace_radicals,
    strip_zero_width,
    without_spaces,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("２０２１ 年", "2021年", id="full-width digits and a space"),
        pytest.param("西政办发〔2021〕2号", "西政办发[2021]2号", id="brackets of a document number"),
        pytest.param("6—9月", "6-9月", id="em dash"),
        pytest.param("6～9月", "6-9月".replace("-", "~"), id="wave dash"),
        pytest.param("①㎡³", "①㎡³", id="circled digits, square metres and cubes are not NFKC-ed"),
        pytest.param("⼯作\u200b措施", "工作措施", id="Kangxi radical and zero-width space"),
        pytest.param("⻓期", "长期", id="radical of the supplement"),
        pytest.param("\u3000 \n", "", id="white space only"),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        pytest.param("2021 年 3 月", "2021年3月", id="digits between Chinese"),
        pytest.param("VOCs 含量", "VOCs含量", id="Latin beside Chinese"),
        pytest.param("Wi Fi", "Wi Fi", id="two Latin words keep their space"),
        pytest.param("60 %", "60%", id="percent sign"),
        pytest.param("  首尾  ", "首尾", id="both ends"),
        pytest.param("DB11 / 891", "DB11/891", id="slash"),
        pytest.param("a\u3000b", "a b", id="ideographic space between Latin letters becomes plain"),
        pytest.param("", "", id="empty"),
    ],
)
def test_remove_ocr_spaces(text, clean):
    assert remove_ocr_spaces(text) == clean


def test_radicals_are_replaced_and_nothing_else():
    assert replace_radicals("⽔⽓⻋（①㎡³）") == "水气车（①㎡³）"


def test_zero_width_characters_go():
    assert strip_zero_width("a\u200b\u200c\u200d\u2060\ufeff\u00adb") == "ab"


def test_without_spaces_drops_every_kind():
    assert without_spaces(" a\u3000b\u00a0c\td\n") == "abcd"


@pytest.mark.parametrize(("char", "expected"), [("工", True), ("⼯", True), ("㐀", True), ("A", False), ("，", False)])
def test_is_cjk(char, expected):
    assert is_cjk(char) is expected
