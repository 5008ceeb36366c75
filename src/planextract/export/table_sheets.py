"""The contract's tables as sheets: one row a row, typed cells, the meaning of every column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planextract.export.formats import Formats
from planextract.export.sheet_names import SheetNames
from planextract.export.source import ExportSource
from planextract.export.spreadsheet_text import cut_text, guard, is_formula_like, show_controls
from planextract.export.values import to_json
from planextract.write.table_spec import TableSpec

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS = 1_048_576
_WIDE = frozenset(
    {
        "text",
        "text_raw",
        "body_text",
        "message",
        "before",
        "after",
        "reasons",
        "match_reason",
        "name",
        "title",
        "agency_raw",
        "agency",
        "full_name",
    }
)


class TableSheets:
    """Adds sheets of tables to a workbook; texts too long for a cell go on in the sheet ``long_texts``."""

    def __init__(self, workbook: Workbook, names: SheetNames, formats: Formats, *, is_exact: bool) -> None:
        self._workbook = workbook
        self._names = names
        self._formats = formats
        self._is_exact = is_exact
        self._long: list[tuple[str, int, str, str]] = []

    def add(self, source: ExportSource, table: TableSpec) -> int:
        """Add a table, on as many sheets as its rows need, and return how many rows it has."""
        sheet = self._open(table)
        count, row = 0, 1
        for record in source.read_rows(table):
            if row == MAX_ROWS:
                self._finish(sheet, table, row)
                sheet, row = self._open(table), 1
            for col, column in enumerate(table.columns):
                self._write(sheet, row, col, record[column.name], column.name)
            row += 1
            count += 1
        self._finish(sheet, table, row)
        return count

    def add_long_texts(self) -> None:
        """Add the sheet of texts that are longer than a cell may be, if there are any."""
        if not self._long:
            return
        name = self._names.take("long_texts")
        sheet = self._workbook.add_worksheet(name)
        self._write_names(sheet, ("sheet", "row", "column", "part", "text"), (18, 8, 16, 6, 120))
        row = 1
        for home, home_row, column, text in self._long:
            for part, piece in enumerate(cut_text(text), start=1):
                for col, value in enumerate((home, home_row + 1, column, part, piece)):
                    if isinstance(value, int):
                        sheet.write_number(row, col, value, self._formats.value())
                    else:
                        sheet.write_string(row, col, value, self._formats.value())
                row += 1

    def add_columns(self, tables: Sequence[TableSpec]) -> None:
        """Add the meaning of every column."""
        sheet = self._workbook.add_worksheet(self._names.take("columns"))
        self._write_names(sheet, ("table", "column", "type", "null", "meaning"), (18, 20, 16, 6, 110))
        row = 1
        for table in tables:
            for column in table.columns:
                meaning = column.description + (f" [{column.unit}]" if column.unit else "")
                meaning += ": " + ", ".join(column.choices) if column.choices else ""
                values = (table.name, column.name, column.type, "yes" if column.nullable else "", meaning)
                for col, value in enumerate(values):
                    sheet.write_string(row, col, value, self._formats.value())
                row += 1
        sheet.autofilter(0, 0, row - 1, 4)

    def _open(self, table: TableSpec) -> Worksheet:
        sheet: Worksheet = self._workbook.add_worksheet(self._names.take(table.name))
        widths = [
            46.0 if c.name in _WIDE else 25.0 if c.name.endswith(("_id", "_path")) else max(12.0, len(c.name) + 4.0)
            for c in table.columns
        ]
        self._write_names(sheet, [column.name for column in table.columns], widths)
        return sheet

    def _write_names(self, sheet: Worksheet, names: Sequence[str], widths: Sequence[float]) -> None:
        for col, (name, width) in enumerate(zip(names, widths, strict=True)):
            sheet.set_column(col, col, width)
            sheet.write_string(0, col, name, self._formats.column_name())
        sheet.set_row(0, 20)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(0)
        sheet.set_footer("&C&9&A  &P / &N")

    def _finish(self, sheet: Worksheet, table: TableSpec, rows: int) -> None:
        sheet.autofilter(0, 0, max(rows - 1, 1), len(table.columns) - 1)

    def _write(self, sheet: Worksheet, row: int, col: int, value: Any, column: str) -> None:  # noqa: ANN401
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, col, value, self._formats.value())
        elif isinstance(value, int | float):
            sheet.write_number(row, col, value, self._formats.value())
        elif isinstance(value, date):
            sheet.write_datetime(row, col, value, self._formats.value("yyyy-mm-dd"))
        else:
            self._write_text(sheet, row, col, value if isinstance(value, str) else to_json(value), column)

    def _write_text(self, sheet: Worksheet, row: int, col: int, text: str, column: str) -> None:
        is_marked = self._is_exact and is_formula_like(text)
        shown = show_controls(text if self._is_exact else guard(text))
        pieces = cut_text(shown)
        if len(pieces) > 1:
            self._long.append((sheet.get_name(), row, column, shown))
            shown = cut_text(shown, 32_000)[0] + "…〔long_texts〕"
        sheet.write_string(row, col, shown, self._formats.value(is_text=is_marked))
