"""The command line in Chinese: help of every command, usage errors, errors, summaries; and English without being asked."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys

import pytest
import typer

from planextract.cli.app import app
from planextract.cli.chinese import make_help, measure_width, wrap
from planextract.cli.language import find_language
from planextract.errors import InputError
from planextract.phrases import Phrase, decode_phrase, encode_phrase
from planextract.wording.tell import tell, tell_error
from tests.conftest import NOTICE, ROOT

_SENTENCE = re.compile(r"\b[A-Za-z]?[a-z]+ [a-z]+ [a-z]+\b")
_TYPED = re.compile(r"planextract [^\n]*|pip install [^\n]*|apt install [^\n]*")  # commands are typed as they are


def english_in(text: str) -> list[str]:
    return [match[0] for match in _SENTENCE.finditer(_TYPED.sub("", text))]


def _walk(command, parent, name):
    context = command.make_context(name, [], parent, resilient_parsing=True)
    yield f"{context.command_path}", make_help(command, context)
    for child, below in getattr(command, "commands", {}).items():
        yield from _walk(below, context, child)


def _help_pages():
    return dict(_walk(typer.main.get_command(app), None, "planextract"))


@pytest.mark.parametrize("name", sorted(_help_pages()))
def test_help_is_chinese(name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    page = _help_pages()[name]
    assert page.startswith("用法：")
    assert english_in(page) == []
    assert "--lang" in page or "命令：" in page
    wide = [
        line for line in page.split("\n") if measure_width(line) > 82 and not line.lstrip().startswith("planextract")
    ]
    assert wide == []


def test_lines_of_chinese_are_cut_between_characters_and_never_before_a_mark():
    lines = list(wrap("把政府行动计划（含任务分解表）变成可信的数据表。planextract run 是第一条命令，其余见帮助。", 20))
    assert (
        "".join(lines).replace(" ", "")
        == "把政府行动计划（含任务分解表）变成可信的数据表。planextractrun是第一条命令，其余见帮助。"
    )
    assert all(measure_width(line) <= 22 for line in lines)
    assert not any(line[0] in "，。）" or line[-1] in "（" for line in lines)


def run(*arguments: str, cwd=None, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("PLANEXTRACT_LANG", "LC_ALL", "LC_MESSAGES", "LANG")}
    return subprocess.run(
        [sys.executable, "-m", "planextract", *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd or ROOT,
        env={**kept, "NO_COLOR": "1", **variables},
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ("run", "没有这个文件.pdf"),
            2,
            "错误：没有这个文件.pdf：没有这个文件或文件夹。请检查路径；含空格的名称要加引号。",
        ),
        (("run", "--frob", "x"), 2, "错误：没有选项 --frob"),
        (("run",), 2, "错误：缺少参数 inputs"),
        (("run", "x", "--year", "1"), 2, "错误：--year 的值不对，应为 1949 到 2100"),
        (("frob",), 2, "错误：没有这个命令：frob"),
        (("export", "x", "-f", "doc"), 2, "的值不对"),
        (
            ("run", "README.md", "--reader", "frob"),
            2,
            "错误：没有读取器“frob”。可选读取器：auto、pdfium、pdfplumber、camelot。",
        ),
        (("status", "没有"), 4, "这里还没有运行结果"),
        (("show", "README.md"), 3, "错误：README.md"),
    ],
)
def test_errors_are_chinese(arguments, code, said):
    done = run(*arguments, PLANEXTRACT_LANG="zh")
    assert done.returncode == code
    assert said.replace("、", ", ") in done.stderr.replace("、", ", ")
    assert english_in(done.stderr) == []


def test_a_run_is_told_in_chinese_and_a_quarantined_input_again_from_its_record(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "plan.txt").write_bytes(NOTICE.read_bytes())
    (tmp_path / "in" / "bad.zip.pdf").write_bytes(b"Rar!\x1a\x07 nothing")
    for _ in range(2):  # the second time from the record of the first
        done = run("run", "in", "-o", "out", cwd=tmp_path, LANG="zh_CN.UTF-8")
        assert done.returncode == 3
        assert "已隔离：bad.zip.pdf：这是RAR 压缩包，本版本不能读取。" in done.stderr
        assert "待核：3 项措施" in done.stdout
        assert english_in(done.stdout + done.stderr) == []


def test_english_is_spoken_unless_chinese_is_asked_for():
    assert find_language([], {}) == "en"
    assert find_language([], {"LANG": "de_DE.UTF-8"}) == "en"
    assert find_language([], {"LC_ALL": "C", "LANG": "zh_CN"}) == "en"
    assert find_language([], {"PLANEXTRACT_LANG": "zh", "LC_ALL": "C"}) == "zh"
    assert find_language(["--lang=en"], {"LANG": "zh_CN"}) == "en"


def test_an_error_keeps_its_fields_between_processes_and_in_records():
    error = InputError(
        "read.too_many_pages", Phrase("the PDF has {page_count} pages", page_count=7), file="a.pdf", page=3
    )
    again = pickle.loads(pickle.dumps(error))
    assert again.message == error.message == "a.pdf, page 3: the PDF has 7 pages"
    assert tell_error(again, "zh") == "a.pdf，第 3 页：PDF 有 7 页"
    inner = Phrase("this is {what}, which this version does not read", what=Phrase("a RAR archive"))
    assert tell(decode_phrase(encode_phrase(inner)), "zh") == "这是RAR 压缩包，本版本不能读取"


def test_what_a_document_prints_is_never_translated():
    assert tell(Phrase("there is no table '{name}'", name="the file is empty"), "zh") == "没有数据表“the file is empty”"
    assert (
        tell(Phrase("the file cannot be read: {reason}", reason="Permission denied"), "zh") == "文件无法读取：没有权限"
    )
