"""What a table's own cells say: whether it marks empty cells, has any, and whether its names begin with numbers."""

from __future__ import annotations

import pytest

from planextract.compose.blank_habits import find_never_blank, prints_none
from planextract.compose.numbered_names import part_numbers
from planextract.correct.decisions import _find_end
from planextract.model.roles import Role
from planextract.model.table import Boundary, Cell, Column, Piece, StitchedRow, StitchedTable
from planextract.stitch.learning import learn_prior
from planextract.stitch.settings import StitchSettings


def piece(text: str, start: int = 0) -> Piece:
    cell = Cell(
        cell_id=text, page=1, table_no=1, row=1, col=1, row_span=1, col_span=1, column="measure", raw_text=text,
        text=text, edits=(), line=None, bbox=None, confidence=1.0,
    )  # fmt: skip
    return Piece(cell=cell, start=start, end=len(text))


def row(*texts: str, kind: str = "data", opens: bool = True, starts: bool = False) -> StitchedRow:
    """A row; ``^`` is merged with the cell above."""
    return StitchedRow(
        kind=kind,
        pages=(1,),
        pieces=tuple((piece(text),) if text not in ("", "^") else () for text in texts),
        opens_task=opens,
        is_merged=tuple(text == "^" for text in texts),
        starts_fragment=starts,
    )


def table(roles: str, *rows: StitchedRow, has_spans: bool = True) -> StitchedTable:
    columns = tuple(Column(role=Role(role), label=role) for role in roles.split())
    return StitchedTable(
        columns=columns, has_spans=has_spans, first_page=1, last_page=1, rows=rows, header_cells=(), texts_before=()
    )


# Blank cells


@pytest.mark.parametrize(
    ("marked", "others", "does"), [(1, 19, True), (1, 20, False), (0, 5, False), (1, 0, True), (2, 38, True)]
)
def test_a_table_marks_empty_cells_where_one_of_twenty_rows_does(marked: int, others: int, does: bool) -> None:
    rows = [row("植树。", "—")] * marked + [row("植树。", "区教委")] * others
    assert prints_none(table("measure responsible", *rows)) is does
    sections = [row("一、", "", kind="section")] * 30
    assert prints_none(table("measure responsible", *rows, *sections)) is does, "sections do not count"


def test_owners_that_are_merged_somewhere_and_blank_nowhere_are_never_blank() -> None:
    full, merged, blank = row("植树。", "区教委"), row("植树。", "^"), row("植树。", "")

    def found(*rows: StitchedRow, has_spans: bool = True) -> set[Role]:
        return set(find_never_blank(table("measure responsible", *rows, has_spans=has_spans)))

    assert found(*[full] * 7, merged) == {Role.RESPONSIBLE}
    assert found(*[full] * 6, merged) == set(), "eight rows at least"
    assert found(*[full] * 8) == set(), "nothing is merged"
    assert found(*[full] * 7, merged, blank) == set()
    assert found(*[full] * 7, merged, row("植树。", "", starts=True)) == {Role.RESPONSIBLE}, "a page may have cut it"
    assert found(*[full] * 7, merged, row("", "", kind="section")) == {Role.RESPONSIBLE}
    assert found(*[full] * 7, merged, has_spans=False) == set()
    assert find_never_blank(table("measure deadline", *[full] * 7, merged)) == frozenset()


# Numbers before names


def names(*rows: StitchedRow, roles: str = "task_name measure") -> list[str]:
    found = part_numbers(table(roles, *rows))
    return [f"{row.task_no}:{''.join(piece.text for piece in row.pieces[0])}" for row in found.rows]


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        (("1.造林", "2.修路"), ["1:造林", "2:修路"]),
        (("（1）造林", "（2）、修路"), ["1:造林", "2:修路"]),
        (("3、造林", "4、修路"), ["3:造林", "4:修路"]),
        (("1.造林", "3.修路"), ["None:1.造林", "None:3.修路"]),
        (("1.造林", "修路"), ["None:1.造林", "None:修路"]),
        (("1.造林",), ["None:1.造林"]),
        (("1.造林", "1.修路"), ["None:1.造林", "None:1.修路"]),
        (("1.5亩造林", "2.修路"), ["None:1.5亩造林", "None:2.修路"]),
        (("50%以上", "51%以上"), ["None:50%以上", "None:51%以上"]),
    ],
)
def test_numbers_that_count_on_are_parted_from_the_names(printed: tuple[str, ...], found: list[str]) -> None:
    assert names(*(row(text, "植树。") for text in printed)) == found


def test_numbers_begin_again_below_a_section_and_further_measures_have_none() -> None:
    section, further = row("一、生态", "", kind="section", opens=False), row("", "育苗。", opens=False)
    rows = (row("1.造林", "植树。"), further, row("2.修路", "修路。"), section, row("1.建校", "建校。"))
    assert names(*rows) == ["1:造林", "None:", "2:修路", "None:一、生态", "1:建校"]
    assert names(*rows[:3], row("1.建校", "建校。"))[0] == "None:1.造林"
    assert names(*rows[:3], section, row("2.建校", "建校。"))[0] == "None:1.造林"
    assert names(row("1.造林", "植树。"), row("", "修路。"))[0] == "None:1.造林", "a task without a name"


def test_a_table_with_a_column_of_numbers_or_without_names_is_left_alone() -> None:
    rows = (row("1.造林", "植树。"), row("2.修路", "修路。"))
    for roles in ("task_name task_no", "measure deadline"):
        assert names(*rows, roles=roles) == ["None:1.造林", "None:2.修路"]


# What a person wrote, and what a document's page breaks say


@pytest.mark.parametrize(
    ("text", "head", "end"),
    [("一。 二。", "一。", 2), ("一 。二。", "一。", 3), ("一。", "一。二", None), ("二。", "一。", None)],
)
def test_the_beginning_of_a_text_is_found_white_space_aside(text: str, head: str, end: int | None) -> None:
    assert _find_end(text, head) == end


def prior(*rows: tuple[str, float], overridden: bool = False) -> float | None:
    boundaries = [
        Boundary(
            page_before=1, page_after=2, decision="joined", row_decision=decision, score=score, reasons=(),
            runner_up=None, overridden=overridden, table_before=1, table_after=2,
        )
        for decision, score in rows
    ]  # fmt: skip
    found = learn_prior(boundaries, StitchSettings())
    return None if found is None else round(found, 3)


def test_sure_page_breaks_say_how_probable_a_cut_is_where_another_is_in_doubt() -> None:
    doubt = ("cut_row", 0.5)
    assert prior(("cut_row", 0.9), ("new_measure", 0.95), doubt) == 0.43
    assert prior(("cut_row", 0.97), ("new_measure", 0.97)) is None, "nothing is in doubt"
    assert prior(("cut_row", 0.96)) == 0.553
    assert prior(("cut_row", 0.89)) is None, "nothing is sure"
    assert prior(*[("cut_row", 0.99)] * 30, doubt) == 0.9
    assert prior(*[("new_measure", 0.99)] * 30, doubt) == 0.1
    assert prior(("new_task", 0.99), doubt) is None, "rows that open tasks do not count"
    assert prior(("cut_row", 0.95), doubt, overridden=True) is None
