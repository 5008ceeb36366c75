"""Explain one row: from the printed cells over joins, corrections, names and deadline to how sure it is.

The explanation is facts first (what happened, with its figures), sentences second: :func:`explain_measure` gives facts,
:func:`say_fact` words them in one language, and the reading page words them in the browser from the same catalogue.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planextract.model.finding_kinds import FINDING_KINDS
from planextract.model.roles import AGENCY_ROLES
from planextract.model.source import DocumentFile, find_file
from planextract.wording.sentences import FLAGS, SENTENCES
from planextract.wording.words import (
    DEADLINE_KINDS,
    EVIDENCE,
    MATCHES,
    NAME_RULES,
    ROW_CHOICES,
    VALUES,
    Pair,
    read_doubts,
    say,
)

_Row = Mapping[str, Any]
_REASON = re.compile(r"(?P<name>[a-z_]+)(?:: (?P<detail>.*?))? \((?P<weight>[+-][\d.]+)\)", re.DOTALL)
_SHOWN_REASONS = 3
_SHOWN_CHANGES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One step of an explanation.

    Attributes:
        step: Key of :data:`planextract.wording.sentences.STEPS`.
        key: Key of :data:`planextract.wording.sentences.SENTENCES`.
        values: What the sentence takes; a pair holds its words in English and Chinese, a text is shown as it is.
    """

    step: str
    key: str
    values: tuple[str | Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRows:
    """The rows of the tables that belong to one measure."""

    measure: _Row
    labels: Mapping[str, str]
    cells: Sequence[_Row] = ()
    responsibilities: Sequence[_Row] = ()
    targets: Sequence[_Row] = ()
    repairs: Sequence[_Row] = ()
    boundaries: Sequence[_Row] = ()
    findings: Sequence[_Row] = ()
    files: Sequence[DocumentFile] = ()


def explain_measure(rows: MeasureRows) -> tuple[Fact, ...]:
    """Return the facts behind a measure, in the order in which it was made."""
    return (
        *_tell_cells(rows),
        *_tell_joins(rows),
        *_tell_changes(rows),
        *_tell_statuses(rows),
        *_tell_names(rows),
        *_tell_deadline(rows),
        *_tell_targets(rows),
        *_tell_findings(rows),
        *_tell_confidence(rows),
    )


def say_fact(fact: Fact, language: str) -> str:
    """Return a fact as a sentence.

    Args:
        fact: What happened.
        language: ``en`` or ``zh``.
    """
    values = [value if isinstance(value, str) else say(value, language) for value in fact.values]
    return say(SENTENCES[fact.key], language).format(*values)


def _tell_cells(rows: MeasureRows) -> Iterator[Fact]:
    places = Counter((cell["page"], cell["line"]) for cell in rows.cells if cell["text_raw"].strip())
    for (page, line), count in sorted(places.items(), key=lambda item: (item[0][0], item[0][1] or 0)):
        key = "cells_page" if line is None else "cells_line"
        values = (str(count), str(page), *(() if line is None else (str(line),)))
        file = find_file(rows.files, page)
        if file is not None:
            key, values = f"{key}_file", (str(count), str(page - file.first_page + 1), *values[2:], file.name)
        yield Fact(step="printed", key=key, values=values)


def _tell_joins(rows: MeasureRows) -> Iterator[Fact]:
    pages = set(rows.measure["pages"])
    own = {cell["table_no"] for cell in rows.cells}
    for boundary in rows.boundaries:
        choice = boundary["row_decision"]
        is_first = boundary["table_after"] in own and boundary["page_after"] in pages
        if choice is None or not is_first or choice not in ROW_CHOICES:
            continue
        values = (str(boundary["page_after"]), ROW_CHOICES[choice], _share(boundary["score"]))
        reasons = _read_reasons(boundary["reasons"])
        if reasons is None:
            yield Fact(step="joined", key="cut_row_bare", values=values)
        else:
            yield Fact(step="joined", key="cut_row", values=(*values, reasons))
        if boundary["overridden"]:
            yield Fact(step="joined", key="decided", values=())


def _read_reasons(reasons: Sequence[str]) -> Pair | None:
    """Return the strongest evidence for the choice in words."""
    english, chinese = [], []
    for reason in reasons:
        found = _REASON.fullmatch(reason)
        if found is None or found["weight"].startswith("-") or found["name"] not in EVIDENCE:
            continue
        detail = f" ({found['detail']})" if found["detail"] else ""
        english.append(EVIDENCE[found["name"]][0] + detail)
        chinese.append(EVIDENCE[found["name"]][1] + (f"（{found['detail']}）" if found["detail"] else ""))
        if len(english) == _SHOWN_REASONS:
            break
    return ("; ".join(english), "；".join(chinese)) if english else None


def _tell_changes(rows: MeasureRows) -> Iterator[Fact]:
    wraps = sum(repair["rule"] == "join_lines" for repair in rows.repairs)
    if wraps:
        yield Fact(step="corrected", key="lines_joined", values=(str(wraps),))
    shown = [
        r
        for r in rows.repairs
        if r["rule"] not in ("join_lines", "join_cut_row", "inherit_cell", "split_tail") and r["stage"] != "resolve"
    ]
    for repair in shown[:_SHOWN_CHANGES]:
        yield Fact(
            step="corrected",
            key="changed",
            values=(_shorten(repair["before"]), _shorten(repair["after"]), repair["rule"]),
        )


def _tell_statuses(rows: MeasureRows) -> Iterator[Fact]:
    for role in ("deadline", *(role.value for role in AGENCY_ROLES)):
        status = rows.measure[f"{role}_status"]
        if status in ("inherited", "blank", "none"):
            yield Fact(
                step="agency" if role != "deadline" else "deadline",
                key=f"status_{status}",
                values=(_label(rows, role),),
            )


def _tell_names(rows: MeasureRows) -> Iterator[Fact]:
    for role in AGENCY_ROLES:
        named = [item for item in rows.responsibilities if item["role"] == role.value]
        plain = [
            item
            for item in named
            if item["match"] in ("exact", "generated")
            or (item["match"] == "alias" and item["agency_raw"] == item["agency"])
        ]
        label = _label(rows, role.value)
        if plain:
            yield Fact(step="agency", key="names_known", values=(label, str(len(plain))))
        for item in named:
            if item.get("by_note"):
                yield Fact(step="agency", key="by_note", values=(item["agency_label"],))
            if item.get("lead_by_note"):
                yield Fact(step="agency", key="lead_by_note", values=(item["agency_label"],))
            if item not in plain:
                yield _tell_name(item, label)


def _tell_name(item: _Row, label: str | Pair) -> Fact:
    printed = item["agency_raw"]
    if item["agency"] is not None:
        rule, words = item["match_rule"], MATCHES[item["match"]]
        if rule in NAME_RULES:
            detail = item["match_reason"].removeprefix(f"{rule}: ")
            words = (f"{NAME_RULES[rule][0]} ({detail})", f"{NAME_RULES[rule][1]}（{detail}）")
        return Fact(step="agency", key="name_linked", values=(label, printed, item["agency"], words))
    near = item["runner_up"]
    if near:
        return Fact(step="agency", key="name_open_near", values=(label, printed, MATCHES["unresolved"], near))
    return Fact(step="agency", key="name_open", values=(label, printed, MATCHES["unresolved"]))


def _tell_deadline(rows: MeasureRows) -> Iterator[Fact]:
    measure = rows.measure
    raw, start, end = measure["deadline_raw"], measure["deadline_start"], measure["deadline_end"]
    if not raw:
        return
    words = DEADLINE_KINDS[measure["deadline_kind"]]
    shown = " ".join(raw.split())
    if start and end and start != end:
        yield Fact(step="deadline", key="deadline_window", values=(shown, words, str(start), str(end)))
    elif end:
        yield Fact(step="deadline", key="deadline_day", values=(shown, words, str(end)))
    else:
        yield Fact(step="deadline", key="deadline_open", values=(shown, words))
    for flag in measure["deadline_flags"]:
        if flag in FLAGS:
            yield Fact(step="deadline", key="deadline_doubt", values=(FLAGS[flag],))


_COMPARATORS: Mapping[str, Pair] = {
    ">=": ("≥", "≥"),
    "<=": ("≤", "≤"),
    ">": (">", ">"),
    "<": ("<", "<"),
    "=": ("=", "="),
    "~": ("≈", "≈"),
    "increase": ("up by", "提高"),
    "decrease": ("down by", "降低"),
}


def _tell_targets(rows: MeasureRows) -> Iterator[Fact]:
    for target in rows.targets:
        if target["role"] != "target":
            continue
        value = f"{target['value']:.12g}"
        if target["value_high"] is not None:
            value += f"–{target['value_high']:.12g}"
        yield Fact(
            step="target",
            key="target",
            values=(
                target["text"],
                target["indicator"],
                _COMPARATORS[target["comparator"]],
                f"{value} {target['unit']}".strip(),
            ),
        )


def _tell_findings(rows: MeasureRows) -> Iterator[Fact]:
    for finding in rows.findings:
        kind = FINDING_KINDS.get(finding["code"])  # a result of another version may hold a code of its own
        words = finding["message"] if kind is None else (finding["message"], kind.chinese)
        yield Fact(step="finding", key="finding", values=(words,))


def _tell_confidence(rows: MeasureRows) -> Iterator[Fact]:
    key = "sure_review" if rows.measure["needs_review"] else "sure"
    yield Fact(step="confidence", key=key, values=(_share(rows.measure["confidence"]),))
    for told in read_doubts(rows.measure["doubts"]):
        yield Fact(step="confidence", key="doubt", values=(told.name, told.why))


def _label(rows: MeasureRows, role: str) -> str | Pair:
    """Return the column's label as printed, else what plans usually print."""
    return rows.labels.get(role) or VALUES.get(role, (role, role))


def _share(value: float) -> str:
    shown = f"{value * 100:.1f}"
    return f"{'>99.9' if value < 1 and shown == '100.0' else shown} %"


def _shorten(text: str, length: int = 40) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length] + "…"
