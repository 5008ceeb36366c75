"""The four commands on real results: what they say, what they write, how they fail."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest
import yaml

from planextract.errors import ConfigError, OutputError, UsageError
from planextract.report.commands import write_change_report, write_quality_report, write_score_report, write_year_report
from planextract.report.sources import open_source, read_gold
from planextract.report.tables import year_rows
from planextract.score.years import compare_years
from planextract.write.report_tables import REPORT_BY_NAME
from tests.conftest import run_cli

from .conftest import GOLD, SECOND_YEAR, commit


def names_of(table: str) -> list[str]:
    return [column.name for column in REPORT_BY_NAME[table].columns]


def test_the_notice_against_its_gold(text_output, tmp_path):
    written = write_score_report(text_output, GOLD, tmp_path, None, [])
    assert written.figures["row_f1"] == written.figures["grits_con"] == written.figures["teds"] == 1
    assert written.figures["cer"] == 0
    metrics = pd.read_parquet(tmp_path / "score_metrics.parquet")
    assert list(metrics.columns) == names_of("score_metrics")
    assert {"all", "column:measure", "stratum:reader: text", "stratum:row: cut"} <= set(metrics["scope"])
    cells = pd.read_parquet(tmp_path / "score_cells.parquet")
    assert cells["is_right"].all()
    assert len(cells) > 800
    assert json.loads((tmp_path / "score.json").read_text("utf-8"))["kind"] == "score"


def test_an_output_serves_as_gold(text_output, second_output, tmp_path):
    assert write_score_report(text_output, text_output, tmp_path, None, []).figures["target_f1"] == 1
    assert write_score_report(second_output, GOLD, tmp_path, None, []).figures["row_f1"] < 1


@pytest.mark.parametrize(
    ("floors", "holds"), [({"row_f1": 1.0, "cer": 0.0}, True), ({"row_f1": 1.1}, False), ({"ece": 0.0}, False)]
)
def test_floors(text_output, tmp_path, floors, holds):
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"_why": "a remark", **floors}), encoding="utf-8")
    assert write_score_report(text_output, GOLD, tmp_path, path, []).holds is holds


def test_reports_are_the_same_every_time(text_output, second_output, tmp_path):
    for name in ("a", "b"):
        folder = tmp_path / name
        write_quality_report(text_output, folder, [], 20)
        write_score_report(text_output, GOLD, folder, None, [])
        write_change_report(text_output, second_output, folder, [], None, None, [])
        write_year_report(text_output, second_output, folder, [])
    first = {p.relative_to(tmp_path / "a"): p.read_bytes() for p in (tmp_path / "a").rglob("*") if p.is_file()}
    second = {p.relative_to(tmp_path / "b"): p.read_bytes() for p in (tmp_path / "b").rglob("*") if p.is_file()}
    assert first == second
    assert len(first) == 16


def test_quality_without_gold(text_output, tmp_path):
    written = write_quality_report(text_output, tmp_path, [], 30)
    data = json.loads((tmp_path / "quality.json").read_text("utf-8"))
    assert written.verdict == "103 of 106 rows need no look; to check: 3."
    assert data["figures"]["documents_out_of_balance"] == 0
    assert sum(line["count"] for line in data["ledger"]) == data["documents"][0]["characters"] > 13_000
    assert all(row["needs_review"] for row in data["check"])


def test_text_against_pdf(text_output, pdf_output, notice_pdf, tmp_path):
    """Two readers of the same notice: the few differences are the input's."""
    written = write_change_report(text_output, pdf_output, tmp_path, ["unknown"], None, None, [notice_pdf])
    assert written.holds
    changes = pd.read_parquet(tmp_path / "changes.parquet")
    assert list(changes.columns) == names_of("changes")
    assert set(changes["kind"]) <= {"text", "value"}
    assert all(list(causes) == ["input"] for causes in changes["causes"])
    assert len(changes) < 20


def test_pdf_rows_are_cut_out_of_their_page(pdf_output, notice_pdf, tmp_path):
    write_quality_report(pdf_output, tmp_path, [notice_pdf.parent], 5)
    page = (tmp_path / "quality.html").read_text("utf-8")
    assert page.count("data:image/webp;base64,") >= 5
    write_quality_report(pdf_output, tmp_path, [], 5)
    page = (tmp_path / "quality.html").read_text("utf-8")
    assert "data:image/webp" not in page
    assert "the input file was not found (give --inputs)" in page


EXTRA = """
region: "110102"
entries:
- id: test-data-bureau
  name: 区数据局
  full_name: 北京市西城区数据局
  kind: agency
  level: 区
  source: made up for a test
  examples: [区数据局]
"""
PLAN = """北京市西城区数字政务2021年行动计划

序号\t重点任务\t工作措施\t完成时限\t主责单位\t协办单位
1\t数据共享\t推进政务数据共享，编制目录100项。\t年底前\t区数据局\t区财政局
2\t网上办事\t完善网上办事大厅功能。\t6月底前\t区财政局\t---
"""


def test_two_versions_of_a_dictionary(tmp_path):
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN, encoding="utf-8")
    own = tmp_path / "own" / "agencies"
    own.mkdir(parents=True)
    (own / "extra.yaml").write_text(EXTRA, encoding="utf-8")
    old = commit(tmp_path / "old", plan)
    new = commit(tmp_path / "new", plan, extra=tmp_path / "own")
    write_change_report(old, new, tmp_path / "d", ["removed"], None, None, [])
    changes = pd.read_parquet(tmp_path / "d" / "changes.parquet").to_dict("records")
    assert [(c["kind"], c["key"], c["after"]) for c in changes] == [
        ("relinked", "1/1/1", "区数据局 → 区数据局 (exact)")
    ]
    assert list(changes[0]["causes"]) == ["dictionary"]
    assert "区数据局: added" in changes[0]["detail"]


