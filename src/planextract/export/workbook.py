"""The Excel workbook: contents, a sheet a plan, sheets of the tables, the meaning of the columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planextract.errors import UsageError
from planextract.export.formats import Formats
from planextract.export.layout import STANDARD_FONT, text_height
from planextract.export.plan_grid import PlanGrid, PlanRows, make_grid
from planextract.export.plan_sheet import PlanHead, draw_plan
from planextract.export.registry import WriteOptions, Written
from planextract.export.sheet_names import SheetNames
from planextract.export.source import ExportSource
from planextract.export.spreadsheet_text import guard, show_controls
from planextract.export.table_sheets import TableSheets
from planextract.export.target import CREATOR
from planextract.phrases import Phrase

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

Row = Mapping[str, Any]
MAX_PLANS = 250
_READ = ("documents", "plans", "tasks", "measures", "responsibilities", "cells", "findings")
_CONTENTS = ("序号", "计划", "文件", "发文字号", "成文日期", "任务数", "措施数", "待核")
_NOTES = (
    "每个计划一张表：按原表头、原栏目还原，跨页断行、合并单元格、换行的单位名称已接好；可直接打印（A4横向，每页重复表头）。",
    "浅黄色底纹：机器对该处没有把握，请按批注所述对照原文核对；（已隐去）：该处是人名或电话，输出中不保留。批注“原文：…”：该处按单位名录或表头词典作了校正，批注是原文的写法。",
    "其后各表（documents、measures …）是同一结果的数据表，供统计分析，各列含义见 columns 表；列表以 JSON 书写。",
    "以 = + - @ 等开头、会被电子表格当作公式执行的文字，前面加了一个撇号（'）。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlanPage:
    """A plan with everything its sheet and its line in the contents need."""

    plan: Row
    document: Row
    grid: PlanGrid
    review_count: int


def write_workbook(source: ExportSource, path: Path, options: WriteOptions) -> Written:
    """Write the workbook.

    The same tables give the same bytes: no clock is read.

    Raises:
        UsageError: If the output holds more plans than a workbook is good for.
    """
    import xlsxwriter

    pages = _sort(list(_make_pages(source)))
    workbook: Workbook = xlsxwriter.Workbook(
        str(path),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
            "default_date_format": "yyyy-mm-dd",
            "default_format_properties": STANDARD_FONT,
        },
    )
    days = [page.document["issued_on"] for page in pages if isinstance(page.document["issued_on"], date)]
    made = max(days, default=date(2000, 1, 1))
    workbook.set_properties(
        {
            "title": show_controls(str(pages[0].document["title"] or pages[0].plan["title"]))[:200]
            if pages
            else CREATOR,
            "author": CREATOR,
            "created": datetime(made.year, made.month, made.day, tzinfo=UTC).replace(tzinfo=None),
        }
    )
    names, formats = SheetNames(), Formats(workbook)
    contents = workbook.add_worksheet(names.take("目录"))
    titles = []
    for number, page in enumerate(pages, start=1):
        titles.append(names.take(f"{number} {page.plan['title'] or page.document['source_path']}"))
        sheet = workbook.add_worksheet(titles[-1])
        draw_plan(sheet, page.grid, _make_head(page), formats, is_exact=options.is_exact)
    _draw_contents(contents, pages, titles, formats)
    if options.plans_only:
        workbook.close()
        return Written(rows={}, plan_sheets=len(pages))
    tables = TableSheets(workbook, names, formats, is_exact=options.is_exact)
    rows = {table.name: tables.add(source, table) for table in source.tables}
    tables.add_long_texts()
    tables.add_columns(source.tables)
    workbook.close()
    return Written(rows=rows, plan_sheets=len(pages))


def _make_pages(source: ExportSource) -> Iterator[_PlanPage]:
    count = 0
    for doc_id in source.doc_ids:
        rows = {table: source.read_document(table, doc_id) for table in _READ}
        agencies: dict[str, list[Row]] = {}
        for row in rows["responsibilities"]:
            agencies.setdefault(row["measure_id"], []).append(row)
        findings: dict[str, list[Row]] = {}
        for row in rows["findings"]:
            if row["measure_id"] is not None:
                findings.setdefault(row["measure_id"], []).append(row)
        for plan in rows["plans"]:
            count += 1
            if count > MAX_PLANS:
                raise UsageError(
                    "export.too_many_plans",
                    Phrase("a workbook holds {max_plans} plans at most", max_plans=MAX_PLANS),
                    advice="Choose some with --document, or use --format csv or duckdb.",
                )
            tasks = [row for row in rows["tasks"] if row["plan_id"] == plan["plan_id"]]
            measures = [row for row in rows["measures"] if row["plan_id"] == plan["plan_id"]]
            parts = PlanRows(
                columns=plan["columns"],
                tasks=tasks,
                measures=measures,
                agencies=agencies,
                cells=find_plan_cells(rows["cells"], tasks),
                findings=findings,
            )
            yield _PlanPage(
                plan=plan,
                document=rows["documents"][0],
                grid=make_grid(parts),
                review_count=sum(bool(measure["needs_review"]) for measure in measures),
            )


def find_plan_cells(cells: list[dict[str, Any]], tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the cells of the fragments from a plan's first to its last; header cells stand in the first one."""
    own = {task["task_id"] for task in tasks}
    fragments = [cell["table_no"] for cell in cells if cell["task_id"] in own]
    if not fragments:
        return []
    first, last = min(fragments), max(fragments)
    headers = [cell["table_no"] for cell in cells if cell["column"] == "header" and cell["table_no"] <= first]
    opening = max(headers, default=first)
    return [
        cell
        for cell in cells
        if (cell["table_no"] == opening if cell["column"] == "header" else first <= cell["table_no"] <= last)
    ]


