"""What a quantity is about: the noun phrase that a reader would name (全年抽检覆盖率, 污水收集管线).

It stands before a figure that says how far something is to come (覆盖率达到90%) and behind one that a
verb of work carries (新建2座人行天桥). The clause before a figure sheds what opens it (各街道对, 力争, a
verb of work) and what only joins it to the figure (同比, 分别, 比2015年).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from planextract.model.vocabulary import QuantityWords

_CLAUSE_BREAK = re.compile(r"[，,。；;：:！？\n]")
_DATE = re.compile(
    r"(?:(?:到|在|于|至|自|从)?\d{4}年(?:年?底|末)?前?|\d{1,2}月(?:份|底|末)?前?|(?:今年|明年|本年|全年度|年底|年内)(?:底|末)?前?"
    r"|未来[一二三四五两]年|一季度|上半年|下半年|“[十一二三四五]{2,3}五”(?:期间|末)?)"
)
_ACTOR = re.compile(
    r"(?:各|每个|全|本)?[\u4e00-\u9fff]{0,6}(?:街道|部门|单位|区|县|镇|乡|村|社区)(?:办事处)?对(?!口|接|标|应|外|象|策)"
)
_VERSUS = re.compile(r"(?:比|较|与)(?:上年|去年|同期|\d{4}[-—]?\d{0,4}年)(?:同期|相比|底|末|秋冬季)?$")
_FOLLOWS_NOUN = "和、与及的率量面后前度值占"
_REPEATED = re.compile(r"^([\u4e00-\u9fff]{2,6})（[^（）]{1,40}）(?=\1)")
_MIN_NAME = 2
_MIN_OBJECT = 4  # 创建节水型区 is a verb with its object, 整治任务 a noun
_ALWAYS_OPENS = "将由把"
_WHOLE_YEAR = "全年"
_FIGURE = re.compile(r"[至到达]?\d")


def name_before(segment: str, words: QuantityWords, *, keeps_verbs: bool = False) -> str:
    """Return the noun phrase of a clause's beginning.

    Args:
        segment: The clause up to the figure and its comparator.
        words: Words around quantities.
        keeps_verbs: The clause's subject is a level (…率达到): a verb of work in front belongs to it, unless
            it opens the clause alone.
    """
    text = _strip_front(segment, words, keeps_verbs=keeps_verbs)
    text = _strip_end(text, words)
    text = _REPEATED.sub("", text)
    return text if len(text) >= _MIN_NAME and text not in words.works else ""


def name_behind(after: str, words: QuantityWords) -> str:
    """Return the noun phrase that follows a figure: up to the end of the clause or to its verb."""
    text = _CLAUSE_BREAK.split(after, maxsplit=1)[0].removeprefix("的")
    text = re.split(r"[（()）]", text, maxsplit=1)[0]
    for verb in words.works:
        if text.startswith(verb) and len(text) >= len(verb) + _MIN_OBJECT and text[len(verb)] not in _FOLLOWS_NOUN:
            text = text[len(verb) :]
            break
    if text.startswith(words.noun_ends):
        return ""
    ends = [place for word in words.noun_ends if (place := text.find(word, _MIN_NAME)) > 0]
    ends.extend(place for place in (text.find("的基础上"), text.find("、", _MIN_NAME)) if place > 0)
    figure = _FIGURE.search(text)
    ends.extend([figure.start()] if figure else [])
    text = text[: min(ends)] if ends else text
    if len(text) < _MIN_NAME:
        return ""
    return text.strip("“”\"' ") if text.count("“") != text.count("”") else text.strip()


def _strip_front(segment: str, words: QuantityWords, *, keeps_verbs: bool) -> str:
    text, before, has_verb = segment.lstrip("、和及与并的 "), None, False
    while before != text:
        before = text
        actor = _ACTOR.match(text)
        if actor is not None and len(text) - actor.end() >= _MIN_NAME:
            text = text[actor.end() :]
        date = _DATE.match(text)
        if date is not None and date.group():
            text = text[date.end() :]
        text = _drop_lead_in(text, words, keeps_verbs=keeps_verbs)
        if not has_verb and (not keeps_verbs or _opens_with_bare_verb(text, words.works)):
            shorter = _drop_first(text, words.works, guard=_FOLLOWS_NOUN)
            has_verb, text = shorter != text, shorter
        text = text.lstrip("、和及与并 ")
    return text


def _opens_with_bare_verb(text: str, works: Sequence[str]) -> bool:
    """Tell whether a verb of work opens a level's subject from outside: 新增贷款, not 新增和更新的…, 建园率."""
    verb = next((word for word in works if text.startswith(word)), None)
    return (
        verb is not None
        and "的" not in text[len(verb) : len(verb) + 12]
        and not text.endswith(("率", "比例", "比重", "占比"))
    )


def _drop_lead_in(text: str, words: QuantityWords, *, keeps_verbs: bool) -> str:
    """Drop a word that opens a clause.

    One of a single character goes only before another or a verb (再新建, not 再生水), 全年 only before a verb
    that does not belong to the name (全年推广, but 全年抽检覆盖率).
    """
    if text.startswith(_WHOLE_YEAR):
        is_open = not keeps_verbs and text.startswith(words.works, len(_WHOLE_YEAR))
        return text[len(_WHOLE_YEAR) :] if is_open else text
    rest = _drop_first(text, words.lead_ins, guard="")
    is_short = len(text) - len(rest) == 1 and text[0] not in _ALWAYS_OPENS
    return text if is_short and not rest.startswith((*words.works, *words.lead_ins)) else rest


def _drop_first(text: str, words: Sequence[str], guard: str) -> str:
    word = next((w for w in words if text.startswith(w)), None)
    is_stem = guard != "" and word is not None and len(word) == 1  # 办 in 办理
    if word is None or is_stem or len(text) - len(word) < _MIN_NAME or text[len(word)] in guard:
        return text
    return text[len(word) :]


def _strip_end(segment: str, words: QuantityWords) -> str:
    text, before = segment, None
    while before != text:
        before = text
        text = _VERSUS.sub("", text)
        word = next((w for w in words.trailing if text.endswith(w) and len(text) - len(w) >= _MIN_NAME), None)
        if word is not None:
            text = text[: -len(word)]
    return text
