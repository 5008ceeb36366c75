"""What the engine costs: computing time against a bare loop, wall-clock on one and two workers, memory, a re-run.

    python -m tests.benchmark.run_costs --documents 300

Computing time (user + system of the whole tree of processes) is told apart from wall-clock, which means nothing on
a loaded machine.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmark.corpora import write_corpus
from tests.benchmark.kill_runs import find_children

_BARE = """
import sys
from pathlib import Path
from planextract.dictionaries import load_dictionaries
from planextract.run.inputs import find_inputs, hash_input
from planextract.run.jobs import Job, WorkContext
from planextract.run.versions import find_versions
from planextract.run.pool import load_for_fork
from planextract.run.work import Workshop
from planextract.settings import Settings
from planextract.write.store import open_store
settings, output = Settings(), sys.argv[2]
versions = find_versions(settings, load_dictionaries(None).version)
context = WorkContext(output=output, settings=settings, extra_dictionaries=None, versions=versions, run_id="bare")
store = open_store(output)
store.lock("bare")
load_for_fork(context)
shop = Workshop(context)
class Watch:
    def begin_page(self, page_number, page_count):
        return True
for number, file in enumerate(find_inputs([Path(sys.argv[1])]).files):
    sha256 = hash_input(file, 10**9)
    reply = shop.do(Job(number=number, doc_id=sha256[:16], sha256=sha256, file=file), Watch())
    assert reply.error is None, reply.error
"""


def measure(*command: str) -> dict[str, float]:
    """Run a command; return wall-clock, computing time of the tree, and the largest resident memory in it, MB."""
    before, began, peak, late = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter(), 0, []
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)
    while process.poll() is None:
        time.sleep(0.25)
        sizes = [_resident(pid) for pid in (process.pid, *find_children(process.pid))]
        peak = max(peak, *sizes)
        late.append(max(sizes))
    if process.returncode:
        raise SystemExit(f"failed: {command}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    middle = late[len(late) // 3] if late else 0
    return {
        "wall_s": round(time.perf_counter() - began, 2),
        "cpu_s": round(cpu, 2),
        "peak_mb": round(peak / 1e6),
        "mb_after_a_third": round(middle / 1e6),
    }


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0


def main() -> None:
    """Print all figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="run-costs-") as name:
        folder = Path(name)
        write_corpus(folder / "in", arguments.documents)
        found: dict[str, list[dict[str, float]]] = {}
        for number in range(arguments.rounds):
            for label, command in (
                ("bare loop", ("-c", _BARE, str(folder / "in"), str(folder / f"bare{number}"))),
                (
                    "one worker",
                    (
                        "-m",
                        "planextract",
                        "run",
                        str(folder / "in"),
                        "-o",
                        str(folder / f"one{number}"),
                        "-q",
                        "--workers",
                        "1",
                    ),
                ),
                (
                    "two workers",
                    (
                        "-m",
                        "planextract",
                        "run",
                        str(folder / "in"),
                        "-o",
                        str(folder / f"two{number}"),
                        "-q",
                        "--workers",
                        "2",
                    ),
                ),
                (
                    "again, unchanged",
                    ("-m", "planextract", "run", str(folder / "in"), "-o", str(folder / f"two{number}"), "-q"),
                ),
            ):
                found.setdefault(label, []).append(measure(*command))
        print(json.dumps({"documents": arguments.documents, "load": os.getloadavg(), **found}, indent=1))


if __name__ == "__main__":
    main()
