"""Turn Chinese government action-plan notices into tables that people can trust.

The public API is small and imports nothing heavy until it is called:

* :func:`extract_file` reads one document and returns its ``Extraction``;
* :func:`extract_all` extracts documents and folders into an output folder;
* :func:`load` reads an output folder as pandas DataFrames by table name;
* :func:`score_output` and :func:`compare_years` measure an output against gold and against another year;
* :func:`read_tables` reads the tables of any document, whole over its pages, as frames;
* :func:`draw_page` and :func:`crop_page` show what the reader saw on a page of a PDF.
"""

from planextract.api import (
    compare_years,
    crop_page,
    draw_page,
    extract_all,
    extract_file,
    load,
    read_tables,
    score_output,
)
from planextract.version import __version__

__all__ = [
    "__version__",
    "compare_years",
    "crop_page",
    "draw_page",
    "extract_all",
    "extract_file",
    "load",
    "read_tables",
    "score_output",
]
