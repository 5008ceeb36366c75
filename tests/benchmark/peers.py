"""Compare planextract with other readers of PDF tables on the lab's documents, in one run.

``python -m tests.benchmark.peers --peers PYTHON --out DIR [--documents N]`` typesets the Xicheng notice and N random
plans with every producer that is installed, reads them with each system in a process of its own, and writes
``peers.md`` and ``peers.json``. PYTHON is an interpreter of an environment that holds the peers (``uv pip install --group
bench``); one that is not installed is left out. Times are process times after import, the fastest of some rounds, systems
one after the other: read the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tests.lab.bench.score import tidy_grid
from tests.lab.model import plain
from tests.lab.notice import make_notice
from tests.lab.options import PRODUCERS, draw_options
from tests.lab.placement import LabError
from tests.lab.plans import make_plan
from tests.lab.truth import Truth
from tests.lab.typeset import find_missing, find_truth, typeset_many

PEERS = (
    "floor",
    "pdfplumber extract_tables",
    "pdfplumber",
    "camelot lattice",
    "img2table",
    "tabula lattice",
    "tablers",
    "pdf_oxide",
    "docvortex",
    "docvortex joined",
)
OURS = ("planextract reading", "planextract run")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One PDF: ``truth`` and ``measures`` (texts without white space) of a lab plan; None for the notice."""

    path: Path
    page_count: int
    producer: str
    is_notice: bool
    truth: Truth | None
    measures: tuple[str, ...]


def make_cases(folder: Path, documents: int) -> list[Case]:
    """Typeset the notice and random plans with every producer."""
    import pypdfium2

    cases = []
    for producer in PRODUCERS:
        if find_missing(producer):
            continue
        notice = make_notice()
        plans = [make_plan(seed, draw_options(seed, producer)) for seed in range(documents)]
        for number, (plan, pdf) in enumerate(
            zip([notice, *plans], typeset_many([notice, *plans], producer), strict=True)
        ):
            path = folder / f"{producer}-{number}.pdf"
            path.write_bytes(pdf)
            is_notice = number == 0
            try:
                truth = None if is_notice else find_truth(plan, pdf)
            except LabError as error:  # the producer lost rows: there is no truth
                print(f"{producer}, {error}: left out", file=sys.stderr)
                continue
            document = pypdfium2.PdfDocument(pdf)
            cases.append(
                Case(
                    path=path,
                    page_count=len(document),
                    producer=producer,
                    is_notice=is_notice,
                    truth=truth,
                    measures=()
                    if is_notice
                    else tuple(
                        plain("".join(measure.text.split()))
                        for tasks in plan.tasks
                        for task in tasks
                        for measure in task.measures
                    ),
                )
            )
            document.close()
    return cases


