"""What findings say of a place, in Chinese; what their codes mean is in ``model/finding_kinds.py``."""

from __future__ import annotations

from collections.abc import Mapping

READING: Mapping[str, str] = {
    "a rule between two rows seems to be missing here; the rows were parted by their numbers": (
        "此处两行之间似乎缺少表格线，已按序号拆分"
    ),
    "text of a layer that is switched off was left out: {text}": "已关闭图层中的文字已略去：{text}",
    "text printed over other text was left out: {overprint}": "叠印在其他文字上的文字已略去：{overprint}",
    "a cell without text holds a picture or drawn letters, which are not read": "无文字的单元格内有图片或绘制的文字，未读取",
    "text below an area drawn over it was left out": "被色块遮盖的文字已略去",
    "two texts seem to be printed over each other: {texts}": "两段文字似乎印在同一处：{texts}",
    "it is not sure whether a heading stands over one column of text or over all": "不能确定标题是属于一栏文字，还是横跨各栏",
    "these files beside the others were not read: {names}": "同一目录下的这些文件未读取：{names}",
    "record {number} has {count} fields where the table has {usual}": (
        "第 {number} 条记录有 {count} 个字段，而表格有 {usual} 列"
    ),
    "line {number} has {count} fields where the table has {width}": (
        "第 {number} 行有 {count} 个字段，而表格有 {width} 列"
    ),
    "the document has {changes} tracked changes; they were read as accepted": (
        "文件有 {changes} 处修订，已按接受修订读取"
    ),
    "the document embeds another file, which was not read; open it in Word and save it once": (
        "文件内嵌了另一个文件，未读取；请在 Word 中打开并重新保存一次"
    ),
    "the page is a scan with a text layer made by OCR behind it; that text was left out": (
        "本页是扫描件，背后的识别文字层未采用"
    ),
    "the page has no text layer; if it is a scan, its text is missing": (
        "本页没有文字层；如果是扫描件，则其文字没有读到"
    ),
    "the text layer of the page is garbled; its text was left out": "本页文字层为乱码，其文字未采用",
    "a picture covers {share:.0%} of the page; text in it was not read": (
        "一幅图片占页面的 {share:.0%}，图片中的文字未读取"
    ),
    "{count} characters of the page could not be decoded": "页面有 {count} 个字符无法解码",
    "the file carries {count} electronic seals or signatures{where}; whether they are valid was not checked": (
        "文件{where}带有 {count} 处电子印章或签名，未验证其有效性"
    ),
    " on page {pages}": "第 {pages} 页",
    "most readers read {count} cells otherwise: {shown}": "多数识别器对 {count} 个单元格的读法不同：{shown}",
    "{cause}; pdfium read it instead": "{cause}；已改用 pdfium 读取",
    "the rules of the page contradict each other; the grid is the one that the other readers agree on": (
        "页面表格线互相矛盾，已采用其他识别器一致的网格"
    ),
    "recognised text without its scan ({kind}): tables were found by alignment; put the scan beside it": (
        "只有识别文字（{kind}），没有扫描件：表格按对齐方式推断；请把扫描件放在同一目录"
    ),
    "the recognised text beside the scan was not used: {cause}": "扫描件旁的识别结果未采用：{cause}",
    "{pages} read by OCR ({name})": "{pages}经文字识别读取（{name}）",
    "{pages} read anew: samples of the text layer are not right": "{pages}已重新识别：抽查发现文字层不准",
    "{pages} not read: no OCR engine is installed. {install}": "{pages}未读取：未安装文字识别组件。{install}",
    "{pages} not read: OCR is switched off (read.ocr)": "{pages}未读取：文字识别已关闭（read.ocr）",
    "pages {pages} were": "第 {pages} 页",
    "page {page} was": "第 {page} 页",
    "the scan is hard to read (mean score {mean:.2f}); compare its text with the page": (
        "扫描件难以辨认（平均得分 {mean:.2f}），请与原页对照"
    ),
    "a red seal was taken out before reading": "识别前已去除红色印章",
    "the text layer of the scan was used: samples of it are right": "采用了扫描件的文字层：抽查无误",
    "the page was left out: reading it failed, and what stood on it is missing": ("本页读取失败，已略去，页上内容缺失"),
    "sheet '{shown}' is hidden; it was read like the others": "工作表“{shown}”是隐藏的，已照常读取",
    "sheet '{shown}' is hidden; it was set aside": "工作表“{shown}”是隐藏的，已搁置不用",
    "sheet '{shown}': {count} rows are hidden by a filter and were read: {places}": (
        "工作表“{shown}”：有 {count} 行因筛选而隐藏，已照常读取：{places}"
    ),
    "sheet '{shown}': {count} rows are hidden and were read: {places}": (
        "工作表“{shown}”：有 {count} 行被隐藏，已照常读取：{places}"
    ),
    "sheet '{shown}': hidden columns were read: {places}": "工作表“{shown}”：已照常读取隐藏的列：{places}",
    "sheet '{shown}': struck through, and read: {places}": "工作表“{shown}”：带删除线，已照常读取：{places}",
    "sheet '{shown}': {count} formulas have no stored value and are blank: {places}": (
        "工作表“{shown}”：有 {count} 个公式没有保存结果，按空白读取：{places}"
    ),
    "sheet '{shown}': {count} cells print an error of their formula: {places}": (
        "工作表“{shown}”：有 {count} 个单元格显示公式错误：{places}"
    ),
    "read in degraded mode, without second readers: {cause}": "已改用简单方式读取，未经第二识别器核对：{cause}",
}

