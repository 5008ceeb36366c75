"""Values of the tables as text and as JSON: the same in CSV, JSON lines, SQLite and the workbook."""

from __future__ import annotations

import json
from datetime import date
from typing import Any


def to_json(value: Any) -> str:  # noqa: ANN401  (a value of any column)
    """Return a value as JSON on one line, Chinese as printed; dates as YYYY-MM-DD."""
    return json.dumps(value, ensure_ascii=False, default=_date_text, separators=(", ", ": "))


def to_text(value: Any) -> str:  # noqa: ANN401
    """Return a value as a CSV field: null is empty, booleans true and false, dates YYYY-MM-DD, lists JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return to_json(value) if isinstance(value, list | dict) else repr(value)


def _date_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
