"""``python -m tests.lab.constructs.in_columns --seeds 0:40``: plans in prose on pages set in one, two or three columns.

The same text is read as plain text and as PDF; what differs must be marked. Drawn at random: the number of columns,
indents, balanced columns or not, a rule between them, the size of letters and the gutter.
"""

from __future__ import annotations

import argparse
import io
import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from planextract.errors import PlanExtractError
from planextract.model.decision import Overrides
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import Settings
from tests.lab.by_reportlab import _load_font
from tests.lab.constructs.score import MARKED, REFUSED, RIGHT, SILENT, _describe
from tests.lab.prose import make_prose
from tests.lab.score import _load_dictionaries
from tests.lab.wrap import wrap_text

_MARGIN = 50.0


def print_columns(text: str, seed: int) -> bytes:
    """Return a text as PDF in columns: the first line is the title, across all of them."""
    rng = random.Random(f"columns {seed}")
    count = rng.choice([1, 2, 2, 2, 3, 3])
    size, leading = rng.choice([8.0, 9.0, 10.5]), rng.choice([1.3, 1.5, 1.7])
    gutter = rng.choice([1.5, 2.0, 3.0]) * size
    indent = rng.choice([0.0, 2.0]) * size
    is_balanced, has_rule = rng.random() < 0.5, rng.random() < 0.2
    font = _load_font(rng.choice(["sans", "serif"]))
    width = (A4[0] - 2 * _MARGIN - (count - 1) * gutter) / count

    def measure(part: str, low: bool = False) -> float:
        return float(pdfmetrics.stringWidth(part, font, size))

    title, *paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    lines = [
        ("".join(run for run, _ in line), indent if number == 0 else 0.0)
        for paragraph in paragraphs
        for number, line in enumerate(wrap_text(paragraph, width, measure, indent))
    ]
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    step, top = size * leading, A4[1] - _MARGIN - 40
    is_first = True
    while lines:
        room = int((top - _MARGIN) / step)
        each = min(room, -(-len(lines) // count)) if is_balanced else room
        if is_first:
            canvas.setFont(font, 16)
            canvas.drawCentredString(A4[0] / 2, A4[1] - _MARGIN - 16, title)
        for column in range(count):
            own, lines = lines[:each], lines[each:]
            x = _MARGIN + column * (width + gutter)
            canvas.setFont(font, size)
            for number, (line, shift) in enumerate(own):
                canvas.drawString(x + shift, top - number * step - size, line)
            if has_rule and column and own:
                canvas.line(x - gutter / 2, top, x - gutter / 2, top - each * step)
        canvas.showPage()
        top, is_first = A4[1] - _MARGIN, False
    canvas.save()
    return buffer.getvalue()


def _read(data: bytes, name: str) -> list[tuple[tuple[str, ...], bool]]:
    settings = Settings()
    extraction = extract_document(read_document(data, name, settings.read), _load_dictionaries(), Overrides(), settings)
    return [
        (_describe(task, measure), measure.needs_review)
        for plan in extraction.plans
        for task in plan.tasks
        for measure in task.measures
    ]


def run(seed: int) -> tuple[int, str, str]:
    """Print and read a text; return what became of it, and the first difference."""
    plan = make_prose(seed)
    text = plan.text
    if plan.options["wrap"] != "0":
        return seed, "skipped", ""  # its lines end at a width of their own
    try:
        wanted = [row for row, _ in _read(text.encode(), "plan.txt")]
    except PlanExtractError:
        return seed, "skipped", ""
    try:
        found = _read(print_columns(text, seed), "plan.pdf")
    except PlanExtractError as error:
        return seed, REFUSED, str(error)[:150]
    rows = [row for row, _ in found]
    if rows == wanted:
        return seed, RIGHT, ""
    is_marked = any(mark for _, mark in found) and all(mark for row, mark in found if row not in wanted)
    pairs = (
        f"{x!r} for {y!r}" for a, b in zip(rows, wanted, strict=False) for x, y in zip(a, b, strict=True) if x != y
    )
    return seed, MARKED if is_marked else SILENT, f"{len(rows)} of {len(wanted)}: {next(pairs, '')}"[:220]


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="0:20")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    first, last = map(int, options.seeds.split(":"))
    with ProcessPoolExecutor(options.jobs) as pool:
        found = list(pool.map(run, range(first, last)))
    print(" ".join(f"{name} {n}" for name, n in sorted(Counter(result for _, result, _ in found).items())))
    for seed, result, message in found:
        if message:
            print("  ", result, seed, message)


if __name__ == "__main__":
    main()
