"""What was printed: the row of a measure as text and, for a PDF whose file is at hand, cut out of its page."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from planextract.errors import PlanExtractError
from planextract.model.result import ResultCell, ResultDocument
from planextract.model.roles import Role
from planextract.model.source import find_file
from planextract.phrases import Phrase
from planextract.read.archive import find_in_archive
from planextract.read.detect_format import PICTURE_MAGIC, looks_like_pdf
from planextract.read.pdf.crop import PageCropper
from planextract.settings import ReadSettings

_COLUMN_ORDER = ("section", *(role.value for role in Role if role is not Role.SECTION))
_MAX_TEXT = 600
_MAX_FILES = 20_000
_LOOKED_AT = frozenset({".pdf", ".zip", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCell:
    """A cell as printed; ``is_marked`` if it is the one in question."""

    column: str
    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The part of a row that stands on one page; ``picture`` is a data URI, ``mark`` where its marked cell is (0–1)."""

    page: int
    line: int | None
    cells: tuple[PrintedCell, ...]
    picture: str | None
    mark: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The printed row, page by page; ``note`` says why a picture is missing."""

    strips: tuple[Strip, ...]
    note: str = ""

    @property
    def has_picture(self) -> bool:
        """At least one strip is shown as a picture."""
        return any(strip.picture for strip in self.strips)


class EvidenceMaker:
    """Finds what was printed; opens the PDFs it needs and stays within a budget of picture bytes.

    Args:
        places: Files and folders in which the inputs are looked for, by the hash of their bytes.
        max_bytes: Pictures of all items together, before base64.
    """

    def __init__(self, places: Sequence[Path], *, max_bytes: int = 6_000_000) -> None:
        self._places = places
        self._left = max_bytes
        self._files: dict[str, Path] | None = None
        self._croppers: dict[str, PageCropper | None] = {}
        self._by_measure: dict[str, dict[str, list[ResultCell]]] = {}

    def close(self) -> None:
        """Close the opened files."""
        for cropper in self._croppers.values():
            if cropper is not None:
                cropper.close()
        self._croppers.clear()

    def show_measure(self, document: ResultDocument, measure_id: str | None, column: str | None) -> Evidence | None:
        """Return the printed row of a measure with one column marked, or None if there is no such row."""
        cells = self._cells_of(document).get(measure_id or "", [])
        return self._show(document, cells, column) if cells else None

    def show_cells(self, document: ResultDocument, cells: Sequence[ResultCell], column: str | None) -> Evidence | None:
        """Return some printed cells, such as those of a task."""
        return self._show(document, list(cells), column) if cells else None

    def _cells_of(self, document: ResultDocument) -> dict[str, list[ResultCell]]:
        known = self._by_measure.get(document.doc_id)
        if known is None:
            known = {}
            for cell in document.cells:
                if cell.measure_id is not None:
                    known.setdefault(cell.measure_id, []).append(cell)
            self._by_measure = {document.doc_id: known}  # documents come one after the other
        return known

    def _show(self, document: ResultDocument, cells: list[ResultCell], column: str | None) -> Evidence:
        marked = {"deadline_value": "deadline", "task": "task_name", "row": "measure", "targets": "measure"}
        wanted = marked.get(column or "", (column or "").removesuffix("_status"))
        strips, note = [], ""
        for page in sorted({cell.page for cell in cells})[:3]:
            here = sorted((c for c in cells if c.page == page), key=lambda c: (_order(c.column), c.row, c.col))
            picture, mark = None, None
            if any(cell.bbox for cell in here):
                picture, mark, note = self._picture(document, page, here, wanted)
            strips.append(
                Strip(
                    page=page,
                    line=next((c.line for c in here if c.line is not None), None),
                    picture=picture,
                    mark=mark,
                    cells=tuple(
                        PrintedCell(column=c.column, text=_shorten(c.text_raw), is_marked=c.column == wanted)
                        for c in here
                    ),
                )
            )
        return Evidence(strips=tuple(strips), note=note)

    def _picture(
        self, document: ResultDocument, page: int, cells: Sequence[ResultCell], wanted: str
    ) -> tuple[str | None, float | None, str]:
        if self._left <= 0:
            return None, None, Phrase("no picture: the report's size budget is used up")
        cropper, page = self._open(document, page)
        if cropper is None:
            return None, None, Phrase("no picture: the input file was not found (give --inputs)")
        boxes = [cell.bbox for cell in cells if cell.bbox is not None]
        marked = [cell.bbox for cell in cells if cell.bbox is not None and cell.column == wanted]
        try:
            crop = cropper.crop(page, boxes, marked)
        except (PlanExtractError, OSError, ValueError, MemoryError) as exc:
            return None, None, Phrase("no picture: {reason}", reason=str(exc))
        self._left -= len(crop.data)
        return "data:image/webp;base64," + base64.b64encode(crop.data).decode("ascii"), crop.mark_share, ""

    def _open(self, document: ResultDocument, page: int) -> tuple[PageCropper | None, int]:
        """Return what cuts pictures out of the file that a page stands in, and the page's number in that file."""
        file = find_file(document.files, page)
        if file is None and not document.media_type.startswith(("application/pdf", "image/")):
            return None, page
        name, digest = (document.source_path, document.doc_id) if file is None else (file.name, file.sha256)
        if digest not in self._croppers:
            self._croppers[digest] = self._make_cropper(Path(name).name, digest)
        return self._croppers[digest], page if file is None else page - file.first_page + 1

    def _make_cropper(self, name: str, digest: str) -> PageCropper | None:
        for path in self._candidates(name):
            try:
                data = path.read_bytes()
                if not hashlib.sha256(data).hexdigest().startswith(digest):
                    data = find_in_archive(data, digest, name, ReadSettings()) or b""
                if looks_like_pdf(data) or data.startswith(PICTURE_MAGIC):
                    return PageCropper(data, name)
            except (PlanExtractError, OSError):
                continue
        return None

    def _candidates(self, name: str) -> Iterable[Path]:
        """Return the files of this name first, then archives and all PDFs: names may have changed."""
        if self._files is None:
            self._files = {}
            for place in self._places:
                below = (path for path in place.rglob("*") if path.suffix.lower() in _LOOKED_AT)
                found = [place] if place.is_file() else sorted(below) if place.is_dir() else []
                for path in found[:_MAX_FILES]:
                    self._files.setdefault(str(path), path)
        ordered = sorted(self._files.values(), key=lambda path: (path.name != name, path.suffix != ".zip", str(path)))
        return ordered if any(path.name == name for path in ordered) or len(ordered) <= 200 else []


def _order(column: str) -> int:
    return _COLUMN_ORDER.index(column) if column in _COLUMN_ORDER else len(_COLUMN_ORDER)


def _shorten(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT] + " …"
