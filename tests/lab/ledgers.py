"""Ledgers that a script fills in, corrects, sorts, copies and breaks, with exact truth.

``python -m tests.lab.ledgers --edits 1000`` exports the ledger of an output, makes random edits, lets openpyxl and
LibreOffice save it, imports it, and compares what was taken with what was edited.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from planextract.decisions.progress_log import progress_path, read_progress
from planextract.export.source import open_source
from planextract.ledger.export import export_ledger
from planextract.ledger.merge import merge_ledgers
from planextract.ledger.rows import current_values
from planextract.ledger.saved import read_ledger
from planextract.ledger.sheet import FIRST_ROW, IDS_ROW
from planextract.settings import ReadSettings
from tests.lab.sheets import convert

PLAN = ("task", "measure", "deadline", "responsible", "support")
PEOPLE = ("progress", "status", "problem", "next_step", "evidence", "by", "on")
_WORDS = ("已完成招标。", "正在推进", "完成80%", "3月底前开工", "一、已建账；\n二、已培训", "007", "——")


@dataclass(slots=True)
class Edits:
    """What a script did to a ledger: the text of each changed cell, by measure and column; rows it added or deleted."""

    changed: dict[tuple[str, str], str] = field(default_factory=dict)
    added: int = 0
    deleted: set[str] = field(default_factory=set)


class OpenLedger:
    """A ledger as openpyxl opens it: cells by measure and column id."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book.worksheets[0]
        self.read()

    def read(self) -> None:
        self.columns = {str(cell.value): cell.column for cell in self.sheet[IDS_ROW + 1] if cell.value}
        self.rows = {
            self.sheet.cell(row, self.columns["key"]).value: row
            for row in range(FIRST_ROW + 1, self.sheet.max_row + 1)
            if self.sheet.cell(row, self.columns["key"]).value
        }

    def get(self, measure: str, column: str) -> object:
        return self.sheet.cell(self.rows[measure], self.columns[column]).value

    def put(self, measure: str, column: str, value: object) -> None:
        self.sheet.cell(self.rows[measure], self.columns[column]).value = value

    def save(self) -> None:
        self.book.save(self.path)


def edit_at_random(ledger: OpenLedger, count: int, seed: int) -> Edits:
    """Change cells at random, each to something else than it says."""
    dice = random.Random(seed)
    edits = Edits()
    columns = [name for name in (*PLAN, *PEOPLE, *PEOPLE) if name in ledger.columns]
    while len(edits.changed) < count:
        measure, column = dice.choice(list(ledger.rows)), dice.choice(columns)
        before = ledger.get(measure, column)
        if (measure, column) in edits.changed or (column in PLAN and column != "measure" and dice.random() < 0.8):
            continue
        text = _new_text(column, str(before or ""), dice)
        if text != (before or ""):
            ledger.put(measure, column, text)
            edits.changed[measure, column] = text
    return edits


def _new_text(column: str, before: str, dice: random.Random) -> str:
    if column == "status":
        return dice.choice(("未启动", "推进中", "已完成", "逾期", "调整"))
    if column == "on":
        return f"2026-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
    if column in PEOPLE or not before:
        return dice.choice(_WORDS) + str(dice.randint(1, 99_999))
    place = dice.randrange(len(before))
    action = dice.random()
    if action < 0.4:
        return before[:place] + "改" + before[place:]
    if action < 0.7:
        return before[:place] + "换" + before[place + 1 :]
    return (before[:place] + before[place + 1 :]).strip() or "删"


def shuffle_rows(ledger: OpenLedger, seed: int) -> None:
    """Sort the rows otherwise, as a person does with the filter's buttons."""
    rows = [[cell.value for cell in ledger.sheet[row]] for row in ledger.rows.values()]
    random.Random(seed).shuffle(rows)
    for place, values in zip(sorted(ledger.rows.values()), rows, strict=True):
        for col, value in enumerate(values, start=1):
            ledger.sheet.cell(place, col).value = value
    ledger.read()


def take(output: Path, ledgers: list[Path]):
    """Merge saved ledgers with an output, writing nothing."""
    source = open_source(str(output))
    current = current_values(source, read_progress(progress_path(output)).last_by_measure())
    return merge_ledgers([read_ledger(path, ReadSettings()) for path in ledgers], current)


def save_by_libreoffice(path: Path) -> None:
    """Let LibreOffice open a workbook and save it."""
    path.write_bytes(convert([path.read_bytes()], "xlsx", "xlsx:Calc MS Excel 2007 XML")[0])


def compare(found: dict[tuple[str, str], str], wanted: dict[tuple[str, str], str]) -> tuple[int, int, int]:
    """Return how many edits were found exactly, missed or misread, and invented."""
    exact = sum(found.get(place) == text for place, text in wanted.items())
    return exact, len(wanted) - exact, len(set(found) - set(wanted))


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.lab.ledgers", description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--each", type=int, default=50, help="edits a ledger")
    options = parser.parse_args()
    totals = [0, 0, 0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fresh = folder / "fresh.xlsx"
        export_ledger(str(options.output), fresh)
        for round_ in range(options.edits // options.each):
            path = folder / f"{round_}.xlsx"
            shutil.copy(fresh, path)
            ledger = OpenLedger(path)
            edits = edit_at_random(ledger, options.each, round_)
            if round_ % 2:
                shuffle_rows(ledger, round_)
            ledger.save()
            if round_ % 4 == 3 and shutil.which("soffice"):
                save_by_libreoffice(path)
            merged = take(options.output, [path])
            found = {place: change.text for place, change in merged.changes.items()}
            for index, count in enumerate(compare(found, edits.changed)):
                totals[index] += count
            for place, text in edits.changed.items():
                if found.get(place) != text:
                    print(round_, place, repr(text)[:80], repr(found.get(place))[:80])
            print(*merged.problems[:3], sep="\n") if merged.problems else None
    print(f"edits found exactly {totals[0]}, missed or misread {totals[1]}, invented {totals[2]}")


if __name__ == "__main__":
    main()
