"""Damage a plan's text the way OCR and conversion do: deterministic for a seed.

Characters are substituted (look-alikes where known) or deleted, separators between agencies and between
columns are lost, header cells are damaged, rows are torn over two lines. Line structure is the text format's
own: one printed row a line, fields parted by tabs.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

LOOK_ALIKES = {
    "城": "域", "域": "城", "环": "坏", "区": "医", "委": "秀", "局": "届", "未": "末", "末": "未", "土": "士", "财": "则", "政": "故",
    "生": "牛", "态": "杰", "境": "镜", "市": "巾", "设": "没", "建": "健", "管": "菅", "理": "埋", "处": "外", "街": "衔", "道": "首",
    "底": "低", "前": "剪", "年": "午", "月": "用", "完": "宗", "成": "戒", "单": "早", "位": "住", "责": "贵", "任": "仕", "措": "借",
    "施": "旋", "农": "衣", "业": "亚", "水": "氷", "务": "备", "办": "为", "公": "公", "交": "文", "通": "遇", "科": "料", "技": "枝",
    "教": "敎", "卫": "正", "健": "建", "康": "庚", "园": "圆", "林": "材", "绿": "禄", "化": "比", "发": "友", "展": "屏", "改": "攻",
    "1": "l", "2": "Z", "6": "b", "0": "O", "9": "g", "长": "氏", "期": "其", "实": "买",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Probabilities: of characters, of separators and tabs, of header cells, of rows."""

    substitute: float = 0.0006
    delete: float = 0.0003
    lose_separator: float = 0.004
    lose_tab: float = 0.002
    damage_header: float = 0.03
    tear_row: float = 0.008


def damage(text: str, seed: int, rates: Rates | None = None) -> str:
    """Return the damaged text; lines without tabs (the notice itself) stay whole."""
    rates = rates or Rates()
    rng = random.Random(seed)
    alphabet = sorted({char for char in text if "\u4e00" <= char <= "\u9fff"})
    lines = []
    for line in text.split("\n"):
        if "\t" not in line:
            lines.append(line)
            continue
        fields = line.split("\t")
        if _is_header(fields):
            fields = [
                _hit(field, rng, alphabet) if field and rng.random() < rates.damage_header else field
                for field in fields
            ]
            lines.append("\t".join(fields))
            continue
        fields = [_damage_field(field, rng, alphabet, rates) for field in fields]
        lines.extend(_join_row(fields, rng, rates))
    return "\n".join(lines)


def _is_header(fields: list[str]) -> bool:
    flat = "".join(fields).replace(" ", "")
    return "序号" in flat and len(flat) < 60


def _damage_field(field: str, rng: random.Random, alphabet: list[str], rates: Rates) -> str:
    out = []
    for char in field:
        draw = rng.random()
        if char in "、 ，" and draw < rates.lose_separator:
            continue
        if not char.isspace() and draw < rates.substitute:
            out.append(_swap(char, rng, alphabet))
        elif not char.isspace() and draw < rates.substitute + rates.delete:
            continue
        else:
            out.append(char)
    return "".join(out)


def _hit(field: str, rng: random.Random, alphabet: list[str]) -> str:
    place = rng.randrange(len(field))
    return field[:place] + _swap(field[place], rng, alphabet) + field[place + 1 :]


def _swap(char: str, rng: random.Random, alphabet: list[str]) -> str:
    return LOOK_ALIKES[char] if char in LOOK_ALIKES and rng.random() < 0.7 else rng.choice(alphabet)


def _join_row(fields: list[str], rng: random.Random, rates: Rates) -> list[str]:
    row = fields[0]
    for field in fields[1:]:
        row += ("" if rng.random() < rates.lose_tab else "\t") + field
    if rng.random() < rates.tear_row and len(row) > 20:
        place = rng.randrange(5, len(row) - 5)
        return [row[:place], row[place:]]
    return [row]
