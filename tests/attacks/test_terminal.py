"""A5: whatever a document or a file name holds, no command lets it steer the terminal."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
import typer

from planextract.cli.app import app
from planextract.text.display import escape_json, show_line, show_text

from ..conftest import ROOT, run_quickly

STEERING = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 0x20), *range(0x7F, 0xA0)]))
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2028\u2029]")
TITLE = "\x1b]0;owned\x07"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A folder with a plan that prints every steering character in every column, and an output whose name has some."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = ["<tr><td>序号<td>重点任务<td>工作措施<td>完成时限<td>主责单位<td>协办单位"]
    for number, char in enumerate(STEERING + BIDI, start=1):
        cells = (
            number,
            f"任务{number}{char}名称",
            f"开展第{number}次{char}[31m巡查，完成改造{number}家。",
            f"{number % 12 + 1}月底前",
            f"区怪{char}局{number}",
            "---",
        )
        rows.append("<tr>" + "".join(f"<td>{cell}" for cell in cells))
    page = f"<html><head><meta charset=utf-8></head><body><p>北京市西城区{TITLE}\u202e2021年行动计划</p><table>{''.join(rows)}</table>"
    (folder / "in").mkdir()
    (folder / "in" / "\u202egpj\x1b[31m.html").write_text(page, encoding="utf-8")
    (folder / "in" / "bad\x1b[5m.txt").write_text("no table\x1b[31m", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def output(hostile):
    place = hostile / "out\x1b[32m\u202e"
    run_quickly("run", str(hostile / "in"), "-o", str(place), "-q")
    return place


@pytest.fixture(scope="module")
def ledger(hostile, output):
    """A ledger of the output, in a file whose name steers."""
    path = hostile / "ledger\x1b[33m.xlsx"
    run_quickly("export", str(output), "--format", "ledger", "-o", str(path))
    return path


def check(done):
    assert "Traceback" not in done.stderr
    for text in (done.stdout, done.stderr):
        assert not OBEYED.search(text), [match.group() for match in OBEYED.finditer(text)][:5]


def test_the_document_is_one_that_steers(hostile, output):
    found = "".join(path.read_text(encoding="utf-8") for path in (output / "json").iterdir())
    assert len(set(json.dumps(STEERING)) & set(found)) > 5


COMMANDS = [
    ("run", "{in}", "-o", "{out}"),
    ("run", "{in}", "-o", "{out}", "--json"),
    ("run", "{in}", "-o", "{out}", "--again", "--log-json", "-"),
    ("show", "{file}"),
    ("show", "{file}", "--findings"),
    ("show", "{file}", "--boundaries"),
    ("show", "{file}", "--task", "99999"),
    ("status", "{out}"),
    ("status", "{out}", "--json"),
    ("status", "{out}", "--verify"),
    ("report", "{out}"),
    ("report", "{out}", "--json"),
    ("diff", "{out}", "{out}"),
    ("export", "{out}", "--format", "csv", "-o", "{out}-csv"),
    ("export", "{out}", "--format", "duckdb", "--document", "\x1b[31m"),
    ("compact", "{out}", "--to", "{out}-compact"),
    ("agencies", "review", "-o", "{out}"),
    ("agencies", "review", "-o", "{out}", "--json"),
    ("agencies", "review", "{out}"),
    ("new", "{file}", "-o", "{out}-new"),
    ("run", "\x1b[31mmissing", "-o", "{out}"),
    ("compare", "{out}", "{out}"),
    ("score", "{out}", "--gold", "{file}"),
    ("review", "{out}-missing"),
    ("open", "{out}-missing"),
    ("view", "{out}", "-o", "{out}-view.html"),
    ("view", "{file}", "-o", "{out}-view.html"),
    ("explain", "{out}", "1/1/1"),
    ("explain", "{out}", "\x1b[31m"),
    ("export", "{out}", "--format", "xlsx", "-o", "{out}.xlsx"),
    ("export", "{out}", "--format", "ics", "-o", "{out}.ics"),
    ("import", "{out}", "{ledger}", "--dry-run"),
    ("import", "{out}", "{file}"),
    ("track", "{out}", "{file}"),
    ("track", "{out}", "{out}-missing"),
    ("agencies", "accept", "区怪\x1b[31m局", "区水务局\u202e"),
    ("agencies", "new", "区怪\x1b[31m局"),
    ("agencies", "ignore", "区怪\x1b[31m局\u202e"),
    ("agencies", "export", "{out}-names.csv"),
    ("agencies", "import", "{file}"),
    ("agencies", "init", "--region", "\x1b[31m"),
    ("agencies", "serve", "--region", "\x1b[31m"),
    ("schema", "--format", "\x1b[31m"),
    ("doctor",),
    ("doctor", "\x1b[31m"),
    ("\x1b[31m",),
]


def list_commands(group, path=()):
    """Yield the words of every command."""
    for name, command in group.commands.items():
        yield from list_commands(command, (*path, name)) if hasattr(command, "commands") else [(*path, name)]


def test_every_command_is_tried():
    tried = {command[: 1 + (command[0] == "agencies")] for command in COMMANDS}
    assert set(list_commands(typer.main.get_command(app))) <= tried


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_lets_a_document_steer_the_terminal(hostile, output, ledger, command, tmp_path):
    file = next(path for path in (hostile / "in").iterdir() if "gpj" in path.name)
    words = {"in": hostile / "in", "out": output, "file": file, "ledger": ledger}
    check(run_quickly(*(word.format(**words) for word in command), cwd=tmp_path))


@pytest.mark.parametrize("program", ["show", "agencies"])
def test_colours_are_ours_alone_where_there_is_a_terminal(hostile, output, program):
    """Under a real terminal rich colours its tables; the document's own codes are still shown as pictures."""
    import os
    import pty

    file = next(path for path in (hostile / "in").iterdir() if "gpj" in path.name)
    command = ["show", str(file)] if program == "show" else ["agencies", "review", "-o", str(output)]
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "200"}
    process = subprocess.Popen(
        [sys.executable, "-m", "planextract", *command],
        stdout=theirs,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
        env=environment,
    )
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    os.close(ours)
    process.wait(60)
    shown = b"".join(parts).decode("utf-8", "replace")
    assert "␛" in shown or program == "agencies"
    left = re.sub(r"\x1b\[[0-9;]*m|\r\n", "", shown)  # rich's own colours and a terminal's line ends
    assert not OBEYED.search(left), [match.group() for match in OBEYED.finditer(left)][:5]
    assert "\x1b[5m" not in shown


def test_every_character_is_shown_as_itself_or_as_a_picture():
    for code in range(0x3000):
        shown = show_text(chr(code))
        assert shown and not OBEYED.search(shown), hex(code)
        if chr(code).isprintable():
            assert shown == chr(code)
    assert show_text("a\tb\nc") == "a\tb\nc"
    assert show_line("a\nb") == "a␊b"
    assert show_text("①㎡³（中\ud800") == "①㎡³（中�"


def test_json_means_the_same_when_it_is_escaped():
    value = {"x": STEERING + BIDI + "中文\n\t"}
    text = escape_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(text) == value
    assert not OBEYED.search(text)


def test_no_command_writes_to_the_terminal_by_another_way():
    for path in (ROOT / "src" / "planextract" / "cli").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name != "terminal.py":
            assert not re.search(
                r"typer\.echo|(?<![\w.])print\(|sys\.std(?:out|err)\.write|(?<![\w_])Console\(", text
            ), path.name
