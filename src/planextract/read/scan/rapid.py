"""The recognition model that ships inside the rapidocr wheel (PP-OCR, Apache-2.0), run by onnxruntime.

The model is run directly: rapidocr's own pipeline would also detect text, which the lattice spares, and
gives one score a line, where each character's is wanted. Nothing is ever downloaded.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from planextract.model.page import Floats
from planextract.read.scan.image import Pixels
from planextract.read.scan.ocr import NO_READING, LineReading

_HEIGHT = 48  # pixels: the model's input
_STEP = 8  # pixels of width a time step
_LEAST_WIDTH = 48
_BATCH_PIXELS = 1_600  # of width in one batch: a pixel costs the same in larger ones, and a quarter more from 6,000 on
_WIDTH_RATIO = 1.05  # lines of one batch differ by no more
_MAX_WIDTH = 6_000


def find_model() -> Path | None:
    """Return the newest recognition model inside the installed rapidocr package, None without the extra."""
    if importlib.util.find_spec("onnxruntime") is None:
        return None
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations:
        return None
    models = sorted(Path(spec.submodule_search_locations[0], "models").glob("*_rec_*.onnx"))
    return models[-1] if models else None


@lru_cache(maxsize=2)
def _load(path: Path, threads: int) -> tuple[Any, list[str]]:
    """Load the model, once a process."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # other processes need the cores
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    characters = session.get_modelmeta().custom_metadata_map["character"].split("\n")
    return session, ["", *characters, " "]


class RapidEngine:
    """Reads lines with RapidOCR's model.

    Args:
        path: The model, from :func:`find_model`.
        threads: Threads of the runtime; 0 for one a core.
    """

    name = "rapidocr"

    def __init__(self, path: Path, threads: int) -> None:
        self._session, self._characters = _load(path, threads)
        self._input = self._session.get_inputs()[0].name

    def read_lines(self, crops: Sequence[Pixels]) -> list[LineReading]:
        """See :class:`~planextract.read.scan.ocr.OcrEngine`; lines of like width are read in one batch."""
        readings = [NO_READING] * len(crops)
        widths = [_width_of(crop) for crop in crops]
        order = [i for i in sorted(range(len(crops)), key=lambda i: (widths[i], i)) if crops[i].size]
        start = 0
        while start < len(order):
            end = start + 1
            limit = max(widths[order[start]] * _WIDTH_RATIO, widths[order[start]] + _STEP)
            while end < len(order):
                width = widths[order[end]]
                if width > limit or (end - start + 1) * width > _BATCH_PIXELS:
                    break
                end += 1
            chosen = order[start:end]
            batch = self._read_batch([crops[i] for i in chosen], widths[chosen[-1]])
            for index, reading in zip(chosen, batch, strict=True):
                readings[index] = reading
            start = end
        return readings

    def _read_batch(self, crops: list[Pixels], width: int) -> list[LineReading]:
        batch = np.zeros((len(crops), 3, _HEIGHT, width), dtype=np.float32)
        used = []
        for place, crop in enumerate(crops):
            own = min(width, _width_of(crop))
            method = cv2.INTER_AREA if crop.shape[0] > _HEIGHT else cv2.INTER_LINEAR
            resized = np.asarray(cv2.resize(crop, (own, _HEIGHT), interpolation=method), dtype=np.float32)
            batch[place, :, :, :own] = resized / 127.5 - 1.0
            used.append(own)
        output = self._session.run(None, {self._input: batch})[0]
        return [self._decode(output[place], width / own) for place, own in enumerate(used)]

    def _decode(self, steps: Floats, stretch: float) -> LineReading:
        """Collapse a line's time steps (T × classes) to characters: repeated ones and blanks (class 0) go."""
        best = steps.argmax(axis=1)
        opens = np.append(True, best[1:] != best[:-1])
        starts = np.flatnonzero(opens)
        ends = np.append(starts[1:], len(best))
        texts, scores, centers, others = [], [], [], []
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            number = int(best[start])
            if number == 0:
                continue
            run = steps[start:end, number]
            peak = start + int(run.argmax())
            row = steps[peak]
            second = row.copy()
            second[[0, number]] = -1.0
            rival = int(second.argmax())
            texts.append(self._characters[number])
            scores.append(float(run.max()))
            centers.append((start + end) / 2 / len(best) * stretch)
            others.append(self._characters[rival] if second[rival] > 0.02 else "")
        if not texts:
            return NO_READING
        return LineReading(
            text="".join(texts),
            scores=np.array(scores, dtype=np.float32),
            centers=np.minimum(np.array(centers, dtype=np.float32), 1.0),
            others=tuple(others),
        )


def _width_of(crop: Pixels) -> int:
    """Return the width of a line in the model's input, whole steps."""
    if not crop.size:
        return _LEAST_WIDTH
    width = round(crop.shape[1] * _HEIGHT / crop.shape[0])
    return int(min(max(-(-width // _STEP) * _STEP, _LEAST_WIDTH), _MAX_WIDTH))
