"""Every command of the documentation and the READMEs works, in the order of its page."""

from __future__ import annotations

import re

import pytest

from .pages import find_pages, make_clone, read_blocks, read_commands, run_page


@pytest.mark.parametrize("page", find_pages(), ids=lambda page: page.name)
def test_commands_of_a_page_run(page, tmp_path, output):
    make_clone(tmp_path, output)
    assert (run_page(page, tmp_path) or "") == ""


def test_chinese_pages_have_commands_of_the_english_ones(root):
    """Those are run; so the Chinese ones need not be."""
    pages = [root / "README.zh.md", *(root / "docs").rglob("*.zh.md")]
    assert len(pages) > 1
    for page in pages:
        english = page.with_name(page.name.replace(".zh.md", ".md"))
        assert set(read_commands(page)) <= set(read_commands(english)), page.name
        files = [{b.title: b.code for b in read_blocks(p) if b.title} for p in (page, english)]
        assert files[0] == {**files[0], **files[1]}, page.name


def test_no_command_hides_in_another_block(root):
    """Commands stand in ``sh`` blocks, where they are run: not in indented ones, nor in fences without a language."""
    hidden = []
    for page in [*root.glob("README*.md"), *(root / "docs").rglob("*.md"), root / "notebooks" / "README.md"]:
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
        hidden += [
            f"{page.name}: {line}"
            for line in text.split("\n")
            if re.match(r"    +(\.venv/bin/)?(planextract|pip|sh|python) ", line)
        ]
    assert hidden == []


def test_blocks_that_are_not_run_say_why(root):
    reasons = [block.reason for page in (root / "docs").rglob("*.md") for block in read_blocks(page) if block.reason]
    assert all(len(reason) > 10 for reason in reasons)
