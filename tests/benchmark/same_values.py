"""Compare what two source trees make of one corpus, value by value.

    python -m tests.benchmark.same_values OLD_SRC NEW_SRC [--lab N] [--out DIR] [FILE_OR_FOLDER …]

A change of the house must change no value. The corpus is the notice (raw/, examples/), all golden cases, the benchmark
plans, N plans of the lab in each of its forms (text, damaged text, PDF, docx, HTML), and what else is given. Each tree runs
as a process of its own. Every table is compared row by row but for the versions of the document; columns and tables
that only the new tree has are named, not compared. Exit code 1 if a value differs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = "from planextract.__main__ import main; main()"
_NEVER_THE_SAME = {"parts"}  # hashes of the parts; `…_version` aside
_SHOWN = 12


def main() -> None:
    """Run both trees over the corpus and say what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("further", type=Path, nargs="*")
    parser.add_argument("--lab", type=int, default=20, help="plans of the lab in each form")
    parser.add_argument("--first", type=int, default=0, help="first seed of the lab")
    parser.add_argument("--workers", default="2")
    parser.add_argument(
        "--out", type=Path, help="folder to keep the corpus and both outputs in; what OLD_SRC made is used again"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = options.out or Path(temporary)
        corpus = work / "corpus"
        if not corpus.is_dir():
            corpus.mkdir(parents=True)
            _collect(corpus, options.further)
            _write_lab(corpus, range(options.first, options.first + options.lab))
        outputs = []
        for name, tree in (("old", options.old), ("new", options.new)):
            if name == "old" and (work / name).is_dir():
                outputs.append(work / name)
                continue
            started = time.monotonic()
            outputs.append(_run(tree.resolve(), corpus, work / name, options.workers))
            print(f"{name}: {time.monotonic() - started:.1f} s, {tree}")
        sys.exit(_compare(*outputs))


def _collect(corpus: Path, further: list[Path]) -> None:
    sources = [
        *sorted((_ROOT / "raw").glob("*.txt")),
        *sorted((_ROOT / "examples").glob("*.pdf")),
        *sorted((_ROOT / "tests" / "golden").glob("*/input.*")),
        *sorted((_ROOT / "tests" / "benchmark").glob("*/plan.*")),
    ]
    for given in further:
        sources += sorted(path for path in given.rglob("*") if path.is_file()) if given.is_dir() else [given]
    for number, path in enumerate(sources):
        shutil.copy(path, corpus / f"{number:04d}-{path.parent.name}-{path.name}")


def _write_lab(corpus: Path, seeds: range) -> None:
    from tests.lab.damage import Rates, damage_plan, damage_text
    from tests.lab.formats import write_format
    from tests.lab.placement import LabError
    from tests.lab.plans import make_plan
    from tests.lab.texts import draw_text_options, write_text
    from tests.lab.typeset import typeset

    for seed in seeds:
        text = write_text(make_plan(seed, draw_text_options(seed)))
        (corpus / f"lab-{seed}.txt").write_text(text, encoding="utf-8")
        (corpus / f"lab-{seed}-damaged.txt").write_text(damage_text(text, seed, Rates()), encoding="utf-8")
        plan = make_plan(seed)
        (corpus / f"lab-{seed}-damaged.pdf").write_bytes(typeset(damage_plan(plan, seed, Rates()), "reportlab"))
        for kind in ("pdf", "docx", "html"):
            try:
                data, name = write_format(plan, kind)
            except LabError:
                continue
            (corpus / f"lab-{seed}{Path(name).suffix}").write_bytes(data)


def _run(tree: Path, corpus: Path, out: Path, workers: str) -> Path:
    shutil.rmtree(out, ignore_errors=True)
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    command = [sys.executable, "-c", _COMMAND, "run", str(corpus), "-o", str(out), "-q", "--workers", workers]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if not (out / "documents").is_dir():
        sys.exit(f"{tree}: no document was written\n{done.stderr[-2000:]}")
    return out


def _compare(old: Path, new: Path) -> int:
    problems: list[str] = []
    added: Counter[str] = Counter()
    rows = documents = 0
    for table in sorted(path.name for path in old.iterdir() if path.is_dir() and any(path.glob("*.parquet"))):
        ours, theirs = ({path.name for path in (out / table).glob("*.parquet")} for out in (old, new))
        problems += [f"{table}/{name}: only in one of them" for name in sorted(ours ^ theirs)]
        documents = max(documents, len(ours))
        for name in sorted(ours & theirs):
            before, after = _read(old / table / name), _read(new / table / name)
            rows += before.num_rows
            added.update(f"{table}.{column}" for column in set(after.schema.names) - set(before.schema.names))
            problems += _compare_part(f"{table}/{name}", before, after)
    problems += [
        f"quarantine/{name}: other, or only in one of them"
        for name in sorted({path.name for out in (old, new) for path in (out / "quarantine").glob("*.json")})
        if _reason(old / "quarantine" / name) != _reason(new / "quarantine" / name)
    ]
    for problem in problems[:_SHOWN]:
        print(problem)
    print(
        f"{documents} documents, {rows} rows, {len(problems)} differences; added: {', '.join(sorted(added)) or 'nothing'}"
    )
    return int(bool(problems))


def _compare_part(name: str, before: Any, after: Any) -> Iterator[str]:
    if before.num_rows != after.num_rows:
        lost = [row for row in before.to_pylist() if row not in after.to_pylist()][:2]
        yield f"{name}: {before.num_rows} rows, now {after.num_rows} {lost}"
        return
    for column in before.schema.names:
        if column.endswith("_version") or column in _NEVER_THE_SAME:
            continue
        if column not in after.schema.names:
            yield f"{name}: column {column} is gone"
        elif before.column(column).to_pylist() != after.column(column).to_pylist():
            pairs = zip(before.column(column).to_pylist(), after.column(column).to_pylist(), strict=True)
            place, pair = next((i, pair) for i, pair in enumerate(pairs) if pair[0] != pair[1])
            yield f"{name}: {column}, row {place}: {pair[0]!r:.120} is now {pair[1]!r:.120}"


def _read(path: Path) -> Any:
    import pyarrow.parquet as pq

    return pq.ParquetFile(path).read()


def _reason(path: Path) -> object:
    import json

    if not path.is_file():
        return None
    entry = json.loads(path.read_text(encoding="utf-8"))
    return entry.get("code", entry.get("error"))


if __name__ == "__main__":
    main()
