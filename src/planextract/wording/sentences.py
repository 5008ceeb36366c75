"""Sentences that explain one row of a plan, in English and Chinese; ``{0}``, ``{1}`` … take what was found."""

from __future__ import annotations

from collections.abc import Mapping

from planextract.wording.words import Pair

STEPS: Mapping[str, Pair] = {
    "printed": ("As printed", "原文"),
    "joined": ("Over the page", "跨页"),
    "corrected": ("Put right", "更正"),
    "agency": ("Bodies", "单位"),
    "deadline": ("Deadline", "时限"),
    "target": ("Targets", "指标"),
    "finding": ("Noticed", "检查发现"),
    "confidence": ("How sure", "把握"),
}

SENTENCES: Mapping[str, Pair] = {
    "cells_page": ("{0} cells on page {1}.", "第 {1} 页的 {0} 个单元格。"),
    "cells_line": ("{0} cells on line {2} (page {1}).", "第 {1} 页（文本第 {2} 行）的 {0} 个单元格。"),
    "lines_joined": ("Lines wrapped inside {0} cells were joined.", "{0} 个单元格内的折行已连接。"),
    "cells_page_file": ("{0} cells on page {1} of {2}.", "{2} 第 {1} 页的 {0} 个单元格。"),
    "cells_line_file": ("{0} cells on line {2} of {3}.", "{3} 第 {2} 行的 {0} 个单元格。"),
    "cut_row": ("The first row of page {0} is {1}: {2} sure. {3}.", "第 {0} 页首行判定为{1}，把握 {2}。依据：{3}。"),
    "cut_row_bare": ("The first row of page {0} is {1}: {2} sure.", "第 {0} 页首行判定为{1}，把握 {2}。"),
    "decided": ("A person decided it.", "由人工决定。"),
    "changed": ("“{0}” was read as “{1}” ({2}).", "“{0}”读作“{1}”（{2}）。"),
    "status_inherited": ("The {0} cell is blank and takes over the one above.", "{0}一格为空，取自上一格。"),
    "status_blank": ("The {0} cell is blank.", "{0}一格为空。"),
    "status_none": ("The {0} cell prints a dash: nobody.", "{0}一格印有横线，表示无。"),
    "names_known": ("{0}: {1} names are in the dictionary as printed.", "{0}：{1} 个名称与词典一致。"),
    "name_linked": ("{0}: “{1}” → {2}: {3}.", "{0}：“{1}” → {2}：{3}。"),
    "name_open": ("{0}: “{1}” {2}.", "{0}：“{1}”{2}。"),
    "name_open_near": ("{0}: “{1}” {2}; nearest is {3}.", "{0}：“{1}”{2}；最相近的是{3}。"),
    "by_note": ("{0}: declared once for many measures by a note.", "{0}：由文中说明统一规定。"),
    "lead_by_note": ("A note says that the first body listed leads: {0}.", "文中说明排在首位的单位牵头：{0}。"),
    "deadline_day": ("“{0}” means {1}: by {2}.", "“{0}”理解为{1}：至 {2}。"),
    "deadline_window": ("“{0}” means {1}: {2} to {3}.", "“{0}”理解为{1}：{2} 至 {3}。"),
    "deadline_open": ("“{0}” means {1}.", "“{0}”理解为{1}。"),
    "deadline_doubt": ("In doubt: {0}.", "存疑：{0}。"),
    "target": ("“{0}” means {1} {2} {3}.", "“{0}”理解为 {1} {2} {3}。"),
    "finding": ("{0}", "{0}"),
    "sure": ("This row is right with probability {0}.", "本行全部正确的概率为 {0}。"),
    "sure_review": (
        "This row is right with probability {0}; a person should look at it.",
        "本行全部正确的概率为 {0}，建议人工核对。",
    ),
    "doubt": ("{0}: {1}.", "{0}：{1}。"),
}

FLAGS: Mapping[str, Pair] = {
    "ambiguous": ("it can be read in two ways", "有歧义"),
    "multiple": ("more than one is named", "不止一个"),
    "event": ("bound to an event", "以事件为准"),
    "immediate": ("at once", "立即"),
    "undated": ("no date is named", "未写日期"),
    "from_now": ("from now on", "自即日起"),
    "no_year": ("no year is printed", "未写明年份"),
    "from_text": ("taken from the text", "取自正文"),
}
