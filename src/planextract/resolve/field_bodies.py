"""The body that a text means by its field: 生态环境等部门."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from planextract.model.agency import AgencyMatch
from planextract.resolve.found import unresolved
from planextract.text.characters import fold


class FieldBodies:
    """Finds the bodies of fields; prepared for one document."""

    def __init__(
        self,
        match_name: Callable[[str], AgencyMatch],
        may_be_known: Callable[[str], bool],
        levels: tuple[str, ...],
        short: str,
    ) -> None:
        """Prepare.

        Args:
            match_name: Decides which body a name means.
            may_be_known: Tells quickly whether a body of the dictionary may be near a folded name.
            levels: Level words of the region's chain, its own first.
            short: Short name of the region.
        """
        self._match_name, self._may_be_known, self._levels, self._short = match_name, may_be_known, levels, short
        self._fields: dict[str, AgencyMatch] = {}

    def is_field(self, text: str) -> bool:
        """Tell whether a text is the field of one body of the region."""
        return self.match(text).entry is not None

    def match(self, field: str) -> AgencyMatch:
        """Return the one body of the document's region whose field this is, or unresolved."""
        if field not in self._fields:
            found = {}
            for wording in filter(self._may_be_known, self._wordings(fold(field))):
                match = self._match_name(wording)
                is_sure = match.kind in ("exact", "alias") or match.rule == "near_core"
                if is_sure and match.entry is not None and match.entry.kind == "agency":
                    found[match.entry.agency_id] = match
            if len(found) == 1:
                match = next(iter(found.values()))
                reason = f"the body of the field {field}: {match.entry.name if match.entry else ''}"
                score = match.score if match.kind == "rule" else 0.95
                self._fields[field] = replace(match, kind="rule", score=score, reason=reason, rule="field")
            else:
                why = "several bodies have this field" if found else "no body of the region has this field"
                self._fields[field] = unresolved(why)
        return self._fields[field]

    def _wordings(self, field: str) -> Iterator[str]:
        own = self._levels[0] if self._levels else ""
        for ending in ("局", "委", "办"):
            yield f"{own}{field}{ending}"
            if field.startswith(self._levels) and len(field) > 3:
                yield f"{field}{ending}"
        if self._short:
            yield f"{self._short}{field}分局"
            yield f"{self._levels[-1]}{field}委{self._short}分局"
