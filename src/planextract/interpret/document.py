"""The notice of a document: opened before its tables are put together, closed behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planextract.interpret.centre import is_of_centre
from planextract.interpret.headings import split_headings
from planextract.interpret.notice import NoticeFront, check_notice, finish_notice, read_front
from planextract.interpret.properties import fill_notice
from planextract.model.frame import Frame
from planextract.model.plan import Notice, PlanHeading
from planextract.model.record import Discard, Finding
from planextract.model.source import SourceDocument, SourceProperty, SourceText
from planextract.model.table import Fragment, LabelledDocument, StitchedDocument
from planextract.model.trail import Trail
from planextract.model.vocabulary import Dictionaries, Region, Regions
from planextract.phrases import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNotice:
    """The notice as far as it stands before the first table."""

    front: NoticeFront
    properties: tuple[SourceProperty, ...]
    frame: Frame
    year: int | None = None
    printed_region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedNotice:
    """The frame with the whole notice, the headings of the plans, and the trail.

    ``lines`` are the discards of the notice's lines and of the headings: each names the field that it went to.
    """

    frame: Frame
    headings: tuple[PlanHeading, ...]
    lines: Trail
    trail: Trail


def open_notice(
    labelled: LabelledDocument,
    source: SourceDocument,
    books: Dictionaries,
    region: str | None = None,
    year: int | None = None,
) -> OpenNotice:
    """Read what stands before the first table: region and day choose the bodies that help to put tables together.

    Args:
        labelled: The document.
        source: As read: its id, and the properties that a site states.
        books: Regions, and the labels of metadata blocks.
        region: Code or full name of the region, if the settings give one.
        year: Year of plans that print none, if the settings give one.
    """
    lines, heading = split_headings(_find_front(labelled))
    front = read_front(lines, books.metadata_labels)
    notice = finish_notice(front, (), (), [heading.title], books.regions).notice
    notice = _fill_year(fill_notice(notice, source.properties, books.regions), year)
    wanted = region or notice.region
    found = books.regions.find(wanted) if wanted else None
    printed_lines = [line.raw_text for line in lines]
    frame = Frame(
        doc_id=source.doc_id,
        notice=_name_region(notice, found),
        region=found,
        day=_effective_day(notice),
        layout=labelled.layout,
        is_central=found is None and is_of_centre(region, notice, printed_lines, books.agency_words),
    )
    printed = notice.region if found is not None and region else None
    return OpenNotice(front=front, properties=source.properties, frame=frame, year=year, printed_region=printed)


def close_notice(opened: OpenNotice, stitched: StitchedDocument, books: Dictionaries) -> ClosedNotice:
    """Read what stands between and behind the plans, and settle the notice's fields."""
    headings: list[PlanHeading] = []
    further: list[SourceText] = []
    for number, table in enumerate(stitched.tables):
        rest, heading = split_headings(table.texts_before)
        headings.append(heading)
        further.extend(rest if number else ())
    titles = [heading.title for heading in headings]
    read = finish_notice(opened.front, further, stitched.texts_after, titles, books.regions)
    notice = _fill_year(fill_notice(read.notice, opened.properties, books.regions), opened.year)
    frame = replace(opened.frame, notice=_name_region(notice, opened.frame.region))
    above = tuple(
        Discard(page=line.page, reason="field:plan_title", raw_text=line.raw_text)
        for heading in headings
        for line in heading.lines
    )
    return ClosedNotice(
        frame=frame,
        headings=tuple(headings),
        lines=Trail(discards=read.lines + above),
        trail=Trail(findings=(*check_notice(frame), *_compare_region(opened, books.regions))) + read.trail,
    )


def _find_front(labelled: LabelledDocument) -> Sequence[SourceText]:
    front: list[SourceText] = []
    for block in labelled.blocks:
        if isinstance(block, Fragment):
            break
        front.append(block)
    return front


def _fill_year(notice: Notice, year: int | None) -> Notice:
    """Give a plan that prints no year the one of the settings."""
    return replace(notice, plan_year=year) if notice.plan_year is None and year is not None else notice


def _compare_region(opened: OpenNotice, regions: Regions) -> Iterator[Finding]:
    """Say that a notice names another region than the settings do, neither of them part of the other."""
    printed = regions.by_code.get(opened.printed_region or "")
    wanted = opened.frame.region
    if printed is None or wanted is None or printed.code in wanted.chain or wanted.code in printed.chain:
        return
    message = Phrase(
        "the notice names {printed}, but the settings say {wanted} (--region)",
        printed=printed.full_name,
        wanted=wanted.full_name,
    )
    yield Finding.of("interpret.other_region", message)


def _name_region(notice: Notice, region: Region | None) -> Notice:
    return replace(notice, region=region.code if region else None, region_name=region.full_name if region else None)


def _effective_day(notice: Notice) -> date | None:
    """The day on which the document's bodies must exist: its date, else the middle of the plan's year."""
    if notice.issued_on is not None:
        return notice.issued_on
    return date(notice.plan_year, 6, 30) if notice.plan_year is not None else None
