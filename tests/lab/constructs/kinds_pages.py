"""Kinds of constructs at the break between two pages, and of what else stands on a page."""

from __future__ import annotations

from dataclasses import replace

from tests.lab.constructs.maker import Draw, Maker
from tests.lab.constructs.model import Cell, Sheet, Table


def cut_row(m: Maker) -> Draw:
    """A measure is cut at a page break; nothing else goes on."""
    at = m.rng.randint(1, len(m.truth) - 1)
    rows = m.texts()
    rest = ["", "", rows[at - 1][2][-4:], "", "", ""]
    first, second = m.two_pages(rows[:at], [rest, *rows[at:]], repeats=m.rng.random() < 0.5)
    first.table.rows[-1][2].rest = second.table.rows[-len(rows[at:]) - 1][2]
    if m.rng.random() < 0.4:
        for cell in first.table.rows[-1]:
            cell.bottom = "none"
    if m.rng.random() < 0.3:
        first.notes.append((0.48, 0.965, m.rng.choice(["1", "- 1 -", "第1页 共2页"])))
        second.notes.append((0.48, 0.965, m.rng.choice(["2", "- 2 -", "第2页 共2页"])))
    return [first, second], m.truth


def cut_cells(m: Maker) -> Draw:
    """Measure, name, deadline or bodies are cut at a page break, several at once."""
    at = m.rng.randint(1, len(m.truth) - 1)
    old = m.truth[at - 1]
    long = "、".join(m.bodies(4, old))
    m.truth[at - 1] = replace(old, support=long)
    rows = m.texts()
    rest = ["", "", rows[at - 1][2][-4:], "", "", ""]
    first, second = m.two_pages(rows[:at], [rest, *rows[at:]], repeats=m.rng.random() < 0.5)
    below = second.table.rows[-len(rows[at:]) - 1]
    first.table.rows[-1][2].rest = below[2]
    cols = m.rng.choice([(5,), (1,), (1, 5)])
    for col in cols:
        below[col].text = rows[at - 1][col][-2:]
        first.table.rows[-1][col].rest = below[col]
    return [first, second], m.truth


def three_pages(m: Maker) -> Draw:
    """One measure goes over three pages."""
    at = m.rng.randint(1, len(m.truth) - 1)
    old = m.truth[at - 1]
    more = "".join(m.writer.sentence() for _ in range(3)).replace("⟦", "").replace("⟧", "")
    m.truth[at - 1] = replace(old, measure=old.measure + more)
    rows = m.texts()
    blank = ["", "", "x", "", "", ""]
    repeats = m.rng.random() < 0.5
    first, second = m.two_pages(rows[:at], [list(blank)], repeats=repeats)
    third = Sheet(blocks=[m.table([list(blank), *rows[at:]], header=repeats)])
    middle = second.table.rows[-1][2]
    last = third.table.rows[-len(rows[at:]) - 1][2]
    first.table.rows[-1][2].rest = middle
    middle.rest = last
    return [first, second, third], m.truth


def merged_pages(m: Maker) -> Draw:
    """A task's merged cells go over the page break: blank below, or printed again."""
    m.group()
    at = m.rng.choice([start + 1 for start, size in m.groups() if size > 1] or [len(m.truth) - 1])
    first, second = m.two_pages(m.texts()[:at], m.texts()[at:], repeats=m.rng.random() < 0.5)
    again = m.rng.random() < 0.5 or at in [start for start, _ in m.groups()]
    m.merge_tasks(first.table, 0, at)
    m.merge_tasks(second.table, at, len(m.truth) - at)
    if not again:
        row = second.table.rows[-(len(m.truth) - at)]
        row[0].text = row[1].text = ""
    return [first, second], m.truth


def new_measure(m: Maker) -> Draw:
    """The next measure of a task opens the page: number and name are blank, everything else is complete."""
    m.group()
    inner = [start + 1 for start, size in m.groups() if size > 1]
    if not inner:
        m.truth[1] = replace(m.truth[1], number=m.truth[0].number, name=m.truth[0].name)
        m.renumber()
        inner = [1]
    at = m.rng.choice(inner)
    rows = [list(r) for r in m.texts()]
    for start, size in m.groups():
        for row in range(start + 1, start + size):
            rows[row][0] = rows[row][1] = ""
    first, second = m.two_pages(rows[:at], rows[at:], repeats=m.rng.random() < 0.5)
    return [first, second], m.truth


def header_alone(m: Maker) -> Draw:
    """The header stands alone at the foot of a page, and the rows follow on the next."""
    repeats = m.rng.random() < 0.4
    first, second = m.two_pages([], m.texts(), repeats=repeats)
    first.blocks[1:1] = [m.writer.sentence().replace("⟦", "").replace("⟧", "")[:30] for _ in range(3)]
    return [first, second], m.truth


