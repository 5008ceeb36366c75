"""JSON of unknown make, looked at without trusting it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from planextract.errors import InputError
from planextract.model.source import BBox
from planextract.read.budget import CellBudget
from planextract.read.flow import FlowBlock
from planextract.settings import ReadSettings

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


_LONE_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(slots=True)
class ParserResult:
    """What an adapter makes of a result.

    Attributes:
        flow: Blocks in reading order, pages from 1.
        printed: Every piece of text in the JSON: the account that the ledger must find again.
        page_count: Pages of the document.
    """

    flow: list[FlowBlock] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    page_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What adapters need besides the JSON."""

    name: str
    settings: ReadSettings
    budget: CellBudget


def load_json(text: str, name: str) -> Json:
    """Parse JSON.

    Raises:
        InputError: If it is none, or nests too deep.
    """
    try:
        tree: Json = json.loads(text)
        if _LONE_SURROGATE.search(text):
            tree = _without_surrogates(tree)
    except RecursionError as exc:
        raise InputError(
            "read.too_deep",
            "the JSON is nested too deep",
            file=name,
            advice="Give the result of a known parser, as it was written.",
        ) from exc
    except ValueError as exc:
        raise InputError(
            "read.damaged",
            "the file begins like JSON but is not",
            file=name,
            advice="Give the result of a known parser, as it was written.",
        ) from exc
    return tree


def _without_surrogates(value: Json) -> Json:
    """Return a tree whose texts can be written as UTF-8: JSON may escape half a character, which becomes �."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {str(_without_surrogates(key)): _without_surrogates(item) for key, item in value.items()}
    return value


def as_dict(value: Json) -> dict[str, Json]:
    """Return an object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def as_dicts(value: Json) -> list[dict[str, Json]]:
    """Return the objects of a list; nothing for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def as_text(value: Json) -> str:
    """Return a text; of a list, its texts as lines; of a number, its digits."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(item for item in value if isinstance(item, str))
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def as_int(value: Json, default: int) -> int:
    """Return a whole number of bearable size, or the default."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not -1e9 < value < 1e9:
        return default
    return int(value)


def as_floats(value: Json) -> list[float]:
    """Return the numbers of a list; nothing for anything else, or if one is absurd."""
    if not isinstance(value, list):
        return []
    numbers = [float(item) for item in value if isinstance(item, (int, float)) and abs(item) < 1e7]
    return numbers if len(numbers) == len(value) else []


def make_bbox(numbers: list[float], flip_height: float | None = None) -> BBox | None:
    """Return a box of x0, top, x1, bottom; with a page's height, of left, bottom, right, top from below."""
    if len(numbers) != 4:
        return None
    x0, y0, x1, y1 = numbers
    if flip_height is not None:
        y0, y1 = flip_height - y1, flip_height - y0
    return BBox(x0=min(x0, x1), top=min(y0, y1), x1=max(x0, x1), bottom=max(y0, y1))


def find_texts(tree: Json, keys: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield key and text of every field of a tree whose key is one of ``keys``, in order."""
    stack: list[Json] = [tree]
    while stack:
        top = stack.pop()
        if isinstance(top, dict):
            for key, value in top.items():
                if key in keys and isinstance(value, (str, list)) and (text := as_text(value)):
                    yield key, text
            stack.extend(reversed([v for v in top.values() if isinstance(v, (dict, list))]))
        elif isinstance(top, list):
            stack.extend(reversed(top))
