"""Pages of PDFs and of pictures as people see them: upright and straight, cells in their place."""

from __future__ import annotations

import io

import pytest

from planextract.errors import InputError
from planextract.model.source import BBox
from planextract.read.pdf.crop import PageCropper
from planextract.read.shown_pages import open_pages
from tests.conftest import ROOT

PDF = (ROOT / "examples" / "xicheng-2021.pdf").read_bytes()


@pytest.fixture(scope="module")
def page():
    """A page of the notice at 150 dpi."""
    pages = open_pages(PDF, "notice.pdf")
    yield pages.draw(4, 150 / 72)
    pages.close()


def save(picture, kind, **options):
    stream = io.BytesIO()
    picture.save(stream, kind, dpi=(150, 150), **options)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_shown_in_points_of_its_page(page, kind):
    pytest.importorskip("cv2")
    pages = open_pages(save(page, kind), "page")
    whole = open_pages(PDF, "notice.pdf").size(4)
    assert len(pages) == 1
    assert pages.size(1) == pytest.approx(whole, abs=1)
    assert pages.draw(1, 1.0).size == pytest.approx(whole, abs=1)
    with pytest.raises(InputError, match="no such page"):
        pages.draw(2, 1.0)


def test_each_frame_of_a_tiff_is_a_page(page):
    pytest.importorskip("cv2")
    pages = open_pages(save(page, "TIFF", save_all=True, append_images=[page.rotate(180)]), "pages.tif")
    assert len(pages) == 2
    assert pages.draw(2, 0.5).size == pages.draw(1, 0.5).size


def count_dark_rows(picture) -> int:
    """Return how many rows of pixels are dark over most of their width: the rules, if they run straight."""
    gray = picture.convert("L")
    width, height = gray.size
    data = gray.tobytes()
    return sum(sum(value < 140 for value in data[y * width : (y + 1) * width]) > 0.6 * width for y in range(height))


def test_a_crooked_scan_is_shown_straight_as_it_was_read(page):
    pytest.importorskip("cv2")
    crooked = page.rotate(1.5, expand=False, fillcolor="white", resample=3)
    assert count_dark_rows(crooked) == 0
    assert count_dark_rows(open_pages(save(crooked, "PNG"), "page.png").draw(1, 150 / 72)) > 3


def test_a_cell_is_cut_out_of_a_picture(page):
    pytest.importorskip("cv2")
    cropper = PageCropper(save(page, "PNG"), "page.png")
    box = BBox(x0=60, top=100, x1=160, bottom=130)
    crop = cropper.crop(1, [box], [box])
    cropper.close()
    assert crop.data[:4] == b"RIFF"
    assert 0 < crop.mark_share < 1


def test_what_has_no_pages_is_not_opened():
    assert open_pages("序号\t任务".encode(), "plan.txt") is None
    with pytest.raises(InputError):
        PageCropper("序号".encode(), "plan.txt")
