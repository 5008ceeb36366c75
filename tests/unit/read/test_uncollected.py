"""Python's search for cycles rests while a document is read, and only then."""

from __future__ import annotations

import gc
from unittest.mock import patch

import pytest

from planextract.read import document
from planextract.read.uncollected import uncollected
from planextract.settings import ReadSettings


def test_it_rests_while_a_document_is_read_and_goes_on_after_an_error() -> None:
    seen: list[bool] = []

    def fail(*_: object) -> None:
        seen.append(gc.isenabled())
        raise ValueError

    with patch.object(document, "detect_format", fail), pytest.raises(ValueError):
        document.read_document(b"x", "x.txt", ReadSettings())
    assert seen == [False]
    assert gc.isenabled()


def test_it_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
