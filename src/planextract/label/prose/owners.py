"""Who answers for a measure, and by when: read from a bracket, from labels, or from names with verbs.

    （牵头单位：市林业局；责任单位：各县区；11月底完成）
    （市林业局牵头，市财政局、市水利局等配合，各县区负责落实）
    牵头单位：市林业局

All places are places in the item's text; what is no name and no date stays outside the spans and is put aside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planextract.label.prose.flat import CLOSERS, OPENERS
from planextract.label.prose.people import cut_people, is_post
from planextract.label.prose.wording import SEPARATORS, FoundLabel, Span, Wording, trim
from planextract.model.roles import AGENCY_ROLES, Role

_STOP = re.compile(r"[。!?]")
_LONGEST_UNKNOWN = 10  # characters of a name that does not read as one
_LONGEST_LIST = 200  # characters of a list with names that do not read as bodies
_JOINED = re.compile("[及和与]")
_OTHER_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}:")  # 适用范围：…: what follows is told of no body
_MARKS = " \n\t,;、。:*-"


@dataclass(slots=True)
class Owners:
    """Names by role and the deadline, as spans; ``labels`` are the printed words of the roles.

    ``strength`` is what speaks for owners: 2 for a label or a verb of owners, 1 for a mere list of bodies, 0 for a
    label that announcements print as well (主办单位).
    """

    spans: dict[Role, list[Span]] = field(default_factory=dict)
    labels: dict[Role, str] = field(default_factory=dict)
    private: list[Span] = field(default_factory=list)
    strength: int = 0

    @property
    def has_bodies(self) -> bool:
        """Whether a body was found."""
        return any(role in AGENCY_ROLES for role in self.spans)

    def add(self, role: Role, span: Span, label: str) -> None:
        """Add a span of a role; the first label of a role is kept."""
        if span[0] < span[1]:
            self.spans.setdefault(role, []).append(span)
            self.labels.setdefault(role, label)

    def merge(self, other: Owners) -> None:
        """Take over what another reading found."""
        for role, spans in other.spans.items():
            for span in spans:
                self.add(role, span, other.labels.get(role, ""))
        self.private.extend(other.private)
        self.strength = max(self.strength, other.strength)


class OwnerReader:
    """Reads owners in one text."""

    def __init__(self, text: str, flat: str, wording: Wording) -> None:
        self._text, self._flat, self._wording = text, flat, wording

    def read_bracket(self, start: int, end: int, *, stands_alone: bool) -> Owners | None:
        """Read what stands between two brackets as owners, or return None if it is something else.

        A list without label or verb counts only where it ends its sentence or paragraph (``stands_alone``).
        """
        start, end = self._unwrap(start, end)
        labelled = self.read_labels(start, end, inside=True)
        if labelled is not None:
            return labelled if labelled.spans or labelled.private else None
        stop = _STOP.search(self._flat, start, end)
        first_end = stop.start() if stop else end
        if stop and not self._only_declarations(stop.end(), end):
            return None
        owners = self.read_verbs(start, first_end) or self.read_verbs(start, first_end, whole=True, knows_some=True)
        if owners is not None:
            return owners
        return self._read_list(start, first_end) if stands_alone else None

    def _unwrap(self, start: int, end: int) -> Span:
        """Step inside brackets that hold nothing but further brackets: （（…））."""
        start, end = trim(self._flat, start, end)
        while end - start > 2 and self._flat[start] in OPENERS and self._flat[end - 1] in CLOSERS:
            depth = 0
            for place in range(start, end - 1):
                depth += (self._flat[place] in OPENERS) - (self._flat[place] in CLOSERS)
                if depth == 0:
                    return start, end
            start, end = trim(self._flat, start + 1, end - 1)
        return start, end

    def _only_declarations(self, start: int, end: int) -> bool:
        """Tell whether further sentences in a bracket are said for many measures, or are dates."""
        for low, high in self._sentences(start, end):
            if not self._wording.is_declaration(self._flat[low:high]) and not self._wording.is_deadline(
                self._flat[low:high]
            ):
                return False
        return True

    def _sentences(self, start: int, end: int) -> list[Span]:
        found, low = [], start
        for match in [*_STOP.finditer(self._flat, start, end), None]:
            high = match.start() if match else end
            span = trim(self._flat, low, high)
            if span[0] < span[1]:
                found.append(span)
            low = match.end() if match else end
        return found

    def read_labels(self, start: int, end: int, *, inside: bool) -> Owners | None:
        """Read ``label：names；label：names``, or return None if there is no label.

        ``inside`` a bracket the first label must open it: other words before it are no owners.
        """
        if inside:
            opens = next((place for place in range(start, end) if self._flat[place] not in _MARKS), end)
            if not self._wording.has_label_at(self._flat, opens, end):
                return None
        found = list(self._wording.find_labels(self._flat, start, end))
        if not found:
            bare = None if inside else self._wording.find_bare_label(self._flat, start, end)
            found = [bare] if bare is not None else []
        if not found:
            return None
        owners = Owners()
        for place, label in enumerate(found):
            high = found[place + 1].start if place + 1 < len(found) else end
            self._read_value(label, high, owners)
        return owners

    def _read_value(self, found: FoundLabel, end: int, owners: Owners) -> None:
        label, word = found.label, self._as_one_line(found.word)
        stop = _STOP.search(self._flat, found.end, end)
        low, high = self._trim_value(found.end, stop.start() if stop else end)
        if label.kind == "person":
            owners.private.append((low, high))
        elif label.kind == "node":
            owners.add(Role.OTHER, trim(self._flat, found.end, end), word)
        elif label.kind == "deadline":
            owners.add(Role.DEADLINE, (low, high), word)
        elif label.kind in ("owner", "division") and low < high:
            owners.strength = max(owners.strength, 0 if label.is_weak else 2)
            if found.has_people and self._add_beside_people(label.role or Role.RESPONSIBLE, (low, high), word, owners):
                return
            by_verbs = self.read_verbs(low, high)
            if by_verbs is not None:
                owners.merge(by_verbs)
            else:
                self.add_names(label.role or Role.RESPONSIBLE, (low, high), word, owners)

    def _as_one_line(self, span: Span) -> str:
        """Return the words of a role as printed, but for a line break in them."""
        return self._text[slice(*span)].replace("\n", "")

    def _add_beside_people(self, role: Role, span: Span, label: str, owners: Owners) -> bool:
        """Add the bodies of a list that people stand in, and put these aside; return whether there are any."""
        pieces = cut_people(self._flat[slice(*span)], self._wording.is_body)
        if not any(is_people for _, is_people in pieces):
            return False
        low = span[0]
        for text, is_people in pieces:
            part, low = trim(self._flat, low, low + len(text)), low + len(text)
            if part[0] < part[1] and is_people:
                owners.private.append(part)
            elif any(map(str.isalnum, text)):
                self.add_names(role, part, label, owners)
        return True

    def _trim_value(self, start: int, end: int) -> Span:
        """Return a value without marks at its ends and without brackets that it does not open itself."""
        start, end = trim(self._flat, start, end)
        while end > start and (self._flat[end - 1] in _MARKS or self._is_stray_closer(start, end)):
            end -= 1
        while start < end and self._flat[start] in _MARKS:
            start += 1
        if end > start and self._flat[end - 1] in OPENERS:
            end -= 1
        return start, end

    def _is_stray_closer(self, start: int, end: int) -> bool:
        inner = self._flat[start:end]
        opened, closed = (sum(char in kind for char in inner) for kind in (OPENERS, CLOSERS))
        return inner[-1] in CLOSERS and closed > opened

    def add_names(self, role: Role, span: Span, label: str, owners: Owners) -> None:
        """Add a list of names: dates in it are the deadline; 等 … and what is said for many measures are left out."""
        run: Span | None = None
        is_said = False
        for low, stop in self._wording.tokens(self._flat, *span):
            if is_said and self._flat[low:stop].startswith(self._wording.words.others):
                continue  # 列首位的为牵头部门，其他部门按职责分工负责
            high = self._leave_declaration(low, stop)
            part = self._flat[low:high]
            if (
                (run or role in owners.spans)
                and _OTHER_LABEL.match(part)
                and not self._wording.is_body(part.partition(":")[0])
            ):
                break
            if self._wording.is_deadline(part):
                owners.add(Role.DEADLINE, (low, high), "")
                continue
            if self._wording.is_declaration(part):
                is_said = True
                continue
            begin = self._skip_lead_in(low, high)
            cut = self._wording.find_open_end(self._flat, begin, high)
            if run is not None and self._flat[run[1] : begin].strip(" \n、,;"):
                owners.add(role, run, label)
                run = None
            run = (run[0] if run else begin, cut)
            if cut < high:  # 市教委等，市财政局: the list goes on behind 等
                owners.add(role, run, label)
                run = None
        if run is not None:
            owners.add(role, run, label)

    def _leave_declaration(self, start: int, end: int) -> int:
        """Return where a name ends that is followed by what is said for all: 市税务局（列第一位者为牵头单位，下同）."""
        opened = self._flat.find("(", start, end)
        if opened <= start or self._wording.is_declaration(self._flat[start:opened]):
            return end
        return opened if self._wording.is_declaration(self._flat[opened:end]) else end

    def _skip_lead_in(self, start: int, end: int) -> int:
        for word in self._wording.words.before_names:
            if self._flat.startswith(word, start, end) and not self._flat.startswith(word + "于", start, end):
                return start + len(word)
        return start

    def read_verbs(self, start: int, end: int, *, whole: bool = False, knows_some: bool = False) -> Owners | None:
        """Read ``names牵头，names配合``, or return None if a list in it does not read as bodies.

        ``whole``: behind the last verb nothing but dates may stand. ``knows_some``: one body in a list is enough, if
        the others are as short as names.
        """
        owners, position = Owners(), start
        for verb in self._wording.find_verbs(self._flat, start, end):
            names = self._skip_marks(position, verb.start)
            if self._are_the_others(owners, names):
                position = verb.end
                continue
            if not self.are_bodies(*names, knows_some=knows_some):
                if self._are_posts(*names):
                    owners.private.append(names)  # 分管副省长、协管副秘书长负责
                elif names[0] < names[1] or not owners.spans:
                    return None
                position = verb.end  # 市林业局牵头、负责
                continue
            self.add_names(verb.role, names, self._as_one_line(verb.word), owners)
            position = verb.end
        if not owners.has_bodies:
            return None
        for span in self._wording.tokens(self._flat, position, end):
            if self._wording.is_deadline(self._flat[slice(*span)]):
                owners.add(Role.DEADLINE, span, "")
            elif whole:
                return None
        owners.strength = 2
        return owners

    def _are_the_others(self, owners: Owners, names: Span) -> bool:
        """Tell whether names behind a declaration are those left: 列在首位的为牵头部门，其他有关部门配合."""
        tokens = list(self._wording.tokens(self._flat, *names)) if owners.has_bodies else []
        return (
            len(tokens) > 1
            and self._wording.is_declaration(self._flat[slice(*tokens[0])])
            and all(self._flat[low:high].startswith(self._wording.words.others) for low, high in tokens[1:])
        )

    def _are_posts(self, start: int, end: int) -> bool:
        names = [self._flat[a:b] for a, b in self._wording.tokens(self._flat, start, end)]
        return bool(names) and all(map(is_post, names))

    def _skip_marks(self, start: int, end: int) -> Span:
        start, end = trim(self._flat, start, end)
        joint = self._wording.words.joints
        moved = True
        while moved and start < end:
            moved = False
            if self._flat[start] in _MARKS:
                start, moved = start + 1, True
            for word in (*joint, "并", "及", "和"):
                if self._flat.startswith(word, start, end) and self._flat[
                    start + len(word) : start + len(word) + 1
                ] not in ("", "购"):
                    start, moved = start + len(word), True
                    break
        while end > start and self._flat[end - 1] in SEPARATORS:
            end -= 1
        return start, end

    def are_bodies(self, start: int, end: int, *, knows_some: bool = False) -> bool:
        """Tell whether all names of a list (or some) read as bodies, dates and 等 aside; a list of one at least."""
        found = 0
        for low, high in self._wording.tokens(self._flat, start, end):
            part = self._flat[low:high]
            if self._wording.is_deadline(part) or self._wording.is_declaration(part):
                continue
            if all(self._is_body(name) for name in self._wording.split_joints(part)):
                found += 1
            elif not knows_some or len(part) > _LONGEST_UNKNOWN:
                return False
        return found > 0

    def _are_mostly_bodies(self, start: int, end: int) -> bool:
        if end - start > _LONGEST_LIST or self._flat[start : start + 1] in OPENERS:
            return False
        names = [self._flat[low:high] for low, high in self._wording.tokens(self._flat, start, end)]
        known = [all(map(self._is_body, self._wording.split_joints(name))) for name in names]
        unknown = [name for name, is_known in zip(names, known, strict=True) if not is_known]
        is_short = all(2 < len(name) <= _LONGEST_UNKNOWN and not any(map(str.isdigit, name)) for name in unknown)
        return len(names) > 2 and is_short and 3 * len(unknown) <= len(names)

    def _is_body(self, name: str) -> bool:
        """Tell whether a name reads as a body, or as several that 及 or 和 joins."""
        return self._wording.is_body(name) or all(map(self._wording.is_body, _JOINED.split(name)))

    def _read_list(self, start: int, end: int) -> Owners | None:
        """Read a mere list of bodies, dates among them; most of three names or more must read as bodies."""
        if self._flat.startswith(self._wording.words.no_list, start, end):
            return None
        if not self.are_bodies(start, end) and not self._are_mostly_bodies(start, end):
            return None
        says_who_leads = self._wording.is_declaration(self._flat[start:end])  # 市教育局、市财政局，列首位的牵头，下同
        owners = Owners(strength=2 if says_who_leads else 1)
        self.add_names(Role.RESPONSIBLE, (start, end), "", owners)
        return owners if owners.has_bodies else None
