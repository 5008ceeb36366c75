"""Whatever is given, the command line says in one line what is wrong, and leaves nothing half-written."""

from __future__ import annotations

import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ..builders import make_plan_text
from ..conftest import run_cli, run_quickly

GOOD = make_plan_text("1\t水环境\t加强巡查。\t年底前\t区生态环境局\t---", title="北京市西城区水污染防治2021年行动计划")
NOISE = random.Random(7).randbytes(5000)
HEADER_ROW = "".join(
    f"<td>{label}</td>" for label in ("序号", "重点任务", "工作措施", "完成时限", "主责单位", "协办单位")
)
SECONDS = 60


def make_good(number: int) -> str:
    return GOOD.replace("加强巡查", f"第{number}次巡查")


def run_on(folder: Path, name: str, data: bytes | str, *more: str, **options):
    """Write an input, run the command on it, and return what it said and its output folder."""
    path = folder / name
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    done = run_quickly("run", str(path), "-o", str(folder / "out"), *more, **options)
    assert done.cpu_seconds < SECONDS  # of computing: a busy machine's clock says nothing
    return done, folder / "out"


def assert_one_clear_line(done, *words: str) -> None:
    assert "Traceback" not in done.stderr + done.stdout
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert all(word in lines[0] for word in words), lines[0]


def assert_nothing_half_written(out: Path) -> None:
    parts = [path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()]
    parts = [part for part in parts if not part.startswith(".readings/")]  # what was read is kept for the next run
    committed = {path.stem for path in (out / "documents").glob("*.parquet")}
    assert not list(out.glob(".staging-*"))
    assert {Path(part).stem for part in parts if part.count("/") == 1 and "quarantine/" not in part} <= committed


def assert_quarantined(done, out: Path, data: bytes | str, name: str, code: str | None = None) -> None:
    content = data.encode("utf-8") if isinstance(data, str) else data
    doc_id = hashlib.sha256(content).hexdigest()[:16]
    record = json.loads((out / "quarantine" / f"{doc_id}.json").read_text(encoding="utf-8"))
    assert record["source_path"] == name
    assert record["advice"]
    assert code in (None, record["code"])
    assert done.returncode == 3
    assert not (out / "documents" / f"{doc_id}.parquet").exists()
    assert_one_clear_line(done, name, record["advice"])
    assert_nothing_half_written(out)


BAD = {
    "empty": (b"", "read.empty"),
    "white space": (b" \n\t\r\n", "read.empty"),
    "a byte order mark alone": (b"\xef\xbb\xbf", "read.empty"),
    "every byte": (bytes(range(256)) * 20, "read.not_text"),
    "random bytes": (NOISE, "read.not_text"),
    "Big5": ("序號\t重點任務\t工作措施\t完成時限\n1\t臺灣環境\t加強巡查\t年底前\n".encode("big5"), "read.not_text"),
    "EBCDIC": ("No\tTask\tMeasure\tDeadline\n1\tWater\tInspect more often\t2021\n".encode("cp037"), "read.not_text"),
    "UTF-16 without a mark": (GOOD.encode("utf-16-le"), "read.not_text"),
    "null characters": (GOOD.replace("\t", "\0"), "read.not_text"),
    "no table": ("关于开展工作的通知\n各单位：\n请认真落实。\n", "read.no_table"),
    "unknown headers": ("甲列\t乙列\t丙列\n1\t2\t3\n", "detect.unknown_header"),
    "a PNG": (b"\x89PNG\r\n\x1a\n" + NOISE, None),
    "a JPEG": (b"\xff\xd8\xff\xe0" + NOISE, None),
    "a damaged PDF": (b"%PDF-1.7\n" + NOISE, None),
    "a damaged docx": (b"PK\x03\x04" + NOISE, None),
    "an old Word document": (b"\xd0\xcf\x11\xe0" + NOISE, None),
    "tables nested too deep": ("<table><tr><td>" * 100_000, "read.too_deep"),
    "rows and columns of a bomb": (
        "<table>" + ("<tr>" + "<td rowspan=99999999 colspan=99999999>甲" * 100) * 100 + "</table>",
        "read.too_many_cells",
    ),
    "one row of a million cells": ("序号\t重点任务\n甲" + "\t" * 1_500_000 + "乙\n", "read.too_many_cells"),
    "a single line of 5 MB": ("措施" * 830_000, "read.no_table"),
    "a single line of digits": ("1" * 5_000_000, "read.no_table"),
    "tags that never end": ("<td" * 1_600_000, "read.no_table"),
    "comments that never end": ("<table>" + "<!--" * 1_200_000, "read.no_table"),
    "spaces and a dash": ("-" + " " * 5_000_000 + "x", "read.no_table"),
}