def open_page2(m: Maker) -> Draw:
    """The second page lacks the rule at its left or right end, or has other column widths."""
    at = m.rng.randint(1, len(m.truth) - 1)
    first, second = m.two_pages(m.texts()[:at], m.texts()[at:], repeats=m.rng.random() < 0.4)
    style = m.rng.choice(["left", "right", "wider", "shifted"])
    if style in ("left", "right"):
        for row in second.table.rows:
            setattr(row[0 if style == "left" else -1], style, "none")
    else:
        widths = second.table.widths
        more = widths[2] * m.rng.uniform(0.05, 0.15)
        widths[2] -= more
        widths[0 if style == "wider" else 4] += more
    return [first, second], m.truth


def continued_marks(m: Maker) -> Draw:
    """续表 or a running head stands above page 2, page numbers below."""
    at = m.rng.randint(1, len(m.truth) - 1)
    first, second = m.two_pages(m.texts()[:at], m.texts()[at:], repeats=m.rng.random() < 0.7)
    head = m.rng.choice(["续表", "（续表）", "续上表", None])
    if head is not None:
        second.blocks.insert(0, head)
    style = m.rng.choice(["{}", "- {} -", "—{}—", "第{}页"])
    running = m.rng.choice(["北京市西城区人民政府", "西城区任务分解表", None])
    for number, sheet in enumerate((first, second), start=1):
        if running is not None:
            sheet.notes.append((0.1, 0.03, running))
        sheet.notes.append((0.48, 0.97, style.format(number)))
    return [first, second], m.truth


def note_between(m: Maker) -> Draw:
    """A note stands below the table of the first page, and the table goes on."""
    at = m.rng.randint(1, len(m.truth) - 1)
    first, second = m.two_pages(m.texts()[:at], m.texts()[at:], repeats=m.rng.random() < 0.5)
    first.notes.append(
        (0.08, 0.95, m.rng.choice(["注：完成时限以自然年计。", "① 指区属国有企业。", "*为市级重点任务。"]))
    )
    return [first, second], m.truth


def blank_grid(m: Maker) -> Draw:
    """Blank rows end the table, on its page or on the next one."""
    at = m.rng.randint(1, len(m.truth) - 1)
    blank = [[""] * 6 for _ in range(m.rng.randint(1, 6))]
    if m.rng.random() < 0.5:
        sheet = Sheet(blocks=[*m.head(), m.table([*m.texts(), *blank])])
        return [sheet], m.truth
    first, second = m.two_pages(m.texts()[:at], [*m.texts()[at:], *blank], repeats=m.rng.random() < 0.5)
    return [first, second], m.truth


def other_table(m: Maker) -> Draw:
    """Another table stands on the same page, above or below, near or of the same width."""
    table = m.table(m.texts())
    texts = m.rng.choice(
        [
            [["指标名称", "单位", "2023年", "2024年"], ["学位数", "个", "300", "450"], ["床位数", "张", "120", "180"]],
            [["项目", "预算（万元）"], ["道路改造", "1200"], ["绿化", "350"]],
            [["街道", "社区数", "人口（万人）"], ["德胜", "23", "12.1"], ["展览路", "22", "13.4"]],
        ]
    )
    share = m.rng.choice([0.6, 1.0])
    other = Table(
        rows=[[Cell(text=text) for text in row] for row in texts], widths=[share / len(texts[0])] * len(texts[0])
    )
    if m.rng.random() < 0.5:
        return [Sheet(blocks=[*m.head(), table, other])], m.truth
    return [Sheet(blocks=[other, *m.head(), table])], m.truth


def second_plan(m: Maker) -> Draw:
    """Two plans follow each other, each with its title and numbers from 1."""
    at = m.rng.randint(2, len(m.truth) - 2)
    later = [replace(row, number=str(i)) for i, row in enumerate(m.truth[at:], start=1)]
    m.truth[at:] = later
    texts = m.texts()
    first = [*m.head(), m.table(texts[:at])]
    title = m.head()
    while title == first[:1]:
        title = m.head()
    second = [*title, m.table(texts[at:])]
    m.plan_count = 2
    sheets = [Sheet(blocks=first + second)] if m.rng.random() < 0.4 else [Sheet(blocks=first), Sheet(blocks=second)]
    return sheets, m.truth


def signature(m: Maker) -> Draw:
    """Lines of signature, date and contact stand below the table."""
    sheet, _ = m.one_page()
    sheet.blocks.append(m.rng.choice(["填报单位：西城区发展改革委", "审核人：（签字）", "北京市西城区人民政府办公室"]))
    sheet.blocks.append(f"{m.writer.year}年{m.rng.randint(1, 12)}月{m.rng.randint(1, 28)}日")
    return [sheet], m.truth


def turned(m: Maker) -> Draw:
    """The page has a /Rotate."""
    sheet, _ = m.one_page()
    sheet.turn = m.rng.choice([90, 180, 270])
    return [sheet], m.truth


def level_rules_cut(m: Maker) -> Draw:
    """A table of row rules alone; the page cuts a row, without a rule at its foot or at the head of the next one."""
    sheets, truth = cut_row(m)
    for sheet in sheets:
        for row in sheet.table.rows:
            for cell in row:
                cell.left = cell.right = "none"
    for cell in sheets[0].table.rows[-1]:
        cell.bottom = "none"
    if sheets[1].table.rows[0][2].text != m.labels[2]:
        for cell in sheets[1].table.rows[0]:
            cell.top = "none"
    return sheets, truth
