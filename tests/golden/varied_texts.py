"""Small plans of every kind that labelling tells apart, written from a seed: prose, tables in lines, grids of cells.

Most have something odd: a mark lost or put in, a blank cell, a line out of place. A text need not make sense to a reader;
what it is read as is compared (``test_varied_texts.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from planextract.model.source import SourceBlock, SourceCell, SourceTable, SourceText

BODIES = (
    "市林业局",
    "市财政局",
    "市教育局",
    "各县区政府",
    "市交通运输局",
    "市水务集团",
    "市委组织部",
    "各有关部门",
    "某某中心",
)
TEXTS = (
    "完成植树造林两万亩，推进城乡融合发展。", "新建道路12公里", "改造老旧小区15个，惠及居民3000户。", "开展专项整治行动",
    "加强领导。建立工作机制，定期调度推进。", "1.摸清底数；2.分类处置。", "淘汰落后产能，严控新增项目；完善监测网络。",
)  # fmt: skip
NAMES = ("加强造林", "道路建设", "老旧小区改造", "优化布局", "调整结构")
DAYS = ("年底前", "6月底前", "2024年12月", "长期坚持", "---", "")
SECTIONS = ("一、生态建设", "二、重点任务（市发改委牵头）", "（一）提升环境", "三、保障措施。", "市林业局")
NOISE = "。、，（）：；\n 12一｜|"


class Writer:
    """Writes one document."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def pick(self, options: tuple[str, ...]) -> str:
        return self.random.choice(options)

    def bodies(self) -> str:
        names = self.random.sample(BODIES, self.random.choice((1, 1, 2, 3)))
        return self.pick(("、", "、", "，", "\n", " ")).join(names)

    def owners(self) -> str:
        a, b, day = self.bodies(), self.bodies(), self.pick(DAYS)
        return self.pick(
            (
                f"（责任单位：{a}）", f"（牵头单位：{a}；配合单位：{b}）", f"（{a}牵头，{b}配合）", f"（{a}）", f"({a}负责，{day}完成)",
                f"\n责任单位：{a}", f"\n牵头单位：{a}\n完成时限：{day}", f"责任单位：{a}；完成时限：{day}。", f"——{a}", f"由{a}牵头。",
                f"\n责任单位\n{a}", f"【{a}】", f"（责任领导：张三；责任单位：{a}）", "", f"（{a}牵头", f"\n责任单位及责任人：{a} 李四",
            )
        )  # fmt: skip

    def disturb(self, text: str) -> str:
        """Lose, add or double a mark here and there."""
        for _ in range(self.random.choice((0, 0, 1, 2))):
            at = self.random.randrange(len(text))
            text = self.pick((text[:at] + text[at + 1 :], text[:at] + self.pick(tuple(NOISE)) + text[at:]))
        return text

    def row(self, number: int) -> list[str]:
        name, text, day = self.pick((*NAMES, "")), self.pick(TEXTS), self.pick(DAYS)
        cells = [str(number), name, text, day, self.bodies()]
        if self.random.random() < 0.2:
            cells[self.random.randrange(5)] = ""
        return cells


def _prose(writer: Writer) -> str:
    style = writer.pick(("{}.", "{}、", "（{}）", "{} ", "第{}条 ", "", "◆ "))
    lines = [writer.pick(("2024年工作要点", "关于印发方案的通知", "某市2024年民生实事", "工作情况")), "各单位："][
        : writer.random.choice((1, 2))
    ]
    for number in range(1, writer.random.choice((3, 4, 6)) + 1):
        if writer.random.random() < 0.3:
            lines.append(writer.pick(SECTIONS))
        name = writer.pick(
            (
                "",
                "",
                writer.pick(NAMES) + "。",
                writer.pick(NAMES) + "\n",
                "工作任务：" + writer.pick(NAMES) + "\n工作措施：",
            )
        )
        lines.append(style.format(number) + name + writer.pick(TEXTS) + writer.owners())
        if writer.random.random() < 0.15:
            lines.append(writer.pick(("说明文字在这里。", "— 3 —", "某市要点", "（2）" + writer.pick(TEXTS), "短文")))
    lines += [*(["某市人民政府", "2024年3月1日"] if writer.random.random() < 0.3 else [])]
    joint = "" if writer.random.random() < 0.1 else "\n"
    return joint.join(lines)


LABELS = ("序号", "重点任务", "工作措施", "完成时限", "责任单位")


