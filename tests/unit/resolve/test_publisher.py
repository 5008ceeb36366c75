"""The code of the body that publishes a document, as the page's index number prints it."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planextract import extract_file
from planextract.text.credit_code import read_credit_code

_CODE = "11341602003165628D"
_HEADER = "序号\t重点任务\t工作措施\t完成时限\t主责单位\t协办单位"
_PLAN = f"""{{fields}}
{{issuer}}关于印发《谯城区2025年工作行动计划》的通知

各有关单位：

{{issuer}}

2025年4月1日

附件

谯城区2025年工作行动计划

{_HEADER}
1\t治水\t整治河道。\t年底前\t区水利局\t---
2\t育人\t新建学校。\t年底前\t区教育局\t---
3\t就业\t组织招聘。\t年底前\t区人社局\t---
"""


def _publisher(folder, index_no: str, issuer: str = "亳州市谯城区人民政府办公室", publisher: str = ""):
    fields = f"索引号：{index_no}\n信息分类：通知\n有效性：有效\n发布日期：2025-04-02\n"
    fields += f"发布机构：{publisher}\n" if publisher else ""
    path = folder / "plan.txt"
    path.write_text(_PLAN.format(fields=fields, issuer=issuer), encoding="utf-8")
    return extract_file(path).publisher


def test_the_body_that_publishes_has_the_code_of_the_index_number(tmp_path):
    body = _publisher(tmp_path, f"{_CODE}/202504-00012")
    assert body is not None and (body.full_name, body.uscc) == ("安徽省亳州市谯城区人民政府办公室", _CODE)


@pytest.mark.parametrize(
    ("index_no", "publisher"),
    [
        pytest.param("11N000/ZK-2023-000021", "", id="an index number without a code"),
        pytest.param("11341602003165628E/202504-00012", "", id="a wrong check character"),
        pytest.param(f"{_CODE}/202504-00012", "谯城区数据共享管理中心", id="published by a body that nobody knows"),
        pytest.param("11330327002563410K/2025-00012", "", id="the code of another province"),
    ],
)
def test_no_code_is_given_to_a_body_that_it_may_not_be_of(tmp_path, index_no, publisher):
    assert _publisher(tmp_path, index_no, publisher=publisher) is None


@given(st.integers(0, 17), st.sampled_from(string.digits + string.ascii_uppercase))
def test_one_changed_character_of_a_code_is_seen(place, character):
    changed = _CODE[:place] + character + _CODE[place + 1 :]
    assert (read_credit_code(changed) is not None) == (changed == _CODE)
