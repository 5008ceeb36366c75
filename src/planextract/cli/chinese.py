"""The command line in Chinese: help pages and usage errors; loaded only when Chinese was asked for.

Help is laid out here and not by the command library, which counts a Chinese character as one column and cannot break
a line of them.
"""

from __future__ import annotations

import inspect
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

import typer

from planextract.cli.terminal import say
from planextract.phrases import Phrase
from planextract.wording.tell import find_template, tell

_MAX_WIDTH = 100
_INDENT = 2
_NAME_COLUMN = 30
_NO_LINE_START = "，。；：、！？）》”’…]"
_NO_LINE_END = "（《“‘["
_PIECE = re.compile(r"\s+|[!-~]+|.", re.DOTALL)  # blanks, a Latin word, or one character
# The root of usage errors: typer names only this child of it.
_ClickError: type[Exception] = typer.BadParameter.__mro__[2]


def run_chinese(app: typer.Typer) -> int:
    """Run the command line with Chinese help and usage errors; return the exit code."""
    command = typer.main.get_command(app)
    _translate(command)
    try:
        code = command.main(standalone_mode=False)
    except _ClickError as exc:
        _show_usage_error(exc)
        return 2
    except typer.Abort:
        say(Phrase("stopped"), err=True)
        return 1
    return code if isinstance(code, int) else 0


def _translate(command: Any) -> None:  # noqa: ANN401  (the command library's classes differ by version)
    command.get_help = lambda context: make_help(command, context)
    for child in getattr(command, "commands", {}).values():
        _translate(child)


def make_help(command: Any, context: Any) -> str:  # noqa: ANN401
    """Return a command's help page in Chinese."""
    columns = int(os.environ.get("COLUMNS") or shutil.get_terminal_size().columns)
    width = min(max(columns, 50), _MAX_WIDTH)
    lines = [_usage(command, context), "", *_paragraphs(tell(_clean(command.help), "zh"), width)]
    parameters = [p for p in command.get_params(context) if p.get_help_record(context) is not None]
    for heading, kind in (("参数：", "argument"), ("选项：", "option")):
        rows = [(p.get_help_record(context)[0], _describe(p, context)) for p in parameters if p.param_type_name == kind]
        lines += _table(heading, rows, width)
    rows = [(name, _first_sentence(child)) for name, child in getattr(command, "commands", {}).items()]
    lines += _table("命令：", rows, width)
    if command.epilog:
        lines += ["", *_paragraphs(_clean(tell(command.epilog, "zh")), width)]
    return "\n".join(lines)


def _usage(command: Any, context: Any) -> str:  # noqa: ANN401
    pieces = " ".join(command.collect_usage_pieces(context))
    pieces = pieces.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]...")
    return f"用法：{context.command_path} {pieces}"


def _clean(text: str | None) -> str:
    return inspect.cleandoc(text or "").partition("\f")[0]


def _first_sentence(command: Any) -> str:  # noqa: ANN401
    paragraph = tell(_clean(command.help), "zh").split("\n\n")[0].replace("\n", "")
    return paragraph.partition("。")[0]


def _describe(parameter: Any, context: Any) -> str:  # noqa: ANN401
    """Return a parameter's help: what it is for, its default, its bounds, whether it must be given."""
    notes = []
    shown = parameter.show_default
    default = tell(shown, "zh") if isinstance(shown, str) else _plain_default(parameter, context) if shown else ""
    if default:
        notes.append(f"默认：{default}")
    least, most = _bounds(parameter)
    if least is not None:
        notes.append(f"{least} 到 {most}" if most is not None else f"不小于 {least}")
    if parameter.required:
        notes.append("必填")
    return tell(parameter.help or "", "zh") + (f" [{'；'.join(notes)}]" if notes else "")


