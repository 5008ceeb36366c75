"""Score what deadlines and quantities mean on a folder of plans with truth.

.venv/bin/python -m tests.benchmark.meaning CASES [-v]

Each case is a folder with ``plan.*`` and ``truth.yaml``: ``plans → tasks → measures`` with ``text``, ``deadline`` (as printed) and
for some measures ``targets`` (text, comparator, value, unit). Kinds and dates of deadlines come from ``EXPECTED`` below,
written by hand for every wording; a wording that is not there is listed and not scored.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

import planextract
from planextract.errors import PlanExtractError
from planextract.model.plan import Measure, Target

_FULL = str.maketrans("，；：（）！？％", ",;:()!?%")
_BEHIND = {"左右": "~", "以上": ">=", "以内": "<=", "以下": "<="}
_MULTIPLES = {"亿": 1e8, "万": 1e4, "千": 1e3}
# A wording → its kind and its last day as month and day of the plan's year, None without one.
EXPECTED: dict[str, tuple[str, tuple[int, int] | None]] = {
    "12月底前": ("by", (12, 31)),
    "年底前": ("by", (12, 31)),
    "9月底前": ("by", (9, 30)),
    "8月底前": ("by", (8, 31)),
    "6月底前": ("by", (6, 30)),
    "9月投入使用": ("by", (9, 30)),
    "5月底前动工": ("by", (5, 31)),
    "年内见成效": ("by", (12, 31)),
    "年内完成": ("by", (12, 31)),
    "全年": ("window", (12, 31)),
    "持续推进": ("ongoing", None),
    "年内持续推进": ("window", (12, 31)),
    "长期": ("ongoing", None),
    "按期完成": ("event", None),
}


@dataclass(slots=True)
class Score:
    """Counts over all cases; ``wrong`` holds one line for each difference."""

    deadlines: int = 0
    deadlines_right: int = 0
    wanted: int = 0
    found: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall of targets, 1 if there is none."""
        total = self.wanted + self.found
        return 2 * self.right / total if total else 1.0


def score_cases(folder: Path) -> Score:
    """Score every case below a folder; plans that are refused count as missed."""
    score = Score()
    for case in sorted(path.parent for path in folder.glob("*/truth.yaml")):
        truth = yaml.safe_load((case / "truth.yaml").read_text(encoding="utf-8"))
        if truth.get("plan_expected") and not truth.get("hostile"):
            _score_case(case, truth, score)
    return score


def _score_case(case: Path, truth: dict[str, Any], score: Score) -> None:
    source = next(path for path in sorted(case.glob("plan.*")))
    measures, year = _extract(source)
    for wanted in _truth_measures(truth):
        text = _plain(wanted["text"])
        found = measures.get(text) or next((m for key, m in measures.items() if key.startswith(text)), None)
        label = f"{case.name[:3]} {wanted['text'][:30]}"
        if wanted.get("deadline"):
            _score_deadline(label, _plain(wanted["deadline"]), found, year, score)
        if "targets" in wanted:
            _score_targets(label, wanted["targets"], found, score)


def _extract(source: Path) -> tuple[dict[str, Measure], int | None]:
    try:
        document = planextract.extract_file(source)
    except PlanExtractError:
        return {}, None
    return {_plain(measure.text): measure for measure in document.measures}, document.notice.plan_year


def _truth_measures(truth: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for plan in truth.get("plans") or ():
        for task in plan.get("tasks") or ():
            yield from (measure for measure in task["measures"] if not measure.get("doubtful"))


def _score_deadline(label: str, wording: str, found: Measure | None, year: int | None, score: Score) -> None:
    if wording not in EXPECTED:
        score.unknown[wording] += 1
        return
    kind, day = EXPECTED[wording]
    end = date(year, *day) if day and year else None
    score.deadlines += 1
    deadline = found.deadline if found is not None else None
    if deadline is not None and (deadline.kind, deadline.end) == (kind, end):
        score.deadlines_right += 1
    else:
        got = (deadline.kind, str(deadline.end)) if deadline else None
        score.wrong.append(f"{label}: {wording} is {kind} {end}, read as {got}")


def _score_targets(label: str, wanted: list[dict[str, Any]], found: Measure | None, score: Score) -> None:
    want = Counter(_key_of_truth(target) for target in wanted)
    got = Counter(_key_of(target, want) for target in found.targets if target.role == "target") if found else Counter()
    score.wanted += want.total()
    score.found += got.total()
    score.right += (want & got).total()
    if want != got:
        score.wrong.append(f"{label}: wanted {sorted(want - got)}, found {sorted(got - want)}")


def _key_of_truth(target: dict[str, Any]) -> tuple[str, float, str]:
    unit, value = str(target["unit"] or ""), float(target["value"])
    for word, factor in _MULTIPLES.items():
        if unit.startswith(word) and len(unit) > 1:
            unit, value = unit.removeprefix(word), value * factor
    return str(target["comparator"]), round(value, 6), unit


def _key_of(target: Target, want: Counter[tuple[str, float, str]]) -> tuple[str, float, str]:
    """Where the truth has no direction (增长6%左右 as ~6%), the word behind the figure is compared."""
    key = (str(target.comparator), round(target.value, 6), target.unit)
    if key not in want and target.comparator in ("increase", "decrease"):
        return next((sign for word, sign in _BEHIND.items() if target.text.endswith(word)), "="), *key[1:]
    return key


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).translate(_FULL).rstrip("。.;；,")


def main() -> None:
    """Print the scores, and with -v every difference."""
    score = score_cases(Path(sys.argv[1]))
    if "-v" in sys.argv:
        print(*score.wrong, sep="\n")
    print(
        f"deadlines {score.deadlines_right} of {score.deadlines}; targets {score.right} right, {score.wanted} wanted, ",
        end="",
    )
    print(f"{score.found} found, F1 {score.f1:.3f}; wordings not scored: {dict(score.unknown)}")


if __name__ == "__main__":
    main()
