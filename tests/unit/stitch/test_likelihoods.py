"""Each line of the likelihoods, seen: two rows (or two fragments) that show its clue, and how much it then says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.source import DocumentFile, SourceText
from planextract.model.table import Cell, Column, Fragment, Row
from planextract.stitch import first_row, joins, likelihoods
from planextract.stitch.evidence import see
from planextract.stitch.first_row import Clues
from planextract.stitch.joins import TableSoFar
from planextract.stitch.rates import Rates
from planextract.stitch.row_facts import RowFacts, TaskKey
from planextract.wording.words import EVIDENCE
from tests.benchmark.likelihoods import fill_numbers
from tests.builders import FakeNames, NoWords

NO, NAME, MEASURE, DEADLINE, OWNER = (Role.TASK_NO, Role.TASK_NAME, Role.MEASURE, Role.DEADLINE, Role.RESPONSIBLE)
RATES = Rates(
    blank=dict.fromkeys((DEADLINE, *AGENCY_ROLES), 0.2),
    blank_beside_blank=dict.fromkeys(AGENCY_ROLES, 0.2),
    blank_beside_deadline=dict.fromkeys(AGENCY_ROLES, 0.1),
    none_mark=0.3,
    unfinished=0.05,
    short_start=0.02,
    list_goes_on=0.04,
    full_end=0.1,
    indented=0.5,
    further=0.1,
)
WHOLE = "建设公园三处。"
OPEN = "建设公园三处，改造"


class Words(NoWords):
    """Knows the word 改造."""

    def find_word_across(self, before: str, after: str) -> str | None:
        return "改造" if before.endswith("改") and after.startswith("造") else None


def row(measure: str = "", room: float | None = None, is_indented: bool | None = None, **texts: str) -> RowFacts:
    """A row of a table with the five usual columns."""
    named = {Role(name): text for name, text in texts.items() if text}
    return RowFacts(
        texts={MEASURE: measure, **named},
        roles=(NO, NAME, MEASURE, DEADLINE, OWNER),
        room=room,
        is_indented=is_indented,
    )


# Line: the row above, the row below, what else is known, the weight for "cut" that reasons would show.
ROWS: dict[str, tuple[RowFacts, RowFacts, dict[str, Any], str]] = {
    "row_above_is_empty": (row(), row(WHOLE), {}, "+6.2"),
    "no_measure_text": (row(WHOLE), row(deadline="长期"), {}, "+4.3"),
    "no_text_above": (row(deadline="长期"), row(WHOLE), {}, "+4.3"),
    "list_goes_on": (row("1.排查；2.建账；"), row("3.整改。"), {}, "+2.0"),
    "full_line, finished": (row(WHOLE, room=0.2), row(WHOLE), {}, "+1.8"),
    "short_line, finished": (row(WHOLE, room=9.0), row(WHOLE), {}, "-0.8"),
    "full_line, unfinished": (row(OPEN, room=0.2), row("道路。"), {}, "+2.3"),
    "short_line, unfinished": (row(OPEN, room=9.0), row("道路。"), {}, "-3.1"),
    "indented": (row(WHOLE), row(WHOLE, is_indented=True), {}, "-1.8"),
    "not_indented": (row(WHOLE), row(WHOLE, is_indented=False), {}, "+0.6"),
    "text_unfinished": (row(OPEN), row("道路。"), {}, "+2.7"),
    "text_finished": (row(WHOLE), row("道路。"), {}, "-1.3"),
    "ends_inside_sentence": (row("形成监管合力，在"), row("年底清洗。"), {}, "+3.9"),
    "number_cut": (row("惠及居民3."), row("5万户。"), {}, "+3.7"),
    "short_tail": (row(OPEN), row("罚。更换管道。"), {}, "+2.3"),
    "starts_inside_sentence": (row(OPEN), row("，并建账。"), {}, "+3.7"),
    "bracket_goes_on": (row("改造道路（含辅路"), row("三条）五条。"), {}, "+3.6"),
    "agency_name_cut": (row("配合区生态"), row("环境局检查。"), {}, "+3.9"),
    "word_cut": (row("推进改"), row("造工程。"), {}, "+2.3"),
    "no_deadline": (row(WHOLE), row(WHOLE), {}, "+1.6"),
    "own_deadline": (row(WHOLE), row(WHOLE, deadline="6月底前"), {}, "-2.8"),
    "own_deadline, another above": (row(WHOLE, deadline="12月底前"), row(WHOLE, deadline="6月底前"), {}, "-4.4"),
    "same_deadline": (row(WHOLE, deadline="6月底前"), row(WHOLE, deadline="6月底前"), {}, "-3.3"),
    "deadline_cut": (row(WHOLE, deadline="2022年6月"), row(WHOLE, deadline="底前"), {}, "+3.0"),
    "no_bodies, no deadline": (row(WHOLE), row(WHOLE), {}, "+1.1"),
    "own_bodies, no deadline": (row(WHOLE), row(WHOLE, responsible="区教委"), {}, "-0.7"),
    "no_bodies, a deadline": (row(WHOLE), row(WHOLE, deadline="6月底前"), {}, "+1.1"),
    "own_bodies, a deadline": (row(WHOLE), row(WHOLE, deadline="6月底前", responsible="区教委"), {}, "-0.3"),
    "own_none_mark": (row(WHOLE), row(WHOLE, responsible="—"), {}, "-2.7"),
    "agency_cell_cut": (row(WHOLE, responsible="区生态"), row(WHOLE, responsible="环境局"), {}, "+3.9"),
    "none_above_bodies": (row(WHOLE, responsible="—"), row(WHOLE, responsible="区教委"), {}, "-2.3"),
    "name_without_number": (row(WHOLE), row(WHOLE, task_name="清洁"), {}, "+2.9"),
    "name_word_cut": (row(WHOLE, task_name="道路改"), row(WHOLE, task_name="造"), {}, "+3.0"),
    "one_measure_each": (row(WHOLE), row(WHOLE), {}, "+1.1"),
    "open_cells, some pages open": (row(WHOLE), row(WHOLE), {"is_open": True, "habit": "both"}, "+5.5"),
    "closed_cells, some pages open": (row(WHOLE), row(WHOLE), {"is_open": False, "habit": "both"}, "-3.5"),
    "open_cells, all pages open": (row(WHOLE), row(WHOLE), {"is_open": True, "habit": "open"}, "+2.8"),
    "closed_cells, all pages open": (row(WHOLE), row(WHOLE), {"is_open": False, "habit": "open"}, "-3.2"),
    "open_cells, no page open": (row(WHOLE), row(WHOLE), {"is_open": True, "habit": "closed"}, "+2.0"),
    "closed_cells, no page open": (row(WHOLE), row(WHOLE), {"is_open": False, "habit": "closed"}, "-0.3"),
}


def see_rows(before: RowFacts, after: RowFacts, given: dict[str, Any]) -> dict[str, str]:
    """Return what is seen at two rows: key of the line and detail."""
    clues = Clues(rates=RATES, words=Words(), names=FakeNames("区生态环境局"), cut_prior=0.5, **given)
    return dict(first_row.see_row(before, after, clues))


@pytest.mark.parametrize("key", ROWS)
def test_a_row_shows_its_clue_and_the_clue_weighs_what_its_line_says(key: str) -> None:
    before, after, given, weight = ROWS[key]
    seen = see_rows(before, after, given)
    assert key in seen
    evidence = likelihoods.weigh_row_clue(key, seen[key], RATES, OWNER)
    assert f"{evidence.weights['cut_row']:+.1f}" == weight


SAY_NOTHING_OF_A_TAIL = {
    "row_above_is_empty", "no_measure_text", "no_text_above", "no_deadline", "same_deadline",
    "own_deadline, another above", "own_deadline", "own_none_mark", "agency_cell_cut",
    "no_bodies, no deadline", "own_bodies, no deadline", "no_bodies, a deadline", "own_bodies, a deadline",
    "none_above_bodies", "name_without_number", "name_word_cut",
}  # fmt: skip  # what other cells than the measure's show


@pytest.mark.parametrize("key", ROWS)
def test_what_the_measure_cell_shows_speaks_for_a_tail_as_for_a_cut_row(key: str) -> None:
    before, after, given, _ = ROWS[key]
    weights = likelihoods.weigh_row_clue(key, see_rows(before, after, given)[key], RATES, OWNER).weights
    assert weights.get("tail_and_new") == (None if key in SAY_NOTHING_OF_A_TAIL else weights["cut_row"])


def test_a_whole_row_below_a_whole_row_shows_only_that_it_is_one() -> None:
    same = {"deadline": "6月底前", "responsible": "区教委"}
    seen = see_rows(row(WHOLE, **same), row("改造道路五条。", **same), {})
    assert set(seen) == {"text_finished", "same_deadline", "one_measure_each"}


# Line: the table before, the fragment behind, the lines between, the weight for "joined".
Change = Callable[[dict[str, Any]], None]
COLUMNS = (Column(role=NO, label="序号"), Column(role=MEASURE, label="工作措施"))
OTHERS = (Column(role=NAME, label="项目"), Column(role=OWNER, label="单位"))


def fragment(numbers: tuple[str, ...] = (), section: str = "", **fields: Any) -> Fragment:
    """A fragment with a row a number, perhaps behind a section's row."""
    given = {"page": 2, "table_no": 2, "columns": COLUMNS, "has_header": True, **fields}
    kinds = [*(["section"] if section else []), *(["data"] * len(numbers))]
    texts = [*([(section, "+4.3")] if section else []), *((number, WHOLE) for number in numbers)]
    rows = tuple(
        Row(row=index, kind=kind, cells=tuple(cell(index, c, text) for c, text in enumerate(pair)))
        for index, (kind, pair) in enumerate(zip(kinds, texts, strict=True))
    )
    return Fragment(has_spans=False, header_cells=(), rows=rows, **given)


