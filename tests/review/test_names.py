"""Names of bodies on the page: any link can be changed, only bodies that may stand there are offered."""

from __future__ import annotations

import json
import re

import docx
import pytest

import planextract
from planextract.dictionaries import load_dictionaries

from ..conftest import run_cli
from .server import serving

TITLE = "成都市武侯区人民政府2024年重点工作任务分解表"
ROWS = (
    ("序号", "重点任务", "工作措施", "完成时限", "牵头单位", "协办单位"),
    (
        "1",
        "改善环境",
        "新增绿地5公顷以上，推进老旧小区改造，完成12个小区的管网更新。",
        "2024年6月底前",
        "区财政局",
        "区智慧城建办",
    ),
    ("2", "民生保障", "新增养老床位300张。", "2024年12月底前", "区民政局", "区惠民服务专班、某某科技有限公司"),
    ("3", "基层治理", "组织检查不少于20次。", "年底前", "区民政局", "各街道办事处"),
)
UNKNOWN = {"区智慧城建办", "区惠民服务专班", "某某科技有限公司"}


def write_word(path):
    document = docx.Document()
    document.add_heading(TITLE, 0)
    table = document.add_table(rows=0, cols=len(ROWS[0]))
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(path)


@pytest.fixture(scope="module")
def word(tmp_path_factory):
    folder = tmp_path_factory.mktemp("word")
    (folder / "in").mkdir()
    write_word(folder / "in" / "plan.docx")
    run_cli("run", str(folder / "in"), "-o", str(folder / "out"), check=True)
    return folder


def find_items(server, **query):
    _, body = server.ask("GET", "/view?" + "&".join(f"{k}={v}" for k, v in query.items()))
    parts = json.loads(body)
    return re.findall(r'data-item="(\w+)"', parts["queue"]), parts


def rows_to_pick(server, key, form):
    answer, body = server.ask("GET", f"/chooser?item={key}&form={form}")
    assert answer.status == 200
    return re.findall(r'data-agency="([^"]+)"', body.decode())


def encoded(text):
    from urllib.parse import quote

    return quote(text)


def test_a_resolved_link_is_changed_by_a_click(chromium, word, tmp_path):
    output, names = word / "out", tmp_path / "names.jsonl"
    before = planextract.load(output)["responsibilities"]
    assert (
        set(before[before["agency_raw"] == "区财政局"]["agency"]) == {"510107-finance"}
        or before["agency"].notna().any()
    )
    trouble = []
    with serving(output, word / "in", names=names) as server:
        page = chromium.new_context(viewport={"width": 1300, "height": 900}, locale="en-US").new_page()
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(server.address + "&severity=none")
        page.wait_for_selector("#item article")
        page.fill("#q", "新增绿地")
        page.wait_for_selector(".chip[data-form=区财政局]")
        page.click(".chip[data-form=区财政局]")
        page.fill(".chooser .body-search", "区审计局")
        page.click(".chooser .found button >> nth=0")
        page.wait_for_selector(".linked li.decided")
        assert "区财政局 →" in page.inner_text(".linked li.decided")
        page.click(".linked li.decided .link")  # and back
        page.wait_for_selector(".linked li:not(.decided) .chip[data-form=区财政局]")
        page.click(".chip[data-form=区财政局]")
        page.fill(".chooser .body-search", "区审计局")
        page.click(".chooser .found button >> nth=0")
        page.wait_for_selector(".linked li.decided")
    assert trouble == []
    again = tmp_path / "again"
    run_cli("run", str(word / "in"), "-o", str(again), "--agency-decisions", str(names), check=True)
    tables = planextract.load(again)
    linked = tables["responsibilities"]
    assert list(linked[linked["agency_raw"] == "区财政局"]["agency"]) == ["武侯区审计局"]
    assert "resolve.decided_otherwise" in set(tables["findings"]["code"]), "AG-7: it wins, and is said"


