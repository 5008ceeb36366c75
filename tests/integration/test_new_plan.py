"""``planextract new`` as people use it: another city, next year, unknown headers; drafts are never active unasked."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys

import pandas as pd
import pytest
import yaml

from planextract.dictionaries import find_drafts, load_dictionaries
from planextract.errors import ConfigError
from planextract.new_plan.drafts import make_columns_draft
from planextract.new_plan.survey import Wording

_UNKNOWN_HEADER = """关于印发《工作要点》的通知

序号	关键事项	落实路径	截止日	责任主体单元
1	扬尘管控	道路机扫率达到95%，开展联合整治行动，持续加大洒水频次。	年底前	市城管局、市住建局
2	机动车	淘汰国三柴油车800辆，查处超标排放车辆，推进新能源。	6月底前	市生态环境局
3	油品	抽检加油站30个，严格查处不合格油品，公开曝光结果。	9月底前	市市场监管局
"""
_UNKNOWN_WORDS = """北京市西城区人民政府办公室关于印发《北京市西城区2023年更新计划》的通知

序号	重点任务	工作措施	资金概算	完成时限	责任单位
1	电梯	加装防火门60樘，维修防火门5樘。	120万元	年底前	区住房城乡建设委、区元宇宙办公室
2	机动车	淘汰国三柴油车800辆。	80万元	重污染期间	区元宇宙办公室
3	油品	抽检加油站30个。	–	重污染期间	区大数拒局
"""


def run(folder, *arguments, code=0):
    done = subprocess.run(
        [sys.executable, "-m", "planextract", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def commands(text):
    """The commands of a printed list, as a shell would take them apart."""
    return [shlex.split(line.strip()[2:])[1:] for line in text.splitlines() if line.strip().startswith("$ planextract")]


def unresolved(output):
    frame = pd.read_parquet(output / "responsibilities")
    return int((frame["match"] == "unresolved").sum())


@pytest.mark.parametrize("case", ["linan-2022", "jianli-2022"])
def test_a_new_city_goes_from_nothing_to_every_name_linked(root, tmp_path, case):
    source = next((root / "tests" / "golden" / f"plan-{case}").glob("input.*"))
    shutil.copy(source, tmp_path / source.name)
    first = run(tmp_path, "new", source.name, "-o", "city")
    before = unresolved(tmp_path / "city" / "output")
    assert before > 0
    (draft,) = find_drafts(tmp_path / "city" / "dictionaries")
    text = draft.read_text(encoding="utf-8")
    names = pd.read_parquet(tmp_path / "city" / "output" / "responsibilities")
    for name in names.loc[~names["inherited"] & (names["match"] == "unresolved"), "agency_raw"].unique():
        assert re.search(rf"# {re.escape(name)}: printed \d+x in .+; p\.\d", text)

    use = next(command for command in commands(first) if "--use" in command)
    run(tmp_path, *use)
    assert unresolved(tmp_path / "city" / "output") == 0
    assert find_drafts(tmp_path / "city" / "dictionaries") == ()
    load_dictionaries(tmp_path / "city" / "dictionaries")


def test_next_year_is_compared_with_the_last_one(root, output, tmp_path):
    plan = root / "tests" / "benchmark" / "xicheng-2022" / "plan.txt"
    printed = run(tmp_path, "new", str(plan), "--last", str(output), "-o", "next")
    assert re.search(r"compared with .*: Of the measures \d\d kept, ", printed)
    for name in ("comparison/compare.html", "comparison/measures.parquet", "report/quality.html", "decisions.md"):
        assert (tmp_path / "next" / name).is_file()
    assert find_drafts(tmp_path / "next" / "dictionaries") == ()


def test_every_printed_command_settles_what_it_is_printed_for(tmp_path):
    (tmp_path / "plan.txt").write_text(_UNKNOWN_WORDS, encoding="utf-8")
    printed = run(tmp_path, "new", "plan.txt", "-o", "new")
    for word in ("资金概算", "重污染期间 2x", "樘 2x", "区元宇宙办公室", "区大数拒局"):
        assert word in printed
    found = commands(printed)
    markdown = (tmp_path / "new" / "decisions.md").read_text(encoding="utf-8")
    assert [shlex.join(c) for c in found[:-1]] == [
        shlex.join(shlex.split(line)[1:]) for line in re.findall(r"^planextract .*", markdown, re.MULTILINE)
    ][: len(found) - 1]

    drafts = [c[-1] for c in found if "--use" in c and "agencies" not in c[-1]]
    assert len(drafts) == 3
    run(tmp_path, *next(c for c in found if c[:3] == ["agencies", "new", "区元宇宙办公室"]))
    run(tmp_path, *next(c for c in found if c[:3] == ["agencies", "ignore", "区大数拒局"]))
    left = run(tmp_path, "new", "plan.txt", "-o", "new", *(part for draft in drafts for part in ("--use", draft)))
    for word in ("资金概算", "重污染期间", "樘 2x", "区元宇宙办公室"):
        assert word not in left
    output = tmp_path / "new" / "output"
    assert unresolved(output) == 1  # the ignored one is no body
    assert list(pd.read_parquet(output / "targets")["unit"]).count("樘") == 2
    assert (pd.read_parquet(output / "measures")["deadline_kind"] != "unparsed").all()


def test_a_plan_with_a_header_that_nobody_knows_is_read_after_one_decision(tmp_path):
    (tmp_path / "plan.txt").write_text(_UNKNOWN_HEADER, encoding="utf-8")
    printed = run(tmp_path, "new", "plan.txt", "-o", "new", code=3)
    assert "序号 | 关键事项 (?) | 落实路径 (?) | 截止日 (?) | 责任主体单元 (?)" in printed
    draft = yaml.safe_load((tmp_path / "new" / "dictionaries" / "columns.yaml").read_text(encoding="utf-8"))
    assert draft["roles"] == {
        "task_name": ["关键事项"],
        "measure": ["落实路径"],
        "deadline": ["截止日"],
        "responsible": ["责任主体单元"],
    }
    printed = run(tmp_path, *commands(printed)[0])
    assert "3 measures" in printed
    assert any("--region" in command for command in commands(printed))
    measures = pd.read_parquet(tmp_path / "new" / "output" / "measures")
    assert list(measures["deadline_raw"]) == ["年底前", "6月底前", "9月底前"]


def test_a_draft_that_somebody_changed_is_left_alone(root, tmp_path):
    source = next((root / "tests" / "golden" / "plan-dazhu-2016").glob("input.*"))
    run(tmp_path, "new", str(source), "-o", "city")
    (draft,) = find_drafts(tmp_path / "city" / "dictionaries")
    mine = draft.read_text(encoding="utf-8").split("# 县教科局: printed")[0]
    draft.write_text(mine, encoding="utf-8")
    done = run(tmp_path, "new", str(source), "-o", "city")  # nothing became active by itself
    assert "2 not linked" in done
    assert draft.read_text(encoding="utf-8") == mine
    run(tmp_path, "new", str(source), "-o", "city", "--use", str(draft))
    told = subprocess.run(
        [sys.executable, "-m", "planextract", "run", str(source), "--dictionaries", "city/dictionaries", "-o", "out"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert "大竹县-more.yaml is a draft ('draft: true') and was not used" in told.stderr
    more = draft.with_name(draft.stem + "-more.yaml")
    assert draft.read_text(encoding="utf-8").startswith('region: "511724"\n')
    assert "draft: true" in more.read_text(encoding="utf-8")
    names = [entry["name"] for entry in yaml.safe_load(more.read_text(encoding="utf-8"))["entries"]]
    assert "县教科局" in names
    assert "县护城河指挥部" not in names


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nothing.txt"], 2, "nothing.txt"),
        (["."], 2, "new-plan: the folder is inside the plans' own"),
        (["plan.txt", "--last", "nowhere"], 2, "nowhere: there is no such output"),
        (["plan.txt", "--use", "plan.txt"], 2, "plan.txt: this is no draft of this folder"),
        (["plan.txt", "--region", "朝阳区"], 2, "'朝阳区' is not one region"),
    ],
)
def test_wrong_use_is_told_in_one_line(tmp_path, arguments, code, said):
    (tmp_path / "plan.txt").write_text(_UNKNOWN_WORDS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "planextract", "new", *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_a_document_prints_cannot_write_a_dictionary(tmp_path):
    """A wording with a line end, a quote or a comment sign stays a wording."""
    evil = 'x"]\n\x85draft: false\nroles: {measure: [序号]}\u2028# #\x1b[31m'
    words = (Wording(text=evil, count=1, places=(evil,), samples=(evil,), guess="measure"),)
    data = yaml.safe_load(make_columns_draft(words))
    assert data == {"draft": True, "roles": {"measure": [evil]}}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("roles: {measure: [序号]}", "'序号' stands under two roles"),
        ("rolls: {}", "'rolls' is no part of this dictionary"),
        ("roles: {nothing: [某]}", "'roles.nothing' is no part of this dictionary"),
        ("roles: [某]", "'roles' is no part of this dictionary, or not written as in ours"),
    ],
)
def test_a_wrong_word_of_ones_own_is_told_with_its_file(tmp_path, content, said):
    (tmp_path / "columns.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=re.escape(said)) as caught:
        load_dictionaries(tmp_path)
    assert caught.value.file == str(tmp_path / "columns.yaml")


def test_own_words_are_added_and_change_the_version(tmp_path):
    plain = load_dictionaries(tmp_path / "none")
    (tmp_path / "units.yaml").write_text("units:\n  - {name: 樘, wordings: [樘], pint: count}\nmultipliers: {打: 12}\n")
    own = load_dictionaries(tmp_path)
    assert own.units.units["樘"].name == "樘"
    assert own.units.multipliers["打"] == 12
    assert own.version != plain.version
    assert set(plain.units.units) < set(own.units.units)


def test_our_own_folder_given_once_more_adds_nothing(root):
    twice, once = load_dictionaries(root / "dictionaries"), load_dictionaries()
    assert (twice.columns, twice.deadlines, twice.units, twice.agencies) == (
        once.columns,
        once.deadlines,
        once.units,
        once.agencies,
    )
