"""Read an output folder back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planextract.errors import OutputError
from planextract.write.contract import BY_NAME, DOCUMENT_TABLES, TableSpec

if TYPE_CHECKING:
    import pandas as pd


def load_tables(output: str | Path) -> dict[str, pd.DataFrame]:
    """Read all tables of the committed documents as DataFrames, by table name.

    Raises:
        OutputError: If the folder holds no committed document or a part cannot be read.
    """
    folder = Path(output)
    doc_ids = sorted(path.stem for path in (folder / "documents").glob("*.parquet"))
    if not doc_ids:
        raise OutputError("load.empty", "no committed document is in this folder", file=str(folder),
                          advice="Run 'planextract run INPUT -o OUTPUT' first.")  # fmt: skip
    tables = {table.name: _load_table(table, folder, doc_ids) for table in DOCUMENT_TABLES}
    tables["agencies"] = _read(BY_NAME["agencies"], [folder / "agencies.parquet"])
    return tables


def _load_table(table: TableSpec, folder: Path, doc_ids: list[str]) -> pd.DataFrame:
    return _read(table, [folder / table.name / f"{doc_id}.parquet" for doc_id in doc_ids])


def _read(table: TableSpec, paths: list[Path]) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        found = pa.concat_tables([pq.read_table(path) for path in paths], promote_options="permissive")
    except (OSError, pa.ArrowException) as exc:
        raise OutputError("load.unreadable", f"a part of {table.name} cannot be read: {exc}",
                          file=str(paths[0].parent), advice="Run planextract again on its input.") from exc  # fmt: skip
    frame: pd.DataFrame = found.to_pandas(types_mapper=pd.ArrowDtype)
    return frame
