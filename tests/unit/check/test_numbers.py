"""Numbers of tasks: what is used again or left out, in one list and in lists below each other."""

from __future__ import annotations

import pytest

import planextract


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        pytest.param(["1.", "2.", "3."], [], id="a list"),
        pytest.param(["1.", "2.", "5."], ["check.number_gap"], id="a gap"),
        pytest.param(["1.", "2.", "3.", "2."], ["check.number_repeated"], id="used again"),
        pytest.param(
            ["（一）", "1.", "2.", "（二）", "1.", "2.", "（三）"], [], id="lists below another one start over"
        ),
        pytest.param(["（一）", "1.", "2.", "（二）", "1.", "3.", "（三）"], ["check.number_gap"], id="a gap below"),
        pytest.param(["（一）", "1.", "（三）", "1."], ["check.number_gap"], id="a gap above"),
    ],
)
def test_numbers(tmp_path, numbers, codes):
    items = "\n".join(f"{number}推进第{place}项工作落地见效。（市财政局牵头）" for place, number in enumerate(numbers))
    path = tmp_path / "plan.txt"
    path.write_text(f"某市2024年行动计划任务分工\n一、重点任务\n{items}\n", encoding="utf-8")
    found = [finding.code for finding in planextract.extract_file(path).findings]
    assert [code for code in found if code.startswith("check.number")] == codes


_NAMES = ("", "植树造林", "养老服务", "雨污分流", "学位供给", "应急演练")


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        pytest.param(["一、经济", "1", "2", "二、民生", "1", "2"], [], id="sections that each count from 1"),
        pytest.param(["一、经济", "1", "2", "2", "二、民生", "3"], ["check.number_repeated"], id="again in a section"),
        pytest.param(["一、经济", "1", "2", "二、民生", "2"], ["check.number_repeated"], id="a section begins with 2"),
        pytest.param(["一、经济", "1", "2", "二、民生", "1", "3"], ["check.number_gap"], id="a gap in a section"),
    ],
)
def test_numbers_of_sections(tmp_path, rows, codes):
    texts = [
        f"{row},,,," if "、" in row else f"{row},{_NAMES[place]},推进第{place}项工作。,区财政局,6月底前"
        for place, row in enumerate(rows)
    ]
    path = tmp_path / "plan.csv"
    path.write_text("序号,重点任务,工作措施,责任单位,完成时限\n" + "\n".join(texts) + "\n", encoding="utf-8")
    found = [finding.code for finding in planextract.extract_file(path).findings]
    assert [code for code in found if code.startswith("check.number")] == codes
