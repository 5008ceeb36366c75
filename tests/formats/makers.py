"""Writers of the neutral content: web pages of several kinds, Word by python-docx, OFD by hand."""

from __future__ import annotations

import html
import io

from .notice import Cell, Content, Table

_STYLE = "<style>table{border-collapse:collapse}td{border:1px solid #000;padding:2px}</style>"


def make_html(content: Content, *, charset: str = "utf-8") -> str:
    body = "\n".join(_html_block(block) for block in content.blocks)
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">{_STYLE}'
    return f"<!DOCTYPE html>\n<html><head>{head}<title>通知</title></head>\n<body>\n{body}\n</body></html>\n"


def _html_block(block: str | Table) -> str:
    if isinstance(block, str):
        return f"<p>{html.escape(block)}</p>"
    rows = "\n".join("<tr>" + "".join(map(_html_cell, filter(None, row))) + "</tr>" for row in block.rows)
    return f'<table border="1" cellspacing="0">\n{rows}\n</table>'


def _html_cell(cell: Cell) -> str:
    spans = (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "") + (
        f' colspan="{cell.col_span}"' if cell.col_span > 1 else ""
    )
    texts = [html.escape(line) for line in cell.lines]
    inner = "<br>".join(texts) if cell.is_list else "".join(f"<p>{text}</p>" for text in texts)
    return f"<td{spans}>{inner}</td>"


def make_site_page(content: Content, metadata: dict[str, str]) -> str:
    """A page as a government site prints it: menu, way to the page, metadata, sharing, footer around the document."""
    fields = "".join(
        f'<div class="item"><span class="label">{key}：</span><span>{value}</span></div>'
        for key, value in metadata.items()
    )
    body = "\n".join(_html_block(block) for block in content.blocks)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<meta name="SiteName" content="某区人民政府" /><meta name="ColumnName" content="政策文件" />
<script type="text/javascript">var a = "<table><tr><td>脚本</td></tr></table>";</script></head>
<body><div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li>
<li><a href="/fw">办事服务</a></li><li><a href="/hd">政民互动</a></li></ul></div>
<div class="crumb-nav">您现在的位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; <a href="/zc">政策文件</a></div>
<div class="main"><div class="doc-info">{fields}</div>
<div class="tools"><a href="javascript:window.print()">打印</a> <a href="javascript:close()">关闭</a> 字号：大 中 小</div>
<div class="view TRS_UEDITOR trs_paper_default">
{body}
</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div></div>
<div style="display:none">隐藏统计</div>
<div class="footer"><p>主办：某区人民政府办公室 版权所有</p><p>网站标识码：1101020001 京ICP备05000000号 京公网安备11010202000001号</p></div>
<!-- 注释 --></body></html>
"""


def make_docx(content: Content) -> bytes:
    import docx

    document = docx.Document()
    for block in content.blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            _add_table(document, block)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_table(document, table: Table) -> None:
    made = document.add_table(rows=len(table.rows), cols=table.width)
    cells = [list(row.cells) for row in made.rows]
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            target = cells[r][c]
            if cell.row_span > 1 or cell.col_span > 1:
                target = target.merge(cells[r + cell.row_span - 1][c + cell.col_span - 1])
            for number, line in enumerate(cell.lines):
                paragraph = target.paragraphs[0] if number == 0 else target.add_paragraph()
                paragraph.text = line
