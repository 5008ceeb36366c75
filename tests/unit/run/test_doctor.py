"""planextract doctor: what it finds, and what it says where something is missing."""

from __future__ import annotations

import json

from planextract.run import doctor
from tests.conftest import run_cli


def test_everything_of_the_development_set_up_works():
    checks = {check.name[0]: check for check in doctor.examine_machine()}
    assert checks["libraries"].state == checks["dictionaries"].state == checks["temporary files"].state == "ok"
    assert checks["extra ocr"].state == checks["extra review"].state == "ok"
    assert all(check.name[1] and check.purpose[1] for check in checks.values())
    assert all(check.cure for check in checks.values() if check.state != "ok")


def test_a_missing_extra_is_told_with_its_command(monkeypatch):
    monkeypatch.setattr(doctor, "find_spec", lambda module: None)
    missing = [check for check in doctor.examine_machine() if check.name[0] == "extra ocr"]
    assert [(check.state, check.cure) for check in missing] == [("missing", 'pip install "planextract[ocr]"')]


def test_a_missing_core_library_is_broken(monkeypatch):
    monkeypatch.setattr(doctor, "_find_version", lambda package: None if package == "lxml" else "1")
    core = doctor.examine_machine()[0]
    assert (core.state, core.cure) == ("broken", "pip install lxml")


def test_the_command_speaks_both_languages():
    run = run_cli("doctor", "--lang", "zh")
    assert run.returncode == 0
    assert "基础库" in run.stdout
    assert json.loads(run_cli("doctor", "--json").stdout)[0]["state"] == "ok"
