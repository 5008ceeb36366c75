"""Every limit against hostile input has a clear message."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from planextract.errors import InputError
from planextract.read import read_document
from planextract.settings import ReadSettings

from ...benchmark.corpora import make_pdf
from ...builders import make_plan_text

LIMITS = ReadSettings()


def refuse(data: bytes, limits: ReadSettings, name: str = "plan.pdf") -> InputError:
    with pytest.raises(InputError) as caught:
        read_document(data, name, limits)
    assert caught.value.advice
    assert caught.value.file == name
    return caught.value


def make_stream_pdf(packed: bytes, filters: str) -> bytes:
    head = f"%PDF-1.7\n1 0 obj\n<< /Length {len(packed)} /Filter {filters} >>\nstream\n".encode()
    return head + packed + b"\nendstream\nendobj\n"


def test_file_size():
    assert refuse(b"x" * 101, replace(LIMITS, max_file_bytes=100), "a.txt").code == "read.too_large"


def test_text_size():
    text = make_plan_text("1\t水\t加强。\t年底前\t区教委\t---").encode()
    error = refuse(text, replace(LIMITS, max_text_chars=20), "a.txt")
    assert (error.code, "20 characters" in error.cause) == ("read.too_much_text", True)


def test_pages():
    assert refuse(make_pdf(pages=3), replace(LIMITS, max_pages=2)).code == "read.too_many_pages"


def test_objects_of_a_page():
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for x in range(50):
        canvas.line(x, 10, x, 200)
    canvas.save()
    error = refuse(stream.getvalue(), replace(LIMITS, max_page_objects=40))
    assert (error.code, error.page) == ("read.too_many_objects", 1)


def test_pixels_of_a_picture():
    from PIL import Image

    picture, stream = io.BytesIO(), io.BytesIO()
    Image.new("1", (300, 200)).save(picture, "PNG")
    canvas = Canvas(stream, invariant=1)
    canvas.drawString(72, 700, "text")
    canvas.drawImage(ImageReader(io.BytesIO(picture.getvalue())), 10, 10, 100, 100)
    canvas.save()
    error = refuse(stream.getvalue(), replace(LIMITS, max_image_pixels=50_000))
    assert (error.code, "300 × 200" in error.cause) == ("read.too_many_pixels", True)


@pytest.mark.parametrize(
    ("packed", "filters"),
    [
        pytest.param(zlib.compress(b"\0" * 30_000_000, 9), "/FlateDecode", id="packed once"),
        pytest.param(
            zlib.compress(zlib.compress(b"\0" * 30_000_000, 9), 9), "[ /FlateDecode /FlateDecode ]", id="packed twice"
        ),
        pytest.param(zlib.compress(zlib.compress(b"\0" * 30_000_000, 9), 9), "[/Fl/Fl]", id="short names"),
    ],
)
def test_unpacked_size_of_a_pdf(packed, filters):
    error = refuse(make_stream_pdf(packed, filters), replace(LIMITS, max_unpacked_bytes=10_000_000))
    assert (error.code, "unpack" in error.cause) == ("read.unpacks_too_large", True)


def test_expansion_of_one_stream_of_a_pdf():
    packed = zlib.compress(zlib.compress(b"\0" * 30_000_000, 9), 9)
    assert refuse(make_stream_pdf(packed, "[/FlateDecode/FlateDecode]"), LIMITS).code == "read.unpacks_too_large"


def test_a_pdf_within_the_limits_is_not_refused_for_its_streams():
    assert read_document(make_pdf(), "plan.pdf", replace(LIMITS, max_unpacked_bytes=100_000)).page_count == 1
