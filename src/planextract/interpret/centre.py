"""Is a document without a region one of the centre: of the State Council, its bodies, or the party's?"""

from __future__ import annotations

from collections.abc import Iterable

from planextract.model.plan import Notice
from planextract.model.vocabulary import CENTRE, AgencyWords
from planextract.text.characters import fold, without_spaces

_ISSUERS = ("国务院", "中共中央", "中央", "中华人民共和国", "国家", "最高人民")
_ADDRESSED = "各省、自治区、直辖市"  # only the centre writes to all provinces


def is_of_centre(region: str | None, notice: Notice, lines: Iterable[str], words: AgencyWords) -> bool:
    """Tell whether settings, issuer, title or addressees say that a document is one of the centre.

    Args:
        region: What the settings say of the region, if anything.
        notice: Its fields, as far as they are known.
        lines: What stands before its first table or measure.
        words: Traditional characters of names.
    """
    if region:
        return region in CENTRE
    printed = fold(notice.issuer or notice.title or "")
    named = "".join(words.simplified.get(char, char) for char in printed)
    return named.startswith(_ISSUERS) or any(without_spaces(line).startswith(_ADDRESSED) for line in lines)
