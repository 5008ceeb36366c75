"""One line of the decisions log: a decision as JSON, checked when it is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, get_args

from planextract.errors import ConfigError
from planextract.model.decision import Anchor, Decision, DecisionKind
from planextract.model.roles import AGENCY_ROLES
from planextract.phrases import Phrase

MAX_TEXT = 20_000
INVALID_LOG = "decisions.invalid_log"
LOG_ADVICE = "docs/decisions.md shows the format."
_ROWS = ("cut_row", "new_measure", "new_task")
_JOINS = ("joined", "separate")
_LINKS = ("same", "other")
_SCALARS = ("doc_id", "path", "page", "shown", "text", "decision", "head", "of", "note")


def format_decision(decision: Decision) -> str:
    """Return a decision as one line of JSON without a line feed; fields at their defaults are left out."""
    record: dict[str, object] = {"id": decision.decision_id, "at": decision.at, "kind": decision.kind}
    for field in _SCALARS:
        value = getattr(decision, field)
        if value not in (None, "") or (field == "text" and value is not None):
            record[field] = value
    if decision.inherits is not None:
        record["inherits"] = decision.inherits
    if decision.codes:
        record["codes"] = list(decision.codes)
    if decision.anchor is not None:
        record["anchor"] = _format_anchor(decision.anchor)
    return json.dumps(record, ensure_ascii=False)


def _format_anchor(anchor: Anchor) -> dict[str, object]:
    record: dict[str, object] = {
        "row": anchor.row,
        "main": anchor.main,
        "before": anchor.before,
        "before_main": anchor.before_main,
    }
    if anchor.of != 1:
        record["nth"], record["of"] = anchor.nth, anchor.of
    if anchor.column is not None:
        record["column"], record["col"], record["raw"] = anchor.column, anchor.col, anchor.raw
    return record


def parse_decision(data: object, fail: Callable[[str], NoReturn]) -> Decision:
    """Check one decision.

    Args:
        data: What the line holds as JSON.
        fail: Raises the error with the place of the line.
    """
    if not isinstance(data, dict):
        fail("a decision must be a JSON object")
    kind: Any = data.get("kind")
    if kind not in get_args(DecisionKind):
        fail(Phrase("unknown kind {kind!r}; known are {names}", kind=kind, names=", ".join(get_args(DecisionKind))))
    values: dict[str, Any] = {field: _text(data, field, fail) for field in _SCALARS if field != "page"}
    page = data.get("page")
    if page is not None and type(page) is not int:
        fail(Phrase("'page' must be a page number, not {page!r}", page=page))
    inherits = data.get("inherits")
    if inherits is not None and not isinstance(inherits, bool):
        fail(Phrase("'inherits' must be true or false, not {inherits!r}", inherits=inherits))
    codes = data.get("codes", [])
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        fail("'codes' must be a list of codes")
    decision = Decision(
        decision_id=_text(data, "id", fail) or "",
        at=_text(data, "at", fail) or "",
        kind=kind,
        **{field: value for field, value in values.items() if value is not None},
        page=page,
        inherits=inherits,
        codes=tuple(codes),
        anchor=_parse_anchor(data["anchor"], fail) if data.get("anchor") is not None else None,
    )
    problem = find_problem(decision)
    if problem:
        fail(problem)
    return decision


def find_problem(decision: Decision) -> str | None:
    """Return what is wrong with a decision, or None: each kind needs its own fields."""
    if not decision.decision_id or not decision.at:
        return "'id' and 'at' are missing"
    if decision.kind in ("edit_cell", "row", "split_row", "join", "inherit", "link") and decision.anchor is None:
        return Phrase("a decision of the kind {kind} needs an 'anchor'", kind=decision.kind)
    checks: dict[str, tuple[bool, Phrase]] = {
        "edit_cell": (
            decision.text is not None and decision.anchor is not None and decision.anchor.column is not None,
            Phrase("'edit_cell' needs 'text' and the anchor of a cell"),
        ),
        "row": (decision.decision in _ROWS, Phrase("'decision' must be one of {names}", names=", ".join(_ROWS))),
        "split_row": (bool(decision.head), Phrase("'split_row' needs 'head'")),
        "join": (decision.decision in _JOINS, Phrase("'decision' must be one of {names}", names=", ".join(_JOINS))),
        "inherit": (
            decision.inherits is not None and decision.anchor is not None and decision.anchor.column in AGENCY_ROLES,
            Phrase("'inherit' needs 'inherits' and the anchor of an agency cell"),
        ),
        "link": (decision.decision in _LINKS, Phrase("'decision' must be one of {names}", names=", ".join(_LINKS))),
        "undo": (bool(decision.of), Phrase("'undo' needs 'of'")),
    }
    is_right, problem = checks.get(decision.kind, (True, None))
    return None if is_right else problem


def _text(data: Mapping[str, object], field: str, fail: Callable[[str], NoReturn]) -> str | None:
    value = data.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        fail(Phrase("'{field}' must be a text, not {value!r}", field=field, value=value))
    if len(value) > MAX_TEXT:
        fail(
            Phrase(
                "'{field}' has {count} characters; the limit is {max_text}",
                field=field,
                count=len(value),
                max_text=MAX_TEXT,
            )
        )
    return value


def _parse_anchor(data: object, fail: Callable[[str], NoReturn]) -> Anchor:
    if not isinstance(data, dict):
        fail("'anchor' must be a JSON object")
    numbers: dict[str, Any] = {key: data.get(key, default) for key, default in (("nth", 0), ("of", 1))}
    col = data.get("col")
    if not all(type(value) is int for value in numbers.values()) or (col is not None and type(col) is not int):
        fail("'nth', 'of' and 'col' of an anchor must be numbers")
    texts: dict[str, Any] = {k: _text(data, k, fail) or "" for k in ("row", "main", "before", "before_main", "raw")}
    return Anchor(**texts, **numbers, column=_text(data, "column", fail), col=col)


def raise_invalid(file: str, cause: str) -> NoReturn:
    """Raise the error of a decision that is not understood."""
    raise ConfigError(INVALID_LOG, cause, file=file, advice=LOG_ADVICE)
