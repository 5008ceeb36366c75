"""A corpus with 5 % poison: every good document done, every bad one in quarantine with the true reason.

    python -m tests.benchmark.poison_runs --documents 400

Compares with the same corpus without poison: computing time, and wall-clock less the time limits spent.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from pathlib import Path

import planextract.run.bundles
from planextract.run.account import DocumentResult, RunSummary
from planextract.run.runs import run_inputs
from planextract.settings import RunSettings, Settings
from tests import poison
from tests.benchmark.corpora import make_pdf, make_small_plan, make_zip_bomb, write_corpus

LIMITS = RunSettings(max_seconds=120, max_stall_seconds=5, max_cpu_seconds=60, max_memory_mb=500)


def make_bad() -> dict[str, tuple[bytes, set[str]]]:
    """Return bad documents by name with the reasons that are true of them."""
    plan = make_small_plan(99_999)
    return {
        "hang.txt": (poison.make_poison("hang").encode(), {"run.stalled"}),
        "memory.txt": (poison.make_poison("memory").encode(), {"run.out_of_memory"}),
        "segfault.txt": (poison.make_poison("segfault").encode(), {"run.crashed"}),
        "abort.txt": (poison.make_poison("abort").encode(), {"run.crashed"}),
        "truncated.pdf": (make_pdf(3)[:300], {"read.damaged", "read.no_text_layer"}),
        "truncated.docx": (make_zip_bomb(1 << 20)[:200], {"read.damaged"}),
        "password.pdf": (make_pdf(password="secret"), {"read.encrypted"}),
        "bomb.docx": (make_zip_bomb(1 << 31), {"read.unpacks_too_large"}),
        "long.pdf": (make_pdf(10_000), {"read.too_many_pages"}),
        "empty.txt": (b"", {"read.empty"}),
        "wrong-extension.pdf": (b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(2000), {"read.damaged"}),
        "noise.txt": (random.Random(2).randbytes(2000), {"read.not_text"}),
        "no-table.txt": (plan.replace("\t", "").encode(), {"read.no_table"}),
    }


class _Silent:
    def start(self, total: int) -> None:
        pass

    def advance(self, result: DocumentResult) -> None:
        pass

    def read_page(self, name: str, page_number: int, page_count: int) -> None:
        pass

    def tick(self) -> None:
        pass

    def drain(self) -> None:
        pass


def run(corpus: Path, output: Path) -> tuple[RunSummary, float, float]:
    """Run; return the summary, wall-clock and computing time in seconds."""
    from dataclasses import replace

    settings = Settings(run=LIMITS)
    settings = replace(settings, read=replace(settings.read, max_pages=5_000))
    before, began = os.times(), time.perf_counter()
    summary = run_inputs([corpus], output, settings, _Silent())
    after = os.times()
    return summary, time.perf_counter() - began, sum(after[:4]) - sum(before[:4])


def main() -> None:
    """Run both corpora and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=260)
    arguments = parser.parse_args()
    planextract.run.bundles.read_document = poison.read_document
    bad = make_bad()
    with tempfile.TemporaryDirectory(prefix="poison-runs-") as name:
        folder = Path(name)
        write_corpus(folder / "in", arguments.documents)
        _, clean_wall, clean_cpu = run(folder / "in", folder / "clean")
        for index in range(max(1, arguments.documents // 20 // len(bad))):
            for file, (data, _) in bad.items():
                (folder / "in" / f"{index}-{file}").write_bytes(data + (b" " * index if index else b""))
        summary, wall, cpu = run(folder / "in", folder / "poisoned")
        wrong = [
            f"{result.name}: {result.error.code}"
            for result in summary.failed
            if result.error is not None
            and result.error.code not in bad.get(result.name.partition("-")[2], (b"", set()))[1]
        ]
        good = sum(1 for result in summary.results if result.error is None and result.same_as is None)
        hangs = sum(1 for result in summary.failed if result.name.endswith("hang.txt"))
        print(
            json.dumps(
                {
                    "good_done": good,
                    "good_given": arguments.documents,
                    "bad_quarantined": len(summary.failed),
                    "bad_given": len(summary.results) - arguments.documents,
                    "wrong_reasons": wrong,
                    "clean_wall_s": round(clean_wall, 1),
                    "poisoned_wall_s": round(wall, 1),
                    "limits_spent_s": hangs * 2 * LIMITS.max_stall_seconds,
                    "clean_cpu_s": round(clean_cpu, 1),
                    "poisoned_cpu_s": round(cpu, 1),
                    "load": os.getloadavg(),
                },
                indent=1,
                ensure_ascii=False,
            )
        )
        if good != arguments.documents or wrong:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
