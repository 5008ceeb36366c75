"""What the reading page shows of an output, as one small JSON tree.

Texts that stand in many rows (bodies, labels, the words of explanations) are pooled and named by their number; the
page's script puts them back. Nothing is computed in the browser that the tables do not say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from planextract.model.result import ResultCell
from planextract.model.roles import AGENCY_ROLES
from planextract.model.source import BBox
from planextract.report.view.explain import Fact, MeasureRows, explain_measure
from planextract.wording.sentences import SENTENCES, STEPS
from planextract.write.read_back import make_files

_Row = Mapping[str, Any]
_Rows = Mapping[str, Sequence[_Row]]
_STEPS, _KEYS = tuple(STEPS), tuple(SENTENCES)
_ROLES = tuple(role.value for role in AGENCY_ROLES)


@dataclass(slots=True)
class Pool:
    """Values by number, each once."""

    values: list[object] = field(default_factory=list)
    _known: dict[object, int] = field(default_factory=dict)

    def put(self, value: str | tuple[str, str]) -> int:
        """Return the number of a value."""
        number = self._known.get(value)
        if number is None:
            number = self._known[value] = len(self.values)
            self.values.append(list(value) if isinstance(value, tuple) else value)
        return number


def group_document(rows: _Rows) -> dict[str, MeasureRows]:
    """Return the rows of each measure of a document by its id, in printed order."""
    grouped = {name: _group(rows[name], "measure_id") for name in ("responsibilities", "targets", "findings", "cells")}
    labels = {
        plan["plan_id"]: {column["role"]: column["label"] for column in plan.get("columns") or ()}
        for plan in rows["plans"]
    }
    by_cell = _group(rows["repairs"], "cell_id")
    by_measure = _group(rows["repairs"], "measure_id")
    cells = {cell["cell_id"]: cell for cell in rows["cells"]}
    made, files = {}, make_files(rows["documents"][0])
    for measure in rows["measures"]:
        measure_id = measure["measure_id"]
        own = [cells[cell_id] for cell_id in measure["cell_ids"] if cell_id in cells]
        repairs = [repair for cell in own for repair in by_cell.get(cell["cell_id"], ())]
        seen = {repair["repair_id"] for repair in repairs}
        repairs += [r for r in by_measure.get(measure_id, ()) if r["repair_id"] not in seen]
        made[measure_id] = MeasureRows(
            measure=measure,
            labels=labels.get(measure["plan_id"], {}),
            cells=own,
            repairs=repairs,
            responsibilities=grouped["responsibilities"].get(measure_id, ()),
            targets=grouped["targets"].get(measure_id, ()),
            findings=grouped["findings"].get(measure_id, ()),
            boundaries=rows["boundaries"],
            files=files,
        )
    return made


def cells_of_measure(rows: MeasureRows) -> list[ResultCell]:
    """Return a measure's printed cells with their boxes, for a crop of the page."""
    return [
        ResultCell(
            cell_id=c["cell_id"],
            page=c["page"],
            table_no=c["table_no"],
            row=c["row"],
            col=c["col"],
            row_span=c["row_span"],
            col_span=c["col_span"],
            column=c["column"],
            text_raw=c["text_raw"],
            text=c["text"],
            line=c["line"],
            confidence=c["confidence"],
            measure_id=c["measure_id"],
            task_id=c["task_id"],
            bbox=None if c["x0"] is None else BBox(x0=c["x0"], top=c["top"], x1=c["x1"], bottom=c["bottom"]),
        )
        for c in rows.cells
    ]


