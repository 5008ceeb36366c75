"""The lab's plans as Word, web page and OFD: the same truth, read by the other readers.

``python -m tests.lab.formats --seeds 0:100`` writes each plan in every format, reads it and compares measure by
measure. Word and web pages hold the logical tables, without pages. OFD is the printed document: characters and rules
of its PDF, page by page, with every cut row; the PDF itself is scored beside it, for what the two have in common.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from planextract.errors import PlanExtractError
from planextract.model.decision import Overrides
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import Settings
from tests.formats.makers import make_docx, make_html, make_site_page
from tests.formats.notice import Cell, Content, Table
from tests.formats.ofd_from_pdf import make_ofd_of_pdf
from tests.lab.by_libreoffice import make_docx as make_lab_docx
from tests.lab.model import LabCell, LabPlan, LabTable, LabText, plain
from tests.lab.options import draw_options
from tests.lab.placement import LabError
from tests.lab.plans import make_plan
from tests.lab.score import Score, _compare_measure, _compare_names, _compare_task, _load_dictionaries
from tests.lab.typeset import find_truth, typeset

FORMATS = ("docx", "docx_lab", "html", "site", "ofd", "pdf")


def make_content(plan: LabPlan) -> Content:
    """Return a plan as the neutral content that the makers of formats write."""
    content = Content()
    for block in plan.blocks:
        content.blocks.append(plain(block.text) if isinstance(block, LabText) else _make_table(block))
    return content


def _make_table(table: LabTable) -> Table:
    rows: list[list[Cell | None]] = [[None] * len(table.columns) for _ in range(table.header_rows + len(table.rows))]
    for offset, cells in ((0, table.header), (table.header_rows, table.cells)):
        for cell in cells:
            rows[offset + cell.row][cell.col] = _make_cell(cell, table, is_header=offset == 0 and table.header_rows > 0)
    return Table(rows=tuple(map(tuple, rows)))


def _make_cell(cell: LabCell, table: LabTable, *, is_header: bool) -> Cell:
    role = table.columns[cell.col][0]
    return Cell(
        lines=tuple(plain(p) for p in cell.paragraphs if p.strip()),
        row_span=cell.row_span,
        col_span=cell.col_span,
        is_list=not is_header and role in ("lead", "responsible", "support"),
    )


def write_format(plan: LabPlan, kind: str) -> tuple[bytes, str]:
    """Return a plan in a format, and a file name.

    Raises:
        LabError: If the PDF behind an OFD is not sound.
    """
    content = make_content(plan)
    if kind == "docx":
        return make_docx(content), "plan.docx"
    if kind == "docx_lab":
        return make_lab_docx(plan), "plan.docx"
    if kind == "html":
        return make_html(content).encode("utf-8"), "plan.html"
    if kind == "site":
        return make_site_page(content, {"索引号": "1", "发布日期": "2024-01-01", "有效性": "有效"}).encode(
            "gb18030"
        ), "plan.html"
    pdf = typeset(plan, "reportlab")
    find_truth(plan, pdf)
    return (pdf, "plan.pdf") if kind == "pdf" else (make_ofd_of_pdf(pdf), "plan.ofd")


def score_format(plan: LabPlan, kind: str) -> Score:
    """Write, read and compare one plan; pages are a matter of the format and are not compared."""
    return score_bytes(plan, *write_format(plan, kind))


def score_bytes(plan: LabPlan, data: bytes, name: str) -> Score:
    """Read and compare one plan that was written somehow."""
    score = Score(documents=1)
    try:
        extraction = extract_document(
            read_document(data, name, Settings().read), _load_dictionaries(), Overrides(), Settings()
        )
    except PlanExtractError as error:
        score.failed = 1
        score.measures = sum(len(task.measures) for tasks in plan.tasks for task in tasks)
        score.differences.append(("failed", None, str(error)))
        return score
    for number, tasks in enumerate(plan.tasks):
        read = extraction.plans[number].tasks if number < len(extraction.plans) else ()
        got = [(task, measure) for task in read for measure in task.measures]
        wanted = [(task, measure) for task in tasks for measure in task.measures]
        if len(got) != len(wanted):
            score.measures += max(0, len(got) - len(wanted))  # invented ones are wrong ones
            score.differences.append(("measures", None, f"plan {number + 1}: {len(got)} measures, not {len(wanted)}"))
        for order, (task, want) in enumerate(wanted):
            score.measures += 1
            near = [i for i, (_, measure) in enumerate(got) if measure.text[:12] == want.text[:12]]
            if near:
                found_task, found = got[min(near, key=lambda i: abs(i - order))]
                problems = [*_compare_task(found_task, task), *_compare_measure(found, want, found.pages)]
                problems += _compare_names(score, found, plan)
            else:
                problems = [f"lost: {want.text[:30]}"]
            score.measures_exact += not problems
            score.differences.extend(("measures", None, f"{number + 1}/{task.task_no}: {p}") for p in problems)
    return score


def score_seed(seed: int, kinds: tuple[str, ...]) -> list[tuple[int, str, Score | None]]:
    """Score one seed in several formats; None where the lab itself failed."""
    plan = make_plan(seed, draw_options(seed, "reportlab"))
    results: list[tuple[int, str, Score | None]] = []
    for kind in kinds:
        try:
            results.append((seed, kind, score_format(plan, kind)))
        except LabError:
            results.append((seed, kind, None))
    return results


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.lab.formats", description=__doc__)
    parser.add_argument("--seeds", default="0:20", help="first:last (last not included)")
    parser.add_argument("--format", choices=FORMATS, action="append", help="only these")
    parser.add_argument("--show", type=int, default=3, help="differences to show a document")
    options = parser.parse_args()
    first, last = map(int, options.seeds.split(":"))
    totals = {kind: Score() for kind in options.format or FORMATS}
    with ProcessPoolExecutor(2) as pool:
        for results in pool.map(partial(score_seed, kinds=tuple(totals)), range(first, last), chunksize=2):
            for seed, kind, score in results:
                if score is None:
                    continue
                totals[kind].add(score)
                for line in _describe(seed, kind, score, options.show):
                    print(line)
    for kind, total in totals.items():
        share = total.measures_exact / total.measures if total.measures else 0.0
        print(
            f"{kind}: {total.documents} documents, {total.measures} measures, {share:.3%} exact, {total.failed} failed"
        )


def _describe(seed: int, kind: str, score: Score, count: int) -> Iterator[str]:
    for _, _, message in score.differences[:count]:
        yield f"{seed} {kind}: {message[:200]}"


if __name__ == "__main__":
    main()
