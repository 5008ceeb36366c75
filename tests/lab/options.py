"""What a document of the lab looks like; every choice is drawn from its seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields

PRODUCERS = ("reportlab", "chromium", "libreoffice")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabOptions:
    """All choices of one document. See the values in :func:`draw_options`.

    Attributes:
        layout: Columns of tasks: ``plain`` (number, task, measure), ``flat`` (number, task), ``unnumbered``
            (task, measure), ``section`` (section, number, task, measure), ``sections`` (two section columns), ``project``
            (number, project, task, measure).
        merge: What a measure may share with the one above: ``none``, ``deadline``, ``bodies``, ``all`` (both), ``single``
            (each cell for itself).
        header: Printed on ``every`` page, ``once``, or ``mixed``.
        repeats_task: The number and the name are printed again at the top of a page that goes on with a task.
        edge: Rules of a cut row at the page edge: ``closed``, ``open_bottom``, ``open_both``.
        other_table: A table that is no plan stands ``before`` or ``after`` the plan, or nowhere.
        rotate: Degrees of the page's /Rotate; the page is shown upright.
        sideways: The page is drawn turned by a quarter, without /Rotate.
        shuffled: Cells are drawn in any order.
        lost_rules: Share of the rules that are not drawn (reportlab); only damaged documents lose any.
    """

    producer: str = "reportlab"
    agency_roles: tuple[str, ...] = ("responsible", "support")
    two_level: bool = False
    has_deadline: bool = True
    has_note: bool = False
    layout: str = "plain"
    section_rows: bool = True
    restarts: bool = False
    merge: str = "none"
    merges_tasks: bool = True
    none_mark: str = "---"
    separator: str = "\n"
    paragraphs: str = "one"
    full_stops: bool = True
    lists: bool = True
    header: str = "every"
    cut: str = "anywhere"
    repeats_task: bool = False
    edge: str = "closed"
    valign: str = "top"
    font: str = "sans"
    font_pt: float = 10.5
    page: str = "A4"
    landscape: bool = False
    rotate: int = 0
    sideways: bool = False
    ruling: str = "lines"
    page_numbers: str = "dash"
    running_head: bool = False
    watermark: bool = False
    hidden_text: bool = False
    fake_bold: str = "none"
    plan_count: int = 1
    notice: bool = False
    new_page: bool = True
    other_table: str = "none"
    note_below: bool = False
    task_count: int = 14
    ragged_fill: bool = True
    shuffled: bool = False
    lost_rules: float = 0.0

    def describe(self) -> dict[str, str]:
        """Return every option as text, for reports."""
        return {f.name: str(getattr(self, f.name)) for f in fields(self)}


def draw_options(seed: int, producer: str | None = None) -> LabOptions:
    """Draw the options of a seed; the producer goes round by the seed if none is given."""
    rng = random.Random(f"options {seed}")
    producer = producer or PRODUCERS[seed % len(PRODUCERS)]
    own = producer == "reportlab"
    roles = rng.choice(
        [
            ("responsible",),
            ("lead", "support"),
            ("responsible", "support"),
            ("responsible", "support"),
            ("lead", "responsible"),
            ("lead", "responsible", "support"),
        ]
    )
    layout = rng.choice(["plain", "plain", "plain", "flat", "unnumbered", "section", "sections", "project"])
    merge = rng.choice(["none", "none", "deadline", "bodies", "all", "single"])
    landscape = rng.random() < (0.7 if len(roles) == 3 or layout in ("sections", "section") else 0.35)
    rotation = rng.random()
    section_rows = layout in ("plain", "flat", "unnumbered") and rng.random() < 0.7
    is_wide = len(roles) == 3 or layout in ("sections", "section", "project")
    return LabOptions(
        producer=producer,
        agency_roles=roles,
        two_level=len(roles) == 2 and rng.random() < 0.3,
        has_deadline=rng.random() < 0.9,
        has_note=rng.random() < 0.15,
        layout=layout,
        section_rows=section_rows,
        restarts=section_rows and layout != "unnumbered" and rng.random() < 0.2,
        merge=merge if layout != "flat" else "none",
        merges_tasks=rng.random() < 0.85,
        none_mark=rng.choice(["---", "——", "—", "/", "无", "— —", "", ""])
        if merge == "none"
        else rng.choice(["---", "——", "无"]),
        separator=rng.choice(["\n", "\n", "\n", "、", "、", "，"]),
        paragraphs=rng.choice(["one", "one", "indented", "spaced"]),
        full_stops=rng.random() < 0.92,
        lists=rng.random() < 0.6,
        header=rng.choice(["every", "every", "every", "once", "mixed" if own else "once"]),
        cut="anywhere" if rng.random() < 0.75 else "never",
        repeats_task=own and rng.random() < 0.3,
        edge=rng.choice(["closed", "open_bottom", "open_both"]),
        valign=rng.choice(["top", "middle"]),
        font=rng.choice(["sans", "serif", "sans", "builtin" if own else "serif"]),
        font_pt=rng.choice([8.0, 9.0] if is_wide and not landscape else [8.0, 9.0, 10.5, 12.0]),
        page=rng.choice(["A4", "A4", "A4", "A3", "B5"]) if not is_wide else rng.choice(["A4", "A3"]),
        landscape=landscape,
        rotate=(90 if rotation < 0.1 else 270 if rotation < 0.15 else 180 if rotation < 0.18 else 0) if own else 0,
        sideways=own and 0.18 <= rotation < 0.25,
        ruling=rng.choice(["lines", "segments", "boxes", "filled", "dashed", "double", "color", "hairline"]),
        page_numbers=rng.choice(["none", "plain", "dash", "total"]),
        running_head=rng.random() < 0.15,
        watermark=rng.random() < 0.12,
        hidden_text=own and rng.random() < 0.12,
        fake_bold=rng.choice(["none", "none", "twice", "stroke"]) if own else "none",
        plan_count=rng.choice([1, 1, 1, 2, 3]),
        notice=rng.random() < 0.5,
        new_page=rng.random() < 0.6,
        other_table=rng.choice(["none", "none", "none", "before", "after"]),
        note_below=rng.random() < 0.2,
        task_count=rng.choice([6, 10, 14, 20, 30]),
        ragged_fill=rng.random() < 0.5,
        shuffled=own and rng.random() < 0.2,
    )
