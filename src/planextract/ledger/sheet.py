"""Draw a ledger: a sheet with a filter, colors by date, what is needed to take it back hidden behind it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planextract.export.layout import STANDARD_FONT, text_height
from planextract.export.target import CREATOR
from planextract.ledger.columns import KEY, STATUS, STATUSES, LedgerColumn
from planextract.ledger.rows import LedgerRow
from planextract.ledger.summary import TITLE, Place, draw_summary
from planextract.read.xlsx.package import LEDGER_SHEET

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

BASELINE = LEDGER_SHEET
VERSION = 1
IDS_ROW, HEADER_ROW, FIRST_ROW = 2, 3, 4
"""Rows of the sheet: title, subtitle, ids of the columns (hidden), header, measures."""

_A3 = 8
_LINE, _BODY, _HEAD, _REPORTED = "#A6A6A6", "仿宋", "黑体", "#FFFDF5"
_FILLS = {"derived": "#FFFFFF", "plan": "#FFFFFF", "people": _REPORTED}
_TALLEST = 390.0
_WIDEST_FROZEN = 110  # characters
_WHOLE = "台账"
_SPARE_ROWS = 500  # rows that people may add
_INDENT = 1.1  # characters
_SMALLER = 10.5 / 10  # points for which heights are made, and points here
_LINE_SHARE = 0.96
_COLORS = (
    # What is done is green; what is late red; what is due within thirty days amber.
    ("#E2F0D9", 'OR(${status}="已完成",${status}="调整")'),
    ("#F8CBAD", 'OR(${status}="逾期",AND(${due}<>"",${due}<TODAY()))'),
    ("#FFE699", 'AND(${due}<>"",${due}<=TODAY()+30)'),
)
_HINT = (
    "请填写浅黄色各栏，“完成状态”从下拉列表中选择；需更正的原文（工作任务、具体措施、单位、完成时限）可直接修改。"
    "可筛选、排序、增加列；请勿删除隐藏的行和列。时限颜色：红色已过期，橙色30天内到期，绿色已完成。"
)


def write_ledger(
    path: Path,
    title: str,
    parts: Sequence[tuple[str, tuple[LedgerColumn, ...], Sequence[LedgerRow]]],
    made: Mapping[str, object],
) -> None:
    """Write a workbook of ledgers.

    Args:
        path: The file.
        title: Title above each sheet.
        parts: Name, columns and rows of each sheet.
        made: What the ledger was made from: kept with the baseline.
    """
    import xlsxwriter

    workbook: Workbook = xlsxwriter.Workbook(
        str(path),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": STANDARD_FONT,
        },
    )
    workbook.set_properties({"title": title[:200], "author": CREATOR, "created": datetime(2000, 1, 1)})
    formats = _Formats(workbook)
    for name, columns, rows in parts:
        sheet = workbook.add_worksheet(name)
        heading = title if len(parts) == 1 and name == _WHOLE else f"{title}（{name}）"
        _draw(sheet, heading, columns, rows, formats)
        if name == _WHOLE and rows:
            _add_summary(workbook, columns, rows, formats)
    _write_baseline(workbook, parts, made)
    workbook.close()


def _add_summary(
    workbook: Workbook, columns: Sequence[LedgerColumn], rows: Sequence[LedgerRow], formats: _Formats
) -> None:
    """Add the sheet that adds up the whole ledger, rows that people add to it included."""
    from xlsxwriter.utility import xl_col_to_name

    letters = {column.id: xl_col_to_name(col) for col, column in enumerate(columns)}
    place = Place(_WHOLE, FIRST_ROW + 1, FIRST_ROW + len(rows) + _SPARE_ROWS, letters)
    body = {
        "font_name": _BODY,
        "font_size": 10,
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
        "border_color": _LINE,
    }
    styles = (
        formats.title(),
        formats.hint(),
        formats.header(is_reported=False),
        formats.make(**body, indent=1),
        formats.make(**body, align="center", num_format='0;-0;"–"'),
        formats.make(**body, align="center", num_format="0%"),
    )
    draw_summary(workbook.add_worksheet(TITLE), place, columns, rows, styles)


class _Formats:
    """The formats of a ledger by what they are for, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def make(self, **properties: Any) -> Format:  # noqa: ANN401  (properties of many types)
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def title(self) -> Format:
        return self.make(font_name=_HEAD, font_size=18, align="center", valign="vcenter")

    def hint(self) -> Format:
        return self.make(font_name=_BODY, font_size=10, font_color="#595959", text_wrap=True, valign="vcenter")

    def header(self, *, is_reported: bool) -> Format:
        return self.make(
            font_name=_HEAD,
            font_size=10.5,
            bold=True,
            text_wrap=True,
            align="center",
            valign="vcenter",
            border=1,
            border_color=_LINE,
            bg_color="#FFF2CC" if is_reported else "#DCE6F1",
        )

    def body(self, column: LedgerColumn) -> Format:
        more = {"num_format": "yyyy-mm-dd"} if column.is_date else {}
        return self.make(
            font_name=_BODY,
            font_size=10,
            text_wrap=True,
            valign="vcenter",
            border=1,
            border_color=_LINE,
            align="center" if column.is_centered else "left",
            indent=0 if column.is_centered else 1,  # else the text touches the rule beside it
            bg_color=_FILLS[column.owner],
            **more,
        )

    def color(self, fill: str) -> Format:
        return self.make(bg_color=fill)


