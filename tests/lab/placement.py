"""Find out from a finished PDF where each character landed, by the color of its key; planextract has no part in it."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tests.lab.model import LabPlan, LabTable, LabText, plain, read_color

_RADICALS = (0x2E80, 0x2FDF)
_NO_STEP, _SAME_PT = 0.05, 0.8  # fake bold stands this near, but not on the same point: that is a ligature of two


class LabError(Exception):
    """The truth of a document could not be established: the lab is wrong, not the reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """``pieces[key]`` maps each page (from 1) to the part of the key's text that stands there, in page order.

    ``repeated`` are the keys that are printed whole on several pages.
    """

    page_count: int
    pieces: dict[int, dict[int, str]]
    repeated: frozenset[int]

    def pages(self, key: int) -> list[int]:
        """Pages on which the key is printed; the first one only if it is printed whole again and again."""
        pages = sorted(self.pieces.get(key, {}))
        return pages[:1] if key in self.repeated else pages


def find_placement(pdf: bytes, plan: LabPlan) -> Placement:
    """Match the colors of a PDF's characters with the texts of the plan.

    Raises:
        LabError: If the printed characters are not those of the texts.
    """
    texts = collect_texts(plan)
    printed: dict[int, dict[int, str]] = {}
    document = pdfium.PdfDocument(pdf)
    try:
        page_count = len(document)
        for index in range(page_count):
            for key, text in _read_page(document, index).items():
                printed.setdefault(key, {})[index + 1] = text
    finally:
        document.close()
    pieces: dict[int, dict[int, str]] = {}
    repeated = set()
    for key, text in texts.items():
        found = printed.pop(key, {})
        if text and not found:
            raise LabError(f"seed {plan.seed}: key {key} is not printed: {text[:30]}")
        if len(found) > 1 and all(len(part) == len(text) for part in found.values()):
            repeated.add(key)
            parts = dict.fromkeys(found, text)
        else:
            parts = _slice(text, found)
        for page, part in parts.items():
            if Counter(part) != Counter(found[page]):
                raise LabError(
                    f"seed {plan.seed}: key {key}, page {page}: {found[page][:40]!r} is printed, not {part[:40]!r}"
                )
        if sum(map(len, parts.values())) != len(text) * (len(found) if key in repeated else 1):
            raise LabError(f"seed {plan.seed}: key {key} is not printed whole: {text[:30]}")
        pieces[key] = parts
    if printed:
        raise LabError(f"seed {plan.seed}: unknown colors {sorted(printed)[:5]}")
    return Placement(page_count=page_count, pieces=pieces, repeated=frozenset(repeated))


def collect_texts(plan: LabPlan) -> dict[int, str]:
    """Return the text of every key, white space left out."""
    texts: dict[int, str] = {}
    for block in plan.blocks:
        if isinstance(block, LabText):
            texts[block.key] = "".join(plain(block.text).split())
        elif isinstance(block, LabTable):
            texts.update((cell.key, cell.text) for cell in (*block.header, *block.cells))
    return texts


def _slice(text: str, found: dict[int, str]) -> dict[int, str]:
    parts, start = {}, 0
    for page in sorted(found):
        parts[page] = text[start : start + len(found[page])]
        start += len(found[page])
    return parts


def _read_page(document: pdfium.PdfDocument, index: int) -> dict[int, str]:
    """Return the characters of each key on a page, in drawing order; doubled ones (fake bold) once."""
    page = document[index]
    textpage = page.get_textpage()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    found: dict[int, list[str]] = {}
    seen: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for place in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, place)
        if raw.FPDFText_IsGenerated(textpage, place) or chr(code).isspace():
            continue
        raw.FPDFText_GetFillColor(textpage, place, red, green, blue, alpha)
        key = read_color(red.value, green.value, blue.value)
        if not key:
            continue
        raw.FPDFText_GetCharOrigin(textpage, place, x, y)
        others = seen.setdefault((key, code), [])
        if any(_NO_STEP < max(abs(x.value - a), abs(y.value - b)) < _SAME_PT for a, b in others):
            continue
        others.append((x.value, y.value))
        char = chr(code)
        if _RADICALS[0] <= code <= _RADICALS[1]:
            char = unicodedata.normalize("NFKC", char)
        found.setdefault(key, []).append(char)
    textpage.close()
    page.close()
    return {key: "".join(chars) for key, chars in found.items()}
