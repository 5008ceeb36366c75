"""From what is drawn on a page to what a table is made of: rules that are a table's, text without overprint."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planextract.layout.decoration import find_decoration, has_free_ends
from planextract.layout.drawn_rules import signs_to_strokes
from planextract.layout.fills import fills_to_strokes
from planextract.layout.lattice import strokes_to_rules
from planextract.layout.overprint import part_overprint
from planextract.layout.text_columns import drop_column_rules
from planextract.model.page import PageArrays


def prepare_page(page: PageArrays) -> PageArrays:
    """Make rules of drawn signs, take overprint and lines of text out of a page, add the rules of its colored areas.

    Returns:
        The page with ``overprint`` and ``is_struck``; itself where nothing is to be done.
    """
    page = drop_column_rules(signs_to_strokes(part_overprint(page)))
    if not len(page.fills) and not has_free_ends(page.horizontals, page.verticals):
        return page
    vertical = strokes_to_rules(page.verticals, is_horizontal=False)
    decoration = find_decoration(page, vertical)
    if decoration.is_text_line.any():
        page = replace(page, horizontals=page.horizontals[~decoration.is_text_line], is_struck=decoration.is_struck)
    if len(page.fills):
        more_h, more_v = fills_to_strokes(page, strokes_to_rules(page.horizontals, is_horizontal=True), vertical)
        if len(more_h) or len(more_v):
            page = replace(
                page,
                horizontals=np.concatenate([page.horizontals, more_h]),
                verticals=np.concatenate([page.verticals, more_v]),
            )
    return page
