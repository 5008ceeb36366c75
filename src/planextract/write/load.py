"""Read an output folder back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planextract.errors import OutputError
from planextract.write.arrow import make_table
from planextract.write.contract import BY_NAME, DOCUMENT_TABLES, TableSpec

if TYPE_CHECKING:
    import pandas as pd

    from planextract.write.records import Row


class Record(dict[str, object]):
    """A record inside a list column, such as a value with its label: a dict that nobody changes, so it has a hash."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))


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
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        found = pa.concat_tables([pq.read_table(path) for path in paths], promote_options="permissive")
    except (OSError, pa.ArrowException) as exc:
        raise OutputError("load.unreadable", f"a part of {table.name} cannot be read: {exc}",
                          file=str(paths[0].parent), advice="Run planextract again on its input.") from exc  # fmt: skip
    return _make_frame(found)


def make_frames(rows: Mapping[str, Sequence[Row]]) -> dict[str, pd.DataFrame]:
    """Return rows as DataFrames by table name, as they would be read back.

    Args:
        rows: The rows of each table of the contract.
    """
    return {name: _make_frame(make_table(BY_NAME[name], found)) for name, found in rows.items()}


def _make_frame(table: Any) -> pd.DataFrame:  # noqa: ANN401  (pyarrow has no types)
    """Return a DataFrame with Arrow's types; lists are tuples, so that rows can be compared and counted."""
    import pandas as pd
    import pyarrow as pa

    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    for field in table.schema:
        if pa.types.is_list(field.type):
            values = [None if value is None else tuple(map(_freeze, value)) for value in table[field.name].to_pylist()]
            frame[field.name] = pd.Series(values, index=frame.index, dtype=object)
    return frame


def _freeze(value: object) -> object:
    return Record(value) if isinstance(value, dict) else value


def load_outputs(outputs: Sequence[str | Path]) -> dict[str, pd.DataFrame]:
    """Read several output folders as one; a document that stands in more than one is taken from the last.

    Raises:
        OutputError: If a folder holds no committed document or a part cannot be read.
    """
    import pandas as pd

    read = [load_tables(output) for output in outputs]
    if len(read) == 1:
        return read[0]
    merged = {}
    for name in read[0]:
        frames = [tables[name] for tables in read]
        whole = pd.concat(frames, ignore_index=True)
        if name == "agencies":
            merged[name] = whole.drop_duplicates("agency_id", keep="last", ignore_index=True)
            continue
        home = [number for number, frame in enumerate(frames) for _ in range(len(frame))]
        last = {doc: n for n, tables in enumerate(read) for doc in tables["documents"]["doc_id"]}
        keep = [last[doc] == number for doc, number in zip(whole["doc_id"], home, strict=True)]
        merged[name] = whole[keep].reset_index(drop=True)
    return merged
