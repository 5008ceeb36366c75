"""Tesseract with simplified Chinese, where it is installed: one process for all lines of a page."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from planextract.read.helpers import run_program
from planextract.read.scan.image import Pixels
from planextract.read.scan.ocr import NO_READING, LineReading

_LANGUAGE = "chi_sim"
_BORDER = 12
_TIMEOUT_SECONDS = 300


@lru_cache(maxsize=1)
def find_tesseract() -> str | None:
    """Return tesseract's path if it knows simplified Chinese."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    try:
        listed = run_program([path, "--list-langs"], 20)
    except subprocess.TimeoutExpired:
        return None
    return path if _LANGUAGE in (listed or b"").decode("utf-8", "replace").split() else None


class TesseractEngine:
    """Reads lines with Tesseract."""

    name = "tesseract"

    def read_lines(self, crops: Sequence[Pixels]) -> list[LineReading]:
        """See :class:`~planextract.read.scan.ocr.OcrEngine`. A process that fails or hangs reads nothing."""
        path = find_tesseract()
        if path is None or not len(crops):
            return [NO_READING] * len(crops)
        with tempfile.TemporaryDirectory() as folder:
            names = []
            for number, crop in enumerate(crops):
                name = Path(folder) / f"{number}.png"
                name.write_bytes(cv2.imencode(".png", np.pad(crop, _BORDER, constant_values=255))[1].tobytes())
                names.append(str(name))
            listing = Path(folder) / "lines.txt"
            listing.write_text("\n".join(names) + "\n", encoding="utf-8")
            command = [path, str(listing), "stdout", "-l", _LANGUAGE, "--psm", "7", "--dpi", "200", "tsv"]
            environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
            try:
                said = run_program(command, _TIMEOUT_SECONDS, environment=environment)
            except subprocess.TimeoutExpired:
                said = None
        if said is None:
            return [NO_READING] * len(crops)
        return parse_tsv(said.decode("utf-8", "replace"), [crop.shape[1] + 2 * _BORDER for crop in crops])


def parse_tsv(text: str, widths: Sequence[int]) -> list[LineReading]:
    """Read Tesseract's table of words (level 5): page n is line n; spaces between Chinese words are its own."""
    words: list[list[tuple[str, float, float, float]]] = [[] for _ in widths]
    for row in text.splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) != 12 or fields[0] != "5" or not fields[11].strip():
            continue
        page = int(fields[1]) - 1
        if 0 <= page < len(words):
            left, width, score = float(fields[6]), float(fields[8]), float(fields[10])
            words[page].append((fields[11].strip(), left, left + width, max(score, 0.0) / 100))
    return [_join(found, width) for found, width in zip(words, widths, strict=True)]


def _join(words: list[tuple[str, float, float, float]], width: int) -> LineReading:
    chars: list[str] = []
    scores: list[float] = []
    centers: list[float] = []
    for word, x0, x1, score in words:
        if chars and chars[-1].isascii() and word[0].isascii() and chars[-1].isalpha() and word[0].isalpha():
            chars.append(" ")
            scores.append(1.0)
            centers.append(x0 / width)
        for place, char in enumerate(word):
            chars.append(char)
            scores.append(score)
            centers.append((x0 + (x1 - x0) * (place + 0.5) / len(word)) / width)
    if not chars:
        return NO_READING
    return LineReading(
        text="".join(chars),
        scores=np.array(scores, dtype=np.float32),
        centers=np.array(centers, dtype=np.float32),
        others=("",) * len(chars),
    )
