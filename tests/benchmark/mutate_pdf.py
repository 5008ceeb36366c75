"""Damage PDFs at random and read them: a result or a clear error, never a crash, a hang or a memory that grows.

``python -m tests.benchmark.mutate_pdf --count 2000 FILE…`` prints a table; exit code 1 if any case is bad.
Cases run in a child process, so that a crash is seen and counted; the same seeds give the same cases.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import time
import zlib
from collections import Counter
from pathlib import Path

_NUMBER = re.compile(rb"(?<![\d.])\d{1,6}(?![\d.])")
_REFERENCE = re.compile(rb"(\d{1,6}) 0 R")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
LIMIT_SECONDS = 30.0
LIMIT_MB = 1500


def mutate(data: bytes, seed: int) -> tuple[str, bytes]:
    """Return the name of a kind of damage and the damaged bytes."""
    chance = random.Random(seed)
    kind = chance.choice(sorted(_KINDS))
    return kind, _KINDS[kind](data, chance)


def _flip_bytes(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice([1, 3, 10, 100, 1000])):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def _truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _cut_out(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 5000) :]


def _double(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    part = data[start : start + chance.randrange(1, 5000)]
    return data[:start] + part * chance.choice([2, 5, 50]) + data[start:]


def _swap(pattern: re.Pattern[bytes], data: bytes, chance: random.Random, new: bytes) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return _flip_bytes(data, chance)
    match = chance.choice(found)
    return data[: match.start()] + new + data[match.end() :]


def _loop_objects(data: bytes, chance: random.Random) -> bytes:
    """Let references point to another object, often one that holds them."""
    numbers = [match.group(1) for match in _REFERENCE.finditer(data)] or [b"1"]
    out = data
    for _ in range(chance.choice([1, 1, 3, 10])):
        out = _swap(_REFERENCE, out, chance, chance.choice(numbers) + b" 0 R")
    return out


def _change_number(data: bytes, chance: random.Random) -> bytes:
    values = [b"0", b"-1", b"999999999", b"2147483647", b"-2147483648", b"1e30", b"65536", b"3"]
    out = data
    for _ in range(chance.choice([1, 1, 3, 10])):
        out = _swap(_NUMBER, out, chance, chance.choice(values))
    return out


def _change_stream(data: bytes, chance: random.Random) -> bytes:
    """Change the content of a compressed stream and pack it again: damage that the packing does not catch."""
    found = list(_STREAM.finditer(data))
    chance.shuffle(found)
    for match in found:
        try:
            body = zlib.decompress(match.group(1))
        except zlib.error:
            continue
        changed = chance.choice([_flip_bytes, _truncate, _cut_out, _double, _change_number])(body or b" ", chance)
        return data[: match.start(1)] + zlib.compress(changed) + b"\n" + data[match.end(1) :]
    return _flip_bytes(data, chance)


_KINDS = {
    "bytes flipped": _flip_bytes,
    "truncated": _truncate,
    "part cut out": _cut_out,
    "part doubled": _double,
    "objects looped": _loop_objects,
    "numbers changed": _change_number,
    "stream changed": _change_stream,
}


def work(files: list[str], first: int, count: int) -> None:
    """Read cases ``first`` to ``count`` and print one JSON line each: this runs in the child process."""
    from planextract.dictionaries import load_dictionaries
    from planextract.errors import PlanExtractError
    from planextract.model.decision import Overrides
    from planextract.pipeline import extract_document
    from planextract.read import read_document
    from planextract.settings import ReadSettings, Settings

    documents = [Path(name).read_bytes() for name in files]
    dictionaries, settings = load_dictionaries(), Settings(read=ReadSettings(reader="pdfium"))
    for seed in range(first, count):
        kind, data = mutate(documents[seed % len(documents)], seed)
        print(json.dumps({"begin": seed, "kind": kind}), flush=True)
        start = time.process_time()
        try:
            source = read_document(data, "case.pdf", settings.read)
            extract_document(source, dictionaries, Overrides(), settings)
            outcome = "extracted"
        except PlanExtractError as exc:
            outcome = exc.code
        except Exception as exc:  # a defect: counted as bad
            outcome = f"unforeseen {type(exc).__name__}: {exc}"[:200]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        line = {"end": seed, "outcome": outcome, "seconds": round(time.process_time() - start, 3), "mb": memory}
        print(json.dumps(line), flush=True)


def supervise(files: list[str], count: int) -> list[dict[str, object]]:
    """Run all cases in child processes; a dead or silent child is one bad case, and the next one goes on."""
    results: list[dict[str, object]] = []
    first = 0
    while first < count:
        command = [sys.executable, "-m", "tests.benchmark.mutate_pdf", "--child", str(first), "--count", str(count)]
        child = subprocess.Popen([*command, *files], stdout=subprocess.PIPE, text=True)
        open_case: dict[str, object] = {}
        timer = _Watch(child)
        assert child.stdout is not None
        for line in child.stdout:
            timer.reset()
            item = json.loads(line)
            if "begin" in item:
                open_case = item
            else:
                results.append({"seed": item["end"], "kind": open_case["kind"], **item})
                open_case = {}
        code = child.wait()
        timer.stop()
        if open_case:
            outcome = "hang" if timer.has_fired else f"crash {code}"
            results.append(
                {"seed": open_case["begin"], "kind": open_case["kind"], "outcome": outcome, "seconds": 0.0, "mb": 0}
            )
        first = int(str(results[-1]["seed"])) + 1 if results else count
    return results


class _Watch:
    """Kills a child that says nothing for too long."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        import threading

        self.has_fired, self._child, self._new = False, child, threading.Timer
        self._timer = self._start()

    def _start(self):
        timer = self._new(LIMIT_SECONDS, self._fire)
        timer.daemon = True
        timer.start()
        return timer

    def _fire(self) -> None:
        self.has_fired = True
        self._child.kill()

    def reset(self) -> None:
        self._timer.cancel()
        self._timer = self._start()

    def stop(self) -> None:
        self._timer.cancel()


def is_bad(result: dict[str, object]) -> bool:
    """Tell whether a case ended otherwise than with a result or a clear error."""
    outcome = str(result["outcome"])
    return (
        outcome.startswith(("crash", "hang", "unforeseen", "check.", "internal.")) or int(str(result["mb"])) > LIMIT_MB
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--child", type=int)
    options = parser.parse_args()
    if options.child is not None:
        work(options.files, options.child, options.count)
        return 0
    results = supervise(options.files, options.count)
    print("| damage | cases | outcomes |\n|---|---|---|")
    for kind in sorted(_KINDS):
        own = Counter(str(result["outcome"]) for result in results if result["kind"] == kind)
        print(f"| {kind} | {own.total()} | {', '.join(f'{name} {n}' for name, n in own.most_common())} |")
    slowest = max(results, key=lambda result: float(str(result["seconds"])))
    print(
        f"\n{len(results)} cases; slowest {slowest['seconds']} s (seed {slowest['seed']}); "
        f"most memory {max(int(str(r['mb'])) for r in results)} MB"
    )
    bad = [result for result in results if is_bad(result)]
    for result in bad[:20]:
        print("bad:", result)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
