"""The Xicheng notice as a printed document: each page of the published text on a page of its own."""

from __future__ import annotations

import html
import re

from tests.lab.by_chromium import print_html

FONTS = {"sans": "'Noto Sans CJK SC'", "serif": "'AR PL UMing CN'"}
_WIDTHS = (5, 12, 45, 9, 16, 13)
_SUB = re.compile(r"\s?_\{(.+?)\}\s?")
_TAG = re.compile(r"</?p>")
_SENTENCE_END = re.compile(r"(?<=[。！？])\s+")
_HEADER = "序号\t"


def print_notice(text: str, font: str = "serif", size_pt: float = 10.5) -> bytes:
    """Typeset the text of ``raw/`` as PDF, A4 landscape, in one of :data:`FONTS`."""
    return print_html(make_html(text, font, size_pt))


def make_html(text: str, font: str = "serif", size_pt: float = 10.5) -> str:
    """Return the notice as HTML: lines of text as paragraphs, rows between two headers as a table of one page."""
    parts: list[str] = []
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if "\t" in line:
            if line.startswith(_HEADER) and rows:
                parts.append(_make_table(rows))
                rows = []
            rows.append(line.split("\t"))
            continue
        if re.match(r"[一二三四五六七八九十]+、", line) and rows:
            rows.append([line.strip()])
            continue
        if line.strip() and rows:
            parts.append(_make_table(rows))
            rows = []
        if line.strip():
            opens = ' style="break-before: page"' if line.startswith(("附件 ", "抄送")) else ""
            parts.append(f"<p{opens}>{_mark(line.strip())}</p>")
    style = (
        f"@page {{ size: 297mm 210mm; margin: 18mm 16mm }} body {{ font-family: {FONTS[font]}; font-size: {size_pt}pt;"
        " line-height: 1.35; margin: 0 } p { margin: 0 0 0.4em } table { border-collapse: collapse; width: 100%;"
        " table-layout: fixed } table + table { break-before: page } td { border: 0.75pt solid black; padding: 2pt 4pt;"
        " overflow-wrap: anywhere } tr { break-inside: avoid } sub { font-size: 65%; line-height: 0 }"
    )
    return f'<!doctype html><meta charset="utf-8"><style>{style}</style>{"".join(parts)}'


def _make_table(rows: list[list[str]]) -> str:
    columns = "".join(f'<col style="width:{width}%">' for width in _WIDTHS)
    out = []
    for row in rows:
        filled = [field for field in row if field.strip()]
        if len(filled) == 1 and re.match(r"[一二三四五六七八九十]+、", filled[0]):
            out.append(f'<tr><td colspan="6">{_mark(filled[0])}</td></tr>')
            continue
        cells = [_mark_list(field) if place >= 4 else _mark(field) for place, field in enumerate(row)]
        out.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return f"<table><colgroup>{columns}</colgroup>{''.join(out)}</table>"


def _mark(text: str) -> str:
    shown = html.escape(_TAG.sub("", text).strip())
    return _SENTENCE_END.sub("<br>", _SUB.sub(r"<sub>\1</sub>", shown)).replace("O₃", "O<sub>3</sub>")


def _mark_list(text: str) -> str:
    plain = _TAG.sub(" ", text).strip()
    if plain.replace(" ", "").strip("—-") == "":
        return html.escape(plain)
    return "<br>".join(html.escape(name) for name in plain.split())
