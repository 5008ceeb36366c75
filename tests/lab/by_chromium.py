"""Typeset with headless Chromium: HTML with print styles; the browser cuts rows and repeats headers."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.lab.model import LabCell, LabPlan, LabTable, LabText, make_color, split_lowered

_FONTS = {"sans": "'Noto Sans CJK SC'", "serif": "'Noto Serif CJK SC'"}
_SIZES = {"A4": "210mm 297mm", "A3": "297mm 420mm", "B5": "176mm 250mm"}
_BORDERS = {
    "lines": "0.75pt solid black",
    "segments": "0.5pt solid black",
    "boxes": "1pt solid black",
    "filled": "0.6pt solid #333",
    "dashed": "0.75pt dashed black",
    "double": "2.25pt double black",
    "color": "0.75pt solid #5a73b3",
    "hairline": "0.2pt solid black",
}
_CENTERED = frozenset({"task_no", "deadline", "section"})
_NUMBERS = {
    "none": '""',
    "plain": "counter(page)",
    "dash": '"— " counter(page) " —"',
    "total": '"第 " counter(page) " 页 共 " counter(pages) " 页"',
}


def find_chromium() -> str | None:
    """Return the browser's path, or None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def print_chromium(plan: LabPlan) -> bytes:
    """Typeset a plan with Chromium."""
    return print_html(make_html(plan))


def print_html(page: str) -> bytes:
    """Print an HTML page to PDF; the browser has its own, fresh profile and no network."""
    chromium = find_chromium()
    if chromium is None:
        raise FileNotFoundError("chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        command = [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-extensions",
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, timeout=120, check=False)
        if not target.is_file():
            raise RuntimeError(f"chromium printed nothing: {done.stderr[-500:].decode(errors='replace')}")
        return target.read_bytes()


def make_html(plan: LabPlan) -> str:
    """Return the plan as an HTML page with print styles."""
    parts = [_make_text(block) if isinstance(block, LabText) else _make_table(plan, block) for block in plan.blocks]
    mark = '<div class="watermark">内部资料</div>' if plan.options.watermark else ""
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><style>{_make_style(plan)}</style></head>'
        f"<body>{mark}{''.join(parts)}</body></html>"
    )


def _make_style(plan: LabPlan) -> str:
    options = plan.options
    size = " ".join(reversed(_SIZES[options.page].split())) if options.landscape else _SIZES[options.page]
    head = f'@top-left {{ content: "{plan.titles[0]}"; font-size: 8pt; color: #555 }}' if options.running_head else ""
    return f"""
@page {{ size: {size}; margin: 20mm 18mm; {head}
  @bottom-center {{ content: {_NUMBERS[options.page_numbers]}; font-size: 9pt; color: #555 }} }}
body {{ font-family: {_FONTS.get(options.font, _FONTS["serif"])}; font-size: {options.font_pt}pt; line-height: 1.4; margin: 0 }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; margin-bottom: 1em }}
td, th {{ border: {_BORDERS[options.ruling]}; padding: 2pt 3pt; vertical-align: {options.valign}; overflow-wrap: anywhere; font-weight: normal }}
th {{ vertical-align: middle; text-align: center; {"background: #e3ebf7;" if options.ruling == "color" else ""} font-weight: bold }}
thead {{ display: {"table-header-group" if options.header == "every" else "table-row-group"} }}
tr {{ break-inside: {"avoid" if options.cut == "never" else "auto"} }}
td p {{ margin: 0 0 {"0.5em" if options.paragraphs == "spaced" else "0"} 0 }}
td p.long {{ text-indent: {"2em" if options.paragraphs == "indented" else "0"} }}
.center {{ text-align: center }}
.title {{ text-align: center; font-size: 1.5em; font-weight: bold; margin: 0.6em 0 }}
.number {{ text-align: center }} .right {{ text-align: right }} .indented, .hanging {{ text-indent: 2em }}
.attachment {{ font-size: 1.2em }} .new {{ break-before: page }}
table.open {{ border-bottom-style: hidden }} table.open td.last {{ border-bottom-style: hidden }}
sub {{ font-size: 65%; line-height: 0 }}
.watermark {{ position: fixed; top: 45%; left: 20%; font-size: 60pt; color: #d9d9d9; transform: rotate(-45deg); z-index: -1 }}
"""


def _color(key: int) -> str:
    return "color:rgb({},{},{})".format(*make_color(key))


def _make_runs(text: str) -> str:
    return "".join(f"<sub>{html.escape(part)}</sub>" if low else html.escape(part) for part, low in split_lowered(text))


def _make_text(block: LabText) -> str:
    new = " new" if block.starts_page else ""
    return f'<p class="{block.style}{new}" style="{_color(block.key)}">{_make_runs(block.text)}</p>'


def _make_table(plan: LabPlan, table: LabTable) -> str:
    columns = "".join(f'<col style="width:{width:.2%}">' for width in table.widths)
    head = "".join(_make_row(table, table.header, row, "th") for row in range(table.header_rows))
    body = "".join(_make_row(table, table.cells, row, "td") for row in range(len(table.rows)))
    names = f"{'new ' if table.starts_page else ''}{'open' if table.is_open else ''}"
    return f'<table class="{names}"><colgroup>{columns}</colgroup><thead>{head}</thead><tbody>{body}</tbody></table>'


def _make_row(table: LabTable, cells: tuple[LabCell, ...], row: int, tag: str) -> str:
    out = []
    for cell in sorted((cell for cell in cells if cell.row == row), key=lambda c: c.col):
        spans = (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "") + (
            f' colspan="{cell.col_span}"' if cell.col_span > 1 else ""
        )
        classes = []
        if tag == "td" and table.columns[cell.col][0] in _CENTERED and cell.col_span == 1:
            classes.append("center")
        if table.is_open and tag == "td" and cell.row + cell.row_span == len(table.rows):
            classes.append("last")
        named = f' class="{" ".join(classes)}"' if classes else ""
        style = "long" if table.columns[cell.col][0] == "measure" and cell.col_span == 1 else "short"
        text = "".join(f'<p class="{style}">{_make_runs(p)}</p>' for p in cell.paragraphs if p)
        if tag == "th":
            text = "<br>".join(_make_runs(p) for p in cell.paragraphs)
        out.append(f'<{tag}{spans}{named} style="{_color(cell.key)}">{text}</{tag}>')
    return f"<tr>{''.join(out)}</tr>"