def _draw(
    sheet: Worksheet, title: str, columns: Sequence[LedgerColumn], rows: Sequence[LedgerRow], formats: _Formats
) -> None:
    last = len(columns) - 1
    for col, column in enumerate(columns):
        sheet.set_column(col, col, column.width)
        sheet.write_string(IDS_ROW, col, column.id)
        sheet.write_string(HEADER_ROW, col, column.label, formats.header(is_reported=column.owner == "people"))
    sheet.set_column(last + 1, last + 1, 12, None, {"hidden": True})
    sheet.write_string(IDS_ROW, last + 1, KEY)
    sheet.set_row(IDS_ROW, None, None, {"hidden": True})
    sheet.merge_range(0, 0, 0, last, title, formats.title())
    sheet.set_row(0, 36)
    # What stays on the screen holds the hint whole; beyond it, a frozen pane would cut it.
    sheet.merge_range(1, 0, 1, (_count_frozen(columns) or len(columns)) - 1, _HINT, formats.hint())
    sheet.set_row(1, 32)
    sheet.set_row(HEADER_ROW, 32)
    for number, row in enumerate(rows, start=FIRST_ROW):
        _draw_row(sheet, number, columns, row, formats)
    end = max(FIRST_ROW, FIRST_ROW + len(rows) - 1)
    _add_rules(sheet, columns, end, formats)
    sheet.autofilter(HEADER_ROW, 0, end, last)
    _set_up_page(sheet, end, last, columns)


def _draw_row(
    sheet: Worksheet, number: int, columns: Sequence[LedgerColumn], row: LedgerRow, formats: _Formats
) -> None:
    height = 24.0
    for col, column in enumerate(columns):
        text, style = row.values.get(column.id, ""), formats.body(column)
        height = max(height, text_height(text, _room(column)) * _LINE_SHARE)
        day = _parse_day(text) if column.is_date else None
        if day is not None:
            sheet.write_datetime(number, col, datetime(day.year, day.month, day.day), style)
        elif column.id == "no" and text.isdigit():
            sheet.write_number(number, col, int(text), style)
        elif text:
            sheet.write_string(number, col, text, style)
        else:
            sheet.write_blank(number, col, None, style)
    sheet.write_string(number, len(columns), row.measure_id)
    sheet.set_row(number, min(height, _TALLEST))


def _room(column: LedgerColumn) -> float:
    """Return the width that :func:`text_height` is to reckon with: text is smaller here, and set in from the rule."""
    return (column.width - (0.0 if column.is_centered else _INDENT)) * _SMALLER


def _parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _add_rules(sheet: Worksheet, columns: Sequence[LedgerColumn], end: int, formats: _Formats) -> None:
    """Offer the list of states, check dates, color the deadline by the day on which the sheet is looked at."""
    from xlsxwriter.utility import xl_col_to_name

    places = {column.id: col for col, column in enumerate(columns)}
    status, due = places[STATUS.id], places["due"]
    below = max(end, FIRST_ROW) + _SPARE_ROWS
    sheet.data_validation(
        FIRST_ROW,
        status,
        below,
        status,
        {
            "validate": "list",
            "source": list(STATUSES),
            "error_title": "完成状态",
            "error_type": "warning",
            "error_message": "请从列表中选择：" + "、".join(STATUSES),
        },
    )
    names = {"status": xl_col_to_name(status), "due": xl_col_to_name(due)}
    for fill, pattern in _COLORS:
        formula = pattern
        for name, letters in names.items():
            formula = formula.replace("${" + name + "}", f"${letters}{FIRST_ROW + 1}")
        for col in (status, due):
            sheet.conditional_format(
                FIRST_ROW,
                col,
                below,
                col,
                {"type": "formula", "criteria": f"={formula}", "format": formats.color(fill), "stop_if_true": True},
            )


def _count_frozen(columns: Sequence[LedgerColumn]) -> int:
    """Return how many columns stay on the screen: up to the measure, if that leaves room for others."""
    count = 1 + next((col for col, column in enumerate(columns) if column.id == "measure"), 0)
    return count if sum(column.width for column in columns[:count]) < _WIDEST_FROZEN else 0


def _set_up_page(sheet: Worksheet, end: int, last: int, columns: Sequence[LedgerColumn]) -> None:
    sheet.freeze_panes(FIRST_ROW, _count_frozen(columns))
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, end, last)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer('&C&"宋体,常规"&9第 &P 页，共 &N 页')
    sheet.hide_gridlines(2)
    sheet.set_zoom(90)


def _write_baseline(
    workbook: Workbook,
    parts: Sequence[tuple[str, tuple[LedgerColumn, ...], Sequence[LedgerRow]]],
    made: Mapping[str, object],
) -> None:
    """Write what every cell said, on a sheet that only a program can show: a row a measure, a column a column."""
    sheet = workbook.add_worksheet(BASELINE)
    ids = list(dict.fromkeys(column.id for _, columns, _ in parts for column in columns if column.id != "no"))
    sheet.write_string(0, 0, json.dumps({"ledger": VERSION, **made}, ensure_ascii=False, sort_keys=True))
    sheet.write_row(1, 0, [KEY, *ids])
    seen: dict[str, LedgerRow] = {}
    for _, _, rows in parts:
        for row in rows:
            seen.setdefault(row.measure_id, row)
    for number, row in enumerate(seen.values(), start=2):
        sheet.write_string(number, 0, row.measure_id)
        for col, name in enumerate(ids, start=1):
            text = row.values.get(name, "")
            if text:
                sheet.write_string(number, col, text)
    sheet.very_hidden()
