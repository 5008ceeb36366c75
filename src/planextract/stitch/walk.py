"""Walk over the fragments, choose at each boundary, and build whole tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from planextract.model.decision import Bound, BoundJoin, BoundRow
from planextract.model.record import Discard, Finding, Repair
from planextract.model.roles import Role
from planextract.model.source import DocumentFile, SourceText
from planextract.model.table import Boundary, Fragment, LabelledDocument, Row, StitchedDocument, StitchedTable
from planextract.model.trail import Trail
from planextract.model.vocabulary import NameMatcher, WordBook
from planextract.phrases import Phrase
from planextract.stitch.alignment import align, find_positions
from planextract.stitch.by_people import decide_by_person, find_first_decided, note_join, split_decided
from planextract.stitch.doubts import doubt_first_row, doubt_last_row, doubt_lines_behind, find_first_cell
from planextract.stitch.evidence import Verdict
from planextract.stitch.first_row import Clues, weigh_row
from planextract.stitch.growing_table import (
    GrowingTable,
    RowChoice,
    find_cut_names,
    has_other_day,
    is_joined_in_page,
    is_within_measure,
    place_row,
    skip_repeated_sections,
)
from planextract.stitch.joins import TableSoFar, find_own_heads, find_running_heads, is_furniture, weigh_join
from planextract.stitch.learning import learn_prior, learn_unfinished
from planextract.stitch.likelihoods import CUT, JOINED, NEW, SEPARATE, TAIL
from planextract.stitch.open_edges import Habit, count_blank, find_continued, find_habit, is_cut_open
from planextract.stitch.rates import Rates, measure_rates
from planextract.stitch.row_facts import RowFacts, is_longer_name, is_other_wording, opens_task, read_facts
from planextract.stitch.settings import StitchSettings
from planextract.stitch.text_cues import has_short_start
from planextract.text.markers import is_compound_number, parse_task_no
from planextract.text.sentences import is_finished, split_tail

_BEYOND_DOUBT = 0.99
_TWO_DAYS = 0.5  # score of a row below its measure's merged cell that prints another day: one measure has one deadline


@dataclass(slots=True)
class _Work:
    settings: StitchSettings
    words: WordBook
    names: NameMatcher
    bound: Bound
    rates: Rates
    habit: Habit
    cut_prior: float
    running_heads: frozenset[str]
    files: tuple[DocumentFile, ...] = ()
    tables: list[GrowingTable] = field(default_factory=list)
    boundaries: list[Boundary] = field(default_factory=list)
    choices: list[RowChoice] = field(default_factory=list)
    discards: list[Discard] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def stitch_document(
    document: LabelledDocument, settings: StitchSettings, words: WordBook, names: NameMatcher, bound: Bound
) -> StitchedDocument:
    """Join the fragments of a document into whole tables.

    Args:
        document: Fragments and lines of text in reading order.
        settings: Priors and the score below which a choice is a finding.
        words: Tells a word cut in two.
        names: Bodies of the document's region: tells an agency name cut in two.
        bound: Decisions of people; each one that is followed leaves its id on a repair or a boundary.

    Returns:
        Whole tables; n fragments give n - 1 boundaries.
    """
    fragments = [block for block in document.blocks if isinstance(block, Fragment)]
    work = _Work(
        settings,
        words,
        names,
        bound,
        measure_rates(fragments),
        find_habit(fragments),
        settings.cut_row_prior,
        find_running_heads(document),
        document.files,
    )
    stitched = _walk(document, work)
    prior = learn_prior(stitched.boundaries, settings)
    if prior is None:
        return stitched
    rates = replace(work.rates, cut_unfinished=learn_unfinished(work.choices))
    work = replace(work, cut_prior=prior, rates=rates, tables=[], boundaries=[], choices=[], discards=[], findings=[])
    return _walk(document, work)


def _walk(document: LabelledDocument, work: _Work) -> StitchedDocument:
    previous: Fragment | None = None
    texts: list[SourceText] = []
    for block in document.blocks:
        if isinstance(block, SourceText):
            texts.append(block)
            continue
        if previous is None:
            _start_table(work, block, tuple(texts))
        else:
            _add_fragment(work, previous, block, tuple(texts))
        previous, texts = block, []
    for table in work.tables[-1:]:
        work.findings.extend(doubt_lines_behind(table.rows[-1:], table.last_page, texts))
    return StitchedDocument(
        tables=tuple(_finish(table) for table in work.tables),
        boundaries=tuple(work.boundaries),
        texts_after=tuple(texts),
        trail=Trail(
            findings=tuple(work.findings),
            repairs=tuple(repair for table in work.tables for repair in table.repairs),
            discards=tuple(work.discards),
        ),
    )


def _finish(table: GrowingTable) -> StitchedTable:
    first = table.first
    return StitchedTable(
        columns=first.columns,
        has_spans=first.has_spans,
        first_page=first.page,
        last_page=table.last_page,
        rows=tuple(table.rows),
        header_cells=first.header_cells,
        texts_before=table.texts_before,
    )


def _start_table(work: _Work, fragment: Fragment, texts: tuple[SourceText, ...]) -> None:
    table = GrowingTable(first=fragment, texts_before=texts, last_page=fragment.page)
    work.tables.append(table)
    _add_rows(work, table, fragment, fragment.rows)


def _add_fragment(work: _Work, previous: Fragment, fragment: Fragment, between: tuple[SourceText, ...]) -> None:
    """Join a fragment to the table before it, or start a table with it."""
    table = work.tables[-1]
    so_far = _sum_up(work, table)
    verdict = weigh_join(previous, fragment, so_far, between)
    said, first = work.bound.joins.get(fragment.table_no), find_first_decided(fragment, work.bound)
    # A row is cut or goes on only in one table.
    forced = said.join if said is not None and said.join is not None else "joined" if first is not None else None
    positions = find_positions(table.first.columns, fragment.columns)
    noted = note_join(said, verdict.choice, fragment, has_same_columns=positions is not None)
    if (forced or verdict.choice) == SEPARATE or positions is None:
        _start_table(work, fragment, _part_furniture(work, between))
        work.tables[-1].repairs[:0] = [noted] if noted else []
        _note_parted(work, previous, fragment, verdict, noted, is_forced=forced is not None)
        return
    table.repairs.extend([noted] if noted else [])
    is_open, continued = is_cut_open(previous, fragment), find_continued(previous, fragment)
    fragment = align(fragment, table.first.columns, positions)
    rows = fragment.rows[count_blank(fragment) :]
    fragment = replace(fragment, rows=rows[skip_repeated_sections(table, rows) :])
    _discard_between(work, fragment, between, so_far.running_heads)
    choice = _choose_first_row(work, table, fragment, said, _make_clues(work, work.cut_prior, is_open), continued)
    if fragment.has_spans and choice.start == "new_measure" and fragment.rows:
        continued |= find_cut_names(table, read_facts(fragment.rows[0], fragment.columns), work.names)
    choice = replace(choice, continued=continued)
    work.choices.append(choice)
    _note_joined(work, previous, fragment, choice, verdict, said or first, is_forced=forced is not None)
    work.findings.extend(doubt_last_row(table.rows[-1:], choice, work.settings))
    table.last_page = fragment.page
    if fragment.rows:
        place_row(table, fragment, fragment.rows[0], choice)
        split_decided(table, fragment, fragment.rows[0], work.bound)
    _add_rows(work, table, fragment, fragment.rows[1:])


def _note_parted(
    work: _Work, previous: Fragment, fragment: Fragment, verdict: Verdict, noted: Repair | None, *, is_forced: bool
) -> None:
    """Record that a fragment starts a table; a person's decision counts only if it was followed."""
    work.boundaries.append(
        Boundary(
            page_before=previous.page,
            page_after=fragment.page,
            decision="separate",
            row_decision=None,
            score=verdict.score if verdict.choice == SEPARATE else 1.0,
            reasons=verdict.reasons,
            runner_up=verdict.runner_up,
            overridden=is_forced,
            table_before=previous.table_no,
            table_after=fragment.table_no,
            decision_id=noted.decision_id if noted else None,
        )
    )
    if not is_forced and verdict.choice == SEPARATE and verdict.score < work.settings.review_score:
        message = Phrase("the table was parted from the one before with {score:.0%}", score=verdict.score)
        cell_id = find_first_cell(fragment)
        work.findings.append(Finding.of("stitch.doubtful_join", message, page=fragment.page, cell_id=cell_id))


