"""Small pages of every kind that page geometry tells apart, drawn from a seed: arrays alone, no document is typeset.

Distances lie about the thresholds, on both sides: rules end short, text stands over them, rows come close. A page need not
make sense to a reader; what it is read as is compared (``test_varied_pages.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

import numpy as np

from planextract.model.page import PageArrays

_HAN = "推进老旧小区综合整治完成道路改造工程建设公园绿地提升环境质量加强安全管理开展检查落实责任单位"
_LATIN = "Plan ABC GDP PM xyz"


class Drawing:
    """What has been drawn on a page so far."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.codes: list[int] = []
        self.boxes: list[tuple[float, ...]] = []
        self.level: list[tuple[float, ...]] = []
        self.upright: list[tuple[float, ...]] = []
        self.fills: list[tuple[float, ...]] = []
        self.colors: list[int] = []
        self.colored: list[bool] = []
        self.size = random.choice((8.0, 9.0, 10.0, 10.0, 10.0, 12.0, 14.0))
        self.is_coarse = False

    def words(self, low: int, high: int) -> str:
        start = self.random.randrange(len(_HAN))
        return (_HAN * 9)[start : start + self.random.randint(low, high)]

    def write(self, x: float, top: float, text: str, size: float = 0.0, *, colored: bool = False) -> float:
        """Write a line of text; return where it ends."""
        size = size or self.size
        for char in text:
            width = size if ord(char) > 0x2E80 or 0x2500 <= ord(char) < 0x2580 else 0.55 * size
            if char != " ":
                self.codes.append(ord(char))
                self.boxes.append((x, top, x + width, top + size))
                self.colored.append(colored)
            x += width
        return x

    def row_rule(self, y: float, x0: float, x1: float) -> None:
        self.level.append((x0, y, x1, y))

    def column_rule(self, x: float, top: float, bottom: float) -> None:
        self.upright.append((x, top, x, bottom))

    def fill(self, box: tuple[float, float, float, float], color: int) -> None:
        self.fills.append(box)
        self.colors.append(color)

    def finish(self) -> PageArrays:
        def array(boxes: list[tuple[float, ...]]) -> np.ndarray:
            exact = np.array(boxes, dtype=np.float32).reshape(-1, 4)
            return np.round(exact * 2) / 2 if self.is_coarse else exact

        return PageArrays(
            page_number=1,
            width=600.0,
            height=800.0,
            codes=np.array(self.codes, dtype=np.int32),
            boxes=array(self.boxes),
            horizontals=array(self.level),
            verticals=array(self.upright),
            fills=array(self.fills),
            fill_colors=np.array(self.colors, dtype=np.int64),
            is_colored=np.array(self.colored) if any(self.colored) else np.empty(0, dtype=bool),
        )


def _off(random: Random, *near: float) -> float:
    """Return nothing mostly, else a distance about one of those given, either way."""
    if random.random() < 0.6:
        return 0.0
    return round(random.choice((-1, 1)) * random.choice(near or (1.2, 3.0, 4.0, 8.0)) * random.uniform(0.7, 1.3), 1)


def _fill_cell(draw: Drawing, box: tuple[float, float, float, float], col: int, row: int) -> None:
    """Write one to three lines into a cell, near its sides."""
    random, (x0, top, x1, bottom) = draw.random, box
    if random.random() < 0.08:
        return
    pitch = draw.size * random.choice((1.0, 1.15, 1.3, 1.7))
    x, y = x0 + random.choice((0.5, 2.0, 3.0)), top + random.choice((0.5, 2.0, 3.0, 6.0))
    if col == 0:
        for step in range(random.choice((1, 1, 1, 2, 3))):
            number = row + 1 + step
            draw.write(x, y, random.choice((f"{number}", f"{number}", f"（{number}）", f"{number}.", draw.words(2, 4))))
            y += pitch * random.choice((1, 1, 2))
        return
    room = max(1, int((x1 - x) / draw.size + random.choice((0, 0, 0, -1, 0.6))))
    for line in range(random.choice((1, 1, 2, 3))):
        indent = 2 * draw.size if line and random.random() < 0.15 else _off(random, draw.size)
        text = random.choice(
            (draw.words(room, room), draw.words(1, room), "12.5", "2023", _LATIN[: random.randint(2, 12)])
        )
        draw.write(x + max(0.0, indent if line else 0.0), y, text)
        y += pitch
        if y + draw.size > bottom + random.choice((0, 0, 4)):
            break


