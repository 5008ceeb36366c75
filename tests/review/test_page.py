"""The whole way of a person in a real browser: look, decide, undo, close, run again, look again."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

import planextract
from planextract.review.page.queue import build_items
from planextract.review.page.workspace import load_workspace

from ..conftest import ROOT, run_cli
from .conftest import KNOWN, UNKNOWN
from .server import serving

PAIRS = ROOT / "tests" / "data" / "progress" / "pairs"

# Ids of repairs are their numbers: a repair more in front moves them.
_MOVING = {"repairs": ["repair_id"]}


@pytest.fixture
def browser(chromium):
    return chromium


def open_page(browser, server, trouble, **options):
    page = browser.new_context(viewport={"width": 1440, "height": 900}, **options).new_page()
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: None if f":{server.port}/" in request.url else trouble.append(request.url))
    page.goto(server.address)
    page.wait_for_selector("#item article, #item .empty")
    return page


def settle(page, what):
    """Do something that swaps the item, and wait for the new one."""
    page.evaluate("document.querySelector('#item').firstElementChild.dataset.old = '1'")
    what()
    page.wait_for_selector("#item > :not([data-old])")


def rows_of(tables, name):
    frame = tables[name].drop(columns=_MOVING.get(name, []))
    return Counter(map(str, frame.values.tolist()))


def changes(before, after, name):
    gone, new = rows_of(before, name), rows_of(after, name)
    return gone - new, new - gone


def test_decide_close_run_again(desk, browser):
    before = planextract.load(desk / "out")
    cells = before["cells"]
    text_cell = cells[(cells["column"] == "measure") & (cells["page"] == 6) & (cells["text"].str.len() > 30)].iloc[0]
    boundary = before["boundaries"][before["boundaries"]["row_decision"] == "new_measure"].iloc[0]
    measures = before["measures"]
    trouble = []
    with serving(desk / "out", desk / "in") as server:
        page = open_page(browser, server, trouble)
        assert page.locator(".entry.current .kind").inner_text() == "Agency", "the most gain comes first"

        # Fix a text cell, found by searching.
        page.keyboard.press("/")
        settle(page, lambda: page.keyboard.type(text_cell["text"][:12]))
        page.keyboard.press("Escape")
        assert (
            page.evaluate(
                "(async () => { const i = document.querySelector('svg image'); const r = await fetch(i.getAttribute('href')); return r.status; })()"
            )
            == 200
        )
        assert page.locator("svg rect.box").count() >= 3
        page.keyboard.press("e")
        area = page.locator(f'.cell[data-cell="{text_cell["cell_id"]}"] textarea')
        fixed = text_cell["text"][:-1] + "！"
        area.fill(fixed)
        settle(page, lambda: page.keyboard.press("Control+Enter"))
        assert page.locator(".cell.edited textarea").input_value() == fixed
        page.fill("#q", "")

        # Join a row that was taken for a measure of its own.
        settle(page, lambda: page.select_option("select[name=severity]", "none"))
        settle(page, lambda: page.select_option("select[name=kind]", "boundary"))
        entry = page.locator(".entry", has_text="A new measure").filter(has_text=f"page {boundary['page_after']}").first
        settle(page, entry.click)
        assert page.locator(".choice.ours").inner_text().split("\n")[1] == "A new measure"
        assert page.locator("figure.strip svg").count() >= 2, "both pages are shown"
        settle(page, lambda: page.keyboard.press("j"))

        # Pick a body: it is found by typing.
        settle(page, lambda: page.select_option("select[name=severity]", "warning"))
        settle(page, lambda: page.select_option("select[name=kind]", "agency"))
        assert page.locator("h2.name").inner_text() == UNKNOWN
        page.fill(".body-search", KNOWN)
        page.wait_for_selector(".found button")
        settle(page, lambda: page.locator(".body-search").press("Enter"))

        # One decision too many, and back.
        settle(page, lambda: page.select_option("select[name=kind]", "inheritance"))
        asked = page.locator(".view").get_attribute("data-item")
        settle(page, lambda: page.keyboard.press("a"))
        settle(page, lambda: page.keyboard.press("u"))
        assert page.locator(".view").get_attribute("data-item") == asked
        assert page.locator(".was").count() == 0
        page.close()
    assert trouble == []

    lines = [json.loads(line) for line in (desk / "out.decisions.jsonl").read_text("utf-8").splitlines()]
    assert [line["kind"] for line in lines] == ["edit_cell", "row", "accept", "undo"]
    names = [json.loads(line) for line in (desk / "names.jsonl").read_text("utf-8").splitlines()]
    assert [(line["form"], line["action"]) for line in names] == [(UNKNOWN, "accept")]
    run_cli(
        "run", str(desk / "in"), "-o", str(desk / "out"), "--agency-decisions", str(desk / "names.jsonl"), check=True
    )
    after = planextract.load(desk / "out")

    gone, new = changes(before, after, "cells")
    assert len(gone) == len(new), "no cell came or went"
    assert after["cells"].set_index("cell_id").loc[text_cell["cell_id"], "text"] == fixed
    assert after["cells"]["text_raw"].tolist() == cells["text_raw"].tolist(), "what was printed stays"
    assert [(a, b) for a, b in zip(cells["text"], after["cells"]["text"], strict=True) if a != b] == [
        (text_cell["text"], fixed)
    ]
    assert len(after["measures"]) == len(measures) - 1
    old, current = set(measures["text"]), set(after["measures"]["text"])
    whole = [text for text in current - old if text != fixed and fixed not in text]
    assert len(whole) == 1, "one joined measure"
    assert len(old - current) == 3, "the edited one, and two that are one now"
    named = after["responsibilities"][after["responsibilities"]["agency_raw"] == UNKNOWN]
    assert len(named) and set(named["agency"]) == {KNOWN}
    assert after["findings"][after["findings"]["code"] == "resolve.unresolved"].empty
    decided = after["repairs"][after["repairs"]["stage"] == "decisions"]
    assert set(decided["rule"]) == {"edit_cell", "decide_row", "pick_agency"}
    assert decided["decision_id"].notna().all()

    with serving(desk / "out", desk / "in") as server:
        page = open_page(browser, server, trouble, locale="zh-CN")
        settle(page, lambda: page.select_option("select[name=severity]", "none"))
        settle(page, lambda: page.select_option("select[name=kind]", "agency"))
        assert page.locator(".entry").count() == 0
        settle(page, lambda: page.select_option("select[name=kind]", "boundary"))
        pages = [re.search(r"\d+", text).group() for text in page.locator(".entry .where").all_inner_texts()]
        assert str(boundary["page_after"]) not in pages
        page.close()
    assert trouble == []


def test_filters_that_leave_nothing_say_so_and_are_cleared(desk, browser):
    trouble = []
    with serving(desk / "out", desk / "in") as server:
        page = open_page(browser, server, trouble)
        settle(page, lambda: page.fill("#q", "没有这样的文字"))
        assert page.inner_text("#item h2") == "Nothing matches these filters."
        assert page.locator("[data-do=document]:visible").count() == 0
        page.evaluate("document.activeElement.blur()")
        for key in ("i", "s", "e", "j", "n", "u"):
            page.keyboard.press(key)
        settle(page, lambda: page.click("[data-do=clear]"))
        page.wait_for_selector("#item article")
        assert page.input_value("#q") == ""
    assert trouble == []


def test_two_tabs_do_not_overwrite_each_other(desk, browser):
    trouble = []
    with serving(desk / "out", desk / "in") as server:
        first, second = (open_page(browser, server, trouble) for _ in range(2))
        settle(first, lambda: first.keyboard.press("g"))
        second.keyboard.press("1")
        second.wait_for_selector("#toast.bad")
        assert "Somebody" in second.locator("#toast").inner_text()
        assert second.locator(".was").count() == 1, "the other tab's decision is shown"
        first.close()
        second.close()
    assert len((desk / "names.jsonl").read_text("utf-8").splitlines()) == 1
    assert not (desk / "out.decisions.jsonl").exists()
    assert [text for text in trouble if "409" not in text] == []


def test_what_stands_in_cells_and_names_is_text(desk, browser, tmp_path):
    attack = '<img src=x onerror="document.title=1"><script>document.title=1</script>{{7*7}}'
    page_text = (
        "序号\t重点任务\t工作措施\t完成时限\t主责单位\t协办单位\n"
        f'1\t任务{attack}\t措施{attack}。\t年底前\t区"><script>alert(1)</script>局\t—\n'
        "2\t任务二\t措施二。\t年底前\t区教委\t—\n"
    )
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "x'><script>alert(1)<.txt").write_text("附件1\n2021年计划\n" + page_text, encoding="utf-8")
    run_cli("run", str(tmp_path / "bad"), "-o", str(tmp_path / "bad-out"), check=True)
    trouble = []
    with serving(tmp_path / "bad-out", tmp_path / "bad") as server:
        page = open_page(browser, server, trouble)
        settle(page, lambda: page.select_option("select[name=severity]", "none"))
        for _ in range(page.locator(".entry").count()):
            assert page.locator("#item script, #queue script, #item img").count() == 0
            if page.locator("body").get_attribute("data-next"):
                settle(page, lambda: page.keyboard.press("ArrowRight"))
        assert page.title() == "Review · planextract"
        page.fill("#q", attack[:90])
        page.wait_for_timeout(400)
        page.reload()
        assert page.title() == "Review · planextract"
        assert "49" not in page.locator("#q").input_value()
        page.close()
    assert trouble == []


def test_a_finding_on_the_whole_document_has_no_place_and_says_so(tmp_path):
    plan = tmp_path / "in" / "plan.txt"
    plan.parent.mkdir()
    plan.write_text(
        "任务分解表\n序号\t工作措施\t完成时限\t责任单位\n1\t修路。\t6月底前\t区教委\n2\t修桥。\t年底前\t区教委\n",
        "utf-8",
    )
    run_cli("run", str(plan.parent), "-o", str(tmp_path / "out"), check=True)
    with serving(tmp_path / "out", plan.parent) as server:
        seen, key = [], ""
        for _ in range(20):
            parts = json.loads(server.ask("GET", f"/view?severity=none&item={key}")[1])
            seen.append(parts["item"])
            key = parts["next"]
            if not key:
                break
    alone = [item for item in seen if "it has no place on a page" in item]
    assert alone
    assert not any("--inputs" in item for item in seen), "the input is there"


def test_a_person_says_that_a_published_report_is_not_on_this_measure(tmp_path, browser):
    plan, report = PAIRS / "prose.plan.txt", PAIRS / "prose.report.txt"
    place, log, trouble = tmp_path / "out", tmp_path / "out.decisions.jsonl", []
    run_cli("run", str(plan), "-o", str(place), check=True)
    run_cli("track", str(place), str(report), check=True)
    run_cli("run", str(plan), "-o", str(place), check=True)
    with serving(place, PAIRS) as server:
        page = open_page(browser, server, trouble, locale="zh-CN")
        key = next(
            i.key
            for i in build_items(load_workspace(place), {}, {})
            if any(d.code == "track.doubtful_link" for d in i.doubts)
        )
        page.goto(f"http://127.0.0.1:{server.port}/?item={key}")
        assert page.locator(".doubts button").all_inner_texts() == ["说的是这一项 Y", "不是这一项 N"]
        settle(page, lambda: page.keyboard.press("n"))
        settle(page, lambda: page.keyboard.press("u"))
        assert page.locator(".view").get_attribute("data-item") == key
        assert page.locator(".was").count() == 0, "undone"
        settle(page, lambda: page.locator(".doubts button", has_text="不是这一项").click())
        page.close()
    assert trouble == []
    assert [json.loads(line)["kind"] for line in log.read_text("utf-8").splitlines()] == ["link", "undo", "link"]
    run_cli("run", str(plan), "-o", str(place), check=True)
    with serving(place, PAIRS) as server:
        page = open_page(browser, server, trouble, locale="zh-CN")
        page.goto(f"http://127.0.0.1:{server.port}/?item={key}&severity=none&state=all")
        page.wait_for_selector(".was")
        assert page.locator(".was").inner_text().split("\n")[0].startswith("已决定 不是这一项 已写入数据表")
        assert page.locator(".doubts button").count() == 0
        settle(page, lambda: page.locator(".was button").click())
        page.close()
    run_cli("run", str(plan), "-o", str(place), check=True)
    findings = planextract.load(place)["findings"]
    assert findings[findings.code == "track.doubtful_link"].decision_id.isna().tolist() == [True], "asked again"
