"""What one damaged character may do to a name before it could be another body's name."""

from __future__ import annotations

from collections import Counter

from planextract.model.vocabulary import AgencyWords, WordBook
from planextract.resolve.edits import Edit, find_edit
from planextract.resolve.name_rules import Judgement, judge
from planextract.resolve.names import NameParts

_LONG_CORE = 6
_SHORT_CORE = 2
_VAGUE_ENDINGS = "中分公大"  # 中心 and 中队, 分局 and 分公司, 公司 and 公安局, 大队 and 大学
_MIDDLE_CORE = 4
_ORDINALS = frozenset("一二三四五六七八九十百0123456789")
_LEVEL_WORDS = "市区县省州镇乡旗"


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
            return judge("doubled", f"{edit.new} is printed twice")
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
            return judge("party_word_lost", f"{known.text} without 委")
        if edit.kind != "substitute" or self._makes_word(printed, edit.place):
            return None
        rule = "party_word_alike" if self._looks_like(edit.old, edit.new) else "party_word_misread"
        return judge(rule, f"{known.text} with {edit.old} → {edit.new}")

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
        return judge("level_word_alike", f"{edit.new} looks like {edit.old} and no other level")

    def _judge_written_region(self, edit: Edit, printed: NameParts, known: NameParts) -> Judgement | None:
        """Judge damage to a region that a name writes out: 武昌税务局 without 区, 武畏区税务局 for 武昌区税务局."""
        region = known.text[: known.core_start]
        if len(known.core) < _SHORT_CORE or region[-1] not in _LEVEL_WORDS:
            return None
        if edit.kind == "delete" and edit.place == known.core_start - 1 and region[:-1] in self._divisions:
            return judge("level_of_region_lost", f"{known.text} without {edit.old}")
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
        return judge("region_alike", f"{edit.new} looks like {edit.old} of {region}") if is_sure else None

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
        if known.own_size <= _SHORT_CORE and ending == 1 and not is_glyph:
            return None  # 区档案 may be 区档案局 and 区档案馆
        if known.is_proper and ending <= 2 and known.own_size < _MIDDLE_CORE:
            return None
        if is_glyph and edit.new not in self._used:
            return judge("ending_alike", what)  # bodies of another class end otherwise
        is_stray = edit.kind == "substitute" and not self._makes_word(printed, edit.place)
        if edit.kind == "delete" or is_glyph or is_stray or (ending > 1 and edit.kind != "insert"):
            return judge("long_ending_damaged" if ending > 2 else "ending_damaged", what)
        return None

    def _judge_half_ending(self, edit: Edit, printed: NameParts, known: NameParts, what: str) -> Judgement | None:
        """Judge an ending of two characters, of which one is left: 街遣, 集囤, 巾心 for 街道, 集团, 中心.

        What is printed there must be no word (公园 for 公司). Where one is lost, bodies of another class count (rule
        ``near_suffix``), and 区, 县, 中 alone say too little.
        """
        kept = printed.text[known.core_end :]
        if edit.kind == "substitute" and not self._book.is_word(kept):
            return judge("half_ending_misread", what)
        if edit.kind == "delete" and kept in self._sure_halves and kept not in _LEVEL_WORDS:
            return judge("half_ending_sure", what)
        if edit.kind == "delete" and kept not in _VAGUE_ENDINGS and kept not in _LEVEL_WORDS:
            return judge("half_ending_lost", what)
        return None

    def _judge_core(self, edit: Edit, printed: NameParts, known: NameParts, *, is_backed: bool) -> Judgement | None:
        size = known.own_size
        if size < 2 or (size <= 3 and not frozenset(_LEVEL_WORDS).isdisjoint(edit.old + edit.new)):
            return None
        judge_edit = {
            "substitute": self._judge_substitution,
            "delete": self._judge_deletion,
            "insert": self._judge_insertion,
            "swap": self._judge_swap,
        }[edit.kind]
        rule = judge_edit(edit, printed, known, size)
        is_backed = is_backed and not (edit.kind == "substitute" and self._makes_word(printed, edit.place))
        if rule is None and is_backed and edit.kind in ("substitute", "delete") and size >= 3 and not known.is_proper:
            rule = "core_backed"
        if rule is None:
            return None
        what = f"{edit.old or '∅'} → {edit.new or '∅'}"
        looks = " (they look alike)" if edit.kind == "substitute" and self._looks_like(edit.old, edit.new) else ""
        return judge(rule, f"{known.text} with {what}{looks}")

    def _judge_substitution(self, edit: Edit, printed: NameParts, known: NameParts, size: int) -> str | None:
        is_glyph = self._looks_like(edit.old, edit.new)
        makes_word = self._makes_word(printed, edit.place)
        neighbours = known.text[edit.place - 1 : edit.place] + known.text[edit.place + 1 : edit.place + 2]
        is_echo = edit.new in neighbours
        if size >= _LONG_CORE:
            return "long_core_alike" if is_glyph else "long_core_misread"
        is_open = known.is_proper and not self._is_listed_town(known)
        if size >= _MIDDLE_CORE or (size == 3 and not is_open):
            if is_glyph and not makes_word:
                return "core_alike"
            return "core_echo" if is_echo else None if makes_word else "core_misread"
        if makes_word or (is_open and size < 3 and not (is_glyph and edit.new not in self._used)):
            return None
        if is_glyph:
            return "short_core_alike"
        if known.is_proper:
            return None  # 看塔街道 may be 看丹街道 and a 青塔街道 that no list holds
        is_sure = (
            size == 2 and not known.key.places and edit.new not in self._initials and self._keeps_lone(edit, known)
        )
        return "lone_misread" if is_sure else None

    def _judge_deletion(self, edit: Edit, printed: NameParts, known: NameParts, size: int) -> str | None:
        if edit.old in self._generic:
            return "generic_lost"
        if size >= _MIDDLE_CORE:
            return "core_lost"
        keeps_first = edit.place > known.core_start
        if size == 3 and not known.key.places:
            is_sure = self._is_listed_town(known) or (keeps_first and not known.is_proper)
            return "core_of_three_lost" if is_sure else None
        is_closed_class = known.key.suffix == "局" or known.key.level.endswith("委")
        is_sure = size == 2 and not known.key.places and not known.is_proper
        is_lone = is_sure and keeps_first and is_closed_class and self._keeps_lone(edit, known)
        return "lone_lost" if is_lone else None

    def _judge_insertion(self, edit: Edit, printed: NameParts, known: NameParts, size: int) -> str | None:
        if edit.new in self._generic and not known.is_proper:
            return "generic_added"
        if not edit.new.isalpha() and not edit.new.isdigit():
            return "mark_added"
        if size >= 3 and edit.new not in self._used:
            return "stray_added"
        return "long_core_added" if size >= _LONG_CORE and not self._makes_word(printed, edit.place) else None

    def _judge_swap(self, edit: Edit, printed: NameParts, known: NameParts, size: int) -> str | None:
        is_inside = edit.place >= known.core_start and edit.place + 2 <= known.core_end
        return "swapped" if is_inside and size >= 2 and not self._book.is_word(edit.new) else None

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