def _lines(random: Random, first: float, steps: tuple[float, ...], count: int) -> list[float]:
    out = [first]
    for _ in range(count):
        out.append(round(out[-1] + random.choice(steps), 1))
    return out


def _grid(draw: Drawing, top: float = 100.0, left: float = 40.0) -> tuple[list[float], list[float]]:
    """Draw a ruled table: cells merged, rules left out, doubled, cut short or over the edge."""
    random = draw.random
    xs = _lines(random, left, (20.0, 40.0, 60.0, 90.0), random.randint(2, 5))
    ys = _lines(random, top, (14.0, 20.0, 30.0, 40.0), random.randint(2, 6))
    wild = random.random() < 0.6
    is_open = [random.random() < 0.12 for _ in range(4)]
    short = _off(random, 4.0, 8.0) if random.random() < 0.2 else 0.0
    for number, y in enumerate(ys):
        if (number == 0 and is_open[0]) or (number == len(ys) - 1 and is_open[1]):
            continue
        for a, b in pairwise(xs):
            if wild and 0 < number < len(ys) - 1 and random.random() < 0.15:
                continue
            jitter = _off(random, 0.7, 3.0) if wild and random.random() < 0.2 else 0.0
            gap = random.choice((0.0, 0.0, 2.0, 3.5, 4.5)) if wild else 0.0
            draw.row_rule(y + jitter, a + gap / 2 - (_off(random) if wild and a == xs[0] else 0) + short, b - gap / 2)
        if wild and random.random() < 0.1:
            draw.row_rule(y + random.choice((0.6, 0.8, 2.5, 2.9, 3.2, 4.2, 4.8)), xs[0], xs[-1])
    for number, x in enumerate(xs):
        if (number == 0 and is_open[2]) or (number == len(xs) - 1 and is_open[3]):
            continue
        reach = _off(random, 4.0, 8.0, 12.0) if wild else 0.0
        for a, b in pairwise(ys):
            if wild and 0 < number < len(xs) - 1 and random.random() < 0.12:
                continue
            low = reach if a == ys[0] else 0.0
            draw.column_rule(
                x + (_off(random, 0.7, 3.0) if wild and random.random() < 0.1 else 0.0),
                a - low,
                b + (low if b == ys[-1] else 0.0),
            )
    for row, (a, b) in enumerate(pairwise(ys)):
        for col, (c, d) in enumerate(pairwise(xs)):
            _fill_cell(draw, (c, a, d, b), col, row)
    return xs, ys


def _plain(draw: Drawing) -> None:
    _grid(draw)


def _two_tables(draw: Drawing) -> None:
    xs, ys = _grid(draw, 60.0)
    if draw.random.random() < 0.5:
        _grid(draw, ys[-1] + draw.random.choice((0.0, 2.0, 3.5, 6.0, 20.0)), xs[0] + draw.random.choice((0.0, 10.0)))
    else:
        _grid(draw, 60.0, xs[-1] + draw.random.choice((2.0, 4.0, 5.0, 8.5, 30.0)))


def _stacked(draw: Drawing) -> None:
    random, y = draw.random, 80.0
    right = 320.0
    for _ in range(random.choice((2, 2, 3))):
        xs = [
            40.0,
            *sorted(random.sample((80.0, 110.0, 140.0, 170.0, 200.0, 240.0, 280.0), random.randint(0, 3))),
            right,
        ]
        if random.random() < 0.3:
            xs = xs[:-1] if len(xs) > 3 else xs
        rows = random.randint(1, 3)
        for row in range(rows + 1):
            draw.row_rule(y + 20 * row, 40.0, right)
        for x in xs:
            draw.column_rule(x, y, y + 20 * rows)
        for row in range(rows):
            for col, (a, b) in enumerate(pairwise(xs)):
                _fill_cell(draw, (a, y + 20 * row, b, y + 20 * row + 20), col, row)
        if random.random() < 0.5:
            draw.column_rule(right, y, y + 20 * rows)
        y += 20 * rows


