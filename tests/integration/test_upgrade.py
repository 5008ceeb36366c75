"""Outputs, logs, overrides and gold of the first round of the contract are read by this version, and made anew by it."""

from __future__ import annotations

import json
import shutil

import pyarrow.parquet as pq
import pytest

import planextract
from planextract.decisions.agency_log import load_judgements
from planextract.decisions.log import read_log
from planextract.run.verify import verify_output
from planextract.write.contract import BY_NAME, LATER_COLUMNS, LATER_TABLES, TABLES

from ..benchmark.kill_runs import digest_output
from ..conftest import ROOT, run_cli

OLD = ROOT / "tests" / "data" / "schema-1"
LEDGER = ROOT / "tests" / "data" / "ledger-1"


@pytest.fixture
def old(tmp_path):
    return shutil.copytree(OLD, tmp_path / "old")


def run(old, *more):
    return run_cli("run", "in", "-o", "output", "--decisions", "agency-decisions.jsonl", *more, cwd=old)


def test_an_old_output_loads_with_the_columns_of_today():
    tables = planextract.load(OLD / "output")
    assert {name: len(tables[name]) for name in ("documents", "measures", "cells", "milestones")} == {
        "documents": 2,
        "measures": 9,
        "cells": 66,
        "milestones": 0,
    }
    for name, frame in tables.items():
        assert list(frame.columns) == [column.name for column in BY_NAME[name].columns]
        for column in LATER_COLUMNS.get(name, ()):
            assert frame[column].isna().all()


def test_what_was_added_later_is_listed_and_nothing_else():
    """Who adds a column to the contract names it in LATER_COLUMNS, or outputs of the first round are refused."""
    for table in TABLES:
        folder = OLD / "output" / table.name
        path = next(folder.glob("*.parquet")) if folder.is_dir() else OLD / "output" / f"{table.name}.parquet"
        if not path.is_file():
            assert table.name in LATER_TABLES
            continue
        there = set(pq.read_schema(path).names)
        assert {column.name for column in table.columns} - there == LATER_COLUMNS.get(table.name, frozenset())
        assert not there - {column.name for column in table.columns}, "a column may not be taken away"


@pytest.mark.parametrize(
    "command",
    [
        ("report", "output"),
        ("export", "output", "--format", "csv", "-o", "csv"),
        ("export", "output", "-o", "plan.xlsx"),
        ("compact", "output", "--to", "compact"),
        ("status", "output"),
        ("diff", "output", "output"),
        ("agencies", "review", "-o", "output"),
        ("score", "output", "--gold", "gold"),
        ("review", "output", "--export-gold", "again"),
    ],
    ids=" ".join,
)
def test_every_command_takes_an_old_output(old, command):
    done = run_cli(*command, cwd=old)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_old_logs_are_read():
    log = read_log(OLD / "output.decisions.jsonl")
    assert [decision.kind for decision in log.standing] == ["edit_cell", "accept"]
    assert len(log.undone) == 1
    assert {j.action for j in load_judgements(OLD / "agency-decisions.jsonl").current().values()} == {
        "accept",
        "ignore",
    }


def test_a_run_makes_an_old_output_anew_and_keeps_every_decision(old, tmp_path):
    done = run(old, "--json")
    assert done.returncode == 3  # the input without a table
    assert json.loads(done.stdout)["unchanged"] == 0
    shutil.rmtree(old / "output" / "reports", ignore_errors=True)
    assert not verify_output(old / "output").damaged
    tables = planextract.load(old / "output")
    assert tables["measures"]["text"].str.contains("（核对）").sum() == 1
    assert not tables["findings"]["code"].eq("decisions.stale").any()
    assert tables["boundaries"]["overridden"].sum() == 1
    linked = tables["responsibilities"].set_index("agency_raw")["match"]
    assert set(linked["区财改局"]) == {"exact"} or "unresolved" not in set(linked["区财改局"])
    assert tables["documents"]["parts"].notna().all()
    fresh = shutil.copytree(OLD, tmp_path / "fresh")
    shutil.rmtree(fresh / "output")
    run(fresh)
    assert digest_output(old / "output") == digest_output(fresh / "output")
    assert json.loads(run(old, "--json").stdout)["unchanged"] == 3


@pytest.mark.parametrize("is_logged", [False, True], ids=["the ledger", "its logs"])
def test_an_old_ledger_and_what_was_taken_from_one_still_tell(tmp_path, is_logged):
    reported = shutil.copytree(LEDGER, tmp_path / "old")
    for name in () if is_logged else ("output.decisions.jsonl", "output.progress.jsonl"):
        (reported / name).unlink()
    run_cli("run", "in", "-o", "output", "-q", check=True, cwd=reported)
    done = run_cli("import", "output", "ledger.xlsx", check=True, cwd=reported)
    assert ("1 reports on progress" in done.stdout) is not is_logged, "what is taken already is not taken again"
    run_cli("run", "in", "-o", "output", "-q", check=True, cwd=reported)
    tables = planextract.load(reported / "output")
    measures = tables["measures"]
    assert measures["text"].str.startswith("组织开展").tolist() == [False, False, True, False, False]
    assert str(measures["deadline_end"][3]) == "2021-06-30"
    assert tables["progress"]["text"].tolist() == ["已完成招标"]
    assert not tables["findings"]["code"].eq("decisions.stale").any()
