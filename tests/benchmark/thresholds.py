"""How much hangs on each threshold of page geometry: each a fifth lower and higher, over the pages of the constructs lab.

    nice python -m tests.benchmark.thresholds            says which kinds of pages are read otherwise
    nice python -m tests.benchmark.thresholds --write    and writes the counts beside each threshold (layout/thresholds.py)

The documents are those of ``tests/golden/pages``, one seed of each kind. A threshold that counts goes one down and up at
least. Each variation is a process of its own, in which the rooms are imported with the changed value.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
from dataclasses import fields
from pathlib import Path

from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import PageArrays
from tests.benchmark.mutants import in_child

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "planextract" / "layout" / "thresholds.py"
SHARE = 0.2

Pages = dict[str, list[PageArrays]]


def read_pages() -> Pages:
    """Return the pages of each document of the lab as they are drawn, nothing prepared."""
    from planextract.read.pdf import pdfium
    from tests.golden.test_pages import print_variant
    from tests.lab.constructs.registry import KINDS

    pdfium.prepare_page = lambda page: page
    pages: Pages = {}
    for name in (f"{kind}-1" for kind in KINDS):
        with pdfium.open_pdf(print_variant(name), name) as document:
            pages[name] = [pdfium.read_page(document, index, name) for index in range(len(document))]
    return pages


def read_all(pages: Pages, step: str = "", name: str = "", value: float = 0.0) -> dict[str, str]:
    """Return what layout makes of each document, as a hash; with one threshold changed, where one is named."""
    if step:
        object.__setattr__(getattr(GEOMETRY, step), name, value)
    from planextract.layout.page_blocks import read_with_grids
    from planextract.layout.prepare import prepare_page
    from planextract.layout.tables import find_tables
    from tests.golden.test_pages import draw_reading

    found = {}
    for document, drawn in pages.items():
        lines = []
        for page in map(prepare_page, drawn):
            lines += draw_reading(read_with_grids(page, find_tables(page)))
        found[document] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return found


def vary(value: float) -> tuple[float, float]:
    """A threshold a fifth lower and higher."""
    if isinstance(value, int):
        step = max(1, round(SHARE * value))
        return value - step, value + step
    return value * (1 - SHARE), value * (1 + SHARE)


def write(counts: dict[tuple[str, str], tuple[int, int]]) -> None:
    """Write the counts as the last argument of each threshold."""
    text = SOURCE.read_text("utf-8")
    classes = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line.encode()))
    content, edits = text.encode(), []
    for step in fields(GEOMETRY):
        for line in classes[type(getattr(GEOMETRY, step.name)).__name__].body:
            if isinstance(line, ast.AnnAssign) and (step.name, line.target.id) in counts:
                last = line.value.args[2]
                start = starts[last.end_lineno - 1] + last.end_col_offset
                end = starts[line.value.end_lineno - 1] + line.value.end_col_offset - 1
                lower, higher = counts[step.name, line.target.id]
                edits.append((start, end, f"held({lower}, {higher})" if lower or higher else "_UNMOVED"))
    for start, end, words in sorted(edits, reverse=True):
        content = content[:start] + b", " + words.encode() + content[end:]
    SOURCE.write_bytes(content)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the counts into the source; format it afterwards")
    options = parser.parse_args()
    pages = in_child(read_pages)
    usual = in_child(lambda: read_all(pages))
    counts = {}
    for step in fields(GEOMETRY):
        for threshold in fields(getattr(GEOMETRY, step.name)):
            value, moved = getattr(getattr(GEOMETRY, step.name), threshold.name), []
            for other in vary(value):
                found = in_child(lambda s=step.name, n=threshold.name, v=other: read_all(pages, s, n, v))
                moved.append([document for document in pages if found[document] != usual[document]])
            counts[step.name, threshold.name] = len(moved[0]), len(moved[1])
            told = [
                "; ".join((str(len(documents)), *sorted({d.rpartition("-")[0] for d in documents})))
                for documents in moved
            ]
            print(f"{step.name}.{threshold.name} {value:g}: lower {told[0]}, higher {told[1]}", flush=True)
    print(f"{len(pages)} documents, {sum(map(len, pages.values()))} pages")
    if options.write:
        write(counts)


if __name__ == "__main__":
    main()
