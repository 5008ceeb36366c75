"""In which language the command line speaks: as asked, as set in the environment, as the locale says; else English."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, get_type_hints

import typer

from planextract.phrases import Phrase

VARIABLE = "PLANEXTRACT_LANG"


class Language(StrEnum):
    """Language of what is printed."""

    en = "en"
    zh = "zh"


_LANG_HELP = f"Language; else {VARIABLE}, else the locale's."
LangOption = Annotated[Language | None, typer.Option("--lang", help=_LANG_HELP, show_default=False)]
_chosen: list[Language] = []


def find_language(arguments: Sequence[str] = (), environment: Mapping[str, str] = os.environ) -> Language:
    """Return the reader's language: by ``--lang`` among arguments, the variable, the locale.

    The arguments are looked through before they are understood, so that what is wrong with them is said in it, too.

    >>> find_language(["run", "--lang", "zh"], {}), find_language([], {"LANG": "zh_CN.UTF-8", "PLANEXTRACT_LANG": "en"})
    (<Language.zh: 'zh'>, <Language.en: 'en'>)
    """
    for place, argument in enumerate(arguments):
        asked = argument.removeprefix("--lang=")
        if argument == "--lang" and place + 1 < len(arguments):
            asked = arguments[place + 1]
        if argument.startswith("--lang") and asked in (Language.en, Language.zh):
            return Language(asked)
    for name in (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return Language.zh if value.lower().startswith("zh") else Language.en
    return Language.en


def choose_language(language: Language) -> None:
    """Speak a language from here on."""
    _chosen[:] = [language]


def current_language() -> Language:
    """Return the language that the command line speaks."""
    return _chosen[0] if _chosen else find_language()


def with_language(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option ``--lang``."""

    @wraps(command)
    def run(*args: Any, lang: Language | None = None, **kwargs: Any) -> Any:  # noqa: ANN401
        if lang is not None:
            choose_language(lang)
        return command(*args, **kwargs)

    hints = get_type_hints(command, include_extras=True)
    known = [each.replace(annotation=hints[name]) for name, each in signature(command).parameters.items()]
    option = Parameter("lang", Parameter.KEYWORD_ONLY, default=None, annotation=LangOption)
    run.__signature__ = Signature([*known, option])  # type: ignore[attr-defined]
    run.__annotations__ = {**hints, "lang": LangOption}
    return run


def example(command: str) -> Phrase:
    """Return the line below a help page that shows a command as it may be given."""
    return Phrase("Example: {command}", command=command)