def _nested(draw: Drawing) -> None:
    random = draw.random
    xs, ys = _grid(draw)
    x, y = xs[1] + random.choice((0.8, 1.5, 3.5, 5.0)), ys[0] + random.choice((0.8, 1.5, 3.5, 5.0))
    inner_x, inner_y = _lines(random, x, (10.0, 15.0, 25.0), 2), _lines(random, y, (8.0, 12.0), 2)
    for at in inner_y:
        draw.row_rule(at, inner_x[0] - _off(random, 1.2), inner_x[-1] + _off(random, 1.2))
    for at in inner_x:
        draw.column_rule(at, inner_y[0], inner_y[-1] + _off(random, 1.2, 3.0))
    draw.write(inner_x[0] + 1, inner_y[0] + 1, draw.words(1, 2), 6.0)


def _frame(draw: Drawing) -> None:
    xs, ys = _grid(draw)
    margin = draw.random.choice((2.0, 5.0, 15.0))
    x0, top, x1, bottom = xs[0] - margin, ys[0] - margin, xs[-1] + margin, ys[-1] + margin
    for y in (top, bottom):
        draw.row_rule(y, x0, x1)
    for x in (x0, x1):
        draw.column_rule(x, top, bottom)
    if draw.random.random() < 0.5:
        draw.row_rule(bottom + 40, x0, x1)
        draw.column_rule(x0, bottom, bottom + 40)
        draw.column_rule(x1, bottom, bottom + 40)
        draw.write(x0 + 3, bottom + 4, draw.words(2, 30))


def _missing_rows(draw: Drawing) -> None:
    """Rows told by their numbers or by room, where their rule is missing."""
    random, y = draw.random, 100.0
    xs = [40.0, 40.0 + random.choice((20.0, 30.0)), 150.0, 260.0][: random.choice((3, 4))]
    size, ys, number = draw.size, [100.0], 1
    for _ in range(random.randint(1, 3)):
        y += 3
        for _ in range(random.choice((1, 2, 2, 3))):
            lines = [random.choice((1, 1, 2, 3)) for _ in xs[1:]]
            most = max(lines)
            at = random.choice((0.0, (most - 1) * size * 0.55))
            label = f"{number}" if random.random() < 0.85 else random.choice(("甲", "1", ""))
            draw.write(xs[0] + 2, y + at, label)
            for col, count in enumerate(lines[1:], 1):
                for line in range(count):
                    draw.write(xs[col] + 2, y + line * 1.1 * size, draw.words(2, 7))
            number += 1
            y += most * 1.1 * size + size * random.choice((0.1, 0.3, 0.45, 0.55, 0.7, 1.0))
        ys.append(y)
    for at in ys:
        draw.row_rule(at, xs[0] if random.random() < 0.8 else xs[1], xs[-1])
    if random.random() < 0.4:
        draw.row_rule((ys[0] + ys[1]) / 2, xs[1], xs[-1])
    for x in xs:
        draw.column_rule(x, ys[0], ys[-1])


def _label_column(draw: Drawing) -> None:
    random = draw.random
    count, ys = random.randint(2, 5), [100.0]
    for _ in range(count):
        ys.append(ys[-1] + random.choice((20.0, 30.0)))
    labels = random.choice(("number", "words", "full"))
    columns = random.choice((1, 1, 2))
    xs = [40.0, 75.0, 120.0, 260.0] if columns == 2 else [40.0, 100.0, 260.0]
    for number in range(count):
        y = ys[number] + random.choice((3.0, 5.0, 8.0))
        text = {"number": f"{number + 1}", "words": draw.words(2, 3), "full": draw.words(5, 6)}[labels]
        if random.random() < 0.9:
            draw.write(43.0, y, text)
        if columns == 2:
            draw.write(78.0, y + random.choice((0, 2, 10)), draw.words(1, 3))
        draw.write(xs[-2] + 3, y, draw.words(2, 12))
    for number, y in enumerate(ys):
        draw.row_rule(y, xs[0] if number in (0, count) or random.random() < 0.15 else xs[columns], xs[-1])
    for x in xs:
        draw.column_rule(x, ys[0], ys[-1])


