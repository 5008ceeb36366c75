"""The conservation ledger: every printed character is in one cell or one discard, and every cell's text in one value.

Two balances are drawn. The first compares what the reader read with what cells and discards hold, as counts of each
character (white space aside). The second compares, column by column, what the cells say with what tasks and measures
say after stitching, splitting and composing; what a measure inherited counts where it was printed.

Values that repeat what they print (measures, deadlines, bodies, columns without a role) are counted, as ``_ACCOUNTS``
lists them: a new kind of value is a line there. A task prints its number, name and section once or on every page: each
of these cells must be found again in the task that it went to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planextract.errors import InternalError
from planextract.model.plan import Extraction, Leader, Measure, Plan, Task
from planextract.model.record import REPRINTED
from planextract.model.roles import AGENCY_ROLES, Role
from planextract.model.table import Cell
from planextract.text.characters import fold, without_spaces
from planextract.text.markers import TOGETHER, is_none_mark, parse_section, parse_task_no

_SEPARATORS = "、，,；;。/／"
_NO_SEPARATORS = str.maketrans("", "", _SEPARATORS)
_HEADING_MARKS = str.maketrans("", "", "、.．:：/ ")
_Values = Callable[[Task, Measure], Iterator[str | None]]


def check_conservation(extraction: Extraction, printed: str) -> None:
    """Balance the ledger of a document.

    Args:
        extraction: The finished extraction.
        printed: All characters the reader read, without white space, in any order.

    Raises:
        InternalError: If a character was lost or doubled; the message names some of them.
    """
    kept = _characters([*(cell.raw_text for cell in extraction.cells), *(d.raw_text for d in extraction.discards)])
    _compare(Counter(without_spaces(printed)), Counter(kept), "the cells and discards", extraction)
    cells: dict[str, list[Cell]] = defaultdict(list)
    again = {repair.cell_id for repair in extraction.repairs if repair.rule == REPRINTED}
    for cell in extraction.cells:
        if cell.cell_id not in again:
            cells[cell.column].append(cell)
    for account in _ACCOUNTS:
        _balance(account, cells[account.role], extraction)
    _check_tasks(cells, extraction)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    """What the cells of a column are balanced with.

    Attributes:
        role: Role of the column.
        what: Its values, in words for the message.
        values: The texts of a measure that repeat the cells' texts; no character of them may be doubled.
        derived: Texts that were taken from such cells too, and may say some of them twice.
        ignored: Characters that part values and are in none.
        drops_marks: A mark for none (---) is a state and no value.
    """

    role: Role
    what: str
    values: _Values
    derived: _Values | None = None
    ignored: Mapping[int, int | None] | None = None
    drops_marks: bool = False


def _deadlines(_: Task, measure: Measure) -> Iterator[str | None]:
    if measure.deadline_status in ("listed", "none"):
        yield measure.deadline.raw_text


def _others(_: Task, measure: Measure) -> Iterator[str | None]:
    return (value.text for value in measure.others)


def _of_other_columns(task: Task, measure: Measure) -> Iterator[str | None]:
    """Yield what nodes, progress and leaders say: they have columns without a role of their own."""
    for milestone in measure.milestones:
        yield milestone.text
    for progress in measure.progress:
        yield from (progress.text, progress.status_printed, progress.problem, progress.next_step)
    leaders: tuple[Leader, ...] = measure.leaders + (task.leaders if measure is task.measures[0] else ())
    for leader in leaders:
        yield from (leader.name, leader.post)


def _agencies(role: Role) -> _Values:
    return lambda _, measure: (
        item.raw_text + item.left_out
        for item in measure.responsibilities
        if (item.cell_role or item.role) is role and not item.is_inherited
    )


_ACCOUNTS = (
    _Account(role=Role.MEASURE, what="the measures", values=lambda _, measure: iter((measure.text,))),
    _Account(role=Role.DEADLINE, what="the deadlines", values=_deadlines),
    _Account(role=Role.OTHER, what="the columns without a role", values=_others, derived=_of_other_columns),
    *(
        _Account(
            role=role, what=f"the {role} agencies", values=_agencies(role), ignored=_NO_SEPARATORS, drops_marks=True
        )
        for role in AGENCY_ROLES
    ),
)


def _balance(account: _Account, cells: Sequence[Cell], extraction: Extraction) -> None:
    texts = [cell.text for cell in cells]
    if account.drops_marks:
        texts = [text for text in texts if not is_none_mark(text.replace("\n", ""))]
    wanted = _count(texts, account)
    measures = list(_measures_with(account.role, extraction))
    values = _count((text for task, m in measures for text in account.values(task, m)), account)
    if account.derived is None or wanted == values:
        _compare(wanted, values, account.what, extraction)
        return
    derived = _count((text for task, m in measures for text in account.derived(task, m)), account)
    _compare(wanted, values | (wanted & (values + derived)), account.what, extraction)


def _measures_with(role: Role, extraction: Extraction) -> Iterator[tuple[Task, Measure]]:
    """Yield the measures of a document; for measures' texts only of plans that have a column of them."""
    for plan in extraction.plans:
        if role is Role.MEASURE and not _has_column(plan, role):
            continue  # its measures' texts are its tasks' names
        for task in plan.tasks:
            for measure in task.measures:
                yield task, measure


