"""Findings on finished plans, and how far each measure can be trusted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate

from planextract.model.plan import Measure, Notice, Plan, Responsibility, Target, Task
from planextract.model.record import Finding
from planextract.model.roles import Role
from planextract.model.vocabulary import ColumnVocabulary
from planextract.phrases import Phrase
from planextract.text.characters import fold, is_cjk
from planextract.text.numerals import CHINESE_NUMBER
from planextract.text.sentences import is_finished

_NUMBER_MARKS = re.compile("[（）()〔〕.．、,，:：]")
_CHINESE = re.compile(CHINESE_NUMBER)
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0b-\x1f\U000f0000-\U0010ffff]")
_LONG_TEXT, _SHORT_TEXT, _LONG_CELL, _LONG_NAME = 1500, 4, 60, 14
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*[%％个项条家公里万亿吨]")


def check_plans(
    plans: Sequence[Plan], notice: Notice, doc_id: str, vocabulary: ColumnVocabulary
) -> tuple[Finding, ...]:
    """Check numbering, empty cells, repeated bodies, deadlines, and the list of attachments."""
    findings = [*_check_attachments(plans, notice)]
    for plan in plans:
        findings.extend(_check_numbers(plan))
        findings.extend(_check_owners(plan))
        for task in plan.tasks:
            for measure in task.measures:
                measure_id = f"{doc_id}/{plan.plan_no}/{task.key}/{measure.seq}"
                findings.extend(_check_characters(task, measure, measure_id))
                findings.extend(_check_measure(measure, measure_id))
                findings.extend(_check_columns(measure, measure_id, vocabulary))
    return tuple(findings)


def _check_attachments(plans: Sequence[Plan], notice: Notice) -> Iterator[Finding]:
    if not notice.attachments:
        return
    found = {plan.attachment_no: plan for plan in plans if plan.attachment_no is not None}
    if not found and len(plans) == len(notice.attachments) == 1:
        found = {notice.attachments[0].no: plans[0]}
    for attachment in notice.attachments:
        plan = found.get(attachment.no)
        if plan is None:
            message = Phrase(
                "attachment {no} '{title}' is listed but holds no plan table here",
                no=attachment.no,
                title=attachment.title,
            )
            yield Finding.of("check.attachment_missing", message)
        elif fold(plan.title) != fold(attachment.title):
            message = Phrase(
                "attachment {no} is listed as '{title}' and titled '{printed}'",
                no=attachment.no,
                title=attachment.title,
                printed=plan.title,
            )
            yield Finding.of("check.attachment_title", message, page=plan.first_page)
    for number, plan in found.items():
        if number not in {attachment.no for attachment in notice.attachments}:
            message = Phrase(
                "attachment {number} '{title}' is not in the notice's list", number=number, title=plan.title
            )
            yield Finding.of("check.attachment_unlisted", message, page=plan.first_page)


def _check_owners(plan: Plan) -> Iterator[Finding]:
    """Say that a plan names no body at all: a list of deeds, or owners that stand where nobody looked."""
    measures = [measure for task in plan.tasks for measure in task.measures]
    if measures and not any(measure.responsibilities for measure in measures):
        message = Phrase(
            "plan {plan_no} names nobody who answers for its {count} measures",
            plan_no=plan.plan_no,
            count=len(measures),
        )
        yield Finding.of("check.no_owners", message, page=plan.first_page)


def _check_numbers(plan: Plan) -> Iterator[Finding]:
    """Say which numbers are used again or left out; each style counts for itself, in a section of its own anew."""
    last: dict[str, int] = {}
    style, section, restarts = "", "", False  # of the task before; whether sections count anew
    for task in plan.tasks:
        before, section = section, task.section_title or _owner_in_front(plan, task)
        page = task.pages[0] if task.pages else plan.first_page
        outer, style = style, style if task.task_no_printed is None else _style_of(task.task_no_printed)
        goes_on = task.task_no == last.get(style, 0) + 1
        in_section = task.task_no == 1 and section not in ("", before)
        restarts |= in_section and bool(last)
        starts_over = in_section or (task.task_no == 1 and outer not in ("", style))
        if task.copy > 1 and not starts_over and not (goes_on and (restarts or len(last) > 1)):
            message = Phrase(
                "plan {plan_no}: task number {task_no} is used again for '{label}'",
                plan_no=plan.plan_no,
                task_no=task.task_no,
                label=task.label[:20],
            )
            yield Finding.of("check.number_repeated", message, page=page)
        elif style in last and not goes_on and not starts_over:
            message = Phrase(
                "plan {plan_no}: task {task_no} follows task {previous}",
                plan_no=plan.plan_no,
                task_no=task.task_no,
                previous=last[style],
            )
            yield Finding.of("check.number_gap", message, page=page)
        last[style] = task.task_no


def _owner_in_front(plan: Plan, task: Task) -> str:
    """Return the owners of a task where they stand before its number, and so above several tasks: 责任单位 | 序号."""
    roles = [column.role for column in plan.columns]
    before = roles[: roles.index(Role.TASK_NO)] if Role.TASK_NO in roles else []
    measures = task.measures[:1]
    return "".join(r.raw_text for measure in measures for r in measure.responsibilities if r.role in before)


def _style_of(printed: str) -> str:
    """Return how a number is printed: its marks, and whether it is a Chinese one; a damaged figure changes nothing."""
    marks = "".join(_NUMBER_MARKS.findall(printed))
    return f"{marks} {'一' if _CHINESE.search(printed) else '1'}"


def _check_characters(task: Task, measure: Measure, measure_id: str) -> Iterator[Finding]:
    """Say where a value holds a character that nobody can read: an unknown one, or one of a font's own."""
    values = (
        task.label,
        measure.text,
        measure.deadline.raw_text or "",
        *(item.raw_text for item in measure.responsibilities),
    )
    found = next((match for value in values if (match := _UNREADABLE.search(value))), None)
    if found is not None:
        around = found.string[max(0, found.start() - 6) : found.end() + 6]
        message = Phrase("U+{codepoint:04X} is no readable character: {around}", codepoint=ord(found[0]), around=around)
        yield Finding.of("check.unreadable_character", message, page=measure.pages[0], measure_id=measure_id)