def _level_rules(draw: Drawing) -> None:
    """Bands between level rules, or aligned words below a ruled header."""
    random, y = draw.random, 80.0
    right = random.choice((300.0, 400.0))
    xs = [40.0, *sorted(random.sample((80.0, 110.0, 150.0, 200.0, 240.0, 280.0), random.randint(1, 4)))]
    short = _off(random, 8.0)
    every = random.random() < 0.7
    rows = random.randint(2, 7)
    for row in range(rows):
        if every or row in (0, 1):
            draw.row_rule(y - 1, 40.0, right + (short if row % 2 else 0.0))
        if random.random() < 0.05:
            draw.row_rule(y + 1.5, 40.0, right)
        lines = 0
        for col, x in enumerate(xs):
            if random.random() < 0.1:
                continue
            room = int(([*xs, right][col + 1] - x) / draw.size)
            count = random.choice((1, 1, 2, 3)) if col else random.choice((1, 1, 1, 2))
            for line in range(count):
                text = random.choice(
                    (draw.words(max(1, room - 1), max(1, room - 1)), draw.words(1, 3), f"{row * 7}.{col}")
                )
                text = str(row) if col == 0 and random.random() < 0.6 else text
                draw.write(x + 2 + (_off(random, 2.0, 5.0) if not line else 0), y + 2 + line * 1.2 * draw.size, text)
            lines = max(lines, count)
        y += 4 + 1.2 * draw.size * max(1, lines) + random.choice((0, 0, 4))
        if random.random() < 0.08:
            draw.write(44.0, y, draw.words(9, 25))
            y += 1.4 * draw.size
    draw.row_rule(y - 1, 40.0, right)
    if random.random() < 0.3:
        draw.column_rule(xs[1] - 1, 80.0, y)
    if random.random() < 0.4:
        draw.write(40.0, 60.0, draw.words(12, 30))
        draw.write(40.0, y + random.choice((3.0, 8.0, 20.0)), draw.words(12, 40))


def _aligned(draw: Drawing) -> None:
    """Words that stand in columns, without rules."""
    random, y = draw.random, 80.0
    xs = [40.0, *sorted(random.sample((90.0, 130.0, 160.0, 220.0, 280.0, 330.0), random.randint(1, 4)))]
    numbers = random.random() < 0.75
    if random.random() < 0.5:
        draw.write(random.choice((40.0, xs[-1] - 30)), y, draw.words(3, 12))
        if random.random() < 0.4:
            draw.row_rule(y + 1.3 * draw.size, xs[-1] - 30, xs[-1] + 40)
        y += random.choice((1.3, 1.6, 2.5)) * draw.size
    for row in range(random.randint(3, 8)):
        if random.random() < 0.1:
            draw.write(40.0, y, draw.words(2, 30))
            y += 1.3 * draw.size
        end = 0.0
        for col, x in enumerate(xs):
            if random.random() < 0.08:
                continue
            text = (
                f"{(row + 1) * (col + 3) * 13 % 997}"
                if numbers and col and row
                else random.choice((draw.words(1, 4), "abc d", "(注)", "—"))
            )
            if col == 0 and random.random() < 0.15:
                text += "." * random.choice((3, 4, 5))
            at = x + _off(random, 3.0) if random.random() < 0.3 else x
            end = draw.write(max(at, end + random.choice((2.0, 5.0, 7.0, 9.0))), y + _off(random, 0.3), text)
        y += random.choice((1.2, 1.2, 1.2, 1.5, 1.7)) * draw.size
    if random.random() < 0.3:
        draw.row_rule(y, 40.0, 360.0)
        draw.row_rule(75.0, 40.0, 360.0)


def _prose(draw: Drawing) -> None:
    """Paragraphs, and text set in two columns."""
    random, y = draw.random, 60.0
    size = draw.size = random.choice((8.0, 10.0))
    if random.random() < 0.6:
        width = random.choice((10, 12, 14))
        gutter = size * random.choice((0.6, 0.85, 1.2, 2.0))
        left, right = 60.0, 60.0 + width * size + gutter + random.choice((0.0, 0.0, 8.0))
        for _ in range(random.randint(7, 12)):
            if random.random() < 0.08:
                draw.write(80.0, y, draw.words(16, 18), size)
                y += 1.5 * size
            for x in (left, right):
                count = width - (random.randint(1, width - 2) if random.random() < 0.15 else 0)
                draw.write(x, y + (_off(random, 3.0) if x == right else 0.0), draw.words(count, count))
            y += size * random.choice((1.3, 1.3, 1.3, 1.8))
        return
    for _ in range(random.randint(3, 9)):
        indent = random.choice((0.0, 0.0, 1.0, 1.2, 1.4, 2.0)) * size
        draw.write(
            60.0 + indent,
            y,
            draw.words(3, 22) + random.choice(("", "。")),
            random.choice((size, size, size, size * 1.4)),
        )
        y += size * random.choice((1.2, 1.4, 1.4, 1.4, 1.7, 2.2))