def _has_column(plan: Plan, role: Role) -> bool:
    return any(column.role is role for column in plan.columns)


def _count(texts: Iterator[str | None] | Sequence[str], account: _Account) -> Counter[str]:
    found = [text for text in texts if text]
    if account.ignored is None:
        return Counter(_characters(found))
    return Counter(_characters([TOGETHER.sub("", text) for text in found]).translate(account.ignored))


def _check_tasks(cells: Mapping[str, Sequence[Cell]], extraction: Extraction) -> None:
    """Find what number, name and section cells print in the tasks that they went to, and names in what was printed."""
    homes: dict[str, Task] = {}
    for plan in extraction.plans:
        for task in plan.tasks:
            for cell_id in task.cell_ids:
                homes[cell_id] = task
            for measure in task.measures:
                for cell_id in measure.cell_ids:
                    homes[cell_id] = task
    lost = [cell for cell in cells[Role.TASK_NAME] if not _says_name(homes.get(cell.cell_id), cell)]
    _report(lost, "the tasks' names", extraction)
    _check_names(cells[Role.TASK_NAME], homes, extraction)
    lost = [cell for cell in cells[Role.TASK_NO] if not _says_number(homes.get(cell.cell_id), cell)]
    _report(lost, "the tasks' numbers", extraction)
    lost = list(_find_lost_sections(cells[Role.SECTION], extraction))
    _report(lost, "the sections", extraction)


def _says_name(task: Task | None, cell: Cell) -> bool:
    text = without_spaces(cell.text)
    if task is None:
        return not text
    return any(text in without_spaces(said) for said in (task.name, *task.name_variants)) or (
        text in without_spaces(f"{task.task_no_printed or ''}{task.name}")
    )


def _check_names(cells: Sequence[Cell], homes: Mapping[str, Task], extraction: Extraction) -> None:
    """Compare the name of each task with what its cells print: no character may be doubled."""
    printed: dict[int, tuple[Task, list[str]]] = {}
    for cell in cells:
        task = homes.get(cell.cell_id)
        if task is not None and cell.text:
            printed.setdefault(id(task), (task, []))[1].append(cell.text)
    for task, texts in printed.values():
        name, own = without_spaces(task.name), _characters(texts)
        if name in (own, without_spaces(task.measures[0].text)):  # without a name a task has its measure's text
            continue
        if Counter(name) - Counter(own):
            _compare(Counter(own) & Counter(name), Counter(name), "the tasks' names", extraction, task.pages[0])


def _says_number(task: Task | None, cell: Cell) -> bool:
    """Tell whether a task says the number of a cell; a damaged one printed again further down is that number."""
    text = without_spaces(cell.text)
    if task is None:
        return not text
    if text in without_spaces(task.task_no_printed or ""):
        return True
    number = parse_task_no(text)
    return task.task_no_printed is not None and (number is None or number == task.task_no)


def _find_lost_sections(cells: Sequence[Cell], extraction: Extraction) -> Iterator[Cell]:
    """Yield the section cells that no task repeats, and of which no finding says that no task stands below them."""
    said = {
        _fold_heading(text)
        for plan in extraction.plans
        for task in plan.tasks
        for text in (*task.section_path, task.section_no or "", task.section_title or "")
    }
    unsaid = [cell for cell in cells if _fold_heading(cell.text) not in said and not _is_said(cell.text, said)]
    if not unsaid:
        return
    empty = {finding.cell_id for finding in extraction.findings if finding.code == "repair.empty_section"}
    rows = {(cell.table_no, cell.row) for cell in cells if cell.cell_id in empty}
    yield from (cell for cell in unsaid if (cell.table_no, cell.row) not in rows)


def _is_said(text: str, said: set[str]) -> bool:
    """Tell whether a heading, or its number and its title, are parts of what some task says."""
    parsed = parse_section(text)
    parts = [_fold_heading(part) for part in parsed[:2]] if parsed else [_fold_heading(text)]
    return all(any(part in other for other in said) for part in parts)


def _fold_heading(text: str) -> str:
    return fold(without_spaces(text).translate(_HEADING_MARKS))


def _characters(texts: Sequence[str]) -> str:
    return without_spaces("".join(texts))


def _report(lost: Sequence[Cell], what: str, extraction: Extraction) -> None:
    if lost:
        _compare(Counter(_characters([cell.text for cell in lost])), Counter(), what, extraction, lost[0].page)


def _compare(
    wanted: Counter[str], found: Counter[str], what: str, extraction: Extraction, page: int | None = None
) -> None:
    if wanted == found:
        return
    parts = [
        f"{sum(counts.values())} characters {word} ({''.join(sorted(counts))[:20]})"
        for word, counts in (("lost", wanted - found), ("doubled", found - wanted))
        if counts
    ]
    raise InternalError(
        "check.conservation",
        f"the ledger does not balance for {what}: {', '.join(parts)}",
        file=extraction.source_path,
        page=page,
        advice="Nothing of this document was written. Please report it with the file.",
    )
