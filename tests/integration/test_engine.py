"""Workers that hang, crash or eat memory; runs that are repeated, stopped, locked out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

import planextract
from planextract.errors import OutputError
from planextract.run.account import DocumentResult
from planextract.run.options import RunOptions
from planextract.run.runs import run_inputs
from planextract.run.status import find_status
from planextract.settings import RunSettings, Settings
from planextract.write.store import open_store

from .. import poison
from ..benchmark.corpora import make_small_plan, write_corpus
from ..benchmark.kill_runs import digest_output, find_children, start_run
from ..conftest import run_cli

LIMITS = RunSettings(workers=2, max_seconds=60, max_stall_seconds=60, max_cpu_seconds=30, max_memory_mb=300)


class Listener:
    """Progress that keeps what it is told."""

    def __init__(self) -> None:
        self.done: list[DocumentResult] = []
        self.pages: list[int] = []
        self.drained = False

    def start(self, total: int) -> None:
        self.total = total

    def advance(self, result: DocumentResult) -> None:
        self.done.append(result)

    def read_page(self, name: str, page_number: int, page_count: int) -> None:
        self.pages.append(page_number)

    def tick(self) -> None:
        pass

    def drain(self) -> None:
        self.drained = True


def run(folder: Path, output: Path, limits: RunSettings = LIMITS, **options):
    return run_inputs([folder], output, replace(Settings(), run=limits), Listener(), RunOptions(**options))


@pytest.fixture
def poisoned(monkeypatch):
    monkeypatch.setattr("planextract.run.bundles.read_document", poison.read_document)


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def read_record(output: Path, name: str) -> dict:
    records = [json.loads(path.read_text(encoding="utf-8")) for path in (output / "quarantine").glob("*.json")]
    return next(record for record in records if record["source_path"] == f"{name}.txt")


@pytest.mark.parametrize(
    ("what", "code", "words"),
    [
        ("hang", "run.stalled", "hangs"),
        ("compute", "run.cpu_limit", "computing time"),
        ("memory", "run.out_of_memory", "memory"),
        ("too much", "run.out_of_memory", "memory"),
        ("segfault", "run.crashed", "SIGSEGV"),
        ("abort", "run.crashed", "SIGABRT"),
        ("leave", "run.crashed", "exit code 7"),
        ("stumble", "internal.unforeseen", "RuntimeError"),
        ("killed", "run.killed", "killed from outside"),
    ],
)
def test_a_poisoned_document_is_quarantined_with_the_true_reason(tmp_path, poisoned, what, code, words):
    folder = write(tmp_path / "in", bad=poison.make_poison(what, "x"), good=make_small_plan(1), more=make_small_plan(2))
    limits = replace(LIMITS, max_stall_seconds=4) if what == "hang" else LIMITS  # a loaded machine is no hang
    limits = replace(limits, max_cpu_seconds=1) if what == "compute" else limits
    summary = run(folder, tmp_path / "out", limits)
    assert [(result.name, result.error and result.error.code) for result in summary.results] == [
        ("bad.txt", code),
        ("good.txt", None),
        ("more.txt", None),
    ]
    record = read_record(tmp_path / "out", "bad")
    assert record["code"] == code
    assert words in record["cause"]
    assert record["advice"]
    assert len(record.get("attempts", [])) == (0 if what in ("killed", "compute") else 2)  # no page: as long again
    assert not [
        path for path in (tmp_path / "out").iterdir() if path.name.startswith((".staging", ".lock", ".journal"))
    ]


def test_a_crash_of_a_second_reader_is_read_in_degraded_mode(tmp_path, poisoned):
    folder = write(tmp_path / "in", plan=poison.make_poison("second reader", make_small_plan(3)))
    summary = run(folder, tmp_path / "out")
    assert not summary.failed
    findings = planextract.load(tmp_path / "out")["findings"]
    message = findings[findings["code"] == "run.degraded"]["message"].item()
    assert "SIGSEGV" in message


def test_pages_that_crash_are_lost_and_the_others_are_kept(tmp_path, poisoned):
    folder = write(tmp_path / "in", plan=poison.make_poison("page 2,4", make_small_plan(3)))
    summary = run(folder, tmp_path / "out")
    assert not summary.failed
    findings = planextract.load(tmp_path / "out")["findings"]
    assert findings[findings["code"] == "read.lost_page"]["page"].tolist() == [2, 4]
    entry = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["inputs"][0]
    assert entry["lost_pages"] == [2, 4]


def test_a_document_that_crashes_on_too_many_pages_is_given_up(tmp_path, poisoned):
    folder = write(tmp_path / "in", plan=poison.make_poison("page 1,2,3,4", make_small_plan(3)))
    summary = run(folder, tmp_path / "out")
    assert [result.error.code for result in summary.failed] == ["run.crashed"]
    assert summary.failed[0].error.page == 1


def test_what_is_unchanged_is_passed_over_and_what_changed_is_not(tmp_path):
    folder = write(tmp_path / "in", a=make_small_plan(1), b=make_small_plan(2), bad="no table here")
    first = run(folder, tmp_path / "out")
    before = digest_output(tmp_path / "out")
    again = run(folder, tmp_path / "out")
    assert [result.is_fresh for result in again.results] == [True, True, True]
    assert [result.error and result.error.message for result in again.results] == [
        result.error and result.error.message for result in first.results
    ]
    assert again.total("measures") == first.total("measures")
    assert digest_output(tmp_path / "out") == before
    write(folder, b=make_small_plan(9))
    changed = run(folder, tmp_path / "out")
    assert [result.is_fresh for result in changed.results] == [True, False, True]
    assert changed.leftovers == 1
    pruned = run(folder, tmp_path / "out", prune=True)
    assert (pruned.pruned, pruned.leftovers) == (1, 0)
    run(folder, tmp_path / "fresh")
    assert digest_output(tmp_path / "out") == digest_output(tmp_path / "fresh")


def test_files_that_did_not_change_are_not_opened(tmp_path, monkeypatch):
    folder = write(tmp_path / "in", a=make_small_plan(1), b=make_small_plan(2))
    long_ago = time.time() - 60
    for path in folder.iterdir():
        os.utime(path, (long_ago, long_ago))
    run(folder, tmp_path / "out")
    monkeypatch.setattr("planextract.run.bundles.hash_input", lambda *_: pytest.fail("a file was read"))
    assert all(result.is_fresh for result in run(folder, tmp_path / "out").results)


def test_a_changed_dictionary_resolves_again_without_reading_again(tmp_path, monkeypatch):
    folder = write(tmp_path / "in", a=make_small_plan(1).replace("区水务局", "区治水局"))
    first = run(folder, tmp_path / "out")
    assert first.total("unresolved") > 0
    own = tmp_path / "own" / "agencies"
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text(
        "region: '110102'\nentries:\n- {id: own-water, name: 区治水局, full_name: 北京市西城区治水局, kind: agency, level: 区,\n"
        "   source: test, examples: [区治水局]}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("planextract.run.bundles.read_document", lambda *_: os._exit(9))
    second = run(folder, tmp_path / "out", extra_dictionaries=tmp_path / "own")
    assert [result.is_fresh for result in second.results] == [False]
    assert not second.failed
    assert second.total("unresolved") == 0


def test_other_limits_try_again_what_broke_them(tmp_path, poisoned):
    folder = write(tmp_path / "in", bad=poison.make_poison("hang"))
    short, shorter = replace(LIMITS, max_stall_seconds=2), replace(LIMITS, max_stall_seconds=1)
    run(folder, tmp_path / "out", short)
    assert run(folder, tmp_path / "out", short).results[0].is_fresh
    assert not run(folder, tmp_path / "out", shorter).results[0].is_fresh
    assert not run(folder, tmp_path / "out", shorter, retry=True).results[0].is_fresh


@pytest.mark.parametrize("part", ["documents", "measures", "json"])
def test_a_part_that_is_gone_is_made_again(tmp_path, part):
    folder = write(tmp_path / "in", a=make_small_plan(1))
    run(folder, tmp_path / "out")
    before = digest_output(tmp_path / "out")
    next((tmp_path / "out" / part).iterdir()).unlink()
    run(folder, tmp_path / "out")
    assert digest_output(tmp_path / "out") == before


@pytest.mark.parametrize("garbage", ['{"inputs": [1, {"doc_id": 3}]}', "{", "[]", '{"inputs": {}}'])
def test_a_damaged_manifest_or_reading_is_no_harm(tmp_path, garbage):
    folder = write(tmp_path / "in", a=make_small_plan(1))
    run(folder, tmp_path / "out")
    before = digest_output(tmp_path / "out")
    (tmp_path / "out" / "manifest.json").write_text(garbage)
    next((tmp_path / "out" / ".readings").iterdir()).write_bytes(b"torn")
    run(folder, tmp_path / "out")
    assert set(digest_output(tmp_path / "out")) == set(before)
    assert all(result.is_fresh for result in run(folder, tmp_path / "out").results)


def test_two_runs_on_one_output_are_refused(tmp_path):
    folder = write(tmp_path / "in", a=make_small_plan(1))
    run(folder, tmp_path / "out")
    hold = "import sys, time; from planextract.write.store import open_store; s = open_store(sys.argv[1]); s.lock('other'); print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", hold, str(tmp_path / "out")], stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        done = run_cli("run", str(folder), "-o", str(tmp_path / "out"))
        assert find_status(tmp_path / "out").state == "done"
        other.kill()
    assert done.returncode == 4
    assert f"process {other.pid}" in done.stderr
    assert run_cli("run", str(folder), "-o", str(tmp_path / "out")).returncode == 0


def test_a_process_of_a_run_that_is_over_publishes_nothing(tmp_path):
    from planextract.write.commit import OutputFolder

    store = open_store(tmp_path / "out")
    store.lock("new")
    orphan = OutputFolder(open_store(tmp_path / "out"), [], "old")
    with pytest.raises(OutputError, match="does not hold the output"):
        orphan.quarantine("0" * 16, "a.txt", OutputError("write.failed", "x"))
    assert not (tmp_path / "out" / "quarantine").exists()
    store.unlock()


def wait_until(is_true, seconds: float = 40.0) -> None:
    until = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_ctrl_c_drains_and_the_next_run_goes_on(tmp_path):
    write_corpus(tmp_path / "in", 40, rows=5)
    process = start_run(tmp_path / "in", tmp_path / "out", "--workers", "1")
    wait_until(lambda: len(list((tmp_path / "out" / "documents").glob("*"))) > 3)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "inputs are left" in errors.decode()
    status = find_status(tmp_path / "out")
    assert status.state == "stopped"
    assert 3 < status.count()["committed"] < 40
    assert len(planextract.load(tmp_path / "out")["documents"]) == status.count()["committed"]
    assert run_cli("run", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-q").returncode == 0
    assert find_status(tmp_path / "out").count()["committed"] == 40


def test_a_run_killed_at_once_with_its_workers_is_completed_to_the_same_bytes(tmp_path):
    write_corpus(tmp_path / "in", 30, rows=5)
    run_cli("run", str(tmp_path / "in"), "-o", str(tmp_path / "calm"), "-q", check=True)
    for least in (2, 12):
        process = start_run(tmp_path / "in", tmp_path / "wild")
        wait_until(lambda least=least: len(list((tmp_path / "wild" / "documents").glob("*"))) > least)
        workers = find_children(process.pid)
        assert workers
        os.kill(workers[0], signal.SIGKILL)
        process.kill()
        process.communicate()
        wait_until(lambda workers=workers: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    assert find_status(tmp_path / "wild").state == "broken off"
    done = run_cli("run", str(tmp_path / "in"), "-o", str(tmp_path / "wild"), "--json", check=True)
    assert json.loads(done.stdout)["unchanged"] > 10
    assert digest_output(tmp_path / "wild") == digest_output(tmp_path / "calm")


def test_the_log_holds_one_event_a_line(tmp_path):
    folder = write(tmp_path / "in", a=make_small_plan(1), bad="no table")
    done = run_cli("run", str(folder), "-o", str(tmp_path / "out"), "--log-json", str(tmp_path / "log"), "-q")
    assert done.returncode == 3
    events = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert events[0]["event"] == "run_started"
    assert {event["event"] for event in events} == {
        "run_started",
        "document_committed",
        "document_quarantined",
        "run_finished",
    }
    assert all(event["time"] for event in events)


def test_a_run_works_outside_the_main_thread(tmp_path):
    folder = write(tmp_path / "in", a=make_small_plan(1))
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(run(folder, tmp_path / "out").exit_code))
    thread.start()
    thread.join(60)
    assert found == [0]


def test_spawned_workers_do_the_same(tmp_path, monkeypatch):
    folder = write(tmp_path / "in", a=make_small_plan(1), b=make_small_plan(2))
    run(folder, tmp_path / "forked")
    monkeypatch.setattr("planextract.run.pool._choose_start_method", lambda _: "spawn")
    run(folder, tmp_path / "spawned", RunSettings(workers=1))
    assert digest_output(tmp_path / "spawned") == digest_output(tmp_path / "forked")


def test_dask_does_the_same(tmp_path):
    folder = write(tmp_path / "in", a=make_small_plan(1), b=make_small_plan(2), bad="no table")
    run(folder, tmp_path / "local")
    done = run_cli("run", str(folder), "-o", str(tmp_path / "dask"), "-q", "--engine", "dask", "--workers", "1")
    assert done.returncode == 3, done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert digest_output(tmp_path / "dask") == digest_output(tmp_path / "local")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("--engine", "spark"), "Engines are local, dask"), (("--scheduler", "tcp://127.0.0.1:1"), "--engine dask")],
)
def test_a_wrong_engine_is_one_clear_line(tmp_path, arguments, words):
    folder = write(tmp_path / "in", a=make_small_plan(1))
    done = run_cli("run", str(folder), "-o", str(tmp_path / "out"), *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert not (tmp_path / "out").exists()
