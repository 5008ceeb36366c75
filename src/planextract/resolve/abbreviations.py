"""Which shorter name can stand for a longer one: an abbreviation, or a name without its ending."""

from __future__ import annotations

from planextract.model.vocabulary import AgencyWords, WordBook
from planextract.resolve.name_rules import RULES, Judgement, judge
from planextract.resolve.names import NameParts, is_subsequence

_SHORT_CORE, _MIDDLE_CORE = 2, 4  # characters
_LONGEST_REST = 3  # 人社 leaves 会保障 of 人力资源社会保障; 城管 does not stand for 城市管理综合行政执法


class AbbreviationJudge:
    """Decides whether a name shortens another: prepared with the words of the language and of agency names."""

    def __init__(self, words: AgencyWords, book: WordBook) -> None:
        self._contrast, self._generic, self._book = words.contrast, words.generic, book

    def judge_abbreviation(self, printed: NameParts, known: NameParts) -> Judgement | None:
        """Tell whether the printed core shortens the known one: in order, from its first character.

        What is left out at the end must be generic (管理, 事务): 文化 does not stand for 文化和旅游.
        """
        short, long = printed.core, known.core
        if printed.key != known.key or not known.key.suffix or not 2 <= len(short) < len(long):
            return None
        if short[0] != long[0] or not is_subsequence(short, long):
            return None
        if known.is_proper and (known.key.suffix in ("街道", "镇", "乡") or printed.own_size < _MIDDLE_CORE):
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
        score = max(0.85, round(RULES["abbreviation"].score - 0.02 * (len(long) - len(short) - 1), 4))
        return judge("abbreviation", f"{short} abbreviates {long}", score)

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
        return judge("bare_stem", f"{known.text} without its ending")

    def _is_generic(self, rest: str) -> bool:
        while rest:
            word = next((w for w in self._generic if rest.startswith(w)), None)
            if word is None:
                return False
            rest = rest[len(word) :]
        return True


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