def test_gates_and_the_accept_file(text_output, second_output, tmp_path):
    accept = tmp_path / "accept.yaml"
    gates = ["removed", "any:1000"]
    assert not write_change_report(text_output, second_output, tmp_path, gates, None, accept, []).holds
    written = write_change_report(text_output, second_output, tmp_path, ["any"], accept, None, [])
    assert written.holds
    assert written.figures["accepted"] == written.figures["changes"] > 20
    entries = yaml.safe_load(accept.read_text("utf-8"))["accepted"]
    entries[0]["id"] = "0" * 12
    accept.write_text(yaml.safe_dump({"accepted": entries}), encoding="utf-8")
    assert not write_change_report(text_output, second_output, tmp_path, ["any"], accept, None, []).holds
    assert "no longer there: 000000000000" in (tmp_path / "diff.html").read_text("utf-8")


def test_the_markdown_is_a_table_that_html_cannot_break(text_output, second_output, tmp_path):
    write_change_report(text_output, second_output, tmp_path, ["removed"], None, None, [])
    lines = (tmp_path / "diff.md").read_text("utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| 1/")]
    assert len(rows) > 20
    assert {row.replace("\\|", "").count("|") for row in rows} == {6}
    assert "**failed**" in "\n".join(lines)


def test_the_second_year_is_told_exactly(text_output, second_output, tmp_path):
    """Every change that was made by hand is found, and none is invented."""
    truth = yaml.safe_load((SECOND_YEAR / "truth.yaml").read_text("utf-8"))
    first, second = open_source(text_output), open_source(second_output)
    made = compare_years(next(first.iterate()), next(second.iterate()), second.bodies)
    for name, links in (("measures", made.measures), ("tasks", made.tasks)):
        wanted = truth[name]
        pairs = {
            kind: sorted((k.old_key, k.new_key) for k in links if k.kind == kind)
            for kind in ("reworded", "dropped", "new", "split", "merged")
        }
        assert pairs["reworded"] == sorted(map(tuple, wanted["reworded"]))
        assert pairs["dropped"] == sorted((key, None) for key in wanted["dropped"])
        assert pairs["new"] == sorted((None, key) for key in wanted["new"])
        assert pairs["split"] == sorted((old, new) for old, parts in wanted["split"] for new in parts)
        assert pairs["merged"] == sorted((old, new) for parts, new in wanted["merged"] for old in parts)
    found = sorted(
        (
            s.old_key,
            s.aspect,
            s.direction,
            s.amount or 0,
            (s.after or s.before or "").partition(" (")[0] if s.aspect == "body" else "",
            s.role or "",
        )
        for s in made.shifts
    )
    wanted_shifts = sorted(
        (s["measure"], s["aspect"], s["direction"], s.get("amount", 0), s.get("body", ""), s.get("role", ""))
        for s in truth["shifts"]
    )
    assert found == wanted_shifts
    written = write_year_report(text_output, second_output, tmp_path, [])
    for name, rows in year_rows([made]).items():
        table = pd.read_parquet(written.page.parent / f"{name}.parquet")
        assert list(table.columns) == names_of(f"comparison_{name}")
        assert len(table) == len(rows)


def test_a_year_against_itself_is_all_kept(text_output):
    source = open_source(text_output)
    document = next(source.iterate())
    made = compare_years(document, replace(document), source.bodies)
    assert {link.kind for link in (*made.measures, *made.tasks)} == {"kept"}
    assert made.shifts == ()


def test_documents_themselves_can_be_compared(notice, tmp_path):
    done = run_cli("compare", str(notice), str(SECOND_YEAR / "plan.txt"), "-o", str(tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["measure_links"] == {
        "kept": 96,
        "reworded": 2,
        "new": 3,
        "dropped": 5,
        "split": 2,
        "merged": 2,
    }


def test_exit_codes_of_the_command_line(text_output, tmp_path):
    floors = tmp_path / "floors.json"
    floors.write_text('{"row_f1": 1.5}', encoding="utf-8")
    broken = run_cli("score", str(text_output), "--gold", str(GOLD), "--floors", str(floors), "-o", str(tmp_path))
    assert broken.returncode == 1
    assert "1 of 1 floors are broken: row_f1" in broken.stdout
    wrong = run_cli("diff", str(text_output), str(text_output), "--fail-on", "everything")
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("error: 'everything' is no condition")
    assert "Traceback" not in wrong.stderr


def test_errors_name_what_is_wrong(text_output, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(OutputError, match="no committed document"):
        write_quality_report(tmp_path / "empty", None, [], 5)
    with pytest.raises(UsageError, match="no such output folder"):
        write_quality_report(tmp_path / "nothing", None, [], 5)
    with pytest.raises(UsageError, match="no gold file"):
        read_gold(tmp_path / "empty")
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_quality_report(text_output, blocked, [], 5)
    bad = tmp_path / "gold.yaml"
    bad.write_text("document: {titel: x}\nplans: []\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="unknown key 'titel'"):
        read_gold(bad)
    floors = tmp_path / "floors.json"
    floors.write_text('{"row_f2": 1}', encoding="utf-8")
    with pytest.raises(UsageError, match="no metric 'row_f2'"):
        write_score_report(text_output, GOLD, tmp_path, floors, [])
