"""Data of the difference report: an earlier run and a later one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planextract.phrases import Phrase, join_phrases
from planextract.report.charts import StackChart, draw_stack
from planextract.report.evidence import EvidenceMaker
from planextract.report.items import Facet, Item, Tile, describe_place, make_facets, make_segments
from planextract.report.page import find_word, make_label
from planextract.score.differences import CAUSES, CHANGE_KINDS, BodyChange, Change, DocumentDiff

_SHOWN, _WITH_EVIDENCE = 1500, 120
KIND_TITLES = {
    "added": Phrase("added"),
    "removed": Phrase("removed"),
    "text": Phrase("text"),
    "value": Phrase("value"),
    "relinked": Phrase("re-linked"),
    "split": Phrase("split"),
    "joined": Phrase("joined"),
    "moved": Phrase("moved"),
}
_TONES = {
    "added": "good",
    "removed": "bad",
    "text": "t1",
    "value": "t3",
    "relinked": "t4",
    "split": "t5",
    "joined": "t2",
    "moved": "t6",
}
_CAUSE_TONES = {"input": "t1", "code": "t2", "settings": "t3", "dictionary": "t4", "overrides": "t5", "unknown": "bad"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A condition of ``--fail-on``: how many changes of a kind are too many."""

    name: str
    limit: int
    count: int

    @property
    def holds(self) -> bool:
        """There are no more than allowed."""
        return self.count <= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A document with its number of changes."""

    name: str
    old_id: str
    new_id: str
    status: str
    counts: tuple[tuple[str, int], ...]
    total: int
    causes: tuple[str, ...]
    review_before: int
    review_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReport:
    """Everything the page and the Markdown show."""

    title: str
    subtitle: str
    verdict: str
    tone: str
    tiles: tuple[Tile, ...]
    kinds: StackChart
    causes: StackChart
    matrix: tuple[tuple[str, tuple[int, ...], int], ...]
    matrix_head: tuple[str, ...]
    gates: tuple[Gate, ...]
    bodies: tuple[BodyChange, ...]
    versions: tuple[tuple[str, str, str], ...]
    documents: tuple[DocumentLine, ...]
    unchanged: int
    items: tuple[Item, ...]
    left_out: int
    facets: tuple[Facet, ...]
    stale: tuple[str, ...]
    total: int
    accepted: int


def build_change_report(
    diffs: Sequence[DocumentDiff],
    bodies: Sequence[BodyChange],
    gates: Sequence[Gate],
    accepted: Mapping[str, str],
    versions: Sequence[tuple[str, str, str]],
    maker: EvidenceMaker,
    title: str,
) -> ChangeReport:
    """Gather what the page shows.

    Args:
        diffs: One a document.
        bodies: Dictionary entries that differ.
        gates: The conditions, counted.
        accepted: Note by id of the changes that a person accepted.
        versions: (what, before, after) of everything that differs between the runs.
        maker: Makes printed rows and crops.
        title: Heading.
    """
    found = [(diff, change) for diff in diffs for change in diff.changes]
    open_ones = [change for _, change in found if change.change_id not in accepted]
    shown = sorted(found, key=lambda pair: pair[1].change_id in accepted)[:_SHOWN]
    items = tuple(
        _make_item(diff, change, accepted, maker if number < _WITH_EVIDENCE else None)
        for number, (diff, change) in enumerate(shown)
    )
    kinds: Counter[str] = Counter(change.kind for _, change in found)
    firsts: Counter[str] = Counter(change.causes[0] if change.causes else "unknown" for _, change in found)
    broken = [gate for gate in gates if not gate.holds]
    known = {change.change_id for _, change in found}
    return ChangeReport(
        title=title,
        subtitle=_subtitle(diffs),
        verdict=_verdict(diffs, open_ones, len(found), firsts, broken),
        tone="bad" if broken else "good" if not open_ones else "warn",
        tiles=tuple(_tiles(kinds, found, accepted)),
        kinds=draw_stack(
            [(KIND_TITLES[k], float(kinds[k]), _TONES[k]) for k in CHANGE_KINDS], Phrase("changes by kind")
        ),
        causes=draw_stack(
            [(find_word(c), float(firsts[c]), _CAUSE_TONES[c]) for c in CAUSES], Phrase("changes by cause")
        ),
        matrix=tuple(_matrix(found)),
        matrix_head=tuple(KIND_TITLES[k] for k in CHANGE_KINDS),
        gates=tuple(gates),
        bodies=tuple(bodies),
        versions=tuple(versions),
        documents=tuple(_document_line(diff) for diff in diffs if diff.changes)[:1000],
        unchanged=sum(not diff.changes for diff in diffs),
        items=items,
        left_out=len(found) - len(shown),
        facets=make_facets(
            items,
            (("kind", "kind"), ("cause", "cause"), ("column", "column"), ("state", "state"), ("document", "document")),
        ),
        stale=tuple(sorted(set(accepted) - known)),
        total=len(found),
        accepted=len(found) - len(open_ones),
    )


def _subtitle(diffs: Sequence[DocumentDiff]) -> str:
    if len(diffs) == 1:
        document = diffs[0].new or diffs[0].old
        return (document.title or document.source_path) if document else ""
    return Phrase("{count} documents", count=len(diffs))


def _verdict(
    diffs: Sequence[DocumentDiff], open_ones: Sequence[Change], total: int, causes: Counter[str], broken: Sequence[Gate]
) -> str:
    if not total:
        s = "s" * (len(diffs) != 1)
        return Phrase("No difference: {count} document{s}, the same result in every row.", count=len(diffs), s=s)
    documents = sum(bool(diff.changes) for diff in diffs)
    parts = [
        Phrase(
            "{count} change{s} in {changed} of {documents} document{s2}.",
            count=total,
            s="s" * (total != 1),
            changed=documents,
            documents=len(diffs),
            s2="s" * (len(diffs) != 1),
        )
    ]
    named = [Phrase("{cause} ({count})", cause=find_word(cause), count=count) for cause, count in causes.most_common()]
    parts.append(Phrase("Cause: {causes}.", causes=join_phrases(", ", named)))
    if total != len(open_ones):
        parts.append(Phrase("{count} of them are accepted.", count=total - len(open_ones)))
    if broken:
        names = [
            Phrase("{name} ({count} > {limit})", name=find_word(g.name), count=g.count, limit=g.limit) for g in broken
        ]
        parts.append(Phrase("Failed: {names}.", names=join_phrases(", ", names)))
    return join_phrases(" ", parts)


def _tiles(
    kinds: Counter[str], found: Sequence[tuple[DocumentDiff, Change]], accepted: Mapping[str, str]
) -> list[Tile]:
    accepted_count = sum(change.change_id in accepted for _, change in found)
    tiles = [
        Tile(label=Phrase("changes"), value=str(len(found)), note=Phrase("{count} accepted", count=accepted_count))
    ]
    tiles += [Tile(label=KIND_TITLES[kind], value=str(kinds[kind])) for kind in CHANGE_KINDS if kinds[kind]]
    return tiles


def _matrix(found: Sequence[tuple[DocumentDiff, Change]]) -> list[tuple[str, tuple[int, ...], int]]:
    counts = Counter((" or ".join(change.causes) or "unknown", change.kind) for _, change in found)
    causes = sorted({cause for cause, _ in counts}, key=lambda c: (-sum(counts[c, k] for k in CHANGE_KINDS), c))
    return [
        (cause, tuple(counts[cause, kind] for kind in CHANGE_KINDS), sum(counts[cause, k] for k in CHANGE_KINDS))
        for cause in causes
    ]


def _document_line(diff: DocumentDiff) -> DocumentLine:
    document = diff.new or diff.old
    counts = Counter(change.kind for change in diff.changes)
    before, after = (
        sum(m.needs_review for _, _, m in side.iterate_measures()) if side else 0 for side in (diff.old, diff.new)
    )
    status = "added" if diff.old is None else "removed" if diff.new is None else "changed"
    return DocumentLine(
        name=document.source_path if document else "",
        old_id=diff.old.doc_id if diff.old else "",
        new_id=diff.new.doc_id if diff.new else "",
        status=status,
        counts=tuple((KIND_TITLES[k], counts[k]) for k in CHANGE_KINDS if counts[k]),
        total=len(diff.changes),
        causes=diff.causes,
        review_before=before,
        review_after=after,
    )


def _make_item(diff: DocumentDiff, change: Change, accepted: Mapping[str, str], maker: EvidenceMaker | None) -> Item:
    is_accepted = change.change_id in accepted
    cause = " or ".join(change.causes) or "unknown"
    shown, measure_id = (
        (diff.new, change.new_measure_id) if change.new_measure_id else (diff.old, change.old_measure_id)
    )
    evidence = maker.show_measure(shown, measure_id, change.column) if maker and shown else None
    note = accepted.get(change.change_id)
    state = "accepted" if is_accepted else "open"
    return Item(
        anchor=f"change-{change.change_id}",
        key=change.key,
        kind=KIND_TITLES[change.kind],
        tone="muted" if is_accepted else _TONES[change.kind],
        column=change.column,
        task=_task_name(diff, change),
        document=change.source_path,
        where=describe_place(change.new_page or change.old_page),
        segments=make_segments(change.before, change.after),
        evidence=evidence,
        notes=tuple(part for part in (change.detail, Phrase("accepted: {note}", note=note) if note else "") if part),
        chips=(
            Phrase("cause: {cause}", cause=find_word(cause)),
            *((Phrase("accepted"),) if is_accepted else ()),
            f"id {change.change_id}",
        ),
        facets=(
            ("kind", KIND_TITLES[change.kind]),
            ("cause", cause),
            ("column", make_label(change.column)),
            ("state", state),
            ("document", change.source_path),
        ),
    )


def _task_name(diff: DocumentDiff, change: Change) -> str:
    for document, measure_id in ((diff.new, change.new_measure_id), (diff.old, change.old_measure_id)):
        if document is not None and measure_id is not None:
            task_id = measure_id.rpartition("/")[0]
            for plan in document.plans:
                for task in plan.tasks:
                    if task.task_id == task_id:
                        return task.label
    return ""
