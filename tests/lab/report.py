"""The lab's report: shares by producer and by option, and every failure with its page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.lab.score import Score

_SHOWN = 6
_COUNTS = [name for name in Score.__slots__ if name != "differences"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One document: its score, or why its truth could not be established."""

    seed: int
    producer: str
    options: dict[str, str]
    score: Score
    broken: str = ""
    pictures: tuple[str, ...] = ()


def write_report(results: Sequence[Result], out: Path) -> str:
    """Write ``report.md`` and ``report.json``; return the totals as text."""
    sound = [result for result in results if not result.broken]
    lines = ["# Typesetting lab", "", _describe(sound, results), "", *_table("producer", _group(sound, "producer")), ""]
    names = sorted({name for result in sound for name in result.options} - {"producer"})
    lines += ["## By option", "", *_HEAD]
    for name in names:
        groups = _group(sound, name)
        if len(groups) > 1:
            lines += [_row(f"{name} = {value or 'blank'}", group) for value, group in groups]
    lines += ["", "## Failures", ""]
    for result in sound:
        if result.score.differences:
            lines += _describe_failure(result)
    lines += ["", "## Left out", "", "The producer itself lost or changed characters, so there is no truth:", ""]
    lines += [f"- {result.producer}: {result.broken}" for result in results if result.broken]
    (out / "report.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    total = _sum(sound)
    data = {
        "total": _counts(total),
        "producers": {name: _counts(group) for name, group in _group(sound, "producer")},
        "left_out": sum(bool(result.broken) for result in results),
        "failures": [
            {
                "seed": r.seed,
                "producer": r.producer,
                "differences": [list(d) for d in r.score.differences],
                "pictures": list(r.pictures),
            }
            for r in sound
            if r.score.differences
        ],
    }
    (out / "report.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return "\n".join([_describe(sound, results), *_table("producer", _group(sound, "producer"))])


_HEAD = [
    "| group | documents | without a fault | cells exact | measures exact | boundaries exact | agencies linked | characters lost | false joins | failed |",
    "|---|---|---|---|---|---|---|---|---|---|",
]


def _group(results: Sequence[Result], name: str) -> list[tuple[str, Score]]:
    values = sorted({result.options[name] for result in results})
    return [(value, _sum([r for r in results if r.options[name] == value])) for value in values]


def _sum(results: Sequence[Result]) -> Score:
    total = Score()
    for result in results:
        total.add(result.score)
        total.faultless += not result.score.differences
    return total


def _counts(score: Score) -> dict[str, int]:
    return {name: getattr(score, name) for name in _COUNTS}


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2%} of {whole}" if whole else "–"


def _table(title: str, groups: list[tuple[str, Score]]) -> list[str]:
    return [*_HEAD, *(_row(name, score) for name, score in groups)]


def _row(name: str, s: Score) -> str:
    shown = name.replace("\n", "line feed").replace("|", "\\|")
    return (
        f"| {shown} | {s.documents} | {s.faultless} | {_share(s.cells_exact, s.cells)} | {_share(s.measures_exact, s.measures)} | "
        f"{_share(s.boundaries_exact, s.boundaries)} | {_share(s.agencies_linked, s.agencies)} | "
        f"{s.characters_lost} of {s.characters} | {s.false_joins} | {s.failed} |"
    )


def _describe(sound: Sequence[Result], results: Sequence[Result]) -> str:
    s = _sum(sound)
    return (
        f"{s.documents} documents ({len(results) - len(sound)} left out): cells exact {_share(s.cells_exact, s.cells)}, measures exact "
        f"{_share(s.measures_exact, s.measures)}, boundaries exact {_share(s.boundaries_exact, s.boundaries)}, characters lost "
        f"{s.characters_lost} of {s.characters}, false joins {s.false_joins}, failed {s.failed}."
    )


def _describe_failure(result: Result) -> list[str]:
    o = result.options
    facts = ", ".join(
        f"{name} {o[name]!r}"
        for name in ("layout", "merge", "header", "cut", "edge", "ruling", "paragraphs", "valign", "other_table")
    )
    lines = [f"### {result.seed} {result.producer}", "", facts, ""]
    lines += [f"- {kind}, page {page}: {message}" for kind, page, message in result.score.differences[:_SHOWN]]
    if len(result.score.differences) > _SHOWN:
        lines.append(f"- … and {len(result.score.differences) - _SHOWN} more in report.json")
    lines += [f"\n![page](files/{picture})" for picture in result.pictures]
    return [*lines, ""]