def _decorated(draw: Drawing) -> None:
    """Underlines and strikes in a table, bold print, letters over letters, a watermark."""
    random = draw.random
    xs, ys = _grid(draw)
    before = list(zip(draw.codes, draw.boxes, strict=True))
    for _ in range(random.randint(1, 4)):
        if not before:
            break
        start = random.randrange(len(before))
        end = min(len(before) - 1, start + random.randint(0, 4))
        (x0, top, _, bottom), x1 = before[start][1], before[end][1][2]
        if x1 > x0:
            share = random.choice((0.3, 0.5, 0.5, 0.7, 0.75, 1.0, 1.1, 1.25, 1.4))
            half = (x0 + x1) / 2
            y = top + share * (bottom - top)
            if random.random() < 0.3:
                draw.row_rule(y, x0, half)
                draw.row_rule(y + random.choice((0.0, 0.5, 0.9)), half, x1)
            else:
                draw.row_rule(y, x0 - _off(random, 2.0, 3.5), x1 + _off(random, 2.0, 3.5))
    if random.random() < 0.5:
        shift = random.choice((0.15, 0.22, 0.3, 0.5))
        for code, (x0, top, x1, bottom) in before[: random.choice((1, 3, 8, 30))]:
            draw.codes.append(code if random.random() < 0.8 else code + 1)
            draw.boxes.append((x0 + shift * (x1 - x0), top, x1 + shift * (x1 - x0), bottom))
            draw.colored.append(False)
    if random.random() < 0.6:
        size = draw.size * random.choice((1.0, 1.5, 1.8, 2.0, 3.0))
        x, y = random.choice((xs[0] + 5, xs[0] + 30)), ys[0] + random.choice((2.0, 6.0, 12.0))
        for char in random.choice(("样稿", "内部资料", "公章")):
            x = draw.write(x, y, char, size, colored=random.random() < 0.8) + random.choice((0.0, size, 3 * size))


def _colored(draw: Drawing) -> None:
    """Tiles, stripes and shaded headers in place of rules."""
    random = draw.random
    xs = _lines(random, 40.0, (40.0, 60.0, 90.0), random.randint(1, 4))
    ys = _lines(random, 100.0, (5.0, 14.0, 20.0, 30.0), random.randint(2, 6))
    kind = random.choice(("tiles", "stripes", "bands", "header"))
    gap = random.choice((0.0, 0.5, 1.0, 3.0, 4.0))
    for row, (a, b) in enumerate(pairwise(ys)):
        color = (0xDDDDDD, 0xCCDDEE, 0xFFEECC)[row % random.choice((1, 2, 3))]
        if (kind == "stripes" and row % 2) or (kind == "header" and row):
            color = random.choice((-1, -2))
        parts = [(xs[0], xs[-1])] if kind == "bands" or (kind == "header" and random.random() < 0.5) else pairwise(xs)
        for x0, x1 in parts:
            if color != -2 and random.random() < 0.93:
                draw.fill((x0 + gap / 2, a + gap / 2, x1 - gap / 2, b - gap / 2), color)
        for col, (x0, x1) in enumerate(pairwise(xs)):
            _fill_cell(draw, (x0, a, x1, b), col, row)
    if random.random() < 0.4:
        for y in ys if random.random() < 0.5 else (ys[0], ys[-1]):
            draw.row_rule(y, xs[0], xs[-1])
    if random.random() < 0.3:
        for x in xs:
            draw.column_rule(x, ys[0], ys[-1])
    if random.random() < 0.2:
        draw.fill((0.0, 0.0, 600.0, random.choice((500.0, 600.0, 800.0))), 0xF0F0F0)
    if random.random() < 0.3:
        end = draw.write(40.0, ys[-1] + 10, draw.words(3, 6))
        draw.fill((39.0, ys[-1] + 10 - random.choice((0.5, 1.5)), end, ys[-1] + 10 + draw.size), 0xFFFF00)


