"""Typeset with LibreOffice: a .docx of our own making, converted by Writer."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.lab.model import LabCell, LabPlan, LabTable, LabText, make_color, split_lowered

_FONTS = {"sans": "WenQuanYi Micro Hei", "serif": "AR PL UMing CN"}
_SIZES = {"A4": (11906, 16838), "A3": (16838, 23811), "B5": (9979, 14175)}  # twentieths of a point
_MARGIN = 1100
_BORDERS = {
    "lines": ("single", 4, "000000"),
    "segments": ("single", 6, "000000"),
    "boxes": ("single", 8, "000000"),
    "filled": ("single", 4, "333333"),
    "dashed": ("dashed", 4, "000000"),
    "double": ("double", 4, "000000"),
    "color": ("single", 6, "5A73B3"),
    "hairline": ("single", 2, "000000"),
}
_CENTERED = frozenset({"task_no", "deadline", "section"})
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def find_soffice() -> str | None:
    """Return LibreOffice's path, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def print_libreoffice(plan: LabPlan) -> bytes:
    """Typeset a plan with LibreOffice."""
    return convert_docx([make_docx(plan)])[0]


def convert_docx(documents: Sequence[bytes]) -> list[bytes]:
    """Convert .docx files to PDF, all in one start of LibreOffice."""
    soffice = find_soffice()
    if soffice is None:
        raise FileNotFoundError("soffice is not installed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for index, data in enumerate(documents):
            (folder / f"{index}.docx").write_bytes(data)
        command = [
            soffice,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder / "out"),
            *(str(folder / f"{index}.docx") for index in range(len(documents))),
        ]
        done = subprocess.run(command, capture_output=True, timeout=120 + 30 * len(documents), check=False)
        pdfs = [folder / "out" / f"{index}.pdf" for index in range(len(documents))]
        if not all(pdf.is_file() for pdf in pdfs):
            raise RuntimeError(f"soffice converted nothing: {done.stderr[-500:].decode(errors='replace')}")
        return [pdf.read_bytes() for pdf in pdfs]


def make_docx(plan: LabPlan) -> bytes:
    """Return the plan as a .docx file; the same plan gives the same bytes."""
    options = plan.options
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        '<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>'
        '<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_R}/footer" Target="footer1.xml"/>'
        f'<Relationship Id="rId2" Type="{_R}/header" Target="header1.xml"/></Relationships>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{_W}">{_make_footer(options.page_numbers)}</w:ftr>',
        "word/header1.xml": f'<w:hdr xmlns:w="{_W}"><w:p>{_run(plan.titles[0], 8, "555555") if options.running_head else ""}</w:p></w:hdr>',
        "word/document.xml": _make_body(plan),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), '<?xml version="1.0" encoding="UTF-8"?>' + text
            )
    return buffer.getvalue()


def _make_footer(style: str) -> str:
    def number(name: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{name}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'

    gray = "555555"
    runs = {
        "none": "",
        "plain": number("PAGE"),
        "dash": _run("— ", 9, gray) + number("PAGE") + _run(" —", 9, gray),
        "total": _run("第 ", 9, gray)
        + number("PAGE")
        + _run(" 页 共 ", 9, gray)
        + number("NUMPAGES")
        + _run(" 页", 9, gray),
    }[style]
    return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{runs}</w:p>'


def _run(
    text: str, size: float, color: str, font: str = "AR PL UMing CN", *, bold: bool = False, low: bool = False
) -> str:
    lowered = '<w:vertAlign w:val="subscript"/>' if low else ""
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>{"<w:b/>" if bold else ""}'
        f'<w:color w:val="{color}"/><w:sz w:val="{round(size * 2)}"/>{lowered}</w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def _make_body(plan: LabPlan) -> str:
    options = plan.options
    width, height = _SIZES[options.page]
    if options.landscape:
        width, height = height, width
    parts = []
    for block in plan.blocks:
        if isinstance(block, LabText):
            parts.append(_make_text(plan, block))
        else:
            parts.append(_make_table(plan, block, width - 2 * _MARGIN))
    orient = ' w:orient="landscape"' if options.landscape else ""
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId1"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{orient}/>'
        f'<w:pgMar w:top="1200" w:right="{_MARGIN}" w:bottom="1200" w:left="{_MARGIN}" w:header="600" w:footer="600" w:gutter="0"/></w:sectPr>'
    )
    return f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{"".join(parts)}{section}</w:body></w:document>'


