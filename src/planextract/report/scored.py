"""Data of the score report: a run against gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planextract.model.roles import AGENCY_COLUMNS
from planextract.phrases import Phrase, join_phrases
from planextract.report.evidence import EvidenceMaker
from planextract.report.items import Facet, Item, Tile, describe_place, make_facets, make_segments
from planextract.report.page import find_word, format_number, format_share, make_anchor, make_label
from planextract.score.calibration import Calibration
from planextract.score.cells import CellScore
from planextract.score.document import DocumentScore
from planextract.score.summary import Metric, Score
from planextract.text.similarity import Segment

_WORST, _SHOWN = 20, 600
METRIC_TITLES = {
    "row_f1": Phrase("rows right in every cell"),
    "row_match_f1": Phrase("rows found"),
    "cell_f1": Phrase("cells right"),
    "cer": Phrase("character error rate"),
    "grits_top": Phrase("GriTS Top (cell layout)"),
    "grits_con": Phrase("GriTS Con (cell text)"),
    "teds": Phrase("TEDS"),
    "teds_struct": Phrase("TEDS-Struct"),
    "boundary_join_f1": Phrase("tables joined over pages"),
    "cut_row_f1": Phrase("rows cut by a page"),
    "false_fold_rate": Phrase("new rows folded into the one above"),
    "fill_accuracy": Phrase("merged and empty cells"),
    "agency_f1": Phrase("agency names"),
    "link_accuracy": Phrase("agency links"),
    "wrong_link_rate": Phrase("links to a wrong body"),
    "unresolved_rate": Phrase("names without a body"),
    "target_f1": Phrase("quantities"),
    "field_accuracy": Phrase("fields of the notice"),
    "ece": Phrase("calibration error (ECE)"),
    "brier": Phrase("Brier score"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorCheck:
    """A metric against its floor (or, for errors, its ceiling)."""

    name: str
    value: float
    floor: float
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricLine:
    """A metric as a line of the chart: everything in percent of its width."""

    metric: Metric
    title: str
    tone: str
    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryLine:
    """A page break that gold and output decide differently."""

    pages: str
    document: str
    wanted: str
    found: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A document with its own figures."""

    name: str
    doc_id: str
    reader: str
    gold: str
    rows: int
    rows_right: int
    cells: int
    cells_right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreReport:
    """Everything the page shows."""

    title: str
    verdict: str
    tone: str
    tiles: tuple[Tile, ...]
    lines: tuple[MetricLine, ...]
    columns: tuple[tuple[str, tuple[Metric, ...]], ...]
    strata: tuple[tuple[str, tuple[Metric, ...]], ...]
    calibration: Calibration
    floors: tuple[FloorCheck, ...]
    boundaries: tuple[BoundaryLine, ...]
    documents: tuple[DocumentLine, ...]
    worst: tuple[Item, ...]
    others: tuple[Item, ...]
    others_left_out: int
    facets: tuple[Facet, ...]


def build_score_report(score: Score, floors: Sequence[FloorCheck], maker: EvidenceMaker, title: str) -> ScoreReport:
    """Gather what the page shows; the worst cells first, with what was printed."""
    wrong = [(document, cell) for document in score.documents for cell in document.cells if not cell.is_right]
    wrong.sort(key=lambda pair: (-_weight(pair[1]), pair[0].found.doc_id, pair[1].key, pair[1].column))
    worst = [_make_item(document, cell, maker, number) for number, (document, cell) in enumerate(wrong[:_WORST], 1)]
    rest = wrong[_WORST : _WORST + _SHOWN]
    others = [_make_item(document, cell, None, _WORST + number) for number, (document, cell) in enumerate(rest, 1)]
    rows = sum(len(document.rows) for document in score.documents)
    right = sum(row.is_right for document in score.documents for row in document.rows)
    broken = [check for check in floors if not check.holds]
    tone = "bad" if broken else "good" if not wrong else "warn"
    return ScoreReport(
        title=title,
        verdict=_make_verdict(rows, right, len(wrong), floors, broken),
        tone=tone,
        tiles=tuple(_make_tiles(score)),
        lines=tuple(_make_line(m) for m in score.metrics if m.name in METRIC_TITLES),
        columns=score.columns,
        strata=score.strata,
        calibration=score.calibration,
        floors=tuple(floors),
        boundaries=tuple(_boundary_lines(score)),
        documents=tuple(_document_line(d) for d in score.documents),
        worst=tuple(worst),
        others=tuple(others),
        others_left_out=max(0, len(wrong) - _WORST - _SHOWN),
        facets=make_facets([*worst, *others], (("column", "column"), ("kind", "kind"), ("document", "document"))),
    )


