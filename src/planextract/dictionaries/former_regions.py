"""Divisions of the past, and how the rows of a table in CSV are read."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import overload

from planextract.model.national import FormerRegion


class FormerRegions(Sequence[FormerRegion]):
    """Divisions of the past, read when one is first looked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _all(self) -> tuple[FormerRegion, ...]:
        return tuple(
            FormerRegion(
                code=row["code"],
                name=row["name"],
                full_name=row["full_name"],
                first_year=int(row["from"]),
                last_year=int(row["to"]),
                successors=tuple(c for c in row["successor"].split("|") if c),
            )
            for row in read_rows(self._path)
        )

    @overload
    def __getitem__(self, index: int) -> FormerRegion: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[FormerRegion]: ...
    def __getitem__(self, index: int | slice) -> FormerRegion | Sequence[FormerRegion]:
        return self._all[index]

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[FormerRegion]:
        return iter(self._all)


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file by the names in its first line."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        names = next(rows)
        for row in rows:  # as csv.DictReader does, which takes twice as long
            yield dict(zip(names, row, strict=True))
