"""Text printed over other text: a stamp's words, a watermark that is not slanted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planextract.layout.thresholds import GEOMETRY
from planextract.model.page import Bools, Floats, Ints, PageArrays

_LARGE = GEOMETRY.overprint.large
_CORE = GEOMETRY.overprint.core
_MOST = GEOMETRY.overprint.most
_RUN_GAP = GEOMETRY.overprint.run_gap


def part_overprint(page: PageArrays) -> PageArrays:
    """Take the characters that are printed over others out of a page.

    Over others stand runs of characters in another color, or of twice the size, one of which at least covers the
    middle of a character that is not its own twin. What is taken out is kept as ``overprint``.
    """
    count = len(page.codes)
    height = page.boxes[:, 3] - page.boxes[:, 1]
    if count < 2:
        return page
    if not len(page.is_colored) and float(height.max()) <= _LARGE * float(height.mean()):
        return page
    is_large = height > _LARGE * float(np.median(height))
    is_odd = is_large | page.is_colored if len(page.is_colored) else is_large
    total = int(is_odd.sum())
    if not total or total > _MOST * count:
        return page
    odd = np.flatnonzero(is_odd)
    covers = _cover(page.codes, page.boxes, odd, np.flatnonzero(~is_odd))
    if not covers.any():
        return page
    runs = _number_runs(page.boxes, odd)
    taken = np.zeros(count, dtype=bool)
    taken[odd[np.isin(runs, runs[covers])]] = True
    keep = ~taken
    return replace(
        page,
        codes=page.codes[keep],
        boxes=page.boxes[keep],
        is_colored=page.is_colored[keep] if len(page.is_colored) else page.is_colored,
        overprint=page.overprint + "".join(map(chr, page.codes[taken].tolist())),
    )


def _cover(codes: Ints, boxes: Floats, odd: Ints, others: Ints) -> Bools:
    """Tell which odd characters stand over another one, unless over the same one in nearly the same place: a shadow."""
    cores = np.concatenate(
        [boxes[:, :2] * (1 - _CORE) + boxes[:, 2:] * _CORE, boxes[:, 2:] * (1 - _CORE) + boxes[:, :2] * _CORE], axis=1
    )
    found = np.zeros(len(odd), dtype=bool)
    there = cores[others]
    for place, index in enumerate(odd.tolist()):
        x0, top, x1, bottom = cores[index].tolist()
        meets = (there[:, 0] < x1) & (there[:, 2] > x0) & (there[:, 1] < bottom) & (there[:, 3] > top)
        found[place] = bool(meets.any()) and not bool((codes[others[meets]] == codes[index]).any())
    return found


def _number_runs(boxes: Floats, odd: Ints) -> Ints:
    """Number the runs: neighbours in drawing order, near each other, of one size."""
    own = boxes[odd]
    height = own[:, 3] - own[:, 1]
    reach = _RUN_GAP * height[:-1]
    far = (np.abs(own[1:, 0] - own[:-1, 2]) > reach) | (np.abs(own[1:, 1] - own[:-1, 1]) > 0.5 * reach)
    opens = (np.diff(odd) != 1) | far | (np.abs(np.diff(height)) > 0.2 * height[:-1])
    numbers: Ints = np.append(0, np.cumsum(opens))
    return numbers
