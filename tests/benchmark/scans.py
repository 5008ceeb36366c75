"""How well scans are read: the lab's documents printed, scanned under each condition, and extracted whole.

    python -m tests.benchmark.scans accuracy --dpi 200 --seeds 300:304 [--conditions clean copied] [--dump FILE]
    python -m tests.benchmark.scans calibrate FILE.json [--report FILE.json]
    python -m tests.benchmark.scans pages DIR --seeds 300:302 [--conditions clean copied]   # for scan_peers.py, and ours

The extraction of the born-digital document is the truth (tests/lab checks that by itself). Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from planextract.dictionaries import load_dictionaries
from planextract.errors import InputError
from planextract.model.decision import Overrides
from planextract.model.plan import Extraction, Measure
from planextract.model.source import SourceTable
from planextract.model.table import Cell
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.read.scan.confidence import SLOPE, START, rate_right
from planextract.read.scan.engines import choose_engine
from planextract.read.scan.image import PageImage
from planextract.read.scan.reader import read_image
from planextract.read.scan.vote import make_rereader
from planextract.settings import ReadSettings, Settings
from planextract.text.characters import fold
from tests.lab.options import LabOptions, draw_options
from tests.lab.plans import make_plan
from tests.lab.scans import CONDITIONS, damage_page, rasterise, scan_pdf
from tests.lab.typeset import typeset

FONTS = ("serif", "sans")
_TASKS = 4
_BINS = 10


@dataclass(slots=True)
class Score:
    """Counts over documents scanned under one condition.

    ``rated`` holds the doubt of each cell and whether it was read right; ``wrong_links`` are bodies linked that the print does not name; ``in_review`` names of the print without a link.
    """

    pages: int = 0
    cells: int = 0
    cells_right: int = 0
    characters: int = 0
    errors: int = 0
    width_errors: int = 0
    bodies: int = 0
    bodies_right: int = 0
    wrong_links: int = 0
    deadlines: int = 0
    deadlines_right: int = 0
    seconds: float = 0.0
    rated: list[tuple[float, bool]] = field(default_factory=list)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)


def rate_doubt(confidence: float) -> float:
    """Return the doubt that gives a confidence: ``rate_right`` turned round."""
    odds = (1.0 - confidence) / max(confidence, 1e-9)
    return math.exp((math.log(max(odds, 1e-9)) - START) / SLOPE)


def make_options(seed: int) -> LabOptions:
    """Return what the document of a seed looks like: any layout and ruling, on A4, no watermark, fonts in turn."""
    return replace(
        draw_options(seed, "reportlab"),
        watermark=False,
        rotate=0,
        sideways=False,
        fake_bold="none",
        page="A4",
        font=FONTS[seed % 2],
        hidden_text=False,
        notice=False,
        plan_count=1,
        task_count=_TASKS,
        other_table="none",
    )


def extract(data: bytes, name: str) -> Extraction:
    """Extract one document with the built-in dictionaries."""
    settings = Settings()
    return extract_document(read_document(data, name, settings.read), load_dictionaries(), Overrides(), settings)


def measure(seeds: Iterable[int], condition: str, dpi: float) -> Score:
    """Print, scan and extract the documents of some seeds under one condition."""
    score = Score()
    for seed in seeds:
        printed = typeset(make_plan(seed, make_options(seed)), "reportlab")
        truth = extract(printed, "print.pdf")
        scan = scan_pdf(printed, CONDITIONS[condition], dpi, seed)
        start = time.process_time()
        try:
            found = extract(scan, "scan.pdf")
        except InputError as exc:
            score.failed.append(f"{seed}: {exc.code}")
            found = replace(truth, plans=(), cells=())
        score.seconds += time.process_time() - start
        score.pages += truth.page_count
        _compare_cells(score, truth.cells, found.cells)
        wanted, got = _measures(truth), _measures(found)
        for one, other in zip_longest(wanted, got):
            _compare_measures(score, one, other)
    return score


def _measures(extraction: Extraction) -> list[Measure]:
    return [m for plan in extraction.plans for task in plan.tasks for m in task.measures]


def _compare_cells(score: Score, wanted: Sequence[Cell], got: Sequence[Cell]) -> None:
    places = {_place(cell): cell for cell in got}
    for cell in wanted:
        other = places.get(_place(cell))
        text, read = "".join(cell.text.split()), "".join(other.text.split()) if other else ""
        errors = Levenshtein.distance(fold(text), fold(read))
        score.cells += 1
        score.cells_right += other is not None
        score.characters += len(text)
        score.errors += errors
        score.width_errors += Levenshtein.distance(text, read) - errors
        if other is not None:
            score.rated.append((rate_doubt(other.confidence), errors == 0))
        for step in Levenshtein.opcodes(fold(text), fold(read)):
            if step.tag != "equal":
                pair = fold(text)[step.src_start : step.src_end], fold(read)[step.dest_start : step.dest_end]
                score.confusions[pair] += 1


def _place(cell: Cell) -> tuple[int, int, int, int, int, int]:
    return cell.page, cell.table_no, cell.row, cell.col, cell.row_span, cell.col_span


def _compare_measures(score: Score, wanted: Measure | None, got: Measure | None) -> None:
    names, found = _bodies(wanted), _bodies(got)
    right = sum((names & found).values())
    score.bodies += sum(names.values())
    score.bodies_right += right
    score.wrong_links += sum(found.values()) - right
    if wanted is not None and wanted.deadline.kind != "none":
        score.deadlines += 1
        score.deadlines_right += got is not None and (
            (wanted.deadline.kind, wanted.deadline.start, wanted.deadline.end)
            == (got.deadline.kind, got.deadline.start, got.deadline.end)
        )


def _bodies(found: Measure | None) -> Counter[tuple[str, str]]:
    """Count the bodies that a measure is linked to, by role."""
    if found is None:
        return Counter()
    return Counter((str(r.role), r.match.entry.agency_id) for r in found.responsibilities if r.match.entry)


def format_row(condition: str, dpi: float, score: Score) -> str:
    """Return one line of the table."""
    missing = score.bodies - score.bodies_right
    return (
        f"| {condition} | {dpi:.0f} | {score.pages} | {_share(score.cells_right, score.cells)} of {score.cells} "
        f"| {_share(score.errors, score.characters, 2)} of {score.characters} | {score.width_errors} "
        f"| {score.bodies_right} / {missing} / {score.wrong_links} | {score.deadlines_right} of {score.deadlines} "
        f"| {score.seconds / max(1, score.pages):.2f} |"
    )


def _share(part: int, whole: int, digits: int = 1) -> str:
    return f"{100 * part / whole:.{digits}f} %" if whole else "–"


HEADER = (
    "| condition | dpi | pages | cells in place | CER | other width | bodies right / not linked / wrong | deadlines right "
    "| CPU s a page |\n|---|---|---|---|---|---|---|---|---|"
)


def calibrate(rated: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Fit START and SLOPE of read/scan/confidence.py: log odds of a wrong cell by the logarithm of its doubt."""
    doubt = np.log([doubt for doubt, _ in rated])
    wrong = np.array([not right for _, right in rated], dtype=np.float64)
    design = np.stack([np.ones_like(doubt), doubt], axis=1)
    weights = np.zeros(2)
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ weights))
        curve = design.T @ (design * (chance * (1 - chance))[:, None]) + 1e-6 * np.eye(2)
        weights += np.linalg.solve(curve, design.T @ (wrong - chance))
    return float(weights[0]), float(weights[1])


