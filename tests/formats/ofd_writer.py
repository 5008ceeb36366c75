"""Writes OFD by hand: text with offsets, rulings as paths, in the ways that producers differ.

One page holds the lines before a table and the table itself, as high as it must be. Sizes are millimetres.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from .notice import Content, Table

_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_WIDTH, _MARGIN, _SIZE, _LINE = 290.0, 15.0, 3.5, 5.0
_COLUMNS = (12.0, 34.0, 110.0, 26.0, 39.0, 39.0)
_PAD = 1.5


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How the same page is written.

    groups: equal offsets as ``g n v``. matrix: coordinates ten times as large, scaled back by a CTM. template: rulings
    in a template page. boxes: one stroked rectangle a cell instead of lines. turned: the page lies on its side.
    split: one TextObject a character.
    """

    groups: bool = True
    matrix: bool = False
    template: bool = False
    boxes: bool = False
    turned: bool = False
    split: bool = False


def make_ofd(content: Content, ways: Ways | None = None) -> bytes:
    ways = ways or Ways()
    pages: list[_Page] = []
    group: list[str] = []
    for block in content.blocks:
        if isinstance(block, str):
            group.append(block)
        else:
            pages.append(_Page(group, block, ways))
            group = []
    if group:
        pages.append(_Page(group, None, ways))
    return pack_ofd([page.content() for page in pages], [page.template() for page in pages] if ways.template else [])


