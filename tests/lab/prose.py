"""Random plans without a table, with exact truth: each numbering × owners' form × brackets × noise as drawn from a seed.

    text, truth = make_prose(7)

Sentences are those of the lab's other plans (words.yaml); names of bodies are made of levels, cores and endings.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

_DIGITS = "零一二三四五六七八九"
_BRACKETS = ("（）", "（）", "（）", "()", "〔〕", "[]", "【】", "﹝﹞")


@lru_cache
def _load(name: str) -> dict:
    return yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


_OWN = _load("prose.yaml")
_CORES, _OTHERS, _GROUPS, _MINISTRIES = (_OWN[key] for key in ("cores", "others", "groups", "ministries"))
_LABELS, _ANNOUNCED, _VERBS, _DEADLINES = (_OWN[key] for key in ("labels", "announced", "verbs", "deadlines"))
_OPEN, _NAMES, _OBJECTS = (_OWN[key] for key in ("open_ends", "verbs_of_names", "objects"))


@dataclass(slots=True, kw_only=True)
class Measure:
    """What one measure must come out as."""

    text: str
    name: str | None = None
    deadline: str | None = None
    roles: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class ProsePlan:
    """A document's text, the measures in it, and the options that were drawn."""

    text: str
    measures: list[Measure]
    options: dict[str, str]


