import io
import struct
import zipfile
import zlib

import pytest

from planextract.errors import InputError
from planextract.read.archive import Archive
from planextract.read.xml_tree import parse_xml
from planextract.settings import ReadSettings

from .docx_parts import pack


def open_archive(data, **limits):
    return Archive(data, "x.docx", ReadSettings(**limits))


def refused(call):
    with pytest.raises(InputError) as caught:
        call()
    assert caught.value.file == "x.docx"
    assert caught.value.advice
    return caught.value.code


FILES = {
    "OFD.xml": "<a/>",
    "Doc_0/Document.xml": "<b/>",
    "Doc_0/Pages/Page_0/Content.xml": "<c/>",
    "Doc_0/Res/图.png": b"x",
}


@pytest.mark.parametrize(
    ("path", "base", "found"),
    [
        ("OFD.xml", "", "OFD.xml"),
        ("/Doc_0/Document.xml", "OFD.xml", "Doc_0/Document.xml"),
        ("Pages/Page_0/Content.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"),
        ("Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml", "Doc_0/Document.xml"),
        ("../../Document.xml", "Doc_0/Pages/Page_0/Content.xml", "Doc_0/Document.xml"),
        ("ofd.XML", "", "OFD.xml"),
        ("Doc_0\\Document.xml", "", "Doc_0/Document.xml"),
        ("../../../../etc/passwd", "Doc_0/Document.xml", None),
        ("/etc/passwd", "", None),
        ("", "", None),
    ],
)
def test_members_are_found_by_path(path, base, found):
    assert open_archive(pack(FILES)).find(path, base) == found


def test_a_name_that_climbs_out_stays_inside():
    archive = open_archive(pack({"../../etc/passwd": "x", "/abs": "y"}))
    assert archive.names == ("abs", "etc/passwd")


def test_what_claims_to_be_large_is_refused_before_it_is_unpacked():
    bomb = pack({"a.xml": b"\0" * 3_000_000})
    assert len(bomb) < 10_000
    assert refused(lambda: open_archive(bomb, max_unpacked_bytes=1_000_000)) == "read.unpacks_too_large"


def test_a_member_never_unpacks_to_more_than_it_claims():
    data = bytearray(pack({"a.xml": b"\0" * 3_000_000}))
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 100)
    data[22:26] = struct.pack("<I", 100)
    archive = open_archive(bytes(data), max_unpacked_bytes=1_000)
    assert refused(lambda: archive.read("a.xml")) == "read.damaged"


def test_many_members_are_refused():
    assert (
        refused(lambda: open_archive(pack({str(n): "" for n in range(30)}), max_archive_members=20))
        == "read.unpacks_too_large"
    )


def test_parts_that_refer_to_each_other_cannot_unpack_without_end():
    archive = open_archive(pack({"a.xml": b"\0" * 600}), max_unpacked_bytes=1_000)
    archive.read("a.xml")
    assert refused(lambda: archive.read("a.xml")) == "read.unpacks_too_large"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(method):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as out:
        out.writestr("a.xml", "x" * 100)
    assert refused(lambda: open_archive(stream.getvalue()).read("a.xml")) == "read.damaged"


def test_an_encrypted_member_is_refused():
    data = bytearray(pack({"a.xml": "x"}))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    data[6] |= 1
    assert refused(lambda: open_archive(bytes(data)).read("a.xml")) == "read.encrypted"


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", b"PK\x03\x04" + bytes(200), pack({"a": "x"})[:-10], zlib.compress(b"x")],
    ids=["magic", "zeros", "cut", "no zip"],
)
def test_damaged_containers_are_refused(data):
    assert refused(lambda: open_archive(data)) == "read.damaged"


LAUGHS = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]><a>&y;</a>'
EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(LAUGHS.encode(), "read.unsafe_xml", id="billion laughs"),
        pytest.param(EXTERNAL.encode(), "read.unsafe_xml", id="external entity"),
        pytest.param(EXTERNAL.encode("utf-16"), "read.unsafe_xml", id="external entity in UTF-16"),
        pytest.param(b'<!DOCTYPE a SYSTEM "http://example.com/a.dtd"><a/>', "read.unsafe_xml", id="external DTD"),
        pytest.param(b" " * 2_000_000 + b"<!DOCTYPE a><a/>", "read.unsafe_xml", id="declared late"),
        pytest.param(b"<a>" * 230 + b"</a>" * 230, "read.too_deep", id="deep"),
        pytest.param(b"<a>" * 100_000, "read.too_deep", id="very deep"),
        pytest.param(b"<a><b></a>", "read.damaged", id="not well-formed"),
        pytest.param(b"", "read.damaged", id="empty"),
        pytest.param(b"<?xml version='1.0' encoding='x-none'?><a/>", "read.damaged", id="unknown encoding"),
        pytest.param("<a>甲</a>".encode("gb18030"), "read.damaged", id="wrong encoding"),
    ],
)
def test_unsafe_xml_is_refused(data, code):
    assert refused(lambda: parse_xml(data, "x.docx", "word/document.xml")) == code


def test_comments_and_instructions_are_no_elements():
    assert [child.tag for child in parse_xml(b"<a><!-- x --><?y?><b/></a>", "x.docx", "a")] == ["b"]
