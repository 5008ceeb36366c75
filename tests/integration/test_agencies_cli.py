"""``planextract agencies`` as people use it: real processes, files and a real socket."""

from __future__ import annotations

import csv
import http.client
import json
import subprocess
import sys
import threading
from urllib.parse import urlencode

import pandas as pd
import pytest
from reconciler import reconcile

from planextract.dictionaries import load_dictionaries
from planextract.review.reconcile_server import make_server

PLAN = """北京市西城区水污染防治2021年行动计划

序号\t重点任务\t工作措施\t完成时限\t主责单位\t协办单位
1\t甲\t区交通委开展治理。\t年底前\t区数据局\t待定
2\t乙\t开展第二次治理。\t年底前\t区数椐局、区税务局\t东城交通支队
3\t丙\t开展第三次治理。\t年底前\t=1+1局\t区城市管理委
"""


def run(folder, *args, code=0):
    done = subprocess.run(
        [sys.executable, "-m", "planextract", *args], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    run(tmp_path, "run", "plan.txt", "-o", "output", "-q")
    return tmp_path


def links(folder):
    table = pd.read_parquet(folder / "output" / "responsibilities")
    return {raw: None if pd.isna(name) else name for raw, name in zip(table.agency_raw, table.agency, strict=True)}


def test_decisions_are_replayed_and_the_log_is_only_appended_to(folder):
    queue = json.loads(run(folder, "agencies", "review", "--json"))
    forms = {form["form"]: form for cluster in queue for form in cluster["forms"]}
    assert set(forms) == {"区数据局", "区数椐局", "待定", "东城交通支队", "=1+1局"}
    assert forms["东城交通支队"]["candidates"][0]["name"] == "西城交通支队"
    assert forms["区数据局"]["where"] == ["plan.txt p.1 1/1/1 主责单位"]
    run(folder, "agencies", "new", "区数据局")
    first = (folder / "agency-decisions.jsonl").read_bytes()
    run(folder, "agencies", "ignore", "待定")
    run(folder, "agencies", "accept", "=1+1局", "区财政局", "--note", "checked on paper")
    log = (folder / "agency-decisions.jsonl").read_bytes()
    assert log.startswith(first)
    assert json.loads(log.splitlines()[0])["evidence"]["where"] == ["plan.txt p.1 1/1/1 主责单位"]
    run(folder, "run", "plan.txt", "-o", "output", "-q")
    assert links(folder) == {
        "区数据局": "区数据局",
        "待定": None,
        "区数椐局": "区数据局",
        "区税务局": "区税务局",
        "东城交通支队": None,
        "=1+1局": "区财政局",
        "区城市管理委": "区城市管理委",
    }
    assert "东城交通支队" in run(folder, "agencies", "review")


def test_the_queue_travels_as_csv(folder):
    run(folder, "agencies", "export", "q.csv")
    with (folder / "q.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert "'=1+1局" in [row["form"] for row in rows]  # no formula
    for row in rows:
        if row["form"] == "东城交通支队":
            row.update(decision="new", kind="agency")
        if row["form"] == "'=1+1局":
            row.update(decision="accept", agency_id="110102-finance-bureau")
    with (folder / "q.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    run(folder, "agencies", "import", "q.csv")
    assert "0 new ones" in run(folder, "agencies", "import", "q.csv")
    run(folder, "run", "plan.txt", "-o", "output", "-q")
    assert links(folder)["=1+1局"] == "区财政局"
    rows[0]["decision"] = "perhaps"
    with (folder / "q.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    assert "line 2" in run(folder, "agencies", "import", "q.csv", code=5)


def test_a_wrong_decision_is_refused(folder):
    assert "no body" in run(folder, "agencies", "accept", "待定", "区某某局", code=2)
    assert "not in the review queue" in run(folder, "agencies", "ignore", "区财政局", code=2)
    assert "no body of this region" in run(folder, "agencies", "accept", "区数椐局", "330300-finance", code=2)
    assert not (folder / "agency-decisions.jsonl").exists()


def test_one_bad_line_stops_no_run(folder):
    (folder / "agency-decisions.jsonl").write_text("{not json\n", encoding="utf-8")
    run(folder, "agencies", "accept", "=1+1局", "区财政局")
    assert "line 1" in run(folder, "run", "plan.txt", "-o", "output")
    assert links(folder)["=1+1局"] == "区财政局"


def test_a_link_is_changed_by_a_decision_which_is_a_finding(folder):
    run(folder, "agencies", "accept", "区税务局", "区水务局", "--region", "西城区")
    run(folder, "agencies", "accept", "区数椐局", "财政部")
    run(folder, "run", "plan.txt", "-o", "output", "-q")
    assert links(folder)["区税务局"] == "区水务局"
    assert links(folder)["区数椐局"] == "财政部"
    findings = pd.read_parquet(folder / "output" / "findings")
    assert "区税务局" in findings[findings.code == "resolve.decided_otherwise"].message.iloc[0]
    assert "000000-mof" in set(pd.read_parquet(folder / "output" / "agencies.parquet").agency_id)


def test_a_new_region_is_written_and_read(folder):
    run(folder, "agencies", "init", "--region", "东城区", "--folder", "mine")
    assert "already" in run(folder, "agencies", "init", "--region", "东城区", "--folder", "mine", code=4)
    assert "several regions" in run(folder, "agencies", "init", "--region", "朝阳区", code=2)
    plan = PLAN.replace("西城区", "东城区").replace("东城交通支队", "东华门街道办事处")
    (folder / "plan.txt").write_text(plan, encoding="utf-8")
    run(folder, "run", "plan.txt", "-o", "second", "-q", "--dictionaries", "mine")
    table = pd.read_parquet(folder / "second" / "responsibilities").set_index("agency_raw")
    assert table.loc["东华门街道办事处", "agency_id"] == "110101-town-110101001"
    assert table.loc["区税务局", "agency_id"] == "110101-taxation"


@pytest.fixture(scope="module")
def port():
    server = make_server(load_dictionaries(), "110102", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def ask(port, path="/", fields=None, headers=None, method=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    body = urlencode(fields) if fields is not None else None
    sent = {"Content-Type": "application/x-www-form-urlencoded"} | (headers or {})
    connection.request(method or ("POST" if body is not None else "GET"), path, body, sent)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer, data


def test_a_reconciliation_client_that_is_not_ours_finds_the_bodies(port):
    names = pd.Series(["区住建委", "区城管管理委", "月坛街遣", "区财物局"])
    found = reconcile(names, reconciliation_endpoint=f"http://127.0.0.1:{port}/", top_res=1).set_index("input_value")
    assert found.loc["区住建委", "id"] == "110102-housing-construction-commission"
    assert list(found.loc[names, "name"]) == ["区住房城乡建设委", "区城市管理委", "月坛街道办事处", "区财政局"]
    assert list(found.loc[names, "match"]) == [True, True, True, False]


def test_reconciliation_as_openrefine_asks(port):
    answer, data = ask(port)
    manifest = json.loads(data)
    assert answer.status == 200
    assert manifest["versions"] == ["0.2"]
    assert {"name", "identifierSpace", "schemaSpace", "defaultTypes", "view"} <= set(manifest)
    queries = {
        "q0": {"query": "区住建委", "limit": 3},
        "q1": {"query": "区数据局", "type": "agency", "limit": 2},
        "q2": {"query": "区环保局", "properties": [{"pid": "date", "v": "2018-01-01"}]},
    }
    results = json.loads(ask(port, fields={"queries": json.dumps(queries)})[1])
    assert results["q0"]["result"][0]["id"] == "110102-housing-construction-commission"
    assert results["q0"]["result"][0]["match"] is True
    assert [item["match"] for item in results["q1"]["result"]] == [False, False]
    assert results["q2"]["result"][0]["id"] == "110102-environment-protection-bureau"
    extend = {"ids": ["110102-finance-bureau"], "properties": [{"id": "full_name"}, {"id": "lineage"}]}
    rows = json.loads(ask(port, fields={"extend": json.dumps(extend)})[1])["rows"]
    assert rows["110102-finance-bureau"]["full_name"] == [{"str": "北京市西城区财政局"}]
    suggested = json.loads(ask(port, "/suggest/entity?" + urlencode({"prefix": "区生态"}))[1])
    assert suggested["result"][0]["id"] == "110102-ecology-environment-bureau"
    assert "区财政局" in ask(port, "/preview?id=110102-finance-bureau")[1].decode()


def test_only_the_loopback_is_answered(port):
    assert ask(port, headers={"Host": "evil.example"})[0].status == 403
    assert ask(port, headers={"Origin": "https://evil.example"})[0].getheader("Access-Control-Allow-Origin") is None
    allowed = ask(port, headers={"Origin": "http://127.0.0.1:3333"})[0]
    assert allowed.getheader("Access-Control-Allow-Origin") == "http://127.0.0.1:3333"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"q": 3}', '{"q": {"query": "a", "limit": 0}}', "[" * 100_000])
def test_a_wrong_request_is_an_answer_not_a_crash(port, text):
    assert ask(port, fields={"queries": text or "x"})[0].status == 400
