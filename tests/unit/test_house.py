"""What the source promises of itself: formatting has few exceptions, each with its reason."""

from __future__ import annotations

import re
from pathlib import Path

from tests.benchmark import mutants

_SKIP = re.compile(r"# fmt: (?:skip|off)(.*)")


def test_formatting_has_at_most_twenty_exceptions_each_with_its_reason(root: Path) -> None:
    exceptions = [
        (path.name, number, found[1].strip(" #"))
        for path in sorted((root / "src").rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := _SKIP.search(line))
    ]
    assert len(exceptions) <= 20
    assert [place for place in exceptions if not place[2]] == []


def test_every_mutant_parses_and_differs_and_the_seed_decides_which() -> None:
    rule = b'def is_near(gap, kinds):\n    """Say 1."""\n    if (not kinds) or gap <= 3 and "\xe5\xb1\x80" in kinds:\n        return True\n'
    changes = {(mutant.line, mutant.text.strip()) for mutant in mutants.find_mutants(Path("near.py"), rule)}
    assert changes == {(3, ""), (3, ") and"), (3, "<"), (3, "4"), (3, "or"), (3, "not in"), (4, "False")}
    assert mutants.choose(1, 5, ("stitch",)) == mutants.choose(1, 5, ("stitch",))


def test_a_module_has_at_most_four_hundred_lines(root: Path) -> None:
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in (root / "src").rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 400} == {}
