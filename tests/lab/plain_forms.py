"""The lab's plans as the web and copies of it print them: one table, whatever divides its cells, with exact truth.

    .venv/bin/python -m tests.lab.plain_forms --seeds 0:100 [--form line] [-v]

Forms: ``line`` a cell a line (several names are several lines), ``pipe_stream`` a bar behind each cell, a cell a line,
``pipe`` a row a line with bars, ``tab``, ``blanks`` (two or more), ``blank`` (one), ``box`` drawn with ─│┼.
Merged cells are left out, as copies of pages leave them out, but where the form shows them.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import planextract
from planextract.errors import PlanExtractError
from tests.lab.model import LabPlan, LabTable, LabText, plain
from tests.lab.options import LabOptions, draw_options
from tests.lab.plans import make_plan

FORMS = ("line", "pipe_stream", "pipe", "tab", "blanks", "blank", "box")
_AGENCIES = ("lead", "responsible", "support")
_TAILS = (
    ["分享到:"],
    ["【打印本页】", "【关闭窗口】"],
    ["扫一扫在手机打开当前页"],
    ["相关链接", "政策解读"],
    [],
    ["主办：某某市人民政府办公室", "网站标识码：1101020001"],
    ["上一篇：关于召开会议的通知", "下一篇：没有了"],
)
_HEADS = (
    [],
    ["首页 > 政务公开 > 通知公告"],
    ["发布时间：2023-03-01 来源：区政府办公室", "字体：[大 中 小]"],
    ["索引号：11010200/2023-00012", "发布机构：区政府办公室", "发文日期：2023-03-01"],
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """What stands around and inside a table: lines before and behind, page numbers and headers between rows."""

    head: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    rows_a_page: int = 0
    page_numbers: bool = False
    repeats_header: bool = True


def draw_form_options(seed: int, form: str) -> LabOptions:
    """Draw what a plan in a form looks like; what the form cannot show is left out."""
    options = draw_options(seed, "reportlab")
    shows_lines = form in ("line", "box", "pipe_stream")
    roles = options.agency_roles
    separator = options.separator if options.separator != "\n" or (shows_lines and len(roles) == 1) else "、"
    merge = "all" if options.merge == "single" else options.merge
    if form not in ("box", "tab"):  # a row that prints its text alone may be a further paragraph
        merge = "bodies" if merge == "all" else merge
        merge = "none" if merge == "bodies" and not options.has_deadline else merge
    return replace(
        options,
        merge=merge,
        none_mark=options.none_mark or "---",
        full_stops=True,
        other_table="none",
        header="once",
        separator=separator,
        paragraphs="one" if form != "box" else options.paragraphs,
        has_note=False,
        plan_count=options.plan_count if options.plan_count < 3 else 1,
        restarts=False,
        lists=options.lists,
        two_level=options.two_level and form in ("line", "pipe_stream", "box", "tab"),
    )


def draw_noise(seed: int) -> Noise:
    """Draw the noise of a seed."""
    rng = random.Random(f"noise {seed}")
    return Noise(
        head=tuple(rng.choice(_HEADS)),
        tail=tuple(rng.choice(_TAILS)),
        rows_a_page=rng.choice([0, 0, 0, 7, 12]),
        page_numbers=rng.random() < 0.5,
        repeats_header=rng.random() < 0.8,
    )


def write_form(plan: LabPlan, form: str, noise: Noise) -> str:
    """Return a plan as a text in one of the forms."""
    rng = random.Random(f"form {plan.seed} {form}")
    lines: list[str] = list(noise.head)
    for block in plan.blocks:
        if isinstance(block, LabText):
            lines += [plain(block.text), ""]
        else:
            lines += [*_write_table(block, form, noise, rng), ""]
    return "\n".join([*lines, *noise.tail]) + "\n"


def _write_table(table: LabTable, form: str, noise: Noise, rng: random.Random) -> list[str]:
    if form == "box":
        return _draw_box(table, rng)
    style = _Style.draw(form, rng, table)
    header = style.write_header(table)
    lines = list(header)
    page = 1
    for row in range(len(table.rows)):
        if noise.rows_a_page and row and row % noise.rows_a_page == 0 and table.rows[row].kind != "measure":
            page += 1
            if noise.page_numbers:
                lines.append(f"- {page} -")
            if noise.repeats_header:
                lines += header
        lines += style.write_row(table, row)
    return lines


@dataclass(frozen=True, slots=True)
class _Style:
    form: str
    apart: str
    outer: bool
    pads: bool
    own_line: bool

    @classmethod
    def draw(cls, form: str, rng: random.Random, table: LabTable) -> _Style:
        spans = any(cell.row_span > 1 for cell in table.cells)
        return cls(
            form=form,
            apart=rng.choice(["none", "all", "cells"]),
            outer=rng.random() < 0.4,
            pads=spans and rng.random() < 0.5,
            own_line=rng.random() < 0.3,
        )

    def write_header(self, table: LabTable) -> list[str]:
        rows = [
            [plain("".join(c.paragraphs)) for c in table.header if c.row == row] for row in range(table.header_rows)
        ]
        if self.form in ("line", "pipe_stream"):
            return [line for row in rows for line in self._cells([[label] for label in row])]
        if len(rows) == 2:
            width = len(table.columns)
            grid = [[""] * width for _ in rows]
            for cell in table.header:
                grid[cell.row][cell.col] = plain("".join(cell.paragraphs))
            rows = grid
        return [self._line(row) for row in rows]

    def write_row(self, table: LabTable, row: int) -> list[str]:
        width = len(table.columns)
        here = {cell.col: cell for cell in table.cells if cell.row == row}
        covered = {
            col
            for cell in table.cells
            if cell.row < row < cell.row + cell.row_span
            for col in range(cell.col, cell.col + cell.col_span)
        }
        if table.rows[row].kind == "section":
            text = [plain(p) for p in here[0].paragraphs]
            if self.form in ("line", "pipe_stream"):
                return self._cells([text])
            return [self._line([*text, *[""] * (width - 1)] if self.form in ("tab", "pipe") else text)]
        cells = []
        for col in range(width):
            cell = here.get(col)
            paragraphs = [plain(p) for p in cell.paragraphs] if cell is not None else []
            if col in covered and self.form in ("line", "pipe_stream", "blanks", "blank"):
                continue
            if col in covered and self.form == "pipe" and self.pads:
                continue
            if not any(paragraphs) and self.form in ("line", "blanks", "blank"):
                continue
            cells.append(paragraphs or [""])
        if self.form in ("line", "pipe_stream"):
            return self._cells(cells)
        texts = ["".join(cell) if self.form != "blank" else "".join(cell).replace(" ", "") for cell in cells]
        if self.form == "pipe" and self.pads:
            texts += [""] * (width - len(texts))
        return [self._line(texts)]

    def _line(self, texts: list[str]) -> str:
        if self.form == "tab":
            return "\t".join(texts)
        if self.form == "blanks":
            return "   ".join(texts)
        if self.form == "blank":
            return " ".join(text.replace(" ", "") for text in texts)
        return ("| " if self.outer else "") + " | ".join(texts) + " |"

    def _cells(self, cells: list[list[str]]) -> list[str]:
        lines: list[str] = []
        for cell in cells:
            if self.form == "pipe_stream":
                text = "\n".join(cell)
                lines += [text, "|"] if self.own_line and text else [f"{text} |" if text else "|"]
                continue
            for line in cell:
                lines.append(line)
                if self.apart == "all":
                    lines.append("")
            if self.apart == "cells":
                lines.append("")
        return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _wrap(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for char in text:
        if _width(line + char) > width:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line] if line or not lines else lines


def _draw_box(table: LabTable, rng: random.Random) -> list[str]:
    """Draw a table of fixed width; each cell in a box of its own, merged cells open."""
    count = len(table.columns)
    mark = rng.choice([1, 2])
    share = {"task_no": 4, "measure": 40, "task_name": 16, "deadline": 12, "section": 12}
    widths = [max(share.get(role, 18), 4) for role, _ in table.columns]
    header = [(c, 0) for c in table.header]
    total = table.header_rows + len(table.rows)
    places: dict[tuple[int, int], object] = {}
    boxes = []
    for cell, shift in [*header, *((c, table.header_rows) for c in table.cells)]:
        top = cell.row + shift
        room = sum(widths[cell.col : cell.col + cell.col_span]) + (cell.col_span - 1) * mark
        texts = [line for p in cell.paragraphs for line in _wrap(plain(p), room)]
        boxes.append((top, cell.col, cell.row_span, cell.col_span, texts))
    taken = {(r, c) for top, col, rs, cs, _ in boxes for r in range(top, top + rs) for c in range(col, col + cs)}
    boxes += [(r, c, 1, 1, [""]) for r in range(total) for c in range(count) if (r, c) not in taken]
    for index, (top, col, rs, cs, _) in enumerate(boxes):
        for r in range(top, top + rs):
            for c in range(col, col + cs):
                places[r, c] = index
    heights = [1] * total
    for top, _, rs, _, texts in boxes:
        have = sum(heights[top : top + rs]) + rs - 1
        if len(texts) > have:
            heights[top + rs - 1] += len(texts) - have
    return list(_box_lines(boxes, places, widths, heights, mark))


def _box_lines(boxes, places, widths, heights, mark):
    count, total = len(widths), len(heights)
    shown = Counter()

    def rule(row: int) -> str:
        out = ""
        for col in range(count + 1):
            up = row > 0 and (col in (0, count) or places[row - 1, col - 1] != places[row - 1, col])
            down = row < total and (col in (0, count) or places[row, col - 1] != places[row, col])
            left = col > 0 and (row in (0, total) or places[row - 1, col - 1] != places[row, col - 1])
            right = col < count and (row in (0, total) or places[row - 1, col] != places[row, col])
            out += _SIGNS[up, down, left, right]
            if col < count:
                if right:
                    out += "─" * (-(-widths[col] // mark))
                elif row not in (0, total):
                    out += part(places[row, col], col)
        return out

    def part(index: int, col: int) -> str:
        _, left, _, cs, texts = boxes[index]
        if col != left:
            return ""
        room = sum(-(-w // mark) * mark for w in widths[left : left + cs]) + (cs - 1) * mark
        at = shown[index]
        shown[index] += 1
        text = texts[at] if at < len(texts) else ""
        return text + " " * (room - _width(text))

    for row in range(total):
        yield rule(row)
        for _ in range(heights[row]):
            line = "│"
            for col in range(count):
                line += part(places[row, col], col)
                if col == count - 1 or places[row, col] != places[row, col + 1]:
                    line += "│"
            yield line
    yield rule(total)


_SIGNS = {
    (up, down, left, right): sign
    for (up, down, left, right), sign in {
        (0, 1, 0, 1): "┌",
        (0, 1, 1, 0): "┐",
        (1, 0, 0, 1): "└",
        (1, 0, 1, 0): "┘",
        (1, 1, 0, 1): "├",
        (1, 1, 1, 0): "┤",
        (0, 1, 1, 1): "┬",
        (1, 0, 1, 1): "┴",
        (1, 1, 1, 1): "┼",
        (1, 1, 0, 0): "│",
        (0, 0, 1, 1): "─",
        (0, 0, 0, 0): "",
        (0, 0, 1, 0): "─",
        (0, 0, 0, 1): "─",
        (1, 0, 0, 0): "│",
        (0, 1, 0, 0): "│",
    }.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormScore:
    """Measures of a document: held, found, exact (text, deadline, bodies by role); invented, and what differs."""

    wanted: int
    found: int
    exact: int
    invented: int
    differences: tuple[str, ...]


def score_form(plan: LabPlan, text: str) -> FormScore:
    """Run planextract on a text and compare its measures with the plan's."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.txt"
        path.write_text(text, encoding="utf-8")
        try:
            extraction = planextract.extract_file(path)
        except PlanExtractError as error:
            wanted = sum(len(task.measures) for tasks in plan.tasks for task in tasks)
            return FormScore(wanted=wanted, found=0, exact=0, invented=0, differences=(f"refused: {error}",))
    squeeze = lambda value: "".join((value or "").split())  # noqa: E731
    wanted = [
        (
            squeeze(m.text),
            squeeze("".join(m.values["deadline"].texts)) if "deadline" in m.values else "",
            tuple(tuple(squeeze(n) for n in m.values[role].texts) if role in m.values else () for role in _AGENCIES),
        )
        for tasks in plan.tasks
        for task in tasks
        for m in task.measures
    ]
    found = [
        (
            squeeze(m.text),
            "" if "from_text" in m.deadline.flags else squeeze(m.deadline.raw_text),
            tuple(tuple(squeeze(r.raw_text) for r in m.responsibilities if r.role == role) for role in _AGENCIES),
        )
        for p in extraction.plans
        for task in p.tasks
        for m in task.measures
    ]
    left = Counter(found)
    exact, missing = 0, []
    for measure in wanted:
        if left[measure]:
            left[measure] -= 1
            exact += 1
        else:
            missing.append(measure)
    rest = list(left.elements())
    by_text = {measure[0]: measure for measure in rest}
    shown = [
        f"{m[0][:20]}… want {m[1:]}, got {by_text[m[0]][1:]}"
        if m[0] in by_text
        else f"no text {m[0][:30]}…{m[0][-12:]} {m[1:]}"
        for m in missing
    ]
    shown += [f"odd text {m[0][:30]}…{m[0][-30:]} {m[1:]}" for m in rest if m[0] not in {w[0] for w in wanted}]
    return FormScore(
        wanted=len(wanted),
        found=len(found),
        exact=exact,
        invented=max(0, len(found) - len(wanted)),
        differences=tuple(shown),
    )


def main() -> None:
    """Print the share of exact measures by form."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", default="0:40")
    parser.add_argument("--form", choices=FORMS)
    parser.add_argument("-v", action="store_true")
    args = parser.parse_args()
    first, _, last = args.seeds.partition(":")
    for form in [args.form] if args.form else FORMS:
        total: Counter[str] = Counter()
        bad = []
        for seed in range(int(first), int(last)):
            plan = make_plan(seed, draw_form_options(seed, form))
            score = score_form(plan, write_form(plan, form, draw_noise(seed)))
            total.update(wanted=score.wanted, found=score.found, exact=score.exact, invented=score.invented)
            if score.exact < score.wanted or score.invented:
                bad.append((seed, score))
        print(
            f"{form:12} {total['exact']}/{total['wanted']} = {total['exact'] / total['wanted']:.4f}, "
            f"{total['invented']} invented, {len(bad)} documents differ"
        )
        for seed, score in bad[: 8 if args.v else 3]:
            print(f"   seed {seed}: {score.exact}/{score.wanted}, invented {score.invented}")
            for difference in score.differences[: 8 if args.v else 3]:
                print("     ", difference[:260])


if __name__ == "__main__":
    main()
