"""A1, C6, C10, C11: a part is there only with the bytes that were committed, of this contract, and nothing beside it."""

from __future__ import annotations

import shutil
import warnings

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import planextract
from planextract.errors import OutputError
from planextract.run.status import find_status
from planextract.run.verify import verify_output
from planextract.write.commit import part_names
from planextract.write.contract import DOCUMENT_TABLES

from ..benchmark.corpora import write_corpus
from ..benchmark.kill_runs import digest_output
from ..conftest import run_quickly

PARTS = [name.partition("/")[0] for name in part_names("x")]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    write_corpus(folder / "in", 2, 4)
    run_quickly("run", str(folder / "in"), "-o", str(folder / "out"), "-q", check=True)
    return folder


@pytest.fixture
def output(made, tmp_path):
    return shutil.copytree(made / "out", tmp_path / "out")


def pick(output, table, place=0):
    return sorted((output / table).iterdir())[place]


def run_again(made, output, *more):
    run_quickly("run", str(made / "in"), "-o", str(output), "-q", *more, check=True)
    assert digest_output(output) == digest_output(made / "out")


def truncate(path, _):
    path.write_bytes(path.read_bytes()[:-40])


def turn_a_bit(path, _):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


DAMAGES = {
    "empty": lambda path, _: path.write_bytes(b""),
    "garbage": lambda path, _: path.write_bytes(b"\0garbage\xff" * 100),
    "truncated": truncate,
    "a bit": turn_a_bit,
    "another document's": lambda path, other: shutil.copyfile(other, path),
    "gone": lambda path, _: path.unlink(),
}


