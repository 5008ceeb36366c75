"""How well a cell's text fits a column: natural logarithms of likelihood ratios against any other text of a page.

The weights are rounded from the lab's plans (tests/lab) and lean to doubt: what a cell can be is decided by all of its
row, so that no single weight has to be exact.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from planextract.label.text_tables.rows import BLANK_FITS
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.table import Column
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import fold, is_cjk, without_spaces
from planextract.text.markers import LEAD_MARKS, is_none_mark, parse_section, parse_task_no
from planextract.text.sentences import is_finished

_LONGEST_NAME, _LONGEST_DEADLINE, _SHORT_DEADLINE, _LONGEST_PERSON = 24, 26, 14, 4
_LONGEST_OF_BOTH = 60  # characters of bodies and people in one cell
_PARTS = re.compile(r"[、，,；;。\s/／]+")
_COLON = re.compile(r"[:：]")
_NOTE = re.compile(r"(?:备?注|说明|附注)[0-9]{0,2}[:：.、]")
_MARKS = re.compile(r"([（(]?)[一二三四五六七八九十百]{1,3}([)）、.．])")
_OWN_STYLE = 1.5
_BRACKETS = re.compile(r"[（(\[〔][^（()）\]〕]*[)）\]〕]")
_OPEN_LIST = re.compile(r"(?:等(?:有关|相关)?(?:部门|单位|市级部门)?|及?(?:有关|相关)(?:部门|单位))$")
_COLLECTIVE = re.compile(
    r"^(?:各|有关|相关|其他|其它|全[省市区县镇]|[省市区县]直).{0,10}"
    r"(?:部门|单位|[区县市镇乡街村局办委院所处科股]|街道|[科股处]室|企业|学校|公司|中心|机关|团体|组织|办局)$"
)
_WEAK_ENDS = (
    "社",
    "台",
    "馆",
    "校",
    "村",
    "部",
    "处",
    "所",
    "站",
    "会",
    "组",
    "队",
    "园区",
    "社区",
    "示范区",
    "片区",
    "城区",
    "风景区",
    "中心",
    "企业",
    "机关",
    "大学",
    "学院",
    "医院",
    "研究院",
    "农场",
    "林场",
    "基地",
    "地方",
    "各地",
    "各级",
)
# Ends in a weak one, and is none itself.
_STRONG_ENDS = ("办事处", "委员会", "管委会", "常委会", "联合会", "工会", "指挥部", "支队", "总队", "大队")
_IS_LIST = 0.75  # share of names from which a text is a list of bodies
_NOTE_FIT = -15.0  # a note stands below the table
_LEVELS, _SHORT_NAME = ("区", "县", "市", "省", "州", "旗", "镇", "乡", "街道"), 12
_LONG_VERB = 6  # 发展改革委 and 组织部 open like a task
_NUMBER = re.compile(r"[(（\[【第]?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})[)）\]】项]?[.、．。]?")
_PLACE_NUMBER = re.compile(r"\d{1,2}(?:[-—.]\d{1,2}){1,2}")
_DATE = re.compile(
    r"(?:\d{2,4}年|\d{1,2}月|[一二三四]季度|[上下]半年|年[底末初内中]|全年|季度|月底|旬|长期|持续|常态|每[年月季周]|\d{4}[./-]\d{1,2})"
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_VALUE = re.compile(r"[≥≤<>＞＜±~约]?\s*\d[\d,.]*\s*[%％‰]?")
_STATUS = re.compile(r"(?:已|正在|完成|推进|序时|达标|未|提前|超额|正常|基本|\d+(?:\.\d+)?[%％])")


@dataclass(slots=True)
class Clues:
    """What tells columns apart: the vocabulary, what reads as a deadline, and what this table's columns held so far.

    ``seen`` counts the texts and names a column got in a first reading, by its place; ``lists`` are the places of the
    columns of bodies: a body may stand in each of them.
    """

    vocabulary: ColumnVocabulary
    is_deadline: Callable[[str], bool]
    seen: Mapping[int, Counter[str]] = field(default_factory=dict)
    lists: frozenset[int] = frozenset()
    _bodies: dict[str, float] = field(default_factory=dict)
    _dates: dict[str, bool] = field(default_factory=dict)

    def with_seen(self, seen: Mapping[int, Counter[str]], lists: frozenset[int]) -> Clues:
        """Return the same clues for a second reading; what texts read as is not asked again."""
        return replace(self, seen=seen, lists=lists)

    def alike(self, index: int) -> list[int]:
        """Return the columns that hold the same kind of text as one, itself among them."""
        places = self.lists if index in self.lists else {index}
        return [place for place in sorted(places) if place in self.seen]

    def body_share(self, text: str) -> float:
        """Return how much of a list reads as names of bodies, 0 to 1; weak endings count half."""
        found = self._bodies.get(text)
        if found is None:
            found = self._bodies[text] = _body_share(text, self.vocabulary)
        return found

    def reads_as_deadline(self, text: str) -> bool:
        """Tell whether a short text is a deadline."""
        found = self._dates.get(text)
        if found is None:
            flat = without_spaces(text)
            found = self._dates[text] = (
                2 <= len(flat) <= _LONGEST_DEADLINE
                and (not flat.isdigit() or _YEAR.fullmatch(flat) is not None)
                and not is_finished(flat)
                and (
                    flat.isdigit()
                    or self.is_deadline(flat)
                    or (len(flat) <= _SHORT_DEADLINE and _DATE.search(fold(flat)) is not None)
                )
            )
        return found


def name_parts(text: str) -> list[str]:
    """Cut a cell at what parts names; what stands in brackets belongs to the name before."""
    return [part for part in _PARTS.split(_BRACKETS.sub("", text)) if part]


def _body_share(text: str, vocabulary: ColumnVocabulary) -> float:
    parts = name_parts(text)
    if not parts or len(parts) > 60:
        return 0.0
    verbs = tuple(vocabulary.prose.verbs)
    points = 0.0
    for printed in parts:
        label, colon, part = re.split("([:：])", printed, maxsplit=1) if _COLON.search(printed) else ("", "", printed)
        if colon and fold(label) not in vocabulary.roles:
            continue
        part = part.rstrip(LEAD_MARKS)
        verb = next((verb for verb in verbs if part.endswith(verb) and len(part) > len(verb)), "")
        bare = part[: len(part) - len(verb)]
        stem = _OPEN_LIST.sub("", bare)
        stem = stem if len(stem) > 1 else bare  # 各有关部门 opens no list: it is one
        if len(stem) > _LONGEST_NAME or len(stem) < 2 or not any(map(is_cjk, stem)):
            continue
        if _COLLECTIVE.match(stem):
            points += 1.0
        elif stem.endswith(vocabulary.no_bodies) or (
            len(stem) >= _LONG_VERB and stem.startswith(vocabulary.task_verbs)
        ):
            points += 0.0
        elif stem.endswith(vocabulary.prose.body_endings):
            points += _weigh_ending(stem, is_sentence=is_finished(text)) if not verb else 1.0
        elif stem != part:
            points += 0.7
    return points / len(parts)


def _weigh_ending(stem: str, *, is_sentence: bool) -> float:
    """Weigh a body's ending: a weak one counts with a level word in front, little at the end of a sentence."""
    if not stem.endswith(_WEAK_ENDS) or stem.endswith(_STRONG_ENDS):
        return 1.0
    if stem.startswith(_LEVELS) and len(stem) <= _SHORT_NAME:
        return 0.8
    return 0.3 if is_sentence else 0.6


