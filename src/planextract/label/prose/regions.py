"""Where in an item's text its owners stand: brackets, labels on lines or behind a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from planextract.label.prose.flat import CLOSERS, OPENERS, pair_brackets
from planextract.label.prose.openers import find_opener
from planextract.label.prose.owners import OwnerReader, Owners
from planextract.label.prose.wording import SEPARATORS, FoundLabel, Wording, trim
from planextract.model.roles import Role

_HEADING_BRACKETS = "【〖"
_MAX_BRACKET = 700
_MOST_OPENED = 8  # brackets in a row that nothing closes: no list of names begins so
_BEFORE_LABEL = "。;!?)]\n "
_IN_NAME = re.compile(r"\([^()]{1,8}\)[\u4e00-\u9fff]")  # 各县|(市、区)人民政府: no bracket of its own
_LINE_LEAD = re.compile(r"[ \-*·•●>#]*")
_MAX_NAMES_LINE = 120
_MIN_REST, _LONGEST_ALONE = 6, 12
_DAY = re.compile(r"\n\s*(?:20\d\d年|[二]\s*[〇○零O]\S{2,3}年)\s*\S{1,3}月\s*\S{1,3}日\s*(?:\n|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A stretch that names owners: ``text[start:end]``; ``on_lines`` if labels open its lines.

    An aside (``owners`` without bodies and dates) is no text of the measure either.
    """

    start: int
    end: int
    owners: Owners
    on_lines: bool = False


