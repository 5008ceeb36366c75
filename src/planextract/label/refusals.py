"""Why a document holds no plan: what was looked for, what was found instead, and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from planextract.errors import InputError
from planextract.label.headers import find_private, find_role, is_known_label
from planextract.label.parts import expand, texts_of
from planextract.label.prose import THRESHOLD, Verdict
from planextract.label.text_tables import Rejected
from planextract.model.roles import Role
from planextract.model.source import SourceDocument, SourceTable, SourceText
from planextract.model.vocabulary import ColumnVocabulary
from planextract.phrases import Phrase
from planextract.text.characters import without_spaces

_HEADER_ROWS = 3
_SHOWN, _SHOWN_LABEL = 80, 14
_TITLE_REACH = 3  # lines above a table in which its title stands
_FIGURES = re.compile(r"\d{5,}")  # of a phone, an account, a person's number: not shown
_FIXED = frozenset({"pdf", "scan", "ofd"})
_PROSE = Phrase("measures in prose must name their agencies in brackets behind them, or on a line like 责任单位：…")


_GIVE_BOTH = Phrase(
    "The table is in the attachment: get it, and give both: planextract run NOTICE ATTACHMENT --as-one."
)
_ATTACHED = re.compile(r"附\s*件\s*[0-9一二三四五六七八九十]{0,2}\s*[:：]\s*(?:[0-9]\s*[.．、]\s*)?(.{2,60}?)[。；;]?$")
_FILE_NAME = re.compile(
    r"[\w\u4e00-\u9fff《》（）()〔〕.\-]{2,60}\.(?:xlsx?|docx?|pdf|zip|rar|wps|et|ofd)\b", re.IGNORECASE
)


def find_attached(source: SourceDocument) -> str | None:
    """Return the attachment that a notice names (附件：任务分解表, or a file); None if it came with its attachments."""
    if source.files:
        return None
    for block in source.blocks:
        text = block.raw_text.strip() if isinstance(block, SourceText) else ""
        match = _ATTACHED.search(text) or _FILE_NAME.search(text)
        if match is not None:
            return match.group(match.lastindex or 0)
    return None


def no_table(source: SourceDocument, verdict: Verdict) -> InputError:
    """Say that a document holds neither a table nor measures in prose, in words of its format; and what was found."""
    error = _no_table(source, verdict)
    attached = find_attached(source)
    if attached is None:
        return error
    return InputError(
        "read.no_table",
        Phrase("{cause}; it names an attachment: {attached}", cause=error.cause, attached=attached),
        file=source.source_path,
        advice=_GIVE_BOTH,
    )


def _say_found(verdict: Verdict) -> Phrase:
    """Say how many measures with bodies there are, and what speaks for a plan and against."""
    if not verdict.owned:
        return Phrase("no list of measures with their agencies")
    return Phrase(
        "too little for a plan in prose: {owned} measure{s} with agencies "
        "(evidence {score:.1f} of {least:.1f}: {signs})",
        owned=verdict.owned,
        s="s" if verdict.owned > 1 else "",
        score=verdict.score,
        least=THRESHOLD,
        signs=", ".join(f"{name} {weight:+.1f}" for name, weight in verdict.reasons),
    )


def _no_table(source: SourceDocument, verdict: Verdict) -> InputError:
    if source.reader in _FIXED:
        cause = Phrase("no table with ruled or aligned columns was found on {pages} pages", pages=source.page_count)
        advice = Phrase("Look at a page with planextract show --draw; {prose}", prose=_PROSE)
    elif source.reader == "text":
        cause = Phrase("no table was found")
        advice = Phrase(
            "A table needs a header that names what is to be done, and by whom or by when; its rows are tab-separated, "
            "or bars, commas, blanks, lines or rules divide the cells. {prose}",
            prose=_PROSE,
        )
    else:
        cause = Phrase("no table was found")
        advice = Phrase("See whether its tables are pictures; {prose}", prose=_PROSE)
    return InputError(
        "read.no_table",
        Phrase("{cause}, and {say_found}", cause=cause, say_found=_say_found(verdict)),
        file=source.source_path,
        advice=advice,
    )


def no_rows(source: SourceDocument, rejected: Sequence[Rejected]) -> InputError:
    """Say that a plan's header was found, and that nothing below it is filled or reads as its rows."""
    header = max(rejected, key=lambda item: len(item.labels))
    shown = "、".join(label[:_SHOWN_LABEL] for label in header.labels)[:_SHOWN]
    place = Phrase(" in line {line}", line=header.line) if header.line else ""
    what = Phrase("no row below it is filled" if header.is_empty else "nothing below it reads as its rows")
    if header.is_undivided:
        what = Phrase("its cells run together, and nothing printed says where each of them ends")
    return InputError(
        "read.no_table",
        Phrase("a table with the header {shown} was found{place}, but {what}", shown=shown, place=place, what=what),
        file=source.source_path,
        advice="Look at the text below the header: its cells must be divided by tabs, bars, commas, blanks or lines, "
        "in the header's order.",
    )


