"""The real notice, printed by three producers, says what its text says."""

from __future__ import annotations

import pytest

import planextract
from planextract.write.rows import make_rows
from tests.lab import PRODUCERS, find_missing, typeset
from tests.lab.notice import make_notice
from tests.lab.placement import find_placement

# What depends on the file and its pages, and what a reader makes of its own evidence.
_OWN = frozenset(
    {
        "doc_id",
        "plan_id",
        "task_id",
        "measure_id",
        "source_path",
        "media_type",
        "reader",
        "page_count",
        "first_page",
        "last_page",
        "pages",
        "text_raw",
        "cell_ids",
        "confidence",
        "needs_review",
        "character_count",
    }
)
_TABLES = ("documents", "plans", "tasks", "measures", "responsibilities", "targets", "mentions")


@pytest.mark.parametrize("producer", PRODUCERS)
def test_the_notice_as_pdf_gives_the_tables_of_its_text(producer, extraction, tmp_path):
    missing = find_missing(producer)
    if missing:
        pytest.skip(f"needs {missing}")
    notice = make_notice()
    pdf = typeset(notice, producer)
    assert find_placement(pdf, notice).page_count == 31, "two pages of notice, 29 of tables"
    path = tmp_path / "notice.pdf"
    path.write_bytes(pdf)
    read = planextract.extract_file(path)
    assert _strip(read) == _strip(extraction)
    cut = [b.row_decision for b in extraction.boundaries]
    assert [b.row_decision for b in read.boundaries] == cut


def _strip(extraction):
    rows = make_rows(extraction, "")
    return {
        name: [
            {k: v for k, v in row.items() if k not in _OWN and not k.startswith("confidence_")} for row in rows[name]
        ]
        for name in _TABLES
    }
