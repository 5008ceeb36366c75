"""Kinds of constructs in the text of cells and in how letters are drawn."""

from __future__ import annotations

from dataclasses import replace

from tests.lab.constructs.maker import Draw, Maker
from tests.lab.constructs.model import Overprint, Sheet, Watermark


def bullets(m: Maker) -> Draw:
    """Bullets stand before the paragraphs of a measure."""
    mark = m.rng.choice("●◆■○")
    for row in range(len(m.truth)):
        if m.rng.random() < 0.6:
            m.truth[row] = replace(m.truth[row], measure=mark + m.truth[row].measure)
    sheet, _ = m.one_page()
    return [sheet], m.truth


def wrapped_number(m: Maker) -> Draw:
    """Numbers of two or three digits are printed over two lines in a narrow column."""
    start = m.rng.choice([8, 9, 97, 98, 10, 18, 99])
    m.truth = [replace(row, number=str(start + i)) for i, row in enumerate(m.truth)]
    sheet, table = m.one_page()
    for row in table.rows[1:]:
        text = row[0].text
        row[0].text = "\n".join((text[: len(text) - 1], text[-1])) if len(text) > 1 else text
    return [sheet], m.truth


def full_width_number(m: Maker) -> Draw:
    """Numbers in full width, with a point, in brackets or circles."""
    style = m.rng.choice(["wide", "point", "comma", "brackets", "circle", "zero", "spaced"])
    texts = m.texts()
    for row in texts:
        number = int(row[0])
        wide = "".join(chr(0xFF10 + int(d)) for d in str(number))
        row[0] = {
            "wide": wide,
            "point": f"{number}.",
            "comma": f"{number}、",
            "brackets": f"（{number}）",
            "circle": chr(0x2460 + number - 1),
            "zero": f"{number:02d}",
            "spaced": f" {number} ",
        }[style]
    return [Sheet(blocks=[*m.head(), m.table(texts)])], m.truth


def sub_numbers(m: Maker) -> Draw:
    """Measures hold numbered points of their own."""
    style = m.rng.choice(["{}.", "（{}）", "{}、", "({})"])
    for i, row in enumerate(m.truth):
        points = [m.writer.sentence().replace("⟦", "").replace("⟧", "") for _ in range(m.rng.choice([2, 3]))]
        text = "\n".join(style.format(k) + p for k, p in enumerate(points, start=1))
        m.truth[i] = replace(row, measure=text)
    sheet, _ = m.one_page()
    m.truth = [replace(row, measure=row.measure.replace("\n", "")) for row in m.truth]
    return [sheet], m.truth


def dashes(m: Maker) -> Draw:
    """Cells without a body or deadline hold a dash."""
    dash = m.rng.choice(["—", "——", "/", "－", "-", "无"])
    texts = m.texts()
    for i, row in enumerate(texts):
        if m.rng.random() < 0.5:
            row[5] = dash
            m.truth[i] = replace(m.truth[i], support="")
    return [Sheet(blocks=[*m.head(), m.table(texts)])], m.truth


def drawn_oddly(m: Maker) -> Draw:
    """Letters are drawn twice, in any order, with an offset for bold, or inside a form."""
    m.look = {"drawing": m.rng.choice(["twice", "shuffled", "bold", "form"])}
    sheet, _ = m.one_page()
    return [sheet], m.truth


def watermark(m: Maker) -> Draw:
    """A slanted watermark lies over the page, once or many times; or a seal's ring."""
    sheet, _ = m.one_page()
    text = m.rng.choice(["内部资料", "征求意见稿", "西城区人民政府办公室", "草稿"])
    color = m.rng.choice(["#d9d9d9", "#c8c8c8", "#e8c8c8", "#eeeeee"])
    angle = m.rng.choice([30, 45, 60])
    if m.rng.random() < 0.5:
        sheet.watermarks.append(
            Watermark(text=text, x=0.2, y=0.5, size=m.rng.uniform(40, 70), angle=angle, color=color)
        )
    else:
        size = m.rng.uniform(9, 18)
        sheet.watermarks.extend(
            Watermark(text=text, x=0.1 + 0.3 * i, y=0.15 + 0.2 * j, size=size, angle=angle, color=color)
            for i in range(3)
            for j in range(4)
        )
    if m.rng.random() < 0.3:
        sheet.seal = (m.rng.uniform(0.5, 0.8), m.rng.uniform(0.3, 0.6), 0.09)
    return [sheet], m.truth


def tiled_overprint(m: Maker) -> Draw:
    """The same level words are printed over many cells, all in one light or red color."""
    sheet, table = m.one_page()
    text = m.rng.choice(["内部资料", "西城区政府", "仅供参考"])
    color = m.rng.choice(["#d9d9d9", "#c8c8c8", "#e8a0a0", "#a0c0e8"])
    scale = m.rng.uniform(0.9, 1.6)
    for row in range(1, len(table.rows)):
        for col in m.rng.choice([(1,), (2,), (1, 2), (2, 3)]):
            sheet.overprints.append(Overprint(text=text, row=row, col=col, color=color, scale=scale))
    return [sheet], m.truth


def struck_cell(m: Maker) -> Draw:
    """The old text is struck through before the new one."""
    sheet, table = m.one_page()
    for row in m.rng.sample(table.rows[1:], m.rng.randint(1, 2)):
        row[m.rng.choice([2, 4, 3])].struck = m.rng.choice(["区教委", "2022年底前完成。", "（已调整）", "力争新增"])
    return [sheet], m.truth


def number_wrapped_name(m: Maker) -> Draw:
    """Long names and short columns: words, figures and brackets are cut at line ends."""
    for i, row in enumerate(m.truth):
        name = row.name + m.rng.choice(["（2023—2025年）", "“一刻钟”便民生活圈", "5G+AI应用", "100%覆盖"])
        m.truth[i] = replace(row, name=name)
    sheet, table = m.one_page()
    more = table.widths[1] * 0.25
    table.widths[1] -= more
    table.widths[2] += more
    return [sheet], m.truth


def unequal_sizes(m: Maker) -> Draw:
    """Some columns are set smaller, others bold and centred, some in color."""
    sheet, table = m.one_page()
    for row in table.rows:
        row[0].align = row[3].align = "center"
        if m.rng.random() < 0.4:
            row[4].color = m.rng.choice(["#c00000", "#003399"])
        row[1].is_bold = True
    return [sheet], m.truth
