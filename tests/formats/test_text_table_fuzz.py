"""A small part of the fuzz cases of tables in plain text; ``python -m tests.formats.text_table_fuzz`` runs more."""

from __future__ import annotations

from tests.formats.text_table_fuzz import check_case, make_case


def test_broken_tables_lose_nothing():
    tables = sum(check_case(make_case(seed)) for seed in range(300))
    assert tables > 50


def test_a_long_text_is_read_in_one_pass():
    row = "{}\n推进供水管网改造，完成12公里。\n年底前\n区教委\n"
    text = "序号\n工作任务\n完成时限\n责任单位\n" + "".join(row.format(number) for number in range(1, 4001))
    assert check_case(text) == 1
