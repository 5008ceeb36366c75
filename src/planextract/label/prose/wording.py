"""The vocabulary of prose made ready: patterns of labels and verbs, what reads as a body, what as a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from planextract.label.prose.flat import CLOSERS, OPENERS, READING, Flattener
from planextract.model.prose import ProseLabel
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.vocabulary import ColumnVocabulary

Span = tuple[int, int]
SEPARATORS = frozenset("、,;。")
_MAX_BODY = 40
_NO_HALVES = ("责任", "负责")  # of a label that has a core of its own: 责任↵牵头部门
_WORD = re.compile(r"[^ \n]+")
_SHORTEST_NAME = 2  # characters; 区 政府 is one name
_ROLE_ORDER = (Role.SUPPORT, Role.LEAD, Role.RESPONSIBLE)
_TIME = (
    r"(?:力争|争取|确保|原则上|计划|预计|须|需|要求|应)?(?:于|在|至|到)?(?:截至)?(?:"
    r"(?:20|19)\d\d年?(?:-(?:20|19)?\d{1,2}年?)?|\d{1,2}月|[一二三四五六七八九十]{1,2}月|第?[一二三四1-4]季度|[上下]半年|年内|年底|年末|年中|年度|全年|当年|"
    r"本年|今年|明年|春节|国庆|汛期|十[一二三四五]五|月底|长期|持续|常态化?|每[年月季周]|每半年|适时|立即|即日起|即时|近期|逐年|贯穿全年|定期|按[年月季]|"
    r"分阶段|按期|滚动|日常|实时|随时|\d{1,3}个(?:工作日|月)内)"
)
_DATE_REST = re.compile(
    r"[\d年月日号]{0,8}[底末初中]?(?:上旬|中旬|下旬|半年|季度)?[前内止]?(?:完成|建成|办结|落实|投用|见效)?[。;]?"
)
_NAMED_REPORT = re.compile(r"工作报告(?=.*(?:分解|分工|任务|清单|重点工作|责任))")  # whose tasks are shared out
_TAIL = r"(?:\(.{1,12}?\))?\**"
# Labels of people, made of what they do, their level and their post: 主管区长, 分管校领导, 包抓常委.
_PEOPLE = (
    r"(?:牵头|分管|主管|协管|包保|包联|包抓|包挂|挂点|挂联|挂钩|联系|督办|督导|责任|负责|主抓|领办|挂帅)(?:负责)?"
    r"(?:省|市|区|县|州|旗|盟|镇|乡|街道|街|校|院|厅|局|委|处|所|科|班子|政府|党委|部门|单位)?级?副?"
    r"(?:领导|省长|市长|区长|县长|州长|旗长|盟长|镇长|乡长|校长|院长|局长|处长|科长|所长|主任|书记|秘书长|常委|主席)(?:干部|同志)?"
)
_BEHIND = r"(?:\(.{1,20}\))?(?:》|的?通知|的?通告|表|\)|$)"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLabel:
    """A label in a text: what it says, its words as printed, where it starts and where the words behind it do.

    ``has_people`` if it asks for people beside the bodies: 责任单位及责任人.
    """

    label: ProseLabel
    start: int
    end: int
    word: Span
    has_people: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundVerb:
    """A verb behind names: its role, where its words of manner start and where it ends; ``word`` is the verb."""

    role: Role
    start: int
    end: int
    word: Span


class Wording:
    """Answers what a stretch of flattened text reads as."""

    def __init__(self, columns: ColumnVocabulary) -> None:
        words = columns.prose
        self.words = words
        self.flatten = Flattener(words)
        flat = self.flatten
        self._labels: dict[str, ProseLabel] = {
            **{
                flat(label): ProseLabel(kind="other")
                for label in columns.known_others
                if columns.kinds.get(label) != "goal"  # 目标要求：… below a task is its text
            },
            **{flat(label): ProseLabel(kind="person") for label in columns.persons},
            **{flat(label): found for label, found in words.labels.items()},
            **{
                flat(label): ProseLabel(kind="owner", role=role, is_weak=label in words.weak)
                for label, role in columns.roles.items()
                if role in AGENCY_ROLES
            },
        }
        self._cards = {
            flat(label): role for label, role in columns.roles.items() if role in (Role.TASK_NAME, Role.MEASURE)
        }
        self._endings = tuple(flat(ending) for ending in words.body_endings)
        self._people = tuple(flat(label) for label in columns.persons)

    # Each pattern is compiled when it is first asked for: together they take longer than a short document, and a
    # document with tables asks for two of them.

    @cached_property
    def _made(self) -> str:
        words = self.words
        cores, nouns, prefixes = (
            _any_broken(part) for part in (words.cores, words.nouns, [word for word in words.prefixes if len(word) > 1])
        )
        alone = _any(word for word in words.prefixes if len(word) == 1)  # 文明城区|责任科室：: a place ends the line
        return (
            rf"(?:(?:{prefixes})\n?|{alone}){{0,3}}(?:{cores})(?:\n?[和及与、/(]?(?:{cores})\)?){{0,3}}(?:\n?[(]?(?:{nouns})\)?)"
            rf"(?:[和及与、/(](?:{cores})?(?:{nouns})\)?){{0,2}}"
        )

    @cached_property
    def _name(self) -> str:
        listed = _any_broken(sorted(self._labels, key=lambda word: (-len(word), word)))
        parts = (self._labels, self.words.prefixes, self.words.cores, "牵分主协包挂联督责负领")
        first = re.escape("".join(sorted({word[0] for part in parts for word in part if word})))
        return rf"(?=[{first}])(?:{listed}|{_PEOPLE}|{self._made})"  # most characters open no label: told at once

    @cached_property
    def _label(self) -> re.Pattern[str]:
        people = _any(sorted(self._people, key=lambda word: (-len(word), word)))
        tail = rf"(?:[及和与、/]{{1,2}}(?P<people>{people}))?{_TAIL}"
        behind = rf"{tail}(?:\s*(?::|为:|是:)|--(?!-))\**"
        # The names stand in the pattern once: they are thousands of characters, and compiling them takes time.
        return re.compile(rf"(?P<bracket>\[\s*)?(?P<word>{self._name})(?(bracket)\s*:?\s*\]\s*:?|{behind})")

    @cached_property
    def _bare_label(self) -> re.Pattern[str]:
        return re.compile(rf"[ \-*·•●>]*\**({self._name}){_TAIL}(?:\s*\|\s*|\s{{1,4}}|\n)")

    @cached_property
    def _card(self) -> re.Pattern[str]:
        cards = _any(sorted(self._cards, key=len, reverse=True))
        return re.compile(rf"[ \-*·•●>]*\**(?:({cards})\**\s*:\**|\[\s*({cards})\s*\]\s*:?)\s*")

    @cached_property
    def _verb(self) -> re.Pattern[str]:
        return _verb_pattern(self.words.verbs, self.words.manner, self.words.acts)

    @cached_property
    def _open(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_any_broken(self.words.open_ends)})$")

    @cached_property
    def _others(self) -> re.Pattern[str]:
        return re.compile(rf"({_any_broken(self.words.open_ends)})\n?(?:以及|和|及|与)")

    @cached_property
    def _joint(self) -> re.Pattern[str]:
        return re.compile(_any(self.words.joints))

    @cached_property
    def _plan_end(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_any(self.words.plan_title_ends)}){_BEHIND}")

    @cached_property
    def _other_end(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_any(self.words.no_plan_titles)}){_BEHIND}")

    @cached_property
    def default_owner(self) -> re.Pattern[str]:
        """Sentences that name who owns what no line gives an owner: ``names`` and the ``verb`` behind them."""
        words = self.words
        return re.compile(
            rf"(?:{_any(words.scopes)})[^,。;:]{{0,12}}?(?:{_any(words.needs)})(?P<names>[^,。;:]{{2,60}}?)"
            rf"(?P<verb>{_any(words.verbs)})[^,。;:]{{0,6}}(?:[,、][^。;:]{{0,60}}?)?(?:{_any(words.not_again)})"
        )

    @cached_property
    def _date(self) -> re.Pattern[str]:
        return re.compile(_TIME)

    @cached_property
    def _declared(self) -> re.Pattern[str]:
        return re.compile("|".join([*(p.pattern for p in self.words.first_leads), _any(self.words.not_again)]))

    def find_labels(self, flat: str, start: int, end: int) -> Iterator[FoundLabel]:
        """Yield the labels of a stretch, in order; a colon or a pair of square brackets makes a word a label."""
        for match in self._label.finditer(flat, start, end):
            low, high = match.span("word")
            behind = self._find_behind_body(match.group("word"))
            low += behind
            yield FoundLabel(
                label=self.read_label(flat[low:high]),
                start=low if behind else match.start(),
                end=match.end(),
                word=(low, high),
                has_people=match.group("people") is not None,
            )

    def has_label_at(self, flat: str, start: int, end: int) -> bool:
        """Tell whether a label begins at a place: far quicker than looking for the first one of a stretch."""
        return self._label.match(flat, start, end) is not None

    def _find_behind_body(self, word: str) -> int:
        """Return where a label begins in a word that a line break cuts: 各县区↵负责单位 is a body and a label.

        Nor is a text's last word a half of the label below it: 属地责任↵牵头责任部门, for no label is worded so.
        0 where the word is a label from its beginning on: 牵头↵责任单位.
        """
        head, cut, tail = word.partition("\n")
        ends_before = self.is_body(head) or (head in _NO_HALVES and any(core in tail for core in self.words.cores))
        is_two = cut and ends_before and (tail in self._labels or re.fullmatch(self._made, tail))
        return len(head) + 1 if is_two else 0

    def find_bare_label(self, flat: str, start: int, end: int) -> FoundLabel | None:
        """Return the label of an owner that a line starts with though no colon follows, or None."""
        match = self._bare_label.match(flat, start, end)
        if match is None or self.read_label(match.group(1)).kind not in ("owner", "division", "deadline"):
            return None
        return FoundLabel(label=self.read_label(match.group(1)), start=start, end=match.end(), word=match.span(1))

    def read_label(self, word: str) -> ProseLabel:
        """Return what a label says: of a listed one as listed, of a made one by the cores in it."""
        word = word.replace("\n", "").replace(READING, "")
        found = self._labels.get(word)
        if found is not None:
            return found
        if re.fullmatch(_PEOPLE, word):
            return ProseLabel(kind="person")
        roles = {role for core, role in self.words.cores.items() if core in word}
        role = next((role for role in _ROLE_ORDER if role in roles), Role.RESPONSIBLE)
        return ProseLabel(kind="owner", role=role, is_weak=word in self.words.weak)

    def names_owners(self, word: str) -> bool:
        """Tell whether a word is a label of owners and nothing else: 责任单位, 责任分工."""
        found = next(self.find_labels(f"{word}:", 0, len(word) + 1), None)
        return found is not None and found.start == 0 and found.label.kind in ("owner", "division")

    def find_card(self, flat: str, start: int, end: int) -> tuple[Role, Span, int] | None:
        """Return role, label and end of a line's label if it is one of a task or a measure (工作措施：)."""
        match = self._card.match(flat, start, end)
        if match is None:
            return None
        group = 1 if match.group(1) is not None else 2
        return self._cards[match.group(group)], match.span(group), match.end()

    def find_verbs(self, flat: str, start: int, end: int) -> Iterator[FoundVerb]:
        """Yield the verbs that close a list of names: what follows is a separator, a joint, or nothing."""
        for match in self._verb.finditer(flat, start, end):
            after = match.end() + (flat[match.end() : match.end() + 1] == "\n")  # a mark may open the next line
            behind = flat[after : after + 1]
            if match.end() >= end or behind in SEPARATORS or behind in CLOSERS or self._joint.match(flat, after, end):
                word = match.group("verb").replace("\n", "").replace(READING, "")
                yield FoundVerb(
                    role=self.words.verbs[word], start=match.start(), end=match.end(), word=match.span("verb")
                )

    def is_body(self, flat: str) -> bool:
        """Tell whether a stretch reads as the name of a body or of a group of them."""
        name = flat.replace("\n", "").replace(READING, "").strip(" *")
        while name[-1:] in CLOSERS and len(name) > 1:
            opened = max(name.rfind(char) for char in OPENERS)
            if opened <= 0:
                break
            if name.endswith(self._endings):
                return True
            name = name[:opened]
        if not 1 < len(name) <= _MAX_BODY or name.startswith(self.words.no_list):
            return False
        if self._open.search(name):
            return True
        is_group = name.startswith(self.words.group_starts) and name.endswith((*self.words.group_ends, "地", "地区"))
        is_place = name.endswith(("区", "县", "市", "镇", "乡")) and len(name) <= 5
        return name.endswith(self._endings) or is_group or is_place

    def is_deadline(self, flat: str) -> bool:
        """Tell whether a stretch between separators says when: 6月底前完成, 年内持续推进."""
        text = flat.strip().replace("\n", "").replace(READING, "")
        match = self._date.match(text)
        if match is None or len(text) > 30:
            return False
        return not text.endswith(tuple(self._endings)) or text[match.end() :] in ("", "前", "底前", "底")

    def opens_with_date(self, flat: str) -> bool:
        """Tell whether a line opens with a period: 二季度：完成招标."""
        return self._date.match(flat.strip()) is not None

    def ends_date(self, flat: str) -> bool:
        """Tell whether a stretch is the rest of a date that a line break cut: 底前完成."""
        return _DATE_REST.fullmatch(flat.strip()) is not None

    def is_declaration(self, flat: str) -> bool:
        """Tell whether a sentence is said for many measures: 列第一位者为牵头单位，下同."""
        return self._declared.search(flat) is not None

    def is_plan_title(self, flat: str) -> bool:
        """Tell whether a title says that it is one of a plan."""
        flat = flat.replace(READING, "")
        return any(word in flat for word in self.words.plan_titles) or self._plan_end.search(flat) is not None

    def is_other_title(self, flat: str) -> bool:
        """Tell whether a title says that it is one of another kind of text: an announcement, an interpretation."""
        return self._other_end.search(flat) is not None

    def is_told(self, flat: str) -> bool:
        """Tell whether a title speaks of duties or of what was done: 职责清单, 工作总结."""
        own = _NAMED_REPORT.sub("", flat)
        return any(word in own for word in self.words.told_titles)

    def is_asked_for(self, flat: str) -> bool:
        """Tell whether a title asks for proposals or votes: 2024年民生实事项目征集."""
        return any(word in flat for word in self.words.asked_for)

    def find_open_end(self, flat: str, start: int, end: int) -> int:
        """Return where 等, 等部门 … begins at the end of a list, or its end."""
        match = self._open.search(flat[start:end])
        return start + match.start() if match and match.start() > 0 else end

    def split_joints(self, flat: str) -> list[str]:
        """Return the names that 会同, 以及 … join; a word of the list before a name is dropped."""
        names = [name for name in self._joint.split(flat) if name.strip()]
        return [
            next((name[len(word) :] for word in self.words.before_names if name.startswith(word)), name)
            for name in names
        ]

    def tokens(self, flat: str, start: int, end: int) -> Iterator[Span]:
        """Yield the stretches between list marks, trimmed; brackets inside a name are kept whole."""
        depth, low = 0, start
        for place in range(start, end + 1):
            char = flat[place] if place < end else "、"
            depth = max(0, depth + (char in OPENERS) - (char in CLOSERS))
            if place == end or (depth == 0 and char in SEPARATORS):
                span = trim(flat, low, place)
                if span[0] < span[1]:
                    yield from self._part_behind_others(flat, *span)
                low = place + 1

    def _part_behind_others(self, flat: str, start: int, end: int) -> Iterator[Span]:
        """Yield the names before and behind 等和: 市财政局等和各县区政府 are two."""
        found = self._others.search(flat, start, end)
        if found is not None and all(map(self._is_name, (flat[start : found.start()], flat[found.end() : end]))):
            yield start, found.end(1)
            start = found.end()
        yield from self._part_by_blanks(flat, start, end)

    def _part_by_blanks(self, flat: str, start: int, end: int) -> Iterator[Span]:
        """Yield the names that blanks alone divide (区发改局 区统计局) if each reads as one, else the stretch."""
        parts = [(start + m.start(), start + m.end()) for m in _WORD.finditer(flat[start:end])]
        ending = self._open.search(flat[start:end]) if len(parts) > 1 else None
        is_broken = ending is not None and start + ending.start() <= parts[-1][0]  # 市数据局等有关部门 和单位
        if len(parts) > 1 and not is_broken and all(self._is_name(flat[a:b]) for a, b in parts):
            yield from parts
        else:
            yield start, end

    def _is_name(self, flat: str) -> bool:
        return len(flat) > _SHORTEST_NAME and self.is_body(flat)


