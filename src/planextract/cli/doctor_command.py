"""``planextract doctor``: what works on this machine, and what to install for the rest."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from planextract.cli.language import Language, current_language
from planextract.cli.terminal import say, say_json
from planextract.errors import EXIT_CONFIG, EXIT_OK

_STATES = {"ok": ("works", "可用"), "missing": ("not installed", "未安装"), "broken": ("BROKEN", "有问题")}


def doctor_command(
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Say what works on this machine and what to install for the rest; changes nothing, asks no network."""
    from planextract.run.doctor import examine_machine

    checks = examine_machine()
    if as_json:
        say_json([asdict(check) for check in checks])
    else:
        number = 1 if current_language() is Language.zh else 0
        for check in checks:
            mark = {"ok": "✓", "missing": "·", "broken": "✗"}[check.state]
            say(f"{mark} {check.name[number]}: {check.found or _STATES[check.state][number]}")
            say(f"    {check.purpose[number]}" + (f" — {check.cure}" if check.cure else ""))
    raise typer.Exit(EXIT_CONFIG if any(check.state == "broken" for check in checks) else EXIT_OK)
