"""Run one system over PDFs in one process; started by its own interpreter, imports nothing of ours.

Reads ``{"system", "files": [path], "rounds"}`` on stdin, writes ``{"files": [{"seconds", "tables"}], "rss_mb"}``.
A table is ``{"page", "cells": [[row, col, row_span, col_span, text]]}``; ``rows`` of a file are the rows that a
system joined over pages itself. Seconds are process time (children included) of the fastest round.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import logging
import os
import re
import resource
import sys
import tempfile
import warnings
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from icdar_peers import camelot_cells, cells_from_boxes, pdfplumber_tables


def read_floor(path):
    """Every character's code and box, every path's segments, one ctypes call each: what no reader can do without."""
    import pypdfium2
    from pypdfium2 import raw

    edges = [ctypes.c_double() for _ in range(4)]
    x, y = ctypes.c_float(), ctypes.c_float()
    document = pypdfium2.PdfDocument(path)
    for page in document:
        textpage = page.get_textpage()
        for index in range(raw.FPDFText_CountChars(textpage.raw)):
            raw.FPDFText_GetUnicode(textpage.raw, index)
            raw.FPDFText_GetCharBox(textpage.raw, index, *edges)
        for index in range(raw.FPDFPage_CountObjects(page.raw)):
            item = raw.FPDFPage_GetObject(page.raw, index)
            if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_PATH:
                for number in range(raw.FPDFPath_CountSegments(item)):
                    raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(item, number), x, y)
        textpage.close()
        page.close()
    document.close()
    return [], []


def read_pdfplumber(path):
    import pdfplumber

    with pdfplumber.open(path) as document:
        tables = [table for page in document.pages for table in pdfplumber_tables(page, {})]
    return tables, []


def read_pdfplumber_extract(path):
    """``extract_tables`` alone, as its users call it: for time only."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
    return [], []


def read_camelot(path):
    import camelot

    found = camelot.read_pdf(path, pages="all", flavor="lattice", suppress_stdout=True)
    return [{"page": table.page, "cells": camelot_cells(table)} for table in found], []


def read_img2table(path):
    from img2table.document import PDF

    tables = []
    for page, items in PDF(path, pdf_text_extraction=True).extract_tables().items():
        for table in items:
            seen = {}
            for row, cells in table.content.items():
                for col, cell in enumerate(cells):
                    box = (cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2)
                    seen.setdefault(box, []).append((row, col, cell.value or ""))
            cells = []
            for places in seen.values():
                row, col = min(p[0] for p in places), min(p[1] for p in places)
                rows, cols = max(p[0] for p in places) - row + 1, max(p[1] for p in places) - col + 1
                cells.append([row, col, rows, cols, places[0][2]])
            tables.append({"page": int(page) + 1, "cells": cells})
    return tables, []


def read_tabula(path):
    import tabula

    tabula.read_pdf(path, pages="all", lattice=True, output_format="json", silent=True)
    return [], []


def find_tabula(path):
    """Its tables page by page: its answer for all pages does not say which page a table is on. Not timed."""
    import pypdfium2
    import tabula

    tables = []
    for page in range(1, len(pypdfium2.PdfDocument(path)) + 1):
        for table in tabula.read_pdf(path, pages=str(page), lattice=True, output_format="json", silent=True):
            cells = [
                [row, col, 1, 1, cell["text"]]
                for row, items in enumerate(table["data"])
                for col, cell in enumerate(items)
                if cell["width"] > 0
            ]
            tables.append({"page": page, "cells": cells})
    return tables


def read_tablers(path):
    import tablers

    tables = []
    with tablers.Document(path) as document:
        for number, page in enumerate(document.pages(), start=1):
            for table in tablers.find_tables(page, extract_text=True):
                cells = cells_from_boxes([(*cell.bbox, cell.text or "") for cell in table.cells])
                tables.append({"page": number, "cells": cells})
    return tables, []


