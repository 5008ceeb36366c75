"""Tables drawn with signs in lines of text: the drawing decides rows, columns and merged cells."""

from __future__ import annotations

import pytest

from planextract.label.text_tables.box_drawing import find_box_tables
from planextract.model.source import SourceTable, SourceText
from tests.builders import draw_table
from tests.unit.label.test_text_tables import as_lines


def read(*lines: str) -> list[str]:
    """What lines become: a line as it is, mark-up with its line, a table's rows with ``^`` and ``<`` for merged cells."""
    found: list[str] = []
    for block in find_box_tables(as_lines("\n".join(lines))):
        if isinstance(block, SourceTable):
            found += [f"# {block.row_count}x{block.col_count}{' spans' if block.has_spans else ''} line {block.line}"]
            found += [row.replace("\n", "↵") for row in draw_table(block)]
            found += [
                f"¶ {cell.row},{cell.col} {'¶'.join(cell.paragraphs)}"
                for cell in block.cells
                if len(cell.paragraphs or ()) > 1
            ]
        else:
            found.append(
                f"{block.line} {block.raw_text}" if isinstance(block, SourceText) else f"~{block.line} {block.raw_text}"
            )
    return found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            ("┌──┬────┐", "│号│任务│", "├──┼────┤", "│1 │造林│", "└──┴────┘"),
            ["~1 ┌──┬────┐", "~2 │││", "~3 ├──┼────┤", "~4 │││", "~5 └──┴────┘", "# 2x2 line 1", "号|任务", "1|造林"],
        ),
        (
            ("前言", "┌──┬────┐", "│号│任务│", "├──┼────┤", "│1 │造林│", "└──┴────┘", "后记"),
            [
                "1 前言",
                "~2 ┌──┬────┐",
                "~3 │││",
                "~4 ├──┼────┤",
                "~5 │││",
                "~6 └──┴────┘",
                "# 2x2 line 2",
                "号|任务",
                "1|造林",
                "7 后记",
            ],
        ),
        (
            (
                "┌──┬────┬──┐",
                "│号│任务│位│",
                "├──┼────┼──┤",
                "│1 │造林│甲│",
                "│  ├────┤  │",
                "│  │修路│  │",
                "└──┴────┴──┘",
            ),
            [
                "~1 ┌──┬────┬──┐",
                "~2 ││││",
                "~3 ├──┼────┼──┤",
                "~4 ││││",
                "~5 │├────┤│",
                "~6 ││││",
                "~7 └──┴────┴──┘",
                "# 3x3 spans line 1",
                "号|任务|位",
                "1|造林|甲",
                "^|修路|^",
            ],
        ),
        (
            ("┌──┬────┬──┐", "│标题        │", "├──┼────┼──┤", "│1 │造林│甲│", "└──┴────┴──┘"),
            [
                "~1 ┌──┬────┬──┐",
                "~2 ││",
                "~3 ├──┼────┼──┤",
                "~4 ││││",
                "~5 └──┴────┴──┘",
                "# 2x3 line 1",
                "标题|<|<",
                "1|造林|甲",
            ],
        ),
        (("┌────────┐", "│只有一列│", "└────────┘"), ["1 ┌────────┐", "2 │只有一列│", "3 └────────┘"]),
        (
            ("+--+----+", "|号|任务|", "+==+====+", "|1 |造林|", "+--+----+"),
            ["~1 +--+----+", "~2 |||", "~3 +==+====+", "~4 |||", "~5 +--+----+", "# 2x2 line 1", "号|任务", "1|造林"],
        ),
        (("+--+----+", "|号|a+b |", "+--+----+"), ["~1 +--+----+", "~2 |||", "~3 +--+----+", "# 1x2 line 1", "号|a+b"]),
        (
            ("+---+------+", "| 1 | 造林 |", "+---+------+", "| 2 | ---  |", "+---+------+"),
            [
                "~1 +---+------+",
                "~2 |||",
                "~3 +---+------+",
                "~4 |||",
                "~5 +---+------+",
                "# 2x2 line 1",
                "1|造林",
                "2|---",
            ],
        ),
        (
            (
                "┌──┬────┐",
                "│号│任务│",
                "├──┼────┤",
                "│1 │造林│",
                "└──┴────┘",
                "┌──┬────┐",
                "│号│任务│",
                "├──┼────┤",
                "│1 │造林│",
                "└──┴────┘",
            ),
            [
                "~1 ┌──┬────┐",
                "~2 │││",
                "~3 ├──┼────┤",
                "~4 │││",
                "~5 └──┴────┘",
                "# 2x2 line 1",
                "号|任务",
                "1|造林",
                "~6 ┌──┬────┐",
                "~7 │││",
                "~8 ├──┼────┤",
                "~9 │││",
                "~10 └──┴────┘",
                "# 2x2 line 6",
                "号|任务",
                "1|造林",
            ],
        ),
        (
            ("┌──┬──────────┐", "│1 │完成管网改│", "│  │造。      │", "│  │修路。    │", "└──┴──────────┘"),
            [
                "~1 ┌──┬──────────┐",
                "~2 │││",
                "~3 │││",
                "~4 │││",
                "~5 └──┴──────────┘",
                "# 1x2 line 1",
                "1|完成管网改↵造。↵修路。",
                "¶ 0,1 完成管网改造。¶修路。",
            ],
        ),
        (("┌──┬────┐", "└──┴────┘"), ["1 ┌──┬────┐", "2 └──┴────┘"]),
        (("───", "说明"), ["1 ───", "2 说明"]),
        (("│号│任务│",), ["1 │号│任务│"]),
        (("┌─┐",), ["1 ┌─┐"]),
        (
            ("┏━━┳━━━━┓", "┃号┃任务┃", "┣━━╋━━━━┫", "┃1 ┃造林┃", "┗━━┻━━━━┛"),
            ["~1 ┏━━┳━━━━┓", "~2 ┃┃┃", "~3 ┣━━╋━━━━┫", "~4 ┃┃┃", "~5 ┗━━┻━━━━┛", "# 2x2 line 1", "号|任务", "1|造林"],
        ),
        (
            ("┌──┬────┐", "│号│任务│", "│1 │造林│", "说明文字", "└──┴────┘"),
            ["~1 ┌──┬────┐", "~2 │││", "~3 │││", "# 1x2 line 1", "号↵1|任务↵造林", "4 说明文字", "5 └──┴────┘"],
        ),
        (
            (
                "┌──┬────┬──┐",
                "│号│任务│位│",
                "├──┴────┼──┤",
                "│一、生态│甲│",
                "├──┬────┼──┤",
                "│1 │造林│乙│",
                "└──┴────┴──┘",
            ),
            [
                "~1 ┌──┬────┬──┐",
                "~2 ││││",
                "~3 ├──┴────┼──┤",
                "~4 │││",
                "~5 ├──┬────┼──┤",
                "~6 ││││",
                "~7 └──┴────┴──┘",
                "# 3x3 spans line 1",
                "号|任务|位",
                "一、生态|<|甲",
                "1|造林|乙",
            ],
        ),
        (
            (
                "┌──┬────┬──┐",
                "│号│任务│位│",
                "├──┼────┼──┤",
                "│1 │造林│甲│",
                "├──┼────┤  │",
                "│2 │修路│  │",
                "└──┴────┴──┘",
            ),
            [
                "~1 ┌──┬────┬──┐",
                "~2 ││││",
                "~3 ├──┼────┼──┤",
                "~4 ││││",
                "~5 ├──┼────┤│",
                "~6 ││││",
                "~7 └──┴────┴──┘",
                "# 3x3 spans line 1",
                "号|任务|位",
                "1|造林|甲",
                "2|修路|^",
            ],
        ),
    ],
)
def test_a_drawing_is_a_table_of_its_cells(lines: tuple[str, ...], found: list[str]) -> None:
    assert read(*lines) == found


def test_a_line_is_looked_at_up_to_four_thousand_characters() -> None:
    def drawn(width: int) -> int:
        rule, row = f"┌──┬{'─' * width}┐", f"│号│{'务'.ljust(width)}│"
        return len([line for line in read(rule, row, rule) if line.startswith("#")])

    assert (drawn(3995), drawn(3996)) == (1, 0)


def test_a_drawing_has_sixty_columns_at_most() -> None:
    def drawn(count: int) -> int:
        return len(read("┬".join(["──"] * count).join("┌┐"), "│".join(["号"] * count).join("││")))

    assert drawn(59) > 2
    assert drawn(60) == 2
