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
