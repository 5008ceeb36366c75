"""Why a document is refused: what was looked for, what was found instead, and what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planextract.errors import InputError
from planextract.label.headers import find_private, is_known_label
from planextract.label.text_tables import Rejected
from planextract.model.source import SourceDocument, SourceTable, SourceText
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import without_spaces
from planextract.text.markup import resolve_markup

_MOST_LABELS, _LONGEST_LABEL, _LONGEST_SHOWN = 8, 14, 80
_FILE = re.compile(r"附\s*件[^\n]{0,60}?[^\s:：、，《》]{0,40}\.(?:xlsx?|docx?|pdf|wps|et|zip|rar|ofd)", re.IGNORECASE)
_COLUMNS = "Add the wordings of its columns to dictionaries/columns.yaml if it is a plan."
_FORMS = (
    "A plan is a table with a header that names what is to be done and by whom or by when (its cells divided by rules, "
    "tabs, bars, blanks or lines), or a list of measures that name their agencies in brackets or on lines "
    "like 责任单位：…"
)


def refuse_document(
    source: SourceDocument, rejected: Sequence[Rejected], vocabulary: ColumnVocabulary, seen: str = ""
) -> InputError:
    """Return the error of a document without a plan.

    Args:
        source: The document, tables found in its lines among its blocks.
        rejected: Headers in its lines that have no rows below.
        vocabulary: Known wordings.
        seen: What was found of a plan in prose, in words; "" for nothing.
    """
    attachment = next(_find_attachments(source), "")
    elsewhere = f" The table may be in the attachment that the text names: {attachment}." if attachment else ""
    if rejected:
        header = max(rejected, key=lambda item: len(item.labels))
        place = f" in line {header.line}" if header.line else ""
        what = "no row below it is filled" if header.is_empty else "nothing below it reads as its rows"
        cause = f"a table with the header {_show(header.labels)} was found{place}, but {what}"
        return InputError("read.no_table", cause + _and(seen), file=source.source_path, advice=f"{_FORMS}.{elsewhere}")
    tables = [block for block in source.blocks if isinstance(block, SourceTable)]
    labels, page = _find_header(tables, vocabulary)
    if labels:
        cause = f"a table with the header {_show(labels)}: {_judge(labels, vocabulary)}"
        return InputError(
            "detect.unknown_header", cause + _and(seen), file=source.source_path, page=page, advice=_COLUMNS + elsewhere
        )
    cause = (
        "no table was found, and no list of measures with their agencies" if not seen else f"no plan was found: {seen}"
    )
    return InputError("read.no_table", cause, file=source.source_path, advice=f"{_FORMS}.{elsewhere}")


def _and(seen: str) -> str:
    return f"; {seen}" if seen else ""


def _show(labels: Sequence[str]) -> str:
    return "|".join(label[:_LONGEST_LABEL] for label in labels[:_MOST_LABELS])[:_LONGEST_SHOWN]


def _find_header(tables: Sequence[SourceTable], vocabulary: ColumnVocabulary) -> tuple[tuple[str, ...], int | None]:
    """Return the first row that prints anything of the table most like a plan, names of people left out."""
    best: tuple[int, int, tuple[str, ...], int | None] = (-1, -1, (), None)
    for table in tables:
        rows: dict[int, list[str]] = {}
        for cell in table.cells:
            rows.setdefault(cell.row, []).append(without_spaces(resolve_markup(cell.raw_text)))
        first = next((texts for row in sorted(rows) if any(texts := rows[row])), [])
        private = find_private(first, vocabulary)
        labels = tuple(label for place, label in enumerate(first) if label and (place not in private or len(label) < 6))
        known = sum(is_known_label(label, vocabulary) for label in labels)
        is_form = sum(label.endswith((":", "：")) for label in labels) * 2 >= len(
            labels
        )  # fields of a page, no columns
        if labels and not is_form and (known, table.row_count * table.col_count) > best[:2]:
            best = (known, table.row_count * table.col_count, labels, table.page or None)
    return best[2], best[3]


def _judge(labels: Sequence[str], vocabulary: ColumnVocabulary) -> str:
    """Say which words of a header are known, and what a plan's header has that this one lacks."""
    known = [label for label in labels if is_known_label(label, vocabulary)]
    if not known:
        return "none of these words is a known column of tasks, deadlines or agencies"
    return f"known are {_show(known)}, but not both what is to be done and by whom or by when"


def _find_attachments(source: SourceDocument) -> Iterator[str]:
    for block in source.blocks:
        if isinstance(block, SourceText) and len(block.raw_text) < 2000:
            match = _FILE.search(block.raw_text)
            if match is not None:
                yield without_spaces(match.group())
