"""The words of the page that files are dropped on: (English, Chinese)."""

from __future__ import annotations

from collections.abc import Mapping

from planextract.wording.words import Pair

DESK_WORDS: Mapping[str, Pair] = {
    "title": ("Action plans", "行动计划"),
    "drop": ("Drop documents or a folder here", "把文件或文件夹拖到这里"),
    "drop_hint": (
        "PDF, Word, Excel, text, web pages, scans. They stay on this machine.",
        "支持 PDF、Word、Excel、文本、网页和扫描件。文件不会离开本机。",
    ),
    "choose": ("Choose files", "选择文件"),
    "options": ("Region, year", "地区、年份"),
    "options_hint": ("Only needed where the documents do not say it themselves.", "文件自己写明时不必填写。"),
    "region": ("Region", "地区"),
    "region_hint": ("as the documents say", "以文件所写为准"),
    "year": ("Year", "年份"),
    "as_one": (
        "All files are one document: a notice and its attachments, or its pages",
        "这些文件是同一份文件（通知及附件，或各页）",
    ),
    "one_or_many": ("What are these {0} files?", "这 {0} 个文件是什么关系？"),
    "one": ("One document: notice and attachments", "同一份文件：通知及附件"),
    "many": ("Documents of their own", "各自独立的文件"),
    "read_again": ("Read again", "重新读取"),
    "bad_options": ("The year must be a number from 1949 to 2100.", "年份须为 1949 至 2100 之间的数字。"),
    "recent": ("Recent", "最近的文件"),
    "none_yet": ("Nothing has been read yet.", "还没有读取过文件。"),
    "given": ("The output named on the command line", "命令行指定的结果"),
    "measures": ("{0} measures", "{0} 项措施"),
    "to_check": ("{0} to check", "{0} 项待核"),
    "all_well": ("nothing to check", "没有待核项"),
    "not_read": ("not read", "未能读取"),
    "sending": ("Sending", "正在上传"),
    "running": ("Reading the documents", "正在读取"),
    "documents_done": ("{0} of {1} documents", "已完成 {0} / {1} 个文件"),
    "page_of": ("page {0} of {1}", "第 {0} / {1} 页"),
    "cancel": ("Stop", "停止"),
    "again": ("Try again", "再试一次"),
    "failed": ("Not everything could be read", "有文件未能读取"),
    "failed_hint": (
        "The documents below were not read; what was read is kept.",
        "下列文件未能读取，其余已读取的内容均已保留。",
    ),
    "cancelled": ("Stopped", "已停止"),
    "cancelled_hint": ("What was read before is kept.", "停止前已读取的内容均已保留。"),
    "empty": ("No document here has been read.", "这里还没有已读取的文件。"),
    "start": ("All files", "全部文件"),
    "plan": ("Plan", "计划"),
    "review": ("Check and correct", "核对与更正"),
    "take": ("Take away", "下载"),
    "workbook": ("Workbook (Excel)", "工作簿（Excel）"),
    "ledger": ("Ledger (Excel)", "督办台账（Excel）"),
    "tables": ("Tables (Parquet)", "数据表（Parquet）"),
    "quality": ("Quality report", "质量报告"),
    "read_anyway": ("Show what was read", "查看已读取的内容"),
    "language": ("中文", "English"),
    "theme": ("Light or dark", "明暗主题"),
    "bad_type": ("This kind of file is not read: {0}", "不支持这种文件：{0}"),
    "too_large": ("This file is too large: {0}", "文件过大：{0}"),
    "too_many": ("Too many files at once.", "一次上传的文件过多。"),
    "send_failed": ("The program does not answer. Is it still running?", "程序没有响应，请确认它仍在运行。"),
    "not_made": ("This could not be made: {0}", "无法生成：{0}"),
    "gone": ("There is no such page here.", "没有这个页面。"),
}
