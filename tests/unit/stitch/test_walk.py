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


TEXT = """东城区2022年行动计划

序号\t重点任务\t工作措施\t完成时限\t主责单位
1\t加强绿化建设\t建设公园3个，种植树木500株。\t年底前\t区园林绿化局
2\t优化公交线路\t调整公交线路5条，新增站点20个。\t年底前\t区交通委
3\t强化城市精细化管理机\t推动历史街区节能改造项目提质升级，打造示范样板4项；依\t年底前\t区发展改革
\f
序号\t重点任务\t工作措施\t完成时限\t主责单位
3\t制\t托接诉即办平台，推动每月一题问题解决。\t\t委
4\t推进垃圾分类\t建设示范小区10个。\t年底前\t区城市管理委
"""


def test_a_number_printed_again_beside_the_rest_of_the_name_is_no_new_task_where_the_row_says_so_beyond_doubt():
    source = read_document(TEXT.encode(), "a.txt", ReadSettings())
    extraction = extract_document(source, load_dictionaries(), Overrides(), Settings())
    third = extraction.plans[0].tasks[2]
    assert [task.task_no for task in extraction.plans[0].tasks] == [1, 2, 3, 4]
    assert [(third.name, m.text.replace("\n", "")) for m in third.measures] == [
        (
            "强化城市精细化管理机制",
            "推动历史街区节能改造项目提质升级，打造示范样板4项；依托接诉即办平台，推动每月一题问题解决。",
        )
    ]
