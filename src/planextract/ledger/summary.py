"""The sheet 汇总 of a ledger: how many measures of each body and category stand where, counted by the sheet itself.

Its cells are formulas over the ledger's columns, so that they follow what people fill in; each holds its value, too,
for those who read the file with another program. It is never taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planextract.export.layout import text_height
from planextract.ledger.columns import STATUS, STATUSES, LedgerColumn
from planextract.ledger.rows import LedgerRow
from planextract.model.roles import AGENCY_ROLES, Role

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TITLE = "汇总"
_DONE = "已完成"
_HEADS = ("单位或类别", "措施", *STATUSES, "未填报", "到期未完成", "完成率")
_WIDTHS = (40, 8, 8, 8, 8, 8, 8, 8, 11, 9)
_LONGEST = 200  # characters; a text in a formula may have 255
_HINT = "随台账填报自动计算：措施数按单位在牵头、主责、协办各栏出现计；“到期未完成”按打开当日计。"


@dataclass(frozen=True, slots=True)
class _Group:
    """A line of the summary: its name, and the condition that a row of the ledger belongs to it, as formula and now."""

    name: str
    condition: str
    holds: Callable[[LedgerRow], bool]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ledger's rows stand: the sheet, its first and last row from 1, the letters of each column."""

    sheet: str
    first: int
    last: int
    letters: dict[str, str]

    def cells(self, column: str) -> str:
        """Return the range of a column."""
        letters, name = self.letters[column], self.sheet.replace("'", "''")
        return f"'{name}'!${letters}${self.first}:${letters}${self.last}"


def draw_summary(
    sheet: Worksheet,
    place: Place,
    columns: Sequence[LedgerColumn],
    rows: Sequence[LedgerRow],
    styles: tuple[Format, Format, Format, Format, Format, Format],
) -> None:
    """Draw the sheet.

    Args:
        sheet: An empty sheet of the workbook.
        place: Where the ledger stands.
        columns: The ledger's columns.
        rows: Its rows.
        styles: Formats of the title, the hint, the header, texts, counts, and numbers in percent.
    """
    title, hint, header, body, count, share = styles
    for col, width in enumerate(_WIDTHS):
        sheet.set_column(col, col, width)
    sheet.merge_range(0, 0, 0, len(_HEADS) - 1, "完成情况汇总", title)
    sheet.set_row(0, 36)
    sheet.merge_range(1, 0, 1, len(_HEADS) - 1, _HINT, hint)
    sheet.set_row(1, 20)
    for col, label in enumerate(_HEADS):
        sheet.write_string(2, col, label, header)
    sheet.set_row(2, 28)
    number = 3
    for number, group in enumerate(_make_groups(place, columns, rows), start=3):
        sheet.write_string(number, 0, group.name, body)
        sheet.set_row(number, text_height(group.name, _WIDTHS[0]))
        own = [row for row in rows if group.holds(row)]
        for col, (formula, value) in enumerate(_count(place, group, own), start=1):
            sheet.write_formula(number, col, formula, count, value)
        formula = f'=IF(B{number + 1}=0,"",E{number + 1}/B{number + 1})'
        done = sum(row.values.get(STATUS.id) == _DONE for row in own)
        sheet.write_formula(number, len(_HEADS) - 1, formula, share, done / len(own) if own else "")
    sheet.freeze_panes(3, 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.repeat_rows(2)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, number, len(_HEADS) - 1)
    sheet.set_footer('&C&"宋体,常规"&9第 &P 页，共 &N 页')
    sheet.hide_gridlines(2)


def _count(place: Place, group: _Group, own: Sequence[LedgerRow]) -> Iterator[tuple[str, int]]:
    status = place.cells(STATUS.id)
    due = place.cells("due")
    yield f"=SUMPRODUCT({group.condition})", len(own)
    for state in STATUSES:
        counted = sum(row.values.get(STATUS.id) == state for row in own)
        yield f'=SUMPRODUCT({group.condition}*({status}="{state}"))', counted
    blank = sum(not row.values.get(STATUS.id) for row in own)
    yield f'=SUMPRODUCT({group.condition}*({status}=""))', blank
    # What is late depends on the day on which the sheet is opened; no clock is read here, and a program counts it.
    late = f'({due}<>"")*({due}<TODAY())*({status}<>"{_DONE}")*({status}<>"调整")'
    yield f"=SUMPRODUCT({group.condition}*{late})", 0


def _make_groups(place: Place, columns: Sequence[LedgerColumn], rows: Sequence[LedgerRow]) -> Iterator[_Group]:
    measures = place.cells("measure")
    yield _Group("合计", f'({measures}<>"")*1', lambda _: True)
    named = dict.fromkeys(row.values.get("category", "") for row in rows)
    categories = [name for name in named if len(name) <= _LONGEST]
    for name in categories if len(categories) > 1 else []:
        condition = f'({place.cells("category")}={_quote(name)})*({measures}<>"")'
        yield _Group(name.replace("\n", "／") or "（无类别）", condition, _in_category(name))
    roles = [column.role for column in columns if column.role in AGENCY_ROLES]
    for role in roles:
        label = next(column.label for column in columns if column.role is role)
        names = dict.fromkeys(name for row in rows for name in _names(row, role))
        for name in names:
            cells = f"CHAR(10)&{place.cells(role.value)}&CHAR(10)"
            condition = f"ISNUMBER(FIND(CHAR(10)&{_quote(name)}&CHAR(10),{cells}))*1"
            yield _Group(f"{label}：{name}", condition, _with_name(role, name))


def _in_category(name: str) -> Callable[[LedgerRow], bool]:
    return lambda row: row.values.get("category", "") == name


def _with_name(role: Role, name: str) -> Callable[[LedgerRow], bool]:
    return lambda row: name in _names(row, role)


def _names(row: LedgerRow, role: Role) -> list[str]:
    lines = row.values.get(role.value, "").split("\n")
    return [line for line in lines if line and line != "—" and len(line) <= _LONGEST]


def _quote(text: str) -> str:
    """Return a text as a formula writes it; line feeds are characters of their own."""
    parts = ['"' + part.replace('"', '""') + '"' for part in text.split("\n")]
    return "&CHAR(10)&".join(parts)
