"""What the lab typesets: a document of texts and tables, and what its measures are.

Every text and every table cell has a ``key``. The producers print each key in a near-black color of its own,
so that :mod:`tests.lab.placement` can tell, from the finished PDF and without planextract, on which page each
character of each cell landed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_COLOR_STEPS = 24
_SUB = re.compile(r"⟦(.*?)⟧")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabCell:
    """A logical cell: ``row`` and ``col`` in its table's body (or header), from 0; ``⟦…⟧`` is printed lowered."""

    key: int
    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    paragraphs: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Everything printed in the cell, white space left out."""
        return "".join("".join(plain(p) for p in self.paragraphs).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class LabText:
    """A line or paragraph outside tables; ``style`` is title, plain, heading, right or note."""

    key: int
    text: str
    style: str = "plain"
    starts_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LabRow:
    """A body row: ``kind`` is section, task (opens a task) or measure (a further one)."""

    kind: str
    number: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabTable:
    """A table: its columns as (role, label), widths as shares of the page, header and body cells.

    ``role`` is "" for a column of a table that is no plan. ``plan_no`` is 0 for such a table. ``is_open``: its last
    row goes on elsewhere and has no rule below.
    """

    columns: tuple[tuple[str, str], ...]
    widths: tuple[float, ...]
    header_rows: int
    header: tuple[LabCell, ...]
    rows: tuple[LabRow, ...]
    cells: tuple[LabCell, ...]
    plan_no: int
    starts_page: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LabValue:
    """A deadline or agency cell of a measure: its status and its texts (names, or one deadline)."""

    status: str
    texts: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LabMeasure:
    """Truth of a measure. ``row`` is its body row; ``values`` by role, deadline among them."""

    row: int
    text: str
    values: dict[str, LabValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabTask:
    """Truth of a task."""

    task_no: int
    name: str
    section_no: str | None
    section_title: str | None
    measures: tuple[LabMeasure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabPlan:
    """A document to typeset with its logical truth; ``tasks`` by plan, in order.

    ``canonical`` maps each printed agency name to the dictionary's.
    """

    seed: int
    options: object
    blocks: tuple[LabText | LabTable, ...]
    titles: tuple[str, ...]
    tasks: tuple[tuple[LabTask, ...], ...]
    canonical: dict[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[LabTable, ...]:
        """All tables, plans or not, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, LabTable))


def plain(text: str) -> str:
    """Return a text as it reads, without the marks of lowered characters.

    >>> plain("PM⟦2.5⟧浓度")
    'PM2.5浓度'
    """
    return _SUB.sub(r"\1", text)


def split_lowered(text: str) -> list[tuple[str, bool]]:
    """Cut a text into stretches and whether each is printed lowered.

    >>> split_lowered("PM⟦2.5⟧浓度")
    [('PM', False), ('2.5', True), ('浓度', False)]
    """
    parts = _SUB.split(text)
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]


def make_color(key: int) -> tuple[int, int, int]:
    """Return the near-black color (0–255 each) that a key is printed in."""
    if not 0 < key < _COLOR_STEPS**3:
        raise ValueError(f"no color for key {key}")
    return key % _COLOR_STEPS, key // _COLOR_STEPS % _COLOR_STEPS, key // _COLOR_STEPS**2


def read_color(red: int, green: int, blue: int) -> int:
    """Return the key that a color means, 0 for none."""
    if max(red, green, blue) >= _COLOR_STEPS:
        return 0
    return red + green * _COLOR_STEPS + blue * _COLOR_STEPS**2
