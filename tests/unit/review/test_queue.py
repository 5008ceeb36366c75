"""Every row that needs a look stands in the queue, with its reason."""

from __future__ import annotations

from planextract.review.page.queue import build_items
from planextract.review.page.workspace import load_workspace

from ...conftest import run_cli


def test_every_row_that_needs_a_look_is_asked_about(root, tmp_path):
    run_cli("run", str(root / "examples"), "-o", str(tmp_path / "out"), check=True)
    workspace = load_workspace(tmp_path / "out")
    (document,) = workspace.documents.values()
    wanted = {m.measure.measure_id for m in document.measures.values() if m.measure.needs_review}
    items = [item for item in build_items(workspace, {}, {}) if item.severity in ("error", "warning")]
    assert len(wanted) > 2
    assert {item.measure_id for item in items if item.doubts} == wanted
    unsure = [doubt for item in items for doubt in item.doubts if doubt.code == "review:unsure_row"]
    assert unsure, "some of them no finding asks for"
    assert all(doubt.message and doubt.message.chinese != doubt.message and doubt.cell_id for doubt in unsure)
