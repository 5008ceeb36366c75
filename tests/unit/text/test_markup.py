import pytest

from planextract.text.markup import resolve_markup, tidy_list, tidy_prose


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("PM_{2.5}", "PM2.5", id="subscript"),
        pytest.param("（PM _{2.5} ）浓度", "（PM2.5）浓度", id="subscript with OCR spaces"),
        pytest.param("PM_{ 2 . 5 }", "PM2.5", id="spaces inside the braces"),
        pytest.param("O₃和CO₂", "O3和CO2", id="Unicode subscripts"),
        pytest.param("PM<sub>2.5</sub>", "PM2.5", id="HTML subscript"),
        pytest.param(r"$\mathrm{PM}_{2.5}$浓度", "PM2.5浓度", id="formula"),
        pytest.param(r"$\mathrm { P M } _ { 2 . 5 }$", "PM2.5", id="formula with spaces"),
        pytest.param(r"\(60\%\)以上", "60%以上", id="formula in round brackets"),
        pytest.param(r"$\geq 60\%$", "≥60%", id="comparison and percent"),
        pytest.param(r"$\frac{1}{2}$", r"$\frac{1}{2}$", id="a formula with another command stays as printed"),
        pytest.param("m^{3}", "m³", id="superscript"),
        pytest.param("m^3/d", "m³/d", id="superscript without braces"),
        pytest.param("m<sup>2</sup>", "m²", id="HTML superscript"),
        pytest.param("①㎡³", "①㎡³", id="published signs survive"),
        pytest.param("⼯作措施", "工作措施", id="Kangxi radical"),
        pytest.param("A&amp;B &lt;5%&gt; &#8805;", "A&B<5%>≥", id="entities"),
        pytest.param("A&B；C&D;", "A&B；C&D;", id="an ampersand that is no entity"),
        pytest.param("5<6，7>6", "5<6，7>6", id="comparison signs are no tags"),
        pytest.param("价格$5和$6", "价格5和6", id="two dollar signs are taken for a formula"),
        pytest.param("<b>加粗</b><span style='x'>文字</span>", "加粗文字", id="inline tags"),
        pytest.param("file_name", "file_name", id="an underscore in a word"),
        pytest.param("零\u200b宽", "零宽", id="zero-width space"),
    ],
)
def test_one_line(raw, clean):
    assert tidy_prose(raw)[0] == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("<p>甲。</p><p>乙。</p>", "甲。\n乙。", id="paragraph tags"),
        pytest.param("甲。 乙。", "甲。\n乙。", id="a space after a full stop opens a paragraph"),
        pytest.param("“甲。” 乙。", "“甲。”\n乙。", id="with a closing quote between"),
        pytest.param("甲乙<br>丙丁。", "甲乙丙丁。", id="a break inside a sentence is the printer's"),
        pytest.param("甲乙。<br/>丙丁。", "甲乙。\n丙丁。", id="a break after a sentence opens a paragraph"),
        pytest.param("目标\n1.甲\n2.乙", "目标\n1.甲\n2.乙", id="list items"),
        pytest.param("目标\n（一）甲\n①乙", "目标\n（一）甲\n①乙", id="other list marks"),
        pytest.param("达到2021\n年底", "达到2021年底", id="a number at the start of a line is no list item"),
        pytest.param("Wi\nFi", "Wi Fi", id="Latin words keep a space"),
        pytest.param("甲\n\n乙", "甲乙", id="a blank line inside a sentence"),
        pytest.param("甲。\n\n乙", "甲。\n乙", id="a blank line after a sentence"),
        pytest.param("甲<p>乙", "甲\n乙", id="a paragraph tag cuts even a sentence"),
        pytest.param("降低PM_{2.5}<p>乙", "降低PM2.5\n乙", id="a subscript does not eat the paragraph behind it"),
        pytest.param("指标PM_{2.5}\n1.乙", "指标PM2.5\n1.乙", id="nor the line"),
        pytest.param("PM\n_{2.5}浓度", "PM2.5浓度", id="a subscript on the next line"),
        pytest.param("甲 \n 乙", "甲乙", id="spaces around a break"),
        pytest.param("", "", id="empty"),
        pytest.param("<p></p>", "", id="tags only"),
    ],
)
def test_paragraphs(raw, clean):
    assert tidy_prose(raw)[0] == clean


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        pytest.param("区教委 区财政局", ["区教委", "区财政局"], id="space"),
        pytest.param("<p>区教委</p><p>区财政局</p>", ["区教委", "区财政局"], id="paragraphs"),
        pytest.param("区教委<br>区财政局", ["区教委", "区财政局"], id="line break"),
        pytest.param("区教委\n\n  区财政局 ", ["区教委", "区财政局"], id="blank lines"),
        pytest.param("", [], id="empty"),
    ],
)
def test_lists_keep_their_lines(raw, lines):
    assert tidy_list(raw)[0].split("\n") == (lines or [""])


def test_steps_lead_from_printed_to_clean():
    text, steps = tidy_prose("PM _{2.5} 下降。")
    assert [step.rule for step in steps] == ["ocr_markup"]
    assert (steps[0].before, steps[-1].after) == ("PM _{2.5} 下降。", text)


def test_clean_text_takes_no_step():
    assert tidy_prose("空气质量持续改善。") == ("空气质量持续改善。", ())


def test_markup_alone_keeps_white_space():
    assert resolve_markup("区 教委\n<b>区</b>") == "区 教委\n区"
