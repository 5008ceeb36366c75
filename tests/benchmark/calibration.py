"""Fit and check confidences on damaged documents: ``python -m tests.benchmark.calibration fit|check [--processes N]``.

``fit`` writes the numbers of ``dictionaries/confidence.yaml`` from the fitting seeds; ``check`` prints the tables of
docs/benchmarks-confidence.md from other seeds: stated confidence against measured exactness in ten bins, and how many of
all errors the least certain 5 % of the cells hold. A cell is a value of a measure: its task, its text, its deadline, a list
of bodies. :mod:`.damaged` says what is exact.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from planextract.dictionaries import load_dictionaries
from planextract.model.confidence import ConfidenceModel, Curve

from .damaged import Job, Reading, Sample, draw_level, read_all
from .fitting import fit_model

MODEL = Path(__file__).parents[2] / "dictionaries" / "confidence.yaml"
FORMS = ("text", "pdf", "real")
FIT = {"text": range(20_000, 20_550), "pdf": range(21_000, 21_370), "real": range(22_000, 22_550)}
CHECK = {"text": range(121_000, 121_320), "pdf": range(122_000, 122_240), "real": range(123_000, 123_440)}
LEVELS = ((0.0, 0.0), (0.0, 0.25), (0.25, 0.75), (0.75, 1.5), (1.5, 5.0))
ENOUGH, WITHIN = 0.05, 0.05
Point = tuple[float, bool]


def make_jobs(seeds: dict[str, range]) -> list[Job]:
    """Return the documents of some seeds, each damaged as hard as its seed says."""
    return [Job(form=form, seed=seed, level=draw_level(seed)) for form, part in seeds.items() for seed in part]


def samples_of(readings: Iterable[Reading]) -> list[Sample]:
    """Return all measures of some documents."""
    return [sample for reading in readings for sample in reading.samples]


def cells_of(samples: Iterable[Sample]) -> list[Point]:
    """Return (stated, is exact) of every cell."""
    return [(value.confidence, value.is_exact) for sample in samples for value in sample.values]


def interval(right: int, count: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share."""
    z, share = 1.96, right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def has_enough(right: int, count: int) -> bool:
    """Tell whether a bin can say anything: its interval is no wider than 5 points on either side."""
    low, high = interval(right, count)
    return (high - low) / 2 <= ENOUGH


def reliability(points: Sequence[Point], bins: int = 10) -> Iterator[tuple[float, int, float, int]]:
    """Yield (lower end, count, mean stated, how many are right) of the bins of equal width that hold samples."""
    for index in range(bins):
        low, high = index / bins, (index + 1) / bins
        held = [p for p in points if low <= p[0] < high or (index == bins - 1 and p[0] >= 1)]
        if held:
            yield low, len(held), sum(c for c, _ in held) / len(held), sum(ok for _, ok in held)


def errors_held(points: Sequence[Point], share: float = 0.05) -> float:
    """Return the share of all errors that stand among the least certain ``share`` of the samples."""
    ranked = sorted(points, key=lambda point: point[0])[: round(share * len(points))]
    errors = sum(not ok for _, ok in points)
    return sum(not ok for _, ok in ranked) / errors if errors else 1.0


def draw_table(points: Sequence[Point]) -> Iterator[str]:
    """Yield the lines of a reliability table."""
    yield "| stated | samples | mean stated | measured exact | 95 % interval | difference | |"
    yield "|---|---|---|---|---|---|---|"
    for low, count, stated, right in reliability(points):
        lower, upper = interval(right, count)
        gap = right / count - stated
        verdict = "too few" if not has_enough(right, count) else "within 5" if abs(gap) <= WITHIN else "**off**"
        yield (
            f"| {low:.1f}–{low + 0.1:.1f} | {count} | {stated:.3f} | {right / count:.3f} | {lower:.3f}–{upper:.3f} "
            f"| {100 * gap:+.1f} | {verdict} |"
        )


