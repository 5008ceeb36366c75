"""Build small results that read like plans."""

from __future__ import annotations

from datetime import date

from planextract.model.result import ResultAgency, ResultDocument, ResultMeasure, ResultPlan, ResultTarget, ResultTask
from planextract.model.table import Boundary


def make_measure(
    text: str, *, agencies: str = "", deadline: str = "年底前", end: date | None = date(2021, 12, 31), **fields
):
    """A measure; agencies as ``区教委/responsible 区财政局/support``, an id of its own for each name."""
    made = [make_agency(*item.split("/")) for item in agencies.split()]
    values = {
        "measure_id": "",
        "seq": 1,
        "text": text,
        "deadline_raw": deadline,
        "deadline_end": end,
        "deadline_kind": "by" if end else "ongoing",
        "statuses": {"responsible": "listed"},
        "pages": (1,),
        "agencies": tuple(made),
    }
    return ResultMeasure(**{**values, **fields})


def make_agency(name: str, role: str = "responsible", agency_id: str | None = None) -> ResultAgency:
    resolved = None if name.startswith("?") else name
    return ResultAgency(
        role=role,
        role_label="",
        seq=1,
        raw_text=name.lstrip("?"),
        name=resolved,
        agency_id=(agency_id or name) if resolved else None,
        match="exact" if resolved else "unresolved",
    )


def make_document(*tasks: tuple[str, list[ResultMeasure]], doc_id: str = "a" * 16, year: int = 2021, **fields):
    """A document with one plan; each task is (name, measures), numbered from 1."""
    made = []
    for number, (name, measures) in enumerate(tasks, start=1):
        task_id = f"{doc_id}/1/{number}"
        placed = tuple(
            ResultMeasure(**{**{f: getattr(m, f) for f in m.__slots__}, "measure_id": f"{task_id}/{seq}", "seq": seq})
            for seq, m in enumerate(measures, start=1)
        )
        made.append(ResultTask(task_id=task_id, task_no=number, name=name, first_page=1, last_page=1, measures=placed))
    plan = ResultPlan(
        plan_id=f"{doc_id}/1", plan_no=1, attachment_no=1, title=f"某区{year}年行动计划", tasks=tuple(made)
    )
    return ResultDocument(
        doc_id=doc_id, source_path="plan.txt", title=f"某区{year}年行动计划", plan_year=year, plans=(plan,), **fields
    )


def make_target(value: float, indicator: str = "覆盖率", unit: str = "%", comparator: str = ">=") -> ResultTarget:
    return ResultTarget(
        text=f"{value:g}{unit}",
        comparator=comparator,
        value=value,
        value_high=None,
        unit=unit,
        indicator=indicator,
        role="target",
    )


def make_boundary(before: int, decision: str = "joined", row: str | None = "cut_row") -> Boundary:
    return Boundary(
        page_before=before,
        page_after=before + 1,
        decision=decision,
        row_decision=row,
        score=0.9,
        reasons=(),
        runner_up=None,
    )
