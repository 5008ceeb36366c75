"""Kinds of constructs that join others: tables right below each other, cards, level rules over pages, two kinds at once."""

from __future__ import annotations

import copy
from dataclasses import replace

from tests.lab.constructs import kinds, kinds_rules, kinds_text
from tests.lab.constructs.kinds_drawn import draw_grid
from tests.lab.constructs.maker import Draw, Maker
from tests.lab.constructs.model import Cell, Sheet, Table

_OTHERS = [
    ["指标名称", "单位", "2023年", "2024年", "责任人", "来源"],
    ["项目", "预算（万元）", "已拨付", "比例", "资金来源", "说明"],
    ["街道", "社区数", "人口（万人）", "面积", "网格数", "党组织数"],
]
_PAGES = [(595.28, 841.89), (841.89, 1190.55), (515.9, 728.5), (612.0, 792.0)]


def stacked(m: Maker) -> Draw:
    """Another table stands right above or below the plan, of any width and number of columns, without room between."""
    table = m.table(m.texts())
    count = m.rng.choice([2, 3, 4, 5, 6])
    labels = m.rng.choice(_OTHERS)[:count]
    rows = [
        [f"{m.rng.choice('甲乙丙丁')}类{i}", *(str(m.rng.randint(2, 900)) for _ in labels[1:])] for i in range(1, 4)
    ]
    texts = [labels, *rows[: m.rng.choice([1, 2, 3])]]
    share = m.rng.choice([0.4, 0.6, 0.8, 1.0, 1.0])
    weights = [m.rng.uniform(0.6, 1.6) for _ in labels]
    if count == 6 and m.rng.random() < 0.5:
        share, weights = 1.0, list(m.widths)
    other = Table(
        rows=[[Cell(text=text) for text in row] for row in texts],
        widths=[share * weight / sum(weights) for weight in weights],
    )
    if m.rng.random() < 0.3 and share == 1.0:
        other.rows.insert(0, [Cell() for _ in labels])
        other.rows[0][0].text = m.rng.choice(["附：主要指标", "资金安排表", "各街道基本情况"])
        other.merge(0, 0, 1, count)
    is_below = m.rng.random() < 0.6
    (other if is_below else table).is_close = True
    return [Sheet(blocks=[*m.head(), *((table, other) if is_below else (other, table))])], m.truth


def level_pages(m: Maker) -> Draw:
    """Only row rules, over two pages: the second with or without its header."""
    at = m.rng.randint(1, len(m.truth) - 1)
    first, second = m.two_pages(m.texts()[:at], m.texts()[at:], repeats=m.rng.random() < 0.6)
    is_three_line = m.rng.random() < 0.3
    for sheet in (first, second):
        rows = sheet.table.rows
        for i, row in enumerate(rows):
            for cell in row:
                cell.left = cell.right = "none"
                if is_three_line and i > 1:
                    cell.top = "none"
                if is_three_line and 0 < i < len(rows) - 1:
                    cell.bottom = "none"
    return [first, second], m.truth


def cards(m: Maker) -> Draw:
    """A card a task, labels left and values right; with a row for its title or cut by a page break, or neither."""
    pairs = m.rng.choice([[(0, 3), (1, None), (2, None), (4, 5)], [(0, None), (1, None), (2, None), (3, None), (4, 5)]])
    has_title, is_one = m.rng.random() < 0.4, m.rng.random() < 0.5
    made = [_make_card(m, number, pairs, has_title=has_title) for number in range(len(m.truth))]
    widths = [0.14, 0.36, 0.14, 0.36]
    at = m.rng.randint(1, len(made) - 1)
    sheets = []
    for part in (made[:at], made[at:]):
        groups = [[row for card in part for row in card]] if is_one else part
        tables = [Table(rows=rows, widths=list(widths)) for rows in groups]
        sheets.append(Sheet(blocks=[*([] if sheets else m.head()), *tables]))
    if is_one and m.rng.random() < 0.5:  # the break lies inside a card
        moved = sheets[0].table.rows[-m.rng.randint(1, len(pairs) - 1) :]
        del sheets[0].table.rows[-len(moved) :]
        sheets[1].table.rows[:0] = moved
    return sheets, m.truth


