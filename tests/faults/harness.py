"""Every call that changes the output fails once: what stands there then, and what the next run makes of it.

    python -m tests.faults.harness                       every call, ENOSPC and EIO, once and for good
    python -m tests.faults.harness --only replacing:EIO:once --step 7

A preloaded library (preload.c) counts the calls below the output folder (open for writing, write, truncate, rename,
fsync, unlink, mkdir, rmdir) of all processes of a run and lets the n-th fail, alone or with all that follow. Runs are
forked from a process that has everything loaded. Linux with a C compiler only.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import errno
import json
import mmap
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmark.kill_runs import digest_output

SOURCE = Path(__file__).with_name("preload.c")
SCENES = ("fresh", "replacing", "turning bad")
_ALLOWED_CODES = frozenset({0, 3, 4})
_HIDDEN = (".journal", ".lock", "manifest.json")


class Control(ctypes.Structure):
    """What preload.c reads; see there."""

    _fields_ = [
        ("calls", ctypes.c_long),
        ("fail_at", ctypes.c_long),
        ("is_sticky", ctypes.c_long),
        ("error", ctypes.c_long),
        ("failed", ctypes.c_long),
        ("folder", ctypes.c_char * 4056),
    ]


@dataclass(slots=True)
class Tally:
    """What became of the runs of one kind of failure."""

    points: int = 0
    codes: Counter = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def build(folder: Path) -> Path | None:
    """Compile the library; None without a compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        return None
    library = folder / "preload.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    return library


def explore(folder: Path, only: str = "", step: int = 1, first: int = 1) -> dict[str, dict]:
    """Run the harness in a process of its own and return its tallies by ``scene:errno:how``."""
    library = build(folder)
    assert library is not None
    control = folder / "control"
    control.write_bytes(bytes(ctypes.sizeof(Control)))
    environment = {**os.environ, "LD_PRELOAD": str(library), "FAULT_CONTROL": str(control)}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.faults.harness",
            "--inside",
            str(folder),
            "--only",
            only,
            "--step",
            str(step),
            "--first",
            str(first),
        ],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


class Stage:
    """A folder with inputs, reference outputs, and the output that runs write while calls fail."""

    def __init__(self, folder: Path) -> None:
        from tests.benchmark.corpora import make_small_plan

        _load()

        self.folder = folder
        file = (folder / "control").open("r+b")
        self.control = Control.from_buffer(mmap.mmap(file.fileno(), ctypes.sizeof(Control)))
        self.input = folder / "in"
        self.input.mkdir()
        self.good = make_small_plan(1, 5)
        (self.input / "a.txt").write_text(self.good, encoding="utf-8")
        self.output = folder / "out"
        self.log = folder / "log"
        for name, more in (("old", ("--region", "110000")), ("new", ())):
            assert self.run(folder / name, *more) == 0, self.log.read_text()
        self.old, self.new = digest_output(folder / "old"), digest_output(folder / "new")
        assert self.old != self.new
        (self.input / "a.txt.overrides.yaml").write_text("nonsense: [", encoding="utf-8")
        shutil.copytree(folder / "new", folder / "bad")
        assert self.run(folder / "bad") == 3, self.log.read_text()
        self.bad = digest_output(folder / "bad")

    def run(self, output: Path, *more: str) -> int:
        """Run the command line in a forked process; return its exit code, -1 for a hang."""
        child = os.fork()
        if child == 0:
            code = 70
            try:
                log = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
                os.dup2(log, 1)
                os.dup2(log, 2)
                sys.argv = ["planextract", "run", str(self.input), "-o", str(output), "-q", *more]
                with (self.folder / "settings.toml").open("w") as stream:
                    stream.write("[run]\nworkers = 1\n")
                sys.argv += ["--settings", str(self.folder / "settings.toml")]
                from planextract.__main__ import main

                main()
                code = 0
            except SystemExit as exc:
                code = exc.code if isinstance(exc.code, int) else 0 if exc.code is None else 70
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        until = time.monotonic() + 90
        while time.monotonic() < until:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.005)
        os.kill(child, 9)
        os.waitpid(child, 0)
        return -1

    def set_up(self, scene: str) -> None:
        """Lay out the output as it stands before a run of a scene."""
        self.control.fail_at = self.control.calls = self.control.failed = 0
        shutil.rmtree(self.output, ignore_errors=True)
        before = {"fresh": None, "replacing": "old", "turning bad": "new"}[scene]
        if before:
            shutil.copytree(self.folder / before, self.output)
        override = self.input / "a.txt.overrides.yaml"
        override.unlink(missing_ok=True)
        if scene == "turning bad":
            override.write_text("nonsense: [", encoding="utf-8")

    def count(self, scene: str) -> int:
        """Return how many calls a run of a scene makes when none fails."""
        self.set_up(scene)
        self.control.folder = str(self.output).encode()
        self.run(self.output)
        return int(self.control.calls)

    def try_point(self, scene: str, point: int, error: int, *, is_sticky: bool, tally: Tally) -> None:
        """Let one call fail, look at what stands there, run again and look again."""
        self.set_up(scene)
        control = self.control
        control.error, control.is_sticky, control.fail_at = error, is_sticky, point
        code = self.run(self.output)
        said = self.log.read_text(errors="replace")
        failed = control.failed
        control.fail_at = 0
        tally.points += 1
        tally.codes[code] += 1
        name = f"{scene}, call {point}"
        if not failed:
            return
        if code not in _ALLOWED_CODES or "Traceback" in said:
            tally.problems.append(f"{name}: exit code {code}: {said[-300:]}")
        after = {"fresh": self.new, "replacing": self.new, "turning bad": self.bad}[scene]
        before = {"fresh": {}, "replacing": self.old, "turning bad": self.new}[scene]
        there = _documents(digest_output(self.output)) if self.output.exists() else {}
        marker = next((part for part in there if part.startswith("documents/")), None)
        if marker is not None and there not in (_documents(before), _documents(after)):
            tally.problems.append(f"{name}: parts of two versions")
        aside = any(self.output.glob(".replaced-*"))
        if marker is None and not aside and code != 3 and before and there != _documents(after):
            tally.problems.append(f"{name}: the older version is gone")
        if not is_sticky and any(self.output.glob(".staging-*")):
            tally.problems.append(f"{name}: staged files are left")
        code = self.run(self.output)
        found = {part: value for part, value in digest_output(self.output).items() if part not in _HIDDEN}
        wanted = {part: value for part, value in after.items() if part not in _HIDDEN}
        if code != (3 if scene == "turning bad" else 0):
            tally.problems.append(f"{name}: the next run ends with {code}: {self.log.read_text()[-300:]}")
        elif found != wanted:
            odd = sorted(part for part in found.keys() | wanted.keys() if found.get(part) != wanted.get(part))
            tally.problems.append(f"{name}: the next run differs in {odd[:4]}")


