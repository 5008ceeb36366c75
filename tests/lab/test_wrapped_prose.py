"""Plans in prose as PDFs: where lines and pages break, and in which fonts digits are set, changes no measure."""

from __future__ import annotations

import io
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from planextract import extract_file
from tests.lab.by_reportlab import find_fonts

pytestmark = pytest.mark.skipif(not find_fonts(), reason="the fonts wqy-microhei and uming are not installed")

_SIZE, _LEADING, _LEFT, _TOP, _FOOT, _GUTTER = 14.0, 24.0, 72.0, 770.0, 360.0, 28.0
_HANGS = "，。；：、"  # typesetters let these stand out behind a full line
_HEAD = (
    "临江县人民政府办公室关于印发2022年重点任务分解方案的通知\n各乡镇人民政府，县政府各部门：\n现将《2022年重点任务分解方案》印发给你们，"
    "请认真贯彻执行。\n临江县人民政府办公室\n2022年3月15日\n2022年重点任务分解方案\n"
)
_TAIL = "，确保全县经济实现平稳健康发展，力争在全市各县区中位居前列，全面完成年初确定的各项目标任务。"
_TASKS = (
    ("一、加快工业发展", "实施工业项目30个，完成投资20亿元", "县发改委", "县财政局、县水利局", "2022年12月底前"),
    ("", "新增规模以上工业企业15户以上", "县发改委", "县统计局、各乡镇人民政府", "全年"),
    ("二、改善民生", "新建幼儿园3所，改扩建中小学8所", "县教育局", "县住建局、县财政局", "2022年9月底前"),
    ("", "城镇新增就业6000人", "县人社局", "县教育局、县民政局", "2022年12月底前"),
)
_FORMS = {
    "labels in a bracket": "{no}.{text}（牵头单位：{lead}；责任单位：{others}；完成时限：{day}）\n",
    "verbs in a bracket": "{no}.{text}（{lead}牵头，{others}配合，{day}完成）\n",
    "labels on lines": "{no}.{text}\n牵头单位：{lead}\n责任单位：{others}\n完成时限：{day}\n",
    "a list in a bracket": "{no}.{text}（{lead}、{others}按职责分工负责）\n",
}


def _write_plan(form: str) -> str:
    text = _HEAD
    for no, (heading, words, lead, others, day) in enumerate(_TASKS, 1):
        text += f"{heading}\n" if heading else ""
        text += form.format(no=no, text=words + _TAIL, lead=lead, others=others, day=day)
    return text


def _break_lines(text: str, width: int) -> list[str]:
    """Return the lines of a text, paragraphs indented, with ``width`` full characters a line."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        rest = f"\u3000\u3000{paragraph}"
        while rest:
            used, end = 0.0, 0
            while end < len(rest) and used + (0.5 if rest[end].isascii() else 1.0) <= width:
                used += 0.5 if rest[end].isascii() else 1.0
                end += 1
            end += rest[end : end + 1] in tuple(_HANGS)
            lines.append(rest[:end])
            rest = rest[end:]
    return lines


def _typeset(text: str, width: int, digits: str, columns: int = 1) -> bytes:
    """Return a PDF of a text, pages without numbers; ``digits`` is the font of ASCII."""
    pdfmetrics.registerFont(TTFont("han", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"))
    stream = io.BytesIO()
    step = width * _SIZE + _GUTTER
    canvas = Canvas(stream, pagesize=(2 * _LEFT + columns * step - _GUTTER, 842), invariant=True)
    y, column = _TOP, 0
    for line in _break_lines(text, width):
        x = _LEFT + column * step
        for is_ascii, chars in groupby(line, key=str.isascii):
            part, font = "".join(chars), digits if is_ascii else "han"
            canvas.setFont(font, _SIZE)
            canvas.drawString(x, y, part)
            x += pdfmetrics.stringWidth(part, font, _SIZE)
        y -= _LEADING
        if y < _FOOT:
            y, column = _TOP, column + 1
            if column == columns:
                canvas.showPage()
                column = 0
    canvas.save()
    return stream.getvalue()


def _read(path: Path, content: bytes) -> list[tuple[str, str, list[tuple[str, str]]]]:
    path.write_bytes(content)
    tables = extract_file(path).tables
    bodies = tables["responsibilities"]
    return [
        (
            "".join(row.text.split()),
            str(row.deadline_raw).replace("\n", ""),
            sorted(
                zip(*bodies[bodies.measure_id == row.measure_id][["role", "agency_label"]].to_numpy().T, strict=True)
            ),
        )
        for row in tables["measures"].itertuples()
    ]


@pytest.mark.parametrize("name", _FORMS)
@pytest.mark.parametrize("digits", ["han", "Times-Roman"])
def test_line_and_page_breaks_change_nothing(tmp_path, name, digits):
    text = _write_plan(_FORMS[name])
    expected = _read(tmp_path / "plan.txt", text.encode())
    assert len(expected) == len(_TASKS)
    for width in (18, 23, 27, 32, 38):
        assert _read(tmp_path / "plan.pdf", _typeset(text, width, digits)) == expected, f"{width} characters a line"


@pytest.mark.parametrize("name", _FORMS)
def test_pages_in_two_columns_are_read_column_by_column(tmp_path, name):
    text = _write_plan(_FORMS[name])
    expected = _read(tmp_path / "plan.txt", text.encode())
    for width in (17, 22):
        assert _read(tmp_path / "plan.pdf", _typeset(text, width, "Times-Roman", columns=2)) == expected


def test_the_lines_are_full_and_hold_the_text():
    text = _write_plan(_FORMS["verbs in a bracket"])
    lines = _break_lines(text, 20)
    assert "".join(lines).replace("\u3000", "") == text.replace("\n", "")
    assert all(first.startswith("\u3000") or len(first) <= 41 for first, _ in pairwise(lines))


def test_the_next_item_is_not_the_end_of_a_full_line(tmp_path):
    """Without indents an item whose last line is full by chance is not joined with the heading below it."""
    item = "1.实施工业项目三十个并完成全部投资（县发改委牵头）"
    text = f"2022年重点任务分解方案\n{item}\n二、改善民生\n2.新建公办幼儿园三所并改扩建中小学（县教育局牵头）\n3.城镇新增就业六千人以上（县人社局牵头）\n"
    lines = text.replace("\n", "\n").splitlines()
    pdfmetrics.registerFont(TTFont("han", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(2 * _LEFT + 26 * _SIZE, 842), invariant=True)
    canvas.setFont("han", _SIZE)
    for place, line in enumerate(lines):
        canvas.drawString(_LEFT, _TOP - place * _LEADING, line)
    canvas.save()
    measures = _read(tmp_path / "plan.pdf", stream.getvalue())
    assert [text for text, _, _ in measures] == [
        "实施工业项目三十个并完成全部投资",
        "新建公办幼儿园三所并改扩建中小学",
        "城镇新增就业六千人以上",
    ]
