"""Plans without a table: numbered measures whose agencies stand in brackets behind them, or on lines of their own.

    12.完成造林2万亩。（牵头单位：市林业局；责任单位：各县区；11月底完成）
    12.完成造林2万亩。（市林业局牵头，市财政局配合，各县区负责落实）
    12.完成造林2万亩。
    责任单位：市林业局、各县区

Each measure becomes a row with the columns of a table, cut out of the text: what is in no cell (brackets,
labels, verbs) is returned apart, so that the ledger balances. Names are not known here; what reads as a list
of agencies is told by its labels, its verbs and the endings of bodies' names (dictionaries/columns.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from planextract.label.sections import is_section_line
from planextract.model.source import SourceText
from planextract.model.table import AGENCY_ROLES, Role
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import fold, without_spaces
from planextract.text.markers import is_page_number, parse_section
from planextract.text.sentences import is_finished

COLUMN_ORDER = (Role.TASK_NO, Role.TASK_NAME, Role.MEASURE, Role.DEADLINE, *AGENCY_ROLES)
_MIN_MEASURES = 3
_MAX_NAME, _MAX_HEADING, _MIN_TEXT = 30, 32, 6
_MAX_BRACKET = 600
_MAX_LINE = 20_000  # a paragraph is shorter; a hostile line is not looked at
_NUMBER = re.compile(r"\s*(\d{1,3}|[（(][一二三四五六七八九十]{1,3}[)）])(?:(?<=[)）])[、.．]?|\s*[.．、])\s*(?!\d)")
_ATTACHMENT = re.compile(r"附\s*件\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[:：]?")
_LABEL = re.compile(r"([\u4e00-\u9fff（）()]{2,10}?)\s*[:：]")
_OPENERS, _CLOSERS = "（(〔[", "）)〕]"
_TOKENS = re.compile(r"[、，,；;。]")
_DEADLINE = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日)?|年)[底末]?前?(?:完成)?$|^长期|^持续|^全年|^\d{4}年(?:底前?)?(?:完成)?$"
)
_SENTENCE = re.compile(r"[。！？]")
_NO_LIST = ("含", "包括", "如", "即", "以下", "不含", "除", "详见", "见", "不包括", "其中")
_OPEN_LIST = re.compile(r"(?:等(?:有关|相关)?(?:部门|单位|市级部门)?)$")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseRow:
    """A row cut out of the text: ``cells`` by role, raw; a section has its heading alone. ``spare`` is what is left."""

    page: int
    line: int | None
    cells: tuple[tuple[Role, str], ...]
    spare: tuple[tuple[str, str], ...] = ()
    is_section: bool = False
    labels: tuple[tuple[Role, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProsePlan:
    """The lines before the plan, its rows, how many measures name a body, and the lines behind it."""

    before: tuple[SourceText, ...]
    rows: tuple[ProseRow, ...]
    owned: int
    after: tuple[SourceText, ...]


@dataclass(slots=True)
class _Item:
    """Lines of one numbered item, of a heading, or of a paragraph between items."""

    lines: list[SourceText] = field(default_factory=list)
    is_section: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line.raw_text for line in self.lines)


@dataclass(slots=True)
class _Owners:
    """Agencies and deadline of one measure, as spans of the item's text."""

    spans: dict[Role, list[Span]] = field(default_factory=dict)
    labels: dict[Role, str] = field(default_factory=dict)
    private: list[Span] = field(default_factory=list)

    def add(self, role: Role, span: Span, label: str) -> None:
        if span[0] < span[1]:
            self.spans.setdefault(role, []).append(span)
            self.labels.setdefault(role, label)


def split_attachments(lines: Sequence[SourceText]) -> Iterator[tuple[SourceText, ...]]:
    """Cut the lines of a document at the headings of its attachments."""
    start = 0
    for index, line in enumerate(lines):
        if index > start and _ATTACHMENT.fullmatch(line.raw_text.strip()):
            yield tuple(lines[start:index])
            start = index
    if start < len(lines):
        yield tuple(lines[start:])


