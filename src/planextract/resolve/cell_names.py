"""Cut an agency cell into names, in order, and join names that were wrapped over lines.

A cell prints its agencies one a line, or with 、，； between them; a long name is wrapped over two lines.
Which lines are one name is decided together, by the cheapest reading of the whole cell: a known name
costs nothing, a name that a rule resolves a little, an unknown one more, one that cannot even end there
most. Two lines stay two names unless joining them is cheaper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from planextract.model.vocabulary import NameMatcher
from planextract.resolve.wrapped_names import (
    LEVELS,
    LONG_SUFFIXES,
    SUFFIXES,
    are_one_name,
    begins_inside_name,
    is_rest_of_name,
    reads_as_several,
)
from planextract.text.markers import TOGETHER, is_none_mark

_SEPARATORS = frozenset("、，,；;。")
_SLASHES = frozenset("/／")
_OPENING, _CLOSING = frozenset("（(〔[【"), frozenset("）)〕]】")
_MAX_LINES_A_NAME = 9  # a long name in a column of two characters
_AREA = "(?:县级市|乡镇|街道|[乡镇区县市州旗])"
# 各乡、镇人民政府 is one term; 各区、市财政局 are two.
_COLLECTIVE = re.compile(rf"(?:各(?:有关|相关)?|\d{{1,3}}个)(?:{_AREA}、)*{_AREA}$")
_COLLECTIVE_REST = re.compile(rf"、{_AREA}(?:(?:人民)?政府|办事处)?(?:$|(?=[、，,；;。\n（(]))")
_NEXT_NAME = re.compile(r"[^、，,；;。/／\n]*")
_AREAS_ONLY = re.compile(rf"(?:各|有关|相关)?{_AREA}(?:(?:人民)?政府|办事处)?")
# 配合单位：… begins a name, however the line broke.
_LABELLED = re.compile(r"[（(\[【]?[\u4e00-\u9fff]{2,8}[)）\]】]?[:：]")
_OPENS_TERM = re.compile("各|有关|相关")
_SEPARATOR = re.compile(r"[、，,；;。](?![^(（]*[)）])")  # none inside brackets: 区（市、县）
_LONGEST_TERM, _MAX_HEADS, _LONGEST_HEAD = 14, 4, 4
# 国务院相关部门及各地区, 市财政局及有关部门: a term for several bodies of its own, no second head (有关部门及单位).
_TWO_TERMS = re.compile(r"(.{3,}?)(以及|及|和|与)((?:各|有关|相关|市直|区直|县直|省直|市级|区级|县级|省级).{2,})")
_WHOLE_TERM = ("部门", "单位")
_RULED = ("政府", "办事处")
_BRANCH = re.compile(r"国家[\u4e00-\u9fff]{2,8}?总局[\u4e00-\u9fff]{2,12}?(?<!总)局")  # 国家税务总局临江市税务局
_COST_RULE = 0.4
_COST_UNKNOWN = 1.0
_COST_NO_END = 1.6
_COST_REST = 2.5
_COST_JOIN = 0.2
_COST_SPLIT = 0.25
_MIN_GLUED, _MAX_GLUED, _MAX_CUTS = 6, 400, 6
_OPEN_END = re.compile(
    r"等(?:[省市区县]?[级直属]?政府|[省市区县][级直属]?)?(?:各|有关|相关|责任|配合|其他)*(?:部门|单位|机构)(?:[和、及]单位)?"
)
_JOINTS = ("以及", "及", "和", "与", "等")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameInCell:
    """One name of a cell: as printed with wraps joined, and how many printed lines it took.

    ``joint`` is the word that joins it to the name before, where no mark does: 及, 和.
    """

    raw_text: str
    line_count: int
    joint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    """A stretch without a separator; ``is_wrap_start`` if only a line break parts it from the one before."""

    text: str
    follows_break: bool


def split_agency_cell(text: str, names: NameMatcher) -> tuple[NameInCell, ...]:
    """Return the names in an agency cell, in order.

    Args:
        text: The cell's lines separated by line feeds; "" or an explicit none gives no names.
        names: Knows the bodies of the region.
    """
    if not text or is_none_mark(text.replace("\n", "")):
        return ()
    tokens = _tokenize(text, names)
    has_marks = any(not token.follows_break for token in tokens[1:])
    width = max(map(len, text.split("\n")))
    costs = [0.0]
    steps: list[tuple[int, tuple[NameInCell, ...]]] = [(0, ())]
    for end in range(1, len(tokens) + 1):
        options = []
        for start in range(end - 1, max(0, end - _MAX_LINES_A_NAME) - 1, -1):
            cost, found = _read_group([token.text for token in tokens[start:end]], names, width, has_marks=has_marks)
            options.append((costs[start] + cost, start, found))
            if not tokens[start].follows_break:
                break
        cost, start, found = min(options, key=lambda option: (round(option[0], 6), -option[1]))
        costs.append(cost)
        steps.append((start, found))
    return _walk_back(steps)


def _walk_back(steps: Sequence[tuple[int, tuple[NameInCell, ...]]]) -> tuple[NameInCell, ...]:
    """Return the names of the cheapest reading; each step tells where it started and what it found."""
    groups: list[tuple[NameInCell, ...]] = []
    end = len(steps) - 1
    while end > 0:
        end, found = steps[end]
        groups.append(found)
    return tuple(name for group in reversed(groups) for name in group)


def _tokenize(text: str, names: NameMatcher) -> list[_Token]:
    tokens: list[_Token] = []
    current, depth, follows_break, skip = "", 0, False, 0
    has_together = "同" in text
    for place, char in enumerate(text):
        if place < skip:
            continue
        if has_together and depth == 0 and (together := TOGETHER.match(text, place)):
            skip = together.end()  # 市财政局会同市教育局: two names, and the word between them
            if current:
                tokens.append(_Token(text=current, follows_break=follows_break))
                current, follows_break = "", False
            continue
        depth = max(0, depth + (char in _OPENING) - (char in _CLOSING))
        is_break = char == "\n"
        if is_break and current.endswith("、"):
            continue  # 各委、↵局: the mark is inside a term, so the wrap behind it is too
        if is_break or (depth == 0 and _is_separator(current, text, place, names)):
            if current:
                tokens.append(_Token(text=current, follows_break=follows_break))
                current, follows_break = "", is_break and _LABELLED.match(text, place + 1) is None
            elif not is_break:
                follows_break = False
        else:
            current += char
    if current:
        tokens.append(_Token(text=current, follows_break=follows_break))
    return tokens


def _is_separator(current: str, text: str, place: int, names: NameMatcher) -> bool:
    """Tell whether a character parts two names; a slash only behind a whole one: 区发改委/区经信局, not 各乡镇/街道."""
    if text[place] not in _SLASHES:
        return text[place] in _SEPARATORS and not _is_inside_term(current, text, place, names)
    before = current.strip()
    following = _NEXT_NAME.match(text, place + 1)
    after = following[0].strip() if following else ""
    if not before or not after:
        return True
    if names.is_name(f"{before}{text[place]}{after}") or (
        _AREAS_ONLY.fullmatch(before) and _AREAS_ONLY.fullmatch(after)
    ):
        return False
    return all(
        names.is_name(name) or (len(name) > 2 and name.endswith((*SUFFIXES, *_CLOSING))) for name in (before, after)
    )


def _is_inside_term(current: str, text: str, place: int, names: NameMatcher) -> bool:
    """Tell whether a mark stands inside one term for several bodies: 各乡、镇人民政府, 市直各委、办、局."""
    if _COLLECTIVE.match(current) is not None and _COLLECTIVE_REST.match(text, place) is not None:
        return True
    if text[place] != "、" or len(current) > _LONGEST_TERM or _OPENS_TERM.search(current) is None:
        return False
    following = text[place + 1 : place + 1 + 2 * _LONGEST_TERM]
    ways = dict.fromkeys(
        (following.replace("\n", "；"), following.replace("\n", ""))
    )  # the break ends a name, or wraps it
    return any(_ends_in_term(current, way, names) for way in ways)


def _ends_in_term(term: str, following: str, names: NameMatcher) -> bool:
    """Tell whether one of the next heads completes a term, none of them being a body or a term of its own."""
    for piece in _SEPARATOR.split(following)[:_MAX_HEADS]:
        if term.endswith(_WHOLE_TERM) and len(piece) > _LONGEST_HEAD:
            return False  # 市直有关部门、高新区管委会; but 各有关部门、单位
        if term.endswith(_RULED) and len(piece) > _LONGEST_HEAD and piece.endswith("管委会"):
            return False  # 各县（市、区）人民政府、经济开发区管委会; but 各区政府、管委会
        if not piece or len(term) + len(piece) > 2 * _LONGEST_TERM or names.match(piece).kind != "unresolved":
            return False  # 各区、市财政局
        term = f"{term}、{piece}"
        found = names.match(term).entry
        if found is not None and found.kind == "group":
            return True
    return False


def _read_group(
    lines: list[str], names: NameMatcher, width: int, *, has_marks: bool
) -> tuple[float, tuple[NameInCell, ...]]:
    """Return the cost of reading some lines as one wrapped name (or one line as glued names).

    Where the cell parts its names with marks (``has_marks``), a line break is only a wrap,
    unless the lines read as two names; ``width`` is the length of its longest line.
    """
    joined = "".join(lines)
    one = (NameInCell(raw_text=joined, line_count=len(lines)),)
    if len(lines) == 1 and len(parts := _part_terms("", joined, names)) > 1:
        return 0.01, tuple(NameInCell(raw_text=name, line_count=1, joint=joint) for joint, name in parts)
    if names.is_name(joined):
        known = names.match(joined).entry if has_marks and len(lines) > 1 else None
        is_term = known is not None and known.kind == "group"  # 各乡|镇政府: two terms as well, but a wrap
        return -0.01 if is_term else 0.01 * (len(lines) - 1), one
    if len(lines) == 1:
        glued = _split_glued(joined, names)
        if glued:
            parted = [part for joint, name in glued for part in _part_terms(joint, name, names)]
            return _COST_SPLIT, tuple(NameInCell(raw_text=name, line_count=1, joint=joint) for joint, name in parted)
        return _cost_of_unknown(joined, names), one
    if any(names.is_name(line) and not is_rest_of_name(before, line) for before, line in pairwise(lines)):
        return float("inf"), one
    if names.match(joined).kind != "unresolved":
        return _COST_RULE + _COST_JOIN, one
    covered = _split_covered(joined, names)
    if covered:
        return _COST_SPLIT + _COST_JOIN, tuple(_with_line_counts(covered, lines))
    is_wrap = has_marks and joined.endswith(SUFFIXES) and not reads_as_several(lines, names.find_word_across)
    if is_wrap or are_one_name(lines, width, names.find_word_across):
        return (_COST_REST if begins_inside_name(joined) else _COST_UNKNOWN) + _COST_JOIN, one
    return float("inf"), one


def _cost_of_unknown(text: str, names: NameMatcher) -> float:
    if begins_inside_name(text):
        return _COST_REST
    if names.match(text).kind != "unresolved":
        return _COST_RULE
    is_name = text.endswith(SUFFIXES) and len(text) > 2 and text not in LONG_SUFFIXES
    return _COST_UNKNOWN if is_name else _COST_NO_END


def _split_glued(text: str, names: NameMatcher) -> tuple[tuple[str, str], ...]:
    """Split names printed without any separator, or joined by 及, 和: the cheapest reading with a known name.

    A cut stands only behind an ending and before a level word, a known name or a joining word, and never
    inside a word of the language (区委|宣传部 is none, 管理委|区 is one).

    Returns:
        The names in order, each with the word that joins it to the one before; nothing if it is one name.
    """
    if _BRANCH.fullmatch(text):
        return ()
    covered = _split_covered(text, names)
    if covered:
        return tuple(("", name) for name in covered)
    if not _MIN_GLUED <= len(text) <= _MAX_GLUED or names.match(text).kind != "unresolved":
        return ()  # 财政部等相关单位 is one name with its open end
    starts = {start for start, _ in names.find_names(text)}
    cuts = [p for p in range(2, len(text) - 1) if _is_cut(text, p, starts, names)]
    if not cuts:
        return ()
    places = [0, *cuts, len(text)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(places)):
        best.append(
            min(
                (
                    best[start][0] + _cost_of_part(_part(text, places[start], places[end])[1], names, end - start - 1),
                    start,
                )
                for start in range(max(0, end - _MAX_CUTS), end)
            )
        )
    parts: list[tuple[str, str]] = []
    end = len(places) - 1
    while end > 0:
        start = best[end][1]
        parts.append(_part(text, places[start], places[end]))
        end = start
    is_better = best[-1][0] + _COST_SPLIT < _cost_of_part(text, names, len(cuts))
    return tuple(reversed(parts)) if len(parts) > 1 and is_better else ()


def _part_terms(joint: str, text: str, names: NameMatcher) -> tuple[tuple[str, str], ...]:
    """Part a whole name from a term for several bodies that 及 or 和 joins to it; each with the word before it."""
    terms = _TWO_TERMS.fullmatch(text)
    if terms is None or "等" in terms[1]:
        return ((joint, text),)
    entry = names.match(terms[3]).entry
    is_name = len(terms[1]) > 2 and terms[1].endswith((*SUFFIXES, *_WHOLE_TERM))
    if entry is None or entry.kind != "group" or not (is_name or names.is_name(terms[1])):
        return ((joint, text),)
    return (joint, terms[1]), (terms[2], terms[3])


def _part(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the word that joins a stretch to the one before, and the rest of it."""
    joint = next((word for word in _JOINTS if start and text.startswith(word, start, end)), "")
    return joint, text[start + len(joint) : end]


