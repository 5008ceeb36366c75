"""Headings that name who owns the items below them: how many, of what kind, below which title."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.prose import find_prose_plan
from tests.builders import make_lines

WORDS = load_dictionaries().columns
TITLE = "2023年重点任务分解表"


def owners(*lines: str, title: str = TITLE) -> str | None:
    """Who owns each measure below the headings, ``·`` for nobody; None if the lines are no plan."""
    plan = find_prose_plan(make_lines("\n".join((title, *lines))), WORDS)
    if plan is None:
        return None
    rows = [row for row in plan.rows if any(role == "measure" for role, _ in row.cells)]
    return "|".join(" ".join(text for _, text in row.shared.cells) if row.shared else "·" for row in rows)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("一、市林业局", "1.造林2万亩。", "二、市交通局", "1.修路3条。"), None),
        (
            ("一、市林业局", "1.造林2万亩。", "2.育苗3万株。", "二、市交通局", "1.修路3条。"),
            "市林业局|市林业局|市交通局",
        ),
        (("一、市林业局", "1.造林2万亩。", "2.育苗3万株。", "3.护林5次。"), None),
        (
            (
                "一、市林业局",
                "1.造林2万亩。",
                "二、市交通局",
                "1.修路3条。",
                "三、市教育局",
                "1.建校2所。",
                "四、市财政局",
                "1.拨款5亿元。",
                "五、加强其他保障工作",
                "1.开展检查3次。",
            ),
            "市林业局|市交通局|市教育局|市财政局",
        ),
        (
            (
                "一、市林业局",
                "1.造林2万亩。",
                "二、市交通局",
                "1.修路3条。",
                "三、加强其他保障工作",
                "1.开展检查3次。",
                "四、市财政局",
                "1.拨款5亿元。",
                "五、加强宣传工作",
                "1.宣传2次。",
            ),
            "·|·|·|·|·",
        ),
        (
            (
                "一、市林业局",
                "1.负责造林2万亩。",
                "2.育苗3万株。",
                "二、市交通局",
                "1.修路3条。",
                "2.修桥2座。",
                "3.绿道5里。",
            ),
            "市林业局|市林业局|市交通局|市交通局|市交通局",
        ),
        (
            (
                "一、市林业局",
                "1.负责造林2万亩。",
                "2.负责育苗3万株。",
                "二、市交通局",
                "1.修路3条。",
                "2.修桥2座。",
                "3.绿道5里。",
            ),
            None,
        ),
        (
            (
                "一、市林业局",
                "1.造林两万亩。",
                "2.育苗三万株。",
                "二、市交通局",
                "1.修路3条。",
                "2.修桥2座。",
                "3.绿道。",
            ),
            "市林业局|市林业局|市交通局|市交通局|市交通局",
        ),
        (
            (
                "一、市林业局",
                "1.造林两万亩。",
                "2.育苗三万株。",
                "二、市交通局",
                "1.修路三条。",
                "2.修桥2座。",
                "3.绿道。",
            ),
            None,
        ),
        (
            ("一、市林业局：", "1.造林2万亩。", "2.育苗3万株。", "二、市交通局（共1项）。", "1.修路3条。"),
            "市林业局|市林业局|市交通局",
        ),
        (
            ("一、市林业局、市财政局", "1.造林2万亩。", "2.育苗3万株。", "二、市交通局", "1.修路3条。"),
            "市林业局、市财政局|市林业局、市财政局|市交通局",
        ),
        (
            (
                "一、市林业局",
                "1.造林2万亩。（市财政局牵头）",
                "2.育苗3万株。",
                "二、市交通局",
                "1.修路3条。",
                "2.修桥2座。",
            ),
            "·|·",
        ),
    ],
)
def test_headings_that_are_bodies_own_what_stands_below_them(lines: tuple[str, ...], found: str | None) -> None:
    assert owners(*lines) == found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("2023年重点任务分解表", "市林业局|市林业局|市交通局"),
        ("2023年职责清单", None),
        ("2023年重点任务分解表。", None),
        ("某市", None),
        ("2023年工作总结", None),
        ("任务表", None),
        ("2023年重点任务分解表\n市政府工作总结", None),
    ],
)
def test_the_title_must_be_one_of_a_plan(title: str, found: str | None) -> None:
    assert owners("一、市林业局", "1.造林2万亩。", "2.育苗3万株。", "二、市交通局", "1.修路3条。", title=title) == found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("（一）加强造林（责任单位：市林业局）", "1.造林2万亩。", "2.育苗3万株。"), "·"),
        (
            (
                "（一）加强造林（责任单位：市林业局）",
                "1.造林2万亩。",
                "（二）加强道路（责任单位：市交通局）",
                "1.修路3条。",
            ),
            "市林业局|市交通局",
        ),
        (
            (
                "（一）加强造林，绿化（责任单位：市林业局）",
                "1.造林2万亩。",
                "（二）加强道路（责任单位：市交通局）",
                "1.修路3条。",
            ),
            "·|·",
        ),
        (
            (
                "（一）加强造林（责任单位：市林业局）",
                "1.造林2万亩。",
                "（二）加强道路（责任单位：市交通局）",
                "1.修路3条。（市公路局）",
            ),
            "·|·|·",
        ),
        (
            (
                "（一）加强造林（责任单位：市林业局）",
                "1.造林2万亩。",
                "（二）加强道路（责任单位：市交通局）",
                "1.修路3条。",
                "（三）加强教育（责任单位：市教育局）",
            ),
            "·|·|·",
        ),
        (
            (
                "（一）长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长（责任单位：市林业局）",
                "1.造林2万亩。",
                "（二）加强道路（责任单位：市交通局）",
                "1.修路3条。",
            ),
            "市林业局|市交通局",
        ),
        (
            (
                "（一）长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长（责任单位：市林业局）",
                "1.造林2万亩。",
                "（二）加强道路（责任单位：市交通局）",
                "1.修路3条。",
            ),
            "·|·",
        ),
    ],
)
def test_headings_that_close_with_owners_own_what_stands_below_them(lines: tuple[str, ...], found: str | None) -> None:
    assert owners(*lines) == found
