"""The corridor: one line a room. Pure: a document as read goes in, the finished extraction comes out.

read (layout) → label → correct → stitch → compose → interpret → resolve → check → write

Each room is handed what those before it made, and the dictionaries (``books``). What it found, changed or put aside
beside its result is its :class:`~planextract.model.trail.Trail`; what holds for the whole document (notice, region,
day) is the :class:`~planextract.model.frame.Frame`; what people decided is bound to rows and cells once
(:class:`~planextract.model.decision.Bound`), and ``check`` says which of it nothing came of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planextract.check import check_document
from planextract.compose import compose_plans
from planextract.correct import bind_decisions, choose_columns, repair_glyphs
from planextract.interpret import close_notice, interpret_plans, open_notice, reads_deadline
from planextract.label import label_document
from planextract.model.decision import Overrides
from planextract.model.frame import Frame
from planextract.model.plan import Extraction, Plan
from planextract.model.source import SourceDocument
from planextract.model.table import LabelledDocument, StitchedDocument, kept_cells
from planextract.model.trail import Outcome, Trail
from planextract.model.vocabulary import Dictionaries
from planextract.resolve import find_publisher, link_plans, match_names, match_names_of_plans
from planextract.settings import Settings
from planextract.stitch import stitch_document
from planextract.text.characters import without_spaces


def extract_document(
    source: SourceDocument, books: Dictionaries, overrides: Overrides, settings: Settings
) -> Extraction:
    """Extract everything from one document.

    Raises:
        InputError: If no table of the document has a known header.
        InternalError: If the conservation ledger does not balance.
    """
    is_deadline = reads_deadline(books.deadlines)
    labelled = label_document(source, choose_columns(source, books), books.metadata_labels, is_deadline)
    labelled = repair_glyphs(labelled, books.ocr_confusions, books.words, is_deadline)
    labelled, bound = bind_decisions(labelled, overrides)
    opened = open_notice(labelled, source, books, settings.region, settings.year)
    names = match_names(labelled, opened.frame, books, settings.resolve)
    stitched = stitch_document(labelled, settings.stitch, books.words, names, bound)
    notice = close_notice(opened, stitched, books)
    plans = compose_plans(stitched, notice.headings, notice.frame, names, bound)
    plans = interpret_plans(plans, notice.frame.year, books, source.doc_id)
    linkers = match_names_of_plans([plan.value for plan in plans], notice.frame, names, books, settings.resolve)
    plans, picked = link_plans(plans, notice.frame, linkers, books, labelled.notes)
    trails = (labelled.trail, notice.lines, stitched.trail, notice.trail, *(plan.trail for plan in plans), picked)
    found = _assemble(source, labelled, stitched, notice.frame, plans, Trail.sum(trails))
    found = replace(found, publisher=find_publisher(notice.frame.notice, names))
    return check_document(found, source, bound, books, keep_persons=settings.keep_persons)


def _assemble(
    source: SourceDocument,
    labelled: LabelledDocument,
    stitched: StitchedDocument,
    frame: Frame,
    plans: Sequence[Outcome[Plan]],
    trail: Trail,
) -> Extraction:
    """Put together what the rooms made; the changes inside cells come before those made of cells."""
    cells = kept_cells(labelled, stitched)
    return Extraction(
        doc_id=source.doc_id,
        source_path=source.source_path,
        media_type=source.media_type,
        reader=source.reader,
        layout=labelled.layout,
        page_count=labelled.page_count,
        notice=frame.notice,
        plans=tuple(plan.value for plan in plans),
        cells=cells,
        boundaries=stitched.boundaries,
        repairs=(*(edit for cell in cells for edit in cell.edits), *trail.repairs),
        discards=trail.discards,
        findings=trail.findings,
        character_count=len(without_spaces(source.printed)),
        files=source.files,
    )
