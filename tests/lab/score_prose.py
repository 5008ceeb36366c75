"""Score plans in prose against what the lab made: ``python -m tests.lab.score_prose --seeds 0:400 [-v]``."""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from pathlib import Path

import planextract
from planextract.errors import PlanExtractError
from tests.lab.prose import Measure, ProsePlan, make_prose

_ROLES = ("lead", "responsible", "support")
_HALF = str.maketrans("，；：（）！？％", ",;:()!?%")


def plain(text: str | None) -> str:
    """Return a text without white space, the width of its marks and its last mark."""
    return re.sub(r"\s+", "", text or "").translate(_HALF).rstrip("。.;,")


def score_prose(plan: ProsePlan, folder: Path) -> tuple[Counter[str], list[str]]:
    """Extract a plan of the lab and count what is exact; the differences are named."""
    path = folder / "plan.txt"
    path.write_text(plan.text, encoding="utf-8")
    try:
        extraction = planextract.extract_file(path)
    except PlanExtractError as error:
        return Counter(wanted=len(plan.measures), refused=1), [f"refused: {error}"]
    found = [
        (
            {plain(measure.text), plain((task.name or "") + measure.text), plain(f"{task.name}。{measure.text}")},
            plain(measure.deadline.raw_text),
            {role: [plain(r.raw_text) for r in measure.responsibilities if r.role == role] for role in _ROLES},
        )
        for extracted in extraction.plans
        for task in extracted.tasks
        for measure in task.measures
    ]
    count, notes = Counter(wanted=len(plan.measures), found=len(found)), list[str]()
    used: set[int] = set()
    for measure in plan.measures:
        wanted = {plain(measure.text), plain(f"{measure.name or ''}{measure.text}")}
        place = next((i for i, f in enumerate(found) if i not in used and wanted & f[0]), None)
        if place is None:
            notes.append(f"missing: {measure.text[:40]} … {measure.text[-20:]}")
            continue
        used.add(place)
        _compare(measure, found[place][1], found[place][2], count, notes)
    count["invented"] = len(found) - len(used)
    notes += [f"invented: {min(f[0], key=len)[:60]}" for i, f in enumerate(found) if i not in used]
    return count, notes


def _compare(
    measure: Measure, deadline: str, roles: dict[str, list[str]], count: Counter[str], notes: list[str]
) -> None:
    wanted = {role: [plain(name) for name in measure.roles.get(role, [])] for role in _ROLES}
    is_exact = deadline == plain(measure.deadline) and roles == wanted
    count["exact"] += is_exact
    if not is_exact:
        notes.append(f"{measure.text[:20]}\n    wanted {measure.deadline} {wanted}\n    found  {deadline} {roles}")


def main() -> None:
    """Score seeds and print the sum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="0:100")
    parser.add_argument("-v", action="store_true")
    args = parser.parse_args()
    first, last = map(int, args.seeds.split(":"))
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, last):
            plan = make_prose(seed)
            count, notes = score_prose(plan, Path(folder))
            total += count
            if args.v and notes:
                print(seed, plan.options, *notes, sep="\n  ")
    print(dict(total), f"exact {total['exact'] / total['wanted']:.4f}")


if __name__ == "__main__":
    main()
