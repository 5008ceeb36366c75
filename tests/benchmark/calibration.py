"""Fit and check confidences by stratum: ``python -m tests.benchmark.calibration MODE FILE …``.

``collect-fit FILE`` makes and reads the documents of the fitting seeds, ``collect-check FILE`` those of others, all or one
form at a time (``--form pdf``), and keeps what was found; ``fit FILE …`` writes the numbers of ``dictionaries/confidence.yaml`` from
it; ``check FILE …`` prints the tables of docs/benchmarks-confidence.md: stated confidence against measured exactness in
ten bins for each stratum, and what the measures to look at hold. A cell is a value of a measure: its task, its text, its
deadline, a list of bodies. :mod:`.damaged` says what is exact.
"""

from __future__ import annotations

import argparse
import math
import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from planextract.check.confidence import kind_of
from planextract.check.looks import needs_look
from planextract.dictionaries import load_dictionaries
from planextract.model.confidence import MEDIA, ConfidenceModel, Curve, Medium

from .damaged import Reading, Sample, read_all, samples_of
from .damaged_documents import STRATA, Job, draw_level
from .fitting import choose_review_below, fit_model

MODEL = Path(__file__).parents[2] / "dictionaries" / "confidence.yaml"
FIT = {
    "text": range(20_000, 20_250),
    "plain": range(24_000, 24_150),
    "pdf": range(21_000, 21_200),
    "prose": range(25_000, 25_400),
    "workbook": range(26_000, 26_100),
    "scan": range(27_000, 27_028),
    "real": range(22_000, 22_272),
}
CHECK = {
    "text": range(221_000, 221_110),
    "plain": range(224_000, 224_075),
    "pdf": range(222_000, 222_100),
    "prose": range(225_000, 225_220),
    "workbook": range(226_000, 226_055),
    "scan": range(227_000, 227_018),
    "real": range(223_000, 223_120),
}
LEVELS = ((0.0, 0.0), (0.0, 0.25), (0.25, 0.75), (0.75, 1.5), (1.5, 5.0))
MANY, WITHIN = 600, 0.03
SHARES = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2)
Point = tuple[float, bool]


def make_jobs(seeds: dict[str, range]) -> list[Job]:
    """Return the documents of some seeds, each damaged as hard as its seed says; scans by the scanner alone."""
    return [
        Job(form=form, seed=seed, level=0.0 if form == "scan" else draw_level(seed))
        for form, part in seeds.items()
        for seed in part
    ]


def rate_again(readings: Iterable[Reading], model: ConfidenceModel) -> Iterator[Sample]:
    """Yield the measures of documents as another model would rate them, and choose those to look at."""
    for reading in readings:
        for sample in reading.samples:
            values = tuple(
                replace(v, confidence=model.find(kind_of(v.name)).rate(v.signs, sample.medium)) for v in sample.values
            )
            row = model.rate_row((v.confidence for v in values), sample.medium)
            yield replace(
                sample, values=values, confidence=row, needs_review=needs_look(sample.warnings, row, model.review_below)
            )


def cells_of(samples: Iterable[Sample]) -> list[Point]:
    """Return (stated, is exact) of every cell."""
    return [(value.confidence, value.is_exact) for sample in samples for value in sample.values]