@pytest.mark.parametrize("table", PARTS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_part_is_told(made, output, table, damage):
    before = pick(output, table).read_bytes()
    DAMAGES[damage](pick(output, table), pick(output, table, 1))
    found = verify_output(output).damaged
    is_same = damage == "another document's" and pick(output, table).read_bytes() == before  # tables without rows
    assert [item.name.partition("/")[0] for item in found] == [table] * (not is_same)


@pytest.mark.parametrize(
    ("table", "damage"),
    [
        ("measures", "another document's"),
        ("documents", "a bit"),
        ("json", "empty"),
        ("cells", "truncated"),
        ("repairs", "gone"),
        ("documents", "another document's"),
    ],
)
@pytest.mark.parametrize("more", [(), ("--again",)])
def test_a_run_heals_a_damaged_part(made, output, table, damage, more):
    DAMAGES[damage](pick(output, table), pick(output, table, 1))
    run_again(made, output, *more)
    assert not verify_output(output).damaged


def test_bytes_that_rotted_under_an_old_time_are_healed_by_again(made, output, monkeypatch):
    part = pick(output, "measures")
    turn_a_bit(part, None)
    run_again(made, output, "--again")


@pytest.mark.parametrize("table", ["documents", "plans", "tasks", "measures", "responsibilities", "cells"])
def test_every_reader_refuses_another_documents_part(output, table):
    shutil.copyfile(pick(output, table, 1), pick(output, table))
    with pytest.raises(OutputError, match=r"Run planextract again on its input") as caught:
        planextract.load(output)
    assert caught.value.file.startswith(f"{table}/")
    done = run_quickly("export", str(output), "--format", "jsonl", "-o", str(output.parent / "export"))
    assert (done.returncode, "Traceback" in done.stderr) == (4, False)


@pytest.mark.parametrize("command", [("report",), ("compact",), ("export", "--format", "csv"), ("status", "--verify")])
def test_every_command_says_what_is_damaged(output, command):
    pick(output, "measures").write_bytes(b"PAR1")
    done = run_quickly(command[0], str(output), *command[1:])
    assert (done.returncode, "Traceback" in done.stderr) == (4, False)
    assert "measures/" in done.stdout + done.stderr
    assert not list(output.parent.glob(".*-staging"))


def rewrite(path, change):
    table = change(pq.ParquetFile(path).read())
    pq.write_table(table, path)


def set_version(table, version):
    return table.replace_schema_metadata({**table.schema.metadata, b"planextract.contract_version": version})


def forget_hashes(output):
    """Make an output look like one of the first round, whose markers list no hashes."""
    for path in (output / "documents").iterdir():
        rewrite(
            path,
            lambda t: t.set_column(
                t.schema.names.index("parts"), t.schema.field("parts"), pa.nulls(1, t.schema.field("parts").type)
            ),
        )


def set_type(table):
    place = table.schema.names.index("text")
    return table.set_column(place, "text", pa.array([1] * table.num_rows, pa.int32()))


CHANGES = {
    "another contract": (lambda t: set_version(t, b"999"), "load.other_contract"),
    "no contract": (lambda t: t.replace_schema_metadata({}), "load.unreadable"),
    "no column": (lambda t: t.drop_columns(["text"]), "load.unreadable"),
    "another type": (set_type, "load.unreadable"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_part_of_another_make_is_refused(output, change):
    alter, code = CHANGES[change]
    forget_hashes(output)
    rewrite(pick(output, "measures"), alter)
    with pytest.raises(OutputError) as caught:
        planextract.load(output)
    assert caught.value.code == code
    for command in (("report", str(output)), ("diff", str(output), str(output)), ("export", str(output))):
        done = run_quickly(*command)
        assert (done.returncode, "Traceback" in done.stderr) == (4, False), command


def test_what_the_first_round_did_not_have_reads_as_null(output):
    before = planextract.load(output)
    forget_hashes(output)
    for path in (output / "responsibilities").iterdir():
        rewrite(path, lambda t: t.drop_columns(["agency_label", "by_note"]))
    shutil.rmtree(output / "milestones")
    found = planextract.load(output)
    assert found["responsibilities"]["agency_label"].isna().all()
    assert list(found["responsibilities"].columns) == list(before["responsibilities"].columns)
    assert len(found["milestones"]) == 0


def test_a_column_that_nobody_knows_is_kept_and_told(output):
    forget_hashes(output)
    rewrite(pick(output, "measures"), lambda t: t.append_column("weight", pa.array([7] * t.num_rows)))
    with pytest.warns(UserWarning, match=r"measures\.weight"):
        found = planextract.load(output)
    assert found["measures"]["weight"].notna().sum() == 4


def test_a_marker_without_a_row_is_damaged(output):
    rewrite(pick(output, "documents"), lambda t: t.slice(0, 0))
    with pytest.raises(OutputError, match="it holds no document"):
        planextract.load(output)


def test_strays_are_told_and_readers_do_not_see_them(made, output):
    shutil.copyfile(pick(output, "measures"), output / "measures" / "zzz.parquet")
    (output / "cells" / f"{'0' * 16}.parquet").write_bytes(b"torn")
    assert verify_output(output).strays == (f"cells/{'0' * 16}.parquet", "measures/zzz.parquet")
    done = run_quickly("run", str(made / "in"), "-o", str(output))
    assert "measures/zzz.parquet" in done.stderr
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(planextract.load(output)["measures"]) == 8


def test_a_damaged_dictionary_or_reading_is_told_and_healed(made, output):
    (output / "agencies.parquet").write_bytes(b"PAR1")
    reading = pick(output, ".readings")
    reading.write_bytes(reading.read_bytes()[:-3])
    assert {item.name for item in verify_output(output).damaged} == {"agencies.parquet", f".readings/{reading.name}"}
    run_quickly("run", str(made / "in"), "-o", str(output), "-q", check=True)
    assert (output / "agencies.parquet").read_bytes() == (made / "out" / "agencies.parquet").read_bytes()
    assert not verify_output(output).damaged


def test_a_copy_of_an_output_is_verified_and_not_done_again(made, output):
    done = run_quickly("run", str(made / "in"), "-o", str(output), check=True)
    assert "2 unchanged" in done.stdout
    assert find_status(output).count()["committed"] == 2


def test_every_part_of_the_contract_is_listed(output):
    listed = planextract.load(output)["documents"]["parts"]
    assert {item["table"] for item in listed[0]} == {*(table.name for table in DOCUMENT_TABLES[1:]), "json", ".bodies"}
