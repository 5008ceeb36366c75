"""Fragments whose columns stand in another order are laid under those of the table that they continue."""

from __future__ import annotations

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
