"""The main job, run as a user runs it."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys

import duckdb
import jsonschema
import pandas as pd
import pyarrow.parquet as pq
import pytest

import planextract
from planextract.write.arrow import make_schema
from planextract.write.contract import BY_NAME, DOCUMENT_TABLES
from planextract.write.nested import make_json_schema

from ..conftest import run_cli


def digest(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }


def test_two_runs_give_the_same_bytes(output, root, tmp_path):
    run_cli("run", str(root / "raw" / "xicheng-2021-action-plan.txt"), "-o", str(tmp_path / "again"), check=True)
    assert digest(tmp_path / "again") == digest(output)


def test_running_again_into_the_same_folder_changes_nothing(output, root, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(output, copy)
    run_cli("run", str(root / "raw"), "-o", str(copy), check=True)
    assert digest(copy) == digest(output)


@pytest.mark.parametrize("table", [table.name for table in DOCUMENT_TABLES])
def test_each_part_has_the_contracts_schema_with_descriptions(output, table):
    part = next((output / table).glob("*.parquet"))
    schema = pq.read_schema(part)
    assert schema.equals(make_schema(BY_NAME[table]), check_metadata=True)
    assert schema.metadata[b"planextract.contract_version"] == b"1"
    assert all(field.metadata[b"description"] for field in schema)


def test_json_follows_its_published_schema(output):
    tree = json.loads(next((output / "json").glob("*.json")).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(make_json_schema()).validate(tree)
    assert sum(len(task["measures"]) for plan in tree["plans"] for task in plan["tasks"]) == 106


def test_every_table_of_the_notice_is_filled(output):
    tables = planextract.load(output)
    assert set(tables) == set(BY_NAME)
    # The notice prints no nodes, no progress and names no leaders.
    empty = {name for name, frame in tables.items() if not len(frame)}
    assert empty == {"milestones", "progress", "leaders"}
    assert len(tables["boundaries"]) == 28


def test_the_ledger_balances(output, notice):
    tables = planextract.load(output)
    kept = "".join(tables["cells"]["text_raw"]) + "".join(tables["discards"]["text"])
    printed = notice.read_text(encoding="utf-8")
    assert sorted("".join(kept.split())) == sorted("".join(printed.split()))


def test_spans_point_into_the_text(output):
    tables = planextract.load(output)
    for name, column in (("targets", "text"), ("mentions", "agency_raw")):
        merged = tables[name].merge(
            tables["measures"][["measure_id", "text"]], on="measure_id", suffixes=("", "_measure")
        )
        whole = merged["text_measure"] if "text_measure" in merged else merged["text"]
        for text, start, end, part in zip(whole, merged["span_start"], merged["span_end"], merged[column], strict=True):
            assert text[start:end] == part


def test_plain_readers_load_the_folder(output):
    measures = pd.read_parquet(output / "measures")
    assert len(measures) == 106
    rows = duckdb.sql(f"SELECT count(*) FROM '{output}/measures/*.parquet'").fetchall()
    assert rows == [(106,)]


def test_summary_names_counts_and_output(root, tmp_path):
    done = run_cli("run", str(root / "raw"), "-o", str(tmp_path / "o"))
    assert done.returncode == 0
    assert "3 plans, 61 tasks, 106 measures" in done.stdout
    assert str(tmp_path / "o") in done.stdout.replace("\n", "")


def test_json_summary(root, tmp_path):
    done = run_cli("run", str(root / "raw"), "-o", str(tmp_path / "o"), "--json")
    summary = json.loads(done.stdout)
    assert (summary["documents"], summary["tasks"], summary["unresolved"]) == (1, 61, 0)


def test_no_machine_path_stands_in_the_output(output, root):
    for path in [*output.glob("*.json"), *output.glob("json/*.json")]:
        assert str(root) not in path.read_text(encoding="utf-8")


def test_help_imports_nothing_heavy():
    code = (
        "import sys, runpy; sys.argv = ['planextract', '--help']\n"
        "try: runpy.run_module('planextract', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'pyarrow', 'jieba', 'rapidfuzz', 'numpy', 'yaml'} & set(sys.modules)\n"
        "print('HEAVY', sorted(heavy))"
    )
    import subprocess

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "HEAVY []" in done.stdout
    assert "planextract run raw -o output" in done.stdout


@pytest.mark.parametrize("command", ["run", "show", "schema"])
def test_each_command_has_help_with_an_example(command):
    done = run_cli(command, "--help")
    assert done.returncode == 0
    assert f"planextract {command}" in done.stdout.split("Example", 1)[1]


def test_version():
    assert run_cli("--version").stdout.strip() == f"planextract {planextract.__version__}"


def test_show_prints_chinese_and_marks_the_repair(notice):
    done = run_cli("show", str(notice), "--plan", "1", "--task", "4")
    assert done.returncode == 0
    assert (
        "区住房城乡建设委" in done.stdout.replace("\n", "").replace(" ", "").replace("│", "") or "区住房" in done.stdout
    )


def test_show_of_a_missing_task_says_which_there_are(notice):
    done = run_cli("show", str(notice), "--task", "99")
    assert done.returncode == 2
    assert "plan 1: tasks 1–32" in done.stderr


def test_an_output_is_shown_as_its_run_left_it(output, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    done = run_cli("show", str(output), "--plan", "1", "--task", "3")
    assert done.returncode == 0, done.stderr
    assert "主责单位" in done.stdout
    assert "→ 2021-12-31" in done.stdout
    assert "106" not in done.stdout
    done = run_cli("show", str(output), "--task", "99")
    assert done.returncode == 2
    assert "no such plan or task" in done.stderr


def test_a_run_that_failed_whole_counts_nothing_and_status_names_it(tmp_path):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(bytes(range(256)) * 8)
    done = run_cli("run", str(bad), "-o", str(tmp_path / "out"))
    assert done.returncode == 3
    assert "this is named .pdf" in done.stderr
    assert "0 named" not in done.stdout
    assert "read.not_text: 1: bad.pdf" in run_cli("status", str(tmp_path / "out")).stdout


def test_names_of_people_are_withheld_with_a_word_or_kept(tmp_path):
    plan = tmp_path / "plan.txt"
    plan.write_text(
        "任务分解表\n序号\t工作措施\t完成时限\t牵头领导\t责任单位\n1\t修路。\t6月底前\t张三丰\t区教委\n", "utf-8"
    )
    done = run_cli("run", str(plan), "-o", str(tmp_path / "out"))
    assert "withheld: names of people in 1 document (--keep-persons keeps them)" in done.stdout
    assert "张三丰" not in "".join(planextract.load(tmp_path / "out")["cells"]["text_raw"])
    done = run_cli("run", str(plan), "-o", str(tmp_path / "out"), "--keep-persons")
    assert "withheld" not in done.stdout
    assert "张三丰" in "".join(planextract.load(tmp_path / "out")["cells"]["text_raw"])