def _check_measure(measure: Measure, measure_id: str) -> Iterator[Finding]:
    page = measure.pages[0]
    if not measure.text:
        yield Finding.of("check.no_text", "the measure has no text", page=page, measure_id=measure_id)
    elif not is_finished(measure.text):
        message = Phrase("the text does not end a sentence: …{end}", end=measure.text[-12:])
        yield Finding.of("check.unfinished_text", message, page=page, measure_id=measure_id)
    if measure.deadline.kind == "unparsed":
        message = Phrase("the deadline '{deadline}' was not understood", deadline=measure.deadline.raw_text)
        yield Finding.of("interpret.deadline", message, page=page, measure_id=measure_id)
    if measure.deadline_status == "blank":
        yield Finding.of("check.no_deadline", "the deadline is blank", page=page, measure_id=measure_id)
    yield from _check_lengths(measure, measure_id)
    yield from _check_text_deadlines(measure, measure_id)
    yield from _check_targets(measure, measure_id)
    yield from _check_bodies(measure, measure_id)


def _check_lengths(measure: Measure, measure_id: str) -> Iterator[Finding]:
    """Say where a cell is longer or shorter than such cells are: it may hold another cell's text."""
    page = measure.pages[0]
    if len(measure.text) > _LONG_TEXT or 0 < len(measure.text) < _SHORT_TEXT:
        message = Phrase("the text has {count} characters", count=len(measure.text))
        yield Finding.of("check.odd_length", message, page=page, measure_id=measure_id)


def _check_columns(measure: Measure, measure_id: str, vocabulary: ColumnVocabulary) -> Iterator[Finding]:
    """Say where a cell of bodies or of the deadline reads like a sentence: columns may be exchanged."""
    raw = measure.deadline.raw_text or ""
    names = [item for item in measure.responsibilities if not item.is_inherited]
    odd = next((item.raw_text for item in names if _reads_as_sentence(item, vocabulary)), None)
    if len(raw) > _LONG_CELL and measure.deadline.kind == "unparsed":
        odd = raw
    if odd is not None:
        message = Phrase("the text of another column may stand in a cell: {odd}", odd=odd[:20])
        yield Finding.of("check.odd_column", message, page=measure.pages[0], measure_id=measure_id)


