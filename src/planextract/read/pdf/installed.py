"""Second readers that are extras: asked for by name, they must be there."""

from __future__ import annotations

from importlib.util import find_spec

from planextract.errors import UsageError
from planextract.phrases import Phrase
from planextract.settings import ReadSettings

INSTALL_READERS = "pip install 'planextract[formats]'"

_SECOND = ("camelot", "pdfplumber")


def check_readers(settings: ReadSettings) -> None:
    """Refuse settings that need a reader which is not installed.

    Raises:
        UsageError: If a second reader is wanted (as reader, or by ``verify``) and is not there.
    """
    wanted = _SECOND if settings.verify else tuple(name for name in _SECOND if name == settings.reader)
    missing = next((name for name in wanted if find_spec(name) is None), None)
    if missing is not None:
        what = f"--reader {missing}" if settings.reader == missing else "--verify"
        raise UsageError(
            "run.missing_extra",
            Phrase("{what} needs {reader}, which is not installed", what=what, reader=missing),
            advice=Phrase("Install it: {install_readers}.", install_readers=INSTALL_READERS),
        )
