"""Parts of the PDF door: packed streams, UTF-16 units, short strokes, fonts that name their letters wrongly."""

from __future__ import annotations

import os
import zlib

import numpy as np
import pytest

from planextract.errors import InputError
from planextract.model.page import PageArrays
from planextract.read.fixed_pages import is_misnamed
from planextract.read.pdf.boxes import merge_short
from planextract.read.pdf.pdfium import _join_units
from planextract.read.pdf.streams import _measure, check_streams
from planextract.settings import ReadSettings


@pytest.mark.parametrize("rounds", [1, 2])
def test_what_stands_behind_a_stream_ends_the_measuring(rounds: int) -> None:
    data = os.urandom(524_288) + b"a" * 524_289
    packed = data
    for _ in range(rounds):
        packed = zlib.compress(packed)
    assert _measure(packed + b"\r\n" * 3, rounds, 10**9) == len(data)


def test_measuring_stops_above_what_is_allowed() -> None:
    packed = zlib.compress(b"\0" * 50_000_000)
    assert 10_000_000 < _measure(packed, 1, 10_000_000) < 20_000_000


def test_streams_that_unpack_to_too_much_are_refused_wherever_they_stand() -> None:
    bomb = zlib.compress(b"\0" * 30_000_000)
    small = b"1 0 obj <</Filter /FlateDecode>> stream\n" + zlib.compress(b"x" * 9_000) + b"\nendstream endobj\n"
    data = small + b"2 0 obj <</Filter /FlateDecode>> stream\n" + bomb + b"\nendstream endobj\n"
    settings = ReadSettings(max_unpacked_bytes=20_000_000)
    with pytest.raises(InputError, match="unpack to more than"):
        check_streams(data, "a.pdf", settings)
    check_streams(data, "a.pdf", ReadSettings(max_unpacked_bytes=40_000_000))


def test_two_units_are_one_character_and_a_lone_one_is_unknown() -> None:
    codes = np.array([0x5409, 0xD842, 0xDFB7, 0x6797, 0xD842, 0x5E97], dtype=np.int32)
    rects = np.array([[i, 10, i + 1, 0] for i in range(6)], dtype=np.float32)
    printed = _join_units(codes, rects, np.arange(6))
    assert "".join(map(chr, codes[printed])) == "吉𠮷林\ufffd店"
    assert rects[1].tolist() == [1, 10, 3, 0]


def test_strokes_of_a_dotted_rule_are_one() -> None:
    dots = [(10 + 3 * i, 100.0, 11.5 + 3 * i, 100.5) for i in range(30)]
    (rule,) = merge_short(dots)
    assert rule == pytest.approx((10, 100, 98.5, 100.5))
    assert merge_short(dots[:4]) == []
    assert merge_short([(i * 7.0, i * 5.0, i * 7.0 + 1, i * 5.0 + 1) for i in range(20)]) == []


def _page(text: str, width: float) -> PageArrays:
    boxes = [[10 + i % 40 * 12, i // 40 * 20, 10 + i % 40 * 12 + width, i // 40 * 20 + 12] for i in range(len(text))]
    none = np.empty((0, 4), dtype=np.float32)
    return PageArrays(
        page_number=1,
        width=600,
        height=800,
        codes=np.array([ord(c) for c in text]),
        boxes=np.array(boxes, dtype=float),
        horizontals=none,
        verticals=none,
    )


def test_latin_codes_as_wide_as_chinese_letters_are_no_text() -> None:
    text = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFG" * 3
    assert is_misnamed(_page(text, 10.0))
    assert not is_misnamed(_page(text, 6.0))  # a typewriter's letters
    assert not is_misnamed(_page("推进老旧小区综合整治" * 20 + "ABC", 10.0))
