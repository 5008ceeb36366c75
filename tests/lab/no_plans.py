"""Documents that hold no plan though they name bodies, duties and dates: notices, news, rules, guides, reports.

text = make_no_plan(7)
"""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.lab.prose import _load, chinese

_WORDS = _load("words.yaml")
_OWN = _load("prose.yaml")
_COMPANIES = ("临江建工集团有限公司", "华宇工程咨询有限公司", "宏远物业管理有限公司", "恒信招标代理有限公司")
_PEOPLE = ("张三", "李四", "王小明", "陈静", "赵伟")


class _Writer:
    def __init__(self, seed: int) -> None:
        self.rng = random.Random(f"no-plan-{seed}")

    def clause(self) -> str:
        values = {key: self.rng.choice(_WORDS[f"{key}s"]) for key in ("place", "thing", "unit")}
        text = self.rng.choice(_WORDS["clauses"]).replace("⟦", "").replace("⟧", "")
        number = self.rng.randint(2, 300)
        return text.format(
            **values,
            n=number,
            d=f"{number / 7:.1f}",
            p=self.rng.randint(10, 99),
            y=2023,
            m=self.rng.randint(2, 11),
            body=self.body(),
        )

    def sentences(self, most: int = 3) -> str:
        count = self.rng.randint(1, most)
        return "".join("，".join(self.clause() for _ in range(self.rng.randint(1, 3))) + "。" for _ in range(count))

    def body(self) -> str:
        return self.rng.choice(["市", "区", "县"]) + self.rng.choice(_OWN["cores"])

    def bodies(self, most: int = 4) -> str:
        return "、".join(self.body() for _ in range(self.rng.randint(2, most)))

    def thing(self) -> str:
        return self.rng.choice(_WORDS["things"])

    def phone(self) -> str:
        return f"0571-8{self.rng.randint(1000000, 9999999)}"


def _notice(w: _Writer) -> list[str]:
    return [
        f"关于做好{w.thing()}工作的通知", "各区县人民政府，市直有关部门：", w.sentences(),
        f"一、提高思想认识。{w.sentences()}", f"二、明确责任分工。{w.body()}要牵头抓总，{w.bodies()}要密切配合，{w.sentences()}",
        f"三、强化督促检查。{w.sentences()}请各单位于2023年6月30日前将落实情况（含责任单位、完成时限）报{w.body()}。",
        f"联系人：{w.rng.choice(_PEOPLE)}，联系电话：{w.phone()}", w.body(), "2023年3月21日", "（此件公开发布）",
    ]  # fmt: skip


def _event(w: _Writer) -> list[str]:
    return [
        f"关于举办第{chinese(w.rng.randint(2, 15))}届{w.thing()}技能竞赛的通知", "各有关单位：", w.sentences(), "一、组织机构",
        f"主办单位：{w.body()}", f"承办单位：{w.body()}、{w.rng.choice(_COMPANIES)}", f"协办单位：{w.bodies()}", "二、活动时间",
        "时间：2023年9月12日至14日", f"三、活动地点\n{w.rng.choice(_WORDS['places'])}", f"四、参赛要求\n1.{w.sentences()}\n2.{w.sentences()}",
        f"五、联系方式\n联系人：{w.rng.choice(_PEOPLE)}　电话：{w.phone()}",
    ]  # fmt: skip


def _events(w: _Writer) -> list[str]:
    lines = [f"2023年{w.rng.choice(_WORDS['places'])}文化活动预告"]
    for number in range(1, w.rng.randint(4, 8)):
        lines += [f"{number}.{w.thing()}主题展", f"时间：{number + 2}月{number + 9}日", f"地点：{w.rng.choice(_WORDS['places'])}", f"主办单位：{w.body()}",
                  f"承办单位：{w.rng.choice(_COMPANIES)}"]  # fmt: skip
    return lines


def _news(w: _Writer) -> list[str]:
    return [
        f"我市{w.thing()}建设取得新进展", "发布时间：2023-05-16 来源：临江日报 记者：陈静", f"本报讯（记者 陈静 通讯员 {w.body()}）{w.sentences()}",
        f"据{w.body()}负责人介绍，该项工作由{w.body()}牵头，{w.bodies()}配合，{w.sentences()}", w.sentences(4),
        f"“下一步，我们将会同{w.body()}持续推进。”该负责人表示。", f"（{w.body()}供稿）", "责任编辑：李四",
    ]  # fmt: skip


