"""HTML inside a parser's result: tables as most parsers give them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planextract.read.flow import Aside, FlowBlock, FlowTable, Paragraph
from planextract.read.html.flow import FlowBuilder
from planextract.read.html.tree import iter_text, parse_html
from planextract.read.parsers.tree import Context


def read_html_part(text: str, page: int, context: Context) -> tuple[list[FlowBlock], str]:
    """Return the blocks of a piece of HTML, on one page, and all its printed text.

    Raises:
        InputError: If it breaks a limit.
    """
    if not text.strip():
        return [], ""
    root = parse_html(text, context.name, context.settings)
    body = next(root.iter("body"), root)
    blocks = FlowBuilder(lambda element: None, context.budget, context.name, context.settings.max_nesting).build(body)
    return [_on_page(block, page) for block in blocks], "".join(iter_text(body))


def _on_page(block: FlowBlock, page: int) -> FlowBlock:
    if isinstance(block, FlowTable):
        return replace(block, page=page, line=None)
    return (
        replace(block, page=page, line=None)
        if isinstance(block, Paragraph)
        else Aside(text=block.text, reason=block.reason, page=page)
    )


def iter_lines(text: str, page: int) -> Iterator[Paragraph]:
    """Yield a text as paragraphs: a blank line parts them, other line ends stay."""
    for part in text.replace("\r\n", "\n").split("\n\n"):
        if part.strip():
            yield Paragraph(text=part.strip("\n"), page=page)
