"""Is the row after a page break the rest of a cut row, a new measure, or both in one cell?

Three hypotheses are compared for a row that does not open another task:

* ``cut_row``: everything in it belongs to the row before;
* ``new_measure``: it is a row of its own;
* ``tail_and_new``: its measure cell holds the end of the measure before and, behind it, a new measure.

How telling a blank cell is depends on the document: where deadlines are merged over measures, a blank
deadline says little. So the likelihoods of a new measure are the rates of the rows inside pages
(:func:`planextract.stitch.rates.measure_rates`); those of a cut row are constants, measured on the
boundaries of the benchmark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planextract.model.table import AGENCY_ROLES, Role
from planextract.model.vocabulary import NameMatcher, WordBook
from planextract.stitch.evidence import Evidence, Verdict, log_ratio, weigh
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

CUT, NEW, TAIL = "cut_row", "new_measure", "tail_and_new"
_TAIL_PRIOR = 0.04
_CONTEXT = 24

# P(seen | the row is cut), from the boundaries of the benchmark documents, rounded towards doubt.
_CUT_UNFINISHED = 0.75
_CUT_BLANK_DEADLINE = 0.95
_CUT_BLANK_OWNER = 0.6
_CUT_NONE_MARK = 0.02
_CUT_SECOND_DEADLINE = 0.01  # a deadline above and another, whole one here
_CUT_DEADLINE_AGAIN = 0.03  # few producers print the cells of a cut row again
_CUT_SHORT_START = 0.2
_CUT_LIST_GOES_ON = 0.3
_CUT_FULL, _CUT_FULL_FINISHED = 0.96, 0.6
_CUT_INDENTED = 0.15  # of the share of indented measures: a cut at the end of a paragraph
# P(the rule below the measure is missing | cut), P(… | not cut), by what the pages of the document do: if all are
# open, the producer may draw no last rule at all; if none is, it may close every cell.
_OPEN: dict[Habit, tuple[float, float]] = {"both": (0.97, 0.004), "open": (0.96, 0.06), "closed": (0.3, 0.04)}


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


def weigh_row(before: RowFacts, after: RowFacts, clues: Clues) -> Verdict:
    """Weigh what the row ``after`` is, given the row ``before`` as assembled so far.

    Returns:
        Verdict over ``cut_row``, ``new_measure`` and, where the measure cell can be split,
        ``tail_and_new``.
    """
    if not before.measure and not _has_own_values(before) and after.measure:
        evidence = [Evidence(name="row_above_is_empty", detail="", weights={CUT: log_ratio(0.998, 0.002)})]
    else:
        evidence = [
            *_weigh_text(before, after, clues),
            *_weigh_cells(before, after, clues),
            *_weigh_name(before, after, clues),
        ]
    if clues.is_open is not None:
        cut, new = _OPEN[clues.habit]
        both = log_ratio(cut, new) if clues.is_open else log_ratio(1 - cut, 1 - new)
        name = "open_cells" if clues.is_open else "closed_cells"
        evidence.append(Evidence(name=name, detail="", weights={CUT: both, TAIL: both}))
    priors = {CUT: clues.cut_prior, NEW: 1.0 - clues.cut_prior}
    if not is_finished(before.measure) and split_tail(after.measure) is not None and _has_own_values(after):
        priors[TAIL] = _TAIL_PRIOR * clues.cut_prior
    return weigh(priors, evidence)


def _has_own_values(facts: RowFacts) -> bool:
    return bool(facts.text(Role.DEADLINE)) or any(facts.text(role) for role in AGENCY_ROLES)


def _weigh_text(before: RowFacts, after: RowFacts, clues: Clues) -> Iterator[Evidence]:
    left, right = before.measure, after.measure
    if not right:
        yield Evidence(name="no_measure_text", detail="", weights={CUT: log_ratio(0.15, 0.002)})
        return
    if not left:
        yield Evidence(name="no_text_above", detail="", weights={CUT: log_ratio(0.15, 0.002)})
        return
    rate = clues.rates.unfinished
    yield from _weigh_list(left, right, clues)
    yield from _weigh_lines(before, after, clues)
    if is_finished(left):
        weight = log_ratio(1 - _CUT_UNFINISHED, 1 - rate)
        yield Evidence(name="text_finished", detail=f"…{left[-6:]}", weights={CUT: weight})
        return
    weight = log_ratio(_CUT_UNFINISHED, rate)
    yield Evidence(name="text_unfinished", detail=f"…{left[-6:]}|{right[:6]}…", weights={CUT: weight, TAIL: weight})
    if ends_inside(left):
        both = log_ratio(0.15, 0.003)
        yield Evidence(name="ends_inside_sentence", detail=left[-4:], weights={CUT: both, TAIL: both})
    if is_number_cut(left, right):
        both = log_ratio(0.08, 0.002)
        yield Evidence(name="number_cut", detail=f"{left[-4:]}|{right[:4]}", weights={CUT: both, TAIL: both})
    if has_short_start(right):
        both = log_ratio(_CUT_SHORT_START, clues.rates.short_start)
        yield Evidence(name="short_tail", detail=right[:7], weights={CUT: both, TAIL: both})
    if starts_inside(right):
        both = log_ratio(0.08, 0.002)
        yield Evidence(name="starts_inside_sentence", detail=right[:4], weights={CUT: both, TAIL: both})
    opened = find_open_brackets(left.rpartition("\n")[2])
    if opened and closes_bracket(right, opened[-1]):
        both = log_ratio(0.15, 0.004)
        yield Evidence(name="bracket_goes_on", detail=f"{opened[-1]}…", weights={CUT: both, TAIL: both})
    name = _find_name_across(left, right, clues.names)
    if name:
        both = log_ratio(0.1, 0.002)
        yield Evidence(name="agency_name_cut", detail=name, weights={CUT: both, TAIL: both})
    word = clues.words.find_word_across(left, right)
    if word:
        both = log_ratio(0.5, 0.05)
        yield Evidence(name="word_cut", detail=word, weights={CUT: both, TAIL: both})


def _weigh_lines(before: RowFacts, after: RowFacts, clues: Clues) -> Iterator[Evidence]:
    """Weigh where the last line before the break ends and where the first one behind it starts.

    A text is cut behind a full line, unless a paragraph ends there; a whole one ends anywhere in its last line.
    """
    if before.room is not None:
        cut = _CUT_FULL_FINISHED if is_finished(before.measure) else _CUT_FULL
        new = clues.rates.full_end
        is_full = not fits_behind(after.measure, before.room)
        both = log_ratio(cut, new) if is_full else log_ratio(1 - cut, 1 - new)
        name = "full_line" if is_full else "short_line"
        yield Evidence(name=name, detail=f"room {before.room:.1f}", weights={CUT: both, TAIL: both})
    if after.is_indented is not None:
        new = clues.rates.indented
        cut = _CUT_INDENTED * new + 0.01
        both = log_ratio(cut, new) if after.is_indented else log_ratio(1 - cut, 1 - new)
        name = "indented" if after.is_indented else "not_indented"
        yield Evidence(name=name, detail="", weights={CUT: both, TAIL: both})


def _weigh_name(before: RowFacts, after: RowFacts, clues: Clues) -> Iterator[Evidence]:
    """Weigh a task name that stands without its number: the rest of a name that the break cut."""
    name = after.text(Role.TASK_NAME)
    if not name or after.text(Role.TASK_NO):
        return
    if Role.TASK_NO in after.roles:
        yield Evidence(name="name_without_number", detail=name[:8], weights={CUT: log_ratio(0.9, 0.05)})
    word = clues.words.find_word_across(before.text(Role.TASK_NAME), name)
    if word:
        yield Evidence(name="name_word_cut", detail=word, weights={CUT: log_ratio(0.4, 0.02)})


def _weigh_list(left: str, right: str, clues: Clues) -> Iterator[Evidence]:
    if list_goes_on(left, right):
        weight = log_ratio(_CUT_LIST_GOES_ON, clues.rates.list_goes_on)
        yield Evidence(name="list_goes_on", detail=right[:4], weights={CUT: weight, TAIL: weight})


def _weigh_deadline(before: RowFacts, after: RowFacts, clues: Clues) -> Iterator[Evidence]:
    first, second = before.text(Role.DEADLINE), after.text(Role.DEADLINE)
    rate = clues.rates.blank[Role.DEADLINE]
    if not second:
        weight = log_ratio(_CUT_BLANK_DEADLINE, rate)
        yield Evidence(name="no_deadline", detail="", weights={CUT: weight})
    elif fold(first) == fold(second):  # a further measure says so, and a cut row whose producer prints its cells again
        yield Evidence(name="same_deadline", detail=second, weights={CUT: log_ratio(_CUT_DEADLINE_AGAIN, 1 - rate)})
    elif is_deadline_cut(first, second):
        both = log_ratio(0.04, 0.002)
        yield Evidence(name="deadline_cut", detail=f"{first}|{second}", weights={CUT: both, TAIL: both})
    else:
        weight = log_ratio(_CUT_SECOND_DEADLINE if first else 1 - _CUT_BLANK_DEADLINE, 1 - rate)
        yield Evidence(name="own_deadline", detail=second, weights={CUT: weight})


def _weigh_cells(before: RowFacts, after: RowFacts, clues: Clues) -> Iterator[Evidence]:
    if Role.DEADLINE in after.roles:
        yield from _weigh_deadline(before, after, clues)
    owner = after.owner_role
    if owner is not None and after.measure:
        rate = clues.rates.blank[owner]
        if after.text(owner) and fold(after.text(owner)) == fold(before.text(owner)):
            pass  # a producer that prints cells again prints all of them: the deadline has said so already
        elif after.text(owner):
            yield Evidence(name="own_bodies", detail="", weights={CUT: log_ratio(1 - _CUT_BLANK_OWNER, 1 - rate)})
        else:
            yield Evidence(name="no_bodies", detail="", weights={CUT: log_ratio(_CUT_BLANK_OWNER, rate)})
    if has_none_mark(after) and not all(after.text(role) == before.text(role) for role in AGENCY_ROLES):
        weight = log_ratio(_CUT_NONE_MARK, clues.rates.none_mark)
        yield Evidence(name="own_none_mark", detail="", weights={CUT: weight})
    for role in AGENCY_ROLES:
        first, second = before.text(role), after.text(role)
        if first and second and not is_none_mark(first) and not is_none_mark(second):
            joined = first.rpartition("\n")[2] + second.partition("\n")[0]
            alone = second.partition("\n")[0]
            if clues.names.is_name(joined) and not clues.names.is_name(alone):
                yield Evidence(name="agency_cell_cut", detail=joined, weights={CUT: log_ratio(0.1, 0.002)})
        if is_none_mark(first) and second and not is_none_mark(second) and not after.text(Role.DEADLINE):
            yield Evidence(name="none_above_bodies", detail="", weights={CUT: log_ratio(0.01, 0.1)})


def _find_name_across(left: str, right: str, names: NameMatcher) -> str | None:
    """Return the agency name that goes through the cut, or None."""
    head = left[-_CONTEXT:]
    text = head + right[:_CONTEXT]
    for start, end in names.find_names(text):
        if start < len(head) < end:
            return text[start:end]
    return None
