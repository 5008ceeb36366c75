"""What one damaged character may do to a name before it could be another body's name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from planextract.model.vocabulary import AgencyWords, WordBook
from planextract.resolve.names import NameParts, is_subsequence

_LONG_CORE = 6
_SHORT_CORE = 2
_VAGUE_ENDINGS = "中分公大"  # 中心 and 中队, 分局 and 分公司, 公司 and 公安局, 大队 and 大学
_MIDDLE_CORE = 4
_LONGEST_REST = 3  # 人社 leaves 会保障 of 人力资源社会保障; 城管 does not stand for 城市管理综合行政执法
_ORDINALS = frozenset("一二三四五六七八九十百0123456789")
_LEVEL_WORDS = "市区县省州镇乡旗"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A rule's finding: its name, its own confidence 0–1, and why in words."""

    rule: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit that turns a known name into the printed one; ``place`` counts in the known name."""

    kind: Literal["substitute", "delete", "insert", "swap"]
    place: int
    old: str
    new: str


def find_edit(printed: str, known: str) -> Edit | None:
    """Return the single edit between two names that differ, or None if it takes more than one.

    >>> find_edit("区财正局", "区财政局")
    Edit(kind='substitute', place=2, old='政', new='正')
    """
    gap = len(printed) - len(known)
    if abs(gap) > 1:
        return None
    left, most = 0, min(len(printed), len(known))
    while left < most and printed[left] == known[left]:
        left += 1
    if gap == 0:
        if printed[left + 1 :] == known[left + 1 :]:
            return Edit("substitute", left, known[left], printed[left])
        is_swap = printed[left : left + 2] == known[left : left + 2][::-1] and printed[left + 2 :] == known[left + 2 :]
        return Edit("swap", left, known[left : left + 2], printed[left : left + 2]) if is_swap else None
    if gap < 0:
        if printed[left:] != known[left + 1 :]:
            return None
        while left > 0 and known[left - 1] == known[left]:
            left -= 1
        return Edit("delete", left, known[left], "")
    return Edit("insert", left, "", printed[left]) if printed[left + 1 :] == known[left:] else None


class EditJudge:
    """Decides whether an edit can be damage: prepared with the words of the language and of agency names."""

    def __init__(
        self,
        words: AgencyWords,
        book: WordBook,
        used: frozenset[str],
        initials: frozenset[str],
        lone: frozenset[tuple[int, str]],
        listed_towns: frozenset[str],
        divisions: frozenset[str],
    ) -> None:
        """Prepare.

        Args:
            words: Contrast characters, look-alikes and generic words.
            book: Words of the language.
            used: Characters of agency names.
            initials: Characters that open a word of an agency name: two of them may make another body's short name.
            lone: Places and characters that only one core of two characters has (财 first: 财政), here or elsewhere.
            listed_towns: All streets and towns of the region, if they are known: a closed list.
            divisions: Short names of all divisions of the country (西城): a misread place must not be one.
        """
        self._contrast, self._glyphs, self._generic = words.contrast, words.glyphs, words.generic
        pairs = {ending for ending, _ in words.suffixes if len(ending) == 2}
        halves = Counter(char for pair in pairs for char in pair)
        self._sure_halves = frozenset(char for char, count in halves.items() if count == 1)
        self._book, self._used, self._initials, self._lone = book, used, initials, lone
        self._towns, self._divisions = listed_towns, divisions

    def judge_edit(self, printed: NameParts, known: NameParts, *, is_backed: bool = False) -> Judgement | None:
        """Tell whether the printed name can be the known one with one damaged character.

        Args:
            printed: Name as printed.
            known: Wording of a body.
            is_backed: The document prints the known wording far more often.
        """
        edit = find_edit(printed.text, known.text)
        if edit is None:
            return None
        if self._is_doubling(edit, known.text):
            return Judgement("doubled", 0.98, f"{edit.new} is printed twice")
        if self._changes_contrast(edit, known) and not self._keeps_sure_half(edit, known):
            return None
        last = edit.place + max(len(edit.old) - 1, 0)
        if edit.place < known.core_start:
            return self._judge_level(edit, printed, known)
        if last >= known.core_end:
            return self._judge_suffix(edit, printed, known)
        if printed.key != known.key and not self._is_damaged_place(edit, printed, known):
            return None
        if printed.core_start != known.core_start:
            return None
        return self._judge_core(edit, printed, known, is_backed=is_backed)

    def _is_doubling(self, edit: Edit, known: str) -> bool:
        neighbours = known[max(0, edit.place - 1) : edit.place + 1]
        return edit.kind == "insert" and edit.new in neighbours and edit.new not in _ORDINALS

    def _changes_contrast(self, edit: Edit, known: NameParts) -> bool:
        """Tell whether the edit touches a character that tells neighbours apart (东 西 内 外)."""
        if edit.kind == "substitute" and not known.is_proper and not known.key.places:
            return edit.old in self._contrast
        return not self._contrast.isdisjoint(edit.old + edit.new)

    def _keeps_sure_half(self, edit: Edit, known: NameParts) -> bool:
        """Tell whether the edit leaves half of an ending that no other ending has: the 心 of 中心."""
        if edit.place < known.core_end or len(known.text) - known.core_end != 2 or len(edit.old) != 1:
            return False
        kept = known.text[known.core_end :].replace(edit.old, "", 1)
        return kept in self._sure_halves and edit.new != known.text[known.core_end - 1]

    def _judge_party(self, edit: Edit, printed: NameParts, known: NameParts) -> Judgement | None:
        """Judge damage to the 委 of a party department: 区宣传部, 区娄组织部."""
        a, b = printed.key, known.key
        if (a.level, a.suffix, a.ordinals, a.places) != (b.level[:-1], b.suffix, b.ordinals, b.places):
            return None
        if edit.kind == "delete" and b.suffix == "部":
            return Judgement("near_level", 0.9, f"{known.text} without 委")
        if edit.kind != "substitute" or self._makes_word(printed, edit.place):
            return None
        looks = self._looks_like(edit.old, edit.new)
        return Judgement("near_level", 0.94 if looks else 0.9, f"{known.text} with {edit.old} → {edit.new}")

    def _is_damaged_place(self, edit: Edit, printed: NameParts, known: NameParts) -> bool:
        """Tell whether the keys differ only because a place's name was misread: 西诚 for 西城, which is no place."""
        if edit.kind != "substitute" or (known.is_proper and not self._looks_like(edit.old, edit.new)):
            return False
        a, b = printed.key, known.key
        same = (a.level, a.suffix, a.ordinals) == (b.level, b.suffix, b.ordinals)
        if not same or not set(a.places) < set(b.places):
            return False
        place = next((p for p in b.places if p not in a.places and p in known.core), "")
        at = edit.place - known.text.find(place, known.core_start)
        misread = place[:at] + edit.new + place[at + 1 :] if place and 0 <= at < len(place) else ""
        return self._looks_like(edit.old, edit.new) or bool(misread and misread not in self._divisions)

    def _judge_level(self, edit: Edit, printed: NameParts, known: NameParts) -> Judgement | None:
        """Judge damage to the level: accepted only if the printed character looks like this level word and no other."""
        if (
            edit.place == known.core_start - 1
            and known.key.level.endswith("委")
            and edit.kind in ("substitute", "delete")
        ):
            return self._judge_party(edit, printed, known)
        if known.core_start > _SHORT_CORE and not known.key.level.endswith("委"):
            return self._judge_written_region(edit, printed, known)
        if edit.kind != "substitute" or known.core_start != 1 or printed.core_start != 0 or printed.key.level:
            return None
        alike = [word for word in _LEVEL_WORDS if self._looks_like(word, edit.new)]
        same = (printed.key.suffix, printed.key.ordinals, printed.key.places) == (
            known.key.suffix,
            known.key.ordinals,
            known.key.places,
        )
        if alike != [edit.old] or not same or self._book.is_word(printed.text[:2]):
            return None
        return Judgement("near_level", 0.93, f"{edit.new} looks like {edit.old} and no other level")

    def _judge_written_region(self, edit: Edit, printed: NameParts, known: NameParts) -> Judgement | None:
        """Judge damage to a region that a name writes out: 武昌税务局 without 区, 武畏区税务局 for 武昌区税务局."""
        region = known.text[: known.core_start]
        if len(known.core) < _SHORT_CORE or region[-1] not in _LEVEL_WORDS:
            return None
        if edit.kind == "delete" and edit.place == known.core_start - 1 and region[:-1] in self._divisions:
            return Judgement("near_level", 0.95, f"{known.text} without {edit.old}")
        at = edit.place
        if edit.kind != "substitute" or at == known.core_start - 1 or not self._looks_like(edit.old, edit.new):
            return None
        name = region[:-1]
        misread = name[:at] + edit.new + name[at + 1 :]
        rivals = [
            d for d in self._divisions if len(d) == len(name) and d[:at] + d[at + 1 :] == name[:at] + name[at + 1 :]
        ]
        is_sure = misread not in self._divisions and all(
            d == name or not self._looks_like(d[at], edit.new) for d in rivals
        )
        return Judgement("near_level", 0.92, f"{edit.new} looks like {edit.old} of {region}") if is_sure else None

    def _judge_suffix(self, edit: Edit, printed: NameParts, known: NameParts) -> Judgement | None:
        """Judge damage to the ending: what is left must not be another class of body."""
        core = known.core
        parts_differ = printed.key.level != known.key.level or printed.key.ordinals != known.key.ordinals
        if parts_differ or printed.key.places != known.key.places or len(core) < 2:
            return None
        ending = len(known.text) - known.core_end
        rest = len(printed.text) - printed.core_end
        is_half_group = known.key.suffix == "集团" and printed.key.suffix == "团" and edit.kind == "substitute"
        is_other_class = printed.key.suffix not in ("", known.key.suffix) and rest > max(ending - 2, 0)
        if (is_other_class and not is_half_group) or not printed.text.startswith(known.text[: known.core_end]):
            return None
        is_glyph = edit.kind == "substitute" and self._looks_like(edit.old, edit.new)
        what = f"the ending of {known.text} is damaged: {edit.old} → {edit.new or '∅'}"
        if ending == 2 and (not printed.key.suffix or is_half_group):
            return self._judge_half_ending(edit, printed, known, what)
        if _own_size(known) <= _SHORT_CORE and ending == 1 and not is_glyph:
            return None  # 区档案 may be 区档案局 and 区档案馆
        if known.is_proper and ending <= 2 and _own_size(known) < _MIDDLE_CORE:
            return None
        if is_glyph and edit.new not in self._used:
            return Judgement("damaged_suffix", 0.9, what)  # bodies of another class end otherwise
        is_stray = edit.kind == "substitute" and not self._makes_word(printed, edit.place)
        if edit.kind == "delete" or is_glyph or is_stray or (ending > 1 and edit.kind != "insert"):
            return Judgement("damaged_suffix" if ending > 2 else "near_suffix", 0.88, what)
        return None

    def _judge_half_ending(self, edit: Edit, printed: NameParts, known: NameParts, what: str) -> Judgement | None:
        """Judge an ending of two characters, of which one is left: 街遣, 集囤, 巾心 for 街道, 集团, 中心.

        What is printed there must be no word (公园 for 公司). Where one is lost, bodies of another class count (rule
        ``near_suffix``), and 区, 县, 中 alone say too little.
        """
        kept = printed.text[known.core_end :]
        if edit.kind == "substitute" and not self._book.is_word(kept):
            return Judgement("damaged_suffix", 0.9, what)
        if edit.kind == "delete" and kept in self._sure_halves and kept not in _LEVEL_WORDS:
            return Judgement("damaged_suffix", 0.88, what)
        if edit.kind == "delete" and kept not in _VAGUE_ENDINGS and kept not in _LEVEL_WORDS:
            return Judgement("near_suffix", 0.88, what)
        return None

    def _judge_core(self, edit: Edit, printed: NameParts, known: NameParts, *, is_backed: bool) -> Judgement | None:
        size = _own_size(known)
        if size < 2 or (size <= 3 and not frozenset(_LEVEL_WORDS).isdisjoint(edit.old + edit.new)):
            return None
        judge = {
            "substitute": self._judge_substitution,
            "delete": self._judge_deletion,
            "insert": self._judge_insertion,
            "swap": self._judge_swap,
        }[edit.kind]
        score = judge(edit, printed, known, size)
        is_backed = is_backed and not (edit.kind == "substitute" and self._makes_word(printed, edit.place))
        if score is None and is_backed and edit.kind in ("substitute", "delete") and size >= 3 and not known.is_proper:
            score = 0.9
        if score is None:
            return None
        what = f"{edit.old or '∅'} → {edit.new or '∅'}"
        looks = " (they look alike)" if edit.kind == "substitute" and self._looks_like(edit.old, edit.new) else ""
        return Judgement("near_core", score, f"{known.text} with {what}{looks}")

    def _judge_substitution(self, edit: Edit, printed: NameParts, known: NameParts, size: int) -> float | None:
        is_glyph = self._looks_like(edit.old, edit.new)
        makes_word = self._makes_word(printed, edit.place)
        neighbours = known.text[edit.place - 1 : edit.place] + known.text[edit.place + 1 : edit.place + 2]
        is_echo = edit.new in neighbours
        if size >= _LONG_CORE:
            return 0.96 if is_glyph else 0.93
        is_open = known.is_proper and not self._is_listed_town(known)
        if size >= _MIDDLE_CORE or (size == 3 and not is_open):
            if is_glyph and not makes_word:
                return 0.96
            return 0.92 if is_echo or not makes_word else None
        if makes_word or (is_open and size < 3 and not (is_glyph and edit.new not in self._used)):
            return None
        if is_glyph:
            return 0.94
        if known.is_proper:
            return None  # 看塔街道 may be 看丹街道 and a 青塔街道 that no list holds
        is_sure = (
            size == 2 and not known.key.places and edit.new not in self._initials and self._keeps_lone(edit, known)
        )
        return 0.87 if is_sure else None

    def _judge_deletion(self, edit: Edit, printed: NameParts, known: NameParts, size: int) -> float | None:
        if edit.old in self._generic:
            return 0.97
        if size >= _MIDDLE_CORE:
            return 0.92
        keeps_first = edit.place > known.core_start
        if size == 3 and not known.key.places:
            return 0.9 if self._is_listed_town(known) or (keeps_first and not known.is_proper) else None
        is_closed_class = known.key.suffix == "局" or known.key.level.endswith("委")
        is_sure = size == 2 and not known.key.places and not known.is_proper
        return 0.87 if is_sure and keeps_first and is_closed_class and self._keeps_lone(edit, known) else None

    def _judge_insertion(self, edit: Edit, printed: NameParts, known: NameParts, size: int) -> float | None:
        if edit.new in self._generic and not known.is_proper:
            return 0.97
        if not edit.new.isalpha() and not edit.new.isdigit():
            return 0.95
        if size >= 3 and edit.new not in self._used:
            return 0.91
        return 0.91 if size >= _LONG_CORE and not self._makes_word(printed, edit.place) else None

    def _judge_swap(self, edit: Edit, printed: NameParts, known: NameParts, size: int) -> float | None:
        is_inside = edit.place >= known.core_start and edit.place + 2 <= known.core_end
        return 0.92 if is_inside and size >= 2 and not self._book.is_word(edit.new) else None

    def _keeps_lone(self, edit: Edit, known: NameParts) -> bool:
        """Tell whether the character left of a core of two belongs to no other body's core of two."""
        kept = 1 - (edit.place - known.core_start)
        return known.is_proper or (kept in (0, 1) and (kept, known.core[kept]) in self._lone)

    def _is_listed_town(self, known: NameParts) -> bool:
        """Tell whether it is a street or town of a region all of whose towns are known."""
        return any(known.core + ending in self._towns for ending in ("街道", "地区", "镇", "乡"))

    def _looks_like(self, old: str, new: str) -> bool:
        return new in self._glyphs.get(old, ())

    def _makes_word(self, printed: NameParts, place: int) -> bool:
        core_start, text = printed.core_start, printed.text
        before = text[place - 1 : place + 1] if place > core_start else ""
        after = text[place : place + 2] if place + 1 < printed.core_end else ""
        return self._book.is_word(before) or self._book.is_word(after)

    def judge_abbreviation(self, printed: NameParts, known: NameParts) -> Judgement | None:
        """Tell whether the printed core shortens the known one: in order, from its first character.

        What is left out at the end must be generic (管理, 事务): 文化 does not stand for 文化和旅游.
        """
        short, long = printed.core, known.core
        if printed.key != known.key or not known.key.suffix or not 2 <= len(short) < len(long):
            return None
        if short[0] != long[0] or not is_subsequence(short, long):
            return None
        if known.is_proper and (known.key.suffix in ("街道", "镇", "乡") or _own_size(printed) < _MIDDLE_CORE):
            return None
        if known.key.suffix in long:
            return None  # a body inside another one (市公安局公安交管局) has a longer name, not an abbreviation
        if len(short) == _SHORT_CORE and not self._opens_words(short, long):
            return None
        rest = _rest_behind(short, long)
        if long.startswith(short) and not self._is_generic(rest):
            return None
        if len(rest) > _LONGEST_REST and not (self._is_generic(rest) or self._is_generic(rest[1:])):
            return None
        if not self._contrast.isdisjoint(_left_out(short, long)):
            return None
        score = max(0.85, round(0.9 - 0.02 * (len(long) - len(short) - 1), 4))
        return Judgement("abbreviation", score, f"{short} abbreviates {long}")

    def _opens_words(self, short: str, long: str) -> bool:
        """Tell whether two characters open words of the core: 民宗 of 民族宗教, not 民教, perhaps a damaged 民政."""
        if long.startswith(short):
            return True  # the rest behind decides
        plain = "".join(char for char in long if char not in self._generic)
        places = [i for i in range(1, len(plain)) if plain[i] == short[1]]
        return any(i % 2 == 0 or self._book.find_word_across(plain[:i], plain[i:]) is None for i in places)

    def judge_bare_stem(self, printed: NameParts, known: NameParts) -> Judgement | None:
        """Tell whether a name without its ending can stand for a body; a street's bare name is a place."""
        if known.key.suffix in ("", "街道", "镇", "乡", "村", "政府") or known.key.places != printed.key.places:
            return None
        if known.key.ordinals != printed.key.ordinals:
            return None
        if len(known.core) < (4 if known.is_proper else 3):
            return None
        return Judgement("near_suffix", 0.88, f"{known.text} without its ending")

    def _is_generic(self, rest: str) -> bool:
        while rest:
            word = next((w for w in self._generic if rest.startswith(w)), None)
            if word is None:
                return False
            rest = rest[len(word) :]
        return True


def _own_size(parts: NameParts) -> int:
    """Return how many characters of the core are no place's name: those tell 成都城投集团 from 成都交投集团."""
    return len(parts.core) - sum(map(len, parts.key.places))


def _rest_behind(short: str, long: str) -> str:
    """Return what stands in the long core behind the last character of the short one, read from the left."""
    position = 0
    for char in short:
        position = long.index(char, position) + 1
    return long[position:]


def _left_out(short: str, long: str) -> str:
    position, out = 0, []
    for char in long:
        if position < len(short) and char == short[position]:
            position += 1
        else:
            out.append(char)
    return "".join(out)
