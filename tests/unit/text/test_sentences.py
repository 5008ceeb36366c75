import pytest

from planextract.text.sentences import closes_bracket, find_open_brackets, is_finished, split_tail, starts_inside


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("完成。", True),
        ("完成；", True),
        ("完成！”", True),
        ("（完成。）", True),
        ("", True),
        ("  ", True),
        ("完成", False),
        ("完成，", False),
        ("完成、", False),
        ("（完成）", False),
        ("目标：", False),
    ],
)
def test_is_finished(text, expected):
    assert is_finished(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("，并加强", True), ("）下降", True), ("%以上", True), ("加强", False), ("", False)]
)
def test_starts_inside(text, expected):
    assert starts_inside(text) is expected


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        pytest.param("（甲", ("（",), id="one"),
        pytest.param("《甲（乙", ("《", "（"), id="outermost first"),
        pytest.param("（甲)", (), id="mixed widths close"),
        pytest.param("甲）", (), id="a stray closing bracket"),
        pytest.param("“甲（乙）”", (), id="all closed"),
    ],
)
def test_find_open_brackets(text, opened):
    assert find_open_brackets(text) == opened


@pytest.mark.parametrize(
    ("text", "opening", "expected"),
    [
        pytest.param("乙）丙", "（", True, id="closes"),
        pytest.param("乙)丙", "（", True, id="half-width closes full-width"),
        pytest.param("乙（丙）", "（", False, id="opens another first"),
        pytest.param("乙》", "《", True, id="title marks"),
        pytest.param("乙", "（", False, id="never"),
    ],
)
def test_closes_bracket(text, opening, expected):
    assert closes_bracket(text, opening) is expected


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        pytest.param("尾部。新措施", "尾部。", id="first sentence"),
        pytest.param("尾部。”新措施", "尾部。”", id="with its closing quote"),
        pytest.param("尾部\n新措施", "尾部", id="first paragraph"),
        pytest.param("只有一句。", None, id="nothing behind it"),
        pytest.param("没有句号", None, id="no end"),
        pytest.param("", None, id="empty"),
    ],
)
def test_split_tail(text, tail):
    end = split_tail(text)
    assert (None if end is None else text[:end]) == tail
