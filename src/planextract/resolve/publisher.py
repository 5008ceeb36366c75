"""The body that publishes a document, and its code, which the index number of the page begins with."""

from __future__ import annotations

from dataclasses import replace

from planextract.model.agency import AgencyEntry
from planextract.model.plan import Notice
from planextract.resolve.matcher import AgencyMatcher
from planextract.text.credit_code import read_credit_code

_SURE = ("exact", "alias", "generated")
_CENTRAL = "10"  # what codes given by the centre have in the place of a province


def find_publisher(notice: Notice, names: AgencyMatcher) -> AgencyEntry | None:
    """Return the body that publishes a document with its code; None if the page prints no code or names no one body.

    The code's third to sixth characters are the province and city that gave it. Where they are not the body's own,
    the page speaks of another body, or the site of one publishes for another.
    """
    code = read_credit_code(notice.index_no or "")
    name = notice.publisher or (notice.issuers[0] if len(notice.issuers) == 1 else notice.issuer)
    if code is None or not name:
        return None
    match = names.match(name)
    if match.entry is None or match.kind not in _SURE:
        return None
    is_ours = code[2:6] == match.entry.region[:4] or (code[2:4] == _CENTRAL and not match.entry.region.strip("0"))
    return replace(match.entry, uscc=code) if is_ours else None