def chinese(number: int) -> str:
    """Write a number below a hundred in Chinese."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")


class _Maker:
    def __init__(self, seed: int) -> None:
        self.rng = random.Random(f"prose-{seed}")
        self.made = 0
        self.words = _load("words.yaml")
        pick = self.rng.choice
        self.numbers = pick(
            ["abc", "abc", "ab", "a", "ac", "ac", "c", "bc1", "d", "a-par", "b-par", "named", "markdown", "c-par"]
        )
        self.form = pick(
            [
                "labels",
                "labels",
                "verbs",
                "verbs",
                "list",
                "lines",
                "lines",
                "inline",
                "line-tabs",
                "one-a-line",
                "square",
                "division",
                "sentence",
                "huitong",
                "below",
                "cards",
                "line-verbs",
            ]
        )
        self.brackets = pick(_BRACKETS)
        self.half = self.rng.random() < 0.25
        if self.form in ("below", "sentence", "cards") and self.numbers in ("a-par", "b-par", "c-par", "d"):
            self.numbers = "ac"
        self.names = self.rng.random() < 0.4 and self.numbers not in ("a-par", "b-par", "c-par")
        self.own_line = self.names and self.rng.random() < 0.25
        self.several = 0.25 if self.form in ("labels", "verbs", "list") and self.rng.random() < 0.3 else 0.0
        self.blank_lines = self.rng.random() < 0.5 or self.numbers == "a-par"
        self.wrap = pick([0, 0, 0, 32, 38]) if self.numbers != "markdown" else 0
        self.stop_outside = self.rng.random() < 0.2  # …（owners）。 instead of …。（owners）
        self.level = pick(["市", "区", "县", "省", "部"])
        self.elided = self.rng.random() < 0.3
        self.no_stop = self.form in ("lines", "line-tabs") and self.rng.random() < 0.3
        self.roles = pick(
            [
                ("lead", "responsible"),
                ("responsible",),
                ("lead", "support"),
                ("lead", "responsible", "support"),
                ("responsible", "support"),
            ]
        )
        self.labels = {role: pick(labels) for role, labels in _LABELS.items()}
        while len(set(self.labels.values())) < 3:
            self.labels = {role: pick(labels) for role, labels in _LABELS.items()}
        self.with_deadline = self.rng.random() < 0.4
        self.heads = self.rng.random() < 0.3
        self.closing = self.rng.random() < 0.4
        self.site = pick(["", "list", "pipes", "crumbs", "labels"])
        self.first_rank = self.rng.random() < 0.15
        if self.form == "sentence":
            self.roles = pick([("lead", "responsible"), ("lead", "support"), ("lead", "responsible", "support")])
        self.broken = self.rng.random() < 0.15
        self.persons = self.form in ("labels", "lines") and self.rng.random() < 0.15
        self.progress = self.form == "lines" and self.rng.random() < 0.2
        self.gaps = (
            0.12
            if self.numbers in ("ab", "ac", "abc", "a", "c", "markdown")
            and self.form in ("labels", "verbs", "lines")
            and self.rng.random() < 0.2
            else 0.0
        )
        self.page_cuts = not self.wrap and self.rng.random() < 0.2

    @property
    def is_weak(self) -> bool:
        """Whether owners are mere lists or named by labels of announcements: one such measure makes no plan."""
        return (
            self.form in ("list", "sentence")
            or self.gaps > 0
            or any(self.labels[role] in _ANNOUNCED for role in self.roles)
        )

    # words

    def clause(self) -> str:
        rng, words = self.rng, self.words
        text = rng.choice(words["clauses"]).replace("⟦", "").replace("⟧", "")
        values = {
            "place": rng.choice(words["places"]),
            "thing": rng.choice(words["things"]),
            "unit": rng.choice(words["units"]),
            "n": rng.randint(2, 300),
            "d": f"{rng.uniform(0.5, 90):.1f}",
            "p": rng.randint(10, 99),
            "y": 2023,
            "m": rng.randint(2, 11),
            "body": "有关部门",
        }
        return text.format(**values)

    def sentence(self) -> str:
        count = self.rng.choice([1, 1, 2, 3])
        extra = self.rng.choice(
            [
                "",
                "",
                "",
                "，由牵头单位定期调度",
                "（含镇街）",
                "，明确责任单位和完成时限",
                "（详见附件）",
                "，对“最后一公里”问题挂牌督办",
            ]
        )
        return "，".join(self.clause() for _ in range(count)) + extra + "。"

    def text(self) -> str:
        return "".join(self.sentence() for _ in range(self.rng.choice([1, 1, 2, 3])))

    def title_words(self) -> str:
        return self.rng.choice(_NAMES) + self.rng.choice(_OBJECTS)

    def body(self) -> str:
        if self.level == "部":
            return self.rng.choice(_MINISTRIES)
        if self.rng.random() < 0.12:
            return self.rng.choice(_OTHERS)
        return self.level + self.rng.choice(_CORES)

    def bodies(self, most: int = 5) -> list[str]:
        found: list[str] = []
        for _ in range(self.rng.randint(1, most)):
            name = self.body()
            if (
                self.elided
                and found
                and name.startswith(self.level)
                and len(name) > 3
                and not name.startswith(self.level + "委")
            ):
                name = name[1:]
            if name not in found and self.level + name not in found:
                found.append(name)
        if self.rng.random() < 0.25:
            group = self.rng.choice(_GROUPS)
            if group not in found and not (self.form == "one-a-line" and "、" in group):
                found.append(group)
        return found

    # owners

    def owners(self, deadline: bool) -> tuple[str, Measure]:
        """Return what is printed and the roles it says (text empty)."""
        measure = Measure(text="")
        form = self.form
        if form in ("verbs", "division", "line-verbs", "sentence"):
            return self.by_verbs(measure, deadline)
        if form == "huitong":
            names = [*dict.fromkeys([*self.bodies(1), *self.bodies(3)])]
            measure.roles["responsible"] = names
            first = names[0] if len(names) == 1 else f"{names[0]}会同{self.join(names[1:])}"
            return first + self.rng.choice(
                ["负责", "按职责分工负责", "等有关部门负责"] if names[-1] not in _GROUPS else ["负责"]
            ), measure
        if form == "list":
            names = self.bodies(6)
            measure.roles["responsible"] = names
            parts = [self.join(names)]
            if deadline:
                measure.deadline = self.rng.choice(_DEADLINES)
                parts.append(measure.deadline)
            return self.rng.choice(["，", "；"]).join(parts), measure
        fields: list[tuple[str, str]] = []
        for role in self.roles:
            if role != self.roles[0] and self.rng.random() < 0.2 and form not in ("one-a-line",):
                continue
            names = self.bodies(4)
            measure.roles[role] = names
            end = (
                self.rng.choice(_OPEN)
                if self.rng.random() < 0.12 and names[-1] not in _GROUPS and form != "one-a-line"
                else ""
            )
            fields.append((self.labels[role], self.join(names) + end))
        if self.persons:
            fields.insert(
                0, (self.rng.choice(["牵头领导", "责任人", "分管领导"]), self.rng.choice(["张三", "李四", "王小明"]))
            )
        if deadline:
            measure.deadline = self.rng.choice(_DEADLINES)
            fields.append((self.rng.choice(["完成时限", "完成时间", "时限要求"]), measure.deadline))
        return self.print_fields(fields), measure

    def print_fields(self, fields: list[tuple[str, str]]) -> str:
        form = self.form
        if form == "labels":
            return self.rng.choice(["；", "，", "。", "；", " "] if not self.first_rank else ["；"]).join(
                f"{a}：{b}" for a, b in fields
            )
        if form == "square":
            return "".join(f"【{a}】{b}" for a, b in fields)
        if form == "inline":
            return self.rng.choice(["；", " ", "。"]).join(f"{a}：{b}" for a, b in fields)
        if form == "line-tabs":
            return self.rng.choice(["  ", "\u3000", "；"]).join(f"{a}：{b}" for a, b in fields)
        if form == "one-a-line":
            return "\n".join(a + self.rng.choice(["：\n", "：\n", "\n"]) + b.replace("、", "\n") for a, b in fields)
        return "\n".join(f"{a}：{b}" for a, b in fields)

    def by_verbs(self, measure: Measure, deadline: bool) -> tuple[str, Measure]:
        parts: list[str] = []
        for role in self.roles:
            names = self.bodies(4)
            measure.roles[role] = names
            end = self.rng.choice(_OPEN) if self.rng.random() < 0.2 and names[-1] not in _GROUPS else ""
            lead = "由" if role == "lead" and self.rng.random() < 0.1 else ""
            parts.append(lead + self.join(names) + end + self.rng.choice(_VERBS[role]))
        if deadline:
            measure.deadline = self.rng.choice(
                [d for d in _DEADLINES if d not in ("9月底", "全年", "每季度", "2023年底", "上半年", "第二季度")]
            )
            parts.append(measure.deadline)
        return self.rng.choice(["，", "；", "，"]).join(parts), measure

    def join(self, names: list[str]) -> str:
        mark = "、" if self.rng.random() < 0.85 or self.form in ("one-a-line", "inline") else "，"
        return mark.join(names)

    # documents

    def item_text(self, number: str) -> tuple[str, list[Measure]]:
        """Return an item's print and its measures."""
        if self.form in ("below", "cards"):
            return self.card(number) if self.form == "cards" else self.below(number)
        name = self.title_words() if self.names else ""
        out, measures = number, []
        if name:
            out += name + ("\n" if self.own_line else "。")
        if self.rng.random() < self.gaps and self.made > 2:
            text = self.text()
            return out + text, [Measure(text=(name + "。" if name and not self.own_line else "") + text)]
        count = 1 + sum(self.rng.random() < self.several for _ in range(2))
        for place in range(count):
            text = self.text()
            printed, measure = self.owners(self.with_deadline and self.rng.random() < 0.8)
            measure.text = (name + "。" if name and place == 0 and not self.own_line else "") + text
            measures.append(measure)
            out += self.put_owners(text, printed, is_last=place == count - 1)
        return out, measures

    def put_owners(self, text: str, printed: str, *, is_last: bool) -> str:
        if self.form in ("labels", "verbs", "list", "huitong"):
            bracket = self.bracket(printed, is_last=is_last)
            return text[:-1] + bracket + "。" if self.stop_outside else text + bracket
        if self.form in ("inline", "sentence"):
            return text + printed + "。"
        if self.form == "division":
            return text + "\n" + self.labels_division + "：" + printed + "。"
        if self.form == "line-verbs":
            return text + "\n（" + printed + "）"
        if self.form == "square":
            return text + self.rng.choice(["\n", ""]) + printed
        more = f"\n进展情况：{self.clause()}。" if self.progress else ""
        return (text[:-1] if self.no_stop else text) + "\n" + printed + more

    def bracket(self, printed: str, *, is_last: bool) -> str:
        """Print owners in brackets, now and then in broken ones: of two kinds, doubled, or not closed."""
        opened, closed = self.brackets
        if self.broken and self.form in ("labels", "verbs") and self.rng.random() < 0.4:
            kinds = [opened + printed + self.rng.choice("）)〕"), opened * 2 + printed + closed * 2]
            if is_last and "。" not in printed and not self.stop_outside:
                kinds.append(opened + printed)
            return self.rng.choice(kinds)
        return opened + printed + closed

    def card(self, number: str) -> tuple[str, list[Measure]]:
        """Print a card: labelled lines for task, measure and owners."""
        text = self.text()
        printed, measure = self.owners(self.with_deadline)
        measure.text = text
        task, way = self.card_labels
        return f"{number}{task}：{self.title_words()}\n{way}：{text}\n{printed}", [measure]

    @property
    def card_labels(self) -> tuple[str, str]:
        return (("任务名称", "工作内容"), ("重点任务", "工作措施"), ("工作任务", "具体措施"), ("项目名称", "建设内容"))[
            len(self.title) % 4
        ]

    def below(self, number: str) -> tuple[str, list[Measure]]:
        """Print sub-items and, below them all, the owners of the whole."""
        marks = "①②③④" if self.numbers != "ab" else None
        parts = [self.text() for _ in range(self.rng.randint(2, 4))]
        lines = [(marks[i] if marks else f"{i + 1}.") + part for i, part in enumerate(parts)]
        title = self.title_words()
        printed, measure = self.owners(self.with_deadline)
        measure.text, measure.name = "".join(lines), title
        return number + title + "\n" + "\n".join([*lines, printed]), [measure]

    @property
    def labels_division(self) -> str:
        return ("部门分工", "责任分工", "任务分工", "职责分工")[len(self.title) % 4]

    def build(self) -> ProsePlan:
        self.title = f"临江{self.level if self.level != '部' else '市'}2023年{self.rng.choice(_OBJECTS)}{self.rng.choice(['实施方案', '重点任务分工方案', '工作要点', '行动计划', '任务分解'])}"
        lines = self.front()
        measures: list[Measure] = []
        counter = 0
        chapters = self.rng.randint(2 if self.is_weak else 1, 4) if self.numbers not in ("c", "a", "named", "d") else 1
        for chapter in range(1, chapters + 1):
            head = f"{chinese(chapter)}、{self.title_words()}"
            if self.numbers not in ("c", "a", "named", "d"):
                lines.append(("## " if self.numbers == "markdown" else "") + head)
            counter = self.chapter(chapter, counter, lines, measures)
        if self.closing and self.numbers not in ("a", "c", "named", "d"):
            lines.append(f"{chinese(chapters + 1)}、保障措施")
            lines.append("（一）加强组织领导。各部门要提高认识，明确责任人，确保各项任务落到实处。")
            lines.append("（二）强化督促检查。将任务完成情况纳入考核，定期通报。")
        lines += self.rng.choice([[], ["责任编辑：张三", "分享到：微信 微博"], ["（此件公开发布）"], ["打印 关闭"]])
        text = self.layout(lines)
        options = {
            "numbers": self.numbers,
            "form": self.form,
            "brackets": self.brackets,
            "wrap": str(self.wrap),
            "names": str(self.names),
            "half": str(self.half),
        }
        if self.half:
            table = str.maketrans("，；：（）", ",;:()")
            text = text.translate(table)
        return ProsePlan(text=text, measures=measures, options=options)

    def chapter(self, chapter: int, counter: int, lines: list[str], measures: list[Measure]) -> int:
        kind = self.numbers
        items = self.rng.randint(3 if self.is_weak else 1, 6)
        if kind in ("abc", "bc1"):
            for section in range(1, self.rng.randint(1, 3) + 1):
                lines.append(f"（{chinese(section)}）{self.title_words()}{self.rng.choice(['', '。'])}")
                for place in range(1, self.rng.randint(1, 4) + 1):
                    counter += 1
                    number = place if kind == "bc1" else counter
                    self.add(f"{number}{self.mark}", lines, measures)
            return counter
        for place in range(1, items + 1):
            counter += 1
            number = {
                "ab": f"（{chinese(place)}）",
                "b-par": f"（{chinese(place)}）",
                "a": f"{chinese(counter)}、",
                "ac": f"{counter}{self.mark}",
                "c": f"{counter}{self.mark}",
                "d": f"（{counter}）",
                "a-par": "",
                "named": f"任务{chinese(counter)}：",
                "markdown": f"**{counter}.** ",
                "c-par": f"{counter}{self.mark}",
            }[kind]
            if kind in ("b-par", "c-par"):
                lines.append(number + self.title_words())
                number = ""
            self.add(number, lines, measures)
        return counter

    @property
    def mark(self) -> str:
        return (".", "．", "、", ".")[len(self.title) % 4]

    def add(self, number: str, lines: list[str], measures: list[Measure]) -> None:
        self.made = len(measures)
        printed, found = self.item_text(number)
        lines.extend(printed.split("\n") if self.form != "one-a-line" else [printed.replace("\n", "\n")])
        measures.extend(found)

    def front(self) -> list[str]:
        lines: list[str] = []
        if self.site == "list":
            lines += [
                "• 索引号：11N000/ZK-2023-000021",
                "• 发文单位：临江市人民政府办公室",
                "• 主题分类：综合政务",
                "• 责任部门：市政府办公室",
            ]
        elif self.site == "pipes":
            lines += [
                "发布单位 |",
                "临江市人民政府",
                "|",
                "发文字号 | 临政发〔2023〕12号 |",
                "发布日期 | 2023-03-29 | 成文日期 | 2023-03-21 |",
            ]
        elif self.site == "crumbs":
            lines += ["首页 > 政务公开 > 政策文件", "字体：大 中 小", "来源：市政府办公室 浏览次数：120"]
        elif self.site == "labels":
            lines += [
                "索 引 号：000014349/2023-00212 主题分类：国民经济管理",
                "发文机关：临江市人民政府 成文日期：2023年03月21日",
            ]
        lines += [
            f"关于印发《{self.title}》的通知",
            "临政发〔2023〕12号",
            "各区县人民政府，市政府各部门：",
            f"《{self.title}》已经市政府同意，现印发给你们，请认真贯彻执行。",
        ]
        if self.rng.random() < 0.3:
            lines += [
                "一、各责任单位要高度重视，细化工作措施，明确完成时限。",
                "二、市政府督查室要加强督促检查，定期通报进展情况。",
            ]
        lines += ["临江市人民政府", "2023年3月21日", self.title]
        if self.first_rank:
            lines.append("为落实政府工作报告，制定本方案，列第一位的责任单位为牵头单位。")
        elif self.rng.random() < 0.5:
            lines.append("为做好今年工作，结合实际，制定本方案。")
        return lines

    def layout(self, lines: list[str]) -> str:
        """Print paragraphs: with blank lines or not, wrapped at a width or not, pages cut anywhere."""
        out: list[str] = []
        for line in lines:
            for part in line.split("\n"):
                printed = "\u3000\u3000" + part if self.rng.random() < 0.3 and not self.wrap else part
                rows = [printed]
                if self.wrap and len(printed) > self.wrap:
                    rows = [printed[i : i + self.wrap] for i in range(0, len(printed), self.wrap)]
                out.extend(rows)
            if self.blank_lines:
                out.append("")
        if self.heads and self.wrap:
            out = self.cut_pages(out)
        if self.page_cuts:
            out = self.cut_paragraphs(out)
        return "\n".join(out)

    def cut_paragraphs(self, lines: list[str]) -> list[str]:
        """Cut long paragraphs by a page number, inside a word or not."""
        out: list[str] = []
        page = 1
        for line in lines:
            if len(line) > 70 and self.rng.random() < 0.2:
                place = self.rng.randrange(30, 50)
                out += [line[:place], f"- {page} -", line[place:]]
                page += 1
            else:
                out.append(line)
        return out

    def cut_pages(self, lines: list[str]) -> list[str]:
        """Print page numbers and running heads between lines, also inside a word."""
        out: list[str] = []
        page = 1
        for place, line in enumerate(lines, 1):
            out.append(line)
            if place % 30 == 0:
                out += [f"— {page} —", f"{self.title}"]
                page += 1
        return out


def make_prose(seed: int) -> ProsePlan:
    """Make a plan in prose; the same seed gives the same plan."""
    return _Maker(seed).build()
