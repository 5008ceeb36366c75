"""The ledger: out of an output, through people's spreadsheets, and back as decisions and progress."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

import planextract
from planextract.errors import InputError
from planextract.ledger.export import export_ledger
from planextract.ledger.sheet import BASELINE
from planextract.ledger.take_back import import_ledgers
from tests.lab.ledgers import OpenLedger, compare, edit_at_random, save_by_libreoffice, shuffle_rows, take

from ..conftest import run_quickly

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")


@pytest.fixture
def place(output, tmp_path):
    """A copy of an output, with its ledger."""
    copy = tmp_path / "output"
    shutil.copytree(output, copy)
    export_ledger(str(copy), tmp_path / "a.xlsx")
    return copy


def open_ledger(place: Path, name: str = "a.xlsx") -> OpenLedger:
    return OpenLedger(place.parent / name)


def refused(place: Path, *names: str) -> str:
    with pytest.raises(InputError) as caught:
        import_ledgers(str(place), [place.parent / name for name in names])
    assert not place.with_name("output.decisions.jsonl").exists()
    assert not place.with_name("output.progress.jsonl").exists()
    return caught.value.message


@pytest.mark.parametrize(
    "save", ["untouched", "openpyxl", pytest.param("libreoffice", marks=needs_libreoffice), "sorted"]
)
def test_a_ledger_that_is_only_saved_changes_nothing(save, place):
    path = place.parent / "a.xlsx"
    if save == "libreoffice":
        save_by_libreoffice(path)
    elif save != "untouched":
        ledger = OpenLedger(path)
        if save == "sorted":
            shuffle_rows(ledger, 1)
        ledger.save()
    summary = import_ledgers(str(place), [path])
    assert (summary.decisions, summary.reports, summary.cells, summary.added, summary.deleted) == (0, 0, 0, (), ())
    assert not place.with_name("output.progress.jsonl").exists()


@pytest.mark.parametrize("seed", range(4))
def test_random_edits_are_all_found_and_none_is_invented(seed, place):
    ledger = open_ledger(place)
    edits = edit_at_random(ledger, 60, seed)
    if seed % 2:
        shuffle_rows(ledger, seed)
    ledger.save()
    merged = take(place, [ledger.path])
    assert merged.problems == []
    assert compare({place: c.text for place, c in merged.changes.items()}, edits.changed) == (60, 0, 0)


def test_what_people_fill_in_and_correct_is_in_the_tables_after_the_next_run(place, root):
    ledger = open_ledger(place)
    keys = list(ledger.rows)
    ledger.put(keys[0], "progress", "已完成招标")
    ledger.put(keys[0], "status", "推进中")
    ledger.put(keys[0], "on", "2021-07-05")
    ledger.put(keys[0], "by", "张三")
    cut = next(key for key in keys if "督促企业按标准要求" in str(ledger.get(key, "measure")))
    ledger.put(cut, "measure", str(ledger.get(cut, "measure")).replace("督促企业", "督导企业").replace("建立", "健全"))
    ledger.put(keys[5], "deadline", "6月底前")
    ledger.save()
    said = run_quickly("import", str(place), str(ledger.path), check=True).stdout
    assert "6 cells changed: 3 decisions" in said
    assert "1 reports on progress" in said
    run_quickly("run", str(root / "raw"), "-o", str(place), check=True)
    tables = planextract.load(place)
    measures = tables["measures"].set_index("measure_id")
    assert "督导企业按标准要求健全原辅材料台账" in measures.loc[cut, "text"]
    assert str(measures.loc[keys[5], "deadline_end"]) == "2021-06-30"
    progress = tables["progress"]
    assert len(progress) == 1
    row = progress.iloc[0]
    assert (row.measure_id, row.text, row.status_printed, row.status) == (
        keys[0],
        "已完成招标",
        "推进中",
        "on_schedule",
    )
    assert (str(row.as_of), round(row.expected_ratio, 2)) == ("2021-07-05", 0.58)
    assert "张三" not in json.dumps([path.read_text("utf-8") for path in place.glob("json/*.json")], ensure_ascii=False)
    assert import_ledgers(str(place), [ledger.path]).cells == 0, "what is taken already is not taken again"
    export_ledger(str(place), place.parent / "next.xlsx")
    assert open_ledger(place, "next.xlsx").get(keys[0], "progress") == "已完成招标"
    assert not [f for f in tables["findings"].code if f == "decisions.stale"]


def test_what_is_withdrawn_is_gone(place, root):
    ledger = open_ledger(place)
    key = next(iter(ledger.rows))
    ledger.put(key, "progress", "误填")
    ledger.save()
    import_ledgers(str(place), [ledger.path])
    export_ledger(str(place), place.parent / "b.xlsx")
    second = open_ledger(place, "b.xlsx")
    second.put(key, "progress", None)
    second.save()
    assert import_ledgers(str(place), [second.path]).reports == 1
    run_quickly("run", str(root / "raw"), "-o", str(place), check=True)
    assert len(planextract.load(place)["progress"]) == 0


def test_two_people_who_say_different_things_are_refused_whole_with_both_addresses(place):
    shutil.copy(place.parent / "a.xlsx", place.parent / "b.xlsx")
    for name, text in (("a.xlsx", "已完成"), ("b.xlsx", "推进中")):
        ledger = open_ledger(place, name)
        keys = list(ledger.rows)
        for key in keys[:10]:
            ledger.put(key, "status", text)
        ledger.put(keys[20], "progress", "只有一人填")
        ledger.save()
    message = refused(place, "a.xlsx", "b.xlsx")
    assert "10 places" in message
    assert "a.xlsx 台账!" in message
    assert "b.xlsx 台账!" in message
    assert refused(place, "b.xlsx", "a.xlsx").count("another ledger says otherwise") == 10


CONFLICTS = ("status", "progress", "problem", "next_step", "evidence", "by", "on", "measure", "task", "deadline")


@pytest.mark.parametrize("order", [("a.xlsx", "b.xlsx"), ("b.xlsx", "a.xlsx")])
def test_twenty_conflicts_are_all_named_and_nothing_is_taken(order, place):
    """Ten columns on two measures each; beside every conflict stand edits that only one person made."""
    shutil.copy(place.parent / "a.xlsx", place.parent / "b.xlsx")
    places: set[str] = set()
    for name, mark in (("a.xlsx", "甲"), ("b.xlsx", "乙")):
        ledger = open_ledger(place, name)
        keys = list(ledger.rows)
        for number, column in enumerate(CONFLICTS):
            for key in (keys[4 * number], keys[4 * number + 60]):
                day = f"2021-0{1 + number % 5}-1{0 if mark == '甲' else 1}"
                ledger.put(key, column, day if column == "on" else f"{mark}{number}说。")
                if name == "a.xlsx":
                    places.add(f"{column_letter(ledger, column)}{ledger.rows[key]}")
        ledger.put(keys[3], "progress" if mark == "甲" else "evidence", "只有一人填")
        ledger.save()
    message = refused(place, *order)
    assert message.count("another ledger says otherwise") == len(places) == 20
    assert {address for address in places if f"台账!{address}: another" in message} == places


def column_letter(ledger: OpenLedger, column: str) -> str:
    return openpyxl.utils.get_column_letter(ledger.columns[column])


def test_a_plan_that_was_changed_since_is_refused(place, root):
    first, second = open_ledger(place), place.parent / "b.xlsx"
    shutil.copy(first.path, second)
    key = list(first.rows)[3]
    first.put(key, "measure", "甲改了。")
    first.put(key, "progress", "甲报")
    first.save()
    import_ledgers(str(place), [first.path])
    other = OpenLedger(second)
    other.put(key, "measure", "乙改了。")
    other.put(key, "progress", "乙报")
    other.save()
    with pytest.raises(InputError, match="2 places"):
        import_ledgers(str(place), [second])
    run_quickly("run", str(root / "raw"), "-o", str(place), check=True)
    with pytest.raises(InputError) as caught:
        import_ledgers(str(place), [second])
    assert "since the ledger was made it was changed to '甲改了。'" in caught.value.message


def _break(ledger: OpenLedger, kind: str) -> None:
    sheet, columns, keys = ledger.sheet, ledger.columns, list(ledger.rows)
    row = ledger.rows[keys[2]]
    if kind == "key":
        sheet.cell(row, columns["key"]).value = "x/1/1/1"
    elif kind == "derived":
        ledger.put(keys[2], "due", "2026-01-01")
    elif kind == "category":
        ledger.put(keys[2], "category", "别的")
    elif kind == "column":
        sheet.delete_cols(columns["problem"])
    elif kind == "copied":
        ledger.put(keys[2], "progress", "一")
        _copy_row(ledger, row, sheet.max_row + 1)
        ledger.put(keys[2], "progress", "二")
    elif kind == "merged":
        ledger.put(keys[2], "progress", "合在一起")
        sheet.merge_cells(start_row=row, end_row=row, start_column=columns["progress"], end_column=columns["status"])
    elif kind == "formula":
        sheet.cell(row, columns["progress"]).value = "=A1&B1"
    elif kind == "shared":
        task = [key for key in keys if key.rsplit("/", 1)[0] == keys[5].rsplit("/", 1)[0]]
        ledger.put(task[0], "task", "甲名")
        ledger.put(task[1], "task", "乙名")
    elif kind == "version":
        head = ledger.book[BASELINE]["A1"]
        head.value = head.value.replace('"ledger": 1', '"ledger": 9')
    elif kind == "baseline":
        del ledger.book[BASELINE]
    elif kind == "ids":
        sheet.delete_rows(3)


def _copy_row(ledger: OpenLedger, row: int, to: int) -> None:
    for cell in ledger.sheet[row]:
        ledger.sheet.cell(to, cell.column).value = cell.value


KINDS = ("key", "derived", "category", "column", "copied", "merged", "formula", "shared", "version", "baseline", "ids")


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_understood_is_refused_whole(kind, place):
    ledger = open_ledger(place)
    ledger.put(next(iter(ledger.rows)), "progress", "好的")
    _break(ledger, kind)
    ledger.save()
    message = refused(place, "a.xlsx")
    assert "a.xlsx" in message
    if kind not in ("version", "baseline", "ids", "column"):
        assert "台账!" in message


def test_rows_and_columns_that_people_add_delete_move_and_merge_are_told_apart(place):
    ledger = open_ledger(place)
    sheet, keys = ledger.sheet, list(ledger.rows)
    sheet.delete_rows(ledger.rows[keys[1]])
    ledger.read()
    sheet.insert_cols(3)
    sheet.cell(4, 3).value = "我的列"
    sheet.cell(ledger.rows[keys[3]], 3).value = "只给自己看"
    ledger.read()
    sheet.cell(sheet.max_row + 1, ledger.columns["progress"]).value = "新增的一行"
    _copy_row(ledger, ledger.rows[keys[4]], sheet.max_row + 1)
    sheet.cell(sheet.max_row, ledger.columns["measure"]).value = "照抄后改成另一条措施"
    rows = sorted((ledger.rows[keys[6]], ledger.rows[keys[7]]))
    assert rows[1] - rows[0] == 1
    sheet.cell(rows[0], ledger.columns["progress"]).value = "两条一起填"
    sheet.merge_cells(
        start_row=rows[0],
        end_row=rows[1],
        start_column=ledger.columns["progress"],
        end_column=ledger.columns["progress"],
    )
    ledger.save()
    summary = import_ledgers(str(place), [ledger.path], is_trial=True)
    assert (summary.cells, summary.reports, summary.decisions) == (2, 2, 0)
    assert summary.deleted == (keys[1],)
    assert len(summary.added) == 2


def test_a_ledger_split_by_body_and_merged_again_is_equal(place):
    folder = place.parent / "split"
    said = run_quickly(
        "export", str(place), "--format", "ledger", "--split", "agency", "-o", str(folder), check=True
    ).stdout
    files = sorted(folder.glob("*.xlsx"))
    assert f"{len(files)} bodies" in said
    assert import_ledgers(str(place), files).cells == 0
    whole = open_ledger(place)
    wanted = {}
    for number, path in enumerate(files):
        ledger = OpenLedger(path)
        for key in ledger.rows:
            if key not in {measure for measure, _ in wanted}:
                wanted[key, "progress"] = f"{number} {key}"
                ledger.put(key, "progress", wanted[key, "progress"])
                whole.put(key, "progress", wanted[key, "progress"])
        ledger.save()
    whole.save()
    split, one = take(place, files), take(place, [whole.path])
    assert {p: c.text for p, c in split.changes.items()} == {p: c.text for p, c in one.changes.items()} == wanted
    assert len(wanted) == len(whole.rows)
    assert (split.problems, split.added, split.deleted) == ([], [], [])


def test_a_sheet_a_body_in_one_file(place):
    path = place.parent / "sheets.xlsx"
    run_quickly("export", str(place), "-f", "ledger", "--split", "agency-sheets", "-o", str(path), check=True)
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) > 20
    assert book[BASELINE].sheet_state == "veryHidden"
    assert import_ledgers(str(place), [path]).cells == 0


@needs_libreoffice
def test_the_summary_counts_what_people_fill_in_by_body_and_category(place):
    ledger = open_ledger(place)
    states: dict[str, str] = {}
    for number, key in enumerate(ledger.rows):
        states[key] = ("已完成", "推进中", "未启动", "")[number % 4]
        ledger.put(key, "status", states[key] or None)
    bodies = {key: str(ledger.get(key, "responsible") or "").split("\n") for key in ledger.rows}
    ledger.save()
    save_by_libreoffice(ledger.path)
    sheet = openpyxl.load_workbook(ledger.path, data_only=True)["汇总"]
    lines = {row[0]: row[1:] for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]}
    total = lines["合计"]
    assert (total[0], total[1], total[3]) == (
        106,
        *(sum(s == x for s in states.values()) for x in ("未启动", "已完成")),
    )
    for name in ("区教委", "区生态环境局", "各街道办事处"):
        own = [key for key, names in bodies.items() if name in names]
        line = lines[f"主责单位：{name}"]
        assert line[0] == len(own) > 0
        assert line[3] == sum(states[key] == "已完成" for key in own)
        assert line[6] == sum(states[key] == "" for key in own)
        assert line[8] == pytest.approx(line[3] / line[0])
    assert import_ledgers(str(place), [ledger.path], is_trial=True).decisions == 0


def test_the_ledger_is_the_same_bytes_again_and_prints_on_a3(place):
    export_ledger(str(place), place.parent / "b.xlsx")
    assert (place.parent / "a.xlsx").read_bytes() == (place.parent / "b.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(place.parent / "a.xlsx").worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.print_title_rows) == (
        8,
        "landscape",
        "$4:$4",
    )
    assert sheet.auto_filter.ref.startswith("A4:")
    assert [cell.value for cell in sheet[4]][:6] == ["序号", "任务来源", "类别", "工作任务", "具体措施", "量化目标"]
    assert {"主责单位", "协办单位", "时限日期", "本期进展", "完成状态", "填报日期"} <= {cell.value for cell in sheet[4]}
    assert '"未启动,推进中,已完成,逾期,调整"' in {rule.formula1 for rule in sheet.data_validations.dataValidation}


def test_a_ledger_among_the_inputs_is_no_plan(place, notice, tmp_path):
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    shutil.copy(notice, inputs)
    shutil.copy(tmp_path / "a.xlsx", inputs)
    result = run_quickly("run", str(inputs), "-o", str(tmp_path / "again"))
    assert result.returncode == 3
    assert "a.xlsx: this is a ledger to report in" in result.stderr
    assert "planextract import OUTPUT LEDGER" in result.stderr
    assert list(planextract.load(tmp_path / "again")["documents"].source_path) == [notice.name]


def test_files_that_are_no_ledger_are_refused(place, tmp_path):
    for name, data in (("x.xlsx", b"PK\x03\x04nonsense"), ("y.xlsx", b"text"), ("z.xls", b"\xd0\xcf\x11\xe0")):
        (place.parent / name).write_bytes(data)
        assert name in refused(place, name)
    run_quickly("export", str(place), "-o", str(place.parent / "book.xlsx"), check=True)
    assert "no ledger" in refused(place, "book.xlsx")
    done = run_quickly("import", str(place), str(tmp_path / "nowhere.xlsx"))
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
