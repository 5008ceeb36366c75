"""Read and check an override file."""

from __future__ import annotations

from typing import NoReturn

from planextract.errors import ConfigError
from planextract.model.decision import OVERRIDE, BoundBlank, BreakDecision, Overrides
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.table import JoinKind, RowStart
from planextract.phrases import Phrase

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
    except (yaml.YAMLError, RecursionError, ValueError) as exc:  # a date such as 2021-13-45 is a ValueError
        _fail(file, Phrase("this is no valid YAML: {reason}", reason=" ".join(str(exc).split())))
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
        _fail(file, Phrase("'{key}' must be a list of entries", key=key))
    return value


def _read_break(number: int, item: dict[str, object], file: str) -> BreakDecision:
    _check_keys(item, _BOUNDARY_KEYS, file)
    pages = item.get("pages")
    if not (isinstance(pages, list) and len(pages) == 2 and all(type(p) is int for p in pages)):
        _fail(file, Phrase("'pages' must be two page numbers like [3, 4], not {pages!r}", pages=pages))
    join, row = item.get("join"), item.get("row")
    if join is not None and not isinstance(join, bool):
        _fail(file, Phrase("'join' must be true or false, not {join!r}", join=join))
    if row is not None and (not isinstance(row, str) or row not in _ROWS):
        _fail(file, Phrase("'row' must be one of {names}, not {row!r}", names=", ".join(map(str, _ROWS)), row=row))
    if join is None and row is None:
        _fail(file, Phrase("the entry for pages {pages} decides nothing: give 'join' or 'row'", pages=pages))
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
        _fail(file, Phrase("'plan' and 'task' must be numbers: {item!r}", item=item))
    if not isinstance(starts, str) or not starts:
        _fail(file, Phrase("'measure_starts' must be the beginning of the measure's text: {item!r}", item=item))
    if item.get("column") not in AGENCY_ROLES:
        _fail(
            file,
            Phrase(
                "'column' must be one of {names}, not {given!r}",
                names=", ".join(AGENCY_ROLES),
                given=item.get("column"),
            ),
        )
    if not isinstance(item.get("inherit"), bool):
        _fail(file, Phrase("'inherit' must be true or false, not {given!r}", given=item.get("inherit")))
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
        _fail(
            file,
            Phrase("unknown key '{unknown}'; known are {names}", unknown=unknown[0], names=", ".join(sorted(known))),
        )


def _fail(file: str, cause: str) -> NoReturn:
    raise ConfigError("decisions.invalid", cause, file=file, advice="docs/overrides.md shows the format.")
