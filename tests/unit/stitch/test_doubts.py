"""Which rows need a look because of what stands behind their table."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from planextract.label.document import label_document
from planextract.model.decision import Bound
from planextract.model.source import SourceDocument, SourceText
from planextract.stitch.doubts import doubt_lines_behind
from planextract.stitch.settings import StitchSettings
from planextract.stitch.walk import stitch_document
from tests.builders import NoWords
from tests.unit.stitch.test_documents import NAMES, WORDS, make_blocks


@pytest.mark.parametrize(
    ("lines", "is_said"),
    [
        (("司、区人民法院、区发",), True),
        (("— 3 —", "司、区人民法院、区发"), True),
        (("区教委 区财政局",), True),
        (("抄送：市委办公厅、市人大常委会办公厅",), False),
        (("注：各项任务完成情况纳入年度考核。",), False),
        (("此件公开发布",), False),
        (("2022年3月1日印发",), False),
        ((), False),
    ],
)
def test_names_alone_at_the_top_of_the_next_page_may_be_the_last_rows(lines: tuple[str, ...], is_said: bool) -> None:
    blocks = make_blocks(
        "序号|重点任务|工作措施|完成时限|责任单位/1|造林|植树造林两万亩。|年底前|市排水集团一分公",
        *["---"] * bool(lines),
        *lines,
    )
    source = SourceDocument(
        doc_id="0" * 16,
        source_path="a.pdf",
        media_type="",
        reader="pdf",
        page_count=2,
        blocks=tuple(blocks),
        printed="",
    )
    found = stitch_document(label_document(source, WORDS), StitchSettings(), NoWords(), NAMES, Bound())
    last = found.tables[0].rows[-1].pieces[-1][-1].cell.cell_id
    said = [(item.code, item.cell_id) for item in found.trail.findings]
    assert said == [("stitch.doubtful_row", last)] * is_said


def test_names_below_the_table_on_its_own_page_are_none_of_its_last_row() -> None:
    behind = [SourceText(page=1, raw_text="区教委、区财政局")]
    row = SimpleNamespace(kind="data", pieces=())
    assert not list(doubt_lines_behind([row], 1, behind))
    assert not list(doubt_lines_behind((), 0, behind))
