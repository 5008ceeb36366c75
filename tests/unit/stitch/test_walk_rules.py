"""What the walk makes of a row before anything is weighed: exact rows, new tasks with their scores, rows that print nothing."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from planextract.stitch import walk
from planextract.stitch.open_edges import count_blank, find_habit
from planextract.stitch.row_facts import TaskKey
from tests.unit.stitch.test_likelihoods import row

TASK = TaskKey(task_no=4, name="餐饮油烟治理")


def cells(*confidences: float | None) -> SimpleNamespace:
    return SimpleNamespace(cells=[None if c is None else SimpleNamespace(confidence=c) for c in confidences])


@pytest.mark.parametrize(
    ("own_rows", "open_columns", "is_last", "row_cells", "is_exact"),
    [
        (False, ((), ()), False, cells(1.0, None), True),
        (False, ((), ()), False, cells(1.0, 0.99), False),
        (False, ((), ()), True, cells(1.0), False),
        (False, None, False, cells(1.0), False),
        (True, None, True, cells(1.0), True),
        (True, None, False, cells(0.5), False),
    ],
    ids=[
        "drawn rules",
        "a doubtful cell",
        "the last row of a page",
        "no rules seen",
        "rows of its own",
        "rows of its own, doubtful",
    ],
)
def test_a_row_is_exact_where_it_is_whole_and_read_without_a_doubt(
    own_rows: bool, open_columns: object, is_last: bool, row_cells: SimpleNamespace, is_exact: bool
) -> None:
    rows = [cells(1.0), row_cells] if is_last else [row_cells, cells(1.0)]
    fragment = SimpleNamespace(has_own_rows=own_rows, open_columns=open_columns, rows=rows)
    assert walk._is_exact(fragment, row_cells) is is_exact


def new_task(
    number: str, *, task: TaskKey | None = TASK, before: str = "建公园。", unfinished: float = 0.0
) -> tuple[str, float, str]:
    """Choose what a row with a number is behind a row of a task; ``unfinished`` is how often the document's rows end so."""
    work = SimpleNamespace(rates=SimpleNamespace(unfinished=unfinished), settings=SimpleNamespace(review_score=0.8))
    table = SimpleNamespace(task=task, before=row(before) if before else None, follows_section=False)
    facts = row("修路。", task_no=number, task_name="道路")
    choice = walk._choose_new_task(work, table, facts, None, is_exact=False)
    return choice.start, round(choice.score, 3), choice.reasons[0]


@pytest.mark.parametrize(
    ("number", "given", "score", "reason"),
    [
        ("5", {}, 0.995, "task_no_next: 4 → 5"),
        ("7", {}, 0.95, "task_no_other: 4 → 7"),
        ("5", {"task": None}, 0.95, "opens_task"),
        ("5", {"task": TaskKey(task_no=None, name="绿化")}, 0.95, "opens_task"),
        ("5", {"before": ""}, 0.995, "task_no_next: 4 → 5"),
        ("5", {"before": "组织工业企业、"}, 0.845, "task_no_next: 4 → 5; text_unfinished"),
        ("7", {"before": "组织工业企业、"}, 0.8, "task_no_other: 4 → 7; text_unfinished"),
        ("5", {"before": "组织工业企业、", "unfinished": 0.19}, 0.845, "task_no_next: 4 → 5; text_unfinished"),
        ("5", {"before": "组织工业企业、", "unfinished": 0.2}, 0.995, "task_no_next: 4 → 5"),
    ],
)
def test_a_new_task_is_surer_by_the_next_number_and_less_sure_behind_an_unfinished_text(
    number: str, given: dict, score: float, reason: str
) -> None:
    assert new_task(number, **given) == ("new_task", score, reason)


def test_the_first_row_of_a_table_is_a_measure() -> None:
    table = SimpleNamespace(task=TASK, before=None, follows_section=False)
    choice = walk._choose_row(SimpleNamespace(words=None), table, row("修路。"), None, is_exact=False)
    assert (choice.start, choice.score, choice.reasons) == ("new_measure", 0.9, ("first_row",))


@pytest.mark.parametrize(
    ("bottoms", "habit"),
    [
        ([[True], [True], [False]], "open"),
        ([[True], [False], [False]], "both"),
        ([[False], [False], [True]], "closed"),
        ([[False, True], None, [False]], "open"),
        ([], "closed"),
    ],
)
def test_a_producer_leaves_cells_open_on_all_pages_but_the_last_or_never(bottoms: list, habit: str) -> None:
    fragments = [SimpleNamespace(open_columns=None if bottom is None else ((), tuple(bottom))) for bottom in bottoms]
    assert find_habit(fragments) == habit


def test_rows_at_the_top_that_print_nothing_are_counted_unless_all_do() -> None:
    def printed(*texts: str, kind: str = "data") -> SimpleNamespace:
        found = [SimpleNamespace(cell_id=str(at), raw_text=text, row=0) for at, text in enumerate(texts)]
        return SimpleNamespace(kind=kind, cells=found, row=0)

    def count(*rows: SimpleNamespace) -> int:
        return count_blank(SimpleNamespace(rows=list(rows)))

    full, blank = printed("", "甲"), printed("", " ")
    assert [count(full), count(blank, full), count(blank, blank, full), count(blank, blank)] == [0, 1, 2, 0]
    assert count(printed("", kind="section"), full) == 0