def interval(right: int, count: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share."""
    z, share = 1.96, right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return max(0.0, middle - half), min(1.0, middle + half)


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


def count_wrong(samples: Iterable[Sample]) -> int:
    """Return how many cells are wrong."""
    return sum(not value.is_exact for sample in samples for value in sample.values)


def held_by_looking(samples: Sequence[Sample], share: float) -> float:
    """Return the share of all wrong cells in the least certain ``share`` of the measures."""
    ranked = sorted(samples, key=lambda s: (not s.needs_review, s.confidence))[: round(share * len(samples))]
    return count_wrong(ranked) / max(1, count_wrong(samples))


def by_stratum(samples: Sequence[Sample]) -> dict[str, list[Sample]]:
    """Return the samples of each stratum; undamaged documents of the lab lie across the others."""
    found = {name: [s for s in samples if s.stratum == name] for name in dict.fromkeys(STRATA.values())}
    found["undamaged"] = [s for s in samples if s.job.is_undamaged and s.stratum != "real"]
    return {"all": list(samples), **{name: part for name, part in found.items() if part}}


def draw_table(points: Sequence[Point]) -> Iterator[str]:
    """Yield the lines of a reliability table."""
    yield "| stated | samples | mean stated | measured exact | 95 % interval | difference | |"
    yield "|---|---|---|---|---|---|---|"
    for low, count, stated, right in reliability(points):
        lower, upper = interval(right, count)
        gap = right / count - stated
        verdict = f"fewer than {MANY}" if count < MANY else "within 3" if abs(gap) <= WITHIN else "**off**"
        yield (
            f"| {low:.1f}–{low + 0.1:.1f} | {count} | {stated:.3f} | {right / count:.3f} | {lower:.3f}–{upper:.3f} "
            f"| {100 * gap:+.1f} | {verdict} |"
        )


def draw_report(readings: Sequence[Reading], samples: Sequence[Sample]) -> Iterator[str]:
    """Yield the lines of all tables."""
    cells = cells_of(samples)
    failed, lost = sum(r.has_failed for r in readings), sum(r.lost for r in readings)
    yield f"{len(readings)} documents, {len(samples)} measures; {len(cells)} cells, "
    yield f"{count_wrong(samples) / len(cells):.2%} of them wrong; {failed} documents could not be read; "
    yield f"{lost} measures of the truth are in no measure found.\n"
    for name, part in by_stratum(samples).items():
        yield f"### Cells, {name}\n"
        yield from draw_table(cells_of(part))
        yield ""
    yield "### Measures, all (all values of a measure are right)\n"
    yield from draw_table([(s.confidence, s.is_exact) for s in samples])
    yield "\n### What the measures to look at hold, undamaged documents\n"
    yield from draw_looks(by_stratum([s for s in samples if s.job.is_undamaged]))
    yield "\n### What the least certain cells hold\n"
    yield "| damage | stratum | documents | cells | wrong | least certain 5 % | 10 % | to look at | they hold |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for low, high in LEVELS:
        here = [s for s in samples if low < s.job.level <= high or low == high == s.job.level]
        for name, part in by_stratum(here).items():
            if part and not (high and name == "undamaged"):
                yield _draw_level(part, f"{low:g}–{high:g}" if high else "none", name)


def draw_looks(strata: dict[str, list[Sample]]) -> Iterator[str]:
    """Yield the table of the curve: the share of the wrong cells in the least certain share of the measures."""
    yield f"| stratum | measures | wrong cells | to look at | they hold | {' | '.join(f'{s:.1%}' for s in SHARES)} |"
    yield "|---|---|---|---|---|" + "---|" * len(SHARES)
    for name, part in strata.items():
        looked = [s for s in part if s.needs_review]
        curve = " | ".join(f"{held_by_looking(part, share):.0%}" for share in SHARES)
        held = count_wrong(looked) / max(1, count_wrong(part))
        yield f"| {name} | {len(part)} | {count_wrong(part)} | {len(looked) / len(part):.1%} | {held:.1%} | {curve} |"


def _draw_level(samples: list[Sample], level: str, name: str) -> str:
    cells, wrong = cells_of(samples), count_wrong(samples)
    looked = [s for s in samples if s.needs_review]
    documents = len({s.job for s in samples})
    return (
        f"| {level} | {name} | {documents} | {len(cells)} | {wrong} ({wrong / len(cells):.2%}) | {errors_held(cells):.1%} "
        f"| {errors_held(cells, 0.1):.1%} | {len(looked) / len(samples):.1%} of the measures "
        f"| {count_wrong(looked) / max(1, wrong):.1%} |"
    )


def write_model(model: ConfidenceModel, path: Path) -> None:
    """Write a model's numbers; the comments and words of the file stay."""
    text = path.read_text(encoding="utf-8")
    lines = [text[: text.index("\nreview_below:")], f"review_below: {model.review_below}", "values:"]
    for kind, value in model.values.items():
        lines += [f"  {kind}:", f"    bias: {value.bias}", "    weights:"]
        lines += [
            f"      {name}: {weight}" for name, weight in sorted(value.weights.items(), key=lambda i: (i[1], i[0]))
        ]
        lines += ["    curves:", *_draw_curves(value.curves, "      ")]
    lines += ["rows:", *_draw_curves(model.rows, "  ")]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _draw_curves(curves: dict[Medium, Curve], indent: str) -> Iterator[str]:
    for medium in MEDIA:
        yield f"{indent}{medium}:"
        for stated, measured in zip(curves[medium].stated, curves[medium].measured, strict=True):
            yield f"{indent}- [{stated:.5f}, {measured:.5f}]"


def _load(files: Sequence[Path]) -> list[Reading]:
    return [reading for file in files for reading in pickle.loads(file.read_bytes())]


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.calibration", description=__doc__)
    parser.add_argument("mode", choices=("collect-fit", "collect-check", "fit", "check"))
    parser.add_argument("files", type=Path, nargs="+", help="collect: the one to write; else those to read")
    parser.add_argument("--form", choices=sorted(STRATA), action="append", help="collect: only these")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    if options.mode.startswith("collect"):
        seeds = FIT if options.mode == "collect-fit" else CHECK
        jobs = make_jobs({form: part for form, part in seeds.items() if form in (options.form or seeds)})
        options.files[0].write_bytes(pickle.dumps(read_all(jobs, options.processes)))
        return
    readings = _load(options.files)
    if options.mode == "check":
        samples = list(rate_again(readings, load_dictionaries().confidence))
        print("\n".join(draw_report(readings, samples)))
        return
    model = fit_model(samples_of(readings))
    model = replace(
        model, review_below=choose_review_below(list(rate_again(readings, replace(model, review_below=0.0))))
    )
    write_model(model, MODEL)
    names = {name for value in model.values.values() for name in value.weights}
    print(f"written: {MODEL.name}; signs without words: {sorted(names - set(load_dictionaries().confidence.words))}")


if __name__ == "__main__":
    main()
