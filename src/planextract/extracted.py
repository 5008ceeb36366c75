"""What ``planextract.extract_file`` returns: the extraction, with what a person at a notebook wants of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from planextract.model.agency import AgencyEntry
from planextract.model.plan import Extraction, Measure, Plan, Task

if TYPE_CHECKING:
    import pandas as pd

_SHOWN_ROWS = 20
_SHOWN_CHARACTERS = 120
_LEFT = 'style="text-align:left"'


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ExtractedDocument(Extraction):
    """One document with everything found in it; immutable.

    Attributes:
        agencies: The dictionary of bodies that it was read with.
        dictionary_version: Hash of the dictionaries' content.
    """

    agencies: tuple[AgencyEntry, ...] = ()
    dictionary_version: str = ""

    @classmethod
    def of(
        cls, extraction: Extraction, agencies: tuple[AgencyEntry, ...], dictionary_version: str
    ) -> ExtractedDocument:
        """Return an extraction with the dictionary that it was made with."""
        own = {field.name: getattr(extraction, field.name) for field in fields(Extraction)}
        return cls(**own, agencies=agencies, dictionary_version=dictionary_version)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures of all plans, in printed order."""
        return tuple(measure for _, _, measure in self._places())

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables of the output contract as DataFrames by name, as :func:`planextract.load` gives them."""
        from planextract.write.load import make_frames
        from planextract.write.rows import make_agency_rows, make_rows, merge_agency_rows

        rows = make_rows(self, self.dictionary_version)
        agencies = merge_agency_rows(make_agency_rows(self.agencies), rows["agencies"])
        return make_frames({**rows, "agencies": agencies})

    def find(
        self,
        text: str = "",
        *,
        agency: str | None = None,
        task: str | None = None,
        due_by: date | None = None,
        needs_review: bool | None = None,
    ) -> tuple[Measure, ...]:
        """Return the measures that meet every condition given, in printed order.

        Args:
            text: Words that the measure's text or its task's name holds.
            agency: A body's name, as printed or as in the dictionary, or a part of it.
            task: Words that the task's name holds.
            due_by: Last day of the deadline.
            needs_review: Whether a person should look at it.
        """
        return tuple(
            measure
            for _, own, measure in self._places()
            if (text in measure.text or text in own.name)
            and (task is None or task in own.name)
            and (agency is None or any(agency in r.raw_text or agency in r.label for r in measure.responsibilities))
            and (due_by is None or (measure.deadline.end is not None and measure.deadline.end <= due_by))
            and (needs_review is None or measure.needs_review is needs_review)
        )

    def _places(self) -> Iterator[tuple[Plan, Task, Measure]]:
        for plan in self.plans:
            for task in plan.tasks:
                for measure in task.measures:
                    yield plan, task, measure

    def __repr__(self) -> str:
        return f"<ExtractedDocument {self._summary()}>"

    def _summary(self) -> str:
        measures = self.measures
        counts = (
            (len(self.plans), "plan"),
            (sum(len(plan.tasks) for plan in self.plans), "task"),
            (len(measures), "measure"),
        )
        told = ", ".join(f"{count} {name}{'s' * (count != 1)}" for count, name in counts)
        return f"{self.source_path}: {told}, {sum(measure.needs_review for measure in measures)} to check"

    def _repr_html_(self) -> str:
        """Return the first measures as an HTML table, for notebooks."""
        rows = []
        for number, (plan, task, measure) in enumerate(self._places()):
            if number == _SHOWN_ROWS:
                break
            bodies = "、".join(f"{r.raw_text}" for r in measure.responsibilities if r.role != "support")
            text = measure.text if len(measure.text) <= _SHOWN_CHARACTERS else measure.text[:_SHOWN_CHARACTERS] + "…"
            sure = f"{measure.confidence:.2f}" + (" ⚠" if measure.needs_review else "")
            key = f"{plan.plan_no}/{task.key}/{measure.seq}"
            cells = (key, task.name, text, measure.deadline.raw_text or "", bodies, sure)
            rows.append("<tr>" + "".join(f"<td {_LEFT}>{escape(cell)}</td>" for cell in cells) + "</tr>")
        head = "".join(
            f"<th {_LEFT}>{name}</th>" for name in ("", "重点任务", "工作措施", "完成时限", "牵头/主责单位", "把握")
        )
        more = len(self.measures) - len(rows)
        return (
            f"<p><b>{escape(self.notice.title or self.source_path)}</b><br>{escape(self._summary())}</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
            + (f"<p>… {more} more: <code>.tables['measures']</code></p>" if more > 0 else "")
        )
