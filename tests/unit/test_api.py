"""The public API beyond extract_file and load."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

import planextract
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
