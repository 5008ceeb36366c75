"""What a person may say about dropped files before they are read: region, year, and whether they are one document."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

_FIRST_YEAR, _LAST_YEAR = 1949, 2100
_MAX_REGION = 60
_SUGGESTED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """Options of a run: ``region`` as a full name or a code, ``year`` of plans that print none."""

    region: str = ""
    year: int | None = None
    as_one: bool = False

    def find_arguments(self) -> list[str]:
        """Return them as ``planextract run`` takes them."""
        given = [
            *(["--region", self.region] if self.region else []),
            *(["--year", str(self.year)] if self.year else []),
        ]
        return [*given, "--as-one"] if self.as_one else given


def parse_options(data: object) -> RunOptions:
    """Return the options that a page sent, or that a file holds.

    Raises:
        ValueError: If they are none.
    """
    if not isinstance(data, dict):
        raise ValueError("a JSON object is expected")  # noqa: TRY004
    region, year, as_one = data.get("region") or "", data.get("year") or None, data.get("as_one") or False
    if not isinstance(region, str) or len(region) > _MAX_REGION or not isinstance(as_one, bool):
        raise ValueError("'region' must be a short text")
    if year is not None and (type(year) is not int or not _FIRST_YEAR <= year <= _LAST_YEAR):
        raise ValueError("'year' must be a year")
    return RunOptions(region="".join(region.split()).lstrip("-"), year=year, as_one=as_one)


def read_options(path: Path) -> RunOptions:
    """Return the options kept in a file; none if there is no file that holds any."""
    with suppress(OSError, ValueError):
        return parse_options(json.loads(path.read_text(encoding="utf-8")))
    return RunOptions()


def keep_options(path: Path, options: RunOptions) -> None:
    """Keep the options of an entry, for its next runs."""
    with suppress(OSError):
        path.write_text(json.dumps(asdict(options), ensure_ascii=False) + "\n", encoding="utf-8")


def suggest_regions(text: str) -> list[str]:
    """Return full names of divisions that hold a text, the shortest first: 武侯 → 四川省成都市武侯区."""
    wanted = "".join(text.split())
    if not wanted:
        return []
    found = [name for name in _list_regions() if wanted in name]
    return sorted(found, key=lambda name: (not name.endswith(wanted), len(name)))[:_SUGGESTED]


@lru_cache(maxsize=1)
def _list_regions() -> tuple[str, ...]:
    from planextract.dictionaries import load_dictionaries

    return tuple(region.full_name for region in load_dictionaries().regions.by_code.values())
