"""One sheet, read in one pass over its XML: the texts of its cells, its merged ranges, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planextract.errors import InputError
from planextract.phrases import Phrase
from planextract.read.archive import Archive
from planextract.read.sheet_blocks import SheetRow, Span
from planextract.read.xlsx.number_format import GENERAL, format_number
from planextract.read.xlsx.strings import TextCollector, decode_escapes
from planextract.read.xml_stream import plain_tag, read_events
from planextract.settings import ReadSettings

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_FALSE = ("0", "false", "")
_REMEMBERED = 100_000  # numbers whose print is kept


@dataclass(slots=True, kw_only=True)
class Sheet:
    """A sheet as read. Rows and columns from 0, as the sheet counts them; only cells that print something.

    Attributes:
        rows: By row, its cells.
        doubled: Row and text of cells that the file holds a second time.
        merges: Merged ranges, in the order of the file.
        hidden_rows: Rows that are hidden, of those that print something.
        hidden_columns: Ranges of hidden columns, last included.
        is_filtered: Whether a filter is set: it may be what hides rows.
        unvalued: Addresses of formulas whose value the file does not hold.
        faulty: Addresses of cells that print an error (#REF!).
        struck: Addresses of cells that are struck through as a whole.
        kept: By row and column, what is left of cells of which a part is struck through.
        running: Running heads and feet as the file writes them.
    """

    rows: dict[int, SheetRow] = field(default_factory=dict)
    doubled: list[tuple[int, str]] = field(default_factory=list)
    merges: list[Span] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    is_filtered: bool = False
    unvalued: list[str] = field(default_factory=list)
    faulty: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    kept: dict[tuple[int, int], str] = field(default_factory=dict)
    running: list[str] = field(default_factory=list)


def parse_address(text: str) -> tuple[int, int] | None:
    """Return row and column, from 0, of an address; None if it is none of this world.

    >>> parse_address("A1"), parse_address("$AB$12"), parse_address("ZZZ1")
    ((0, 0), (11, 27), None)
    """
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    row, col = int(match.group(2)) - 1, column_number(match.group(1))
    return (row, col) if 0 <= row < MAX_ROW and col < MAX_COLUMN else None


def column_number(letters: str) -> int:
    """Return a column's number, from 0.

    >>> column_number("A"), column_number("XFD")
    (0, 16383)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(col: int) -> str:
    """Return a column's letters.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def show_address(row: int, col: int) -> str:
    """Return an address as people write it.

    >>> show_address(11, 27)
    'AB12'
    """
    return f"{column_letters(col)}{row + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFormats:
    """What cells refer to: shared strings, the format of each style, and how the workbook counts days.

    ``struck`` are the styles that strike a cell through, ``struck_strings`` what is left of strings struck in part.
    """

    strings: Sequence[str]
    formats: Sequence[str]
    is_1904: bool
    struck: frozenset[str] = frozenset()
    struck_strings: Mapping[int, str] = field(default_factory=dict)


def read_sheet(archive: Archive, path: str, shared: CellFormats, name: str, settings: ReadSettings) -> Sheet:
    """Read one sheet.

    Raises:
        InputError: If the part is damaged or unsafe, or holds more cells than ``max_cells``.
    """
    reader = _SheetReader(shared, name, settings)
    with archive.stream(path) as stream:
        read_events(stream, reader.start, reader.end, reader.take, name, path)
    return reader.sheet


class _SheetReader:
    """Takes in the events of one sheet; a cell costs no more than its own few events."""

    def __init__(self, shared: CellFormats, name: str, settings: ReadSettings) -> None:
        self.sheet = Sheet()
        self._shared, self._name, self._settings = shared, name, settings
        self._row = self._col = -1
        self._cells: dict[int, str] = {}
        self._strings = shared.strings
        self._attributes: dict[str, str] = {}
        self._text: list[str] = []
        self._inline = TextCollector()
        self._has_formula = self._is_value = self._is_inline = self._is_running = self._is_hidden = False
        self._count = 0
        self._columns: dict[str, int] = {}
        self._patterns: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._shown: dict[tuple[str, str], str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "v":
            self._is_value = True
        elif tag == "c":
            self._attributes = attributes
            self._has_formula = False
            self._text.clear()
        elif self._is_inline:
            self._inline.start(tag, attributes)
        elif tag == "f":
            self._has_formula = True
        elif tag == "is":
            self._is_inline = True
            self._inline.clear()
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "mergeCell":
            self._add_merge(attributes.get("ref", ""))
        else:
            self._start_other(tag, attributes)

    def end(self, tag: str) -> None:
        if tag == "v":
            self._is_value = False
        elif tag == "c":
            self._end_cell()
        elif tag == "is":
            self._is_inline = False
            self._text[:] = [self._inline.text]  # a value may stand beside it, which says the same
        elif ":" in tag:
            self.end(plain_tag(tag))
        elif self._is_inline:
            self._inline.end(tag)
        elif tag == "row":
            self._end_row()
        elif self._is_running:
            self._is_running = False
            self.sheet.running.append("".join(self._text))
            self._text.clear()

    def take(self, piece: str) -> None:
        if self._is_value or self._is_running:
            self._text.append(piece)
        elif self._is_inline:
            self._inline.take(piece)

    def _start_other(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            self.start(plain_tag(tag), attributes)
        elif tag == "col":
            low, high = attributes.get("min", ""), attributes.get("max", "")
            if attributes.get("hidden", "0") not in _FALSE and low.isdigit() and high.isdigit():
                self.sheet.hidden_columns.append((int(low[:7]) - 1, int(high[:7]) - 1))
        elif tag in ("filterColumn", "customFilters", "filters"):
            self.sheet.is_filtered = True
        elif tag in _RUNNING:
            self._is_running = True
            self._text.clear()

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = int(number) - 1 if number is not None and number.isdigit() and len(number) < 8 else self._row + 1
        self._col = -1
        before = self.sheet.rows.get(self._row)
        self._cells = dict(zip(*before, strict=True)) if before else {}
        self._is_hidden = attributes.get("hidden", "0") not in _FALSE

    def _end_row(self) -> None:
        if not self._cells or not 0 <= self._row < MAX_ROW:
            return
        if self._is_hidden:
            self.sheet.hidden_rows.append(self._row)
        cols = tuple(self._cells)
        self.sheet.rows[self._row] = self._patterns.setdefault(cols, cols), tuple(self._cells.values())

    def _end_cell(self) -> None:
        """Take in a cell, now that its value is known; most are shared strings."""
        attributes, pieces = self._attributes, self._text
        address = attributes.get("r", "")
        letters = address.rstrip("0123456789")
        col = self._columns.get(letters)
        if col is None:
            col = self._find_column(letters)
        self._col = col
        kind = attributes.get("t", "")
        if not pieces:
            if self._has_formula and kind != "str":
                self.sheet.unvalued.append(address)
            return
        is_struck = attributes.get("s") in self._shared.struck
        kept = self._inline.kept if kind == "inlineStr" and self._inline.has_struck else None
        raw = pieces[0] if len(pieces) == 1 or kind == "inlineStr" else "".join(pieces)
        if kind == "s":
            number = int(raw) if raw.isdigit() and len(raw) < 10 else -1
            text = self._strings[number] if 0 <= number < len(self._strings) else ""
            kept = self._shared.struck_strings.get(number)
        else:
            text = self._show(raw, kind, address, attributes.get("s", ""))
        if text and not text.isspace() and col < MAX_COLUMN:
            self._add_cell(col, text)
            if is_struck or (kept is not None and not kept.strip()):
                self.sheet.struck.append(show_address(self._row, col))
            elif kept is not None:
                self.sheet.kept[self._row, col] = kept

    def _find_column(self, letters: str) -> int:
        """Return a column by its letters; a cell without an address stands beside the one before."""
        if not (letters.isascii() and letters.isalpha() and len(letters) < 4):
            return self._col + 1
        col = self._columns[letters] = column_number(letters)
        return col

    def _add_cell(self, col: int, text: str) -> None:
        self._count += 1
        if self._count > self._settings.max_cells:
            raise self._too_many()
        if col in self._cells:
            self.sheet.doubled.append((self._row, text))
        else:
            self._cells[col] = text

    def _too_many(self) -> InputError:
        return InputError(
            "read.too_many_cells",
            Phrase("the sheets have more than {max_cells} cells", max_cells=self._settings.max_cells),
            file=self._name,
            advice="Raise read.max_cells in the settings, or split the file.",
        )

    def _show(self, raw: str, kind: str, address: str, style: str) -> str:
        """Return what a stored value prints."""
        if kind in ("str", "inlineStr"):
            return decode_escapes(raw) if kind == "str" else raw
        if kind == "b":
            return "TRUE" if raw.strip() in ("1", "true") else "FALSE"
        if kind == "e":
            self.sheet.faulty.append(address)
            return raw
        if kind == "d":
            return raw.strip().removesuffix("T00:00:00")
        known = self._shown.get((raw, style))
        if known is None:
            known = format_number(raw, self._find_format(style), is_1904=self._shared.is_1904)
            if len(self._shown) < _REMEMBERED:
                self._shown[raw, style] = known
        return known

    def _find_format(self, style: str) -> str:
        number = int(style) if style.isdigit() and len(style) < 7 else 0
        return self._shared.formats[number] if number < len(self._shared.formats) else GENERAL

    def _add_merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        start, end = parse_address(first), parse_address(last or first)
        if start is None or end is None:
            return
        (top, bottom), (left, right) = (sorted((start[i], end[i])) for i in (0, 1))
        self.sheet.merges.append(Span(top, left, bottom, right))
        if len(self.sheet.merges) > self._settings.max_cells:
            raise self._too_many()


_RUNNING = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})