TABLES: Mapping[str, str] = {
    "the right half of the table stands on page {page}; both were joined row by row": (
        "表格右半部分在第 {page} 页，已逐行拼接"
    ),
    "the two halves of the table have rows of other heights; compare this row with both pages": (
        "表格左右两半的行高不同，请与两页对照本行"
    ),
    "a paragraph between measures names no agency and was left out: {text}": (
        "措施之间有一段文字没有写明单位，未采用：{text}"
    ),
    "column {number} has no label; it is read as '{role}'": "第 {number} 列没有表头，按“{role}”读取",
    "the header is worded otherwise on this page, and the table goes on: {new} for {old}": (
        "本页表头用词不同，仍按同一张表处理：{new}（原为{old}）"
    ),
    "a table without a known header was left out: {text}": "有一张表因表头未知而未采用：{text}",
    "the row may go on in a table that was left out: {text}": "本行可能续在一张未采用的表中：{text}",
    "the row may go on in lines behind the table: {text}": "本行可能续在表后的文字中：{text}",
    "a part of the cell is struck through and was left out: {cell}": "单元格中有一部分被划去，未采用：{cell}",
    "column '{label}' was read as '{wording}'": "表头“{label}”按“{wording}”识别",
    "column '{label}' is not known; it is kept as 'other'": "不认识表头“{label}”，该列作为其他列保留",
    "another column has the role of column '{label}'; it is kept as 'other'": (
        "另有一列与“{label}”含义相同，该列作为其他列保留"
    ),
    "the table was parted from the one before with {score:.0%}": "判为与上一张表不是同一张表，把握 {score:.0%}",
    "the table was joined to the one before with {score:.0%}": "判为上一张表的续表，把握 {score:.0%}",
    "text inside a table that goes on over pages: {line}": "跨页表格中间夹有文字：{line}",
    "the first row of the page was taken as {start} with {score:.0%}; the next best is {runner_up}": (
        "本页首行判为{start}，把握 {score:.0%}；其次可能是{runner_up}"
    ),
    "the columns of a table were not found; this row was put together of lines of text": (
        "未找到表格的各列，本行由文字行拼成"
    ),
    "a cell stands in the columns of several roles: {text}": "有单元格跨越不同职责的列：{text}",
    "a line above the table reads as its header, or a row: {line}": "表格之上有一行文字像是表头或其中一行：{line}",
    "a line below the table reads as its next row: {line}": "表格之下有一行文字像是它的下一行：{line}",
    "the last row of the page may go on with the first one of the next": "本页末行与下一页首行可能是同一行",
    "cut_row": "上一行的续行",
    "new_measure": "新的措施",
    "new_task": "新的任务",
    "new_section": "新的章节",
    "tail_and_new": "前半属上行，后半为新措施",
    "a row inside page {page} was joined to the row before": "第 {page} 页内有一行并入了上一行",
    "the blank {label} cell was not filled from above: {shared} already has another role here": (
        "{label}单元格空白，未取上一格：{shared}在本行已有其他职责"
    ),
    "the {label} cell is blank": "{label}单元格空白",
    "the {label} cell is blank where this document prints a dash; a dash may have been lost (above: {above})": (
        "{label}单元格空白，而本文件惯用横线表示“无”，横线可能漏印（上一格：{above}）"
    ),
    "the {label} cell is blank where this document prints a dash; a dash may have been lost": (
        "{label}单元格空白，而本文件惯用横线表示“无”，横线可能漏印"
    ),
    "no task stands below the heading '{heading}'": "标题“{heading}”下没有任务",
    "task '{name}' has no readable number; it was given {number}": "任务“{name}”的序号无法识别，编为 {number}",
    "task {task_no} is named '{name}' and, on page {page}, '{printed}'": (
        "任务 {task_no} 名为“{name}”，第 {page} 页又写作“{printed}”"
    ),
}

