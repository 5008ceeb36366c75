"""The dictionaries as people's decisions on agencies extend them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import cast

from planextract.model.agency import AgencyEntry, AgencyKind
from planextract.model.decision import Decision
from planextract.model.vocabulary import Dictionaries
from planextract.text.characters import fold


def extend_dictionaries(dictionaries: Dictionaries, decisions: Sequence[Decision]) -> Dictionaries:
    """Return the dictionaries with the aliases and bodies that a person decided.

    Args:
        dictionaries: As loaded.
        decisions: Standing decisions; those of the kind ``agency`` that name a body are used. One that names a
            body the dictionary does not hold any more changes nothing: the name is asked for again.
    """
    named = [d for d in decisions if d.kind == "agency" and d.name and (d.agency_id or d.entry)]
    if not named:
        return dictionaries
    entries = {entry.agency_id: entry for entry in dictionaries.agencies}
    for decision in named:
        if decision.entry is not None and decision.agency_id and decision.agency_id not in entries:
            new = decision.entry
            entries[decision.agency_id] = AgencyEntry(
                agency_id=decision.agency_id, name=new.name, full_name=new.full_name or new.name,
                kind=cast("AgencyKind", new.kind), level=new.level, region=new.region,
                source=f"decision {decision.decision_id}",
            )  # fmt: skip
    for decision in named:
        entry = entries.get(decision.agency_id or "")
        known = {fold(wording) for wording in (entry.name, entry.full_name, *entry.aliases)} if entry else set()
        if entry is not None and decision.name and fold(decision.name) not in known:
            entries[entry.agency_id] = replace(entry, aliases=(*entry.aliases, decision.name))
    said = json.dumps([[d.name, d.agency_id, d.entry and asdict(d.entry)] for d in named], ensure_ascii=False)
    version = hashlib.sha256(f"{dictionaries.version}\n{said}".encode()).hexdigest()[:16]
    return replace(dictionaries, agencies=tuple(entries[key] for key in sorted(entries)), version=version)