def _lines(writer: Writer) -> str:
    divider = writer.pick(("\t", " | ", "|", "  ", "，", ",", "\n", "\n\n", " |\n", "\n|\n", " "))
    columns = sorted(writer.random.sample(range(5), writer.random.choice((3, 4, 5, 5, 5))))
    rows = [LABELS, *(writer.row(number) for number in range(1, writer.random.choice((3, 4, 5))))]
    found = [divider.join(row[col] for col in columns if "\n" not in divider or row[col]) for row in rows]
    if writer.random.random() < 0.3:
        found.insert(
            writer.random.randrange(1, len(found)),
            writer.pick(("一、生态建设", "一\n保就业", "注：下同", "— 2 —", "续表")),
        )
    end = "|" if divider.strip() == "|" and writer.random.random() < 0.5 else ""
    body = "\n".join(f"{end}{row}{end}" for row in found)
    return (
        f"{writer.pick(('附件1', '某市行动计划', '前言。'))}\n{body}\n{writer.pick(('', '分享到：', '备注：下同。'))}"
    )


def _box(writer: Writer) -> str:
    rows = [LABELS[1:4], *(writer.row(number)[1:4] for number in range(1, 4))]
    widths = [max(2 * len(row[col]) for row in rows) for col in range(3)]
    level, cross, bar = writer.pick(("─┼│", "-+|", "═╬║"))
    rule = cross + cross.join(level * width for width in widths) + cross
    out = [rule]
    for row in rows:
        out += [
            bar + bar.join(text + " " * (width - 2 * len(text)) for text, width in zip(row, widths, strict=True)) + bar
        ]
        out += [] if writer.random.random() < 0.2 else [rule]
    return "\n".join(out)


def _together(writer: Writer) -> str:
    rows = [f"{n}{writer.pick(TEXTS)}市林业局{writer.pick(('已完成', '推进中', ''))}" for n in range(1, 4)]
    return "\n".join(["序号重点督办内容牵头单位完成情况", *rows])


def _drawn(writer: Writer) -> str:
    return _together(writer) if writer.random.random() < 0.3 else _box(writer)


def _grid(writer: Writer, page: int, first: int) -> SourceTable:
    head = list(
        writer.pick(
            (
                LABELS,
                LABELS,
                ("序号", "任务", "措施", "时限", "单位"),
                ("", *LABELS[1:]),
                (*LABELS[:4], ""),
                (*LABELS[:4], "责任单位及责任人"),
            )
        )
    )
    head = [label[:-1] + "旋" if label and writer.random.random() < 0.08 else label for label in head]
    rows = [head] if page == 1 or writer.random.random() < 0.5 else []
    for number in range(first, first + writer.random.choice((2, 3))):
        if writer.random.random() < 0.25:
            rows.append([writer.pick(("一、生态", "合计", "注：下同", "（二）交通", "续表")), "", "", "", ""])
        rows.append(writer.row(number))
    if writer.random.random() < 0.15:
        rows.insert(0, ["", "", writer.pick(TEXTS), "", ""])
    drop = writer.random.random()
    rows = [row[:4] for row in rows] if drop < 0.1 else [[*row, ""] for row in rows] if drop < 0.2 else rows
    cells = []
    for at, row in enumerate(rows):
        is_wide = sum(map(bool, row)) == 1 and bool(row[0]) and writer.random.random() < 0.6
        for col, text in enumerate(row[:1] if is_wide else row):
            cells.append(SourceCell(row=at, col=col, col_span=len(row) if is_wide else 1, raw_text=text))
    edges = tuple(50.0 + 80 * col for col in range(len(rows[0]) + 1)) if writer.random.random() < 0.6 else ()
    return SourceTable(
        page=page, row_count=len(rows), col_count=len(rows[0]), cells=tuple(cells), has_spans=True, edges=edges
    )  # fmt: skip


def _grids(writer: Writer) -> list[SourceBlock]:
    blocks: list[SourceBlock] = [SourceText(page=1, raw_text="某市行动计划"), _grid(writer, 1, 1)]
    for page in (2, 3):
        if writer.random.random() < 0.5:
            blocks.append(SourceText(page=page, raw_text=writer.pick(("— 2 —", "续表", "二、交通", "说明文字。"))))
        blocks.append(_grid(writer, page, 3 * page))
    return blocks


def _as_lines(text: str) -> list[SourceBlock]:
    found: list[SourceBlock] = []
    is_after_blank = True
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            indent = len(line) - len(line.lstrip())
            page = 1 + number // 30
            found.append(
                SourceText(
                    page=page, raw_text=line.strip(), line=number, starts_paragraph=is_after_blank, indent=indent
                )
            )
        is_after_blank = not line.strip()
    return found


KINDS: tuple[Callable[[Writer], str], ...] = (_prose, _prose, _prose, _prose, _lines, _lines, _lines, _drawn)


def write_blocks(seed: int) -> list[SourceBlock]:
    """Return the blocks of a seed; its kind goes round the list, two of ten are documents of grids."""
    writer = Writer(Random(seed))
    if seed % 10 >= len(KINDS):
        return _grids(writer)
    return _as_lines(writer.disturb(KINDS[seed % 10](writer)))
