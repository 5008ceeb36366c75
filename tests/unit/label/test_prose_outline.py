"""Numbers, wrapped lines and furniture of a plan in prose."""

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.prose import search_prose
from planextract.label.prose.openers import find_opener
from planextract.label.prose.outline import make_outline
from planextract.label.prose.wording import wording_of
from planextract.text.characters import without_spaces

from ...builders import make_lines

COLUMNS = load_dictionaries().columns
WORDING = wording_of(COLUMNS)


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("一、重点", "chapter", 1),
        ("(十二)推进", "section", 12),
        ("3.完成", "number", 3),
        ("12、完成", "number", 12),
        ("(3)完成", "bracketed", 3),
        ("①完成", "circled", 1),
        ("任务三:完成", "named", 3),
        ("1.2 完成", "dotted", None),
        ("第二章 总则", "part", 2),
    ],
)
def test_numbers(text, style, value):
    found = find_opener(text)
    assert found is not None and (found.style, found.value) == (style, value)


@pytest.mark.parametrize("text", ["2.5微米颗粒物", "2023年底", "完成3.推进", "", "PM2.5"])
def test_figures_are_no_numbers(text):
    assert find_opener(text) is None


def test_a_number_that_does_not_go_on_is_a_figure_of_a_wrapped_line():
    long = "推进污染防治工作，持续开展专项整治行动，严格落实各项措施，浓度控制在"
    lines = make_lines(f"1.{long}\n35.每立方米微克以下，{long[:-4]}落实。\n2.{long}\n40以下。\n3.{long}\n50以下。\n")
    outline = make_outline(lines, WORDING)
    assert [item.opener.value for item in outline.items] == [1, 2, 3]


def test_running_heads_and_page_numbers_are_furniture():
    text = "1.完成造林工作任务推进城\n— 1 —\n某市方案\n乡融合。（责任单位：市林业局）\n— 2 —\n某市方案\n2.完成。（责任单位：市林业局）\n某市方案"
    plan = search_prose(make_lines(text), COLUMNS).plan
    assert plan is None or all("某市方案" not in cell for row in plan.rows for _, cell in row.cells)
    furniture = [reason for _, reason in make_outline(make_lines(text), WORDING).furniture]
    assert furniture.count("page_number") == 2 and furniture.count("running_head") == 3


@pytest.mark.parametrize(
    "text",
    [
        "1.甲任务。（责任单位：市林业局、市财政局等有关部门）\n2.乙任务。（（市水利局牵头，市财政局配合））\n3.丙任务（含镇街）。〔市教育局〕",
        "（一）甲任务增长7%\n责任单位：市林业局\n\n（二）乙任务\n责任单位 市水利局\n完成时限\n6月底\n（三）丙\n责任单位：\n市教育局\n市财政局",
        "一、甲\n1.子任务。\n2.子任务。\n牵头单位：市林业局\n二、乙\n1.子任务。\n2.子任务。\n牵头单位：市水利局\n三、丙。（责任单位：市教育局",
        "1.甲任务。责任单位：市林业局。2.乙任务。责任单位：市水利局。3.丙任务。（市教育局牵头）余下文字很多很多。",
    ],
)
def test_every_character_is_in_a_cell_or_apart(text):
    plan = search_prose(make_lines(f"某市工作方案\n{text}"), COLUMNS).plan
    assert plan is not None
    held = [cell for row in plan.rows for _, cell in row.cells] + [part for row in plan.rows for _, part in row.spare]
    lines = [line.raw_text for line in (*plan.before, *plan.after)]
    assert sorted(without_spaces("".join([*held, *lines]))) == sorted(without_spaces(f"某市工作方案{text}"))
