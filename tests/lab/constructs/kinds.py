"""The first kinds of constructs: each changes a plain plan in one respect, drawn anew for every seed."""

from __future__ import annotations

from dataclasses import replace

from tests.lab.constructs.maker import DARK, FILLS, Draw, Maker
from tests.lab.constructs.model import Cell, Overprint, Sheet, Table


def base(m: Maker) -> Draw:
    sheet, _ = m.one_page()
    return [sheet], m.truth


def short_page(m: Maker) -> Draw:
    """A continuation without header lacks its blank last columns."""
    at = m.rng.randint(1, len(m.truth) - 2)
    lost = m.rng.choice([1, 1, 1, 2])
    m.truth[at:] = [
        replace(r, support="", deadline=r.deadline) if lost == 1 else replace(r, support="", lead=r.lead)
        for r in m.truth[at:]
    ]
    first, second = m.two_pages(m.texts()[:at], [row[:-1] for row in m.texts()[at:]], repeats=False)
    second.table.widths = m.widths[:-1]
    return [first, second], m.truth


def sideways(m: Maker) -> Draw:
    """The right half of the table stands on the next page."""
    at = m.rng.choice([3, 4])
    texts = [m.labels, *m.texts()]
    sheets = []
    for low, high in ((0, at), (at, 6)):
        rows = [row[low:high] for row in texts]
        cells = [[Cell(text=t, is_bold=i == 0) for t in row] for i, row in enumerate(rows)]
        widths = [w / sum(m.widths[low:high]) * 0.9 for w in m.widths[low:high]]
        sheets.append(Sheet(blocks=[*(m.head() if low == 0 else []), Table(rows=cells, widths=widths)]))
    sheets[0].table.twin, sheets[1].table.twin = sheets[1].table, sheets[0].table
    return sheets, m.truth


def name_tail(m: Maker) -> Draw:
    """The rest of a name stands above the repeated header."""
    at = m.rng.randint(1, len(m.truth) - 1)
    rows = m.texts()
    name = rows[at - 1][1]
    cut = m.cut(name, 0.4, 0.8)
    tail = ["", name[cut:], "", "", "", ""]
    rows[at - 1][1] = name[:cut]
    first, second = m.two_pages(rows[:at], rows[at:], repeats=True)
    second.table.rows.insert(0, [Cell(text=t) for t in tail])
    return [first, second], m.truth


def blank_label(m: Maker) -> Draw:
    """The header cell of the last column is blank."""
    sheet, table = m.one_page()
    table.rows[0][5].text = ""
    return [sheet], m.truth


def page_frame(m: Maker) -> Draw:
    """A page frame with a head strip, a foot box, a binding box or nothing more."""
    sheet, _ = m.one_page()
    x0, x1, top, bottom = m.rng.uniform(0.03, 0.06), m.rng.uniform(0.94, 0.97), m.rng.uniform(0.02, 0.05), 0.96
    sheet.frames.append((x0, top, x1, bottom))
    style = m.rng.choice(["plain", "strip", "cells", "foot", "binding", "double", "feet"])
    if style in ("strip", "cells"):
        low = top + m.rng.uniform(0.015, 0.03)
        sheet.frames.append((x0, top, x1, low))
        if style == "cells":
            x = m.rng.uniform(0.3, 0.7)
            sheet.frames.append((x0, top, x, low))
        sheet.notes.append((x0 + 0.01, (top + low) / 2, m.rng.choice(["北京市西城区人民政府办公室", "内部资料", ""])))
    if style in ("foot", "feet"):
        high = bottom - m.rng.uniform(0.015, 0.03)
        sheet.frames.append((x0, high, x1, bottom))
        if style == "feet":
            sheet.frames.append((x0, high, 0.5, bottom))
        sheet.notes.append((0.45, (high + bottom) / 2, m.rng.choice(["第 1 页", "西城区人民政府办公室印发", ""])))
    if style == "binding":
        sheet.frames.append((x0, top, x0 + 0.025, bottom))
        sheet.notes.extend((x0 + 0.002, 0.3 + 0.15 * i, char) for i, char in enumerate("装订线"))
    if style == "double":
        sheet.frames.append((x0 + 0.006, top + 0.006, x1 - 0.006, bottom - 0.006))
    return [sheet], m.truth


