"""What commands print: summaries, notes, warnings."""

from __future__ import annotations

from collections.abc import Mapping

GENERAL: Mapping[str, str] = {
    "Example: {command}": "示例：{command}",
    "error: {message}": "错误：{message}",
    "quarantined: {message}": "已隔离：{message}",
    "note: {notice}": "提示：{notice}",
    "stopped": "已停止",
    "interrupted; what was committed stays": "已中断；已写出的结果保留",
    "Ctrl+C ends it; nothing is lost.": "按 Ctrl+C 结束，不会丢失任何内容。",
}

RUN: Mapping[str, str] = {
    "{count} document{s}{unchanged} in {seconds:.1f} s: {plans} plan{plan_s}, {tasks} task{task_s}, {measures} measure{measure_s}": "{count} 份文件{unchanged}，用时 {seconds:.1f} 秒：{plans} 份计划，{tasks} 项任务，{measures} 项措施",
    " ({count} unchanged)": "（{count} 份未变）",
    "agencies: {named} named, {unresolved} unresolved": "单位：列名 {named} 处，未识别 {unresolved} 处",
    "  {name}: {looks}": "  {name}：{looks}",
    "look at this row (about {minutes} min) to reach {reached} %": "核对这 1 行（约 {minutes} 分钟）可达 {reached} %",
    "look at these {rows} rows (about {minutes} min) to reach {reached} %": "核对这 {rows} 行（约 {minutes} 分钟）可达 {reached} %",
    "no row needs a look; {reached} % of the values are expected to be right": "无需核对，预计 {reached} % 的值正确",
    "warning: a line of the log was passed over, the others hold: {problem}": "警告：记录中有一行已跳过，其余仍然有效：{problem}",
    "warning: so were {count} more; manifest.json lists them": "警告：另有 {count} 行也已跳过，见 manifest.json",
    "to check: {measures} measure{measure_s}, {findings} finding{finding_s}": "待核：{measures} 项措施，{findings} 条检查发现",
    "withheld: names of people in {count} document{s} (--keep-persons keeps them)": "已隐去：{count} 份文件中的人名（加 --keep-persons 可保留）",
    "decisions: {decisions} replayed, {stale} stale": "决定：执行 {decisions} 条，失效 {stale} 条",
    "quarantined: {count} (see {output}/quarantine)": "已隔离：{count} 份（见 {output}/quarantine）",
    "same bytes as another input: {names}": "与其他输入内容相同：{names}",
    "passed over, not a document: {names}": "不是文档，已跳过：{names}",
    "from other inputs or older versions: documents that stay: {count} (--prune removes them)": "来自其他输入或旧版本的 {count} 份文件仍保留（--prune 可删除）",
    "pruned: {count} document{s} whose input is gone": "已删除 {count} 份输入已不存在的文件",
    "output: {output}": "输出：{output}",
    "{done}/{total} documents": "{done}/{total} 份文件",
    "{count} unchanged": "{count} 份未变",
    "{count} quarantined": "{count} 份已隔离",
    "{rate:.1f} documents/s": "每秒 {rate:.1f} 份",
    "{pages} pages, {rate:.0f}/s": "{pages} 页，每秒 {rate:.0f} 页",
    "{time} left": "还需 {time}",
    "stopping: finishing what is under way; ctrl-C again stops at once": "正在停止：先做完手头的文件；再按一次 Ctrl-C 立即停止",
    "{seconds:.0f} s": "{seconds:.0f} 秒",
    "{minutes:.0f} min": "{minutes:.0f} 分钟",
    "{hours:.1f} h": "{hours:.1f} 小时",
    "{path} was given with {option}; give it with {right}: a later version will ask for that": "{path} 是用 {option} 给出的，应改用 {right}：以后的版本将要求如此",
    "note: {path} is a draft ('draft: true') and was not used": "提示：{path} 是草稿（draft: true），没有使用",
    "warning: the decisions log has unreadable lines, which were passed over: {lines}": "警告：决定记录中有无法读取的行，已跳过：{lines}",
    "warning: a decision on agency names was passed over: {problem}": "警告：有一条关于单位名称的决定已跳过：{problem}",
    "note: {count} files in the output's folders belong to no document, and readers of a whole folder see them; delete them: {names}": "提示：输出文件夹中有 {count} 个文件不属于任何文档，整个文件夹读取时会被读到，请删除：{names}",
    "stopped: {not_done} inputs are left; the same command goes on with them": "已停止：还剩 {not_done} 个输入；再次执行同一命令即可继续",
}

PAGES: Mapping[str, str] = {
    "page:  {address}": "页面：{address}",
    "files: {place}": "文件：{place}",
    "review page: {address}": "核对页面：{address}",
    "decisions:   {log}; on agencies: {agency_log}": "决定记录：{log}；单位名称：{agency_log}",
    "not exported: {path}: {count} left to check or to replay": "未导出：{path}：还有 {count} 项待核或待执行",
    "{count} document{s} exported as gold: {target}": "已将 {count} 份文件导出为标准答案：{target}",
    "{documents} document{s}, {measures} measure{measure_s}: {path}": "{documents} 份文件，{measures} 项措施：{path}",
    "report: {page}": "报告：{page}",
    "page: {page}": "页面：{page}",
    "drawn: {target}": "已绘制：{target}",
}

