"""The pages in a real browser: silent, offline, usable; hostile text stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from planextract.report.commands import write_change_report, write_quality_report, write_score_report, write_year_report
from planextract.report.evidence import EvidenceMaker
from planextract.report.page import escape_markdown, render_html
from planextract.report.quality import gather_facts
from planextract.report.quality_page import build_quality_report
from planextract.write.read_back import iterate_results

from .conftest import GOLD, commit

PAGES = ("quality", "score", "diff", "compare")


@pytest.fixture(scope="session")
def pages(tmp_path_factory, text_output, second_output, pdf_output, notice_pdf) -> dict[str, Path]:
    """All four reports: the PDF with its page crops, and the second year, which differs in much."""
    folder = tmp_path_factory.mktemp("reports")
    return {
        "quality": write_quality_report(pdf_output, folder, [notice_pdf], 40).page,
        "score": write_score_report(second_output, GOLD, folder, None, []).page,
        "diff": write_change_report(text_output, second_output, folder, ["removed"], None, None, []).page,
        "compare": write_year_report(text_output, second_output, folder, []).page,
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_are_silent_load_nothing_and_fit_their_width(browser, pages, scheme, width):
    from .browser import Watched

    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 844}, offline=True)
    watched = Watched(context.new_page())
    for path in pages.values():
        watched.open(path)
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
        background = watched.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, re.findall(r"\d+", background)[:3])) < 200) is (scheme == "dark")
    context.close()
    assert watched.noise == []


@pytest.mark.parametrize("name", PAGES)
def test_reports_are_read_in_chinese_switched_in_place_and_remembered(browser, pages, name):
    """English is left only where a document, a code or a command stands: never in what the program says."""
    from .browser import Watched

    context = browser.new_context(locale="zh-CN")
    watched = Watched(context.new_page())
    watched.open(pages[name])
    page = watched.page
    headings = page.locator("h1, h2, th, nav a, .tiles .label, .verdict").all_inner_texts()
    allowed = re.compile(r"planextract|TEDS|GriTS|F1|ECE|Brier|Top|Con|Struct|diff|text|output|second|notice|pytest")
    english = [text for text in headings if re.search(r"[A-Za-z]{3,}", allowed.sub("", text))]
    assert english == []
    title = page.locator("h1").inner_text()
    page.locator("button.language").click()
    assert page.locator("h1").inner_text() != title
    page.reload()
    assert page.locator("button.language").inner_text() == "中文"
    context.close()
    assert watched.noise == []


def visible(page) -> int:
    return page.locator("[data-list] .item:not([hidden])").count()


def test_filters_search_and_clear(watched, pages):
    page = watched.page
    watched.open(pages["diff"])
    changes = page.locator("#changes")
    everything = visible(page)
    changes.locator("select[name=kind]").select_option("removed")
    removed = visible(page)
    assert 0 < removed < everything
    assert changes.locator(".shown").inner_text() == f"{removed} of {everything} shown"
    assert all("removed" in text for text in page.locator(".item:not([hidden]) .kind").all_inner_texts())
    changes.locator("input[type=search]").fill("终期评估")
    assert visible(page) == 1
    changes.locator("input[type=search]").fill("没有这样的话")
    assert visible(page) == 0
    assert changes.locator(".empty").is_visible()
    changes.get_by_role("button", name="Clear").click()
    assert visible(page) == everything
    assert watched.noise == []


def test_what_was_kept_is_hidden_at_first(watched, pages):
    watched.open(pages["compare"])
    kinds = watched.page.locator(".item:not([hidden]) .kind").all_inner_texts()
    assert {"new", "dropped", "split", "merged", "reworded"} <= set(kinds)
    shown = visible(watched.page)
    watched.page.locator("select[name=state]").select_option("")
    assert visible(watched.page) > shown + 80


def test_a_deep_link_shows_its_row_even_if_a_filter_hides_it(watched, pages):
    page = watched.page
    watched.open(pages["diff"])
    target = page.locator(".item").nth(30).get_attribute("id")
    watched.open(pages["diff"], f"#{target}")
    assert page.locator(f"#{target}").evaluate("item => item.classList.contains('target')")
    assert page.locator(f"#{target}").evaluate(
        "item => { const box = item.getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight }"
    )
    page.locator("#changes input[type=search]").fill("没有这样的话")
    assert page.locator(f"#{target}").is_hidden()
    page.evaluate("location.hash = ''")
    page.evaluate(f"location.hash = '#{target}'")
    page.wait_for_function(f"!document.getElementById('{target}').hidden")


def test_links_lead_to_rows(watched, pages):
    page = watched.page
    watched.open(pages["compare"])
    for link in page.locator("#deadlines a, #targets a, #bodies a").all():
        assert page.locator(link.get_attribute("href")).count() == 1
    for path in pages.values():
        watched.open(path)
        ids = page.evaluate("Array.from(document.querySelectorAll('[id]'), item => item.id)")
        assert len(ids) == len(set(ids))
        anchors = page.evaluate(
            "Array.from(document.querySelectorAll('nav a'), link => link.getAttribute('href').slice(1))"
        )
        assert set(anchors) <= set(ids)


def test_the_theme_button_turns_and_sorting_sorts(watched, pages):
    page = watched.page
    watched.open(pages["quality"])
    button = page.locator(".theme")
    button.click()
    button.click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    scores = "Array.from(document.querySelectorAll('#breaks tbody tr'), row => parseFloat(row.cells[3].dataset.value))"
    page.locator("#breaks th[data-sort]").click()
    values = page.evaluate(scores)
    assert values == sorted(values, reverse=True)
    assert watched.noise == []


def test_page_crops_show_the_cell(watched, pages):
    watched.open(pages["quality"])
    pictures = watched.page.locator(".strip img")
    assert pictures.count() >= 5
    sizes = watched.page.evaluate(
        "Promise.all(Array.from(document.querySelectorAll('.strip img'), i => i.decode().then(() => [i.naturalWidth, i.naturalHeight])))"
    )
    assert all(width > 200 and 15 < height < 500 for width, height in sizes)
    assert pages["quality"].stat().st_size < 2_000_000


def test_it_prints(watched, pages):
    watched.open(pages["compare"])
    watched.page.emulate_media(media="print", color_scheme="dark")
    assert watched.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert watched.page.locator(".bar").is_hidden()
    assert watched.page.pdf(format="A4").startswith(b"%PDF")


EVIL = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(3)",
    "</script><svg onload=alert(4)>",
    "<a href=javascript:alert(5)>区财政局</a>",
    "${7*7}`|[x](javascript:alert(6))",
    "&lt;b&gt;",
    "=HYPERLINK(1)",
)


def make_evil_plan(extra: str) -> str:
    rows = "\n".join(
        f"{number}\t任务{text}\t措施{text}推进政务数据共享{extra}。\t{text}年底前\t区财政局 {text.replace(' ', '')}\t---"
        for number, text in enumerate(EVIL, start=1)
    )
    header = "序号\t重点任务\t工作措施\t完成时限\t主责单位\t协办单位"
    return f"北京市西城区{EVIL[0]}{EVIL[1]}2021年行动计划\n\n{header}\n{rows}\n"


def test_hostile_documents_are_text(watched, tmp_path):
    name = 'a"><img src=x onerror=alert(7)>{{7*7}}<script>alert(8)<_script>.txt'
    folders = []
    for label, extra in (("old", ""), ("new", "并<b onclick=alert(9)>")):
        source = tmp_path / label / name
        source.parent.mkdir()
        source.write_text(make_evil_plan(extra), encoding="utf-8")
        folders.append(commit(tmp_path / f"out-{label}", source))
    old, new = folders
    paths = [
        write_quality_report(new, tmp_path, [], 50).page,
        write_score_report(new, old, tmp_path, None, []).page,
        write_change_report(old, new, tmp_path, ["any"], None, None, []).page,
        write_year_report(old, new, tmp_path, []).page,
    ]
    for path in paths:
        watched.open(path)
        text = watched.page.evaluate("document.body.textContent")
        assert "<script>alert(1)</script>" in text
        assert "{{ 7*7 }}" in text or "{{7*7}}" in text
        for selector in (
            "main script",
            "svg[onload]",
            "img[src=x]",
            "b",
            "a[href^=javascript]",
            "[onclick]",
            "[onerror]",
        ):
            found = watched.page.locator(selector)
            if selector == "b":
                found = found.filter(has_not_text=re.compile(r"^[\d\u202f.%<> –]+$"))
            assert found.count() == 0, (path.name, selector)
    assert watched.noise == []
    markdown = (tmp_path / "diff.md").read_text("utf-8")
    assert "<script" not in markdown
    assert "<img" not in markdown


@pytest.mark.parametrize("text", EVIL)
def test_markdown_cells_are_text(text):
    shown = str(escape_markdown(f"a\n{text}"))
    assert "<" not in shown
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)[|`\[\]]", shown)


def test_a_report_over_500_documents_stays_small(watched, text_output, tmp_path):
    """Its time is measured by tests/benchmark/report_size.py."""
    (document,) = iterate_results(text_output)
    many = (replace(document, doc_id=f"{number:016x}", source_path=f"plans/{number}.txt") for number in range(500))
    facts = gather_facts(many, [], 60)
    page = render_html("quality.html", build_quality_report(facts, EvidenceMaker([]), {}, "Quality of a run"))
    path = tmp_path / "quality.html"
    path.write_text(page, encoding="utf-8")
    assert path.stat().st_size < 20_000_000
    watched.open(path)
    assert watched.page.locator("#documents tbody tr").count() == 500
    assert watched.noise == []
