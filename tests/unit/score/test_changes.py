"""Differences between two results, and their causes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planextract.model.agency import AgencyEntry
from planextract.model.result import ResultCell, ResultVersions
from planextract.score.causes import compare_bodies
from planextract.score.changes import compare_results

from .results import make_agency, make_boundary, make_document, make_measure

OLD = make_document(
    (
        "扬尘管控",
        [
            make_measure("加强施工工地扬尘管控。加强渣土车监管。", agencies="区住房城乡建设委"),
            make_measure("加强道路保洁，降低尘土残存量。", agencies="区城市管理委"),
        ],
    ),
    ("餐饮油烟", [make_measure("餐饮企业安装净化设备并定期清洗。", agencies="区生态环境局")]),
    versions=ResultVersions(pipeline="1", code="c1", dictionary="d1", settings="s1"),
)


def with_tasks(*tasks, document=OLD, **fields):
    made = make_document(*tasks)
    return replace(document, plans=made.plans, **fields)


def kinds(new, old=OLD, bodies=()):
    return [(c.kind, c.key, c.column) for c in compare_results(old, new, bodies).changes]


def tasks_of(document):
    return [(t.name, list(t.measures)) for t in document.plans[0].tasks]


def edit(task: int, measure: int, **fields):
    tasks = tasks_of(OLD)
    tasks[task][1][measure] = replace(tasks[task][1][measure], **fields)
    return with_tasks(*tasks)


def test_a_result_does_not_differ_from_itself():
    assert kinds(OLD) == []


@pytest.mark.parametrize(
    ("new", "wanted"),
    [
        (edit(0, 1, text="加强道路保洁，减少尘土残存量。"), [("text", "1/1/2", "measure")]),
        (edit(0, 1, deadline_end=None, deadline_kind="unparsed"), [("value", "1/1/2", "deadline_value")]),
        (edit(0, 1, agencies=(make_agency("区城管委"),)), [("text", "1/1/2", "responsible")]),
        (
            edit(0, 1, agencies=(replace(make_agency("区城市管理委"), name="市城市管理委", agency_id="x"),)),
            [("relinked", "1/1/2", "responsible")],
        ),
        (edit(0, 1, statuses={"responsible": "inherited"}), [("value", "1/1/2", "responsible_status")]),
        (edit(0, 1, pages=(1, 2)), [("value", "1/1/2", "pages")]),
    ],
)
def test_one_change_is_one_change(new, wanted):
    assert kinds(new) == wanted


def test_added_and_removed_rows():
    tasks = tasks_of(OLD)
    fewer = with_tasks((tasks[0][0], tasks[0][1][:1]), tasks[1])
    assert kinds(fewer) == [("removed", "1/1/2", "row")]
    assert kinds(OLD, fewer) == [("added", "1/1/2", "row")]


def test_a_split_row_is_one_change_and_so_is_its_joining():
    tasks = tasks_of(OLD)
    first, second = make_measure("加强施工工地扬尘管控。"), make_measure("加强渣土车监管。")
    split = with_tasks((tasks[0][0], [first, second, tasks[0][1][1]]), tasks[1])
    assert [c for c in kinds(split) if c[0] in ("split", "added", "removed", "joined")] == [
        ("split", "1/1/1", "measure")
    ]
    assert [c for c in kinds(OLD, split) if c[0] in ("split", "added", "removed", "joined")] == [
        ("joined", "1/1/1", "measure")
    ]


def test_a_row_in_another_task_has_moved():
    tasks = tasks_of(OLD)
    moved = with_tasks((tasks[0][0], tasks[0][1][:1]), (tasks[1][0], [*tasks[1][1], tasks[0][1][1]]))
    assert kinds(moved) == [("moved", "1/2/2", "row")]


def test_page_breaks_and_fields():
    old = replace(OLD, boundaries=(make_boundary(1),))
    new = replace(old, boundaries=(make_boundary(1, row="new_measure"),), title="另一个标题")
    assert kinds(new, old) == [("text", "notice", "title"), ("value", "pages 1–2", "boundary")]


def test_ids_are_the_same_in_every_run_and_differ_between_changes():
    new = edit(0, 1, text="加强道路保洁，减少尘土残存量。")
    first, second = (compare_results(OLD, new, ()).changes for _ in range(2))
    assert [c.change_id for c in first] == [c.change_id for c in second]
    other = compare_results(OLD, edit(1, 0, text="餐饮企业安装净化设备。"), ()).changes
    assert not {c.change_id for c in first} & {c.change_id for c in other}


def causes(new, bodies=(), old=OLD):
    return [(c.causes, c.detail) for c in compare_results(old, new, bodies).changes]


@pytest.mark.parametrize("name", ["code", "settings", "dictionary", "overrides"])
def test_the_one_thing_that_differs_is_the_cause(name):
    new = edit(0, 1, text="加强道路保洁，减少尘土残存量。")
    new = replace(new, versions=replace(new.versions, **{name: "other"}))
    assert [c for c, _ in causes(new)] == [(name,)]


def test_nothing_that_differs_is_no_cause():
    assert [c for c, _ in causes(edit(0, 1, text="加强道路保洁，减少尘土残存量。"))] == [("unknown",)]


def test_a_link_follows_its_dictionary_entry_even_if_all_differs():
    bodies = compare_bodies(
        [
            AgencyEntry(
                agency_id="a", name="区城市管理委", full_name="区城市管理委", kind="agency", level="区", region="110102"
            )
        ],
        [
            AgencyEntry(
                agency_id="a",
                name="区城市管理委",
                full_name="区城市管理委",
                kind="agency",
                level="区",
                region="110102",
                aliases=("区城管委",),
            )
        ],
    )
    assert [(b.kind, b.detail) for b in bodies] == [("changed", "alias + 区城管委")]
    old = edit(0, 1, agencies=(replace(make_agency("区城管委"), name=None, agency_id=None),))
    new = edit(0, 1, agencies=(replace(make_agency("区城管委"), name="区城市管理委", agency_id="a"),))
    new = replace(new, versions=ResultVersions(pipeline="2", code="c2", dictionary="d2", settings="s2"))
    assert causes(new, bodies, old) == [(("dictionary",), "区城市管理委: alias + 区城管委")]


def cell(text: str, measure_id: str) -> ResultCell:
    return ResultCell(
        cell_id="",
        page=1,
        table_no=1,
        row=1,
        col=2,
        row_span=1,
        col_span=1,
        column="measure",
        text_raw=text,
        text=text,
        bbox=None,
        line=3,
        confidence=1.0,
        measure_id=measure_id,
        task_id=None,
    )


@pytest.mark.parametrize(
    ("printed", "wanted"), [("加强道路保洁，减少尘土残存量。", "input"), ("加强 道路保洁，降低尘土残存量。", "code")]
)
def test_the_printed_text_tells_input_from_code(printed, wanted):
    new = edit(0, 1, text="加强道路保洁，减少尘土残存量。")
    key = OLD.plans[0].tasks[0].measures[1].measure_id
    old = replace(OLD, cells=(cell("加强道路保洁，降低尘土残存量。", key),))
    new = replace(new, doc_id="b" * 16, cells=(cell(printed, key),), versions=replace(new.versions, code="c2"))
    assert [c for c, _ in causes(new, old=old)] == [(wanted,)]


def test_the_same_row_in_a_document_of_another_year_may_differ_by_its_input():
    key = OLD.plans[0].tasks[0].measures[1].measure_id
    new = edit(0, 1, deadline_end=None, deadline_kind="unparsed")
    same = cell("加强道路保洁，降低尘土残存量。", key)
    new = replace(new, doc_id="b" * 16, plan_year=2022, cells=(same,), versions=replace(new.versions, code="c2"))
    (change,) = [
        c for c in compare_results(replace(OLD, cells=(same,)), new, ()).changes if c.column == "deadline_value"
    ]
    assert change.causes == ("input", "code")


def test_documents_added_and_removed():
    assert [c.kind for c in compare_results(None, OLD, ()).changes] == ["added"]
    assert [c.kind for c in compare_results(OLD, None, ()).changes] == ["removed"]
