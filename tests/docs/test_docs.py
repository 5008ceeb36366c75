"""The documentation says what the code does."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest
from scripts import rule_pages
from scripts.findings_page import fill_findings_page

from planextract.model.finding_kinds import FINDING_KINDS
from planextract.settings import Settings
from planextract.write.docs import make_tables_page

_ROOMS = (
    "read|detect|stitch|repair|interpret|resolve|check|decisions|run|write|load|settings|dictionary|dictionaries|"
    "schema|show|explain|figures|compact|ledger|track|review|internal|model|score|report|diff|compare|agencies|export|new|bundle"
)
_CODE = re.compile(rf'"((?:{_ROOMS})\.(?!(?:html|json|md|css|js|parquet|py|yaml)")[a-z_]+)"')


def codes(root):
    return sorted({code for path in (root / "src").rglob("*.py") for code in _CODE.findall(path.read_text("utf-8"))})


def test_tables_page_is_made_from_the_contract(root):
    assert (root / "docs" / "tables.md").read_text(encoding="utf-8") == make_tables_page()


def test_every_code_is_documented(root):
    page = (root / "docs" / "findings.md").read_text(encoding="utf-8")
    assert [code for code in codes(root) if f"`{code}`" not in page] == []


def test_every_documented_code_exists(root):
    page = (root / "docs" / "findings.md").read_text(encoding="utf-8")
    known = set(codes(root))
    listed = set(re.findall(r"`((?:[a-z]+)\.[a-z_]+)`", page)) - {"stitch.review_score"}
    assert sorted(listed - known) == []


@pytest.mark.parametrize("name", rule_pages.PAGES)
def test_tables_of_rules_are_made_from_the_lists(root, name):
    page = (root / "docs" / name).read_text(encoding="utf-8")
    assert rule_pages.PAGES[name](page) == page


def test_findings_page_is_made_from_the_list_of_kinds(root):
    page = (root / "docs" / "findings.md").read_text(encoding="utf-8")
    assert fill_findings_page(page) == page


def test_every_code_of_a_finding_is_in_the_list_of_kinds(root):
    """What is given to ``Finding`` or ``ReadNote``, under either name, must be listed; errors have a list of their own."""
    given = set()
    for path in (root / "src").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and re.match(r"(Finding|ReadNote)(\.of)?$", ast.unparse(call.func)):
                words = call.args[:1] + [word.value for word in call.keywords if word.arg == "code"]
                given |= {word.value for word in words if isinstance(word, ast.Constant)}
    assert len(given) > 40
    assert sorted(given - set(FINDING_KINDS)) == []


def test_every_listed_kind_of_finding_is_made_somewhere(root):
    paths = [path for path in (root / "src").rglob("*.py") if path.name != "finding_kinds.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    assert [code for code in FINDING_KINDS if f'"{code}"' not in text] == []


def test_every_setting_is_documented(root):
    page = (root / "docs" / "settings.md").read_text(encoding="utf-8")
    values = Settings().to_dict()
    for group, keys in values.items():
        if isinstance(keys, dict):
            for key, default in keys.items():
                shown = str(default).lower() if isinstance(default, bool) else default
                assert f"| `{group}.{key}` | {shown} |" in page


def test_every_dependency_has_its_reason(root):
    lines = (root / "pyproject.toml").read_text(encoding="utf-8").split("\n")
    start = lines.index("dependencies = [")
    end = lines.index("]", start)
    assert all("#" in line for line in lines[start + 1 : end])
    tomllib.loads("\n".join(lines))


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_readme_snippets_run(root, output, name, monkeypatch, tmp_path):
    """The Python and SQL lines of the README run on an output of the real notice."""
    page = (root / name).read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert blocks
    monkeypatch.chdir(tmp_path)
    (tmp_path / "output").symlink_to(output)
    for block in blocks:
        exec(compile(block, name, "exec"), {})
