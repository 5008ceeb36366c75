"""Second readers that are extras: asked for by name, they must be there."""

from __future__ import annotations

from importlib.util import find_spec

from planextract.errors import UsageError
from planextract.phrases import Phrase
from planextract.settings import ReadSettings

INSTALL_CAMELOT = "pip install 'planextract[formats]'"


def check_readers(settings: ReadSettings) -> None:
    """Refuse settings that need a reader which is not installed.

    Raises:
        UsageError: If camelot is wanted (as reader, or by ``verify``) and is not there.
    """
    if (settings.reader == "camelot" or settings.verify) and find_spec("camelot") is None:
        what = "--reader camelot" if settings.reader == "camelot" else "--verify"
        raise UsageError(
            "run.missing_extra",
            Phrase("{what} needs camelot-py, which is not installed", what=what),
            advice=Phrase("Install it: {install_camelot}.", install_camelot=INSTALL_CAMELOT),
        )
