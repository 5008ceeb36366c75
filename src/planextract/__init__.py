"""Turn Chinese government action-plan notices into tables that people can trust.

The public API is small and imports nothing heavy until it is called:

* :func:`extract_file` reads one document and returns its :class:`Extraction`.
* :func:`load` reads an output folder as pandas DataFrames by table name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planextract.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from planextract.model.plan import Extraction

__all__ = ["__version__", "extract_file", "load"]


def extract_file(path: str | Path, *, region: str | None = None) -> Extraction:
    """Read one document and return everything found in it, without writing anything.

    Args:
        path: A text, Markdown or HTML file that holds a task table. An override file
            beside it (``<name>.overrides.yaml``) is replayed.
        region: GB/T 2260 code or name of the issuing region, where the document does not say it.

    Returns:
        The extraction: document, plans with tasks and measures, boundaries, repairs, discards
        and findings, all immutable.

    Raises:
        planextract.errors.PlanExtractError: If the file cannot be read or holds no task table.
    """
    from planextract.run.extract import extract_path

    return extract_path(path, region=region)


def load(output: str | Path) -> dict[str, pd.DataFrame]:
    """Read an output folder as DataFrames.

    Args:
        output: Folder that ``planextract run`` wrote.

    Returns:
        DataFrames by table name (``measures``, ``responsibilities``, …), with Arrow-backed column
        types, in a stable order: documents by ``doc_id``, rows as printed.

    Raises:
        planextract.errors.OutputError: If the folder holds no committed document.
    """
    from planextract.write.load import load_tables

    return load_tables(output)
