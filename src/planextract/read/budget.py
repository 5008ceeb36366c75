"""Limits that a reader keeps while it reads, before a hostile input fills the memory."""

from __future__ import annotations

from planextract.errors import InputError
from planextract.phrases import Phrase


class CellBudget:
    """Counts grid positions of all tables of a document; merged cells count with all their positions."""

    def __init__(self, limit: int, name: str) -> None:
        self._limit = limit
        self._name = name
        self._used = 0

    def take(self, count: int) -> None:
        """Add grid positions.

        Raises:
            InputError: If the document has more than the limit.
        """
        self._used += count
        if self._used > self._limit:
            raise InputError(
                "read.too_many_cells",
                Phrase("the tables have more than {limit} cells", limit=self._limit),
                file=self._name,
                advice="Raise read.max_cells in the settings, or split the file.",
            )