def _split_covered(text: str, names: NameMatcher) -> tuple[str, ...]:
    """Split a text that known names cover from end to end."""
    spans = names.find_names(text)
    is_covered = len(spans) > 1 and spans[0][0] == 0 and spans[-1][1] == len(text)
    if not is_covered or any(first[1] != second[0] for first, second in pairwise(spans)):
        return ()
    return tuple(text[start:end] for start, end in spans)


def _with_line_counts(parts: Sequence[str], lines: Sequence[str]) -> Iterator[NameInCell]:
    """Yield names with the number of printed lines that each took."""
    breaks = set(accumulate(len(line) for line in lines[:-1]))
    position = 0
    for part in parts:
        end = position + len(part)
        yield NameInCell(raw_text=part, line_count=1 + sum(position < b < end for b in breaks))
        position = end


def _is_cut(text: str, place: int, starts: set[int], names: NameMatcher) -> bool:
    if _OPEN_END.fullmatch(text, place):
        return False  # 残联|等相关部门: further bodies, and no name of theirs
    if not text[:place].endswith((*SUFFIXES, ")", "）")):
        return False
    rest = text[place:]
    joint = next((word for word in _JOINTS if rest.startswith(word)), "")
    begins = LEVELS.match(rest, len(joint)) is not None or place + len(joint) in starts
    if begins and place in starts and text[:place].endswith(LONG_SUFFIXES):
        return True  # 区环卫中心|区财政局: a whole ending before, a known name behind, though 中心区 is a word
    return begins and (bool(joint) or names.find_word_across(text[:place], rest) is None)


def _cost_of_part(text: str, names: NameMatcher, cuts: int) -> float:
    """Return what reading a stretch as one name costs: an unknown one more than two known ones, and more by its cuts."""
    if names.is_name(text):
        return 0.05
    if names.match(text).kind != "unresolved":
        return _COST_RULE
    return (1.6 if text.endswith(SUFFIXES) and len(text) > 2 else 4.0) + 0.8 * cuts
