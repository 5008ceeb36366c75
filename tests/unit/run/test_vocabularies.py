import pytest

from planextract.dictionaries import load_dictionaries
from planextract.errors import UsageError
from planextract.run.vocabularies import check_folders, check_region

REGIONS = load_dictionaries().regions


@pytest.mark.parametrize("wanted", [None, "110102", "北京市西城区", "西城区", "中央"])
def test_a_region_that_is_one(wanted):
    check_region(wanted, REGIONS)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("成都市武侯", "Did you mean 四川省成都市武侯区 (510107)?"),
        ("朝阳区", "names several regions: 北京市朝阳区 (110105)"),
        ("999999", "there is no region '999999'"),
    ],
)
def test_a_region_that_is_none_or_several_is_refused_with_what_may_be_meant(wanted, said):
    with pytest.raises(UsageError, match="region") as raised:
        check_region(wanted, REGIONS)
    assert said in str(raised.value)


def test_a_folder_of_dictionaries_must_exist(tmp_path):
    check_folders((tmp_path, tmp_path))
    with pytest.raises(UsageError, match="no folder of dictionaries"):
        check_folders((tmp_path, tmp_path / "nope"))


def test_several_folders_of_dictionaries_add_up(tmp_path):
    folders = []
    for number, label in enumerate(("攻坚事项甲", "攻坚事项乙")):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "columns.yaml").write_text(f"roles:\n  task_name: [{label}]\n", encoding="utf-8")
        folders.append(folder)
    roles = load_dictionaries(tuple(folders)).columns.roles
    assert roles["攻坚事项甲"] == roles["攻坚事项乙"] == "task_name"
    assert load_dictionaries(folders[0]).version != load_dictionaries(tuple(folders)).version
