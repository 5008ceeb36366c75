"""A page's tree → paragraphs and tables, in one walk without recursion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from planextract.errors import InputError
from planextract.phrases import Phrase
from planextract.read.budget import CellBudget
from planextract.read.flow import Aside, FlowBlock, FlowCell, FlowTable, Paragraph
from planextract.read.html.tree import SILENT, collapse, iter_text, raise_text
from planextract.read.span_grid import parse_span, place_cells
from planextract.read.xml_tree import Element

_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr o:p"
)
_INLINE = frozenset(_INLINE_TAGS.split())


@dataclass(slots=True)
class _Container:
    """A place that takes blocks: the page, or a cell; with the text of the paragraph that is open."""

    row: int = 0
    row_span: int = 1
    col_span: int = 1
    blocks: list[FlowBlock] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    line: int | None = None

    def add_text(self, text: str, line: int | None) -> None:
        if not self.inline:
            self.line = line
        self.inline.append(text)

    def close_paragraph(self) -> None:
        text = "".join(self.inline)
        lines = [" ".join(part for part in line.split(" ") if part) for line in text.split("\n")]
        if any(line.strip() for line in lines):
            self.blocks.append(Paragraph(text="\n".join(lines).strip("\n"), line=self.line))
        self.inline = []


@dataclass(slots=True)
class _Table:
    """A table whose end was not reached yet."""

    line: int | None
    row: int = -1
    cells: list[_Container] = field(default_factory=list)
    stray: _Container = field(default_factory=_Container)


class FlowBuilder:
    """Walks over a page and collects its blocks; ``find_reason`` says why an element is no part of the document."""

    def __init__(
        self, find_reason: Callable[[Element], str | None], budget: CellBudget, name: str, max_nesting: int
    ) -> None:
        self._name, self._max_nesting, self._nesting = name, max_nesting, 0
        self._find_reason = find_reason
        self._budget = budget
        self._root = _Container()
        self._stack: list[tuple[Element | None, _Container | _Table]] = [(None, self._root)]
        self._raised = 0
        self._pre = 0
        self._line: int | None = None

    def build(self, body: Element) -> tuple[FlowBlock, ...]:
        """Return the blocks of the page in order.

        Raises:
            InputError: If its tables have too many cells or are nested too deep.
        """
        walker = etree.iterwalk(body, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                self._end(element, is_root=element is body)
            elif element.tag in SILENT or self._set_aside(element):
                walker.skip_subtree()
            else:
                self._start(element)
        self._root.close_paragraph()
        return tuple(self._root.blocks)

    def _container(self) -> _Container:
        top = self._stack[-1][1]
        return top.stray if isinstance(top, _Table) else top

    def _set_aside(self, element: Element) -> bool:
        reason = self._find_reason(element)
        if reason is None:
            return False
        container = self._container()
        container.close_paragraph()
        text = " ".join(part for piece in iter_text(element) if (part := collapse(piece).strip()))
        if text:
            container.blocks.append(Aside(text=text, reason=reason))
        return True

    def _start(self, element: Element) -> None:
        tag = element.tag
        self._line = _line_of(element)
        if tag == "br":
            self._container().add_text("\n", self._line)
        elif tag == "sup":
            self._raised += 1
        elif tag == "pre":
            self._pre += 1
        if tag not in _INLINE and tag != "br":
            self._container().close_paragraph()
            self._open(element)
        self._add(element.text)

    def _open(self, element: Element) -> None:
        top = self._stack[-1][1]
        if element.tag == "table":
            self._nesting += 1
            if self._nesting > self._max_nesting:
                cause = Phrase("tables are nested more than {max_nesting} deep", max_nesting=self._max_nesting)
                raise InputError(
                    "read.too_deep",
                    cause,
                    file=self._name,
                    advice="Raise read.max_nesting in the settings, or repair the file.",
                )
            self._stack.append((element, _Table(line=_line_of(element))))
        elif isinstance(top, _Table) and element.tag == "tr":
            top.row += 1
        elif isinstance(top, _Table) and element.tag in ("td", "th"):
            top.row = max(top.row, 0)
            cell = _Container(
                row=top.row,
                row_span=parse_span(element.get("rowspan", "")),
                col_span=parse_span(element.get("colspan", "")),
            )
            top.cells.append(cell)
            self._stack.append((element, cell))

    def _end(self, element: Element, *, is_root: bool) -> None:
        tag = element.tag
        if tag == "sup" and self._raised:
            self._raised -= 1
        elif tag == "pre" and self._pre:
            self._pre -= 1
        if tag not in _INLINE and tag != "br" and tag not in SILENT:
            self._container().close_paragraph()
            if self._stack[-1][0] is element:
                done = self._stack.pop()[1]
                if isinstance(done, _Table):
                    self._nesting -= 1
                    self._finish(done)
        if not is_root:
            self._add(element.tail)

    def _finish(self, table: _Table) -> None:
        target = self._container()
        table.stray.close_paragraph()
        target.blocks.extend(table.stray.blocks)
        if not table.cells:
            return
        placed, rows, cols = place_cells([(c.row, c.row_span, c.col_span) for c in table.cells], self._budget)
        cells = tuple(
            FlowCell(row=p.row, col=p.col, row_span=p.row_span, col_span=p.col_span, blocks=tuple(cell.blocks))
            for cell, p in zip(table.cells, placed, strict=True)
        )
        target.blocks.append(FlowTable(row_count=rows, col_count=cols, cells=cells, line=table.line))

    def _add(self, text: str | None) -> None:
        if not text:
            return
        text = raise_text(text) if self._raised else text
        container = self._container()
        if self._pre:
            container.add_text(text.replace("\r\n", "\n").replace("\r", "\n"), self._line)
        elif container.inline or not text.isspace():
            container.add_text(collapse(text), self._line)


def _line_of(element: Element) -> int | None:
    line = element.sourceline
    return line if isinstance(line, int) else None
