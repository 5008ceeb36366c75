"""Published reports on a plan's progress: links, states, totals, the page, and the table after the next run."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml

import planextract
from planextract.correct.progress import LinkVerdicts
from planextract.decisions import append_decisions, log_path
from planextract.errors import InputError
from planextract.model.decision import Decision
from planextract.read import read_document
from planextract.review.page.actions import Request, make_decisions
from planextract.review.page.queue import build_items
from planextract.review.page.workspace import load_workspace
from planextract.settings import ReadSettings
from planextract.track.command import _make_index, track_progress, track_source
from planextract.track.page import make_data
from planextract.track.reading import find_period
from planextract.track.words import judge_state, load_words
from tests.lab.progress import FORMS, LinkScore, load_wanted, make_report, score, track

from ..conftest import run_quickly

PAIRS = Path(__file__).resolve().parents[1] / "data" / "progress" / "pairs"
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


@dataclass(slots=True)
class PairScore:
    """Links of a pair: right and wrong measures, missed ones, wrong states; the totals as printed and counted."""

    right: int
    wrong: int
    missed: list[str]
    wrong_states: list[tuple[str, str | None]]
    totals: dict[str, tuple[int, int]]


def score_pair(name: str, folder: Path) -> PairScore:
    """Run a plan, track its report, compare with what was read by hand."""
    plan, report = next(PAIRS.glob(f"{name}.plan.*")), next(PAIRS.glob(f"{name}.report.*"))
    truth = yaml.safe_load((PAIRS / f"{name}.truth.yaml").read_text(encoding="utf-8"))
    run_quickly("run", str(plan), "-o", str(folder), check=True)
    wanted, words = load_wanted(folder), load_words()
    indexes = {entry.document.doc_id: _make_index(entry.document) for entry in wanted}
    source = read_document(report.read_bytes(), report.name, ReadSettings())
    tracked = track_source(source, wanted, indexes, words)
    items = {item["measure"]: item for item in truth["items"] if item["measure"]}
    found = {wanted[link.measure].measure.measure_id.partition("/")[2]: item for link, item in tracked.links}
    texts = {entry.measure.measure_id.partition("/")[2]: entry.measure.text[:4] for entry in wanted}
    right = [key for key, item in found.items() if key in items and any(texts[key] in text for text in item.texts)]
    states = [(key, judge_state(found[key].status or found[key].progress, words)) for key in right]
    return PairScore(
        right=len(right),
        wrong=len(found) - len(right),
        missed=sorted(set(items) - set(found)),
        wrong_states=[(key, state) for key, state in states if state != items[key]["state"]],
        totals={total.state: (total.printed, total.counted) for total in tracked.totals},
    )


def test_five_plans_and_what_became_of_them(tmp_path):
    names = sorted(path.name.partition(".")[0] for path in PAIRS.glob("*.truth.yaml"))
    assert len(names) == 5
    scores = {name: score_pair(name, tmp_path / name) for name in names}
    right = sum(one.right for one in scores.values())
    missed = sum(len(one.missed) for one in scores.values())
    assert [one.wrong for one in scores.values()] == [0] * 5
    assert right / (right + missed) >= 0.95
    assert [one.wrong_states for one in scores.values()] == [[]] * 5
    for name, found in scores.items():
        truth = yaml.safe_load((PAIRS / f"{name}.truth.yaml").read_text(encoding="utf-8"))
        assert found.totals == {state: (number, number) for state, number in truth["totals"].items()}


def test_what_is_tracked_is_in_the_table_after_the_next_run_and_once_only(output, tmp_path, root):
    place = tmp_path / "output"
    shutil.copytree(output, place)
    report = tmp_path / "完成情况.txt"
    report.write_text(SHORT, encoding="utf-8")
    said = run_quickly("track", str(place), str(report), check=True).stdout
    assert "1 of 106 measures told of" in said
    assert "2 in no plan" in said
    assert "3 totals, 0 of them do not hold" in said
    run_quickly("track", str(place), str(report), check=True)
    run_quickly("run", str(root / "raw"), "-o", str(place), check=True)
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


@pytest.fixture
def doubtful(tmp_path):
    """A plan with a report of which one link is in doubt: a run, and the item of the review page that asks."""
    place = tmp_path / "output"
    run_quickly("run", str(PAIRS / "prose.plan.txt"), "-o", str(place), check=True)
    assert "1 doubtful" in run_quickly("track", str(place), str(PAIRS / "prose.report.txt"), check=True).stdout
    run_quickly("run", str(PAIRS / "prose.plan.txt"), "-o", str(place), check=True)
    workspace = load_workspace(place)
    items = build_items(workspace, {}, {})
    item = next(i for i in items if any(doubt.code == "track.doubtful_link" for doubt in i.doubts))
    return place, workspace, item


def decide_link(doubtful, action, choice=""):
    place, workspace, item = doubtful
    key = next(doubt.key for doubt in item.doubts if doubt.code == "track.doubtful_link")
    request = Request(action=action, key=item.key, cell_id=key, choice=choice)
    made = make_decisions(request, item, workspace.documents[item.doc_id], workspace)
    written = append_decisions(log_path(place), made)
    run_quickly("run", str(PAIRS / "prose.plan.txt"), "-o", str(place), check=True)
    tables = planextract.load(place)
    asked = tables["findings"][tables["findings"].code == "track.doubtful_link"]
    assert list(asked.measure_id) == [item.measure_id]
    assert list(asked.decision_id) == [written[0].decision_id], "the finding stays, with the decision that settled it"
    return tables["progress"][tables["progress"].measure_id == item.measure_id]


@pytest.mark.parametrize(("action", "choice"), [("accept", ""), ("link", "same")])
def test_a_doubtful_link_that_a_person_confirms_is_taken(action, choice, doubtful):
    rows = decide_link(doubtful, action, choice)
    assert list(rows.iloc[0].reasons)[-1] == "accepted"
    again = run_quickly("track", str(doubtful[0]), str(PAIRS / "prose.report.txt"), "--dry-run", check=True).stdout
    assert "0 doubtful" in again


def test_a_doubtful_link_that_a_person_refuses_is_never_taken_nor_asked_again(doubtful):
    place, _, item = doubtful
    assert decide_link(doubtful, "link", "other").empty
    page = place / "reports" / "fulfilment.html"
    assert "Doubtful links" in page.read_text(encoding="utf-8")
    assert "0 doubtful" in run_quickly("track", str(place), str(PAIRS / "prose.report.txt"), check=True).stdout
    assert "Doubtful links" not in page.read_text(encoding="utf-8")
    run_quickly("run", str(PAIRS / "prose.plan.txt"), "-o", str(place), check=True)
    tables = planextract.load(place)
    assert item.measure_id not in set(tables["progress"].measure_id)
    assert "decisions.stale" not in set(tables["findings"].code)


def test_a_refusal_holds_where_the_link_is_sure_by_now_and_is_told_where_no_report_says_so(output, wanted):
    entry = wanted[3]
    report = track(wanted, f"2021年上半年进展\n1. {entry.measure.text}进展情况：已完成。".encode(), "a.txt").reports[0]
    assert not report.is_doubtful
    refused = Decision(
        decision_id="d1",
        at="2026",
        kind="link",
        anchor=report.anchor,
        decision="other",
        shown=f"b.txt: “{report.said}”",
    )
    verdicts = LinkVerdicts(_make_index(entry.document), [refused])
    assert [d.decision_id for d in verdicts.list_unused()] == ["d1"]
    assert verdicts.find(replace(report, text="推进中")) is None
    assert verdicts.find(replace(report, source_doc_id="")) is None, "what people report on a row is theirs"
    assert verdicts.find(report) == refused
    assert not verdicts.list_unused()


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
        ("已完成前期，滞后", "behind"),
        ("已完成80%", None),
        ("完成率100%", "done"),
        ("预计年底完成", None),
        ("已完成招标", None),
        ("正在推进，预计年底完成", "on_schedule"),
        ("已完成改造12个，超额完成年度任务", "ahead"),
        ("全年任务已完成", "done"),
        ("滞后，但已完成", None),
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
