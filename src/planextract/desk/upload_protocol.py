"""The review server's protocol, with patience for a large file that keeps coming."""

from __future__ import annotations

from planextract.review.page.patience import PatientProtocol

_STEP_BYTES = 1_000_000


class UploadProtocol(PatientProtocol):
    """Waits anew after each megabyte: a dripping request is cut as before, a large upload is not."""

    _came = 0

    def data_received(self, data: bytes) -> None:
        """Take data; each step begins the time anew."""
        self._came += len(data)
        if self._came >= _STEP_BYTES:
            self._came = 0
            self._stop()
        super().data_received(data)
