"""What ``planextract.read_tables`` gives: a table whole over its pages, as a DataFrame too."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from planextract.model.plain_table import PlainTable

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeTable(PlainTable):
    """A table with its cells, spans and boxes; ``frame`` has its body."""

    @classmethod
    def of(cls, table: PlainTable) -> WholeTable:
        """Return a table as joined."""
        return cls(**{field.name: getattr(table, field.name) for field in fields(PlainTable)})

    @property
    def frame(self) -> pd.DataFrame:
        """The body, as strings.

        A header on several levels is joined by " / "; a column without one is called by its number from 1. A cell over
        several positions stands at each of them.
        """
        import pandas as pd

        texts = self.grid
        names = []
        for col in range(self.col_count):
            levels = dict.fromkeys(texts[row][col] for row in range(self.header_rows) if texts[row][col])
            names.append(" / ".join(levels) or str(col + 1))
        return pd.DataFrame(texts[self.header_rows :], columns=pd.Index(names))
