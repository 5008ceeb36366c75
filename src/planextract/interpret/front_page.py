"""A second look at the lines above a plan: pages as sites print them, copied with what stands around the notice.

The notice's own order (mark, number, title, addressees) is read by ``notice.py``. Where a site prints menus, the title
twice, or the number inside the title, these functions find title, number, issuer and year by their form alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from planextract.interpret.headings import ITEM_LINE, PLAN_WORDS
from planextract.text.characters import without_spaces
from planextract.text.markers import parse_section
from planextract.text.sentences import is_finished

_ABOUT = re.compile(r"关于|關於|關于")
_TITLE_END = re.compile(
    r"(?:通知|意见|意見|函|公告|通报|通報|决定|決定|报告|批复|通告|方案|办法|計劃|计划|规划)"
    r"(?:\s*[（(〔].{1,24}[）)〕])?$"
)
_DOC_NUMBER = re.compile(
    r"(?:(?<=[\s：:（(|])|^)([\u4e00-\u9fff]{1,14}\s?[〔\[﹝（(【]\s*([12]\d{3})\s*年?\s*"
    r"[〕\]﹞）)】]\s*第?\s*\d{1,5}\s*[号號])"
)
_OFFICE_END = tuple(
    "政府 办公室 办公厅 委员会 局 委 办 厅 部 院 署 指挥部 小组 辦公廳 辦公室 廳 國務院 开发区 管委会".split()  # noqa: SIM905
)
_SITE_LINE = re.compile(
    r"^[•·]|^[>＞]|[当當]前(?:的)?位置|您的位置|所在位置|位置导航|>>|^首页|>{1}\s*首页|»|字体[:：]|浏览次数|点击量|打印本页|分享到"
    r"|^[\-\s]*(?:文档编号|上传时间|上传人|格式|页数|大小)[:：]|\.(?:docx?|pdf)$"
)
_TIME_LINE = re.compile(r"[\d\s.:：/年月日时分秒\-—]+")
_PUBLISHED = re.compile(
    r"(?:[\d\s.:/年月日\-]{8,20})?"
    r"(?:(?:发布|发文|更新|成文|公布)?(?:日期|时间)|(?:信息|文章|稿件)?来源|作者|(?:信息)?发布者|发布机构|索引号)\s*[:：]"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2}|19[89]\d)(?=年|[〕\]﹞】)）.\-/—~至])|(?<=\.)(20\d{2})(?!\d)")
_MIN_PLAIN_TITLE = 5
_MIN_TITLE, _MAX_TITLE, _MAX_LINES, _MAX_OFFICE = 8, 200, 5, 30
_PARAGRAPH = 60  # characters behind a title that make its line a paragraph
_SITE_TAG = re.compile(r"^【[^】]{2,30}】\s*")
_INLINE_TITLE = re.compile(
    r"^[\s|｜]*((?:[\u4e00-\u9fff]{2,30}(?:政府|办公室|办公厅|委员会|[局委办厅部]))?\s{0,4}关于[^。；;：:]{4,100}?的?(?:通知|意见|函|决定|批复|报告))"
    r"(?=[\s（(〔]|$)"
)
_TITLE_WORDS = re.compile(
    "关于|關於|關于|方案|计划|計劃|分解|分工|要点|要點|清单|清單|安排|实事|實事|任务|任務|责任|責任|措施|意见|通知|办法|规划|台账|目标|项目|行动|折子|"
    "情况|重点|工作|报告"
)


def is_time_line(text: str) -> bool:
    """Tell whether a line is a date or a time and nothing else: 13.03.2015 07:51."""
    return bool(text.strip()) and _TIME_LINE.fullmatch(text.strip()) is not None


def is_site_line(text: str) -> bool:
    """Tell whether a line is of the page around a notice: the way to it, a menu, a counter."""
    return _SITE_LINE.search(text) is not None


def is_published_line(text: str) -> bool:
    """Tell whether a line is the site's line of date and source below a title."""
    return _PUBLISHED.match(text.strip()) is not None


def find_title(lines: Sequence[str]) -> str | None:
    """Return the notice's title: …关于…的通知, on one line or several, with the issuer's lines before it; or None.

    Args:
        lines: Lines above the plan, tidied, in order.
    """
    for place, line in enumerate(lines):
        if not _ABOUT.search(line) or line.startswith(("《", "附件")):
            continue
        if is_finished(line) and _INLINE_TITLE.match(line) is None:
            continue
        inline = _INLINE_TITLE.match(line)
        if inline is not None and len(line) - inline.end() > _PARAGRAPH:
            return without_spaces(inline.group(1))  # a page that lost its line breaks
        title = ""
        for further in lines[place : place + _MAX_LINES]:
            if is_finished(further) or further.endswith(("：", ":")):
                break
            title += without_spaces(further)
            if _is_whole(title):
                return _with_issuer(title, lines[:place])
    return None


