"""Typeset a variant as a web page printed by Chromium."""

from __future__ import annotations

import html

from tests.lab.by_chromium import print_html
from tests.lab.constructs.model import Cell, Look, Overprint, Sheet, Table, Variant

_FONTS = {
    "sans": "'Noto Sans CJK SC'",
    "serif": "'Noto Serif CJK SC'",
    "other_sans": "'WenQuanYi Micro Hei'",
    "other_serif": "'AR PL UMing CN'",
}
_MONO = "'Noto Sans Mono CJK SC','WenQuanYi Micro Hei Mono',monospace"


def make_html(variant: Variant) -> str:
    """Return a variant as an HTML page with print styles."""
    look = variant.look
    wide, high = _size(look)
    body = "".join(f"<section>{_make_sheet(sheet, look)}</section>" for sheet in variant.sheets)
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><style>@page {{ size: {wide}pt {high}pt; margin: {look.margin}pt }}'
        f"body {{ margin: 0; font: {look.size}pt/{look.leading} {_FONTS[look.font]} }} section {{ break-after: page; position: relative }}"
        f"table {{ border-collapse: collapse; table-layout: fixed; position: relative }}"
        f"td {{ padding: {look.pad_y}pt {look.pad_x}pt; vertical-align: {'middle' if look.is_middle else 'top'}; overflow-wrap: anywhere;"
        f" -webkit-print-color-adjust: exact }} p {{ text-align: center; font-size: 1.4em; margin: 0 0 8pt 0 }}"
        f"div {{ position: fixed; box-sizing: border-box }}</style><body>{body}</body></html>"
    )


def _size(look: Look) -> tuple[float, float]:
    return look.paper[::-1] if look.is_landscape else look.paper


def _make_sheet(sheet: Sheet, look: Look) -> str:
    parts = []
    for block in sheet.blocks:
        parts.append(
            _make_table(block, look, sheet.overprints) if isinstance(block, Table) else f"<p>{html.escape(block)}</p>"
        )
    if sheet.drawing:
        lines = html.escape("\n".join(sheet.drawing))
        parts.append(f'<pre style="font:{look.size * 0.8}pt/{look.leading} {_MONO};margin:0">{lines}</pre>')
    (wide, high), margin = _size(look), look.margin
    for x0, top, x1, bottom in sheet.frames:
        parts.append(
            f'<div style="left:{x0 * wide - margin}pt;top:{top * high - margin}pt;width:{(x1 - x0) * wide}pt;height:{(bottom - top) * high}pt;'
            f'border:{look.rule_pt}pt solid black"></div>'
        )
    for x, y, text in sheet.notes:
        parts.append(
            f'<div style="left:{x * wide - margin}pt;top:{y * high - margin - 5}pt;font-size:8pt;line-height:1">{html.escape(text)}</div>'
        )
    for x0, top, x1, bottom in sheet.strays:
        parts.append(
            f'<div style="left:{x0 * wide - margin}pt;top:{top * high - margin}pt;width:{max((x1 - x0) * wide, 0.6)}pt;'
            f'height:{max((bottom - top) * high, 0.6)}pt;background:black;-webkit-print-color-adjust:exact"></div>'
        )
    for mark in sheet.watermarks:
        parts.append(
            f'<div style="left:{mark.x * wide - margin}pt;top:{mark.y * high - margin}pt;font-size:{mark.size}pt;white-space:nowrap;'
            f'color:{mark.color};transform:rotate({-mark.angle}deg);transform-origin:left bottom;line-height:1">{html.escape(mark.text)}</div>'
        )
    return "".join(parts)


def _make_table(table: Table, look: Look, overprints: list[Overprint]) -> str:
    room = _size(look)[0] - 2 * look.margin
    columns = "".join(f'<col style="width:{share * room:.1f}pt">' for share in table.widths)
    rows = []
    for i, row in enumerate(table.rows):
        cells = []
        for j, cell in enumerate(row):
            if cell.is_covered:
                continue
            over = "".join(_make_overprint(o) for o in overprints if (o.row, o.col) == (i, j))
            cells.append(
                f'<td rowspan="{cell.rows}" colspan="{cell.cols}" style="{_make_style(cell, table, look)}">{over}{_make_text(cell)}</td>'
            )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    spacing = f"border-collapse:separate;border-spacing:{table.gap}pt" if table.gap else ""
    return f'<table style="width:{sum(table.widths) * room:.1f}pt;{spacing}"><colgroup>{columns}</colgroup>{"".join(rows)}</table>'


def _make_overprint(over: Overprint) -> str:
    return f'<span style="position:absolute;z-index:9;white-space:nowrap;color:{over.color};font-size:{over.scale}em;line-height:1">{over.text}</span>'


def _make_style(cell: Cell, table: Table, look: Look) -> str:
    gray = round(look.gray * 255)
    kind = "dashed" if table.dash is not None else "double" if table.double else "solid"
    width = 3 * look.rule_pt + 1.5 if table.double else look.rule_pt
    styles = [f"color:{cell.color}", f"text-align:{cell.align}"]
    if table.least_height:
        styles.append(f"height:{table.least_height}pt")
    for side in ("top", "right", "bottom", "left"):
        value = getattr(cell, side)
        shade = "white" if value == "white" else f"rgb({gray},{gray},{gray})"
        styles.append(f"border-{side}:" + ("none" if value == "none" else f"{width}pt {kind} {shade}"))
    if cell.fill:
        styles.append(f"background:{cell.fill}")
    if cell.is_bold:
        styles.append("font-weight:bold")
    return ";".join(styles)


def _make_text(cell: Cell) -> str:
    text = html.escape(cell.text).replace("\n", "<br>")
    if cell.is_underlined:
        text = f"<u>{text}</u>"
    if cell.inner is not None:
        rows = "".join(
            "<tr>" + "".join(f'<td style="border:0.5pt solid black">{t}</td>' for t in r) + "</tr>" for r in cell.inner
        )
        text += f"<table>{rows}</table>"
    return text + (f"<s>{html.escape(cell.struck)}</s>" if cell.struck else "")


def print_chromium(variant: Variant) -> bytes:
    """Return a variant as PDF."""
    return print_html(make_html(variant))
