"""B3–B5, C4: half-sent requests, a log or an output that goes bad under an open page, refusals that arrive, huge numbers."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from planextract.text.small_int import parse_small_int

from ..benchmark.corpora import make_small_plan
from ..conftest import run_cli
from ..review.server import serving


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    (folder / "in").mkdir()
    text = make_small_plan(1, 4).replace("区水务局", "区怪水局").replace("区教委", "区怪教委")
    (folder / "in" / "a.txt").write_text(text, encoding="utf-8")
    run_cli("run", str(folder / "in"), "-o", str(folder / "out"), "-q", check=True)
    return folder


@pytest.fixture
def place(made, tmp_path):
    shutil.copytree(made / "in", tmp_path / "in")
    shutil.copytree(made / "out", tmp_path / "out")
    return tmp_path


@contextmanager
def reviewing(place):
    with serving(place / "out", place / "in", log=place / "log.jsonl", names=place / "names.jsonl") as server:
        yield server


def test_half_sent_requests_do_not_shut_the_page(place):
    with reviewing(place) as server:
        held = []
        for number in range(300):
            line = socket.create_connection(("127.0.0.1", server.port), timeout=40)
            line.sendall(
                b"GET / HT" if number % 2 else b"POST /decide HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx"
            )
            held.append(line)
        until = time.monotonic() + 40
        status = 0
        while status != 200 and time.monotonic() < until:
            try:
                status = server.ask("GET", "/")[0].status
            except OSError:
                status = 0
            time.sleep(0.2)
        assert status == 200
        for line in held:
            line.settimeout(30)
            while True:
                try:
                    if not line.recv(65_536):
                        break  # the server has closed it
                except ConnectionError:
                    break
            line.close()
        assert server.ask("GET", "/")[0].status == 200


def test_a_slow_but_whole_request_is_answered(place):
    with reviewing(place) as server, socket.create_connection(("127.0.0.1", server.port), timeout=40) as line:
        cookie = f"planextract_review_{server.port}={server.token}"
        head = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {cookie}\r\n\r\n".encode()
        for start in range(0, len(head), 40):
            line.sendall(head[start : start + 40])
            time.sleep(0.1)
        assert line.recv(100).startswith(b"HTTP/1.1 200")


def test_a_bad_line_in_the_log_is_told_and_nothing_is_lost(place):
    log = place / "log.jsonl"
    with reviewing(place) as server:
        page = server.ask("GET", "/")[1].decode()
        key = page.partition('data-key="')[2].partition('"')[0]
        assert key
        log.write_text('{"id": 5}\n', encoding="utf-8")
        for path in ("/", "/view"):
            answer, body = server.ask("GET", path)
            assert answer.status == 200
            assert "line 1" in body.decode()
            assert "log.jsonl" in body.decode()
        status, answer = server.decide(key, "ignore")
        assert status == 200
        assert "line 1" in answer["progress"]
        assert log.read_text(encoding="utf-8") == '{"id": 5}\n'
        log.unlink()
        assert "line 1" not in server.ask("GET", "/view")[1].decode()


def test_an_output_that_goes_away_or_is_run_again_is_noticed(place):
    with reviewing(place) as server:
        before = json.loads(server.ask("GET", "/view")[1])
        shutil.move(place / "out", place / "away")
        answer, body = server.ask("GET", "/view")
        assert answer.status == 200
        found = json.loads(body)
        assert "trouble" in found["progress"]
        assert found["item"] == before["item"]
        shutil.move(place / "away", place / "out")
        run_cli("run", str(place / "in"), "-o", str(place / "out"), "-q", "--again", check=True)
        assert "trouble" not in json.loads(server.ask("GET", "/view")[1])["progress"]


def test_two_pages_on_one_output_see_each_other(place):
    with reviewing(place) as one, reviewing(place) as other:
        key = one.ask("GET", "/")[1].decode().partition('data-key="')[2].partition('"')[0]
        assert one.decide(key, "ignore")[0] in (200, 422)
        assert other.ask("GET", "/view")[0].status == 200


@pytest.mark.parametrize("size", [300_000, 3_000_000, 30_000_000])
def test_a_refusal_arrives_whole_whatever_is_sent(place, size):
    with reviewing(place) as server:
        for headers, status in (({}, 413), ({"X_Review_Token": "wrong"}, 403), ({"Host": "evil"}, 421)):
            for _ in range(3):
                answer, body = server.ask("POST", "/decide", body=b"x" * size, **headers)
                assert answer.status == status
                assert body.startswith(b"refused: ")


@pytest.mark.parametrize("number", ["9" * 5000, "²", "-1", "1.5", "%C2%B2", "x"])
def test_a_page_number_that_is_none_is_not_found(place, number):
    from urllib.parse import quote

    with reviewing(place) as server:
        doc_id = next((place / "out" / "documents").iterdir()).stem
        path = f"/page/{doc_id}/{quote(number)}.webp"
        assert server.ask("GET", path)[0].status == 404


@contextmanager
def reconciling():
    process = subprocess.Popen(
        [sys.executable, "-m", "planextract", "agencies", "serve", "--port", "0", "--region", "110102"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        line = process.stdout.readline()
        yield int(line.rpartition(":")[2].strip().strip("/")), process
    finally:
        process.kill()
        process.communicate()


def test_the_reconciliation_service_answers_lengths_that_are_none():
    with reconciling() as (port, process):
        for length, status in (("²", 413), ("9" * 5000, 413), ("-1", 413), ("1" * 3, 400), ("30000000", 413)):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.putrequest("POST", "/reconcile")
            connection.putheader("Content-Length", length.encode("utf-8"))
            connection.endheaders()
            if length.isascii() and len(length) < 10 and length.isdigit():
                connection.send(b"queries=x" + b"x" * (int(length) - 9))
            answer = connection.getresponse()
            assert (answer.status, bool(answer.read())) == (status, True), length[:9]
            connection.close()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/suggest/entity?prefix=%E5%8C%BA&cursor=" + "9" * 4400)
        assert connection.getresponse().status == 200
        process.terminate()
        assert "Traceback" not in process.communicate(timeout=30)[1]


def test_small_numbers():
    assert [parse_small_int(text) for text in ("0", "007", "", "+1", "１", "²", "1 ", "1_0")] == [0, 7, *[None] * 6]
