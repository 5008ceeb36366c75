"""Other libraries on the same phrases: run by an interpreter that has them, prints a Markdown table.

    python tests/benchmark/phrase_peers.py        (from the repository's root)

Installs nothing and imports nothing of ours: dateparser, recognizers-text-suite, cn2an and quantulum3 are used
where they can be imported; a library that cannot is a row that says so. A deadline counts as right if the
dates are (the kinds are ours alone: for a kind without dates a library is right if it finds none); a target
if value and unit are (comparators are ours alone).
"""

from __future__ import annotations

import datetime as dt
import importlib
import re
import warnings
from pathlib import Path

import yaml

warnings.filterwarnings("ignore")
FOLDER = Path(__file__).parent / "phrases"
SOURCES = yaml.safe_load((FOLDER / "sources.yaml").read_text(encoding="utf-8"))
DEADLINES = yaml.safe_load((FOLDER / "deadlines.yaml").read_text(encoding="utf-8"))["heldout"]
TARGETS = yaml.safe_load((FOLDER / "targets.yaml").read_text(encoding="utf-8"))["heldout"]


def with_dateparser():
    dateparser = importlib.import_module("dateparser")

    def read(text, year):
        base = dt.datetime(year, 1, 1)
        found = dateparser.parse(
            text, languages=["zh"], settings={"RELATIVE_BASE": base, "PREFER_DAY_OF_MONTH": "last"}
        )
        return (None, found.date()) if found else (None, None)

    return read


def with_recognizers():
    suite = importlib.import_module("recognizers_date_time")

    def read(text, year):
        found = suite.recognize_datetime(text, "zh-cn", reference=dt.datetime(year, 1, 1))
        values = (found[-1].resolution or {}).get("values", []) if found else []
        if not values:
            return None, None
        value = values[-1]
        start, end = value.get("start"), value.get("end") or value.get("value")
        return _day(start), _day(end, is_end=value.get("end") is not None)

    return read


def _day(text, is_end=False):
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)", text or "")
    if not match:
        return None
    day = dt.date(*map(int, match.groups()))
    return day - dt.timedelta(days=1) if is_end else day


def with_recognizers_units():
    numbers = importlib.import_module("recognizers_number_with_unit")
    plain = importlib.import_module("recognizers_number")

    def read(text):
        found = [
            item
            for name in ("recognize_dimension", "recognize_currency")
            for item in getattr(numbers, name)(text, "zh-cn")
        ]
        pairs = [(_number(item.resolution.get("value")), item.resolution.get("unit", "")) for item in found]
        pairs += [(_number(item.resolution.get("value")), "%") for item in plain.recognize_percentage(text, "zh-cn")]
        return pairs

    return read


def with_quantulum():
    parser = importlib.import_module("quantulum3.parser")

    def read(text):
        return [(quantity.value, quantity.unit.name) for quantity in parser.parse(text)]

    return read


def with_cn2an():
    cn2an = importlib.import_module("cn2an")

    def read(text):
        flat = cn2an.transform(text, "cn2an")
        return [(float(m.group(1)), m.group(2)) for m in re.finditer(r"(\d+(?:\.\d+)?)([\u4e00-\u9fff%])", flat)]

    return read


def _number(text):
    try:
        return float(str(text).rstrip("%"))
    except (TypeError, ValueError):
        return None


UNIT_NAMES = {
    "%": {"%", "percentage", "百分"},
    "元": {"元", "人民币", "Chinese yuan"},
    "公里": {"公里", "千米", "Kilometer"},
    "吨": {"吨", "Metric ton", "tonne"},
    "亩": {"亩"},
    "米": {"米", "Meter"},
    "公顷": {"公顷", "Hectare"},
    "平方米": {"平方米", "Square meter"},
    "美元": {"美元", "Dollar", "United States dollar"},
}


def score_deadlines(read):
    right = 0
    for source, text, _, start, end in DEADLINES:
        try:
            got = read(text, SOURCES[source]["year"])
        except Exception:
            continue
        right += got == (start, end) or (start is not None and got == (None, end) and start == end)
    return f"{right} of {len(DEADLINES)} ({right / len(DEADLINES):.1%})"


def score_targets(read):
    right = found = wanted = 0
    for _, text, specs in TARGETS:
        want = []
        for spec in specs:
            _, number, unit = spec.partition(" | ")[0].split(" ", maxsplit=2)
            want.append((float(number.split("..")[0]), unit))
        try:
            got = [pair for pair in read(text) if pair[0] is not None]
        except Exception:
            got = []
        found, wanted = found + len(got), wanted + len(want)
        for value, unit in want:
            names = UNIT_NAMES.get(unit, {unit})
            hit = next(
                (p for p in got if abs(p[0] - value) < 1e-9 and any(n in p[1] or p[1] in n for n in names if p[1])),
                None,
            )
            if hit is not None:
                right += 1
                got.remove(hit)
    return f"F1 {2 * right / (found + wanted):.3f} ({right} right, {found} found, {wanted} wanted)"


def main():
    print("| library | deadlines: dates right | targets: value and unit |\n|---|---|---|")
    for name, dates, quantities in (
        ("dateparser", with_dateparser, None),
        ("recognizers-text", with_recognizers, with_recognizers_units),
        ("cn2an", None, with_cn2an),
        ("quantulum3", None, with_quantulum),
    ):
        cells = []
        for make, score in ((dates, score_deadlines), (quantities, score_targets)):
            try:
                cells.append(score(make()) if make else "–")
            except ImportError as exc:
                cells.append(f"not importable: {exc}")
        print(f"| {name} | {cells[0]} | {cells[1]} |")


if __name__ == "__main__":
    main()
