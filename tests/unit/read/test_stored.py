"""A document as read comes back from its bytes as it was, or not at all."""

from __future__ import annotations

import random
from dataclasses import is_dataclass, replace

import pytest

from planextract.model import source as model
from planextract.model.source import BBox, ReadNote, SourceMarkup, SourceTable
from planextract.phrases import Phrase
from planextract.read import read_document
from planextract.read.stored import _CLASSES, decode_source, encode_source
from planextract.settings import ReadSettings
from planextract.wording.tell import tell

from ...benchmark.corpora import make_small_plan


@pytest.fixture
def source():
    read = read_document(make_small_plan(1).encode(), "plan.txt", ReadSettings())
    boxed = tuple(
        replace(block, bbox=BBox(x0=0.1, top=1.0, x1=2.5, bottom=3.0), edges=(0.25, 1.5))
        if isinstance(block, SourceTable)
        else block
        for block in read.blocks
    )
    markup = SourceMarkup(page=1, raw_text="①㎡\ue000\u2028“", line=None)
    note = ReadNote(code="read.ragged_row", severity="warning", message="x", page=None, line=3)
    return replace(read, blocks=(*boxed, markup), notes=(note,))


def test_a_document_comes_back_as_it_was(source):
    data = encode_source(source, "v1")
    assert decode_source(data, lambda reader: "v1") == source
    assert encode_source(source, "v1") == data


def test_every_class_of_a_document_as_read_has_a_stored_form():
    declared = {item for item in vars(model).values() if is_dataclass(item) and item.__module__ == model.__name__}
    assert set(_CLASSES) == declared


def test_another_version_is_not_taken(source):
    assert decode_source(encode_source(source, "v1"), lambda reader: "v2") is None


def test_torn_bytes_are_not_taken(source):
    data = encode_source(source, "v1")
    rng = random.Random(3)
    for _ in range(50):
        damaged = bytearray(data)
        damaged[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        assert decode_source(bytes(damaged), lambda reader: "v1") is None
    assert decode_source(data[: len(data) // 2], lambda reader: "v1") is None
    assert decode_source(b"", lambda reader: "v1") is None


def test_a_sentence_of_a_note_keeps_its_template_and_fields(source):
    message = Phrase("{pages} read by OCR ({name})", pages=Phrase("page {page} was", page=3), name="rapidocr")
    noted = replace(source, notes=(ReadNote.of("read.ocr", message, page=3),))
    (note,) = decode_source(encode_source(noted, "1"), lambda _reader: "1").notes
    assert note.message == message
    assert tell(note.message, "zh") == "第 3 页经文字识别读取（rapidocr）"
