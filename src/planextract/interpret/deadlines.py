"""Deadlines: a small grammar of our own over periods, "before" words, ranges and set phrases.

Conventions, the same everywhere: "前" includes the day it names (11月15日前 ends on the 15th); a month or
year without 底 before 前 (6月前, 2025年前) ends with that period and is flagged ``ambiguous``; a period
named alone is a window, its end (6月底), a date it leads up to (到2025年) or one with a word of completion
(9月投入使用) a deadline. Of several steps in one cell the last counts.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date

from planextract.interpret.dates import Period, find_periods, fold_dates, has_impossible_date
from planextract.model.plan import Deadline, DeadlineKind
from planextract.model.vocabulary import DeadlineVocabulary
from planextract.text.markers import is_none_mark

_BEFORE = re.compile(r"(?:[底末])?(?:之前|以前|前|止|截止|内完成|完成|以内|之内|内)")
_UNTIL = re.compile(r"(?:截至|截止|截止到|到|不迟于|不晚于|最迟)$")
_FROM = re.compile(r"(?:起|开始|以后|之后|后)")
_RANGE = re.compile(r"(?:启动|开始|起)?[-~至到]+")
_RELATIVE = re.compile(
    r"(?:(?:(?<!\d)\d{1,3}|半|一|两|三|数)个?(?:工作日|自然日|月|日|天|周|年|季度|小时)(?:之内|以内|内)"
    r"|后(?:\d{1,3}|半|一|两|三)个?(?:工作日|自然日|月|日|天|周|年)(?=完成|$)"
    r"|(?:为期|经过|历时|利用|用)(?:\d{1,2}|半|一|两|三)个?(?:月|年|周|天)"
    r"|(?<!\d)\d{1,2}[-~至]\d{1,2}(?:年|个月|周|天))(?!\d|前)"
)
_CYCLE = re.compile(
    r"[每逐](?:一?个?)?(?:半年|季度|季|年|月|周|日|天|旬|学期)|(?:按|以|分)(?:季度|季|月度|月|周|旬)(?!\d)"
)
_STEP = re.compile(r"(?:^|(?<=[\s;；。,，、]))[（(]?(?:[①-⑳]|\d{1,2}[)）.、．](?=\D|\d{4}年|\d{1,2}月))")
_SHORT_RANGE = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})[日号]?[-~至到](\d{1,2})[日号]")
_MONTH_RANGE = re.compile(r"(?<!\d)(\d{1,2})(月?)(?:份)?[-~至到](?=\d{1,2}月)")
_MAX_LENGTH = 1000
_YEAR_RANGE = re.compile(r"(?<!\d)(\d{4})年?[-~至到](\d{4})年")
_BARE_YEARS = re.compile(r"^(?:(?:19|20)\d{2}[-~至到])?(?:19|20)\d{2}$")  # a cell that prints years alone
_STAND_IN_YEAR = 2000  # a leap year
_LOOSE_PRECISIONS = frozenset({"month", "quarter", "half", "year"})


def parse_deadline(raw_text: str | None, year: int | None, vocabulary: DeadlineVocabulary) -> Deadline:
    """Understand a deadline cell.

    Args:
        raw_text: The cell's text, null if the plan has no such column or the cell is blank.
        year: Year of the plan, for deadlines that print none.
        vocabulary: Set phrases.

    Returns:
        The deadline; ``unparsed`` if no rule reads it, ``none`` if nothing is printed. Without a year, a deadline that
        prints none has its kind, no dates and the flag ``no_year``.
    """
    if not raw_text or is_none_mark(raw_text):
        return Deadline(raw_text=raw_text or None, kind="none")
    if len(raw_text) > _MAX_LENGTH:
        return Deadline(raw_text=raw_text, kind="unparsed")
    text = _spell_out_ranges(_BARE_YEARS.sub(r"\g<0>年", fold_dates(_STEP.sub(";", raw_text))))
    if has_impossible_date(text):
        return Deadline(raw_text=raw_text, kind="unparsed")
    parts = [part for part in re.split(r"[;,，。、]|\n", text) if part]
    readings = [reading for part in parts if (reading := _read_part(part, year, vocabulary)) is not None]
    if not readings and year is None:
        return _without_year(raw_text, vocabulary)
    if not readings:
        return Deadline(raw_text=raw_text, kind="unparsed")
    best = _choose(readings, text, vocabulary)
    flags = best.flags + (("multiple",) if len({(r.kind, r.end) for r in readings}) > 1 else ())
    return replace(best, raw_text=raw_text, flags=flags)


def _without_year(raw_text: str, vocabulary: DeadlineVocabulary) -> Deadline:
    """Read a deadline of a plan that prints no year: 6月底前 is a deadline, but nobody knows its day."""
    read = parse_deadline(raw_text, _STAND_IN_YEAR, vocabulary)
    if read.kind == "unparsed":
        return read
    return replace(read, start=None, end=None, flags=(*read.flags, "no_year"))


def find_text_deadlines(text: str, year: int | None, vocabulary: DeadlineVocabulary) -> tuple[Deadline, ...]:
    """Find the deadlines that running text commits to: 6月底前, 到2025年底; each with its words.

    Only ends of periods count, and dates with 前; a year that lies before the plan's is history.
    """
    folded = _spell_out_ranges(fold_dates(text))
    found = []
    for period in find_periods(folded, year, vocabulary.five_year_plans):
        behind = _BEFORE.match(folded[period.end :])
        has_before = behind is not None and behind.group().endswith("前")
        leads_up = period.precision == "year" and _UNTIL.search(folded[: period.start]) is not None
        is_due = (
            leads_up
            or (period.is_end and period.precision != "five_years")
            or (has_before and period.precision in ("day", "decade", "month", "quarter"))
        )
        if is_due and (year is None or period.last.year >= year):
            start = period.start - (1 if leads_up else 0)
            words = folded[start : period.end] + (behind.group() if behind and has_before else "")
            found.append(Deadline(raw_text=words, kind="by", end=period.last, precision=period.precision))
    return tuple(found)


def _spell_out_ranges(text: str) -> str:
    """Give both ends of a range their own word: 6-9月 → 6月-9月, 2021-2023年 → 2021年-2023年."""
    text = _SHORT_RANGE.sub(lambda m: f"{m.group(1)}月{m.group(2)}日-{m.group(1)}月{m.group(3)}日", text)
    text = _YEAR_RANGE.sub(lambda m: f"{m.group(1)}年-{m.group(2)}年", text)
    return _MONTH_RANGE.sub(lambda m: f"{m.group(1)}月-", text)


def _choose(readings: list[Deadline], text: str, vocabulary: DeadlineVocabulary) -> Deadline:
    """Of several deadlines in one cell the last date counts; without dates the first reading.

    A period whose completion stands behind a comma (2024年9月，建成交付) is a deadline like one without.
    """
    dated = [reading for reading in readings if reading.end is not None]
    if not dated:
        return readings[0]
    best = max(dated, key=lambda reading: reading.end or date.min)
    if len(readings) == 1 and best.kind == "window" and best.flags == ("open",):
        best = replace(best, flags=())
        if _has_word(text, vocabulary.completion):
            return replace(best, kind="by", start=None)
    return replace(best, flags=tuple(flag for flag in best.flags if flag != "open"))


def _read_part(text: str, year: int | None, vocabulary: DeadlineVocabulary) -> Deadline | None:
    if (_has_word(text, vocabulary.recurring) or _CYCLE.search(text)) and not _is_whole_year(text):
        return _plain("recurring")
    if _RELATIVE.search(text):
        return _plain("relative")
    season = _read_season(text, year, vocabulary)
    if season is not None:
        return season
    periods = find_periods(text, year, vocabulary.five_year_plans)
    if periods:
        return _read_periods(text, periods, vocabulary)
    if _has_word(text, vocabulary.ongoing):
        return _plain("ongoing")
    if _has_word(text, vocabulary.events):
        return _plain("event")
    if _has_word(text, vocabulary.immediate):
        return replace(_plain("ongoing"), flags=("immediate",))
    if _has_word(text, vocabulary.undated):
        return replace(_plain("event"), flags=("undated",))
    return None


def _is_whole_year(text: str) -> bool:
    return text.startswith(("年度内", "本年度", "全年"))


def _has_word(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _plain(kind: DeadlineKind) -> Deadline:
    return Deadline(raw_text=None, kind=kind)


def _read_season(text: str, year: int | None, vocabulary: DeadlineVocabulary) -> Deadline | None:
    """Read a season of a named year: 2020-2021年秋冬季, 2021年秋冬季."""
    for name, (first, last) in vocabulary.seasons.items():
        match = re.search(rf"(\d{{4}})年?(?:-\d{{4}}年)?度?{name}(?!前)(?!\()", text)
        if match is not None and 1900 <= int(match.group(1)) <= 2200:
            start_year = int(match.group(1))
            end_year = start_year + (last < first)
            end = date(end_year, last, calendar.monthrange(end_year, last)[1])
            return Deadline(raw_text=None, kind="window", start=date(start_year, first, 1), end=end, precision="month")
    return None


def _read_periods(text: str, periods: tuple[Period, ...], vocabulary: DeadlineVocabulary) -> Deadline:
    first = periods[0]
    if len(periods) > 1 and _RANGE.fullmatch(text[first.end : periods[1].start].strip("底末初")):
        return _window(first, periods[1])
    period = _pick_period(text, periods)
    behind = text[period.end :].lstrip(')"')
    if "即日起" in text or "现在起" in text:
        return Deadline(raw_text=None, kind="window", end=period.last, precision=period.precision, flags=("from_now",))
    if period.precision == "year" and _is_year_of_event(behind, vocabulary):
        return _plain("event")
    flags = ("event",) if _has_word(text, vocabulary.events) and period.precision in ("day", "month") else ()
    if _FROM.match(behind) and not _BEFORE.match(behind):
        return Deadline(raw_text=None, kind="ongoing", start=period.first, precision=period.precision, flags=flags)
    if period.precision == "year" and _goes_on(behind, vocabulary):
        return Deadline(
            raw_text=None, kind="window", start=period.first, end=period.last, precision="year", flags=flags
        )
    is_before = _BEFORE.match(behind) is not None or text.rstrip(')"').endswith("前")
    is_due = period.is_end or _UNTIL.search(text[: period.start]) or _has_word(behind, vocabulary.completion)
    if is_before or is_due:
        is_loose = (
            is_before
            and not period.is_end
            and period.precision in _LOOSE_PRECISIONS
            and not behind.startswith(("底", "末", "内", "完成"))
        )
        if is_loose and "前" in behind:
            flags = (*flags, "ambiguous")
        return Deadline(raw_text=None, kind="by", end=period.last, precision=period.precision, flags=flags)
    kind: DeadlineKind = "on" if period.precision == "day" else "window"
    if not behind and kind == "window" and not flags:
        flags = ("open",)
    return Deadline(
        raw_text=None, kind=kind, start=period.first, end=period.last, precision=period.precision, flags=flags
    )


def _goes_on(behind: str, vocabulary: DeadlineVocabulary) -> bool:
    """Tell whether work goes on through a year: 年内持续推进, 2021年全年推进."""
    return behind.lstrip('"的内度').startswith(vocabulary.ongoing)


def _is_year_of_event(behind: str, vocabulary: DeadlineVocabulary) -> bool:
    """Tell whether a year only says of which year an event is: 2021年供暖季前, 明年"五一"."""
    return behind.lstrip('"的').startswith(vocabulary.events)


def _pick_period(text: str, periods: tuple[Period, ...]) -> Period:
    """A date in brackets explains the words before it; otherwise the last period counts."""
    opened = text.find("(")
    inside = [period for period in periods if 0 <= opened < period.start]
    return (inside or list(periods))[-1]


def _window(first: Period, last: Period) -> Deadline:
    start, end = first.first, last.last
    if first.has_year and not last.has_year and start.year != end.year:
        end = _with_year(end, start.year)
    if end < start and not last.has_year:
        end = _with_year(end, end.year + 1)
    if end < start:
        return _plain("unparsed")  # its two years contradict each other
    return Deadline(raw_text=None, kind="window", start=start, end=end, precision=last.precision)


def _with_year(day: date, year: int) -> date:
    """Return the day in another year; a 29 February is the end of February there."""
    is_last = day.month == 2 and day.day >= 28
    return day.replace(year=year, day=calendar.monthrange(year, 2)[1] if is_last else day.day)
