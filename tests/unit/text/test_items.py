"""Lines that begin the next item or field though the line before is full."""

from __future__ import annotations

import pytest

from planextract.text.items import counts_on


@pytest.mark.parametrize(
    ("before", "line", "behind", "found"),
    [
        (["8、整治", "主办单位：市教委；完成时限：持续推进"], "9、全年组织培训", [], True),
        (["二、优化环境", "（一）提升开放"], "三、深化服务", [], True),
        (["**1.**夯实", "参与单位：市教委"], "**2.**加快", [], True),
        (["主办单位：市教委"], "协助单位：市财政局", [], True),
        (["主办单位：市教委"], "市财政局：", [], True),
        (["1、开展检查，新增"], "3、推进改造", [], False),
        (["1、开展检查，新增"], "2.5公里", [], False),
        (["市2023年行动计划"], "一、深化建设", ["完成改造", "二、打造环境"], True),
        (["市2023年行动计划"], "一、深化建设", ["完成改造"], False),
        (["（牵头单位：市教委"], "配合单位：市财政局）", [], False),
        ([], "2、推进改造", [], False),
    ],
)
def test_a_line_that_counts_on_is_the_next_item(before: list[str], line: str, behind: list[str], found: bool) -> None:
    assert counts_on(before, line, behind) is found
