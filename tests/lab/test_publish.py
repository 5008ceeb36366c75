"""The benchmark of cut rows, as others get it: its scorer, and what is written."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.lab import PRODUCERS, find_missing
from tests.lab.bench.score import rows_of, score_document, share
from tests.lab.publish import publish

TRUTH = {
    "cells": {
        "1": [[[0, 0, 1, 1, "任务"], [0, 1, 1, 1, "措施"], [1, 0, 1, 1, "治水"], [1, 1, 1, 1, "完成河道清淤"]]],
        "2": [[[0, 0, 1, 1, ""], [0, 1, 1, 1, "十公里。"], [1, 0, 1, 1, ""], [1, 1, 1, 1, "新建泵站两座。"]]],
    },
    "plans": [
        {
            "tasks": [
                {
                    "measures": [
                        {
                            "text": "完成河道清淤十公里。",
                            "pages": [1, 2],
                            "values": {"lead": {"texts": ["区水务局", "区财政局"]}},
                        },
                        {"text": "新建泵站两座。", "pages": [2], "values": {"lead": {"texts": ["区水务局"]}}},
                    ]
                }
            ]
        }
    ],
}
TABLES = [
    {
        "page": 1,
        "cells": [[0, 0, 1, 1, "任务"], [0, 1, 1, 1, "措施"], [1, 0, 1, 1, "治水"], [1, 1, 1, 1, "完成河道\n清淤"]],
    },
    {
        "page": 2,
        "cells": [[0, 0, 1, 1, ""], [0, 1, 1, 1, "十公里。"], [1, 0, 1, 1, ""], [1, 1, 1, 1, "新建泵站两座。"]],
    },
]


def shares(answer):
    found = score_document(TRUTH, answer)
    return {name: share(found, name) for name in ("cells exact", "rows whole", "cut rows whole", "rows complete")}


def test_whole_rows_with_their_values_are_complete_whatever_parts_the_names():
    rows = [["治水", "完成河道清淤 十公里。", "区水务局\n区财政局"], ["治水", "新建泵站两座。", "区水务局"]]
    assert shares({"tables": TABLES, "rows": rows}) == {
        "cells exact": 1.0,
        "rows whole": 1.0,
        "cut rows whole": 1.0,
        "rows complete": 1.0,
    }


def test_a_tool_that_joins_no_pages_loses_cut_rows_and_gives_pieces():
    found = score_document(TRUTH, {"tables": TABLES})
    assert (found["rows whole"], found["cut rows whole"], found["rows given"]) == (1, 0, 2)


def test_a_missing_body_makes_a_row_whole_but_not_complete():
    rows = [["完成河道清淤十公里。", "区水务局"], ["新建泵站两座。", "区水务局"]]
    assert score_document(TRUTH, {"rows": rows})["rows complete"] == 1


def test_a_row_is_counted_once_and_a_wrong_join_counts_against_the_tool():
    rows = [["新建泵站两座。"], ["新建泵站两座。"], ["完成河道清淤十公里。新建泵站两座。"]]
    found = score_document(TRUTH, {"rows": rows})
    assert (found["rows whole"], found["rows given"]) == (1, 3)


def test_a_merged_cell_stands_in_each_of_its_rows():
    cells = [[0, 0, 2, 1, "治水"], [0, 1, 1, 1, "甲"], [1, 1, 1, 1, "乙"]]
    assert rows_of([{"page": 1, "cells": cells}]) == [["治水", "甲"], ["治水", "乙"]]


def test_no_answer_counts_as_nothing_read():
    assert set(shares({}).values()) == {0.0}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    if find_missing("reportlab"):
        pytest.skip("needs a producer")
    folder = tmp_path_factory.mktemp("bench") / "cut-rows"
    seeds = [seed for seed in range(12) if _producer(seed) == "reportlab"][:2]
    publish(folder, seeds)
    return folder


def _producer(seed):
    from tests.lab import draw_options

    return draw_options(seed).producer


def test_documents_have_truth_a_licence_and_a_page(folder):
    entries = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert entries
    assert {entry["producer"] for entry in entries} <= set(PRODUCERS)
    for entry in entries:
        assert (folder / "documents" / entry["file"]).is_file()
        assert (folder / "documents" / entry["file"].replace(".pdf", ".truth.json")).is_file()
    assert "MIT" in (folder / "LICENSE").read_text(encoding="utf-8")
    page = (folder / "README.md").read_text(encoding="utf-8")
    assert "python score.py ANSWERS" in page
    assert "| planextract " in page
    assert "{" not in page.split("```")[0]


def test_the_published_scorer_runs_alone_and_tells_a_bad_answer(folder, tmp_path):
    answers = tmp_path / "answers"
    answers.mkdir()
    command = [sys.executable, "-I", str(folder / "score.py"), str(answers)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "rows whole: 0.00%" in done.stdout
    name = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))[0]["file"].replace(".pdf", ".json")
    (answers / name).write_text('{"tables": [{"page": 1}]}', encoding="utf-8")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {answers / name} is not as README.md says")
    assert "Traceback" not in done.stderr


def test_a_folder_with_other_things_is_not_touched(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(SystemExit, match="holds no benchmark"):
        publish(tmp_path, [0])
    assert (tmp_path / "thesis.docx").is_file()
