"""``python -m tests.lab.constructs --seeds 0:50 --out DIR``: typeset, read and judge variants of every kind.

Files are kept in ``DIR/files`` and used again by the next run with ``--reuse``.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.lab.by_chromium import find_chromium
from tests.lab.by_libreoffice import convert_docx
from tests.lab.constructs import kinds_tricks
from tests.lab.constructs.by_chromium import make_html, print_chromium
from tests.lab.constructs.by_reportlab import print_reportlab
from tests.lab.constructs.by_tricks import print_trick
from tests.lab.constructs.by_word import make_docx
from tests.lab.constructs.model import Variant
from tests.lab.constructs.registry import KINDS, make_variant
from tests.lab.constructs.score import MARKED, REFUSED, RIGHT, SILENT, Outcome, judge

# What a producer cannot print, or prints as something else than the kind says.
_DRAWING = {"drawn_oddly", "turned"}  # what no program that lays out pages does
_SPANS = {"merged_task", "merged_owner", "section_rows", "two_levels", "title_row", "nested", "remark_column"}
_TRICKS = set(kinds_tricks.TRICKS)  # what only a writer of PDF can do
_PAGES = {
    "reprinted",
    "sideways",
    "cut_row",
    "level_rules_cut",
    "cut_cells",
    "combined_pages",
    "three_pages",
}  # where lines end must be known
LEFT_OUT = {
    "reportlab": {"rare_characters"},
    "chromium": _PAGES
    | _DRAWING
    | _TRICKS
    | {"note_between", "continued_marks"},  # what stands still stands on every page
    "libreoffice": _PAGES
    | _DRAWING
    | _TRICKS
    | {"overprint", "tiled_overprint", "rare_characters", "short_strokes", "cell_boxes", "double_rules", "box_drawing"}
    | {"stray_rules", "watermark", "note_between", "continued_marks"},
    "docx": set(KINDS) - {"struck", "underline", "number_in_name", "blank_label", "reworded", "base"} - _SPANS,
}
PRODUCERS = tuple(LEFT_OUT)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.lab.constructs", description=__doc__)
    parser.add_argument("--seeds", default="0:10", help="first:last (last not included)")
    parser.add_argument("--kind", choices=list(KINDS), action="append")
    parser.add_argument("--producer", choices=PRODUCERS, action="append")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--show", type=int, default=2, help="differences to show of each kind and producer")
    options = parser.parse_args()
    first, last = map(int, options.seeds.split(":"))
    (options.out / "files").mkdir(parents=True, exist_ok=True)
    jobs = [
        (kind, producer, seed, options.out / "files")
        for kind in options.kind or KINDS
        for producer in options.producer or PRODUCERS
        if kind not in LEFT_OUT[producer]
        for seed in range(first, last)
    ]
    _convert([job for job in jobs if job[1] == "libreoffice"])
    _print_pages([job for job in jobs if job[1] == "chromium"])
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    messages: dict[tuple[str, str], list[str]] = defaultdict(list)
    with ProcessPoolExecutor(options.jobs) as pool:
        for (kind, producer, seed, _), outcome in zip(jobs, pool.map(run_job, jobs, chunksize=4), strict=True):
            counts[kind, producer][outcome.result] += 1
            if outcome.result != RIGHT:
                messages[kind, producer].append(f"  {outcome.result} {kind}-{producer}-{seed}: {outcome.message}")
    total: Counter[str] = Counter()
    for key, found in counts.items():
        total += found
        print(
            f"{key[0]:16} {key[1]:12} " + " ".join(f"{name} {found[name]}" for name in (RIGHT, MARKED, REFUSED, SILENT))
        )
        worst = sorted(messages[key], key=lambda text: not text.startswith("  silent"))
        print("\n".join(worst[: options.show]), end="\n" if worst[: options.show] else "")
    print("all: " + " ".join(f"{name} {total[name]}" for name in (RIGHT, MARKED, REFUSED, SILENT)))


def _path(job: tuple[str, str, int, Path]) -> Path:
    kind, producer, seed, folder = job
    return folder / f"{kind}-{producer}-{seed}.{'docx' if producer == 'docx' else 'pdf'}"


def _convert(jobs: list[tuple[str, str, int, Path]]) -> None:
    """Print with LibreOffice what is not there yet, 40 files a start."""
    missing = [job for job in jobs if not _path(job).is_file()]
    for start in range(0, len(missing), 40):
        part = missing[start : start + 40]
        for job, pdf in zip(part, convert_docx([make_docx(make_variant(job[0], job[2])) for job in part]), strict=True):
            _path(job).write_bytes(pdf)


def _print_pages(jobs: list[tuple[str, str, int, Path]]) -> None:
    """Print with one Chromium what is not there yet."""
    missing = [job for job in jobs if not _path(job).is_file()]
    browser = find_chromium()
    if not missing or browser is None:
        return
    with sync_playwright() as driver:
        page = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"]).new_page()
        for job in missing:
            page.set_content(make_html(make_variant(job[0], job[2])))
            page.pdf(path=_path(job), prefer_css_page_size=True, print_background=False)


def run_job(job: tuple[str, str, int, Path]) -> Outcome:
    """Print one variant, unless it is there, and judge it."""
    variant = make_variant(job[0], job[2])
    path = _path(job)
    if not path.is_file():
        path.write_bytes(print_variant(variant, job[1]))
    return judge(path.read_bytes(), path.name, variant.truth, variant.plan_count)


def print_variant(variant: Variant, producer: str) -> bytes:
    """Return a variant as a producer prints it."""
    if producer == "libreoffice":
        return convert_docx([make_docx(variant)])[0]
    if variant.look.trick:
        return print_trick(variant)
    return {"reportlab": print_reportlab, "chromium": print_chromium, "docx": make_docx}[producer](variant)


if __name__ == "__main__":
    main()