def bin_cells(rated: Sequence[tuple[float, bool]]) -> list[str]:
    """Return a Markdown table of ten bins with equally many cells: mean confidence and share of right cells."""
    ordered = sorted((rate_right(doubt), right) for doubt, right in rated)
    lines = ["| cells | confidence | mean | right |", "|---|---|---|---|"]
    for part in np.array_split(np.arange(len(ordered)), _BINS):
        chosen = [ordered[i] for i in part.tolist()]
        mean, right = np.mean([c for c, _ in chosen]), np.mean([r for _, r in chosen])
        lines.append(f"| {len(chosen)} | {chosen[0][0]:.3f}–{chosen[-1][0]:.3f} | {mean:.3f} | {right:.3f} |")
    gaps = [
        abs(np.mean([ordered[i][0] for i in p]) - np.mean([ordered[i][1] for i in p]))
        for p in np.array_split(np.arange(len(ordered)), _BINS)
    ]
    lines.append(f"\nexpected calibration error {np.mean(gaps):.4f} over {len(ordered)} cells")
    return lines


def write_pages(folder: Path, seeds: Iterable[int], condition: str, dpi: float) -> None:
    """Write a picture and the printed cells of each document's first page with one table, and print how ours reads it."""
    engine = choose_engine(ReadSettings(ocr_threads=1))
    if engine is None:
        raise SystemExit("needs the extra ocr")
    rereader = make_rereader(engine)
    folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        printed = typeset(make_plan(seed, make_options(seed)), "reportlab")
        tables = [b for b in read_document(printed, "p.pdf", ReadSettings()).blocks if isinstance(b, SourceTable)]
        number = min(table.page or 1 for table in tables)
        table = next(table for table in tables if table.page == number)
        picture = damage_page(rasterise(printed, dpi)[number - 1], CONDITIONS[condition], dpi, seed)
        cells = [(c.row, c.col, c.row_span, c.col_span, "".join(c.raw_text.split())) for c in table.cells]
        name = f"{seed}-{condition}"
        cv2.imwrite(str(folder / f"{name}.png"), picture)
        (folder / f"{name}.json").write_text(json.dumps(cells), encoding="utf-8")
        start = time.process_time()
        reading, _ = read_image(PageImage(page_number=1, pixels=picture, dpi=dpi), engine, rereader)
        seconds = time.process_time() - start
        got = max(reading.tables, key=lambda t: len(t.cells)).cells if reading.tables else ()
        found = {(c.row, c.col, c.row_span, c.col_span): "".join(c.raw_text.split()) for c in got}
        errors = sum(Levenshtein.distance(text, found.get(tuple(place), "")) for *place, text in cells)
        hits, characters = sum(tuple(place) in found for *place, _ in cells), sum(len(text) for *_, text in cells)
        print(f"| {name} | {hits} of {len(cells)} | {_share(errors, characters, 2)} | {seconds:.2f} |", flush=True)


