"""Fields that a site states beside a document, for what the document itself does not print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planextract.model.plan import Notice
from planextract.model.source import SourceProperty
from planextract.model.vocabulary import Regions

_DATE = re.compile(r"([12]\d{3})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")


def fill_notice(notice: Notice, properties: Sequence[SourceProperty], regions: Regions) -> Notice:
    """Return the notice with its empty fields filled; what the document prints is never replaced.

    Args:
        notice: As the document prints it.
        properties: ``title``, ``issuer``, ``doc_number``, ``issued_on``, as a site states them.
        regions: Administrative divisions, for what the stated issuer and title name.
    """
    if not properties:
        return notice
    stated = {item.name: item.value for item in properties}
    title, issuer = notice.title or stated.get("title"), notice.issuer or stated.get("issuer")
    issued_on = notice.issued_on or _parse_date(stated.get("issued_on", ""))
    region = regions.find_named(" ".join(filter(None, (issuer, title)))) if notice.region is None else None
    return replace(
        notice,
        title=title,
        issuer=issuer,
        doc_number=notice.doc_number or stated.get("doc_number"),
        issued_on=issued_on,
        plan_year=notice.plan_year or (issued_on.year if issued_on else None),
        region=region.code if region else notice.region,
        region_name=region.full_name if region else notice.region_name,
    )


def _parse_date(text: str) -> date | None:
    match = _DATE.search(text)
    if match is None:
        return None
    try:
        return date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    except ValueError:
        return None
