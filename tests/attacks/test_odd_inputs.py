"""B1, B6, C1–C3, C5, C7, C9: pipes, odd names, hostile bytes, settings without sense, logs of other programs."""

from __future__ import annotations

import json
import math
import os
import zipfile
from dataclasses import fields
from io import BytesIO

import pytest

from planextract.decisions.log import parse_log
from planextract.errors import ConfigError, InputError, OutputError, UsageError
from planextract.read import read_document
from planextract.read.detect_format import detect_format
from planextract.resolve.settings import ResolveSettings
from planextract.run.inputs import InputFile, hash_input
from planextract.settings import ReadSettings, RunSettings, Settings, parse_settings
from planextract.stitch.settings import StitchSettings
from planextract.write.store import open_store

from ..benchmark.corpora import make_small_plan
from ..conftest import ROOT, run_quickly


@pytest.fixture
def plan(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(make_small_plan(1, 3), encoding="utf-8")
    return tmp_path / "in" / "a.txt"


def ends_well(done, *codes):
    assert done.returncode in codes, done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 2
    return done


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_at_once(tmp_path, plan):
    os.mkfifo(tmp_path / "f.txt")
    assert (
        "no regular file" in ends_well(run_quickly("run", str(tmp_path / "f.txt"), "-o", str(tmp_path / "o")), 2).stderr
    )
    with pytest.raises(InputError, match="no regular file"):
        hash_input(InputFile(path=tmp_path / "f.txt", name="f.txt"), 1000)
    os.mkfifo(plan.parent / "g.txt")  # in a folder it is passed over
    os.mkfifo(tmp_path / "in" / "a.txt.overrides.yaml")
    ends_well(run_quickly("run", str(plan.parent), "-o", str(tmp_path / "o")), 0)


def test_a_device_is_refused(tmp_path):
    for device in ("/dev/zero", "/dev/null"):
        ends_well(run_quickly("run", device, "-o", str(tmp_path / "o")), 2)


@pytest.mark.parametrize(
    "name",
    ["c:x", "s3:x", "file:x", "a" * 255, "a" * 256, "a" * 240 + "/b", b"\xff\xfea", "甲:乙", "x.parquet", "%41"],
    ids=ascii,
)
def test_an_output_of_any_name_is_written_or_refused(tmp_path, plan, name):
    place = os.fsencode(tmp_path) + b"/" + (name if isinstance(name, bytes) else name.encode())
    done = ends_well(run_quickly("run", str(plan), "-o", os.fsdecode(place)), 0, 4)
    if done.returncode == 0:
        folder = os.fsdecode(place)
        ends_well(run_quickly("run", str(plan), "-o", folder), 0)
        ends_well(run_quickly("status", folder, "--verify"), 0)
        ends_well(run_quickly("report", folder), 0, 1)


@pytest.mark.parametrize("name", ["c:x", "s3:x"])
def test_a_relative_name_with_a_colon_is_a_folder(tmp_path, plan, name):
    ends_well(run_quickly("run", str(plan), "-o", name, cwd=tmp_path), 0)
    assert (tmp_path / name / "documents").is_dir()


def test_a_link_that_leads_to_itself_is_refused(tmp_path, plan):
    (tmp_path / "loop").symlink_to("loop")
    ends_well(run_quickly("run", str(plan), "-o", str(tmp_path / "loop")), 4)


def test_half_a_character_in_json_becomes_a_sign(tmp_path):
    """A parser may escape half of a surrogate pair."""
    body = "<table><tr><td>序号<td>重点任务<td>工作措施<td>完成时限<td>主责单位<tr><td>1<td>任务<td>开展\ud800巡查。<td>5月底前<td>区水务局</table>"
    data = json.dumps([{"type": "table", "table_body": body, "page_idx": 0}]).encode("utf-8")
    assert b"\\ud800" in data
    read = read_document(data, "x_content_list.json", ReadSettings())
    assert "\ufffd" in read.printed
    assert "\ud800" not in read.printed


def make_zip_with_an_empty_name():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("aaaa", b"x")
    return stream.getvalue().replace(b"aaaa", b"").replace(b"\x04\x00\x00\x00", b"\x00\x00\x00\x00")


@pytest.mark.parametrize(
    "data",
    [make_zip_with_an_empty_name(), b"PK\x05\x06" + b"\0" * 18, b"PK\x03\x04" + b"\xff" * 80],
    ids=["a name that is empty", "nothing in it", "noise"],  # the first holds the time: no name to find a test by
)
def test_a_damaged_container_is_an_error_of_the_input(data):
    with pytest.raises(InputError):
        read_document(data, "x.docx", ReadSettings())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[run]\nworkers = -1", "workers"),
        ("[run]\nworkers = 100000", "workers"),
        ("[run]\nmax_memory_mb = 100000000000000000000", "max_memory_mb"),
        ("[run]\nmax_cpu_seconds = 100000000000000000000", "max_cpu_seconds"),
        ("[run]\nmax_seconds = 0", "max_seconds"),
        ("[stitch]\ncut_row_prior = nan", "cut_row_prior"),
        ("[stitch]\ncut_row_prior = 2.0", "cut_row_prior"),
        ("[resolve]\nmargin = inf", "margin"),
        ("[read]\nocr_threads = -5", "ocr_threads"),
        ("[read]\nmax_cells = -1", "max_cells"),
    ],
)
def test_settings_out_of_bounds_are_refused(tmp_path, plan, text, key):
    with pytest.raises(ConfigError, match=key) as caught:
        parse_settings(text, "s.toml")
    assert caught.value.code == "settings.out_of_range"
    (tmp_path / "s.toml").write_text(text)
    done = ends_well(
        run_quickly("run", str(plan), "-o", str(tmp_path / "o"), "--settings", str(tmp_path / "s.toml")), 5
    )
    assert key in done.stderr


