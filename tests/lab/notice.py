"""The Xicheng notice of 2021 as a PDF with its real page breaks, made from its text.

The text prints the header row on every page, so each header row is one page of the print. A row that the page cut
(so says the hand-made gold) has no rule at the bottom of its page. Blank cells inside a page are merged with the cell
above, as the print had them: number and name; deadline; the owners, and with them the others.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from tests.lab.model import LabCell, LabPlan, LabRow, LabTable, LabText
from tests.lab.options import LabOptions

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "raw" / "xicheng-2021-action-plan.txt"
GOLD = ROOT / "tests" / "benchmark" / "xicheng-2021" / "gold.yaml"
_LOWERED = re.compile(r"PM\s*_\{(.*?)\}")
_TAG = re.compile(r"</?p>")
_ROLES = ("task_no", "task_name", "measure", "deadline", "responsible", "support")
_WIDTHS = (0.06, 0.14, 0.40, 0.10, 0.15, 0.15)
_OWNER, _SUPPORT = 4, 5
_LONG = 60  # characters: a paragraph, no line


class _Keys:
    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        self.last += 1
        return self.last


def make_notice() -> LabPlan:
    """Return the notice to typeset. It carries no truth of its own: that is the result of reading its text."""
    keys = _Keys()
    blocks: list[LabText | LabTable] = []
    cut_after = _load_cut_pages()
    page = 0
    rows: list[list[str]] = []
    for line in [*SOURCE.read_text(encoding="utf-8").splitlines(), ""]:
        if "\t" in line or (rows and line.strip()):
            rows.append([*line.split("\t"), *[""] * 6][:6])
            continue
        if rows:
            page += 1
            last = _last_cell(blocks)
            follows_heading = isinstance(blocks[-1], LabText)
            table = _make_page(keys, rows, last, starts_page=not follows_heading, is_cut=page in cut_after)
            blocks.append(table)
            rows = []
        if line.strip():
            blocks.append(_make_line(keys, line.strip(), blocks))
    options = LabOptions(
        page="A3", header="every", cut="never", ragged_fill=False, page_numbers="none", edge="open_bottom"
    )
    return LabPlan(seed=0, options=options, blocks=tuple(blocks), titles=("",), tasks=())


def _load_cut_pages() -> set[int]:
    gold = yaml.safe_load(GOLD.read_text(encoding="utf-8"))
    return {b["page_before"] for b in gold["boundaries"] if b["row_decision"] == "cut_row"}


def _last_cell(blocks: list[LabText | LabTable]) -> str:
    """Return the text of the last measure cell printed so far."""
    for block in reversed(blocks):
        if isinstance(block, LabTable):
            return next(cell.text for cell in reversed(block.cells) if cell.col == 2)
    return ""


def _make_line(keys: _Keys, text: str, blocks: list[LabText | LabTable]) -> LabText:
    shown = _clean(text)
    before = blocks[-1] if blocks else None
    is_rest = (
        isinstance(before, LabText) and len(before.text) > _LONG and not before.text.endswith(("。", "：", "通知"))
    )
    if shown.startswith("附件") and len(shown) <= 3:
        style, starts = "attachment", True
    elif is_rest:
        return LabText(key=keys.next(), text=shown, style="plain", starts_page=True)
    elif (
        (isinstance(before, LabText) and before.style == "attachment")
        or ("关于" in shown and shown.endswith("的通知"))
        or shown.endswith("文件")
    ):
        style, starts = "title", False
    elif shown.startswith("西政办发"):
        style, starts = "number", False
    elif len(shown) > _LONG:
        style, starts = "indented", False
    elif re.fullmatch(r"\d{4}年\d+月\d+日", shown) or shown == "北京市西城区人民政府办公室":
        style, starts = "right", False
    elif shown.startswith("附件") or re.match(r"\d\.", shown):
        style, starts = "hanging", False
    else:
        style, starts = "plain", False
    return LabText(key=keys.next(), text=shown, style=style, starts_page=starts)


def _clean(text: str) -> str:
    """Return a text as the print has it: lowered characters for the OCR's mark-up, no spaces."""
    return re.sub(r"\s+", "", _LOWERED.sub(r"PM⟦\1⟧", _TAG.sub("", text)))


def _make_page(keys: _Keys, rows: list[list[str]], last: str, *, starts_page: bool, is_cut: bool) -> LabTable:
    header = tuple(LabCell(key=keys.next(), row=0, col=col, paragraphs=(label,)) for col, label in enumerate(rows[0]))
    cells: list[dict] = []
    kinds: list[LabRow] = []
    top: dict[int, dict] = {}
    for index, fields in enumerate(rows[1:]):
        if not any(fields[1:]):
            kinds.append(LabRow(kind="section"))
            cells.append(_cell(keys, index, 0, (_clean(fields[0]),), col_span=6))
            top = {}
            continue
        kinds.append(LabRow(kind="task" if fields[0] else "measure"))
        for col, field in enumerate(fields):
            if not field and col in top and _is_merged(col, fields):
                top[col]["row_span"] += 1
                continue
            cell = _cell(keys, index, col, _make_paragraphs(col, field, is_rest=index == 0 and not last.endswith("。")))
            cells.append(cell)
            top[col] = cell
    return LabTable(
        columns=tuple(zip(_ROLES, rows[0], strict=True)),
        widths=_WIDTHS,
        header_rows=1,
        header=header,
        rows=tuple(kinds),
        cells=tuple(LabCell(**cell) for cell in cells),
        plan_no=1,
        starts_page=starts_page,
        is_open=is_cut,
    )


def _cell(keys: _Keys, row: int, col: int, paragraphs: tuple[str, ...], col_span: int = 1) -> dict:
    return {"key": keys.next(), "row": row, "col": col, "row_span": 1, "col_span": col_span, "paragraphs": paragraphs}


def _is_merged(col: int, fields: list[str]) -> bool:
    """Tell whether a blank cell belongs to the one above: all but a lone blank cell of the supporters."""
    if col in (0, 1):
        return not fields[0]
    return col != _SUPPORT or not fields[_OWNER]


def _make_paragraphs(col: int, field: str, *, is_rest: bool) -> tuple[str, ...]:
    """Cut a cell into printed paragraphs: agencies one a line, measures where a sentence ends before a space."""
    text = _TAG.sub("", field).strip()
    if col in (_OWNER, _SUPPORT):
        return (text,) if re.fullmatch(r"[-—\s]*", text) else tuple(text.split())
    if col != 2:
        return (_clean(text),)
    parts = [_clean(part) for part in re.split(r"(?<=。)\s+(?=[\u4e00-\u9fff])", text)]
    if not parts[0]:
        return ("",)
    indent = ["" if index == 0 and is_rest else "\u3000\u3000" for index in range(len(parts))]
    return tuple(space + part for space, part in zip(indent, parts, strict=True))
