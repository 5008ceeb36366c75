"""Typeset a variant with reportlab: fills, letters and rules exactly where the variant says."""

from __future__ import annotations

import io
import random
from dataclasses import replace

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.lab.by_reportlab import _load_font
from tests.lab.constructs.kinds_drawn import count_columns
from tests.lab.constructs.model import Cell, Overprint, Sheet, Table, Variant
from tests.lab.wrap import wrap_text

_FONTS = {"other_sans": "sans", "other_serif": "serif"}  # what reportlab cannot embed
_OFFSET = {"top": (0, 0), "bottom": (1, 0), "left": (0, 0), "right": (0, 1)}


class _Setter:
    def __init__(self, variant: Variant) -> None:
        self.look = variant.look
        self.width, self.height = self.look.paper[::-1] if self.look.is_landscape else self.look.paper
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(self.width, self.height), invariant=1)
        self.font = _load_font(_FONTS.get(self.look.font, self.look.font))
        self.leading = self.look.size * self.look.leading
        self.lowest = 0.0
        self.xs: list[float] = []
        self.ys: list[float] = []
        self.struck: dict[tuple[int, int], list[str]] = {}
        self.fits: dict[tuple[int, int], bool] = {}
        self.first: dict[tuple[int, int], float] = {}
        self.later: list[tuple[float, float, str]] = []
        self.number = 0

    def measure(self, text: str, low: bool = False) -> float:
        return float(pdfmetrics.stringWidth(text, self.font, self.look.size))

    def wrap(self, cell: Cell, width: float) -> list[str]:
        parts = cell.text.split("\n") if cell.text else []
        return ["".join(run for run, _ in line) for part in parts for line in wrap_text(part, width, self.measure)]

    def sheet(self, sheet: Sheet) -> None:
        """Draw a page; its content is a form where the look says so, and is drawn twice where it does."""
        self.number += 1
        if sheet.turn:
            self.turn(sheet.turn)
        if self.look.drawing == "form":
            self.canvas.beginForm(f"page{self.number}")
        for _ in range(2 if self.look.drawing == "twice" else 1):
            self.content(sheet)
        if self.look.drawing == "form":
            self.canvas.endForm()
            self.canvas.doForm(f"page{self.number}")
        self.canvas.showPage()

    def turn(self, turn: int) -> None:
        """Set /Rotate, and the content so that it stands upright."""
        width, height = self.width, self.height
        if turn in (90, 270):
            self.canvas.setPageSize((width, height))  # reportlab itself turns the page box
            self.canvas.translate(*((height, 0) if turn == 90 else (0, width)))
            self.canvas.rotate(90 if turn == 90 else -90)
        else:
            self.canvas.translate(width, height)
            self.canvas.rotate(180)
        self.canvas.setPageRotation(turn)

    def content(self, sheet: Sheet) -> None:
        """Draw what stands on a page."""
        y = self.look.margin
        for place, block in enumerate(sheet.blocks):
            if isinstance(block, str):
                self.canvas.setFont(self.font, self.look.size * 1.4)
                self.canvas.setFillColor(Color(0, 0, 0))
                self.canvas.drawCentredString(self.width / 2, self.height - y - 16, block)
                y += 34
            else:
                is_close = any(isinstance(t, Table) and t.is_close for t in sheet.blocks[place + 1 : place + 2])
                y = self.table(block, y) + (0 if is_close else 2 * self.leading)
        self.drawing(sheet, y)
        self.frames(sheet)
        for over in sheet.overprints:
            self.overprint(over)
        self.marks(sheet)
        self.canvas.setFont(self.font, self.look.size)
        self.canvas.setFillColor(Color(0, 0, 0))
        random.Random(self.number).shuffle(self.later)
        for x, base, char in self.later:
            self.canvas.drawString(x, base, char)
        self.later = []

    def drawing(self, sheet: Sheet, y: float) -> None:
        """Print lines of fixed width, letter by letter in a raster or as wide as the letters are."""
        self.canvas.setFillColor(Color(0, 0, 0))
        self.canvas.setFont(self.font, self.look.size)
        for line in sheet.drawing:
            y += self.leading
            self.lowest = max(self.lowest, y)
            if sheet.is_proportional:
                self.canvas.drawString(self.look.margin, self.height - y, line)
                continue
            column = 0
            for char in line:
                if char != " ":
                    wide = count_columns(char, sheet.mark_width)
                    free = wide * self.look.size / 2 - self.measure(char) if wide == 1 else 0.0
                    self.canvas.drawString(
                        self.look.margin + column * self.look.size / 2 + free / 2, self.height - y, char
                    )
                column += count_columns(char, sheet.mark_width)

    def marks(self, sheet: Sheet) -> None:
        """Draw stray rules, slanted watermarks and the seal."""
        canvas = self.canvas
        canvas.setStrokeColor(Color(0, 0, 0))
        canvas.setLineWidth(self.look.rule_pt)
        for x0, top, x1, bottom in sheet.strays:
            canvas.line(x0 * self.width, (1 - top) * self.height, x1 * self.width, (1 - bottom) * self.height)
        for mark in sheet.watermarks:
            canvas.saveState()
            canvas.translate(mark.x * self.width, (1 - mark.y) * self.height)
            canvas.rotate(mark.angle)
            canvas.setFont(self.font, mark.size)
            canvas.setFillColor(HexColor(mark.color))
            canvas.drawString(0, 0, mark.text)
            canvas.restoreState()
        if sheet.seal is not None:
            x, y, radius = sheet.seal
            canvas.setStrokeColor(HexColor("#e00000"))
            canvas.setLineWidth(2.5)
            canvas.circle(x * self.width, (1 - y) * self.height, radius * self.width)

    def table(self, table: Table, top: float) -> float:
        look = self.look
        room = self.width - 2 * look.margin
        self.xs = [look.margin]
        for share in table.widths:
            self.xs.append(self.xs[-1] + share * room)
        lines = [
            [self.wrap(cell, self.xs[j + cell.cols] - self.xs[j] - 2 * look.pad_x) for j, cell in enumerate(row)]
            for row in table.rows
        ]
        for i, row in enumerate(table.rows):
            for j, cell in enumerate(row):
                self.struck[i, j] = self.wrap(Cell(text=cell.struck), self.xs[j + 1] - self.xs[j] - 2 * look.pad_x)
                room = (
                    self.xs[j + 1] - self.xs[j] - 2 * look.pad_x - self.measure(lines[i][j][-1] if lines[i][j] else "")
                )
                self.fits[i, j] = self.measure(cell.struck) <= room
        for i, row in enumerate(table.rows):
            for j, cell in enumerate(row):
                if cell.rest is not None:
                    count = max(1, len(lines[i][j]) // 2)
                    cell.rest.text = "".join(lines[i][j][count:])
                    lines[i][j] = lines[i][j][:count]
        self.ys = [top]
        twins = self.wrap_all(table.twin, room) if table.twin is not None else [[] for _ in lines]
        for i, row in enumerate(lines):
            counts = list(map(len, twins[i]))
            counts += [self.count(table.rows[i][j], cell, i, j) for j, cell in enumerate(row)]
            high = max(1, *counts) * self.leading + 2 * look.pad_y
            self.ys.append(self.ys[-1] + max(high, table.least_height))
            self.stretch(table, lines, i)
        for i, row in enumerate(table.rows):
            for j, cell in enumerate(row):
                self.fill(cell, i, j, table.gap)
        for i, row in enumerate(table.rows):
            for j, cell in enumerate(row):
                self.letters(cell, lines[i][j], i, j)
        self.rules(table)
        self.lowest = max(self.lowest, self.ys[-1])
        return self.ys[-1]

    def stretch(self, table: Table, lines: list[list[list[str]]], i: int) -> None:
        """Make a row as high as cells over several rows need that end in it."""
        for start in range(i):
            for j, home in enumerate(table.rows[start]):
                if home.rows > 1 and start + home.rows == i + 1:
                    need = len(lines[start][j]) * self.leading + 2 * self.look.pad_y
                    self.ys[-1] = max(self.ys[-1], self.ys[start] + need)

    def count(self, cell: Cell, lines: list[str], i: int, j: int) -> int:
        """Return how many lines a cell needs in its row."""
        if cell.rows > 1:
            return 1
        inner = 0 if cell.inner is None else len(cell.inner) + 1
        return len(lines) + inner + (0 if self.fits[i, j] else len(self.struck[i, j]))

    def wrap_all(self, table: Table, room: float) -> list[list[list[str]]]:
        return [
            [self.wrap(cell, table.widths[j] * room - 2 * self.look.pad_x) for j, cell in enumerate(row)]
            for row in table.rows
        ]

    def fill(self, cell: Cell, i: int, j: int, gap: float) -> None:
        if cell.fill is not None and not cell.is_covered:
            self.canvas.setFillColor(HexColor(cell.fill))
            x0, x1, top, bottom = self.xs[j], self.xs[j + cell.cols], self.ys[i], self.ys[i + cell.rows]
            self.canvas.rect(
                x0 + gap / 2, self.height - bottom + gap / 2, x1 - x0 - gap, bottom - top - gap, stroke=0, fill=1
            )

    def letters(self, cell: Cell, lines: list[str], i: int, j: int) -> None:
        look, canvas = self.look, self.canvas
        if cell.is_covered:
            return
        free = self.ys[i + cell.rows] - self.ys[i] - 2 * look.pad_y - self.count(cell, lines, i, j) * self.leading
        if cell.rows > 1:
            free = self.ys[i + cell.rows] - self.ys[i] - 2 * look.pad_y - len(lines) * self.leading
        y = self.ys[i] + look.pad_y + (max(free, 0) / 2 if look.is_middle else 0)
        rest = cell.struck
        for number, line in enumerate(lines):
            canvas.setFont(self.font, look.size)
            canvas.setFillColor(HexColor(cell.color))
            x, base = self.xs[j] + look.pad_x, self.height - y - (self.leading - look.size) / 2 - 0.86 * look.size
            if cell.align != "left":
                room = self.xs[j + cell.cols] - self.xs[j] - 2 * look.pad_x - self.measure(line)
                x += room if cell.align == "right" else room / 2
            self.text(x, base, line)
            self.first.setdefault((i, j), base)
            canvas.setStrokeColor(HexColor(cell.color))
            canvas.setLineWidth(look.size * 0.05)
            if cell.is_underlined:
                canvas.line(x, base - 0.12 * look.size, x + self.measure(line), base - 0.12 * look.size)
            if rest and self.fits[i, j] and number == len(lines) - 1:
                self.strike(rest, x + self.measure(line), base)
            y += self.leading
        if rest and not self.fits[i, j]:
            for line in self.struck[i, j]:
                self.strike(
                    line, self.xs[j] + look.pad_x, self.height - y - (self.leading - look.size) / 2 - 0.86 * look.size
                )
                y += self.leading

        if cell.inner is not None:
            self.inner(cell.inner, (self.xs[j], self.xs[j + 1]), y)

    def inner(self, rows: list[list[str]], sides: tuple[float, float], y: float) -> None:
        """Draw a small ruled table inside a cell, its rows as high as lines."""
        canvas, look = self.canvas, self.look
        x0, x1 = sides[0] + look.pad_x + 2, sides[1] - look.pad_x - 2
        y += 0.4 * self.leading
        step = (x1 - x0) / len(rows[0])
        canvas.setStrokeColor(Color(0, 0, 0))
        canvas.setLineWidth(0.5)
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                self.canvas.rect(x0 + j * step, self.height - y - (i + 1) * self.leading, step, self.leading)
                base = self.height - y - i * self.leading - (self.leading - look.size) / 2 - 0.86 * look.size
                self.text(x0 + j * step + 2, base, text)

    def text(self, x: float, base: float, line: str) -> None:
        """Draw a line of letters as the look says; shuffled letters wait for the end of the page."""
        if self.look.drawing == "shuffled":
            for char in line:
                self.later.append((x, base, char))
                x += self.measure(char)
            return
        self.canvas.drawString(x, base, line)
        if self.look.drawing == "bold":
            self.canvas.drawString(x + 0.3, base, line)

    def strike(self, text: str, x: float, base: float) -> None:
        self.canvas.setFont(self.font, self.look.size)
        self.canvas.drawString(x, base, text)
        self.canvas.line(x, base + 0.33 * self.look.size, x + self.measure(text), base + 0.33 * self.look.size)

    def rules(self, table: Table) -> None:
        """Draw each side once; neighbours on one line of one color are one stroke where the look says so."""
        if table.gap and table.rows[0][0].top == "black":
            self.boxes(table)
        sides: dict[tuple[str, int, int], str] = {}
        for i, row in enumerate(table.rows):
            for j, cell in enumerate(row):
                for name, (di, dj) in _OFFSET.items():
                    key = ("h" if name in ("top", "bottom") else "v", i + di, j + dj)
                    side = getattr(cell, name)
                    sides[key] = side if sides.get(key, "none") == "none" else sides[key]
        for color in ("black", "white"):
            shade = Color(1, 1, 1) if color == "white" else Color(*(self.look.gray,) * 3)
            self.canvas.setStrokeColor(shade)
            self.canvas.setFillColor(shade)
            self.canvas.setLineWidth(self.look.rule_pt)
            for direction, i, j in sorted(sides):
                if sides[direction, i, j] == color and not table.gap:
                    self.side(table, sides, direction, i, j)

    def boxes(self, table: Table) -> None:
        """Draw each cell as a box of its own, a gap between neighbours."""
        self.canvas.setStrokeColor(Color(*(self.look.gray,) * 3))
        self.canvas.setLineWidth(self.look.rule_pt)
        half = table.gap / 2
        for i, row in enumerate(table.rows):
            for j in range(len(row)):
                x0, y0 = self.xs[j] + half, self.height - self.ys[i + 1] + half
                wide, high = self.xs[j + 1] - self.xs[j] - table.gap, self.ys[i + 1] - self.ys[i] - table.gap
                self.canvas.rect(x0, y0, wide, high)

    def side(self, table: Table, sides: dict[tuple[str, int, int], str], direction: str, i: int, j: int) -> None:
        color = sides[direction, i, j]
        step = (0, 1) if direction == "h" else (1, 0)
        if self.look.strokes == "whole" and sides.get((direction, i - step[0], j - step[1])) == color:
            return
        end_i, end_j = i + step[0], j + step[1]
        while self.look.strokes == "whole" and sides.get((direction, end_i, end_j)) == color:
            end_i, end_j = end_i + step[0], end_j + step[1]
        x0, y0, x1, y1 = self.xs[j], self.height - self.ys[i], self.xs[end_j], self.height - self.ys[end_i]
        if table.dash is not None:
            self.dashes(x0, y0, x1, y1, table.dash)
        elif table.double:
            dx, dy = (0, table.double / 2) if direction == "h" else (table.double / 2, 0)
            self.canvas.line(x0 - dx, y0 - dy, x1 - dx, y1 - dy)
            self.canvas.line(x0 + dx, y0 + dy, x1 + dx, y1 + dy)
        elif self.look.strokes == "filled":
            t = self.look.rule_pt / 2
            self.canvas.rect(x0 - t, min(y0, y1) - t, x1 - x0 + 2 * t, abs(y1 - y0) + 2 * t, stroke=0, fill=1)
        else:
            self.canvas.line(x0, y0, x1, y1)

    def dashes(self, x0: float, y0: float, x1: float, y1: float, dash: tuple[float, float]) -> None:
        length, at = max(abs(x1 - x0), abs(y1 - y0)), 0.0
        while at < length:
            a, b = at / length, min(at + dash[0], length) / length
            self.canvas.line(x0 + a * (x1 - x0), y0 + a * (y1 - y0), x0 + b * (x1 - x0), y0 + b * (y1 - y0))
            at += sum(dash)

    def frames(self, sheet: Sheet) -> None:
        self.canvas.setStrokeColor(Color(0, 0, 0))
        self.canvas.setLineWidth(self.look.rule_pt)
        for x0, top, x1, bottom in sheet.frames:
            self.canvas.rect(
                x0 * self.width, self.height * (1 - bottom), (x1 - x0) * self.width, (bottom - top) * self.height
            )
        self.canvas.setFillColor(Color(0, 0, 0))
        self.canvas.setFont(self.font, 8)
        for x, y, text in sheet.notes:
            self.canvas.drawString(x * self.width, self.height * (1 - y) - 3, text)

    def overprint(self, over: Overprint) -> None:
        if (over.row, over.col) not in self.first:
            return  # a merged cell's row holds no text of its own
        size = self.look.size * over.scale
        self.canvas.setFillColor(HexColor(over.color))
        self.canvas.setFont(self.font, size)
        base = self.first[over.row, over.col] + 0.3 * (self.look.size - size)  # the middle of the cell's first line
        self.canvas.drawString(self.xs[over.col] + 4 + self.look.pad_x, base - 0.1 * self.look.size, over.text)


def print_reportlab(variant: Variant) -> bytes:
    """Return a variant as PDF; what is too long for its page is set smaller."""
    setter = _Setter(variant)
    for sheet in variant.sheets:
        setter.sheet(sheet)
    if setter.lowest > setter.height - 0.06 * setter.height:
        return print_reportlab(replace(variant, look=replace(variant.look, size=variant.look.size * 0.85)))
    setter.canvas.save()
    return setter.buffer.getvalue()