def _questions(w: _Writer) -> list[str]:
    lines = [f"《临江市{w.thing()}实施方案》政策解读", "发布日期：2023-04-02 点击量：10"]
    for number, head in enumerate(("起草背景", "主要内容", "创新举措", "保障措施"), 1):
        lines += [
            f"{chinese(number)}、{head}",
            f"{w.sentences()}《方案》明确了牵头单位、责任单位和完成时限。{w.sentences()}",
        ]
    return [*lines, f"解读单位：{w.body()}", f"解读人：{w.rng.choice(_PEOPLE)}　咨询电话：{w.phone()}"]


def _statistics(w: _Writer) -> list[str]:
    lines = ["临江市2022年国民经济和社会发展统计公报", "临江市统计局 国家统计局临江调查队", "2023年3月21日"]
    for number, head in enumerate(("综合", "农业", "工业和建筑业", "固定资产投资", "对外经济"), 1):
        lines += [
            f"{chinese(number)}、{head}",
            f"全年{w.thing()}达到{w.rng.randint(100, 9000)}万元（按现价计算），比上年增长{w.rng.uniform(1, 9):.1f}%。{w.sentences()}",
        ]
    return [*lines, "注：本公报数据为初步统计数。", f"资料来源：{w.bodies()}。"]


def _guide(w: _Writer) -> list[str]:
    lines = [f"{w.thing()}办事指南"]
    for number in range(1, w.rng.randint(2, 5)):
        lines += [f"{chinese(number)}、{w.thing()}备案", f"办理依据：《临江市{w.thing()}管理规定》", f"受理部门：{w.body()}", "办理时限：20个工作日", "收费标准：不收费",
                  f"咨询电话：{w.phone()}", f"监督电话：{w.phone()}"]  # fmt: skip
    return lines


def _bid(w: _Writer) -> list[str]:
    return [
        f"{w.thing()}建设项目招标公告", f"一、项目概况\n{w.sentences()}", f"建设单位：{w.body()}", f"代理机构：{w.rng.choice(_COMPANIES)}", "二、投标人资格要求",
        f"1.{w.sentences()}\n2.{w.sentences()}", "三、时间安排\n投标截止时间：2023年6月30日9时30分", f"监督部门：{w.body()}", f"联系人：{w.rng.choice(_PEOPLE)}　电话：{w.phone()}",
    ]  # fmt: skip


def _report(w: _Writer) -> list[str]:
    lines = [f"{w.body()}2022年工作总结", w.sentences()]
    for number in range(1, 5):
        lines.append(
            f"{chinese(number)}、{w.rng.choice(_OWN['verbs_of_names'])}{w.rng.choice(_OWN['objects'])}，成效明显"
        )
        lines += [f"（{chinese(k)}）{w.sentences(4)}（与{w.body()}联合开展）" for k in range(1, w.rng.randint(2, 4))]
    return lines


def _rule(w: _Writer) -> list[str]:
    lines = [f"临江市{w.thing()}管理办法", "第一章 总则"]
    for number in range(1, w.rng.randint(6, 12)):
        duty = (
            f"{w.body()}负责{w.thing()}的监督管理工作。{w.bodies()}按照各自职责做好相关工作。"
            if number in (3, 4)
            else w.sentences(2)
        )
        lines.append(f"第{chinese(number)}条 {duty}")
    return [*lines, "本办法自印发之日起施行。"]


def _emergency(w: _Writer) -> list[str]:
    lines = [
        f"临江市{w.thing()}突发事件应急预案",
        "1 总则",
        f"1.1 编制目的\n{w.sentences()}",
        "2 组织指挥体系",
        "2.1 成员单位职责",
    ]
    lines += [f"{w.body()}：负责{w.clause()}，配合{w.body()}做好善后工作。" for _ in range(w.rng.randint(4, 9))]
    return [*lines, "3 监测预警", w.sentences(3), "4 附则", f"本预案由{w.body()}负责解释，自印发之日起实施。"]


def _duties(w: _Writer) -> list[str]:
    lines = [
        "临江市优化营商环境工作领导小组成员单位名单",
        f"组　长：{w.rng.choice(_PEOPLE)}　市委常委、常务副市长",
        "成　员：",
    ]
    lines += [f"{w.rng.choice(_PEOPLE)}　{w.body()}局长" for _ in range(6)]
    return [*lines, f"领导小组办公室设在{w.body()}，{w.rng.choice(_PEOPLE)}同志兼任办公室主任。"]


def _accident(w: _Writer) -> list[str]:
    return [
        "临江市“5·12”一般高处坠落事故调查报告", w.sentences(), "一、事故基本情况", f"（一）事故相关单位情况\n1.建设单位：{w.rng.choice(_COMPANIES)}\n2.施工单位：{w.rng.choice(_COMPANIES)}",
        f"二、事故原因\n{w.sentences()}", f"三、对事故有关责任单位和责任人员的处理建议\n（一）{w.rng.choice(_COMPANIES)}，未落实安全生产主体责任，建议由{w.body()}依法给予行政处罚。",
        f"（二）{w.body()}，监管不到位，建议责令作出书面检查。", f"四、整改措施\n{w.sentences()}",
    ]  # fmt: skip


