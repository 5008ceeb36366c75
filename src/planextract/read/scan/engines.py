"""Which engine reads scans: the one that the settings name, or the best one that is installed."""

from __future__ import annotations

import os
from importlib.util import find_spec

from planextract.phrases import Phrase
from planextract.read.scan.ocr import OcrEngine
from planextract.settings import ReadSettings

INSTALL = Phrase('Install it: pip install "planextract[ocr]"')
"""What a person is told where no engine is installed."""


def choose_engine(settings: ReadSettings) -> OcrEngine | None:
    """Return the engine that reads first; None where the settings want none or none is installed.

    OpenCV comes with the extra ``ocr``: without it no page can be prepared, whatever engine there is.
    """
    if find_spec("cv2") is None:
        return None
    from planextract.read.scan.rapid import RapidEngine, find_model
    from planextract.read.scan.tesseract import TesseractEngine, find_tesseract

    if settings.ocr in ("auto", "rapidocr"):
        model = find_model()
        if model is not None:
            return RapidEngine(model, count_threads(settings))
    if settings.ocr == "tesseract" or (settings.ocr == "auto" and find_tesseract()):
        return TesseractEngine() if find_tesseract() else None
    return None


def count_threads(settings: ReadSettings) -> int:
    """Return the threads that recognition may use: the settings' number, else all cores of this process."""
    if settings.ocr_threads > 0:
        return settings.ocr_threads
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
