"""Fields of a notice by GB/T 9704: what stands before the first and behind the last plan.

Each line is recognised by its form and its place: issuer's mark, document number, title, addressees,
body, list of attachments, signature, date, note; then copies and printing date at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date

from planextract.interpret.front_page import (
    choose_title,
    drop_site_tag,
    find_doc_number,
    find_heading,
    find_issuer,
    find_title,
    find_year,
    is_published_line,
    is_site_line,
    is_time_line,
    starts_body,
)
from planextract.interpret.metadata import MetadataBlock, read_metadata
from planextract.interpret.notice_dates import DATE, fold_date, parse_date
from planextract.interpret.regions import find_region
from planextract.model.frame import Frame
from planextract.model.plan import Attachment, Notice, OtherValue
from planextract.model.record import Discard, Finding, Repair
from planextract.model.source import SourceText
from planextract.model.trail import Trail
from planextract.model.vocabulary import Regions
from planextract.phrases import Phrase
from planextract.text.characters import fold, without_spaces
from planextract.text.markers import is_page_number
from planextract.text.markup import tidy_prose
from planextract.text.sentences import is_finished

_DOC_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}(?:\[|\()[12]\d{3}年?(?:\]|\))第?\d{1,5}号")
_MAX_TITLE = 240
_TITLE_END = re.compile(
    r"(?:的)?(?:通知|意见|函|公告|通报|决定|报告|批复|通告|方案|办法|计划|规划)(?:[（(].{1,12}[）)])?$"
)
_ATTACHMENT_LIST = re.compile(r"附件\s*[:：]\s*(.*)", re.DOTALL)
_ITEM = re.compile(r"(\d{1,2})\s*[.．、]\s*(.+)", re.DOTALL)
_NOTE = re.compile(r"[（(].{2,30}[）)]")
_CC = re.compile(r"(?:抄送|主送|抄报|分送)\s*[:：]\s*(.*)", re.DOTALL)
_PRINTED = re.compile(r"(.*?)印发")
_YEAR = re.compile(r"(20\d{2}|19\d{2})(?=年|[-—~至])")
_SIGNED = re.compile(r"签发人\s*[:：]\s*(.{1,40})")
_ACCESS = re.compile(r"此件(?:公开发布|主动公开|社会公开|依申请公开|不予公开|删减后公开|不公开|予以公开)")
_OFFICE = re.compile(r"[\u4e00-\u9fff、，\s]{2,40}(?:政府|办公室|委员会|局|委|办|党委|厅|部|指挥部|小组|公司)")


@dataclass(frozen=True, slots=True, kw_only=True)
class InterpretedNotice:
    """The fields; each line of the notice as a discard whose reason names its field; what else was changed or found."""

    notice: Notice
    lines: tuple[Discard, ...]
    trail: Trail


@dataclass(slots=True)
class _Reader:
    issuer: str | None = None
    doc_number: str | None = None
    title: str | None = None
    addressees: tuple[str, ...] = ()
    body: list[list[str]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    issued_on: date | None = None
    printed_on: date | None = None
    access_note: str | None = None
    signed_by: str | None = None
    issuers: list[str] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)
    below: str = ""
    cc: list[str] = field(default_factory=list)
    title_lines: list[str] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    is_listing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFront:
    """What the lines before the first plan say; :func:`finish_notice` goes on from here."""

    lines: tuple[Discard, ...]
    texts: tuple[str, ...]
    _reader: _Reader
    _block: MetadataBlock


def read_front(lines: Sequence[SourceText], metadata_labels: Mapping[str, str]) -> NoticeFront:
    """Read the lines before the first plan's heading.

    Args:
        lines: In printed order.
        metadata_labels: Fields by the labels of web pages' metadata blocks, folded.
    """
    reader, block = _Reader(), read_metadata(lines, metadata_labels)
    discards = _read_lines(reader, _read_front, lines, block.places)
    texts = tuple(line.raw_text.lstrip("# ").strip("* ") for line in lines)
    return NoticeFront(lines=tuple(discards), texts=texts, _reader=reader, _block=block)


def finish_notice(
    front: NoticeFront,
    further: Sequence[SourceText],
    back: Sequence[SourceText],
    plan_titles: Sequence[str],
    regions: Regions,
) -> InterpretedNotice:
    """Read the rest of a notice and settle its fields; ``front`` stays as it is.

    Args:
        front: What stands before the first plan.
        further: Lines between the plans.
        back: Lines behind the last table.
        plan_titles: Titles of the plans found, for what the notice itself does not print.
        regions: Administrative divisions.
    """
    reader, block = deepcopy(front._reader), front._block
    lines = (*front.lines, *_read_lines(reader, _read_front, further), *_read_lines(reader, _read_back, back))
    if reader.title is None and reader.title_lines:
        reader.title = "".join(reader.title_lines)
    own = [line for place, line in enumerate(front.texts) if place not in block.places]
    _look_again(reader, own)
    reader.title = reader.title or find_heading([_tidy(line) for line in back])  # crawled copies print it last
    notice = _settle(reader, block, plan_titles, regions, own, [line.raw_text for line in front.lines])
    trail = Trail(findings=tuple(_compare_metadata(reader, block)), repairs=tuple(reader.repairs))
    return InterpretedNotice(notice=notice, lines=lines, trail=trail)


def _tidy(line: SourceText) -> str:
    return tidy_prose(line.raw_text)[0].lstrip("# ").strip("*")


def _read_lines(
    reader: _Reader,
    read_line: Callable[[_Reader, str], str],
    lines: Sequence[SourceText],
    taken: Set[int] = frozenset(),
) -> list[Discard]:
    """Read lines one by one; ``taken`` are the places of those that a metadata block holds."""
    discards = []
    for place, line in enumerate(lines):
        text = _tidy(line)
        if place in taken:
            reason = "field:metadata"
        elif is_page_number(line.raw_text):
            reason = "page_number"
        elif read_line is _read_front and (several := _read_issuers(reader, line.raw_text)):
            reason = several
        else:
            reason = read_line(reader, text)
        discards.append(Discard(page=line.page, reason=reason, raw_text=line.raw_text))
    return discards


def _look_again(reader: _Reader, lines: Sequence[str]) -> None:
    """Put right what a site printed around title and number, by their form alone."""
    title = find_title(lines) or find_heading(lines)
    if title is not None and (reader.title is None or (title in reader.title and title != reader.title)):
        reader.title = title
    if reader.doc_number is None:
        reader.doc_number = find_doc_number(lines)


def _settle(
    reader: _Reader,
    block: MetadataBlock,
    plan_titles: Sequence[str],
    regions: Regions,
    own: Sequence[str],
    head: Sequence[str],
) -> Notice:
    title = choose_title(reader.title, block.values.get("title"), plan_titles)
    issuers = tuple(reader.issuers or reader.signatures) or tuple(filter(None, (block.values.get("issuer"),)))
    named = find_issuer(drop_site_tag(title or "")) or block.values.get("issuer")
    issuer = reader.issuer or "、".join(reader.signatures) or named
    year = _find_year(reader, title, plan_titles) or find_year(reader.doc_number, own, block.values.get("issued_on"))
    region = find_region([text for text in (issuer, title, *plan_titles) if text], head, regions, year)
    return Notice(
        title=title or None,
        issuer=issuer or None,
        issuers=issuers,
        doc_number=reader.doc_number or _read_number(block.values.get("doc_number")),
        issued_on=reader.issued_on or parse_date(block.values.get("issued_on", "")),
        published_on=parse_date(block.values.get("published_on", "")),
        publisher=block.values.get("issuer"),
        index_no=block.values.get("index_no"),
        validity=block.values.get("validity"),
        signed_by=reader.signed_by,
        metadata=tuple(OtherValue(label=label, text=value) for label, value in block.pairs),
        printed_on=reader.printed_on,
        plan_year=year,
        region=region.code if region else None,
        region_name=region.full_name if region else None,
        addressees=reader.addressees,
        cc="\n".join(reader.cc) or None,
        body_text="\n".join("".join(pieces) for pieces in reader.body) or None,
        attachments=tuple(reader.attachments),
        access_note=reader.access_note,
    )


def check_notice(frame: Frame) -> tuple[Finding, ...]:
    """Say what a notice does not let us know, though much hangs on it."""
    findings = []
    if frame.notice.plan_year is None:
        message = "the year of the plan is not printed in its title; deadlines without a year have no date"
        findings.append(Finding.of("interpret.no_year", message))
    if frame.notice.region is None and not frame.is_central:
        message = "the region of the document was not recognised; agencies cannot be resolved (use --region)"
        findings.append(Finding.of("interpret.no_region", message))
    return tuple(findings)


def _read_number(text: str | None) -> str | None:
    """Return a document number of a metadata block; 无 and the like are none."""
    return text if text is not None and _DOC_NUMBER.fullmatch(fold(text)) else None


def _compare_metadata(reader: _Reader, block: MetadataBlock) -> Iterator[Finding]:
    """Say where the metadata block and the notice print a field differently."""
    printed = {
        "doc_number": fold(reader.doc_number or ""),
        "title": fold(reader.title or ""),
        "issued_on": reader.issued_on.isoformat() if reader.issued_on else "",
    }
    for name, own in printed.items():
        value = block.values.get(name, "")
        day = parse_date(value)
        other = (day.isoformat() if day else "") if name == "issued_on" else fold(_read_number(value) or "")
        other = fold(value) if name == "title" else other
        if own and other and own.strip('"') != other.strip('"'):
            message = Phrase(
                "the page's metadata says {name} '{value}', the notice itself '{own}'", name=name, value=value, own=own
            )
            yield Finding.of("interpret.metadata_disagrees", message)


def _read_issuers(reader: _Reader, raw_text: str) -> str | None:
    """Read a line of several issuers, as a mark above the notice (A B文件) or as a signature below it."""
    parts = [without_spaces(part) for part in re.split(r"\s{1,}", raw_text.strip("*# \t\u3000")) if part.strip()]
    if parts and parts[-1] == "文件" and len(parts) > 1:
        parts = parts[:-1]
        is_mark = True
    else:
        is_mark = bool(parts) and parts[-1].endswith("文件")
        parts = [*parts[:-1], parts[-1].removesuffix("文件")] if is_mark else parts
    if len(parts) < 2 or not all(_OFFICE.fullmatch(part) and not is_finished(part) for part in parts):
        return None
    if is_mark and reader.issuer is None:
        reader.issuers, reader.issuer = parts, "、".join(parts)
        return "field:issuer"
    if reader.body and is_finished(reader.body[-1][-1]):
        reader.signatures.extend(parts)
        return "field:signature"
    return None


def _find_year(reader: _Reader, title: str | None, plan_titles: Sequence[str]) -> int | None:
    """The year in the titles; the year of issue if they name none."""
    for text in (*plan_titles, title or ""):
        match = _YEAR.search(fold(text))
        if match:
            return int(match.group(1))
    return reader.issued_on.year if reader.issued_on else None


def _read_front(reader: _Reader, text: str) -> str:
    flat = without_spaces(text)
    if reader.is_listing and (item := _ITEM.fullmatch(text)):
        reader.attachments.append(Attachment(no=int(item.group(1)), title=_clean_title(item.group(2))))
        return "field:attachments"
    if (signed := _SIGNED.fullmatch(text)) and reader.signed_by is None:
        reader.signed_by = without_spaces(signed.group(1))
        return "field:signed_by"
    if reader.doc_number is None and not reader.body and _DOC_NUMBER.fullmatch(fold(flat)):
        reader.doc_number = flat
        return "field:doc_number"
    if reader.title is None and not reader.body:
        found = _read_heading(reader, flat)
        if found:
            return found
    if not reader.addressees and not reader.body and flat.endswith(("：", ":")) and reader.title is not None:
        names = re.split(r"[，,；;]", flat[:-1])
        reader.addressees = tuple(name for name in names if name)
        return "field:addressees"
    listed = _ATTACHMENT_LIST.match(text)
    if listed and not reader.attachments:
        reader.is_listing = True
        first = _ITEM.fullmatch(listed.group(1))
        title = first.group(2) if first else listed.group(1)
        if title.strip():
            reader.attachments.append(Attachment(no=int(first.group(1)) if first else 1, title=_clean_title(title)))
        return "field:attachments"
    return _read_closing(reader, text, flat) or _read_body(reader, text)


def _read_heading(reader: _Reader, flat: str) -> str | None:
    """Read the head of the page: issuer's mark, document number, title."""
    folded = fold(flat)
    if _is_mark(reader, flat):
        reader.issuers = [*reader.title_lines, flat.removesuffix("文件")] if flat != "文件" else [*reader.title_lines]
        reader.issuer = "、".join(reader.issuers)
        reader.title_lines = []
        return "field:issuer"
    if _DOC_NUMBER.fullmatch(folded):
        reader.doc_number = flat
        return "field:doc_number"
    if is_published_line(flat) and reader.title_lines:
        reader.title = "".join(reader.title_lines)
    if is_time_line(flat) or is_site_line(flat) or is_published_line(flat) or not any(map(str.isalnum, flat)):
        return "field:metadata"
    is_body = bool(reader.title_lines) and starts_body(flat, "".join(reader.title_lines))
    if not is_body and not is_finished(flat) and not flat.endswith(("：", ":")) and len(flat) <= 120:
        reader.title_lines.append(flat)
        title = "".join(reader.title_lines)
        is_whole = _TITLE_END.search(title) is not None and title.count("《") == title.count("》")
        if is_whole or len(title) > _MAX_TITLE:
            reader.title = title
        return "field:title"
    if reader.title_lines and (is_body or flat.endswith(("：", ":"))):
        reader.title = "".join(reader.title_lines)
    return None


