"""The reading page in a real browser, and explanations in the terminal."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from planextract.model.finding_kinds import FINDING_KINDS
from planextract.report.view.command import explain_row, write_view
from planextract.report.view.data import Pool, group_document, pack_document
from planextract.report.view.explain import explain_measure, say_fact
from planextract.report.view.page_words import PAGE_WORDS
from planextract.wording.sentences import SENTENCES, STEPS
from planextract.wording.words import EVIDENCE, SIGNS_ZH
from planextract.write.read_back import iterate_rows
from tests.conftest import ROOT, run_cli

from .conftest import commit


@pytest.fixture(scope="session")
def page(tmp_path_factory, pdf_output, notice_pdf):
    path = tmp_path_factory.mktemp("view") / "plan.html"
    made = write_view(pdf_output, path, [notice_pdf], max_picture_bytes=1_000_000)
    assert made.measures == 106
    return path


def open_page(watched, path, fragment=""):
    watched.open(path, fragment)
    watched.page.wait_for_selector("body[data-ready='1']")


def rows_shown(watched) -> int:
    return watched.page.locator("tr.row").count()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_silent_and_fits_its_width(browser, page, width):
    from .browser import Watched

    context = browser.new_context(viewport={"width": width, "height": 844}, offline=True)
    watched = Watched(context.new_page())
    for fragment in ("", "#tab=bodies", "#tab=calendar", "#review=1"):
        open_page(watched, page, fragment)
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert watched.noise == []


@pytest.mark.parametrize("width", [390, 1280])
def test_all_rows_are_printed_as_a_table_however_wide_the_window_is(browser, page, width):
    import pypdfium2

    from .browser import Watched

    context = browser.new_context(viewport={"width": width, "height": 844}, offline=True)
    watched = Watched(context.new_page())
    open_page(watched, page)
    assert rows_shown(watched) < 106
    printed = pypdfium2.PdfDocument(watched.page.pdf(format="A4", prefer_css_page_size=True))
    assert rows_shown(watched) == 106
    text = "".join(sheet.get_textpage().get_text_range() for sheet in printed)
    assert text.count("2021-12-31") == watched.page.inner_text(".list").count("2021-12-31")
    assert printed[0].get_width() > printed[0].get_height()
    watched.page.emulate_media(media="print")
    widths = watched.page.evaluate(
        "[...document.querySelector('.plan thead tr').cells].map((cell) => cell.offsetWidth)"
    )
    assert width < 600 or widths[2] > 1.8 * widths[1], "the measure has the room that the table leaves"
    context.close()


def test_filters_bodies_calendar_and_back(watched, page, pdf_output):
    open_page(watched, page)
    assert rows_shown(watched) >= 16  # the rest is drawn when it comes near
    watched.page.locator("input[name=review]").check()
    assert rows_shown(watched) == sum(m["needs_review"] for rows in iterate_rows(pdf_output) for m in rows["measures"])
    watched.page.go_back()
    expect(watched.page.locator(".count")).to_contain_text("106 of 106")
    watched.page.locator("input[name=q]").fill("扬尘 工地")
    expect(watched.page.locator("tr.row")).not_to_have_count(106)
    assert rows_shown(watched) > 0
    watched.page.locator(".filters button").click()
    watched.page.get_by_role("tab", name=PAGE_WORDS["tab_bodies"][0]).click()
    watched.page.get_by_role("button", name="区生态环境局").first.click()
    assert all("区生态环境局" in text for text in watched.page.locator("tr.row").all_inner_texts())
    watched.page.get_by_role("tab", name=PAGE_WORDS["tab_calendar"][0]).click()
    assert watched.page.locator("section.month").count() > 3


def test_a_row_explains_itself_in_both_languages_and_shows_its_page(watched, page, pdf_output):
    measure_id = next(
        m["measure_id"] for rows in iterate_rows(pdf_output) for m in rows["measures"] if m["needs_review"]
    )
    open_page(watched, page, f"#m={measure_id}".replace("/", "%2F"))
    assert watched.page.locator("tr.detail").count() == 1
    assert watched.page.locator("tr.detail img").count() >= 1
    english = watched.page.locator("tr.detail").inner_text()
    assert "This row is right with probability" in english
    watched.page.locator("button.language").click()
    assert "本行全部正确的概率" in watched.page.locator("tr.detail").inner_text()


def test_the_page_shows_names_as_printed(watched, page):
    open_page(watched, page, "#q=区住房城市建设委")
    shown = "\n".join(watched.page.locator("tr.row").all_inner_texts())
    assert "区住房城市建设委" in shown  # the dictionary's name is 区住房城乡建设委


def test_hostile_text_stays_text(watched, tmp_path):
    plan = tmp_path / "plan.txt"
    plan.write_text(
        "附件1\n<script>alert(1)</script>2021年行动计划\n序号\t重点任务\t工作措施\t完成时限\t责任单位\n"
        "1\t</script><img src=x onerror=alert(2)>\t<svg onload=alert(3)>完成10项。\t年底前\t区<i>教委\n",
        encoding="utf-8",
    )
    path = tmp_path / "view.html"
    write_view(commit(tmp_path / "out", plan), path, [], max_picture_bytes=0)
    open_page(watched, path)
    assert watched.noise == []
    assert "<svg onload=alert(3)>" in watched.page.locator("tr.row").inner_text()
    assert watched.page.locator("tr.row svg, tr.row i, tr.row img").count() == 0


def test_the_packed_rows_hold_every_measure_and_text(text_output):
    for rows in iterate_rows(text_output):
        packed = pack_document(rows, group_document(rows), pool := Pool())
        shown = [m for plan in packed["plans"] for task in plan["tasks"] for m in task["ms"]]
        assert [m["t"] for m in shown] == [m["text"] for m in rows["measures"]]
        assert json.loads(json.dumps(pool.values)) == pool.values
        bodies = [pool.values[body[1]] for m in shown for body in m.get("r", ())]
        assert bodies == [r["agency_label"] for r in rows["responsibilities"]]


def test_a_cut_row_tells_where_it_was_joined_and_why(text_output):
    text, steps = explain_row(text_output, "1/3/1", "zh")
    said = dict(steps)
    assert "溯源" in text or text
    assert "上一页末行的续行" in said["跨页"]
    assert "依据" in said["跨页"]


def test_every_sentence_can_be_said_in_both_languages(text_output, second_output):
    for output in (text_output, second_output):
        for rows in iterate_rows(output):
            for own in group_document(rows).values():
                for fact in explain_measure(own):
                    assert fact.step in STEPS
                    for language in ("en", "zh"):
                        assert say_fact(fact, language)


def test_the_catalogues_are_whole():
    for english, chinese in (*SENTENCES.values(), *STEPS.values()):
        assert set(re.findall(r"\{\d\}", english)) == set(re.findall(r"\{\d\}", chinese))
    signs = (ROOT / "dictionaries" / "confidence.yaml").read_text(encoding="utf-8").partition("values:")[0]
    words = re.findall(r"^  [a-z_]+: (.+)$", signs.partition("words:")[2], re.M)
    assert set(words) == set(SIGNS_ZH)
    assert all(kind.chinese for kind in FINDING_KINDS.values())


def test_every_evidence_of_a_page_break_has_words():
    used = set()
    for path in (ROOT / "src" / "planextract" / "stitch").glob("*.py"):
        used |= set(re.findall(r"Evidence\(\s*(?:name=)?\"([a-z_]+)\"", path.read_text(encoding="utf-8")))
    assert used <= set(EVIDENCE)


def test_explain_wants_one_row(text_output):
    run = run_cli("explain", str(text_output), "9/9/9")
    assert run.returncode == 2
    assert "no measure has this id" in run.stderr
    run = run_cli("explain", str(text_output), "1/3/1", "--lang", "zh")
    assert run.returncode == 0
    assert "把握" in run.stdout


def test_view_writes_into_the_reports_of_the_output(tmp_path):
    output = commit(tmp_path / "out", ROOT / "raw" / "xicheng-2021-action-plan.txt")
    run = run_cli("view", str(output))
    assert run.returncode == 0, run.stderr
    assert "106 measures" in run.stdout
    assert (output / "reports" / "plan.html").stat().st_size < 400_000
