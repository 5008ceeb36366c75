"""Says a sentence of the program in the language that was asked for: the door to the Chinese catalogue.

The English sentence is the key. What holds fields comes as :class:`planextract.phrases.Phrase` and is made anew from
its fields, so no finished sentence is ever taken to pieces; what has no Chinese yet is said in English, and a test
says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from planextract.errors import InternalError, PlanExtractError
from planextract.model.finding_kinds import FINDING_KINDS
from planextract.phrases import Field, Phrase, Recorded

_FIELD = re.compile(r"\{\w*(?:![rsa])?(?::[^}]*)?\}")
_MARKS = {", ": "，", "; ": "；", ": ": "：", "} {": "}{"}  # between fields, where nothing else is said
_CHINESE_MARKS = re.compile("|".join(map(re.escape, _MARKS)))
_CODE = "code"  # a code of findings is said in words
_REASON = "reason"  # what the system or a library says; only its commonest sentences have a translation


def tell(text: str, language: str) -> str:
    """Return a sentence of the program in a language.

    Args:
        text: A phrase, or a sentence without fields; anything else comes back as it is.
        language: ``en`` or ``zh``.

    >>> tell("the file is empty", "zh"), tell(Phrase("there is no page {page_number}", page_number=9), "zh")
    ('文件是空的', '没有第 9 页')
    """
    if language != "zh":
        return str(text)
    if isinstance(text, Recorded):
        return text.chinese
    if not isinstance(text, Phrase):
        return load_chinese().get(text, text)
    template = find_template(text.template)
    if template is None:
        return str(text)
    if not text.fields:
        return template
    return template.format(**{name: _tell_field(name, value) for name, value in text.fields.items()})


def find_template(template: str) -> str | None:
    """Return the Chinese template of an English one; one that says nothing beside its fields is its own."""
    known = load_chinese().get(template)
    if known is None and not re.search(r"[^\W\d_]", _FIELD.sub("", template)):
        return _CHINESE_MARKS.sub(lambda match: _MARKS[match[0]], template)
    return known


def tell_error(error: PlanExtractError, language: str) -> str:
    """Return an error's file, page, cause and advice as one line in a language."""
    if language != "zh":
        return error.message
    page = f"第 {error.page} 页" if error.page is not None else ""
    where = "，".join(part for part in (error.file, page) if part)
    cause = tell(error.cause, language)
    if isinstance(error, InternalError):
        cause = f"程序内部错误：{cause}"
    said = f"{where}：{cause}" if where else cause
    advice = tell(error.advice, language) if error.advice else ""
    if not advice:
        return said
    return f"{said}{'' if said.endswith(('。', '…', '！', '？', chr(10))) else '。'}{advice}"


def _tell_field(name: str, value: Field) -> Field:
    if isinstance(value, Phrase):
        return tell(value, "zh")
    if name == _CODE and value in FINDING_KINDS:
        return f"{FINDING_KINDS[str(value)].chinese}（{value}）"
    if name == _REASON and isinstance(value, str):
        from planextract.wording.chinese.system import SYSTEM

        return SYSTEM.get(value, value)
    return value


@lru_cache(maxsize=1)
def load_chinese() -> Mapping[str, str]:
    """Return the whole catalogue, English sentence → Chinese; loaded when the first Chinese sentence is said."""
    from planextract.wording.chinese import CATALOGUES

    return {english: chinese for catalogue in CATALOGUES for english, chinese in catalogue.items()}
