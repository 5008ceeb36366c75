"""Progress reports on plans, with exact truth: made of a plan's own measures, in the forms that bodies publish.

``python -m tests.lab.progress OUTPUT`` makes a report a form and seed for the plan of an output and scores the links.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass, field
from pathlib import Path

from planextract.read import read_document
from planextract.settings import ReadSettings
from planextract.track.command import TrackedReport, _make_index, track_source
from planextract.track.matching import Wanted
from planextract.track.words import judge_state, load_words
from planextract.write.read_back import iterate_results
from tests.formats.makers import make_docx, make_html
from tests.formats.notice import Cell, Content, Table
from tests.formats.workbooks import make_csv, make_workbook

FORMS = ("docx", "xlsx", "html", "csv", "prose", "lines")
_TOLD = {
    "done": ("已完成全部工作。", "已完成，通过验收。", "完成目标任务。"),
    "behind": ("进度滞后，正抓紧补齐。", "尚未完成。", "未达到目标。"),
    "ahead": ("超额完成全年任务。", "提前完成。"),
    "on_schedule": ("正在推进，达到序时进度。", "有序推进。"),
    "not_due": ("未启动。", "尚未启动，正做前期准备。"),
}
_FOREIGN = (
    "完成本单位年度党建重点工作部署并开展集中学习研讨",
    "组织干部职工开展消防安全应急演练和技能竞赛",
    "做好机关后勤保障和办公用品集中采购管理",
)


@dataclass(slots=True)
class MadeReport:
    """A report: its bytes and name, the state by the measure's id, how many items it has, and its totals."""

    data: bytes
    name: str
    states: dict[str, str] = field(default_factory=dict)
    items: int = 0
    totals: dict[str, int] = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)


def make_report(wanted: list[Wanted], form: str, seed: int) -> MadeReport:
    """Make a report on most of a plan's measures, with some items that no plan has."""
    dice = random.Random(f"report {form} {seed}")
    states: dict[str, str] = {}
    rows: list[tuple[str, str, str, str]] = []
    for entry in wanted:
        if dice.random() < 0.15:
            continue
        state = dice.choice([*_TOLD, "done", "done", "on_schedule"])
        text = _reword(entry.measure.text, dice, exact=form == "lines")
        rows.append((entry.measure.measure_id, text, dice.choice(_TOLD[state]), state))
        states[entry.measure.measure_id] = state
    for text in _FOREIGN:
        state = dice.choice(list(_TOLD))
        rows.insert(dice.randrange(len(rows) + 1), ("", text, dice.choice(_TOLD[state]), state))
    counts = {name: sum(row[3] == name for row in rows) for name in _TOLD}
    totals = {
        "all": len(rows),
        "done": counts["done"] + counts["ahead"],
        "behind": counts["behind"],
        "not_due": counts["not_due"],
    }
    title = f"2021年重点工作{dice.choice(('1—6月', '前三季度', '全年'))}完成情况"
    summary = f"年度任务共{totals['all']}项，其中已完成{totals['done']}项，滞后{totals['behind']}项，未启动{totals['not_due']}项。"
    content = Content(blocks=[title, summary, *_lay_out(rows, form)])
    return MadeReport(
        data=_write(content, form),
        name=f"r.{'txt' if form in ('prose', 'lines') else form}",
        states=states,
        items=len(rows),
        totals=totals,
        numbers={n: row[0] for n, row in enumerate(rows, start=1)},
    )


def _reword(text: str, dice: random.Random, *, exact: bool) -> str:
    plain = text.replace("\n", "")
    action = dice.random()
    if exact or action < 0.5:
        return plain
    if action < 0.75:  # a word here and there
        for _ in range(max(1, len(plain) // 25)):
            place = dice.randrange(len(plain))
            plain = plain[:place] + plain[place + 1 :] if dice.random() < 0.5 else plain[:place] + "等" + plain[place:]
        return plain
    keep = max(len(plain) * 4 // 5, min(len(plain), 12))
    return plain[:keep]


def _lay_out(rows, form: str):
    if form == "prose":
        return [f"{n}. {text}完成情况：{told}" for n, (_, text, told, _) in enumerate(rows, start=1)]
    if form == "lines":
        return [line for n, (_, text, told, _) in enumerate(rows, start=1) for line in (str(n), text, told)]
    header = tuple(Cell(lines=(label,)) for label in ("序号", "工作任务", "进展情况"))
    body = [
        tuple(Cell(lines=(value,)) for value in (str(n), text, told))
        for n, (_, text, told, _) in enumerate(rows, start=1)
    ]
    return [Table(rows=(header, *body))]


def _write(content: Content, form: str) -> bytes:
    if form == "docx":
        return make_docx(content)
    if form == "xlsx":
        return make_workbook(content)
    if form == "html":
        return make_html(content).encode()
    if form == "csv":
        return make_csv(content)
    return "\n".join(str(block) for block in content.blocks).encode()


@dataclass(slots=True)
class LinkScore:
    """Counts of links: right, wrong, missed; wrong states; totals that were not reproduced."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    wrong_states: int = 0
    totals_missed: int = 0

    def add(self, other: LinkScore) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def track(wanted: list[Wanted], data: bytes, name: str) -> TrackedReport:
    """Link a report's bytes to measures."""
    words = load_words()
    indexes = {entry.document.doc_id: _make_index(entry.document) for entry in wanted}
    return track_source(read_document(data, name, ReadSettings()), wanted, indexes, words)


def score(wanted: list[Wanted], made: MadeReport) -> LinkScore:
    """Track a made report and compare."""
    tracked, words = track(wanted, made.data, made.name), load_words()
    result = LinkScore()
    found = {wanted[link.measure].measure.measure_id: item for link, item in tracked.links}
    for key, item in found.items():
        if made.numbers.get(item.number) == key:
            result.right += 1
            result.wrong_states += judge_state(item.status or item.progress, words) != made.states[key]
        else:
            result.wrong += 1
    result.missed = len(set(made.states) - set(found))
    held = {total.state: total for total in tracked.totals}
    result.totals_missed = sum(
        not (state in held and held[state].printed == held[state].counted == number)
        for state, number in made.totals.items()
    )
    return result


def load_wanted(output: Path) -> list[Wanted]:
    return [Wanted(document=d, task=t, measure=m) for d in iterate_results(output) for _, t, m in d.iterate_measures()]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.lab.progress", description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    wanted = load_wanted(options.output)
    for form in FORMS:
        total = LinkScore()
        for seed in range(options.seeds):
            total.add(score(wanted, make_report(wanted, form, seed)))
        precision, recall = (
            total.right / max(1, total.right + total.wrong),
            total.right / max(1, total.right + total.missed),
        )
        print(
            f"{form}: P {precision:.4f} R {recall:.4f} ({total.right} right, {total.wrong} wrong, {total.missed} missed), "
            f"{total.wrong_states} wrong states, {total.totals_missed} totals missed"
        )


if __name__ == "__main__":
    main()