def read_pdf_oxide(path):
    import pdf_oxide

    document, tables = pdf_oxide.PdfDocument(path), []
    for number in range(document.page_count()):
        for table in document.extract_tables(number):
            rows = enumerate(table["rows"])
            cells = [[row, col, 1, 1, c["text"]] for row, line in rows for col, c in enumerate(line["cells"])]
            tables.append({"page": number + 1, "cells": cells})
    return tables, []


class _Tables(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tables, self.cell = [], None

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            options = dict(attrs)
            self.cell = [int(options.get("rowspan") or 1), int(options.get("colspan") or 1), ""]
            self.tables[-1][-1].append(self.cell)

    def handle_data(self, data):
        if self.cell is not None:
            self.cell[2] += data

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = None


def parse_html(text):
    parser = _Tables()
    parser.feed(text)
    out = []
    for rows in parser.tables:
        taken, cells = set(), []
        for row, items in enumerate(rows):
            col = 0
            for rows_down, cols, value in items:
                while (row, col) in taken:
                    col += 1
                taken |= {(row + i, col + j) for i in range(rows_down) for j in range(cols)}
                cells.append([row, col, rows_down, cols, value])
        out.append(cells)
    return out


def read_docvortex(path):
    import docvortex

    with contextlib.suppress(ImportError):
        from loguru import logger

        logger.remove()
    found = docvortex.parse(path).middle_json
    pages = found["pdf_info"] if isinstance(found, dict) else found
    tables = []
    for number, page in enumerate(pages, start=1):
        for text in re.findall(r"<table.*?</table>", json.dumps(page, ensure_ascii=False, default=str)):
            tables += [{"page": number, "cells": cells} for cells in parse_html(text.replace('\\"', '"'))]
    return tables, []


def read_docvortex_joined(path):
    """As its users get it: tables joined over pages, in Markdown."""
    import docvortex

    with contextlib.suppress(ImportError):
        from loguru import logger

        logger.remove()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.md"
        docvortex.convert(path, str(target), overwrite=True)
        rows = []
        for cells in parse_html(target.read_text(encoding="utf-8")):
            grid = {}
            for row, _, span, _, text in cells:
                for at in range(row, row + span):
                    grid.setdefault(at, []).append(text)
            rows += [grid[at] for at in sorted(grid)]
    return [], rows


READERS = {
    "floor": read_floor,
    "pdfplumber": read_pdfplumber,
    "pdfplumber extract_tables": read_pdfplumber_extract,
    "camelot lattice": read_camelot,
    "img2table": read_img2table,
    "tabula lattice": read_tabula,
    "tablers": read_tablers,
    "pdf_oxide": read_pdf_oxide,
    "docvortex": read_docvortex,
    "docvortex joined": read_docvortex_joined,
}

UNTIMED = {"tabula lattice": find_tabula}


def spent():
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main():
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    job = json.load(sys.stdin)
    read = READERS[job["system"]]
    out = []
    answer = os.dup(1)
    os.dup2(2, 1)  # what a peer prints is not our answer
    with contextlib.redirect_stdout(io.StringIO()):
        read(job["files"][0])  # imports and caches are warm
        for path in job["files"]:
            best, tables, rows = None, [], []
            for _ in range(job["rounds"]):
                start = spent()
                try:
                    tables, rows = read(path)
                except Exception as exc:  # a peer's failure is no result, never ours
                    print(path, type(exc).__name__, exc, file=sys.stderr)
                seconds = spent() - start
                best = seconds if best is None else min(best, seconds)
            if find := UNTIMED.get(job["system"]):
                tables = find(path)
            plain = [{"page": t["page"], "cells": t["cells"]} for t in tables]
            out.append({"seconds": best, "tables": plain, "rows": rows})
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with os.fdopen(answer, "w", encoding="utf-8") as stream:
        json.dump({"files": out, "rss_mb": usage}, stream)


if __name__ == "__main__":
    main()
