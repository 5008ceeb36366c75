"""The dictionaries of a run: the built-in ones, the user's own, and what people decided on names."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from planextract.decisions import load_judgements, with_judgements
from planextract.dictionaries import load_dictionaries
from planextract.model.vocabulary import Dictionaries


@lru_cache(maxsize=4)
def load_vocabularies(extra_folder: Path | None, decisions: Path | None) -> Dictionaries:
    """Load the dictionaries of a run, once a process.

    Args:
        extra_folder: Folder with the user's own dictionaries.
        decisions: Log of decisions on agency names; a file that does not exist holds none.

    Raises:
        ConfigError: If a file is malformed.
    """
    dictionaries = load_dictionaries(extra_folder)
    return dictionaries if decisions is None else with_judgements(dictionaries, load_judgements(decisions))
