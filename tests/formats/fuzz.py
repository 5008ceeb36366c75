"""Damaged and hostile documents: whatever a reader is given, it gives a document or one clear error, and soon.

``python -m tests.formats.fuzz --cases 2000`` runs many; a small share runs with the tests. A case is a real or made
document with some of its bytes, members or XML nodes changed, told by its number alone.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import re
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from planextract.check.conservation import check_conservation
from planextract.dictionaries import load_dictionaries
from planextract.errors import InputError, PlanExtractError
from planextract.model.decision import Overrides
from planextract.pipeline import extract_document
from planextract.read import read_document
from planextract.settings import ReadSettings, Settings

from .makers import make_docx, make_html, make_site_page
from .notice import Cell, Content, Table
from .ofd_writer import Ways, make_ofd
from .workbooks import make_csv, make_workbook

DATA = Path(__file__).resolve().parents[1] / "data"
LIMITS = ReadSettings(max_unpacked_bytes=50_000_000, max_cells=200_000, convert_seconds=20)
_TAG = re.compile(rb"<[^<>]{1,400}>")
_NUMBER = re.compile(rb'"-?\d+(?:\.\d+)?"')
_JSON_NUMBER = re.compile(rb":\s*-?\d+(?:\.\d+)?")
_NUMBERS = (b"-1", b"0", b"99999999999999999999", b"1e308", b"nan", b"x", b"", b"-999999999", b"2147483648", b"1000000")
_HOSTILE = (
    b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>',
    b"&y;",
    b"<a>" * 400,
    b"\0",
    b"\xff\xfe",
    b"]]>",
    b"<![CDATA[",
    b"<tbl>" * 90,
    b"<table><tr><td>" * 90,
    b"<!--",
    b"&#x0;",
    b"&#1114112;",
    b"g 999999999 1 ",
    b"M " * 500,
    b"../../../etc/passwd",
    "\ud7ff\ue000\ufffd".encode(),
    b"<w:p/>" * 50,
    b"[" * 500,
    b'{"a":' * 500,
)


def make_small() -> Content:
    rows = [[Cell(lines=(text,)) for text in ("序号", "重点任务", "工作措施", "完成时限", "主责单位", "协办单位")]]
    rows.append([Cell(lines=("一、大气",), col_span=6), *[None] * 5])
    for number in range(1, 4):
        rows.append(
            [
                Cell(lines=(str(number),), row_span=2),
                Cell(lines=("扬尘管控",), row_span=2),
                Cell(lines=("加强检查。", "完成10%。")),
                Cell(lines=("年底前",)),
                Cell(lines=("区教委", "区财政局"), is_list=True),
                Cell(lines=("——",)),
            ]
        )
        rows.append([None, None, Cell(lines=("推进治理。",)), Cell(lines=("年底前",)), Cell(lines=("区教委",)), Cell()])
    return Content(
        blocks=["北京市西城区人民政府文件", "附件1", "大气污染防治2021年行动计划", Table(rows=tuple(map(tuple, rows)))]
    )


def load_seeds() -> list[tuple[str, bytes]]:
    content = make_small()
    page = make_html(content).encode()
    archive = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
        + page
    )
    seeds = [
        ("a.docx", make_docx(content)),
        ("b.html", page),
        ("c.html", make_site_page(content, {"索引号": "1"}).encode("gb18030")),
        ("d.ofd", make_ofd(content)),
        ("e.ofd", make_ofd(content, Ways(template=True, matrix=True))),
        ("f.mht", archive + b"\r\n--b--"),
    ]
    seeds += [
        ("g.xlsx", make_workbook(content)),
        ("h.csv", make_csv(content)),
        ("i.csv", make_csv(content, encoding="gb18030")),
    ]
    seeds += [
        (path.name, path.read_bytes()) for path in sorted((DATA / "ofd").glob("*.ofd")) if path.stat().st_size < 20_000
    ]
    seeds += [(path.name, path.read_bytes()) for path in sorted((DATA / "parsers").glob("*.json"))]
    return seeds


def load_workbook_seeds() -> list[tuple[str, bytes]]:
    """Return workbooks of others and of the lab of offices, in every form that needs no other program."""
    from tests.lab.offices import make_book, write_book

    books = [(5, "xlsxwriter"), (9, "xlsx"), (93, "html-xls"), (12, "csv-gb"), (76, "txt-gb")]
    made = [write_book(make_book(seed), form) for seed, form in books]
    others = [(path.name, path.read_bytes()) for path in sorted((DATA / "workbooks").glob("*.xlsx"))]
    small = make_small()
    plain = [
        ("g.xlsx", make_workbook(small)),
        ("h.csv", make_csv(small)),
        ("i.csv", make_csv(small, encoding="gb18030")),
    ]
    return plain + [(f"{number}{name}", data) for number, (data, name) in enumerate(made)] + others


def make_case(number: int, seeds: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Return the name and bytes of a case."""
    dice = random.Random(number)
    name, data = seeds[number % len(seeds)]
    for _ in range(dice.randint(1, 3)):
        if data.startswith(b"PK") and dice.random() < 0.75:
            data = _change_members(data, dice)
        else:
            data = dice.choice(_CHANGES)(data, dice)
    return name, data