def fit_token(text: str, columns: Sequence[Column], kinds: Sequence[str], place: float, clues: Clues) -> list[float]:
    """Return the weight of a cell's text under each column.

    Args:
        text: The cell.
        columns: The table's columns.
        kinds: By column, what a column without a role holds: ``person``, ``progress``, ``value`` …, "" if unknown.
        place: Weight of the text as the next number of the table; 0 if it is no number.
        clues: What tells columns apart.
    """
    flat = without_spaces(text)
    if not flat:
        return [BLANK_FITS[column.role] for column in columns]
    if _NOTE.match(flat):
        return [_NOTE_FIT] * len(columns)
    return [
        _fit(flat, text, column.role, kind, place, clues) + _familiar(text, index, column, clues)
        for index, (column, kind) in enumerate(zip(columns, kinds, strict=True))
    ]


def _familiar(text: str, index: int, column: Column, clues: Clues) -> float:
    """Weigh that a column held this text before: bodies, deadlines, persons and states come again and again."""
    if not clues.seen or column.role in (Role.TASK_NO, Role.MEASURE):
        return 0.0
    parts = name_parts(text) if column.role in AGENCY_ROLES else [without_spaces(text)]
    if not parts or len(parts) > 60:
        return 0.0
    if column.role is Role.SECTION and (marks := _MARKS.match(text)):  # 一、 above （一）: each has its column
        styles = Counter(_style(found) for seen in clues.seen.get(index, ()) if (found := _MARKS.match(seen)))
        return _OWN_STYLE if styles.most_common(1)[:1] == [(_style(marks), styles[_style(marks)])] else -_OWN_STYLE
    alike = clues.alike(index)
    here = sum(any(clues.seen[other][part] > 1 for other in alike) for part in parts)
    away = sum(any(counts[part] > 1 for other, counts in clues.seen.items() if other not in alike) for part in parts)
    return 2.5 * here / len(parts) - (1.0 if away > here else 0.0)


