"""Read an output folder back."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planextract.write.contract import DOCUMENT_TABLES
from planextract.write.parts import open_parts

if TYPE_CHECKING:
    import pandas as pd


def load_tables(output: str | Path) -> dict[str, pd.DataFrame]:
    """Read all tables of the committed documents as DataFrames, by table name.

    Raises:
        OutputError: If the folder holds no committed document, or a part is damaged or of another contract.
    """
    import pyarrow as pa

    parts = open_parts(output)
    doc_ids = parts.find_documents()
    found = {
        table.name: [parts.read(table, doc_id, keeps_unknown=True) for doc_id in doc_ids] for table in DOCUMENT_TABLES
    }
    found["agencies"] = [parts.read_agencies()]
    if parts.unknown:
        names = ", ".join(sorted(parts.unknown))
        warnings.warn(f"columns that this version of planextract does not know are kept: {names}", stacklevel=3)
    return {name: _to_frame(pa.concat_tables(tables, promote_options="permissive")) for name, tables in found.items()}


def _to_frame(table: Any) -> pd.DataFrame:  # noqa: ANN401  (pyarrow has no types)
    import pandas as pd

    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype, use_threads=False)
    return frame
