"""Print a text plan as a PDF: one landscape page a printed header row, by headless Chromium. For tests only."""

from __future__ import annotations

import html
import re
from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
_STYLE = """
@page{size:A4 landscape;margin:14mm 12mm}
body{font:9.5pt/1.35 "Noto Serif CJK SC","Noto Sans CJK SC","AR PL UMing CN",serif}
table{border-collapse:collapse;width:100%;table-layout:fixed}
td{border:.6pt solid #000;padding:2pt 3pt;vertical-align:middle}
.page{break-before:page}p{margin:3pt 0}
td:nth-child(1){width:5%}td:nth-child(2){width:13%}td:nth-child(3){width:46%}td:nth-child(4){width:9%}
"""


def make_html(text: str) -> str:
    """The plan as HTML: each run of tab-separated lines is a table; every one but a plan's first starts a page."""
    parts: list[str] = []
    rows: list[list[str]] = []
    after_table = False
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            width = max(len(row) for row in rows)
            body = "".join(_row(row, width) for row in rows)
            parts.append(f"<table{' class=page' if after_table else ''}>{body}</table>")
            rows, after_table = [], True
        if line.strip():
            is_heading = re.fullmatch(r"附件\s*\d+\s*", line) is not None
            parts.append(f"<p{' class=page' if is_heading else ''}>{_text(line)}</p>")
            after_table = False
    return f"<meta charset=utf-8><style>{_STYLE}</style><body>{''.join(parts)}"


def _row(row: list[str], width: int) -> str:
    filled = [cell for cell in row if cell.strip()]
    if len(filled) == 1 and row[0].strip() and not row[0].strip().isdigit():
        return f"<tr><td colspan={width}>{_text(row[0])}</td></tr>"
    cells = [_text(cell) for cell in row + [""] * (width - len(row))]
    cells[4:] = [cell.replace(" ", "<br>") for cell in cells[4:]]  # one body a line, as plans print them
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _text(text: str) -> str:
    """One printed name a line in agency cells; OCR mark-up as subscripts."""
    shown = html.escape(re.sub(r"</?p>", " ", text).strip())
    return re.sub(r"\s*_\{([^}]*)\}\s*", r"<sub>\1</sub>", shown)


def print_pdf(source: str, target: Path) -> None:
    """Print HTML as a PDF."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page()
        page.set_content(source)
        page.pdf(path=str(target), prefer_css_page_size=True)
        browser.close()