def _make_card(m: Maker, number: int, pairs: list[tuple[int, int | None]], *, has_title: bool) -> list[list[Cell]]:
    values = m.texts()[number]
    rows = []
    if has_title:
        rows.append([Cell(text=m.rng.choice(["任务{}", "任务卡（{}）", "第{}项"]).format(number + 1), align="center")])
    for left, right in pairs:
        row = [Cell(text=m.labels[left], is_bold=True), Cell(text=values[left])]
        rows.append(
            row if right is None else [*row, Cell(text=m.labels[right], is_bold=True), Cell(text=values[right])]
        )
    out = Table(rows=[[*row, *(Cell() for _ in range(4 - len(row)))] for row in rows], widths=[])
    for i, row in enumerate(rows):
        if len(row) < 4:
            out.merge(i, len(row) - 1, 1, 5 - len(row))
    return out.rows


def ascii_drawing(m: Maker) -> Draw:
    """The table is drawn with + - | in the raster of a fixed width."""
    sheet = Sheet(blocks=list(m.head()))
    widths = [6, 16, m.rng.choice([28, 36, 40]), 14, 16, 18]
    signs = m.rng.choice(["+++++++++-|", "+++++++++=|", "-----------", "|||||||||-|"])
    signs = signs if signs[-1] == "|" else "+++++++++-|"
    sheet.drawing = draw_grid([m.labels, *m.texts()], widths, signs, 1)
    m.look = {"is_landscape": True, "font": m.rng.choice(["sans", "serif"])}
    return [sheet], m.truth


_FIRST = (
    *(kinds_rules.merged_task, kinds_rules.header_words, kinds_text.bullets, kinds_text.number_wrapped_name),
    *(kinds_text.sub_numbers, kinds_text.wrapped_number, kinds.base, kinds.base),
)
_THEN = (
    *(kinds_rules.open_sides, kinds_rules.no_outer, kinds_rules.zebra, kinds_rules.stray_rules, kinds.page_frame),
    *(kinds.white_header, kinds.white_rules, kinds.tiles, kinds.underline, kinds.no_column_rule, kinds.no_row_rule),
    *(kinds.gray_header, kinds.overprint, kinds.struck, kinds_text.watermark, kinds_text.unequal_sizes),
    *(kinds_text.tiled_overprint, kinds_rules.faint_rules, kinds.short_strokes, kinds_rules.double_rules),
)


def combined(m: Maker) -> Draw:
    """Two or three kinds at once on one page."""
    _combine(m)
    sheet, table = m.one_page()
    if m.rng.random() < 0.3:
        kinds_rules._add_sections(m, table)
    return [sheet], m.truth


def combined_pages(m: Maker) -> Draw:
    """Two kinds at once, the table over two pages, its header repeated or not, a row cut or none."""
    _combine(m)
    sheet, table = m.one_page()
    places = [i for i in range(2, len(table.rows)) if not any(c.is_covered and c.top == "none" for c in table.rows[i])]
    if not places:
        return [sheet], m.truth
    at = m.rng.choice(places)
    sheet.overprints, later = [o for o in sheet.overprints if o.row < at], table.rows[at:]
    rows = [copy.deepcopy(table.rows[0])] if m.rng.random() < 0.5 else []
    cut = table.rows[at - 1][2]
    if m.rng.random() < 0.5 and not cut.struck and "\n" not in cut.text and cut.inner is None:
        rest = [replace(cell, text="", struck="", rows=1, is_covered=False) for cell in table.rows[at - 1]]
        rest[2].text = cut.text[-4:]
        cut.rest = rest[2]
        rows.append(rest)
    del table.rows[at:]
    second = replace(table, rows=[*rows, *later])
    return [sheet, Sheet(blocks=[second], frames=list(sheet.frames), strays=list(sheet.strays))], m.truth


def _combine(m: Maker) -> None:
    """Draw kinds and let them change the same table; paper and margins vary too."""
    pages: list[tuple[Sheet, Table]] = []
    make = m.one_page

    def one_page() -> tuple[Sheet, Table]:
        if not pages:
            pages.append(make())
        return pages[0]

    m.one_page = one_page  # type: ignore[method-assign]
    look: dict[str, float | str] = {}
    for kind in (m.rng.choice(_FIRST), *m.rng.sample(_THEN, m.rng.choice([1, 2]))):
        kind(m)
        look |= m.look
    table = m.one_page()[1]
    for i, row in enumerate(table.rows):
        for j, cell in enumerate(row):
            if cell.rows * cell.cols > 1:
                table.merge(i, j, cell.rows, cell.cols)  # no kind draws rules inside a merged cell
    m.look = {**look, "paper": m.rng.choice(_PAGES), "margin": m.rng.choice([28.0, 45.0, 72.0])}  # type: ignore[dict-item]
    m.look["font"] = m.rng.choice(["sans", "serif", "other_sans", "other_serif"])
