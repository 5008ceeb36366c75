"""Fragments whose columns stand in another order are laid under those of the table that they continue."""

from __future__ import annotations

import io

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.model.decision import Overrides
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import ReadSettings, Settings

PAGE = """<p>附件1</p><p>东城区2022年行动计划</p>
<table><tr><td>序号</td><td></td><td>重点任务</td><td>工作措施</td><td>主责单位</td></tr>
<tr><td>1</td><td></td><td>绿化</td><td>建设公园3个。</td><td>区园林绿化局</td></tr></table><p></p>
<table><tr><td>序号</td><td>重点任务</td><td>工作措施</td><td></td><td>主责单位</td></tr>
<tr><td>2</td><td>清洁</td><td colspan="2">清洗道路5条。</td><td>区城市管理委</td></tr></table>"""


def test_a_spanning_cell_stays_in_its_column_when_columns_change_places():
    source = read_document(f"<html><body>{PAGE}</body></html>".encode(), "a.html", ReadSettings())
    extraction = extract_document(source, load_dictionaries(), Overrides(), Settings())
    (plan,) = extraction.plans
    assert [(task.name, [m.text for m in task.measures]) for task in plan.tasks] == [
        ("绿化", ["建设公园3个。"]),
        ("清洁", ["清洗道路5条。"]),
    ]


NAMES = ("加强城市绿化建设管理", "强化城市绿化建设管理", "推进老旧小区改造", "推进老旧小区改造工程")
"""Alike, one in another: without numbers beside them, only the rows themselves tell them apart."""

HEADER = ("重点任务", "具体措施", "责任单位", "完成时限")


def _rows():
    return [HEADER, *((name, f"完成第{n}批任务{n}0项。", "区园林绿化局", "年底前") for n, name in enumerate(NAMES, 1))]


def _as_html():
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in _rows())
    return f"<html><body><table>{rows}</table></body></html>".encode()


def _as_docx():
    import docx

    document, stream = docx.Document(), io.BytesIO()
    table = document.add_table(0, len(HEADER))
    for row in _rows():
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(stream)
    return stream.getvalue()


def _as_xlsx():
    import openpyxl

    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in _rows():
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def _as_csv():
    return "\n".join(",".join(row) for row in _rows()).encode()


@pytest.mark.parametrize(
    ("name", "make"), [("a.html", _as_html), ("a.docx", _as_docx), ("a.xlsx", _as_xlsx), ("a.csv", _as_csv)]
)
def test_two_rows_of_a_document_with_rows_of_its_own_are_never_one_task_because_their_names_are_alike(name, make):
    source = read_document(make(), name, ReadSettings())
    extraction = extract_document(source, load_dictionaries(), Overrides(), Settings())
    assert [task.name for plan in extraction.plans for task in plan.tasks] == list(NAMES)
