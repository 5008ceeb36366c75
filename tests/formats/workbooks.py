"""Writers of the neutral content as workbooks (openpyxl) and CSV."""

from __future__ import annotations

import csv
import io

from .notice import Cell, Content, Table


def make_workbook(content: Content, *, is_one_sheet: bool = False) -> bytes:
    """Write a workbook: the notice and each table with the lines above it on a sheet of their own, or all on one."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet, row, has_table = book.active, 1, False
    for index, block in enumerate(content.blocks):
        if isinstance(block, Table):
            row += _write_table(sheet, block, row)
            has_table = True
            continue
        if has_table and _opens(content, index):
            if is_one_sheet:
                row += 1
            else:
                sheet, row = book.create_sheet(), 1
            has_table = False
        sheet.cell(row, 1, block)
        row += 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _opens(content: Content, index: int) -> bool:
    """Tell whether a line belongs to what comes: the last lines of all do not."""
    return any(isinstance(block, Table) for block in content.blocks[index:]) or isinstance(
        content.blocks[index - 1], Table
    )


def _write_table(sheet, table: Table, top: int) -> int:
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            if cell.lines:
                sheet.cell(top + r, c + 1, _value(cell))
            if cell.row_span > 1 or cell.col_span > 1:
                sheet.merge_cells(
                    start_row=top + r,
                    start_column=c + 1,
                    end_row=top + r + cell.row_span - 1,
                    end_column=c + cell.col_span,
                )
    return len(table.rows)


def _value(cell: Cell) -> str | int:
    text = "\n".join(cell.lines)
    return int(text) if text.isdigit() and str(int(text)) == text else text


def make_csv(content: Content, *, encoding: str = "utf-8-sig", mark: str = ",") -> bytes:
    """Write all blocks one after the other as a spreadsheet would: a line of text is a record of one field."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=mark)
    width = max(table.width for table in content.tables)
    for index, block in enumerate(content.blocks):
        if isinstance(block, Table):
            for row in block.rows:
                writer.writerow(["\n".join(cell.lines) if cell else "" for cell in row])
        else:
            if index and isinstance(content.blocks[index - 1], Table):
                writer.writerow([""] * width)
            writer.writerow([block, *[""] * (width - 1)])
    return stream.getvalue().encode(encoding)
