"""What the quality report shows of the facts that were gathered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planextract.model.record import Finding
from planextract.model.roles import AGENCY_COLUMNS
from planextract.phrases import Phrase, join_phrases, plural
from planextract.report.charts import BarChart, LineChart, StackChart, draw_bars, draw_curve, draw_stack, spread
from planextract.report.evidence import EvidenceMaker
from planextract.report.items import Count, Facet, Item, NextStep, Tile, describe_place, make_facets
from planextract.report.page import find_word, format_number, format_share, make_anchor, make_label
from planextract.report.quality import CONFIDENCE_EDGES, DocumentFacts, DoubtfulBreak, DoubtfulRow, QualityFacts

_MATCH_TONES = {"exact": "t1", "alias": "t2", "rule": "t3", "fuzzy": "t4", "unresolved": "bad"}
_DECISION_TONES = {
    "cut_row": "t1",
    "new_measure": "t2",
    "new_task": "t3",
    "new_section": "t4",
    "joined": "t5",
    "separate": "t6",
}
_KINDS = ("by", "on", "window", "ongoing", "recurring", "relative", "event", "none", "unparsed")
_KIND_TONES = {"by": "t1", "on": "t2", "window": "t3", "ongoing": "t4", "recurring": "t5", "unparsed": "bad"}
_CELL_TONES = {"1.0": "t1", "0.8": "t2", "0.4": "bad"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A kind of finding with examples."""

    code: str
    severity: str
    count: int
    examples: tuple[tuple[str, Finding], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityReport:
    """Everything the page shows."""

    title: str
    next_steps: tuple[NextStep, ...]
    subtitle: str
    verdict: str
    tone: str
    tiles: tuple[Tile, ...]
    versions: tuple[tuple[str, str], ...]
    ledger: StackChart
    ledger_lines: tuple[Count, ...]
    characters: int
    unbalanced: tuple[DocumentFacts, ...]
    confidence: BarChart
    budget_curve: LineChart | None
    budget_sentence: str
    items: tuple[Item, ...]
    facets: tuple[Facet, ...]
    items_left_out: int
    decisions: StackChart
    breaks: tuple[DoubtfulBreak, ...]
    matches: StackChart
    unresolved: tuple[tuple[str, str, int], ...]
    rule_links: tuple[tuple[str, str, str, int], ...]
    deadlines: StackChart
    statuses: tuple[tuple[str, tuple[Count, ...]], ...]
    findings: tuple[FindingLine, ...]
    agreement: StackChart | None
    agreement_note: str
    repairs: tuple[Count, ...]
    documents: tuple[DocumentFacts, ...]


def build_quality_report(
    facts: QualityFacts,
    maker: EvidenceMaker,
    manifest: Mapping[str, object],
    title: str,
    next_steps: Sequence[NextStep] = (),
) -> QualityReport:
    """Gather what the page shows.

    Args:
        facts: What was counted.
        maker: Makes the printed rows and page crops of the rows to check.
        manifest: The run's manifest; may be empty.
        title: Heading of the page.
        next_steps: What a person may do with the result, with the command for it.
    """
    done = [d for d in facts.documents if not d.is_quarantined]
    lost = [d for d in facts.documents if d.is_quarantined]
    measures, to_check = sum(d.measures for d in done), sum(d.to_check for d in done)
    characters = sum(d.characters for d in done)
    unbalanced = tuple(d for d in done if not d.is_balanced)
    tone = "bad" if lost or unbalanced or any(d.errors for d in done) else "warn" if to_check else "good"
    doubts = sorted((1 - c for c in facts.confidences), reverse=True)
    items = tuple(_make_item(row, maker) for row in facts.rows)
    curve, sentence = _draw_budget(doubts)
    return QualityReport(
        title=title,
        next_steps=tuple(next_steps),
        subtitle=_subtitle(facts, done, lost),
        tone=tone,
        verdict=_verdict(measures, to_check, lost, unbalanced),
        versions=tuple(_versions(manifest)),
        tiles=tuple(_tiles(facts, done, lost, characters, unbalanced)),
        characters=characters,
        ledger=draw_stack(
            [
                (Phrase("in cells"), float(sum(d.in_cells for d in done)), "t1"),
                *(
                    (_REASONS.get(reason, reason), float(count), _REASON_TONES.get(reason, ""))
                    for reason, count in facts.discards.most_common()
                ),
            ],
            Phrase("characters read, by where they went"),
        ),
        ledger_lines=_ledger(facts, done, characters),
        unbalanced=unbalanced,
        confidence=_draw_confidences(facts.confidences),
        budget_curve=curve,
        budget_sentence=sentence,
        items=items,
        facets=make_facets(items, (("kind", "kind"), ("column", "column"), ("document", "document"))),
        items_left_out=max(0, to_check - sum(row.measure.needs_review for row in facts.rows)),
        decisions=draw_stack(
            spread(_ordered(facts.decisions, _DECISION_TONES), _DECISION_TONES), Phrase("page breaks")
        ),
        breaks=tuple(facts.breaks),
        matches=draw_stack(
            spread(_ordered(facts.matches, _MATCH_TONES), _MATCH_TONES), Phrase("how names were linked")
        ),
        unresolved=tuple((name, why, n) for (name, why), n in facts.unresolved.most_common(60)),
        rule_links=tuple((raw, name, why, n) for (raw, name, why), n in facts.rule_links.most_common(60)),
        deadlines=draw_stack(spread(_ordered(facts.deadlines, _KINDS), _KIND_TONES), Phrase("kinds of deadlines")),
        statuses=tuple(_statuses(facts)),
        findings=tuple(_findings(facts)),
        agreement=_agreement(facts),
        agreement_note=_agreement_note(facts, done),
        repairs=tuple(
            Count(name=f"{stage} · {rule}", count=count, share=count / max(1, facts.repairs.total()))
            for (stage, rule), count in facts.repairs.most_common()
        ),
        documents=tuple(sorted(facts.documents, key=lambda d: (not d.is_quarantined, -d.expected_wrong, d.name))),
    )


def _ordered(counts: Counter[str], order: Mapping[str, str] | tuple[str, ...]) -> dict[str, int]:
    names = [*order, *sorted(set(counts) - set(order))]
    return {name: counts[name] for name in names if counts[name]}


def _subtitle(facts: QualityFacts, done: list[DocumentFacts], lost: list[DocumentFacts]) -> str:
    if len(done) == 1 and not lost:
        return done[0].title or done[0].name
    return Phrase(
        "{documents} document{s}, {plans} plan{plan_s}, {tasks} task{task_s}{lost}",
        **_count(facts, done),
        lost=Phrase(", {count} quarantined", count=len(lost)) if lost else "",
    )


def _count(facts: QualityFacts, done: list[DocumentFacts]) -> dict[str, object]:
    documents, plans, tasks = len(done), facts.plans, facts.tasks
    counts = {"documents": documents, "plans": plans, "tasks": tasks}
    return {**counts, "s": plural(documents), "plan_s": plural(plans), "task_s": plural(tasks)}


def _verdict(measures: int, to_check: int, lost: list[DocumentFacts], unbalanced: tuple[DocumentFacts, ...]) -> Phrase:
    parts = []
    if lost:
        parts.append(Phrase("{count} input{s} could not be extracted.", count=len(lost), s="s" * (len(lost) != 1)))
    if unbalanced:
        parts.append(Phrase("documents that do not account for every character: {count}.", count=len(unbalanced)))
    if to_check:
        sure = measures - to_check
        parts.append(
            Phrase("{sure} of {rows} rows need no look; to check: {count}.", sure=sure, rows=measures, count=to_check)
        )
    else:
        parts.append(Phrase("None of the {rows} rows is to check.", rows=measures))
    return join_phrases(" ", parts)


def _versions(manifest: Mapping[str, object]) -> list[tuple[str, str]]:
    names = (
        ("planextract", "planextract"),
        ("code_version", "code"),
        ("dictionary_version", "dictionary"),
        ("settings_version", "settings"),
        ("finished_at", "finished"),
    )
    return [(label, str(manifest[name])) for name, label in names if manifest.get(name)]


def _tiles(
    facts: QualityFacts,
    done: list[DocumentFacts],
    lost: list[DocumentFacts],
    characters: int,
    unbalanced: tuple[DocumentFacts, ...],
) -> list[Tile]:
    measures = sum(d.measures for d in done)
    names, unresolved = facts.matches.total(), facts.matches["unresolved"]
    deadlines, unparsed = facts.deadlines.total(), facts.deadlines["unparsed"]
    errors, warnings = sum(d.errors for d in done), sum(d.warnings for d in done)
    expected = sum(d.expected_wrong for d in done)
    return [
        Tile(
            label=Phrase("rows"),
            value=format_number(measures),
            note=Phrase("{tasks} task{task_s}, {plans} plan{plan_s}, {documents} document{s}", **_count(facts, done)),
        ),
        Tile(
            label=Phrase("rows expected to hold an error"),
            value=f"{expected:.1f}",
            note=Phrase("the sum of 1 − confidence"),
            tone="good" if expected < 0.02 * max(1, measures) else "warn",
        ),
        Tile(
            label=Phrase("agency names linked"),
            value=format_share(1 - unresolved / names if names else None),
            note=Phrase("{names} names, {unresolved} unresolved", names=format_number(names), unresolved=unresolved),
            tone="good" if not unresolved else "warn",
        ),
        Tile(
            label=Phrase("deadlines understood"),
            value=format_share(1 - unparsed / deadlines if deadlines else None),
            note=Phrase("{count} not understood", count=unparsed),
            tone="good" if not unparsed else "warn",
        ),
        Tile(
            label=Phrase("characters accounted for"),
            value="100 %" if not unbalanced else Phrase("not all"),
            note=Phrase("{count} read", count=format_number(characters)),
            tone="bad" if unbalanced else "good",
        ),
        Tile(
            label=Phrase("findings"),
            value=f"{errors + warnings}",
            note=Phrase(
                "{errors} errors, {warnings} warnings{lost}",
                errors=errors,
                warnings=warnings,
                lost=Phrase(", {count} quarantined", count=len(lost)) if lost else "",
            ),
            tone="bad" if errors or lost else "warn" if warnings else "good",
        ),
    ]


def _ledger(facts: QualityFacts, done: list[DocumentFacts], characters: int) -> tuple[Count, ...]:
    whole = max(1, characters)
    in_cells = sum(d.in_cells for d in done)
    lines = [Count(name=Phrase("in cells of the tables"), count=in_cells, share=in_cells / whole)]
    lines += [
        Count(
            name=_REASONS.get(reason) or find_word(reason),
            count=count,
            share=count / whole,
            note=Phrase("{count} runs", count=facts.discard_runs[reason]),
        )
        for reason, count in facts.discards.most_common()
    ]
    return tuple(lines)


_REASONS: dict[str, str] = {
    "field": Phrase("fields of the notice and titles of plans"),
    "repeated_header": Phrase("headers printed again"),
    "markup": Phrase("mark-up"),
    "separator": Phrase("separators of the text"),
    "running_head": Phrase("running heads and page numbers"),
    "hidden": Phrase("hidden text"),
}


_REASON_TONES = {"field": "t2", "markup": "t6", "repeated_header": "t3"}


def _draw_confidences(confidences: list[float]) -> BarChart:
    values = []
    for low, high in pairwise(CONFIDENCE_EDGES):
        count = sum(low <= c < high for c in confidences)
        tone = "good" if low >= 0.95 else "warn" if low >= 0.85 else "bad"
        values.append((f"{low:g}–{min(1.0, high):g}", float(count), tone))
    return draw_bars(values, Phrase("rows by confidence"))


def _draw_budget(doubts: list[float]) -> tuple[LineChart | None, str]:
    """Return the curve of doubt removed by checking the doubtful rows in order, and what it means."""
    total = sum(doubts)
    if total < 0.01:
        return None, Phrase("No row is in doubt: there is nothing to gain from checking by hand.")
    shares, reached = [], 0.0
    for doubt in doubts:
        if doubt <= 0:
            break
        reached += doubt
        shares.append(min(1.0, reached / total))
    half = next(i for i, share in enumerate(shares, 1) if share >= 0.5)
    most = next((i for i, share in enumerate(shares, 1) if share >= 0.9), len(shares))
    s = "s" * (half != 1)
    if most > half:
        sentence = Phrase(
            "Checking the {half} row{s} most in doubt removes half of the expected errors; {most} rows remove 90 %.",
            half=half,
            s=s,
            most=most,
        )
    else:
        sentence = Phrase("Checking {half} row{s} removes nearly all of the expected errors.", half=half, s=s)
    return draw_curve(
        shares,
        sorted({half, most}),
        Phrase("expected errors removed by checking rows"),
        Phrase("rows checked, most doubtful first →"),
        Phrase("expected errors removed"),
    ), sentence


def _make_item(row: DoubtfulRow, maker: EvidenceMaker) -> Item:
    measure = row.measure
    kind = Phrase("to check")
    page = measure.pages[0] if measure.pages else None
    evidence = maker.show_measure(row.document, measure.measure_id, row.column)
    line = next((s.line for s in evidence.strips), None) if evidence else None
    return Item(
        anchor=f"row-{make_anchor(measure.measure_id)}",
        measure_id=measure.measure_id,
        key=f"{row.plan.plan_no}/{row.task.task_no}/{measure.seq}",
        kind=kind,
        tone="warn",
        column=row.column,
        task=row.task.label,
        document=row.document.source_path,
        where=describe_place(page, line),
        text=measure.text,
        notes=row.reasons,
        evidence=evidence,
        chips=(Phrase("confidence {value:.2f}", value=measure.confidence),),
        facets=(("kind", kind), ("column", make_label(row.column)), ("document", row.document.source_path)),
    )


def _statuses(facts: QualityFacts) -> list[tuple[str, tuple[Count, ...]]]:
    out = []
    for role in AGENCY_COLUMNS:
        total = sum(n for (r, _), n in facts.statuses.items() if r == role)
        if total:
            counts = tuple(
                Count(name=status, count=facts.statuses[role, status], share=facts.statuses[role, status] / total)
                for status in ("listed", "inherited", "none", "blank")
            )
            out.append((make_label(role), counts))
    return out


def _findings(facts: QualityFacts) -> list[FindingLine]:
    order = {"error": 0, "warning": 1, "info": 2}
    lines = [
        FindingLine(code=code, severity=severity, count=count, examples=tuple(facts.finding_examples[code]))
        for (severity, code), count in facts.findings.items()
    ]
    return sorted(lines, key=lambda line: (order[line.severity], -line.count, line.code))


def _agreement(facts: QualityFacts) -> StackChart | None:
    if set(facts.cell_confidences) <= {"1.0"}:
        return None
    counts = dict(sorted(facts.cell_confidences.items(), reverse=True))
    names = {"1.0": Phrase("all readers agree"), "0.8": Phrase("most agree"), "0.4": Phrase("most read it otherwise")}
    return draw_stack(
        [
            (names.get(v, Phrase("confidence {value}", value=v)), float(n), _CELL_TONES.get(v, "t3"))
            for v, n in counts.items()
        ],
        Phrase("cells by agreement of readers"),
    )


def _agreement_note(facts: QualityFacts, done: list[DocumentFacts]) -> str:
    readers = Counter(d.reader for d in done)
    shown = ", ".join(f"{name} ({count})" for name, count in sorted(readers.items()))
    disagreed = sum(n for (_, code), n in facts.findings.items() if code == "read.disagreement")
    if facts.cell_confidences and set(facts.cell_confidences) <= {"1.0"}:
        return Phrase(
            "Readers: {names}. No cell was read otherwise by a second reader, or none was asked (run --verify).",
            names=shown,
        )
    return Phrase(
        "Readers: {names}. On {pages} pages most readers read some cell otherwise.", names=shown, pages=disagreed
    )