def _drawn(draw: Drawing) -> None:
    """A table drawn with signs."""
    random, y = draw.random, 80.0
    plain = random.random() < 0.5
    widths = [random.randint(2, 5) for _ in range(random.randint(2, 4))]
    corner, level, bar = ("+", "-", "|") if plain else ("┼", "─", "│")
    each = 2 if plain else 1
    rows = random.randint(1, 4)
    for row in range(rows + 1):
        line = corner + corner.join(level * (width * each if not plain else 2 * width) for width in widths) + corner
        if not plain and row in (0, rows):
            line = (
                ("┌" if row == 0 else "└")
                + line[1:-1].replace("┼", "┬" if row == 0 else "┴")
                + ("┐" if row == 0 else "┘")
            )
        draw.write(40.0 + _off(random, 3.0) * (random.random() < 0.2), y, line)
        y += draw.size * random.choice((1.0, 1.1, 1.5))
        for _ in range(random.choice((1, 1, 2)) if row < rows else 0):
            x = 40.0
            for width in widths:
                end = draw.write(x, y, bar)
                draw.write(end, y, draw.words(1, width) if random.random() < 0.9 else "")
                x = end + width * draw.size * (1.1 if plain else 1.0)
            draw.write(x, y, bar)
            y += draw.size * random.choice((1.0, 1.1, 1.5, 2.6) if random.random() < 0.2 else (1.0, 1.1))


def _chart(draw: Drawing) -> None:
    """Boxes joined by lines, an empty ladder, bars and column rules alone."""
    random = draw.random
    kind = random.choice(("boxes", "ladder", "bare"))
    if kind == "boxes":
        for number in range(random.randint(2, 6)):
            x, y = 60.0 + 90 * (number % 3), 80.0 + 60 * (number // 3)
            for at in (y, y + 25):
                draw.row_rule(at, x, x + 60)
            for at in (x, x + 60):
                draw.column_rule(at, y, y + 25)
            draw.write(x + 4, y + 5, draw.words(2, 5))
            draw.row_rule(y + 12, x + 60, x + 90)
            draw.column_rule(x + 30, y + 25, y + 60)
    elif kind == "ladder":
        for number in range(random.randint(3, 7)):
            draw.row_rule(80.0 + 20 * number, 40.0, 200.0)
            if random.random() < 0.5:
                draw.write(44.0, 84.0 + 20 * number, draw.words(2, 8))
        draw.column_rule(40.0, 80.0, 200.0)
        draw.column_rule(200.0, 80.0, 200.0)
    else:
        for x in _lines(random, 40.0, (30.0, 60.0), random.randint(1, 4)):
            draw.column_rule(x, 80.0 + _off(random, 4.0), 80.0 + random.choice((10.0, 12.0, 13.0, 60.0)))
            draw.write(x + 3, 81.0, draw.words(1, 2))
    if random.random() < 0.4:
        draw.write(40.0, 60.0, draw.words(4, 30))


def _overflow(draw: Drawing) -> None:
    """A table whose text is drawn on beyond its cells, above, below and at the sides."""
    random = draw.random
    xs, ys = _grid(draw)
    for _ in range(random.randint(1, 3)):
        col = random.randrange(len(xs) - 1)
        x = xs[col] + random.choice((-2.0, -1.0, 0.5, 2.0))
        pitch = draw.size * random.choice((1.2, 1.6, 1.8))
        for line in range(random.choice((1, 2))):
            draw.write(x, ys[-1] + random.choice((-6.0, -2.0, 1.0, 4.0)) + line * pitch, draw.words(2, 5))
        if random.random() < 0.3:
            draw.write(x, ys[0] - pitch, draw.words(2, 5))


KINDS: tuple[Callable[[Drawing], None], ...] = (
    _plain, _two_tables, _stacked, _nested, _frame, _missing_rows, _label_column, _level_rules, _aligned, _prose, _decorated,
    _colored, _drawn, _chart, _overflow,
)  # fmt: skip


def draw_page(seed: int) -> PageArrays:
    """Return the page of a seed; its kind goes round the list. From 1000 on all stands on halves of a point: often at a threshold."""
    draw = Drawing(Random(seed))
    draw.is_coarse = seed >= 1000
    KINDS[seed % len(KINDS)](draw)
    if draw.random.random() < 0.15:
        draw.write(40.0, 30.0, draw.words(4, 20))
    return draw.finish()
