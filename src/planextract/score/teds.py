"""TEDS: tree edit distance between two tables as HTML trees, with text (TEDS) or without (TEDS-Struct).

References:
    Zhong, ShafieiBavani, Jimeno Yepes: Image-based table recognition: data, model, and evaluation, ECCV 2020.
    Zhang, Shasha: Simple fast algorithms for the editing distance between trees, 1989. Tests compare with
    numbers of the reference implementation (its tree: table, tr, td).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from planextract.score.tables import GridTable

_Floats = NDArray[np.float64]


class _Tree:
    """A table as a tree in post-order: its cells, then their row, at the end the table.

    ``kind`` is 0 for a cell, 1 for a row, 2 for the table; ``first`` the post-order number of the leftmost
    leaf below a node; ``key_roots`` the inner nodes that start a subproblem.
    """

    def __init__(self, table: GridTable) -> None:
        kinds: list[int] = []
        first: list[int] = []
        self.cells: list[tuple[int, int, str]] = []
        self.cell_nodes: list[int] = []
        rows: list[list[int]] = [[] for _ in range(table.row_count)]
        for number, cell in enumerate(table.cells):
            rows[cell.row].append(number)
        for row in rows:
            start = len(kinds)
            for number in row:
                cell = table.cells[number]
                self.cells.append((cell.col_span, cell.row_span, cell.text))
                self.cell_nodes.append(len(kinds))
                kinds.append(0)
                first.append(len(kinds) - 1)
            kinds.append(1)
            first.append(start)
        kinds.append(2)
        first.append(0)
        self.kind = np.array(kinds)
        self.first = np.array(first)
        self.size = len(kinds)
        last_with: dict[int, int] = {leaf: node for node, leaf in enumerate(first)}
        self.key_roots = sorted(node for node in last_with.values() if kinds[node] != 0)


def measure_teds(wanted: GridTable, found: GridTable, *, structure_only: bool = False) -> float:
    """Return 1 − edit distance / size of the larger tree, 0 to 1.

    Inserting and deleting a node cost 1; a cell with other spans costs 1, else the edit distance of the texts
    over the length of the longer one.
    """
    if wanted == found:
        return 1.0
    first, second = _Tree(found), _Tree(wanted)
    return 1.0 - _measure_distance(first, second, structure_only) / max(first.size, second.size)


def _rename_costs(first: _Tree, second: _Tree, structure_only: bool) -> _Floats:
    costs: _Floats = (first.kind[:, None] != second.kind[None, :]).astype(np.float64)
    if not first.cells or not second.cells:
        return costs
    spans = [np.array([cell[:2] for cell in tree.cells]) for tree in (first, second)]
    differs = np.any(spans[0][:, None, :] != spans[1][None, :, :], axis=2)
    if structure_only:
        cells = differs.astype(np.float64)
    else:
        known: dict[str, int] = {}
        numbers = [np.array([known.setdefault(c[2], len(known)) for c in tree.cells]) for tree in (first, second)]
        texts = list(known)
        distance = cdist(texts, texts, scorer=Levenshtein.normalized_distance, dtype=np.float64)
        cells = np.where(differs, 1.0, distance[np.ix_(numbers[0], numbers[1])])
    costs[np.ix_(first.cell_nodes, second.cell_nodes)] = cells
    return costs


def _measure_distance(first: _Tree, second: _Tree, structure_only: bool) -> float:
    rename = _rename_costs(first, second, structure_only)
    distance = np.zeros((first.size, second.size))
    # A leaf against a tree: it becomes the cheapest node of it, all others are inserted.
    for leaf in np.flatnonzero(first.first == np.arange(first.size)):
        for node in range(second.size):
            start = second.first[node]
            distance[leaf, node] = node - start + min(2.0, rename[leaf, start : node + 1].min())
    for leaf in np.flatnonzero(second.first == np.arange(second.size)):
        for node in range(first.size):
            start = first.first[node]
            distance[node, leaf] = node - start + min(2.0, rename[start : node + 1, leaf].min())
    for i in first.key_roots:
        for j in second.key_roots:
            _fill(first, second, i, j, rename, distance)
    return float(distance[-1, -1])


def _fill(first: _Tree, second: _Tree, i: int, j: int, rename: _Floats, distance: _Floats) -> None:
    """Solve one pair of key roots: the forest distances of Zhang and Shasha, a whole line at a time.

    Within a line, ``out[y] = min(cost[y], out[y − 1] + 1)`` is a running minimum of ``cost[y] − y``.
    """
    left, right = int(first.first[i]), int(second.first[j])
    height, width = i - left + 1, j - right + 1
    steps = np.arange(width + 1, dtype=np.float64)
    forest = np.empty((height + 1, width + 1))
    forest[0] = steps
    leaves = second.first[right : j + 1]
    is_tree_column = leaves == right
    before_column = leaves - right
    for x in range(1, height + 1):
        node = left + x - 1
        is_tree = first.first[node] == left
        known = distance[node, right : j + 1]
        by_subtree = forest[first.first[node] - left, before_column] + known
        if is_tree:
            renamed = forest[x - 1, :-1] + rename[node, right : j + 1]
            best = np.where(is_tree_column, renamed, by_subtree)
        else:
            best = by_subtree
        line = np.empty(width + 1)
        line[0] = x
        line[1:] = np.minimum(best, forest[x - 1, 1:] + 1)
        line = np.minimum.accumulate(line - steps) + steps
        forest[x] = line
        if is_tree:
            target = distance[node, right : j + 1]
            target[is_tree_column] = line[1:][is_tree_column]
