"""Fonts, borders and fills of the workbook; each one is made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planextract.model.roles import Role

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

# The fonts of official documents (GB/T 9704), by the names that Office and WPS know; others fall back on their like.
_BODY, _HEAD, _TABLE = "仿宋", "黑体", "宋体"
_LINE = "#7F7F7F"
_CENTERED = frozenset({Role.TASK_NO, Role.DEADLINE, Role.SECTION})
_Value = str | int | float | bool


class Formats:
    """Gives a workbook's formats by what they are for."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, _Value], ...], Format] = {}

    def body(self, role: Role, *, is_review: bool = False, is_text: bool = False, is_long: bool = False) -> Format:
        """Cells of a plan; a text in the middle of one longer than a page would stand pages away."""
        return self._make(
            font_name=_BODY,
            font_size=10.5,
            text_wrap=True,
            valign="top" if is_long else "vcenter",
            border=1,
            border_color=_LINE,
            align="center" if role in _CENTERED else "left",
            quote_prefix=is_text,
            **({"bg_color": "#FFF2CC"} if is_review else {}),
        )

    def header(self) -> Format:
        """Header cells of a plan."""
        return self._make(
            font_name=_HEAD,
            font_size=11,
            text_wrap=True,
            valign="vcenter",
            align="center",
            border=1,
            border_color=_LINE,
            bg_color="#DCE6F1",
        )

    def section(self) -> Format:
        """Section rows of a plan."""
        return self._make(
            font_name=_HEAD,
            font_size=11,
            text_wrap=True,
            valign="vcenter",
            align="left",
            border=1,
            border_color=_LINE,
            bg_color="#F2F2F2",
            indent=1,
        )

    def title(self) -> Format:
        """The title above a table."""
        return self._make(font_name=_HEAD, font_size=18, text_wrap=True, valign="vcenter", align="center")

    def subtitle(self) -> Format:
        """The line below a title."""
        return self._make(
            font_name=_BODY, font_size=10.5, font_color="#595959", text_wrap=True, valign="vcenter", align="center"
        )

    def column_name(self) -> Format:
        """Names of columns in the sheets of tables."""
        return self._make(font_name=_TABLE, font_size=10, bold=True, bg_color="#DCE6F1", bottom=1, valign="vcenter")

    def value(self, number_format: str = "", *, is_text: bool = False) -> Format:
        """Values in the sheets of tables."""
        return self._make(
            font_name=_TABLE,
            font_size=10,
            valign="top",
            quote_prefix=is_text,
            **({"num_format": number_format} if number_format else {}),
        )

    def note(self) -> Format:
        """Lines that explain something."""
        return self._make(font_name=_TABLE, font_size=10, text_wrap=True, valign="top")

    def listed(self, *, is_centered: bool = False, is_link: bool = False, is_review: bool = False) -> Format:
        """Cells of the contents."""
        link: dict[str, _Value] = {"font_color": "#0563C1", "underline": 1} if is_link else {}
        fill: dict[str, _Value] = {"bg_color": "#FFF2CC"} if is_review else {}
        return self._make(
            font_name=_TABLE,
            font_size=10.5,
            text_wrap=True,
            valign="vcenter",
            border=1,
            border_color=_LINE,
            align="center" if is_centered else "left",
            **link,
            **fill,
        )

    def _make(self, **properties: _Value) -> Format:
        key = tuple(sorted((name, value) for name, value in properties.items() if value is not False))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(dict(key))
        return self._made[key]
