"""Kinds of constructs printed as text of fixed width: rules drawn with signs."""

from __future__ import annotations

import unicodedata

from tests.lab.constructs.maker import Draw, Maker
from tests.lab.constructs.model import Sheet

_SIGNS = {"light": "┌┬┐├┼┤└┴┘─│", "heavy": "┏┳┓┣╋┫┗┻┛━┃", "double": "╔╦╗╠╬╣╚╩╝═║"}


def box_drawing(m: Maker) -> Draw:
    """The table is drawn with signs, in the raster of a fixed width or not quite."""
    sheet = Sheet(blocks=list(m.head()))
    signs = _SIGNS[m.rng.choice(["light", "light", "light", "heavy", "double"])]
    mark = m.rng.choice([1, 2])
    widths = [6, 16, m.rng.choice([28, 36, 40]), 14, 16, 18]
    widths = [w + w % 2 for w in widths]
    sheet.drawing = draw_grid([m.labels, *m.texts()], widths, signs, mark)
    sheet.mark_width = mark
    sheet.is_proportional = m.rng.random() < 0.25
    m.look = {"is_landscape": True, "font": "sans" if mark == 1 else m.rng.choice(["sans", "serif"])}
    return [sheet], m.truth


def draw_grid(rows: list[list[str]], widths: list[int], signs: str, mark: int) -> list[str]:
    """Return the lines of a fully ruled table; ``mark`` is how many half-width columns a sign takes."""
    level = [signs[9] * (width // mark) for width in widths]
    top, middle, low = (signs[i] + signs[i + 1].join(level) + signs[i + 2] for i in (0, 3, 6))
    out = [top]
    for number, row in enumerate(rows):
        out.extend([middle] if number else [])
        cells = [wrap_columns(text, width) for text, width in zip(row, widths, strict=True)]
        for at in range(max(map(len, cells))):
            texts = [cell[at] if at < len(cell) else "" for cell in cells]
            parts = [text + " " * (width - count_columns(text)) for text, width in zip(texts, widths, strict=True)]
            out.append(signs[10] + signs[10].join(parts) + signs[10])
    return [*out, low]


def count_columns(text: str, mark: int = 1) -> int:
    """Return how many half-width columns a text takes, signs of ``mark`` each."""
    return sum(
        mark if "\u2500" <= char <= "\u257f" else 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        for char in text
    )


def wrap_columns(text: str, width: int) -> list[str]:
    """Break a text into lines of at most ``width`` half-width columns, anywhere."""
    lines = [""]
    for char in text:
        if count_columns(lines[-1] + char) > width:
            lines.append("")
        lines[-1] += char
    return lines