def _weight(cell: CellScore) -> float:
    """Return how bad a wrong cell is: a missing or invented row first, a wrong value as much as a few characters."""
    is_whole = cell.wanted is None or cell.found is None
    return (
        cell.errors
        + (1000 if is_whole and cell.column == "measure" else 0)
        + (5 if cell.column in ("deadline_value", "task_no", *AGENCY_COLUMNS) else 0)
    )


def _make_verdict(rows: int, right: int, wrong: int, floors: Sequence[FloorCheck], broken: Sequence[FloorCheck]) -> str:
    parts = [Phrase("{right} of {rows} rows are right in every cell.", right=right, rows=rows)]
    if wrong:
        parts.append(Phrase("{count} cells differ from gold.", count=wrong))
    else:
        parts.append(Phrase("No cell differs from gold."))
    if broken:
        names = ", ".join(check.name for check in broken)
        parts.append(
            Phrase(
                "{broken} of {floors} floors are broken: {names}.", broken=len(broken), floors=len(floors), names=names
            )
        )
    elif floors:
        parts.append(Phrase("All {count} floors hold.", count=len(floors)))
    return join_phrases(" ", parts)


def _make_tiles(score: Score) -> list[Tile]:
    tiles = []
    for name in ("row_f1", "cell_f1", "cer", "grits_con", "cut_row_f1", "link_accuracy"):
        metric = score.find(name)
        if metric is not None:
            note = Phrase("{count} {unit}", count=format_number(metric.count), unit=find_word(metric.unit))
            if metric.low is not None:
                bounds = f"95 %: {format_share(metric.low)} – {format_share(metric.high)}"
                note = join_phrases("\n", [note, bounds.replace(" %", "\u00a0%")])
            tiles.append(
                Tile(label=METRIC_TITLES[name], value=format_share(metric.value), note=note, tone=_tone(metric))
            )
    return tiles


def _tone(metric: Metric) -> str:
    goodness = 1 - metric.value if metric.is_error else metric.value
    return "good" if goodness >= 0.99 else "warn" if goodness >= 0.9 else "bad"


def _make_line(metric: Metric) -> MetricLine:
    def place(value: float) -> float:
        return round(100 * min(1.0, max(0.0, value)), 3)

    low = metric.value if metric.low is None else metric.low
    high = metric.value if metric.high is None else metric.high
    return MetricLine(
        metric=metric,
        title=METRIC_TITLES[metric.name],
        tone=_tone(metric),
        at=place(metric.value),
        low=place(low),
        high=place(high),
    )


def _boundary_lines(score: Score) -> list[BoundaryLine]:
    lines = []
    for document in score.documents:
        for pair in document.boundaries:
            texts = [
                f"{b.decision} {b.row_decision or ''}".strip() if b is not None else Phrase("not seen")
                for b in (pair.wanted, pair.found)
            ]
            shown = pair.found or pair.wanted
            if texts[0] != texts[1] and shown is not None:
                lines.append(
                    BoundaryLine(
                        pages=f"{shown.page_before}–{shown.page_after}",
                        document=document.found.source_path,
                        wanted=texts[0],
                        found=texts[1],
                        reasons=pair.found.reasons if pair.found else (),
                    )
                )
    return lines


def _document_line(document: DocumentScore) -> DocumentLine:
    cells = list(document.cells)
    return DocumentLine(
        name=document.found.source_path,
        doc_id=document.found.doc_id,
        reader=document.found.reader,
        gold=document.wanted.title or document.wanted.doc_id,
        rows=len(document.rows),
        rows_right=sum(row.is_right for row in document.rows),
        cells=len(cells),
        cells_right=sum(cell.is_right for cell in cells),
    )


def _make_item(document: DocumentScore, cell: CellScore, maker: EvidenceMaker | None, number: int) -> Item:
    kind = "missing" if cell.found is None else "invented" if cell.wanted is None else "wrong"
    segments: tuple[Segment, ...] = make_segments(cell.found, cell.wanted)
    evidence = maker.show_measure(document.found, cell.measure_id, cell.column) if maker else None
    return Item(
        anchor=f"cell-{make_anchor(document.found.doc_id)}-{make_anchor(cell.key)}-{make_anchor(cell.column)}-{number}",
        key=cell.key,
        kind=kind,
        tone="bad" if kind != "wrong" else "warn",
        column=cell.column,
        task=_task_name(document, cell),
        document=document.found.source_path,
        where=describe_place(cell.page),
        segments=segments,
        evidence=evidence,
        chips=(Phrase("{count} characters", count=cell.errors),) if cell.errors else (),
        facets=(("column", make_label(cell.column)), ("kind", kind), ("document", document.found.source_path)),
    )


def _task_name(document: DocumentScore, cell: CellScore) -> str:
    for source in (document.found, document.wanted):
        for plan in source.plans:
            for task in plan.tasks:
                if task.task_id == cell.task_id or f"{plan.plan_no}/{task.task_no}" == cell.cluster:
                    return task.label
    return ""
