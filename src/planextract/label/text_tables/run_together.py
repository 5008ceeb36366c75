"""Tables whose dividers are gone altogether: 类别序号重点督办内容牵头单位完成情况, then a row a line.

Such a table is read only where what is printed leaves one reading: the header is cut into known labels without a rest,
the rows' numbers count on, each text ends with its sentence's stop, and the body behind it ends in one way only. One
row that can be read otherwise, or not at all, and nothing is read: the header is reported instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planextract.label.headers import HeaderMatch, match_header
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.source import SourceCell, SourceTable, SourceText
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import is_cjk, without_spaces

_LEAST_LABELS, _LONGEST_HEADER, _LONGEST_LABEL = 4, 60, 12
_LEAST_ROWS, _LONGEST_SECTION = 2, 30
_BODY = re.compile(r"[省市州盟区县旗镇乡][\u4e00-\u9fff]{1,13}")
_ENDINGS = ("委", "局", "办", "院", "中心", "厅", "公司", "集团", "政府", "委员会", "办公室", "管委会", "街道", "部")
_FRONT = re.compile(r"^(?:全年|年度|[省市区县](?:政府|级)?)")
_STOP = re.compile(r"[。！；]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTogether:
    """A header without dividers: its place among the lines, its labels, and the table below it if it can be read."""

    place: int
    labels: tuple[str, ...]
    table: SourceTable | None
    end: int


def find_run_together(lines: Sequence[SourceText], vocabulary: ColumnVocabulary) -> RunTogether | None:
    """Return the first header without dividers in lines of text, with its table if one reading is certain."""
    for place, line in enumerate(lines):
        labels = _cut_header(line.raw_text, vocabulary)
        match = match_header([labels], vocabulary) if labels else None
        if match is None or not any(column.role in AGENCY_ROLES for column in match.columns):
            continue
        rows = list(_read_rows(lines[place + 1 :], match, vocabulary.no_bodies))
        end = place + 1 + len(rows)
        number = next((i for i, column in enumerate(match.columns) if column.role is Role.TASK_NO), 0)
        is_whole = len(rows) >= _LEAST_ROWS and not _counts_on(lines[end:], int(rows[-1][number]))
        table = _build(lines, place, labels, rows) if is_whole else None
        return RunTogether(place=place, labels=tuple(labels), table=table, end=end)
    return None


def has_run_together_header(text: str, vocabulary: ColumnVocabulary) -> bool:
    """Tell whether a line is the header of a table, whatever room is left between its labels."""
    labels = _cut_header(without_spaces(text), vocabulary)
    return bool(labels) and match_header([labels], vocabulary) is not None


def has_parted_header(lines: Sequence[str], vocabulary: ColumnVocabulary) -> bool:
    """Tell whether lines that are nothing but labels make a header, one behind the other: its columns were parted."""
    labels = [label for line in lines for label in _cut_header(without_spaces(line), vocabulary, least=1)]
    labels = list(dict.fromkeys(labels))
    match = match_header([labels], vocabulary) if len(labels) >= _LEAST_LABELS else None
    roles = {column.role for column in match.columns} if match is not None else set()
    return Role.TASK_NO in roles and bool(roles & set(AGENCY_ROLES))


def _cut_header(text: str, vocabulary: ColumnVocabulary, *, least: int = _LEAST_LABELS) -> list[str]:
    """Cut a line into known labels without a rest, the fewest; [] if it cannot be."""
    size = len(text)
    if not 2 * least <= size <= _LONGEST_HEADER or not all(map(is_cjk, text)):
        return []
    best: list[list[str] | None] = [[]] + [None] * size
    for end in range(2, size + 1):
        for start in range(max(0, end - _LONGEST_LABEL), end - 1):
            before = best[start]
            if before is None or not _is_word(text[start:end], vocabulary):
                continue
            found = best[end]
            if found is None or len(before) + 1 < len(found):
                best[end] = [*before, text[start:end]]
    labels = best[size] or []
    return labels if len(labels) >= least else []


def _is_word(label: str, vocabulary: ColumnVocabulary) -> bool:
    """Tell whether a dictionary lists a label as it stands, a level or a year in front of it aside."""
    listed = {*vocabulary.roles, *vocabulary.kinds, *vocabulary.persons}
    return label in listed or _FRONT.sub("", label) in listed


def _counts_on(lines: Sequence[SourceText], last: int) -> bool:
    """Tell whether the line behind the rows that were read begins as the next one: then it can be read otherwise."""
    head = lines[0].raw_text[: _LONGEST_SECTION + 3] if lines else ""
    return any(int(match.group()) == last + 1 for match in re.finditer(r"\d{1,4}", head))


def _read_rows(lines: Sequence[SourceText], match: HeaderMatch, no_bodies: tuple[str, ...]) -> Iterator[list[str]]:
    """Yield the cells of each row, up to the first line that is none; nothing where the columns are others.

    What is read: a section or nothing, the number, the text, bodies of one role, one further column or nothing.
    """
    roles = [column.role for column in match.columns]
    before = roles[: roles.index(Role.TASK_NO)] if Role.TASK_NO in roles else [Role.OTHER] * 2
    behind = roles[len(before) + 1 :]
    if len(before) > 1 or len(behind) not in (2, 3) or behind[0] is not Role.MEASURE or behind[1] not in AGENCY_ROLES:
        return
    last: int | None = None
    for line in lines:
        row = _read_row(
            line.raw_text.strip(), last, has_section=bool(before), has_rest=len(behind) == 3, no_bodies=no_bodies
        )
        if row is None:
            return
        last = int(row[1])
        yield row if before else row[1:]


def _read_row(
    text: str, last: int | None, *, has_section: bool, has_rest: bool, no_bodies: tuple[str, ...]
) -> list[str] | None:
    found: list[list[str]] = []
    for match in re.finditer(r"\d+", text[: _LONGEST_SECTION + 3]):
        section, number = text[: match.start()], match.group()
        if bool(section) != has_section or re.search(r"\d", section) or (last is not None and int(number) != last + 1):
            continue
        ways = _cut_behind(text[match.end() :], no_bodies, has_rest=has_rest)
        found += [[section, number, *way] for way in ways]
    return found[0] if len(found) == 1 else None


def _cut_behind(text: str, no_bodies: tuple[str, ...], *, has_rest: bool) -> list[list[str]]:
    """Return each way to cut what stands behind a number into text, body and rest."""
    found = []
    for stop in _STOP.finditer(text):
        body = _BODY.match(text, stop.end())
        if body is None or (not has_rest and body.end() != len(text)):
            continue
        for end in range(body.start() + 3, body.end() + 1):
            name = text[body.start() : end]
            if name.endswith(_ENDINGS) and not name.endswith(no_bodies) and has_rest == (end < len(text)):
                found.append([text[: stop.end()], name, *([text[end:]] * has_rest)])
    return found


def _build(
    lines: Sequence[SourceText], place: int, labels: Sequence[str], rows: Sequence[Sequence[str]]
) -> SourceTable:
    cells = [
        SourceCell(row=index, col=col, raw_text=text, line=lines[place + index].line)
        for index, row in enumerate((labels, *rows))
        for col, text in enumerate(row)
    ]
    first = lines[place]
    return SourceTable(
        page=first.page,
        row_count=len(rows) + 1,
        col_count=len(labels),
        cells=tuple(cells),
        has_spans=False,
        line=first.line,
    )
