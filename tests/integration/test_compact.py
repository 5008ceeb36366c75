"""A compacted copy holds the same rows in a few files."""

from __future__ import annotations

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

import planextract
from planextract.errors import OutputError, UsageError
from planextract.write.arrow import make_schema
from planextract.write.compact import compact_output
from planextract.write.contract import BY_NAME, DOCUMENT_TABLES

from ..benchmark.corpora import make_small_plan
from ..conftest import run_cli


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    folder = tmp_path_factory.mktemp("several")
    for number in range(4):
        text = make_small_plan(number, rows=3)
        (folder / f"{number}.txt").write_text(text.replace("2021", "2022") if number == 3 else text, encoding="utf-8")
    run_cli("run", str(folder), "-o", str(folder / "out"), "-q", check=True)
    return folder / "out"


def test_all_rows_are_there_in_one_file_a_table(several, tmp_path):
    compact_output(several, tmp_path / "copy")
    loaded = planextract.load(several)
    for table in DOCUMENT_TABLES:
        (part,) = (tmp_path / "copy" / table.name).glob("*.parquet")
        assert pq.read_schema(part).equals(make_schema(BY_NAME[table.name]), check_metadata=True)
        frame = pd.read_parquet(part, dtype_backend="pyarrow")
        assert len(frame) == len(loaded[table.name])
        assert sorted(frame["doc_id"]) == sorted(loaded[table.name]["doc_id"])
        column = pq.read_metadata(part).row_group(0).column(0) if len(frame) else None
        assert column is None or column.statistics.has_min_max


def test_partitions_by_region_and_year_are_read_by_duckdb(several, tmp_path):
    done = run_cli("compact", str(several), "--to", str(tmp_path / "copy"), "--partition", "region,year")
    assert done.returncode == 0, done.stderr
    rows = duckdb.sql(
        f"SELECT region, year, count(*) FROM read_parquet('{tmp_path}/copy/measures/*/*/*.parquet', hive_partitioning=true) "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    assert [(str(region), year, count) for region, year, count in rows] == [("110102", 2021, 9), ("110102", 2022, 3)]


def test_files_are_cut_at_their_size_and_the_copy_is_the_same_each_time(several, tmp_path):
    def read_all():
        return {p.relative_to(tmp_path).as_posix(): p.read_bytes() for p in sorted(tmp_path.rglob("*.parquet"))}

    summary = compact_output(several, tmp_path / "copy", file_bytes=1)
    assert summary.files["measures"] == 4
    before = read_all()
    compact_output(several, tmp_path / "copy", file_bytes=1)
    assert read_all() == before
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_a_run_beside_the_copy_goes_on(several):
    compact_output(several, several / "compact")
    done = run_cli("run", str(several.parent), "-o", str(several), "--json")
    assert done.returncode in (0, 3, 4)
    assert "Traceback" not in done.stderr


def test_what_is_not_a_copy_is_not_replaced(several, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    with pytest.raises(OutputError, match="something else"):
        compact_output(several, tmp_path / "mine")
    with pytest.raises(UsageError, match="no partition"):
        compact_output(several, tmp_path / "copy", ["month"])
    with pytest.raises(OutputError, match="no committed document"):
        compact_output(tmp_path, tmp_path / "copy")
