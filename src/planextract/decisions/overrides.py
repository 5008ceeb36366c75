"""Read and check an override file."""

from __future__ import annotations

from typing import NoReturn

from planextract.errors import ConfigError
from planextract.model.decision import OVERRIDE, BoundBlank, BreakDecision, Overrides
from planextract.model.table import AGENCY_ROLES, JoinKind, Role, RowStart

OVERRIDES_SUFFIX = ".overrides.yaml"
_BOUNDARY_KEYS = {"pages", "join", "row", "note"}
_INHERIT_KEYS = {"plan", "task", "measure_starts", "column", "inherit", "note"}
_JOINS: dict[object, JoinKind] = {True: "joined", False: "separate"}
_ROWS: dict[object, RowStart] = {"cut_row": "cut_row", "new_measure": "new_measure", "new_task": "new_task"}


def parse_overrides(text: str, file: str) -> Overrides:
    """Check the text of an override file.

    Args:
        text: YAML with the keys ``boundaries`` and ``inheritance``, both lists.
        file: Name of the file, for messages.

    Raises:
        ConfigError: If anything in it is not understood; the message names the entry.
    """
    import yaml  # few documents have such a file

    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as exc:
        _fail(file, f"this is no valid YAML: {' '.join(str(exc).split())}")
    if data is None:
        return Overrides(file=file)
    if not isinstance(data, dict) or set(data) - {"boundaries", "inheritance"}:
        _fail(file, "the file may hold 'boundaries' and 'inheritance' only")
    return Overrides(
        file=file,
        breaks=tuple(_read_break(i, item, file) for i, item in enumerate(_list(data, "boundaries", file), start=1)),
        blanks=tuple(_read_blank(i, item, file) for i, item in enumerate(_list(data, "inheritance", file), start=1)),
    )


def _list(data: dict[str, object], key: str, file: str) -> list[dict[str, object]]:
    value = data.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        _fail(file, f"'{key}' must be a list of entries")
    return value


def _read_break(number: int, item: dict[str, object], file: str) -> BreakDecision:
    _check_keys(item, _BOUNDARY_KEYS, file)
    pages = item.get("pages")
    if not (isinstance(pages, list) and len(pages) == 2 and all(type(p) is int for p in pages)):
        _fail(file, f"'pages' must be two page numbers like [3, 4], not {pages!r}")
    join, row = item.get("join"), item.get("row")
    if join is not None and not isinstance(join, bool):
        _fail(file, f"'join' must be true or false, not {join!r}")
    if row is not None and row not in _ROWS:
        _fail(file, f"'row' must be one of {', '.join(map(str, _ROWS))}, not {row!r}")
    if join is None and row is None:
        _fail(file, f"the entry for pages {pages} decides nothing: give 'join' or 'row'")
    return BreakDecision(
        decision_id=f"{OVERRIDE}boundaries/{number}",
        page_before=pages[0],
        page_after=pages[1],
        join=None if join is None else _JOINS[join],
        start=None if row is None else _ROWS[row],
        note=str(item.get("note") or ""),
    )


def _read_blank(number: int, item: dict[str, object], file: str) -> BoundBlank:
    _check_keys(item, _INHERIT_KEYS, file)
    plan, task, starts = item.get("plan"), item.get("task"), item.get("measure_starts")
    if type(plan) is not int or type(task) is not int:
        _fail(file, f"'plan' and 'task' must be numbers: {item!r}")
    if not isinstance(starts, str) or not starts:
        _fail(file, f"'measure_starts' must be the beginning of the measure's text: {item!r}")
    if item.get("column") not in AGENCY_ROLES:
        _fail(file, f"'column' must be one of {', '.join(AGENCY_ROLES)}, not {item.get('column')!r}")
    if not isinstance(item.get("inherit"), bool):
        _fail(file, f"'inherit' must be true or false, not {item.get('inherit')!r}")
    return BoundBlank(
        decision_id=f"{OVERRIDE}inheritance/{number}",
        plan_no=plan,
        task_no=task,
        measure_starts=starts,
        role=Role(str(item["column"])),
        inherits=bool(item["inherit"]),
        note=str(item.get("note") or ""),
    )


def _check_keys(item: dict[str, object], known: set[str], file: str) -> None:
    unknown = sorted(str(key) for key in set(item) - known)
    if unknown:
        _fail(file, f"unknown key '{unknown[0]}'; known are {', '.join(sorted(known))}")


def _fail(file: str, cause: str) -> NoReturn:
    raise ConfigError("decisions.invalid", cause, file=file, advice="docs/overrides.md shows the format.")
