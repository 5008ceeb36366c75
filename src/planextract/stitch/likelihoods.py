"""How telling each clue at a page break is: one line a clue (in words: docs/explanation/cut-rows.md).

``python -m tests.benchmark.likelihoods`` counts the clues again on plans whose page breaks are known, and can write the
numbers of :data:`ROW_LIKELIHOODS` into this file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from planextract.model.roles import Role
from planextract.stitch.evidence import Evidence, log_ratio
from planextract.stitch.rates import Rates

CUT, NEW, TAIL = "cut_row", "new_measure", "tail_and_new"
JOINED, SEPARATE = "joined", "separate"
ROW_CUT_IN_TWO = 0.04  # of the cut rows: the cell holds a tail and, behind it, a new measure
FEW_FURTHER = 0.3  # of a plan's rows go on with the task above: below, tasks have one measure each
JOIN_PRIORS = {JOINED: 0.8, SEPARATE: 0.2}  # a fragment behind another goes on with its table

_BENCHMARK = "boundaries of the benchmark plans, rounded towards doubt"
_RARE = "judged: seldom in a cut row, next to never in a new one"
_HABIT = "plans of known producers, by what their pages do"
_JUDGED = "judged, and held by the tests of the benchmark"


@dataclass(frozen=True, slots=True)
class Share:
    """A probability under "cut" that is this share of the document's own rate, and a hundredth more."""

    of_rate: float


@dataclass(frozen=True, slots=True)
class RowLikelihood:
    """What one clue says about the first row of a page.

    Attributes:
        name: The clue, as reasons name it.
        cut: P(seen | the row is cut): a number, a share of the rate under "new", or a rate of :data:`RATES`.
        new: P(seen | it is a new measure): a number, or the rate of :data:`RATES` in the document itself.
        is_for_tail: Seen, it speaks for "the end of a measure and a new one" just as much as for a cut row.
        source: Where the numbers come from.
        otherwise: The clue that is seen where this one could be and is not; it has the complements.
        given: Where one clue says different things: what must hold for this line.
    """

    name: str
    cut: float | str | Share
    new: float | str
    is_for_tail: bool
    source: str
    otherwise: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class JoinLikelihood:
    """What one clue says about a fragment behind another.

    Attributes:
        name: The clue, as reasons name it.
        weight: ln P(seen | the table goes on) / P(seen | another begins).
        source: Where the number comes from.
        given: Where one clue says different things: what must hold for this line.
    """

    name: str
    weight: float
    source: str
    given: str = ""


RATES: Mapping[str, Callable[[Rates, Role | None], float]] = {
    "unfinished": lambda rates, _: rates.unfinished,
    "cut_unfinished": lambda rates, _: rates.cut_unfinished,
    "short_start": lambda rates, _: rates.short_start,
    "list_goes_on": lambda rates, _: rates.list_goes_on,
    "full_end": lambda rates, _: rates.full_end,
    "indented": lambda rates, _: rates.indented,
    "none_mark": lambda rates, _: rates.none_mark,
    "blank_deadline": lambda rates, _: rates.blank[Role.DEADLINE],
    "printed_deadline": lambda rates, _: 1 - rates.blank[Role.DEADLINE],
    "blank_owner_beside_blank": lambda rates, owner: rates.blank_beside_blank[owner] if owner is not None else 0.0,
    "blank_owner_beside_deadline": lambda rates, owner: (
        rates.blank_beside_deadline[owner] if owner is not None else 0.0
    ),
    "further": lambda rates, _: rates.further,
}

ROW_LIKELIHOODS = (
    RowLikelihood("row_above_is_empty", 0.998, 0.002, False, _RARE),
    RowLikelihood("no_measure_text", 0.15, 0.002, False, _RARE),
    RowLikelihood("no_text_above", 0.15, 0.002, False, _RARE),
    RowLikelihood("list_goes_on", 0.3, "list_goes_on", True, _BENCHMARK),
    RowLikelihood("full_line", 0.6, "full_end", True, _BENCHMARK, "short_line", given="finished"),
    RowLikelihood("full_line", 0.96, "full_end", True, _BENCHMARK, "short_line", given="unfinished"),
    RowLikelihood("indented", Share(0.15), "indented", True, _BENCHMARK, "not_indented"),
    RowLikelihood("text_unfinished", "cut_unfinished", "unfinished", True, _BENCHMARK, "text_finished"),
    RowLikelihood("ends_inside_sentence", 0.15, 0.003, True, _RARE),
    RowLikelihood("number_cut", 0.08, 0.002, True, _RARE),
    RowLikelihood("short_tail", 0.2, "short_start", True, _BENCHMARK),
    RowLikelihood("starts_inside_sentence", 0.08, 0.002, True, _RARE),
    RowLikelihood("bracket_goes_on", 0.15, 0.004, True, _RARE),
    RowLikelihood("agency_name_cut", 0.1, 0.002, True, _RARE),
    RowLikelihood("word_cut", 0.5, 0.05, True, _BENCHMARK),
    RowLikelihood("no_deadline", 0.95, "blank_deadline", False, _BENCHMARK, "own_deadline"),
    RowLikelihood("same_deadline", 0.03, "printed_deadline", False, _BENCHMARK),
    RowLikelihood("deadline_cut", 0.04, 0.002, True, _RARE),
    RowLikelihood("own_deadline", 0.01, "printed_deadline", False, _BENCHMARK, given="another above"),
    RowLikelihood("no_bodies", 0.6, "blank_owner_beside_blank", False, _BENCHMARK, "own_bodies", given="no deadline"),
    RowLikelihood("no_bodies", 0.3, "blank_owner_beside_deadline", False, _HABIT, "own_bodies", given="a deadline"),
    RowLikelihood("own_none_mark", 0.02, "none_mark", False, _BENCHMARK),
    RowLikelihood("agency_cell_cut", 0.1, 0.002, False, _RARE),
    RowLikelihood("none_above_bodies", 0.01, 0.1, False, _RARE),
    RowLikelihood("name_without_number", 0.9, 0.05, False, _JUDGED),
    RowLikelihood("name_word_cut", 0.4, 0.02, False, _JUDGED),
    RowLikelihood("one_measure_each", FEW_FURTHER, "further", True, _JUDGED),
    RowLikelihood("open_cells", 0.97, 0.004, True, _HABIT, "closed_cells", given="some pages open"),
    RowLikelihood("open_cells", 0.96, 0.06, True, _HABIT, "closed_cells", given="all pages open"),
    RowLikelihood("open_cells", 0.3, 0.04, True, _HABIT, "closed_cells", given="no page open"),
)

