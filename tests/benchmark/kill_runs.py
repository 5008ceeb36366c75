"""Kill workers and whole runs at random instants; the output must come out as if nothing had happened.

    python -m tests.benchmark.kill_runs --documents 2000 --kills 100
    python -m tests.benchmark.kill_runs --documents 2000 --kills 100 --engine dask

With Dask: one scheduler and two worker processes, joined by address; what is killed is a worker (another one is
started in its place), a process below it, or the run. Linux only: processes are found in /proc.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.benchmark.corpora import write_corpus

_RUN_SECONDS = 3600


def digest_output(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of an output but the manifest, which holds times."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }


def find_children(pid: int) -> list[int]:
    """Return all processes below one."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if fields[0] != "Z":
                    below.setdefault(int(fields[1]), []).append(int(entry.name))
    found, queue = [], [pid]
    while queue:
        children = below.get(queue.pop(), [])
        found += children
        queue += children
    return found


def kill(pid: int) -> bool:
    """Kill a process; False if it was gone."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


class Cluster:
    """A Dask scheduler and two workers, all of them processes of this one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.file = folder / "scheduler.json"
        self._log = (folder / "dask.log").open("ab")
        self._scheduler = self._start(
            "dask",
            "scheduler",
            "--scheduler-file",
            str(self.file),
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--no-jupyter",
        )
        until = time.monotonic() + 60
        while not self.file.exists() and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(0.2)
        self.address = json.loads(self.file.read_text())["address"]
        self.workers = [self._start_worker(), self._start_worker()]

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "DASK_DISTRIBUTED__SCHEDULER__WORKER_SATURATION": "1.0",
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "100",
        }
        return subprocess.Popen([sys.executable, "-m", *command], stdout=self._log, stderr=self._log, env=environment)

    def _start_worker(self) -> subprocess.Popen[bytes]:
        return self._start(
            "dask",
            "worker",
            self.address,
            "--no-nanny",
            "--nthreads",
            "1",
            "--no-dashboard",
            "--local-directory",
            str(self._folder),
            "--death-timeout",
            "60",
        )

    def kill_worker(self, rng: random.Random) -> None:
        """Kill a worker and start another one."""
        index = rng.randrange(2)
        self.workers[index].kill()
        self.workers[index].wait()
        self.workers[index] = self._start_worker()

    def find_below(self) -> list[int]:
        """Return the processes below the workers."""
        return [child for worker in self.workers for child in find_children(worker.pid)]

    def close(self) -> None:
        """End everything."""
        for process in [*self.workers, self._scheduler]:
            process.kill()
            process.wait()
        self._log.close()


def start_run(corpus: Path, output: Path, *more: str) -> subprocess.Popen[bytes]:
    """Start a run of the command line."""
    command = [sys.executable, "-m", "planextract", "run", str(corpus), "-o", str(output), "-q", *more]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def disturb(
    corpus: Path, output: Path, kills: int, rng: random.Random, cluster: Cluster | None, more: list[str], longest: float
) -> Counter[str]:
    """Run again and again, killing at random instants, until enough was killed; then let it finish."""
    count: Counter[str] = Counter()
    until = time.monotonic() + _RUN_SECONDS
    run = start_run(corpus, output, *more)
    while sum(count[what] for what in ("run", "worker", "dask worker")) < kills and time.monotonic() < until:
        time.sleep(rng.uniform(0.02, longest))
        if run.poll() is not None:
            if run.returncode != 0:
                raise SystemExit(f"a run failed: {run.returncode} {run.stderr.read().decode() if run.stderr else ''}")
            count["finished early"] += 1
            shutil.rmtree(output)  # everything is done: begin again, so that kills hit work
            run = start_run(corpus, output, *more)
            continue
        workers = find_children(run.pid) if cluster is None else cluster.find_below()
        chance = rng.random()
        if chance < 0.3:
            count["run"] += kill(run.pid)
            run.wait()
            run = start_run(corpus, output, *more)
        elif cluster is not None and chance < 0.6:
            cluster.kill_worker(rng)
            count["dask worker"] += 1
        elif workers:
            count["worker"] += kill(rng.choice(workers))
        else:
            count["nothing to kill yet"] += 1
    kill(run.pid)
    run.wait()
    last = start_run(corpus, output, *more)
    _, errors = last.communicate(timeout=_RUN_SECONDS)
    if last.returncode != 0:
        raise SystemExit(f"the last run failed: {last.returncode} {errors.decode()}")
    return count


def main() -> None:
    """Compare a disturbed output with an undisturbed one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--engine", choices=("local", "dask"), default="local")
    parser.add_argument("--rows", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=4.0, help="longest time between two kills, seconds")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kill-runs-") as name:
        folder = Path(name)
        write_corpus(folder / "in", arguments.documents, arguments.rows)
        began = time.monotonic()
        calm = start_run(folder / "in", folder / "calm")
        _, errors = calm.communicate(timeout=_RUN_SECONDS)
        if calm.returncode != 0:
            raise SystemExit(f"the undisturbed run failed: {errors.decode()}")
        calm_seconds, began = time.monotonic() - began, time.monotonic()
        cluster = Cluster(folder) if arguments.engine == "dask" else None
        more = [] if cluster is None else ["--engine", "dask", "--scheduler", cluster.address]
        try:
            count = disturb(
                folder / "in",
                folder / "wild",
                arguments.kills,
                random.Random(arguments.seed),
                cluster,
                more,
                arguments.longest,
            )
        finally:
            if cluster is not None:
                cluster.close()
        calm_files, wild_files = digest_output(folder / "calm"), digest_output(folder / "wild")
        differing = sorted(
            name for name in calm_files.keys() | wild_files.keys() if calm_files.get(name) != wild_files.get(name)
        )
        print(
            json.dumps(
                {
                    "engine": arguments.engine,
                    "documents": arguments.documents,
                    "killed": dict(count),
                    "files": len(calm_files),
                    "files_that_differ": len(differing),
                    "examples": differing[:5],
                    "documents_committed": sum(name.startswith("documents/") for name in wild_files),
                    "calm_seconds": round(calm_seconds, 1),
                    "wild_seconds": round(time.monotonic() - began, 1),
                },
                indent=1,
            )
        )
        if differing or sum(name.startswith("documents/") for name in wild_files) != arguments.documents:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
