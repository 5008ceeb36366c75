"""``fulfilment.html``: what became of a plan, by state, body and deadline; what is behind, what was never reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planextract.errors import OutputError
from planextract.phrases import Phrase
from planextract.report.page import render_page
from planextract.track.matching import Wanted
from planextract.track.words import ProgressWords, judge_state

if TYPE_CHECKING:
    from planextract.track.command import TrackedReport

STATES = {
    "done": Phrase("done"),
    "ahead": Phrase("ahead of plan"),
    "on_schedule": Phrase("on schedule"),
    "behind": Phrase("behind"),
    "not_due": Phrase("not begun"),
    "dropped": Phrase("given up"),
    "other": Phrase("other"),
    "unknown": Phrase("not said"),
    "none": Phrase("not reported"),
    "all": Phrase("all of them"),
}
_TONES = {"done": "good", "ahead": "good", "behind": "bad", "dropped": "bad", "none": "warn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A measure and what is told of it."""

    number: str
    task: str
    text: str
    bodies: str
    deadline: str
    state: str
    tone: str
    progress: str
    ratio: float | None
    expected: float | None
    is_behind: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Counts of states for a body or a month, with all of its measures."""

    name: str
    counts: tuple[tuple[str, str, int], ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageData:
    """What the page shows."""

    title: str
    names: Mapping[str, str]
    subtitle: str
    states: tuple[tuple[str, str, int], ...]
    lines: tuple[Line, ...]
    bodies: tuple[Bar, ...]
    months: tuple[Bar, ...]
    behind: tuple[Line, ...]
    silent: tuple[Line, ...]
    reports: tuple[TrackedReport, ...]
    doubtful: tuple[tuple[str, str, float], ...]


def write_page(folder: Path, wanted: Sequence[Wanted], tracked: Sequence[TrackedReport], words: ProgressWords) -> Path:
    """Write the page and return where it is.

    Raises:
        OutputError: If it cannot be written.
    """
    path = folder / "fulfilment.html"
    html = render_page(
        "fulfilment.html", make_data(wanted, tracked, words), ("report.css", "fulfilment.css"), "report.js"
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    except OSError as exc:
        raise OutputError(
            "write.failed", Phrase("cannot be written: {reason}", reason=exc.strerror), file=str(path)
        ) from exc
    return path


def make_data(wanted: Sequence[Wanted], tracked: Sequence[TrackedReport], words: ProgressWords) -> PageData:
    """Return what the page shows, from the links alone: the last report on a measure counts."""
    told: dict[int, tuple[TrackedReport, int]] = {}
    for report in sorted(tracked, key=lambda r: (r.reading.as_of is not None, r.reading.as_of or 0, r.reading.name)):
        for place, (link, _) in enumerate(report.links):
            told[link.measure] = report, place
    lines = tuple(_make_line(entry, told.get(number), words) for number, entry in enumerate(wanted))
    titles = list(dict.fromkeys(plan.title for entry in wanted for plan in entry.document.plans))
    return PageData(
        title=Phrase("Fulfilment"),
        names=STATES,
        subtitle="；".join(title.replace("\n", "") for title in titles[:4]),
        states=_count(lines),
        lines=lines,
        bodies=_by_body(wanted, lines),
        months=_by_month(wanted, lines),
        behind=tuple(line for line in lines if line.is_behind or line.state == STATES["behind"]),
        silent=tuple(line for line in lines if line.state == STATES["none"]),
        reports=tuple(tracked),
        doubtful=tuple(
            (wanted[link.measure].measure.text[:60], (item.texts or ("",))[0][:60], link.score)
            for report in tracked
            for link, item in report.doubtful
        ),
    )


def _make_line(entry: Wanted, told: tuple[TrackedReport, int] | None, words: ProgressWords) -> Line:
    measure = entry.measure
    state, progress, ratio, expected, source = "none", "", None, None, ""
    if told is not None:
        report, place = told
        _, item = report.links[place]
        state = judge_state(item.status or item.progress, words) or "unknown"
        progress, source = item.progress or item.status, report.reading.name
        own = [r for r in report.reports if r.measure_id == measure.measure_id]
        ratio = min((r.ratio for r in own if r.ratio is not None), default=None)
        expected = own[0].expected_ratio if own else None
    is_short = ratio is not None and expected is not None and ratio < min(1.0, expected)
    return Line(
        number=f"{entry.task.task_no}-{measure.seq}",
        task=entry.task.name,
        text=measure.text,
        bodies="、".join(dict.fromkeys(_owners(entry))),
        deadline=measure.deadline_raw or "",
        state=STATES[state],
        tone=_TONES.get(state, ""),
        progress=progress,
        ratio=ratio,
        expected=expected,
        source=source,
        is_behind=is_short and state not in ("done", "ahead"),
    )


def _owners(entry: Wanted) -> list[str]:
    """Return the bodies that answer for a measure: those that lead, else those responsible."""
    agencies = entry.measure.agencies
    leads = [agency for agency in agencies if agency.role == "lead"]
    chosen = leads or [agency for agency in agencies if agency.role == "responsible"]
    return [agency.name or agency.raw_text for agency in chosen]


def _count(lines: Sequence[Line]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter(line.state for line in lines)
    return tuple((name, _TONES.get(key, ""), counts[name]) for key, name in STATES.items() if counts[name])


def _by_body(wanted: Sequence[Wanted], lines: Sequence[Line]) -> tuple[Bar, ...]:
    groups: dict[str, list[Line]] = {}
    for entry, line in zip(wanted, lines, strict=True):
        for name in dict.fromkeys(_owners(entry)):
            groups.setdefault(name, []).append(line)
    bars = [Bar(name=name, counts=_count(own), total=len(own)) for name, own in groups.items()]
    return tuple(sorted(bars, key=lambda bar: (-bar.total, bar.name)))


def _by_month(wanted: Sequence[Wanted], lines: Sequence[Line]) -> tuple[Bar, ...]:
    groups: dict[str, list[Line]] = {}
    for entry, line in zip(wanted, lines, strict=True):
        day = entry.measure.deadline_end
        groups.setdefault(f"{day.year}年{day.month:02d}月" if day else Phrase("no last day"), []).append(line)
    return tuple(Bar(name=name, counts=_count(groups[name]), total=len(groups[name])) for name in sorted(groups))
