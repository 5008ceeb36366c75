"""Write the table of findings into docs/findings.md, from the list of kinds.

To run it: .venv/bin/python -m scripts.findings_page
"""

from __future__ import annotations

import re
from pathlib import Path

from planextract.model.finding_kinds import FINDING_KINDS, FindingKind

PAGE = Path(__file__).resolve().parents[1] / "docs" / "findings.md"
_HEAD = "| code | severity | meaning | what to do |\n|---|---|---|---|\n"
_TABLE = re.compile(re.escape(_HEAD) + r"(?:\|.*\n)*")


def fill_findings_page(page: str) -> str:
    """Return the page with its table of findings made anew."""
    table = _HEAD + "".join(f"{_make_line(kind)}\n" for kind in FINDING_KINDS.values())
    return _TABLE.sub(lambda _: table, page, count=1)


def _make_line(kind: FindingKind) -> str:
    severity = kind.severity + (f" or {kind.milder}" if kind.milder else "")
    return f"| `{kind.code}` | {severity} | {kind.english} · {kind.chinese} | {kind.advice or '–'} |"


if __name__ == "__main__":
    PAGE.write_text(fill_findings_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