def choose_title(own: str | None, named: str | None, plan_titles: Sequence[str]) -> str | None:
    """Return the notice's title: its own, else what the page's metadata says, else a plan's, of what reads as one.

    Args:
        own: As printed above the notice, maybe with the site's mark in front of it.
        named: The metadata's.
        plan_titles: Titles of the plans found.
    """
    title = own if own is not None and reads_as_title(own) else None
    title = title or named or next(filter(reads_as_title, plan_titles), None)
    title = _drop_number(title) if title else title
    if title and named and title.endswith(named) and not named.startswith("关于"):
        return named
    return title


def _drop_number(title: str) -> str:
    """Return a title without the notice's number in front of it, and without marks that hold it whole."""
    rest = title[match.end() :] if (match := _DOC_NUMBER.match(title)) else title
    if rest.startswith("《") and rest.find("》") == len(rest) - 1:
        rest = rest[1:-1]
    return rest if len(rest) >= _MIN_TITLE and _ABOUT.search(rest) else title


def drop_site_tag(title: str) -> str:
    """Return a title without the name of a site's column that stands in front of it: the issuer comes behind it."""
    rest = _SITE_TAG.sub("", title)
    return rest if len(rest) >= _MIN_TITLE else title


def reads_as_title(text: str) -> bool:
    """Tell whether a line can be a document's title: it names what is planned, and is no chapter and no menu."""
    if parse_section(text) is not None or len(text) < _MIN_PLAIN_TITLE:
        return False
    return _TITLE_WORDS.search(text) is not None


def starts_body(flat: str, title: str) -> bool:
    """Tell whether a line opens the text below a title that is whole: a chapter, an attachment, a wrapped sentence."""
    if not reads_as_title(title) or title.count("《") > title.count("》"):
        return False
    if (
        flat.startswith("附件")
        or ITEM_LINE.match(flat)
        or (parse_section(flat) is not None and not flat.endswith("表"))
    ):
        return True
    return title.endswith(PLAN_WORDS) and re.search(r"[，,。；;]", flat) is not None


def find_heading(lines: Sequence[str]) -> str | None:
    """Return the line right above a site's line of date and source, if it reads as a title; or None.

    Args:
        lines: Lines above the plan, tidied, in order.
    """
    for place, line in enumerate(lines):
        if place and _PUBLISHED.match(line.strip()):
            above = next((text for text in reversed(lines[:place]) if text.strip()), "")
            title = without_spaces(above)
            if _MIN_TITLE <= len(title) <= _MAX_TITLE and not is_finished(title) and not is_site_line(above):
                return None if re.search(r"[:：]", title) or is_office(title) else title
    return None


def _is_whole(title: str) -> bool:
    balanced = all(title.count(a) == title.count(b) for a, b in ("《》", "（）", "()"))
    return len(title) <= _MAX_TITLE and balanced and _TITLE_END.search(title) is not None


def _with_issuer(title: str, before: Sequence[str]) -> str:
    """Put the issuer's lines before a title that starts with 关于."""
    if _ABOUT.match(title):
        for line in reversed(before):
            name = without_spaces(line)
            if not is_office(name):
                break
            title = name + title
    return title


def is_office(text: str) -> bool:
    """Tell whether a text reads as the name of an issuer."""
    return 1 < len(text) <= _MAX_OFFICE and text.endswith(_OFFICE_END) and not re.search(r"[，,。：:；;《》\d]", text)


def find_issuer(title: str | None) -> str | None:
    """Return the issuer that a title names before 关于, or None."""
    match = _ABOUT.search(title or "")
    name = (title or "")[: match.start()] if match else ""
    return name if is_office(name) else None


def find_doc_number(lines: Sequence[str]) -> str | None:
    """Return the notice's number where a line starts with it or prints it as a field; one in a sentence is cited."""
    for line in lines:
        match = _DOC_NUMBER.search(line)
        if match is None or _is_cited(line, match.start(1)):
            continue
        if is_finished(line) and match.start(1) > 0 and not _follows_title(line, match.start(1)):
            continue
        return without_spaces(match.group(1))
    return None


def _follows_title(line: str, place: int) -> bool:
    """Tell whether nothing but a title stands before a number: a page that lost its line breaks."""
    title = _INLINE_TITLE.match(line)
    return title is not None and not line[title.end() : place].strip(" （(")


def _is_cited(line: str, place: int) -> bool:
    """Tell whether a number stands behind the title of another notice: 《…的通知》（国发〔2018〕1号）."""
    return line[:place].rstrip(" （(").endswith("》")


def find_year(doc_number: str | None, lines: Sequence[str], issued: str | None = None) -> int | None:
    """Return the year of a notice's number, else the latest one that the lines above the plan name, or None.

    Where they name none, it is the year in which the site says the notice was issued.
    """
    own = re.search(r"[12]\d{3}", doc_number or "")
    if own:
        return int(own.group())
    years = [int(match.group(1) or match.group(2)) for line in lines for match in _YEAR.finditer(line)]
    if not years and issued:
        years = [int(match.group(1) or match.group(2)) for match in _YEAR.finditer(issued)]
    return max(years) if years else None