PLANS: Mapping[str, str] = {
    "attachment {no} '{title}' is listed but holds no plan table here": (
        "通知列有附件{no}“{title}”，但文件中没有对应的任务表"
    ),
    "attachment {no} is listed as '{title}' and titled '{printed}'": "附件{no}在通知中列为“{title}”，其标题为“{printed}”",
    "attachment {number} '{title}' is not in the notice's list": "附件{number}“{title}”不在通知所列附件之中",
    "plan {plan_no} names nobody who answers for its {count} measures": (
        "计划 {plan_no} 的 {count} 条措施都没有写明责任单位"
    ),
    "plan {plan_no} is of {place}: its bodies are looked for there": "表{plan_no}属于{place}，单位按该地查找",
    "plan {plan_no}: task number {task_no} is used again for '{label}'": (
        "计划 {plan_no}：序号 {task_no} 重复，又用于“{label}”"
    ),
    "plan {plan_no}: task {task_no} follows task {previous}": "计划 {plan_no}：任务 {previous} 之后是任务 {task_no}",
    "U+{codepoint:04X} is no readable character: {around}": "U+{codepoint:04X} 不是可读的字符：{around}",
    "the measure has no text": "该措施没有文字",
    "the text does not end a sentence: …{end}": "文字未以完整句子结束：…{end}",
    "the deadline '{deadline}' was not understood": "未能理解完成时限“{deadline}”",
    "the deadline is blank": "完成时限空白",
    "the text has {count} characters": "文字有 {count} 个字",
    "the text of another column may stand in a cell: {odd}": "单元格中可能是另一列的文字：{odd}",
    "the text names {named}, later than the deadline {deadline}": "文中写{named}，晚于完成时限{deadline}",
    "the text names {named}, other than the deadline {deadline}": "文中写{named}，与完成时限{deadline}不同",
    "{indicator}: '{first}' and '{second}' exclude each other": "{indicator}：“{first}”与“{second}”互相矛盾",
    "{name} is named twice as {role}": "{name}在{role}中重复",
    "{name} has two roles: {names}": "{name}兼有两种职责：{names}",
    "{count} cells name people; their text was withheld (set keep_persons to keep it)": (
        "有 {count} 个单元格涉及个人姓名，已隐去（如需保留请设置 keep_persons）"
    ),
    "the notice names {printed}, but the settings say {wanted} (--region)": (
        "通知写明的地区是{printed}，而设置为{wanted}（--region）"
    ),
    "the year of the plan is not printed in its title; deadlines without a year have no date": (
        "计划标题中没有年份，不带年份的时限无法确定日期"
    ),
    "the region of the document was not recognised; agencies cannot be resolved (use --region)": (
        "未能识别文件所属地区，无法识别单位（请用 --region 指定）"
    ),
    "the page's metadata says {name} '{value}', the notice itself '{own}'": (
        "网页元数据中 {name} 为“{value}”，通知本身为“{own}”"
    ),
}

