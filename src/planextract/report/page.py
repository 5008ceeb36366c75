"""Template second: turn finished data into one self-contained HTML file or a Markdown text.

Everything that stands in a document is escaped by the template engine; nothing is loaded from anywhere, which
the page's own content security policy enforces: styles and script are allowed by their hashes only.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup, escape

from planextract.model.finding_kinds import FINDING_KINDS
from planextract.model.roles import AGENCY_ROLES, ROLES, status_column
from planextract.phrases import Phrase
from planextract.version import __version__
from planextract.wording.tell import find_template, tell
from planextract.wording.words import EVIDENCE, Pair


def render_html(template: str, data: object) -> str:
    """Render a page.

    Args:
        template: Name of the template, such as ``score.html``.
        data: What the template shows as ``data``.
    """
    return render_page(template, data, ("report.css",), "report.js")


def render_page(template: str, data: object, styles: Sequence[str], script_name: str) -> str:
    """Render a page with some style sheets, one after the other, and one script.

    Args:
        template: Name of the template.
        data: What the template shows as ``data``.
        styles: Names of style sheets among the templates.
        script_name: Name of the script among the templates.
    """
    style, script = "\n".join(_read(name) for name in styles), _read(script_name)
    policy = (
        f"default-src 'none'; img-src data:; style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return str(
        _environment()
        .get_template(template)
        .render(data=data, style=Markup(style), script=Markup(script), policy=policy, version=__version__)
    )


def render_markdown(template: str, data: object, language: str) -> str:
    """Render a Markdown text in a language; ``md(…)`` says a text and makes it safe inside a table's cell."""

    def say_safely(text: object) -> Markup:
        return escape_markdown(tell(text, language) if isinstance(text, Phrase) else text)

    def fill(template: str, **fields: object) -> Markup:
        return say_safely(Phrase(template, **fields))

    text: str = _environment().get_template(template).render(data=data, md=say_safely, say=fill)
    return text


def escape_markdown(text: object) -> Markup:
    """Return text that Markdown shows as it is, inside a table cell too."""
    shown = str(text if text is not None else "")
    for char in "\\`*_{}[]|~$":
        shown = shown.replace(char, f"\\{char}")
    shown = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;")
    return Markup(shown.replace("\r", " ").replace("\n", " ⏎ "))


@lru_cache(maxsize=1)
def _environment() -> Any:  # noqa: ANN401
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("planextract.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: say_both(value) if isinstance(value, Phrase) else value,
    )
    made.globals.update(t=lambda template, **fields: say_both(Phrase(template, **fields)))
    made.filters.update(pct=format_share, num=format_number, anchor=make_anchor, label=make_label, fig=format_figure)
    made.filters.update(
        en=str, both=name_both, phrase=Phrase, word=find_word, evidence_word=find_evidence, finding_word=find_finding
    )
    return made


def say_both(text: Phrase) -> Markup:
    """Return a phrase as an element that holds it in English and Chinese; the page's script shows one of them.

    >>> str(say_both(Phrase("None.")))
    '<span data-zh="没有。">None.</span>'
    """
    chinese = tell(text, "zh")
    return escape(text) if chinese == text else Markup('<span data-zh="{}">{}</span>').format(chinese, str(text))


def name_both(text: str, attribute: str = "") -> Markup:
    """Return a phrase as an attribute's value in English, and beside it what the script puts there for Chinese.

    Without a name it is what the element itself says, as options and texts of drawings do, which hold no elements.

    >>> str(name_both(Phrase("search"), "placeholder"))
    'placeholder="search" data-zh-placeholder="查找"'
    """
    chinese = tell(text, "zh") if isinstance(text, Phrase) else text
    if not attribute:
        return Markup("") if chinese == text else Markup('data-zh="{}"').format(chinese)
    said = Markup('{}="{}"').format(Markup(attribute), str(text))
    return said if chinese == text else said + Markup(' data-zh-{}="{}"').format(Markup(attribute), chinese)


def say_pair(pair: Pair) -> Markup:
    """Return a pair of English and Chinese as an element that holds both."""
    return Markup('<span data-zh="{}">{}</span>').format(pair[1], pair[0])


def find_evidence(reason: str) -> Markup | str:
    """Return a page break's reason in words."""
    found = _REASON.fullmatch(reason)
    pair = EVIDENCE.get(found["code"]) if found is not None else None
    if found is None or pair is None:
        return reason
    about, rest = ("table: ", "表格：") if found["table"] else ("", ""), found["rest"]
    english, chinese = (f"{about[n]}{pair[n]}{rest}" for n in (0, 1))
    return say_pair((english, chinese.replace(": ", "：")))


_REASON = re.compile(r"(?P<table>table: )?(?P<code>[a-z_]+)(?P<rest>(?:[: ].*)?)", re.DOTALL)


def find_finding(code: str) -> Markup | str:
    """Return what a code of findings means."""
    kind = FINDING_KINDS.get(code)
    return "" if kind is None else say_pair((kind.english, kind.chinese))


def find_word(text: str) -> str:
    """Return a name of the program's own (a kind, a state, a cause) as a phrase; any other text as it is."""
    return Phrase(text.replace("_", " ")) if find_template(text.replace("_", " ")) not in (None, text) else text


def format_share(value: float | None, digits: int = 1) -> str:
    """Return a share as a percentage; what is not all or nothing is never rounded to it.

    >>> format_share(0.99999), format_share(1.0), format_share(0.00001)
    ('>99.9 %', '100 %', '<0.1 %')
    """
    if value is None:
        return "–"
    shown = f"{value * 100:.{digits}f}"
    step = 10**-digits
    if value < 1 and float(shown) >= 100:
        return f">{100 - step:.{digits}f} %"
    if value > 0 and float(shown) == 0:
        return f"<{step:.{digits}f} %"
    if float(shown) in (0.0, 100.0):
        return f"{float(shown):.0f} %"
    return f"{shown} %"


def format_number(value: float | None) -> str:
    """Return a whole number with thin spaces between thousands."""
    return "–" if value is None else f"{value:,.0f}".replace(",", "\u202f")


def format_figure(value: float | None) -> str:
    """Return a decimal with three places."""
    return "–" if value is None else f"{value:.3f}"


def make_anchor(text: object) -> str:
    """Return an id for the page from an id of a table: letters, digits and dashes only."""
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in str(text))


_LABELS: dict[str, str] = {
    **{role.value: spec.chinese for role, spec in ROLES.items()},
    "header": "表头",
    **{status_column(role): Phrase("{column} state", column=ROLES[role].chinese) for role in AGENCY_ROLES},
    "deadline_value": Phrase("deadline as a date"),
    "targets": Phrase("quantities"),
    "boundary": Phrase("page break"),
}


def make_label(name: str) -> str:
    """Return how a column is called in the plans themselves."""
    return _LABELS.get(name) or find_word(name)


def _read(name: str) -> str:
    return (files("planextract.report") / "templates" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
