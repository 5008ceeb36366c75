"""img2table with RapidOCR on scanned pages, run with an interpreter that has both: accuracy and computing time.

    PEER/bin/python tests/benchmark/scan_peers.py PAGES_DIR [--threads 1]

``PAGES_DIR`` holds ``<name>.png`` with ``<name>.json`` beside it: the printed cells as lists of row, column, row span,
column span, text (``python -m tests.benchmark.scans pages DIR`` writes them). Prints one Markdown row a page.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any


def distance(a: str, b: str) -> int:
    """Return the Levenshtein distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def cells_of(table: Any) -> dict[tuple[int, int, int, int], str]:
    """Return the cells of an img2table table: one box repeated over rows and columns is one cell."""
    places: dict[tuple[int, int, int, int], list[tuple[int, int, str]]] = {}
    for row, cells in table.content.items():
        for col, cell in enumerate(cells):
            box = cell.bbox
            places.setdefault((box.x1, box.y1, box.x2, box.y2), []).append((row, col, cell.value or ""))
    out = {}
    for found in places.values():
        rows, cols = [r for r, _, _ in found], [c for _, c, _ in found]
        key = min(rows), min(cols), max(rows) - min(rows) + 1, max(cols) - min(cols) + 1
        out[key] = "".join(found[0][2].split())
    return out


def main() -> None:
    """Read every page of a folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    from img2table.document import Image
    from img2table.ocr import RapidOCR
    from rapidocr import LangRec

    ocr = RapidOCR(
        params={
            "Rec.lang_type": LangRec.CH,
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": arguments.threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    print("| page | cells in place | CER | CPU s |\n|---|---|---|---|")
    right = total = errors = characters = 0
    for path in sorted(arguments.folder.glob("*.png")):
        wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        start = time.process_time()
        tables = Image(str(path)).extract_tables(ocr=ocr, implicit_rows=False, borderless_tables=False)
        seconds = time.process_time() - start
        found = cells_of(max(tables, key=lambda t: len(t.content))) if tables else {}
        hits = wrong = chars = 0
        for row, col, row_span, col_span, text in wanted:
            printed, read = "".join(text.split()), found.get((row, col, row_span, col_span))
            hits += read is not None
            chars += len(printed)
            wrong += distance(printed, read or "")
        print(
            f"| {path.stem} | {hits} of {len(wanted)} | {100 * wrong / max(1, chars):.2f} % | {seconds:.2f} |",
            flush=True,
        )
        right, total, errors, characters = right + hits, total + len(wanted), errors + wrong, characters + chars
    print(f"| all | {right} of {total} | {100 * errors / max(1, characters):.2f} % of {characters} | |")


if __name__ == "__main__":
    main()
