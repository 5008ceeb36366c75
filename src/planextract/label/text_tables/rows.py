"""Lay a stream of cells out under the columns of a header: the most probable rows.

Once dividers are lost, merged cells left out, or several lines stand in one cell, a table says its rows by the order
of its cells alone. A chain over the cells decides all of it together (Viterbi): each cell opens a row, or is a later
cell of the row, or goes on with the cell before, or is a heading, or lies behind the table's end. What a cell's text
fits, what divides it from the one before and what its row would lack are weights of one sum. How sure each cell's
place is comes from all other readings of the same chain (forward–backward).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from planextract.label.text_tables.tokens import NEVER, Token
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.table import Column

Kind = Literal["start", "stay", "join", "section", "out"]
_SKIP = {
    Role.TASK_NO: 3.0,
    Role.TASK_NAME: 1.5,
    Role.MEASURE: 8.0,
    Role.DEADLINE: 1.5,
    Role.LEAD: 1.0,
    Role.RESPONSIBLE: 1.0,
    Role.SUPPORT: 0.8,
    Role.SECTION: 0.3,
    Role.OTHER: 0.8,
}
_SKIP_OWNER = 1.5
_MERGED_BESIDE = 0.2  # what is merged together with the number
_JOIN = {
    Role.TASK_NO: 8.0,
    Role.TASK_NAME: 3.0,
    Role.MEASURE: 1.5,
    Role.DEADLINE: 5.0,
    Role.LEAD: 1.0,
    Role.RESPONSIBLE: 0.7,
    Role.SUPPORT: 0.6,
    Role.SECTION: 3.0,
    Role.OTHER: 1.5,
}
_Key = tuple[
    float, float, bool
]  # of a cell: its weights of going on in the row and in the cell, and whether it is blank
BLANK_FITS = {
    Role.TASK_NO: -0.5,
    Role.TASK_NAME: -0.5,
    Role.MEASURE: -4.0,
    Role.DEADLINE: -1.5,
    Role.LEAD: -1.5,
    Role.RESPONSIBLE: -1.5,
    Role.SUPPORT: -0.3,
    Role.SECTION: 0.0,
    Role.OTHER: 0.2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a cell of the stream came to lie: ``col`` is -1 for a heading and behind the end; ``score`` is 0 to 1."""

    kind: Kind
    col: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The places of all cells of a stream; ``weight`` is the sum of the best reading, 0 if nothing is in the table."""

    places: tuple[Placed, ...]
    weight: float


def align(
    tokens: Sequence[Token],
    columns: Sequence[Column],
    fits: NDArray[np.float64],
    weights: NDArray[np.float64],
    skip_factor: float = 1.0,
) -> Alignment:
    """Place a stream of n cells under m columns.

    Args:
        tokens: The cells, n.
        columns: The columns, m.
        fits: n × m weights of a text under a column.
        weights: n × 2 weights of a text as the heading of a section, and as one behind the table's end.
        skip_factor: How much dearer a missing cell is than in a copy that leaves merged cells out.

    Returns:
        A place for each cell. Linear in n.
    """
    count, width = fits.shape
    if count == 0:
        return Alignment(places=(), weight=0.0)
    skips = _find_skips(columns) * skip_factor
    fixed, diagonal = _transitions(columns, skips)
    states = 2 * width + 2
    emit = np.zeros((count, states))
    starts = np.array([token.start for token in tokens])
    emit[:, :width] = fits + starts[:, None] + _lead(columns, skips)[None, :]
    emit[:, width : 2 * width] = fits
    filled = np.array([bool(token.text) for token in tokens])
    emit[:, 2 * width] = np.where(filled, weights[:, 0] + starts, 0.0)
    emit[:, 2 * width + 1] = weights[:, 1]
    keys = [(token.stay, token.join, not token.text) for token in tokens]
    tables = {key: _with_dividers(fixed, diagonal, key, columns) for key in dict.fromkeys(keys)}
    best, back, forward, backward = _run(keys, tables, emit, skips)
    path = _walk_back(best, back, width, skips)
    total = np.logaddexp.reduce(forward[-1] + _ends(skips, width))
    scores = np.exp(np.minimum(0.0, forward + backward - total))
    places = tuple(
        _placed(path[i - 1] if i else -1, state, width, float(scores[i, state]), is_blank=not tokens[i].text)
        for i, state in enumerate(path)
    )
    return Alignment(places=places, weight=float((best[-1] + _ends(skips, width)).max()))


def _find_skips(columns: Sequence[Column]) -> NDArray[np.float64]:
    owner = next((role for role in AGENCY_ROLES if any(column.role is role for column in columns)), None)
    return np.array([_SKIP_OWNER if column.role is owner else _SKIP[column.role] for column in columns])


def _lead(columns: Sequence[Column], skips: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, by the column that a row opens in, the weight of what is before it being merged with the row above."""
    number = next((i for i, column in enumerate(columns) if column.role is Role.TASK_NO), len(columns))
    costs = np.zeros(len(columns))
    for place in range(len(columns)):
        before = [
            min(skips[i], _MERGED_BESIDE)
            if number < place and i != number and columns[i].role in (Role.TASK_NAME, Role.SECTION)
            else skips[i]
            for i in range(place)
        ]
        costs[place] = -sum(before)
    return costs


