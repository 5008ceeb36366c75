"""A2–A4, B7: what workers start dies with them, the machine's faults pass, one holder, versions of all that reads."""

from __future__ import annotations

import ast
import errno
import importlib.metadata
import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import planextract
from planextract.errors import OutputError, find_machine_fault
from planextract.read import programs
from planextract.read.helpers import run_program
from planextract.run import limits
from planextract.run.versions import _SHOWING, BUILT_ON
from planextract.settings import ReadSettings
from planextract.write.store import open_store

from ..benchmark.corpora import make_small_plan, write_corpus
from ..benchmark.kill_runs import digest_output
from ..conftest import ROOT, run_cli

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
RTF = rb"{\rtf1\ansi \trowd\cellx3000\row}"


def wait_until(is_true, seconds=40.0):
    until = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < until
        time.sleep(0.05)


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# A program that starts another one in a session of its own, as LibreOffice does, and waits for ever.
STARTER = """#!/bin/sh
setsid sh -c 'echo $$ >> {pids}; sleep 600' &
echo $$ >> {pids}
sleep 600
"""


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A folder with an old Word document, and a LibreOffice that hangs and leaves a process behind."""
    folder = tmp_path / "bin"
    folder.mkdir()
    pids = tmp_path / "pids"
    for name in ("soffice", "libreoffice"):
        program = folder / name
        program.write_text(STARTER.format(pids=pids))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "old.rtf").write_bytes(RTF)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    return tmp_path


def start(folder, *settings):
    (folder / "s.toml").write_text("[run]\nworkers = 1\n" + "\n".join(settings))
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "planextract",
            "run",
            str(folder / "in"),
            "-o",
            str(folder / "out"),
            "-q",
            "--settings",
            str(folder / "s.toml"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    wait_until(lambda: (folder / "pids").exists() and len((folder / "pids").read_text().split()) >= 2)
    return process, [int(pid) for pid in (folder / "pids").read_text().split()]


def kill_run(process, _):
    process.kill()


def interrupt_twice(process, _):
    process.send_signal(signal.SIGINT)
    time.sleep(1)
    process.send_signal(signal.SIGINT)


def kill_worker(process, pids):
    from ..benchmark.kill_runs import find_children

    worker = next(pid for pid in find_children(process.pid) if pid not in pids)
    os.kill(worker, signal.SIGKILL)
    time.sleep(0.5)
    process.kill()


@needs_linux
@pytest.mark.parametrize("end", [kill_run, interrupt_twice, kill_worker])
def test_what_a_worker_started_dies_with_it(office, end):
    process, pids = start(office)
    end(process, pids)
    process.communicate(timeout=60)
    wait_until(lambda: not any(map(is_running, [int(pid) for pid in (office / "pids").read_text().split()])), 20)
    assert not list((office / "tmp").iterdir())


@needs_linux
def test_a_limit_that_is_broken_ends_the_programs_too(office):
    process, pids = start(office, "max_seconds = 3")
    _, errors = process.communicate(timeout=90)
    assert process.returncode == 3, errors
    wait_until(lambda: not any(map(is_running, pids)), 20)
    left = [int(pid) for pid in (office / "pids").read_text().split()]
    wait_until(lambda: not any(map(is_running, left)), 20)
    assert not list((office / "tmp").iterdir())
    assert not list((office / "out").glob(".staging-*"))


@needs_linux
def test_memory_and_computing_of_programs_count():
    script = "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', 'x = bytearray(80 << 20); x[::4096] = b\"x\" * len(x[::4096]); print(1, flush=True)\\nwhile True: pass']); time.sleep(600)"
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    try:
        assert process.stdout.readline() == b"1\n"
        wait_until(lambda: limits.measure_tree(process.pid).cpu_seconds > 1)
        assert limits.measure_tree(process.pid).resident_bytes > 80 << 20
    finally:
        for pid in [*limits.find_descendants(process.pid), process.pid]:
            os.kill(pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


def test_a_program_gives_its_output_or_nothing(tmp_path):
    assert run_program(["sh", "-c", "echo 甲"], 20).decode() == "甲\n"
    assert run_program(["sh", "-c", "echo x; exit 3"], 20) is None
    assert run_program(["no-such-program"], 20) is None
    with pytest.raises(subprocess.TimeoutExpired):
        run_program(["sh", "-c", f"sleep 600 & echo $! > {tmp_path}/pid; wait"], 1)
    assert not is_running(int((tmp_path / "pid").read_text()))


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_program_killed_from_outside_is_no_fault_of_the_document():
    for number in (signal.SIGKILL, signal.SIGTERM):
        with pytest.raises(OSError, match="killed from outside") as caught:
            run_program(["sh", "-c", f"kill -{int(number)} $$"], 20)
        assert find_machine_fault(caught.value)
    assert run_program(["sh", "-c", f"kill -{int(signal.SIGSEGV)} $$"], 20) is None  # it crashed by itself


def test_three_runs_of_one_process_do_not_hold_one_output(tmp_path):
    write_corpus(tmp_path / "in", 6, 4)
    found: list[object] = []

    def run():
        try:
            planextract.extract_all([tmp_path / "in"], tmp_path / "out")
            found.append("done")
        except OutputError as exc:
            found.append(exc.code)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert found.count("done") >= 1
    assert set(found) <= {"done", "write.locked"}
    assert {path.name for path in (tmp_path / "out").glob(".*")} <= {".readings", ".bodies"}
    run_cli("run", str(tmp_path / "in"), "-o", str(tmp_path / "calm"), "-q", check=True)
    assert digest_output(tmp_path / "out") == digest_output(tmp_path / "calm")


def test_asking_for_the_state_does_not_give_the_lock_free(tmp_path):
    """Closing any file of a POSIX lock gives it free in the whole process; ours belongs to one open file."""
    from planextract.write.lock import LOCK_NAME

    store = open_store(tmp_path / "out")
    store.lock("a")
    for _ in range(3):
        assert open_store(tmp_path / "out").is_locked()
        assert store.read(LOCK_NAME)
    with pytest.raises(OutputError, match="another run"):
        open_store(tmp_path / "out").lock("b")
    other = "import sys; from planextract.write.store import open_store; print(open_store(sys.argv[1]).is_locked())"
    assert subprocess.check_output([sys.executable, "-c", other, str(tmp_path / "out")]) == b"True\n"
    store.unlock()
    assert not open_store(tmp_path / "out").is_locked()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_does_not_keep_the_lock(tmp_path):
    store = open_store(tmp_path / "out")
    store.lock("a")
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(theirs)
        os.read(ours, 1)
        os._exit(0)
    os.close(ours)
    store.unlock()
    open_store(tmp_path / "out").lock("b")
    os.close(theirs)
    os.waitpid(child, 0)


# The machine's faults


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM])
def test_a_fault_of_the_machine_while_reading_is_tried_again(tmp_path, monkeypatch, number):
    from planextract.run.bundles import read_document as really

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(make_small_plan(1, 3), encoding="utf-8")

    def read(*arguments):
        if (tmp_path / "failing").exists():
            raise ValueError("a library says something else") from OSError(number, os.strerror(number))
        return really(*arguments)

    monkeypatch.setattr("planextract.run.bundles.read_document", read)
    (tmp_path / "failing").touch()
    summary = planextract.extract_all([tmp_path / "in"], tmp_path / "out")
    assert [result.error.code for result in summary.failed] == ["run.machine_failed"]
    (tmp_path / "failing").unlink()
    summary = planextract.extract_all([tmp_path / "in"], tmp_path / "out")
    assert not summary.failed
    assert "degraded" not in next((tmp_path / "out" / "json").iterdir()).read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_below_libreoffice_is_no_fault_of_the_document(monkeypatch):
    """It does not say why it wrote nothing; a probe beside it meets the same disk."""
    from planextract.read import office

    monkeypatch.setattr(office, "find_office", lambda: "soffice")
    monkeypatch.setattr(office, "_run", lambda _command, place, *_: (place / "probe").symlink_to("/dev/full"))
    with pytest.raises(OSError) as caught:
        office.convert_document(RTF, "old.rtf", ReadSettings(), ".rtf")
    assert find_machine_fault(caught.value).errno == errno.ENOSPC


def test_a_missing_package_is_no_defect_and_is_tried_again(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(make_small_plan(1, 3), encoding="utf-8")

    def read(*_):
        raise ModuleNotFoundError("No module named 'cv2'", name="cv2")

    with monkeypatch.context() as patch:
        patch.setattr("planextract.run.bundles.read_document", read)
        summary = planextract.extract_all([tmp_path / "in"], tmp_path / "out")
        assert [result.error.code for result in summary.failed] == ["run.missing_extra"]
    assert not planextract.extract_all([tmp_path / "in"], tmp_path / "out").failed


def test_the_fault_behind_other_errors_is_found():
    outer = RuntimeError("x")
    outer.__context__ = OSError(errno.ENOSPC, "full")  # as foreign code does, without "from"
    assert find_machine_fault(outer).errno == errno.ENOSPC
    assert find_machine_fault(OSError(errno.ENOENT, "x")) is None


# What a reading depends on


def test_every_package_that_rooms_and_doors_import_is_in_the_version():
    """Packages that only show results are left out, and so are those that settings and dictionaries cannot feel."""
    own = ROOT / "src" / "planextract"
    shows = {
        "typer",
        "rich",
        "jinja2",
        "pandas",
        "xlsxwriter",
        "duckdb",
        "starlette",
        "uvicorn",
        "h11",
        "fsspec",
        "dask",
        "distributed",
        "matplotlib",
        "anyio",
    }
    modules = set()
    for path in own.rglob("*.py"):
        if path.relative_to(own).parts[0] in _SHOWING | {"export", "new_plan"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            modules |= {name.partition(".")[0] for name in names}
    modules -= set(sys.stdlib_module_names) | {"planextract", "fcntl", "msvcrt"} | shows
    owners = importlib.metadata.packages_distributions()
    missing = {
        module: owners.get(module)
        for module in modules
        if not {name.lower() for name in owners.get(module, ())} & set(BUILT_ON)
    }
    assert not missing, "name them in run/versions.py: another version of them may read otherwise"


def test_a_program_that_comes_or_goes_is_felt(tmp_path, monkeypatch):
    assert programs.describe_programs("text", "auto") == ""
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    described = set()
    for found in (str(program), None):
        programs._describe_office.cache_clear()
        monkeypatch.setattr(programs, "find_office", lambda found=found: found)
        described.add(programs.describe_programs("office", "auto"))
    programs._describe_office.cache_clear()
    assert len(described) == 2
    assert programs.describe_programs(None, "tesseract").count("=") >= 2


def test_what_was_quarantined_for_want_of_a_program_is_tried_again_when_it_is_there(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "old.rtf").write_bytes(RTF)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("planextract.read.programs._OFFICE_PLACES", ())
    programs._describe_office.cache_clear()
    planextract.extract_all([tmp_path / "in"], tmp_path / "out")
    record = next((tmp_path / "out" / "quarantine").iterdir())
    assert json.loads(record.read_text(encoding="utf-8"))["code"] == "read.needs_libreoffice"
    summary = planextract.extract_all([tmp_path / "in"], tmp_path / "out")
    assert not any(result.is_fresh for result in summary.results)
    programs._describe_office.cache_clear()
