"""Do numbers and sections of a fragment go on with those of the table before, or start again?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planextract.model.roles import Role
from planextract.model.table import Cell, Fragment
from planextract.stitch.row_facts import TaskKey, is_similar_name, read_facts
from planextract.text.characters import fold
from planextract.text.markers import parse_section, parse_task_no


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a fragment prints first.

    Attributes:
        numbers: Its first two different task numbers, or fewer.
        name: Name of the first numbered task.
        section: The heading above that task, printed in this fragment; "" if there is none.
        starts_with_data: Its first row is a data row.
    """

    numbers: tuple[int, ...]
    name: str
    section: str
    starts_with_data: bool


def read_opening(fragment: Fragment) -> Opening:
    """Read the beginning of a fragment."""
    numbers: list[int] = []
    name = section = ""
    for row in fragment.rows:
        if row.kind == "section":
            section = section or (find_section_text(row.cells) if not numbers else "")
            continue
        facts = read_facts(row, fragment.columns)
        number = parse_task_no(facts.text(Role.TASK_NO))
        if number is None or number in numbers:
            continue
        if not numbers:
            name = facts.text(Role.TASK_NAME)
            section = section or facts.text(Role.SECTION)
        numbers.append(number)
        if len(numbers) == 2:
            break
    starts_with_data = bool(fragment.rows) and fragment.rows[0].kind == "data"
    return Opening(numbers=tuple(numbers), name=name, section=section, starts_with_data=starts_with_data)


def find_section_text(cells: Sequence[Cell | None]) -> str:
    """Return the heading that a section row prints."""
    return next((cell.text for cell in cells if cell is not None and cell.text), "")


def restarts(opening: Opening, task: TaskKey | None, *, follows_title: bool = False) -> bool:
    """Tell whether the numbers start again at 1: not if task 1 itself goes on, nor if 1 is followed by no 2.

    A lone 1 in front of 12 is a damaged 11. A task without a name does not go on under a title of its own.
    """
    if not opening.numbers or opening.numbers[0] != 1 or task is None or task.task_no is None:
        return False
    is_damaged = len(opening.numbers) == 2 and opening.numbers[1] != 2
    is_named = bool(opening.name or task.name)
    is_same_task = task.task_no == 1 and (is_named or not follows_title) and is_similar_name(opening.name, task.name)
    return not is_damaged and not is_same_task


def compare_sections(before: str, after: str) -> str | None:
    """Compare two headings of the first level: ``goes_on``, ``repeated``, ``restarts``, or None if nobody can say."""
    if not before or not after:
        return None
    if fold(before) == fold(after):
        return "repeated"
    first, second = parse_section(before), parse_section(after)
    if first is None or second is None or first[2] != 1 or second[2] != 1:
        return None
    old, new = parse_task_no(first[0]), parse_task_no(second[0])
    if old is None or new is None:
        return None
    return "restarts" if new == 1 else "goes_on" if new == old + 1 else None