def find_prose_plan(lines: Sequence[SourceText], vocabulary: ColumnVocabulary) -> ProsePlan | None:
    """Read lines as a plan in prose, or return None if they are none.

    A plan has three measures or more that name their agencies.
    """
    if any(len(line.raw_text) > _MAX_LINE for line in lines):
        return None
    items = _make_items(lines, vocabulary)
    rows = [list(_read_item(item, vocabulary)) for item in items]
    owned = [any(_has_owner(row) for row in found) for found in rows]
    if sum(owned) < _MIN_MEASURES:
        return None
    first, last = owned.index(True), len(owned) - 1 - owned[::-1].index(True)
    while first > 0 and items[first - 1].is_section:
        first -= 1
    return ProsePlan(
        before=tuple(line for item in items[:first] for line in item.lines),
        rows=tuple(row for found in rows[first : last + 1] for row in found),
        owned=sum(_has_owner(row) for found in rows for row in found),
        after=tuple(line for item in items[last + 1 :] for line in item.lines),
    )


def _has_owner(row: ProseRow) -> bool:
    return any(role in AGENCY_ROLES for role, _ in row.cells)


def _make_items(lines: Sequence[SourceText], vocabulary: ColumnVocabulary) -> list[_Item]:
    items: list[_Item] = []
    for line in lines:
        text = line.raw_text
        opens = _NUMBER.match(text) is not None and not _is_label_line(text, vocabulary)
        if _is_heading(text):
            items.append(_Item(lines=[line], is_section=True))
        elif (
            opens
            or not items
            or items[-1].is_section
            or (line.starts_paragraph and _is_closed(items[-1], text, vocabulary))
        ):
            items.append(_Item(lines=[line]))
        else:
            items[-1].lines.append(line)
    return items


def _is_heading(text: str) -> bool:
    flat = without_spaces(text).rstrip("。")
    return is_section_line(text) or (
        parse_section(flat) is not None and len(flat) <= _MAX_HEADING and not re.search(r"[。；，：:（(]", flat[4:])
    )


def _is_closed(item: _Item, following: str, vocabulary: ColumnVocabulary) -> bool:
    """Tell whether an item ends before a paragraph that has no number: with its agencies, or a label follows."""
    if _is_label_line(following, vocabulary):
        return False
    text = item.text.rstrip()
    return _NUMBER.match(text) is None and (is_finished(text) or text[-1:] in _CLOSERS)


def _is_label_line(text: str, vocabulary: ColumnVocabulary) -> bool:
    match = _LABEL.match(text.lstrip(" \t\u3000（("))
    return match is not None and _find_label(match.group(1), vocabulary) is not None


def _find_label(label: str, vocabulary: ColumnVocabulary) -> Role | None:
    """Return the role of a label; OTHER for one of persons."""
    folded = fold(label)
    role = vocabulary.roles.get(folded)
    if role in (*AGENCY_ROLES, Role.DEADLINE):
        return role
    return Role.OTHER if folded in vocabulary.persons else None


def _read_item(item: _Item, vocabulary: ColumnVocabulary) -> Iterator[ProseRow]:
    """Yield the rows of an item: one for each stretch of its text that ends with its agencies."""
    text, first = item.text, item.lines[0]
    if item.is_section:
        heading = text.rstrip()
        body = heading.rstrip("。")
        spare = (("prose_mark", heading[len(body) :]),) if heading != body else ()
        yield ProseRow(page=first.page, line=first.line, cells=((Role.SECTION, body),), spare=spare, is_section=True)
        return
    if is_page_number(text):
        yield ProseRow(page=first.page, line=first.line, cells=(), spare=(("page_number", text),))
        return
    number = _NUMBER.match(text)
    start = number.end() if number else 0
    label_start, owners_below = _read_label_lines(text, start, vocabulary)
    stretches = list(_find_stretches(text, start, label_start, vocabulary))
    if owners_below.spans:
        stretches = _give_to_last(stretches, owners_below, start, label_start)
    if number is None and not any(owners.spans for _, _, owners in stretches):
        yield ProseRow(page=first.page, line=first.line, cells=(), spare=(("prose_text", text),))
        return
    used = 0
    for index, (span, end, owners) in enumerate(stretches):
        stop = len(text) if index == len(stretches) - 1 else end
        yield _make_row(item, text, (used, stop), span, owners, number if index == 0 else None)
        used = stop


