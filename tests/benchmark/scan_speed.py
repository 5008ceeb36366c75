"""What reading a scanned page costs against plain RapidOCR on the same page and threads, and memory over many pages.

    python -m tests.benchmark.scan_speed SCAN.pdf --pages 3 5 7 --threads 1 [--rounds 2]
    python -m tests.benchmark.scan_speed SCAN.pdf --memory 200

Computing time (user + system) of interleaved runs: wall-clock means nothing on a loaded machine. Ours is the whole
page: render, seals, straightening, rules, lines, recognition with its second readings, cells. Prints Markdown.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from planextract.read.pdf.pdfium import count_pages, open_pdf
from planextract.read.scan.engines import choose_engine
from planextract.read.scan.image import PageImage, Pixels, render_page
from planextract.read.scan.ocr import LineReading, OcrEngine
from planextract.read.scan.reader import read_image
from planextract.read.scan.vote import make_rereader
from planextract.settings import ReadSettings
from tests.replay_engine import make_reading


class _Blank:
    """Reads one character a line: what is left is the work of everything but recognition."""

    name = "blank"

    def read_lines(self, crops: Sequence[Pixels]) -> list[LineReading]:
        return [make_reading("字", 0.99) for _ in crops]


def time_of(work: Callable[[], object]) -> float:
    """Return the computing time of a call in seconds, all threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


def render(data: bytes, number: int) -> PageImage:
    """Render one page (from 1)."""
    with open_pdf(data, "scan.pdf") as document:
        return render_page(document, number - 1, "scan.pdf")


def make_plain(threads: int) -> Any:
    """Return RapidOCR's own pipeline: detection, classification of direction and recognition of a whole page."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Global.log_level": "error",
        }
    )


def compare(data: bytes, pages: list[int], threads: int, rounds: int) -> None:
    """Print ours and plain RapidOCR's computing time page by page."""
    engine = choose_engine(ReadSettings(ocr="rapidocr", ocr_threads=threads))
    if engine is None:
        raise SystemExit("needs the extra ocr")
    plain = make_plain(threads)
    first = render(data, pages[0])
    read_image(first, engine, make_rereader(engine))  # warm both up
    plain(first.pixels)
    print("| page | planextract, whole page | of it all but recognition | plain RapidOCR, given the picture | ratio |")
    print("|---|---|---|---|---|")
    sums = np.zeros(2)
    for number in pages:
        own, other, bare = [], [], []
        for _ in range(rounds):
            own.append(time_of(lambda: read_image(render(data, number), engine, make_rereader(engine))))  # noqa: B023
            image = render(data, number)
            other.append(time_of(lambda: plain(image.pixels)))  # noqa: B023
            bare.append(time_of(lambda: read_image(render(data, number), _Blank())))  # noqa: B023
        a, b = min(own), min(other)
        sums += (a, b)
        print(f"| {number} | {a:.2f} s | {min(bare):.2f} s | {b:.2f} s | {a / b:.2f} |", flush=True)
    print(f"| all | {sums[0]:.2f} s | | {sums[1]:.2f} s | {sums[0] / sums[1]:.2f} |")


def watch_memory(data: bytes, count: int, read: int) -> None:
    """Print the peak of resident memory after so many pages; the first ``read`` are recognised, the others laid out."""
    engine = choose_engine(ReadSettings(ocr="rapidocr", ocr_threads=1))
    total = count_pages(data, "scan.pdf")
    for index in range(count):
        chosen: OcrEngine = engine if engine is not None and index < read else _Blank()
        read_image(render(data, index % total + 1), chosen, make_rereader(chosen))
        if (index + 1) in (1, 2, 5, 10, 20, 50, 100, 150, count):
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{index + 1} pages: {peak:.0f} MB at most", flush=True)


def main() -> None:
    """Run one comparison."""
    parser = argparse.ArgumentParser()
    parser.add_argument("scan", type=Path)
    parser.add_argument("--pages", type=int, nargs="*", default=[2, 3, 4])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--memory", type=int, default=0)
    parser.add_argument("--read", type=int, default=10)
    arguments = parser.parse_args()
    data = arguments.scan.read_bytes()
    if arguments.memory:
        watch_memory(data, arguments.memory, arguments.read)
    else:
        compare(data, arguments.pages, arguments.threads, arguments.rounds)


if __name__ == "__main__":
    main()
