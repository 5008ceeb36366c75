"""Layers of a PDF that are switched off."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from planextract.model.source import SourceMarkup, SourceTable
from planextract.read import read_document
from planextract.read.pdf.layers import has_layers
from planextract.settings import ReadSettings
from tests.lab.constructs.by_tricks import print_trick
from tests.lab.constructs.registry import make_variant


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_words_of_a_layer_that_is_switched_off_are_left_out_and_said(seed: int) -> None:
    data = print_trick(make_variant("hidden_layer", seed))
    source = read_document(data, "layer.pdf", ReadSettings())
    left = "".join(block.raw_text for block in source.blocks if isinstance(block, SourceMarkup))
    tables = [block for block in source.blocks if isinstance(block, SourceTable)]
    kept = "".join(cell.raw_text for table in tables for cell in table.cells)
    assert has_layers(data)
    assert "read.switched_off" in {note.code for note in source.notes}
    assert left
    assert "不公开" not in kept
    assert "2020年" not in kept


def test_a_plain_pdf_has_no_layers() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(10, 10, "x")
    canvas.save()
    assert not has_layers(buffer.getvalue())
