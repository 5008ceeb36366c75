"""Reads the code blocks of a page, and runs them as a reader would, in a folder like a fresh clone.

A block marked ``sh`` is run by the shell. One with a title (``json title="floors.json"``) is a file that the reader saves;
a ``python`` block without one is run too. A block that cannot be run says so, with the reason, in the line above:
``<!-- not run: serves a page until it is stopped -->``; with ``not run, 'agencies serve':`` only the lines with these words.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

_BLOCK = re.compile(
    r"^(?:<!-- not run(?:, '(?P<line>[^'\n]+)')?: (?P<reason>[^\n]+?) -->\n)?"
    r"```(?P<language>\w+)(?P<rest>[^\n]*)\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_TITLE = re.compile(r'title="([^"/]+)"')
SECOND_YEAR = ROOT / "tests" / "benchmark" / "xicheng-2022" / "plan.txt"


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: what it is, and why it is not run, if so."""

    language: str
    code: str
    title: str | None
    reason: str | None


def find_pages() -> list[Path]:
    """Return every page with commands for users; a .zh.md page has commands of its English one."""
    pages = [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "notebooks" / "README.md",
        *(page for page in (ROOT / "docs").rglob("*.md") if not page.name.endswith(".zh.md")),
    ]
    return sorted(page for page in pages if any(_is_run(block) for block in read_blocks(page)))


def read_blocks(page: Path) -> list[Block]:
    blocks = []
    for match in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        title = _TITLE.search(match["rest"])
        code, reason = match["code"], match["reason"]
        if match["line"]:
            assert match["line"] in code, f"{page.name}: no line holds '{match['line']}'"
            code = "".join(line for line in code.splitlines(keepends=True) if match["line"] not in line)
            reason = None
        blocks.append(Block(match["language"], code, title and title[1], reason))
    return blocks


def _is_run(block: Block) -> bool:
    return block.reason is None and (block.language == "sh" or (block.language == "python" and block.title is None))


def read_commands(page: Path) -> list[str]:
    """Return the command lines of a page, without their comments."""
    lines = [line for block in read_blocks(page) if block.language == "sh" for line in block.code.splitlines()]
    return [re.sub(r"\s+#.*", "", line) for line in lines]


def make_clone(folder: Path, output: Path) -> None:
    """Make a folder like a clone that is set up, with the plans and outputs that the pages take for granted."""
    for name in ("raw", "examples", "tests"):
        (folder / name).symlink_to(ROOT / name)
    (folder / ".venv").symlink_to(Path(sys.prefix))
    for name in ("dictionaries", "scripts"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "scripts" / "setup").write_text("# it is set up\n")
    (folder / "my-plans").mkdir()
    (folder / "my-plans" / "plan-2022.txt").write_text(
        _make_open_names(SECOND_YEAR.read_text("utf-8")), encoding="utf-8"
    )
    shutil.copytree(output, folder / "output")


def _make_open_names(text: str) -> str:
    """Return a plan with names that nothing links: the ones that the pages decide on."""
    for known, odd in (("区财政局", "区财物局"), ("区商务局", "区数据局"), ("区应急管理局", "待定")):
        at = text.index("\t" + known) + 1
        text = text[:at] + odd + text[at + len(known) :]
    return text


def run_page(page: Path, folder: Path) -> str | None:
    """Run a page's blocks in order; return what went wrong, or None."""
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONIOENCODING": "utf-8",
        "NO_COLOR": "1",
        "MPLBACKEND": "Agg",
        "LC_ALL": "C.UTF-8",
    }
    for block in read_blocks(page):
        if block.title is not None:
            (folder / block.title).write_text(block.code, encoding="utf-8")
        if not _is_run(block):
            continue
        command = ["sh", "-ex", "-c", block.code] if block.language == "sh" else [sys.executable, "-c", block.code]
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        if done.returncode != 0:
            return f"exit code {done.returncode} of\n{block.code}\n{done.stdout[-1500:]}\n{done.stderr[-2500:]}"
    return None