def _load(path: str) -> list[tuple[float, bool]]:
    return [(float(c), bool(r)) for c, r in json.loads(Path(path).read_text(encoding="utf-8"))]


def main() -> None:
    """Run one of the commands."""
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    accuracy = commands.add_parser("accuracy")
    accuracy.add_argument("--dpi", type=float, nargs="*", default=[200])
    accuracy.add_argument("--seeds", default="300:304")
    accuracy.add_argument("--conditions", nargs="*", default=list(CONDITIONS))
    accuracy.add_argument("--dump", default="")
    fit = commands.add_parser("calibrate")
    fit.add_argument("fitted")
    fit.add_argument("--report", default="")
    pages = commands.add_parser("pages")
    pages.add_argument("folder", type=Path)
    pages.add_argument("--dpi", type=float, default=200)
    pages.add_argument("--seeds", default="300:302")
    pages.add_argument("--conditions", nargs="*", default=["clean", "copied"])
    arguments = parser.parse_args()
    if arguments.command == "calibrate":
        start, slope = calibrate(_load(arguments.fitted))
        print(f"START = {start:.3f}, SLOPE = {slope:.3f} (now {START:.3f}, {SLOPE:.3f})")
        print("\n".join(bin_cells(_load(arguments.report or arguments.fitted))))
        return
    low, high = (int(part) for part in arguments.seeds.split(":"))
    if arguments.command == "pages":
        print("| page | cells in place | CER, widths counted | CPU s |\n|---|---|---|---|")
        for condition in arguments.conditions:
            write_pages(arguments.folder, range(low, high), condition, arguments.dpi)
        return
    rated: list[tuple[float, bool]] = []
    print(HEADER, flush=True)
    notes = []
    for dpi in arguments.dpi:
        for condition in arguments.conditions:
            score = measure(range(low, high), condition, dpi)
            rated += score.rated
            print(format_row(condition, dpi, score), flush=True)
            notes.append(f"{condition} {dpi:.0f}: {score.failed} {score.confusions.most_common(8)}")
    print("\n" + "\n".join(notes))
    if arguments.dump:
        Path(arguments.dump).write_text(json.dumps(rated), encoding="utf-8")


if __name__ == "__main__":
    main()
