"""What is settled of a document before its tables are put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planextract.model.plan import Notice
from planextract.model.table import Layout
from planextract.model.vocabulary import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What holds for all plans of a document.

    Attributes:
        doc_id: The document.
        notice: Its fields.
        region: Where it holds; None if nothing says it.
        day: On which its bodies must exist; None for any.
        layout: A table, or prose.
        is_central: It is a document of the centre: of the State Council or the party's.
    """

    doc_id: str
    notice: Notice
    region: Region | None
    day: date | None
    layout: Layout
    is_central: bool = False

    @property
    def year(self) -> int | None:
        """Year of deadlines that print none."""
        return self.notice.plan_year

    def plan_id(self, plan_no: int) -> str:
        """Return ``<doc_id>/<plan_no>``."""
        return f"{self.doc_id}/{plan_no}"
