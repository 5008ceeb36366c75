"""Every sentence that people are shown has a Chinese one, made of the same fields."""

from __future__ import annotations

import re
import string

import pytest
import typer

from planextract.cli.app import app
from planextract.wording.chinese import CATALOGUES, reports
from planextract.wording.tell import find_template
from planextract.wording.words import SIGNS_ZH
from tests.conftest import ROOT

from .find_sentences import find_sentences

_NOT_OURS = {  # what arrives there is data, or a phrase that was looked at where it was made
    "api.py": ("picture",),
    "cli/agencies/desk.py": ("problem",),
    "cli/app.py": ("f'planextract {__version__}'",),
    "cli/chinese.py": None,  # speaks Chinese itself
    "cli/doctor_command.py": None,  # pairs of English and Chinese of its own
    "cli/run_command.py": ("problem", "line"),
    "cli/schema_command.py": None,  # names of tables and columns
    "cli/status_command.py": ("line",),
    "cli/terminal.py": None,  # JSON for programs
    "cli/view_commands.py": None,  # sentences of the view, in the language that was asked for
    "correct/decisions.py": ("_BINDERS[decision.kind](work, decision)",),
    "decisions/log.py": ("cause",),
    "decisions/records.py": ("problem",),
    "phrases.py": None,  # gives back what an earlier run recorded
    "report/page.py": None,  # makes phrases of the templates' texts and of the program's own names
    "report/quality.py": ("decision", "doubt", "sign"),
    "read/pdf/draw.py": ("found",),
    "run/events.py": None,  # JSON for programs
    "text/display.py": None,  # shows control characters
    "write/docs.py": None,  # the tables' documentation
}

_PLURAL = re.compile(r"s\d?|\w+_s")  # the ending of an English word, which Chinese has not


@pytest.fixture(scope="module")
def found():
    return find_sentences()


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_every_sentence_has_a_chinese_one(found):
    missing = [f"{place}: {text}" for text, place in found.sentences.items() if find_template(text) is None]
    assert missing == []


def test_no_sentence_is_made_where_it_cannot_be_translated(found):
    """A sentence glued together of pieces cannot be said in Chinese: it must be a Phrase."""
    left = []
    for place, text in found.problems.items():
        allowed = _NOT_OURS.get(place.partition(":")[0], ())
        if allowed is not None and text not in allowed:
            left.append(f"{place}: {text}")
    assert left == []


def test_chinese_sentences_have_the_fields_of_the_english_ones(found):
    wrong = []
    for catalogue in CATALOGUES:
        for english, chinese in catalogue.items():
            if "{" not in english or english not in found.sentences or english.count("{") != english.count("}"):
                continue
            try:
                wanted, given = _fields(english), _fields(chinese)
            except ValueError:  # a sentence without fields that shows braces
                continue
            unsaid = {name for name in wanted - given if not _PLURAL.fullmatch(name)}
            if not given <= wanted or unsaid:
                wrong.append((english, chinese))
    assert wrong == []


def test_no_chinese_sentence_is_said_by_nobody(found):
    said = set(found.sentences) | set(_help_texts()) | set(_template_texts()) | set(reports.WORDS) | set(SIGNS_ZH)
    left = [english for catalogue in CATALOGUES for english in catalogue if english not in said]
    assert left == []


def test_no_english_sentence_stands_in_two_catalogues():
    every = [english for catalogue in CATALOGUES for english in catalogue]
    assert len(every) == len(set(every))


def _template_texts() -> list[str]:
    folder = ROOT / "src" / "planextract" / "report" / "templates"
    pages = [path.read_text(encoding="utf-8") for path in sorted((*folder.glob("*.html"), *folder.glob("*.md")))]
    return [
        text
        for page in pages
        for text in re.findall(r'\b(?:t|say)\("([^"]*)"|"([^"]+)"\|phrase', page)
        for text in text
        if text
    ]


def test_every_text_of_the_reports_has_a_chinese_one():
    assert [text for text in _template_texts() if find_template(text) is None] == []


def test_no_text_of_the_reports_is_written_past_the_catalogue():
    """What stands in a template outside of ``t(…)`` cannot be switched."""
    folder = ROOT / "src" / "planextract" / "report" / "templates"
    bare = []
    for name in ("base.html", "quality.html", "compare.html", "diff.html", "score.html", "parts.html"):
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", (folder / name).read_text(encoding="utf-8"), flags=re.S)
        text = re.sub(r"<(script|style|title)\b.*?</\1>", "", text, flags=re.S)
        bare += [f"{name}: {part}" for part in re.findall(r">([^<>]*[A-Za-z]{2,}[^<>]*)<", text)]
    allowed = ("planextract", "Theme: auto", "all", "Copy", "&nbsp;↓")
    assert [part for part in bare if part.split(": ", 1)[1].strip() not in allowed] == []


def _commands(command, name="planextract"):
    yield name, command
    for child, below in getattr(command, "commands", {}).items():
        yield from _commands(below, f"{name} {child}")


def _help_texts() -> list[str]:
    texts = ["Show this message and exit."]
    for _, command in _commands(typer.main.get_command(app)):
        texts += [command.help or ""]
        if command.epilog:
            texts.append(getattr(command.epilog, "template", command.epilog))
        for parameter in command.params:
            if not getattr(parameter, "hidden", False):
                texts.append(parameter.help or "")
            if isinstance(parameter.show_default, str) and not _NAMES.search(parameter.show_default):
                texts.append(parameter.show_default)
    return [text for text in texts if text]


_NAMES = re.compile(r"[A-Z./]|^auto$")  # defaults that are names of files, or what is typed


def test_every_help_text_has_a_chinese_one():
    missing = [text for text in dict.fromkeys(_help_texts()) if find_template(text) is None]
    assert missing == []
