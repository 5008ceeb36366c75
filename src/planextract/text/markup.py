r"""OCR mark-up in cell and line texts, resolved step by step.

Parsers write paragraphs as ``<p>``, line breaks as ``<br>`` or ``\n``, sub- and superscripts as
``_{2.5}``, ``<sub>`` or ``₂``, formulas as ``$\mathrm{PM}_{2.5}$``. The result keeps the words;
the steps keep the proof.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache

from planextract.text.characters import (
    ZERO_WIDTH,
    remove_ocr_spaces,
    replace_radicals,
    strip_zero_width,
    without_spaces,
)

PARAGRAPH = "\n"
_HARD_BREAK = "\u2029"
_LABEL_LENGTH = 32

_BLOCK_TAG = re.compile(r"</?\s*(?:p|div|li|ul|ol)\b[^<>]*>", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<\s*br\b[^<>]*>", re.IGNORECASE)
_ITEM = re.compile(
    r"\s*(?:\d{1,2}[.、．)）](?!\d)|[（(][\d一二三四五六七八九十]{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]{1,2}[是、])"
)
_INLINE_TAG = re.compile(
    r"</?\s*(?:b|i|u|s|em|strong|span|font|sub|small|big|o:p|mark|center|a)\b[^<>]*>", re.IGNORECASE
)
_SUP_TAG = re.compile(r"<\s*sup\b[^<>]*>(.{0,100}?)</\s*sup\s*>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MATH = re.compile(r"\$([^$\n]{1,200})\$|\\\(([^\n]{1,200}?)\\\)")
_SUBSCRIPT = re.compile(r"[^\S\u2029]{0,9}_\s{0,9}\{([^{}]{1,40})\}[^\S\n\u2029]{0,9}")
_SUPERSCRIPT = re.compile(r"[^\S\u2029]{0,9}\^(?:\s{0,9}\{([^{}]{1,40})\}[^\S\n\u2029]{0,9}|([0-9]))")
_COMMAND = re.compile(r"\\(?:mathrm|text|mathbf|mathsf|operatorname|rm)\s*\{([^{}]*)\}")
_SYMBOLS = {
    r"\%": "%",
    r"\geqslant": "≥",
    r"\leqslant": "≤",
    r"\geq": "≥",
    r"\leq": "≤",
    r"\ge": "≥",
    r"\le": "≤",
    r"\times": "×",
    r"\sim": "~",
    r"\mu": "μ",
    r"\circ": "°",
    r"\pm": "±",
    r"\cdot": "·",
    r"\,": "",
    "\\ ": "",
}
_UNICODE_SUB = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()")
_UNUSUAL = re.compile(f"[₀-₎⺀-⿟{ZERO_WIDTH}]")  # what the last steps change; a search is faster than they are
_TO_SUP = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_SPACE = re.compile("[ \t\u00a0\u3000]")
_SENTENCE_SPACE = re.compile(r"(?<=[。！？])([”’」』）)]*)[ \t\u00a0\u3000]+(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyStep:
    """One step from printed to clean text; ``before`` and ``after`` differ."""

    rule: str
    before: str
    after: str


def tidy_prose(raw_text: str) -> tuple[str, tuple[TidyStep, ...]]:
    r"""Return running text as paragraphs separated by line feeds, with the steps taken.

    A ``<p>``, a line break after the end of a sentence or before a list item, and a space after a
    full stop open a paragraph; other inner spaces and line breaks are the OCR's and go.

    >>> tidy_prose("细颗粒物（PM _{2.5} ）下降。 各街道加强执法。")[0]
    '细颗粒物（PM2.5）下降。\n各街道加强执法。'
    """
    return _tidy(raw_text, _space_prose)


def tidy_paragraphs(raw_text: str, paragraphs: tuple[str, ...]) -> tuple[str, tuple[TidyStep, ...]]:
    """Return the text of a cell whose paragraphs the reader saw: line wraps are joined, nothing else is guessed."""
    text = PARAGRAPH.join(remove_ocr_spaces(resolve_markup(paragraph)) for paragraph in paragraphs)
    steps = (TidyStep(rule="join_lines", before=raw_text, after=text),) if text != raw_text else ()
    return text, steps


def tidy_list(raw_text: str) -> tuple[str, tuple[TidyStep, ...]]:
    r"""Return an agency cell as its printed lines: every space, break and paragraph separates lines.

    Which lines are one wrapped name is decided later, with the dictionary.

    >>> tidy_list("<p>区教委 区财政局</p>")[0]
    '区教委\n区财政局'
    """
    return _tidy(raw_text, _space_list)


def _tidy(raw_text: str, space: _Spacer) -> tuple[str, tuple[TidyStep, ...]]:
    steps: list[TidyStep] = []
    text = raw_text
    for rule, change in (("ocr_markup", resolve_markup), (space.rule, space)):
        after = change(text)
        if after != text:
            steps.append(TidyStep(rule=rule, before=text, after=after))
        text = after
    return text, tuple(steps)


def resolve_markup(raw_text: str) -> str:
    """Resolve tags, entities, formulas, sub- and superscripts; white space stays as it is."""
    return _resolve(raw_text) if len(raw_text) > _LABEL_LENGTH else _resolve_label(raw_text)


def _resolve(raw_text: str) -> str:
    text = raw_text
    if "<" in text:
        text = _BREAK_TAG.sub("\n", _BLOCK_TAG.sub(_HARD_BREAK, text))
        text = _SUP_TAG.sub(lambda m: to_superscript(m.group(1)), text)
        text = _INLINE_TAG.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda m: html.unescape(m.group()), text)
    if "$" in text or "\\(" in text:
        text = _MATH.sub(lambda m: _plain_math(m.group(1) or m.group(2)), text)
    if "_" in text:
        text = _SUBSCRIPT.sub(lambda m: without_spaces(m.group(1)), text)
    if "^" in text:
        text = _SUPERSCRIPT.sub(lambda m: to_superscript(m.group(1) or m.group(2)), text)
    return replace_radicals(strip_zero_width(text.translate(_UNICODE_SUB))) if _UNUSUAL.search(text) else text


_resolve_label = lru_cache(maxsize=16384)(_resolve)  # a header is read again on each of its pages


def _plain_math(body: str) -> str:
    r"""Turn a simple formula into text; one with other commands stays as printed.

    >>> _plain_math(r"\\mathrm { P M } _ { 2 . 5 }")
    'PM2.5'
    """
    text = re.sub(r"\\(mathrm|text|mathbf|mathsf|operatorname|rm)\s+\{", r"\\\1{", body)
    previous = None
    while previous != text:
        previous = text
        text = _COMMAND.sub(lambda m: m.group(1), text)
    for command, symbol in _SYMBOLS.items():
        text = text.replace(command, symbol)
    text = _SUBSCRIPT.sub(lambda m: m.group(1), text)
    text = _SUPERSCRIPT.sub(lambda m: to_superscript(m.group(1) or m.group(2)), text)
    text = re.sub(r"[{}\s]", "", text) if "\\" not in text else text
    return f"${body}$" if "\\" in text else text


def to_superscript(text: str) -> str:
    """Return raised digits and signs as the characters that print them raised; other text plain, without spaces.

    >>> to_superscript("3")
    '³'
    """
    plain = without_spaces(text)
    return plain.translate(_TO_SUP) if re.fullmatch(r"[0-9+\-=()]+", plain) else plain


class _Spacer:
    """A rule name with the function that treats white space."""

    def __init__(self, rule: str, is_list: bool) -> None:
        self.rule = rule
        self._is_list = is_list

    def __call__(self, text: str) -> str:
        if self._is_list:
            lines = text.split()
        else:
            parted = _SENTENCE_SPACE.sub(rf"\1{_HARD_BREAK}", text) if _SPACE.search(text) else text
            blocks = parted.split(_HARD_BREAK)
            lines = [line for block in blocks for line in join_broken_lines(block.split("\n"))]
            lines = [remove_ocr_spaces(line) for line in lines]
        return PARAGRAPH.join(line for line in lines if line)


def join_broken_lines(lines: list[str]) -> list[str]:
    """Join a line to the one before unless that one ends a sentence or this one opens a list item.

    >>> join_broken_lines(["落实扬尘管", "控要求。", "加强执法；"])
    ['落实扬尘管控要求。', '加强执法；']
    """
    groups: list[list[str]] = []
    for line in lines:
        if not line.strip():
            continue
        before = groups[-1][-1] if groups else ""
        if before and not _ends_paragraph(before) and not _ITEM.match(line):
            groups[-1].append(_glue(before, line))
        else:
            groups.append([line])
    return ["".join(group) for group in groups]


def _glue(before: str, after: str) -> str:
    """Return a line as it follows another one: two Latin words are parted, a figure or PM2.5 that was cut is whole."""
    ends = before[-1:] + after[:1]
    return (" " if len(ends) == 2 and ends.isascii() and ends.isalpha() else "") + after


def _ends_paragraph(line: str) -> bool:
    return line.rstrip().rstrip("”’」』）)").endswith(("。", "！", "？", "；", "：", ";", ":"))


_space_prose = _Spacer("ocr_space", is_list=False)
_space_list = _Spacer("list_lines", is_list=True)