def cell(index: int, column: int, text: str) -> Cell:
    """A printed cell."""
    return Cell(
        cell_id=f"r{index}c{column}",
        page=2,
        table_no=2,
        row=index,
        col=column,
        row_span=1,
        col_span=1,
        column=COLUMNS[column].role,
        raw_text=text,
        text=text,
        edits=(),
        line=None,
        bbox=None,
        confidence=1.0,
    )


def table(task_no: int | None = 4, section: str = "", **fields: Any) -> TableSoFar:
    """The table before, which has come to a task."""
    task = TaskKey(task_no=task_no, name="绿化")
    given = {"columns": COLUMNS, "restarts_in_sections": False, "running_heads": frozenset(), **fields}
    return TableSoFar(task=task, section=section, **given)


FILES = (
    DocumentFile(name="通知.docx", role="notice", sha256="0" * 64),
    DocumentFile(name="附件1.docx", role="attachment", sha256="1" * 64, first_page=2),
)
EDGES = (10.0, 60.0, 200.0)
JOINS: dict[str, tuple[TableSoFar, Fragment, tuple[str, ...], str]] = {
    "no_header": (table(), fragment(has_header=False), (), "+3.0"),
    "same_header": (table(), fragment(), (), "+1.5"),
    "same_roles": (table(), fragment(columns=(COLUMNS[0], Column(role=MEASURE, label="措施"))), (), "+0.5"),
    "fewer_columns": (table(), fragment(columns=COLUMNS[1:]), (), "-1.0"),
    "other_columns": (table(), fragment(columns=OTHERS), (), "-12.0"),
    "continuation_mark": (table(), fragment(), ("任务分解表（续）",), "+4.0"),
    "nothing_between": (table(), fragment(), ("— 3 —", "注：以上数字为预计数。"), "+2.5"),
    "attachment_heading": (table(), fragment(), ("附件2",), "-6.0"),
    "title_of_another": (
        table(titles=frozenset({"瑞安市2024年任务清单"})),
        fragment(),
        ("乐清市2024年任务清单",),
        "-8.0",
    ),
    "title_between": (table(), fragment(), ("西城区重点任务清单",), "-4.0"),
    "text_between": (table(), fragment(), ("请各单位按时报送。",), "-2.0"),
    "no_number": (table(), fragment(("",)), (), "+0.5"),
    "sections_go_on": (table(section="一、治水"), fragment(("5",), "二、治气"), (), "+3.0"),
    "sections_restart": (table(section="三、治水"), fragment(("5",), "一、治气"), (), "-3.0"),
    "numbers_restart, as in each section": (table(restarts_in_sections=True), fragment(("1", "2")), (), "-0.5"),
    "numbers_restart, under a section": (table(), fragment(("1", "2"), "治气"), (), "-2.0"),
    "numbers_restart, at 1": (table(), fragment(("1",)), (), "-3.5"),
    "numbers_restart, at 1 and 2": (table(), fragment(("1", "2")), (), "-6.0"),
    "numbers_go_on": (table(), fragment(("5",)), (), "+2.5"),
    "numbers_jump": (table(), fragment(("9",)), (), "-1.0"),
    "same_column_lines": (table(), fragment(edges=tuple(x + 30 for x in EDGES)), (), "+2.0"),
    "other_column_lines": (table(), fragment(edges=(10.0, 90.0, 200.0)), (), "-1.0"),
    "other_column_lines, of another number": (table(), fragment(edges=EDGES[:2]), (), "-0.7"),
    "same_page": (table(), fragment(page=1), (), "+4.0"),
    "other_file": (table(files=FILES), fragment(), (), "-12.0"),
}


