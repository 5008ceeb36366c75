"""Documents that hold no plan: notices, statistics, lists, news, whose words and tables look like those of plans.

.venv/bin/python -m tests.lab.no_plans --seeds 0:300
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import planextract
from planextract.errors import PlanExtractError
from tests.lab.wording import Writer, load_bodies, load_words

_FORMS: dict[str, Callable[[list[str]], str]] = {
    "tab": "\t".join,
    "pipe": lambda row: " | ".join(row) + " |",
    "line": "\n".join,
    "line apart": "\n\n".join,
    "stream": lambda row: "\n".join(f"{cell} |" for cell in row),
    "blanks": "   ".join,
    "blank": " ".join,
    "html": lambda row: "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>",
}


def make_no_plan(seed: int) -> tuple[str, str]:
    """Return the kind of a document and its text."""
    rng = random.Random(f"no plan {seed}")
    writer = Writer(rng, rng.randint(2016, 2025))
    kind = sorted(_KINDS)[seed % len(_KINDS)]
    form = rng.choice(sorted(_FORMS))
    return f"{kind}, {form}", _KINDS[kind](rng, writer, form)


def _table(form: str, rows: list[list[str]]) -> str:
    text = "\n".join(_FORMS[form](row) for row in rows)
    return f"<table>{text}</table>" if form == "html" else text


def _name(rng: random.Random) -> str:
    return rng.choice(load_words()["contacts"]["names"])


def _body(rng: random.Random) -> str:
    return rng.choice(load_bodies())[0]


def _contacts(rng: random.Random, writer: Writer, form: str) -> str:
    rows = [["序号", "单位", "姓名", "职务", "联系电话"]]
    rows += [[str(i), _body(rng), _name(rng), "科长", f"6{rng.randint(1000000, 9999999)}"] for i in range(1, 9)]
    return f"关于报送联络员名单的通知\n各有关单位：\n请按要求报送，由{_body(rng)}汇总。\n{_table(form, rows)}"


def _statistics(rng: random.Random, writer: Writer, form: str) -> str:
    rows = [["指标名称", "计量单位", str(writer.year - 1), str(writer.year), "增长（%）"]]
    rows += [
        [f"{writer.task_name()}数量", "万人次", str(rng.randint(10, 999)), str(rng.randint(10, 999)), "3.5"]
        for _ in range(8)
    ]
    return f"{writer.year}年国民经济和社会发展统计公报\n{writer.sentence()}\n{_table(form, rows)}"


def _approvals(rng: random.Random, writer: Writer, form: str) -> str:
    rows = [["序号", "项目名称", "建设单位", "建设地点", "环评机构", "受理日期"]]
    rows += [
        [
            str(i),
            f"{writer.task_name()}项目",
            "某某置业有限公司",
            "西城区",
            "某某环境科技有限公司",
            f"{writer.year}-03-0{i}",
        ]
        for i in range(1, 8)
    ]
    return f"关于{writer.year}年3月拟作出审批意见的建设项目公示\n{_table(form, rows)}\n公示期5个工作日。"


def _jobs(rng: random.Random, writer: Writer, form: str) -> str:
    rows = [["序号", "招聘单位", "岗位名称", "招聘人数", "学历要求", "备注"]]
    rows += [[str(i), _body(rng), "专业技术岗", "2", "本科及以上", "五年以上工作经历"] for i in range(1, 8)]
    return f"{writer.year}年事业单位公开招聘公告\n{_table(form, rows)}"


def _inspection(rng: random.Random, writer: Writer, form: str) -> str:
    rows = [["序号", "产品名称", "生产企业", "抽查结果", "不合格项目"]]
    rows += [[str(i), "电线电缆", f"某某电缆{i}厂", "合格", "——"] for i in range(1, 9)]
    return f"关于{writer.year}年产品质量监督抽查结果的通报\n{_table(form, rows)}\n责任单位要按期整改，年底前完成。"


def _schedule(rng: random.Random, writer: Writer, form: str) -> str:
    rows = [["时间", "地点", "活动", "参加人员"]]
    rows += [[f"{hour}:00", "三楼会议室", f"听取{_body(rng)}汇报", "全体人员"] for hour in range(9, 15)]
    return f"关于召开座谈会的通知\n主办单位：{_body(rng)}\n承办单位：{_body(rng)}\n{_table(form, rows)}"


def _budget(rng: random.Random, writer: Writer, form: str) -> str:
    rows = [["科目", "预算数", "执行数", "完成率"]]
    rows += [
        [f"{name}支出", str(rng.randint(100, 9999)), str(rng.randint(100, 9999)), "98.2%"]
        for name in ("教育", "卫生", "农林", "交通", "科技")
    ]
    return f"{writer.year}年一般公共预算收支执行情况\n{_table(form, rows)}\n{writer.sentence()}"


def _fees(rng: random.Random, writer: Writer, form: str) -> str:
    rows = [["序号", "收费项目", "收费标准", "收费依据", "收费单位"]]
    rows += [[str(i), "公证服务费", f"{i}00元/件", "发改价格〔2015〕2号", _body(rng)] for i in range(1, 8)]
    return f"行政事业性收费目录清单\n{_table(form, rows)}"


def _guide(rng: random.Random, writer: Writer, form: str) -> str:
    rows = [["事项名称", "设定依据", "申请材料", "办理地点", "收费标准"]]
    rows += [
        [f"{writer.task_name()}许可", "《行政许可法》", "申请书、身份证明", "政务服务中心2楼", "不收费"]
        for _ in range(6)
    ]
    return f"政务服务事项办事指南\n{_table(form, rows)}\n咨询电话：6{rng.randint(1000000, 9999999)}"


def _notice_only(rng: random.Random, writer: Writer, form: str) -> str:
    return (
        f"关于印发《{writer.year}年重点工作任务分解表》的通知\n各有关单位：\n现将任务分解表印发给你们，请认真组织实施。\n"
        "一、压实责任。各牵头单位要加强统筹，各责任单位要主动配合，明确完成时限。\n二、强化督查。"
        f"{_body(rng)}要定期通报进展情况。\n附件：{writer.year}年重点工作任务分解表.xlsx\n{writer.year}年3月2日"
    )


def _news(rng: random.Random, writer: Writer, form: str) -> str:
    return (
        f"我区召开重点工作推进会\n本报讯（记者{_name(rng)}）昨日，区政府召开会议，{_body(rng)}、{_body(rng)}负责同志参加。\n"
        f"会议指出，{writer.sentence()}\n会议要求，各责任单位要对照序号逐项落实，牵头单位要在{rng.randint(3, 11)}月底前完成。\n"
        f"会议强调，{writer.sentence()}{writer.sentence()}"
    )


def _interpretation(rng: random.Random, writer: Writer, form: str) -> str:
    return (
        f"《{writer.year}年重点任务分工方案》政策解读\n一、起草背景\n{writer.sentence()}\n二、主要内容\n《方案》包括五个方面79项任务，"
        f"每项均列出牵头单位、配合单位及完成时限。\n（一）{writer.task_name()}。{writer.sentence()}\n（二）{writer.task_name()}。{writer.sentence()}\n"
        f"三、解读机关\n{_body(rng)}"
    )


def _empty_form(rng: random.Random, writer: Writer, form: str) -> str:
    blank = {"tab": " ", "blanks": "", "blank": "", "line": "", "line apart": ""}.get(form, " ")
    rows = [["序号", "工作任务", "牵头单位", "责任单位", "完成时限"], *[[blank] * 5 for _ in range(6)]]
    return f"附件\n{writer.year}年任务分解表（样式）\n{_table(form, rows)}\n填表说明：请逐项填写。"


def _glossary(rng: random.Random, writer: Writer, form: str) -> str:
    rows = [["序号", "栏目名称", "填写要求"]]
    rows += [
        [str(i), label, f"按照实际情况填写{label}，不得空缺"]
        for i, label in enumerate(("任务名称", "责任单位", "完成时限", "工作措施"), 1)
    ]
    return f"任务书填写说明\n{_table(form, rows)}"


def _items(rng: random.Random, writer: Writer, count: int) -> str:
    mark = rng.choice(("{}.", "{}、", "（{}）", "({})"))
    return "\n".join(mark.format(i) + writer.sentence() for i in range(1, count + 1))


def _asking(rng: random.Random, writer: Writer, form: str) -> str:
    return (
        f"关于公开征集{writer.year}年民生实事项目的公告\n为做好{writer.year}年民生实事项目，现面向社会征集。\n征集{writer.year}年民生实事项目\n"
        f"{_items(rng, writer, rng.randint(3, 9))}\n联系人：{_name(rng)}\n{writer.year}年1月2日"
    )


def _numbered_notice(rng: random.Random, writer: Writer, form: str) -> str:
    title = rng.choice(
        ("关于做好安全生产工作的通知", "关于召开会议的通知", f"关于{writer.year}年放假安排的通知", "考试须知")
    )
    close = rng.choice(("", f"附件：{writer.year}年重点任务\n", f"{writer.year}年重点任务\n"))
    return (
        f"{title}\n各有关单位：\n{_items(rng, writer, rng.randint(3, 12))}\n{close}{_body(rng)}\n{writer.year}年5月6日"
    )


def _report(rng: random.Random, writer: Writer, form: str) -> str:
    return (
        f"{writer.year}年工作总结\n一、主要工作\n{_items(rng, writer, rng.randint(3, 8))}\n二、存在问题\n{writer.sentence()}\n"
        f"三、下一步打算\n{writer.sentence()}"
    )


def _voting(rng: random.Random, writer: Writer, form: str) -> str:
    return (
        f"{writer.year}年民生实事候选项目投票\n请您从下列{writer.year}年民生实事中选出十件。\n{_items(rng, writer, 15)}\n"
        f"投票时间：{writer.year}年1月2日至6日"
    )


_KINDS = {
    "asking": _asking,
    "numbered notice": _numbered_notice,
    "report": _report,
    "voting": _voting,
    "contacts": _contacts,
    "statistics": _statistics,
    "approvals": _approvals,
    "jobs": _jobs,
    "inspection": _inspection,
    "schedule": _schedule,
    "budget": _budget,
    "fees": _fees,
    "guide": _guide,
    "notice only": _notice_only,
    "news": _news,
    "interpretation": _interpretation,
    "empty form": _empty_form,
    "glossary": _glossary,
}


def find_false_plan(seed: int) -> str:
    """Return what was read as a plan in the document of a seed, "" if it was refused."""
    kind, text = make_no_plan(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("plan.html" if kind.endswith("html") else "plan.txt")
        path.write_text(f"<html><body>{text}</body></html>" if kind.endswith("html") else text, encoding="utf-8")
        try:
            extraction = planextract.extract_file(path)
        except PlanExtractError:
            return ""
    measures = [m.text for plan in extraction.plans for task in plan.tasks for m in task.measures]
    return f"seed {seed} ({kind}): {len(measures)} measures, {measures[:2]}" if measures else ""


def main() -> None:
    """Say how many documents without a plan were refused."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", default="0:280")
    first, _, last = parser.parse_args().seeds.partition(":")
    wrong = [found for seed in range(int(first), int(last)) if (found := find_false_plan(seed))]
    print(f"{int(last) - int(first) - len(wrong)} of {int(last) - int(first)} refused")
    print("\n".join(wrong[:40]))


if __name__ == "__main__":
    main()
