"""The conservation ledger: every printed character is in one cell or one discard, and every cell's text in one measure.

Two balances are drawn. The first compares what the reader read with what cells and discards hold, as
counts of each character (white space aside). The second compares, column by column, what the cells say
with what tasks and measures say after stitching, splitting and repair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from planextract.errors import InternalError
from planextract.model.plan import Extraction, Measure
from planextract.model.table import AGENCY_ROLES, Role
from planextract.text.characters import without_spaces
from planextract.text.markers import is_none_mark

_SEPARATORS = "、，,；;。"


def check_conservation(extraction: Extraction, printed: str) -> None:
    """Balance the ledger of a document.

    Args:
        extraction: The finished extraction.
        printed: All characters the reader read, without white space, in any order.

    Raises:
        InternalError: If a character was lost or doubled; the message names some of them.
    """
    kept = Counter(_characters(cell.raw_text for cell in extraction.cells))
    kept.update(_characters(discard.raw_text for discard in extraction.discards))
    _compare(Counter(without_spaces(printed)), kept, "the cells and discards", extraction)
    measures = [m for plan in extraction.plans for task in plan.tasks for m in task.measures]
    has_measures = any(cell.column == Role.MEASURE for cell in extraction.cells)
    if has_measures:
        texts = (cell.text for cell in extraction.cells if cell.column == Role.MEASURE)
        _compare(
            Counter(_characters(texts)),
            Counter(_characters(m.text for m in measures)),
            "the measures",
            extraction,
        )
    for role in AGENCY_ROLES:
        listed = (
            without_spaces(cell.text)
            for cell in extraction.cells
            if cell.column == role and not is_none_mark(cell.text.replace("\n", ""))
        )
        wanted = Counter(char for char in "".join(listed) if char not in _SEPARATORS)
        found = Counter(char for char in "".join(_agencies(measures, role)) if char not in _SEPARATORS)
        _compare(wanted, found, f"the {role} agencies", extraction)


def _agencies(measures: Sequence[Measure], role: Role) -> Iterable[str]:
    return (
        item.raw_text + item.left_out
        for measure in measures
        for item in measure.responsibilities
        if (item.cell_role or item.role) is role and not item.is_inherited
    )


def _characters(texts: Iterable[str]) -> str:
    return without_spaces("".join(texts))


def _compare(wanted: Counter[str], found: Counter[str], what: str, extraction: Extraction) -> None:
    lost, doubled = wanted - found, found - wanted
    if not lost and not doubled:
        return
    parts = [
        f"{sum(counts.values())} characters {word} ({''.join(sorted(counts))[:20]})"
        for word, counts in (("lost", lost), ("doubled", doubled))
        if counts
    ]
    raise InternalError(
        "check.conservation", f"the ledger does not balance for {what}: {', '.join(parts)}",
        file=extraction.source_path, advice="Nothing of this document was written. Please report it with the file.",
    )  # fmt: skip
