"""What each stage leaves behind, one file a case (``stages.txt``): where a case breaks, the file says in which room.

``expected.yaml`` is written by hand and says what a case must give; ``stages.txt`` is drawn, and looked at, whenever it changes::

    python -m tests.golden.test_stages CASE …       draws the files of some cases anew; of all where none is named

It holds, room by room, what is not its default: what label and stitch put aside, the scores and reasons at page breaks (stitch),
repairs (correct, stitch, compose), deadlines, quantities and the notice's fields (interpret), each name with its match (resolve),
findings and signs of damage (check), or why the document is refused. Confidences are left out: they are fitted anew from time to time.

The documents in ``lab/`` are made by the lab, damaged or in forms of many kinds: ``python -m tests.golden.test_stages --make``
writes them; their truth is measured elsewhere (tests/lab), here only stages are compared.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

import planextract
from planextract.check.confidence import survey
from planextract.dictionaries import load_dictionaries
from planextract.errors import PlanExtractError
from planextract.model.agency import AgencyMatch
from planextract.model.plan import Extraction, Measure

LAB = Path(__file__).parent / "lab"
CASES = sorted(path.parent for folder in (LAB.parent, LAB) for path in folder.glob("*/input.*"))
_LEFT_OUT = frozenset(
    {
        "confidence",
        "value_confidences",
        "doubts",
        "needs_review",
        "cell_id",
        "cell_ids",
        "measures",
        "role_label",
        "table_before",
        "table_after",
    }
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_stages(case: Path) -> None:
    wanted = (case / "stages.txt").read_text("utf-8").splitlines()
    found = list(draw_case(case))
    diff = "\n".join(difflib.unified_diff(wanted, found, "expected", "found", lineterm="", n=1))
    assert not diff, diff


def draw_case(case: Path) -> Iterator[str]:
    try:
        extraction = planextract.extract_file(next(case.glob("input.*")))
    except PlanExtractError as error:
        yield f"refused {error.code} {_show(str(error))}"
    else:
        yield from draw_stages(extraction)


def draw_stages(extraction: Extraction) -> Iterator[str]:
    for discard in extraction.discards:
        yield _line("put aside", discard)
    for boundary in extraction.boundaries:
        yield _line("break", boundary)
    for repair in extraction.repairs:
        yield _line("repair", repair)
    yield _line("notice", extraction.notice)
    for plan in extraction.plans:
        yield f"plan {plan.plan_no} pages {plan.first_page}-{plan.last_page} " + " ".join(
            f"{column.role.value}={column.label}" for column in plan.columns
        )
        for task in plan.tasks:
            yield _line("task", task)
            for measure in task.measures:
                yield from _draw_measure(measure)
    for finding in sorted(extraction.findings, key=lambda f: (f.page or 0, f.code, f.message)):
        yield _line("finding", finding)
    for place, _, signs in survey(extraction, load_dictionaries().words):
        shown = [
            f"{name}.{sign}={value:.2g}" for name, found in signs.items() for sign, value in found.items() if value
        ]
        yield f"signs {place.measure_id.partition('/')[2]} " + " ".join(shown)


def _draw_measure(measure: Measure) -> Iterator[str]:
    yield f"  measure {measure.seq} row {measure.row_score:.2f} {_show(measure.text)[:24]}"
    yield "    " + _line("deadline", measure.deadline)
    for name in ("responsibilities", "targets", "mentions", "text_deadlines", "milestones", "leaders", "others"):
        for record in getattr(measure, name):
            yield "    " + _line(name, record)


def _line(name: str, record: Any) -> str:
    return f"{name} {_draw(record)}".rstrip()


def _draw(record: Any) -> str:
    if isinstance(record, AgencyMatch):
        body = record.entry.name if record.entry is not None else "-"
        if record.kind == "exact" and not record.runner_up:
            return f"= {body}"
        found = [record.kind, body, record.rule or "", f"{record.score:.2f}", record.reason]
        found += [f"before {record.runner_up} {record.runner_up_score or 0:.2f}"] if record.runner_up else []
        return " ".join(part for part in found if part)
    parts = []
    for field in fields(record):
        value = getattr(record, field.name)
        default = () if field.default is MISSING else field.default
        is_said = (field.name == "cell_role" and value == record.role) or value is False
        if field.name not in _LEFT_OUT and value not in (default, None, "") and not is_said:
            parts.append(f"{field.name}={_show(value)}")
    return " ".join(parts)


def _show(value: Any) -> str:
    if is_dataclass(value):
        return f"[{_draw(value)}]"
    if isinstance(value, tuple):
        return "|".join(map(_show, value))
    if isinstance(value, float):
        return f"{value:.4g}"
    return str(value).replace("\n", "⏎")


_PLACES = (
    ("district", "北京市西城区", 2022),
    ("county", "四川省达州市大竹县", 2016),
    ("county-city", "江苏省苏州市昆山市", 2023),
    ("city", "安徽省亳州市", 2018),
    ("province", "浙江省", 2020),
)
_BODIES = (
    "发改委、财政局、教育局、卫健委", "市财政局、区财政局、县财政局", "省发展改革委、省生态环境厅", "各镇（街道）", "各区县人民政府",
    "生态环境局（牵头）、公安局", "市场监管局、市监局、工商局", "开发区管委会、高新区管委会", "交警支队、消防大队", "国家税务总局、人民银行",
    "县委组织部、县委宣传部", "区委网信办、区融媒体中心", "住建局、住房和城乡建设局、城管执法局", "文广旅局、文旅局、体育局",
    "人社局、人力资源和社会保障局、医保局", "自然资源和规划局、国土局、林业局", "农业农村局、水利局、气象局", "各有关部门、各成员单位",
    "供电公司、自来水公司、移动公司", "团委、妇联、残联、总工会", "生态环境等部门按职责分工负责", "区生态环竟局、区财攻局、区教委会",
    "区科学技术和信息 化局", "街道办事处、社区居委会", "审计局、统计局、司法局、信访局", "机关事务局、档案局、地方志办", "某某集团有限公司",
    "区住房城乡建设委、西城公安分局、市规划自然资源委西城分局", "展览路街道、什刹海街道办事处、德胜街道", "县政府办公室、市政府办、府办",
)  # fmt: skip


def _list_wordings(place: str, year: int) -> str:
    """Return a plan whose rows hold wordings of deadlines, quantities and bodies: those of tests/benchmark/phrases, and ``_BODIES``."""
    phrases = LAB.parents[1] / "benchmark" / "phrases"
    deadlines = yaml.safe_load((phrases / "deadlines.yaml").read_text("utf-8"))["tune"]
    quantities = yaml.safe_load((phrases / "targets.yaml").read_text("utf-8"))["tune"]
    rows = ["序号\t重点任务\t工作措施\t完成时限\t牵头单位\t责任单位"]
    for number, (_, deadline, *_rest) in enumerate(deadlines, 1):
        text = quantities[number * 7 % len(quantities)][1]
        bodies = _BODIES[number % len(_BODIES)], _BODIES[(number * 11 + 3) % len(_BODIES)]
        rows.append("\t".join((str(number), f"任务{number}", text, deadline, *bodies)))
    return f"{place}{year}年重点工作任务分解表\n\n" + "\n".join(rows) + "\n"


def make_inputs() -> None:
    """Write the documents of ``lab/``: damaged tables, tables of every form of text, prose, documents without a plan."""
    from tests.lab.damage import damage_lines, damage_text
    from tests.lab.no_plans import make_no_plan
    from tests.lab.plain_forms import FORMS, draw_form_options, draw_noise, write_form
    from tests.lab.plans import make_plan
    from tests.lab.prose import make_prose
    from tests.lab.texts import draw_text_options, write_text

    texts = {}
    for seed in range(1, 9):
        text = write_text(make_plan(seed, draw_text_options(seed)))
        texts[f"damaged-{seed}"] = damage_text(text, seed) if seed % 4 else damage_lines(text, seed)
        texts[f"prose-{seed}"] = make_prose(seed).text
        texts[f"no-plan-{seed}"] = make_no_plan(seed)[1]
    for form in FORMS:
        for seed in (1, 2):
            texts[f"{form}-{seed}"] = write_form(make_plan(seed, draw_form_options(seed, form)), form, draw_noise(seed))
    texts |= {f"wordings-{place}": _list_wordings(*place_and_year) for place, *place_and_year in _PLACES}
    for name, text in texts.items():
        (LAB / name).mkdir(parents=True, exist_ok=True)
        (LAB / name / "input.txt").write_text(text, "utf-8")


def main(names: list[str]) -> None:
    if names == ["--make"]:
        make_inputs()
        return
    for case in CASES:
        if not names or case.name in names:
            (case / "stages.txt").write_text("\n".join(draw_case(case)) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
