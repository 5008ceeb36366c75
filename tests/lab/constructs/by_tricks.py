"""Typeset variants with what PDF knows and reportlab's canvas does not: fonts, layers, forms and boxes of odd kinds."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics

from tests.lab import by_reportlab
from tests.lab.constructs.by_reportlab import _Setter
from tests.lab.constructs.model import Sheet, Variant
from tests.lab.constructs.pdf_objects import PdfObjects


class TrickSetter(_Setter):
    """A setter that draws letters and rules as the look's trick says."""

    def __init__(self, variant: Variant) -> None:
        super().__init__(variant)
        self.trick = variant.look.trick
        self.rng = random.Random(f"trick {variant.kind} {variant.seed}")
        self.draw = self.rng.randint(0, 999)  # one choice for the whole document
        self.widgets: list[tuple[int, float, float, str]] = []

    @property
    def extra(self) -> float:
        """Room between letters, as a share of their size."""
        return [0.06, 0.12, -0.04, 0.2, 0.3][self.draw % 5] if self.trick == "spaced" else 0.0

    def measure(self, text: str, low: bool = False) -> float:
        return super().measure(text, low) + len(text) * self.extra * self.look.size

    def code(self, text: str) -> None:
        """Write operators as they are."""
        self.canvas._code.append(text)

    def content(self, sheet: Sheet) -> None:
        method = getattr(self, f"page_{self.trick}", None)
        (method or super().content)(sheet)

    def text(self, x: float, base: float, line: str) -> None:
        method = getattr(self, f"text_{self.trick}", None)
        (method or super().text)(x, base, line)

    # pages

    def page_scaled(self, sheet: Sheet) -> None:
        """The page's own unit is not a point."""
        factor = [0.1, 0.24, 10.0, 72 / 25.4 / 100][self.draw % 4]
        self.code(f"q {factor} 0 0 {factor} 0 0 cm {1 / factor:.6f} 0 0 {1 / factor:.6f} 0 0 cm")
        super().content(sheet)
        self.code("Q")

    def page_flipped(self, sheet: Sheet) -> None:
        """The origin is at the top, letters are flipped back one by one."""
        self.code(f"q 1 0 0 -1 0 {self.height:.3f} cm q 1 0 0 -1 0 {self.height:.3f} cm")
        super().content(sheet)
        self.code("Q Q")

    def page_askew(self, sheet: Sheet) -> None:
        """The page lies a little askew."""
        self.canvas.saveState()
        self.canvas.translate(self.width / 2, self.height / 2)
        self.canvas.rotate(self.rng.choice([-1, 1]) * self.rng.choice([0.1, 0.4, 0.7, 1.0, 2.0, 3.0]))
        self.canvas.translate(-self.width / 2, -self.height / 2)
        super().content(sheet)
        self.canvas.restoreState()

    def page_layer(self, sheet: Sheet) -> None:
        """A layer that is switched off holds words over the cells."""
        super().content(sheet)
        self.code("/OC /Layer BDC")
        self.canvas.setFont(self.font, self.look.size)
        for _, base in sorted(self.first.items())[:: self.rng.choice([2, 3, 5])]:
            x = self.rng.choice(self.xs[:-1]) + 3
            self.canvas.drawString(x, base, self.rng.choice(["草案", "区财政局", "2020年底前", "不公开"]))
        self.code("EMC")

    def page_outside(self, sheet: Sheet) -> None:
        """Marks of the printer stand outside the crop box."""
        super().content(sheet)
        self.canvas.setFont(self.font, 8)
        for y in (self.height + 12, -20):
            self.canvas.drawString(40, y, "印刷标记 西城区 2023-05-06 C M Y K 第3版")
            self.canvas.line(-30, y + 4, self.width + 30, y + 4)
        self.canvas.line(-12, -30, -12, self.height + 30)

    def page_twin_tables(self, sheet: Sheet) -> None:
        """All rules and letters are drawn twice, a little apart."""
        super().content(sheet)
        self.canvas.saveState()
        self.canvas.translate(0.25, -0.2)
        super().content(sheet)
        self.canvas.restoreState()

    # letters

    def text_whiteout(self, x: float, base: float, line: str) -> None:
        """Old words lie below white patches, the new ones above."""
        size = self.look.size
        if self.rng.random() < 0.25:
            wrong = self.rng.choice(["区财政局", "二〇二〇年底前完成", "（删去）", "市发展改革委"])[: len(line)]
            self.canvas.drawString(x, base, wrong)
            self.canvas.setFillColor(Color(1, 1, 1))
            wide = max(self.measure(wrong), self.measure(line))
            self.canvas.rect(x - 0.5, base - 0.2 * size, wide + 1, 1.15 * size, stroke=0, fill=1)
            self.canvas.setFillColor(Color(0, 0, 0))
        self.canvas.drawString(x, base, line)

    def text_clipped(self, x: float, base: float, line: str) -> None:
        """Words stand outside the clip of their cell."""
        self.canvas.drawString(x, base, line)
        if self.rng.random() < 0.3:
            size = self.look.size
            self.code(f"q {x:.2f} {base - 40:.2f} 20 1 re W n")
            self.canvas.drawString(x, base - 0.1 * size, self.rng.choice(["隐藏文字", "区教委", "旧版内容"]))
            self.code("Q")

    def text_invisible(self, x: float, base: float, line: str) -> None:
        """Invisible words stand between the lines."""
        self.canvas.drawString(x, base, line)
        if self.rng.random() < 0.3:
            self.code("q 3 Tr" if self.draw % 2 else "q")
            if not self.draw % 2:
                self.canvas.setFillColor(Color(1, 1, 1))
            self.canvas.drawString(x, base - 0.4 * self.look.size, "检索用文字西城区")
            self.code("0 Tr Q")
            self.canvas.setFillColor(Color(0, 0, 0))

    def text_tiny(self, x: float, base: float, line: str) -> None:
        """Words in letters that nobody can read stand beside the others."""
        self.canvas.drawString(x, base, line)
        if self.rng.random() < 0.2:
            self.canvas.setFont(self.font, self.rng.choice([0.1, 0.5, 1.0]))
            self.canvas.drawString(x + 3, base, "水印编号20230506")
            self.canvas.setFont(self.font, self.look.size)

    def text_actual(self, x: float, base: float, line: str) -> None:
        """Marked content says the same as its letters."""
        half = len(line) // 2
        code = "FEFF" + line[half:].encode("utf-16-be").hex().upper()
        self.canvas.drawString(x, base, line[:half])
        self.code(f"/Span << /ActualText <{code}> >> BDC")
        self.canvas.drawString(x + self.measure(line[:half]), base, line[half:])
        self.code("EMC")

    def text_spaced(self, x: float, base: float, line: str) -> None:
        """Letters are set apart, or set close."""
        self.code(f"{self.extra * self.look.size:.3f} Tc")
        self.canvas.drawString(x, base, line)
        self.code("0 Tc")

    def text_narrow(self, x: float, base: float, line: str) -> None:
        """Letters are narrow."""
        obj = self.canvas.beginText(x, base)
        obj.setFont(self.font, self.look.size)
        obj.setHorizScale([60, 75, 85, 95][self.draw % 4])
        obj.textOut(line)
        self.canvas.drawText(obj)

    def text_scripts(self, x: float, base: float, line: str) -> None:
        """Figures behind letters are small and low, or raised."""
        size, low = self.look.size, self.draw % 2
        for i, char in enumerate(line):
            is_script = char.isdigit() and i > 0 and (line[i - 1].isalpha() and line[i - 1].isascii())
            self.canvas.setFont(self.font, size * (0.6 if is_script else 1))
            self.canvas.drawString(x, base + (0 if not is_script else -0.15 * size if low else 0.4 * size), char)
            x += pdfmetrics.stringWidth(char, self.font, size * (0.6 if is_script else 1))
        self.canvas.setFont(self.font, size)

    def text_outlined(self, x: float, base: float, line: str) -> None:
        """Letters are filled and stroked: bold."""
        obj = self.canvas.beginText(x, base)
        obj.setFont(self.font, self.look.size)
        obj.setTextRenderMode(2)
        obj.textOut(line)
        obj.setTextRenderMode(0)
        self.canvas.drawText(obj)

    def text_curves(self, x: float, base: float, line: str) -> None:
        """The letters of one column are drawn as curves: there is no text."""
        col = max(j for j, edge in enumerate(self.xs) if edge <= x + 0.1)
        if col != 3 + self.draw % 3:
            self.canvas.drawString(x, base, line)
            return
        glyphs = Glyphs(self.font)
        scale = self.look.size / glyphs.em
        for char in line:
            self.code(f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} {base:.3f} cm {glyphs.draw(char)} f Q")
            x += self.measure(char)

    def text_fields(self, x: float, base: float, line: str) -> None:
        """The lines of some columns are the values of form fields, or free text of annotations."""
        col = max(j for j, edge in enumerate(self.xs) if edge <= x + 0.1)
        if col == 3 + self.draw % 3:
            self.widgets.append((self.number, x, base, line))
            pdfmetrics.getFont(self.font).splitString(line, self.canvas._doc)  # the font will hold its letters
        else:
            self.canvas.drawString(x, base, line)

    # rules

    def side(self, table, sides, direction, i, j) -> None:
        method = getattr(self, f"side_{self.trick}", None)
        if method is None:
            super().side(table, sides, direction, i, j)
            return
        di, dj = (0, 1) if direction == "h" else (1, 0)
        x0, y0, x1, y1 = self.xs[j], self.height - self.ys[i + di], self.xs[j + dj], self.height - self.ys[i]
        method(x0, y0, x1, y1)

    def side_pictures(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Rules are pictures of one pixel."""
        wide, high = max(x1 - x0, 0.6), max(y1 - y0, 0.6)
        self.code(f"q {wide:.3f} 0 0 {high:.3f} {x0:.3f} {y0:.3f} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q")

    def side_curved(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Rules are curves that are straight, or long thin polygons."""
        if self.draw % 2:
            a, b = x0 + (x1 - x0) / 3, y0 + (y1 - y0) / 3
            c, d = x0 + 2 * (x1 - x0) / 3, y0 + 2 * (y1 - y0) / 3
            self.code(f"0.6 w 0 G {x0:.3f} {y0:.3f} m {a:.3f} {b:.3f} {c:.3f} {d:.3f} {x1:.3f} {y1:.3f} c S")
        else:
            t = 0.3
            self.code(
                f"0 g {x0 - t:.3f} {y0 - t:.3f} m {x1 + t:.3f} {y0 - t:.3f} l {x1 + t:.3f} {y1 + t:.3f} l {x0 - t:.3f} {y1 + t:.3f} l h f"
            )

    def side_thick(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Rules are thick."""
        wide = [2, 3, 4.5, 6][self.draw % 4]
        self.canvas.setLineWidth(min(wide, 2 * self.look.pad_x, 2 * self.look.pad_y + 1))
        self.canvas.line(x0, y0, x1, y1)

    def side_hair(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Rules have no width."""
        self.code(f"0 w 0 G {x0:.3f} {y0:.3f} m {x1:.3f} {y1:.3f} l S")

    def side_clipped_fill(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Rules are large areas clipped to a thin strip."""
        t = 0.3
        self.code(f"q {x0 - t:.3f} {y0 - t:.3f} {x1 - x0 + 2 * t:.3f} {y1 - y0 + 2 * t:.3f} re W n 0 g")
        self.code(f"{x0 - 30:.3f} {y0 - 30:.3f} {x1 - x0 + 60:.3f} {y1 - y0 + 60:.3f} re f Q")

    def fill(self, cell, i, j, gap) -> None:
        if self.trick != "paper_gaps":
            super().fill(cell, i, j, gap)
            return
        if (i, j) == (0, 0):  # the whole table is black, the cells are white patches
            self.canvas.setFillColor(Color(0, 0, 0))
            self.canvas.rect(
                self.xs[0] - 0.5,
                self.height - self.ys[-1] - 0.5,
                self.xs[-1] - self.xs[0] + 1,
                self.ys[-1] - self.ys[0] + 1,
                stroke=0,
                fill=1,
            )
        self.canvas.setFillColor(HexColor(["#ffffff", "#fefefe", "#eeeeee"][self.draw % 3]))
        x0, x1, top, bottom = self.xs[j], self.xs[j + 1], self.ys[i], self.ys[i + 1]
        t = [0.25, 0.5, 0.75][self.draw % 3]
        self.canvas.rect(x0 + t, self.height - bottom + t, x1 - x0 - 2 * t, bottom - top - 2 * t, stroke=0, fill=1)

    def side_paper_gaps(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """The patches have drawn the rules."""


class _CurvePen(BasePen):
    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.parts: list[str] = []

    def _moveTo(self, pt) -> None:  # noqa: N802
        self.parts.append(f"{pt[0]:.0f} {pt[1]:.0f} m")

    def _lineTo(self, pt) -> None:  # noqa: N802
        self.parts.append(f"{pt[0]:.0f} {pt[1]:.0f} l")

    def _curveToOne(self, a, b, c) -> None:  # noqa: N802
        self.parts.append(" ".join(f"{p[0]:.0f} {p[1]:.0f}" for p in (a, b, c)) + " c")

    def _closePath(self) -> None:  # noqa: N802
        self.parts.append("h")


class Glyphs:
    """The outlines of a font of the lab."""

    _known: ClassVar[dict[str, tuple]] = {}

    def __init__(self, font: str) -> None:
        if font not in self._known:
            path, index = by_reportlab._FONTS[font.removeprefix("lab-")]
            file = TTFont(Path(path), fontNumber=index)
            self._known[font] = (file.getGlyphSet(), file.getBestCmap(), file["head"].unitsPerEm)
        self._set, self._cmap, self.em = self._known[font]

    def draw(self, char: str) -> str:
        """Return the path of a letter."""
        name = self._cmap.get(ord(char))
        if name is None:
            return ""
        pen = _CurvePen(self._set)
        self._set[name].draw(pen)
        return " ".join(pen.parts)


def print_trick(variant: Variant) -> bytes:
    """Return a variant as PDF, with the trick of its look."""
    setter = TrickSetter(variant)
    for sheet in variant.sheets:
        setter.sheet(sheet)
    if setter.lowest > setter.height - 0.06 * setter.height:
        return print_trick(replace(variant, look=replace(variant.look, size=variant.look.size * 0.85)))
    subsets = setter.canvas._doc  # the font's state, before it is written
    font = pdfmetrics.getFont(setter.font)
    letters = [list(subset) for subset in font.state[subsets].subsets] if subsets in font.state else []
    setter.canvas.save()
    change = FILES.get(setter.trick)
    if change is None:
        return setter.buffer.getvalue()
    objects = PdfObjects(setter.buffer.getvalue())
    change(objects, setter, letters)
    return objects.write()


def _set_layer(objects: PdfObjects, setter: TrickSetter, letters: list[list[int]]) -> None:
    group = objects.add("<< /Type /OCG /Name (草案) >>".encode())
    used = objects.add(b"<< /Type /OCMD /OCGs " + group + b" >>") if setter.draw % 2 else group
    for page in objects.pages():
        objects.objects[page] = objects.objects[page].replace(
            b"/Resources <<", b"/Resources << /Properties << /Layer " + used + b" >>", 1
        )
    objects.insert(
        objects.find(b"/Type /Catalog")[0], b"/OCProperties << /OCGs [" + group + b"] /D << /OFF [" + group + b"] >> >>"
    )


def _set_crop(objects: PdfObjects, setter: TrickSetter, letters: list[list[int]]) -> None:
    wide, high = setter.width, setter.height
    for page in objects.pages():
        body = objects.objects[page]
        start = body.index(b"/MediaBox [")
        end = body.index(b"]", start) + 1
        boxes = b"/MediaBox [-36 -36 %.2f %.2f] /CropBox [0 0 %.2f %.2f]" % (wide + 36, high + 36, wide, high)
        objects.objects[page] = body[:start] + boxes + body[end:]


def _set_unit(objects: PdfObjects, setter: TrickSetter, letters: list[list[int]]) -> None:
    for page in objects.pages():
        objects.insert(page, b"/UserUnit %d" % (2 + setter.draw % 9))


def _set_type3(objects: PdfObjects, setter: TrickSetter, letters: list[list[int]]) -> None:
    glyphs, em = Glyphs(setter.font), Glyphs(setter.font).em
    scale = [1 / em, 0.001 * 1000 / em][setter.draw % 2]
    box = [b"[0 0 0 0]", b"[0 %d %d %d]" % (-em // 5, em, em), b"[0 0 1 1]"][setter.draw % 3]
    for number in objects.find(b"/Subtype /TrueType"):
        body = objects.objects[number]
        subset = letters[int(body.split(b"/Name /F")[1].split(b"+")[1].split()[0])]
        procs = []
        for place, code in enumerate(subset):
            wide = round(pdfmetrics.stringWidth(chr(code), setter.font, em)) if code else em
            content = f"{wide} 0 0 {-em // 5} {em} {em} d1 {glyphs.draw(chr(code))} f".encode()
            procs.append(b"/g%d %s" % (place, objects.add_stream(content)))
        names = b" ".join(b"/g%d" % place for place in range(len(subset)))
        wides = b" ".join(b"%d" % round(pdfmetrics.stringWidth(chr(c), setter.font, em)) for c in subset)
        maps = body.split(b"/ToUnicode ")[1].split(b"R")[0] + b"R"
        objects.objects[number] = (
            b"<< /Type /Font /Subtype /Type3 /FontBBox %s /FontMatrix [%.6f 0 0 %.6f 0 0] /FirstChar 0 /LastChar %d /Widths [%s]"
            b" /Encoding << /Type /Encoding /Differences [0 %s] >> /CharProcs << %s >> /Resources << >> /ToUnicode %s >>"
            % (box, scale, scale, len(subset) - 1, wides, names, b" ".join(procs), maps)
        )


def _set_no_unicode(objects: PdfObjects, setter: TrickSetter, letters: list[list[int]]) -> None:
    """Leave out the map to characters of the second part of the font, or of all."""
    for number in objects.find(b"/Subtype /TrueType")[-1 if setter.draw % 2 else 0 :]:
        body = objects.objects[number]
        start = body.index(b"/ToUnicode ")
        objects.objects[number] = body[:start] + body[body.index(b"R", start) + 1 :]


def _set_garbage_unicode(objects: PdfObjects, setter: TrickSetter, letters: list[list[int]]) -> None:
    """Map some letters to private, unknown or control characters."""
    rng = random.Random(setter.draw)
    bad = ["E000", "FFFD", "0000", "0001", "0020", "F8FF"][setter.draw % 6]
    for number in objects.find(b"/Subtype /TrueType"):
        body = objects.objects[number]
        subset = letters[int(body.split(b"/Name /F")[1].split(b"+")[1].split()[0])]
        lines = [
            f"<{i:02X}> <{bad if rng.random() < 0.1 and c > 0x2000 else f'{c:04X}'}>" for i, c in enumerate(subset)
        ]
        parts = [lines[at : at + 100] for at in range(0, len(lines), 100)]
        text = "".join(f"{len(p)} beginbfchar\n" + "\n".join(p) + "\nendbfchar\n" for p in parts)
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            f"1 begincodespacerange <00> <FF> endcodespacerange\n{text}endcmap CMapName currentdict /CMap defineresource pop end end"
        )
        start = body.index(b"/ToUnicode ")
        objects.objects[number] = (
            body[:start] + b"/ToUnicode " + objects.add_stream(cmap.encode()) + body[body.index(b"R", start) + 1 :]
        )


def _set_fields(objects: PdfObjects, setter: TrickSetter, letters: list[list[int]]) -> None:
    """Add the kept lines as fields or as annotations, with what they show."""
    fonts = objects.find(b"/Subtype /TrueType")
    kept: dict[int, list[bytes]] = {}
    size, is_free = setter.look.size, setter.draw // 3 % 2
    resources = b"<< /Font << %s >> >>" % b" ".join(b"/L%d %d 0 R" % (k, n) for k, n in enumerate(fonts))
    order = {}
    for number in fonts:
        order[int(objects.objects[number].split(b"/Name /F")[1].split(b"+")[1].split()[0])] = fonts.index(number)
    place = {code: (order[k], at) for k, subset in enumerate(letters) if k in order for at, code in enumerate(subset)}
    for page, x, base, line in setter.widgets:
        runs = "".join(
            f"/L{place[ord(c)][0]} {size:.2f} Tf <{place[ord(c)][1]:02X}> Tj " for c in line if ord(c) in place
        )
        wide, code = setter.measure(line) + 2, line.encode("utf-16-be").hex().upper()
        show = objects.add_stream(
            f"/Tx BMC q BT 0 g 1 {0.25 * size:.2f} Td {runs} ET Q EMC".encode(),
            b"/Type /XObject /Subtype /Form /BBox [0 0 %.2f %.2f] /Resources %s" % (wide, 1.3 * size, resources),
        )
        rect = b"[%.2f %.2f %.2f %.2f]" % (x - 1, base - 0.25 * size, x - 1 + wide, base + 1.05 * size)
        entries = (
            b"/Subtype /FreeText /DA (/Helv 9 Tf 0 g) /Contents <FEFF%s>"
            if is_free
            else b"/Subtype /Widget /FT /Tx /T (f%d) /V <FEFF%s>"
        )
        filled = (
            entries % code.encode() if is_free else entries % (len(kept.get(page, [])) + 1000 * page, code.encode())
        )
        kept.setdefault(page, []).append(
            objects.add(b"<< /Type /Annot %s /F 4 /Rect %s /AP << /N %s >> >>" % (filled, rect, show))
        )
    for page, number in enumerate(objects.pages(), start=1):
        objects.insert(number, b"/Annots [%s]" % b" ".join(kept.get(page, [])))
    if not is_free:
        every = b" ".join(ref for refs in kept.values() for ref in refs)
        objects.insert(objects.find(b"/Type /Catalog")[0], b"/AcroForm << /Fields [%s] >>" % every)


FILES: dict[str, Callable[[PdfObjects, TrickSetter, list[list[int]]], None]] = {
    "layer": _set_layer,
    "outside": _set_crop,
    "unit": _set_unit,
    "type3": _set_type3,
    "no_unicode": _set_no_unicode,
    "garbage_unicode": _set_garbage_unicode,
    "fields": _set_fields,
}
