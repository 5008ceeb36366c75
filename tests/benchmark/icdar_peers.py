"""Run one peer over the competition's documents; started by its own interpreter, imports nothing of ours.

Reads a job as JSON on stdin: ``{"system": …, "documents": [{"name", "pdf", "page_count", "regions":
[{"page", "bbox"}]}]}`` with boxes as x0, top, x1, bottom; writes ``{name: {"regions": [tables a region],
"tables": [tables of the document], "region_seconds", "seconds"}}``. A table is ``{"page", "bbox", "cells":
[[row, col, row_span, col_span, text]]}``. Merged cells are handed on where a peer knows of them.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
import time
import warnings

PAD = 3.0


def index_of(lines, value):
    return min(range(len(lines)), key=lambda i: abs(lines[i] - value))


def cluster(values, tolerance=2.0):
    lines = []
    for value in sorted(values):
        if not lines or value - lines[-1] > tolerance:
            lines.append(value)
    return lines


def cells_from_boxes(items):
    """Grid positions and spans from boxes: [(x0, top, x1, bottom, text)]."""
    if not items:
        return []
    xs = cluster([v for b in items for v in (b[0], b[2])])
    ys = cluster([v for b in items for v in (b[1], b[3])])
    out = []
    for x0, top, x1, bottom, text in items:
        row, col = index_of(ys, top), index_of(xs, x0)
        out.append([row, col, max(1, index_of(ys, bottom) - row), max(1, index_of(xs, x1) - col), text])
    return out


def clip(table, box):
    """Keep the cells whose center lies in a box; rows and columns keep their numbers."""
    x0, top, x1, bottom = box
    boxes = table["boxes"]
    kept = [
        cell
        for cell, b in zip(table["cells"], boxes, strict=True)
        if b[2] > x0 and b[0] < x1 and b[3] - 2 > top and b[1] + 2 < bottom
    ]
    return {"page": table["page"], "bbox": list(box), "cells": kept}


def best_of_region(tables, region):
    """Of tables found on the page, the one with most filled cells in the region, clipped to it."""
    found = [clip(t, region["bbox"]) for t in tables if t["page"] == region["page"] and t["boxes"]]
    found = [t for t in found if sum(bool(c[4].strip()) for c in t["cells"]) >= 2]
    return max(found, key=lambda t: len(t["cells"]), default=None)


def pdfplumber_tables(page, settings):
    out = []
    for table in page.find_tables(settings):
        texts = table.extract()
        items = []
        for row, row_texts in zip(table.rows, texts, strict=True):
            for cell, text in zip(row.cells, row_texts, strict=True):
                if cell is not None:
                    items.append((*cell, text or ""))
        out.append(
            {
                "page": page.page_number,
                "bbox": list(table.bbox),
                "cells": cells_from_boxes(items),
                "boxes": [i[:4] for i in items],
            }
        )
    return out


def run_pdfplumber(document, flavour):
    import pdfplumber

    settings = {"text": {"vertical_strategy": "text", "horizontal_strategy": "text"}}.get(flavour, {})
    fallback = {"vertical_strategy": "text", "horizontal_strategy": "text"}
    start = time.perf_counter()
    with pdfplumber.open(document["pdf"]) as pdf:
        tables = [t for page in pdf.pages for t in pdfplumber_tables(page, settings)]
        seconds = time.perf_counter() - start
        start = time.perf_counter()
        regions = []
        for region in document["regions"]:
            page = pdf.pages[region["page"] - 1]
            found = best_of_region(tables, region) if flavour != "text" else None
            if found is None and flavour != "lines":
                x0, top, x1, bottom = region["bbox"]
                left, high, right, low = page.bbox
                box = (max(x0 - PAD, left), max(top - PAD, high), min(x1 + PAD, right), min(bottom + PAD, low))
                inside = pdfplumber_tables(page.crop(box), fallback)
                found = max(inside, key=lambda t: len(t["cells"]), default=None)
            regions.append(found)
    return tables, regions, seconds, time.perf_counter() - start


def camelot_cells(table):
    """Cells of a camelot table, merged where a lattice has no edge between two positions."""
    grid = table.cells
    rows, cols = len(grid), len(grid[0]) if grid else 0
    if table.flavor not in ("lattice",):
        return [[r, c, 1, 1, grid[r][c].text] for r in range(rows) for c in range(cols)]
    taken, out = set(), []
    for r in range(rows):
        for c in range(cols):
            if (r, c) in taken:
                continue
            right, down = c, r
            while right + 1 < cols and not grid[r][right].right and not grid[r][right + 1].left:
                right += 1
            while down + 1 < rows and all(
                not grid[down][k].bottom and not grid[down + 1][k].top for k in range(c, right + 1)
            ):
                down += 1
            places = [(i, k) for i in range(r, down + 1) for k in range(c, right + 1) if (i, k) not in taken]
            taken.update(places)
            text = "\n".join(t for i, k in places if (t := grid[i][k].text.strip()))
            out.append([r, c, down - r + 1, right - c + 1, text])
    return out


def camelot_read(document, pages, flavour, **options):
    import camelot

    try:
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(sys.stderr):
            return list(camelot.read_pdf(document["pdf"], pages=pages, flavor=flavour, suppress_stdout=True, **options))
    except Exception as exc:  # a peer's failure is no result, never ours
        print(document["name"], flavour, type(exc).__name__, exc, file=sys.stderr)
        return []


def camelot_table(table, height):
    x0, y0, x1, y1 = table._bbox
    return {"page": table.page, "bbox": [x0, height - y1, x1, height - y0], "cells": camelot_cells(table)}


def run_camelot(document, flavour):
    start = time.perf_counter()
    heights = document["heights"]
    tables = [camelot_table(t, heights[t.page - 1]) for t in camelot_read(document, "all", flavour)]
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    regions = []
    for region in document["regions"]:
        height = heights[region["page"] - 1]
        x0, top, x1, bottom = region["bbox"]
        area = f"{x0 - PAD},{height - top + PAD},{x1 + PAD},{height - bottom - PAD}"
        key = "table_regions" if flavour == "lattice" else "table_areas"
        found = camelot_read(document, str(region["page"]), flavour, **{key: [area]})
        made = [camelot_table(t, height) for t in found]
        regions.append(max(made, key=lambda t: len(t["cells"]), default=None))
    return tables, regions, seconds, time.perf_counter() - start


def run_img2table(document, flavour):
    from img2table.document import PDF

    options = {"bordered": {}, "implicit": {"implicit_rows": True, "implicit_columns": True}}.get(
        flavour, {"borderless_tables": True}
    )
    start = time.perf_counter()
    tables = []
    try:
        source = PDF(document["pdf"], pdf_text_extraction=True)
        found = source.extract_tables(**options)
    except Exception as exc:
        print(document["name"], flavour, type(exc).__name__, exc, file=sys.stderr)
        found = {}
    for page_index, items in found.items():
        for table in items:
            seen = {}
            for row, cells in table.content.items():
                for col, cell in enumerate(cells):
                    box = (cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2)
                    seen.setdefault(box, []).append((row, col, cell.value or ""))
            cells, boxes = [], []
            for box, places in seen.items():
                row, col = min(p[0] for p in places), min(p[1] for p in places)
                rows, cols = max(p[0] for p in places) - row + 1, max(p[1] for p in places) - col + 1
                cells.append([row, col, rows, cols, places[0][2]])
                boxes.append([v * 72 / 200 for v in box])
            page = int(page_index) + 1
            b = table.bbox
            tables.append(
                {"page": page, "bbox": [v * 72 / 200 for v in (b.x1, b.y1, b.x2, b.y2)], "cells": cells, "boxes": boxes}
            )
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    regions = [best_of_region(tables, region) for region in document["regions"]]
    return tables, regions, seconds, seconds + time.perf_counter() - start


RUNNERS = {"pdfplumber": run_pdfplumber, "camelot": run_camelot, "img2table": run_img2table}


def main():
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    job = json.load(sys.stdin)
    system, _, flavour = job["system"].partition(":")
    out = {}
    for document in job["documents"]:
        tables, regions, seconds, region_seconds = RUNNERS[system](document, flavour)
        out[document["name"]] = {
            "tables": tables,
            "regions": regions,
            "seconds": seconds,
            "region_seconds": region_seconds,
        }
    json.dump(out, sys.stdout)


if __name__ == "__main__":
    main()
