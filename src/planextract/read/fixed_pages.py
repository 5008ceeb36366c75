"""What pages of any fixed format share: is their text layer usable, do pictures hide text, what is page furniture."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from planextract.layout.page_blocks import count_broken
from planextract.model.page import Ints, PageArrays
from planextract.model.source import ReadNote, SourceBlock, SourceMarkup, SourceText
from planextract.phrases import Phrase
from planextract.text.characters import FREQUENT

GARBLED_SHARE = 0.1
_PICTURE_SHARE = 0.3  # of the page: a picture as large as a table
_SPARSE = 0.1  # of the page's usual density of text: nothing is printed on the picture
_ENOUGH = 60  # characters that tell real text from noise
_FREQUENT_SHARE = 0.2  # the Xicheng notice: 0.72; random characters: 0.03
_WIDE = 0.68  # of the height of its box: a Latin letter is narrower, but a few
_MISNAMED_SHARE, _MISNAMED_KINDS = 0.6, 15
_IS_FREQUENT = np.isin(np.arange(0x4E00, 0xA000), np.array(sorted(map(ord, FREQUENT))))
_DIGITS = re.compile(r"\d+")
_ATTACHMENT = re.compile(r"附[件表]\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[:：]?")


def judge_text_layer(page: PageArrays) -> ReadNote | None:
    """Return why a page's text layer cannot be used, as a note, or None if it can."""
    count = len(page.codes)
    if page.is_covered or (not count and page.hidden and len(page.images)):
        message = "the page is a scan with a text layer made by OCR behind it; that text was left out"
        return ReadNote.of("read.hidden_text_layer", message, page=page.page_number)
    if not count:
        message = "the page has no text layer; if it is a scan, its text is missing"
        return ReadNote.of("read.no_page_text", message, page=page.page_number)
    if count_broken(page.codes) > GARBLED_SHARE * count or is_noise(page.codes) or is_misnamed(page):
        message = "the text layer of the page is garbled; its text was left out"
        return ReadNote.of("read.garbled_text", message, page=page.page_number)
    return None


def note_pictures(page: PageArrays) -> ReadNote | None:
    """Return a note on a picture that may hold a part of the page's text: a large one without text on it."""
    box = find_picture(page)
    if box is None:
        return None
    share = _visible_area(page, box) / (page.width * page.height)
    message = Phrase("a picture covers {share:.0%} of the page; text in it was not read", share=share)
    return ReadNote.of("read.partial_text", message, page=page.page_number)


def find_picture(page: PageArrays) -> tuple[float, float, float, float] | None:
    """Return the box of a large picture without text on it, cut to the page, or None."""
    area = page.width * page.height
    x, y = (page.boxes[:, 0] + page.boxes[:, 2]) / 2, (page.boxes[:, 1] + page.boxes[:, 3]) / 2
    for x0, top, x1, bottom in page.images.tolist():
        share = _visible_area(page, (x0, top, x1, bottom)) / area
        inside = int(((x > x0) & (x < x1) & (y > top) & (y < bottom)).sum())
        if share >= _PICTURE_SHARE and inside * area <= _SPARSE * len(page.codes) * share * area:
            return max(x0, 0.0), max(top, 0.0), min(x1, page.width), min(bottom, page.height)
    return None


def _visible_area(page: PageArrays, box: tuple[float, float, float, float]) -> float:
    x0, top, x1, bottom = box
    return (min(x1, page.width) - max(x0, 0.0)) * (min(bottom, page.height) - max(top, 0.0))


def is_noise(codes: Ints) -> bool:
    """Tell whether Chinese text is none: a font that maps its glyphs to the wrong characters gives rare ones."""
    chinese = codes[(codes >= 0x4E00) & (codes <= 0x9FFF)]
    return len(chinese) >= _ENOUGH and float(_IS_FREQUENT[chinese - 0x4E00].mean()) < _FREQUENT_SHARE


def mark_furniture(blocks: list[SourceBlock], page_count: int) -> list[SourceBlock]:
    """Turn running heads and feet into mark-up: the same line, digits aside, in the same place of many pages."""
    keys = [_furniture_key(block) for block in blocks]
    counts = Counter(key for key in keys if key is not None)
    needed = max(3, page_count // 3)
    return [
        SourceMarkup(page=block.page, raw_text=block.raw_text, reason="running_head")
        if key is not None and counts[key] >= needed and isinstance(block, SourceText)
        else block
        for key, block in zip(keys, blocks, strict=True)
    ]


def _furniture_key(block: SourceBlock) -> tuple[str, int] | None:
    if not isinstance(block, SourceText) or block.bbox is None or len(block.raw_text) > 60:
        return None
    if _ATTACHMENT.fullmatch(block.raw_text.strip()):
        return None  # each attachment begins so, at the same place of its first page
    return _DIGITS.sub("#", block.raw_text), round(block.bbox.top / 6)


def is_misnamed(page: PageArrays) -> bool:
    """Tell whether most letters are Latin by their codes and as wide as Chinese ones: the font names them wrongly."""
    own = (page.codes > 32) & (page.codes < 127)
    count = int(own.sum())
    if count < _ENOUGH or 2 * count < len(page.codes):
        return False
    boxes = page.boxes[own]
    is_wide = (boxes[:, 2] - boxes[:, 0]) >= _WIDE * (boxes[:, 3] - boxes[:, 1])
    return float(is_wide.mean()) >= _MISNAMED_SHARE and len(np.unique(page.codes[own][is_wide])) >= _MISNAMED_KINDS
