"""Score what a tool reads from the documents of this benchmark. Needs Python 3.11 and nothing else.

    python score.py ANSWERS [--documents FOLDER] [--json FILE]

ANSWERS holds one JSON file a document, named as it is (README.md says what is in it); a document without an answer
counts as read without a table. FOLDER holds the PDFs with their truth beside them.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path

_MARKS = re.compile(r"[\s、，,；;]+")
_SHORTEST_PIECE = 6  # characters of a cell that make its row one of measures
COLUMNS = ("cells exact", "rows whole", "cut rows whole", "rows complete", "rows given that are whole")


def tidy_grid(cells):
    """Drop the rows in which no cell of its own prints anything, from top to bottom, and sort.

    A producer that cuts a row at its padding draws such rows; they say nothing. Truth and answers are tidied alike.
    """
    row = 0
    while row < max((cell[0] + cell[2] for cell in cells), default=0):
        if any(cell[0] == row and cell[2] == 1 and cell[4] for cell in cells):
            row += 1
            continue
        kept = []
        for start, col, span, width, text in cells:
            covers = start <= row < start + span
            if covers and span == 1:
                continue
            kept.append((start - (start > row), col, span - covers, width, text))
        cells = kept
    return sorted(cells)


def squash(text):
    """Return a text without white space: where lines were wrapped is not asked."""
    return "".join((text or "").split())


def squash_list(texts):
    """Return the names of a cell as one text, whatever stands between them."""
    return _MARKS.sub("", "".join(texts))


def score_document(truth, answer):
    """Count one document: what there is, and what of it is right."""
    counts = Counter(documents=1)
    _score_cells(counts, truth, answer.get("tables") or [])
    _score_rows(counts, truth, answer.get("rows") or rows_of(answer.get("tables") or []))
    return counts


def _score_cells(counts, truth, tables):
    read = {}
    for table in tables:
        cells = [(*map(int, cell[:4]), squash(cell[4])) for cell in table["cells"]]
        read.setdefault(str(table["page"]), []).append(tidy_grid(cells))
    for page, grids in truth["cells"].items():
        for number, grid in enumerate(grids):
            found = set(read[page][number]) if number < len(read.get(page, [])) else set()
            counts["cells"] += len(grid)
            counts["cells exact"] += sum(tuple(cell) in found for cell in grid)


def rows_of(tables):
    """Return the rows of a tool that joins no pages: those of its tables, a merged cell in each row that it spans."""
    rows = []
    for table in tables:
        grid = {}
        for row, _, span, _, text in table["cells"]:
            for at in range(row, row + span):
                grid.setdefault(at, []).append(text)
        rows += [grid[at] for at in sorted(grid)]
    return rows


def _score_rows(counts, truth, rows):
    measures = [m for plan in truth["plans"] for task in plan["tasks"] for m in task["measures"]]
    texts = [squash(m["text"]) for m in measures]
    printed = "\0".join(texts)
    by_text = {}
    for row in rows:
        cells = [squash(cell) for cell in row]
        is_of_measures = any(
            (len(c) >= _SHORTEST_PIECE and c in printed) or any(t in c for t in texts if len(t) <= len(c))
            for c in cells
        )
        counts["rows given"] += is_of_measures
        for cell in dict.fromkeys(cells):
            by_text.setdefault(cell, []).append(row)
    for measure, text in zip(measures, texts, strict=True):
        is_cut = len(measure["pages"]) > 1
        counts["rows"] += 1
        counts["cut rows"] += is_cut
        if not by_text.get(text):
            continue
        row = by_text[text].pop(0)
        counts["rows whole"] += 1
        counts["cut rows whole"] += is_cut
        cells = {squash_list([cell or ""]) for cell in row}
        values = [squash_list(value["texts"]) for value in measure["values"].values() if value["texts"]]
        counts["rows complete"] += all(value in cells for value in values)


def share(counts, name):
    """Return a share of the report, 0 to 1; None if there is nothing to ask for."""
    part, whole = {
        "cells exact": ("cells exact", "cells"),
        "rows whole": ("rows whole", "rows"),
        "cut rows whole": ("cut rows whole", "cut rows"),
        "rows complete": ("rows complete", "rows"),
        "rows given that are whole": ("rows whole", "rows given"),
    }[name]
    return counts[part] / counts[whole] if counts[whole] else None


def score_folder(answers, documents):
    """Count all documents of a folder.

    Raises:
        SystemExit: If there is no document, or an answer is not as README.md says; the message names the file.
    """
    counts = Counter()
    truths = sorted(Path(documents).glob("*.truth.json"))
    if not truths:
        raise SystemExit(f"error: there are no documents in {documents}")
    for path in truths:
        truth = json.loads(path.read_text(encoding="utf-8"))
        answer = Path(answers) / f"{path.name.removesuffix('.truth.json')}.json"
        try:
            given = json.loads(answer.read_text(encoding="utf-8")) if answer.is_file() else {}
            counts += score_document(truth, given)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as exc:
            raise SystemExit(f"error: {answer} is not as README.md says: {type(exc).__name__}: {exc}") from exc
        counts["answers"] += answer.is_file()
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--documents", type=Path, default=Path(__file__).with_name("documents"))
    parser.add_argument("--json", type=Path, help="write the counts here too")
    options = parser.parse_args()
    if not options.answers.is_dir():
        raise SystemExit(f"error: {options.answers} is no folder")
    counts = score_folder(options.answers, options.documents)
    print(f"{counts['answers']} answers for {counts['documents']} documents")
    for name in COLUMNS:
        value = share(counts, name)
        print(f"{name}: {'nothing to ask for' if value is None else f'{value:.2%}'}")
    if options.json:
        options.json.write_text(json.dumps(dict(sorted(counts.items())), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
