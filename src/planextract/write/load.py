"""Read an output folder back."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planextract.write.arrow import make_table
from planextract.write.contract import BY_NAME, DOCUMENT_TABLES
from planextract.write.parts import open_parts

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
    return {name: _make_frame(pa.concat_tables(tables, promote_options="permissive")) for name, tables in found.items()}


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

    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype, use_threads=False)
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
