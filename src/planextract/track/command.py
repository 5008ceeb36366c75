"""``planextract track``: published reports in; their links to the plan, the progress log and one page out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from planextract.correct.anchors import RowIndex
from planextract.correct.progress import LinkVerdicts, is_same
from planextract.decisions.log import log_path, read_log
from planextract.decisions.progress_log import append_reports, progress_path, read_progress
from planextract.dictionaries import load_dictionaries
from planextract.errors import InputError, UsageError
from planextract.interpret import find_targets
from planextract.model.decision import AnchorCell
from planextract.model.progress_report import ProgressReport
from planextract.model.result import ResultDocument, ResultTarget
from planextract.model.source import SourceDocument
from planextract.model.vocabulary import UnitVocabulary
from planextract.run.bundles import find_documents, read_input
from planextract.settings import ReadSettings
from planextract.track.following import settle_items
from planextract.track.matching import Link, Wanted, link_items
from planextract.track.plan_items import read_plan_items
from planextract.track.reading import ProgressItem, ProgressReading, read_items
from planextract.track.totals import Total, check_totals
from planextract.track.words import ProgressWords, judge_state, load_words
from planextract.write.read_back import iterate_results

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
_RISES = frozenset({">=", "=", "~", "increase", ">"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedReport:
    """One published report: its items by the measures that they tell of, what is in doubt, what was not linked."""

    reading: ProgressReading
    links: tuple[tuple[Link, ProgressItem], ...]
    doubtful: tuple[tuple[Link, ProgressItem], ...]
    unlinked: tuple[ProgressItem, ...]
    totals: tuple[Total, ...]
    reports: tuple[ProgressReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackSummary:
    """What tracking found: the plan's measures and each report's links; the page that shows them."""

    wanted: tuple[Wanted, ...]
    tracked: tuple[TrackedReport, ...]
    written: int
    page: Path


def track_progress(
    output: str, files: Sequence[Path], folder: Path | None = None, *, is_trial: bool = False
) -> TrackSummary:
    """Link published reports to the plans of an output.

    Args:
        output: Folder that a run wrote.
        files: Reports, in any format that is read.
        folder: Folder of the page; the output's ``reports`` if None.
        is_trial: Write no progress.

    Raises:
        UsageError: If the output or a report does not exist.
        InputError: If a report cannot be read, or tells of no progress.
        OutputError: If something cannot be written.
    """
    place = Path(output)
    if not place.is_dir():
        raise UsageError("run.no_such_path", "there is no such output folder", file=output)
    words, settings, log = load_words(), ReadSettings(), read_log(log_path(place))
    documents = tuple(iterate_results(place))
    known = frozenset(document.doc_id for document in documents)
    wanted = tuple(Wanted(document=d, task=t, measure=m) for d in documents for _, t, m in d.iterate_measures())
    indexes = {document.doc_id: _make_index(document) for document in documents}
    verdicts = {
        d.doc_id: LinkVerdicts(indexes[d.doc_id], log.for_document(d.doc_id, d.source_path, known)) for d in documents
    }
    tracked = []
    for file in find_documents(list(files)).files:
        found = track_source(read_input(file, settings), wanted, indexes, words)
        tracked.append(_follow(found, wanted, verdicts))
    written = 0 if is_trial else _write(progress_path(place), [r for one in tracked for r in one.reports])
    from planextract.track.page import write_page

    page = write_page(folder or place / "reports", wanted, tracked, words)
    return TrackSummary(wanted=wanted, tracked=tuple(tracked), written=written, page=page)


def _follow(tracked: TrackedReport, wanted: Sequence[Wanted], verdicts: Mapping[str, LinkVerdicts]) -> TrackedReport:
    """Follow what people said of links: confirmed ones are sure, refused ones are none. The log keeps all as found."""
    links, doubtful, unlinked = [], [], list(tracked.unlinked)
    said = {r.measure_id: verdicts[r.doc_id].find(r) for r in tracked.reports if r.target_seq is None}
    for link, item in (*tracked.links, *tracked.doubtful):
        verdict = said[wanted[link.measure].measure.measure_id]
        if verdict is not None and not is_same(verdict):
            unlinked.append(item)
        elif link.is_doubtful and verdict is None:
            doubtful.append((link, item))
        else:
            links.append((link, item))
    return replace(tracked, links=tuple(links), doubtful=tuple(doubtful), unlinked=tuple(unlinked))


def track_source(
    source: SourceDocument, wanted: Sequence[Wanted], indexes: dict[str, RowIndex], words: ProgressWords
) -> TrackedReport:
    """Link one report: read as a plan with columns of progress, and block by block; what links more measures counts.

    Raises:
        InputError: If it tells of no progress that belongs to the plan.
    """
    reading = read_items(source, words)
    own = read_plan_items(source, load_dictionaries(), words)
    if not own:
        return track_reading(reading, wanted, indexes, words)
    as_plan = track_reading(replace(reading, items=own), wanted, indexes, words)
    try:
        by_block = track_reading(reading, wanted, indexes, words)
    except InputError:
        return as_plan
    return as_plan if len(as_plan.links) >= len(by_block.links) else by_block


def track_reading(
    reading: ProgressReading, wanted: Sequence[Wanted], indexes: dict[str, RowIndex], words: ProgressWords
) -> TrackedReport:
    """Link one report, as read, to measures.

    Raises:
        InputError: If it tells of no progress that belongs to the plan.
    """
    links = link_items(reading.items, wanted)
    settled, told = settle_items(reading.items, links, wanted)
    if not told:
        raise InputError(
            "track.no_progress",
            "no table or paragraph of this document tells of progress",
            file=reading.name,
            advice="Its columns must be called 完成情况, 进展情况 or the like (dictionaries/progress.yaml).",
        )
    pairs = [(link, settled[link.item]) for link in links if link.item in settled]
    sure = tuple((link, item) for link, item in pairs if not link.is_doubtful)
    doubtful = tuple((link, item) for link, item in pairs if link.is_doubtful)
    linked = {id(item) for _, item in pairs}
    units = load_dictionaries().units
    reports = tuple(
        report
        for link, item in (*sure, *doubtful)
        for report in make_reports(reading, wanted[link.measure], link, item, indexes, words, units)
    )
    return TrackedReport(
        reading=reading,
        links=sure,
        doubtful=doubtful,
        unlinked=tuple(item for item in told if id(item) not in linked),
        totals=check_totals(reading, told, words),
        reports=reports,
    )


def make_reports(
    reading: ProgressReading,
    entry: Wanted,
    link: Link,
    item: ProgressItem,
    indexes: dict[str, RowIndex],
    words: ProgressWords,
    units: UnitVocabulary,
) -> Iterator[ProgressReport]:
    """Yield what an item says of a measure, and of each of its targets that it names a value of."""
    index = indexes[entry.document.doc_id]
    row = next((found for cell in entry.measure.cell_ids if (found := index.row_of(cell)) is not None), None)
    expected = round(reading.as_of.month / 12, 4) if reading.as_of else None
    printed = _PERCENT.search(item.ratio)
    base = ProgressReport(
        doc_id=entry.document.doc_id,
        path=entry.document.source_path,
        measure_id=entry.measure.measure_id,
        shown=entry.measure.text[:40],
        anchor=None if row is None else index.anchor_row(row),
        as_of=reading.as_of.isoformat() if reading.as_of else "",
        period=reading.period,
        file=reading.name,
        source_doc_id=reading.doc_id,
        expected_ratio=expected,
        score=link.score,
        reasons=link.reasons,
        is_doubtful=link.is_doubtful,
        boxes=tuple((page, box.x0, box.top, box.x1, box.bottom) for page, box in item.boxes),
    )
    yield replace(
        base,
        text=item.progress or item.status,
        status=item.status,
        problem=item.problem,
        next_step=item.next_step,
        state=judge_state(item.status or item.progress, words),
        ratio=round(float(printed.group(1)) / 100, 4) if printed else None,
    )
    if link.is_doubtful:
        return
    for seq, target, value in _find_values(entry, item.progress, units):
        share = round(value / target.value, 4) if target.comparator in _RISES and target.value else None
        yield replace(base, target_seq=seq, value=value, unit=target.unit, ratio=share)


def _find_values(entry: Wanted, text: str, units: UnitVocabulary) -> Iterator[tuple[int, ResultTarget, float]]:
    """Yield the targets of which a text names exactly one value in their unit."""
    targets = [(seq, t) for seq, t in enumerate(entry.measure.targets or (), start=1) if t.role == "target"]
    found = find_targets(text, units)
    for seq, target in targets:
        values = [t.value for t in found if t.unit == target.unit]
        if len(values) == 1 and sum(t.unit == target.unit for _, t in targets) == 1:
            yield seq, target, values[0]


def _make_index(document: ResultDocument) -> RowIndex:
    return RowIndex(
        AnchorCell(cell_id=c.cell_id, table_no=c.table_no, row=c.row, col=c.col, column=c.column, raw_text=c.text_raw)
        for c in document.cells
    )


def _write(log: Path, reports: Sequence[ProgressReport]) -> int:
    """Append reports, unless the log's last ones on the same document say the same."""
    known = {_key(report) for report in read_progress(log).reports}
    if all(_key(report) in known for report in reports):
        return 0
    return len(append_reports(log, reports))


def _key(report: ProgressReport) -> tuple[object, ...]:
    return (
        report.source_doc_id,
        report.measure_id,
        report.target_seq,
        report.text,
        report.state,
        report.value,
        report.ratio,
        report.score,
        report.is_doubtful,
    )