def _reads_as_sentence(item: Responsibility, vocabulary: ColumnVocabulary) -> bool:
    """Tell whether a name that nothing linked is none: by its end, verb, figure or length, or without a character."""
    name = item.raw_text
    if item.match.kind == "unresolved" and not any(map(is_cjk, name)):
        return True  # 1 or O: a scan's misread dash
    if len(name) > 1 and is_finished(name):
        return True
    if item.match.kind != "unresolved" or len(name) < _SHORT_TEXT or name.endswith(vocabulary.prose.body_endings):
        return False
    return name.startswith(vocabulary.task_verbs) or bool(_FIGURE.search(name)) or len(name) > _LONG_NAME


def _check_text_deadlines(measure: Measure, measure_id: str) -> Iterator[Finding]:
    """Compare the deadlines that the text names with the one of the column."""
    column, in_text = measure.deadline, measure.text_deadlines
    if column.kind in ("none", "unparsed") or not in_text or "from_text" in column.flags:
        return
    last = max(in_text, key=lambda found: found.end or date.min)
    if last.end is None or last.end == column.end:
        return
    is_later = column.end is not None and last.end > column.end
    message = Phrase(
        "the text names {named}, later than the deadline {deadline}"
        if is_later
        else "the text names {named}, other than the deadline {deadline}",
        named=last.raw_text,
        deadline=column.raw_text,
    )
    yield Finding.of(
        "check.deadline_in_text",
        message,
        severity="warning" if is_later else "info",
        page=measure.pages[0],
        measure_id=measure_id,
    )


def _check_targets(measure: Measure, measure_id: str) -> Iterator[Finding]:
    """Say where two targets of one indicator exclude each other."""
    groups: dict[tuple[str, str], list[tuple[int, Target]]] = {}
    for place, target in enumerate(measure.targets):
        if target.role == "target" and target.indicator:
            groups.setdefault((target.indicator, target.unit), []).append((place, target))
    pairs = sorted(pair for group in groups.values() for pair in _find_excluding(group))
    for first, second in ((measure.targets[one], measure.targets[other]) for one, other in pairs):
        message = Phrase(
            "{indicator}: '{first}' and '{second}' exclude each other",
            indicator=first.indicator,
            first=first.text,
            second=second.text,
        )
        yield Finding.of("check.targets_disagree", message, page=measure.pages[0], measure_id=measure_id)


def _find_excluding(group: list[tuple[int, Target]]) -> Iterator[tuple[int, int]]:
    """Yield the places of each lower bound and the first upper bound that it lies above, in printed order."""
    highs = [(place, target.value) for place, target in group if target.comparator in ("<=", "<")]
    least = list(accumulate((-value for _, value in highs), max))  # rising: the least upper bound so far, negated
    for place, target in group:
        if target.comparator in (">=", ">"):
            found = bisect_right(least, -target.value)
            if found < len(highs):
                yield min(place, highs[found][0]), max(place, highs[found][0])


def _check_bodies(measure: Measure, measure_id: str) -> Iterator[Finding]:
    roles: dict[str, set[str]] = {}
    for item in measure.responsibilities:
        name = item.match.entry.name if item.match.entry else item.raw_text
        if item.role_label in roles.setdefault(name, set()):
            message = Phrase("{name} is named twice as {role}", name=name, role=item.role_label)
            yield Finding.of("check.body_repeated", message, page=measure.pages[0], measure_id=measure_id)
        roles[name].add(item.role_label)
    for name, labels in roles.items():
        if len(labels) > 1:
            message = Phrase("{name} has two roles: {names}", name=name, names="、".join(sorted(labels)))
            yield Finding.of("check.two_roles", message, page=measure.pages[0], measure_id=measure_id)