def _note_joined(
    work: _Work,
    previous: Fragment,
    fragment: Fragment,
    choice: RowChoice,
    verdict: Verdict,
    said: BoundJoin | BoundRow | None,
    *,
    is_forced: bool,
) -> None:
    """Record that a fragment goes on with the table, and what its first row is."""
    reasons = (*choice.reasons, *(f"table: {reason}" for reason in verdict.reasons))
    work.boundaries.append(
        Boundary(
            page_before=previous.page,
            page_after=fragment.page,
            decision="joined",
            row_decision=choice.start,
            score=min(choice.score, 1.0 if is_forced else verdict.score),
            reasons=reasons,
            runner_up=choice.runner_up,
            overridden=said is not None,
            table_before=previous.table_no,
            table_after=fragment.table_no,
            decision_id=said.decision_id if said else None,
        )
    )
    work.findings.extend(doubt_first_row(fragment, choice, work.settings))
    if not is_forced and verdict.choice == JOINED and verdict.score < work.settings.review_score:
        message = Phrase("the table was joined to the one before with {score:.0%}", score=verdict.score)
        work.findings.append(Finding.of("stitch.doubtful_join", message, page=fragment.page))


def _part_furniture(work: _Work, lines: tuple[SourceText, ...]) -> tuple[SourceText, ...]:
    """Put page numbers between two tables aside, so that the lines left head the second one."""
    for line in lines:
        if is_furniture(line.raw_text):
            work.discards.append(Discard(page=line.page, reason="page_furniture", raw_text=line.raw_text))
    return tuple(line for line in lines if not is_furniture(line.raw_text))


