"""``python -m tests.lab publish DIR``: the lab's documents as a benchmark for others, with truth, scorer and baselines.

    python -m tests.lab publish DIR [--seeds 0:60] [--peers PYTHON]

Every document is typeset anew; the same seeds give the same plans. PYTHON is an interpreter of an environment with other
readers (``uv pip install --group bench``); those that it does not have are left out of the table.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from planextract.errors import PlanExtractError
from planextract.model.plan import Extraction
from planextract.model.source import SourceTable
from planextract.read.pdf.document import read_pdf
from planextract.run.extract import extract_path
from planextract.run.vocabularies import load_vocabularies
from planextract.settings import Settings
from planextract.version import __version__
from tests.benchmark.peers import run_system
from tests.lab.bench.score import COLUMNS, score_folder, share
from tests.lab.options import PRODUCERS, draw_options
from tests.lab.placement import LabError
from tests.lab.plans import make_plan
from tests.lab.typeset import find_missing, find_truth, typeset_many, write_truth

_ROOT = Path(__file__).resolve().parents[2]
_BENCH = Path(__file__).with_name("bench")
_PEERS = ("docvortex joined", "tablers", "pdf_oxide", "camelot lattice", "pdfplumber", "img2table")


def main(arguments: Sequence[str]) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.lab publish", description=__doc__)
    parser.add_argument("folder", type=Path, help="a new folder, or an earlier one of this command, which is replaced")
    parser.add_argument("--seeds", default="0:60", help="first:last (last not included)")
    parser.add_argument("--peers", help="Python of an environment that holds other readers")
    options = parser.parse_args(arguments)
    first, last = map(int, options.seeds.split(":"))
    publish(options.folder, range(first, last), options.peers)


def publish(folder: Path, seeds: Sequence[int], peers: str | None = None) -> dict[str, Counter[str]]:
    """Write the benchmark into a folder.

    Args:
        folder: A new folder, or one that this function wrote; what it wrote is replaced.
        seeds: Plans to make; the producer goes round by the seed.
        peers: Interpreter of an environment that holds other readers; None measures planextract alone.

    Returns:
        The counts of each tool.

    Raises:
        SystemExit: If the folder holds anything else, or no producer is installed.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "manifest.json").is_file():
        raise SystemExit(f"error: {folder} is not empty and holds no benchmark")
    shutil.rmtree(folder, ignore_errors=True)
    documents = folder / "documents"
    documents.mkdir(parents=True)
    entries = _make_documents(documents, seeds)
    if not entries:
        raise SystemExit("error: no producer is installed (scripts/system-packages lists them)")
    (folder / "manifest.json").write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    shutil.copy(_BENCH / "score.py", folder / "score.py")
    shutil.copy(_ROOT / "LICENSE", folder / "LICENSE")
    scored = _measure(folder, [documents / str(entry["file"]) for entry in entries], peers)
    (folder / "baselines.json").write_text(json.dumps(scored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(_write_page(entries, scored), encoding="utf-8")
    return scored


def _make_documents(documents: Path, seeds: Sequence[int]) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = []
    for producer in PRODUCERS:
        own = [seed for seed in seeds if draw_options(seed).producer == producer]
        if not own or (missing := find_missing(producer)):
            if own:
                print(f"{producer} is left out: it needs {missing}", file=sys.stderr)
            continue
        plans = [make_plan(seed, draw_options(seed, producer)) for seed in own]
        for plan, pdf in zip(plans, typeset_many(plans, producer), strict=True):
            try:
                truth = find_truth(plan, pdf)
            except LabError as error:
                print(f"{plan.seed} is left out: {error}", file=sys.stderr)
                continue
            name = f"{plan.seed:04d}-{producer}"
            (documents / f"{name}.pdf").write_bytes(pdf)
            write_truth(plan, pdf, documents / f"{name}.truth.json")
            entries.append(
                {
                    "file": f"{name}.pdf",
                    "sha256": hashlib.sha256(pdf).hexdigest(),
                    "producer": producer,
                    "pages": truth.page_count,
                    "options": plan.options.describe(),  # type: ignore[attr-defined]
                }
            )
    return sorted(entries, key=lambda entry: str(entry["file"]))


def _measure(folder: Path, paths: Sequence[Path], peers: str | None) -> dict[str, Counter[str]]:
    """Let each tool answer and score it with the scorer that is published."""
    answers = {f"planextract {__version__}": [_answer(path) for path in paths]}
    for system in _PEERS if peers else ():
        given = run_system(system, peers or "", [str(path) for path in paths], 1)
        if given is not None:
            answers[system] = given["files"]  # type: ignore[assignment]
    scored = {}
    for system, files in answers.items():
        place = folder / "answers"
        place.mkdir()
        for path, answer in zip(paths, files, strict=True):
            content = {"tables": answer["tables"], **({"rows": answer["rows"]} if answer["rows"] else {})}
            (place / f"{path.stem}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        scored[system] = score_folder(place, folder / "documents")
        shutil.rmtree(place)
    return scored


def _answer(path: Path) -> dict[str, list]:
    """Return what planextract reads, in the form of the benchmark's answers."""
    try:
        source = read_pdf(path.read_bytes(), path.name, Settings().read)
        extraction = extract_path(path, load_vocabularies(None, None))
    except PlanExtractError:
        return {"tables": [], "rows": []}
    tables = [
        {"page": block.page, "cells": [[c.row, c.col, c.row_span, c.col_span, c.raw_text] for c in block.cells]}
        for block in source.blocks
        if isinstance(block, SourceTable)
    ]
    return {"tables": tables, "rows": list(_rows(extraction))}


def _rows(extraction: Extraction) -> list[list[str]]:
    return [
        [
            str(task.task_no),
            task.name,
            measure.text,
            measure.deadline.raw_text or "",
            *(
                "、".join(r.raw_text for r in measure.responsibilities if r.role == c.role)
                for c in measure.agency_cells
            ),
        ]
        for plan in extraction.plans
        for task in plan.tasks
        for measure in task.measures
    ]


def _write_page(entries: Sequence[dict[str, object]], scored: dict[str, Counter[str]]) -> str:
    counts = next(iter(scored.values()))
    made = Counter(str(entry["producer"]) for entry in entries)
    lines = [f"| tool | {' | '.join(COLUMNS)} |", "|" + "---|" * (len(COLUMNS) + 1)]
    for system, found in scored.items():
        shares = (share(found, name) for name in COLUMNS)
        lines.append(f"| {system} | {' | '.join('–' if s is None else f'{s:.1%}' for s in shares)} |")
    return (
        (_BENCH / "README.md")
        .read_text(encoding="utf-8")
        .format(
            documents=len(entries),
            pages=sum(int(str(entry["pages"])) for entry in entries),
            rows=counts["rows"],
            cut_rows=counts["cut rows"],
            cells=counts["cells"],
            producers=", ".join(f"{name} ({count})" for name, count in sorted(made.items())),
            baselines="\n".join(lines),
        )
    )
