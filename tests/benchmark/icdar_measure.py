"""The measure of the ICDAR 2013 table competition: adjacency relations between neighbouring filled cells.

A relation is (text, text of the next filled cell, direction); blank cells are skipped over; a pair that
meets along several rows or columns counts once. Precision and recall compare the two multisets.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Cells of one table on one page; bbox as x0, top, x1, bottom."""

    page: int
    bbox: tuple[float, float, float, float]
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    correct: int = 0
    found: int = 0
    expected: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            correct=self.correct + other.correct,
            found=self.found + other.found,
            expected=self.expected + other.expected,
        )

    @property
    def precision(self) -> float:
        return self.correct / self.found if self.found else float(not self.expected)

    @property
    def recall(self) -> float:
        return self.correct / self.expected if self.expected else float(not self.found)

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def normalize(text: str) -> str:
    """Remove white space and invisible characters; compatibility forms (ligatures) are made plain."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"))


def list_relations(cells: tuple[GridCell, ...]) -> Counter[tuple[str, str, str]]:
    """Count a table's adjacency relations."""
    texts = [normalize(cell.text) for cell in cells]
    at: dict[tuple[int, int], int] = {}
    for number, cell in enumerate(cells):
        if texts[number]:
            for row in range(cell.row, cell.row + cell.row_span):
                for col in range(cell.col, cell.col + cell.col_span):
                    at.setdefault((row, col), number)
    pairs: set[tuple[int, int, str]] = set()
    for direction, step in (("right", (0, 1)), ("down", (1, 0))):
        key = (lambda p: p) if direction == "right" else (lambda p: (p[1], p[0]))
        places = sorted(at, key=key)
        for before, after in pairwise(places):
            same_lane = before[step[1] ^ 1] == after[step[1] ^ 1]
            if same_lane and at[before] != at[after]:
                pairs.add((at[before], at[after], direction))
    return Counter((texts[a], texts[b], direction) for a, b, direction in pairs)


def compare_tables(found: tuple[GridCell, ...], truth: tuple[GridCell, ...]) -> Counts:
    """Compare one table with its truth."""
    a, b = list_relations(found), list_relations(truth)
    return Counts(correct=(a & b).total(), found=a.total(), expected=b.total())


def compare_pages(found: list[Table], truth: list[Table]) -> Counts:
    """Compare tables found anywhere with all tables of a document, one to one, page by page.

    A found table without a partner costs precision, a true one without a partner recall.
    """
    left = [list_relations(table.cells) for table in found]
    right = [list_relations(table.cells) for table in truth]
    ranked = sorted(
        (
            ((a & b).total(), i, j)
            for i, a in enumerate(left)
            for j, b in enumerate(right)
            if found[i].page == truth[j].page
        ),
        key=lambda item: (-item[0], item[1], item[2]),
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    correct = 0
    for count, i, j in ranked:
        if count and i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            correct += count
    return Counts(correct=correct, found=sum(a.total() for a in left), expected=sum(b.total() for b in right))