def _sum_up(work: _Work, table: GrowingTable) -> TableSoFar:
    if table.heads is None:
        table.heads = find_own_heads(table.texts_before)
    return TableSoFar(
        columns=table.first.columns,
        task=table.task,
        section=table.section,
        restarts_in_sections=table.restarts_in_sections,
        running_heads=work.running_heads | table.heads,
        titles=table.heads,
        files=work.files,
    )


def _discard_between(
    work: _Work, fragment: Fragment, between: tuple[SourceText, ...], running_heads: frozenset[str]
) -> None:
    labels = "\t".join(cell.raw_text for cell in fragment.header_cells)
    if labels.strip():
        work.discards.append(Discard(page=fragment.page, reason="repeated_header", raw_text=labels))
    for line in between:
        reason = "page_furniture" if is_furniture(line.raw_text, running_heads) else "text_between_fragments"
        work.discards.append(Discard(page=line.page, reason=reason, raw_text=line.raw_text))
        if reason == "text_between_fragments":
            message = Phrase("text inside a table that goes on over pages: {line}", line=line.raw_text[:40])
            cell_id = find_first_cell(fragment) if line.bbox is not None else None  # it may be a part of that row
            work.findings.append(Finding.of("stitch.text_between", message, page=line.page, cell_id=cell_id))


def _make_clues(work: _Work, cut_prior: float, is_open: bool | None = None) -> Clues:
    return Clues(
        rates=work.rates, words=work.words, names=work.names, cut_prior=cut_prior, is_open=is_open, habit=work.habit
    )


def _choose_first_row(
    work: _Work,
    table: GrowingTable,
    fragment: Fragment,
    said: BoundJoin | None,
    clues: Clues,
    continued: frozenset[Role],
) -> RowChoice:
    if not fragment.rows:
        return RowChoice(start="new_task", score=1.0, reasons=("empty_fragment",))
    row = fragment.rows[0]
    if row.kind == "section":
        return RowChoice(start="new_section", score=0.99, reasons=("section_row",))
    facts = read_facts(row, fragment.columns)
    facts = replace(facts, texts={role: text for role, text in facts.texts.items() if role not in continued})
    choice = _choose_row(work, table, facts, clues, is_exact=_is_exact(fragment, row))
    decided = decide_by_person(table, fragment, row, choice, work.bound)
    if decided is not None:
        return decided
    forced = said.start if said is not None else None
    if forced is not None and forced != choice.start:
        return RowChoice(start=forced, score=1.0, reasons=("override", *choice.reasons), runner_up=choice.start)
    if forced is not None:
        return replace(choice, score=1.0, reasons=("override", *choice.reasons))
    return choice


def _is_exact(fragment: Fragment, row: Row) -> bool:
    """Tell whether a row's texts are as printed, whole and letter by letter: born digital, read without a doubt.

    A document with rows of its own says where each ends; elsewhere rules must be seen, and the last row may be cut.
    """
    if not fragment.has_own_rows and (fragment.open_columns is None or row is fragment.rows[-1]):
        return False
    return all(cell is None or cell.confidence >= 1.0 for cell in row.cells)


