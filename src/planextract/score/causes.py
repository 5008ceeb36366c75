"""Why does a result differ: input, code, settings, dictionary or overrides?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from planextract.model.agency import AgencyEntry
from planextract.model.result import ResultDocument, ResultVersions
from planextract.score.differences import BodyChange, Cause, Change
from planextract.text.characters import fold


def compare_bodies(old: Sequence[AgencyEntry], new: Sequence[AgencyEntry]) -> tuple[BodyChange, ...]:
    """Compare the dictionaries of two runs, entry by entry, by id."""
    before, after = {b.agency_id: b for b in old}, {b.agency_id: b for b in new}
    out = []
    for agency_id in sorted(before.keys() | after.keys()):
        first, second = before.get(agency_id), after.get(agency_id)
        if first == second:
            continue
        words = frozenset(
            fold(word) for body in (first, second) if body for word in (body.name, body.full_name, *body.aliases)
        )
        shown = second or first
        assert shown is not None
        kind: Literal["added", "removed", "changed"] = (
            "added" if first is None else "removed" if second is None else "changed"
        )
        detail = _describe_body_change(first, second) if first and second else ""
        out.append(BodyChange(agency_id=agency_id, name=shown.name, kind=kind, detail=detail, words=words))
    return tuple(out)


def _describe_body_change(first: AgencyEntry, second: AgencyEntry) -> str:
    parts = []
    gained, lost = set(second.aliases) - set(first.aliases), set(first.aliases) - set(second.aliases)
    parts += [f"alias + {word}" for word in sorted(gained)] + [f"alias - {word}" for word in sorted(lost)]
    for name in ("name", "full_name", "valid_from", "valid_to", "successor_id", "members"):
        before, after = getattr(first, name), getattr(second, name)
        if before != after:
            parts.append(f"{name}: {before} → {after}")
    return "; ".join(parts)


def find_causes(old: ResultDocument | None, new: ResultDocument | None) -> tuple[Cause, ...]:
    """Return what differs in what two results were made with."""
    if old is None or new is None:
        return ("input",)
    first, second = old.versions, new.versions
    out: list[Cause] = []
    if old.doc_id != new.doc_id:
        out.append("input")
    if first.dictionary != second.dictionary:
        out.append("dictionary")
    if first.overrides != second.overrides:
        out.append("overrides")
    if first.settings != second.settings:
        out.append("settings")
    if (first.code, first.pipeline) != (second.code, second.pipeline):
        out.append("code")
    return tuple(out)


def explain(
    change: Change,
    old: ResultDocument | None,
    new: ResultDocument | None,
    causes: tuple[Cause, ...],
    bodies: Sequence[BodyChange],
) -> Change:
    """Narrow the causes that differ down to those that can have made this change."""
    if not causes:
        detail = "nothing recorded differs between the two runs: the result is not repeatable"
        return replace(change, causes=("unknown",), detail=detail)
    left = list(causes)
    detail = ""
    if ("dictionary" in left and len(left) > 1) or change.kind == "relinked":
        touched = [b for b in bodies if _names(b, change)]
        if touched and change.kind == "relinked":
            left = ["dictionary"]
            detail = "; ".join(f"{b.name}: {b.detail or b.kind}" for b in touched[:3])
        elif change.kind == "relinked" and "dictionary" in left and not touched and len(left) > 1:
            left.remove("dictionary")
    if "input" in left and len(left) > 1 and change.kind != "relinked":
        before, after = _printed(old, change.old_measure_id), _printed(new, change.new_measure_id)
        if before is not None and after is not None and before != after:
            left, detail = ["input"], "the printed text differs"
        elif before is not None and after is not None and _has_same_context(old, new):
            left, detail = [cause for cause in left if cause != "input"], "the printed text is the same"
    if left == ["dictionary"] and not detail and bodies:
        detail = f"{len(bodies)} dictionary entries differ"
    return replace(change, causes=tuple(left), detail=detail or _describe_causes(left, old, new))


def _has_same_context(old: ResultDocument | None, new: ResultDocument | None) -> bool:
    """Tell whether two documents agree in what a row's values depend on besides the row: year, region, day."""
    if old is None or new is None:
        return False
    return all(getattr(old, name) == getattr(new, name) for name in ("plan_year", "region", "issued_on"))


def _names(body: BodyChange, change: Change) -> bool:
    text = fold(f"{change.before or ''}\n{change.after or ''}")
    return any(word in text for word in body.words)


def _printed(document: ResultDocument | None, measure_id: str | None) -> str | None:
    """Return all that is printed of a measure, white space and folding aside, or None if it has no cells."""
    if document is None or measure_id is None:
        return None
    texts = [fold(cell.text_raw) for cell in document.cells if cell.measure_id == measure_id]
    return "".join(texts) if texts else None


def _describe_causes(causes: Sequence[Cause], old: ResultDocument | None, new: ResultDocument | None) -> str:
    if old is None or new is None:
        return ""
    first, second = old.versions, new.versions
    shown: dict[str, tuple[str, str]] = {
        "input": (f"{old.reader} {old.doc_id}", f"{new.reader} {new.doc_id}"),
        "dictionary": (first.dictionary, second.dictionary),
        "overrides": (first.overrides, second.overrides),
        "settings": (first.settings, second.settings),
        "code": (_code(first), _code(second)),
    }
    return "; ".join(f"{c}: {shown[c][0] or 'none'} → {shown[c][1] or 'none'}" for c in causes if c in shown)


def _code(versions: ResultVersions) -> str:
    return f"{versions.pipeline} ({versions.code})" if versions.code else versions.pipeline
