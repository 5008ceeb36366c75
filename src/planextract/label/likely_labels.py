"""Header wordings that no dictionary lists: made as labels of bodies are, longer than a known one, or damaged."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from planextract.label.prose.flat import drop_readings
from planextract.model.roles import Role
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import fold

TRAILING_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]$")
_AND = re.compile(r"[与和及、/]")
_FUZZY_RATIO = 74.0  # one wrong character of four
_MIN_SUFFIX = 3
_MIN_CORE_SUFFIX = 2
_COUNTS = ("数", "率", "量", "额", "比")  # 任务数 counts tasks: no damaged 任务
_CORE_ROLES = frozenset({Role.MEASURE, Role.TASK_NAME})
_DEED = re.compile(
    r"(?:工作|主要|具体|重点|年度|实施|落实|建设|推进|整改|改革|项目|任务){0,2}(?:内容|要求|目标|措施|举措|任务|标准|步骤)"
)
_DONE = ("内容", "要求", "措施", "举措")


def read_label(label: str, vocabulary: ColumnVocabulary) -> str:
    """Return a label as the dictionary writes it: folded, in simplified characters (牽頭單位 is 牵头单位)."""
    folded, simplified = fold(drop_readings(label)), vocabulary.prose.traditional
    if simplified.keys().isdisjoint(folded):
        return folded
    return "".join(simplified.get(char, char) for char in folded)


def find_made(label: str, vocabulary: ColumnVocabulary) -> Role | None:
    """Return the role of a label that is made as labels of bodies are: 牵头负责部门, 责任主体与协同单位.

    Of several parts the first with a noun counts; in a part the first of support, lead, responsible. Words for what
    is done that stand side by side name measures: 内容与要求.
    """
    words = vocabulary.prose
    if not words.cores:
        return None
    pattern = _made_pattern(tuple(words.nouns), tuple(words.cores), tuple(words.prefixes))
    parts = _AND.split(TRAILING_BRACKET.sub("", read_label(label, vocabulary)))
    if len(parts) > 1 and all(map(_DEED.fullmatch, parts)) and any(part.endswith(_DONE) for part in parts):
        return Role.MEASURE
    first = next((part for part in parts if pattern.fullmatch(part)), "".join(parts))
    if not pattern.fullmatch(first):
        return None
    found = {role for core, role in words.cores.items() if core in first}
    return next((role for role in (Role.SUPPORT, Role.LEAD, Role.RESPONSIBLE) if role in found), None)


@lru_cache(maxsize=8)
def _made_pattern(nouns: tuple[str, ...], cores: tuple[str, ...], prefixes: tuple[str, ...]) -> re.Pattern[str]:
    noun, core, prefix = ("|".join(re.escape(fold(word)) for word in part) for part in (nouns, cores, prefixes))
    return re.compile(rf"(?:(?:{prefix}){{0,3}}(?:{core})){{1,4}}(?:{noun})")


def find_similar(label: str, vocabulary: ColumnVocabulary) -> str | None:
    """Return the wording that a damaged label must be, or None if two roles are equally near."""
    folded = read_label(label, vocabulary)
    if len(folded) < 3 or folded.endswith(_COUNTS):
        return None
    ranked = sorted(((fuzz.ratio(folded, wording), wording) for wording in vocabulary.roles), reverse=True)
    best_ratio, best = ranked[0]
    rivals = {vocabulary.roles[wording] for ratio, wording in ranked if ratio >= best_ratio - 1e-9}
    return best if best_ratio >= _FUZZY_RATIO and len(rivals) == 1 else None


def find_suffix(label: str, vocabulary: ColumnVocabulary) -> str | None:
    """Return the longest wording that a label ends with (改革事项 → 事项): the head of a Chinese noun stands last.

    Three characters at least; two where they name tasks or measures, for 时间 or 单位 alone say too little.
    """
    folded = read_label(label, vocabulary)
    ends = [wording for wording in vocabulary.roles if folded.endswith(wording) and len(wording) < len(folded)]
    enough = [
        wording
        for wording in ends
        if len(wording) >= (_MIN_CORE_SUFFIX if vocabulary.roles[wording] in _CORE_ROLES else _MIN_SUFFIX)
    ]
    return max(enough, key=len, default=None)
