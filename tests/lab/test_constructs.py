"""The constructs lab: a few variants of every kind that is mended are right; more are measured by its command."""

from __future__ import annotations

import pytest

from tests.lab.by_reportlab import find_fonts
from tests.lab.constructs.by_reportlab import print_reportlab
from tests.lab.constructs.by_tricks import print_trick
from tests.lab.constructs.by_word import make_docx
from tests.lab.constructs.registry import make_variant
from tests.lab.constructs.score import MARKED, RIGHT, judge

_RIGHT = [
    "base",
    "page_frame",
    "white_header",
    "white_rules",
    "tiles",
    "short_strokes",
    "underline",
    "no_column_rule",
    "no_row_rule",
    "band_rows",
    "gray_header",
    "overprint",
    "struck",
    "short_page",
    "sideways",
    "name_tail",
    "blank_label",
    "number_in_name",
    "reprinted",
    "reworded",
    "nested",
    "bare_labels",
    "level_rules",
    "zebra",
    "cell_boxes",
    "box_drawing",
]

_TRICKS = ["type3_font", "crop_box", "form_fields", "tiny_words", "picture_rules", "twin_tables", "invisible_words"]


@pytest.mark.skipif(not find_fonts(), reason="the fonts are not installed")
@pytest.mark.parametrize("kind", _RIGHT)
def test_kind_is_read_right(kind: str) -> None:
    for seed in range(3):
        variant = make_variant(kind, seed)
        outcome = judge(print_reportlab(variant), f"{kind}-{seed}.pdf", variant.truth)
        assert outcome.result == RIGHT, (seed, outcome.message)


@pytest.mark.skipif(not find_fonts(), reason="the fonts are not installed")
@pytest.mark.parametrize("kind", _TRICKS)
def test_what_a_pdf_says_oddly_is_read_right(kind: str) -> None:
    for seed in range(3):
        variant = make_variant(kind, seed)
        outcome = judge(print_trick(variant), f"{kind}-{seed}.pdf", variant.truth)
        assert outcome.result == RIGHT, (seed, outcome.message)


@pytest.mark.skipif(not find_fonts(), reason="the fonts are not installed")
@pytest.mark.parametrize("kind", ["curves", "white_patches", "no_unicode"])
def test_what_cannot_be_read_is_marked(kind: str) -> None:
    results = set()
    for seed in range(4):
        variant = make_variant(kind, seed)
        results.add(judge(print_trick(variant), f"{kind}-{seed}.pdf", variant.truth).result)
    assert MARKED in results and results <= {RIGHT, MARKED}


def test_struck_runs_of_word_are_left_out() -> None:
    for seed in range(3):
        variant = make_variant("struck", seed)
        outcome = judge(make_docx(variant), f"struck-{seed}.docx", variant.truth)
        assert outcome.result == RIGHT, (seed, outcome.message)
