"""What is kept of dictionary files in the user's cache folder: never out of date, never needed."""

import pickle
import subprocess
import sys

import pytest

from planextract.dictionaries import files
from planextract.dictionaries.cache import hash_made_from, read_cached, write_cached
from planextract.dictionaries.files import find_builtin_folder, read_yaml
from planextract.dictionaries.word_table import load_word_table
from planextract.errors import ConfigError

COLUMNS = find_builtin_folder() / "columns.yaml"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path / "planextract"


def _load(name, content):
    return read_cached(name, hash_made_from(content, __file__))


def test_what_was_kept_is_read_for_the_same_content_and_code_only(folder):
    write_cached("a", hash_made_from(b"text", __file__), b"prepared")
    assert bytes(_load("a", b"text")) == b"prepared"
    assert _load("a", b"other text") is None
    assert read_cached("a", hash_made_from(b"text", files.__file__)) is None
    assert [path.name for path in folder.iterdir()] == ["a"]


@pytest.mark.parametrize("place", [0, 40, 64, -1])
def test_a_damaged_file_is_passed_over(folder, place):
    write_cached("a", hash_made_from(b"text", __file__), b"prepared")
    damaged = bytearray((folder / "a").read_bytes())
    damaged[place] ^= 1
    (folder / "a").write_bytes(damaged)
    assert _load("a", b"text") is None


@pytest.mark.parametrize("kept", [0, 10, 66])
def test_a_file_cut_short_is_passed_over(folder, kept):
    write_cached("a", hash_made_from(b"text", __file__), b"prepared")
    (folder / "a").write_bytes((folder / "a").read_bytes()[:kept])
    assert _load("a", b"text") is None


def test_a_folder_that_cannot_be_written_is_no_error(folder):
    folder.write_text("a file where the folder should be")
    write_cached("a", hash_made_from(b"text", __file__), b"prepared")
    assert _load("a", b"text") is None
    assert read_yaml(COLUMNS)


def test_our_own_dictionaries_are_the_same_prepared_and_not(folder):
    for path in sorted(find_builtin_folder().rglob("*.yaml")):
        first, second = read_yaml(path), read_yaml(path)
        assert (folder / f"{path.stem}.yaml").is_file()
        assert first == second == files._parse(path.read_bytes())
        assert list(first) == list(second)


def test_a_users_dictionary_is_not_kept(folder, tmp_path):
    own = tmp_path / "columns.yaml"
    own.write_text("responsible: [归口单位]\n", encoding="utf-8")
    assert read_yaml(own) == {"responsible": ["归口单位"]}
    assert not folder.exists()
    own.write_text("a: 1\na: 2\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="written twice"):
        read_yaml(own)


def test_a_prepared_dictionary_holds_plain_values_only(folder):
    content = COLUMNS.read_bytes()
    write_cached("columns.yaml", hash_made_from(content, files._LOADER), pickle.dumps({"a": subprocess.Popen}))
    assert read_yaml(COLUMNS) == files._parse(content)
    assert read_yaml(COLUMNS) == files._parse(content)


def test_words_are_the_same_prepared_and_not(folder, tmp_path):
    path = tmp_path / "dict.txt"
    path.write_text("大气 5 n\n大气污染 7 n\n的 11 uj\n大气 6 n\n长长长长长长长长长 3 n\n", encoding="utf-8")
    tables = [load_word_table(path) for _ in range(2)]
    assert (folder / "words").is_file()
    for text in ("大气污染的大气", "长长长长长长长长长", "", "X的"):
        first, second = ([column.tolist() for column in table.find(text)] for table in tables)
        assert first == second
        assert tables[0].know_pairs(text).tolist() == tables[1].know_pairs(text).tolist()
    assert [table.find_frequency("大气") for table in tables] == [6, 6]
    assert [table.total for table in tables] == [32, 32]


def test_a_user_without_a_home_reads_dictionaries_too(monkeypatch):
    code = "from planextract.dictionaries import load_dictionaries; print(load_dictionaries().words.is_word('工作'))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, env={"HOME": "/nowhere"}, capture_output=True, text=True
    )
    assert done.stdout.strip() == "True", done.stderr
