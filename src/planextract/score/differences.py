"""Records of what differs between two results of the same document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planextract.model.result import ResultDocument

ChangeKind = Literal["added", "removed", "text", "value", "relinked", "split", "joined", "moved"]
Cause = Literal["input", "code", "settings", "dictionary", "overrides", "unknown"]
CHANGE_KINDS: tuple[ChangeKind, ...] = ("added", "removed", "text", "value", "relinked", "split", "joined", "moved")
CAUSES: tuple[Cause, ...] = ("input", "code", "settings", "dictionary", "overrides", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference.

    Attributes:
        change_id: 12 hex digits of what changed and how; the same change has the same id in every run.
        key: Where, for people: ``plan/task/seq``, ``plan/task``, ``plan`` or ``notice``.
        column: What changed: a column of the plan, a field of the notice, or ``row``.
        before: Old text; None where there was nothing.
        after: New text; None where there is nothing now.
        causes: What may have made it, likeliest first; one where it is sure.
        detail: Why that cause.
    """

    change_id: str
    kind: ChangeKind
    source_path: str
    old_doc_id: str | None
    new_doc_id: str | None
    key: str
    column: str
    before: str | None
    after: str | None
    old_measure_id: str | None
    new_measure_id: str | None
    causes: tuple[Cause, ...] = ()
    detail: str = ""
    old_page: int | None = None
    new_page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyChange:
    """A dictionary entry that differs between two runs."""

    agency_id: str
    name: str
    kind: Literal["added", "removed", "changed"]
    detail: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDiff:
    """All changes of one document; one side is None if the document was added or removed."""

    old: ResultDocument | None
    new: ResultDocument | None
    changes: tuple[Change, ...]
    causes: tuple[Cause, ...]
