"""How computing time grows with what a document holds: at most as n log n, wherever an input can be long.

    python -m tests.benchmark.growth
    python -m tests.benchmark.growth --case "rows of one table" --times 3

Each case is done at several sizes, each the given times, the shortest counts; ``growth`` is what the time grew by from one
size to the next, divided by what n log n grew by: near 1 is linear, and n² would be near the ratio of the sizes.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from planextract.dictionaries import load_dictionaries
from planextract.errors import InputError, PlanExtractError
from planextract.model.decision import Overrides
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.read.detect_format import detect_format
from planextract.settings import ReadSettings, Settings
from tests.builders import HEADER, make_plan_text

_ALLOWED = 1.6
_LEAST_SECONDS = 0.05  # below that the clock and what is done once say more than the size
_LIMITS = ReadSettings(max_cells=2_000_000, max_text_chars=50_000_000, max_elements=5_000_000)


def _extract(text: str | bytes, name: str = "a.txt") -> object:
    data = text.encode() if isinstance(text, str) else text
    source = read_document(data, name, _LIMITS)
    return extract_document(source, load_dictionaries(), Overrides(), Settings(read=_LIMITS))


def _read(data: bytes, name: str) -> None:
    with suppress(InputError):  # it holds no plan
        read_document(data, name, _LIMITS)


def _row(number: int, *, task: str = "任务", text: str = "", body: str = "区水务局") -> str:
    said = text or f"开展第{number}次巡查，完成改造{number % 90 + 2}家。"
    return f"{number}\t{task}\t{said}\t{number % 12 + 1}月底前\t{body}\t---"


def _plan(*rows: str) -> object:
    return _extract(make_plan_text(*rows, title="北京市西城区2021年行动计划"))


def _page(rows: int) -> object:
    cells = "".join(
        f"<tr><td>{n}<td>任务{n}<td>完成改造{n}家。<td>5月底前<td>区水务局<td>---" for n in range(1, rows + 1)
    )
    head = "<tr><td>序号<td>重点任务<td>工作措施<td>完成时限<td>主责单位<td>协办单位"
    return _extract(
        f"<html><meta charset=utf-8><p>北京市西城区2021年行动计划</p><table>{head}{cells}</table>", "a.html"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Something that an input may have many of."""

    name: str
    sizes: tuple[int, ...]
    do: Callable[[int], object]


