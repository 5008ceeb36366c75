"""The public API beyond extract_file and load."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date

import numpy as np
import pytest

import planextract
from planextract.dictionaries import load_dictionaries
from planextract.errors import ConfigError, InputError, UsageError
from tests.conftest import NOTICE, ROOT

PDF = ROOT / "examples" / "xicheng-2021.pdf"
BENCHMARK = ROOT / "tests" / "benchmark"


def test_extract_all_writes_what_load_reads(tmp_path):
    summary = planextract.extract_all(NOTICE, tmp_path / "output")
    assert (summary.total("measures"), summary.failed) == (106, ())
    assert len(planextract.load(tmp_path / "output")["measures"]) == 106
    assert planextract.extract_all([str(NOTICE)], tmp_path / "output").results[0].is_fresh


def test_extract_all_quarantines(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_text("")
    shutil.copy(NOTICE, tmp_path / "in")
    summary = planextract.extract_all(tmp_path / "in", tmp_path / "output")
    assert [result.name for result in summary.failed] == ["empty.txt"]


def test_score_output_gives_metrics_and_cells(output):
    score = planextract.score_output(output, BENCHMARK / "xicheng-2021" / "gold.yaml")
    assert score["metrics"].query("scope == 'all' and name == 'row_f1'")["value"].item() == 1.0
    assert score["cells"]["is_right"].all()


def test_compare_years_gives_links_and_shifts(output):
    years = planextract.compare_years(output, BENCHMARK / "xicheng-2022" / "plan.txt")
    assert set(years) == {"tasks", "measures", "shifts"}
    assert set(years["measures"]["kind"]) == {"kept", "reworded", "new", "dropped", "split", "merged"}


def test_pages_are_drawn_and_cropped():
    bare = planextract.draw_page(PDF, 3, steps=(), dpi=50)
    drawn = planextract.draw_page(PDF, 3, dpi=50)
    assert bare.size == drawn.size
    assert bare.tobytes() != drawn.tobytes()
    labelled = np.asarray(planextract.draw_page(PDF, 3, steps=("cells",), dpi=110))
    plain = np.asarray(planextract.draw_page(PDF, 3, steps=(), dpi=110))
    words = np.s_[240:270, 150:210]  # 目标任务, in the corner of its cell
    assert (labelled[words][plain[words].max(axis=2) < 100] < 100).all(), "a cell's number hides no character"
    strip = planextract.crop_page(PDF, 3, [(100, 100, 300, 150)], marked=[(100, 100, 300, 150)], dpi=72)
    assert 70 <= strip.height <= 80


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: planextract.draw_page(PDF, 99), UsageError, "no page 99"),
        (lambda: planextract.draw_page(PDF, 1, steps=["roof"]), UsageError, "no step 'roof'"),
        (lambda: planextract.draw_page("nowhere.pdf", 1), UsageError, "no such file"),
        (lambda: planextract.draw_page(NOTICE, 1), InputError, "only pages of a PDF"),
        (lambda: planextract.crop_page(PDF, 3, []), UsageError, "no box"),
        (lambda: planextract.crop_page(PDF, 99, [(0, 0, 9, 9)]), InputError, "no such page"),
    ],
    ids=["page", "step", "file", "text", "boxes", "crop page"],
)
def test_wrong_calls_say_what_is_wrong(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_the_chinese_font_has_its_characters():
    from matplotlib import font_manager, ft2font

    from planextract.figures import use_chinese_style

    name = use_chinese_style()
    chosen = font_manager.findfont(name, fallback_to_default=False)
    characters = ft2font.FT2Font(chosen).get_charmap()
    assert [char for char in "牵头单位年底前㎡①" if ord(char) not in characters] == []


def test_a_machine_without_chinese_fonts_is_told(monkeypatch):
    from matplotlib import font_manager

    from planextract import figures

    monkeypatch.setattr(figures, "CHINESE_FONTS", ("No Such Font",))
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    with pytest.raises(ConfigError, match="apt install fonts-noto-cjk"):
        figures.use_chinese_style()


def test_figures_without_matplotlib_name_the_extra(monkeypatch):
    from planextract import figures

    monkeypatch.setattr(figures, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"planextract\[notebooks\]"):
        figures.use_chinese_style()


def test_import_stays_light():
    script = (
        "import sys, planextract; "
        "print([m for m in ('pandas', 'pyarrow', 'numpy', 'PIL', 'matplotlib', 'jieba') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_extracted_document_shows_itself_briefly(extraction):
    assert repr(extraction) == f"<ExtractedDocument {NOTICE.name}: 3 plans, 61 tasks, 106 measures, 3 to check>"
    html = extraction._repr_html_()
    assert len(html) < 30_000
    assert html.count("<tr>") == 21
    assert "<script" not in html


def test_an_extracted_document_gives_measures_and_finds_them(extraction):
    assert len(extraction.measures) == 106
    assert len(extraction.find(needs_review=True)) == 3
    assert all("扬尘" in m.text or "扬尘" in "".join(extraction.find("扬尘")[0].text) for m in extraction.find("扬尘"))
    bodies = extraction.find(agency="区教委")
    assert bodies
    assert all(any(r.label == "区教委" for r in m.responsibilities) for m in bodies)
    assert len(extraction.find(due_by=date(2021, 10, 1))) < 106


def test_an_extracted_document_has_the_tables_of_load(extraction, output):
    read, made = planextract.load(output), extraction.tables
    assert list(made) == list(read)
    for name in ("plans", "tasks", "measures", "responsibilities", "cells", "agencies"):
        assert made[name].equals(read[name]), name


def test_list_columns_can_be_compared_and_counted(output):
    tables = planextract.load(output)
    for name in ("documents", "plans", "measures"):
        assert not tables[name].duplicated().any()
    assert isinstance(tables["measures"]["pages"].iloc[0], tuple)
    assert tables["plans"]["columns"].iloc[0][0]["role"] == "task_no"


def test_several_outputs_are_loaded_as_one(output, tmp_path):
    planextract.extract_all(BENCHMARK / "xicheng-2022" / "plan.txt", tmp_path / "other")
    one, other = planextract.load(output), planextract.load(tmp_path / "other")
    both = planextract.load(output, tmp_path / "other", output)
    assert len(both["measures"]) == len(one["measures"]) + len(other["measures"])
    assert both["agencies"]["agency_id"].is_unique
    with pytest.raises(UsageError, match="no output folder"):
        planextract.load()


def test_extract_file_takes_dictionaries_of_ones_own(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "columns.yaml").write_text(
        "roles:\n  measure: [干什么事]\n  responsible: [哪家管]\n", encoding="utf-8"
    )
    plan = tmp_path / "plan.txt"
    plan.write_text(
        "附件1\n2021年行动计划\n序号\t干什么事\t哪家管\n1\t修路。\t区教委\n2\t修桥。\t区教委\n", encoding="utf-8"
    )
    made = planextract.extract_file(plan, dictionaries=tmp_path / "own")
    assert [measure.text for measure in made.measures] == ["修路。", "修桥。"]


def test_the_year_of_a_plan_that_prints_none_is_given(tmp_path):
    plan = tmp_path / "plan.txt"
    plan.write_text(
        "任务分解表\n序号\t工作措施\t完成时限\t责任单位\n1\t修路。\t6月底前\t区教委\n2\t修桥。\t年底前\t区教委\n",
        "utf-8",
    )
    assert [m.deadline.end for m in planextract.extract_file(plan, year=2023).measures] == [
        date(2023, 6, 30),
        date(2023, 12, 31),
    ]
    planextract.extract_all(plan, tmp_path / "out", year=2023)
    assert str(planextract.load(tmp_path / "out")["measures"]["deadline_end"].max()) == "2023-12-31"
    with pytest.raises(ConfigError, match="1949 to 2100"):
        planextract.extract_file(plan, year=23)


@pytest.mark.parametrize("wrong", [{"region": "成都市武侯"}, {"dictionaries": "nowhere"}])
def test_a_region_or_folder_that_is_none_is_said(notice, wrong):
    with pytest.raises(UsageError):
        planextract.extract_file(notice, **wrong)


def test_dictionaries_are_loaded_once_however_they_are_asked_for():
    assert load_dictionaries() is load_dictionaries(None) is load_dictionaries(())


def test_a_script_over_the_whole_api_has_strict_types(tmp_path, root):
    script, wrong = tmp_path / "user.py", tmp_path / "wrong.py"
    shutil.copy(root / "tests" / "data" / "typed_user.txt", script)
    wrong.write_text("import planextract\nnumber: int = planextract.extract_file('a')\n", encoding="utf-8")
    kept = root / ".mypy_cache" / "strict"  # mypy knows by hash what of it is still true
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(kept)]
    done = subprocess.run([*command, script, wrong], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "wrong.py:2" in done.stdout, "the types are seen"
    assert "user.py" not in done.stdout, done.stdout
    named = set(re.findall(r"planextract\.(\w+)\(", script.read_text(encoding="utf-8")))
    assert named == {name for name in planextract.__all__ if not name.startswith("_")}
