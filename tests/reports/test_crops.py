"""Cells cut out of their page."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from planextract.errors import InputError
from planextract.model.source import BBox
from planextract.read.pdf.crop import PageCropper
from planextract.report.evidence import EvidenceMaker
from planextract.write.read_back import iterate_results


def test_the_picture_shows_the_cell_with_its_frame(pdf_output, notice_pdf):
    (document,) = iterate_results(pdf_output)
    cell = next(c for c in document.cells if c.column == "responsible" and c.measure_id)
    cropper = PageCropper(notice_pdf.read_bytes(), notice_pdf.name)
    crop = cropper.crop(cell.page, [cell.bbox], [cell.bbox])
    with pytest.raises(InputError, match="no such page"):
        cropper.crop(999, [cell.bbox], [])
    with pytest.raises(InputError, match="outside its page"):
        cropper.crop(cell.page, [BBox(x0=5, top=9000, x1=10, bottom=9010)], [])
    cropper.close()
    picture = np.asarray(Image.open(io.BytesIO(crop.data)).convert("RGB")).astype(int)
    is_mark = (picture[..., 0] > 150) & (picture[..., 1] < 110) & (picture[..., 2] < 80)
    columns = np.flatnonzero(is_mark.sum(axis=0) > picture.shape[0] / 3)
    assert 0.5 < crop.mark_share < 0.95
    assert columns.min() < crop.mark_share * picture.shape[1] < columns.max()
    assert (picture.sum(axis=2) < 300).any(), "the text is there"


def test_the_budget_of_pictures_is_kept(pdf_output, notice_pdf):
    (document,) = iterate_results(pdf_output)
    maker = EvidenceMaker([notice_pdf], max_bytes=30_000)
    shown = [maker.show_measure(document, m.measure_id, "measure") for _, _, m in document.iterate_measures()]
    maker.close()
    pictures = [strip.picture for evidence in shown for strip in evidence.strips if strip.picture]
    assert 1 <= len(pictures) < 12
    assert sum(len(picture) for picture in pictures) < 90_000
    assert "size budget" in shown[-1].note
    assert all(strip.cells for evidence in shown for strip in evidence.strips)


def test_another_file_of_the_same_name_is_not_taken(pdf_output, tmp_path):
    (document,) = iterate_results(pdf_output)
    (tmp_path / "notice.pdf").write_bytes(b"%PDF-1.4 something else")
    maker = EvidenceMaker([tmp_path])
    evidence = maker.show_measure(document, next(document.iterate_measures())[2].measure_id, "measure")
    assert evidence.strips[0].picture is None
    assert "not found" in evidence.note
