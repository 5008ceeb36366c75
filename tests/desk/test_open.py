"""From an empty folder to a corrected ledger in a real browser: nothing is typed into a terminal."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

import planextract
from tests.conftest import ROOT

from .conftest import opening

RUN_MS = 120_000


class Hand:
    """A person at the page, who counts clicks and keys; a text typed into a field counts as one."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, selector):
        self.page.click(selector)
        self.count += 1

    def press(self, key):
        self.page.keyboard.press(key)
        self.count += 1

    def fill(self, area, text):
        area.fill(text)
        self.count += 1


def open_page(browser, server, trouble, where="", **options):
    page = browser.new_context(accept_downloads=True, **options).new_page()
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if f":{server.port}/" in request.url or request.url.startswith("data:")
            else trouble.append(request.url)
        ),
    )
    page.goto(server.address)
    if where:
        page.goto(f"http://127.0.0.1:{server.port}{where}")
    page.wait_for_selector("#drop")
    return page


def assert_fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def wait_for_plan(page):
    page.wait_for_selector("iframe.plan, #again, body:not(.paper-page)", timeout=RUN_MS)
    assert page.locator("iframe.plan").count() == 1, page.inner_text("body")


def take(page, form):
    with page.expect_download() as waiting:
        page.click(f"#take-{form}")
    return waiting.value


@pytest.mark.parametrize("width", [1440, 390])
def test_from_an_empty_folder_to_a_corrected_ledger(chromium, tmp_path, pdf, width):
    trouble = []
    is_phone = width < 600
    options = {"viewport": {"width": width, "height": 850}, "locale": "zh-CN", "has_touch": is_phone}
    with opening(tmp_path) as server:
        page = open_page(chromium, server, trouble, **options)
        hand = Hand(page)
        assert "把文件或文件夹拖到这里" in page.inner_text("#drop")
        assert_fits(page)
        page.set_input_files("#files", pdf)  # one drop
        hand.count += 1
        wait_for_plan(page)
        assert_fits(page)
        frame = page.frame_locator("iframe.plan")
        frame.locator(".list > *").first.wait_for(timeout=20_000)
        assert page.inner_text(".bar .name") == "2021 任务分解.pdf"

        hand.click("#to-review")
        page.wait_for_selector("#item article")
        assert_fits(page)
        hand.click('#item [data-do="edit"]')
        area = page.locator(".cell.measure textarea, .cell textarea").first
        before = area.input_value()
        hand.fill(area, before + "（已核对）")
        hand.click('#item [data-do="save"]')
        page.wait_for_selector("#apply:not([hidden])")
        hand.click("#apply")
        page.wait_for_selector("iframe.plan", timeout=RUN_MS)  # the review page stands until then

        hand.click(".take summary")
        hand.count += 1
        made = take(page, "ledger")
        assert made.suggested_filename == "2021 任务分解-ledger.xlsx"
        book = openpyxl.load_workbook(io.BytesIO(made.path().read_bytes()))
        texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
        assert any("（已核对）" in text for text in texts)
        assert hand.count <= 12
        page.goto(f"http://127.0.0.1:{server.port}/start")
        assert "106 项措施" in page.inner_text(".recent")
        assert_fits(page)
    assert trouble == []


def test_tables_are_taken_as_they_are(chromium, tmp_path, pdf):
    trouble = []
    with opening(tmp_path, pdf) as server:
        page = chromium.new_context(accept_downloads=True, locale="en-US").new_page()
        page.goto(server.address)
        wait_for_plan(page)
        page.click(".take summary")
        workbook = take(page, "workbook")
        assert workbook.suggested_filename == "2021 任务分解.xlsx"
        sheets = openpyxl.load_workbook(io.BytesIO(workbook.path().read_bytes())).worksheets
        assert any(str(cell.value).startswith("完成") for sheet in sheets for row in sheet.iter_rows() for cell in row)
        packed = zipfile.ZipFile(io.BytesIO(take(page, "tables").path().read_bytes()))
        assert len([name for name in packed.namelist() if name.startswith("measures/")]) == 1
        packed.extractall(tmp_path / "taken")
        page.click("#language")
        page.wait_for_selector("html[lang=zh-Hans]")
    assert pdf.is_file(), "a named file is copied, never moved"
    (entry,) = (tmp_path / "planextract-files").glob("*/output")
    assert len(planextract.load(entry)["measures"]) == 106
    assert trouble == []


