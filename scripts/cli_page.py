"""The page of the command reference: every command with its help, from the command tree itself.

mkdocs makes it through scripts/docs_hooks.py; to see it: .venv/bin/python -m scripts.cli_page
"""

from __future__ import annotations

import os
import sys

import click
import typer

from planextract.cli.app import app
from planextract.errors import (
    EXIT_CONFIG,
    EXIT_GATE,
    EXIT_INPUT,
    EXIT_INTERNAL,
    EXIT_INTERRUPTED,
    EXIT_OK,
    EXIT_OUTPUT,
    EXIT_USAGE,
)

_WIDTH = 88
_CODES = (
    (EXIT_OK, "done"),
    (EXIT_GATE, "a floor or gate of a report is broken"),
    (EXIT_USAGE, "wrong usage"),
    (EXIT_INPUT, "some input was quarantined; the others are done"),
    (EXIT_OUTPUT, "the output cannot be written or read"),
    (EXIT_CONFIG, "a settings, dictionary or override file is wrong"),
    (EXIT_INTERNAL, "a defect of planextract; please report it"),
    (EXIT_INTERRUPTED, "stopped before the end; the same command goes on"),
)


def make_cli_page() -> str:
    """Return the page as Markdown."""
    os.environ["COLUMNS"], os.environ["TERM"], os.environ["NO_COLOR"] = str(_WIDTH), "dumb", "1"
    os.environ["TERMINAL_WIDTH"] = str(_WIDTH)
    lines = ["# Commands", "", "Made from the commands themselves: what `--help` prints.", ""]
    lines += ["| exit code | meaning |", "|---|---|", *(f"| {code} | {text} |" for code, text in _CODES), ""]
    lines += _describe(typer.main.get_command(app), "planextract", None, 2)
    return "\n".join(lines)


def _describe(command: click.Command, name: str, parent: click.Context | None, level: int) -> list[str]:
    context = command.make_context(
        name if parent is None else name.rsplit(maxsplit=1)[-1], [], parent, resilient_parsing=True
    )
    context.terminal_width = context.max_content_width = _WIDTH
    text = "\n".join(line.rstrip() for line in command.get_help(context).strip().split("\n"))
    lines = [f"{'#' * level} {name}", "", "```text", text, "```", ""]
    for child in sorted(getattr(command, "commands", {})):
        lines += _describe(command.commands[child], f"{name} {child}", context, level if parent is None else level + 1)
    return lines


if __name__ == "__main__":
    sys.stdout.write(make_cli_page())