def _make_row(
    item: _Item, text: str, whole: Span, span: Span, owners: _Owners, number: re.Match[str] | None
) -> ProseRow:
    spans: dict[Role, list[Span]] = {role: list(found) for role, found in owners.spans.items()}
    if number is not None:
        spans[Role.TASK_NO] = [number.span(1)]
        name_end = _find_name_end(text, span)
        if name_end is not None:
            spans[Role.TASK_NAME] = [(span[0], name_end)]
            span = (name_end + 1, span[1])
    spans[Role.MEASURE] = [span]
    taken = sorted(part for found in spans.values() for part in found)
    spare: list[tuple[str, str]] = []
    position = whole[0]
    for low, high in [*taken, (whole[1], whole[1])]:
        spare.extend(_part_private(text, position, low, owners.private))
        position = max(position, high)
    first = item.lines[0]
    return ProseRow(
        page=first.page, line=first.line,
        cells=tuple((role, "\n".join(text[a:b] for a, b in spans[role])) for role in COLUMN_ORDER if role in spans),
        spare=tuple(spare), labels=tuple(owners.labels.items()),
    )  # fmt: skip


def _part_private(text: str, start: int, end: int, private: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """Yield what is in no cell of a stretch, names of people apart."""
    position = start
    for low, high in [*((a, b) for a, b in private if a >= start and b <= end), (end, end)]:
        for reason, part in (("prose_mark", text[position:low]), ("personal", text[low:high])):
            if part.strip():
                yield reason, part.strip()
        position = high


def _find_name_end(text: str, span: Span) -> int | None:
    """Return where the name of an item ends: its first sentence, if it is short and text follows."""
    end = _SENTENCE.search(text, span[0], span[1])
    if end is None or end.start() - span[0] > _MAX_NAME or span[1] - end.end() < _MIN_TEXT:
        return None
    return None if re.search(r"[，；：,;:\d]", text[span[0] : end.start()]) else end.start()


def _give_to_last(
    stretches: list[tuple[Span, int, _Owners]], below: _Owners, start: int, end: int
) -> list[tuple[Span, int, _Owners]]:
    """Give agencies on lines of their own to the last stretch that has none."""
    if stretches and not stretches[-1][2].spans:
        span, stop, _ = stretches[-1]
        return [*stretches[:-1], (span, stop, below)]
    return [*stretches, ((end, end), end, below)] if stretches else [((start, end), end, below)]


def _read_label_lines(text: str, start: int, vocabulary: ColumnVocabulary) -> tuple[int, _Owners]:
    """Read the lines below an item's text that are labels; return where the first one starts."""
    owners, first, position = _Owners(), len(text), 0
    for line in text.split("\n"):
        if position >= start and _is_label_line(line, vocabulary):
            first = min(first, position)
            _read_labels(text, position, position + len(line), vocabulary, owners)
        position += len(line) + 1
    return first, owners


def _find_stretches(
    text: str, start: int, end: int, vocabulary: ColumnVocabulary
) -> Iterator[tuple[Span, int, _Owners]]:
    """Yield (span of the text, where its agencies end, agencies) in order; the last may have none."""
    position = start
    for low, high in _find_brackets(text, start, end):
        closes = not text[high:end].strip("。；;，, \t\u3000") or text[high - 1 : high + 1].endswith(("。", "\n"))
        owners = _read_owners(
            text, low + 1, high - 1, vocabulary, closes=closes, after_stop=is_finished(text[position:low])
        )
        if owners is None:
            continue
        stop = high + (text[high : high + 1] in ("。", "；"))
        yield _trim(text, position, low), stop, owners
        position = stop
    rest = _trim(text, position, end)
    if rest[1] - rest[0] >= _MIN_TEXT or position == start:
        yield rest, end, _Owners()


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _find_brackets(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the outermost brackets, in order."""
    depth, opened = 0, start
    for index in range(start, end):
        if text[index] in _OPENERS:
            opened = index if depth == 0 else opened
            depth += 1
        elif text[index] in _CLOSERS and depth:
            depth -= 1
            if depth == 0 and index - opened <= _MAX_BRACKET:
                yield opened, index + 1


def _read_owners(
    text: str, start: int, end: int, vocabulary: ColumnVocabulary, *, closes: bool, after_stop: bool
) -> _Owners | None:
    """Read what stands in a bracket as agencies, or return None if it is something else.

    A list without label or verb counts only where it ends its paragraph or follows a full stop (``closes``,
    ``after_stop``): （含乡镇） inside a sentence is none.
    """
    owners = _Owners()
    if _read_labels(text, start, end, vocabulary, owners):
        return owners if owners.spans else None
    first_sentence = _SENTENCE.search(text, start, end)
    stop = first_sentence.start() if first_sentence else end
    if _read_verbs(text, start, stop, vocabulary, owners):
        return owners
    tokens = list(_tokens(text, start, stop))
    if not (closes or after_stop) or text[start:stop].startswith(_NO_LIST) or (len(tokens) == 1 and not after_stop):
        return None
    dated = [span for span in tokens if _is_deadline(text[span[0] : span[1]])]
    bodies = [
        span for span in tokens if text[span[0] : span[1]].endswith(vocabulary.body_endings) and span not in dated
    ]
    if not bodies or len(bodies) + len(dated) < len(tokens):
        return None
    owners.add(Role.RESPONSIBLE, (bodies[0][0], bodies[-1][1]), "责任单位")
    for span in dated:
        owners.add(Role.DEADLINE, span, "完成时限")
    return owners


def _tokens(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the stretches between list marks, brackets inside a name kept whole."""
    depth, low = 0, start
    for index in range(start, end + 1):
        char = text[index] if index < end else "、"
        depth += (char in _OPENERS) - (char in _CLOSERS)
        if index == end or (depth == 0 and _TOKENS.match(char)):
            span = _trim(text, low, index)
            if span[0] < span[1]:
                yield span
            low = index + 1


def _is_deadline(text: str) -> bool:
    return _DEADLINE.search(fold(text)) is not None


def _read_labels(text: str, start: int, end: int, vocabulary: ColumnVocabulary, owners: _Owners) -> bool:
    """Read ``label：names；label：names``; tell whether there was a label."""
    found: list[tuple[Role, str, int, int]] = []
    for match in re.finditer(r"(?:^|(?<=[（(；;，,。、\s]))([\u4e00-\u9fff（）()]{2,10}?)\s*[:：]", text[start:end]):
        role = _find_label(match.group(1), vocabulary)
        if role is not None:
            found.append((role, match.group(1), start + match.start(), start + match.end()))
    for index, (role, label, _, low) in enumerate(found):
        high = found[index + 1][2] if index + 1 < len(found) else end
        sentence = _SENTENCE.search(text, low, high)
        span = _trim(text, low, sentence.start() if sentence else high)
        while span[1] > span[0] and text[span[1] - 1] in "；;，,。、）)" and not _closes(text[span[0] : span[1]]):
            span = (span[0], span[1] - 1)
        if role is Role.OTHER:
            owners.private.append(span)
        elif role is Role.DEADLINE:
            owners.add(role, span, label)
        else:
            _add_names(text, span, role, label, owners)
    return bool(found)


def _closes(text: str) -> bool:
    """Tell whether a text ends with the bracket that it opened itself: 县（市、区）."""
    return text[-1:] in _CLOSERS and sum(char in _OPENERS for char in text) >= sum(char in _CLOSERS for char in text)


def _add_names(text: str, span: Span, role: Role, label: str, owners: _Owners) -> None:
    """Add a list of names; a date at its end is the deadline, a note in brackets or 等 behind it is left out."""
    tokens = list(_tokens(text, *span))
    if tokens and _is_deadline(text[tokens[-1][0] : tokens[-1][1]]):
        owners.add(Role.DEADLINE, tokens[-1], "完成时限")
        tokens = tokens[:-1]
    if not tokens:
        return
    low, high = tokens[0][0], tokens[-1][1]
    open_list = _OPEN_LIST.search(text[low:high])
    if open_list is not None and open_list.start() > 1:
        high = low + open_list.start()
    owners.add(role, (low, high), label)


def _read_verbs(text: str, start: int, end: int, vocabulary: ColumnVocabulary, owners: _Owners) -> bool:
    """Read ``names牵头，names配合``; tell whether a verb stands there and every list reads as one of bodies."""
    position = start
    for match in _verb_pattern(vocabulary).finditer(text, start, end):
        if match.end() < end and not _TOKENS.match(text[match.end()]):
            continue
        span = _trim(text, position, match.start())
        while span[0] < span[1] and text[span[0]] in "，,；;、":
            span = (span[0] + 1, span[1])
        names = text[span[0] : span[1]]
        stem = _OPEN_LIST.sub("", names)
        if not stem.endswith((*vocabulary.body_endings, *_CLOSERS)) and not _OPEN_LIST.search(names):
            return False
        _add_names(text, span, vocabulary.verbs[match.group()], match.group(), owners)
        position = match.end()
    if not owners.spans:
        return False
    rest = _trim(text, position, end)
    for span in _tokens(text, *rest):
        if _is_deadline(text[span[0] : span[1]]):
            owners.add(Role.DEADLINE, span, "完成时限")
    return True


def _verb_pattern(vocabulary: ColumnVocabulary) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(verb) for verb in vocabulary.verbs))