def _change_members(data: bytes, dice: random.Random) -> bytes:
    """Change what is inside a container, and pack it soundly again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            files = [(info.filename, source.read(info)) for info in source.infolist() if not info.is_dir()]
    except Exception:  # an earlier change broke it
        return data
    index = dice.randrange(len(files))
    name, content = files[index]
    action = dice.random()
    if action < 0.08:
        del files[index]
    elif action < 0.14:
        files.append((name, dice.choice(files)[1]))
    elif action < 0.2:
        files[index] = (dice.choice(["../" * 5 + name, "/" + name, name.upper(), name * 3, "\\" + name]), content)
    elif action < 0.24:
        files[index] = (name, bytes(5_000_000))
    else:
        files[index] = (name, dice.choice(_CHANGES)(content, dice))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", dice.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])) as out:
        for member, text in files:
            with warnings.catch_warnings(action="ignore"):  # two members of one name are meant
                out.writestr(zipfile.ZipInfo(member), text)
    return stream.getvalue()


def _flip(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        if changed:
            changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _cut(data: bytes, dice: random.Random) -> bytes:
    start, end = sorted((dice.randint(0, len(data)), dice.randint(0, len(data))))
    return data[:start] if dice.random() < 0.5 else data[:start] + data[end:]


def _insert(data: bytes, dice: random.Random) -> bytes:
    place = dice.randint(0, len(data))
    return data[:place] + dice.choice(_HOSTILE) + data[place:]


def _move_tag(data: bytes, dice: random.Random) -> bytes:
    tags = list(_TAG.finditer(data))
    if not tags:
        return data
    first, second = dice.choice(tags), dice.choice(tags)
    action = dice.random()
    if action < 0.4:
        return data[: first.start()] + data[first.end() :]
    if action < 0.7:
        return data[: first.start()] + first.group() * dice.choice([2, 40, 300]) + data[first.end() :]
    return data[: first.start()] + second.group() + data[first.end() :]


def _change_number(data: bytes, dice: random.Random) -> bytes:
    for pattern, around in ((_NUMBER, b'"%b"'), (_JSON_NUMBER, b": %b")):
        numbers = list(pattern.finditer(data))
        if numbers:
            match = dice.choice(numbers)
            return data[: match.start()] + around % dice.choice(_NUMBERS) + data[match.end() :]
    return data


_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip,
    _cut,
    _insert,
    _move_tag,
    _change_number,
    _change_number,
    _move_tag,
)


def run_case(name: str, data: bytes, dictionaries) -> str:
    """Read and extract a case; return what came of it. Anything but a document or an error of ours is raised."""
    try:
        source = read_document(data, name, LIMITS)
    except InputError as error:
        assert error.file == name
        assert error.cause
        return error.code
    try:
        extraction = extract_document(source, dictionaries, Overrides(), Settings(keep_persons=True))
    except InputError as error:
        return error.code
    check_conservation(extraction, source.printed)
    return "document"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.formats.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--workbooks", action="store_true", help="only workbooks and delimited files")
    options = parser.parse_args()
    seeds, dictionaries, outcomes, slowest = load_seeds(), load_dictionaries(), Counter(), []
    if options.workbooks:
        seeds = load_workbook_seeds()
    for number in range(options.first, options.first + options.cases):
        name, data = make_case(number, seeds)
        started = time.process_time()
        try:
            outcome = run_case(name, data, dictionaries)
        except (PlanExtractError, Exception) as error:
            outcome = f"DEFECT {type(error).__name__}"
            print(number, name, type(error).__name__, str(error)[:300])
        outcomes[outcome] += 1
        slowest.append((round(time.process_time() - started, 2), number, name))
    print(json.dumps(outcomes.most_common(), ensure_ascii=False))
    print("slowest (CPU seconds, case, seed):", sorted(slowest, reverse=True)[:5])


if __name__ == "__main__":
    main()
