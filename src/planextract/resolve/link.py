"""Fill the responsibilities and mentions of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planextract.model.plan import AgencyCell, Measure, Mention, Plan, Responsibility
from planextract.model.record import Finding, Repair
from planextract.model.vocabulary import NameMatcher
from planextract.text.agency_list import split_agency_cell


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPlan:
    """A plan with its agencies, the repairs (wraps joined, names corrected) and findings."""

    plan: Plan
    repairs: tuple[Repair, ...]
    findings: tuple[Finding, ...]


def link_plan(plan: Plan, plan_id: str, names: NameMatcher) -> LinkedPlan:
    """Resolve every agency of a plan: in its responsibility cells and inside its measures' texts."""
    repairs: list[Repair] = []
    findings: list[Finding] = []
    tasks = []
    for task in plan.tasks:
        measures = []
        for measure in task.measures:
            measure_id = f"{plan_id}/{task.key}/{measure.seq}"
            found = tuple(_link_cells(measure, measure_id, names, repairs, findings))
            measures.append(replace(measure, responsibilities=found, mentions=tuple(_find_mentions(measure, names))))
        tasks.append(replace(task, measures=tuple(measures)))
    return LinkedPlan(plan=replace(plan, tasks=tuple(tasks)), repairs=tuple(repairs), findings=tuple(findings))


def _link_cells(
    measure: Measure, measure_id: str, names: NameMatcher, repairs: list[Repair], findings: list[Finding]
) -> Iterator[Responsibility]:
    for cell in measure.agency_cells:
        for seq, name in enumerate(split_agency_cell(cell.text, names), start=1):
            match = names.match(name.raw_text)
            is_inherited = cell.status == "inherited"
            cell_id = cell.cell_ids[0] if cell.cell_ids else None
            if name.line_count > 1 and not is_inherited:
                before = _printed_lines(cell, name.raw_text)
                repairs.append(
                    Repair(
                        stage="resolve",
                        rule="join_wrapped_name",
                        before=before,
                        after=name.raw_text,
                        cell_id=cell_id,
                        measure_id=measure_id,
                    )
                )
            if match.kind == "rule" and match.entry is not None and not is_inherited:
                repairs.append(
                    Repair(
                        stage="resolve",
                        rule=match.reason,
                        before=name.raw_text,
                        after=match.entry.name,
                        confidence=match.score,
                        cell_id=cell_id,
                        measure_id=measure_id,
                    )
                )
            if match.kind == "unresolved" and not is_inherited:
                hint = f"; nearest: {match.runner_up} ({match.runner_up_score:.2f})" if match.runner_up else ""
                findings.append(
                    Finding(
                        code="resolve.unresolved",
                        severity="warning",
                        message=f"'{name.raw_text}' is not in the dictionary: {match.reason}{hint}",
                        page=measure.pages[0],
                        cell_id=cell_id,
                        measure_id=measure_id,
                    )
                )
            yield Responsibility(
                role=cell.role, role_label=cell.label, seq=seq, raw_text=name.raw_text, match=match,
                is_inherited=is_inherited,
            )  # fmt: skip


def _printed_lines(cell: AgencyCell, joined: str) -> str:
    """Return the name as its lines were printed, " / " between them."""
    flat, lines = cell.text.replace("\n", ""), cell.text.split("\n")
    start = flat.find(joined)
    out, position = [], 0
    for line in lines:
        low, high = max(start, position), min(start + len(joined), position + len(line))
        if low < high:
            out.append(line[low - position : high - position])
        position += len(line)
    return " / ".join(out)


def _find_mentions(measure: Measure, names: NameMatcher) -> Iterator[Mention]:
    for start, end in names.find_names(measure.text):
        raw_text = measure.text[start:end]
        yield Mention(span_start=start, span_end=end, raw_text=raw_text, match=names.match(raw_text))
