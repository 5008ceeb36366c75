"""Parts of a map are measured from their own pixels alone, and as OpenCV measures them from all."""

from __future__ import annotations

import numpy as np
import pytest

cv2 = pytest.importorskip("cv2")

from planextract.read.scan.ridges import _measure_parts  # noqa: E402
from planextract.read.scan.segment import make_ink  # noqa: E402


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 1.0])
def test_parts_are_measured_as_by_opencv(share: float) -> None:
    dots = (np.random.default_rng(7).random((60, 90)) < share).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dots, connectivity=8)
    assert np.array_equal(_measure_parts(labels), stats[1:count].T.astype(np.float32))


def test_specks_are_no_ink() -> None:
    gray = np.full((100, 100), 255, dtype=np.uint8)
    gray[10:30, 10:30] = 0
    gray[60, 60] = 0
    ink = make_ink(gray, np.zeros((100, 100), dtype=np.uint8), 200)
    assert ink[10:30, 10:30].all()
    assert ink.sum() == 400