EXPORT: Mapping[str, str] = {
    "{count} plan{s}, ": "{count} 份计划，",
    " in {count} files": "，共 {count} 个文件",
    ", {count} bodies": "，{count} 个单位",
    "{documents} document{s}: {rows} rows in {files} files, {before:.1f} MB → {after:.1f} MB": "{documents} 份文件：{rows} 行，{files} 个文件，{before:.1f} MB → {after:.1f} MB",
    "copy: {target}": "副本：{target}",
    "{documents} document{s}: {plans}{rows} rows in {count} table{s2}": "{documents} 份文件：{plans}{count} 张表，共 {rows} 行",
    "export: {target}": "已导出：{target}",
    "{measures} measures{bodies}{files}": "{measures} 项措施{bodies}{files}",
    "ledger: {place}": "台账：{place}",
    "{cells} cells changed: {decisions} decisions, {reports} reports on progress": "改动 {cells} 格：{decisions} 条决定，{reports} 条进展",
    "rows that are no measures of the plan were left out: {shown}": "不是计划措施的行已略去：{shown}",
    "measures without a row in the ledgers (they stay as they are): {count}": "台账中没有对应行的措施（保持不变）：{count}",
    "nothing was written; leave out --dry-run to take them": "没有写入；去掉 --dry-run 即可收回",
    "they hold from the next run on: planextract run INPUT -o {output}": "下次运行起生效：planextract run INPUT -o {output}",
}

STATUS: Mapping[str, str] = {
    "state: {state}{holder}{next}": "状态：{state}{holder}{next}",
    "done": "已完成",
    "running": "正在运行",
    "broken off": "已中断",
    ": the next run of the same command completes it": "：再次执行同一命令即可补完",
    "this run: {done} of {total} inputs worked on{rate}": "本次运行：已处理 {done} / {total} 个输入{rate}",
    ", {rate:.1f}/s, at most {left} left": "，每秒 {rate:.1f} 个，至多还需 {left}",
    "last run ended: {time}": "上次运行结束于：{time}",
    "documents: {committed} committed, {quarantined} quarantined{same}": "文件：已写出 {committed} 份，已隔离 {quarantined} 份{same}",
    ", {count} the same as another": "，与其他文件相同 {count} 份",
    "slowest: {names}": "最费时：{names}",
    "damaged: {name}: {cause}": "已损坏：{name}：{cause}",
    "stray: {name}: it belongs to no document; delete it": "多余文件：{name}：不属于任何文档，请删除",
    "{documents} document{s}: {damaged} file{damaged_s} damaged, {strays} stray{strays_s}": "{documents} 份文件：{damaged} 个文件损坏，{strays} 个多余文件",
    "the cure: planextract run INPUT -o {output} --again; it makes what is damaged anew": "修复：planextract run INPUT -o {output} --again，损坏的部分会重新生成",
}

TRACK: Mapping[str, str] = {
    "{name}: {told} of {wanted} measures told of, {doubtful} doubtful, {unlinked} in no plan; {totals} totals, {wrong} of them do not hold": "{name}：{wanted} 项措施中报告了 {told} 项，存疑 {doubtful} 项，{unlinked} 项不在计划内；合计数 {totals} 个，其中 {wrong} 个不符",
    "after the next run the review page asks of the doubtful ones whether they are right": "下次运行后，核对页会询问存疑的对应是否正确",
    "{written} reports written; they are in the tables after the next run": "已写入 {written} 条进展，下次运行后进入数据表",
}

SHOW: Mapping[str, str] = {
    "plan {plan}: tasks {first}–{last}": "计划 {plan}：任务 {first}–{last}",
    "page breaks": "分页处",
    "pages": "页",
    "table": "表格",
    "first row": "首行",
    "score": "把握",
    "reasons": "依据",
    "runner-up": "次选",
    " (page {page})": "（第 {page} 页）",
    "no such plan or task, or none on that page": "没有这份计划或任务，或该页上没有",
    "--draw needs a page": "--draw 需要指定页码",
    "Add --page N.": "请加 --page 页码。",
}

AGENCIES: Mapping[str, str] = {
    "{count} names to decide on": "{count} 组待定名称",
    "form": "写法",
    "count": "次数",
    "candidates": "候选单位",
    "why, and where": "原因和出处",
    "decide: planextract agencies accept FORM BODY | new FORM | ignore FORM": "作出决定：planextract agencies accept 写法 单位 | new 写法 | ignore 写法",
    "{action} {form} (region {region}){target}": "{action} {form}（地区 {region}）{target}",
    "{written} of {count} written to {path}; run again to use them": "{count} 条中写入 {written} 条：{path}；重新运行后生效",
    "warning: {decisions}: passed over: {problem}": "警告：{decisions}：已跳过：{problem}",
    "{forms} forms in {clusters} clusters written to {file}": "已将 {clusters} 组共 {forms} 个写法写入 {file}",
    "forms of functions, central bodies and zones written to {file}": "职能、中央单位和功能区的写法已写入 {file}",
    "{count} decisions read, {written} new ones written to {decisions}; run again to use them": "读取 {count} 条决定，新写入 {written} 条：{decisions}；重新运行后生效",
    "{count} bodies of {full_name} written to {path}": "已将{full_name}的 {count} 个单位写入 {path}",
    "check it, then: planextract run … --dictionaries {folder}": "请核对，然后执行：planextract run … --dictionaries {folder}",
    "nothing to review: every name is linked or decided on": "没有待定名称：全部名称都已识别或已有决定",
    "reconciliation service for {full_name}: http://{host}:{port}/": "{full_name}的名称核对服务：http://{host}:{port}/",
    "in OpenRefine: Reconcile → Start reconciling → Add standard service; stop with Ctrl+C": "在 OpenRefine 中：Reconcile → Start reconciling → Add standard service；按 Ctrl+C 停止",
}
