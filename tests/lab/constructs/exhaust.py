"""``python -m tests.lab.constructs.exhaust --seed 3 --axis width``: one plan, set in every width, height, size or padding.

Each variant is the same small plan as PDF. Along ``width`` the column of measures grows point by point, along ``height``
the page, so that its end falls behind each line of the table, along ``size`` the letters, along ``pad`` the room in cells.
What is read must be the plan, or say where it may not be.
"""

from __future__ import annotations

import argparse
import io
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.lab.by_reportlab import _load_font
from tests.lab.constructs.maker import Maker
from tests.lab.constructs.score import RIGHT, Outcome, judge
from tests.lab.wrap import wrap_text

_MARGIN = 45.0
RULES = ("grid", "closed", "level", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How the plan is set; lengths in points, ``share`` is that of the measures in the width of the page.

    ``rules``: "grid" leaves a cut row open at the break, "closed" rules it off, "level" has no column rules, "none" no
    rules but those around the header. ``repeats`` prints the header on each page.
    """

    seed: int = 1
    share: float = 0.34
    height: float = 842.0
    size: float = 9.0
    leading: float = 1.4
    pad: float = 4.0
    rules: str = "grid"
    repeats: bool = False
    is_middle: bool = False
    font: str = "sans"


def make_plan(seed: int) -> Maker:
    """Return the plan of a seed."""
    return Maker("exhaust", seed)


def vary(axis: str, start: Setting) -> Iterator[Setting]:
    """Yield every setting along an axis."""
    if axis == "width":
        yield from (replace(start, share=0.14 + step * 0.004) for step in range(100))
    if axis == "height":
        low = 3 * start.size * start.leading + 90 + 4 * start.pad
        yield from (replace(start, height=low + step * start.size * start.leading / 2) for step in range(100))
    if axis == "size":
        yield from (replace(start, size=7 + step * 0.1, height=h) for step in range(71) for h in (842.0, 300.0))
    if axis == "pad":
        yield from (replace(start, pad=0.5 + step * 0.1, height=h) for step in range(100) for h in (842.0, 300.0))
    if axis == "leading":
        yield from (replace(start, leading=1.0 + step * 0.01, height=h) for step in range(100) for h in (842.0, 300.0))


class _Page:
    """Lays rows out on pages, cutting them between lines."""

    def __init__(self, setting: Setting) -> None:
        self.s = setting
        self.font = _load_font(setting.font)
        self.leading = setting.size * setting.leading
        self.buffer = io.BytesIO()
        self.width = 595.0
        self.canvas = Canvas(self.buffer, pagesize=(self.width, setting.height), invariant=1)
        rest = (0.06, 0.16, 0.0, 0.13, 0.14, 0.15)
        free = (1 - setting.share) / sum(rest)
        shares = [setting.share if place == 2 else part * free for place, part in enumerate(rest)]
        self.xs = [_MARGIN]
        for share in shares:
            self.xs.append(self.xs[-1] + share * (self.width - 2 * _MARGIN))
        self.y = _MARGIN
        self.is_first = True

    def lines(self, texts: list[str]) -> list[list[str]]:
        return [
            ["".join(run for run, _ in line) for line in wrap_text(text, b - a - 2 * self.s.pad, self.wide)]
            for text, a, b in zip(texts, self.xs, self.xs[1:], strict=False)
        ]

    def wide(self, text: str, low: bool = False) -> float:
        return float(pdfmetrics.stringWidth(text, self.font, self.s.size))

    def room(self) -> int:
        """Return how many lines of a row fit on the page."""
        return int((self.s.height - _MARGIN - self.y - 2 * self.s.pad + 0.01) / self.leading)

    def row(self, lines: list[list[str]], *, is_open: tuple[bool, bool], is_header: bool = False) -> None:
        """Draw a row or a part of one; ``is_open``: whether it goes on from and to another page."""
        s, canvas, y = self.s, self.canvas, self.y
        high = max(1, *map(len, lines)) * self.leading + 2 * s.pad
        for cell, x, x1 in zip(lines, self.xs, self.xs[1:], strict=False):
            top = y + s.pad + ((high - 2 * s.pad - len(cell) * self.leading) / 2 if s.is_middle else 0)
            canvas.setFont(self.font, s.size)
            for number, line in enumerate(cell):
                base = s.height - top - number * self.leading - (self.leading - s.size) / 2 - 0.86 * s.size
                canvas.drawString(x + s.pad, base, line)
            if s.rules in ("grid", "closed"):
                canvas.line(x, s.height - y, x, s.height - y - high)
                canvas.line(x1, s.height - y, x1, s.height - y - high)
        level = s.rules != "none" or is_header
        if level and not (is_open[0] and s.rules != "closed"):
            canvas.line(self.xs[0], s.height - y, self.xs[-1], s.height - y)
        if level and not (is_open[1] and s.rules != "closed"):
            canvas.line(self.xs[0], s.height - y - high, self.xs[-1], s.height - y - high)
        self.y += high

    def new_page(self, header: list[list[str]]) -> None:
        self.canvas.showPage()
        self.canvas.setLineWidth(0.5)
        self.y = _MARGIN
        if self.s.repeats:
            self.row(header, is_open=(False, False), is_header=True)


def print_setting(setting: Setting) -> bytes:
    """Return the plan as PDF."""
    plan, page = make_plan(setting.seed), _Page(setting)
    page.canvas.setLineWidth(0.5)
    page.canvas.setFont(page.font, 14)
    page.canvas.drawCentredString(page.width / 2, setting.height - page.y, str(plan.head()[0]))
    page.y += 20
    header = page.lines(plan.labels)
    page.row(header, is_open=(False, False), is_header=True)
    for texts in plan.texts():
        rest, is_cut = page.lines(texts), False
        while True:
            need, room = max(map(len, rest)), page.room()
            if need <= room:
                page.row(rest, is_open=(is_cut, False))
                break
            if room >= 1 and not (is_cut and page.y <= _MARGIN + 1 and room < 1):
                page.row([cell[:room] for cell in rest], is_open=(is_cut, True))
                rest, is_cut = [cell[room:] for cell in rest], True
            page.new_page(header)
    if setting.rules == "none":
        page.canvas.line(page.xs[0], setting.height - page.y, page.xs[-1], setting.height - page.y)
    page.canvas.save()
    return page.buffer.getvalue()


def run(setting: Setting) -> tuple[Setting, Outcome]:
    """Print and judge one setting."""
    return setting, judge(print_setting(setting), "exhaust.pdf", tuple(make_plan(setting.seed).truth))


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, action="append")
    parser.add_argument("--axis", choices=["width", "height", "size", "pad", "leading"], action="append")
    parser.add_argument("--rules", choices=RULES, action="append")
    parser.add_argument("--every", type=int, default=1, help="take one setting of so many")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--show", type=int, default=3)
    options = parser.parse_args()
    with ProcessPoolExecutor(options.jobs) as pool:
        for rules in options.rules or RULES:
            for axis in options.axis or ("width", "height", "size", "pad", "leading"):
                starts = [
                    Setting(seed=seed, rules=rules, repeats=seed % 2 == 0, is_middle=seed % 3 == 0, font=font)
                    for seed in options.seed or (1, 2)
                    for font in (("sans", "serif")[seed % 2],)
                ]
                settings = [setting for start in starts for setting in list(vary(axis, start))[:: options.every]]
                found = list(pool.map(run, settings, chunksize=8))
                counts = Counter(outcome.result for _, outcome in found)
                print(f"{rules:7} {axis:8}", " ".join(f"{name} {n}" for name, n in sorted(counts.items())), flush=True)
                wrong = [(setting, outcome) for setting, outcome in found if outcome.result != RIGHT]
                wrong.sort(key=lambda item: item[1].result != "silent")
                for setting, outcome in wrong[: options.show]:
                    print("  ", outcome.result, setting, outcome.message[:150])


if __name__ == "__main__":
    main()