CASES = (
    Case(
        name="rows of one table",
        sizes=(3_000, 10_000, 30_000),
        do=lambda n: _plan(*(_row(k, task=f"任务{k}") for k in range(1, n + 1))),
    ),
    Case(
        name="rows of one task",
        sizes=(3_000, 10_000, 30_000),
        do=lambda n: _plan(*(_row(1, text=f"开展第{k}次巡查。") for k in range(1, n + 1))),
    ),
    Case(
        name="rows on pages of ten",
        sizes=(3_000, 10_000, 30_000),
        do=lambda n: _extract(
            "北京市西城区2021年行动计划\n\n"
            + "\n".join(
                (f"\n{HEADER}\n" if k % 10 == 1 else "") + _row(k, task=f"任务{k // 7}") for k in range(1, n + 1)
            )
        ),
    ),
    Case(
        name="rows of a CSV file",
        sizes=(3_000, 10_000, 30_000),
        do=lambda n: _extract(
            "\n".join([HEADER, *(_row(k, task=f"任务{k}") for k in range(1, n + 1))]).replace("\t", ","), "a.csv"
        ),
    ),
    Case(name="rows of a table of a web page", sizes=(3_000, 10_000, 30_000), do=_page),
    Case(
        name="figures in one cell",
        sizes=(2_000, 4_000, 8_000, 16_000),
        do=lambda n: _plan(_row(1, text="，".join(f"改造{k}家" for k in range(n)) + "。")),
    ),
    Case(
        name="deadlines in one cell",
        sizes=(500, 1_000, 2_000, 4_000),
        do=lambda n: _plan(_row(1, text="；".join(f"{k % 12 + 1}月底前完成第{k}项" for k in range(n)) + "。")),
    ),
    Case(
        name="bodies in one cell",
        sizes=(500, 1_000, 2_000, 4_000),
        do=lambda n: _plan(_row(1, body="、".join(f"区第{k}管理局" for k in range(n)))),
    ),
    Case(
        name="characters of one damaged word",
        sizes=(8_000, 32_000, 128_000),
        do=lambda n: _plan(_row(1, text="一" * n)),
    ),
    Case(
        name="sentences in one cell", sizes=(2_000, 8_000, 32_000), do=lambda n: _plan(_row(1, text="推进工作。" * n))
    ),
    Case(name="blanks in front", sizes=(100_000, 400_000, 1_600_000), do=lambda n: detect_format(b" " * n + b"<x")),
    Case(name="brackets that stay open", sizes=(4_000, 16_000, 64_000), do=lambda n: _plan(_row(1, text="（" * n))),
    Case(
        name="attributes of one tag",
        sizes=(2_000, 8_000, 32_000),
        do=lambda n: _read(("<html><p " + " ".join(f"a{k}=1" for k in range(n)) + ">任务</p>").encode(), "a.html"),
    ),
    Case(
        name="items of a plan in prose",
        sizes=(500, 1_500, 4_500),
        do=lambda n: _extract(
            "西城区2021年行动计划\n\n一、重点任务\n\n"
            + "".join(
                f"{k}.任务{k}。完成改造{k}家。（牵头单位：区水务局；完成时限：5月底前）\n" for k in range(1, n + 1)
            )
        ),
    ),
    Case(
        name="lines of one item in prose",
        sizes=(1_000, 4_000, 16_000),
        do=lambda n: _extract(
            "西城区2021年行动计划\n\n一、重点任务\n\n1.任务。\n"
            + "".join(f"完成第{k}次改造，并推进巡查工作，做好服务保障和宣传，加强部门联动\n" for k in range(n))
            + "（牵头单位：区水务局；完成时限：5月底前）\n2.任务。完成改造。（牵头单位：区水务局；完成时限：5月底前）\n"
            "3.任务。完成改造。（牵头单位：区水务局；完成时限：5月底前）\n"
        ),
    ),
)


def measure(case: Case, times: int) -> list[float]:
    """Return the computing time at each size, the shortest of several."""
    found = []
    for size in case.sizes:
        spent = []
        for _ in range(times):
            began = time.process_time()
            try:
                case.do(size)
            except PlanExtractError as exc:
                print(f"  {case.name}, {size}: {exc.code}", file=sys.stderr)
            spent.append(time.process_time() - began)
        found.append(min(spent))
    return found


def find_growth(sizes: tuple[int, ...], seconds: list[float]) -> list[float]:
    """Return by how much more than n log n the time grew at each step; 1 where it was too short to tell."""
    grown = []
    for before, size, was, now in zip(sizes, sizes[1:], seconds, seconds[1:], strict=False):
        allowed = size * math.log(size) / (before * math.log(before))
        grown.append(now / max(was, _LEAST_SECONDS) / allowed)
    return grown


def main() -> None:
    """Print a line each case; exit code 1 if one grows faster than n log n."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", action="append", choices=[case.name for case in CASES])
    parser.add_argument("--times", type=int, default=1)
    chosen = parser.parse_args()
    _plan(_row(1))
    is_broken = False
    print("| of | sizes | seconds | growth ÷ n log n | |\n|---|---|---|---|---|")
    for case in CASES:
        if chosen.case and case.name not in chosen.case:
            continue
        seconds = measure(case, chosen.times)
        grown = find_growth(case.sizes, seconds)
        is_slow = max(grown) > _ALLOWED
        is_broken |= is_slow
        parts = ("; ".join(f"{n:,}" for n in case.sizes), "; ".join(f"{s:.2f}" for s in seconds))
        print(
            f"| {case.name} | {parts[0]} | {parts[1]} | {'; '.join(f'{g:.2f}' for g in grown)} | {'**slow**' if is_slow else ''} |",
            flush=True,
        )
    sys.exit(is_broken)


if __name__ == "__main__":
    main()
