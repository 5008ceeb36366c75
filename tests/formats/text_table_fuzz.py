"""Hostile and broken tables in plain text: nothing is lost or doubled, no cell lies outside its table or over another.

.venv/bin/python -m tests.formats.text_table_fuzz --cases 20000
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from functools import lru_cache

from planextract.dictionaries import load_dictionaries
from planextract.label.number_column import part_numbers
from planextract.label.text_tables import find_text_tables
from planextract.model.source import SourceBlock, SourceMarkup, SourceTable, SourceText
from planextract.model.vocabulary import ColumnVocabulary
from tests.lab.plain_forms import FORMS, draw_form_options, draw_noise, write_form
from tests.lab.plans import make_plan

_LABELS = (
    "序号",
    "工作任务",
    "工作措施",
    "责任单位",
    "牵头单位",
    "配合单位",
    "完成时限",
    "备注",
    "进展情况",
    "类别",
    "责任人",
    "一季度",
    "目标值",
    "?",
)
_CELLS = (
    "1",
    "2",
    "7",
    "十",
    "区教委",
    "区财政局、区水务局",
    "年底前",
    "推进供水管网改造，完成12公里。",
    "",
    "——",
    "一、民生",
    "（二）交通",
    "|",
    "││",
    "\u200b",
    "长" * 50,
    "①",
    "3.5",
    "备注：下同",
    "附件2",
    "- 3 -",
    "𠮷",
    "\ud800".encode("utf-8", "replace").decode(),
    "a\tb",
)
_DIVIDERS = ("\n", "\n\n", " | ", "|\n", "\n|\n", "\t", "   ", " ", "│", "　", "||", "+--+", "\r", "，", ",", ", ")


def make_case(seed: int) -> str:
    """Return a text: labels and cells with odd dividers, a broken plan of the lab, or a drawing with lost signs."""
    rng = random.Random(f"fuzz {seed}")
    kind = rng.random()
    if kind < 0.6:
        divider = rng.choice(_DIVIDERS)
        parts = [rng.choice(_LABELS) for _ in range(rng.randint(2, 8))]
        parts += [rng.choice(_CELLS) for _ in range(rng.randint(0, 60))]
        return "".join(part + (divider if rng.random() < 0.85 else rng.choice(_DIVIDERS)) for part in parts)
    if kind < 0.7:
        return "".join(rng.choice("┌┬┐├┼┤└┴┘─│ 1序号任务局\n|+-") for _ in range(rng.randint(5, 400)))
    return _break(_written(rng.randrange(24), rng.choice(FORMS)), rng)


@lru_cache(maxsize=256)
def _written(seed: int, form: str) -> str:
    plan = make_plan(seed, draw_form_options(seed, form))
    return write_form(plan, form, draw_noise(seed))[:6000]


def _break(text: str, rng: random.Random) -> str:
    """Lose, double or swap stretches of a text."""
    for _ in range(rng.randint(1, 8)):
        low = rng.randrange(len(text) + 1)
        high = min(len(text), low + rng.choice([1, 1, 3, 20, 200]))
        part = rng.choice(["", text[low:high] * 2, rng.choice(_DIVIDERS), rng.choice(_CELLS), text[low:high][::-1]])
        text = text[:low] + part + text[high:]
    return text


def to_lines(text: str) -> list[SourceText]:
    """Return the lines of a text as a reader gives them."""
    lines: list[SourceText] = []
    blank = True
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            lines.append(SourceText(page=0, raw_text=line.strip(), line=number, starts_paragraph=blank))
        blank = not line.strip()
    return lines


def check_case(text: str) -> int:
    """Read a text and check what came out; return the number of tables.

    Raises:
        AssertionError: If a character was lost or doubled, or cells overlap or lie outside.
    """
    vocabulary = _vocabulary()
    lines = to_lines(text)
    blocks = find_text_tables(lines, vocabulary, lambda value: "底前" in value).blocks
    kept = Counter("".join("".join(_texts(blocks)).split()))
    assert kept == Counter("".join("".join(line.raw_text for line in lines).split()))
    tables = [block for block in blocks if isinstance(block, SourceTable)]
    for table in tables:
        _check_table(table)
        parted = part_numbers(table, vocabulary)
        _check_table(parted)
        assert Counter("".join("".join(_texts([parted])).split())) == Counter("".join("".join(_texts([table])).split()))
    return len(tables)


def _texts(blocks: list[SourceBlock] | tuple[SourceBlock, ...]) -> list[str]:
    texts = []
    for block in blocks:
        if isinstance(block, SourceTable):
            texts += [cell.raw_text for cell in block.cells]
        elif isinstance(block, SourceText | SourceMarkup):
            texts.append(block.raw_text)
    return texts


def _check_table(table: SourceTable) -> None:
    taken: set[tuple[int, int]] = set()
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                assert row < table.row_count
                assert col < table.col_count
                assert (row, col) not in taken
                taken.add((row, col))
    assert not table.row_scores or len(table.row_scores) == table.row_count
    assert all(0 <= score <= 1 for score in table.row_scores)


@lru_cache(maxsize=1)
def _vocabulary() -> ColumnVocabulary:
    return load_dictionaries(None).columns


def main() -> None:
    """Run cases and say how many tables were found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    args = parser.parse_args()
    tables = 0
    for seed in range(args.first, args.first + args.cases):
        try:
            tables += check_case(make_case(seed))
        except Exception:
            print(f"case {seed}")
            raise
    print(f"{args.cases} cases, {tables} tables, nothing lost or doubled")


if __name__ == "__main__":
    main()
