"""Recognised text beside a scan: for each of its pages the text layer that another program made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planextract.errors import InputError
from planextract.model.source import ReadNote
from planextract.phrases import Phrase
from planextract.read.detect_format import decode_text, detect_format
from planextract.read.recognised.alto import read_alto
from planextract.read.recognised.hocr import read_hocr
from planextract.read.recognised.pages import RecognisedPage
from planextract.read.scan.layer import TextLayer
from planextract.settings import ReadSettings

_SAME_SHAPE = 0.03  # by which width to height may differ: margins that a program cut off


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedLayers:
    """The pages of a file of recognised text, and what went wrong with it."""

    pages: Sequence[RecognisedPage] = ()
    notes: tuple[ReadNote, ...] = ()

    def find(self, page_number: int, width: float, height: float) -> TextLayer | None:
        """Return the layer of a page of the scan; None if there is none, or it is of a page of another shape.

        Args:
            page_number: From 1.
            width: Of the scan in points, as it is seen.
            height: The same.
        """
        if page_number > len(self.pages):
            return None
        page = self.pages[page_number - 1]
        if not len(page.codes) or abs(page.width * height - page.height * width) > _SAME_SHAPE * page.height * width:
            return None
        scale = np.array([width / page.width, height / page.height] * 2, dtype=np.float32)
        return TextLayer(codes=page.codes, boxes=page.boxes * scale, scores=page.scores)


def load_layers(data: bytes | None, name: str, settings: ReadSettings) -> RecognisedLayers:
    """Read the file of recognised text that stands beside a scan; a bad one is a warning, and the scan is read alone.

    Args:
        data: Its bytes, None if there is none.
        name: Of the scan.
        settings: Limits.
    """
    if data is None:
        return RecognisedLayers()
    try:
        return RecognisedLayers(pages=parse_recognised(data, name, settings))
    except InputError as exc:
        message = Phrase("the recognised text beside the scan was not used: {cause}", cause=exc.cause)
        return RecognisedLayers(notes=(ReadNote.of("read.bad_layer", message),))


def parse_recognised(data: bytes, name: str, settings: ReadSettings) -> tuple[RecognisedPage, ...]:
    """Read the pages of an hOCR or ALTO file.

    Raises:
        InputError: If it is neither, damaged, or breaks a limit.
    """
    kind = detect_format(data)
    if kind == "alto":
        return read_alto(data, name, settings)
    if kind == "hocr":
        text, _ = decode_text(data, name)
        return read_hocr(text, name, settings)
    raise InputError(
        "read.unsupported", "this is no hOCR and no ALTO", file=name, advice="Let the OCR program write one of them."
    )
