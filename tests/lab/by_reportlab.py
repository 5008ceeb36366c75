"""Typeset with reportlab: the lab's own pagination, so that a row can be cut at any line."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib import pagesizes
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.lab.model import LabPlan, LabTable, LabText, make_color
from tests.lab.paginate import Part, paginate_table
from tests.lab.rules import draw_rules
from tests.lab.wrap import Line, wrap_text

_FONTS = {
    "sans": ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    "serif": ("/usr/share/fonts/truetype/arphic/uming.ttc", 0),
}


def find_fonts() -> bool:
    """Tell whether the fonts that are embedded are installed."""
    return all(Path(path).is_file() for path, _ in _FONTS.values())


_SIZES = {"A4": pagesizes.A4, "A3": pagesizes.A3, "B5": (499.0, 709.0)}
_PAD = 3.0
_LOW = 0.65
_MARGIN = 56.0


@dataclass(slots=True)
class Sheet:
    """What stands on one page: lines of text and table boxes, y downwards from the top."""

    lines: list[tuple[float, float, Line, int, float, bool]] = field(default_factory=list)
    tables: list[tuple[LabTable, list[Part]]] = field(default_factory=list)


class Typesetter:
    """Lays the blocks of a plan out on pages, then draws them."""

    def __init__(self, plan: LabPlan) -> None:
        self.plan, self.options = plan, plan.options
        self.rng = random.Random(f"print {plan.seed}")
        width, height = _SIZES[self.options.page]
        self.width, self.height = (height, width) if self.options.landscape else (width, height)
        self.size = self.options.font_pt
        self.leading = round(self.size * 1.35, 2)
        self.font = _load_font(self.options.font)
        self.sheets = [Sheet()]
        self.y = _MARGIN
        self.bottom = self._choose_bottom()

    def measure(self, text: str, low: bool = False, size: float | None = None) -> float:
        """Return a text's width in points."""
        return pdfmetrics.stringWidth(text, self.font, (size or self.size) * (_LOW if low else 1))

    def _choose_bottom(self) -> float:
        share = self.rng.uniform(0, 0.3) if self.options.ragged_fill else 0.0
        return self.height - _MARGIN - share * (self.height - 2 * _MARGIN)

    def start_page(self) -> None:
        """Go on at the top of a new page."""
        self.sheets.append(Sheet())
        self.y = _MARGIN
        self.bottom = self._choose_bottom()

    def wrap_cell(self, paragraphs: tuple[str, ...], width: float, *, is_prose: bool) -> list[Line]:
        """Break a cell's paragraphs into lines; an empty line parts spaced paragraphs of running text."""
        indented = self.options.paragraphs == "indented" and is_prose
        lines: list[Line] = []
        for paragraph in paragraphs:
            if lines and self.options.paragraphs == "spaced" and is_prose:
                lines.append(())
            indent = 2 * self.size if indented else 0.0
            wrapped = wrap_text(paragraph, width, self.measure, indent)
            if wrapped and indent:
                wrapped[0] = (("\u3000\u3000", False), *wrapped[0])
            lines.extend(wrapped)
        return lines

    def lay_out(self) -> list[Sheet]:
        """Return the pages."""
        for block in self.plan.blocks:
            if isinstance(block, LabText):
                self._place_text(block)
            else:
                paginate_table(self, block)
                self.y += self.leading
        return self.sheets

    def _place_text(self, block: LabText) -> None:
        if block.starts_page and (self.sheets[-1].lines or self.sheets[-1].tables):
            self.start_page()
        size = {"title": self.size * 1.5, "number": self.size, "attachment": self.size * 1.2}.get(
            block.style, self.size * 1.1
        )
        leading, room = size * 1.6, self.width - 2 * _MARGIN
        indent = 2 * size if block.style in ("indented", "hanging") else 0.0
        lines = wrap_text(block.text, room, lambda t, low: self.measure(t, low, size), indent)
        for index, line in enumerate(lines):
            if self.y + leading > self.bottom + 0.01 and self.y > _MARGIN:
                self.start_page()
            width = sum(self.measure(text, low, size) for text, low in line)
            x = _MARGIN + (indent if index == 0 else 0.0)
            x = {
                "title": (self.width - width) / 2,
                "number": (self.width - width) / 2,
                "right": self.width - _MARGIN - width,
            }.get(block.style, x)
            self.sheets[-1].lines.append((x, self.y + size, line, block.key, size, block.style == "title"))
            self.y += leading
        self.y += leading * 0.4


