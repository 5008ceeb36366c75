"""Which test runs which line of the rooms, how long it takes, and how much of each room's branches all of them reach.

    nice python -m tests.benchmark.reach                 branch coverage by room
    nice python -m tests.benchmark.reach --missing stitch    and what is not reached in one room

One run of the quick tests (``TESTS``), watched by coverage with a context a test. What a fixture of more than one test runs counts
for every test that asks for it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import coverage
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path("src/planextract")
ROOMS = ("layout", "label", "correct", "stitch", "compose", "resolve", "interpret", "check")
TESTS = (
    "tests/golden",
    *(f"tests/unit/{room}" for room in ROOMS),
    "tests/dictionaries",
    *(f"{PACKAGE}/{room}" for room in ROOMS),  # with doctests
)
_FIXTURE = "fixture "


class Reach(NamedTuple):
    """What one run of the tests says.

    Attributes:
        seconds: Seconds of CPU of each test, by its id.
        lines: For each file (from the root of the repository) and line, the tests that run it.
        rooms: Branches reached and all branches, statements reached and all, by room.
        missing: Lines and branches that no test reaches, by file.
    """

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]
    rooms: dict[str, tuple[int, int, int, int]]
    missing: dict[str, list[str]]


class _Watch:
    """The plugin that tells coverage which test is running."""

    def __init__(self, watcher: coverage.Coverage) -> None:
        self.watcher = watcher
        self.seconds: dict[str, float] = {}
        self.fixtures: dict[str, list[str]] = {}
        self._now = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Iterator[None]:
        self._now = item.nodeid
        self.fixtures[item.nodeid] = list(getattr(item, "fixturenames", ()))
        self.watcher.switch_context(item.nodeid)
        started = time.process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.process_time() - started
            self.watcher.switch_context("")

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        if fixturedef.scope == "function":
            return (yield)
        self.watcher.switch_context(_FIXTURE + fixturedef.argname)
        try:
            return (yield)
        finally:
            self.watcher.switch_context(self._now)


def find_reach(root: Path, scratch: Path) -> Reach:
    """Run the quick tests of the repository at ``root``, in this process; ``scratch`` is a folder for what coverage writes.

    Raises:
        SystemExit: If a test fails.
    """
    sources = [str(root / PACKAGE / room) for room in ROOMS]
    watcher = coverage.Coverage(data_file=str(scratch / "data"), branch=True, source=sources, config_file=False)
    watcher.set_option("report:exclude_also", ["if TYPE_CHECKING:", r"^\s*\.\.\.$", r"^class .*\(Protocol\)"])
    watch = _Watch(watcher)
    watcher.start()
    try:
        status = pytest.main(["-q", "-m", "not slow", "-p", "no:cacheprovider", *TESTS], plugins=[watch])
    finally:
        watcher.stop()
    if status != pytest.ExitCode.OK:
        sys.exit("the tests fail without any change: nothing would mean anything")
    watcher.save()
    return Reach(watch.seconds, _find_lines(root, watcher, watch), *_count(root, watcher, scratch / "report.json"))


def _find_lines(root: Path, watcher: coverage.Coverage, watch: _Watch) -> dict[str, dict[int, list[str]]]:
    askers = defaultdict(list)
    for test, names in watch.fixtures.items():
        for name in names:
            askers[_FIXTURE + name].append(test)
    data, lines = watcher.get_data(), {}
    for file in data.measured_files():
        by_line = {}
        for line, contexts in data.contexts_by_lineno(file).items():
            tests = {test for context in contexts if context for test in askers.get(context, [context])}
            by_line[line] = sorted(tests)
        lines[os.path.relpath(file, root)] = by_line
    return lines


def _count(root: Path, watcher: coverage.Coverage, report: Path):
    watcher.json_report(outfile=str(report))
    rooms, missing = dict.fromkeys(ROOMS, (0, 0, 0, 0)), {}
    for name, found in json.loads(report.read_text("utf-8"))["files"].items():
        path = os.path.relpath(Path(name).resolve(), root.resolve())
        summary = found["summary"]
        keys = ("covered_branches", "num_branches", "covered_lines", "num_statements")
        room = Path(path).relative_to(PACKAGE).parts[0]
        rooms[room] = tuple(so_far + summary[key] for so_far, key in zip(rooms[room], keys, strict=True))
        branches = [
            f"{start}->{end}" for start, end in found["missing_branches"] if start not in found["missing_lines"]
        ]
        missing[path] = [*map(str, found["missing_lines"]), *branches]
    return rooms, missing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--missing", metavar="ROOM", action="append", default=[], choices=ROOMS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        reach = find_reach(ROOT, Path(folder))
    for path, places in sorted(reach.missing.items()):
        if places and Path(path).relative_to(PACKAGE).parts[0] in options.missing:
            print(f"{path}: {', '.join(places)}")
    for room, (branches, of, lines, of_lines) in reach.rooms.items():
        print(
            f"{room:10} branches {branches} of {of} ({branches / of:.1%}), lines {lines} of {of_lines} ({lines / of_lines:.1%})"
        )
    totals = [sum(column) for column in zip(*reach.rooms.values(), strict=True)]
    print(f"{'all':10} branches {totals[0] / totals[1]:.1%}, lines {totals[2] / totals[3]:.1%}")


if __name__ == "__main__":
    main()
