"""Build the objects that tests need, small and readable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from planextract.dictionaries.files import find_builtin_folder
from planextract.dictionaries.vocabulary import load_quantity_words
from planextract.interpret.notice import InterpretedNotice, finish_notice, read_front
from planextract.model.agency import AgencyEntry, AgencyMatch
from planextract.model.confidence import OddCharacter
from planextract.model.roles import Role
from planextract.model.source import SourceBlock, SourceMarkup, SourceTable, SourceText
from planextract.model.vocabulary import (
    ColumnVocabulary,
    DeadlineVocabulary,
    Dictionaries,
    Region,
    Regions,
    Unit,
    UnitVocabulary,
)
from planextract.read.text_blocks import split_blocks
from planextract.resolve.cell_names import split_agency_cell
from planextract.settings import ReadSettings

HEADER = "序号\t重点任务\t工作措施\t完成时限\t主责单位\t协办单位"


class FakeNames:
    """Knows a handful of names, exactly; ``by_rule`` are names that a rule would link."""

    def __init__(self, *names: str, by_rule: Iterable[str] = ()) -> None:
        self._names = sorted(names, key=len, reverse=True)
        self._by_rule = frozenset(by_rule)

    def match(self, raw_text: str) -> AgencyMatch:
        if raw_text in self._names:
            return AgencyMatch(kind="exact", entry=make_entry(raw_text), score=1.0, reason="")
        if raw_text in self._by_rule:
            return AgencyMatch(kind="rule", entry=make_entry(raw_text), score=0.9, reason="")
        return AgencyMatch(kind="unresolved", entry=None, score=0.0, reason="")

    def is_name(self, text: str) -> bool:
        return text in self._names

    def split_cell(self, text: str) -> tuple[str, ...]:
        return tuple(name.raw_text for name in split_agency_cell(text, self))

    def find_word_across(self, before: str, after: str) -> str | None:
        return None

    def find_names(self, text: str) -> tuple[tuple[int, int], ...]:
        spans: list[tuple[int, int]] = []
        position = 0
        while position < len(text):
            name = next((n for n in self._names if text.startswith(n, position)), None)
            if name:
                spans.append((position, position + len(name)))
            position += len(name or "x")
        return tuple(spans)


def make_entry(name: str) -> AgencyEntry:
    return AgencyEntry(agency_id=name, name=name, full_name=name, kind="agency", level="区", region="110102")


def make_deadline_words() -> DeadlineVocabulary:
    return DeadlineVocabulary(
        ongoing=("常态化推进", "长期实施", "持续推进", "常态化", "长期", "持续"),
        recurring=("每半年", "每季度", "每年", "每月", "定期"),
        events=("供暖季", "采暖季", "秋冬季", "汛期", "夏季", "春节"),
        immediate=("即日起", "立即"),
        undated=("按计划", "按要求"),
        five_year_plans={"十三五": (2016, 2020), "十四五": (2021, 2025)},
        completion=("投入使用", "完成", "竣工", "开工"),
        seasons={"秋冬季": (10, 3)},
    )


def make_units() -> UnitVocabulary:
    spellings = {
        "个百分点": "percentage_point",
        "微克/立方米": "microgram/meter**3",
        "平方公里": "kilometer**2",
        "平方米": "meter**2",
        "公里": "kilometer",
        "公顷": "hectare",
        "吨": "tonne",
        "亩": "mu",
        "米": "meter",
        "元": "CNY",
        "%": "percent",
        "辆": "count",
        "家": "count",
        "台": "count",
        "名": "rank",
        "个": "count",
        "天": "day",
        "座": "count",
    }
    units = {name: Unit(name=name, wordings=(name,), pint=pint) for name, pint in spellings.items()}
    return UnitVocabulary(
        units={name: units[name] for name in sorted(units, key=lambda n: (-len(n), n))},
        multipliers={"百万": 1_000_000, "万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100},
        words=load_quantity_words(find_builtin_folder() / "targets.yaml"),
    )


def make_regions() -> Regions:
    beijing = Region(code="110000", name="北京市", full_name="北京市", chain=("110000",))
    xicheng = Region(code="110102", name="西城区", full_name="北京市西城区", chain=("110102", "110000"))
    return Regions(by_code={"110000": beijing, "110102": xicheng})


def make_lines(text: str) -> tuple[SourceText, ...]:
    """Lines of text as a reader gives them: one a line, blank lines open paragraphs."""
    lines: list[SourceText] = []
    after_blank = True
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            lines.append(SourceText(page=1, raw_text=line.strip(), line=number, starts_paragraph=after_blank))
        after_blank = not line.strip()
    return tuple(lines)


def read_notice(
    front: Sequence[SourceText],
    back: Sequence[SourceText],
    plan_titles: Sequence[str],
    regions: Regions,
    labels: Mapping[str, str] | None = None,
) -> InterpretedNotice:
    """Read a notice whose plans stand one behind another."""
    return finish_notice(read_front(front, labels or {}), (), back, plan_titles, regions)


def read_blocks(text: str, **limits: int) -> tuple[SourceBlock, ...]:
    return split_blocks(text, "plan.txt", ReadSettings(**limits))[0]


def draw_blocks(blocks: Sequence[SourceBlock]) -> list[object]:
    """Blocks as plain values: a line as its text, mark-up as ``<…>``, a table as its drawn rows."""
    return [_draw_block(block) for block in blocks]


def _draw_block(block: SourceBlock) -> object:
    if isinstance(block, SourceTable):
        return draw_table(block)
    return f"markup {block.raw_text}" if isinstance(block, SourceMarkup) else block.raw_text


def draw_table(table: SourceTable) -> list[str]:
    """Rows of a table, drawn: cells by ``|``; ``^`` covered from above, ``<`` from the left, ``·`` nothing."""
    grid = [["·"] * table.col_count for _ in range(table.row_count)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                assert grid[row][col] == "·", f"two cells at {row}, {col}"
                grid[row][col] = "^" if row > cell.row else "<"
        grid[cell.row][cell.col] = cell.raw_text
    return ["|".join(row) for row in grid]


def tables_of(blocks: Sequence[SourceBlock]) -> list[SourceTable]:
    return [block for block in blocks if isinstance(block, SourceTable)]


def printed_characters(blocks: Sequence[SourceBlock]) -> str:
    """All characters of the blocks but white space."""
    texts: list[str] = []
    for block in blocks:
        texts += [cell.raw_text for cell in block.cells] if isinstance(block, SourceTable) else [block.raw_text]
    return "".join("".join(texts).split())


def make_plan_text(*rows: str, header: str = HEADER, title: str = "西城区水污染防治2021年行动计划") -> str:
    """A whole document with one tab-separated plan."""
    return "\n".join([title, "", header, *rows]) + "\n"


class NoWords:
    """A word book that knows no word."""

    def find_word_across(self, before: str, after: str) -> str | None:
        return None

    def is_word(self, text: str) -> bool:
        return False

    def prepare(self, text: str) -> None:
        pass

    def find_odd_characters(self, text: str, familiar: Set[str]) -> tuple[OddCharacter, ...]:
        return ()

    def weigh(self, text: str) -> float:
        return 0.0


def make_columns() -> ColumnVocabulary:
    roles = {
        Role.TASK_NO: ("序号",),
        Role.TASK_NAME: ("重点任务", "任务"),
        Role.MEASURE: ("工作措施", "措施"),
        Role.DEADLINE: ("完成时限",),
        Role.LEAD: ("牵头单位",),
        Role.RESPONSIBLE: ("主责单位", "责任单位"),
        Role.SUPPORT: ("协办单位", "配合单位"),
    }
    return ColumnVocabulary(
        roles={wording: role for role, wordings in roles.items() for wording in wordings},
        known_others=frozenset({"备注"}),
        group_labels=frozenset({"责任分工"}),
    )


def make_dictionaries() -> Dictionaries:
    names = ("区教委", "区财政局", "区生态环境局", "区科学技术和信息化局", "各街道办事处")
    return Dictionaries(
        version="0" * 16,
        columns=make_columns(),
        deadlines=make_deadline_words(),
        units=make_units(),
        regions=make_regions(),
        agencies=tuple(make_entry(name) for name in names),
        words=NoWords(),
    )
