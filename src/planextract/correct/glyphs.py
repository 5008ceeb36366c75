"""Put right what OCR misread, where something else speaks for it; all else stays as read.

A confusion (dictionaries/ocr_confusions.yaml) only names candidates. One is taken if

- ``ocr_words``: with it the words around are far more probable than as read, and than with any other candidate; what
  the document prints again and again is no misreading, however rare its words (充换电);
- ``ocr_context``: the characters around it stand elsewhere in the document several times with it, as read only here;
- ``ocr_deadline``: the deadline can be read with it, could not without, and with no other.

Agencies are left to their resolution, which has stronger evidence and keeps what was printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from planextract.model.record import Repair
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.source import SourceDocument, SourceTable
from planextract.model.table import Cell, Fragment, LabelledDocument, cells_of
from planextract.model.vocabulary import ColumnVocabulary, Dictionaries, OcrConfusions, WordBook

_AROUND = 5  # characters to either side that a word can reach
# Measured on 20,000 characters of plans without an error: by one exchange of glyphs a single term gains 9.0 (充换电 →
# 兑换电), all others less than 6.8. Of 1,300 errors put in by hand 63 % gain 8 or more, 41 % 10 or more, every one by
# the right character.
_GAIN, _GAIN_IF_SURE = 8.0, 10.0
_GAIN_OF_VARIANT = 3.0  # simplified print holds no traditional characters
_SURE = 0.9  # confidence of a cell that was read well
_MARGIN = 3.0  # over the next best candidate
_NEAR = 4  # characters that stand elsewhere, but for the one in doubt
_ELSEWHERE = 3
_MOST_PLACES = 4  # characters of one deadline that are looked at
_CONFIDENCE = {"ocr_words": 0.97, "ocr_context": 0.95, "ocr_deadline": 0.95}
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
_NO_DEADLINE = re.compile(r"[A-Za-z|丨曰〇](?=[\dOolI〇年月日曰])|(?<=[\d年月])[A-Za-z|丨曰〇]")
_OCR_BELOW = 1.0  # confidence of cells that a scan reader gave
_TEXTS = frozenset({Role.MEASURE, Role.TASK_NAME, Role.SECTION, Role.OTHER, "section", "header"})


@dataclass(frozen=True, slots=True)
class _Change:
    rule: str
    place: int
    new: str


def repair_glyphs(
    labelled: LabelledDocument, confusions: OcrConfusions, words: WordBook, reads_deadline: Callable[[str], bool]
) -> LabelledDocument:
    """Return a document with the misread characters of its scanned cells put right; each is an edit of its cell.

    Args:
        labelled: The document as labelled.
        confusions: What may be read for what.
        words: Words of the language.
        reads_deadline: Tells whether a text is a deadline that can be read.
    """
    cells = [cell for cell in cells_of(labelled) if cell.confidence < _OCR_BELOW and cell.column not in AGENCY_ROLES]
    if not cells:
        return labelled
    seen = _count_contexts([cell.text for cell in cells if cell.column in _TEXTS], confusions)
    edited: dict[str, Cell] = {}
    for cell in cells:
        if cell.column == Role.DEADLINE:
            changes = _find_in_deadline(cell.text, confusions, reads_deadline)
        elif cell.column in _TEXTS:
            changes = list(_find_in_text(cell.text, cell.confidence, confusions, words, seen))
        else:
            continue
        if changes:
            edited[cell.cell_id] = _change(cell, changes)
    return _put_back(labelled, edited) if edited else labelled


def choose_columns(source: SourceDocument, books: Dictionaries) -> ColumnVocabulary:
    """Return the header wordings for a document: with those that OCR may misread where it read its cells."""
    is_scan = any(
        cell.confidence < _OCR_BELOW
        for block in source.blocks
        if isinstance(block, SourceTable)
        for cell in block.cells
    )
    return widen_columns(books.columns, books.ocr_confusions) if is_scan else books.columns


def widen_columns(vocabulary: ColumnVocabulary, confusions: OcrConfusions) -> ColumnVocabulary:
    """Return a vocabulary that also knows each wording of a header with one character misread (主贵单位 for 主责单位).

    A wording that could be misread from two roles is left out.
    """
    read: dict[str, set[Role]] = {}
    for wording, role in vocabulary.roles.items():
        for variant in _misread(wording, confusions):
            read.setdefault(variant, set()).add(role)
    known = {*vocabulary.roles, *vocabulary.known_others, *vocabulary.group_labels}
    added = {text: next(iter(roles)) for text, roles in sorted(read.items()) if len(roles) == 1 and text not in known}
    groups = {variant for label in vocabulary.group_labels for variant in _misread(label, confusions)}
    return replace(
        vocabulary,
        roles={**vocabulary.roles, **added},
        group_labels=vocabulary.group_labels | (groups - known - set(added)),
    )


def _misread(text: str, confusions: OcrConfusions) -> Iterator[str]:
    traditional = {printed: read for read, printed in confusions.variants.items()}
    for place, char in enumerate(text):
        others = {*confusions.glyphs.get(char, ()), *((traditional[char],) if char in traditional else ())}
        for other in sorted(others):
            yield text[:place] + other + text[place + 1 :]


def _change(cell: Cell, changes: list[_Change]) -> Cell:
    text, edits = cell.text, []
    for change in changes:
        after = text[: change.place] + change.new + text[change.place + 1 :]
        edits.append(
            Repair(
                stage="repair",
                rule=change.rule,
                before=text,
                after=after,
                confidence=_CONFIDENCE[change.rule],
                cell_id=cell.cell_id,
            )
        )
        text = after
    return replace(cell, text=text, edits=(*cell.edits, *edits))


def _candidates(char: str, confusions: OcrConfusions) -> list[str]:
    variant = confusions.variants.get(char)
    return sorted({*confusions.glyphs.get(char, ()), *((variant,) if variant else ())})


def _find_in_text(
    text: str, confidence: float, confusions: OcrConfusions, words: WordBook, seen: Counter[str]
) -> Iterator[_Change]:
    """Yield what is put right in running text, from left to right; a change counts for those behind it."""
    least = _GAIN_IF_SURE if confidence >= _SURE else _GAIN
    for run in _CHINESE.finditer(text):
        chars = list(run.group())
        for place, char in enumerate(chars):
            candidates = _candidates(char, confusions)
            if not candidates:
                continue
            needed = _GAIN_OF_VARIANT if char in confusions.variants else least
            rule, new = _choose(chars, place, candidates, words, seen, needed=needed)
            if new:
                chars[place] = new
                yield _Change(rule, run.start() + place, new)


def _choose(
    chars: list[str], place: int, candidates: list[str], words: WordBook, seen: Counter[str], *, needed: float
) -> tuple[str, str]:
    """Return the rule and the character that something speaks for, empty if nothing does."""
    start = max(0, place - _AROUND)
    window = "".join(chars[start : place + _AROUND + 1])
    at = place - start
    base = words.weigh(window)
    gains = sorted(
        ((words.weigh(window[:at] + new + window[at + 1 :]) - base, new) for new in candidates), reverse=True
    )
    best, new = gains[0]
    is_clear = len(gains) == 1 or best - gains[1][0] >= _MARGIN
    is_printed_again = needed > _GAIN_OF_VARIANT and any(seen[pair] > 1 for pair in _pairs(chars, place))
    if best >= needed and is_clear and not is_printed_again:
        return "ocr_words", new
    known = {
        new
        for gain, new in gains
        if gain > 0
        for near, at in _contexts(chars, place)
        if seen[near] == 1 and seen[near[:at] + new + near[at + 1 :]] >= _ELSEWHERE
    }
    return ("ocr_context", known.pop()) if len(known) == 1 else ("", "")


def _pairs(chars: list[str], place: int) -> list[str]:
    return ["".join(chars[a : a + 2]) for a in (place - 1, place) if a >= 0 and a + 2 <= len(chars)]


def _contexts(chars: list[str], place: int) -> list[tuple[str, int]]:
    """Return the stretches of four characters around the one at ``place``, and where in each it stands."""
    starts = [start for start in (place - 2, place - 1) if start >= 0 and start + _NEAR <= len(chars)]
    return [("".join(chars[start : start + _NEAR]), place - start) for start in starts]


def _count_contexts(texts: list[str], confusions: OcrConfusions) -> Counter[str]:
    """Count the pairs and contexts of characters that may be misread, or be what was misread."""
    watched = {*confusions.glyphs, *confusions.variants, *confusions.variants.values()}
    counts: Counter[str] = Counter()
    for text in texts:
        for run in _CHINESE.finditer(text):
            chars = list(run.group())
            counts.update(a + b for a, b in pairwise(chars) if a in watched or b in watched)
            stretches = ("".join(chars[start : start + _NEAR]) for start in range(len(chars) - _NEAR + 1))
            counts.update(near for near in stretches if near[1] in watched or near[2] in watched)
    return counts


def _find_in_deadline(text: str, confusions: OcrConfusions, reads_deadline: Callable[[str], bool]) -> list[_Change]:
    """Return the fewest exchanges with which a deadline can be read, if it cannot be and they are the only ones."""
    places = [place for place, char in enumerate(text) if char in confusions.in_deadlines]
    if not places or len(places) > _MOST_PLACES or _reads(text, reads_deadline):
        return []
    for count in range(1, len(places) + 1):
        choices = combinations(places, count)
        found = [chosen for chosen in choices if _reads(_exchange(text, chosen, confusions), reads_deadline)]
        if len(found) == 1:
            return [_Change("ocr_deadline", place, confusions.in_deadlines[text[place]]) for place in found[0]]
        if found:
            return []
    return []


def _reads(text: str, reads_deadline: Callable[[str], bool]) -> bool:
    """Tell whether a deadline can be read, all of it: a letter beside figures may be one that was misread."""
    return not _NO_DEADLINE.search(text) and reads_deadline(text)


def _exchange(text: str, places: tuple[int, ...], confusions: OcrConfusions) -> str:
    return "".join(confusions.in_deadlines[char] if place in places else char for place, char in enumerate(text))


def _put_back(labelled: LabelledDocument, edited: dict[str, Cell]) -> LabelledDocument:
    blocks = tuple(_edit(block, edited) if isinstance(block, Fragment) else block for block in labelled.blocks)
    return replace(labelled, blocks=blocks)


def _edit(fragment: Fragment, edited: dict[str, Cell]) -> Fragment:
    rows = tuple(
        replace(row, cells=tuple(cell and edited.get(cell.cell_id, cell) for cell in row.cells))
        for row in fragment.rows
    )
    header = tuple(edited.get(cell.cell_id, cell) for cell in fragment.header_cells)
    return replace(fragment, rows=rows, header_cells=header)
