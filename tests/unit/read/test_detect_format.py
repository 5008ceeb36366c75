import codecs

import pytest

from planextract.errors import InputError
from planextract.read.detect_format import decode_text, detect_format

TEXT = "序号\t重点任务\t工作措施\n1\t目标任务\t全区空气质量持续改善，完成年度目标。\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode("utf-8"), id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="UTF-8 with BOM"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16 with BOM"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), id="UTF-16 big-endian"),
        pytest.param(TEXT.encode("gb18030"), id="GB18030"),
        pytest.param(TEXT.encode("gb2312"), id="GB2312"),
        pytest.param(
            TEXT.replace("目标。", "目标①㎡。").encode("gb18030").replace("①㎡".encode("gb18030"), b""), id="GBK"
        ),
    ],
)
def test_encodings(data):
    assert decode_text(data, "plan.txt")[0] == TEXT


def test_line_ends_are_left_alone():
    assert decode_text("甲\r\n乙\r丙\n".encode(), "x")[0] == "甲\r\n乙\r丙\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "read.empty", id="empty"),
        pytest.param(b" \n\t", "read.empty", id="white space"),
        pytest.param(codecs.BOM_UTF8, "read.empty", id="a BOM alone"),
        pytest.param(codecs.BOM_UTF16_LE, "read.empty", id="a UTF-16 BOM alone"),
        pytest.param(b"PK\x03\x04" + bytes(99), "read.unsupported", id="docx"),
        pytest.param(bytes(range(256)) * 9, "read.not_text", id="every byte"),
        pytest.param("甲\0乙".encode(), "read.not_text", id="null character"),
        pytest.param("\x01\x02\x03\x04甲".encode(), "read.not_text", id="control characters"),
        pytest.param(codecs.BOM_UTF16_LE + b"a", "read.not_text", id="half a UTF-16 unit"),
        pytest.param(codecs.BOM_UTF16_LE + b"\x00\xd8", "read.not_text", id="half a surrogate pair"),
        pytest.param("序號\t重點任務\t工作措施\t完成時限\n臺灣環境保護".encode("big5"), "read.not_text", id="Big5"),
        pytest.param(
            "No. Task; Measure; Deadline; Lead body\n1 Clean air; fewer days; 2021; education".encode("cp037"),
            "read.not_text",
            id="EBCDIC",
        ),
    ],
)
def test_what_is_no_text_is_refused_with_advice(data, code):
    with pytest.raises(InputError) as caught:
        decode_text(data, "plan.bin")
    assert caught.value.code == code
    assert caught.value.file == "plan.bin"
    assert caught.value.advice


def test_a_stored_archive_that_holds_a_pdf_is_an_archive():
    assert detect_format(b"PK\x03\x04" + b"\x00" * 26 + b"a.pdf%PDF-1.7\n") == "zip"
