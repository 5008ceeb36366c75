"""Roles that the words of a header do not give: a column without a label, a header worded otherwise on a later page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from planextract.label.headers import find_role
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.table import Column
from planextract.model.vocabulary import ColumnVocabulary
from planextract.text.characters import fold, without_spaces
from planextract.text.markers import is_none_mark, parse_task_no
from planextract.text.sentences import is_finished

_MOST = 0.8  # of a column's filled cells must be what it is taken for
_FIGURE = re.compile(r"[<>≤≥]?[+-]?[\d,.]+%?")
_SEPARATORS = re.compile(r"[、，,；;\s]+")
_LONGEST_NAME = 24
_SHORT_NAME = 12  # characters, at the median


def name_column(place: int, columns: Sequence[Column], texts: Sequence[str], vocabulary: ColumnVocabulary) -> Role:
    """Return the role of a column without a label by what its cells say; ``other`` if that is not plain.

    Numbers are a plan's numbers if no column has them. Lists of bodies are those of the first agency role that no
    column has: of those behind the last agency column that has a label, or of all if none stands before.

    Args:
        place: The column's place.
        columns: All columns.
        texts: The cells' raw texts.
        vocabulary: Endings of bodies' names.
    """
    filled = [text for text in texts if text.strip()]
    if 2 * len(filled) < len(texts) or not filled:
        return Role.OTHER
    roles = {column.role for column in columns}
    if Role.TASK_NO not in roles and sum(parse_task_no(text) is not None for text in filled) >= _MOST * len(filled):
        return Role.TASK_NO
    endings = tuple(vocabulary.prose.body_endings)
    named = [text for text in filled if not is_none_mark(text.replace("\n", ""))]
    if not named or sum(_is_list(text, endings) for text in named) < _MOST * len(named):
        return Role.OTHER
    before = [column.role for column in columns[:place] if column.role in AGENCY_ROLES]
    free = AGENCY_ROLES[AGENCY_ROLES.index(before[-1]) + 1 :] if before else AGENCY_ROLES
    last = Role.SUPPORT if before else Role.RESPONSIBLE
    return last if last in free and last not in roles else Role.OTHER


def settle_goals(
    columns: Sequence[Column], texts: Sequence[Sequence[str]], vocabulary: ColumnVocabulary
) -> list[Column]:
    """Let names, goals and figures be what their cells say, where the header's words leave it open.

    Args:
        columns: All columns.
        texts: The cells' raw texts, by column; empty without a row.
        vocabulary: Roles by label.
    """
    out = list(columns)
    beside = _find_goal_beside_names(columns, texts, vocabulary) if texts else None
    if beside is not None:
        out[beside[0]] = replace(out[beside[0]], role=Role.TASK_NAME)
        out[beside[1]] = replace(out[beside[1]], role=Role.MEASURE, kind="")
    figures = _find_figures_of_indicators(out, texts) if texts else None
    if figures is not None:
        out[figures[0]] = replace(out[figures[0]], role=Role.MEASURE, kind="")
        out[figures[1]] = replace(out[figures[1]], role=Role.OTHER, kind="value")
    return out


def _find_figures_of_indicators(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """Return the places of a column of indicators and of the figures that were taken for measures, or None.

    指标名称 | 单位 | 2024年目标: 森林覆盖率 | % | 42.5. A figure alone says nothing of what is to be done.
    """
    named = next((i for i, column in enumerate(columns) if column.kind == "indicator"), None)
    said = next((i for i, column in enumerate(columns) if column.role is Role.MEASURE), None)
    if named is None or said is None:
        return None
    filled = [fold(without_spaces(text)) for text in texts[said] if text.strip()]
    return (named, said) if filled and all(map(_FIGURE.fullmatch, filled)) else None


def _find_goal_beside_names(
    columns: Sequence[Column], texts: Sequence[Sequence[str]], vocabulary: ColumnVocabulary
) -> tuple[int, int] | None:
    """Return the places of a column of names and of the goals that say what is done, or None.

    实施项目 | 年度目标: 农村改厕 | 完成户厕改造5000座. The words of the header leave open which one is the measure; the
    cells tell it where the first are short and no sentences, and the goals longer.
    """
    named = [i for i, c in enumerate(columns) if c.role is Role.MEASURE and _is_task_label(c.label, vocabulary)]
    goals = [i for i, c in enumerate(columns) if c.role is Role.OTHER and c.kind == "goal"]
    if not named or not goals or any(column.role is Role.TASK_NAME for column in columns):
        return None
    names, said = ([without_spaces(text) for text in texts[place] if text.strip()] for place in (named[0], goals[0]))
    if not names or len(said) < _MOST * len(names) or any(map(is_finished, names)):
        return None
    size = median(map(len, names))
    return (named[0], goals[0]) if size <= _SHORT_NAME and median(map(len, said)) > size else None


def _is_task_label(label: str, vocabulary: ColumnVocabulary) -> bool:
    return find_role(label, vocabulary) is not Role.MEASURE


def _is_list(text: str, endings: tuple[str, ...]) -> bool:
    """Tell whether a text is a list of bodies: its last line ends in a body's name, and no part is a sentence."""
    names = [name for name in _SEPARATORS.split(text.replace("\n", "")) if name]
    ended = sum(name.endswith(endings) for name in names)
    return bool(names) and max(map(len, names)) <= _LONGEST_NAME and 2 * ended > len(names) and "。" not in text


def keep_roles(
    columns: Sequence[Column], before: Sequence[Column], numbers: Sequence[int | None], last: int | None
) -> tuple[Column, ...] | None:
    """Return a repeated header's columns with the roles of the one before, or None if its own words stand.

    On a page that stands in the same column lines and counts on, the same columns are printed, however the header
    words them: half of the roles must agree at least, and none may only have changed its place.

    Args:
        columns: The columns as this header's words say.
        before: Those of the page before.
        numbers: The numbers of this page's rows, None where there is none.
        last: The last number of the page before.
    """
    first = next((number for number in numbers if number is not None), None)
    if len(columns) != len(before) or first is None or last is None or first - last not in (0, 1):
        return None
    mine, old = [column.role for column in columns], [column.role for column in before]
    same = sum(a == b for a, b in zip(mine, old, strict=True))
    if mine == old or sorted(mine) == sorted(old) or 2 * same < len(old):
        return None
    return tuple(replace(column, role=role) for column, role in zip(columns, old, strict=True))


def read_numbers(texts: Sequence[str]) -> list[int | None]:
    """Return the numbers of a column's cells."""
    return [parse_task_no(without_spaces(text)) for text in texts]
