"""The plain plan of a seed, which the kinds change."""

from __future__ import annotations

import random
from dataclasses import replace

from tests.lab.constructs.model import Cell, Row, Sheet, Table
from tests.lab.wording import Writer, load_bodies, load_words

FILLS = ("#cbd9f2", "#e6e6e6", "#d9e8d4", "#f4e3c8", "#dcdcf0")
DARK = ("#3b63a8", "#2f5d50", "#7a3030", "#444444", "#5b9bd5")
Draw = tuple[list[Sheet], list[Row]]


class Maker:
    """Draws the plain plan of a seed; the kinds change it."""

    def __init__(self, kind: str, seed: int) -> None:
        self.rng = random.Random(f"{kind} {seed}")
        self.writer = Writer(self.rng, self.rng.randint(2021, 2025))
        words = load_words()["labels"]
        lead, support = self.rng.choice([("牵头单位", "配合单位"), ("牵头部门", "配合部门"), ("责任单位", "协办单位")])
        self.labels = [
            self.rng.choice(words["task_no"]),
            self.rng.choice(words["task_name"]),
            self.rng.choice(words["measure"]),
            self.rng.choice(words["deadline"]),
            lead,
            support,
        ]
        self.truth = self._make_rows()
        weights = [
            1.0,
            2.2,
            self.rng.uniform(4, 6.5),
            self.rng.uniform(1.6, 2.2),
            self.rng.uniform(2, 2.6),
            self.rng.uniform(2, 2.6),
        ]
        self.widths = [w / sum(weights) for w in weights]
        self.look: dict[str, float | str] = {}
        self.plan_count = 1

    def _make_rows(self) -> list[Row]:
        rng, writer, rows, names = self.rng, self.writer, [], set()
        usual = rng.random() < 0.6
        for number in range(1, rng.randint(4, 7) + 1):
            name = writer.task_name()
            while name in names:
                name = writer.task_name() + rng.choice(["（一期）", "示范项目", "试点"])
            names.add(name)
            text = "".join(writer.sentence() for _ in range(rng.choice([1, 1, 2]))).replace("⟦", "").replace("⟧", "")
            deadline = f"{writer.year}年{rng.randint(2, 12)}月底前" if usual else writer.deadline()
            short = [body for body, _ in load_bodies() if len(body) <= 8]
            bodies = rng.sample(short, 3)
            rows.append(
                Row(
                    number=str(number),
                    name=name,
                    measure=text,
                    deadline=deadline,
                    lead=bodies[0],
                    support="、".join(bodies[1 : rng.choice([2, 2, 3])]),
                )
            )
        return rows

    def table(self, rows: list[list[str]], *, header: bool = True) -> Table:
        """Return a fully ruled table of texts."""
        texts = [list(self.labels), *rows] if header else rows
        cells = [
            [Cell(text=text, is_bold=header and i == 0 and len(self.labels) > 0) for text in row]
            for i, row in enumerate(texts)
        ]
        return Table(rows=cells, widths=list(self.widths))

    def texts(self) -> list[list[str]]:
        """Return the plan's cells as printed."""
        return [[r.number, r.name, r.measure, r.deadline, r.lead, r.support] for r in self.truth]

    def head(self) -> list[str | Table]:
        """Return the lines above the table."""
        title = f"北京市西城区{self.rng.choice(load_words()['topics'])}{self.writer.year}年任务分解表"
        return [title]

    def one_page(self) -> tuple[Sheet, Table]:
        """Return a plain plan on one page, and its table."""
        table = self.table(self.texts())
        return Sheet(blocks=[*self.head(), table]), table

    def two_pages(self, first: list[list[str]], second: list[list[str]], *, repeats: bool) -> tuple[Sheet, Sheet]:
        """Return a plan on two pages."""
        return Sheet(blocks=[*self.head(), self.table(first)]), Sheet(blocks=[self.table(second, header=repeats)])

    def cut(self, text: str, low: float = 0.3, high: float = 0.7) -> int:
        """Return a place inside a text."""
        return max(1, min(len(text) - 1, round(len(text) * self.rng.uniform(low, high))))

    def group(self) -> None:
        """Make tasks of several measures: rows that follow take number and name of their first."""
        rows: list[Row] = []
        number = 0
        while len(rows) < len(self.truth):
            number += 1
            first = self.truth[len(rows)]
            for row in self.truth[len(rows) : len(rows) + self.rng.choice([1, 2, 2, 3])]:
                rows.append(replace(row, number=str(number), name=first.name))
        self.truth = rows

    def groups(self) -> list[tuple[int, int]]:
        """Return the first row and the number of rows of each task, in the rows of the truth."""
        firsts = [i for i, row in enumerate(self.truth) if i == 0 or row.number != self.truth[i - 1].number]
        return [(a, b - a) for a, b in zip(firsts, [*firsts[1:], len(self.truth)], strict=True)]

    def merge_tasks(self, table: Table, first: int = 0, count: int | None = None) -> None:
        """Merge number and name of the tasks in a table that holds ``count`` rows from row ``first`` of the truth."""
        count = len(self.truth) - first if count is None else count
        skip = len(table.rows) - count
        for start, size in self.groups():
            low, high = max(start, first), min(start + size, first + count)
            for col in (0, 1) if high > low else ():
                for row in range(low + 1, high):
                    table.rows[skip + row - first][col].text = ""
                if high - low > 1:
                    table.merge(skip + low - first, col, high - low, 1)

    def renumber(self) -> None:
        """Number the tasks from 1, by their names."""
        number = 0
        for i, row in enumerate(self.truth):
            number += i == 0 or row.name != self.truth[i - 1].name
            self.truth[i] = replace(row, number=str(number))

    def share(self, row: int, source: int, cols: tuple[int, ...]) -> None:
        """Give a row of the truth the deadline (3), lead (4) or support (5) of another one."""
        old, new = self.truth[source], self.truth[row]
        self.truth[row] = replace(
            new,
            deadline=old.deadline if 3 in cols else new.deadline,
            lead=old.lead if 4 in cols else new.lead,
            support=old.support if 5 in cols else new.support,
        )

    def extend(self, row: int, text: str) -> None:
        """Add text to a measure of the truth."""
        self.truth[row] = replace(self.truth[row], measure=self.truth[row].measure + text)

    def bodies(self, count: int, row: Row) -> list[str]:
        """Draw short bodies' names, none of them the row's lead."""
        return self.rng.sample([body for body, _ in load_bodies() if len(body) <= 8 and body != row.lead], count)
