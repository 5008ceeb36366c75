"""Is the row after a page break the rest of a cut row, a new measure, or both in one cell?

Three hypotheses are compared for a row that does not open another task:

* ``cut_row``: everything in it belongs to the row before;
* ``new_measure``: it is a row of its own;
* ``tail_and_new``: its measure cell holds the end of the measure before and, behind it, a new measure.

:data:`CLUES` lists what is looked for; how telling each clue is stands in :mod:`planextract.stitch.likelihoods`.
How telling a blank cell is depends on the document: where deadlines are merged over measures, a blank deadline says
little. So the likelihoods of a new measure are the rates of the rows inside pages
(:func:`planextract.stitch.rates.measure_rates`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.vocabulary import NameMatcher, WordBook
from planextract.stitch.evidence import Clue, Verdict, see, seen_if, weigh
from planextract.stitch.likelihoods import CUT, FEW_FURTHER, NEW, ROW_CUT_IN_TWO, TAIL, weigh_row_clue
from planextract.stitch.open_edges import Habit
from planextract.stitch.rates import Rates, has_none_mark
from planextract.stitch.row_facts import RowFacts
from planextract.stitch.text_cues import has_short_start, is_deadline_cut, is_number_cut, list_goes_on
from planextract.text.characters import fold
from planextract.text.line_breaks import fits_behind
from planextract.text.markers import is_none_mark
from planextract.text.sentences import (
    closes_bracket,
    ends_inside,
    find_open_brackets,
    is_finished,
    split_tail,
    starts_inside,
)

_CONTEXT = 24  # characters on either side of a cut in which a name is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """Knowledge from outside the two rows.

    ``is_open``: whether the table lacks its rule at the page break, on either side; None where no
    rulings are seen. Some producers leave the cells of a cut row open, others close them: ``habit`` tells what the
    document's own does.
    """

    rates: Rates
    words: WordBook
    names: NameMatcher
    cut_prior: float
    is_open: bool | None = None
    habit: Habit = "closed"


@dataclass(frozen=True, slots=True)
class RowPair:
    """A row and the one before it, as assembled so far, with what the document says besides."""

    before: RowFacts
    after: RowFacts
    clues: Clues
    is_finished: bool

    @property
    def has_texts(self) -> bool:
        """Both rows print something in the measure cell."""
        return bool(self.before.measure and self.after.measure)

    @property
    def may_go_on(self) -> bool:
        """Both have a text, and the one before does not end a sentence."""
        return self.has_texts and not self.is_finished


def weigh_row(before: RowFacts, after: RowFacts, clues: Clues) -> Verdict:
    """Weigh what the row ``after`` is, given the row ``before`` as assembled so far.

    Returns:
        Verdict over ``cut_row``, ``new_measure`` and, where the measure cell can be split,
        ``tail_and_new``.
    """
    evidence = [
        weigh_row_clue(name, detail, clues.rates, after.owner_role) for name, detail in see_row(before, after, clues)
    ]
    priors = {CUT: clues.cut_prior, NEW: 1.0 - clues.cut_prior}
    if not is_finished(before.measure) and split_tail(after.measure) is not None and _has_own_values(after):
        priors[TAIL] = ROW_CUT_IN_TWO * clues.cut_prior
    return weigh(priors, evidence)


def see_row(before: RowFacts, after: RowFacts, clues: Clues) -> Iterator[tuple[str, str]]:
    """Yield what is seen at a row, given the row before: the key of a likelihood and a detail for people."""
    groups = CLUES
    if not before.measure and not _has_own_values(before) and after.measure:
        groups = _BLANK_ABOVE
    pair = RowPair(before, after, clues, is_finished(before.measure))
    return see(pair, groups if clues.is_open is None else (*groups, _RULES))


def _has_own_values(facts: RowFacts) -> bool:
    return bool(facts.text(Role.DEADLINE)) or any(facts.text(role) for role in AGENCY_ROLES)


def _lacks_text(pair: RowPair) -> str | None:
    return seen_if(not pair.after.measure)


def _lacks_text_above(pair: RowPair) -> str | None:
    return seen_if(not pair.before.measure)


def _goes_on_with_list(pair: RowPair) -> str | None:
    return seen_if(pair.has_texts and list_goes_on(pair.before.measure, pair.after.measure), pair.after.measure[:4])


def _fills_its_line(pair: RowPair, *, is_full: bool, is_finished: bool) -> str | None:
    """Tell whether the last line before the break is full.

    A text is cut behind a full line, unless a paragraph ends there; a whole one ends anywhere in its last line.
    """
    room = pair.before.room
    if not pair.has_texts or room is None or pair.is_finished != is_finished:
        return None
    return seen_if(fits_behind(pair.after.measure, room) != is_full, f"room {room:.1f}")


def _is_indented(pair: RowPair, *, wanted: bool) -> str | None:
    return seen_if(pair.has_texts and pair.after.is_indented == wanted)


def _is_finished(pair: RowPair) -> str | None:
    return seen_if(pair.has_texts and pair.is_finished, f"…{pair.before.measure[-6:]}")


def _is_unfinished(pair: RowPair) -> str | None:
    return seen_if(pair.may_go_on, f"…{pair.before.measure[-6:]}|{pair.after.measure[:6]}…")


def _ends_inside(pair: RowPair) -> str | None:
    return seen_if(pair.may_go_on and ends_inside(pair.before.measure), pair.before.measure[-4:])


def _cuts_number(pair: RowPair) -> str | None:
    left, right = pair.before.measure, pair.after.measure
    return seen_if(pair.may_go_on and is_number_cut(left, right), f"{left[-4:]}|{right[:4]}")


def _has_short_start(pair: RowPair) -> str | None:
    return seen_if(pair.may_go_on and has_short_start(pair.after.measure), pair.after.measure[:7])


def _starts_inside(pair: RowPair) -> str | None:
    return seen_if(pair.may_go_on and starts_inside(pair.after.measure), pair.after.measure[:4])


def _closes_bracket(pair: RowPair) -> str | None:
    opened = find_open_brackets(pair.before.measure.rpartition("\n")[2]) if pair.may_go_on else ""
    return seen_if(opened and closes_bracket(pair.after.measure, opened[-1]), f"{opened[-1]}…" if opened else "")


def _cuts_agency_name(pair: RowPair) -> str | None:
    """Return the agency name that goes through the cut, or None."""
    if not pair.may_go_on:
        return None
    head = pair.before.measure[-_CONTEXT:]
    text = head + pair.after.measure[:_CONTEXT]
    spans = pair.clues.names.find_names(text)
    return next((text[start:end] for start, end in spans if start < len(head) < end), None)


def _cuts_word(pair: RowPair) -> str | None:
    word = pair.clues.words.find_word_across(pair.before.measure, pair.after.measure) if pair.may_go_on else None
    return word or None


def _cuts_word_of_name(pair: RowPair) -> str | None:
    if not _name_alone(pair):
        return None
    return pair.clues.words.find_word_across(pair.before.text(Role.TASK_NAME), pair.after.text(Role.TASK_NAME)) or None


def _has_one_measure_each(pair: RowPair) -> str | None:
    """Tell whether few rows inside pages go on with the task above: then few first rows of pages do, unless cut."""
    return seen_if(pair.after.measure and pair.clues.rates.further < FEW_FURTHER)


def _lacks_number(pair: RowPair) -> str | None:
    name = _name_alone(pair)
    return seen_if(name and Role.TASK_NO in pair.after.roles, name[:8])


def _name_alone(pair: RowPair) -> str:
    """Return a task name that stands without its number: the rest of a name that the break cut, perhaps."""
    return "" if pair.after.text(Role.TASK_NO) else pair.after.text(Role.TASK_NAME)


def _lacks_deadline(pair: RowPair) -> str | None:
    return seen_if(Role.DEADLINE in pair.after.roles and not pair.after.text(Role.DEADLINE))


def _repeats_deadline(pair: RowPair) -> str | None:
    """Tell whether the deadline above stands again: a further measure, or a producer that prints cells again."""
    first, second = pair.before.text(Role.DEADLINE), pair.after.text(Role.DEADLINE)
    return seen_if(second and Role.DEADLINE in pair.after.roles and fold(first) == fold(second), second)


def _cuts_deadline(pair: RowPair) -> str | None:
    first, second = pair.before.text(Role.DEADLINE), pair.after.text(Role.DEADLINE)
    return seen_if(second and Role.DEADLINE in pair.after.roles and is_deadline_cut(first, second), f"{first}|{second}")


def _has_second_deadline(pair: RowPair) -> str | None:
    return seen_if(pair.before.text(Role.DEADLINE) and _has_deadline(pair) is not None, pair.after.text(Role.DEADLINE))


def _has_deadline(pair: RowPair) -> str | None:
    return seen_if(Role.DEADLINE in pair.after.roles and pair.after.text(Role.DEADLINE), pair.after.text(Role.DEADLINE))


def _repeats_bodies(pair: RowPair) -> str | None:
    """A producer that prints cells again prints all of them: the deadline has said so already."""
    bodies = _bodies(pair)
    return seen_if(bodies and fold(bodies) == fold(pair.before.text(pair.after.owner_role or Role.OTHER)))


def _has_bodies(pair: RowPair, *, beside_deadline: bool) -> str | None:
    return seen_if(_bodies(pair) and bool(pair.after.text(Role.DEADLINE)) == beside_deadline)


def _lacks_bodies(pair: RowPair, *, beside_deadline: bool) -> str | None:
    return seen_if(_bodies(pair) == "" and bool(pair.after.text(Role.DEADLINE)) == beside_deadline)


def _bodies(pair: RowPair) -> str | None:
    """Return the owners that a measure prints; None where there is no such column, or no measure."""
    owner = pair.after.owner_role
    return pair.after.text(owner) if owner is not None and pair.after.measure else None


def _has_none_mark(pair: RowPair) -> str | None:
    before, after = pair.before, pair.after
    return seen_if(has_none_mark(after) and not all(after.text(role) == before.text(role) for role in AGENCY_ROLES))


def _cuts_agency_cell(pair: RowPair, *, role: Role) -> str | None:
    first, second = pair.before.text(role), pair.after.text(role)
    if not first or not second or is_none_mark(first) or is_none_mark(second):
        return None
    alone = second.partition("\n")[0]
    joined = first.rpartition("\n")[2] + alone
    return seen_if(pair.clues.names.is_name(joined) and not pair.clues.names.is_name(alone), joined)


def _has_bodies_below_none(pair: RowPair, *, role: Role) -> str | None:
    first, second = pair.before.text(role), pair.after.text(role)
    is_so = second and is_none_mark(first) and not is_none_mark(second) and not pair.after.text(Role.DEADLINE)
    return seen_if(is_so)


def _lacks_rule(pair: RowPair, *, wanted: bool, habit: Habit) -> str | None:
    return seen_if(pair.clues.is_open == wanted and pair.clues.habit == habit)


def _always(_: RowPair) -> str:
    return ""


# Of each group the first that is seen counts.
_BLANK_ABOVE: tuple[tuple[Clue[RowPair], ...], ...] = (((_always, "row_above_is_empty"),),)
CLUES: tuple[tuple[Clue[RowPair], ...], ...] = (
    ((_lacks_text, "no_measure_text"), (_lacks_text_above, "no_text_above")),
    ((_goes_on_with_list, "list_goes_on"),),
    (
        (partial(_fills_its_line, is_full=True, is_finished=True), "full_line, finished"),
        (partial(_fills_its_line, is_full=False, is_finished=True), "short_line, finished"),
        (partial(_fills_its_line, is_full=True, is_finished=False), "full_line, unfinished"),
        (partial(_fills_its_line, is_full=False, is_finished=False), "short_line, unfinished"),
    ),
    ((partial(_is_indented, wanted=True), "indented"), (partial(_is_indented, wanted=False), "not_indented")),
    ((_is_finished, "text_finished"), (_is_unfinished, "text_unfinished")),
    ((_ends_inside, "ends_inside_sentence"),),
    ((_cuts_number, "number_cut"),),
    ((_has_short_start, "short_tail"),),
    ((_starts_inside, "starts_inside_sentence"),),
    ((_closes_bracket, "bracket_goes_on"),),
    ((_cuts_agency_name, "agency_name_cut"),),
    ((_cuts_word, "word_cut"),),
    (
        (_lacks_deadline, "no_deadline"),
        (_repeats_deadline, "same_deadline"),
        (_cuts_deadline, "deadline_cut"),
        (_has_second_deadline, "own_deadline, another above"),
        (_has_deadline, "own_deadline"),
    ),
    (
        (_repeats_bodies, ""),
        (partial(_has_bodies, beside_deadline=True), "own_bodies, a deadline"),
        (partial(_has_bodies, beside_deadline=False), "own_bodies, no deadline"),
        (partial(_lacks_bodies, beside_deadline=True), "no_bodies, a deadline"),
        (partial(_lacks_bodies, beside_deadline=False), "no_bodies, no deadline"),
    ),
    ((_has_none_mark, "own_none_mark"),),
    *(
        (
            (partial(_cuts_agency_cell, role=role), "agency_cell_cut"),
            (partial(_has_bodies_below_none, role=role), "none_above_bodies"),
        )
        for role in AGENCY_ROLES
    ),
    ((_lacks_number, "name_without_number"),),
    ((_cuts_word_of_name, "name_word_cut"),),
    ((_has_one_measure_each, "one_measure_each"),),
)
_PAGES: tuple[tuple[Habit, str], ...] = (("both", "some pages"), ("open", "all pages"), ("closed", "no page"))
_RULES: tuple[Clue[RowPair], ...] = tuple(
    (partial(_lacks_rule, wanted=is_open, habit=habit), f"{'open' if is_open else 'closed'}_cells, {pages} open")
    for habit, pages in _PAGES
    for is_open in (True, False)
)
ALL_CLUES = (*_BLANK_ABOVE, *CLUES, _RULES)
