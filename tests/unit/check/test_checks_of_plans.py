"""What a plan and its notice say that cannot both be: attachments listed, numbers that jump, bodies twice, odd columns."""

from __future__ import annotations

import pytest

from tests.builders import HEADER
from tests.unit.check.test_persons_and_checks import extract


def notice(listed: str, *plans: str) -> list[str]:
    """What is said of a notice that lists attachments (parted by ``|``), and of its plans, each headed by its lines."""
    names = listed.split("|") if listed else []
    items = [f"附件：{names[0]}", *names[1:]] if names else []
    front = ["西城区人民政府关于开展2021年工作的通知", "各单位：", "请落实。", *items, "西城区人民政府", "2021年3月1日"]
    row = "1\t绿化\t建设公园三处。\t年底前\t区教委\t---"
    text = "\n".join([*front, *(line for plan in plans for line in ("", *plan.split("/"), HEADER, row))])
    return [f"{f.code} {f.message}" for f in extract(text + "\n").findings if f.code.startswith("check.attachment")]


@pytest.mark.parametrize(
    ("listed", "plans", "found"),
    [
        ("1.甲计划|2.乙计划", ("附件1/甲计划", "附件2/乙计划"), []),
        (
            "1.甲计划|2.乙计划",
            ("附件1/甲计划",),
            ["check.attachment_missing attachment 2 '乙计划' is listed but holds no plan table here"],
        ),
        (
            "1.甲计划|2.乙计划",
            ("附件1/甲计划", "附件2/丙计划"),
            ["check.attachment_title attachment 2 is listed as '乙计划' and titled '丙计划'"],
        ),
        (
            "1.甲计划",
            ("附件1/甲计划", "附件3/丙计划"),
            ["check.attachment_unlisted attachment 3 '丙计划' is not in the notice's list"],
        ),
        ("甲计划", ("甲计划",), []),
        ("甲计划", ("乙计划",), ["check.attachment_title attachment 1 is listed as '甲计划' and titled '乙计划'"]),
        ("", ("附件1/甲计划",), []),
        ("1.甲 计划", ("附件1/甲计划",), []),
        (
            "1.甲计划",
            ("附件3/丙计划",),
            [
                "check.attachment_missing attachment 1 '甲计划' is listed but holds no plan table here",
                "check.attachment_unlisted attachment 3 '丙计划' is not in the notice's list",
            ],
        ),
    ],
)
def test_attachments_are_those_that_the_notice_lists(listed: str, plans: tuple[str, ...], found: list[str]) -> None:
    assert notice(listed, *plans) == found


def said(*rows: str) -> list[str]:
    """Findings of the checks on a plan of rows with tabs (``/``): number, name, text, deadline, owner, support."""
    text = "\n".join(["西城区水污染防治2021年行动计划", "", HEADER, *(row.replace("/", "\t") for row in rows)])
    return [f"{f.code} {f.message}" for f in extract(text + "\n").findings if f.code.startswith("check.")]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            (
                "1/绿化工程1/建设公园三处，改造绿地。/年底前/区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
                "3/绿化工程3/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            [],
        ),
        (
            (
                "1/绿化工程1/建设公园三处，改造绿地。/年底前/区教委/---",
                "3/绿化工程3/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            ["check.number_gap plan 1: task 3 follows task 1"],
        ),
        (
            (
                "1/绿化工程1/建设公园三处，改造绿地。/年底前/区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
                "2/道路2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            ["check.number_repeated plan 1: task number 2 is used again for '道路2'"],
        ),
        (
            (
                "1/绿化工程1/建设公园三处，改造绿地。/年底前/区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
                "1/道路1/建设公园三处，改造绿地。/年底前/区教委/---",
                "2/桥梁2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            [
                "check.number_repeated plan 1: task number 1 is used again for '道路1'",
                "check.number_repeated plan 1: task number 2 is used again for '桥梁2'",
            ],
        ),
        (
            (
                "一、甲/////",
                "1/绿化工程1/建设公园三处，改造绿地。/年底前/区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
                "二、乙/////",
                "1/道路1/建设公园三处，改造绿地。/年底前/区教委/---",
                "2/桥梁2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            [],
        ),
        (
            (
                "一、甲/////",
                "1/绿化工程1/建设公园三处，改造绿地。/年底前/区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
                "二、乙/////",
                "3/绿化工程3/建设公园三处，改造绿地。/年底前/区教委/---",
                "5/绿化工程5/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            ["check.number_gap plan 1: task 5 follows task 3"],
        ),
        (
            ("1/绿化工程1/建设公园三处，改造绿地。/年底前//---", "2/绿化工程2/建设公园三处，改造绿地。/年底前//---"),
            ["check.no_owners plan 1 names nobody who answers for its 2 measures"],
        ),
        (
            (
                "1/绿化工程1/建设公园三处，改造绿地。/年底前/区教委、区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            ["check.body_repeated 区教委 is named twice as 主责单位"],
        ),
        (
            (
                "1/绿化工程1/建设公园三处，改造绿地。/年底前/区教委/区教委",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            ["check.two_roles 区教委 has two roles: 主责单位、协办单位"],
        ),
        (
            (
                "1/绿化工程1/建设公园三处，改造绿地。/公园三处和绿地五片以及道路/区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            [],
        ),
        (
            (
                "1/绿化工程1/建设公园三处，改造绿地。//区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            ["check.no_deadline the deadline is blank"],
        ),
        (
            (
                "1/绿化工程1/2022年6月底前建成。/年底前/区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            ["check.deadline_in_text the text names 2022年6月底前, later than the deadline 年底前"],
        ),
        (
            (
                "1/绿化工程1/2020年6月底前建成。/年底前/区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            [],
        ),
        (
            (
                "1/绿化工程1/覆盖率达到90%，覆盖率控制在80%以内。/年底前/区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            ["check.targets_disagree 覆盖率: '达到90%' and '80%以内' exclude each other"],
        ),
        (
            (
                "1/绿化工程1/覆盖率达到90%，覆盖率提高到95%以上。/年底前/区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            [],
        ),
        (
            ("1/绿化工程1//年底前/区教委/---", "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---"),
            ["check.no_text the measure has no text"],
        ),
        (
            (
                "1/绿化工程1/建设公园三处，改造绿地。/年底前/公园/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            [],
        ),
        (
            ("1/绿化工程1/区教委/年底前/区教委/---", "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---"),
            [
                "check.unfinished_text the text does not end a sentence: …区教委",
                "check.odd_length the text has 3 characters",
            ],
        ),
        (
            (
                "1/绿化工程1/建设公园三处，改造绿地。/年底前/建设公园三处，改造绿地五片，新建道路。/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            ["check.odd_column the text of another column may stand in a cell: 改造绿地五片"],
        ),
        (
            (
                "1/绿化工程1/建设公园三处，改造绿地。/2021年6月—5月/区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            [],
        ),
        (
            (
                "1/绿化工程1/建设公园三处，改造绿地。/2025年底前/区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            [],
        ),
        (
            (
                "1/绿化工程1/建设公园三处，改造绿地。/2015年底前/区教委/---",
                "2/绿化工程2/建设公园三处，改造绿地。/年底前/区教委/---",
            ),
            [],
        ),
    ],
)
def test_what_is_odd_in_a_plan_is_said(rows: tuple[str, ...], found: list[str]) -> None:
    assert said(*rows) == found
