"""What people are told about a page break that the clues do not settle, and which rows they look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planextract.model.record import Finding
from planextract.model.source import SourceText
from planextract.model.table import Fragment, StitchedRow
from planextract.phrases import Phrase
from planextract.stitch.growing_table import RowChoice
from planextract.stitch.row_facts import own_cells
from planextract.stitch.settings import StitchSettings
from planextract.text.markers import is_page_number

# Names one behind the other and nothing else; a line of a distribution list has its label (抄送：…).
_NAMES = re.compile(r"[\u4e00-\u9fff]{1,16}(?:[、,，\s]+[\u4e00-\u9fff]{2,16})+[、,，]?")
_STARTS: dict[str, Phrase] = {
    "cut_row": Phrase("cut_row"),
    "new_measure": Phrase("new_measure"),
    "new_task": Phrase("new_task"),
    "new_section": Phrase("new_section"),
    "tail_and_new": Phrase("tail_and_new"),
}


def doubt_first_row(fragment: Fragment, choice: RowChoice, settings: StitchSettings) -> Iterator[Finding]:
    """Say that it is not sure what the first row of a page is; the measure that its cells went to needs a look."""
    if choice.score >= settings.review_score:
        return
    message = Phrase(
        "the first row of the page was taken as {start} with {score:.0%}; the next best is {runner_up}",
        start=_STARTS[choice.start],
        score=choice.score,
        runner_up=_STARTS[choice.runner_up] if choice.runner_up else "–",
    )
    yield Finding.of("stitch.doubtful_row", message, page=fragment.page, cell_id=find_first_cell(fragment))


def find_first_cell(fragment: Fragment) -> str | None:
    """Return the id of the first cell of a fragment's first row that prints something."""
    cells = own_cells(fragment.rows[0]) if fragment.rows else ()
    return next((cell.cell_id for cell in cells if cell is not None and cell.text), None)


def doubt_last_row(last: Sequence[StitchedRow], choice: RowChoice, settings: StitchSettings) -> Iterator[Finding]:
    """Say of the row above the break that it may go on below; a row that was joined to it is noted there."""
    if choice.start != "new_measure" or choice.score >= settings.review_score:
        return
    for row in last:
        cells = [piece.cell for place in row.pieces for piece in place if piece.text]
        if row.kind == "data" and cells:
            message = "the last row of the page may go on with the first one of the next"
            yield Finding.of("stitch.doubtful_row", message, page=cells[-1].page, cell_id=cells[-1].cell_id)


def doubt_lines_behind(last: Sequence[StitchedRow], page: int, behind: Sequence[SourceText]) -> Iterator[Finding]:
    """Say of a table's last row that it may go on in lines at the top of the next page.

    Where a scan shows none of the rules of a row's rest, and the rest is names alone, no table is seen there.

    Args:
        last: The last row, if there is one.
        page: Its page.
        behind: The lines behind the table.
    """
    first = next((text for text in behind if not is_page_number(text.raw_text)), None)
    if first is None or first.page != page + 1 or _NAMES.fullmatch(first.raw_text.strip()) is None:
        return
    for row in last:
        cells = [piece.cell for place in row.pieces for piece in place if piece.text]
        if row.kind == "data" and cells:
            message = Phrase("the row may go on in lines behind the table: {text}", text=first.raw_text.strip()[:40])
            yield Finding.of("stitch.doubtful_row", message, page=page, cell_id=cells[-1].cell_id)