def test_rows_of_the_plan_and_of_the_quality_report_lead_to_themselves_in_review(chromium, tmp_path, pdf):
    trouble = []
    with opening(tmp_path, pdf) as server:
        page = chromium.new_context(locale="zh-CN").new_page()
        page.on("console", lambda message: trouble.append(message.text))
        page.goto(server.address)
        wait_for_plan(page)
        way = page.url
        frame = page.frame_locator("iframe.plan")
        row = frame.locator("tr.row").nth(4)
        wanted = row.locator("td.text").inner_text()
        row.locator(".more button").click()
        frame.get_by_role("link", name="核对与更正本行").click()
        page.wait_for_selector("#item article")
        assert page.locator(".cell.measure textarea").input_value().strip() == wanted.strip()

        page.goto(way + "quality")
        assert str(tmp_path) not in page.content()
        assert page.locator("#next").count() == 0
        first = page.locator(".item[data-measure]").first
        wanted = first.get_attribute("data-measure")
        first.get_by_role("link", name="核对与更正").click()
        page.wait_for_selector("#item article")
        assert wanted in page.url.replace("%2F", "/")
        (output,) = (tmp_path / "planextract-files").glob("*/output")
        measures = planextract.load(output)["measures"].set_index("measure_id")
        shown = page.locator(".cell.measure textarea").first.input_value().strip()
        assert shown[:12] == measures.loc[wanted, "text"].strip()[:12]
    assert trouble == []


def test_what_cannot_be_read_is_said_and_can_be_tried_again(chromium, tmp_path):
    trouble = []
    bad = tmp_path / "plan.pdf"
    bad.write_bytes(b"%PDF-1.7\nnothing")
    (tmp_path / "empty").mkdir()
    with opening(tmp_path / "empty") as server:
        page = open_page(chromium, server, trouble, locale="en-US")
        page.set_input_files("#files", bad)
        page.wait_for_selector("#again", timeout=RUN_MS)
        said = page.inner_text(".troubles")
        assert "plan.pdf" in said
        assert str(tmp_path) not in page.content(), "no path of the machine is shown"
        page.click("#again")
        page.wait_for_selector("#again", timeout=RUN_MS)
    assert trouble == []


def test_a_run_can_be_stopped(chromium, tmp_path, pdf):
    trouble = []
    with opening(tmp_path) as server:
        page = open_page(chromium, server, trouble, locale="en-US")
        page.set_input_files("#files", pdf)
        page.click("#cancel")
        page.wait_for_selector("#again")
        assert page.inner_text(".drop h2") == "Stopped"
        page.click("#again")
        page.wait_for_selector("iframe.plan", timeout=RUN_MS)
    assert trouble == []


def test_a_tab_closed_while_a_document_is_read_loses_nothing(chromium, tmp_path, pdf):
    trouble = []
    with opening(tmp_path) as server:
        page = open_page(chromium, server, trouble, locale="en-US")
        page.set_input_files("#files", pdf)
        page.wait_for_selector("#cancel")
        page.close()
        page = open_page(chromium, server, trouble, where="/start", locale="en-US")
        assert "not read" not in page.inner_text(".recent")
        page.click(".recent a")
        page.wait_for_selector("iframe.plan", timeout=RUN_MS)
        page.goto(f"http://127.0.0.1:{server.port}/start")
        assert "106 measures" in page.inner_text(".recent")
    assert trouble == []


def test_what_is_not_taken_is_said_beside_the_rest(chromium, tmp_path, pdf):
    junk = tmp_path / "junk.bin"
    junk.write_bytes(b"\0\1\2")
    (tmp_path / "empty").mkdir()
    with opening(tmp_path / "empty") as server:
        page = open_page(chromium, server, [], locale="en-US")
        page.set_input_files("#files", [junk, pdf])
        wait_for_plan(page)
        page.wait_for_selector("#toast.shown")
        assert "junk.bin" in page.inner_text("#toast")
        page.reload()
        wait_for_plan(page)
        assert page.locator("#toast.shown").count() == 0


def test_the_plan_is_printed_by_itself(chromium, tmp_path, pdf):
    trouble = []
    with opening(tmp_path, pdf) as server:
        page = chromium.new_context(locale="en-US").new_page()
        page.goto(server.address)
        wait_for_plan(page)
        page.frame_locator("iframe.plan").locator(".list > *").first.wait_for(timeout=20_000)
        frame = next(frame for frame in page.frames if frame != page.main_frame)
        frame.evaluate("window.print = () => { window.printed = document.querySelectorAll('tr.row').length; }")
        page.locator(".bar .name").click()
        page.keyboard.press("Control+p")
        frame.wait_for_function("window.printed === 106")
        page.emulate_media(media="print")
        assert page.locator(".print-hint").is_visible()
        assert not page.locator("iframe.plan").is_visible()
    assert trouble == []


def test_a_word_document_is_reviewed_to_its_end_without_a_picture_asked_for(chromium, tmp_path):
    trouble = []
    notice = ROOT / "tests" / "data" / "notice" / "libreoffice.docx"
    with opening(tmp_path, notice) as server:
        page = chromium.new_context(locale="en-US").new_page()
        page.on("console", lambda message: trouble.append(message.text))
        page.on("response", lambda answer: trouble.append(answer.url) if answer.status >= 400 else None)
        page.goto(server.address)
        wait_for_plan(page)
        page.click("#to-review")
        page.wait_for_selector("#item article")
        while page.locator('#item [data-action="accept"]').count():
            page.evaluate("document.querySelector('#item').firstElementChild.dataset.old = '1'")
            page.keyboard.press("a")
            page.wait_for_selector("#item > :not([data-old])")
        assert page.locator("#apply").is_visible()
    assert trouble == []
