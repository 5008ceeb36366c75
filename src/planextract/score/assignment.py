"""Optimal one-to-one assignment on a sparse set of candidate pairs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

Pair = tuple[int, int]


def assign(candidates: Mapping[Pair, float]) -> dict[Pair, float]:
    """Choose pairs so that no row and no column is used twice and the sum of their scores is largest.

    Pairs that are no candidates are never chosen, so a threshold is the caller's: leave weak pairs out. Each
    connected part of the candidates is solved on its own, which keeps the problems small.

    Args:
        candidates: Positive score by (row, column); any integers.

    Returns:
        The chosen pairs with their scores, by row. Equal sums are settled by the smaller indices.

    References:
        Kuhn, The Hungarian method, 1955; the shortest augmenting path form of Jonker and Volgenant, 1987.
    """
    chosen: dict[Pair, float] = {}
    for part in _split_into_parts(candidates):
        rows = sorted({row for row, _ in part})
        columns = sorted({column for _, column in part})
        if len(rows) == len(columns) == 1:
            chosen[part[0]] = candidates[part[0]]
            continue
        gains = np.zeros((len(rows), len(columns)))
        row_at = {row: index for index, row in enumerate(rows)}
        column_at = {column: index for index, column in enumerate(columns)}
        for row, column in part:
            gains[row_at[row], column_at[column]] = candidates[row, column]
        for i, j in _solve(gains):
            pair = (rows[i], columns[j])
            if pair in candidates:
                chosen[pair] = candidates[pair]
    return dict(sorted(chosen.items()))


def _split_into_parts(candidates: Mapping[Pair, float]) -> list[list[Pair]]:
    """Return the connected parts of the candidate graph, pairs sorted."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def find(node: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for row, column in candidates:
        parent[find(("row", row))] = find(("column", column))
    parts: dict[tuple[str, int], list[Pair]] = {}
    for row, column in sorted(candidates):
        parts.setdefault(find(("row", row)), []).append((row, column))
    return list(parts.values())


def _solve(gains: np.ndarray) -> list[Pair]:
    """Return the assignment with the largest total gain; gains are 0 or more, rows × columns."""
    if gains.shape[0] > gains.shape[1]:
        return sorted((row, column) for column, row in _solve(gains.T))
    cost = gains.max() - gains
    row_count, column_count = cost.shape
    row_price = np.zeros(row_count + 1)
    column_price = np.zeros(column_count + 1)
    owner = np.zeros(column_count + 1, dtype=int)  # row (from 1) that a column (from 1) belongs to; 0 = none
    for row in range(1, row_count + 1):
        owner[0] = row
        column = 0
        slack = np.full(column_count + 1, np.inf)
        came_from = np.zeros(column_count + 1, dtype=int)
        used = np.zeros(column_count + 1, dtype=bool)
        while owner[column]:
            used[column] = True
            here = owner[column]
            reduced = cost[here - 1] - row_price[here] - column_price[1:]
            better = ~used[1:] & (reduced < slack[1:])
            slack[1:][better] = reduced[better]
            came_from[1:][better] = column
            open_slack = np.where(used, np.inf, slack)
            open_slack[0] = np.inf
            nearest = int(np.argmin(open_slack))
            delta = open_slack[nearest]
            row_price[owner[used]] += delta
            column_price[used] -= delta
            slack[~used] -= delta
            column = nearest
        while column:
            owner[column] = owner[came_from[column]]
            column = int(came_from[column])
    return sorted((int(owner[column]) - 1, column - 1) for column in range(1, column_count + 1) if owner[column])
