"""PaddleOCR: PP-StructureV3 and PaddleOCR-VL results, a page each or together; the older PP-Structure lists."""

from __future__ import annotations

from collections.abc import Iterator

from planextract.read.flow import Aside, FlowBlock
from planextract.read.parsers.html_part import iter_lines, read_html_part
from planextract.read.parsers.tree import Context, Json, ParserResult, as_dict, as_dicts, as_int, as_text

_RUNNING = {
    "header": "running_head",
    "footer": "running_head",
    "number": "page_number",
    "header_image": "running_head",
    "footer_image": "running_head",
    "seal": "seal",
    "aside_text": "running_head",
}
_PICTURES = frozenset({"image", "chart", "figure"})


def is_paddle(tree: Json) -> bool:
    """Tell a PaddleOCR result by the list of blocks that one of its pages holds."""
    return next(_iter_pages(tree), None) is not None


def read_paddle(tree: Json, context: Context) -> ParserResult:
    """Read a result.

    Raises:
        InputError: If its tables break a limit.
    """
    result = ParserResult()
    for number, page in enumerate(_iter_pages(tree), start=1):
        index = page.get("page_index")
        page_number = as_int(index, number - 1) + 1
        result.page_count = max(result.page_count, page_number)
        for block in as_dicts(page.get("parsing_res_list")):
            label = as_text(block.get("block_label") or block.get("label"))
            _read_block(
                label, as_text(block.get("block_content") or block.get("content")), page_number, context, result
            )
        for block in as_dicts(page.get("blocks")):
            inner = block.get("res")
            html = as_text(as_dict(inner).get("html"))
            lines = [as_text(line.get("text")) for line in as_dicts(inner)]
            _read_block(as_text(block.get("type")), html or "\n".join(lines), page_number, context, result)
    return result


def _iter_pages(tree: Json) -> Iterator[dict[str, Json]]:
    """Yield the objects that hold a page's blocks, whatever they are wrapped in."""
    if isinstance(tree, list):
        if tree and all(isinstance(item, dict) and "res" in item and "type" in item for item in tree):
            yield {"blocks": tree}
        else:
            for item in tree:
                if isinstance(item, dict):
                    yield from _iter_pages(item)
        return
    item = as_dict(tree)
    if isinstance(item.get("parsing_res_list"), list):
        yield item
        return
    for key in ("res", "prunedResult", "result"):
        if isinstance(item.get(key), dict):
            yield from _iter_pages(item[key])
            return
    for key in ("layoutParsingResults", "layout_parsing_results", "pages"):
        if isinstance(item.get(key), list):
            yield from _iter_pages(item[key])
            return


def _read_block(label: str, text: str, page: int, context: Context, result: ParserResult) -> None:
    if not text.strip():
        return
    blocks: list[FlowBlock]
    if label in _RUNNING:
        blocks, printed = [Aside(text=text, reason=_RUNNING[label], page=page)], text
    elif label in _PICTURES:
        blocks, printed = [Aside(text=text, reason="picture", page=page)], text
    elif "<table" in text.lower() or "<td" in text.lower():
        blocks, printed = read_html_part(text, page, context)
    else:
        blocks, printed = list(iter_lines(text, page)), text
    result.flow.extend(blocks)
    result.printed.append(printed)