JOIN_LIKELIHOODS = (
    JoinLikelihood("no_header", 3.0, _JUDGED),
    JoinLikelihood("same_header", 1.5, _JUDGED),
    JoinLikelihood("same_roles", 0.5, _JUDGED),
    JoinLikelihood("fewer_columns", -1.0, _JUDGED),
    JoinLikelihood("other_columns", -12.0, "columns that the table lacks: never one table"),
    JoinLikelihood("continuation_mark", 4.0, _JUDGED),
    JoinLikelihood("nothing_between", 2.5, _JUDGED),
    JoinLikelihood("attachment_heading", -6.0, _JUDGED),
    JoinLikelihood("title_of_another", -8.0, "the same title for another place or body: a table of its own"),
    JoinLikelihood("title_between", -4.0, _JUDGED),
    JoinLikelihood("text_between", -2.0, _JUDGED),
    JoinLikelihood("no_number", 0.5, _JUDGED),
    JoinLikelihood("sections_go_on", 3.0, _JUDGED),
    JoinLikelihood("sections_restart", -3.0, _JUDGED),
    JoinLikelihood("numbers_restart", -0.5, _JUDGED, given="as in each section"),
    JoinLikelihood("numbers_restart", -2.0, _JUDGED, given="under a section"),
    JoinLikelihood("numbers_restart", -3.5, "a lone 1: no table counts twice without a new section", given="at 1"),
    JoinLikelihood("numbers_restart", -6.0, "1 and 2: no table counts twice without a new section", given="at 1 and 2"),
    JoinLikelihood("numbers_go_on", 2.5, _JUDGED),
    JoinLikelihood("numbers_jump", -1.0, _JUDGED),
    JoinLikelihood("same_column_lines", 2.0, _JUDGED),
    JoinLikelihood("other_column_lines", -0.7, _JUDGED, given="of another number"),
    JoinLikelihood("other_column_lines", -1.0, _JUDGED),
    JoinLikelihood("same_page", 4.0, _JUDGED),
    JoinLikelihood("other_file", -12.0, "an attachment in a file of its own: always a table of its own"),
)


def _key(name: str, given: str) -> str:
    return f"{name}, {given}" if given else name


# By key: the name, with ", " and what is given where several lines have it; and which of its two names is meant.
ROW_LINES = {
    **{_key(line.name, line.given): (line, line.name) for line in ROW_LIKELIHOODS},
    **{_key(line.otherwise, line.given): (line, line.otherwise) for line in ROW_LIKELIHOODS if line.otherwise},
}
JOIN_LINES = {_key(line.name, line.given): line for line in JOIN_LIKELIHOODS}


def weigh_row_clue(key: str, detail: str, rates: Rates, owner: Role | None) -> Evidence:
    """Return the evidence of a clue at the first row of a page.

    Args:
        key: Name of the clue; with ", " and what is given where several lines have the name.
        detail: What was seen, for people.
        rates: The document's own rates.
        owner: The column whose bodies a measure cannot be without, if the table has one.
    """
    line, name = ROW_LINES[key]
    new = line.new if isinstance(line.new, float) else RATES[line.new](rates, owner)
    if isinstance(line.cut, Share):
        cut = line.cut.of_rate * new + 0.01
    else:
        cut = line.cut if isinstance(line.cut, float) else RATES[line.cut](rates, owner)
    weight = log_ratio(cut, new) if name == line.name else log_ratio(1 - cut, 1 - new)
    return Evidence(
        name=name, detail=detail, weights={CUT: weight, TAIL: weight} if line.is_for_tail else {CUT: weight}
    )


def weigh_join_clue(key: str, detail: str) -> Evidence:
    """Return the evidence of a clue at the head of a fragment; ``key`` as in :func:`weigh_row_clue`."""
    line = JOIN_LINES[key]
    weights = {JOINED: line.weight} if line.weight > 0 else {SEPARATE: -line.weight}
    return Evidence(name=line.name, detail=detail, weights=weights)
