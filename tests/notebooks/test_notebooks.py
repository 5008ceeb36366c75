"""Every notebook runs from a clean output, and shows what is committed."""

from __future__ import annotations

import nbformat
import pytest
from scripts.notebooks import ROOT, clean_folder, execute, find_differences, find_notebooks

from tests.conftest import NOTICE

FONT = "NotoSansCJK"


@pytest.fixture(scope="module")
def has_font():
    from matplotlib import font_manager

    if not any(FONT in font.fname for font in font_manager.fontManager.ttflist):
        pytest.skip(f"needs {FONT} (fonts-noto-cjk), with which the committed figures were drawn")


@pytest.mark.parametrize("path", find_notebooks(), ids=lambda path: path.stem)
def test_notebook_shows_what_is_committed(path, has_font):
    committed = nbformat.read(path, as_version=4)
    with clean_folder() as folder:
        fresh = execute(path, folder)
    assert find_differences(committed, fresh) == [], "run: .venv/bin/python -m scripts.notebooks"


@pytest.mark.parametrize("path", find_notebooks(), ids=lambda path: path.stem)
def test_notebook_names_no_machine(path):
    text = path.read_text(encoding="utf-8")
    assert not [word for word in (str(ROOT), "/tmp/", "/home/", "/root/", " at 0x", "Warning") if word in text]


def test_a_stale_notebook_is_found():
    path = find_notebooks()[0]
    committed = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    shown = next(o for cell in fresh.cells for o in cell.get("outputs", []) if "text/html" in o.get("data", {}))
    shown["data"]["text/html"] = shown["data"]["text/html"].replace("106", "105")
    assert len(find_differences(committed, fresh)) == 1


def test_the_example_says_what_the_notice_says(extraction):
    """examples/xicheng-2021.pdf is made from raw/ and must not fall behind it."""
    import planextract

    read = planextract.extract_file(ROOT / "examples" / "xicheng-2021.pdf")
    texts = [[m.text for p in e.plans for t in p.tasks for m in t.measures] for e in (read, extraction)]
    assert NOTICE.is_file()
    assert texts[0] == texts[1]
