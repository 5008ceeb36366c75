"""Kinds of constructs in the rules of a table: which are drawn, how, and which cells are merged."""

from __future__ import annotations

from tests.lab.constructs.maker import DARK, FILLS, Draw, Maker
from tests.lab.constructs.model import Cell, Sheet, Table

_ENDS = ("left", "right")


def merged_task(m: Maker) -> Draw:
    """Number and name are merged over the measures of a task."""
    m.group()
    sheet, table = m.one_page()
    m.merge_tasks(table)
    return [sheet], m.truth


def merged_owner(m: Maker) -> Draw:
    """Deadline or bodies are merged over neighbouring measures that share them."""
    m.group()
    cols = m.rng.choice([(3,), (4,), (3, 4), (4, 5), (3, 4, 5)])
    for start, size in m.groups():
        for row in range(start + 1, start + size):
            m.share(row, start, cols)
    sheet, table = m.one_page()
    m.merge_tasks(table)
    for start, size in m.groups():
        for col in cols if size > 1 else ():
            for row in range(start + 1, start + size):
                table.rows[1 + row][col].text = ""
            table.merge(1 + start, col, size, 1)
    return [sheet], m.truth


def section_rows(m: Maker) -> Draw:
    """A row over all columns names a section, in a merged cell or in one without rules inside."""
    sheet, table = m.one_page()
    _add_sections(m, table)
    return [sheet], m.truth


def _add_sections(m: Maker, table: Table, sides: tuple[str, ...] = ()) -> None:
    titles = m.rng.sample(["一、优化政务服务", "二、提升基础设施", "三、改善营商环境", "四、加强组织保障"], 2)
    places = sorted(m.rng.sample(range(1, len(table.rows)), 2), reverse=True)
    for title, place in zip(sorted(titles, reverse=True), places, strict=True):
        row = [Cell() for _ in range(6)]
        row[0].text = title
        row[0].align = m.rng.choice(["left", "center"])
        table.rows.insert(place, row)
        table.merge(place, 0, 1, 6)
        for side in sides:
            setattr(row[0 if side == "left" else -1], side, "none")


def section_open(m: Maker) -> Draw:
    """Section rows have no rule at their sides."""
    sheet, table = m.one_page()
    _add_sections(m, table, _ENDS)
    return [sheet], m.truth


def two_levels(m: Maker) -> Draw:
    """A label over both columns of bodies, the other labels merged over both header rows."""
    m.labels[4:] = m.rng.choice([["牵头单位", "配合单位"], ["牵头", "配合"], ["主责", "协办"]])
    sheet, table = m.one_page()
    top = [Cell(text=text, is_bold=True) for text in m.labels]
    top[4].text, top[5].text = m.rng.choice(["责任单位", "责任分工", "责任部门"]), ""
    for cell in table.rows[0][:4]:
        cell.text = ""
    table.rows.insert(0, top)
    table.merge(0, 4, 1, 2)
    for col in range(4):
        table.merge(0, col, 2, 1)
    return [sheet], m.truth


def title_row(m: Maker) -> Draw:
    """The title is the first row of the table."""
    sheet, table = m.one_page()
    row = [Cell() for _ in range(6)]
    row[0].text, row[0].align = str(sheet.blocks[0]), "center"
    table.rows.insert(0, row)
    table.merge(0, 0, 1, 6)
    sheet.blocks.pop(0)
    return [sheet], m.truth


def open_sides(m: Maker) -> Draw:
    """The table has no rule at its left or right end, or at both."""
    sheet, table = m.one_page()
    _open(m.rng.choice([("left",), ("right",), _ENDS]), table)
    if m.rng.random() < 0.3:
        _add_sections(m, table, _ENDS)
    return [sheet], m.truth


def _open(sides: tuple[str, ...], table: Table) -> None:
    for row in table.rows:
        for side in sides:
            setattr(row[0 if side == "left" else -1], side, "none")


def level_rules(m: Maker) -> Draw:
    """Only row rules, or only those of a three-line table."""
    sheet, table = m.one_page()
    is_three_line = m.rng.random() < 0.4
    for i, row in enumerate(table.rows):
        for cell in row:
            cell.left = cell.right = "none"
            if is_three_line and i > 1:
                cell.top = "none"
            if is_three_line and 0 < i < len(table.rows) - 1:
                cell.bottom = "none"
    return [sheet], m.truth


def no_outer(m: Maker) -> Draw:
    """Only the rules between cells are drawn, none around the table."""
    sheet, table = m.one_page()
    _open(_ENDS, table)
    for cell in table.rows[0]:
        cell.top = "none"
    for cell in table.rows[-1]:
        cell.bottom = "none"
    return [sheet], m.truth


