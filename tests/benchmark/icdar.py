"""Score table structure on the EU half of the ICDAR 2013 competition, beside other libraries in the same run.

``python -m tests.benchmark.icdar --data DIR [--peers PYTHON] --out DIR`` writes ``icdar.md`` and ``icdar.json``.
Each system is measured (a) on the regions given and (b) with its own detection over whole documents.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from planextract.layout.lines import characters_to_cells, characters_to_lines, lines_to_table
from planextract.layout.tables import find_tables
from planextract.model.page import PageArrays
from planextract.model.source import SourceTable
from planextract.read.pdf.pdfium import open_pdf, read_page
from tests.benchmark.icdar_measure import Counts, GridCell, Table, compare_pages, compare_tables
from tests.benchmark.icdar_truth import Case, load_cases

PEERS = (
    "pdfplumber:lines",
    "pdfplumber:text",
    "pdfplumber:lines, else text",
    "camelot:auto",
    "camelot:lattice",
    "camelot:stream",
    "camelot:network",
    "camelot:hybrid",
    "img2table:bordered",
    "img2table:implicit",
    "img2table:borderless",
)
Results = dict[str, dict[str, Any]]


def read_page_tables(
    page: PageArrays, region: tuple[float, float, float, float] | None = None
) -> tuple[SourceTable, ...]:
    """Read the tables of one page only, or the one table that stands in a region (x0, top, x1, bottom)."""
    grids = find_tables(page, region)
    cell, starts = characters_to_cells(page, grids)
    lines = characters_to_lines(page, cell)
    return tuple(lines_to_table(page, grid, int(start), lines) for grid, start in zip(grids, starts, strict=True))


def run_ours(cases: list[Case]) -> Results:
    """Read every document twice: whole, and region by region."""
    results: Results = {}
    for case in cases:
        data = case.pdf.read_bytes()
        start = time.perf_counter()
        with open_pdf(data, case.name) as document:
            pages = [read_page(document, index, case.name) for index in range(len(document))]
        reading = time.perf_counter() - start
        start = time.perf_counter()
        tables = [_plain(table) for page in pages for table in read_page_tables(page)]
        seconds = reading + time.perf_counter() - start
        start = time.perf_counter()
        regions = []
        for truth in case.tables:
            found = read_page_tables(pages[truth.page - 1], truth.bbox)
            regions.append(_plain(found[0]) if found else None)
        results[case.name] = {
            "tables": tables,
            "regions": regions,
            "seconds": seconds,
            "region_seconds": reading + time.perf_counter() - start,
        }
    return results


def _plain(table: Any) -> dict[str, Any]:
    box = table.bbox
    return {
        "page": table.page,
        "bbox": [box.x0, box.top, box.x1, box.bottom],
        "cells": [[c.row, c.col, c.row_span, c.col_span, c.raw_text] for c in table.cells],
    }


def run_peer(python: str, system: str, cases: list[Case]) -> Results:
    """Run one peer in its own environment."""
    job = {
        "system": system,
        "documents": [
            {
                "name": case.name,
                "pdf": str(case.pdf),
                "page_count": case.page_count,
                "heights": list(case.heights),
                "regions": [{"page": t.page, "bbox": list(t.bbox)} for t in case.tables],
            }
            for case in cases
        ],
    }
    done = subprocess.run(
        [python, str(Path(__file__).with_name("icdar_peers.py"))],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{system} failed: {done.stderr[-2000:]}")
    loaded: Results = json.loads(done.stdout)
    return loaded


def _table(item: dict[str, Any]) -> Table:
    cells = tuple(GridCell(row=r, col=c, row_span=rs, col_span=cs, text=text) for r, c, rs, cs, text in item["cells"])
    return Table(page=item["page"], bbox=tuple(item["bbox"]), cells=cells)


def score(results: Results, cases: list[Case]) -> dict[str, Any]:
    """Score one system: per document counts of both tasks, sums and means."""
    documents = {}
    for case in cases:
        result = results[case.name]
        given, by_region = Counts(), []
        for truth, item in zip(case.tables, result["regions"], strict=True):
            counts = compare_tables(_table(item).cells if item else (), truth.cells)
            given += counts
            by_region.append(round(counts.f1, 3))
        detected = compare_pages([_table(item) for item in result["tables"]], list(case.tables))
        documents[case.name] = {"given": given, "detected": detected, "regions": by_region}
    pages = sum(case.page_count for case in cases)
    summary: dict[str, Any] = {"documents": {}}
    for task, clock in (("given", "region_seconds"), ("detected", "seconds")):
        counts = [documents[case.name][task] for case in cases]
        total = sum(counts, Counts())
        summary[task] = {
            "precision": total.precision,
            "recall": total.recall,
            "f1": total.f1,
            "macro_precision": sum(c.precision for c in counts) / len(counts),
            "macro_recall": sum(c.recall for c in counts) / len(counts),
            "macro_f1": sum(c.f1 for c in counts) / len(counts),
            "seconds_per_page": sum(results[case.name][clock] for case in cases) / pages,
        }
    for name, item in documents.items():
        summary["documents"][name] = {
            "given_f1": round(item["given"].f1, 4),
            "detected_f1": round(item["detected"].f1, 4),
            "detected_precision": round(item["detected"].precision, 4),
            "detected_recall": round(item["detected"].recall, 4),
            "regions": item["regions"],
        }
    return summary


def fold_case(results: Results, cases: list[Case]) -> tuple[Results, list[Case]]:
    """Return both without capital letters: the truth has some small ones where the pages print capitals."""
    folded = {
        name: {
            **result,
            "tables": [_fold(item) for item in result["tables"]],
            "regions": [item and _fold(item) for item in result["regions"]],
        }
        for name, result in results.items()
    }
    plain = [
        replace(
            case,
            tables=tuple(
                replace(t, cells=tuple(replace(cell, text=cell.text.casefold()) for cell in t.cells))
                for t in case.tables
            ),
        )
        for case in cases
    ]
    return folded, plain


def _fold(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "cells": [[*cell[:4], cell[4].casefold()] for cell in item["cells"]]}


def make_report(scores: dict[str, dict[str, Any]], folded: dict[str, Any]) -> str:
    """Write the tables of one run as Markdown; ``folded`` are our scores with capital letters made small."""
    lines = ["# ICDAR 2013, EU half: adjacency relations", ""]
    for task, title in (("given", "(a) Given regions"), ("detected", "(b) Own detection, whole documents")):
        lines += [
            f"## {title}",
            "",
            "| system | P | R | F1 (micro) | F1 (macro) | s/page |",
            "|---|---|---|---|---|---|",
        ]
        for system, item in sorted(scores.items(), key=lambda pair: -pair[1][task]["f1"]):
            s = item[task]
            lines.append(
                f"| {system} | {s['precision']:.4f} | {s['recall']:.4f} | {s['f1']:.4f} | {s['macro_f1']:.4f} "
                f"| {s['seconds_per_page']:.4f} |"
            )
        lines += ["", f"planextract, capital letters aside: F1 {folded[task]['f1']:.4f}", ""]
    ours = scores["planextract"]["documents"]
    lines += [
        "## planextract by document, worst first",
        "",
        "| document | given F1 | own detection F1 | P | R |",
        "|---|---|---|---|---|",
    ]
    for name, item in sorted(ours.items(), key=lambda pair: pair[1]["given_f1"] + pair[1]["detected_f1"]):
        lines.append(
            f"| {name} | {item['given_f1']:.3f} | {item['detected_f1']:.3f} | {item['detected_precision']:.3f} "
            f"| {item['detected_recall']:.3f} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--peers", help="Python with pdfplumber, camelot-py and img2table")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    cases = load_cases(options.data)
    results = {"planextract": run_ours(cases)}
    if options.peers:
        results |= {system: run_peer(options.peers, system, cases) for system in PEERS}
    scores = {system: score(found, cases) for system, found in results.items()}
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "icdar.json").write_text(json.dumps(scores, indent=1), encoding="utf-8")
    report = make_report(scores, score(*fold_case(results["planextract"], cases)))
    (options.out / "icdar.md").write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()
