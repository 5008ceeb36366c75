"""Do the tests notice when a rule breaks? Random changes of one line, each tried against the nearest tests.

    nice python -m tests.benchmark.mutants --seed 1 --count 200 [--room stitch]

A mutant is one changed comparison, boolean operator, ``not`` or constant in a room. It is killed if a test fails or does not end in
time. All of it happens in a temporary copy of the repository. The same seed gives the same mutants of the same code.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path("src/planextract")
ROOMS = ("layout", "label", "correct", "stitch", "compose", "resolve", "interpret", "check")
SECONDS = 240  # of one run of tests
_COMPARED = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip  # what each comparison becomes


class Mutant(NamedTuple):
    """One change: where (line from 1, offsets in bytes of the file), and the line after it."""

    path: Path
    line: int
    start: int
    end: int
    text: str


def find_mutants(path: Path, content: bytes) -> list[Mutant]:
    """Every change of one place in a file, in the order of the file."""
    starts = [0]
    for line in content.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def place(line: int, column: int) -> int:
        return starts[line - 1] + column

    found = []
    for node in _walk(ast.parse(content)):
        for first, last, change in _changes(node):
            start, end = place(*first), place(*last)
            text = change(content[start:end].decode()) if callable(change) else change
            found.append(Mutant(path, first[0], start, end, text))
    return sorted(set(found))


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but docstrings, decorators and annotations, whose change says nothing of a rule."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("decorator_list", "annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child)


def _changes(node: ast.AST):
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARED:
        left, right = node.left, node.comparators[0]
        new = _COMPARED[type(node.ops[0])]
        spans = (left.end_lineno, left.end_col_offset), (right.lineno, right.col_offset)
        yield *spans, lambda old, new=new: _keep(old, new)
    elif isinstance(node, ast.BoolOp):
        new = "or" if isinstance(node.op, ast.And) else "and"
        for left, right in zip(node.values, node.values[1:], strict=False):
            spans = (left.end_lineno, left.end_col_offset), (right.lineno, right.col_offset)
            yield *spans, lambda old, new=new: _keep(old, new)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield (
            (node.lineno, node.col_offset),
            (node.operand.lineno, node.operand.col_offset),
            lambda old: old[3:].lstrip(),
        )
    elif isinstance(node, ast.Constant) and isinstance(node.value, (bool, int, float)):
        value = not node.value if isinstance(node.value, bool) else _other(node.value)
        yield (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset), repr(value)


def _other(value: float) -> float:
    return value + 1 if isinstance(value, int) else round(value * 1.5 if value else 0.5, 6)


def _keep(old: str, new: str) -> str:
    """The operator replaced, brackets and line breaks around it kept."""
    words = old.strip(" ()\n")
    return old.replace(words, new, 1)


def nearest_tests(copy: Path, mutant: Mutant) -> list[list[str]]:
    """The tests of the room first, then golden cases and the other unit tests."""
    room = mutant.path.relative_to(PACKAGE).parts[0]
    near = copy / "tests" / "unit" / room
    runs = [[str(near)]] if near.is_dir() else []
    return [*runs, ["tests/golden", "tests/unit"]]


def is_killed(copy: Path, mutant: Mutant) -> bool:
    target = copy / mutant.path
    before = target.read_bytes()
    changed = before[: mutant.start] + mutant.text.encode() + before[mutant.end :]
    ast.parse(changed)
    target.write_bytes(changed)
    try:
        return any(_fails(copy, tests) for tests in nearest_tests(copy, mutant))
    finally:
        target.write_bytes(before)


def _fails(copy: Path, tests: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        command, cwd=copy, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as running:
        try:
            return running.wait(SECONDS) != 0
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            return True


def choose(seed: int, count: int, rooms: tuple[str, ...]) -> list[Mutant]:
    paths = sorted(path.relative_to(ROOT) for room in rooms for path in (ROOT / PACKAGE / room).rglob("*.py"))
    all_mutants = [mutant for path in paths for mutant in find_mutants(path, (ROOT / path).read_bytes())]
    return random.Random(seed).sample(all_mutants, min(count, len(all_mutants)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--room", choices=ROOMS)
    options = parser.parse_args()
    mutants = choose(options.seed, options.count, (options.room,) if options.room else ROOMS)
    tried, killed = Counter(), Counter()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(
            ROOT, copy, ignore=shutil.ignore_patterns(".venv", ".tools", ".git", "__pycache__", ".*_cache", "output")
        )
        if any(_fails(copy, tests) for tests in (["tests/golden"],)):
            sys.exit("the tests fail or time out without any change: no mutant would mean anything")
        for mutant in mutants:
            room = mutant.path.relative_to(PACKAGE).parts[0]
            tried[room] += 1
            if is_killed(copy, mutant):
                killed[room] += 1
                continue
            old = (ROOT / mutant.path).read_bytes()[mutant.start : mutant.end].decode()
            print(f"survived  {mutant.path}:{mutant.line}  {old.strip()!r} -> {mutant.text.strip()!r}", flush=True)
    for room in sorted(tried):
        print(f"{room:10} {killed[room]} of {tried[room]} killed")
    print(f"{'all':10} {killed.total()} of {tried.total()} killed")


if __name__ == "__main__":
    main()
