"""Calendars and chunks: read by libraries that are not ours, every citation resolved."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import planextract
from planextract.export import export_output
from planextract.export.command import default_target

from ..conftest import run_cli


def test_a_calendar_is_read_by_another_library(output, tmp_path):
    icalendar = pytest.importorskip("icalendar")
    path = tmp_path / "a.ics"
    run_cli("export", str(output), "-f", "ics", "-o", str(path), check=True)
    data = path.read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    todos = {str(item["UID"]): item for item in icalendar.Calendar.from_ical(data).walk("VTODO")}
    tables = planextract.load(output)
    dated = tables["measures"][tables["measures"].deadline_end.notna()].set_index("measure_id")
    bodies = tables["responsibilities"].groupby("measure_id").agency_label.agg(lambda names: list(dict.fromkeys(names)))
    assert set(todos) == {f"{key.replace('/', '-')}@planextract" for key in dated.index}
    for key, measure in dated.iterrows():
        todo = todos[f"{key.replace('/', '-')}@planextract"]
        assert todo["DUE"].dt == measure.deadline_end
        assert str(todo["DESCRIPTION"]).startswith(measure.text)
        assert [str(name) for name in todo["CATEGORIES"].cats] == bodies[key]
    assert not icalendar.Calendar.from_ical(data).errors


def test_a_calendar_in_plain_lines(output, tmp_path):
    path = tmp_path / "a.ics"
    export_output(str(output), "ics", path)
    lines = path.read_bytes().decode("utf-8").replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert lines.count("BEGIN:VTODO") == sum(line.startswith("DUE;VALUE=DATE:2021") for line in lines) > 50


def test_every_citation_of_a_chunk_is_found(output, tmp_path):
    path = tmp_path / "a.jsonl"
    export_output(str(output), "chunks", path)
    chunks = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    tables = planextract.load(output)
    measures, cells = tables["measures"].set_index("measure_id"), tables["cells"].set_index("cell_id")
    assert [chunk["id"] for chunk in chunks] == list(measures.index)
    for chunk in chunks:
        measure = measures.loc[chunk["metadata"]["citation"]]
        assert f"工作措施：{measure.text}" in chunk["text"]
        places = chunk["metadata"]["places"]
        assert places
        assert {place["page"] for place in places} == set(measure.pages)
        assert all(cells.loc[place["cell_id"]].page == place["page"] for place in places)
        assert any(cells.loc[place["cell_id"]].column == "measure" for place in places)
    assert len(pd.read_json(path, lines=True)) == len(chunks)


def test_exports_of_two_outputs_of_one_name_do_not_meet(tmp_path):
    assert default_target("a/output", "xlsx") == Path("a/output.xlsx")
    assert default_target("b/output/", "chunks") == Path("b/output-chunks.jsonl")
    assert default_target("s3://bucket/output", "csv") == Path("output-csv")
