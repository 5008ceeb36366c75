"""Which reader reads a page, and what the others say of it.

pdfium's characters are what is written whatever reader draws the grid: one account of the text, so that the
ledger can be balanced. ``pdfplumber`` as reader gives its own characters as well.
"""

from __future__ import annotations

from dataclasses import replace

from planextract.errors import InputError
from planextract.layout.lattice import Grid
from planextract.layout.page_blocks import PageReading, read_with_grids
from planextract.layout.tables import find_tables
from planextract.model.page import PageArrays
from planextract.model.source import ReadNote, SourceTable
from planextract.phrases import Phrase
from planextract.read.pdf.cross_read import vote
from planextract.read.pdf.peers import PeerReaders, PeerTables
from planextract.settings import ReadSettings

_PEERS = ("pdfplumber", "camelot")


def choose_reading(
    page: PageArrays, peers: PeerReaders, settings: ReadSettings, earlier: tuple[Grid, ...] = ()
) -> tuple[PageReading, tuple[ReadNote, ...]]:
    """Read one page with the reader that the settings name.

    Args:
        page: The page as pdfium read it.
        peers: The document's second readers.
        settings: ``reader`` and ``verify``; with ``auto`` a page in doubt is read by all and voted on.
        earlier: Tables of the pages before.

    Returns:
        The reading, and what a person should know of it.
    """
    own = read_with_grids(page, find_tables(page, earlier=earlier))
    if settings.reader in _PEERS:
        own, notes = _read_as_peer(page, own, peers, settings.reader)
    else:
        notes = ()
    if settings.verify or (settings.reader == "auto" and own.doubts):
        own, more = _cross_read(page, own, peers, settings.reader)
        notes = (*notes, *more)
    return own, (*own.notes, *notes)


def _read_as_peer(
    page: PageArrays, own: PageReading, peers: PeerReaders, reader: str
) -> tuple[PageReading, tuple[ReadNote, ...]]:
    """Read with a second reader instead; a page that it cannot read stays with pdfium, and a note says so."""
    try:
        found = peers.read(reader, page.page_number - 1, page.quarter_turns)
    except InputError as exc:
        message = Phrase("{cause}; pdfium read it instead", cause=exc.cause)
        return own, (ReadNote(code=exc.code, severity="info", message=message, page=page.page_number),)
    if found.reading is not None:
        return found.reading, ()
    return read_with_grids(page, found.grids), ()


def _cross_read(
    page: PageArrays, own: PageReading, peers: PeerReaders, reader: str
) -> tuple[PageReading, tuple[ReadNote, ...]]:
    """Ask the other readers, take their grid if they agree against an inconsistent one, and vote on each cell."""
    found: list[PeerTables] = []
    notes: list[ReadNote] = []
    for peer in _PEERS:
        if peer == reader:
            continue
        try:
            found.append(peers.read(peer, page.page_number - 1, page.quarter_turns))
        except InputError as exc:
            note = ReadNote(code=exc.code, severity="info", message=exc.cause, page=page.page_number)
            notes.extend([note] if note not in notes else [])  # what neither can do without is said once
    if "inconsistent_grid" in own.doubts and len(found) > 1 and _is_outvoted(own, found):
        own = replace(read_with_grids(page, found[0].grids), doubts=own.doubts)
        message = "the rules of the page contradict each other; the grid is the one that the other readers agree on"
        notes.append(ReadNote.of("read.outvoted", message, page=page.page_number))
    if not found:
        return own, tuple(notes)
    blocks, more = vote(own.blocks, [peer.tables for peer in found], page.page_number)
    return replace(own, blocks=blocks), (*notes, *more)


def _is_outvoted(own: PageReading, found: list[PeerTables]) -> bool:
    first, *others = [_shape(peer.tables) for peer in found]
    return all(other == first for other in others) and first != _shape(own.tables)


def _shape(tables: tuple[SourceTable, ...]) -> list[tuple[int, int, list[tuple[int, int, int, int]]]]:
    """Describe tables by their grid alone."""
    return [(t.row_count, t.col_count, sorted((c.row, c.col, c.row_span, c.col_span) for c in t.cells)) for t in tables]
