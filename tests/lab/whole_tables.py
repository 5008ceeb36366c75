"""``python -m tests.lab.whole_tables --seeds 0:20``: tables of any kind over pages, by shape, read by ``read_tables``.

Each shape is one way in which a table goes on, or another begins: with its header or without, a note below, a caption
between, a category first, a column less. Truth are the whole tables; one is right if every cell of its grid is.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright

import planextract
from tests.lab.by_chromium import find_chromium
from tests.lab.constructs.by_chromium import make_html
from tests.lab.constructs.by_reportlab import print_reportlab
from tests.lab.constructs.model import Cell, Look, Sheet, Table, Variant

Grid = list[list[str]]
_CHINESE = {
    "名称": ["德胜街道", "展览路街道", "什刹海街道", "金融街街道", "月坛街道", "牛街街道", "白纸坊街道", "椿树街道"],
    "类别": ["教育", "卫生", "文化", "交通", "养老", "体育"],
    "负责人": ["张伟", "李敏", "王芳", "刘洋", "陈静", "杨帆"],
    "说明": [
        "按季度报送",
        "完成改造并投入使用",
        "已列入年度计划，资金落实到位",
        "与邻近社区共用",
        "暂无",
        "正在办理前期手续",
    ],
    "状态": ["在建", "完工", "未开工", "验收中"],
}
_ENGLISH = {
    "Country": ["Finland", "Malta", "Spain", "Portugal", "Ireland", "Austria", "Latvia", "Greece"],
    "Sector": ["Energy", "Health", "Transport", "Housing", "Water"],
    "Contact": ["A. Berg", "M. Rossi", "J. Novak", "L. Dubois"],
    "Remarks": ["on schedule", "delayed by one quarter, funding agreed", "completed", "shared with the region", "n/a"],
    "Status": ["open", "closed", "pending"],
}
_FIGURES = {True: ["数量", "金额（万元）", "占比", "面积"], False: ["Units", "Amount", "Share", "Area"]}


class _Maker:
    def __init__(self, shape: str, seed: int) -> None:
        self.rng = random.Random(f"whole {shape} {seed}")
        self.is_chinese = self.rng.random() < 0.6
        self.words = _CHINESE if self.is_chinese else _ENGLISH
        self.header = self.draw_header()
        self.widths = self.draw_widths()

    def draw_header(self, count: int | None = None) -> list[str]:
        first, *others = self.words
        count = count or self.rng.choice([3, 4, 4, 5, 6])
        figures = self.rng.sample(_FIGURES[self.is_chinese], min(self.rng.choice([1, 1, 2]), count - 2))
        names = self.rng.sample(others, min(count - 1 - len(figures), len(others)))
        rest = [*names, *figures]
        self.rng.shuffle(rest)
        return [first, *rest]

    def draw_widths(self) -> list[float]:
        weights = [self.rng.uniform(0.8, 1.8) for _ in self.header]
        return [weight / sum(weights) for weight in weights]

    def rows(self, count: int, header: list[str] | None = None) -> Grid:
        return [[self.cell(label) for label in header or self.header] for _ in range(count)]

    def cell(self, label: str) -> str:
        if label in self.words:
            return self.rng.choice(self.words[label])
        number = self.rng.randint(2, 9999)
        return f"{number / 100:.1f}%" if label in ("占比", "Share") else f"{number:,}" if number > 999 else str(number)

    def table(self, rows: Grid, *, header: bool, widths: list[float] | None = None) -> Table:
        texts = [self.header, *rows] if header else rows
        cells = [[Cell(text=text, is_bold=header and i == 0) for text in row] for i, row in enumerate(texts)]
        return Table(rows=cells, widths=widths or list(self.widths))

    def pages(self) -> list[Grid]:
        return [self.rows(self.rng.randint(3, 8)) for _ in range(self.rng.choice([2, 2, 3, 4]))]

    def caption(self, number: int) -> str:
        if self.is_chinese:
            topic = self.rng.choice(["各街道基本情况", "资金安排", "项目进展"])
            return self.rng.choice([f"表{number} {topic}", f"附表{number}：{topic}", f"表{number}-1 {topic}"])
        return f"Table {number}. {self.rng.choice(['Projects by country', 'Budget', 'Indicators'])}"


Shape = Callable[[_Maker], tuple[list[Sheet], list[Grid]]]


def _sheets(m: _Maker, pages: list[Grid], *, repeats: bool) -> list[Sheet]:
    return [
        Sheet(blocks=[*([m.caption(1)] if i == 0 else []), m.table(rows, header=repeats or i == 0)])
        for i, rows in enumerate(pages)
    ]


def _whole(m: _Maker, pages: list[Grid]) -> Grid:
    return [m.header, *(row for page in pages for row in page)]


def header_again(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """Every page prints the header."""
    pages = m.pages()
    return _sheets(m, pages, repeats=True), [_whole(m, pages)]


def no_header(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """Only the first page prints the header."""
    pages = m.pages()
    return _sheets(m, pages, repeats=False), [_whole(m, pages)]


def cut_row(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """A row is cut at the break: its text goes on in one cell, all others are blank."""
    long = (
        "已列入年度计划并完成立项批复工作" if m.is_chinese else "listed in the annual plan and approved by the region"
    )
    pages = m.pages()[:2]
    at = m.rng.randrange(1, len(m.header))
    pages[0][-1][at] = long * 3
    sheets = _sheets(m, pages, repeats=m.rng.random() < 0.5)
    rest = [Cell() for _ in m.header]
    sheets[0].table.rows[-1][at].rest = rest[at]
    sheets[1].table.rows.insert(-len(pages[1]), rest)
    return sheets, [_whole(m, pages)]


def note_below(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """A note stands below the table on its page, and the table goes on."""
    pages = m.pages()
    sheets = _sheets(m, pages, repeats=m.rng.random() < 0.5)
    notes = ["注：数据截至年底。", "* 含跨区项目。", "资料来源：各街道报送。", "备注：单位为万元。"]
    english = ["Note: figures are provisional.", "* Including shared projects.", "Source: national reports."]
    for sheet in sheets[:-1]:
        sheet.blocks.append(m.rng.choice(notes if m.is_chinese else english))
    return sheets, [_whole(m, pages)]


def caption_between(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """Another table of the same widths begins below its caption, on the next page or the same."""
    first, second = m.rows(m.rng.randint(3, 6)), m.rows(m.rng.randint(3, 6))
    is_same_header = m.rng.random() < 0.5
    start, old = m.table(first, header=True), m.header
    if not is_same_header:
        m.header = m.draw_header(len(old))
        second = m.rows(len(second))
    after = m.table(second, header=True)
    truth = [[old, *first], [m.header, *second]]
    if m.rng.random() < 0.5:
        return [Sheet(blocks=[m.caption(1), start, m.caption(2), after])], truth
    return [Sheet(blocks=[m.caption(1), start]), Sheet(blocks=[m.caption(2), after])], truth


def other_header(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """Another table of the same widths begins on the next page with a header of its own, without a caption."""
    first = m.rows(m.rng.randint(3, 6))
    start, old = m.table(first, header=True), m.header
    while m.header == old:
        m.header = m.draw_header(len(old))
    second = m.rows(m.rng.randint(3, 6))
    return [Sheet(blocks=[m.caption(1), start]), Sheet(blocks=[m.table(second, header=True)])], [
        [old, *first],
        [m.header, *second],
    ]


def category_first(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """A page begins with a row over all columns that names a category."""
    pages = m.pages()
    sheets = _sheets(m, pages, repeats=m.rng.random() < 0.5)
    names = (
        ["一、城区项目", "二、街道项目", "三、其他"]
        if m.is_chinese
        else ["Northern region", "Southern region", "Other"]
    )
    truth = _whole(m, pages)
    for number, (sheet, page) in reversed(list(enumerate(zip(sheets, pages, strict=True)))):
        row = [Cell() for _ in m.header]
        row[0].text = names[number % 3]
        place = len(sheet.table.rows) - len(page)
        sheet.table.rows.insert(place, row)
        sheet.table.merge(place, 0, 1, len(row))
        truth.insert(1 + sum(map(len, pages[:number])), [row[0].text] * len(row))
    return sheets, [truth]


def column_less(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """The next page lacks the last column, which is blank there."""
    pages = m.pages()[:2]
    for row in pages[1]:
        row[-1] = ""
    sheets = _sheets(m, pages, repeats=False)
    short = sheets[1].table
    short.rows = [row[:-1] for row in short.rows]
    short.widths = short.widths[:-1]
    return sheets, [_whole(m, pages)]


def column_more(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """The first page lacks the last column, which is blank there, header and all."""
    pages = m.pages()[:2]
    m.header[-1] = ""
    for row in pages[0]:
        row[-1] = ""
    sheets = _sheets(m, pages, repeats=False)
    short = sheets[0].table
    short.rows = [row[:-1] for row in short.rows]
    short.widths = short.widths[:-1]
    return sheets, [_whole(m, pages)]


def other_columns(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """A table of other columns follows on the next page."""
    first = m.rows(m.rng.randint(3, 6))
    start, old = m.table(first, header=True), m.header
    m.header = m.draw_header(len(old) + m.rng.choice([-1, 1]) if len(old) > 3 else len(old) + 1)
    m.widths = m.draw_widths()
    second = m.rows(m.rng.randint(3, 6))
    sheets = [Sheet(blocks=[m.caption(1), start]), Sheet(blocks=[m.table(second, header=True)])]
    return sheets, [[old, *first], [m.header, *second]]


def running_heads(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """Running heads, page numbers and 续表 stand around the parts."""
    pages = m.pages()
    sheets = _sheets(m, pages, repeats=m.rng.random() < 0.6)
    head = m.rng.choice(["西城区统计资料汇编", "2023年度报告"] if m.is_chinese else ["Annual report 2023"])
    mark = m.rng.choice(["续表", "（续表）", None] if m.is_chinese else ["(continued)", None])
    style = m.rng.choice(["{}", "- {} -", "第{}页"] if m.is_chinese else ["{}", "Page {}"])
    for number, sheet in enumerate(sheets, start=1):
        sheet.notes += [(0.1, 0.03, head), (0.48, 0.97, style.format(number))]
        if number > 1 and mark is not None:
            sheet.blocks.insert(0, mark)
    return sheets, [_whole(m, pages)]


def two_levels(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """The header has two levels, printed again or not."""
    pages = m.pages()
    repeats = m.rng.random() < 0.5
    sheets = _sheets(m, pages, repeats=repeats)
    last = len(m.header) - 2
    group = "合计" if m.is_chinese else "Total"
    for number, sheet in enumerate(sheets):
        if number and not repeats:
            continue
        table = sheet.table
        top = [Cell(text=text, is_bold=True) for text in m.header]
        top[last].text, top[last + 1].text = group, ""
        for cell in table.rows[0][:last]:
            cell.text = ""
        table.rows.insert(0, top)
        table.merge(0, last, 1, 2)
        for col in range(last):
            table.merge(0, col, 2, 1)
    head = [[*m.header[:last], group, group], m.header]
    return sheets, [[*head, *(row for page in pages for row in page)]]


def level_rules(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """Only row rules are drawn."""
    pages = m.pages()
    sheets = _sheets(m, pages, repeats=True)
    for sheet in sheets:
        for row in sheet.table.rows:
            for cell in row:
                cell.left = cell.right = "none"
    return sheets, [_whole(m, pages)]


def caption_again(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """Every page repeats the caption with a mark that the table goes on."""
    pages = m.pages()
    sheets = _sheets(m, pages, repeats=m.rng.random() < 0.6)
    caption = sheets[0].blocks[0]
    marks = (
        ["{}（续）", "续{}", "{}（续表）"]
        if m.is_chinese
        else ["{} (continued)", "{} (cont.)", "{}, continued", "{} (cont’d)"]
    )
    mark = m.rng.choice(marks)
    for sheet in sheets[1:]:
        sheet.blocks.insert(0, mark.format(caption))
    return sheets, [_whole(m, pages)]


def header_continued(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """The header that a page prints again says in its first cell that it goes on."""
    pages = m.pages()
    sheets = _sheets(m, pages, repeats=True)
    mark = m.rng.choice(["（续）", "（续表）"] if m.is_chinese else [" (continued)", " (cont.)"])
    for sheet in sheets[1:]:
        sheet.table.rows[0][0].text += mark
    return sheets, [_whole(m, pages)]


def header_alone(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """The header stands alone at the foot of the first page; the next one prints it again or not."""
    pages = [[], *m.pages()]
    return _sheets(m, pages, repeats=m.rng.random() < 0.3), [_whole(m, pages)]


def year_labels(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """The labels of most columns are years, printed again or not."""
    first = m.rng.randint(2005, 2018)
    years = [
        f"{first + i}年" if m.is_chinese and m.rng.random() < 0.5 else str(first + i) for i in range(len(m.header) - 1)
    ]
    labels, m.header = m.header, [m.header[0], *years]
    pages = [
        [[m.cell(labels[0]), *(str(m.rng.randint(2, 900)) for _ in years)] for _ in range(m.rng.randint(3, 8))]
        for _ in range(2)
    ]
    return _sheets(m, pages, repeats=m.rng.random() < 0.6), [_whole(m, pages)]


def words_only(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """No column holds figures: words alone, the header printed again or not."""
    m.header = list(m.words)[: m.rng.choice([3, 4, 5])]
    m.widths = m.draw_widths()
    pages = m.pages()
    return _sheets(m, pages, repeats=m.rng.random() < 0.5), [_whole(m, pages)]


def sums(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """Tables of the same columns end with a sum each, the second below its caption on the next page; one goes on."""
    pages = m.pages()[:2]
    pages[1].append(
        ["合计" if m.is_chinese else "Total", *("" if label in m.words else "4,567" for label in m.header[1:])]
    )
    sheets = _sheets(m, pages, repeats=m.rng.random() < 0.5)
    more = m.rows(4)
    sheets[1].blocks += [m.caption(2), m.table(more, header=True)]
    return sheets, [_whole(m, pages), [m.header, *more]]


def numbered_rows(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """The first column counts rows, through all pages."""
    m.header = ["序号" if m.is_chinese else "No.", *m.header]
    m.widths = m.draw_widths()
    pages, count = [], 0
    for page in m.pages():
        rows = [
            [str(count + i), *row] for i, row in enumerate(([m.cell(h) for h in m.header[1:]] for _ in page), start=1)
        ]
        count += len(rows)
        pages.append(rows)
    return _sheets(m, pages, repeats=m.rng.random() < 0.5), [_whole(m, pages)]


def page_between(m: _Maker) -> tuple[list[Sheet], list[Grid]]:
    """A page of text lies between two tables of the same columns: they are two."""
    first, second = m.rows(5), m.rows(5)
    text = "本页为说明文字，介绍各项指标的口径。" if m.is_chinese else "This page explains how figures were made."
    sheets = [
        Sheet(blocks=[m.caption(1), m.table(first, header=True)]),
        Sheet(blocks=[text]),
        Sheet(blocks=[m.table(second, header=True)]),
    ]
    return sheets, [[m.header, *first], [m.header, *second]]


SHAPES: dict[str, Shape] = {
    shape.__name__: shape
    for shape in (
        *(header_again, no_header, cut_row, note_below, caption_between, other_header, category_first),
        *(column_less, column_more, other_columns, running_heads, two_levels, level_rules),
        *(caption_again, header_continued, header_alone, year_labels, words_only, sums, numbered_rows, page_between),
    )
}


def make_document(shape: str, seed: int) -> tuple[Variant, list[Grid]]:
    """Return a document of a shape, and its whole tables."""
    maker = _Maker(shape, seed)
    sheets, truth = SHAPES[shape](maker)
    rng = random.Random(f"look {shape} {seed}")
    look = Look(
        font=rng.choice(["sans", "serif"]),
        size=rng.choice([8, 9, 10.5, 12]),
        leading=rng.choice([1.2, 1.4, 1.6]),
        pad_x=rng.choice([3, 4, 5.4]),
        pad_y=rng.choice([1, 2, 4]),
        rule_pt=rng.choice([0.5, 0.75, 1.0]),
        gray=rng.choice([0, 0, 0.4]),
        is_landscape=rng.random() < 0.3,
        strokes=rng.choice(["whole", "cells", "filled"]),
        is_middle=rng.random() < 0.3,
    )
    return Variant(kind=shape, seed=seed, look=look, sheets=tuple(sheets), truth=()), truth


def judge(path: Path, truth: list[Grid]) -> str:
    """Return the first difference between the tables read and the truth, "" where all cells are right."""
    found = [table.grid for table in planextract.read_tables(path)]
    if len(found) != len(truth):
        return f"{len(found)} tables of {len(truth)}: {[(len(g), len(g[0])) for g in found]}"
    for number, (grid, wanted) in enumerate(zip(found, truth, strict=True)):
        if len(grid) != len(wanted):
            return f"table {number + 1}: {len(grid)} rows of {len(wanted)}"
        for row, (cells, right) in enumerate(zip(grid, wanted, strict=True)):
            texts, meant = ["".join(text.split()) for text in cells], ["".join(text.split()) for text in right]
            if texts != meant:
                return f"table {number + 1}, row {row}: {texts} for {meant}"
    return ""


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.lab.whole_tables", description=__doc__)
    parser.add_argument("--seeds", default="0:10", help="first:last (last not included)")
    parser.add_argument("--shape", choices=list(SHAPES), action="append")
    parser.add_argument("--chromium", action="store_true", help="print with Chromium")
    parser.add_argument("--show", type=int, default=2)
    options = parser.parse_args()
    first, last = map(int, options.seeds.split(":"))
    total: Counter[bool] = Counter()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        page = None
        if options.chromium:
            page = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"]).new_page()
        for shape in options.shape or SHAPES:
            messages = []
            for seed in range(first, last):
                variant, truth = make_document(shape, seed)
                path = Path(folder) / f"{shape}-{seed}.pdf"
                if page is None:
                    path.write_bytes(print_reportlab(variant))
                else:
                    page.set_content(make_html(variant))
                    page.pdf(path=path, prefer_css_page_size=True)
                messages += [f"  {seed}: {message}" for message in [judge(path, truth)] if message]
            total += Counter({True: last - first - len(messages), False: len(messages)})
            print(f"{shape:16} right {last - first - len(messages)} of {last - first}")
            print("\n".join(messages[: options.show]), end="\n" if messages[: options.show] else "")
    print(f"all: {total[True]} of {total.total()} right ({total[True] / total.total():.1%})")


if __name__ == "__main__":
    main()
