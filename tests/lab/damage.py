"""Damage plans the way OCR and conversion do: deterministic for a seed.

Characters are substituted (look-alikes where known), deleted, added or doubled; separators between agencies and between
columns are lost, dashes for "none" vanish, header cells are damaged, rows are torn over two lines. :func:`damage_text`
works on the text form (a printed row a line, fields parted by tabs), :func:`damage_plan` on what is to be typeset.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, fields, replace

from tests.lab.model import LabCell, LabPlan, LabTable

LOOK_ALIKES = {
    "城": "域",
    "域": "城",
    "环": "坏",
    "区": "医",
    "委": "秀",
    "局": "届",
    "未": "末",
    "末": "未",
    "土": "士",
    "财": "则",
    "政": "故",
    "生": "牛",
    "态": "杰",
    "境": "镜",
    "市": "巾",
    "设": "没",
    "建": "健",
    "管": "菅",
    "理": "埋",
    "处": "外",
    "街": "衔",
    "道": "首",
    "底": "低",
    "前": "剪",
    "年": "午",
    "月": "用",
    "完": "宗",
    "成": "戒",
    "单": "早",
    "位": "住",
    "责": "贵",
    "任": "仕",
    "措": "借",
    "施": "旋",
    "农": "衣",
    "业": "亚",
    "水": "氷",
    "务": "备",
    "办": "为",
    "交": "文",
    "通": "遇",
    "科": "料",
    "技": "枝",
    "教": "敎",
    "卫": "正",
    "健": "建",
    "康": "庚",
    "园": "圆",
    "林": "材",
    "绿": "禄",
    "化": "比",
    "发": "友",
    "展": "屏",
    "改": "攻",
    "1": "l",
    "2": "Z",
    "6": "b",
    "0": "O",
    "9": "g",
    "长": "氏",
    "期": "其",
    "实": "买",
}


_NONE_MARKS = frozenset(["---", "——", "—", "/", "无", "— —", "－", "-"])
_AGENCIES = ("lead", "responsible", "support")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Probabilities: of characters, of separators, tabs and dashes, of header cells, of rows, of rules on a page."""

    substitute: float = 0.0006
    delete: float = 0.0002
    insert: float = 0.0001
    double: float = 0.0001
    lose_separator: float = 0.004
    lose_tab: float = 0.002
    lose_dash: float = 0.01
    damage_header: float = 0.03
    tear_row: float = 0.006
    lose_rule: float = 0.001

    def scale(self, level: float) -> Rates:
        """Return all probabilities times ``level``, at most one half."""
        return Rates(**{f.name: min(0.5, level * getattr(self, f.name)) for f in fields(self)})


@dataclass(slots=True)
class _Damager:
    rng: random.Random
    rates: Rates
    alphabet: list[str]

    def hit(self, field: str) -> str:
        """Swap one character."""
        place = self.rng.randrange(len(field))
        return field[:place] + self.swap(field[place]) + field[place + 1 :]

    def swap(self, char: str) -> str:
        if char in LOOK_ALIKES and self.rng.random() < 0.7:
            return LOOK_ALIKES[char]
        return self.rng.choice([other for other in self.alphabet if other != char])

    def damage_characters(self, text: str) -> str:
        """Damage running text or a list character by character; white space stays."""
        rates, out = self.rates, []
        for char in text:
            draw = self.rng.random()
            if char in "、 ，" and draw < rates.lose_separator:
                continue
            if char.isspace() or char in "⟦⟧":
                out.append(char)
            elif draw < (limit := rates.substitute):
                out.append(self.swap(char))
            elif draw < (limit := limit + rates.delete):
                continue
            elif draw < (limit := limit + rates.insert):
                out += [char, self.rng.choice(self.alphabet)]
            elif draw < limit + rates.double:
                out += [char, char]
            else:
                out.append(char)
        return "".join(out)

    def damage_field(self, text: str) -> str:
        """Damage a cell: a dash may vanish whole."""
        if text in _NONE_MARKS:
            return "" if self.rng.random() < self.rates.lose_dash else text
        return self.damage_characters(text)


def _make_damager(seed: int, rates: Rates | None, text: str) -> _Damager:
    alphabet = sorted({char for char in text if "\u4e00" <= char <= "\u9fff"})
    return _Damager(random.Random(f"damage {seed}"), rates or Rates(), alphabet)


def damage_text(text: str, seed: int, rates: Rates | None = None) -> str:
    """Return the damaged text; lines without tabs (the notice itself) stay whole."""
    work = _make_damager(seed, rates, text)
    lines = text.split("\n")
    headers = _find_headers(lines)
    out: list[str] = []
    for line in lines:
        cells = line.split("\t")
        if len(cells) == 1:
            out.append(line)
        elif line in headers:
            out.append(
                "\t".join(
                    work.hit(cell) if cell and work.rng.random() < work.rates.damage_header else cell for cell in cells
                )
            )
        else:
            out.extend(_join_row([work.damage_field(cell) for cell in cells], work))
    return "\n".join(out)


def damage_lines(text: str, seed: int, rates: Rates | None = None) -> str:
    """Return running text with damaged characters, line by line."""
    work = _make_damager(seed, rates, text)
    return "\n".join(work.damage_characters(line) for line in text.split("\n"))


def _find_headers(lines: list[str]) -> frozenset[str]:
    """Return the lines that head a table: the first of each run of rows, and its repetitions."""
    starts = {line for before, line in zip(["", *lines], lines, strict=False) if "\t" in line and "\t" not in before}
    return frozenset(line for line in starts if "。" not in line and not any(char.isdigit() for char in line))


def _join_row(cells: list[str], work: _Damager) -> list[str]:
    row = cells[0]
    for cell in cells[1:]:
        row += ("" if work.rng.random() < work.rates.lose_tab else "\t") + cell
    if work.rng.random() < work.rates.tear_row and len(row) > 20:
        place = work.rng.randrange(5, len(row) - 5)
        return [row[:place], row[place:]]
    return [row]


def damage_plan(plan: LabPlan, seed: int, rates: Rates | None = None) -> LabPlan:
    """Return the plan with damaged cells, to be typeset; its truth stays that of the whole plan.

    Names that stand on lines of their own run together where a separator is lost. Rules are lost on the pages of
    the reportlab producer (``LabOptions.lost_rules``).
    """
    printed = "".join(cell.text for table in plan.tables for cell in table.cells)
    work = _make_damager(seed, rates, printed)
    blocks = tuple(_damage_table(block, work) if isinstance(block, LabTable) else block for block in plan.blocks)
    options = replace(plan.options, lost_rules=work.rates.lose_rule)  # type: ignore[type-var]
    return replace(plan, blocks=blocks, options=options)


def _damage_table(table: LabTable, work: _Damager) -> LabTable:
    header = tuple(
        replace(cell, paragraphs=tuple(work.hit(p) if p else p for p in cell.paragraphs))
        if work.rng.random() < work.rates.damage_header
        else cell
        for cell in table.header
    )
    return replace(table, header=header, cells=tuple(_damage_cell(cell, table, work) for cell in table.cells))


def _damage_cell(cell: LabCell, table: LabTable, work: _Damager) -> LabCell:
    parts = [work.damage_field(paragraph) for paragraph in cell.paragraphs]
    if table.columns[cell.col][0] in _AGENCIES:
        joined: list[str] = []
        for part in parts:
            if joined and work.rng.random() < work.rates.lose_separator:
                joined[-1] += part
            else:
                joined.append(part)
        parts = joined
    return replace(cell, paragraphs=tuple(parts))