def _is_mark(reader: _Reader, flat: str) -> bool:
    """Tell whether a line is the issuer's mark: …文件, alone or below the lines of further issuers."""
    if reader.issuer is not None or not flat.endswith("文件") or len(flat) > 60 or not set(":：>。；").isdisjoint(flat):
        return False
    return all(_OFFICE.fullmatch(line) for line in reader.title_lines) and (flat != "文件" or bool(reader.title_lines))


def _read_closing(reader: _Reader, text: str, flat: str) -> str | None:
    """Read what closes a notice: signature, date, note on publication."""
    day = parse_date(flat)
    if day is not None and DATE.fullmatch(fold_date(flat)):
        reader.issued_on = reader.issued_on or day
        return "field:issued_on"
    if (_NOTE.fullmatch(flat) or _ACCESS.fullmatch(flat)) and (reader.body or reader.issued_on):
        reader.access_note = flat.strip("（）()。")
        return "field:access_note"
    is_office = flat in (reader.issuer, *reader.issuers) or (
        _OFFICE.fullmatch(flat) is not None and not is_finished(flat)
    )
    if is_office and reader.body and is_finished(reader.body[-1][-1]):
        reader.signatures.append(flat)
        return "field:signature"
    return None


def _read_body(reader: _Reader, text: str) -> str:
    """Add a paragraph, or join it to the one before if a page cut that one."""
    reader.is_listing = False
    before = reader.body[-1][-1] if reader.body else ""
    if not is_finished(before) and not before.endswith(("：", ":")):
        reader.body[-1].append(text)
        tail, head = before[-20:], text[:20]
        reader.repairs.append(Repair(stage="interpret", rule="join_body", before=f"{tail} ‖ {head}", after=tail + head))
    else:
        reader.body.append([text])
    return "field:body_text"


def _read_back(reader: _Reader, text: str) -> str:
    flat = without_spaces(text)
    if copies := _CC.match(text):
        reader.cc.append(copies.group(1))
        return "field:cc"
    day = parse_date(flat)
    if "印发" in flat and day is not None:
        reader.printed_on = day
        return "field:printed_on"
    if day is not None and reader.issued_on is None and DATE.fullmatch(fold_date(flat)):
        reader.issued_on = day  # a notice that is its own plan is signed below it
        reader.signatures = reader.signatures or [office for office in (reader.below,) if office]
        return "field:issued_on"
    if _OFFICE.fullmatch(flat) and not is_finished(flat) and "，" not in flat:
        reader.below = flat
        return "field:printed_by"
    if reader.cc and not reader.printed_on and is_finished(text):
        reader.cc.append(text)
        return "field:cc"
    return "back_matter"


def _clean_title(text: str) -> str:
    return without_spaces(text).strip("。；;")
