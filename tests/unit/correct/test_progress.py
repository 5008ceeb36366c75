"""Reports find their measure by what the plan prints; doubtful ones are asked about until a person has said."""

from __future__ import annotations

from datetime import date

import pytest

from planextract.correct.anchors import RowIndex
from planextract.correct.progress import DOUBTFUL_LINK, LinkVerdicts, attach_progress, is_same, make_progress
from planextract.dictionaries import load_dictionaries
from planextract.model.decision import Anchor, AnchorCell, Decision, Overrides
from planextract.model.plan import Extraction, Progress
from planextract.model.progress_report import ProgressReport
from planextract.model.source import BBox
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import Settings

TEXT = """某区2022年行动计划

序号\t重点任务\t工作措施\t完成时限\t主责单位
1\t扬尘管控\t开展工地扬尘整治。\t6月底前\t区教委
2\t绿色出行\t建设自行车道三条。\t年底前\t区财政局
"""


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    source = read_document(TEXT.encode(), "plan.txt", Settings().read)
    return extract_document(source, load_dictionaries(), Overrides(), Settings())


@pytest.fixture(scope="module")
def index(extraction: Extraction) -> RowIndex:
    return RowIndex(
        AnchorCell(
            cell_id=c.cell_id, table_no=c.table_no, row=c.row, col=c.col, column=str(c.column), raw_text=c.raw_text
        )
        for c in extraction.cells
    )


def anchor(extraction: Extraction, index: RowIndex, number: int) -> Anchor:
    """The printed row of a task."""
    cell = next(cell for cell in extraction.cells if cell.text == str(number))
    return index.anchor_row(index.row_of(cell.cell_id))


def measure_id(extraction: Extraction, number: int) -> str:
    plan = extraction.plans[0]
    return f"{extraction.task_id(plan, plan.tasks[number - 1])}/1"


def told(extraction: Extraction) -> list[list[str | None]]:
    """The texts reported on each measure."""
    return [
        [p.text for p in measure.progress]
        for plan in extraction.plans
        for task in plan.tasks
        for measure in task.measures
    ]


def codes(before: Extraction, after: Extraction) -> list[str]:
    return [finding.code for finding in after.findings[len(before.findings) :]]


def test_a_report_is_put_beside_its_measure_by_its_id(extraction: Extraction) -> None:
    report = ProgressReport(doc_id=extraction.doc_id, measure_id=measure_id(extraction, 2), text="已完成")
    assert told(attach_progress(extraction, [report])) == [[], ["已完成"]]


def test_a_report_on_another_document_is_put_beside_the_same_printed_row(
    extraction: Extraction, index: RowIndex
) -> None:
    other = ProgressReport(
        doc_id="another", measure_id=measure_id(extraction, 2), anchor=anchor(extraction, index, 1), text="开工"
    )
    assert told(attach_progress(extraction, [other])) == [["开工"], []]
    unknown = ProgressReport(
        doc_id=extraction.doc_id, measure_id="gone", anchor=anchor(extraction, index, 2), text="完工"
    )
    assert told(attach_progress(extraction, [unknown])) == [[], ["完工"]]


def test_a_report_whose_measure_is_gone_is_a_finding(extraction: Extraction) -> None:
    lost = ProgressReport(doc_id="another", measure_id=measure_id(extraction, 2), text="开工", shown="某措施")
    found = attach_progress(extraction, [lost])
    assert (told(found), codes(extraction, found)) == ([[], []], ["decisions.stale"])
    assert "a report of the log on '某措施'" in found.findings[-1].message


def test_reports_are_kept_in_order_until_one_is_withdrawn(extraction: Extraction) -> None:
    def report(text: str, **more: object) -> ProgressReport:
        return ProgressReport(doc_id=extraction.doc_id, measure_id=measure_id(extraction, 1), text=text, **more)

    assert told(attach_progress(extraction, [report("一"), report("二")])) == [["一", "二"], []]
    assert told(attach_progress(extraction, [report("一"), report("", is_withdrawn=True), report("二")])) == [
        ["二"],
        [],
    ]
    published = [report("报告", source_doc_id="p"), report("一"), report("", is_withdrawn=True)]
    assert told(attach_progress(extraction, published)) == [["报告"], []], "what is published stays"


def link(decision: str, said: str, at: Anchor | None, name: str = "log1") -> Decision:
    return Decision(decision_id=name, at="", kind="link", decision=decision, shown=f"“{said}”", anchor=at)


