"""Kill processes of runs at random instants; the next run must bring the output of an undisturbed one, and nothing stay behind.

    python -m tests.faults.kills --runs 100 --seed 1
    python -m tests.faults.kills --runs 100 --seed 1 --engine dask

Each run has a victim: the run itself, its whole process group, a worker, or LibreOffice at work on an old Word document (with
Dask also a Dask worker). It writes into an empty folder, replaces what stands there, or finds it done; beside some of them a
review page writes decisions into the log all the while. Then it is looked at what lives on, the command is run again, and
every file is compared with those of a calm run under the same decisions. A kill that finds nothing at work does not count.
Linux only: processes are found in /proc, by a mark in their environment.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmark.corpora import make_small_plan, write_corpus
from tests.benchmark.kill_runs import Cluster, digest_output, find_children, kill
from tests.review.server import serving

VICTIMS = ("run", "group", "worker", "LibreOffice")
SCENES = ("fresh", "replacing", "again")
_MARK = "PLANEXTRACT_KILLS"
_BROKEN = {*range(500, 600)} - {503}  # 503: the output is away for a moment, and the page says so
_RUN_SECONDS, _END_SECONDS, _APPEAR_SECONDS = 600, 30, 120


def make_rtf(text: str) -> bytes:
    """Return a text as Rich Text, its lines of several cells as a table: LibreOffice has to convert it."""

    def escape(part: str) -> str:
        return "".join(char if " " <= char <= "~" else f"\\u{ord(char)}?" for char in part)

    rows = []
    for line in text.splitlines():
        cells = line.split("\t")
        widths = "".join(f"\\cellx{2000 * (place + 1)}" for place in range(len(cells)))
        body = "".join(f"\\intbl {escape(cell)}\\cell" for cell in cells)
        rows.append(f"\\trowd{widths}{body}\\row" if len(cells) > 1 else f"\\pard {escape(line)}\\par")
    return ("{\\rtf1\\ansi\\uc1 " + "\n".join(rows) + "}").encode("ascii")


def _make_odd_plan() -> str:
    """Return a plan of bodies that no dictionary knows, all different, and of rows with a cell too few: many questions."""
    signs = iter("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥")
    text = re.sub("区(?=[财教水])", lambda _: f"区怪{next(signs)}", make_small_plan(100, 16))
    lines = text.splitlines()
    return "\n".join(line.rpartition("\t")[0] if place % 3 == 2 else line for place, line in enumerate(lines)) + "\n"


def find_marked(mark: str) -> list[int]:
    """Return all living processes that carry a mark, whoever their parent is."""
    wanted, found = f"{_MARK}={mark}\0".encode(), []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, IndexError):
            is_marked = entry.name.isdigit() and wanted in (entry / "environ").read_bytes()
            if is_marked and (entry / "stat").read_text().rpartition(")")[2].split()[0] != "Z":
                found.append(int(entry.name))
    return found


def is_office(pid: int) -> bool:
    """Tell whether a process is LibreOffice itself, not what started it."""
    with contextlib.suppress(OSError):
        return b"soffice.bin" in Path(f"/proc/{pid}/cmdline").read_bytes().partition(b"\0")[0]
    return False


def wait_for(found: Callable[[], object], seconds: float) -> object:
    """Return what a question gives as soon as that is something, or what it gives at the end of the time."""
    until = time.monotonic() + seconds
    while not (answer := found()) and time.monotonic() < until:
        time.sleep(0.02)
    return answer


class Reviewer(threading.Thread):
    """Decides on a review page again and again; ``acknowledged`` decisions must be in the log at the end."""

    def __init__(self, output: Path, inputs: Path, log: Path, names: Path) -> None:
        super().__init__(daemon=True)
        self._page = serving(output, inputs, log=log, names=names)
        self._server = self._page.__enter__()
        self._is_over = threading.Event()
        self.acknowledged, self.odd = 0, []
        self.start()

    def run(self) -> None:
        """Decide until told to stop."""
        while not self._is_over.wait(0.1):
            try:
                answer, body = self._server.ask("GET", "/view")
                key = json.loads(body)["key"]
                status = 0
                for action in ("ignore", "accept") if answer.status == 200 and key else ():
                    status, _ = self._server.decide(key, action)
                    self.acknowledged += status == 200
                    if status == 200:
                        break
                if {answer.status, status} & _BROKEN:
                    self.odd.append(f"the page answers {answer.status}, {status}")
            except (OSError, http.client.HTTPException, ValueError, KeyError) as exc:
                self.odd.append(f"the page: {exc!r}")

    def close(self) -> None:
        """Stop, and end the server."""
        self._is_over.set()
        self.join(60)
        self._page.__exit__(None, None, None)


class Campaign:
    """The inputs, the calm outputs by the decisions that were applied, and what became of the runs."""

    def __init__(self, folder: Path, seed: int, cluster: Cluster | None) -> None:
        self.folder, self.rng, self.cluster = folder, random.Random(seed), cluster
        self.killed: Counter[str] = Counter()
        self.problems: list[str] = []
        self.files = self.decisions = self.left = 0
        for name, office in (("plain", False), ("office", True)):
            write_corpus(folder / name, 10, 6)
            if office:
                (folder / name / "old.doc").write_bytes(make_rtf(make_small_plan(99, 6)))
            (folder / name / "odd.txt").write_text(_make_odd_plan(), encoding="utf-8")
            for place, more in ((f"old-{name}", ("--region", "110000")), (f"new-{name}", ())):
                self.finish(self.start(name, folder / place, "calm", *more), place)
        (folder / "tmp").mkdir()

    def start(self, corpus: str, output: Path, mark: str, *more: str) -> subprocess.Popen[bytes]:
        """Start a run in a session of its own."""
        environment = {**os.environ, _MARK: mark, "PLANEXTRACT_LANG": "en"}
        if (self.folder / "tmp").is_dir():
            environment["TMPDIR"] = str(self.folder / "tmp")
        options = {"decisions": "--decisions", "names": "--agency-decisions"}
        logs = {option: self.folder / f"out.{kind}.jsonl" for kind, option in options.items()}
        told = [word for option, log in logs.items() if log.exists() for word in (option, str(log))]
        command = ["run", str(self.folder / corpus), "-o", str(output), "-q", "--workers", "2", *told, *more]
        with (self.folder / "said").open("wb") as said:
            return subprocess.Popen(
                [sys.executable, "-m", "planextract", *command],
                stdout=said,
                stderr=said,
                env=environment,
                start_new_session=True,
            )

    def finish(self, run: subprocess.Popen[bytes], name: str) -> None:
        """Wait for a run that nothing disturbs."""
        code = run.wait(_RUN_SECONDS)
        if code:
            self.problems.append(f"{name}: exit code {code}: {(self.folder / 'said').read_text()[-300:]}")

    def disturb(self, number: int, victim: str, scene: str, *, reviewed: bool) -> None:
        """Do one run, kill the victim, and look at what is left and what the next run makes of it."""
        name = f"{number} ({scene}, {victim}{', reviewed' if reviewed else ''})"
        corpus = "office" if victim == "LibreOffice" or self.rng.random() < 0.2 else "plain"
        output, logs = self.folder / "out", [self.folder / f"out.{kind}.jsonl" for kind in ("decisions", "names")]
        shutil.rmtree(output, ignore_errors=True)
        for log in logs:
            log.unlink(missing_ok=True)
        if scene != "fresh":
            shutil.copytree(self.folder / f"{'old' if scene == 'replacing' else 'new'}-{corpus}", output)
        if victim == "LibreOffice":
            shutil.rmtree(output / ".readings", ignore_errors=True)  # else nothing needs it
        page = Reviewer(output, self.folder / corpus, *logs) if reviewed else None
        engine = ["--engine", "dask", "--scheduler", self.cluster.address] if self.cluster else []
        run = self.start(corpus, output, str(number), *engine, *(["--again"] if scene == "again" else []))
        what = self.strike(run, victim)
        self.killed[what or "nothing left to kill"] += 1
        code = run.wait(_RUN_SECONDS)
        said = (self.folder / "said").read_text(errors="replace")
        if "Traceback" in said or (code not in (0, 3, 4) and code != -signal.SIGKILL):
            self.problems.append(f"{name}: exit code {code}: {said[-300:]}")
        self.look_for_left(str(number), name)
        if page is not None:
            page.close()
            self.problems += [f"{name}: {odd}" for odd in page.odd[:3]]
            written = sum(len(log.read_bytes().splitlines()) for log in logs if log.exists())
            self.decisions += written
            if written < page.acknowledged:
                self.problems.append(f"{name}: {page.acknowledged} decisions acknowledged, {written} in the logs")
        self.finish(self.start(corpus, output, str(number), *engine), f"{name}, the next run")
        self.compare(corpus, output, name, is_changed=any(log.exists() for log in logs))

    def strike(self, run: subprocess.Popen[bytes], victim: str) -> str:
        """Kill the victim at a random instant; return what was killed, empty if nothing was there."""
        below = self.cluster.find_below if self.cluster else lambda: find_children(run.pid)
        choose = (lambda: [pid for pid in below() if is_office(pid)]) if victim == "LibreOffice" else below
        wait_for(lambda: choose() or run.poll() is not None, _APPEAR_SECONDS)
        longest = self.rng.choice((0.0, 0.1, 0.5, *((1.5,) if victim != "LibreOffice" else ())))
        time.sleep(longest * self.rng.random())
        if run.poll() is not None:
            return ""
        if victim in ("run", "group"):
            (os.killpg if victim == "group" else os.kill)(run.pid, signal.SIGKILL)
            return victim
        if victim == "worker" and self.cluster and self.rng.random() < 0.5:
            self.cluster.kill_worker(self.rng)
            return "Dask worker"
        there = choose()
        return victim if there and kill(self.rng.choice(there)) else ""

    def look_for_left(self, mark: str, name: str) -> None:
        """Count what of a run outlives it, and end that."""
        wait_for(lambda: not find_marked(mark), _END_SECONDS)
        left = find_marked(mark)
        self.left += len(left)
        for pid in left:
            with contextlib.suppress(OSError):
                command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")[:120].decode(errors="replace")
                self.problems.append(f"{name}: left running: {command}")
            kill(pid)
        for path in (self.folder / "tmp").iterdir():
            self.problems.append(f"{name}: left in the folder of temporary files: {path.name}")
            shutil.rmtree(path, ignore_errors=True)
            path.unlink(missing_ok=True)

    def compare(self, corpus: str, output: Path, name: str, *, is_changed: bool) -> None:
        """Compare an output with a calm one under the same decisions."""
        calm = self.folder / f"new-{corpus}"
        if is_changed:
            calm = self.folder / "calm"
            shutil.rmtree(calm, ignore_errors=True)
            self.finish(self.start(corpus, calm, "calm"), f"{name}, the calm run")
        wanted, found = digest_output(calm), digest_output(output)
        self.files += len(wanted)
        odd = sorted(part for part in wanted.keys() | found.keys() if wanted.get(part) != found.get(part))
        if odd:
            self.problems.append(f"{name}: {len(odd)} of {len(wanted)} files differ: {odd[:3]}")


@contextlib.contextmanager
def working_cluster(folder: Path, engine: str) -> Iterator[Cluster | None]:
    """Give a Dask cluster, if the engine is one; at the end nothing of it may live on."""
    if engine != "dask":
        yield None
        return
    os.environ[_MARK] = "cluster"
    cluster = Cluster(folder)
    try:
        yield cluster
    finally:
        cluster.close()
        os.environ.pop(_MARK)


def run_campaign(runs: int, seed: int, engine: str, victims: tuple[str, ...] = VICTIMS) -> Campaign:
    """Disturb runs until enough kills hit something at work; each victim and each scene gets its share."""
    with tempfile.TemporaryDirectory(prefix="kills-") as name:
        with working_cluster(Path(name), engine) as cluster:
            campaign = Campaign(Path(name), seed, cluster)
            number = 0
            while number < 2 * runs and campaign.killed.total() - campaign.killed["nothing left to kill"] < runs:
                victim = victims[number % len(victims)]
                scene = campaign.rng.choice(SCENES[:2] if victim == "LibreOffice" else SCENES)
                reviewed = scene != "fresh" and campaign.rng.random() < 0.5
                campaign.disturb(number, victim, scene, reviewed=reviewed)
                number += 1
                print(number, dict(campaign.killed), campaign.problems[-1:], file=sys.stderr, flush=True)
        campaign.look_for_left("cluster", "the cluster")
        return campaign


def main() -> None:
    """Run what the command line asks for; exit code 1 if anything differs or lives on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=100, help="runs that are hit")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("local", "dask"), default="local")
    chosen = parser.parse_args()
    campaign = run_campaign(chosen.runs, chosen.seed, chosen.engine)
    for problem in campaign.problems:
        print(problem)
    print(
        f"{chosen.engine}: killed {dict(campaign.killed)}; {campaign.files} files compared, {campaign.decisions} decisions "
        f"written meanwhile, {campaign.left} processes left, {len(campaign.problems)} problems"
    )
    sys.exit(bool(campaign.problems))


if __name__ == "__main__":
    main()
