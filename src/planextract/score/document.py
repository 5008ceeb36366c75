"""Score one document against gold: every comparison made, nothing added up yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planextract.model.result import ResultDocument
from planextract.score.alignment import Alignment, MeasurePair, align_documents
from planextract.score.cells import TEXT_COLUMNS, CellScore, compare_measures, compare_tasks
from planextract.score.grits import measure_grits_con, measure_grits_top
from planextract.score.parts import (
    BoundaryScore,
    FillScore,
    compare_agencies,
    compare_boundaries,
    compare_fill,
    compare_targets,
    find_page_shift,
)
from planextract.score.rates import Rate
from planextract.score.tables import find_roles, make_grid
from planextract.score.teds import measure_teds

_FIELDS = ("issuer", "doc_number", "title", "issued_on", "printed_on", "plan_year", "cc", "body_text", "addressees")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts by metric of one row, task, page break or table: what is added up and drawn by the bootstrap."""

    cluster: str
    strata: tuple[str, ...]
    rates: Mapping[str, Rate]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowScore:
    """A measure of gold, of the output or of both."""

    pair: MeasurePair
    cells: tuple[CellScore, ...]

    @property
    def is_right(self) -> bool:
        """Every cell of the row is right."""
        return self.pair.first is not None and self.pair.second is not None and all(c.is_right for c in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableScore:
    """A plan of gold as one table against the output's."""

    title: str
    grits_top: Rate
    grits_con: Rate
    teds: float
    teds_struct: float
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentScore:
    """Everything that was compared in one document."""

    wanted: ResultDocument
    found: ResultDocument
    alignment: Alignment
    rows: tuple[RowScore, ...]
    task_cells: tuple[CellScore, ...]
    field_cells: tuple[CellScore, ...]
    boundaries: tuple[BoundaryScore, ...]
    fills: tuple[FillScore, ...]
    tables: tuple[TableScore, ...]
    tallies: tuple[Tally, ...]
    page_shift: int

    @property
    def cells(self) -> Iterator[CellScore]:
        """Every cell compared, tasks before measures."""
        yield from self.field_cells
        yield from self.task_cells
        for row in self.rows:
            yield from row.cells


def score_document(wanted: ResultDocument, found: ResultDocument) -> DocumentScore:
    """Compare an output with gold.

    Args:
        wanted: What people say is right.
        found: What a run says.
    """
    alignment = align_documents(wanted, found)
    shift = find_page_shift(alignment.measures)
    roles = find_roles(*wanted.plans, *found.plans)
    plan_of = {task.task_id: plan.plan_no for doc in (found, wanted) for plan in doc.plans for task in plan.tasks}
    common = (f"reader: {found.reader or 'unknown'}", f"header: {describe_header(found)}")
    fields = tuple(_compare_fields(wanted, found))
    task_cells = tuple(compare_tasks(alignment, plan_of))
    rows = tuple(RowScore(pair=p, cells=c) for p, c in compare_measures(alignment, plan_of, roles, shift))
    boundaries = compare_boundaries(wanted.boundaries, found.boundaries, shift) if wanted.boundaries else ()
    fills = [tuple(compare_fill(row.pair, roles)) for row in rows]
    tables = tuple(_score_tables(alignment))
    tallies = [
        *(_tally_cells(f"{wanted.doc_id}/{cell.cluster}", common, (cell,)) for cell in (*fields, *task_cells)),
        *(_tally_row(f"{wanted.doc_id}/", row, fill, common, roles) for row, fill in zip(rows, fills, strict=True)),
        *(
            Tally(cluster=f"{wanted.doc_id}/break {number}", strata=common, rates=b.rates)
            for number, b in enumerate(boundaries)
        ),
        *(
            Tally(cluster=f"{wanted.doc_id}/table {number}", strata=common, rates=_table_rates(t))
            for number, t in enumerate(tables)
        ),
    ]
    return DocumentScore(
        wanted=wanted,
        found=found,
        alignment=alignment,
        rows=rows,
        task_cells=task_cells,
        field_cells=fields,
        boundaries=boundaries,
        fills=tuple(f for fill in fills for f in fill),
        tables=tables,
        tallies=tuple(tallies),
        page_shift=shift,
    )


def describe_header(document: ResultDocument) -> str:
    """Return how a document prints its header: once, repeated, or on two levels."""
    headers = [cell for cell in document.cells if cell.column == "header"]
    if any(cell.row > 0 or cell.row_span > 1 or cell.col_span > 1 for cell in headers):
        return "two levels"
    return "repeated" if any(d.reason == "repeated_header" for d in document.discards) else "once"


def _compare_fields(wanted: ResultDocument, found: ResultDocument) -> Iterator[CellScore]:
    for name in _FIELDS:
        want, got = (_field_text(document, name) for document in (wanted, found))
        if want:
            is_right = "".join(want.split()) == "".join(got.split())
            yield CellScore(
                column=name,
                cluster="notice",
                key="notice",
                wanted=want,
                found=got,
                is_right=is_right,
                errors=0,
                measure_id=None,
                task_id=None,
                page=None,
            )


def _field_text(document: ResultDocument, name: str) -> str:
    value = getattr(document, name)
    if value is None:
        return ""
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _tally_cells(cluster: str, strata: tuple[str, ...], cells: tuple[CellScore, ...]) -> Tally:
    rates: dict[str, Rate] = {}
    for cell in cells:
        group = "fields" if cell.cluster == "notice" else "cells"
        for name, rate in ((group, cell.rate), (f"{group}:{cell.column}", cell.rate)):
            rates[name] = rates.get(name, Rate()) + rate
        if cell.column in TEXT_COLUMNS:
            for name in ("cer", f"cer:{cell.column}"):
                rates[name] = rates.get(name, Rate()) + cell.characters
    return Tally(cluster=cluster, strata=strata, rates=rates)


def _tally_row(
    prefix: str, row: RowScore, fills: tuple[FillScore, ...], common: tuple[str, ...], roles: tuple[str, ...]
) -> Tally:
    pair = row.pair
    shown = pair.first or pair.second
    is_merged = any(shown is not None and shown.status_of(role) == "inherited" for role in roles)
    is_cut = shown is not None and len(shown.pages) > 1
    strata = (*common, f"agency cells: {'merged' if is_merged else 'own'}", f"row: {'cut' if is_cut else 'whole'}")
    has_both = pair.first is not None and pair.second is not None
    counts = {"wanted": float(pair.first is not None), "found": float(pair.second is not None)}
    base = _tally_cells(prefix + row.cells[0].cluster, strata, row.cells)
    rates = {
        **base.rates,
        "rows": Rate(right=float(row.is_right), **counts),
        "rows_matched": Rate(right=float(has_both), **counts),
        "fill": Rate(right=sum(fill.is_right for fill in fills), wanted=len(fills)),
        "targets": compare_targets(pair),
        **compare_agencies(pair, roles),
    }
    return Tally(cluster=base.cluster, strata=strata, rates=rates)


def _score_tables(alignment: Alignment) -> Iterator[TableScore]:
    for pair in alignment.plans:
        plans = [plan for plan in (pair.first, pair.second) if plan is not None]
        roles = find_roles(*plans)
        if len(plans) < 2:
            grid = make_grid(plans[0], roles)
            size = grid.row_count * grid.col_count
            only = Rate(wanted=size) if pair.first is not None else Rate(found=size)
            yield TableScore(title=plans[0].title, grits_top=only, grits_con=only, teds=0.0, teds_struct=0.0, size=size)
            continue
        wanted, found = (make_grid(plan, roles) for plan in plans)
        yield TableScore(
            title=plans[0].title,
            grits_top=measure_grits_top(wanted, found),
            grits_con=measure_grits_con(wanted, found),
            teds=measure_teds(wanted, found),
            teds_struct=measure_teds(wanted, found, structure_only=True),
            size=max(len(wanted.cells), len(found.cells)),
        )


def _table_rates(table: TableScore) -> dict[str, Rate]:
    return {
        "grits_top": table.grits_top,
        "grits_con": table.grits_con,
        "teds": Rate(right=table.teds * table.size, wanted=table.size),
        "teds_struct": Rate(right=table.teds_struct * table.size, wanted=table.size),
    }