def white_header(m: Maker) -> Draw:
    """White rules and white letters on the colored header; black rules below."""
    sheet, table = m.one_page()
    fill = m.rng.choice(DARK)
    for i, cell in enumerate(table.rows[0]):
        cell.fill, cell.color = fill, "#ffffff"
        cell.top = m.rng.choice(["white", "none", "black"]) if i == 0 else table.rows[0][0].top
        cell.left = "white" if i else "none"
        cell.right = "white" if i < 5 else "none"
    return [sheet], m.truth


def white_rules(m: Maker) -> Draw:
    """White rules on colored cells all over."""
    sheet, table = m.one_page()
    fill, dark = m.rng.choice(FILLS), m.rng.choice(DARK)
    for i, row in enumerate(table.rows):
        for cell in row:
            cell.fill = dark if i == 0 else fill
            cell.color = "#ffffff" if i == 0 else "#000000"
            cell.top = cell.right = cell.bottom = cell.left = "white"
    return [sheet], m.truth


def tiles(m: Maker) -> Draw:
    """Colored tiles with gaps or of two colors by turns, no rule at all."""
    sheet, table = m.one_page()
    style = m.rng.choice(["gaps", "gaps", "turns", "turns_gaps"])
    table.gap = m.rng.choice([0.8, 1.0, 1.5, 2.0]) if style != "turns" else 0.0
    a, b = m.rng.sample(FILLS, 2)
    for i, row in enumerate(table.rows):
        for j, cell in enumerate(row):
            cell.fill = a if style == "gaps" else (a, b)[(i + (j if style == "turns" else 0)) % 2]
            cell.top = cell.right = cell.bottom = cell.left = "none"
    return [sheet], m.truth


def number_in_name(m: Maker) -> Draw:
    """Number and name in one cell, with or without a column of numbers left."""
    mark = m.rng.choice(["{}.{}", "{}、{}", "（{}）{}", "{}．{}", "{} {}"])
    rows = [[mark.format(row[0], row[1]), *row[2:]] for row in m.texts()]
    m.labels, m.widths = m.labels[1:], [m.widths[0] + m.widths[1], *m.widths[2:]]
    return [Sheet(blocks=[*m.head(), m.table(rows)])], m.truth


def short_strokes(m: Maker) -> Draw:
    """Rules drawn as separate strokes below the length of a rule."""
    sheet, table = m.one_page()
    table.dash = (m.rng.uniform(0.8, 3.5), m.rng.uniform(0.5, 2.5))
    return [sheet], m.truth


def reprinted(m: Maker) -> Draw:
    """A cut row prints some or all of its cells again on the next page."""
    at = m.rng.randint(1, len(m.truth) - 1)
    rows = m.texts()
    text = rows[at - 1][2]
    again = m.rng.choice([{0, 1, 3, 4, 5}, {0, 1, 3, 4, 5}, {4, 5}, {3}, {0, 1}, {0, 1, 4, 5}, {3, 4}])
    rest = [text[-4:] if i == 2 else rows[at - 1][i] if i in again else "" for i in range(6)]
    first, second = m.two_pages(rows[:at], [rest, *rows[at:]], repeats=m.rng.random() < 0.4)
    first.table.rows[-1][2].rest = second.table.rows[-len(rows[at:]) - 1][2]
    return [first, second], m.truth


def reworded(m: Maker) -> Draw:
    """Page 2 repeats the header in other words; the numbers go on."""
    at = m.rng.randint(1, len(m.truth) - 1)
    first, second = m.two_pages(m.texts()[:at], m.texts()[at:], repeats=True)
    other = [
        ["编号", "序号"],
        ["任务名称", "重点工作", "工作任务"],
        ["具体措施", "主要措施", "工作内容"],
        ["完成时间", "时间节点", "时限要求"],
        ["主责单位", "责任单位", "牵头责任单位"],
        ["协办单位", "参与单位", "配合部门"],
    ]
    places = m.rng.sample(range(6), m.rng.randint(2, 6))
    if 4 in places or m.rng.random() < 0.7:
        places.append(4)
    for place in places:
        second.table.rows[0][place].text = m.rng.choice(other[place])
    return [first, second], m.truth


