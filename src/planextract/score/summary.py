"""Add up the scores of documents: metrics with intervals, by column, by stratum."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from planextract.score.bootstrap import Measure, find_interval
from planextract.score.calibration import Calibration, calibrate
from planextract.score.document import DocumentScore, Tally
from planextract.score.rates import Rate, add_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure. ``low`` and ``high`` bound its 95 % interval; ``count`` is what it rests on.

    ``is_error`` marks figures of which less is better.
    """

    name: str
    value: float
    low: float | None
    high: float | None
    count: int
    unit: str
    is_error: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The score of a run against gold."""

    documents: tuple[DocumentScore, ...]
    metrics: tuple[Metric, ...]
    columns: tuple[tuple[str, tuple[Metric, ...]], ...]
    strata: tuple[tuple[str, tuple[Metric, ...]], ...]
    calibration: Calibration

    def find(self, name: str) -> Metric | None:
        """Return a metric by its name."""
        return next((metric for metric in self.metrics if metric.name == name), None)


_F1S: tuple[tuple[str, Measure], ...] = (("precision", "precision"), ("recall", "recall"), ("f1", "f1"))
# name of the metric → counts it is made of, what is computed, unit of its count
_OVERALL: tuple[tuple[str, str, Measure, str], ...] = (
    *((f"row_{name}", "rows", measure, "rows") for name, measure in _F1S),
    *((f"row_match_{name}", "rows_matched", measure, "rows") for name, measure in _F1S),
    *((f"cell_{name}", "cells", measure, "cells") for name, measure in _F1S),
    ("cer", "cer", "share", "characters"),
    ("grits_top", "grits_top", "f1", "positions"),
    ("grits_con", "grits_con", "f1", "positions"),
    ("teds", "teds", "share", "cells"),
    ("teds_struct", "teds_struct", "share", "cells"),
    *((f"boundary_join_{name}", "boundary_join", measure, "page breaks") for name, measure in _F1S),
    *((f"cut_row_{name}", "cut_row", measure, "cut rows") for name, measure in _F1S),
    ("false_fold_rate", "false_fold", "share", "new rows"),
    ("fill_accuracy", "fill", "share", "cells"),
    *((f"agency_{name}", "mentions", measure, "names") for name, measure in _F1S),
    ("link_accuracy", "links", "share", "names"),
    ("wrong_link_rate", "wrong_links", "share", "names"),
    ("unresolved_rate", "unresolved", "share", "names"),
    *((f"target_{name}", "targets", measure, "quantities") for name, measure in _F1S),
    ("field_accuracy", "fields", "recall", "fields"),
)
_ERRORS = frozenset({"cer", "false_fold_rate", "wrong_link_rate", "unresolved_rate", "ece", "brier"})
_STRATUM: tuple[str, ...] = (
    "row_f1",
    "cell_f1",
    "cer",
    "boundary_join_f1",
    "cut_row_f1",
    "fill_accuracy",
    "agency_f1",
    "link_accuracy",
)


def summarize(documents: Sequence[DocumentScore]) -> Score:
    """Add up documents to one score."""
    tallies = [tally for document in documents for tally in document.tallies]
    calibration = calibrate(
        [
            (row.pair.second.confidence, row.is_right)
            for document in documents
            for row in document.rows
            if row.pair.second is not None
        ]
    )
    metrics = list(_make_metrics(tallies, lambda _: True))
    rows = sum(b.count for b in calibration.bins)
    for name, value in (("ece", calibration.ece), ("brier", calibration.brier)):
        if value is not None:
            metrics.append(Metric(name=name, value=value, low=None, high=None, count=rows, unit="rows", is_error=True))
    strata = sorted({stratum for tally in tallies for stratum in tally.strata})
    return Score(
        documents=tuple(documents),
        metrics=tuple(metrics),
        columns=tuple(_by_column(tallies)),
        strata=tuple(
            (stratum, tuple(_make_metrics([t for t in tallies if stratum in t.strata], _STRATUM.__contains__)))
            for stratum in strata
        ),
        calibration=calibration,
    )


def _make_metrics(tallies: Sequence[Tally], is_wanted: Callable[[str], bool]) -> Iterable[Metric]:
    for name, counts, measure, unit in _OVERALL:
        if is_wanted(name):
            metric = _make_metric(name, tallies, counts, measure, unit)
            if metric is not None:
                yield metric


def _make_metric(name: str, tallies: Sequence[Tally], counts: str, measure: Measure, unit: str) -> Metric | None:
    clusters: dict[str, Rate] = {}
    for tally in tallies:
        if counts in tally.rates:
            clusters[tally.cluster] = clusters.get(tally.cluster, Rate()) + tally.rates[counts]
    total = add_up(clusters.values())
    if not total.wanted and not total.found:
        return None
    value = {
        "precision": total.precision,
        "recall": total.recall,
        "f1": total.f1,
        "share": total.right / total.wanted if total.wanted else 0.0,
    }[measure]
    interval = find_interval(list(clusters.values()), measure)
    low, high = interval or (None, None)
    count = total.found if measure == "precision" else total.wanted
    return Metric(name=name, value=value, low=low, high=high, count=round(count), unit=unit, is_error=name in _ERRORS)


def _by_column(tallies: Sequence[Tally]) -> Iterable[tuple[str, tuple[Metric, ...]]]:
    names = dict.fromkeys(
        name.partition(":")[2] for tally in tallies for name in tally.rates if name.startswith("cells:")
    )
    for column in names:
        made = [
            *(_make_metric(f"cell_{name}", tallies, f"cells:{column}", measure, "cells") for name, measure in _F1S),
            _make_metric("cer", tallies, f"cer:{column}", "share", "characters"),
        ]
        yield column, tuple(metric for metric in made if metric is not None)
