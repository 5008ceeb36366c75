"""Cells that commas divide: a comma is also printed inside a text and between bodies, where it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from planextract.label.text_tables.tokens import Divider, Token, split_commas
from planextract.model.source import SourceMarkup, SourceText


def join_cells(body: Sequence[SourceText], tokens: Sequence[Token], places: Sequence[int], divider: Divider) -> str:
    """Return the text of a cell that was cut at its dividers: commas are of the text again, others were line ends.

    Args:
        body: The lines of the table, header left out.
        tokens: All cells as they were cut.
        places: Which of them are this cell.
        divider: What they were cut at.
    """
    if divider != "comma":
        return "\n".join(tokens[place].text for place in places if tokens[place].text)
    text = ""
    for index, place in enumerate(places):
        is_next = index > 0 and _are_neighbours(tokens, places[index - 1], place)
        text += (_before(body, tokens, place) if is_next else "\n" if text else "") + tokens[place].text
    return text


def comma_markup(
    head: SourceText, body: Sequence[SourceText], tokens: Sequence[Token], runs: Sequence[Sequence[int]]
) -> Iterator[SourceMarkup]:
    """Yield the commas and quotes that divide cells, those inside a cell's text (``runs`` of tokens) aside."""
    inside = {place for run in runs for before, place in pairwise(run) if _are_neighbours(tokens, before, place)}
    by_line: dict[int, list[int]] = {}
    for place, token in enumerate(tokens):
        by_line.setdefault(token.line, []).append(place)
    marks = [(head, "".join(mark for mark, _ in split_commas(head.raw_text)))]
    for line, source in enumerate(body):
        places = by_line.get(line)
        if places is None:
            continue
        parts = [mark for mark, _ in split_commas(source.raw_text)]
        kept = [part for place, part in zip(places, parts, strict=False) if place not in inside]
        marks.append((source, "".join([*kept, *parts[len(places) :]])))
    for source, mark in marks:
        if mark.strip():
            yield SourceMarkup(page=source.page, raw_text=mark.strip(), line=source.line)


def _are_neighbours(tokens: Sequence[Token], first: int, second: int) -> bool:
    return first == second - 1 and tokens[first].line == tokens[second].line


def _before(body: Sequence[SourceText], tokens: Sequence[Token], place: int) -> str:
    """Return what is printed between a cell and the one before it on its line."""
    line, first = tokens[place].line, place
    while first > 0 and tokens[first - 1].line == line:
        first -= 1
    return split_commas(body[line].raw_text)[place - first][0]
