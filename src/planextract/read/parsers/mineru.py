"""MinerU and DocVortex: ``middle.json``, ``content_list.json`` (both forms), structured content."""

from __future__ import annotations

from collections.abc import Iterator

from planextract.read.flow import Aside, FlowBlock
from planextract.read.parsers.html_part import iter_lines, read_html_part
from planextract.read.parsers.tree import Context, Json, ParserResult, as_dicts, as_int, as_text

_RUNNING = frozenset(
    {
        "header",
        "footer",
        "page_number",
        "page_header",
        "page_footer",
        "aside_text",
        "page_aside_text",
        "abandon",
        "discarded",
    }
)
_TABLE_HTML = ("table_body", "html", "table_html")
_BEFORE, _AFTER = (
    ("table_caption", "image_caption", "img_caption"),
    ("table_footnote", "image_footnote", "img_footnote"),
)
_BODIES = ("text", "content", "list_items", "code_body", "latex")


def is_mineru(tree: Json) -> bool:
    """Tell a MinerU or DocVortex result: pages of blocks, or blocks with a page's index."""
    if isinstance(tree, dict):
        pages = as_dicts(tree.get("pages"))
        return isinstance(tree.get("pdf_info"), list) or bool(pages and isinstance(pages[0].get("blocks"), list))
    if not isinstance(tree, list) or not tree:
        return False
    first = tree[0]
    if isinstance(first, list):
        return any("type" in item for page in tree for item in as_dicts(page))
    return isinstance(first, dict) and "page_idx" in first and "type" in first


def read_mineru(tree: Json, context: Context) -> ParserResult:
    """Read a result of any of the four forms.

    Raises:
        InputError: If its tables break a limit.
    """
    result = ParserResult()
    for page, block in _iter_blocks(tree):
        result.page_count = max(result.page_count, page)
        _read_block(block, page, context, result)
    return result


def _iter_blocks(tree: Json) -> Iterator[tuple[int, dict[str, Json]]]:
    """Yield page, from 1, and block, in order."""
    if isinstance(tree, dict) and "pdf_info" in tree:
        for number, info in enumerate(as_dicts(tree["pdf_info"])):
            page = as_int(info.get("page_idx"), number) + 1
            yield from ((page, block) for block in as_dicts(info.get("para_blocks") or info.get("preproc_blocks")))
            yield from ((page, {**block, "type": "discarded"}) for block in as_dicts(info.get("discarded_blocks")))
    elif isinstance(tree, dict):
        for number, item in enumerate(as_dicts(tree.get("pages"))):
            page = as_int(item.get("page_idx"), number) + 1
            yield from ((page, block) for block in as_dicts(item.get("blocks")))
    elif isinstance(tree, list):
        for number, entry in enumerate(tree):
            if isinstance(entry, list):
                yield from ((number + 1, block) for block in as_dicts(entry))
            elif isinstance(entry, dict):
                yield as_int(entry.get("page_idx"), 0) + 1, entry


def _read_block(block: dict[str, Json], page: int, context: Context, result: ParserResult) -> None:
    if as_text(block.get("type")) in _RUNNING:
        text = "\n".join(_find_texts(block))
        if text.strip():
            result.printed.append(text)
            result.flow.append(Aside(text=text, reason="running_head", page=page))
        return
    for text in _pieces(block):
        if "<table" in text.lower() or "<td" in text.lower():
            blocks, printed = read_html_part(text, page, context)
        else:
            blocks, printed = list[FlowBlock](iter_lines(text, page)), text
        result.flow.extend(blocks)
        result.printed.append(printed)


def _pieces(block: dict[str, Json]) -> Iterator[str]:
    """Yield the texts of a block in reading order: captions, body, notes."""
    inner = block.get("content")
    if isinstance(inner, dict):
        yield from _pieces({key: value for key, value in inner.items() if key != "type"})
        block = {key: value for key, value in block.items() if key != "content"}
    parts = as_dicts(block.get("blocks"))
    if parts:
        order = {"table_caption": 0, "image_caption": 0, "table_body": 1, "table_footnote": 2, "image_footnote": 2}
        for part in sorted(parts, key=lambda item: order.get(as_text(item.get("type")), 1)):
            yield from _pieces(part)
        return
    for key in _BEFORE:
        yield from filter(str.strip, _strings(block.get(key)))
    yield from filter(str.strip, [as_text(block[key]) for key in _TABLE_HTML if isinstance(block.get(key), str)][:1])
    lines = ["".join(_find_texts(line)) for line in as_dicts(block.get("lines"))]
    yield from _join_lines(lines)
    for key in _BODIES:
        yield from filter(str.strip, _strings(block.get(key)))
    for key, value in block.items():
        if key.endswith("_content"):
            text = "".join(_strings(value))
            if text.strip():
                yield text
    for key in _AFTER:
        yield from filter(str.strip, _strings(block.get(key)))


def _join_lines(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a block as one text; a table among them alone."""
    group: list[str] = []
    for line in lines:
        if "<table" in line.lower():
            if group:
                yield "\n".join(group)
            group = []
            yield line
        elif line.strip():
            group.append(line)
    if group:
        yield "\n".join(group)


def _strings(value: Json) -> list[str]:
    """Return the texts of a field: itself, those of a list, those of a list's spans."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        return []
    return [
        item if isinstance(item, str) else "".join(_find_texts(item)) for item in value if isinstance(item, (str, dict))
    ]


def _find_texts(block: Json) -> list[str]:
    """Return the text of spans, lines and blocks below, in order."""
    found: list[str] = []
    stack: list[Json] = [block]
    while stack:
        top = stack.pop()
        if isinstance(top, dict):
            body = next(
                (top[key] for key in (*_TABLE_HTML, "content", "text") if isinstance(top.get(key), str) and top[key]),
                None,
            )
            if isinstance(body, str):
                found.append(body)
            else:
                stack.extend(
                    reversed(
                        [v for k, v in top.items() if isinstance(v, list) or (k == "content" and isinstance(v, dict))]
                    )
                )
        elif isinstance(top, list):
            stack.extend(reversed(top))
        elif isinstance(top, str):
            found.append(top)
    return found
