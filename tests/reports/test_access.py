"""axe-core on every page that is written as a file: wide and on a phone, light and dark."""

from __future__ import annotations

import pytest

from planextract.report.commands import write_change_report, write_quality_report, write_score_report, write_year_report
from planextract.report.view.command import write_view
from planextract.track.command import track_progress
from tests.lab.progress import load_wanted, make_report

from .access import find_faults
from .browser import Watched
from .conftest import GOLD


@pytest.fixture(scope="session")
def written(tmp_path_factory, output, text_output, second_output, pdf_output, notice_pdf):
    """Every kind of page, by name."""
    folder = tmp_path_factory.mktemp("access")
    told = folder / "told.xlsx"
    told.write_bytes(make_report(load_wanted(output), "xlsx", 1).data)
    write_view(pdf_output, folder / "view.html", [notice_pdf], max_picture_bytes=1_000_000)
    return {
        "quality": write_quality_report(pdf_output, folder, [notice_pdf], 40).page,
        "score": write_score_report(second_output, GOLD, folder, None, []).page,
        "diff": write_change_report(text_output, second_output, folder, ["removed"], None, None, []).page,
        "years": write_year_report(text_output, second_output, folder, []).page,
        "fulfilment": track_progress(str(output), [told], folder, is_trial=True).page,
        "view": folder / "view.html",
    }


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["quality", "score", "diff", "years", "fulfilment", "view"])
def test_axe_finds_no_serious_fault(browser, written, name, scheme, width):
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 844}, offline=True)
    watched = Watched(context.new_page())
    watched.open(written[name])
    if name == "view":
        watched.page.wait_for_selector("body[data-ready='1']")
    faults = find_faults(watched.page)
    for closed in watched.page.locator("details:not([open]) > summary").all()[:4]:
        if closed.is_visible():
            closed.click()
    faults += find_faults(watched.page)
    context.close()
    assert faults == []
    assert watched.noise == []