def _choose_row(
    work: _Work, table: GrowingTable, facts: RowFacts, clues: Clues, *, is_exact: bool, is_inside: bool = False
) -> RowChoice:
    """Choose what a data row is, given the table so far; ``is_inside`` if no page break stands before it."""
    name = facts.text(Role.TASK_NAME)
    is_other = bool(name) and table.task is not None and is_other_wording(name, table.task.name, work.words)
    if is_inside and name and table.task is not None and facts.measure and table.before is not None:
        is_whole = is_finished(table.before.measure)
        is_other = is_other or (is_whole and is_longer_name(name, table.task.name, work.words))
    if opens_task(facts, table.task, follows_section=table.follows_section, is_exact=is_exact or is_other):
        return _choose_new_task(work, table, facts, clues, is_exact=is_exact)
    if table.before is None:
        return RowChoice(start="new_measure", score=0.9, reasons=("first_row",))
    verdict = weigh_row(table.before, facts, clues)
    tail = split_tail(facts.measure) if verdict.choice == TAIL else None
    return RowChoice(
        start="new_measure" if verdict.choice == NEW else "cut_row",
        score=verdict.score,
        reasons=(("tail_and_new_measure",) if tail else ()) + verdict.reasons,
        runner_up=verdict.runner_up,
        tail_end=tail,
        seen=verdict.seen,
    )


def _choose_new_task(work: _Work, table: GrowingTable, facts: RowFacts, clues: Clues, *, is_exact: bool) -> RowChoice:
    number = parse_task_no(printed := facts.text(Role.TASK_NO))
    last = table.task.task_no if table.task else None
    if number is None and not is_compound_number(printed) and table.before is not None and not table.follows_section:
        # A name without a number: the rest of a cut name, or a task whose number was lost.
        verdict = weigh_row(table.before, facts, clues)
        is_open = not facts.measure or not is_finished(table.before.measure)
        if verdict.choice == CUT and (is_open or verdict.score >= work.settings.review_score):
            return RowChoice(start="cut_row", score=verdict.score, reasons=verdict.reasons, runner_up="new_task")
        return RowChoice(start="new_task", score=0.8, reasons=("name_without_number",), runner_up="cut_row")
    if number is not None and number == last and table.before is not None and not table.follows_section:
        # The number again beside another name: its rest, if the row says so; beyond doubt where figures may err.
        verdict = weigh_row(table.before, facts, clues)
        least = work.settings.review_score if is_exact else _BEYOND_DOUBT
        if verdict.choice == CUT and verdict.score >= least:
            return RowChoice(start="cut_row", score=verdict.score, reasons=verdict.reasons, runner_up="new_task")
    if last is None or number is None:
        return RowChoice(start="new_task", score=0.95, reasons=("opens_task",), runner_up="cut_row")
    reason = f"task_no_next: {last} → {number}" if number == last + 1 else f"task_no_other: {last} → {number}"
    unfinished = table.before is not None and not is_finished(table.before.measure)
    score = 0.995 if number == last + 1 else 0.95
    holds_tail = split_tail(facts.measure) is not None and ("\n" in facts.measure or has_short_start(facts.measure))
    if unfinished and (work.rates.unfinished < 0.2 or holds_tail):
        score -= 0.15
        reason += "; text_unfinished"
    return RowChoice(start="new_task", score=score, reasons=(reason,), runner_up="cut_row")


def _add_rows(work: _Work, table: GrowingTable, fragment: Fragment, rows: Sequence[Row]) -> None:
    for row in rows:
        facts = None
        if row.kind == "section":
            choice = RowChoice(start="new_section", score=1.0)
        else:
            facts = read_facts(row, fragment.columns)
            if facts.is_blank:
                choice = RowChoice(start="cut_row", score=1.0)
            elif is_within_measure(table, facts, row, fragment):
                score = _TWO_DAYS if has_other_day(table, facts) else 1.0
                choice = RowChoice(start="cut_row", score=score, is_whole_row=True)
            else:
                clues = _make_clues(work, work.settings.in_page_cut_prior)
                choice = _choose_row(work, table, facts, clues, is_exact=_is_exact(fragment, row), is_inside=True)
            decided = decide_by_person(table, fragment, row, choice, work.bound)
            if decided is not None:
                choice = decided
            elif is_joined_in_page(table, facts, choice):
                message = Phrase("a row inside page {page} was joined to the row before", page=fragment.page)
                work.findings.append(Finding.of("stitch.joined_in_page", message, page=fragment.page))
        place_row(table, fragment, row, choice, facts)
        split_decided(table, fragment, row, work.bound)
