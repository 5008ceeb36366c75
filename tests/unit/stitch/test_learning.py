"""What the rows of one document teach about its page breaks."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from planextract.api import extract_file
from planextract.model.roles import Role
from planextract.stitch import rates
from planextract.stitch.growing_table import RowChoice
from planextract.stitch.learning import learn_unfinished
from planextract.stitch.rates import measure_rates
from tests.unit.stitch.test_likelihoods import row

HEADER = "序号\t重点任务\t工作措施\t完成时限\t责任单位"


def choice(start: str, score: float, *seen: str) -> RowChoice:
    return RowChoice(start=start, score=score, seen=frozenset(seen))


@pytest.mark.parametrize(
    ("choices", "share"),
    [
        ([], 0.75),
        ([choice("cut_row", 1.0, "text_unfinished")] * 12, 0.938),
        ([choice("cut_row", 1.0, "text_finished")] * 12, 0.188),
        ([choice("new_measure", 0.8, "text_finished")], 0.714),
        ([choice("new_measure", 1.0, "text_finished")] * 9, 0.75),
        ([choice("cut_row", 1.0, "no_measure_text")] * 9, 0.75),
        ([choice("cut_row", 1.0)] * 9, 0.75),
    ],
    ids=["nothing", "inside sentences", "behind sentences", "perhaps a cut", "no cut", "no text", "a person said"],
)
def test_cut_rows_teach_where_this_document_cuts(choices: list[RowChoice], share: float) -> None:
    assert learn_unfinished(choices) == pytest.approx(share, abs=0.001)


def plan(repeats: bool, tail: str) -> str:
    """A plan of two pages whose measures share the deadline and bodies of their task's first one."""
    lines = ["XX区2024年重点任务", "", HEADER]
    for number in range(1, 9):
        for place in range(3):
            head = [str(number), f"推进任务{number}"] if place == 0 or repeats else ["", ""]
            shared = ["年底前", "区教委"] if place == 0 else ["", ""]
            lines.append("\t".join([*head, f"建设公园{number}处，改造{place + 2}所学校。", *shared]))
    head = ["8", "推进任务8"] if repeats else ["", ""]
    return "\n".join([*lines, "", HEADER, "\t".join([*head, tail, "", ""]), ""])


@pytest.mark.parametrize("repeats", [True, False], ids=["numbers again in each row", "numbers once"])
def test_a_whole_row_behind_a_whole_row_is_a_measure_where_rows_share_their_cells(tmp_path, repeats: bool) -> None:
    """The deadline and the bodies are blank in most rows, and together: that they are is no sign of a cut."""
    file = tmp_path / "plan.txt"
    file.write_text(plan(repeats, "开展检查9次，更换管道3公里。"), "utf-8")
    last = extract_file(file).plans[0].tasks[-1]
    assert [measure.text for measure in last.measures][-2:] == [
        "建设公园8处，改造4所学校。",
        "开展检查9次，更换管道3公里。",
    ]


def test_rows_that_print_their_number_again_are_further_measures(monkeypatch) -> None:
    """Rates count them; a row with the next number opens a task and is none."""
    monkeypatch.setattr(rates, "read_facts", lambda shown, _: shown.facts)
    printed = [("1", "年底前", "区教委"), ("1", "", ""), ("1", "", ""), ("2", "", "")]
    rows = [
        SimpleNamespace(kind="data", facts=row("建公园。", task_no=number, deadline=deadline, responsible=owner))
        for number, deadline, owner in printed
    ]
    found = measure_rates([SimpleNamespace(rows=rows, columns=())])
    assert found.blank[Role.DEADLINE] == pytest.approx(2.5 / 4)
    assert found.blank_beside_blank[Role.RESPONSIBLE] == pytest.approx((2 + 2 * 2.5 / 4) / 4)
    assert found.blank_beside_deadline[Role.RESPONSIBLE] == pytest.approx(2.5 / 4)
