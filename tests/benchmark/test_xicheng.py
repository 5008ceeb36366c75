"""The real notice against truth made by hand: every value must be exactly right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .score_gold import compare, compare_targets, load_gold

FOLDER = Path(__file__).parent / "xicheng-2021"


@pytest.fixture(scope="module")
def gold():
    return load_gold(FOLDER)


def test_gold_agrees_with_the_source_character_by_character():
    done = subprocess.run([sys.executable, str(FOLDER / "check_gold.py")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_value_is_right(extraction, gold):
    assert list(compare(extraction, gold[0])) == []


def test_every_target_is_right(extraction, gold):
    assert list(compare_targets(extraction, gold[1])) == []


def test_totals(extraction):
    tasks = [task for plan in extraction.plans for task in plan.tasks]
    assert len(extraction.plans) == 3
    assert len(tasks) == 61
    assert [sum(len(t.measures) for t in plan.tasks) for plan in extraction.plans] == [58, 27, 21]


@pytest.mark.parametrize(
    ("task_no", "seq", "pages"), [(3, 1, (1, 2)), (11, 2, (4, 5)), (11, 4, (5, 6)), (26, 3, (12, 13))]
)
def test_rows_cut_by_a_page_are_whole(extraction, task_no, seq, pages):
    task = next(t for t in extraction.plans[0].tasks if t.task_no == task_no)
    assert task.measures[seq - 1].pages == pages


def test_the_repaired_variants_show_their_reason(extraction):
    repaired = {
        item.raw_text: (item.match.entry.name, item.match.reason.partition(":")[0])
        for plan in extraction.plans
        for task in plan.tasks
        for measure in task.measures
        for item in measure.responsibilities
        if item.match.kind == "rule" and item.match.entry
    }
    assert repaired == {
        "区住房城市建设委": ("区住房城乡建设委", "near_core"),
        "区城管管理委": ("区城市管理委", "near_core"),
        "区科技和信息化局": ("区科学技术和信息化局", "abbreviation"),
    }
