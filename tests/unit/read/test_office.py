import os
import stat
from pathlib import Path

import pytest

from planextract.errors import InputError
from planextract.read import office, read_document
from planextract.read.office import convert_document
from planextract.read.programs import find_office
from planextract.settings import ReadSettings

from ...builders import draw_table, tables_of

RTF = rb"{\rtf1\ansi\ansicpg936 \trowd\cellx3000\cellx6000 \'bc\'d7\cell \'d2\'d2\cell\row \trowd\cellx3000\cellx6000 \'b1\'fb\cell \'b6\'a1\cell\row \pard text\par}"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
needs_libreoffice = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")


def stream(name):
    return OLE + (name + "\0").encode("utf-16-le") + bytes(200)


def fake_program(tmp_path, script):
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def refused(data, **limits):
    with pytest.raises(InputError) as caught:
        read_document(data, "x.doc", ReadSettings(**limits))
    assert caught.value.file == "x.doc"
    assert caught.value.advice
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [(stream("EncryptedPackage"), "read.encrypted"), (stream("PowerPoint Document"), "read.unsupported")],
)
def test_what_is_no_word_document_is_told_without_libreoffice(data, code, monkeypatch):
    monkeypatch.setattr(office, "find_office", lambda: None)
    assert refused(data) == code


@pytest.mark.parametrize(
    "data", [stream("WordDocument"), stream("Workbook"), RTF, b"<?xml version='1.0'?><w:wordDocument/>"]
)
def test_without_libreoffice_the_message_says_what_to_install(data, monkeypatch):
    monkeypatch.setattr(office, "find_office", lambda: None)
    assert refused(data) == "read.needs_libreoffice"


def test_a_conversion_that_hangs_is_ended_with_all_its_children(tmp_path, monkeypatch):
    program = fake_program(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setattr(office, "find_office", lambda: program)
    monkeypatch.setattr(office, "_without_network", list)
    assert refused(RTF, convert_seconds=1) == "read.convert_timeout"
    child = int((tmp_path / "child").read_text())
    assert not _is_running(child)


def _is_running(pid):
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize(
    "script", ["exit 1", "exit 0", 'for last; do :; done; echo no > "$(dirname "$last")/output/input.docx"']
)
def test_a_conversion_that_fails_is_an_error(script, tmp_path, monkeypatch):
    program = fake_program(tmp_path, script)
    monkeypatch.setattr(office, "find_office", lambda: program)
    assert refused(RTF) == "read.convert_failed"


def test_the_program_sees_no_home_and_no_variable_of_ours(tmp_path, monkeypatch):
    program = fake_program(tmp_path, f"env > {tmp_path}/env; exit 1")
    monkeypatch.setattr(office, "find_office", lambda: program)
    monkeypatch.setenv("SECRET", "1")
    refused(RTF)
    seen = (tmp_path / "env").read_text()
    assert "SECRET" not in seen
    assert f"HOME={os.environ.get('HOME')}\n" not in seen


@needs_libreoffice
def test_rtf_is_read_through_libreoffice():
    document = read_document(RTF, "x.rtf", ReadSettings())
    assert [draw_table(table) for table in tables_of(document.blocks)] == [["甲|乙", "丙|丁"]]
    assert document.media_type == "application/rtf"


@needs_libreoffice
def test_noise_is_refused():
    assert refused(stream("WordDocument")) in ("read.convert_failed", "read.no_table")
    assert convert_document(RTF, "x", ReadSettings(), ".rtf")[:2] == b"PK"
