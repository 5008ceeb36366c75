"""Columns of a header that share a role, or whose words alone leave it open: what each then is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from planextract.model.roles import Role
from planextract.model.table import Column
from planextract.text.characters import fold

NAME_LABEL = "名称"  # a column so labelled names what is done and does not say it
_YEAR_NODE = re.compile(r"\d{4}年度?(?:工作|建设)?(?:目标|任务|计划|安排|目标任务|任务目标)?")
_PLANNED = re.compile(r"(?:计划|目标|安排)$")
_LEAST_YEARS = 2
# Of two columns of one role, the first is called by a word of another one: role, word, what it means then.
_FIRST_OF_TWO = ((Role.MEASURE, "任务", Role.TASK_NAME), (Role.RESPONSIBLE, "主办", Role.LEAD))


def find_years(labels: Sequence[str]) -> frozenset[int]:
    """Return which columns hold what is to be reached by a year: 2024年 | 2025年 | 2026年; one alone does not."""
    places = [place for place, label in enumerate(labels) if _YEAR_NODE.fullmatch(fold(label))]
    return frozenset(places if len({labels[place] for place in places}) >= _LEAST_YEARS else ())


def mark_planned(columns: Sequence[Column], tops: Sequence[str]) -> tuple[Column, ...]:
    """Let progress below a plan be a node of it: 2024年计划 over 投资 and 形象进度 tells what is to come."""
    return tuple(
        replace(column, kind="milestone") if column.kind == "progress" and _PLANNED.search(fold(top)) else column
        for column, top in zip(columns, tops, strict=True)
    )


def name_works(columns: Sequence[Column]) -> list[Column]:
    """Let the column that names the works name the tasks, where no other one does: 序号 | 工程名称 | 建设内容.

    Before the numbers it stands over several of them, and stays a section (行动名称 | 序号 | 具体措施).
    """
    out = list(columns)
    roles = [column.role for column in out]
    if Role.TASK_NAME in roles or Role.MEASURE not in roles:
        return out
    first = roles.index(Role.TASK_NO) if Role.TASK_NO in roles else -1
    named = [
        i for i, c in enumerate(out) if c.role is Role.SECTION and fold(c.label).endswith(NAME_LABEL) and i > first
    ]
    if named:
        out[named[-1]] = replace(out[named[-1]], role=Role.TASK_NAME)
    return out


def settle_repeated_roles(columns: list[Column]) -> list[Column]:
    """Give each role one column: of two task columns the first with the finer one becomes a section.

    项目 | 任务 is a two-level plan: the first is the section, the second the task; so is 改革任务 | 改革举措, a word
    for tasks before one for what is done. 主办单位 | 承办单位: the first leads. Of other repeated
    roles the first column keeps it, the others are kept as ``other``. A plan without a column of
    measures says in its (last) task column what is to be done: that one holds the measures.
    """
    out = list(columns)
    for role, word, meant in _FIRST_OF_TWO:
        twins = [i for i, column in enumerate(out) if column.role is role]
        is_free = not any(column.role is meant for column in out)
        named = list(dict.fromkeys(out[i].label for i in twins))  # numbers parted from a text share its label
        if len(named) == 2 and is_free and word in named[0] and word not in named[1]:
            out[twins[0]] = replace(out[twins[0]], role=meant)
    for role in Role:
        places = [i for i, column in enumerate(out) if column.role == role]
        if role in (Role.OTHER, Role.SECTION) or not places:
            continue
        if role is Role.TASK_NAME and not any(c.role == Role.MEASURE for c in out):
            out[places[-1]] = replace(out[places[-1]], role=Role.MEASURE)
            places = places[:-1]
        for place in places[:-1] if role is Role.TASK_NAME else places[1:]:
            spare = Role.SECTION if role is Role.TASK_NAME else Role.OTHER
            out[place] = replace(out[place], role=spare)
    return out
