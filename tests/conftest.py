"""Fixtures that many tests share."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from .quick_cli import Finished, QuickCli

os.environ["PLANEXTRACT_LANG"] = "en"  # tests read what commands print, whatever this machine's locale is
settings.register_profile("no-clock", deadline=None)  # a timing is no assertion
settings.load_profile("no-clock")

ROOT = Path(__file__).resolve().parents[1]
NOTICE = ROOT / "raw" / "xicheng-2021-action-plan.txt"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def notice() -> Path:
    return NOTICE


@pytest.fixture(scope="session")
def extraction():
    import planextract

    return planextract.extract_file(NOTICE)


@pytest.fixture(scope="session")
def output(tmp_path_factory) -> Path:
    """An output folder of the real notice, made by the real command."""
    folder = tmp_path_factory.mktemp("output")
    run_cli("run", str(ROOT / "raw"), "-o", str(folder), check=True)
    return folder


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, one a test process: a second playwright would not start beside the first."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("needs chromium")
    from playwright.sync_api import sync_playwright

    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as engine:
        launched = engine.chromium.launch(executable_path=program, args=arguments)
        yield launched
        launched.close()


def run_cli(*arguments: str, check: bool = False, **options) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "planextract", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=check,
        timeout=120,
        **options,
    )


_quick: list[QuickCli] = []


def run_quickly(*arguments: str, check: bool = False, cwd: Path | None = None) -> Finished:
    """Run the command line in a process that need not load anything first, where processes can be forked."""
    if not hasattr(os, "fork"):
        started = sum(os.times()[2:4])
        slow = run_cli(*arguments, check=check, **({"cwd": cwd} if cwd else {}))
        done = Finished(slow.args, slow.returncode, slow.stdout, slow.stderr)
        done.cpu_seconds = sum(os.times()[2:4]) - started
        return done
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    if not _quick:
        _quick.append(QuickCli(environment))
    try:
        done = _quick[0].run(list(arguments), environment, os.fspath(cwd) if cwd else None)
    except subprocess.TimeoutExpired:
        _quick.clear()
        raise
    if check:
        done.check_returncode()
    return done


def pytest_terminal_summary(terminalreporter) -> None:
    """Say which tests were skipped in CI for want of a program that CI should have installed."""
    for report in _skipped_for_programs(terminalreporter):
        terminalreporter.write_line(f"skipped in CI: {report.nodeid}: {report.longrepr}")


def pytest_sessionfinish(session, exitstatus: int) -> None:
    """Fail in CI if a test was skipped for want of a program: all are installed there (scripts/system-packages)."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and exitstatus == 0 and _skipped_for_programs(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


_MISSING = re.compile("needs |not installed|could not import")  # other skips are for what a machine's kernel forbids


def _skipped_for_programs(reporter) -> list:
    skipped = reporter.stats.get("skipped", []) if os.environ.get("CI") else []
    return [report for report in skipped if _MISSING.search(str(report.longrepr))]