def _recruit(w: _Writer) -> list[str]:
    lines = [f"{w.body()}2023年公开招聘工作人员公告", w.sentences(), "一、招聘岗位及条件"]
    lines += [f"{n}.{w.thing()}管理岗位{n}名（用人单位：{w.body()}）。" for n in range(1, 4)]
    return [
        *lines,
        "二、报名时间\n2023年6月1日至6月10日",
        f"三、其他\n本次招聘由{w.body()}负责组织实施，{w.body()}全程监督。咨询电话：{w.phone()}",
    ]


def _minutes(w: _Writer) -> list[str]:
    lines = [
        "临江市人民政府常务会议纪要",
        "〔2023〕5号",
        f"5月16日，市长{w.rng.choice(_PEOPLE)}主持召开市政府第30次常务会议。纪要如下：",
    ]
    lines += [
        f"{chinese(n)}、会议审议了{w.body()}提交的《{w.thing()}管理办法》。会议原则同意，由{w.body()}根据会议意见修改完善后按程序印发。"
        for n in range(1, 4)
    ]
    return [*lines, f"出席：{'、'.join(_PEOPLE)}", f"列席：{w.bodies(6)}主要负责人"]


def _budget(w: _Writer) -> list[str]:
    lines = [
        f"{w.body()}2023年部门预算公开说明",
        "第一部分 部门概况",
        f"一、主要职责\n（一）{w.sentences()}\n（二）负责{w.clause()}。",
        "二、机构设置",
    ]
    return [
        *lines,
        f"下属单位包括：{w.bodies(5)}。",
        "第二部分 预算情况",
        f"财政拨款收入{w.rng.randint(500, 9000)}.6万元（其中{w.body()}本级{w.rng.randint(100, 400)}万元）。",
    ]


def _index(w: _Writer) -> list[str]:
    return [
        "索引号：11N000/ZK-2023-000021", f"发文机关：{w.body()}", "主题分类：综合政务", f"责任部门：{w.body()}", "成文日期：2023年3月21日",
        f"关于{w.thing()}的批复", f"{w.body()}：", f"你单位《关于{w.thing()}的请示》收悉。{w.sentences()}", "此复。", w.body(), "2023年3月21日",
    ]  # fmt: skip


def _mention(w: _Writer) -> list[str]:
    """A notice in which one bracket names bodies, as brackets in ordinary texts do."""
    lines = [f"关于加强{w.thing()}监管的通告", w.sentences()]
    lines += [f"{chinese(n)}、{w.sentences()}" for n in range(1, 4)]
    place = w.rng.randrange(2, len(lines))
    lines[place] = lines[place][:-1] + w.rng.choice(
        [
            f"（{w.body()}、{w.body()}）。",
            f"（详见{w.body()}网站）。",
            f"（原{w.body()}）。",
            f"（以下简称{w.body()}）。",
            f"（含{w.bodies()}）。",
        ]
    )
    return [*lines, f"举报电话：{w.phone()}（{w.body()}）"]


def _attachment_only(w: _Writer) -> list[str]:
    return [
        f"关于印发《{w.thing()}任务分解表》的通知", "各区县人民政府，市政府各部门：", f"现将《{w.thing()}任务分解表》印发给你们，请认真组织实施。",
        f"一、牵头单位要会同责任单位制定工作方案，明确完成时限。列第一位的责任单位为牵头单位。{w.sentences()}", f"二、{w.body()}要加强督查。",
        f"附件：{w.thing()}任务分解表", w.body(), "2023年3月21日",
    ]  # fmt: skip


def _interview(w: _Writer) -> list[str]:
    lines = [f"{w.body()}负责人就{w.thing()}答记者问"]
    for _ in range(4):
        lines += [f"问：{w.thing()}由哪个部门负责？", f"答：{w.sentences()}由{w.body()}牵头负责，{w.bodies()}配合。"]
    return lines


KINDS: tuple[Callable[[_Writer], list[str]], ...] = (
    _notice, _event, _events, _news, _questions, _statistics, _guide, _bid, _report, _rule, _emergency, _duties, _accident, _recruit,
    _minutes, _budget, _index, _mention, _attachment_only, _interview,
)  # fmt: skip


def make_no_plan(seed: int) -> tuple[str, str]:
    """Make a document that holds no plan; return its kind and its text."""
    writer = _Writer(seed)
    kind = KINDS[seed % len(KINDS)]
    blank = "\n\n" if writer.rng.random() < 0.5 else "\n"
    return kind.__name__.strip("_"), blank.join(kind(writer))
