"""Write a variant as .docx; LibreOffice prints it."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from tests.lab.by_libreoffice import _R, _RELATIONS, _TYPES, _W
from tests.lab.constructs.model import Cell, Look, Sheet, Table, Variant

_FONTS = {
    "sans": "WenQuanYi Micro Hei",
    "serif": "AR PL UMing CN",
    "other_sans": "Noto Sans CJK SC",
    "other_serif": "Noto Serif CJK SC",
}
_WHITE = "FFFFFF"


def make_docx(variant: Variant) -> bytes:
    """Return a variant as a Word file."""
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": _make_body(variant),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), '<?xml version="1.0" encoding="UTF-8"?>' + text
            )
    return buffer.getvalue()


def _make_body(variant: Variant) -> str:
    look = variant.look
    width, height = (round(20 * side) for side in (look.paper[::-1] if look.is_landscape else look.paper))
    margin = round(20 * look.margin)
    parts = []
    for number, sheet in enumerate(variant.sheets):
        parts.append(_make_sheet(sheet, look, width - 2 * margin, starts_page=number > 0))
    framed = any(sheet.frames for sheet in variant.sheets)
    borders = "".join(
        f'<w:{s} w:val="single" w:sz="8" w:space="24" w:color="000000"/>' for s in ("top", "left", "bottom", "right")
    )
    frame = f'<w:pgBorders w:offsetFrom="page">{borders}</w:pgBorders>' if framed else ""
    section = (
        f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{" w:orient=" + chr(34) + "landscape" + chr(34) if look.is_landscape else ""}/>'
        f'<w:pgMar w:top="{margin}" w:right="{margin}" w:bottom="{margin}" w:left="{margin}" w:header="400" w:footer="400" w:gutter="0"/>{frame}</w:sectPr>'
    )
    return f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{"".join(parts)}{section}</w:body></w:document>'


def _make_sheet(sheet: Sheet, look: Look, room: int, *, starts_page: bool) -> str:
    parts = []
    new = "<w:pageBreakBefore/>" if starts_page else ""
    for block in sheet.blocks:
        if isinstance(block, Table):
            if new:
                parts.append(
                    f'<w:p><w:pPr>{new}<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
                )
            parts.append(
                _make_table(block, look, room) + '<w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:p>'
            )
        else:
            run = _make_run(block, look, Cell(text=block), scale=1.4)
            parts.append(f'<w:p><w:pPr>{new}<w:jc w:val="center"/></w:pPr>{run}</w:p>')
        new = ""
    return "".join(parts)


def _make_table(table: Table, look: Look, room: int) -> str:
    widths = [round(share * room) for share in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    pads = "".join(
        f'<w:{side} w:w="{round(20 * pad)}" w:type="dxa"/>'
        for side, pad in (("top", look.pad_y), ("left", look.pad_x), ("bottom", look.pad_y), ("right", look.pad_x))
    )
    rows = []
    for row in table.rows:
        cells = "".join(
            _make_cell(cell, sum(widths[j : j + cell.cols]), look, _find_home(table, len(rows), j))
            for j, cell in enumerate(row)
            if not cell.is_covered or _find_home(table, len(rows), j)
        )
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{pads}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _find_home(table: Table, row: int, col: int) -> Cell | None:
    """Return the cell merged over rows that covers a position of its first column."""
    for i in range(row - 1, -1, -1):
        cell = table.rows[i][col] if col < len(table.rows[i]) else None
        if cell is not None and not cell.is_covered:
            return cell if i + cell.rows > row and cell.rows > 1 and table.rows[row][col].is_covered else None
    return None


def _make_cell(cell: Cell, width: int, look: Look, home: Cell | None) -> str:
    gray = f"{round(look.gray * 255):02X}" * 3
    sides = "".join(
        f'<w:{side} w:val="nil"/>'
        if (value := getattr(cell, side)) == "none"
        else f'<w:{side} w:val="single" w:sz="{max(2, round(look.rule_pt * 8))}" w:space="0" w:color="{_WHITE if value == "white" else gray}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill.lstrip("#")}"/>' if cell.fill else ""
    spans = f'<w:gridSpan w:val="{(home or cell).cols}"/>' if (home or cell).cols > 1 else ""
    merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else "<w:vMerge/>" if home else ""
    align = f'<w:jc w:val="{cell.align}"/>'
    runs = _make_run(cell.text, look, cell) if cell.text and not home else ""
    if cell.struck:
        runs += _make_run(cell.struck, look, Cell(text=cell.struck), strike=True)
    line = f'w:line="{round(240 * look.leading / 1.2)}" w:lineRule="auto"'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{merge}<w:tcBorders>{sides}</w:tcBorders>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="0" w:after="0" {line}/>{align}</w:pPr>{runs}</w:p>{_make_inner(cell, look)}</w:tc>'
    )


def _make_inner(cell: Cell, look: Look) -> str:
    """Return a table inside a cell; Word wants a paragraph behind it."""
    if cell.inner is None:
        return ""
    rows = [[Cell(text=text) for text in row] for row in cell.inner]
    table = Table(rows=rows, widths=[1 / len(row) for row in rows[:1] for _ in row])
    empty = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    return _make_table(table, look, 2600) + empty


def _make_run(text: str, look: Look, cell: Cell, *, scale: float = 1.0, strike: bool = False) -> str:
    font = _FONTS[look.font]
    bold = "<w:b/>" if cell.is_bold else ""
    marks = ("<w:strike/>" if strike else "") + f'<w:color w:val="{cell.color.lstrip("#")}"/>'
    line = '<w:u w:val="single"/>' if cell.is_underlined else ""
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>{bold}{marks}<w:sz w:val="{round(look.size * scale * 2)}"/>{line}</w:rPr>'
        f'<w:t xml:space="preserve">{_break(escape(text))}</w:t></w:r>'
    )


def _break(text: str) -> str:
    return text.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
