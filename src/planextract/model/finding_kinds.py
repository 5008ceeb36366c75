"""Every kind of finding: one line a code, from which docs/findings.md and the texts of the review page are made.

To add a finding: a line here, ``Finding.of("room.what", message, page=…)`` in the room, and
``python -m scripts.findings_page``. A test compares this list with the codes that the package uses.
Codes are public (table ``findings``); their first half names the room that made them when they were published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from planextract.errors import InternalError

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingKind:
    """What a code means and what a person does about it.

    ``milder`` is the severity that single findings of this kind may be given instead, ``advice`` is empty if there is
    nothing to do; ``english`` and ``chinese`` are what the review page shows. ``doubts_reading`` if a measure that has
    it must be looked at: it may have been read wrongly. Others tell what the plan says, or what a dictionary lacks.
    """

    code: str
    severity: Severity
    english: str
    chinese: str
    advice: str = ""
    milder: Severity | None = None

    @property
    def doubts_reading(self) -> bool:
        """Whether a measure that has it must be looked at."""
        return self.severity != "info" and self.code not in _ABOUT_CONTENT

    def choose(self, severity: Severity | None) -> Severity:
        """Return the severity of one finding: the kind's own, or the one asked for if the kind allows it.

        Raises:
            InternalError: If this kind never has the severity asked for.
        """
        if severity not in (None, self.severity, self.milder):
            raise InternalError("model.finding", f"'{self.code}' is never of severity '{severity}'")
        return severity or self.severity


def kind_of(code: str) -> FindingKind:
    """Return the kind of a code.

    Raises:
        InternalError: If the list below does not hold it.

    >>> kind_of("check.no_text").severity
    'error'
    """
    if code not in FINDING_KINDS:
        raise InternalError("model.finding", f"'{code}' is no kind of finding; add it to model/finding_kinds.py")
    return FINDING_KINDS[code]


def _error(code: str, english: str, chinese: str, advice: str = "") -> FindingKind:
    return FindingKind(code=code, severity="error", english=english, chinese=chinese, advice=advice)


def _warning(code: str, english: str, chinese: str, advice: str = "", milder: Severity | None = None) -> FindingKind:
    return FindingKind(code=code, severity="warning", english=english, chinese=chinese, advice=advice, milder=milder)


def _info(code: str, english: str, chinese: str, advice: str = "") -> FindingKind:
    return FindingKind(code=code, severity="info", english=english, chinese=chinese, advice=advice)


_KINDS = (
    _warning("read.ragged_row", "A text row has more or fewer fields than its table",
             "该行的列数与表格不符", "check the line in the input"),
    _info("read.ocr", "Scanned pages were read by OCR", "扫描页经文字识别读取", "cells carry their own confidence"),
    _warning("read.ocr_missing", "Scanned pages were not read: no OCR engine is installed",
             "扫描页未读取：未安装文字识别组件", '`pip install "planextract[ocr]"`'),
    _warning("read.ocr_doubtful", "A scan is hard to read",
             "扫描质量差，难以识别", "compare with the page, or scan it again at 200 to 300 dpi"),
    _info("read.seal", "A red seal was taken out before reading", "已去除红色印章"),
    _warning("read.no_page_text", "A page has no text layer and was not read by OCR",
             "页面没有文字层，也未经文字识别", "its content is missing: install the extra `ocr`"),
    _info("read.signed", "The file carries electronic seals or signatures, which were not checked",
          "文件带有电子印章或签名，未验证", "check them in an OFD reader"),
    _warning("read.tracked_changes", "Tracked changes were read as accepted",
             "修订内容按已接受读取", "check that it is the final text"),
    _warning("read.left_out_files",
             "Files that lie beside those of a document were not read: of no kind that is read, or not listed",
             "同一目录下的部分文件未读取", "give them in another format, list them in bundle.yaml, or take them away"),
    _warning("read.embedded_file", "An embedded file was not read",
             "嵌入的文件未读取", "open it in Word and save it once"),
    _warning("read.hidden_sheet", "A sheet of the workbook is hidden",
             "工作簿中有隐藏的工作表", "see whether it belongs to the plan"),
    _warning("read.hidden_rows", "Hidden rows of a sheet were read like the others",
             "已读取工作表中隐藏的行", "see whether they belong to the plan"),
    _warning("read.struck_cells", "Cells of a sheet that are struck through were read like the others",
             "已读取工作表中带删除线的单元格", "see whether the row was taken out of the plan, or is done"),
    _warning("read.hidden_columns", "Hidden columns of a sheet were read like the others",
             "已读取工作表中隐藏的列", "see whether they belong to the plan"),
    _warning("read.formula_without_value", "Formulas of a sheet have no stored value; their cells are blank here",
             "公式没有保存计算结果，单元格按空白读取", "open the file in a spreadsheet, save it and run again"),
    _warning("read.formula_error", "Cells of a sheet print an error of their formula",
             "公式结果为错误值", "correct the formula in the file"),
    _warning("read.bad_characters", "Some characters of a web page could not be decoded",
             "部分字符无法解码", "compare with the page"),
    _warning("read.garbled_text", "A page's text layer is garbled and was left out; the page was not read by OCR",
             "页面文字层为乱码，未采用，也未经文字识别", "its content is missing: install the extra `ocr`"),
    _info("read.text_layer", "A scan's own text layer was used: samples of the page confirm it",
          "采用了扫描件自带的文字层"),
    _info("read.text_layer_unused", "A scan's text layer, or the text beside it, was not right; it was read anew",
          "扫描件自带的文字层不准，已重新识别"),
    _warning("read.bad_layer", "The recognised text beside a scan (hOCR, ALTO) cannot be read",
             "扫描件旁的识别结果文件无法读取", "write it anew, or take it away"),
    _warning("read.recognised", "Recognised text (hOCR, ALTO) without its scan: tables were found by alignment",
             "只有识别文字，没有扫描件；表格按对齐方式推断", "put the scan beside it and run that"),
    _warning("read.hidden_text_layer", "A page is a scan with OCR text behind it, which was left out",
             "扫描页，其隐藏文字未采用", "install the extra `ocr`"),
    _warning("read.partial_text", "A large picture may hold a part of the page's text",
             "图片中可能含有文字", "compare with the page"),
    _warning("read.disagreement", "Most readers of a page read some cells otherwise; their confidence is low",
             "多数识别器读法不同", "compare with the page"),
    _warning("read.outvoted", "A page's rules contradict each other; the other readers' grid was taken",
             "页面表格线互相矛盾", "compare with the page"),
    _warning("read.overprint", "Text printed over other text (a stamp's, a watermark's) was left out",
             "叠印在表格上的文字已略去", "compare with the page"),
    _info("read.switched_off", "Text of a layer that is switched off was left out", "已关闭图层中的文字已略去"),
    _warning("read.drawn_text", "A cell without text holds a picture or letters drawn as curves, which were not read",
             "无文字的单元格内有图片或曲线绘制的文字，未能读取", "look at the page and type the value"),
    _warning("read.covered_text", "Text below an area drawn over it, a white patch as a rule, was left out",
             "被色块遮盖的文字已略去", "compare with the page"),
    _warning("read.crossed_text", "Two texts are printed over each other in a cell; their letters may be mixed",
             "单元格内两段文字重叠，字符可能混在一起", "compare with the page"),
    _warning("read.missing_rule", "A rule between two rows seems to be missing; they were parted by their numbers",
             "两行之间似乎缺少表格线，已按序号拆分", "compare with the page"),
    _warning("read.column_order", "It is not sure in which order the columns of a page are read",
             "分栏页面的阅读顺序不能确定", "compare with the page"),
    _info("read.second_reader", "A second reader cannot read the page", "第二识别器无法读取页面"),
    _error("read.lost_page", "A page was left out because its reader died or hung on it",
           "有一页未能读取", "compare with the page; save the file anew and run again"),
    _warning("run.degraded", "The first attempt at the document failed; it was read without second readers",
             "第二次尝试才读取成功", "see the reason in the message"),
    _info("detect.damaged_header", "A damaged column label was read as the wording it must be",
          "表头有误，已按近似读法识别"),
    _warning("detect.repeated_role", "Two columns have the same role; the second one is kept as `other`",
             "两列表头含义相同", "give its label another role in `dictionaries/columns.yaml`"),
    _warning("detect.unknown_column", "A column label is in no dictionary; the column is kept as `other`",
             "未知的列", "add it to `dictionaries/columns.yaml`"),
    _warning("detect.other_table", "A table without a known header was left out",
             "有表格因表头未知而未采用", "if it is a plan table, add its wordings"),
    _warning("detect.unlabelled_column", "A column has no label; its role is what its cells say, or other",
             "有一列没有表头，已按内容判断", "compare with the page"),
    _warning("detect.reworded_header", "A later page words the header otherwise; the table goes on in the same columns",
             "续页表头用词不同，仍按同一张表处理", "compare both pages"),
    _info("detect.joined_halves", "The right half of a table stands on the next page; both were joined row by row",
          "表格右半部分在下一页，已按行拼接", "compare with both pages"),
    _warning("detect.doubtful_halves", "The two halves of a table have rows of other heights",
             "左右两页的行高不一致，拼接可能有误", "compare with both pages"),
    _warning("detect.shared_cell", "A cell stands in the columns of several roles; a rule may be missing",
             "单元格跨越不同职责的列，可能缺少竖线", "see which body has which role"),
    _warning("detect.table_in_lines", "A table's columns were not found; it was read from lines of text",
             "未找到表格的各列，按文字行读取", "compare its rows with the page"),
    _info("detect.struck_text", "A part of a cell is struck through; it is in text_raw only", "划掉的文字未计入内容"),
    _warning("detect.text_left_out", "In prose, a paragraph between measures names no agency; it is a discard",
             "措施之间有未写明单位的段落", "see whether it belongs to a measure"),
    _warning("stitch.doubtful_row", "It is not sure whether the page's first row is new",
             "不确定本页首行是否为新行", "below `stitch.review_score`: look at both pages; write an override"),
    _warning("stitch.doubtful_join", "It is not sure whether the table goes on",
             "不确定是否为同一张表的续页", "below `stitch.review_score`: look at both pages; write an override"),
    _info("stitch.joined_in_page", "Two rows of one page were joined", "同页两行被合并", "look at the row"),
    _warning("stitch.text_between", "Text stands inside a table that goes on over pages",
             "表格中间夹有文字", "check whether it belongs to a cell"),
    _info("repair.name_variant", "A task name is printed in two wordings", "任务名称前后不一"),
    _warning("repair.no_task_no", "A task has no readable number; it was given the next one",
             "任务序号无法识别", "check the number"),
    _info("repair.empty_section", "No task stands below this heading: it is in no value", "此标题下没有任务"),
    _warning("repair.no_owner", "The first agency cell is blank and nothing above can be inherited",
             "首要责任单位为空", "check the page"),
    _warning("repair.blank_cell", "Blank where this document prints a dash for none",
             "此处空白，而文件惯用横线表示“无”", "check the page; an override can inherit"),
    _warning("repair.inheritance_conflict", "Not filled from above: a body would have two roles",
             "未取上一格：单位会重复担责", "check the page"),
    _warning("interpret.no_year", "No year of the plan was found",
             "未找到计划年份", "dates without a year stay empty"),
    _warning("interpret.no_region", "No region was found; agencies cannot be resolved",
             "未找到行政区域", "give `--region`"),
    _warning("interpret.other_region", "The notice names another region than the settings do",
             "公文所属地区与设置不同", "check `--region`"),
    _warning("interpret.metadata_disagrees", "Metadata and notice print a field differently; the notice's is kept",
             "网页元数据与正文不一致", "compare both"),
    _warning("interpret.deadline", "The deadline was not understood",
             "未能理解完成时限", "add its words to `dictionaries/deadlines.yaml`"),
    _warning("resolve.unresolved", "The name is not in the dictionary and no rule accepts a body",
             "词典中没有该单位名称", "decide: `planextract agencies review`"),
    _info("resolve.plan_region", "A plan's title names another region than the document's; its bodies are that one's",
          "该表标题所示地区与公文不同，单位按该表地区识别"),
    _info("resolve.decided_otherwise", "A person decided on a name that the dictionary links otherwise",
          "人工判定与词典不一致"),
    _warning("resolve.duty_not_listed", "The text gives a duty to a body that no column names",
             "文中承担任务的单位未列入责任栏", "check the columns; info if its parent is named", milder="info"),
    _warning("check.attachment_missing", "A listed attachment holds no plan table in this document",
             "所列附件中没有任务表", "see whether it is in another file"),
    _info("check.attachment_title", "List and heading print different titles", "附件标题与目录不一致"),
    _warning("check.attachment_unlisted", "An attachment is not in the notice's list", "附件未列入目录"),
    _warning("check.number_gap", "Task numbers do not follow each other", "任务序号不连续", "a task may be missing"),
    _warning("check.number_repeated", "A task number is used again",
             "任务序号重复", "the second one's id ends in `~2`"),
    _error("check.no_text", "A measure has no text", "措施没有文字", "check the page"),
    _warning("check.unreadable_character", "A value holds a character that nobody can read",
             "含无法识别的字符", "compare with the page"),
    _info("check.unfinished_text", "The text does not end a sentence",
          "文字未以完整句子结束", "check whether its end is missing"),
    _info("check.no_owners", "The plan names nobody who answers for its measures",
          "全篇未列责任单位", "nothing to do if the original has none"),
    _info("check.no_deadline", "The deadline is blank", "完成时限为空"),
    _info("check.body_repeated", "A body is named twice in one cell", "单位重复"),
    _info("check.odd_length", "The text is far longer or shorter than others",
          "文字长度与其他措施差异很大", "check whether rows were joined or cut"),
    _warning("check.odd_column", "An agency or deadline cell reads like another column's text",
             "内容像是另一列的文字", "check whether a column was lost"),
    _warning("check.deadline_in_text", "The text names another deadline than the column",
             "文中时限与时限栏不一致", "both are kept; info: it is not later than the column", milder="info"),
    _warning("check.targets_disagree", "Two targets of one indicator exclude each other",
             "同一指标的两个目标相互矛盾", "check the page"),
    _info("check.personal_data", "Columns or labels name people; their text was withheld",
          "个人信息未输出", "add `--keep-persons` if you may keep it"),
    _warning("check.two_roles", "A body has two roles in one measure", "同一单位担任两种职责", "check the page"),
    _warning("decisions.stale", "An override or a decision of the log matches nothing any more",
             "某项决定已无对应内容", "mend or remove it; decide again on the review page"),
    _warning("track.doubtful_link", "A published report may tell of this measure",
             "一份已公开的报告可能说的是本措施",
             "say on the review page whether it does: the next run takes it, or never asks again"),
)  # fmt: skip  # a finding a line

# Warnings about what the plan says or what a dictionary lacks: the document was read as printed, as far as they know.
_ABOUT_CONTENT = frozenset(
    {
        "resolve.unresolved",
        "resolve.duty_not_listed",
        "check.deadline_in_text",
        "check.targets_disagree",
        "check.two_roles",
        "check.number_repeated",
        "check.number_gap",
        "interpret.deadline",
        "interpret.no_year",
        "interpret.metadata_disagrees",
        "check.attachment_missing",
        "check.attachment_unlisted",
    }
)

FINDING_KINDS: Final = {kind.code: kind for kind in _KINDS}