class RegionFinder:
    """Finds the regions of one item's text, in order."""

    def __init__(self, text: str, wording: Wording, *, sentences: bool = False) -> None:
        self._sentences = sentences
        self.text, self.flat, self._wording = text, wording.flatten(text), wording
        self.reader = OwnerReader(text, self.flat, wording)
        self._pairs = pair_brackets(self.flat)
        self._closed = frozenset(self._pairs.values())

    def find(self, start: int) -> tuple[Region, ...]:
        """Return the regions behind ``start``; neighbours with nothing between them are one."""
        labels = {found.start: found for found in self._wording.find_labels(self.flat, start, len(self.flat))}
        found: list[Region] = []
        place = start
        while place < len(self.flat):
            region = self._read_at(place, start, labels)
            if region is None:
                place = self._skip(place)
                continue
            place = region.end
            if found and not self.flat[found[-1].end : region.start].strip(" \n。;,"):
                found[-1] = _join(found[-1], region)
            else:
                found.append(region)
        return tuple(found)

    def _skip(self, place: int) -> int:
        """Step over a bracket that holds no owners, else over one character."""
        closed = self._pairs.get(place)
        is_short = closed is not None and closed - place <= _MAX_BRACKET
        return closed + 1 if is_short and closed is not None else place + 1

    def _read_at(self, place: int, start: int, labels: dict[int, FoundLabel]) -> Region | None:
        char = self.flat[place]
        if char in OPENERS and place not in labels:
            return self._read_bracket(place)
        if self.flat.startswith("--", place) and self.flat[place - 1 : place] != "-":
            return self._read_dash(place)
        is_line_start = place == 0 or self.flat[place - 1] == "\n"
        after_stop = self._sentences and self.flat[max(0, place - 4) : place].rstrip()[-1:] in ("。", ";")
        after_stop = after_stop or (self._sentences and self._is_about(place, start))
        if after_stop and not char.isspace() and (region := self._read_sentence(place)):
            return region
        if is_line_start:
            lead = _LINE_LEAD.match(self.flat, place)
            label_at = lead.end() if lead else place
            bare = None if label_at in labels else self._wording.find_bare_label(self.flat, place, len(self.flat))
            if label_at in labels or (bare is not None and self._has_names_behind(bare)):
                return self._read_lines(place, labels.get(label_at) or bare)
            return None
        found = labels.get(place)
        if found is None or found.label.kind not in ("owner", "division", "deadline", "person", "node"):
            return None
        opened = len(self.flat[:place].rstrip("*"))  # **牵头**：the label of a page in Markdown
        before = self.flat[opened - 1]
        if found.label.kind == "person" and not self._has_owner_behind(found, labels):
            return None
        if before in _BEFORE_LABEL or (before in ",、-" and found.label.kind == "owner"):
            region = self._read_lines(place, found)
            return region and replace(region, start=self._before_label_alone(self._before_bar(opened)))
        return None

    def _before_bar(self, place: int) -> int:
        """Return where the bar stands that parts a label from the text before it, or the place itself."""
        start = len(self.text[:place].rstrip())
        return start - 1 if self.text[start - 1 : start] == "｜" else place

    def _before_label_alone(self, place: int) -> int:
        """Return where a label that is a sentence of its own opens its line, or the place: 3.责任单位。牵头单位：…."""
        low = self.flat.rfind("\n", 0, place) + 1
        line = self.flat[low:place].rstrip()
        opener = find_opener(line)
        word = line[opener.end if opener else 0 :]
        if not word.endswith("。") or len(word) > _LONGEST_ALONE:
            return place
        return low if self._wording.names_owners(word[:-1]) else place

    def _has_owner_behind(self, found: FoundLabel, labels: dict[int, FoundLabel]) -> bool:
        """Tell whether a label of owners follows one of people on the same line: 牵头领导：…；牵头单位：…."""
        end = self._line_end(found.end)
        return any(found.end <= at < end and label.label.kind == "owner" for at, label in labels.items())

    def _has_names_behind(self, label: FoundLabel) -> bool:
        """Tell whether bodies follow a label without a colon, on its line or on the next ones."""
        low, high = label.end, self._line_end(label.end)
        if not self.flat[low:high].strip():
            low, high = high + 1, self._line_end(high + 1)
        if label.label.kind == "deadline":
            return self._wording.is_deadline(self.flat[low:high])
        return self.reader.are_bodies(low, high) or self.reader.read_verbs(low, high) is not None

    def _line_end(self, place: int) -> int:
        end = self.flat.find("\n", place)
        return len(self.flat) if end < 0 else end

    # brackets

    def _read_bracket(self, place: int) -> Region | None:
        closed = self._pairs.get(place)
        if closed is not None and self._is_heading(place, closed):
            return None
        if closed is not None and closed - place <= _MAX_BRACKET:
            closed = self._extend(closed)
            owners = self.reader.read_bracket(place + 1, closed, stands_alone=self._stands_alone(place, closed))
            if owners is not None:
                return self._make(place, closed + 1, owners)
            if not {"。", ";"} & set(self.flat[place + 1 : closed]):
                return None
        if all(char in OPENERS for char in self.flat[place : place + _MOST_OPENED]):
            return None
        for end in self._ends_of_open(place):
            owners = self.reader.read_bracket(place + 1, end, stands_alone=self._stands_alone(place, end))
            if owners is not None and (owners.strength >= 2 or any(owners.labels.values())):
                return self._make(place, end + (self.flat[end : end + 1] in (")", "]")), owners)
        return None

    def _is_heading(self, place: int, closed: int) -> bool:
        """Tell whether a bracket of headings is a line of its own and has no label: 【工业强市】."""
        is_line = place == 0 or self.flat[place - 1] == "\n"
        is_whole = is_line and not self.flat[closed + 1 : self._line_end(closed)].strip()
        return is_whole and self.text[place] in _HEADING_BRACKETS and ":" not in self.flat[place:closed]

    def _extend(self, closed: int) -> int:
        """Step to a closing bracket that nothing opens, where the list goes on behind one that came too early."""
        if self.flat[closed + 1 : closed + 2] not in SEPARATORS:
            return closed
        line_end = min(self._line_end(closed), closed + 200)
        for place in range(closed + 1, line_end):
            if self.flat[place] in OPENERS or self.flat[place] == "。":
                return closed
            if self.flat[place] in CLOSERS:
                return place
        return closed

    def _ends_of_open(self, place: int) -> Iterator[int]:
        """Yield where a bracket may end that is not closed, or too late: at a closing one, a stop, the line's end."""
        limit = min(len(self.flat), place + _MAX_BRACKET)
        for end in range(place + 1, limit):
            if self.flat[end] in CLOSERS and (end + 1 >= len(self.flat) or self.flat[end + 1] in "。;\n "):
                yield end
            elif self.flat[end] == "。" or (self.flat[end] == "\n" and self.flat[end - 1] not in SEPARATORS):
                yield end
                if self.flat[end] == "。":
                    return
        yield limit

    def _stands_alone(self, place: int, closed: int) -> bool:
        """Tell whether a bracket ends its sentence or paragraph, or follows a full stop."""
        behind = self.flat[closed + 1 :]
        before = self.flat[:place].rstrip()
        head = behind[:1]
        return (
            not behind.strip(" 。;,\n") or head in ("。", ";", "\n") or before.endswith(("。", ";", "!", ")", "”", "."))
        )

    def _make(self, start: int, end: int, owners: Owners) -> Region:
        while self.flat[end : end + 1] in tuple(CLOSERS) and end not in self._closed:
            end += 1  # a bracket closed twice: …不再列出）〕
        end += self.flat[end : end + 1] in ("。", ";")
        return Region(start=start, end=end, owners=owners)

    def _is_about(self, place: int, start: int) -> bool:
        """Tell whether a clause says who answers for what its sentence is about: 关于…的问题，由国土资源部负责落实."""
        is_clause = self.flat.startswith(",由", place - 1)
        return is_clause and self.flat.startswith("关于", start) and "。" not in self.flat[start:place]

    def _read_sentence(self, place: int) -> Region | None:
        """Read the last sentence of a paragraph as names with verbs, and nothing else."""
        end = self._line_end(place)
        stop = self.flat.find("。", place, end)
        stop = end if stop < 0 else stop
        owners = self.reader.read_verbs(place, stop, whole=True)
        if owners is None:
            return None
        for span in self._wording.tokens(self.flat, stop, end):  # a sentence of its own says by when
            if not self._wording.is_deadline(self.flat[slice(*span)]):
                return None
            owners.add(Role.DEADLINE, span, "")
        return Region(start=place, end=end, owners=owners)

    def _read_dash(self, place: int) -> Region | None:
        """Read bodies behind a dash that ends its line: 改造老旧小区45个。——市住建局，城区政府."""
        end = self._line_end(place)
        start = place + len(self.flat[place:end]) - len(self.flat[place:end].lstrip("-"))
        stop = end
        while stop > start and self.flat[stop - 1] in "。 ;":
            stop -= 1
        owners = self.reader.read_bracket(start, stop, stands_alone=True)
        if owners is None or not owners.has_bodies or "。" in self.flat[start:stop]:
            return None
        return Region(start=place, end=end, owners=owners)

    # labels on lines

    def _read_lines(self, place: int, found: FoundLabel | None) -> Region | None:
        """Read labels from here to the last line that has one, with the lines that lists of names go on in."""
        owners, position = Owners(), place
        is_line_start = place == 0 or self.flat[place - 1] == "\n"
        while True:
            end = self._segment_end(position)
            read = self.reader.read_labels(position, end, inside=False)
            if read is None:
                break
            owners.merge(read)
            rest = self._rest_behind(position, end)
            if rest is not None:
                return Region(start=place, end=rest, owners=owners, on_lines=is_line_start)
            position = end
            if not self._opens_with_label(end + 1):
                break
            position = end + 1
        if position == place:
            return None
        return Region(start=place, end=position, owners=owners, on_lines=is_line_start)

    def _opens_with_label(self, place: int) -> bool:
        if place >= len(self.flat):
            return False
        if self._opens_card(place):
            return False
        lead = _LINE_LEAD.match(self.flat, place)
        at = lead.end() if lead else place
        first = next(self._wording.find_labels(self.flat, at, self._line_end(at)), None)
        if first is not None and first.start == at:
            return True
        bare = self._wording.find_bare_label(self.flat, place, len(self.flat))
        return bare is not None and self._has_names_behind(bare)

    def _opens_card(self, place: int) -> bool:
        """Tell whether the next card begins here: 工作任务：…."""
        return self._wording.find_card(self.flat, place, self._line_end(place)) is not None

    def _segment_end(self, place: int) -> int:
        """Return the end of a line of labels, with the lines that its last list goes on in."""
        end = self._line_end(place)
        while end < len(self.flat):
            high = self._line_end(end + 1)
            if self._opens_with_label(end + 1) or self._opens_card(end + 1) or not self._goes_on(place, end, high):
                break
            end = high
        return end

    def _goes_on(self, place: int, end: int, high: int) -> bool:
        """Tell whether the line behind ``end`` goes on with the list of names that the line before it prints.

        What stands before the first label of the line counts: 各有关部 门　完成时限：….
        """
        if any(label.start < end < label.end for label in self._wording.find_labels(self.flat, place, high)):
            return True  # 完成时 限：…
        inner = next(self._wording.find_labels(self.flat, end + 1, high), None)
        high = high if inner is None else inner.start
        line = self.flat[end + 1 : high].strip()
        labels = list(self._wording.find_labels(self.flat, place, end))
        is_step = bool(labels) and labels[-1].label.kind == "node"
        if not line or (len(line) > _MAX_NAMES_LINE and not is_step):
            return False
        if line[0] in OPENERS and not _IN_NAME.match(line):
            return False
        bare = None if labels else self._wording.find_bare_label(self.flat, place, len(self.flat))
        begin = labels[-1].end if labels else min(bare.end, end) if bare else place
        value = self.flat[begin:end].strip()
        if value.endswith("。") and not is_step:
            return False
        if value.count("(") > value.count(")"):
            return True
        if self._verbs_go_on(begin, end, high):
            return True
        last = labels[-1] if labels else bare
        if last is not None and last.label.kind == "node":
            return self._wording.opens_with_date(line)
        if value and last is not None and last.label.kind == "deadline":
            return self._wording.is_deadline(line) or self._completes_date(value, line)
        if value and value[-1] not in "、,;" and self._is_signature(end + 1, high):
            return False
        if not value:
            return self.reader.are_bodies(end + 1, high) or self._wording.is_deadline(line)
        if value[-1] in "、,;":
            return self.reader.are_bodies(end + 1, high) or self.reader.read_verbs(end + 1, high) is not None
        low = max(value.rfind(mark) for mark in "、,;") + 1
        first = next(self._wording.tokens(self.flat, end + 1, high), (end + 1, high))
        joined = value[low:] + self.flat[slice(*first)]
        rest = [self.flat[a:b] for a, b in self._wording.tokens(self.flat, first[1], high)]
        alone = self._wording.is_body(self.flat[slice(*first)])
        return (self._wording.is_body(joined) or alone) and all(self._wording.is_body(name) for name in rest)

    def _completes_date(self, value: str, line: str) -> bool:
        """Tell whether a line is the rest of a date that a line break cut: 2024年6月 底前."""
        return self._wording.ends_date(line) and self._wording.is_deadline(value + line)

    def _is_signature(self, low: int, high: int) -> bool:
        """Tell whether a line is the issuer's name below a text: nothing but a day stands behind it."""
        names = list(self._wording.tokens(self.flat, low, high))
        return len(names) == 1 and _DAY.match(self.flat, high) is not None

    def _verbs_go_on(self, begin: int, end: int, high: int) -> bool:
        """Tell whether a list of names that a line break cut is closed by a verb on the next line: 各乡 镇牵头."""
        if self.reader.read_verbs(begin, high, whole=True) is None:
            return False
        return any(verb.end > end for verb in self._wording.find_verbs(self.flat, begin, high))

    def _rest_behind(self, place: int, end: int) -> int | None:
        """Return where the text goes on behind a list of names on its line, or None: 责任单位：市科委。力争…."""
        labels = list(self._wording.find_labels(self.flat, place, end))
        last = labels[-1].end if labels else place
        if labels and labels[-1].label.kind == "node":
            return None
        stop = self.flat.find("。", last, end)
        if stop < 0:
            return None
        low, high = trim(self.flat, stop + 1, end)
        if high - low < _MIN_REST or self._wording.is_declaration(self.flat[low:high]):
            return None
        return stop + 1


def _join(first: Region, second: Region) -> Region:
    owners = Owners()
    owners.merge(first.owners)
    owners.merge(second.owners)
    return Region(start=first.start, end=second.end, owners=owners, on_lines=first.on_lines or second.on_lines)
