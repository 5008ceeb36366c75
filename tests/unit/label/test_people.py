"""Bodies and people in one cell."""

from __future__ import annotations

import pytest

from planextract.label.prose.people import cut_people


def is_body(word):
    return word.endswith(("局", "委", "政府"))


@pytest.mark.parametrize(
    ("text", "bodies", "people"),
    [
        pytest.param("市住建局 李强", "市住建局", " 李强", id="a blank"),
        pytest.param("市住建局（李强）", "市住建局", "（李强）", id="a bracket"),
        pytest.param("李强（市住建局、市财政局）", "市住建局、市财政局", "李强（）", id="bodies in a bracket"),
        pytest.param("市住建局李强", "市住建局", "李强", id="nothing between"),
        pytest.param("李强 市住建局，陈静 市财政局", "市住建局，市财政局", "李强 陈静 ", id="pairs"),
        pytest.param("市住建局：王芳 13800001111", "市住建局", "：王芳 13800001111", id="a telephone"),
        pytest.param("王芳", "", "王芳", id="people alone"),
        pytest.param("各区县政府", "各区县政府", "", id="bodies alone"),
        pytest.param("项目推进指挥中心", "项目推进指挥中心", "", id="a long word that nobody knows"),
        pytest.param("", "", "", id="nothing"),
    ],
)
def test_bodies_and_people_are_told_apart(text, bodies, people):
    pieces = cut_people(text, is_body)

    assert "".join(part for part, is_people in pieces if not is_people) == bodies
    assert sorted("".join(part for part, is_people in pieces if is_people)) == sorted(people)


def test_nothing_is_lost():
    text = "（李强、市住建局）；市财政局 ：王芳 ]"

    assert "".join(part for part, _ in cut_people(text, is_body)) == text