def find_register(blocks: Sequence[object], vocabulary: ColumnVocabulary) -> str | None:
    """Return the title right above the first table if it is one of a register of powers or services (权责清单)."""
    above = list(takewhile(lambda block: isinstance(block, SourceText), blocks))
    for block in reversed(above[-_TITLE_REACH:]):
        title = without_spaces(block.raw_text) if isinstance(block, SourceText) else ""
        if title.endswith(vocabulary.prose.registers):
            return title[:_SHOWN]
    return None


def a_register(source: SourceDocument, title: str) -> InputError:
    """Say that a table is a register: its deadlines are how long a service takes, not when a task is due."""
    return InputError(
        "read.no_table",
        Phrase("its title '{title}' is one of a register of powers or services, and it holds no plan", title=title),
        file=source.source_path,
        advice="If it is a plan, give its table a title that says so, in a copy.",
    )


def unknown_header(source: SourceDocument, vocabulary: ColumnVocabulary) -> InputError:
    """Say that no table's header is known: show the first filled row of the one that is most like a plan's.

    Long figures and columns that name people are left out: the message is kept with the input's other errors.
    """
    tables = [block for block in source.blocks if isinstance(block, SourceTable)]
    known, table = max(
        ((_find_known(table, vocabulary), table) for table in tables),
        key=lambda found: (len(found[0]), sum(bool(cell.raw_text.strip()) for cell in found[1].cells)),
    )
    cause = Phrase(
        "no table has a header that is known; of {count} tables, the one most like a plan's begins: {row}",
        count=len(tables),
        row=_show_row(table, vocabulary),
    )
    if known:
        cause = Phrase("{cause}; known are {known}", cause=cause, known="、".join(known))
        if not {find_role(label, vocabulary) for label in known} & {Role.TASK_NAME, Role.MEASURE}:
            cause = Phrase("{cause}, but no column of tasks or measures", cause=cause)
    advice = Phrase("If this is a plan's table, add its wordings to dictionaries/columns.yaml.")
    attached = find_attached(source)
    if attached is not None:
        cause = Phrase("{cause}; it names an attachment: {attached}", cause=cause, attached=attached)
        advice = Phrase("{give_both} {advice}", give_both=_GIVE_BOTH, advice=advice)
    return InputError("detect.unknown_header", cause, file=source.source_path, page=table.page or 1, advice=advice)


def _find_known(table: SourceTable, vocabulary: ColumnVocabulary) -> tuple[str, ...]:
    """Return the known labels of one of a table's first rows: of that with most of them."""
    rows = texts_of(expand(table)[:_HEADER_ROWS])
    found = (
        tuple(dict.fromkeys(label for text in row if is_known_label(label := without_spaces(text), vocabulary)))
        for row in rows
    )
    return max(found, key=len, default=())


def _show_row(table: SourceTable, vocabulary: ColumnVocabulary) -> str:
    row = next((row for row in texts_of(expand(table)) if any(text.strip() for text in row)), [])
    private = find_private(row, vocabulary)
    labels = dict.fromkeys(
        without_spaces(text)[:_SHOWN_LABEL]
        for place, text in enumerate(row)
        if text.strip() and place not in private and not _FIGURES.search(without_spaces(text))
    )
    return "、".join(labels)[:_SHOWN] or "nothing that may be shown"
