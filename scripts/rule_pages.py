"""Write the tables of rules into the pages that explain them, from the lists in the rooms.

To run it: .venv/bin/python -m scripts.rule_pages
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import Field, fields
from pathlib import Path

from planextract.layout.thresholds import GEOMETRY
from planextract.resolve.name_rules import RULES, NameRule
from planextract.stitch.likelihoods import JOIN_LIKELIHOODS, ROW_LIKELIHOODS, JoinLikelihood, RowLikelihood, Share
from planextract.wording.words import EVIDENCE

DOCS = Path(__file__).resolve().parents[1] / "docs"
ROWS = "| clue | in words | given | P(seen ¦ cut) | P(seen ¦ new) | speaks for a tail | source |\n" + "|---" * 7 + "|\n"
JOINS = "| clue | in words | given | weight | source |\n" + "|---" * 5 + "|\n"
NAMES = "| rule | kind | score | holds if | links | does not link |\n" + "|---" * 6 + "|\n"
THRESHOLDS = "| threshold | value | unit | what it says | measured |\n" + "|---" * 5 + "|\n"


def fill_cut_rows_page(page: str) -> str:
    """Return docs/explanation/cut-rows.md with its tables of likelihoods made anew."""
    page = _fill(page, ROWS, (line for item in ROW_LIKELIHOODS for line in _make_row_lines(item)))
    return _fill(page, JOINS, map(_make_join_line, JOIN_LIKELIHOODS))


def _fill(page: str, head: str, lines: Iterator[str]) -> str:
    table = head + "".join(f"{line}\n" for line in lines)
    return re.sub(re.escape(head) + r"(?:\|.*\n)*", lambda _: table, page, count=1)


def _make_row_lines(line: RowLikelihood) -> Iterator[str]:
    given, tail = line.given or "–", "yes" if line.is_for_tail else "no"
    new = f"{line.new:g}" if isinstance(line.new, float) else f"rate `{line.new}`"
    if isinstance(line.cut, Share):
        cut = f"{line.cut.of_rate:g} × rate + 0.01"
    else:
        cut = f"rate `{line.cut}`" if isinstance(line.cut, str) else f"{line.cut:g}"
    yield f"| `{line.name}` | {EVIDENCE[line.name][0]} | {given} | {cut} | {new} | {tail} | {line.source} |"
    if line.otherwise:
        words = EVIDENCE[line.otherwise][0]
        yield f"| `{line.otherwise}` | {words} | {given} | 1 − | 1 − | {tail} | the line above, not seen |"


def _make_join_line(line: JoinLikelihood) -> str:
    return f"| `{line.name}` | {EVIDENCE[line.name][0]} | {line.given or '–'} | {line.weight:+g} | {line.source} |"


def fill_agencies_page(page: str) -> str:
    """Return docs/agencies.md with its table of name rules made anew."""
    return _fill(page, NAMES, map(_make_name_line, RULES.values()))


def _make_name_line(rule: NameRule) -> str:
    links, not_links = (f"{printed} → {known}" for printed, known in (rule.example, rule.counter_example))
    return f"| `{rule.name}` | `{rule.kind}` | {rule.score:g} | {rule.condition} | {links} | {not_links} |"


def fill_geometry_page(page: str) -> str:
    """Return docs/benchmarks-pdf.md with its table of thresholds made anew."""
    steps = [(step.name, getattr(GEOMETRY, step.name)) for step in fields(GEOMETRY)]
    return _fill(page, THRESHOLDS, (_make_threshold_line(name, step, f) for name, step in steps for f in fields(step)))


def _make_threshold_line(name: str, step: object, threshold: Field[float]) -> str:
    told = threshold.metadata
    value = getattr(step, threshold.name)
    return f"| `{name}.{threshold.name}` | {value:g} | {told['unit']} | {told['meaning']} | {told['measured']} |"


PAGES = {
    "benchmarks-pdf.md": fill_geometry_page,
    "agencies.md": fill_agencies_page,
    "explanation/cut-rows.md": fill_cut_rows_page,
}


if __name__ == "__main__":
    for name, fill in PAGES.items():
        (DOCS / name).write_text(fill((DOCS / name).read_text(encoding="utf-8")), encoding="utf-8")
