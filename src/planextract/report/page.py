"""Template second: turn finished data into one self-contained HTML file or a Markdown text.

Everything that stands in a document is escaped by the template engine; nothing is loaded from anywhere, which
the page's own content security policy enforces: styles and script are allowed by their hashes only.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from planextract.model.roles import AGENCY_ROLES, ROLES, status_column
from planextract.version import __version__


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


def render_markdown(template: str, data: object) -> str:
    """Render a Markdown text; cells of tables are made safe by the ``md`` filter."""
    text: str = _environment().get_template(template).render(data=data, version=__version__)
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
    )
    made.filters.update(
        pct=format_share, num=format_number, md=escape_markdown, anchor=make_anchor, label=make_label, fig=format_figure
    )
    return made


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


_LABELS = {
    **{role.value: spec.chinese for role, spec in ROLES.items()},
    "header": "表头",
    **{status_column(role): f"{ROLES[role].chinese} state" for role in AGENCY_ROLES},
    "deadline_value": "deadline as a date",
    "targets": "quantities",
    "boundary": "page break",
}


def make_label(name: str) -> str:
    """Return how a column is called in the plans themselves."""
    return _LABELS.get(name, name.replace("_", " "))


def _read(name: str) -> str:
    return (files("planextract.report") / "templates" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
