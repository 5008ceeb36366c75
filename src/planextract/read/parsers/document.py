"""Read a result of another parser, whichever it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from planextract.errors import InputError
from planextract.model.source import SourceDocument
from planextract.phrases import Phrase
from planextract.read.budget import CellBudget
from planextract.read.detect_format import decode_text
from planextract.read.flow import make_blocks
from planextract.read.parsers.docling import is_docling, read_docling
from planextract.read.parsers.mineru import is_mineru, read_mineru
from planextract.read.parsers.opendataloader import is_opendataloader, read_opendataloader
from planextract.read.parsers.paddle import is_paddle, read_paddle
from planextract.read.parsers.tree import Context, Json, ParserResult, load_json
from planextract.settings import ReadSettings
from planextract.text.characters import without_spaces

_ADAPTERS: tuple[tuple[str, Callable[[Json], bool], Callable[[Json, Context], ParserResult]], ...] = (
    ("docling", is_docling, read_docling),
    ("opendataloader", is_opendataloader, read_opendataloader),
    ("mineru", is_mineru, read_mineru),
    ("paddleocr", is_paddle, read_paddle),
)


def read_parser_result(data: bytes, name: str, settings: ReadSettings) -> SourceDocument:
    """Read the JSON that another parser wrote of a document; which one is told by its keys.

    Raises:
        InputError: If it is no JSON, of no known parser or breaks a limit.
    """
    text, _ = decode_text(data, name)
    tree = load_json(text, name)
    adapter = next((item for item in _ADAPTERS if item[1](tree)), None)
    if adapter is None:
        raise InputError(
            "read.unknown_json",
            "this JSON is no result of a parser that is known",
            file=name,
            advice="Known are Docling, MinerU (middle, content_list), DocVortex, PaddleOCR and OpenDataLoader.",
        )
    reader, _, read = adapter
    result = read(tree, Context(name=name, settings=settings, budget=CellBudget(settings.max_cells, name)))
    if result.page_count > settings.max_pages:
        raise InputError(
            "read.too_many_pages",
            Phrase("the document has {page_count} pages", page_count=result.page_count),
            file=name,
            advice="Raise read.max_pages in the settings, or split the file.",
        )
    blocks = make_blocks(result.flow, name, settings, sees_paragraphs=False)
    return SourceDocument(
        doc_id=hashlib.sha256(data).hexdigest()[:16],
        source_path=name,
        media_type="application/json",
        reader=reader,
        page_count=result.page_count,
        blocks=blocks,
        printed=without_spaces("".join(result.printed)),
        pages_by_header=not result.page_count,
    )