def doubtful(extraction: Extraction, index: RowIndex, **more: object) -> ProgressReport:
    said = {"file": "report.xlsx", "reasons": ("similar",), "text": "在建", "source_doc_id": "p"} | more
    return ProgressReport(
        doc_id=extraction.doc_id,
        measure_id=measure_id(extraction, 2),
        anchor=anchor(extraction, index, 2),
        is_doubtful=True,
        **said,
    )


def test_a_doubtful_report_is_asked_about_and_not_told(extraction: Extraction, index: RowIndex) -> None:
    found = attach_progress(extraction, [doubtful(extraction, index)])
    assert (told(found), codes(extraction, found)) == ([[], []], [DOUBTFUL_LINK])
    assert (found.findings[-1].measure_id, found.findings[-1].decision_id) == (measure_id(extraction, 2), None)
    assert "report.xlsx: “在建” (similar)" in found.findings[-1].message


@pytest.mark.parametrize(("decision", "texts"), [("same", ["在建"]), ("other", [])])
def test_what_a_person_says_of_a_report_holds(
    extraction: Extraction, index: RowIndex, decision: str, texts: list[str]
) -> None:
    said = link(decision, "在建", anchor(extraction, index, 2))
    assert is_same(said) is bool(texts)
    found = attach_progress(extraction, [doubtful(extraction, index)], [said])
    assert (told(found), codes(extraction, found)) == ([[], texts], [DOUBTFUL_LINK])
    assert found.findings[-1].decision_id == "log1"
    assert all(
        measure.progress[0].reasons == ("similar", "accepted") for measure in found.plans[0].tasks[1].measures if texts
    )


def test_a_row_accepted_with_the_finding_takes_its_doubtful_reports(extraction: Extraction, index: RowIndex) -> None:
    at = anchor(extraction, index, 2)
    accepted = Decision(decision_id="log1", at="", kind="accept", codes=(DOUBTFUL_LINK,), anchor=at)
    assert told(attach_progress(extraction, [doubtful(extraction, index)], [accepted])) == [[], ["在建"]]
    other = Decision(decision_id="log1", at="", kind="accept", codes=("check.odd_length",), anchor=at)
    assert told(attach_progress(extraction, [doubtful(extraction, index)], [other])) == [[], []]


def test_verdicts_are_on_one_row_and_one_report_and_the_last_holds(extraction: Extraction, index: RowIndex) -> None:
    first, second = anchor(extraction, index, 1), anchor(extraction, index, 2)
    report = doubtful(extraction, index)
    verdicts = LinkVerdicts(
        index,
        [
            link("same", "在建", first, "row"),
            link("same", "绿道", second, "words"),
            link("other", "在建", second, "before"),
            link("same", "在建", second, "last"),
            link("same", "在建", None, "nowhere"),
        ],
    )
    holding = verdicts.find(report)
    assert holding is not None
    assert holding.decision_id == "last"
    assert [decision.decision_id for decision in verdicts.list_unused()] == ["row", "words"]


def test_what_people_report_themselves_needs_no_verdict(extraction: Extraction, index: RowIndex) -> None:
    said = link("other", "在建", anchor(extraction, index, 2))
    assert LinkVerdicts(index, [said]).find(doubtful(extraction, index, source_doc_id="")) is None


def test_a_verdict_that_no_report_asks_for_is_reported(extraction: Extraction, index: RowIndex) -> None:
    found = attach_progress(extraction, [], [link("same", "在建", anchor(extraction, index, 2))])
    assert codes(extraction, found) == ["decisions.stale"]
    assert attach_progress(extraction, [], []) is extraction


def test_a_report_becomes_a_record_field_by_field() -> None:
    report = ProgressReport(
        target_seq=2, as_of="2022-06-30", period="上半年", status="进行中", value=3.0, unit="条", ratio=0.5, expected_ratio=0.6,
        text="在建", problem="资金", next_step="抓紧", boxes=((2, 1.0, 2.0, 3.0, 4.0),), source_doc_id="p", score=0.9, reasons=("similar",),
    )  # fmt: skip
    assert make_progress(report) == Progress(
        target_seq=2, as_of=date(2022, 6, 30), period="上半年", status_printed="进行中", status=None, value=3.0, unit="条", ratio=0.5,
        expected_ratio=0.6, text="在建", problem="资金", next_step="抓紧", boxes=((2, BBox(x0=1.0, top=2.0, x1=3.0, bottom=4.0)),),
        source_doc_id="p", score=0.9, reasons=("similar",),
    )  # fmt: skip
    blank = make_progress(ProgressReport(as_of="六月"))
    assert (blank.as_of, blank.period, blank.status_printed, blank.unit, blank.text) == (None,) * 5
    assert (blank.problem, blank.next_step, blank.source_doc_id, blank.boxes) == (None, None, None, ())