def double_rules(m: Maker) -> Draw:
    """Every rule is a double one."""
    sheet, table = m.one_page()
    table.double = m.rng.uniform(1.0, 2.6)
    return [sheet], m.truth


def cell_boxes(m: Maker) -> Draw:
    """Cells are boxes of their own, apart from each other."""
    sheet, table = m.one_page()
    table.gap = m.rng.uniform(0.8, 2.6)
    return [sheet], m.truth


def faint_rules(m: Maker) -> Draw:
    """Rules are very thin and light."""
    sheet, _ = m.one_page()
    m.look = {"gray": m.rng.uniform(0.7, 0.92), "rule_pt": m.rng.choice([0.05, 0.1, 0.25])}
    return [sheet], m.truth


def bare_labels(m: Maker) -> Draw:
    """Number and name, or the number alone, have no rules between their rows."""
    sheet, table = m.one_page()
    cols = m.rng.choice([(0,), (0, 1)])
    is_open, is_bare = m.rng.random() < 0.4, m.rng.random() < 0.5
    for above, below in zip(table.rows[1:], table.rows[2:], strict=False):
        for col in cols:
            above[col].bottom = below[col].top = "none"
    if is_open:
        for row in table.rows:
            row[0].left = "none"
        if is_bare:
            table.rows[0][0].top = table.rows[0][0].bottom = table.rows[1][0].top = "none"
    return [sheet], m.truth


def zebra(m: Maker) -> Draw:
    """Every other row is shaded, cell by cell; the header is dark; few rules or none."""
    sheet, table = m.one_page()
    fill, dark = m.rng.choice(FILLS), m.rng.choice(DARK)
    style = m.rng.choice(["none", "none", "rows", "outer"])
    first = m.rng.choice([0, 1])
    for i, row in enumerate(table.rows):
        for cell in row:
            cell.top = cell.right = cell.bottom = cell.left = "none"
            if i == 0:
                cell.fill, cell.color = dark, "#ffffff"
            elif i % 2 == first:
                cell.fill = fill
            if style == "rows":
                cell.top = cell.bottom = "black"
    if style == "outer":
        for row in table.rows:
            row[0].left = row[-1].right = "black"
        for cell in table.rows[0]:
            cell.top = "black"
        for cell in table.rows[-1]:
            cell.bottom = "black"
    return [sheet], m.truth


def nested(m: Maker) -> Draw:
    """A small table stands inside a cell."""
    sheet, table = m.one_page()
    row = m.rng.randrange(len(m.truth))
    inner = m.rng.choice(
        [
            [["指标", "目标"], ["新增学位", "300个"]],
            [["一季度", "30%"], ["二季度", "60%"]],
            [["新建", "2所"], ["改造", "5所"]],
        ]
    )
    table.rows[row + 1][2].inner = inner
    m.extend(row, "".join(text for line in inner for text in line))
    return [sheet], m.truth


def stray_rules(m: Maker) -> Draw:
    """A red head's line, a line below the title, a fold mark: rules that are no table's."""
    sheet, _ = m.one_page()
    for _ in range(m.rng.randint(1, 3)):
        kind = m.rng.choice(["head", "foot", "side", "fold"])
        y = m.rng.uniform(0.012, 0.03)
        sheet.strays.append(
            {
                "head": (0.07, y, 0.93, y),
                "foot": (0.07, 1 - y, m.rng.choice([0.3, 0.93]), 1 - y),
                "side": (0.02, 0.05, 0.02, 0.95),
                "fold": (0.0, 0.5, 0.02, 0.5),
            }[kind]
        )
    return [sheet], m.truth


def header_words(m: Maker) -> Draw:
    """Header cells are written with blanks, one letter a line, or with a slash through the first."""
    for place, label in enumerate(m.labels):
        if m.rng.random() < 0.4:
            m.labels[place] = m.rng.choice([" ", "  ", "　"]).join(label)
    sheet, table = m.one_page()
    if m.rng.random() < 0.5:
        table.widths[0] *= 0.55
    return [sheet], m.truth


def remark_column(m: Maker) -> Draw:
    """A column of remarks stands last, mostly blank."""
    table = m.table(m.texts())
    for i, row in enumerate(table.rows):
        text = "备注" if i == 0 else m.rng.choice(["", "", "市级任务", "新增"])
        row.append(Cell(text=text, is_bold=i == 0))
    table.widths = [w * 0.88 for w in table.widths] + [0.12]
    return [Sheet(blocks=[*m.head(), table])], m.truth
