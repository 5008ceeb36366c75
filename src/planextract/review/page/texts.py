"""The words of the page, English and Chinese. What documents print is never translated."""

from __future__ import annotations

from planextract.model.finding_kinds import FINDING_KINDS
from planextract.model.roles import ROLES
from planextract.wording.tell import tell

LANGUAGES = ("en", "zh")

_TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Review", "审核"),
    "start": ("All files", "全部文件"),
    "plan": ("Read the plan", "阅读计划"),
    "apply": ("Apply and run again", "应用并重新提取"),
    "queue": ("Queue", "待审列表"),
    "progress": ("{done} of {total} checked", "已审 {done} / {total}"),
    "minor": ("{count} minor", "另有 {count} 项次要"),
    "all_done": ("Nothing is left to check.", "没有待审内容了。"),
    "all_done_hint": ("Run again and your decisions are in the tables:", "重新运行后，您的决定即写入数据表："),
    "clear": ("Clear filters", "清除筛选"),
    "nothing_found": ("Nothing matches these filters.", "没有符合筛选条件的内容。"),
    "all_documents": ("All documents", "全部文件"),
    "all_kinds": ("All kinds", "全部类型"),
    "search": ("Search every row", "搜索所有行"),
    "filters": ("Filters", "筛选"),
    "document": ("Document", "文件"),
    "kind": ("Kind", "类型"),
    "severity": ("Severity", "级别"),
    "state": ("State", "状态"),
    "state_open": ("Open", "待审"),
    "state_done": ("Decided", "已决定"),
    "state_all": ("All", "全部"),
    "level_error": ("Errors only", "仅错误"),
    "level_warning": ("To check", "需审核"),
    "level_info": ("Minor too", "含次要"),
    "level_none": ("Every row", "所有行"),
    "kind_boundary": ("Page break", "跨页"),
    "kind_agency": ("Agency", "单位名称"),
    "kind_cell": ("Doubtful cell", "存疑单元格"),
    "kind_inheritance": ("Blank cell", "空单元格"),
    "kind_finding": ("Finding", "检查发现"),
    "kind_row": ("Row", "行"),
    "page": ("page {page}", "第 {page} 页"),
    "pages": ("pages {before} → {after}", "第 {before} → {after} 页"),
    "task": ("Task {no}", "任务 {no}"),
    "measure_of": ("measure {seq}", "第 {seq} 项措施"),
    "why": ("Why you are asked", "为何需要审核"),
    "decision": ("Our decision", "系统判断"),
    "sure": ("{share} sure", "把握 {share}"),
    "runner_up": ("runner-up", "次选"),
    "reasons": ("Evidence", "依据"),
    "decided": ("Decided", "已决定"),
    "pending": ("in the tables after the next run", "下次运行后生效"),
    "replayed": ("in the tables", "已写入数据表"),
    "row_cut_row": ("Rest of the row above", "上一行的续行"),
    "row_cut_row_head": ("Beginning belongs above", "开头属于上一行"),
    "row_new_measure": ("A new measure", "新的措施"),
    "row_new_task": ("A new task", "新的任务"),
    "link_same": ("It is on this measure", "说的是这一项"),
    "link_other": ("It is on another one", "不是这一项"),
    "row_new_section": ("A new section", "新的章节"),
    "join_separate": ("Another table", "另一张表"),
    "join_joined": ("The table goes on", "同一张表的续页"),
    "row_tail_and_new": ("End above, then a new measure", "前半属上行，后半为新措施"),
    "table_before": ("before the break", "跨页之前"),
    "table_after": ("after the break", "跨页之后"),
    "accept": ("Accept", "确认无误"),
    "accept_all": ("Accept all {count} like this", "同类 {count} 项全部确认"),
    "edit": ("Edit", "修改"),
    "save": ("Save", "保存"),
    "cancel": ("Cancel", "取消"),
    "split": ("Split here", "在此拆分"),
    "split_hint": (
        "Put the cursor where the second measure begins, then press Enter.",
        "将光标移到第二项措施的开头，按回车拆分。",
    ),
    "head_hint": (
        "Put the cursor behind the part that belongs to the row above, then press Enter.",
        "将光标移到属于上一行的内容之后，按回车确认。",
    ),
    "join": ("Join to the row above", "并入上一行"),
    "skip": ("Skip", "跳过"),
    "previous": ("Back", "上一项"),
    "undo": ("Undo", "撤销"),
    "help": ("Keys", "快捷键"),
    "whole_page": ("Whole page", "整页"),
    "printed": ("as printed", "原文"),
    "blank": ("blank", "空白"),
    "inherits": ("same as above", "同上"),
    "status_listed": ("listed", "已列明"),
    "status_none": ("none", "无"),
    "status_inherited": ("taken from above", "取自上一格"),
    "status_blank": ("blank", "空白"),
    "do_inherit": ("Same as above", "同上一格"),
    "do_blank": ("Really blank", "确为空白"),
    "who_is": ("Which body is this?", "这是哪个单位？"),
    "occurs": ("Printed {count}×", "出现 {count} 次"),
    "find_body": ("Find a body", "查找单位"),
    "new_agency": ("New body", "新单位"),
    "ignore": ("No body", "不是单位"),
    "change_body": ("Change what this name means", "更改所指单位"),
    "as_printed": ("All {count} left: as printed", "余下 {count} 个均按原文"),
    "next_document": ("Next document", "下一份文件"),
    "nothing_here": ("Nothing is left to check in this document.", "本文件没有待审内容了。"),
    "add": ("Add", "添加"),
    "name": ("Short name", "简称"),
    "agency_kind": ("Kind", "类别"),
    "kind_of_agency": ("agency", "机关"),
    "kind_of_group": ("group", "一组单位"),
    "kind_of_company": ("company", "企业"),
    "kind_of_street": ("street", "街道"),
    "kind_of_other": ("other", "其他"),
    "no_place": (
        "This is about the whole document: it has no place on a page.",
        "此项针对整份文件，没有对应的单元格。",
    ),
    "no_picture": (
        "The input was not found, so its page cannot be shown. Give its folder with --inputs.",
        "未找到原文件，无法显示页面。请用 --inputs 指定其所在文件夹。",
    ),
    "no_pages": (
        "A file of this kind has no pages to show; these are its cells as they were read.",
        "这类文件没有页面图像，这里显示读出的单元格。",
    ),
    "unlinked": ("not linked", "未识别"),
    "theme": ("Light or dark", "明暗主题"),
    "language": ("中文", "English"),
    "said_saved": ("Saved", "已保存"),
    "said_undone": ("Undone", "已撤销"),
    "said_nothing_to_undo": ("Nothing to undo", "没有可撤销的决定"),
    "said_conflict": ("Somebody has just decided this; look again.", "该项刚刚已在别处决定，请重新查看。"),
    "said_gone": ("This is no longer in the output.", "该内容已不在结果中。"),
    "said_too_long": ("The text is too long.", "文字过长。"),
    "said_nothing_changed": ("Nothing was changed.", "没有任何修改。"),
    "said_split_at_end": ("The cursor must stand inside the text.", "光标须位于文字中间。"),
    "said_no_text": ("There is no measure text here.", "此处没有措施文字。"),
    "said_nothing_above": ("There is no row above.", "上面没有可并入的行。"),
    "said_not_blank": ("The cell is not blank.", "该单元格不是空白。"),
    "said_not_here": ("This does not fit here.", "此操作不适用于当前内容。"),
    "said_no_such_agency": ("There is no such body.", "没有这个单位。"),
    "said_no_name": ("Give a name and a kind.", "请填写简称和类别。"),
    "said_name_taken": ("The dictionary has this name already; pick it.", "词典中已有该名称，请直接选择。"),
    "said_unknown_action": ("This does not fit here.", "此操作不适用于当前内容。"),
    "said_failed": ("Not saved: the server cannot be reached or refused.", "未保存：服务器无法连接或拒绝了请求。"),
    "said_not_written": (
        "Not saved: the decisions file cannot be read or written.",
        "未保存：无法读取或写入决定文件。",
    ),
    "trouble": (
        "What is on the disk cannot be read; the last good state is shown.",
        "磁盘上的内容无法读取，当前显示的是最后一次正常的状态。",
    ),
    "more": ("and {count} more", "另有 {count} 项"),
    "key_accept": ("accept: it is as we took it", "确认系统判断"),
    "key_all": ("accept all of this kind in the document", "确认本文件全部同类项"),
    "key_edit": ("edit the text; Ctrl+Enter saves, Esc leaves", "修改文字；Ctrl+Enter 保存，Esc 取消"),
    "key_split": ("split; at a page break: a new measure", "拆分；跨页处：新的措施"),
    "key_join": ("join to the row above", "并入上一行"),
    "key_head": ("only the beginning belongs above", "仅开头属于上一行"),
    "key_task": ("a new task", "新的任务"),
    "key_table": ("another table", "另一张表"),
    "key_link": ("a published report: on this measure / on another one", "公布的进展：说的是这一项 / 不是这一项"),
    "key_inherit": ("blank cell: same as above / really blank", "空单元格：同上 / 确为空白"),
    "key_pick": ("pick a body", "选择单位"),
    "key_new": ("add a new body", "添加新单位"),
    "key_ignore": ("no body: do not ask again", "不是单位：不再询问"),
    "key_printed": (
        "all names left in the document: bodies of their own, as printed",
        "本文件余下单位均按原文作为新单位",
    ),
    "key_document": ("the next document with something to check", "下一份有待审内容的文件"),
    "key_next": ("skip to the next, back to the one before", "跳到下一项、回到上一项"),
    "key_undo": ("undo", "撤销"),
    "key_search": ("search", "搜索"),
    "key_page": ("whole page or only the place", "整页或局部"),
    "code_review:doubtful_cell": ("The readers are not sure of this cell", "单元格识别把握不足"),
    "code_review:unsure_row": ("This row is less sure than the others", "本行不如其他行可靠"),
    "code_review:inherited": ("A blank cell took over the one above", "空单元格取自上一格"),
    "reason_text_unfinished": ("the text above breaks off", "上文未完"),
    "reason_text_finished": ("the text above is finished", "上文已完整"),
    "reason_no_deadline": ("no deadline of its own", "没有自己的时限"),
    "reason_own_deadline": ("a deadline of its own", "有自己的时限"),
    "reason_no_bodies": ("no bodies of its own", "没有自己的单位"),
    "reason_own_bodies": ("bodies of its own", "有自己的单位"),
    "reason_own_none_mark": ("a dash of its own", "有自己的横线"),
    "reason_no_measure_text": ("no measure text", "没有措施文字"),
    "reason_word_cut": ("a word is cut", "词语被截断"),
    "reason_agency_name_cut": ("a body's name is cut", "单位名称被截断"),
    "reason_agency_cell_cut": ("an agency cell is cut", "单位单元格被截断"),
    "reason_number_cut": ("a number is cut", "数字被截断"),
    "reason_short_tail": ("a short end stands first", "开头是短句尾"),
    "reason_starts_inside_sentence": ("begins inside a sentence", "从句中开始"),
    "reason_bracket_goes_on": ("a bracket goes on", "括号未闭合"),
    "reason_list_goes_on": ("the list goes on", "列举继续"),
    "reason_deadline_cut": ("the deadline is cut", "时限被截断"),
    "reason_task_no_next": ("the next number", "序号递增"),
    "reason_task_no_other": ("another number", "序号不同"),
    "reason_numbers_go_on": ("numbers go on", "序号连续"),
    "reason_numbers_restart": ("numbers start again", "序号重新开始"),
    "reason_numbers_jump": ("numbers jump", "序号跳跃"),
    "reason_nothing_between": ("nothing stands between", "中间没有内容"),
    "reason_same_header": ("the same header", "表头相同"),
    "reason_same_roles": ("columns of the same roles", "列含义相同"),
    "reason_no_header": ("no header", "没有表头"),
    "reason_other_columns": ("other columns", "列不同"),
    "reason_same_column_lines": ("the same column lines", "列线位置相同"),
    "reason_other_column_lines": ("other column lines", "列线位置不同"),
    "reason_open_cells": ("the rule is missing at the break", "跨页处没有横线"),
    "reason_closed_cells": ("the rule is drawn at the break", "跨页处有横线"),
    "reason_attachment_heading": ("an attachment begins", "新附件开始"),
    "reason_title_of_another": ("the title comes again for another place or body", "中间是另一地区或单位的同类标题"),
    "reason_title_between": ("a title stands between", "中间有标题"),
    "reason_text_between": ("text stands between", "中间有文字"),
    "reason_sections_go_on": ("sections go on", "章节连续"),
    "reason_sections_restart": ("sections start again", "章节重新开始"),
    "reason_continuation_mark": ("marked as continued", "标有“续表”"),
    "reason_tail_and_new_measure": ("an end, then a new measure", "前为句尾，后为新措施"),
    "reason_section_row": ("a section heading", "章节标题"),
    "reason_opens_task": ("opens a task", "任务开始"),
    "reason_name_without_number": ("a name without a number", "有名称无序号"),
    "reason_first_row": ("the first row", "首行"),
    "reason_decision": ("decided by a person", "人工决定"),
    "reason_override": ("decided by a person", "人工决定"),
}
_TEXTS |= {f"col_{role}": (spec.english, spec.chinese) for role, spec in ROLES.items()}
_TEXTS |= {f"code_{kind.code}": (kind.english.replace("`", ""), kind.chinese) for kind in FINDING_KINDS.values()}


class Texts:
    """The words in one language.

    >>> Texts("zh")("progress", done=1, total=3)
    '已审 1 / 3'
    """

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._place = LANGUAGES.index(self.language)

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its values filled in; a key without a text is shown as it is."""
        found = _TEXTS.get(key)
        return key if found is None else found[self._place].format(**values)

    def detail(self, message: str) -> str:
        """Return what a finding says of its place, beside the words of its code."""
        return tell(message, self.language)

    def has(self, key: str) -> bool:
        """Tell whether there is such a text."""
        return key in _TEXTS


def choose_language(wanted: str | None, accepted: str) -> str:
    """Return the language of the page: the one asked for, else by the browser's ``Accept-Language``."""
    if wanted in LANGUAGES:
        return wanted
    return "zh" if accepted.strip().lower().startswith("zh") else "en"
