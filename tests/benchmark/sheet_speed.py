"""How fast the reader of workbooks is, and how much memory it takes.

``python -m tests.benchmark.sheet_speed`` writes a workbook of 200,000 rows × 8 columns by XlsxWriter in each way texts
are stored (shared, within their cells), one whose columns are dates and numbers, and one with merged cells, reads each
in a process of its own and prints computing time, rows a second and the most memory that process held.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from planextract.read.xlsx.document import read_xlsx
from planextract.settings import ReadSettings

KINDS = ("shared", "inline", "numbers", "merged")
_BODIES = ("区发展改革委", "区财政局", "区住房城市建设委", "区城管委、各街道办事处", "区生态环境局、区水务局")
_HEADER = ("序号", "工作任务", "工作措施", "量化目标", "牵头单位", "配合单位", "完成时限", "备注")
_MEGABYTE = 1 << 20


def write_workbook(path: Path, rows: int, kind: str) -> None:
    """Write a task table of so many rows."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": kind == "inline"}) as book:
        day = book.add_format({"num_format": "yyyy年m月d日"})
        share = book.add_format({"num_format": "0.0%"})
        sheet = book.add_worksheet("任务分解表")
        sheet.write_row(0, 0, _HEADER)
        for row in range(1, rows + 1):
            if kind == "merged" and row % 4 == 1:
                sheet.merge_range(row, 1, min(row + 3, rows), 1, f"重点任务第{row}项")
            sheet.write_row(row, 0, (row,))
            if kind != "merged":
                sheet.write(row, 1, f"重点任务第{row // 4}项")
            sheet.write(row, 2, f"推进第{row}项工作落地见效，完成项目建设{row % 97}个。")
            due = date(2025, 1, 1) + timedelta(days=row % 365)
            if kind == "numbers":
                sheet.write_number(row, 3, row % 1000 / 1000, share)
                sheet.write_datetime(row, 6, due, day)
            else:
                sheet.write(row, 3, f"{row % 97}个")
                sheet.write(row, 6, f"{due.year}年{due.month}月底前")
            sheet.write(row, 4, _BODIES[row % 5])
            sheet.write(row, 5, _BODIES[row % 3])
            sheet.write(row, 7, f"第{row % 11}批")


def measure(path: Path) -> tuple[int, float, float]:
    """Return the rows that a process of its own read, its computing time in seconds and its peak memory in MB."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmark.sheet_speed", "--read", str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    rows, seconds, megabytes = done.stdout.split()
    return int(rows), float(seconds), float(megabytes)


def _read(path: Path) -> None:
    settings = ReadSettings()
    data = path.read_bytes()
    start = time.process_time()
    document = read_xlsx(data, path.name, settings)
    seconds = time.process_time() - start
    rows = sum(getattr(block, "row_count", 0) for block in document.blocks)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / _MEGABYTE
    print(rows, f"{seconds:.2f}", f"{peak:.0f}")


def main() -> None:
    """Write, read, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--kind", choices=KINDS, action="append", help="only these")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.read:
        _read(arguments.read)
        return
    print("| workbook | rows | computing time | rows a second | most memory |\n|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for kind in arguments.kind or KINDS:
            path = Path(folder) / f"{kind}.xlsx"
            write_workbook(path, arguments.rows, kind)
            rows, seconds, megabytes = measure(path)
            print(f"| {kind} | {rows} | {seconds:.1f} s | {rows / seconds:,.0f} | {megabytes:.0f} MB |", flush=True)


if __name__ == "__main__":
    main()
