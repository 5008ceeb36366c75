"""What each column of a header is, by its words: one row, two rows, damaged ones, repeated ones."""

from __future__ import annotations

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.label.headers import HeaderMatch, SeenHeader, find_kind, match_damaged_repeat, match_header

WORDS = load_dictionaries().columns


def draw(match: HeaderMatch | None) -> str | None:
    """Columns as ``role[kind]``, private ones with a mark; then the rows if they are two, and doubtful labels."""
    if match is None:
        return None
    found = [f"{c.role}{f'[{c.kind}]' if c.kind else ''}{'!' if c.is_private else ''}" for c in match.columns]
    found += [f"rows={match.row_count}"] if match.row_count > 1 else []
    found += [f"{label}~{wording}" for label, wording in match.damaged]
    found += [f"unknown={label}" for label in match.unknown] + [f"repeated={label}" for label in match.repeated]
    return " ".join(found)


def read(*rows: str) -> str | None:
    return draw(match_header([row.split("|") for row in rows], WORDS))


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("序号|重点任务|工作措施|完成时限|责任单位", "task_no task_name measure deadline responsible"),
        ("序号|任务|完成时限|牵头单位|配合单位|备注", "task_no measure deadline lead support other[note]"),
        ("重点任务|责任单位", "measure responsible"),
        ("任务|措施", "task_name measure"),
        ("重点任务|甲", None),
        ("序号|责任单位", None),
        ("重点任务|总投资", None),
        ("1|重点任务|责任单位", None),
        ("重点任务|责任单位|完成。", None),
        ("|||", None),
        (
            "序号|重点任务|甲|乙|责任单位|丙",
            "task_no measure other other responsible other unknown=甲 unknown=乙 unknown=丙",
        ),
        ("序号|重点任务|甲|乙|丙|丁", None),
        (
            "序号|重点任务|甲|乙|||责任单位|丙",
            "task_no measure other other other other responsible other unknown=甲 unknown=乙 unknown=丙",
        ),
        (
            "序号|重点任务|工作措旋|完成时眼|责任单位",
            "task_no task_name measure deadline responsible 工作措旋~工作措施 完成时眼~完成时限",
        ),
        ("序号|重点任务|工作措施|责任单立|责任单位", "task_no task_name measure other responsible unknown=责任单立"),
        (
            "序号|重点任务|工作措施|完成时限|责任人|联系电话",
            "task_no task_name measure deadline other[person]! other[person]!",
        ),
        ("序号|重点任务|企业责任人（签字）|责任单位", "task_no measure other! responsible unknown=企业责任人（签字）"),
        ("工作内容及要求|牵头单位（部门）：|完成时间（年月）", "measure lead deadline"),
        ("序号|2022年预期目标|责任单位", "task_no measure[goal] responsible"),
        ("序号|指标|完成时限", "task_no measure[indicator] deadline"),
        ("任务名称|指标要求|牵头部门", "task_name measure[goal] lead"),
        ("任务名称|指标|牵头部门", "measure other[indicator] lead"),
        ("任务名称|工作措施|牵头部门", "task_name measure lead"),
        ("考核项目|序号|工作措施|责任单位", "section task_no measure responsible"),
        ("考核项目|工作措施|序号|责任单位", "task_name measure task_no responsible"),
        ("改革任务|改革举措|责任单位", "task_name measure responsible"),
        ("项目|任务|责任单位", "task_name measure responsible"),
        ("项目|重点任务|任务|工作措施", "section section task_name measure"),
        ("工作举措|改革任务|责任单位", "measure other responsible repeated=改革任务"),
        ("序号|任务|主办单位|承办单位", "task_no measure lead responsible"),
        ("序号|任务|主办单位|承办单位|牵头单位", "task_no measure responsible other lead repeated=承办单位"),
        ("序号|任务|责任单位|责任单位", "task_no measure responsible other repeated=责任单位"),
        ("序号|任务|完成时限|完成时间|责任单位", "task_no measure deadline other responsible repeated=完成时间"),
        ("序号|实事内容", "task_no measure"),
        ("实事内容|备注", None),
        ("序号|内容", None),
        ("序号|任务|一季度|二季度|责任单位", "task_no measure other[milestone] other[milestone] responsible"),
        ("序号|任务|全年目标任务|责任单位", "task_no task_name measure responsible"),
        ("序号|任务|2022年全年目标|责任单位", "task_no measure other[goal] responsible"),
        ("序号|任务|一季度目标|全年目标|责任单位", "task_no measure other[milestone] other[goal] responsible"),
        ("序号|指标|目标值|单位|责任单位", "task_no measure[indicator] other[value] other[unit] responsible"),
        ("序号|任务|单位|责任单位", "task_no measure other responsible unknown=单位"),
        ("目标任务|工作进展|存在问题|责任领导", None),
    ],
)
def test_a_header_says_what_its_columns_hold(row: str, found: str | None) -> None:
    assert read(row) == found