def _bounds(parameter: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Return least and most of a number; typer has them in its type, newer ones in the parameter."""
    places = (parameter, getattr(parameter, "type", None))
    least, most = (
        next((v for p in places if (v := getattr(p, name, None)) is not None), None) for name in ("min", "max")
    )
    return least, most


def _plain_default(parameter: Any, context: Any) -> str:  # noqa: ANN401
    value = parameter.get_default(context, call=False)
    if value is None or isinstance(value, bool | list | tuple):
        return ""
    return str(value.value if isinstance(value, Enum) else value)


def _table(heading: str, rows: Sequence[tuple[str, str]], width: int) -> list[str]:
    if not rows:
        return []
    column = min(max(measure_width(name) for name, _ in rows), _NAME_COLUMN) + 2
    lines = ["", heading]
    for name, text in rows:
        wrapped = list(wrap(text, width - _INDENT - column)) or [""]
        first = " " * _INDENT + name
        if measure_width(name) > column - 2:
            lines.append(first)
        else:
            lines.append(first + " " * (column - measure_width(name)) + wrapped.pop(0))
        lines += [" " * (_INDENT + column) + line for line in wrapped if line]
    return lines


def _paragraphs(text: str, width: int) -> Iterator[str]:
    """Lay out paragraphs; one whose lines are indented (examples) keeps its lines."""
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ""
        if paragraph.startswith(" "):
            yield from paragraph.split("\n")
        else:
            yield from (" " * _INDENT + line for line in wrap(paragraph.replace("\n", ""), width - _INDENT))


def measure_width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, width: int) -> Iterator[str]:
    """Cut a text into lines of at most so many columns: at blanks, and between Chinese characters.

    >>> list(wrap("把文件读成数据表 planextract", 12))
    ['把文件读成数', '据表', 'planextract']
    """
    line, used = "", 0
    for piece in _PIECE.findall(text):
        size = measure_width(piece)
        if used + size > width and line.strip() and piece not in _NO_LINE_START:
            kept = line[len(line.rstrip(_NO_LINE_END)) :]
            yield line.removesuffix(kept).rstrip()
            line, used = kept, measure_width(kept)
        if line or not piece.isspace():
            line, used = line + piece, used + size
    if line.strip():
        yield line.rstrip()


def _show_usage_error(exc: Any) -> None:  # noqa: ANN401
    if type(exc).__name__ == "NoArgsIsHelpError":
        say(exc.message, err=True)
        return
    context = getattr(exc, "ctx", None)
    if context is not None:
        say(_usage(context.command, context), err=True)
        say(f"查看帮助：{context.command_path} --help", err=True)
        say(err=True)
    say(f"错误：{_explain(exc)}", err=True)


def _explain(exc: Any) -> str:  # noqa: ANN401
    """Say what is wrong with the arguments, by the kind of the error and what it names."""
    parameter = getattr(exc, "param", None)
    name = "" if parameter is None else _name(parameter)
    kind = type(exc).__name__
    if kind == "NoSuchOption":
        near = "、".join(sorted(exc.possibilities or ()))
        return f"没有选项 {exc.option_name}" + (f"；是否要用 {near}？" if near else "")
    if kind == "MissingParameter" and parameter is not None:
        return f"缺少{'参数' if parameter.param_type_name == 'argument' else '选项'} {name}"
    if kind == "BadOptionUsage":
        return f"选项 {exc.option_name} 的写法不对：要么缺少值，要么不该有值"
    if parameter is not None:
        message = exc.message
        said = tell(message, "zh") if isinstance(message, Phrase) and find_template(message.template) else ""
        return f"{name} 的值不对" + (f"：{said}" if said else _expected(parameter))
    given = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    commands = getattr(getattr(exc, "ctx", None), "command", None)
    if getattr(commands, "commands", None):
        return "没有这个命令：" + (given[0] if given else "")
    return "参数太多，或写法不对"


def _name(parameter: Any) -> str:  # noqa: ANN401
    if parameter.param_type_name == "argument":
        return str(parameter.name)
    return " / ".join(parameter.opts)


def _expected(parameter: Any) -> str:  # noqa: ANN401
    """Say what a parameter takes: a number in bounds, or one of its choices."""
    least, most = _bounds(parameter)
    if least is not None and most is not None:
        return f"，应为 {least} 到 {most}"
    if least is not None:
        return f"，应不小于 {least}"
    described = getattr(parameter, "type_descriptor", None) or parameter.type
    choices = [str(getattr(choice, "value", choice)) for choice in getattr(described, "choices", None) or ()]
    return f"，可选：{'、'.join(choices)}" if choices else ""
