"""The bodies of one cell as people read them: printed words and order, wrapped names whole, misprints put right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planextract.text.characters import without_spaces

_INLINE = re.compile(r"[、，,；;。.：:（）()]")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyText:
    """Text of a cell, and what was put right in it."""

    text: str
    note: str = ""


def print_agencies(rows: Sequence[Mapping[str, Any]], pieces: Sequence[str]) -> AgencyText:
    """Return the text of a cell.

    Args:
        rows: Its rows of ``responsibilities``, in order.
        pieces: The printed pieces of the cell, page by page; empty for an inherited cell.

    Returns:
        One name a line where the plan prints one a line; words between names (及, 、) as printed. A name that a rule
        linked stands in its right wording, with a note of the printed one.
    """
    names = [_right_wording(row) for row in rows]
    notes = [f"原文：{row['agency_raw']}" for row, name in zip(rows, names, strict=True) if name != row["agency_raw"]]
    printed = without_spaces("".join(pieces))
    text = _weave(printed, [without_spaces(row["agency_raw"]) for row in rows], names) if printed else None
    return AgencyText(text="\n".join(names) if text is None else text, note="\n".join(notes))


def _right_wording(row: Mapping[str, Any]) -> str:
    raw: str = row["agency_raw"]
    return row["agency"] if row["match"] == "rule" and row["agency"] else raw


def _weave(printed: str, raws: Sequence[str], names: Sequence[str]) -> str | None:
    """Put names into the printed words; None if one of them is not printed in its place."""
    lines = ""
    position = 0
    for raw, name in zip(raws, names, strict=True):
        found = printed.find(raw, position)
        if found < 0:
            return None
        between = printed[position:found]
        breaks = position > 0 and _INLINE.search(between) is None
        lines += ("\n" if breaks else "") + between + name
        position = found + len(raw)
    return lines + printed[position:]