def _make_text(plan: LabPlan, block: LabText) -> str:
    size = plan.options.font_pt * {"title": 1.5, "attachment": 1.2, "number": 1.0}.get(block.style, 1.1)
    align = {"title": "center", "number": "center", "right": "right"}.get(block.style, "both")
    indent = f'<w:ind w:firstLine="{round(size * 40)}"/>' if block.style in ("indented", "hanging") else ""
    new = "<w:pageBreakBefore/>" if block.starts_page else ""
    runs = _make_runs(plan, block.text, block.key, size, bold=block.style == "title")
    return (
        f'<w:p><w:pPr>{new}<w:spacing w:before="60" w:after="60"/>{indent}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'
    )


def _make_runs(plan: LabPlan, text: str, key: int, size: float, *, bold: bool = False) -> str:
    color = "{:02X}{:02X}{:02X}".format(*make_color(key))
    font = _FONTS.get(plan.options.font, _FONTS["serif"])
    return "".join(_run(part, size, color, font, bold=bold, low=low) for part, low in split_lowered(text))


def _make_table(plan: LabPlan, table: LabTable, room: int) -> str:
    widths = [round(share * room) for share in table.widths]
    value, size, color = _BORDERS[plan.options.ruling]
    sides = "".join(
        f'<w:{side} w:val="{value}" w:sz="{size}" w:space="0" w:color="{color}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    head = "".join(_make_row(plan, table, widths, row, is_header=True) for row in range(table.header_rows))
    body = "".join(_make_row(plan, table, widths, row, is_header=False) for row in range(len(table.rows)))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    new = (
        '<w:p><w:pPr><w:pageBreakBefore/><w:spacing w:before="0" w:after="0"/></w:pPr></w:p>'
        if table.starts_page
        else ""
    )
    return (
        f'{new}<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:p>'
    )


def _make_row(plan: LabPlan, table: LabTable, widths: list[int], row: int, *, is_header: bool) -> str:
    options = plan.options
    cells = table.header if is_header else table.cells
    repeats = "<w:tblHeader/>" if is_header and options.header == "every" else ""
    whole = "<w:cantSplit/>" if options.cut == "never" or is_header else ""
    out = []
    for cell in sorted(cells, key=lambda c: c.col):
        if cell.row <= row < cell.row + cell.row_span:
            out.append(_make_cell(plan, table, widths, cell, row, is_header=is_header))
    return f"<w:tr><w:trPr>{whole}{repeats}</w:trPr>{''.join(out)}</w:tr>"


def _make_cell(plan: LabPlan, table: LabTable, widths: list[int], cell: LabCell, row: int, *, is_header: bool) -> str:
    options = plan.options
    role = table.columns[cell.col][0]
    width = sum(widths[cell.col : cell.col + cell.col_span])
    span = f'<w:gridSpan w:val="{cell.col_span}"/>' if cell.col_span > 1 else ""
    merge = "" if cell.row_span == 1 else '<w:vMerge w:val="restart"/>' if cell.row == row else "<w:vMerge/>"
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E3EBF7"/>' if is_header and options.ruling == "color" else ""
    valign = '<w:vAlign w:val="center"/>' if is_header or options.valign == "middle" else ""
    align = "center" if is_header or (role in _CENTERED and cell.col_span == 1) else "left"
    is_open = table.is_open and not is_header and row == len(table.rows) - 1
    borders = '<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>' if is_open else ""
    paragraphs = []
    for text in cell.paragraphs if cell.row == row else ():
        is_long = role == "measure" and not is_header and cell.col_span == 1
        indent = (
            f'<w:ind w:firstLine="{round(options.font_pt * 40)}"/>'
            if is_long and options.paragraphs == "indented"
            else ""
        )
        after = 120 if is_long and options.paragraphs == "spaced" else 0
        runs = _make_runs(plan, text, cell.key, options.font_pt, bold=is_header) if text else ""
        paragraphs.append(
            f'<w:p><w:pPr><w:spacing w:before="0" w:after="{after}"/>{indent}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'
        )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{borders}{shade}{valign}</w:tcPr>{"".join(paragraphs) or "<w:p/>"}</w:tc>'
