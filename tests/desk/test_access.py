"""axe-core on every page that ``planextract open`` serves, in each of its states: wide and on a phone, light and dark."""

from __future__ import annotations

import pytest

from ..reports.access import find_faults
from .conftest import opening
from .test_open import open_page, wait_for_plan


@pytest.fixture(scope="module")
def desk(tmp_path_factory, pdf):
    """A server with one document read."""
    folder = tmp_path_factory.mktemp("access")
    with opening(folder, pdf) as server:
        yield server


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")])
def test_axe_finds_no_serious_fault(chromium, desk, width, scheme):
    trouble, faults = [], []
    options = {"viewport": {"width": width, "height": 850}, "color_scheme": scheme, "locale": "zh-CN"}
    page = open_page(chromium, desk, trouble, where="/start", **options)

    def check(state, shown=None):
        faults.extend(f"{state}: {fault}" for fault in find_faults(shown or page))

    check("start")
    page.click(".recent a")
    wait_for_plan(page)
    check("plan")
    frame = page.frame(url="**/plan?*")
    frame.wait_for_selector("body[data-ready='1']")
    for tab in (0, 1, 2):
        frame.click(f"[role=tab] >> nth={tab}")
        check(f"plan, tab {tab}", frame)
    frame.click("[role=tab] >> nth=0")
    frame.click("tr.row .more button >> nth=0")
    check("plan, a row's reasons", frame)
    page.click(".take summary")
    check("plan, what can be taken")

    page.click("#to-review")
    page.wait_for_selector("#item article")
    for number in range(5):
        check(f"review, item {number}")
        if number == 0:
            page.click('#item [data-do="edit"]')
            check("review, a cell is edited")
            page.click('#item [data-do="cancel"]')
        if page.locator("#item .chip").count():
            page.locator("#item .chip").first.click()
            page.wait_for_selector(".chooser")
            check("review, choosing a body")
            page.keyboard.press("Escape")
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(150)
    page.keyboard.press("?")
    check("review, the keys")
    page.keyboard.press("Escape")
    page.fill("#q", "这里没有")
    page.wait_for_selector("#item .empty")
    check("review, nothing found")
    page.context.close()
    assert faults == []
    assert trouble == []


@pytest.mark.parametrize("width", [1440, 390])
def test_the_ends_have_no_serious_fault(chromium, tmp_path, notice, width):
    trouble, faults = [], []
    options = {"viewport": {"width": width, "height": 850}, "locale": "zh-CN"}
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"%PDF-1.7\nnothing")
    with opening(tmp_path, notice) as server:
        page = chromium.new_context(**options).new_page()
        page.on("console", lambda message: trouble.append(message.text))
        page.goto(server.address)
        faults += find_faults(page)  # running
        wait_for_plan(page)
        page.click("#to-review")
        page.wait_for_selector("#item article")
        while page.locator("#item article").count():
            decided = page.get_attribute("#item article", "data-item")
            page.keyboard.press("a")
            page.wait_for_function("key => document.querySelector('#item article')?.dataset.item !== key", arg=decided)
        assert page.locator("#item .empty .apply").count() == 1, "the end has the button that applies the decisions"
        faults += find_faults(page)
        page.goto(f"http://127.0.0.1:{server.port}/start")
        page.set_input_files("#files", bad)
        page.wait_for_selector("#again", timeout=120_000)
        faults += find_faults(page)  # failed
        page.context.close()
    assert faults == []
    assert trouble == []
