"""Do the tests notice when a rule breaks? Random changes of one line, each tried by the tests that run this line.

    nice python -m tests.benchmark.mutants --seed 1 --count 200 [--room stitch]

A mutant is one changed comparison, boolean operator, ``not`` or constant in a room. It is killed if a test fails, or needs far more
time or memory than without it. The tests are the quick ones of ``reach.py``, which says in one run before which test runs which
line; each mutant meets those of its line, the quickest first, in a process forked from one that holds the foreign libraries already.
All of it happens in a temporary copy of the repository. The same seed gives the same mutants of the same code.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import os
import pickle
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.benchmark.reach import PACKAGE, ROOMS, ROOT, Reach, find_reach

SLOW_SECONDS = 5.0  # of CPU: a slower test is not asked
FEW_TESTS = (
    5  # a line run by fewer may be one whose result is kept (cached) for other tests: the module's tests are asked too
)
AT_ONCE = 2
MOST_BYTES = 6 << 30
FOREIGN = (
    "numpy", "rapidfuzz.fuzz", "rapidfuzz.process", "yaml", "pypdfium2", "reportlab.pdfgen.canvas", "hypothesis.strategies",
)  # fmt: skip  # libraries that most tests need
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


def choose(seed: int, count: int, rooms: tuple[str, ...]) -> list[Mutant]:
    paths = sorted(path.relative_to(ROOT) for room in rooms for path in (ROOT / PACKAGE / room).rglob("*.py"))
    all_mutants = [mutant for path in paths for mutant in find_mutants(path, (ROOT / path).read_bytes())]
    return random.Random(seed).sample(all_mutants, min(count, len(all_mutants)))


def find_tests(mutant: Mutant, reach: Reach) -> list[str]:
    """The tests that run the statement of a mutant, the quickest first.

    What stands outside functions runs when a module is imported: it is tried by all tests that run anything of the module, else of
    the room, and by the unit tests of the room, which may look at a list without running anything.
    """
    by_line = reach.lines.get(str(mutant.path), {})
    first, last = _find_statement((ROOT / mutant.path).read_bytes(), mutant.line)
    found = {test for line in range(first, last + 1) for test in by_line.get(line, [])}
    if 0 < len(found) < FEW_TESTS or first == 0:
        found |= {test for tests in by_line.values() for test in tests}
    if first == 0:
        room = mutant.path.relative_to(PACKAGE).parts[0]
        found |= {test for test in reach.seconds if test.startswith(f"tests/unit/{room}/")}
        if not any(by_line.values()):
            inside = [lines for path, lines in reach.lines.items() if path.startswith(f"{PACKAGE}/{room}/")]
            found |= {test for lines in inside for tests in lines.values() for test in tests}
    seconds = {test: reach.seconds.get(test, SLOW_SECONDS) for test in found}
    return sorted((test for test in found if seconds[test] < SLOW_SECONDS), key=lambda test: (seconds[test], test))


def _find_statement(content: bytes, line: int) -> tuple[int, int]:
    """Return first and last line of the innermost statement in a function, without the block below it; zeros outside functions."""
    best = (0, 0)
    for function in ast.walk(ast.parse(content)):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case) and node is not function:
                    first = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
                    block = getattr(node, "body", None)
                    last = max(first, block[0].lineno - 1) if block else node.end_lineno
                    if first <= line <= last and (best == (0, 0) or first >= best[0]):
                        best = (first, last)
    return best


class Attempt(NamedTuple):
    """A mutant being tried in a process of its own."""

    number: int
    process: int
    ends: float


def try_all(copy: Path, mutants: list[Mutant], reach: Reach) -> list[str]:
    """Say of each mutant: ``survived``, ``not reached``, ``killed``, ``ran on`` (too long or too large)."""
    verdicts = [""] * len(mutants)
    waiting, running = list(enumerate(mutants)), []
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            number, mutant = waiting.pop(0)
            tests = find_tests(mutant, reach)
            if not tests:
                verdicts[number] = "not reached"
                continue
            seconds = 30 + 3 * sum(reach.seconds[test] for test in tests)
            process = os.fork()
            if process == 0:
                _try(copy, mutant, tests, int(seconds))
            running.append(Attempt(number, process, time.monotonic() + 20 * seconds))
        for attempt in list(running):
            process, status = os.waitpid(attempt.process, os.WNOHANG)
            if process == 0 and time.monotonic() > attempt.ends:
                os.killpg(attempt.process, signal.SIGKILL)
            if process:
                running.remove(attempt)
                verdicts[attempt.number] = _read_status(status)
                print(f"{sum(map(bool, verdicts))} {verdicts[attempt.number]}", file=sys.stderr, flush=True)
        time.sleep(0.02)
    return verdicts


def _read_status(status: int) -> str:
    if os.WIFSIGNALED(status):
        return "ran on"
    code = os.WEXITSTATUS(status)
    if code == pytest.ExitCode.NO_TESTS_COLLECTED:
        sys.exit("tests that were there are not found any more")
    return "killed" if code else "survived"


def _try(copy: Path, mutant: Mutant, tests: list[str], seconds: int) -> None:
    """Run the tests against a mutant; never returns."""
    status: int = pytest.ExitCode.INTERNAL_ERROR
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 1)
        os.dup2(null, 2)
        _use(copy, mutant)
        # Rewritten assertions would come from pytest's own reading of a module whose doctests are asked for: unchanged.
        status = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--assert=plain", *tests])
    finally:
        os._exit(status)


def _use(copy: Path, mutant: Mutant) -> None:
    """Have the module of a mutant imported as it changes it."""
    target = str(copy / mutant.path)
    before = Path(target).read_bytes()
    changed = compile(
        before[: mutant.start] + mutant.text.encode() + before[mutant.end :], target, "exec", dont_inherit=True
    )
    read = SourceFileLoader.get_code
    SourceFileLoader.get_code = lambda self, name: changed if self.path == target else read(self, name)


def in_child(work):
    """Return what a function returns that runs in a process of its own."""
    source, sink = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            with os.fdopen(sink, "wb") as out:
                pickle.dump(work(), out)
            os._exit(0)
        except BaseException as error:
            print(error, file=sys.stderr, flush=True)
        finally:
            os._exit(1)
    os.close(sink)
    with os.fdopen(source, "rb") as given:
        content = given.read()
    if os.waitpid(process, 0)[1]:
        sys.exit("the tests could not be run without any change")
    return pickle.loads(content)


def prepare(folder: Path) -> Path:
    """Copy the repository; from here on, its package and tests are imported from the copy.

    What no mutant changes is there already when a process is forked: foreign libraries, and the dictionaries.
    """
    copy = folder / "copy"
    ignored = shutil.ignore_patterns(".venv", ".tools", ".git", "__pycache__", ".*_cache", "output")
    shutil.copytree(ROOT, copy, ignore=ignored)
    for name in FOREIGN:
        importlib.import_module(name)
    for name in [name for name in sys.modules if name.split(".")[0] in ("planextract", "tests")]:
        del sys.modules[name]
    sys.path[:] = [
        str(copy),
        str(copy / "src"),
        *(path for path in sys.path if Path(path or ".").resolve() not in (ROOT, ROOT / "src")),
    ]
    os.environ.update(PYTHONPATH=str(copy / "src"), PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    os.chdir(copy)
    importlib.import_module("planextract.dictionaries").load_dictionaries()
    loaded = {name.split(".")[1] for name in sys.modules if name.startswith("planextract.")}
    assert not loaded & set(ROOMS), "a room is loaded before it is changed"
    return copy


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--room", choices=ROOMS)
    parser.add_argument(
        "--reach", type=Path, help="keep what the first run finds, or take it from there: several seeds of one code"
    )
    options = parser.parse_args()
    mutants = choose(options.seed, options.count, (options.room,) if options.room else ROOMS)
    tried, killed = Counter(), Counter()
    with tempfile.TemporaryDirectory() as folder:
        copy = prepare(Path(folder).resolve())
        if options.reach and options.reach.is_file():
            reach = Reach(*pickle.loads(options.reach.read_bytes()))
        else:
            reach = Reach(*in_child(lambda: tuple(find_reach(copy, copy.parent))))
            if options.reach:
                options.reach.write_bytes(pickle.dumps(tuple(reach)))
        same = Mutant(mutants[0].path, 1, 0, 0, "")
        if try_all(copy, [same], reach) != ["survived"]:
            sys.exit("the tests fail in a process of their own without any change")
        verdicts = try_all(copy, mutants, reach)
    for mutant, verdict in zip(mutants, verdicts, strict=True):
        room = mutant.path.relative_to(PACKAGE).parts[0]
        tried[room] += 1
        killed[room] += verdict in ("killed", "ran on")
        if verdict not in ("killed", "ran on"):
            old = (ROOT / mutant.path).read_bytes()[mutant.start : mutant.end].decode()
            print(f"{verdict:11} {mutant.path}:{mutant.line}  {old.strip()!r} -> {mutant.text.strip()!r}")
    for room in sorted(tried):
        print(f"{room:10} {killed[room]} of {tried[room]} killed")
    ran_on = verdicts.count("ran on")
    print(f"{'all':10} {killed.total()} of {tried.total()} killed, {ran_on} of them by running on")


if __name__ == "__main__":
    main()
