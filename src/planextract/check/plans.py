"""Findings on finished plans, and how far each measure can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from planextract.model.plan import Extraction, Measure, Notice, Plan, Responsibility, Task
from planextract.model.record import Finding
from planextract.text.characters import fold
from planextract.text.sentences import is_finished

_REVIEW_BELOW = 0.85
_PENALTIES = {"error": 0.5, "warning": 0.8}


def check_plans(plans: Sequence[Plan], notice: Notice, doc_id: str) -> tuple[Finding, ...]:
    """Check numbering, empty cells, repeated bodies, deadlines, and the list of attachments."""
    findings = [*_check_attachments(plans, notice)]
    for plan in plans:
        findings.extend(_check_numbers(plan))
        for task in plan.tasks:
            for measure in task.measures:
                findings.extend(_check_measure(measure, f"{doc_id}/{plan.plan_no}/{task.key}/{measure.seq}"))
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
            message = f"attachment {attachment.no} '{attachment.title}' is listed but holds no plan table here"
            yield Finding(code="check.attachment_missing", severity="warning", message=message)
        elif fold(plan.title) != fold(attachment.title):
            message = f"attachment {attachment.no} is listed as '{attachment.title}' and titled '{plan.title}'"
            yield Finding(code="check.attachment_title", severity="info", message=message, page=plan.first_page)
    for number, plan in found.items():
        if number not in {attachment.no for attachment in notice.attachments}:
            message = f"attachment {number} '{plan.title}' is not in the notice's list"
            yield Finding(code="check.attachment_unlisted", severity="warning", message=message, page=plan.first_page)


def _check_numbers(plan: Plan) -> Iterator[Finding]:
    previous: Task | None = None
    for task in plan.tasks:
        page = task.pages[0] if task.pages else plan.first_page
        if "~" in task.key:
            message = f"plan {plan.plan_no}: task number {task.task_no} is used again for '{task.name[:20]}'"
            yield Finding(code="check.number_repeated", severity="warning", message=message, page=page)
        elif previous is not None and task.task_no != previous.task_no + 1:
            message = f"plan {plan.plan_no}: task {task.task_no} follows task {previous.task_no}"
            yield Finding(code="check.number_gap", severity="warning", message=message, page=page)
        previous = task


def _check_measure(measure: Measure, measure_id: str) -> Iterator[Finding]:
    page = measure.pages[0]
    if not measure.text:
        yield Finding(code="check.no_text", severity="error", message="the measure has no text", page=page,
                      measure_id=measure_id)  # fmt: skip
    elif not is_finished(measure.text):
        message = f"the text does not end a sentence: …{measure.text[-12:]}"
        yield Finding(code="check.unfinished_text", severity="info", message=message, page=page, measure_id=measure_id)
    if measure.deadline.kind == "unparsed":
        message = f"the deadline '{measure.deadline.raw_text}' was not understood"
        yield Finding(code="interpret.deadline", severity="warning", message=message, page=page, measure_id=measure_id)
    if measure.deadline_status == "blank":
        yield Finding(code="check.no_deadline", severity="info", message="the deadline is blank", page=page,
                      measure_id=measure_id)  # fmt: skip
    yield from _check_bodies(measure, measure_id)


def _check_bodies(measure: Measure, measure_id: str) -> Iterator[Finding]:
    roles: dict[str, set[str]] = {}
    for item in measure.responsibilities:
        name = item.match.entry.name if item.match.entry else item.raw_text
        if item.role_label in roles.setdefault(name, set()):
            message = f"{name} is named twice as {item.role_label}"
            yield Finding(code="check.body_repeated", severity="info", message=message, page=measure.pages[0],
                          measure_id=measure_id)  # fmt: skip
        roles[name].add(item.role_label)
    for name, labels in roles.items():
        if len(labels) > 1:
            message = f"{name} has two roles: {'、'.join(sorted(labels))}"
            yield Finding(code="check.two_roles", severity="warning", message=message, page=measure.pages[0],
                          measure_id=measure_id)  # fmt: skip


def rate_measures(extraction: Extraction, confirmed: Set[str] = frozenset()) -> Extraction:
    """Give each measure its confidence and say which ones a person should look at.

    The confidence is the probability of the row's own decision, times the trust in its least certain
    agency (0.9 if nothing links it), times the penalty of each finding on it. Below 0.85, or with a warning,
    it needs review. A measure that a person confirmed is certain; a finding that a person settled counts no more.

    Args:
        extraction: Everything found in the document.
        confirmed: Ids of measures that a person compared with the page.
    """
    by_measure: dict[str, list[Finding]] = {}
    for finding in extraction.findings:
        if finding.measure_id is not None and finding.decision_id is None:
            by_measure.setdefault(finding.measure_id, []).append(finding)
    plans = []
    for plan in extraction.plans:
        tasks = []
        for task in plan.tasks:
            prefix = extraction.task_id(plan, task)
            measures = tuple(
                _rate(m, by_measure.get(f"{prefix}/{m.seq}", []), is_confirmed=f"{prefix}/{m.seq}" in confirmed)
                for m in task.measures
            )
            tasks.append(replace(task, measures=measures))
        plans.append(replace(plan, tasks=tuple(tasks)))
    return replace(extraction, plans=tuple(plans))


def _rate(measure: Measure, findings: Sequence[Finding], *, is_confirmed: bool) -> Measure:
    confidence = measure.row_score * min((_trust(item) for item in measure.responsibilities), default=1.0)
    for finding in findings:
        if finding.code != "resolve.unresolved":
            confidence *= _PENALTIES.get(finding.severity, 1.0)
    if is_confirmed:
        confidence = 1.0
    has_warning = any(finding.severity != "info" for finding in findings)
    return replace(measure, confidence=round(confidence, 4), needs_review=has_warning or confidence < _REVIEW_BELOW)


def _trust(item: Responsibility) -> float:
    if item.match.kind == "unresolved":
        return 0.9
    return item.match.score if item.match.kind == "rule" else 1.0
