import pytest

from planextract.resolve.cell_names import split_agency_cell

from ...builders import FakeNames

NAMES = FakeNames(
    "区教委",
    "区财政局",
    "区生态环境局",
    "区科学技术和信息化局",
    "市规划自然资源委西城分局",
    "各街道办事处",
    "街道办事处",
    "某邮政集团",
    by_rule=["区市场监管局西城所"],
)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        pytest.param("区教委", ["区教委"], id="one"),
        pytest.param("区教委\n区财政局", ["区教委", "区财政局"], id="one a line"),
        pytest.param("区教委、区财政局，各街道办事处", ["区教委", "区财政局", "各街道办事处"], id="separators"),
        pytest.param("区科学技术和\n信息化局", ["区科学技术和信息化局"], id="a known name wrapped"),
        pytest.param("市规划自然\n资源委西城\n分局", ["市规划自然资源委西城分局"], id="wrapped over three lines"),
        pytest.param(
            "区教委\n区科学技术和\n信息化局\n区财政局",
            ["区教委", "区科学技术和信息化局", "区财政局"],
            id="wrapped between others",
        ),
        pytest.param("区教委区财政局", ["区教委", "区财政局"], id="glued known names"),
        pytest.param("区教委及区财政局", ["区教委", "区财政局"], id="joined by a word, which is of neither name"),
        pytest.param("区教委等各街道办事处", ["区教委", "各街道办事处"], id="an open list goes on with a known term"),
        pytest.param("各区、县级市，区教委", ["各区、县级市", "区教委"], id="a mark inside a term of divisions"),
        pytest.param("区市场监管\n局西城所", ["区市场监管局西城所"], id="a name that a rule links, wrapped"),
        pytest.param("某某某局\n另一个局", ["某某某局", "另一个局"], id="unknown names stay apart"),
        pytest.param("区某某某某某某发展\n促进中心", ["区某某某某某某发展促进中心"], id="a long unknown name wrapped"),
        pytest.param(
            "区体育局、区\n某某城乡建设委", ["区体育局", "区某某城乡建设委"], id="a wrap where marks part unknown names"
        ),
        pytest.param(
            "区乙司、区某\n民检察院", ["区乙司", "区某民检察院"], id="a wrap inside a name where marks part names"
        ),
        pytest.param(
            "区甲局、某地公安分局\n区乙局", ["区甲局", "某地公安分局", "区乙局"], id="a mark forgotten at a line's end"
        ),
        pytest.param("区甲局、展某路\n街道办事处", ["区甲局", "展某路街道办事处"], id="an owner's name ends a name"),
        pytest.param("区甲局\n街道办事处", ["区甲局", "街道办事处"], id="behind a whole name it is an owner"),
        pytest.param("区甲局、某市排水集团\n一分公司", ["区甲局", "某市排水集团一分公司"], id="a numbered branch"),
        pytest.param(
            "区教委\n某邮政集团\n公司某京市西\n城区分公司",
            ["区教委", "某邮政集团公司某京市西城区分公司"],
            id="no name begins with 公司",
        ),
        pytest.param("区某街道\n办事处\n区教委", ["区某街道办事处", "区教委"], id="an ending alone is no name"),
        pytest.param("甲街道办\n事处\n区教委", ["甲街道办事处", "区教委"], id="a line that is the rest of an ending"),
        pytest.param("区妇\n联\n某房管局", ["区妇联", "某房管局"], id="a line of one character is no name"),
        pytest.param("某办公\n室\n乙坊街道\n办事处", ["某办公室", "乙坊街道办事处"], id="two wrapped names stay two"),
        pytest.param("区民族宗教\n侨务办\n区教委", ["区民族宗教侨务办", "区教委"], id="a line as long as the column"),
        pytest.param("某人大常委会\n办公室", ["某人大常委会办公室"], id="an ending that is no name"),
        pytest.param("区\n残联\n区教委", ["区残联", "区教委"], id="a level word alone begins a name"),
        pytest.param("工商联\n教育局\n公安局", ["工商联", "教育局", "公安局"], id="names as long as the column"),
        pytest.param(
            "甲武装部\n某税务局\n丙栏街道\n办事处", ["甲武装部", "某税务局", "丙栏街道办事处"], id="no name of three"
        ),
        pytest.param(
            "丁邮政集团公司\n北京市戊己区分公司", ["丁邮政集团公司北京市戊己区分公司"], id="a branch names its firm"
        ),
        pytest.param("区教委（牵头、统筹）", ["区教委（牵头、统筹）"], id="a separator inside brackets"),
        pytest.param("区教委；", ["区教委"], id="trailing separator"),
        pytest.param("、、区教委", ["区教委"], id="leading separators"),
        pytest.param("", [], id="empty"),
        pytest.param("---", [], id="explicit none"),
        pytest.param("—\n—", [], id="explicit none over two lines"),
    ],
)
def test_names_in_order(cell, names):
    assert [name.raw_text for name in split_agency_cell(cell, NAMES)] == names


def test_line_counts_tell_how_a_name_was_wrapped():
    found = split_agency_cell("区教委\n区科学技术和\n信息化局", NAMES)
    assert [name.line_count for name in found] == [1, 2]


@pytest.mark.slow
def test_a_very_long_cell_is_cut_in_linear_time():
    assert len(split_agency_cell("区教委、" * 50_000, NAMES)) == 50_000
