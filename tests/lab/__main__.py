"""``python -m tests.lab --seeds 0:300 --out DIR``: typeset, read and score many plans, and report every failure.

``python -m tests.lab publish DIR`` writes the documents as a benchmark for others (:mod:`tests.lab.publish`).
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from planextract.errors import PlanExtractError
from planextract.read.pdf.draw import draw_page
from tests.lab.model import LabPlan
from tests.lab.options import PRODUCERS, draw_options
from tests.lab.placement import LabError
from tests.lab.plans import make_plan
from tests.lab.report import Result, write_report
from tests.lab.score import Score, score_pdf
from tests.lab.typeset import find_missing, find_truth, typeset_many, write_truth

_BATCH = {"reportlab": 5, "chromium": 3, "libreoffice": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Seeds to typeset with one producer."""

    producer: str
    seeds: tuple[int, ...]
    out: Path
    reuses: bool
    keeps: bool


def main() -> None:
    """Run the command."""
    if sys.argv[1:2] == ["publish"]:
        from tests.lab.publish import main as publish

        publish(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="python -m tests.lab", description=__doc__)
    parser.add_argument("--seeds", default="0:30", help="first:last (last not included), or seeds with commas")
    parser.add_argument(
        "--producer", choices=PRODUCERS, help="only this one; otherwise the producer goes round by the seed"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the report, failing files and pictures")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--reuse", action="store_true", help="read PDFs that an earlier run left in the folder")
    parser.add_argument("--keep", action="store_true", help="keep every PDF and its truth, not only the failing ones")
    options = parser.parse_args()
    (options.out / "files").mkdir(parents=True, exist_ok=True)
    jobs = list(_make_jobs(options))
    started = time.monotonic()
    results: list[Result] = []
    with ProcessPoolExecutor(options.jobs) as pool:
        for found in pool.map(run_job, jobs):
            results += found
            print(f"\r{len(results)} documents, {time.monotonic() - started:.0f} s", end="", flush=True)
    print()
    print(write_report(sorted(results, key=lambda r: (r.seed, r.producer)), options.out))


def _make_jobs(options: argparse.Namespace) -> list[Job]:
    if ":" in options.seeds:
        first, last = options.seeds.split(":")
        seeds = list(range(int(first), int(last)))
    else:
        seeds = [int(seed) for seed in options.seeds.split(",")]
    jobs = []
    for producer in PRODUCERS:
        own = [s for s in seeds if (options.producer or draw_options(s).producer) == producer]
        missing = find_missing(producer)
        if own and missing:
            print(f"{producer} is left out: it needs {missing}")
            continue
        size = _BATCH[producer]
        jobs += [
            Job(
                producer=producer,
                seeds=tuple(own[i : i + size]),
                out=options.out,
                reuses=options.reuse,
                keeps=options.keep,
            )
            for i in range(0, len(own), size)
        ]
    return jobs


def run_job(job: Job) -> list[Result]:
    """Typeset, read and score the plans of a job."""
    plans = [make_plan(seed, draw_options(seed, job.producer)) for seed in job.seeds]
    paths = [job.out / "files" / f"{plan.seed}-{job.producer}.pdf" for plan in plans]
    todo = [i for i, path in enumerate(paths) if not (job.reuses and path.is_file())]
    for index, data in zip(todo, typeset_many([plans[i] for i in todo], job.producer) if todo else [], strict=True):
        paths[index].write_bytes(data)
    return [_run_one(job, plan, path) for plan, path in zip(plans, paths, strict=True)]


def _run_one(job: Job, plan: LabPlan, path: Path) -> Result:
    pdf = path.read_bytes()
    result = Result(seed=plan.seed, producer=job.producer, options=plan.options.describe(), score=Score())
    try:
        truth = find_truth(plan, pdf)
    except LabError as error:
        return replace(result, broken=str(error))
    score = score_pdf(pdf, plan, truth)
    if not score.differences:
        if not job.keeps and not job.reuses:
            path.unlink()
        elif job.keeps:
            write_truth(plan, pdf, path.with_suffix(".truth.json"))
        return replace(result, score=score)
    write_truth(plan, pdf, path.with_suffix(".truth.json"))
    pages = sorted({page for _, page, _ in score.differences if page})[:2]
    pictures = []
    for page in pages:
        target = path.with_name(f"{path.stem}-p{page}.png")
        try:
            draw_page(pdf, path.name, page, ("lattice", "cells"), target, dpi=60)
        except PlanExtractError:
            continue
        pictures.append(target.name)
    return replace(result, score=score, pictures=tuple(pictures))


if __name__ == "__main__":
    main()
