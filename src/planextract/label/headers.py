"""Header wording → canonical role, also for wordings that OCR damaged or that stand on two levels."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from planextract.label.likely_labels import TRAILING_BRACKET, find_made, find_similar, find_suffix, read_label
from planextract.label.shared_roles import NAME_LABEL, find_years, mark_planned, name_works, settle_repeated_roles
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.table import Column
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import fold, without_spaces
from planextract.text.markup import resolve_markup

_SAME_HEADER_RATIO = 75.0
_DAMAGED_LABEL_RATIO = 45.0  # one wrong character of two, two of four
_MAX_LONGER = 2
_CORE_ROLES = frozenset({Role.MEASURE, Role.TASK_NAME})
_COMMITMENT_ROLES = frozenset({Role.DEADLINE, *AGENCY_ROLES})
_LEAST_MERGED = 2
_LONGEST_SPLIT = 12
_NODE = re.compile(
    r"(?:\d{4}年)?(?:(?:第?[一二三四1-4][、和至-]?)+季度|[上下]半年|全年|\d{1,2}(?:[-~至]\d{1,2})?月份?)(?:[底末]前?)?"
    r"(?:工作|推进|完成|阶段性?|形象|计划)?(?:目标|计划|进度|节点|任务|安排)?(?:任务|目标)?"
)
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"^(?:\d{4}年度?|年度|全年|本年度?)")
_CONTENTS = "内容"
_MEASURED, _UNIT_LABEL = ("value", "indicator", "goal"), "单位"  # beside figures 单位 is their unit
_LONGEST_LABEL = 100  # characters as printed, mark-up included
_WHOLE_YEAR = re.compile(r"(?:\d{4}年)?全年(?!完成|进展|推进)")
_JOINTS = "及和与、/(（"
_DEEDS = "实事"  # deeds promised for a year: a numbered list of them is a plan though nobody answers for them


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenHeader:
    """The header that a plan printed last: its columns, and its labels as printed, rows × columns."""

    columns: tuple[Column, ...] = ()
    labels: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderMatch:
    """A header row understood: one column a grid position.

    ``damaged`` holds ``(label, wording)`` of labels accepted although OCR damaged them;
    ``unknown`` the labels that no dictionary knows; ``repeated`` those of a role that another column has taken.
    """

    columns: tuple[Column, ...]
    row_count: int
    damaged: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...] = ()


def match_header(grid: Sequence[Sequence[str]], vocabulary: ColumnVocabulary) -> HeaderMatch | None:
    """Understand the first row, or the first two rows, of a table as its header.

    Args:
        grid: Raw texts of the first rows, rows × columns; a merged cell's text stands at each of
            its positions.
        vocabulary: Known wordings.

    Returns:
        The match, or None if the first row is no header: a header has two known labels or more, at
        least half of its labels are known, one of them names tasks or measures, and another what is done,
        by when or by whom (a list of projects with their cost is no plan).
    """
    if not grid or _is_prose(grid[0]):
        return None
    tops = [_label(text) for text in grid[0]]
    if tops[0].isdigit() or any(top.endswith("。") for top in tops):
        return None  # a short row of data above a header: its 3月底前 looks like the label of a node
    if not any(find_role(top, vocabulary) or _is_known(top, vocabulary) for top in tops):
        return None  # as most rows: no label is known
    one = _match_labels(tops, vocabulary, 1)
    if len(grid) > 1:
        two = _match_two_levels(tops, grid[1], vocabulary)
        if two is not None:
            return two
    return one


def is_same_header(labels: Sequence[str], columns: Sequence[Column]) -> bool:
    """Tell whether a row repeats the header of an earlier fragment, exactly or damaged.

    At least half of the labels are equal and each of the others is similar.
    """
    if len(labels) != len(columns) or _is_prose(labels):
        return False
    equal = 0
    for text, column in zip(labels, columns, strict=True):
        found, known = fold(_label(text)), fold(column.label)
        if found and found != known and fuzz.ratio(found, known) < _SAME_HEADER_RATIO:
            return False
        equal += found == known
    return 2 * equal >= len(labels)


def match_damaged_repeat(
    grid: Sequence[Sequence[str]], seen: SeenHeader, vocabulary: ColumnVocabulary, *, is_same_place: bool
) -> HeaderMatch | None:
    """Recognise the header printed last although its labels are damaged, or return None.

    Each label must be the old one, or look like it; half of them exactly. None may be the wording of another
    column. One label may be lost, or unlike the old one where the table stands in the same column lines
    (``is_same_place``).

    Args:
        grid: Raw texts of the first rows, rows × columns.
        seen: The header printed last.
        vocabulary: Known wordings.
        is_same_place: The column lines are those of the table before, and nothing stands in between.
    """
    rows = seen.labels
    if not rows or len(grid) < len(rows) or any(len(row) != len(seen.columns) for row in grid[: len(rows)]):
        return None
    known = {fold(label) for row in rows for label in row}
    cells = [
        (text, label, column.role)
        for texts, labels in zip(grid, rows, strict=False)
        for text, label, column in zip(texts, labels, seen.columns, strict=True)
        if label
    ]
    equal = lost = 0
    pairs: dict[tuple[str, str], None] = {}
    for text, label, role in cells:
        found = _label(text)
        folded = fold(found)
        if len(found) > len(label) + _MAX_LONGER or (_DIGIT.search(found) and not _DIGIT.search(label)):
            return None
        is_alike = fuzz.ratio(folded, fold(label)) >= _DAMAGED_LABEL_RATIO
        if found and not is_alike and not is_same_place:
            return None
        if folded not in known and _is_other(found, {role, find_role(label, vocabulary)}, vocabulary):
            return None
        pairs[found, label] = None
        equal += folded == fold(label)
        lost += not is_alike
    if lost > 1 or 2 * equal < len(cells):
        return None
    damaged = tuple((found, label) for found, label in pairs if fold(found) != fold(label))
    return HeaderMatch(columns=seen.columns, row_count=len(rows), damaged=damaged, unknown=())


def _is_other(label: str, roles: Set[Role | None], vocabulary: ColumnVocabulary) -> bool:
    """Tell whether a label is the exact wording of a column with none of these roles."""
    found = find_role(label, vocabulary)
    return found not in roles if found is not None else _is_known(label, vocabulary)


def find_private(labels: Sequence[str], vocabulary: ColumnVocabulary) -> frozenset[int]:
    """Return which columns of a header name people (责任人, 联系电话)."""
    return frozenset(col for col, text in enumerate(labels) if text.strip() and _is_private(_label(text), vocabulary))


def is_known_label(label: str, vocabulary: ColumnVocabulary) -> bool:
    """Tell whether a dictionary knows a header wording, as a role or as another column."""
    return find_role(label, vocabulary) is not None or _is_known(label, vocabulary) or _is_private(label, vocabulary)


def find_kind(label: str, vocabulary: ColumnVocabulary) -> str:
    """Return what a column without a role holds: ``person``, ``progress``, ``milestone`` …; "" if nobody knows.

    全年完成情况 ends with a known wording; 一季度 and 6月底前目标 are known by their form.
    """
    folded = _drop_joints(read_label(label, vocabulary))
    for text in (folded, TRAILING_BRACKET.sub("", folded), _YEAR.sub("", folded)):
        if text in vocabulary.kinds:
            return vocabulary.kinds[text]
    if _NODE.fullmatch(folded):
        return "milestone"
    if not folded.endswith(vocabulary.kind_endings):
        return ""
    return vocabulary.kinds[next(word for word in vocabulary.kind_endings if folded.endswith(word))]


def _is_prose(texts: Sequence[str]) -> bool:
    """Tell at a glance that a row holds more than labels: most rows do, and need no closer look."""
    return max(map(len, texts), default=0) > _LONGEST_LABEL


def _label(raw_text: str) -> str:
    return without_spaces(resolve_markup(raw_text))


def _match_two_levels(tops: list[str], lower: Sequence[str], vocabulary: ColumnVocabulary) -> HeaderMatch | None:
    """Match a header whose second row splits a group label (责任单位 over 牵头部门 and 配合部门).

    At least one label of the first row, ``tops``, is known.
    """
    bottoms = [_label(text) for text in lower]
    if all(bottoms) and not any(map(str.__eq__, tops, bottoms)) and all(tops) and len(set(tops)) == len(tops):
        return None  # nothing is merged: the second row is the header, and a row of data stands above it
    has_second_level = any(
        bottom and bottom != top and find_role(bottom, vocabulary) is not None
        for top, bottom in zip(tops, bottoms, strict=True)
    )
    is_all_labels = all(
        not bottom or bottom == top or find_role(bottom, vocabulary) is not None or _is_known(bottom, vocabulary)
        for top, bottom in zip(tops, bottoms, strict=True)
    )
    is_split = _is_split(tops, bottoms, vocabulary) or _is_split_by_blanks(tops, bottoms, vocabulary)
    if not ((has_second_level and is_all_labels) or is_split):
        return None
    found = _match_labels([bottom or top for top, bottom in zip(tops, bottoms, strict=True)], vocabulary, 2)
    return found and replace(found, columns=mark_planned(found.columns, tops))


def _is_split(tops: list[str], bottoms: list[str], vocabulary: ColumnVocabulary) -> bool:
    """Tell by the merged cells alone whether a second row splits a group label: its own labels may be damaged.

    Two known labels or more reach over both rows, and every label of the second row stands below one that reaches
    over several columns.
    """
    count = len(tops)
    is_group = [any(0 <= near < count and tops[near] == tops[i] for near in (i - 1, i + 1)) for i in range(count)]
    merged = sum(
        top == bottom and not group and is_known_label(top, vocabulary)
        for top, bottom, group in zip(tops, bottoms, is_group, strict=True)
    )
    split = [place for place in range(count) if tops[place] != bottoms[place]]
    is_below_groups = all(is_group[place] and 0 < len(bottoms[place]) <= _LONGEST_SPLIT for place in split)
    return merged >= _LEAST_MERGED and bool(split) and is_below_groups


def _is_split_by_blanks(tops: list[str], bottoms: list[str], vocabulary: ColumnVocabulary) -> bool:
    """Tell whether a second row splits group labels where no cell is merged, as a file without spans has it.

    Each label of the second row is known. It stands below a blank, or below the label that a run of blanks follows;
    below every other label nothing stands.
    """
    count = len(tops)
    filled = [place for place in range(count) if bottoms[place]]
    if len(filled) < _LEAST_MERGED or tops == bottoms:
        return False
    blank = {place for place in range(count) if not tops[place]}
    heads = {place for place in range(count) if tops[place] and place + 1 in blank and place + 1 in filled}
    return (
        bool(heads)
        and all(place in blank or place in heads for place in filled)
        and all(is_known_label(bottoms[place], vocabulary) for place in filled)
        and sum(is_known_label(top, vocabulary) for top in tops if top) >= _LEAST_MERGED
    )


def _match_labels(labels: list[str], vocabulary: ColumnVocabulary, row_count: int) -> HeaderMatch | None:
    labels, printed = _read_whole_years(labels, vocabulary), labels
    years = find_years(labels)
    exact = [None if place in years else find_role(label, vocabulary) for place, label in enumerate(labels)]
    known = len(years) + sum(
        role is not None or _is_known(x, vocabulary) for role, x in zip(exact, labels, strict=True)
    )
    filled = sum(bool(label) for label in labels)
    if known < 2 or 2 * known < filled:
        return None
    columns: list[Column] = []
    damaged: list[tuple[str, str]] = []
    unknown: list[str] = []
    taken = {role for role in exact if role is not None}
    for place, (shown, label, role) in enumerate(zip(printed, labels, exact, strict=True)):
        found = role
        if found is None and label and place not in years and not _is_known(label, vocabulary):
            made = None if _is_private(label, vocabulary) else find_made(label, vocabulary)
            longer = find_suffix(label, vocabulary)
            wording = longer or find_similar(label, vocabulary)
            if made is not None:
                found = made
            elif wording is not None and vocabulary.roles[wording] not in taken:
                found = vocabulary.roles[wording]
                if longer is None:
                    damaged.append((label, wording))
            else:
                unknown.append(label)
        columns.append(
            Column(
                role=found or Role.OTHER,
                label=shown,
                is_private=found is None and _is_private(label, vocabulary),
                kind="" if found or not label else "milestone" if place in years else find_kind(label, vocabulary),
            )
        )
    if any(column.kind in _MEASURED for column in columns):
        columns = [replace(c, kind="unit") if c.label == _UNIT_LABEL and c.role is Role.OTHER else c for c in columns]
        unknown = [label for label in unknown if label != _UNIT_LABEL]
    if len(columns) > 1 and exact[0] is None and columns[0].role is Role.TASK_NAME and exact[1] is Role.TASK_NO:
        columns[0] = replace(columns[0], role=Role.SECTION)  # 考核项目 | 序号: it stands over several numbers
    columns = _read_contents(name_works(columns), unknown)
    roles = {column.role for column in columns}
    is_named = any(c.role is Role.TASK_NAME and fold(c.label).endswith(NAME_LABEL) for c in columns)
    if not _CORE_ROLES & roles or (is_named and Role.MEASURE not in roles):
        columns = _make_goal_the_measure(columns, vocabulary, kinds=("goal",) if is_named else ("goal", "indicator"))
        roles = {column.role for column in columns}
    is_list = Role.TASK_NO in roles and any(
        c.role in _CORE_ROLES and _DEEDS in read_label(c.label, vocabulary) for c in columns
    )
    if not _CORE_ROLES & roles or not (roles >= _CORE_ROLES or roles & _COMMITMENT_ROLES or is_list):
        return None
    settled = settle_repeated_roles(columns)
    repeated = [
        old.label
        for old, new in zip(columns, settled, strict=True)
        if new.role is Role.OTHER and old.role is not Role.OTHER
    ]
    return HeaderMatch(
        columns=tuple(settled),
        row_count=row_count,
        damaged=tuple(damaged),
        unknown=tuple(unknown),
        repeated=tuple(repeated),
    )


def _read_contents(columns: list[Column], unknown: list[str]) -> list[Column]:
    """Let 内容 say what is done where another column names the task, and one names bodies: alone it says too little."""
    roles = {column.role for column in columns}
    if (
        Role.MEASURE in roles
        or Role.TASK_NAME not in roles
        or roles.isdisjoint(AGENCY_ROLES)
        or _CONTENTS not in unknown
    ):
        return columns
    unknown.remove(_CONTENTS)
    return [replace(c, role=Role.MEASURE) if fold(c.label) == _CONTENTS else c for c in columns]


def _read_whole_years(labels: list[str], vocabulary: ColumnVocabulary) -> list[str]:
    """Return labels as they are meant: 全年目标任务 is a node of a plan only beside those of parts of the year."""
    nodes = [label for label in labels if find_kind(label, vocabulary) == "milestone"]
    if not nodes or not all(_WHOLE_YEAR.match(fold(label)) for label in nodes):
        return labels
    return [_YEAR.sub("", label) if label in nodes and _YEAR.sub("", label) else label for label in labels]


def _make_goal_the_measure(
    columns: list[Column], vocabulary: ColumnVocabulary, *, kinds: Sequence[str]
) -> list[Column]:
    """Let the goals, else the indicators, say what is done where no column does (序号 | 2022年预期目标 | 责任单位).

    So they do beside a column that only names what is done (任务名称 | 指标要求 | 牵头部门).
    """
    for wanted in kinds:
        for place, column in enumerate(columns):
            meant = {find_kind(column.label, vocabulary), find_kind(_YEAR.sub("", fold(column.label)), vocabulary)}
            if column.role is Role.OTHER and wanted in meant:
                return [replace(c, role=Role.MEASURE) if i == place else c for i, c in enumerate(columns)]
    return columns


def find_role(label: str, vocabulary: ColumnVocabulary) -> Role | None:
    """Return the role that the dictionary gives a header wording, a colon or a remark in brackets behind it aside."""
    folded = read_label(label, vocabulary).rstrip(":：")
    return vocabulary.roles.get(folded) or vocabulary.roles.get(TRAILING_BRACKET.sub("", folded))


def _is_known(label: str, vocabulary: ColumnVocabulary) -> bool:
    return bool(label) and find_kind(label, vocabulary) != ""


def _is_private(label: str, vocabulary: ColumnVocabulary) -> bool:
    """Tell whether a column names people: 责任人, also 企业责任人（签字）."""
    folded = _drop_joints(TRAILING_BRACKET.sub("", read_label(label, vocabulary)))
    return bool(vocabulary.persons) and folded.endswith(tuple(vocabulary.persons))


def _drop_joints(folded: str) -> str:
    """Return a label without the word that joined it to another: 及责任人 was parted from 责任单位及责任人."""
    bare = folded.strip(_JOINTS)
    return bare.rstrip(")") if folded[:1] == "(" else bare
