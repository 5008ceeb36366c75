"""Every example of every dictionary entry is a test."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from planextract.dictionaries import load_dictionaries
from planextract.dictionaries.agencies import load_agencies
from planextract.dictionaries.files import find_builtin_folder
from planextract.errors import ConfigError
from planextract.resolve import build_matcher
from planextract.resolve.settings import ResolveSettings
from planextract.text.characters import fold

DICTIONARIES = load_dictionaries()
FOLDER = find_builtin_folder()


def matcher_for(entry):
    region = DICTIONARIES.regions.by_code[entry.region]
    day = entry.valid_to or entry.valid_from or date(2021, 3, 11)
    return build_matcher(DICTIONARIES.agencies, DICTIONARIES.regions, region, day, ResolveSettings())


@pytest.mark.parametrize("entry", DICTIONARIES.agencies, ids=lambda e: e.agency_id)
def test_examples_resolve_to_their_entry(entry):
    matcher = matcher_for(entry)
    for wording in (entry.name, entry.full_name, *entry.aliases, *entry.examples):
        match = matcher.match(wording)
        assert match.entry is not None
        assert match.entry.agency_id == entry.agency_id, f"{wording} → {match.entry.agency_id}"


@pytest.mark.parametrize("path", sorted((FOLDER / "agencies").glob("*.yaml")), ids=lambda p: p.name)
def test_files_are_sorted_by_id(path):
    ids = [entry["id"] for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["entries"]]
    assert ids == sorted(ids)


def test_column_wordings_have_one_role_each():
    data = yaml.safe_load((FOLDER / "columns.yaml").read_text(encoding="utf-8"))
    wordings = [fold(w) for words in data["roles"].values() for w in words]
    assert len(wordings) == len(set(wordings))
    assert all(DICTIONARIES.columns.roles[fold(w)] == role for role, words in data["roles"].items() for w in words)


def test_regions_have_full_names():
    xicheng = DICTIONARIES.regions.by_code["110102"]
    assert xicheng.full_name == "北京市西城区"
    assert xicheng.chain == ("110102", "110000")
    assert DICTIONARIES.regions.find_named("北京市西城区人民政府办公室") == xicheng
    assert DICTIONARIES.regions.find_named("朝阳区人民政府") is None


_ENTRY = """
- id: {id}
  name: {name}
  full_name: {name}全称{id}
  kind: agency
  level: 区
  source: test
  examples: [{name}]
"""


def load_text(tmp_path, *entries, extra=""):
    path = tmp_path / "a.yaml"
    path.write_text('region: "110102"\nentries:' + "".join(entries) + extra, encoding="utf-8")
    return load_agencies((path,))


def test_a_shared_wording_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="names both"):
        load_text(tmp_path, _ENTRY.format(id="a", name="区甲局"), _ENTRY.format(id="b", name="区甲局"))


def test_a_shared_wording_at_other_times_is_fine(tmp_path):
    entries = load_text(
        tmp_path,
        _ENTRY.format(id="a", name="区甲局") + "  valid_to: 2018-12-31\n  successor: b\n",
        _ENTRY.format(id="b", name="区甲局") + "  valid_from: 2019-01-01\n",
    )
    assert len(entries) == 2


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ("  successor: nobody\n", "does not exist"),
        ("  valid_from: soon\n", "must be written"),
        ("  colour: red\n", "unknown field"),
        ("  aliases: 区乙局\n", "list of texts"),
        ("  id: again\n", "written twice"),
    ],
)
def test_wrong_fields_are_refused(tmp_path, extra, message):
    with pytest.raises(ConfigError, match=message):
        load_text(tmp_path, _ENTRY.format(id="a", name="区甲局"), extra=extra)