@pytest.mark.parametrize(("data", "code"), BAD.values(), ids=BAD.keys())
def test_a_bad_input_is_quarantined(tmp_path, data, code):
    done, out = run_on(tmp_path, "plan.txt", data)
    assert_quarantined(done, out, data, "plan.txt", code)


ODD = {
    "a huge rowspan": f"<table><tr>{HEADER_ROW}</tr><tr><td rowspan=99999999>1<td>水<td>加强。<td>年底前<td>区教委<td>---</table>",
    "a span of 5000 digits": f"<table><tr>{HEADER_ROW}</tr><tr><td rowspan={'9' * 5000}>1<td>水<td>加强。<td>年底前<td>区教委<td>-</table>",
    "a huge colspan": f"<table><tr>{HEADER_ROW}</tr><tr><td>1<td>水<td>加强。<td>年底前<td>区教委<td colspan=99999999>---</table>",
    "an attachment number of 5000 digits": f"附件{'9' * 5000}\n\n{GOOD}",
    "a cell of 500 kB": GOOD.replace("加强巡查。", "完成改造5家，" * 24_000),
    "a cell of 1 MB of digits": GOOD.replace("加强巡查。", "1" * 1_000_000),
    "a deadline of 1 MB": GOOD.replace("年底前", "年底前" * 100_000),
    "a task number that is none": GOOD.replace("\n1\t", "\n99999999999999999999\t"),
    "OCR noise in a task number": GOOD.replace("\n1\t", "\n٣²\t"),
    "control pictures and private characters": GOOD.replace("加强", "\ue000\U000f0000\u202e加强"),
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_an_odd_input_is_committed_or_quarantined(tmp_path, text):
    done, out = run_on(tmp_path, "plan.txt", text, "-q")
    if done.returncode == 0:
        assert done.stderr == ""
        assert len(list((out / "documents").glob("*.parquet"))) == 1
        assert_nothing_half_written(out)
        json.loads(next((out / "json").glob("*.json")).read_text(encoding="utf-8"), parse_constant=pytest.fail)
    else:
        assert_quarantined(done, out, text, "plan.txt")
        assert "defect" not in done.stderr


def test_one_bad_input_among_ten_keeps_nine(tmp_path):
    for number in range(9):
        (tmp_path / f"plan{number}.txt").write_text(make_good(number), encoding="utf-8")
    done, out = run_on(tmp_path, "plan9.txt", NOISE)
    assert done.returncode == 3
    folder = tmp_path / "in"
    folder.mkdir()
    for path in tmp_path.glob("plan*.txt"):
        shutil.copy(path, folder)
    done = run_quickly("run", str(folder), "-o", str(out), "--json")
    assert done.returncode == 3
    assert_one_clear_line(done, "plan9.txt")
    assert len(list((out / "documents").glob("*.parquet"))) == 9
    assert [item["source_path"] for item in json.loads(done.stdout)["quarantined"]] == ["plan9.txt"]
    assert len(list((out / "quarantine").glob("*.json"))) == 1
    assert_nothing_half_written(out)


def test_a_document_that_turns_bad_is_withdrawn_and_one_that_turns_good_leaves_quarantine(tmp_path):
    done, out = run_on(tmp_path, "plan.txt", GOOD)
    assert done.returncode == 0
    (tmp_path / "plan.txt.overrides.yaml").write_text("nonsense: 1\n", encoding="utf-8")
    done, out = run_on(tmp_path, "plan.txt", GOOD)
    assert done.returncode == 3
    assert not list((out / "documents").glob("*.parquet"))
    assert_nothing_half_written(out)
    (tmp_path / "plan.txt.overrides.yaml").unlink()
    done, out = run_on(tmp_path, "plan.txt", GOOD)
    assert done.returncode == 0
    assert not list((out / "quarantine").glob("*.json"))


@pytest.mark.parametrize(
    "override",
    [
        pytest.param("[" * 100_000, id="deep"),
        pytest.param("boundaries: [", id="broken"),
        pytest.param("boundaries:\n- {pages: [1, 2], joyn: true}\n", id="unknown key"),
        pytest.param("- 1\n- 2\n", id="a list"),
        pytest.param(b"\xff\xfe\x00", id="no UTF-8"),
        pytest.param("a: !!python/object/apply:os.system [id]\n", id="code"),
    ],
)
def test_a_bad_override_file_quarantines_its_document(tmp_path, override):
    data = override if isinstance(override, bytes) else override.encode("utf-8")
    (tmp_path / "plan.txt.overrides.yaml").write_bytes(data)
    done, out = run_on(tmp_path, "plan.txt", GOOD)
    assert done.returncode == 3
    assert_one_clear_line(done, "plan.txt.overrides.yaml")
    assert_nothing_half_written(out)
    assert list((out / "quarantine").glob("*.json"))


@pytest.mark.parametrize("name", ["missing.txt", "x" * 300, "sub/missing.txt"])
def test_a_missing_path_is_wrong_usage(tmp_path, name):
    done = run_quickly("run", str(tmp_path / name), "-o", str(tmp_path / "out"))
    assert done.returncode == 2
    assert_one_clear_line(done, name, "Check the path")
    assert not (tmp_path / "out").exists()


def test_an_empty_folder_is_wrong_usage(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "note.xyz").write_text("x")
    done = run_quickly("run", str(folder), "-o", str(tmp_path / "out"))
    assert done.returncode == 2
    assert_one_clear_line(done, str(folder), ".txt")
    assert not (tmp_path / "out").exists()


def test_a_name_in_another_encoding_is_committed(tmp_path):
    path = Path(os.fsdecode(bytes(tmp_path) + b"/\xbc\xc6\xbb\xae.txt"))
    path.write_text(GOOD, encoding="utf-8")
    done = run_quickly("run", str(path), "-o", str(tmp_path / "out"))
    assert "Traceback" not in done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("inside", [".", "sub/folder"])
def test_an_output_below_a_file_cannot_be_written(tmp_path, inside):
    (tmp_path / "file").write_text("x")
    (tmp_path / "plan.txt").write_text(GOOD, encoding="utf-8")
    target = tmp_path / "file" / inside
    done = run_quickly("run", str(tmp_path / "plan.txt"), "-o", str(target))
    assert done.returncode == 4
    assert_one_clear_line(done, str(target), "-o" if inside == "." else "another folder")
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize("table", ["documents", "json", "measures", "agencies.parquet", "manifest.json", "quarantine"])
def test_something_in_the_way_inside_the_output(tmp_path, table):
    out = tmp_path / "out"
    out.mkdir()
    if "." in table:
        (out / table).mkdir()
        (out / table / "mine").write_text("x")
    else:
        (out / table).write_text("x")
    done, out = run_on(tmp_path, "plan.txt", GOOD)
    assert done.returncode == 4
    assert_one_clear_line(done, str(out))
    assert not list(out.glob(".staging-*"))
    if table != "manifest.json":
        assert not (out / "documents").is_dir() or not list((out / "documents").glob("*.parquet"))
        assert not list(out.glob("*/*.parquet"))


@pytest.mark.skipif(os.geteuid() == 0 and shutil.which("setpriv") is None, reason="root may write everywhere")
def test_an_output_without_permission(tmp_path):
    (tmp_path / "plan.txt").write_text(GOOD, encoding="utf-8")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    command = [sys.executable, "-m", "planextract", "run", str(tmp_path / "plan.txt"), "-o", str(locked / "out")]
    if os.geteuid() == 0:
        command = [
            "setpriv",
            "--bounding-set=-all",
            "--inh-caps=-all",
            "--reuid=0",
            "--clear-groups",
            "--no-new-privs",
            *command,
        ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode == 0 or "setpriv" in done.stderr:
        pytest.skip("permissions do not bind here")
    assert done.returncode == 4
    assert_one_clear_line(done, str(locked), "permission")


def limit_file_size(size: int):
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("size", [0, 1_000, 6_000])
def test_a_disk_that_is_full(tmp_path, size):
    path, out = tmp_path / "plan.txt", tmp_path / "out"
    text = make_plan_text(*(f"{n}\t水\t措施{n}{'长' * n}。\t年底前\t甲{n}局\t-" for n in range(1, 400)))
    path.write_text(text, encoding="utf-8")
    done = run_cli("run", str(path), "-o", str(out), preexec_fn=limit_file_size(size))
    assert done.returncode == 4
    assert_one_clear_line(done, str(out), "space")
    assert_nothing_half_written(out)
    assert not list((out / "documents").glob("*.parquet"))


def test_a_small_file_system_that_fills_up(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        (tmp_path / "plan.txt").write_text(GOOD, encoding="utf-8")
        done = run_quickly("run", str(tmp_path / "plan.txt"), "-o", str(disk / "out"))
        assert done.returncode == 4
        assert_one_clear_line(done, str(disk / "out"), "space")
        assert_nothing_half_written(disk / "out")
    finally:
        subprocess.run(["umount", str(disk)], check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("--settings", "missing.toml"), id="missing settings"),
        pytest.param(("--settings", "bad.toml"), id="unknown key"),
    ],
)
def test_wrong_settings_stop_the_run_before_it_starts(tmp_path, arguments):
    (tmp_path / "bad.toml").write_text("[read]\nmax_cell = 1\n")
    done, out = run_on(tmp_path, "plan.txt", GOOD, *arguments, cwd=tmp_path)
    assert done.returncode == 5
    assert_one_clear_line(done, arguments[1])
    assert not out.exists()