NAMES: Mapping[str, str] = {
    "'{name}' is taken for {body} by decision; the dictionary says {runner_up}": (
        "按人工决定，“{name}”即{body}；词典则为{runner_up}"
    ),
    "'{name}' is ignored by decision; the dictionary says {runner_up}": (
        "按人工决定，“{name}”不作单位；词典则为{runner_up}"
    ),
    "'{name}' is not in the dictionary: {reason}{hint}": "“{name}”不在词典中：{reason}{hint}",
    "; nearest: {body}{score}": "；最接近的是{body}{score}",
    "the text gives a duty to {body}{printed}, but no column names it{relation}": (
        "文中给{body}{printed}安排了任务，但各单位栏均未列出{relation}"
    ),
    " ('{printed}')": "（“{printed}”）",
    " (it names {body}, of which it is a part)": "（栏中列有其上级单位{body}）",
    " (it names a body of the same lineage)": "（栏中列有与其有承继关系的单位）",
    "the cell also names {body}: perhaps another body": "同一格中还有{body}，可能是另一个单位",
    "a central body": "中央单位",
    "no central body of this name on the document's day": "成文之日没有此名称的中央单位",
    "the province is not known to use this wording": "该省未见使用此名称",
    "the wording is one of several functions": "此名称可指多种职能",
    "which official name it stands for is not certain": "所指的正式名称不能确定",
    "neither the region's own dictionary nor its province is known to have this body": ("本地词典和所在省均未见此单位"),
    "the region's own entry": "本地词典条目",
    "the region's own dictionary words {name} otherwise": "本地词典对“{name}”另有写法",
    "by the grammar of names": "按名称构成规则",
    "no body of this name on the document's day": "成文之日没有此名称的单位",
    "not valid on the document's day, and no successor is known": "成文之日已不存在，且不知其承继单位",
    "{body} until {day}; now {heir}": "{body}（至 {day}），现为{heir}",
    "the zone is not known for certain": "园区不能确定",
    "a zone of the region": "本地的园区",
    "several zones of the region have this name": "本地有多个同名园区",
    "a branch by the grammar of names": "按名称构成规则识别的派出机构",
    "a town of the region": "本地的乡镇街道",
    "a town of a region below": "下级地区的乡镇街道",
    "a term for several bodies by its grammar": "按构成规则识别的统称",
    "whose body it is, is not printed": "没有写明是哪一级的单位",
    "the region that the list speaks of is not known to have this body": "所列地区未见此单位",
    "the level word is left out: {body}": "省略了层级字：{body}",
    "the level word stands before it in the list: {body}": "层级字写在所列名单之前：{body}",
    "several bodies have this field": "有多个单位主管该领域",
    "no body of the region has this field": "本地没有主管该领域的单位",
    "ignored by decision": "按人工决定忽略",
    "no rule accepts a body": "没有规则认可任何单位",
    "a term for several bodies must be in the dictionary": "统称须列入词典",
    "too short": "名称过短",
    "this body exists elsewhere and is not in the region's dictionary": "别处有此单位，但不在本地词典中",
    "no rule accepts a body of the dictionary": "没有规则认可词典中的任何单位",
    "several bodies are possible": "可能是多个单位之一",
    "nearest is {owner}, which is not in the region's dictionary": "最接近的是{owner}，不在本地词典中",
    "printed {n} times, no less than {body}: perhaps another body": ("出现 {n} 次，不少于{body}本身，可能是另一个单位"),
}

PEOPLE: Mapping[str, str] = {
    "{file}: no boundary lies between pages {before} and {after}": "{file}：第 {before} 页与第 {after} 页之间没有跨页表格",
    "{file}: what it says of pages {before} and {after} could not be followed": (
        "{file}：关于第 {before} 页与第 {after} 页的说明无法执行"
    ),
    "{file}: no blank {role} cell in plan {plan_no}, task {task_no} starts with '{start}'": (
        "{file}：计划 {plan_no} 任务 {task_no} 中没有以“{start}”开头、{role} 为空白的行"
    ),
    "decision {decision_id} ({kind}){about}{was} was not replayed: {problem}": (
        "决定 {decision_id}（{kind}）{about}{was}未能重放：{problem}"
    ),
    " on '{shown}'": "，内容“{shown}”",
    " (page {page} then)": "（当时在第 {page} 页）",
    "decision {decision_id} ({kind}) was not replayed: its row is no row of a plan table any more": (
        "决定 {decision_id}（{kind}）未能重放：其所在行已不是任务表的行"
    ),
    "{decision_id}: no blank {role} cell of this row starts with '{start}'": (
        "{decision_id}：本行没有以“{start}”开头的空白 {role} 单元格"
    ),
    "it names no cell": "没有指明单元格",
    "no cell prints this any more": "已没有单元格印有此内容",
    "its row, or the row before it, is not printed like this any more": "该行或其上一行已不是当时的样子",
    "the row's text does not begin with the part to be split off": "该行文字不以要拆出的部分开头",
    "no report says this of its row any more": "进展记录中已没有针对该行的这一报告",
    "its row is not printed like this any more": "该行已不是当时的样子",
    "the row's text does not begin with the part before the split": "该行文字不以拆分处之前的部分开头",
    "its row is not the first one of a page any more": "该行已不是某页的首行",
    "no blank cell stands there any more": "该处已没有空白单元格",
    "a report of {file} on '{shown}' finds no measure any more": "{file}中关于“{shown}”的进展找不到对应的措施",
    "the log": "日志",
}