def _transitions(
    columns: Sequence[Column], skips: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the weights between states, dividers aside, and those of going on with a cell, by column.

    States: a row opens in column c (0 … m-1), goes on in column c (m … 2m-1), heading (2m), behind the end (2m+1).
    """
    width = len(columns)
    fixed = np.full((2 * width + 2, 2 * width + 2), NEVER)
    tail = _ends(skips, width)
    for old in range(2 * width + 1):
        fixed[old, :width] = tail[old]
        fixed[old, 2 * width :] = tail[old]
        if old < 2 * width:
            col = old % width
            for new in range(col + 1, width):
                fixed[old, width + new] = -skips[col + 1 : new].sum()
    fixed[2 * width + 1, 2 * width + 1] = 0.0
    return fixed, np.array([-_JOIN[column.role] for column in columns])


def _with_dividers(
    fixed: NDArray[np.float64], diagonal: NDArray[np.float64], key: _Key, columns: Sequence[Column]
) -> NDArray[np.float64]:
    """Add what a divider weighs; a blank cell behind another says next to nothing, a heading's neither."""
    stay, join, is_blank = key
    width = len(columns)
    table = fixed.copy()
    table[: 2 * width, width : 2 * width] += stay
    for col in range(width):
        weight = join + diagonal[col] if not is_blank else join - BLANK_FITS[columns[col].role]
        table[col, width + col] = table[width + col, width + col] = weight
    if is_blank:
        table[:, 2 * width] = NEVER
        table[2 * width, 2 * width] = join
    return np.maximum(table, NEVER)


def _ends(skips: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Return the weight of a row's end, by state: what the row lacks."""
    tail = -(np.cumsum(skips[::-1])[::-1] - skips)
    return np.concatenate([tail, tail, [0.0, 0.0]])


def _run(
    keys: Sequence[_Key], tables: dict[_Key, NDArray[np.float64]], emit: NDArray[np.float64], skips: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int16], NDArray[np.float64], NDArray[np.float64]]:
    count, states = emit.shape
    width = (states - 2) // 2
    best, forward = np.empty((count, states)), np.empty((count, states))
    backward = np.empty((count, states))
    back = np.zeros((count, states), dtype=np.int16)
    first = emit[0].copy()
    first[width : 2 * width] = NEVER
    best[0] = forward[0] = first
    for i in range(1, count):
        table = tables[keys[i]]
        sums = best[i - 1][:, None] + table
        back[i] = sums.argmax(axis=0)
        best[i] = sums.max(axis=0) + emit[i]
        forward[i] = _log_sum(forward[i - 1][:, None] + table, 0) + emit[i]
    backward[-1] = _ends(skips, width)
    for i in range(count - 2, -1, -1):
        table = tables[keys[i + 1]]
        backward[i] = _log_sum(table + (emit[i + 1] + backward[i + 1])[None, :], 1)
    return best, back, forward, backward


def _log_sum(values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    top = values.max(axis=axis, keepdims=True)
    summed: NDArray[np.float64] = np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
    return summed


def _walk_back(best: NDArray[np.float64], back: NDArray[np.int16], width: int, skips: NDArray[np.float64]) -> list[int]:
    state = int((best[-1] + _ends(skips, width)).argmax())
    path = [state]
    for i in range(len(best) - 1, 0, -1):
        state = int(back[i, state])
        path.append(state)
    return path[::-1]


def _placed(before: int, state: int, width: int, score: float, *, is_blank: bool) -> Placed:
    if state == before == 2 * width and is_blank:
        return Placed(kind="join", col=-1, score=score)
    if state >= 2 * width:
        return Placed(kind="section" if state == 2 * width else "out", col=-1, score=score)
    if state < width:
        return Placed(kind="start", col=state, score=score)
    is_join = 0 <= before < 2 * width and before % width == state - width
    return Placed(kind="join" if is_join else "stay", col=state - width, score=score)