def pack_document(rows: _Rows, grouped: Mapping[str, MeasureRows], pool: Pool) -> dict[str, object]:
    """Return one document for the page."""
    document = rows["documents"][0]
    tasks, nodes = _group(rows["tasks"], "plan_id"), _group(rows.get("milestones", ()), "measure_id")
    progress = _group(rows.get("progress", ()), "measure_id")
    measures = _group(rows["measures"], "task_id")
    return {
        "id": document["doc_id"],
        "path": document["source_path"],
        "title": document["title"],
        "issuer": document["issuer"],
        "number": document["doc_number"],
        "year": document["plan_year"],
        "issued": _text(document["issued_on"]),
        "plans": [
            {
                "no": plan["plan_no"],
                "att": plan["attachment_no"],
                "title": plan["title"],
                "cols": [[column["role"], column["label"]] for column in plan.get("columns") or ()],
                "tasks": [
                    {
                        "key": task["task_id"].rpartition("/")[2],
                        "no": task.get("task_no_printed") or task["task_no"],
                        "name": task["name"] or "",
                        "sec": _section(task),
                        "ms": [
                            _pack_measure(
                                grouped[m["measure_id"]],
                                pool,
                                nodes.get(m["measure_id"], ()),
                                progress.get(m["measure_id"], ()),
                            )
                            for m in measures.get(task["task_id"], ())
                        ],
                    }
                    for task in tasks.get(plan["plan_id"], ())
                ],
            }
            for plan in rows["plans"]
        ],
    }


def _section(task: _Row) -> str:
    path = task.get("section_path")
    if path:
        return " / ".join(path)
    return "、".join(part for part in (task["section_no"], task["section_title"]) if part)


def _pack_measure(rows: MeasureRows, pool: Pool, nodes: Sequence[_Row], progress: Sequence[_Row]) -> dict[str, object]:
    """Return a measure; keys without a value are left out."""
    measure = rows.measure
    packed: dict[str, object | None] = {
        "i": measure["seq"],
        "t": measure["text"],
        "d": measure["deadline_raw"],
        "k": measure["deadline_kind"],
        "s": _text(measure["deadline_start"]),
        "e": _text(measure["deadline_end"]),
        "st": {role: status for role in _ROLES if (status := measure[f"{role}_status"]) not in (None, "listed")},
        "r": list(_pack_bodies(rows, pool)),
        "g": [[t["span_start"], t["span_end"], t["indicator"]] for t in rows.targets if t["role"] == "target"],
        "o": [[pool.put(o["label"]), o["text"]] for o in measure["other_values"] if o["text"].strip()],
        "n": [[node["label"], node["text"]] for node in nodes],
        "w": [[p["as_of"] and _text(p["as_of"]), p["status"], p["text"]] for p in progress],
        "p": list(measure["pages"]),
        "c": round(measure["confidence"] * 1000),
        "q": int(measure["needs_review"]),
        "f": list(_pack_printed(rows, pool)),
        "x": [_pack_fact(fact, pool) for fact in explain_measure(rows)],
    }
    return {key: value for key, value in packed.items() if value not in (None, [], {}, 0)}


def _pack_bodies(rows: MeasureRows, pool: Pool) -> Iterator[list[int]]:
    """Yield role, body, is it linked, is it inherited and, where the plan prints it otherwise, the printed name."""
    for item in rows.responsibilities:
        label = item.get("agency_label") or item["agency"] or item["agency_raw"]
        packed = [_ROLES.index(item["role"]), pool.put(label), int(item["agency"] is not None), int(item["inherited"])]
        yield packed if item["agency_raw"] == label else [*packed, pool.put(item["agency_raw"])]


def _pack_printed(rows: MeasureRows, pool: Pool) -> Iterator[list[object]]:
    """Yield column, page and printed text of each cell; a text that the measure shows as it stands is left out."""
    for cell in rows.cells:
        raw = cell["text_raw"]
        if raw.strip():
            label = rows.labels.get(cell["column"]) or cell["column"]
            yield [pool.put(label), cell["page"], 0 if raw == rows.measure["text"] else raw]


def _pack_fact(fact: Fact, pool: Pool) -> list[int]:
    return [_STEPS.index(fact.step), _KEYS.index(fact.key), *(pool.put(value) for value in fact.values)]


def _group(rows: Sequence[_Row], key: str) -> dict[str, list[_Row]]:
    grouped: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        if row[key] is not None:
            grouped[row[key]].append(row)
    return dict(grouped)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
