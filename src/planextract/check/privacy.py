"""People named in plans (责任人, 联系电话 …): kept out of the output unless the settings ask for them.

The ledger is balanced before anything is withheld. In the output each withheld character is printed as
``█``, so that characters can still be counted: cells and discards hold as many as the input.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from planextract.model.plan import Extraction, Leader, Measure
from planextract.model.record import Discard, Finding, Repair
from planextract.model.table import Cell
from planextract.phrases import Phrase

MASK = "█"
PERSONAL = "personal"
_VISIBLE = re.compile(r"\S")


def withhold_persons(extraction: Extraction) -> Extraction:
    """Mask what columns and labels of people hold; one finding says how much."""
    private = {cell.cell_id for cell in extraction.cells if cell.is_private and cell.raw_text.strip()}
    count = len(private) + sum(discard.reason == PERSONAL for discard in extraction.discards)
    if not count:
        return extraction
    pages = Counter(cell.page for cell in extraction.cells if cell.cell_id in private)
    message = Phrase("{count} cells name people; their text was withheld (set keep_persons to keep it)", count=count)
    finding = Finding.of("check.personal_data", message, page=min(pages, default=None))
    return replace(
        extraction,
        cells=tuple(_mask_cell(cell) if cell.cell_id in private else cell for cell in extraction.cells),
        discards=tuple(_mask_discard(discard) for discard in extraction.discards),
        repairs=tuple(_mask_repair(edit) if edit.cell_id in private else edit for edit in extraction.repairs),
        findings=(*extraction.findings, finding),
        plans=tuple(
            replace(
                plan,
                columns=tuple(replace(column, withheld=column.is_private) for column in plan.columns),
                tasks=tuple(
                    replace(
                        task,
                        leaders=_withhold(task.leaders),
                        measures=tuple(_drop_values(measure) for measure in task.measures),
                    )
                    for task in plan.tasks
                ),
            )
            for plan in extraction.plans
        ),
    )


def _mask(text: str) -> str:
    return _VISIBLE.sub(MASK, text)


def _mask_cell(cell: Cell) -> Cell:
    return replace(
        cell, raw_text=_mask(cell.raw_text), text=_mask(cell.text), edits=tuple(_mask_repair(e) for e in cell.edits)
    )


def _mask_repair(edit: Repair) -> Repair:
    return replace(edit, before=_mask(edit.before), after=_mask(edit.after))


def _mask_discard(discard: Discard) -> Discard:
    return replace(discard, raw_text=_mask(discard.raw_text)) if discard.reason == PERSONAL else discard


def _drop_values(measure: Measure) -> Measure:
    others = tuple(value for value in measure.others if not value.is_private)
    return replace(measure, others=others, leaders=_withhold(measure.leaders))


def _withhold(leaders: tuple[Leader, ...]) -> tuple[Leader, ...]:
    return tuple(replace(leader, name=None, withheld=True) for leader in leaders)
