"""Geometry of the charts; the templates draw it as plain SVG in the page's own colors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar; all numbers in the chart's own units."""

    label: str
    value: float
    x: float
    y: float
    width: float
    height: float
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Upright bars over a base line."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StackChart:
    """One lying bar cut into parts that add up to the whole."""

    width: float
    height: float
    parts: tuple[Bar, ...]
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """A line through points; ``marks`` are points with a label."""

    width: float
    height: float
    points: str
    area: str
    marks: tuple[Bar, ...]
    title: str
    x_label: str
    y_label: str


def draw_bars(
    values: Sequence[tuple[str, float, str]], title: str, *, width: float = 560, height: float = 150
) -> BarChart:
    """Lay out upright bars.

    Args:
        values: (label, value 0 or more, tone) of each bar; the tone is a class of the style sheet.
        title: What a screen reader says.
        width: Of the drawing.
        height: Of the bars; labels stand below.
    """
    largest = max((value for _, value, _ in values), default=0) or 1
    step = width / max(1, len(values))
    gap = min(10.0, step * 0.18)
    bars = []
    for number, (label, value, tone) in enumerate(values):
        tall = 0.0 if value <= 0 else max(2.0, height * value / largest)
        bars.append(
            Bar(
                label=label,
                value=value,
                x=round(number * step + gap / 2, 2),
                y=round(18 + height - tall, 2),
                width=round(step - gap, 2),
                height=round(tall, 2),
                tone=tone,
            )
        )
    return BarChart(width=width, height=height + 42, bars=tuple(bars), title=title)


def draw_stack(values: Sequence[tuple[str, float, str]], title: str, *, width: float = 1000) -> StackChart:
    """Lay out one bar of parts; parts of 0 are left out, small ones stay visible."""
    total = sum(value for _, value, _ in values) or 1
    parts, x = [], 0.0
    shown = [(label, value, tone) for label, value, tone in values if value > 0]
    least = 4.0
    spare = width - least * len(shown)
    for label, value, tone in shown:
        wide = least + spare * value / total
        parts.append(
            Bar(label=label, value=value, x=round(x, 2), y=0, width=round(max(0.0, wide - 2), 2), height=26, tone=tone)
        )
        x += wide
    return StackChart(width=width, height=26, parts=tuple(parts), title=title)


def draw_curve(
    shares: Sequence[float],
    marks: Sequence[int],
    title: str,
    x_label: str,
    y_label: str,
    *,
    width: float = 560,
    height: float = 190,
) -> LineChart:
    """Lay out a rising curve of shares (0 to 1) over 0, 1, 2 … items.

    Args:
        shares: Share reached after each item, the first one after one item.
        marks: Item counts that get a dot and a label.
        title: What a screen reader says.
        x_label: Name of the items.
        y_label: Name of the share.
        width: Of the drawing.
        height: Of the drawing.
    """
    left, top, right, bottom = 44.0, 12.0, width - 12, height - 34
    count = max(1, len(shares))

    def place(number: int) -> tuple[float, float]:
        share = shares[number - 1] if number else 0.0
        return left + (right - left) * number / count, bottom - (bottom - top) * share

    stride = max(1, len(shares) // 300)
    numbers = sorted({0, *range(0, len(shares) + 1, stride), len(shares)})
    spots = [place(number) for number in numbers]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    area = f"{left:.1f},{bottom:.1f} {points} {spots[-1][0]:.1f},{bottom:.1f}"
    dots = []
    for number in marks:
        if 0 < number <= len(shares):
            x, y = place(number)
            dots.append(
                Bar(
                    label=f"{number}: {shares[number - 1]:.0%}",
                    value=shares[number - 1],
                    x=round(x, 1),
                    y=round(y, 1),
                    width=0,
                    height=0,
                )
            )
    return LineChart(
        width=width,
        height=height,
        points=points,
        area=area,
        marks=tuple(dots),
        title=title,
        x_label=x_label,
        y_label=y_label,
    )


def spread(counts: Mapping[str, int], tones: Mapping[str, str]) -> list[tuple[str, float, str]]:
    """Return counts as chart values, with the tone of each name."""
    return [(name, float(count), tones.get(name, "")) for name, count in counts.items()]
