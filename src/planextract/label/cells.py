"""Make the labelled cells and rows of a fragment, each text tidied beside what was printed."""

from __future__ import annotations

from collections.abc import Sequence

from planextract.label.sections import clean_heading, is_section_row
from planextract.model.record import Repair
from planextract.model.roles import AGENCY_ROLES, ROLES, Role
from planextract.model.source import SourceCell, SourceText
from planextract.model.table import Cell, Column, Row
from planextract.text.markup import TidyStep, tidy_list, tidy_paragraphs, tidy_prose

_SINGLE_LINE_ROLES = frozenset(role for role, spec in ROLES.items() if spec.is_single_line)


class CellBuilder:
    """Makes cells of a fragment; a merged cell is made once."""

    def __init__(self, prefix: str, page: int, table_no: int, columns: tuple[Column, ...]) -> None:
        self.prefix, self._page, self._table_no, self._columns = prefix, page, table_no, columns
        self._made: dict[int, Cell] = {}
        self.struck: list[Cell] = []  # cells with text that is struck through

    def build(self, cell: SourceCell, column: str) -> Cell:
        """Make a cell, or return the one that was made of the same source."""
        if id(cell) not in self._made:
            self._made[id(cell)] = self._make(cell, column, f"{self.prefix}r{cell.row}c{cell.col}", cell.row)
        return self._made[id(cell)]

    def build_once(self, cell: SourceCell, column: str) -> Cell:
        """Make a cell that stands at one place only and is not remembered."""
        return self._make(cell, column, f"{self.prefix}r{cell.row}c{cell.col}", cell.row)

    def build_line(self, row: int, line: SourceText) -> Cell:
        """Make the cell of a section heading printed above the table; ``row`` is negative."""
        source = SourceCell(
            row=0, col=0, col_span=len(self._columns), raw_text=line.raw_text, line=line.line, bbox=line.bbox
        )
        return self._make(source, "section", f"{self.prefix}s{-row}", row)

    def _make(self, cell: SourceCell, column: str, cell_id: str, row: int) -> Cell:
        printed = cell.raw_text if cell.kept_text is None else cell.kept_text
        if column in AGENCY_ROLES:
            text, steps = tidy_list(printed)
        elif cell.paragraphs is not None:
            text, steps = tidy_paragraphs(printed, cell.paragraphs)
        else:
            text, steps = tidy_prose(printed)
        if printed != cell.raw_text:
            steps = (TidyStep(rule="struck_text", before=cell.raw_text, after=printed), *steps)
        if column in _SINGLE_LINE_ROLES:
            text = text.replace("\n", "")
        marked, text = text, clean_heading(text) if column == "section" else text.replace("**", "")
        if marked != text:
            steps = (*steps, TidyStep(rule="markdown_emphasis", before=marked, after=text))
        edits = tuple(
            Repair(stage="detect", rule=step.rule, before=step.before, after=step.after, cell_id=cell_id)
            for step in steps
        )
        made = Cell(
            cell_id=cell_id,
            page=cell.page or self._page,
            table_no=self._table_no,
            row=row,
            col=cell.col,
            row_span=cell.row_span,
            col_span=cell.col_span,
            column=column,
            raw_text=cell.raw_text,
            text=text,
            edits=edits,
            line=cell.line,
            bbox=cell.bbox,
            confidence=cell.confidence,
            room=cell.room,
            is_indented=cell.is_indented,
            is_private=column == Role.OTHER and self._columns[cell.col].is_private,
        )
        if cell.kept_text is not None:
            self.struck.append(made)
        return made


def label_row(
    index: int,
    sources: Sequence[SourceCell | None],
    columns: tuple[Column, ...],
    builder: CellBuilder,
    *,
    in_digits: bool = False,
) -> Row:
    """Make a row of its source cells, one a grid column; a merged cell stands at each of its positions.

    ``in_digits`` if the table counts its measures in digits, so that Chinese numerals count its sections.
    """
    is_section = is_section_row(index, sources, columns, in_digits=in_digits)
    cells = tuple(
        None if source is None else builder.build(source, "section" if is_section else column.role)
        for source, column in zip(sources, columns, strict=True)
    )
    return Row(row=index, kind="section" if is_section else "data", cells=cells)
