"""Find the header of a table in lines of text: its labels in order, whatever divides them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planextract.label.headers import HeaderMatch, find_kind, is_known_label, match_header
from planextract.label.likely_labels import find_suffix, read_label
from planextract.label.people import asks_for_both
from planextract.label.text_tables.tokens import BAR, Divider, split_line
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.source import SourceText
from planextract.model.table import Column
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import fold, is_cjk, without_spaces
from planextract.text.markers import parse_section, parse_task_no
from planextract.text.sentences import is_finished

_LONGEST_LINE, _LONGEST_LABEL = 200, 16
_MOST_COLUMNS = 14
_LEAST_COLUMNS = 2
_MOST_WIDE = 2
_LABEL_LINES = 5
_OPENED = re.compile(r"\n[（(\[][^（(\[]*[）)\]]$")
_DIVIDED: tuple[Divider, ...] = ("tab", "pipe", "blanks", "blank", "comma")
_NUMBER_LABELS = frozenset({"序号", "序號", "编号", "序"})
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年|[-—]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHeader:
    """A header found in lines: ``lines[start:end]``, the labels in order, what divides them.

    ``labels`` are as printed, those of a second level after those of the first; ``lines_of`` the line of each.
    ``group`` is the place of the label that stands above the last ones, and how many these are. ``wide`` is how many
    columns the first label stands above beside its own, without labels below it.
    """

    start: int
    end: int
    divider: Divider
    labels: tuple[str, ...]
    lines_of: tuple[int, ...]
    match: HeaderMatch
    group: tuple[int, int] | None = None
    wide: int = 0

    @property
    def columns(self) -> tuple[Column, ...]:
        """Roles and labels of the columns."""
        first = self.match.columns[0]
        return (*(Column(role=Role.SECTION, label=first.label) for _ in range(self.wide)), *self.match.columns)


def find_headers(lines: Sequence[SourceText], vocabulary: ColumnVocabulary) -> list[TextHeader]:
    """Return every header in some lines, in order."""
    found: list[TextHeader] = []
    place = 0
    while place < len(lines):
        header = find_header(lines, place, vocabulary)
        if header is not None:
            found.append(header := _begin_as_before(lines, header, found, vocabulary))
        place = header.end if header is not None else place + 1
    return found


def _begin_as_before(
    lines: Sequence[SourceText], header: TextHeader, before: Sequence[TextHeader], vocabulary: ColumnVocabulary
) -> TextHeader:
    """Return a header that is repeated without the last cells of the row above it, which only look like labels."""
    for labels in dict.fromkeys(earlier.labels for earlier in before if earlier.divider == header.divider):
        more = len(header.labels) - len(labels)
        if more > 0 and header.labels[more:] == labels:
            return find_header(lines, header.lines_of[more], vocabulary) or header
    return header


def find_header(lines: Sequence[SourceText], place: int, vocabulary: ColumnVocabulary) -> TextHeader | None:
    """Return the header that starts with a line, or None."""
    text = lines[place].raw_text
    if len(text) > _LONGEST_LINE:
        return None
    for divider in _DIVIDED:
        found = _find_in_line(lines, place, divider, vocabulary)
        if found is not None:
            return found
    first = BAR.split(text.strip())[0]
    if find_kind(first, vocabulary) == "milestone":
        return None  # a day alone on a line is the last cell of a row
    if not is_known_label(first, vocabulary) and not _stands_above_number(lines, place, first, vocabulary):
        return None
    return _find_in_stream(lines, place, vocabulary)


def _stands_above_number(lines: Sequence[SourceText], place: int, first: str, vocabulary: ColumnVocabulary) -> bool:
    """Tell whether a line that only ends like a label is one: the next is the label of numbers (考核项目, 序号)."""
    below = lines[place + 1].raw_text.strip(" |｜") if place + 1 < len(lines) else ""
    return fold(below) in _NUMBER_LABELS and _is_labels([first]) and find_suffix(first, vocabulary) is not None


def _find_in_line(
    lines: Sequence[SourceText], place: int, divider: Divider, vocabulary: ColumnVocabulary
) -> TextHeader | None:
    labels = split_line(lines[place].raw_text, divider)
    if divider == "blank":
        labels = _join_spaced(labels)
    if not _LEAST_COLUMNS <= len(labels) <= _MOST_COLUMNS or not _is_labels([label for label in labels if label]):
        return None
    match = match_header([labels], vocabulary)
    if match is None or (divider in ("blank", "blanks", "comma") and len(labels) < 3):
        return None
    if divider == "comma" and (match.unknown or match.damaged):
        return None  # a sentence has commas too
    return TextHeader(
        start=place, end=place + 1, divider=divider, labels=tuple(labels), lines_of=(place,) * len(labels), match=match
    )


def _join_spaced(labels: list[str]) -> list[str]:
    """Return labels with those whole that are printed with wide spaces: 序号 工 作 任 务 牵头负责部门."""
    found: list[str] = []
    is_open = False
    for label in labels:
        is_lone = len(label) == 1 and is_cjk(label)
        if is_lone and is_open:
            found[-1] += label
        elif label:
            found.append(label)
        is_open = is_lone
    return found


def _find_in_stream(lines: Sequence[SourceText], place: int, vocabulary: ColumnVocabulary) -> TextHeader | None:
    """Find labels that stand on lines of their own, with a bar behind each or without."""
    has_bars = any(BAR.search(line.raw_text) for line in lines[place : place + 2])
    cells = _take_labels(lines, place, vocabulary, has_bars=has_bars)
    for count in range(len(cells), _LEAST_COLUMNS - 1, -1):
        if not _ends_line(lines[cells[count - 1][1]].raw_text, cells[count - 1][0]):
            continue
        labels = [label for label, _ in cells[:count]]
        is_known = is_known_label(labels[-1], vocabulary)
        if not is_known and (parse_section(labels[-1]) or not _is_before_number(cells, count, lines, has_bars)):
            continue
        match = match_header([labels], vocabulary)
        if match is not None and not is_known and match.columns[0].role is not Role.TASK_NO:
            continue
        if match is None or match.row_count != 1 or (count == _LEAST_COLUMNS and (match.unknown or match.damaged)):
            continue
        end = cells[count - 1][1] + 1
        if has_bars and end < len(lines) and BAR.fullmatch(lines[end].raw_text.strip()):
            end += 1
        return TextHeader(
            start=place,
            end=end,
            divider="pipe_stream" if has_bars else "line",
            labels=tuple(labels),
            lines_of=tuple(line for _, line in cells[:count]),
            match=match,
        )
    return None


def regroup(header: TextHeader, vocabulary: ColumnVocabulary) -> list[TextHeader]:
    """Return how else the labels may be meant: 责任单位 is printed above the last two, 牵头单位 and 配合单位."""
    found: list[TextHeader] = []
    labels = header.labels
    if header.divider not in ("line", "pipe_stream"):
        return _spread(header, vocabulary)
    for count in (2, 3):
        last = labels[-count:]
        roles = [vocabulary.roles.get(read_label(label, vocabulary)) for label in last]
        if len(labels) < count + 3 or len(set(roles)) < count or not all(role in AGENCY_ROLES for role in roles):
            continue
        for place, label in enumerate(labels[:-count]):
            if read_label(label, vocabulary) not in vocabulary.group_labels:
                continue
            match = match_header([[*labels[:place], *last, *labels[place + 1 : -count]]], vocabulary)
            if match is not None:
                found.append(replace(header, match=match, group=(place, count)))
    return found


def _spread(header: TextHeader, vocabulary: ColumnVocabulary) -> list[TextHeader]:
    """Return how else a row of labels may be meant that blank ones fill up: its first ones were merged over columns.

    A copy moves the labels to the left: 工作任务 | 具体要求 | 责任单位 | | above 一、… | （一）… | 1 | … | ….
    """
    labels = header.labels
    count = len(labels)
    while count > 0 and not labels[count - 1]:
        count -= 1
    if count == len(labels) or count < _LEAST_COLUMNS or not all(labels[:count]):
        return []
    match = match_header([list(labels[:count])], vocabulary)
    if match is None or match.row_count != 1:
        return []
    kept = replace(header, labels=labels[:count], lines_of=header.lines_of[:count], match=match)
    return [replace(kept, wide=wide) for wide in range(min(len(labels) - count, _MOST_WIDE) + 1)]


def _ends_line(text: str, label: str) -> bool:
    """Tell whether nothing but bars stands behind a label on its line."""
    return BAR.sub("", text).rstrip().endswith(label)


def _is_dated_label(text: str, vocabulary: ColumnVocabulary) -> bool:
    """Tell whether a text with figures is a label: 1-11月推进情况, 6月底前目标."""
    return len(without_spaces(text)) <= _LONGEST_LABEL and find_kind(text, vocabulary) in ("progress", "milestone")


def _take_labels(
    lines: Sequence[SourceText], place: int, vocabulary: ColumnVocabulary, *, has_bars: bool
) -> list[tuple[str, int]]:
    """Return the labels on the lines from a place on, with their lines, up to what can be none."""
    cells: list[tuple[str, int]] = []
    skip = place
    for at in range(place, min(len(lines), place + 2 * _MOST_COLUMNS)):
        if at < skip:
            continue
        text = lines[at].raw_text.strip()
        whole = _take_whole(lines, at, vocabulary) if has_bars else None
        if whole is not None:
            cells.append((whole[0], at))
            skip = whole[1]
            continue
        parts = [part.strip() for part in BAR.split(text)] if has_bars else [text]
        for part in parts:
            if not part:
                continue
            if not (_is_labels([part]) or _is_dated_label(part, vocabulary)) or len(cells) >= _MOST_COLUMNS:
                return cells
            cells.append((part, at))
    return cells


def _take_whole(lines: Sequence[SourceText], place: int, vocabulary: ColumnVocabulary) -> tuple[str, int] | None:
    """Return a label that stands on several lines between two bars, and the place of the bar behind it, or None.

    Its last lines are a bracket: 责任部门 | （加*号为牵头部门， | 其余为参与部门）.
    """
    label = ""
    for at in range(place, min(len(lines), place + _LABEL_LINES)):
        text = lines[at].raw_text.strip()
        if BAR.fullmatch(text):
            is_bracket = _OPENED.match(label[len(lines[place].raw_text.strip()) :]) is not None
            return (label, at) if is_bracket and is_known_label(label.replace("\n", ""), vocabulary) else None
        if BAR.search(text):
            return None
        label = f"{label}\n{text}" if label else text
    return None


def _is_before_number(cells: list[tuple[str, int]], count: int, lines: Sequence[SourceText], has_bars: bool) -> bool:
    """Tell whether the first row's number follows a label: then it ends the header though nobody knows it.

    A page cut out of a table starts with a later one, below a label of numbers.
    """
    at = cells[count - 1][1] + 1
    while has_bars and at < len(lines) and BAR.fullmatch(lines[at].raw_text.strip()):
        at += 1
    number = parse_task_no(lines[at].raw_text.strip(" |｜")) if at < len(lines) else None
    return number == 1 or (number is not None and fold(cells[0][0]) in _NUMBER_LABELS)


def _is_labels(texts: Sequence[str]) -> bool:
    for text in texts:
        flat = without_spaces(text)
        if len(flat) > _LONGEST_LABEL or is_finished(flat) or parse_task_no(flat) is not None:
            return False
        if re.search(r"\d", _YEAR.sub("", flat)) or re.search(r"[，。；：]", flat):
            return False
    return bool(texts)


def kind_of(column: Column, vocabulary: ColumnVocabulary) -> str:
    """Return what a column without a role holds, "" if nobody knows; ``both`` if it holds bodies and people."""
    if asks_for_both(column.label, vocabulary):
        return "both"
    if column.role is not Role.OTHER:
        return ""
    return "person" if column.is_private else find_kind(column.label, vocabulary)