def run_ours(system: str, paths: list[str], rounds: int) -> dict[str, object]:
    """Read with planextract in this process; ``run`` goes all the way to committed Parquet."""
    from planextract.read.document import read_document
    from planextract.run.runs import run_inputs
    from planextract.settings import ReadSettings, Settings

    class Silent:
        def start(self, total: int) -> None: ...
        def advance(self, result: object) -> None: ...
        def read_page(self, name: str, page_number: int, page_count: int) -> None: ...
        def tick(self) -> None: ...
        def drain(self) -> None: ...

    files = []
    for path in [paths[0], *paths]:
        data = Path(path).read_bytes()
        best, tables, rows = None, [], []
        for _ in range(rounds):
            start = _computing_seconds()
            if system == OURS[0]:
                source = read_document(data, "x.pdf", ReadSettings(reader="pdfium"))
                seconds = _computing_seconds() - start
                tables = [
                    {"page": b.page, "cells": [[c.row, c.col, c.row_span, c.col_span, c.raw_text] for c in b.cells]}
                    for b in source.blocks
                    if hasattr(b, "cells")
                ]
            else:
                with tempfile.TemporaryDirectory() as output:
                    run_inputs([Path(path)], Path(output), Settings(), Silent())
                    seconds = _computing_seconds() - start
                    rows = [_load_measures(Path(output))]
            best = seconds if best is None else min(best, seconds)
        files.append({"seconds": best, "tables": tables, "rows": rows})
    return {"files": files[1:], "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def _computing_seconds() -> float:
    """Return the computing time of this process and of its workers that are done."""
    return sum(os.times()[:4])


def _load_measures(output: Path) -> list[str]:
    import pyarrow.parquet as pq

    texts: list[str] = []
    for part in (output / "measures").glob("*.parquet"):
        texts += pq.read_table(part, columns=["text"])["text"].to_pylist()
    return texts


def run_system(system: str, python: str, paths: list[str], rounds: int) -> dict[str, object] | None:
    """Run one system in a process of its own; None if it is not installed."""
    job = json.dumps({"system": system, "files": paths, "rounds": rounds})
    if system in OURS:
        command = [sys.executable, "-m", "tests.benchmark.peers", "--child"]
    else:
        command = [python, str(Path(__file__).with_name("peers_child.py"))]
    done = subprocess.run(command, input=job, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{system}: {(done.stderr.strip().splitlines() or ['no answer'])[-1]}", file=sys.stderr)
        return None
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def score(cases: list[Case], answer: dict) -> dict[str, float]:
    """Score one system: exact cells, GriTS by fragment, exact measures, seconds a page."""
    from planextract.score.grits import measure_grits_con, measure_grits_top
    from planextract.score.tables import GridCell, GridTable

    def as_table(cells: list) -> GridTable:
        return GridTable(
            row_count=max((c[0] + c[2] for c in cells), default=1),
            col_count=max((c[1] + c[3] for c in cells), default=1),
            cells=tuple(GridCell(row=c[0], col=c[1], row_span=c[2], col_span=c[3], text=c[4]) for c in cells),
        )

    totals: dict[str, float] = defaultdict(float)
    for case, file in zip(cases, answer["files"], strict=True):
        totals["seconds"] += file["seconds"]
        totals["pages"] += case.page_count
        if case.truth is None:
            continue
        found = defaultdict(list)
        texts = {"".join(text.split()) for rows in file["rows"] for text in rows}
        for table in file["tables"]:
            cells = [(*cell[:4], plain("".join(cell[4].split()))) for cell in table["cells"]]
            found[table["page"]].append(tidy_grid(cells))
            texts |= {cell[4] for cell in cells}
        totals["measures"] += len(case.measures)
        totals["measures_exact"] += sum(text in texts for text in case.measures)
        if not file["tables"]:
            continue
        for page, wanted in case.truth.grids.items():
            for index, grid in enumerate(wanted):
                own = found[page][index] if index < len(found[page]) else []
                totals["cells"] += len(grid)
                totals["cells_exact"] += len(set(grid) & set(own))
                for name, measure in (("top", measure_grits_top), ("con", measure_grits_con)):
                    totals[name] += measure(as_table(grid), as_table(own)).f1 if own else 0.0
                totals["fragments"] += 1
    return dict(totals)


def write_report(results: dict[str, dict], notice: dict[str, float], out: Path) -> None:
    """Write the table as Markdown and JSON."""
    floor, plumber = notice.get("floor"), notice.get("pdfplumber extract_tables")
    head = [
        "system",
        "ms a page (notice, Chromium)",
        "× floor",
        "pdfplumber ÷",
        "ms a page (all)",
        "peak MB",
        "cells exact",
        "GriTS_Top",
        "GriTS_Con",
        "whole measures exact",
    ]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for system, item in results.items():
        seconds = notice.get(system)
        share = lambda part, whole, item=item: f"{item[part] / item[whole]:.2%}" if item.get(whole) else "–"  # noqa: E731
        lines.append(
            f"| {system} | {_show(seconds, 1000)} | {_show(seconds, 1 / floor if floor else None)} | "
            f"{_show(plumber, 1 / seconds if seconds else None)} | {1000 * item['seconds'] / item['pages']:.1f} | "
            f"{item['rss_mb']} | {share('cells_exact', 'cells')} | {share('top', 'fragments')} | "
            f"{share('con', 'fragments')} | {share('measures_exact', 'measures')} |"
        )
    out.mkdir(parents=True, exist_ok=True)
    (out / "peers.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (out / "peers.json").write_text(json.dumps({"results": results, "notice_seconds": notice}, indent=1) + "\n")
    print("\n".join(lines))


def _show(value: float | None, factor: float | None) -> str:
    return "–" if value is None or factor is None else f"{value * factor:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", help="Python of the peers' environment")
    parser.add_argument("--out", type=Path, help="folder for peers.md and peers.json")
    parser.add_argument("--documents", type=int, default=6, help="random plans for each producer")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--system", action="append", help="only these")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        job = json.load(sys.stdin)
        print(json.dumps(run_ours(job["system"], job["files"], job["rounds"])))
        return
    folder = Path(tempfile.mkdtemp(prefix="peers-"))
    try:
        cases = make_cases(folder, options.documents)
        chromium = next((i for i, c in enumerate(cases) if c.is_notice and c.producer == "chromium"), 0)
        results: dict[str, dict] = {}
        notice: dict[str, float] = {}
        for system in options.system or (*OURS, *PEERS):
            answer = run_system(system, options.peers or sys.executable, [str(c.path) for c in cases], options.rounds)
            if answer is None:
                continue
            results[system] = {**score(cases, answer), "rss_mb": answer["rss_mb"]}
            notice[system] = answer["files"][chromium]["seconds"] / cases[chromium].page_count
            print(f"{system}: {1000 * notice[system]:.2f} ms a page of the notice", file=sys.stderr)
        write_report(results, notice, options.out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
