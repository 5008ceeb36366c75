"""Names that the tables hold, in words: (English, Chinese)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Pair = tuple[str, str]
LANGUAGES = ("en", "zh")

ROW_CHOICES: Mapping[str, Pair] = {
    "cut_row": ("the rest of the row above the page break", "上一页末行的续行"),
    "new_measure": ("a new measure of the same task", "同一任务的新措施"),
    "new_task": ("a new task", "新的任务"),
    "new_section": ("a new section", "新的章节"),
}

# Evidence at page breaks, as stitch names it.
EVIDENCE: Mapping[str, Pair] = {
    "agency_cell_cut": ("an agency cell is cut", "单位栏被分页切断"),
    "agency_name_cut": ("an agency's name is cut", "单位名称被分页切断"),
    "attachment_heading": ("an attachment's heading stands between", "中间有附件标题"),
    "bracket_goes_on": ("a bracket is still open", "括号尚未闭合"),
    "closed_cells": ("the row is ruled off at the foot of the page", "页末行有底线"),
    "continuation_mark": ("the page says that the table goes on", "印有续表字样"),
    "deadline_cut": ("the deadline is cut", "完成时限被分页切断"),
    "empty_fragment": ("the part of the table is empty", "该部分表格为空"),
    "ends_inside_sentence": ("the text ends inside a sentence", "文字在句中结束"),
    "fewer_columns": ("it has fewer columns", "列数较少"),
    "first_row": ("it is the table's first row", "是表格首行"),
    "full_line": ("the last line is full", "上页末行排满"),
    "indented": ("the first line is indented", "首行缩进"),
    "list_goes_on": ("a numbered list goes on", "编号接续"),
    "name_without_number": ("a name without a number", "有名称而无序号"),
    "name_word_cut": ("a word of the task's name is cut", "任务名称中的词被切断"),
    "one_measure_each": ("tasks have one measure each", "每项任务各有一条措施"),
    "no_bodies": ("it names no bodies", "未列单位"),
    "no_deadline": ("it has no deadline", "未列时限"),
    "no_header": ("it has no header of its own", "没有自己的表头"),
    "no_measure_text": ("it has no text", "没有措施文字"),
    "no_number": ("it has no task number", "没有序号"),
    "no_text_above": ("the row above has no text", "上一行没有文字"),
    "none_above_bodies": ("a dash stands above bodies", "横线之下出现单位"),
    "not_indented": ("the first line is not indented", "首行没有缩进"),
    "nothing_between": ("nothing stands between the two parts", "两部分之间没有其他文字"),
    "number_cut": ("a number is cut", "数字被切断"),
    "numbers_go_on": ("the task numbers go on", "任务序号接续"),
    "numbers_jump": ("the task numbers jump", "任务序号跳跃"),
    "numbers_restart": ("the task numbers start again", "任务序号重新开始"),
    "open_cells": ("the cells are not ruled off at the break", "分页处单元格未封口"),
    "other_column_lines": ("its column lines stand elsewhere", "列线位置不同"),
    "other_columns": ("its columns are others", "列不相同"),
    "other_file": ("it stands in an attachment of its own", "在另一附件文件中"),
    "override": ("a person decided it", "由人工决定"),
    "own_bodies": ("it names bodies of its own", "自有责任单位"),
    "own_deadline": ("it has a deadline of its own", "自有时限"),
    "own_none_mark": ("it prints a dash of its own", "自有横线"),
    "row_above_is_empty": ("the row above is empty", "上一行为空"),
    "same_column_lines": ("the column lines are the same", "列线位置相同"),
    "same_deadline": ("the deadline is the one above", "时限与上一行相同"),
    "same_page": ("it stands on the same page", "在同一页上"),
    "same_header": ("the header is the same", "表头相同"),
    "same_roles": ("the columns mean the same", "列含义相同"),
    "section_row": ("it is a section's row", "是章节行"),
    "sections_go_on": ("the sections go on", "章节编号接续"),
    "sections_restart": ("the sections start again", "章节编号重新开始"),
    "short_line": ("the last line is not full", "上页末行未排满"),
    "short_tail": ("only a short piece follows", "后续只有短短一截"),
    "starts_inside_sentence": ("the text begins inside a sentence", "文字从句中开始"),
    "task_no_next": ("it prints the next task number", "印有下一序号"),
    "text_between": ("other text stands between", "中间有其他文字"),
    "text_finished": ("the text above is finished", "上文句子完整"),
    "text_unfinished": ("the text above is not finished", "上文句子未完"),
    "title_of_another": ("the title comes again for another place or body", "中间是另一地区或单位的同类标题"),
    "title_between": ("a title stands between", "中间有标题"),
    "word_cut": ("a word is cut in two", "一个词被切成两半"),
}

# Kinds of rules by which bodies are linked (AgencyMatch.rule).
NAME_RULES: Mapping[str, Pair] = {
    "near_core": ("one character of the name is damaged", "名称中有一字受损"),
    "abbreviation": ("an abbreviation of the name", "名称的简称"),
    "same_core": ("the same name with another ending", "主体相同、后缀不同"),
}

MATCHES: Mapping[str, Pair] = {
    "exact": ("is the name in the dictionary", "与词典名称一致"),
    "alias": ("is an alias in the dictionary", "是词典所列别名"),
    "generated": ("is the regular name of this body in its region", "是该地区此类机构的规范名称"),
    "rule": ("was linked by a rule", "按规则识别"),
    "fuzzy": ("was linked by similarity", "按相似度识别"),
    "unresolved": ("is in no dictionary and stays as printed", "词典中没有，保留原文"),
}

DEADLINE_KINDS: Mapping[str, Pair] = {
    "by": ("done by a day", "截止日期"),
    "on": ("done on a day", "特定日期"),
    "window": ("done within a period", "时间段"),
    "ongoing": ("goes on", "长期坚持"),
    "recurring": ("comes again and again", "定期"),
    "relative": ("counted from something else", "相对时间"),
    "event": ("bound to an event", "以事件为准"),
    "unparsed": ("not understood", "未能理解"),
    "none": ("no deadline", "无时限"),
}

# Signs of the confidence model (dictionaries/confidence.yaml has the English words), in Chinese.
SIGNS_ZH: Mapping[str, str] = {
    "where the row begins or ends is in doubt": "行的起止存疑",
    "the measure behind it may be its rest": "后一条措施可能是它的下半部分",
    "put together from both sides of a doubtful page break": "由存疑的分页两侧拼合而成",
    "a column's label is unknown or stands twice": "有表头未知或重复",
    "a name that does not end as bodies do": "名称结尾不像单位",
    "a name that may be two": "可能是两个名称",
    "joined over a page break where it may be two": "跨页拼合，可能是两项",
    "its line has more or fewer fields than the table": "该行列数与表格不符",
    "the line beside it has more or fewer fields than the table": "相邻行列数与表格不符",
    "the text does not end a sentence": "文字未以完整句子结束",
    "the text before does not end a sentence": "上一条文字未以完整句子结束",
    "the text begins inside a sentence": "文字从句中开始",
    "the task's name is empty or very long": "任务名称为空或过长",
    "the plan has no heading of its own": "计划没有自己的标题",
    "first task of a plan without a heading of its own": "无标题计划的首项任务",
    "a column that the plan has elsewhere is missing": "缺少该计划其他处所有的列",
    "the task prints no readable number": "任务序号无法识别",
    "no task of the plan prints a readable number": "全部任务序号无法识别",
    "the task's number does not follow the one before": "任务序号与上一项不连续",
    "cut by a page": "被分页切断",
    "another column's text may stand here": "可能是另一列的文字",
    "unusually long or short": "长度异常",
    "the document is damaged elsewhere": "文件其他处有损坏",
    "the document shows some damage elsewhere": "文件别处有损坏迹象",
    "characters that make no word": "有不成词的字",
    "more than one such place": "不止一处",
    "characters that make no word, in a damaged document": "有不成词的字（文件有损坏）",
    "characters that make no word and stand nowhere else here": "有不成词且仅此一处的字",
    "the document words this place otherwise elsewhere": "文件别处用字不同",
    "a damaged document words this place otherwise elsewhere": "文件有损坏，别处用字不同",
    "worded otherwise elsewhere, and characters that make no word": "别处用字不同，且有不成词的字",
    "signs that such texts do not print": "有此类文字不用的符号",
    "the name is printed in two wordings": "名称前后写法不一",
    "another task has the same name": "另有同名任务",
    "not the task's first measure": "不是该任务的首条措施",
    "a long text": "文字较长",
    "a long text in a damaged document": "文字较长（文件有损坏）",
    "a bracket or quotation is not closed": "括号或引号未闭合",
    "a character stands twice": "有重字",
    "the deadline was not understood": "未能理解完成时限",
    "the cell is blank": "单元格为空",
    "taken over from the cell above": "取自上一格",
    "a dash for none": "横线表示无",
    "the deadline's words are ambiguous": "时限用语有歧义",
    "no other deadline of the plan is worded so": "时限写法在本计划中仅此一处",
    "the text names another deadline": "文中另有时限",
    "a body is not in the dictionary": "有单位不在词典中",
    "more than one body is not in the dictionary": "有多个单位不在词典中",
    "the dictionary lacks a body": "词典缺少单位",
    "a fragment stands for a name": "以残缺片段代替名称",
    "a long name that is not in the dictionary may be two": "不在词典中的长名称，可能是两个",
    "a damaged name was linked by a rule": "受损名称按规则识别",
    "a body has two roles": "同一单位担任两种职责",
    "a body is named twice": "单位重复",
    "many bodies in a damaged document": "单位较多（文件有损坏）",
    "the reader was not sure of the characters": "识别文字时把握不足",
}

VALUES: Mapping[str, Pair] = {
    "task": ("task", "任务"),
    "text": ("text", "措施文字"),
    "deadline": ("deadline", "完成时限"),
    "lead": ("lead", "牵头单位"),
    "responsible": ("responsible", "主责单位"),
    "support": ("support", "协办单位"),
}


@dataclass(frozen=True, slots=True)
class ToldDoubt:
    """One sign of the confidence model that speaks against a value: which value, why, and how much (log odds, < 0)."""

    value: str
    name: Pair
    why: Pair
    weight: float


def read_doubts(doubts: Iterable[str]) -> Iterator[ToldDoubt]:
    """Yield the doubts of a measure (``measures.doubts``) in words; one of another form is left out.

    >>> [told.why[1] for told in read_doubts(["text: a character stands twice (-0.8)"])]
    ['有重字']
    """
    for found in map(_DOUBT.fullmatch, doubts):
        if found is None:
            continue
        words, value = found["words"], found["value"]
        sign = next((known for known in _SIGNS if words == known or words.startswith(known + " ")), None)
        chinese = words if sign is None else SIGNS_ZH[sign] + (f"（{words[len(sign) + 1 :]}）" if words != sign else "")
        yield ToldDoubt(value, VALUES.get(value, (value, value)), (words, chinese), float(found["weight"]))


_DOUBT = re.compile(r"(?P<value>[a-z_]+): (?P<words>.*) \((?P<weight>[+-][\d.]+)\)", re.DOTALL)
_SIGNS = sorted(SIGNS_ZH, key=len, reverse=True)  # some begin as others do


def say(pair: Pair, language: str) -> str:
    """Return the words of a pair in a language, ``en`` or ``zh``."""
    return pair[1 if language == "zh" else 0]