def print_reportlab(plan: LabPlan) -> bytes:
    """Typeset a plan with reportlab."""
    setter = Typesetter(plan)
    sheets = setter.lay_out()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(setter.width, setter.height), invariant=1, pageCompression=1)
    for number, sheet in enumerate(sheets, start=1):
        _turn_page(canvas, setter)
        _draw_sheet(canvas, setter, sheet, number, len(sheets))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _load_font(name: str) -> str:
    if name == "builtin":
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        return "STSong-Light"
    path, index = _FONTS[name]
    pdfmetrics.registerFont(TTFont(f"lab-{name}", path, subfontIndex=index))
    return f"lab-{name}"


def _turn_page(canvas: Canvas, setter: Typesetter) -> None:
    width, height, options = setter.width, setter.height, setter.options
    turn = 90 if options.sideways else options.rotate
    if turn in (90, 270):
        # reportlab itself turns the page box of a page with /Rotate
        canvas.setPageSize((height, width) if options.sideways else (width, height))
        canvas.translate(*((height, 0) if turn == 90 else (0, width)))
        canvas.rotate(90 if turn == 90 else -90)
    elif turn == 180:
        canvas.setPageSize((width, height))
        canvas.translate(width, height)
        canvas.rotate(180)
    canvas.setPageRotation(0 if options.sideways else turn)


def _draw_sheet(canvas: Canvas, setter: Typesetter, sheet: Sheet, number: int, count: int) -> None:
    for table, parts in sheet.tables:
        draw_rules(canvas, setter, table, parts)
        order = setter.rng.sample(parts, len(parts)) if setter.options.shuffled else parts
        for part in order:
            _draw_part(canvas, setter, part)
    for x, y, line, key, size, is_bold in sheet.lines:
        _draw_line(canvas, setter, (x, y), line, key, size, is_bold=is_bold)
    _draw_furniture(canvas, setter, number, count)


def _draw_part(canvas: Canvas, setter: Typesetter, part: Part) -> None:
    used = len(part.lines) * setter.leading
    free = part.bottom - part.top - used - 2 * _PAD
    y = part.top + _PAD + (max(free, 0) / 2 if setter.options.valign == "middle" or part.is_header else 0.0)
    for line in part.lines:
        width = sum(setter.measure(text, low) for text, low in line)
        x = (part.x0 + part.x1 - width) / 2 if part.is_centered else part.x0 + _PAD
        _draw_line(canvas, setter, (x, y + setter.size), line, part.key, setter.size, is_bold=part.is_header)
        y += setter.leading


def _draw_line(
    canvas: Canvas, setter: Typesetter, at: tuple[float, float], line: Line, key: int, size: float, *, is_bold: bool
) -> None:
    x, y = at
    red, green, blue = make_color(key)
    bold = setter.options.fake_bold if is_bold else "none"
    for text, low in line:
        scale = size * (_LOW if low else 1)
        pen = canvas.beginText(x, setter.height - y - (size * 0.15 if low else 0))
        pen.setFont(setter.font, scale)
        pen.setFillColorRGB(red / 255, green / 255, blue / 255)
        if bold == "stroke":
            pen.setTextRenderMode(2)
            canvas.setStrokeColorRGB(red / 255, green / 255, blue / 255)
            canvas.setLineWidth(0.3)
        pen.textOut(text)
        if bold == "stroke":
            pen.setTextRenderMode(0)
        canvas.drawText(pen)
        if bold == "twice":
            again = canvas.beginText(x + 0.3, setter.height - y - (size * 0.15 if low else 0))
            again.setFont(setter.font, scale)
            again.setFillColorRGB(red / 255, green / 255, blue / 255)
            again.textOut(text)
            canvas.drawText(again)
        x += setter.measure(text, low, size)


def _draw_furniture(canvas: Canvas, setter: Typesetter, number: int, count: int) -> None:
    options = setter.options
    text = {"none": "", "plain": f"{number}", "dash": f"— {number} —", "total": f"第 {number} 页 共 {count} 页"}[
        options.page_numbers
    ]
    canvas.setFont(setter.font, 9)
    canvas.setFillColorRGB(0.3, 0.3, 0.3)
    if text:
        canvas.drawCentredString(setter.width / 2, 28, text)
    if options.running_head:
        canvas.drawString(_MARGIN, setter.height - 36, setter.plan.titles[0])
    if options.watermark:
        canvas.saveState()
        canvas.setFillColorRGB(0.85, 0.85, 0.85)
        canvas.setFont(setter.font, 60)
        canvas.translate(setter.width / 2, setter.height / 2)
        canvas.rotate(45)
        canvas.drawCentredString(0, 0, "内部资料")
        canvas.restoreState()
    if options.hidden_text:
        pen = canvas.beginText(setter.width / 2, setter.height / 2)
        pen.setFont(setter.font, 10)
        pen.setTextRenderMode(3)
        pen.textOut("隐藏文字不应读入")
        pen.setTextRenderMode(0)
        canvas.drawText(pen)
