"""What must not reach the page, or come out of it."""

from __future__ import annotations

import http.client
import json
import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planextract.desk.shelf import MAX_FILE_BYTES, BadName, Shelf, clean_name
from planextract.read.detect_format import READABLE_SUFFIXES
from planextract.wording.desk_words import DESK_WORDS

from .conftest import opening

BINARY = {"Content_Type": "application/octet-stream"}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("attacks")


@pytest.fixture(scope="module")
def server(place):
    with opening(place) as running:
        yield running


def send(server, name, data=b"x", to="", **headers):
    path = f"/drop?name={quote(name)}" + (f"&to={quote(to)}" if to else "")
    answer, body = server.ask("POST", path, body=data, **{**BINARY, **headers})
    return answer.status, body


def list_files(place):
    return {path.relative_to(place) for path in place.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "name", ["../../evil.pdf", "/etc/evil.pdf", "..\\..\\evil.pdf", "C:\\x\\evil.pdf", "a\0b/evil.pdf", "x/./evil.pdf"]
)
def test_a_name_leads_nowhere(server, place, name):
    status, body = send(server, name)
    assert status == 200
    key = json.loads(body)["to"]
    assert [path.name for path in (place / "planextract-files" / key / "input").iterdir()] == ["evil.pdf"]
    assert not list(place.parent.glob("evil*")), "nothing is written outside the folder"


@pytest.mark.parametrize("name", ["", "..", ".pdf", "run.exe", "plan.pdf.sh", "a/b/", "planextract.toml", "x.jsonl"])
def test_only_documents_are_kept(server, place, name):
    before = list_files(place)
    status, body = send(server, name)
    assert status == 422
    assert "error" in json.loads(body)
    assert list_files(place) == before


def test_a_second_file_of_the_same_name_is_kept_too(server, place):
    _, body = send(server, "计划.txt", b"one")
    key = json.loads(body)["to"]
    assert send(server, "计划.txt", b"two", to=key)[0] == 200
    kept = {p.name: p.read_bytes() for p in (place / "planextract-files" / key / "input").iterdir()}
    assert kept == {"计划.txt": b"one", "计划-2.txt": b"two"}


@pytest.mark.parametrize("to", ["../../..", "given", "0" * 12, "x", "%2e%2e"])
def test_a_foreign_entry_takes_nothing(server, place, to):
    before = list_files(place)
    assert send(server, "a.pdf", to=to)[0] == 404
    assert list_files(place) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": None},
        {"X_Review_Token": None},
        {"X_Review_Token": "x"},
        {"Origin": None},
        {"Origin": "http://evil.example"},
        {"Host": "evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/json"},
        {"Content_Type": "multipart/form-data"},
    ],
)
def test_another_site_sends_nothing(server, place, headers):
    before = list_files(place)
    status, _ = send(server, "a.pdf", **headers)
    assert status in (403, 415, 421)
    assert list_files(place) == before


@pytest.mark.parametrize("path", ["/d/{key}/run", "/d/{key}/cancel"])
def test_another_site_starts_nothing(server, place, path):
    key = json.loads(send(server, "a.txt")[1])["to"]
    assert server.ask("POST", path.format(key=key), body={}, X_Review_Token=None)[0].status == 403
    assert server.ask("GET", path.format(key=key))[0].status == 405
    assert not (place / "planextract-files" / key / "output").exists()


@pytest.mark.parametrize("length", [str(MAX_FILE_BYTES + 1), "-1", "x", "", "٣"])
def test_too_much_is_refused_before_it_is_read(server, place, length):
    before = list_files(place)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.putrequest("POST", "/drop?name=a.pdf", skip_host=True)
    host = f"127.0.0.1:{server.port}"
    for name, value in {
        "Host": host,
        "Origin": f"http://{host}",
        "X-Review-Token": server.token,
        "Content-Length": length.encode(),
        "Content-Type": "application/octet-stream",
        "Cookie": f"planextract_review_{server.port}={server.token}",
    }.items():
        connection.putheader(name, value)
    connection.endheaders()
    assert connection.getresponse().status in (400, 413)
    connection.close()
    assert list_files(place) == before


@pytest.mark.parametrize(
    "path",
    [
        "/d/given/",
        "/d/..%2f../",
        "/d/000000000000/plan",
        "/d/000000000000/take/tables",
        "/d/000000000000/review/",
        "/desk/app.py",
        "/desk/..%2fapp.py",
        "/static/..%2fapp.py",
    ],
)
def test_there_is_nothing_else(server, path):
    answer, body = server.ask("GET", path)
    assert answer.status == 404
    assert b"Traceback" not in body


def test_no_path_of_the_machine_is_shown(server, place):
    key = json.loads(send(server, "<b>x</b>.txt", "没有表格".encode())[1])["to"]
    for path in ("/start", f"/d/{key}/"):
        body = server.ask("GET", path)[1].decode()
        assert str(place) not in body
        assert "<b>" not in body


@given(st.text(max_size=300), st.sampled_from(READABLE_SUFFIXES))
def test_any_name_becomes_one_that_stays_in_its_folder(stem, suffix):
    try:
        made = clean_name(stem + suffix)
    except BadName:
        return
    assert made.endswith(suffix)
    assert not set(made) & set('/\\:*?"<>|')
    assert not made.startswith(".")
    assert len(made.encode()) <= 200
    assert clean_name(made) == made


def test_ids_are_never_paths(tmp_path):
    shelf = Shelf(tmp_path / "files")
    made = shelf.add()
    assert shelf.find(made.key) is not None
    for key in ("..", "", ".", f"../files/{made.key}", made.key.upper() + "A", "a" * 12):
        assert shelf.find(key) is None


def test_every_word_stands_in_both_languages():
    for key, (english, chinese) in DESK_WORDS.items():
        assert english, key
        assert re.search("[\u4e00-\u9fff]", chinese) or key == "language", key
        assert english.count("{") == chinese.count("{"), key
