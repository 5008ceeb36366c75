"""Inputs and outputs in an S3-compatible store: moto's server, on this machine, in a process of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import fsspec
import pytest

from planextract.run.status import find_status
from planextract.write.store import open_store

from ..benchmark.corpora import make_small_plan
from ..benchmark.kill_runs import digest_output
from ..conftest import run_cli


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    """Start a server; return the file system of a client, with a bucket 'plans' on it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    before = dict(os.environ)
    os.environ.update(
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",
        AWS_DEFAULT_REGION="us-east-1",
        AWS_ENDPOINT_URL=address,
        AWS_EC2_METADATA_DISABLED="true",
        NO_PROXY="127.0.0.1",
        no_proxy="127.0.0.1",
    )
    log = (tmp_path_factory.mktemp("s3") / "log").open("wb")
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(address, timeout=2)
                    break
                except OSError:
                    time.sleep(0.1)
            client = fsspec.filesystem("s3", skip_instance_cache=True)
            client.mkdir("plans")
            yield client
        finally:
            server.kill()
            os.environ.clear()
            os.environ.update(before)
            log.close()


@pytest.fixture(scope="module")
def done(s3, tmp_path_factory):
    """Run over documents in the store, into the store; and over the same on disk."""
    folder = tmp_path_factory.mktemp("local")
    for number in range(3):
        text = make_small_plan(number, rows=3)
        (folder / "in").mkdir(exist_ok=True)
        (folder / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
        s3.pipe_file(f"plans/in/{number}.txt", text.encode())
    (folder / "in" / "bad.txt").write_text("no table", encoding="utf-8")
    s3.pipe_file("plans/in/bad.txt", b"no table")
    run_cli("run", str(folder / "in"), "-o", str(folder / "out"), "-q")
    return folder, run_cli("run", "s3://plans/in", "-o", "s3://plans/out", "--json")


def test_the_output_is_the_same_as_on_disk(s3, done, tmp_path):
    folder, first = done
    assert first.returncode == 3, first.stderr
    s3.get("plans/out", str(tmp_path / "got"), recursive=True)
    assert digest_output(tmp_path / "got") == digest_output(folder / "out")


def test_what_is_unchanged_is_not_read_again(s3, done):
    again = run_cli("run", "s3://plans/in", "-o", "s3://plans/out", "--json")
    assert json.loads(again.stdout)["unchanged"] == 4
    status = find_status("s3://plans/out")
    assert (status.state, status.count()["committed"], status.count()["quarantined"]) == ("done", 3, 1)


def test_an_output_that_another_run_holds_is_refused(s3, done):
    store = open_store("s3://plans/held")
    store.lock("other")
    refused = run_cli("run", "s3://plans/in", "-o", "s3://plans/held")
    assert refused.returncode == 4
    assert "another run" in refused.stderr
    store.unlock()
    assert not s3.exists("plans/held/.lock")


def test_a_lock_that_nobody_renewed_is_taken_over(s3, done):
    s3.pipe_file("plans/dead/.lock", json.dumps({"run_id": "x", "renewed_at": time.time() - 1000}).encode())
    store = open_store("s3://plans/dead")
    store.lock("new")
    store.check_lock("new")
    store.unlock()


def test_a_copy_of_a_remote_output_is_compacted(done, tmp_path):
    made = run_cli("compact", "s3://plans/out", "--to", str(tmp_path / "copy"))
    assert made.returncode == 0, made.stderr
    assert len(list((tmp_path / "copy" / "measures").glob("*.parquet"))) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("s3://plans/nothing", "-o", "x"), "no such file"),
        (("s3://no-such-bucket-here/in", "-o", "x"), "no-such-bucket-here"),
        (("gopher://x/in", "-o", "x"), "gopher"),
    ],
)
def test_a_wrong_address_is_one_clear_line(s3, tmp_path, arguments, words):
    refused = run_cli("run", *arguments, cwd=tmp_path)
    assert refused.returncode in (2, 4)
    assert "Traceback" not in refused.stderr
    assert words in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