def trim(flat: str, start: int, end: int) -> Span:
    """Return a span without white space at its ends."""
    while start < end and flat[start].isspace():
        start += 1
    while end > start and flat[end - 1].isspace():
        end -= 1
    return start, end


def _any(words: Iterable[str]) -> str:
    found = list(words)
    return "|".join(map(re.escape, found)) if found else r"(?!)"


def _any_broken(words: Iterable[str]) -> str:
    """Return a pattern of words, each of which a line break may cut (配 合), or a reading follow."""
    found = list(words)
    broken = ("\n?".join(f"{re.escape(sign)}{READING}*" for sign in word) for word in found)
    return "|".join(broken) if found else r"(?!)"


def _verb_pattern(verbs: Iterable[str], manner: Iterable[str], acts: Iterable[str]) -> re.Pattern[str]:
    verb = _any_broken(verbs)
    work = _any_broken(("相关工作", "工作", "任务"))
    return re.compile(
        rf"(?:(?:{_any_broken(manner)})\n?){{0,3}}(?P<verb>{verb})"
        rf"(?:\n?(?:和|并)?\n?(?:{_any_broken(acts)}|{verb})){{0,2}}(?:\n?(?:{work}))?"
    )


_made: dict[int, tuple[ColumnVocabulary, Wording]] = {}


def wording_of(columns: ColumnVocabulary) -> Wording:
    """Return the patterns of a vocabulary; made once for each."""
    held = _made.get(id(columns))
    if held is None or held[0] is not columns:
        _made.clear()
        held = _made[id(columns)] = (columns, Wording(columns))
    return held[1]
