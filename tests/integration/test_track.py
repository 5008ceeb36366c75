"""Published reports on a plan's progress: links, states, totals, the page, and the table after the next run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import planextract
from planextract.errors import InputError
from planextract.track.command import track_progress
from planextract.track.page import make_data
from planextract.track.reading import find_period
from planextract.track.words import judge_state, load_words
from tests.lab.progress import FORMS, LinkScore, load_wanted, make_report, score, track

from ..conftest import run_cli

SHORT = (Path(__file__).resolve().parents[1] / "data" / "progress" / "report.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wanted(output):
    return load_wanted(output)


@pytest.mark.parametrize("form", FORMS)
def test_links_states_and_totals_of_a_made_report(form, wanted):
    total = LinkScore()
    total.add(score(wanted, make_report(wanted, form, 3)))
    assert (total.wrong, total.wrong_states, total.totals_missed) == (0, 0, 0)
    assert total.right / (total.right + total.missed) >= 0.95
    assert total.right > 80


def test_what_is_tracked_is_in_the_table_after_the_next_run_and_once_only(output, tmp_path, root):
    place = tmp_path / "output"
    shutil.copytree(output, place)
    report = tmp_path / "完成情况.txt"
    report.write_text(SHORT, encoding="utf-8")
    said = run_cli("track", str(place), str(report), check=True).stdout
    assert "1 of 106 measures told of" in said
    assert "2 in no plan" in said
    assert "3 totals, 0 of them do not hold" in said
    run_cli("track", str(place), str(report), check=True)
    run_cli("run", str(root / "raw"), "-o", str(place), check=True)
    progress = planextract.load(place)["progress"]
    whole = progress[progress.target_seq.isna()]
    assert len(whole) == 1
    row = whole.iloc[0]
    assert (row.status, row.text, str(row.as_of), row.expected_ratio) == (
        "behind",
        "已抽检5组，滞后。",
        "2021-06-30",
        0.5,
    )
    assert row.source_doc_id
    assert row.score > 0.8
    reached = progress[progress.target_seq == 1].iloc[0]
    assert (reached.value, reached.unit, round(reached.ratio, 2)) == (5, "组", 0.42)
    page = (place / "reports" / "fulfilment.html").read_text(encoding="utf-8")
    assert "滞后于序时进度" in page
    assert "相符" in page


def test_two_reports_the_later_one_counts(wanted):
    text = wanted[3].measure.text.replace("\n", "")
    old = track(wanted, f"2021年一季度进展\n1. {text}进展情况：未启动。".encode(), "a.txt")
    new = track(wanted, f"2021年上半年进展\n1. {text}进展情况：已完成。".encode(), "b.txt")
    data = make_data(wanted, [new, old], load_words())
    assert {name: count for name, _, count in data.states} == {"done": 1, "not reported": 105}
    assert len(data.silent) == 105


def test_a_document_that_tells_of_no_progress_is_refused(output, tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("关于召开会议的通知\n各有关单位：\n现将会议有关事项通知如下。\n", encoding="utf-8")
    with pytest.raises(InputError, match="tells of progress"):
        track_progress(str(output), [path], tmp_path, is_trial=True)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("已完成", "done"),
        ("尚未完成", "behind"),
        ("超额完成", "ahead"),
        ("正在推进", "on_schedule"),
        ("未启动", "not_due"),
        ("已取消", "dropped"),
        ("已完成前期，滞后", None),
        ("", None),
        ("已完成招标，正在推进", "on_schedule"),
    ],
)
def test_a_state_is_told_by_words_or_not_at_all(text, state):
    assert judge_state(text, load_words()) == state


@pytest.mark.parametrize(
    ("text", "period", "day"),
    [
        ("2024年1—6月进展", "1—6月", "2024-06-30"),
        ("2021年度全年完成情况", "全年", "2021-12-31"),
        ("2022年三季度", "三季度", "2022-09-30"),
        ("截至2023年10月", "截至2023年10月", "2023-10-31"),
        ("进展情况", "", None),
    ],
)
def test_the_period_of_a_report(text, period, day):
    found, as_of = find_period(text)
    assert found == period
    assert (as_of.isoformat() if as_of else None) == day


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_the_page_fits_three_widths(width, output, tmp_path, wanted, chromium):
    path = tmp_path / "r.xlsx"
    path.write_bytes(make_report(wanted, "xlsx", 1).data)
    summary = track_progress(str(output), [path], tmp_path, is_trial=True)
    page = chromium.new_page(viewport={"width": width, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(summary.page.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#silent tr").count() > 5
    assert errors == []
    page.close()
