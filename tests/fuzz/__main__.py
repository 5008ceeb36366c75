"""Fuzz parsers with what they reach as the guide.

    python -m tests.fuzz --minutes 15                 computing minutes for each target
    python -m tests.fuzz --minutes 1 --target html

An input that reaches a line nobody reached before joins the corpus and is changed further. What may happen: a document,
or an error of ours that is no InternalError. Anything else is kept in tests/fuzz/regressions and replayed by the tests.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import random
import sys
import time
import warnings
from collections import Counter
from pathlib import Path

from planextract.errors import InternalError, PlanExtractError

from .targets import TARGETS, find_seeds, pack, unpack

REGRESSIONS = Path(__file__).with_name("regressions")
_SOURCE = str(Path(sys.modules["planextract"].__file__).parent)
_SLOW_SECONDS = 20.0
_TOKENS = (
    b"\0",
    b"\xff",
    b"\xff\xfe",
    b"<table>",
    b"</td>",
    b"<td rowspan=99999 colspan=99999>",
    b"&#0;",
    b"<!--",
    b"]]>",
    b"{",
    b"[",
    b'":',
    b"\\ud800",
    b"-1",
    b"0",
    b"99999999999999999999",
    b"1e999",
    b"nan",
    b"\t",
    b"\n",
    b"\r",
    "　".encode(),
    "一".encode() * 30,
    "附件1".encode(),
    "序号\t重点任务".encode(),
    b" obj",
    b"endobj",
    b"stream",
    b"<w:tbl>",
    b"<w:tc>",
    b"M 0 0 L 1 1",
    b"- ",
    b": ",
    b"*a",
    b"&a",
    b"!!python/object:x",
    "①㎡³（".encode(),
)


def mutate(rng: random.Random, data: bytes, other: bytes) -> bytes:
    """Change an input at one to eight places; a container in one of its members."""
    members = unpack(data) if data.startswith(b"PK") and rng.random() < 0.9 else None
    if members:
        place = rng.randrange(len(members))
        name, content = members[place]
        members[place] = (name, mutate(rng, content, other[:2000]))
        return pack(members)
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 8))):
        place = rng.randrange(len(out) + 1)
        end = min(len(out), place + rng.choice((1, 2, 8, 64, 512)))
        what = rng.randrange(7)
        if what == 0 and out:
            out[min(place, len(out) - 1)] ^= 1 << rng.randrange(8)
        elif what == 1:
            del out[place:end]
        elif what == 2:
            out[place:place] = rng.choice(_TOKENS)
        elif what == 3:
            out[place:end] = rng.choice(_TOKENS)
        elif what == 4:
            out[place:place] = out[place:end] * rng.choice((1, 2, 50))
        elif what == 5 and other:
            start = rng.randrange(len(other))
            out[place:end] = other[start : start + rng.choice((4, 40, 400))]
        else:
            del out[place:]
    return bytes(out[:300_000])


class Explorer:
    """Runs a target under a tracer and keeps what reaches new lines."""

    def __init__(self, target: str, seed: int) -> None:
        self.run, self.target, self.rng = TARGETS[target], target, random.Random(f"{target}-{seed}")
        self.reached: set[tuple[str, int]] = set()
        self.corpus: list[bytes] = []
        self.ends: Counter[str] = Counter()
        self.bad: list[tuple[str, bytes]] = []
        for data in [*find_seeds(target), *_stored(target)]:
            self.try_input(data, keep=True)

    def _trace(self, frame, event, _):
        if not frame.f_code.co_filename.startswith(_SOURCE):
            return None
        name, add = frame.f_code.co_filename, self.reached.add

        def line(frame, event, _):
            add((name, frame.f_lineno))
            return line

        add((name, frame.f_lineno))
        return line

    def try_input(self, data: bytes, *, keep: bool = False) -> None:
        """Give an input to the target."""
        before, began = len(self.reached), time.process_time()
        sys.settrace(self._trace)
        try:
            self.run(data)
            end = "document"
        except InternalError as exc:
            end = f"defect {exc.code}"
        except PlanExtractError as exc:
            end = exc.code
        except RecursionError:
            end = "defect RecursionError"
        except Exception as exc:
            end = f"defect {type(exc).__name__}: {exc}"[:120]
        finally:
            sys.settrace(None)
        if time.process_time() - began > _SLOW_SECONDS:
            end = f"defect slow {time.process_time() - began:.0f} s"
        self.ends[end.partition(":")[0]] += 1
        if end.startswith("defect") and len(self.bad) < 50:
            self.bad.append((end, data))
        if keep or len(self.reached) > before:
            self.corpus.append(data)

    def step(self) -> bytes:
        """Return the next input to try: mostly from what was found last."""
        newest = self.corpus[-20:] if self.rng.random() < 0.5 else self.corpus
        return mutate(self.rng, self.rng.choice(newest), self.rng.choice(self.corpus))


def _stored(target: str) -> list[bytes]:
    folder = REGRESSIONS / target
    return [path.read_bytes() for path in sorted(folder.iterdir())] if folder.is_dir() else []


def explore(target: str, seconds: float, place: Path, pipe) -> None:
    """Fuzz a target for some computing time; the input under way stands in a file, should the process die."""
    warnings.simplefilter("ignore")
    explorer = Explorer(target, 1)
    began, tried = time.process_time(), 0
    while time.process_time() - began < seconds:
        data = explorer.step()
        place.write_bytes(data)
        explorer.try_input(data)
        tried += 1
    pipe.send((tried, len(explorer.corpus), len(explorer.reached), dict(explorer.ends), explorer.bad))


def main() -> None:
    """Fuzz what the command line asks for; exit code 1 if anything broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--target", choices=sorted(TARGETS), action="append")
    parser.add_argument("--keep", action="store_true", help="Keep what broke in tests/fuzz/regressions.")
    chosen = parser.parse_args()
    is_broken = False
    for target in chosen.target or TARGETS:
        place = REGRESSIONS.parent / f".{target}-under-way"
        ours, theirs = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(
            target=explore, args=(target, chosen.minutes * 60, place, theirs)
        )
        process.start()
        theirs.close()
        try:
            tried, corpus, reached, ends, bad = ours.recv()
        except EOFError:
            tried, corpus, reached, ends = 0, 0, 0, {}
            bad = [("defect crash of the process", place.read_bytes() if place.is_file() else b"")]
        process.join()
        place.unlink(missing_ok=True)
        common = ", ".join(f"{name} {count}" for name, count in Counter(ends).most_common(4))
        print(
            f"{target}: {tried} inputs, {corpus} kept, {reached} lines reached, {len(bad)} broken; {common}", flush=True
        )
        for end in sorted({end for end, _ in bad}):
            print(f"  {end}", flush=True)
        is_broken |= bool(bad)
        for _, data in {end: (end, data) for end, data in bad}.values() if chosen.keep else ():
            folder = REGRESSIONS / target
            folder.mkdir(parents=True, exist_ok=True)
            (folder / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)
    sys.exit(is_broken)


if __name__ == "__main__":
    main()
