import os
from pathlib import Path

import pytest

from planextract.errors import InputError, UsageError
from planextract.run.inputs import InputFile, find_inputs, read_bytes


def test_folders_are_searched_in_order_and_hidden_files_left_out(tmp_path):
    for name in ("b.txt", "a/c.md", ".hidden.txt", "note.xyz", "b.txt.overrides.yaml", "manifest.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = find_inputs([tmp_path])
    assert [file.name for file in found.files] == ["a/c.md", "b.txt"]
    assert found.passed_over == ("note.xyz",)


def test_a_file_named_twice_is_taken_once(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x")
    assert len(find_inputs([path, tmp_path, path]).files) == 1


def test_a_named_file_is_taken_whatever_its_suffix(tmp_path):
    path = tmp_path / "plan.xyz"
    path.write_text("x")
    assert [file.name for file in find_inputs([path]).files] == ["plan.xyz"]


@pytest.mark.parametrize("name", ["missing.txt", "x" * 5000, "null\0.txt"], ids=["missing", "too long", "null"])
def test_paths_that_cannot_be(tmp_path, name):
    with pytest.raises(UsageError, match="no such file"):
        find_inputs([tmp_path / name])


def test_a_name_in_another_encoding_is_shown_in_utf8(tmp_path):
    path = tmp_path / os.fsdecode(b"\xd6\xd0.txt")
    path.write_text("x")
    (file,) = find_inputs([tmp_path]).files
    assert file.name.encode("utf-8").decode("utf-8").endswith(".txt")
    assert read_bytes(file, 10) == b"x"


def test_no_more_is_read_than_the_limit(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x" * 11)
    with pytest.raises(InputError, match="limit"):
        read_bytes(InputFile(path=path, name="a.txt"), 10)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless device here")
def test_an_endless_device_is_refused():
    with pytest.raises(InputError, match="no regular file"):
        read_bytes(InputFile(path=Path("/dev/zero"), name="zero"), 1000)


def test_what_a_run_wrote_is_no_input(tmp_path):
    (tmp_path / "plan.txt").write_text("x", encoding="utf-8")
    for name in (
        "output/json/ab.json",
        "output/reports/quality.html",
        "output/quarantine/ab.json",
        "output/documents/ab.parquet",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}", encoding="utf-8")
    (tmp_path / "output" / "measures").mkdir()
    (tmp_path / "output" / "manifest.json").write_text("{}", encoding="utf-8")
    (tmp_path / "output" / "notice.html").write_text("<p>x", encoding="utf-8")
    found = find_inputs([tmp_path])
    assert [file.name for file in found.files] == ["output/notice.html", "plan.txt"]
    assert not found.passed_over