def underline(m: Maker) -> Draw:
    """Whole cells are underlined: a line of the text's length below every line."""
    sheet, table = m.one_page()
    for row in m.rng.sample(table.rows[1:], m.rng.randint(1, 3)):
        for place in m.rng.choice([[2], [2], [1], [4], [1, 2], [2, 4]]):
            row[place].is_underlined = True
    return [sheet], m.truth


def no_column_rule(m: Maker) -> Draw:
    """The rule between the two columns of bodies is missing in some rows."""
    sheet, table = m.one_page()
    count = len(table.rows) - 1
    for row in m.rng.sample(table.rows[1:], m.rng.randint(1, max(1, count // 2))):
        left = m.rng.choice([4, 4, 4, 3, 1])
        row[left].right = row[left + 1].left = "none"
    return [sheet], m.truth


def no_row_rule(m: Maker) -> Draw:
    """The rule between two tasks is missing, or between several."""
    sheet, table = m.one_page()
    count = len(table.rows) - 1
    for at in m.rng.sample(range(1, count), m.rng.choice([1, 1, 1, 2])):
        for above, below in zip(table.rows[at], table.rows[at + 1], strict=True):
            above.bottom = below.top = "none"
    return [sheet], m.truth


def band_rows(m: Maker) -> Draw:
    """All tasks stand in one ruled row, parted by room alone."""
    sheet, table = m.one_page()
    for above, below in zip(table.rows[1:], table.rows[2:], strict=False):
        for a, b in zip(above, below, strict=True):
            a.bottom = b.top = "none"
    return [sheet], m.truth


def gray_header(m: Maker) -> Draw:
    """A gray header without a rule below, with or without rules inside."""
    sheet, table = m.one_page()
    fill, inside = m.rng.choice(FILLS), m.rng.random() < 0.3
    for above, below in zip(table.rows[0], table.rows[1], strict=True):
        above.fill = fill
        above.bottom = below.top = "none"
        if not inside:
            above.left = above.right = "none"
    table.rows[0][0].left = table.rows[0][-1].right = "black"
    return [sheet], m.truth


def overprint(m: Maker) -> Draw:
    """A stamp's text or a watermark is printed over cells."""
    sheet, table = m.one_page()
    row = m.rng.randint(1, len(table.rows) - 1)
    if m.rng.random() < 0.5:
        text, color = (
            m.rng.choice(["西城区人民政府", "内部文件", "仅供参考", "请勿外传"]),
            m.rng.choice(["#e00000", "#d22b2b", "#c00000"]),
        )
        sheet.overprints.append(
            Overprint(text=text, row=row, col=m.rng.choice([1, 2, 3]), color=color, scale=m.rng.uniform(1.0, 2.0))
        )
    else:
        text = m.rng.choice(["内部资料", "草稿", "征求意见稿", "样本"])
        sheet.overprints.append(
            Overprint(
                text=text,
                row=row,
                col=m.rng.choice([1, 2]),
                color=m.rng.choice(["#d9d9d9", "#c8c8c8", "#e8c8c8"]),
                scale=m.rng.uniform(2.5, 6),
            )
        )
    return [sheet], m.truth


def rare_characters(m: Maker) -> Draw:
    """Characters outside the basic plane in names and texts."""
    char = m.rng.choice("𠮷𬇙𠅤𡋗𬬭𦰡")
    at = m.rng.randrange(len(m.truth))
    old = m.truth[at]
    name = old.name[: (cut := m.cut(old.name))] + char + old.name[cut:]
    text = old.measure[: (cut := m.cut(old.measure))] + char + old.measure[cut:]
    m.truth[at] = replace(old, name=name, measure=text)
    sheet, _ = m.one_page()
    return [sheet], m.truth


def struck(m: Maker) -> Draw:
    """A run behind the text is struck through."""
    sheet, table = m.one_page()
    for row in m.rng.sample(table.rows[1:], m.rng.randint(1, 2)):
        row[m.rng.choice([2, 2, 2, 3])].struck = m.rng.choice(
            ["新增公办园2所。", "完成率达到80%。", "适时推进。", "2022年底前"]
        )
    return [sheet], m.truth