@pytest.mark.parametrize(
    ("upper", "lower", "found"),
    [
        (
            "序号|重点任务|责任单位|责任单位|完成时限",
            "序号|重点任务|牵头部门|配合部门|完成时限",
            "task_no measure lead support deadline rows=2",
        ),
        (
            "序号|重点任务|责任单位|责任单位|完成时限",
            "序号|重点任务|牵头郜门|配含部门|完成时限",
            "task_no measure lead support deadline rows=2 牵头郜门~牵头部门 配含部门~配合部门",
        ),
        (
            "序号|重点任务|责任单位|责任单位|完成时限",
            "序号|造林|牵头郜门|配含部门|6月底",
            "task_no measure responsible other deadline repeated=责任单位",
        ),
        (
            "序号|重点任务|责任单位|责任单位|完成时限",
            "序号|重点任务|市林业局、市水利局、市财政局|配含部门|完成时限",
            "task_no measure responsible other deadline repeated=责任单位",
        ),
        (
            "序号|重点任务|责任单位|责任单位|完成时限",
            "序号|重点任务||配含部门|完成时限",
            "task_no measure responsible other deadline repeated=责任单位",
        ),
        ("序号|重点任务|责任单位||完成时限", "||牵头部门|配合部门|", "task_no measure lead support deadline rows=2"),
        ("序号|重点任务|责任单位||完成时限", "||牵头部门||", "task_no measure lead other deadline rows=2"),
        ("序号|重点任务|责任单位||完成时限", "||牵头部门|甲乙|", "task_no measure responsible other deadline"),
        ("序号|重点任务|责任单位||完成时限", "|造林|牵头部门|配合部门|", "task_no measure responsible other deadline"),
        ("序号|重点任务|责任单位|完成时限", "1|造林|市林业局|6月底", "task_no measure responsible deadline"),
        ("任务|责任单位|完成时限", "重点任务|市林业局|6月底", "measure responsible deadline"),
        ("甲|乙|丙", "序号|重点任务|责任单位", None),
        ("2022年任务表|2022年任务表|2022年任务表", "序号|重点任务|责任单位", None),
        ("重点任务|责任单位|责任单位", "重点任务|牵头部门|", "measure lead responsible rows=2"),
    ],
)
def test_a_second_row_may_split_a_label(upper: str, lower: str, found: str | None) -> None:
    assert read(upper, lower) == found


def test_a_row_with_more_than_a_hundred_characters_is_none() -> None:
    assert read(f"重点任务|责任单位|{'长' * 100}") is not None
    assert read(f"重点任务|责任单位|{'长' * 101}") is None
    assert match_header([], WORDS) is None


SEEN = ("序号", "重点任务", "工作措施", "完成时限")


@pytest.mark.parametrize(
    ("row", "is_same_place", "found"),
    [
        ("序号|重点任务|工作措施|完成时限", False, "task_no task_name measure deadline"),
        (
            "序号|重点任务|工作措旋|完成时眼",
            False,
            "task_no task_name measure deadline 工作措旋~工作措施 完成时眼~完成时限",
        ),
        (
            "序号|重点任务|工乍措旋|完成时眼",
            False,
            "task_no task_name measure deadline 工乍措旋~工作措施 完成时眼~完成时限",
        ),
        ("序号|重点任务|工乍惜旋|完成时眼", False, None),
        ("序号|重占任夯|工作措旋|完成时眼", False, None),
        ("序号|重点任务||完成时限", False, "task_no task_name measure deadline ~工作措施"),
        ("序号|重点任务|||", False, None),
        ("序号|重点任务||", False, None),
        ("序号|重点任务|甲乙丙丁|完成时限", False, None),
        ("序号|重点任务|甲乙丙丁|完成时限", True, "task_no task_name measure deadline 甲乙丙丁~工作措施"),
        ("序号|重点任务|甲乙丙丁|乙丙丁戊", True, None),
        ("序号|重点任务|责任单位|完成时限", True, None),
        ("序号|重点任务|备注|完成时限", True, None),
        ("序号|重点任务|完成时限|工作措施", True, None),
        ("序号|重点任务|工作措施一二|完成时限", True, "task_no task_name measure deadline 工作措施一二~工作措施"),
        ("序号|重点任务|工作措施一二三|完成时限", True, None),
        ("序号|重点任务|工作措施3|完成时限", True, None),
        ("序号|重点任务|工作措施", True, None),
    ],
)
def test_a_damaged_header_is_the_last_one_again_where_half_is_equal_and_the_rest_alike(
    row: str, is_same_place: bool, found: str | None
) -> None:
    match = match_header([list(SEEN)], WORDS)
    assert match is not None
    seen = SeenHeader(columns=match.columns, labels=(SEEN,))
    assert draw(match_damaged_repeat([row.split("|")], seen, WORDS, is_same_place=is_same_place)) == found


def test_nothing_repeats_a_header_that_was_not_seen() -> None:
    assert match_damaged_repeat([list(SEEN)], SeenHeader(), WORDS, is_same_place=True) is None


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("备注", "note"),
        ("全年完成情况", "progress"),
        ("一季度", "milestone"),
        ("第一季度目标任务", "milestone"),
        ("1-6月进度", "milestone"),
        ("6月底前目标", "milestone"),
        ("上半年", "milestone"),
        ("6月份", "milestone"),
        ("2022年全年", "milestone"),
        ("及责任人", "person"),
        ("责任人（签字）", "person"),
        ("（单位）", ""),
        ("目标值", "value"),
        ("指标要求", "goal"),
        ("甲", ""),
        ("", ""),
        ("完成情况说明甲", ""),
    ],
)
def test_a_column_without_a_role_holds_a_kind(label: str, kind: str) -> None:
    assert find_kind(label, WORDS) == kind