def _load() -> None:
    """Load what runs need, once, before they are forked."""
    import planextract.cli.run_command
    import planextract.read.text_blocks
    import planextract.run.pool
    import planextract.run.runs
    import planextract.run.work
    import planextract.write.arrow  # noqa: F401
    from planextract.dictionaries import load_dictionaries

    load_dictionaries(None).words.find_word_across("工", "作")


def _documents(files: dict[str, str]) -> dict[str, str]:
    """Return the files of documents, other files of the output aside."""
    return {name: value for name, value in files.items() if "/" in name and not name.startswith(".")}


def _run_inside(folder: Path, only: str, step: int, first: int) -> dict[str, dict]:
    stage = Stage(folder)
    found = {}
    for scene in SCENES:
        total = stage.count(scene)
        print(f"{scene}: {total} calls", file=sys.stderr, flush=True)
        for error in ("ENOSPC", "EIO"):
            for how in ("once", "sticky"):
                name = f"{scene}:{error}:{how}"
                if only and only not in name:
                    continue
                tally = Tally()
                for point in range(first, total + 1, step):
                    stage.try_point(scene, point, getattr(errno, error), is_sticky=how == "sticky", tally=tally)
                print("\n".join(tally.problems), file=sys.stderr)
                print(
                    f"{name}: {tally.points} points, exit codes {dict(tally.codes)}, {len(tally.problems)} problems",
                    file=sys.stderr,
                    flush=True,
                )
                found[name] = {
                    "points": tally.points,
                    "codes": dict(tally.codes),
                    "problems": tally.problems,
                    "calls": total,
                }
    return found


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="")
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--inside", default="")
    chosen = parser.parse_args()
    if chosen.inside:
        print(json.dumps(_run_inside(Path(chosen.inside), chosen.only, chosen.step, chosen.first)))
        return
    with tempfile.TemporaryDirectory() as folder:
        found = explore(Path(folder), chosen.only, chosen.step, chosen.first)
    problems = [problem for tally in found.values() for problem in tally["problems"]]
    for problem in problems:
        print(problem)
    print(f"{sum(tally['points'] for tally in found.values())} points, {len(problems)} problems")
    with contextlib.suppress(BrokenPipeError):
        sys.exit(bool(problems))


if __name__ == "__main__":
    main()