def test_only_bodies_of_the_regions_chain_are_offered_and_taken(word, tmp_path):
    regions = load_dictionaries(None).regions
    chain = {*regions.find("武侯区").chain, ""}
    with serving(word / "out", word / "in", names=tmp_path / "names.jsonl") as server:
        keys, parts = find_items(server, severity="none", q=encoded("新增绿地"))
        key = next(k for k in keys if k == parts["key"])
        for text in ("财政局", "委", "西城区财政局", "区教育局"):
            _, body = server.ask("GET", f"/agencies?q={encoded(text)}&item={key}")
            found = json.loads(body)
            assert all(one["id"].partition("-")[0] in chain or one["id"].startswith("0") for one in found), found
        assert json.loads(server.ask("GET", f"/agencies?q={encoded('区教育局')}&item={key}")[1])
        assert rows_to_pick(server, key, encoded("区财政局"))
        status, _ = server.decide(key, "pick", form="区财政局", agency_id="110102-finance")
        assert status == 422, "a body of another city"
        status, _ = server.decide(key, "pick", form="区税务局", agency_id="510107-audit")
        assert status == 422, "a name that does not stand in the row"
    assert not (tmp_path / "names.jsonl").exists()


def test_the_rest_of_a_document_is_taken_as_printed_and_undone(word, tmp_path):
    names = tmp_path / "names.jsonl"
    with serving(word / "out", word / "in", names=names) as server:
        _, parts = find_items(server, kind="agency")
        status, _ = server.decide(parts["key"], "as_printed")
        assert status == 200
        lines = [json.loads(line) for line in names.read_text(encoding="utf-8").splitlines()]
        assert {line["form"] for line in lines} == UNKNOWN
        assert {line["form"]: line.get("kind") for line in lines}["某某科技有限公司"] == "company"
        assert not find_items(server, kind="agency")[0]
        run_cli("run", str(word / "in"), "-o", str(tmp_path / "o"), "--agency-decisions", str(names), check=True)
        linked = planextract.load(tmp_path / "o")["responsibilities"]
        assert not (linked["match"] == "unresolved").any()
        server.ask("POST", "/undo", body={"ids": []})
        assert len(find_items(server, kind="agency")[0]) == len(UNKNOWN), "one undo for all"


def test_word_is_shown_as_its_table(word, tmp_path):
    with serving(word / "out", word / "in", names=tmp_path / "names.jsonl") as server:
        _, parts = find_items(server, severity="none", q=encoded("养老床位"))
        item = parts["item"]
        assert '<th scope="col" rowspan="1" colspan="1">协办单位</th>' in item
        assert re.search(r'<td class="(own|doubt)"[^>]*>新增养老床位300张。</td>', item)
        assert re.search(r'<td class="near"[^>]*>区财政局</td>', item), "the row before stands there too"


def test_a_command_changes_a_resolved_link(word, tmp_path):
    names = tmp_path / "names.jsonl"
    said = run_cli(
        "agencies",
        "accept",
        "区财政局",
        "区审计局",
        "-o",
        str(word / "out"),
        "--agency-decisions",
        str(names),
        check=True,
    )
    assert "accept 区财政局 (region 510107)" in said.stdout
    refused = run_cli(
        "agencies", "accept", "区无此名局", "区审计局", "-o", str(word / "out"), "--agency-decisions", str(names)
    )
    assert refused.returncode == 2


def test_one_bad_line_in_a_log_stops_neither_run_nor_page(word, tmp_path):
    names = tmp_path / "names.jsonl"
    names.write_text('{"form": 7}\nnonsense\n{"form":"区财政局","region":"510107","action":"accept","agency_id":"x"}\n')
    done = run_cli("run", str(word / "in"), "-o", str(tmp_path / "o"), "--agency-decisions", str(names))
    assert done.returncode == 0, done.stderr
    assert "passed over" in done.stderr
    with serving(tmp_path / "o", word / "in", names=names) as server:
        keys, parts = find_items(server, kind="agency")
        assert keys
        status, _ = server.decide(parts["key"], "ignore")
        assert status == 200