def _style(marks: re.Match[str]) -> tuple[str, str]:
    return marks[1], marks[2]


def _fit(flat: str, text: str, role: Role, kind: str, place: float, clues: Clues) -> float:
    if kind == "both":
        return 2.5 if len(flat) <= _LONGEST_OF_BOTH and not is_finished(flat) else -3.0
    if role in AGENCY_ROLES:
        return _fit_bodies(flat, text, clues)
    is_number = _NUMBER.fullmatch(flat) is not None or _PLACE_NUMBER.fullmatch(flat) is not None
    if role is Role.TASK_NO:
        return (place or 1.0) if is_number else -9.0
    if role is Role.DEADLINE:
        return _fit_deadline(flat, clues)
    if role is Role.OTHER:
        return _fit_other(flat, text, kind, clues)
    share, is_date = clues.body_share(text), clues.reads_as_deadline(text)
    if is_date and _DATE.search(fold(flat)) is None:
        return -1.0 if role is not Role.MEASURE else -3.0  # 日常管理: a word of deadlines, and a field of work
    if is_number or is_none_mark(flat) or is_date:
        return -5.0
    if role is Role.MEASURE:
        return _fit_measure(flat, share)
    return _fit_name(flat, share, role)


def _fit_bodies(flat: str, text: str, clues: Clues) -> float:
    if is_none_mark(flat):
        return 3.0
    share = clues.body_share(text)
    if share >= _IS_LIST:
        return 4.0
    if share > 0.3:
        return 1.5
    return -3.0 - min(len(flat), 60) / 20 - (1.0 if is_finished(flat) else 0.0)


def _fit_deadline(flat: str, clues: Clues) -> float:
    if is_none_mark(flat):
        return 2.0
    if clues.reads_as_deadline(flat):
        return 5.0 if _DATE.search(fold(flat)) is not None else 4.0  # a bare year may be a sum as well
    return -3.0 - min(len(flat), 60) / 15


def _fit_measure(flat: str, share: float) -> float:
    weight = -1.0 if len(flat) < 6 else 1.0 if len(flat) < 12 else 2.0 if len(flat) < 25 else 3.0
    weight += 0.5 if is_finished(flat) else 0.0
    return weight - (4.0 * share if len(flat) < 40 or share >= _IS_LIST else 0.5 * share)


def _fit_name(flat: str, share: float, role: Role) -> float:
    if role is Role.SECTION and parse_section(flat) is not None:
        return 2.5
    weight = 1.0 if len(flat) <= 25 else 0.0 if len(flat) <= 45 else -3.0
    weight -= 1.0 if is_finished(flat) and parse_section(flat) is None else 0.0
    return weight - 3.0 * share


def _fit_other(flat: str, text: str, kind: str, clues: Clues) -> float:
    share = clues.body_share(text)
    if kind == "person":
        people = name_parts(text)
        is_named = all(2 <= len(name) <= _LONGEST_PERSON and not re.search(r"\d", name) for name in people)
        return 2.5 - 2.0 * share if is_named else -1.0 - min(len(flat), 60) / 10
    if kind == "progress":
        return (1.5 if _STATUS.search(flat) else 0.5) - 2.0 * share
    if kind in ("value", "indicator"):
        return 2.0 if _VALUE.search(flat) and len(flat) < 40 else -1.0 if kind == "value" else 0.0
    if kind == "place":
        return 1.5 if len(flat) < 40 else -1.0
    if kind == "unit":
        return 1.0 if len(flat) <= 6 and not re.search(r"\d", flat) else -2.0
    if kind == "milestone":
        return 1.0 - 2.0 * share if parse_task_no(flat) is None else -2.0
    if kind == "body":
        return 3.0 if share >= 0.75 else -1.0
    return 0.3 - share