def draw_report(readings: Sequence[Reading]) -> Iterator[str]:
    """Yield the lines of all tables."""
    samples = samples_of(readings)
    cells, rows = cells_of(samples), [(s.confidence, s.is_exact) for s in samples]
    wrong = sum(not ok for _, ok in cells)
    failed, lost = sum(r.has_failed for r in readings), sum(r.lost for r in readings)
    yield f"{len(readings)} documents, {len(rows)} measures, {len(cells)} cells, {wrong / len(cells):.2%} of them wrong; "
    yield f"{failed} documents could not be read; {lost} measures of the truth are in no measure found.\n"
    yield "### Cells, all documents\n"
    yield from draw_table(cells)
    yield "\n### Measures, all documents (all values of a measure are right)\n"
    yield from draw_table(rows)
    for form in FORMS:
        yield f"\n### Cells, {form}\n"
        yield from draw_table(cells_of(s for s in samples if s.form == form))
    yield "\n### What the least certain cells hold\n"
    yield (
        "| damage | form | documents | cells | wrong | the least certain 5 % hold at most | they hold | 10 % hold "
        "| of errors beyond a few characters of a text | `needs_review` marks | of the errors |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    yield _draw_level(list(readings), "any", "all")
    for low, high in LEVELS:
        for form in (*FORMS, "all"):
            yield _draw_level(
                [
                    r
                    for r in readings
                    if form in (r.job.form, "all") and (low < r.job.level <= high or low == high == r.job.level)
                ],
                f"{low:g}–{high:g}" if high else "none",
                form,
            )


def _draw_level(readings: list[Reading], level: str, form: str) -> str:
    samples = samples_of(readings)
    cells = cells_of(samples)
    wrong = sum(not ok for _, ok in cells)
    bound = min(1.0, 0.05 * len(cells) / wrong) if wrong else 1.0
    near = [(value.confidence, value.is_near) for sample in samples for value in sample.values]
    others = sum(not ok for _, ok in near)
    flagged = [sample for sample in samples if sample.needs_review]
    held = sum(not value.is_exact for sample in flagged for value in sample.values)
    return (
        f"| {level} | {form} | {len(readings)} | {len(cells)} | {wrong} ({wrong / len(cells):.2%}) | {bound:.0%} "
        f"| **{errors_held(cells):.1%}** | {errors_held(cells, 0.1):.1%} | {errors_held(near):.1%} of {others} | {len(flagged) / len(samples):.1%} of the measures "
        f"| {held / max(1, wrong):.1%} |"
    )


def write_model(model: ConfidenceModel, path: Path) -> None:
    """Write a model's numbers; the comments and words of the file stay."""
    text = path.read_text(encoding="utf-8")
    head = text[: text.index("\nvalues:")]
    lines = [head, "values:"]
    for kind, value in model.values.items():
        lines += [f"  {kind}:", f"    bias: {value.bias}", "    weights:"]
        lines += [
            f"      {name}: {weight}" for name, weight in sorted(value.weights.items(), key=lambda i: (i[1], i[0]))
        ]
        lines += ["    curve:", *_draw_curve(value.curve, "    ")]
    lines += ["row:", *_draw_curve(model.row, "")]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _draw_curve(curve: Curve, indent: str) -> Iterator[str]:
    for stated, measured in zip(curve.stated, curve.measured, strict=True):
        yield f"{indent}- [{stated:.4f}, {measured:.4f}]"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.calibration", description=__doc__)
    parser.add_argument("mode", choices=("fit", "check"))
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    readings = read_all(make_jobs(FIT if options.mode == "fit" else CHECK), options.processes)
    if options.mode == "check":
        print("\n".join(draw_report(readings)))
        return
    model = fit_model(samples_of(readings))
    write_model(model, MODEL)
    names = {name for value in model.values.values() for name in value.weights}
    print(f"written: {MODEL.name}; signs without words: {sorted(names - set(load_dictionaries().confidence.words))}")


if __name__ == "__main__":
    main()
