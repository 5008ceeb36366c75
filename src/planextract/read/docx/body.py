"""The body of a Word document → paragraphs and tables, in reading order."""

from __future__ import annotations

from planextract.errors import InputError
from planextract.phrases import Phrase
from planextract.read.budget import CellBudget
from planextract.read.docx.numbering import Numbering
from planextract.read.docx.table import RawCell, RawRow, make_tables
from planextract.read.docx.text import (
    DELETED,
    UNPRINTED,
    choose_alternative,
    is_on,
    is_struck,
    iter_cells,
    iter_printed,
    iter_rows,
    leaf_text,
)
from planextract.read.flow import Aside, FlowBlock, Paragraph
from planextract.read.xml_tree import Element, child, children, descendants, get, tag_of
from planextract.settings import ReadSettings

_WRAPPERS = frozenset({"ins", "moveTo", "customXml", "smartTag", "sdtContent", "txbxContent"})


class BodyReader:
    """Reads blocks; keeps the count of pages, of automatic numbers and of nesting.

    Attributes:
        page: The page that is being read by Word's own last page breaks; 0 if it left none.
    """

    def __init__(self, numbering: Numbering, name: str, settings: ReadSettings, *, has_pages: bool) -> None:
        self.page = 1 if has_pages else 0
        self._numbering = numbering
        self._name = name
        self._settings = settings
        self._budget = CellBudget(settings.max_cells, name)
        self._depth = 0

    def read(self, container: Element) -> list[FlowBlock]:
        """Return the blocks of a body, a cell, a text box or a note.

        Raises:
            InputError: If tables are nested too deep or have too many cells.
        """
        blocks: list[FlowBlock] = []
        carried = ""
        for item in _iter_block_elements(container):
            if tag_of(item) == "tbl":
                blocks.extend(self._read_table(item))
                continue
            line = _Line(carried, self.page)
            label = self._numbering.label(item)
            if label and not carried:
                line.texts.append(label + " ")
            elif label:
                line.texts.append(label)
            self._read_inline(item, line)
            text = "".join(line.texts)
            if _has_deleted_mark(item):
                carried = text
            else:
                carried = ""
                blocks.append(Paragraph(text=text, kept=line.kept, page=line.page))
            blocks.extend(line.after)
        if carried:
            blocks.append(Paragraph(text=carried, page=self.page))
        return [block for block in blocks if not isinstance(block, Paragraph) or block.text.strip()]

    def _read_inline(self, parent: Element, line: _Line) -> None:
        for item in parent:
            tag = tag_of(item)
            if tag in UNPRINTED:
                continue
            if tag == "r" and is_on(child(item, "rPr"), "vanish"):
                text = "".join(iter_printed(item))
                line.after.append(Aside(text=text, reason="hidden", page=self.page))
            elif tag == "r" and not line.is_struck and is_struck(item):
                line.is_struck, start = True, len(line.texts)
                self._read_inline(item, line)
                line.is_struck = False
                line.struck.update(range(start, len(line.texts)))
            elif tag == "br":
                line.texts.append("" if get(item, "type") in ("page", "column") else "\n")
            elif tag in ("tab", "ptab", "cr"):
                line.texts.append("\n" if tag == "cr" else "\t")
            elif tag == "lastRenderedPageBreak":
                self.page += 1 if self.page else 0
                line.page = line.page if "".join(line.texts).strip() else self.page
            elif tag == "AlternateContent":
                branch = choose_alternative(item)
                if branch is not None:
                    self._read_inline(branch, line)
            elif tag == "txbxContent":
                line.after.extend(self._read_deeper(item))
            elif text := leaf_text(item):
                line.texts.append(text)
            else:
                self._read_inline(item, line)

    def _read_deeper(self, container: Element) -> list[FlowBlock]:
        self._depth += 1
        if self._depth > self._settings.max_nesting:
            cause = Phrase("tables are nested more than {max_nesting} deep", max_nesting=self._settings.max_nesting)
            raise InputError(
                "read.too_deep",
                cause,
                file=self._name,
                advice="Raise read.max_nesting in the settings, or repair the file.",
            )
        blocks = self.read(container)
        self._depth -= 1
        return blocks

    def _read_table(self, table: Element) -> list[FlowBlock]:
        rows: list[RawRow] = []
        for row in iter_rows(table):
            start = last = self.page
            col = _count(child(row, "trPr", "gridBefore"), 0)
            cells: list[RawCell] = []
            for cell in iter_cells(row):
                self.page = start
                properties = child(cell, "tcPr")
                width = _count(child(properties, "gridSpan"), 1)
                cells.append(
                    RawCell(
                        start=col,
                        end=col + width,
                        vertical=_merge(properties, "vMerge"),
                        horizontal=_merge(properties, "hMerge"),
                        blocks=tuple(self._read_deeper(cell)),
                    )
                )
                col += width
                last = max(last, self.page)
            self.page = last
            rows.append(RawRow(cells=tuple(cells), page=start))
        widths = [_count(item, 0, "w") for item in children(child(table, "tblGrid"), "gridCol")]
        return make_tables(rows, widths, self._budget)


class _Line:
    """Text of a paragraph as it grows, and the blocks that are anchored in it."""

    def __init__(self, carried: str, page: int) -> None:
        self.page = page
        self.texts: list[str] = [carried] if carried else []
        self.after: list[FlowBlock] = []
        self.struck: set[int] = set()  # places of ``texts`` that are struck through
        self.is_struck = False

    @property
    def kept(self) -> str | None:
        """The text without what is struck through; None where nothing is."""
        if not any(self.texts[place].strip() for place in self.struck):
            return None
        return "".join(text for place, text in enumerate(self.texts) if place not in self.struck)


def _iter_block_elements(container: Element) -> list[Element]:
    """Return paragraphs and tables of a container in order, those inside wrappers too."""
    found: list[Element] = []
    stack = list(reversed(container))
    while stack:
        item = stack.pop()
        tag = tag_of(item)
        if tag in ("p", "tbl"):
            found.append(item)
        elif tag == "sdt":
            stack.extend(reversed(list(children(item, "sdtContent"))))
        elif tag == "AlternateContent":
            branch = choose_alternative(item)
            stack.extend(reversed(branch) if branch is not None else ())
        elif tag in _WRAPPERS:
            stack.extend(reversed(item))
    return found


def _has_deleted_mark(paragraph: Element) -> bool:
    """Tell whether a tracked change deletes the end of a paragraph: it goes on in the next one."""
    mark = child(paragraph, "pPr", "rPr")
    return any(child(mark, tag) is not None for tag in DELETED)


def _merge(properties: Element | None, tag: str) -> str:
    element = child(properties, tag)
    return "" if element is None else get(element, "val", "continue")


def _count(element: Element | None, default: int, attribute: str = "val") -> int:
    text = get(element, attribute) if element is not None else ""
    return min(int(text[:9]), 100_000) if text.isascii() and text[:9].isdigit() else default


def has_rendered_pages(main: Element) -> bool:
    """Tell whether Word left marks where its pages broke when the document was last saved."""
    return next(descendants(main, "lastRenderedPageBreak"), None) is not None