def test_a_number_of_more_digits_than_python_takes_is_no_toml():
    with pytest.raises(ConfigError, match="no valid TOML"):
        parse_settings("year = " + "9" * 5000, "settings.toml")


def test_wrong_workers_on_the_command_line_are_refused(tmp_path, plan):
    done = run_quickly("run", str(plan), "-o", str(tmp_path / "o"), "--workers", "-1")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


GROUPS = {"read": ReadSettings(), "run": RunSettings(), "stitch": StitchSettings(), "resolve": ResolveSettings()}


@pytest.mark.parametrize("group", GROUPS)
def test_every_number_has_bounds_and_the_page_tells_them(group):
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for item in fields(GROUPS[group]):
        value = getattr(GROUPS[group], item.name)
        if isinstance(value, bool | str):
            continue
        least, most = item.metadata["least"], item.metadata["most"]
        assert least <= value <= most
        assert math.isfinite(most)
        assert f"| `{group}.{item.name}` | {value} | {least}–{most} |" in page
    assert Settings()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"junk\r\n%PDF-1.4\n1 0 obj\nendobj\n", "pdf"),
        ("《关于PDF的说明》一个文件以 %PDF- 开头。\n".encode(), "text"),
        (b" " * 16_000 + b"<x", "text"),
        (b"\n\n<?xml version='1.0'?><alto>", "alto"),
    ],
)
def test_what_kind_a_file_is(data, kind):
    assert detect_format(data) == kind


def test_the_lock_is_given_free_when_its_file_cannot_be_written(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    store = open_store(tmp_path / "o")
    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", fail)
        with pytest.raises(OutputError, match="No space left"):
            store.lock("a")
    assert not (tmp_path / "o" / ".lock").exists()
    open_store(tmp_path / "o").lock("b")


LINE = '{"id": "a1b2c3d4e5f6", "at": "2022-01-01T00:00:00.000Z", "kind": "accept", "doc_id": "0123456789abcdef", "path": "another.txt", "codes": ["x.y"], "anchor": null}'


def test_a_log_saved_by_an_editor_loses_nothing():
    plain, marked = parse_log(LINE.encode(), "x"), parse_log(b"\xef\xbb\xbf" + LINE.encode(), "x")
    assert (plain.decisions, plain.unreadable_lines) == (marked.decisions, ())
    assert len(plain.decisions) == 1


def test_decisions_on_other_documents_are_not_counted_as_replayed(tmp_path, plan):
    (tmp_path / "o.decisions.jsonl").write_text(LINE + "\n", encoding="utf-8")
    done = ends_well(run_quickly("run", str(plan), "-o", str(tmp_path / "o"), "--json"), 0)
    assert "decisions: 1" not in done.stdout
    assert "decisions:" not in run_quickly("run", str(plan), "-o", str(tmp_path / "o")).stdout


def test_an_unreadable_path_is_wrong_usage(tmp_path):
    with pytest.raises(UsageError):
        from planextract.run.inputs import find_inputs

        find_inputs([tmp_path / ("a" * 300)])
