"""Find bodies in running text: by name, or by their field (生态环境、公安等部门)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from planextract.model.vocabulary import AgencyWords

_NOT_BEFORE_LEVEL = frozenset("社地辖城园片小郊景山库灾疫老新矿各外内都")
_MIN_MENTION = 3
_LONGEST_PLACE = 8
_GOES_ON = re.compile(r"[\u4e00-\u9fff]{2,4}(?:分局|支队|总队|大队|分公司|管理所|监察所)")
_ITEM = re.compile(r"[\u4e00-\u9fff]{2,10}$")
_CLAUSE_START = frozenset("。；;，,：:！!？?\n、）)”")
_LONGEST_LIST = 80
_TAIL = re.compile(r"(?:[(（][^()（）]{1,20}[)）])?(?:等[\u4e00-\u9fff]{0,8}?(?:部门和单位|部门|单位))?")


def index_wordings(wordings: Iterable[str]) -> dict[str, list[str]]:
    """Return wordings by the two characters that they begin with, longest first."""
    starts: dict[str, list[str]] = {}
    for wording in sorted(set(wordings), key=lambda w: (-len(w), w)):
        if len(wording) >= _MIN_MENTION:
            starts.setdefault(wording[:2], []).append(wording)
    return starts


class NameFinder:
    """Finds exact wordings; a name inside another place's name (海淀区财政局) is none of ours."""

    def __init__(
        self,
        starts: Mapping[str, Sequence[str]],
        places: frozenset[str],
        words: AgencyWords,
        further: Callable[[str, int], int | None] = lambda text, start: None,
        initials: Set[str] = frozenset(),
    ) -> None:
        """Prepare.

        Args:
            starts: Folded names and aliases, by :func:`index_wordings`.
            places: Names of all divisions but the document's own.
            words: Ends of references, and what stands before and behind a subject.
            further: Tells where a name by grammar ends that begins at a place of a text.
            initials: Characters that such a name may begin with.
        """
        self._further = further
        first = sorted({*initials, *(opening[0] for opening in starts)})
        self._opening = re.compile(f"[{''.join(map(re.escape, first))}](?=.)" if first else "(?!)", re.DOTALL)
        self._places = places
        self._starts = starts
        ends = "|".join(map(re.escape, words.reference_ends))
        self._reference = re.compile(ends) if ends else None
        self._not_after = words.not_subject_after
        self._lead_ins = words.lead_ins

    def find_names(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the spans of names: leftmost first, then longest."""
        spans: list[tuple[int, int]] = []
        position = 0
        while opening := self._opening.search(text, position):
            start = opening.start()
            end = self._name_end(text, start)
            if end is not None:
                spans.append((start, end))
            position = end or start + 1
        return tuple(spans)

    def find_references(
        self, text: str, taken: Sequence[tuple[int, int]], is_field: Callable[[str], bool]
    ) -> tuple[tuple[int, int], ...]:
        """Return the spans of fields that stand for bodies: 生态环境 and 公安 of 生态环境、公安等部门.

        Args:
            text: Running text.
            taken: Spans of names.
            is_field: Tells whether a body has this field.
        """
        spans: list[tuple[int, int]] = []
        for match in self._reference.finditer(text) if self._reference else ():
            start = max(0, match.start() - _LONGEST_LIST)
            listed = text[start : match.start()]
            items = re.split(r"、", re.split(r"[^\u4e00-\u9fff、]", listed)[-1])
            end = match.start()
            for number, item in enumerate(reversed(items)):
                begin = end - len(item)
                is_first = number == len(items) - 1
                found = self._field_in(item, is_field, is_first=is_first, is_alone=len(items) == 1)
                span = (end - len(found), end)
                if found and not any(a < span[1] and span[0] < b for a, b in (*taken, *spans)):
                    spans.append(span)
                end = begin - 1
        return tuple(sorted(spans))

    def _field_in(self, item: str, is_field: Callable[[str], bool], *, is_first: bool, is_alone: bool) -> str:
        """Return the field at the end of a list's item: the whole item, or what the first one ends with."""
        lead = next((word for word in self._lead_ins if item.startswith(word) and len(item) > len(word) + 1), "")
        item = item[len(lead) :]
        if not _ITEM.match(item):
            return ""
        if is_field(item):
            return item
        if not is_first:
            return item if len(item) <= 6 else ""
        for length in range(min(len(item) - 1, 8), 1, -1):
            if is_field(item[-length:]):
                return item[-length:]
        return "" if is_alone or len(item) > 6 else item

    def has_duty(self, text: str, spans: Sequence[tuple[int, int]], number: int) -> bool:
        """Tell whether a name is the subject of its clause: it, or the list it is in, opens the clause."""
        first = last = number
        while first > 0 and text[spans[first - 1][1] : spans[first][0]] in ("、", "和", "与", "及"):
            first -= 1
        while last + 1 < len(spans) and text[spans[last][1] : spans[last + 1][0]] in ("、", "和", "与", "及"):
            last += 1
        start = spans[first][0]
        if text[start - 1 : start] == "由":
            return True
        if start > 0 and text[start - 1] not in _CLAUSE_START - {"、", ")", "）", "”"}:
            return False
        end = spans[last][1]
        tail = _TAIL.match(text, end)
        end = tail.end() if tail else end
        found = self._reference.match(text, end) if self._reference else None
        end = found.end() if found else end
        after = text[end : end + 1]
        return bool(re.match(r"[\u4e00-\u9fff]", after)) and not text.startswith(self._not_after, end)

    def _name_end(self, text: str, start: int) -> int | None:
        own, further = self._listed_end(text, start), self._further(text, start)
        if further is None or (own is not None and own >= further):
            return own
        return None if self._is_inside(text, start) or self._goes_on(text, further) else further

    def _listed_end(self, text: str, start: int) -> int | None:
        for wording in self._starts.get(text[start : start + 2], ()):
            if text.startswith(wording, start):
                end = start + len(wording)
                if self._is_inside(text, start) or self._goes_on(text, end):
                    return None
                return end
        return None

    def _is_inside(self, text: str, start: int) -> bool:
        """Tell whether the level word ends another word or another place's name."""
        if start == 0 or text[start] not in "区市县":
            return False
        if text[start - 1] in _NOT_BEFORE_LEVEL:
            return True
        return any(text[begin : start + 1] in self._places for begin in range(max(0, start - _LONGEST_PLACE), start))

    def _goes_on(self, text: str, end: int) -> bool:
        """Tell whether a longer name starts here that is not known (市规划自然资源委东城分局).

        A name in 部 before 门 is no ministry: 生态环境部门 are those of the field, 财政部门 likewise.
        """
        if text.startswith("部门", end - 1):
            return True
        found = _GOES_ON.match(text, end)
        known = (text.startswith(wording, end) for wording in self._starts.get(text[end : end + 2], ()))
        return found is not None and not any(known)