def see_join(before: TableSoFar, after: Fragment, between: tuple[str, ...]) -> dict[str, str]:
    """Return what is seen at two fragments: key of the line and detail."""
    last = fragment(page=1, table_no=1, edges=EDGES)
    lines = [SourceText(page=2, line=number, raw_text=text) for number, text in enumerate(between, 1)]
    return dict(see(joins.pair_fragments(last, after, before, lines), joins.CLUES))


@pytest.mark.parametrize("key", JOINS)
def test_a_fragment_shows_its_clue_and_the_clue_weighs_what_its_line_says(key: str) -> None:
    before, after, between, weight = JOINS[key]
    seen = see_join(before, after, between)
    assert key in seen
    (said,) = likelihoods.weigh_join_clue(key, seen[key]).weights.items()
    assert f"{said[1] if said[0] == 'joined' else -said[1]:+.1f}" == weight


def test_every_line_has_its_example_and_every_example_its_line() -> None:
    assert set(ROWS) == set(likelihoods.ROW_LINES)
    assert set(JOINS) == set(likelihoods.JOIN_LINES)


def test_every_clue_that_is_looked_for_has_its_line_and_its_words() -> None:
    rows = {name for group in first_row.ALL_CLUES for _, name in group if name}
    fragments = {name for group in joins.CLUES for _, name in group if name}
    assert rows == set(likelihoods.ROW_LINES)
    assert fragments == set(likelihoods.JOIN_LINES)
    assert {key.partition(",")[0] for key in rows | fragments} <= set(EVIDENCE)


def test_a_fit_writes_numbers_into_their_lines_and_touches_nothing_else(root) -> None:
    file = root / "src" / "planextract" / "stitch" / "likelihoods.py"
    text = file.read_text("utf-8")
    stated = {key: line.cut for key, (line, name) in likelihoods.ROW_LINES.items() if name == line.name}
    numbers = {key: cut for key, cut in stated.items() if isinstance(cut, float)}
    assert fill_numbers(text, numbers) == text
    changed = fill_numbers(text, {**numbers, "full_line, unfinished": 0.91})
    lines = zip(text.splitlines(), changed.splitlines(), strict=True)
    assert [new for old, new in lines if old != new] == [
        '    RowLikelihood("full_line", 0.91, "full_end", True, _BENCHMARK, "short_line", given="unfinished"),'
    ]
