"""Scores of small results where the right figure is plain to see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planextract.score import score_document, summarize
from planextract.score.bootstrap import find_interval
from planextract.score.calibration import calibrate
from planextract.score.rates import Rate

from .results import make_boundary, make_document, make_measure

TRUTH = make_document(
    (
        "扬尘管控",
        [
            make_measure("加强施工工地扬尘管控。", agencies="区住房城乡建设委 区城管执法局"),
            make_measure("加强道路保洁，降低尘土残存量。", agencies="区城市管理委"),
        ],
    ),
    ("餐饮油烟", [make_measure("餐饮企业安装净化设备并定期清洗。", agencies="区生态环境局")]),
    boundaries=(make_boundary(1), make_boundary(2, row="new_task"), make_boundary(3, "separate", None)),
)


def score(found, wanted=TRUTH):
    return summarize([score_document(wanted, found)])


def value(found, name, wanted=TRUTH):
    metric = score(found, wanted).find(name)
    assert metric is not None
    return metric.value


def test_gold_against_itself_is_perfect():
    metrics = {m.name: m.value for m in score(TRUTH).metrics}
    assert all(v == 1 for name, v in metrics.items() if name.endswith(("f1", "accuracy")))
    assert metrics["cer"] == metrics["wrong_link_rate"] == metrics["false_fold_rate"] == 0


def change(task: int, measure: int, **fields):
    plan = TRUTH.plans[0]
    tasks = list(plan.tasks)
    measures = list(tasks[task].measures)
    measures[measure] = replace(measures[measure], **fields)
    tasks[task] = replace(tasks[task], measures=tuple(measures))
    return replace(TRUTH, plans=(replace(plan, tasks=tuple(tasks)),))


def test_one_wrong_character():
    found = change(1, 0, text="餐饮企业安装净化设备并定期清先。")
    assert value(found, "row_f1") == pytest.approx(2 / 3)
    assert value(found, "row_match_f1") == 1
    wrong = [c for d in score(found).documents for c in d.cells if not c.is_right]
    assert [(c.column, c.errors, c.key) for c in wrong] == [("measure", 1, "1/2/1")]


def test_white_space_is_no_error():
    assert value(change(1, 0, text="餐饮企业安装 净化设备并\n定期清洗。"), "row_f1") == 1


def test_a_missing_row_costs_recall_and_an_invented_one_precision():
    plan = TRUTH.plans[0]
    short = replace(plan.tasks[0], measures=plan.tasks[0].measures[:1])
    found = replace(TRUTH, plans=(replace(plan, tasks=(short, plan.tasks[1])),))
    assert (value(found, "row_match_precision"), value(found, "row_match_recall")) == (1, pytest.approx(2 / 3))
    assert (value(TRUTH, "row_match_precision", found), value(TRUTH, "row_match_recall", found)) == (
        pytest.approx(2 / 3),
        1,
    )


def test_a_row_in_the_wrong_task_is_found_there():
    plan = TRUTH.plans[0]
    moved = plan.tasks[0].measures[1]
    tasks = (
        replace(plan.tasks[0], measures=plan.tasks[0].measures[:1]),
        replace(plan.tasks[1], measures=(moved, *plan.tasks[1].measures)),
    )
    assert value(replace(TRUTH, plans=(replace(plan, tasks=tasks),)), "row_match_f1") == 1


def test_a_wrong_link_is_told_from_a_missing_one():
    agencies = TRUTH.plans[0].tasks[1].measures[0].agencies
    wrong = change(1, 0, agencies=(replace(agencies[0], name="市生态环境局"),))
    missing = change(1, 0, agencies=(replace(agencies[0], name=None),))
    assert (value(wrong, "link_accuracy"), value(wrong, "wrong_link_rate"), value(wrong, "unresolved_rate")) == (
        0.75,
        0.25,
        0,
    )
    assert (value(missing, "link_accuracy"), value(missing, "wrong_link_rate"), value(missing, "unresolved_rate")) == (
        0.75,
        0,
        0.25,
    )


def test_page_breaks():
    found = replace(TRUTH, boundaries=(make_boundary(1, row="new_measure"), make_boundary(2), make_boundary(3)))
    assert (value(found, "boundary_join_precision"), value(found, "boundary_join_recall")) == (pytest.approx(2 / 3), 1)
    assert (value(found, "cut_row_precision"), value(found, "cut_row_recall")) == (0, 0)
    assert value(found, "false_fold_rate") == 1  # both new rows were folded


def test_pages_may_count_from_another_page():
    plan = TRUTH.plans[0]
    tasks = tuple(
        replace(t, measures=tuple(replace(m, pages=tuple(p + 1 for p in m.pages)) for m in t.measures))
        for t in plan.tasks
    )
    found = replace(
        TRUTH,
        plans=(replace(plan, tasks=tasks),),
        boundaries=tuple(
            replace(b, page_before=b.page_before + 1, page_after=b.page_after + 1) for b in TRUTH.boundaries
        ),
    )
    assert value(found, "cell_f1") == value(found, "boundary_join_f1") == 1


def test_fill_of_merged_cells():
    wanted = change(0, 1, statuses={"responsible": "inherited"})
    found = change(0, 1, statuses={"responsible": "blank"}, agencies=())
    assert value(wanted, "fill_accuracy", wanted) == 1
    assert value(found, "fill_accuracy", wanted) == 0


def test_strata_keep_rows_apart():
    wanted = change(0, 1, statuses={"responsible": "inherited"})
    strata = dict(score(wanted, wanted).strata)
    assert {"agency cells: merged", "agency cells: own", "row: whole", "header: once"} <= set(strata)
    assert next(m.count for m in strata["agency cells: merged"] if m.name == "row_f1") == 1


def test_the_interval_is_the_same_every_time_and_holds_the_value():
    clusters = [Rate(right=9, wanted=10, found=10)] * 5 + [Rate(right=2, wanted=10, found=9)]
    low, high = find_interval(clusters, "f1")
    assert (low, high) == find_interval(clusters, "f1")
    assert low < sum(r.right for r in clusters) / 60 < high


def test_no_error_seen_does_not_mean_no_error():
    low, high = find_interval([Rate(right=1, wanted=1, found=1)] * 30, "f1")
    assert high == 1
    assert low == pytest.approx(0.025 ** (1 / 30))
    assert find_interval([Rate(right=0, wanted=1)] * 30, "share") == (0, pytest.approx(1 - 0.025 ** (1 / 30)))
    assert find_interval([Rate(right=1, wanted=1)], "f1") is None


def test_calibration():
    made = calibrate([(0.95, True)] * 19 + [(0.95, False)])
    assert made.ece == pytest.approx(0)
    assert made.brier == pytest.approx(0.95 * 0.05)
    assert calibrate([(1.0, False)] * 4).ece == 1
    assert calibrate([]).ece is None