def pack_ofd(pages: list[str], templates: list[str] | None = None, extra: dict[str, bytes] | None = None) -> bytes:
    """Pack page contents into a file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:

        def write(name: str, text: str | bytes) -> None:
            info = zipfile.ZipInfo(name, (2021, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, text)

        write(
            "OFD.xml",
            f'{_XML}<ofd:OFD {_NS} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        )
        listed = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        tpls = "".join(
            f'<ofd:TemplatePage ID="{n + 9001}" BaseLoc="Tpls/Tpl_{n}/Content.xml"/>'
            for n in range(len(templates or []))
        )
        write(
            "Doc_0/Document.xml",
            f"{_XML}<ofd:Document {_NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{tpls}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        for number, page in enumerate(pages):
            write(f"Doc_0/Pages/Page_{number}/Content.xml", page.replace("TEMPLATE", str(number + 9001)))
        for number, page in enumerate(templates or []):
            write(f"Doc_0/Tpls/Tpl_{number}/Content.xml", page)
        for name, data in (extra or {}).items():
            write(name, data)
    return stream.getvalue()


def wrap_page(objects: str, width: float, height: float, *, template: bool = False) -> str:
    reference = '<ofd:Template TemplateID="TEMPLATE" ZOrder="Background"/>' if template else ""
    return (
        f"{_XML}<ofd:Page {_NS}><ofd:Area><ofd:PhysicalBox>0 0 {width:.3f} {height:.3f}</ofd:PhysicalBox></ofd:Area>"
        f'{reference}<ofd:Content><ofd:Layer Type="Body" ID="1">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
    )


class _Page:
    def __init__(self, lines: list[str], table: Table | None, ways: Ways) -> None:
        self._ways = ways
        self._texts: list[str] = []
        self._rules: list[str] = []
        self._number = 100
        y = _MARGIN
        for text in lines:
            for line in _wrap("　　" + text if len(text) > 60 else text, _WIDTH - 2 * _MARGIN):
                self._text(_MARGIN, y, line)
                y += _LINE
            y += _LINE
        self._height = (self._table(table, y) if table else y) + _MARGIN

    def content(self) -> str:
        inner = "".join(self._texts if self._ways.template else [*self._rules, *self._texts])
        size = (self._height, _WIDTH) if self._ways.turned else (_WIDTH, self._height)
        return wrap_page(inner, *size, template=self._ways.template)

    def template(self) -> str:
        return wrap_page("".join(self._rules), _WIDTH, self._height)

    def _table(self, table: Table, top: float) -> float:
        xs = [_MARGIN]
        for width in _COLUMNS:
            xs.append(xs[-1] + width)
        lines = {
            (r, c): list(_cell_lines(cell.lines, xs[c + cell.col_span] - xs[c] - 2 * _PAD))
            for r, row in enumerate(table.rows)
            for c, cell in enumerate(row)
            if cell is not None
        }
        heights = [_LINE + 2 * _PAD] * len(table.rows)
        for (r, c), wrapped in lines.items():
            cell = table.rows[r][c]
            need = max(1, len(wrapped)) * _LINE + 2 * _PAD - sum(heights[r : r + cell.row_span - 1])
            heights[r + cell.row_span - 1] = max(heights[r + cell.row_span - 1], need)
        ys = [top]
        for height in heights:
            ys.append(ys[-1] + height)
        for (r, c), wrapped in lines.items():
            cell = table.rows[r][c]
            x0, y0, x1, y1 = xs[c], ys[r], xs[c + cell.col_span], ys[r + cell.row_span]
            self._box(x0, y0, x1, y1)
            for number, line in enumerate(wrapped):
                self._text(x0 + _PAD, y0 + _PAD + number * _LINE, line)
        return ys[-1]

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _place(self, x: float, y: float, width: float, height: float) -> tuple[str, float]:
        """Return the attributes that place an object, and the scale of what is inside it."""
        scale = 10.0 if self._ways.matrix else 1.0
        turn = (0.0, -1.0, 1.0, 0.0) if self._ways.turned else (1.0, 0.0, 0.0, 1.0)
        bx, by = (y, _WIDTH - x) if self._ways.turned else (x, y)
        matrix = (
            ""
            if scale == 1.0 and not self._ways.turned
            else (" CTM=" + quoteattr(" ".join(f"{value / scale:g}" for value in turn) + " 0 0"))
        )
        return f'Boundary="{bx:.3f} {by:.3f} {width:.3f} {height:.3f}"{matrix}', scale

    def _text(self, x: float, y: float, text: str) -> None:
        if self._ways.split:
            for char in text:
                self._text_object(x, y, char)
                x += _advance(char)
        else:
            self._text_object(x, y, text)

    def _text_object(self, x: float, y: float, text: str) -> None:
        place, scale = self._place(x, y, sum(map(_advance, text)), _LINE)
        offsets = [f"{_advance(char) * scale:g}" for char in text[:-1]]
        delta = f" DeltaX={quoteattr(' '.join(_group(offsets) if self._ways.groups else offsets))}" if offsets else ""
        self._texts.append(
            f'<ofd:TextObject ID="{self._next()}" {place} Font="1" Size="{_SIZE * scale:g}">'
            f'<ofd:TextCode X="0" Y="{0.88 * _SIZE * scale:g}"{delta}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
        )

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        width, height = x1 - x0, y1 - y0
        if self._ways.boxes:
            self._path(x0, y0, f"M 0 0 L {width:g} 0 L {width:g} {height:g} L 0 {height:g} C", width, height)
            return
        for x, y, dx, dy in ((x0, y0, width, 0.0), (x0, y1, width, 0.0), (x0, y0, 0.0, height), (x1, y0, 0.0, height)):
            self._path(x, y, f"M 0 0 L {dx:g} {dy:g}", dx, dy)

    def _path(self, x: float, y: float, data: str, width: float, height: float) -> None:
        place, scale = self._place(x, y, width, height)
        scaled = " ".join(part if part.isalpha() else f"{float(part) * scale:g}" for part in data.split())
        self._rules.append(
            f'<ofd:PathObject ID="{self._next()}" {place} LineWidth="{0.25 * scale:g}"><ofd:StrokeColor Value="0 0 0"/>'
            f"<ofd:AbbreviatedData>{scaled}</ofd:AbbreviatedData></ofd:PathObject>"
        )


def _group(offsets: list[str]) -> Iterator[str]:
    index = 0
    while index < len(offsets):
        end = index
        while end < len(offsets) and offsets[end] == offsets[index]:
            end += 1
        if end - index > 2:
            yield f"g {end - index} {offsets[index]}"
        else:
            yield from offsets[index:end]
        index = end


def _advance(char: str) -> float:
    return _SIZE / 2 if ord(char) < 0x2E80 and char not in "“”‘’—…·" else _SIZE


def _cell_lines(lines: tuple[str, ...], width: float) -> Iterator[str]:
    is_prose = any(len(line) > 30 for line in lines)
    for line in lines:
        yield from _wrap("　　" + line if is_prose and len(lines) > 1 else line, width)


def _wrap(text: str, width: float) -> Iterator[str]:
    line, used = "", 0.0
    for char in text:
        if used + _advance(char) > width + 1e-6:
            yield line
            line, used = "", 0.0
        line += char
        used += _advance(char)
    if line:
        yield line