def _sort(pages: list[_PlanPage]) -> list[_PlanPage]:
    return sorted(pages, key=lambda p: (p.document["source_path"], p.document["doc_id"], p.plan["plan_no"]))


def _make_head(page: _PlanPage) -> PlanHead:
    number = page.plan["attachment_no"]
    day = page.document["issued_on"]
    parts = [
        page.document["doc_number"],
        f"附件{number}" if number is not None else None,
        f"{day.year}年{day.month}月{day.day}日" if isinstance(day, date) else None,
        f"{page.plan['task_count']}项任务，{page.plan['measure_count']}条措施",
    ]
    title = page.plan["title"] or page.document["title"] or page.document["source_path"]
    return PlanHead(title=title.replace("\n", ""), subtitle="　".join(part for part in parts if part))


def _draw_contents(sheet: Any, pages: list[_PlanPage], titles: list[str], formats: Formats) -> None:  # noqa: ANN401
    """Draw the first sheet: the plans with links, and how to read the workbook."""
    for col, width in enumerate((6, 46, 52, 20, 14, 9, 9, 9)):
        sheet.set_column(col, col, width)
    sheet.merge_range(0, 0, 0, len(_CONTENTS) - 1, "", formats.title())
    sheet.write_string(0, 0, "行动计划汇编", formats.title())
    sheet.set_row(0, 36)
    for col, label in enumerate(_CONTENTS):
        sheet.write_string(2, col, label, formats.header())
    sheet.set_row(2, 24)
    for row, (page, name) in enumerate(zip(pages, titles, strict=True), start=3):
        day = page.document["issued_on"]
        texts = (
            None,
            page.plan["title"] or name,
            (page.document["title"] or page.document["source_path"]).replace("\n", ""),
            page.document["doc_number"],
            day.isoformat() if isinstance(day, date) else None,
        )
        sheet.set_row(row, max(text_height(texts[1] or "", 46), text_height(texts[2] or "", 52)))
        sheet.write_number(row, 0, row - 2, formats.listed(is_centered=True))
        for col in range(1, 5):
            text = show_controls(guard(texts[col] or ""))[:2000]
            style = formats.listed(is_centered=col > 2, is_link=col == 1)
            if col == 1:
                quoted = name.replace("'", "''")
                sheet.write_url(row, col, f"internal:'{quoted}'!A1", style, text[:255])
            else:
                sheet.write_string(row, col, text, style)
        for col, number in enumerate((page.plan["task_count"], page.plan["measure_count"], page.review_count), start=5):
            sheet.write_number(row, col, number, formats.listed(is_centered=True, is_review=col == 7 and number > 0))
    start = len(pages) + 4
    for row, note in enumerate(_NOTES, start=start):
        sheet.merge_range(row, 0, row, len(_CONTENTS) - 1, "", formats.note())
        sheet.write_string(row, 0, note, formats.note())
        sheet.set_row(row, 32 if len(note) > 72 else 18)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_footer('&C&"宋体,常规"&9第 &P 页，共 &N 页')
    sheet.hide_gridlines(2)
