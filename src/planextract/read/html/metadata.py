"""The block of metadata that a government site prints above a document, and the metadata in a page's head.

The labels are those of the national rules for government sites' disclosure pages: 索引号、主题分类、发文机关、
成文日期、标题、发文字号、发布日期、有效性, with the variants that sites use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planextract.model.source import SourceProperty
from planextract.read.html.tree import iter_text
from planextract.read.xml_tree import Element

_FIELDS = {
    "发文机关": "issuer",
    "发文机构": "issuer",
    "发文单位": "issuer",
    "制发机关": "issuer",
    "成文日期": "issued_on",
    "发文日期": "issued_on",
    "成文时间": "issued_on",
    "标题": "title",
    "名称": "title",
    "信息名称": "title",
    "文件名称": "title",
    "发文字号": "doc_number",
    "文号": "doc_number",
    "发文号": "doc_number",
    "文件编号": "doc_number",
    "发文序号": "doc_number",
    "发文文号": "doc_number",
    "公文字号": "doc_number",
    "发布文号": "doc_number",
    "制定机关": "issuer",
    "印发机关": "issuer",
    "生成日期": "issued_on",
    "签发日期": "issued_on",
    "制发日期": "issued_on",
    "印发日期": "issued_on",
}
_OTHERS = (
    "索引号",
    "主题分类",
    "分类",
    "体裁分类",
    "组配分类",
    "主题词",
    "有效性",
    "公开方式",
    "公开范围",
    "公开日期",
    "发布日期",
    "发布时间",
    "发布机构",
    "生效日期",
    "废止日期",
    "实施日期",
    "关键词",
    "信息来源",
    "来源",
    "统一登记号",
    "浏览次数",
    "内容概述",
    "索引编号",
    "信息索引号",
    "信息分类",
    "时效性",
    "效力状态",
    "文件状态",
    "公开形式",
    "公开类型",
)
_SUMMARIES = frozenset({"内容概述"})
_LEAST_LABELS, _LONGEST_VALUE = 3, 200
_LABELS = {**_FIELDS, **dict.fromkeys(_OTHERS, "")}
_META = {"articletitle": "title", "dc.title": "title"}
_LABEL = "|".join(sorted((r"\s*".join(label) for label in _LABELS), key=len, reverse=True))
_FIELD = re.compile(rf"[\[【]?\s*(?P<label>{_LABEL})\s*[\]】]?\s*(?P<mark>[:：])?\s*")


def count_labels(element: Element) -> int:
    """Count the different labels of metadata that an element prints, each at the start of a piece or before a colon."""
    return len({label for label, _ in _read_fields(element)})


def is_metadata(element: Element) -> bool:
    """Tell whether an element prints fields of metadata and nothing else: a value that is a text is the document."""
    fields = list(_read_fields(element))
    is_short = all(len(value) <= _LONGEST_VALUE or label in _SUMMARIES for label, value in fields)
    return is_short and len({label for label, _ in fields}) >= _LEAST_LABELS


def read_properties(root: Element, blocks: list[Element]) -> tuple[SourceProperty, ...]:
    """Read what a page says about its document: from its blocks of metadata, then from its head.

    Args:
        root: The page.
        blocks: Elements that are blocks of metadata.
    """
    found: dict[str, str] = {}
    for block in blocks:
        for label, value in _read_fields(block):
            if _LABELS[label] and value:
                found.setdefault(_LABELS[label], value)
    for meta in root.iter("meta"):
        key = _META.get(meta.get("name", "").strip().lower(), "")
        value = " ".join(meta.get("content", "").split())
        if key and value:
            found.setdefault(key, value)
    return tuple(SourceProperty(name=name, value=found[name]) for name in sorted(found))


def _read_fields(element: Element) -> Iterator[tuple[str, str]]:
    """Yield label and value of each field; the value is what stands before the next label."""
    pieces = [" ".join(piece.split()) for piece in iter_text(element) if not piece.isspace()]
    text = "\n".join(pieces)
    matches = [
        match
        for match in _FIELD.finditer(text)
        if match.group("mark") or ((match.start() == 0 or text[match.start() - 1] == "\n") and "\n" in match.group())
    ]
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        value = text[match.end() : following.start() if following else len(text)]
        yield "".join(match.group("label").split()), " ".join(value.split())
