"""What does not come from the page itself is refused, and changes nothing."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from planextract.review.page.queue import make_key
from planextract.text.characters import fold

from .conftest import UNKNOWN
from .server import serving

KEY = make_key("agency", "110102", fold(UNKNOWN))


@pytest.fixture(scope="module")
def place(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "in").symlink_to(made / "in")
    (folder / "out").symlink_to(made / "out")
    return folder


@pytest.fixture(scope="module")
def server(place):
    with serving(place / "out", place / "in", log=place / "log.jsonl", names=place / "names.jsonl") as running:
        yield running


@pytest.fixture
def unchanged(place, made):
    def read():
        files = sorted(path for path in place.parent.rglob("*") if path.is_file())
        log = place / "log.jsonl"
        return [(str(p), p.stat().st_size) for p in files], log.read_bytes() if log.exists() else b""

    before = read()
    yield
    assert read() == before


BODY = {"key": KEY, "action": "ignore", "seen": []}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", "[::1]", None])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_foreign_host_is_refused(server, unchanged, host, method):
    path = "/decide" if method == "POST" else "/"
    answer, _ = server.ask(method, path, body=BODY if method == "POST" else None, Host=host)
    assert answer.status in (400, 421)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://localhost:1", None])
def test_a_foreign_or_missing_origin_is_refused(server, unchanged, origin):
    answer, _ = server.ask("POST", "/decide", body=BODY, Origin=origin)
    assert answer.status == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Cookie": None}, 403),
        ({"Cookie": "planextract_review=1"}, 403),
        ({"X_Review_Token": None}, 403),
        ({"X_Review_Token": "x" * 32}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_a_change_without_its_proofs_is_refused(server, unchanged, headers, status):
    answer, _ = server.ask("POST", "/decide", body=BODY, **headers)
    assert answer.status == status


@pytest.mark.parametrize(
    "path", ["/", "/view", "/agencies?q=x", "/static/review.js", "/page/0/1.webp", "/?token=wrong", "/?token=a&token=b"]
)
def test_nothing_is_shown_without_the_token(server, path):
    answer, body = server.ask("GET", path, Cookie=None)
    assert answer.status == 403
    assert UNKNOWN.encode() not in body


def test_the_token_goes_into_a_cookie_that_no_other_site_sends(server):
    answer, _ = server.ask("GET", f"/?token={server.token}", Cookie=None)
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    assert all(part in answer.headers["Set-Cookie"] for part in ("HttpOnly", "SameSite=Strict"))


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"])
def test_other_methods_are_refused(server, unchanged, method):
    answer, _ = server.ask(method, "/decide")
    assert answer.status in (400, 405)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/static/review.css%00.js",
        "/page/../../etc/passwd/1.webp",
        "/page/%2e%2e%2f%2e%2e/1.webp",
        "/page/x/99999999999.webp",
        "/page/x/-1.webp",
    ],
)
def test_path_tricks_find_nothing(server, unchanged, path):
    answer, body = server.ask("GET", path)
    assert answer.status == 404
    assert b"root:" not in body and b"import" not in body


def test_a_field_of_ten_megabytes_is_refused(server, unchanged):
    big = json.dumps({**BODY, "action": "edit", "texts": {"x": "大" * 10_000_000}}).encode()
    assert server.ask("POST", "/decide", body=big)[0].status == 413
    # Without a length, in chunks: cut off as soon as it is too large.
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    host = f"127.0.0.1:{server.port}"
    headers = {
        "Cookie": f"planextract_review_{server.port}={server.token}",
        "Origin": f"http://{host}",
        "X-Review-Token": server.token,
        "Content-Type": "application/json",
    }
    try:
        connection.request(
            "POST", "/decide", body=(b"x" * 65_536 for _ in range(160)), headers=headers, encode_chunked=True
        )
        assert connection.getresponse().status == 413
    except (BrokenPipeError, ConnectionResetError):
        pass
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[" * 100_000, 400),
        (b"[]", 400),
        ({"key": 5, "action": "accept"}, 400),
        ({**BODY, "texts": ["x"]}, 400),
        ({**BODY, "texts": {"x": "x" * 20_001}}, 400),
        ({**BODY, "offset": -1}, 400),
        ({**BODY, "offset": True}, 400),
        ({**BODY, "seen": "x"}, 400),
        ({**BODY, "key": "0" * 12}, 422),
        ({**BODY, "action": "shred"}, 422),
        ({**BODY, "action": "accept"}, 422),
        ({**BODY, "action": "pick", "agency_id": "../../x"}, 422),
        ({**BODY, "action": "new", "entry": {"name": "", "kind": "agency"}}, 422),
        ({**BODY, "action": "new", "entry": {"name": "某局", "kind": "spaceship"}}, 422),
        ({**BODY, "action": "edit", "texts": {"../x": "x"}}, 422),
        ({**BODY, "seen": ["abc"]}, 409),
    ],
)
def test_requests_that_make_no_sense_change_nothing(server, unchanged, body, status):
    answer, _ = server.ask("POST", "/decide", body=body)
    assert answer.status == status


def test_only_the_loopback_listens(server):
    own = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in (a for a in own if not a.startswith("127.")):
        with pytest.raises(OSError):
            socket.create_connection((address, server.port), timeout=2)


def test_every_answer_forbids_what_the_page_does_not_need(server):
    for path in ("/", "/view", "/static/review.css", "/nothing"):
        answer, _ = server.ask("GET", path)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_what_was_answered_is_on_the_disk_when_the_server_is_killed(desk):
    log = desk / "out.decisions.jsonl"
    with serving(desk / "out", desk / "in") as server:
        view = json.loads(server.ask("GET", "/view?kind=inheritance")[1])
        assert server.decide(view["key"], "accept")[0] == 200
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
    assert len(log.read_text("utf-8").splitlines()) == 1
    with log.open("ab") as stream:
        stream.write(b'{"id": "torn", "at": "2026-01-01T00:00')  # killed in the middle of a line
    with serving(desk / "out", desk / "in") as server:
        first = json.loads(log.read_bytes().split(b"\n")[0])["id"]
        answer, _ = server.ask("POST", "/undo", body={"ids": [first]})
        assert answer.status == 200
    lines = log.read_text("utf-8").splitlines()
    assert len(lines) == 3
    assert json.loads(lines[2])["of"] == first


def test_a_decision_on_a_name_is_taken_back(desk):
    log = desk / "names.jsonl"
    with serving(desk / "out", desk / "in") as server:
        assert server.decide(KEY, "ignore")[0] == 200
        assert json.loads(server.ask("GET", "/view?kind=agency")[1])["key"] == ""
        assert server.ask("POST", "/undo", body={"ids": []})[0].status == 200
        assert json.loads(server.ask("GET", "/view?kind=agency")[1])["key"] == KEY
    assert [json.loads(line)["action"] for line in log.read_text("utf-8").splitlines()] == ["ignore", "reopen"]


def test_many_at_once_lose_nothing(desk):
    with serving(desk / "out", desk / "in") as one, serving(desk / "out", desk / "in") as other:
        bodies = one.ask("GET", "/view?severity=none&state=all")[1]
        keys = sorted(set(re.findall(r'data-item="([0-9a-f]{12})" class', json.loads(bodies)["queue"])))[:40]
        assert len(keys) == 40

        def decide(place):
            server = one if place % 2 else other
            return server.decide(keys[place], "accept")[0]

        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(decide, range(40)))
    lines = (desk / "out.decisions.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == statuses.count(200)
    assert set(statuses) <= {200, 409, 422}, "409: a page break and its row are about one row; 422: an agency"
    assert statuses.count(200) >= 30
    assert len({json.loads(line)["id"] for line in lines}) == len(lines)
