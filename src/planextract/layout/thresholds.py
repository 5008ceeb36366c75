"""Every threshold of page geometry: what it says, its unit, and where it was measured (docs/benchmarks-pdf.md).

Points are PDF points (1/72 inch), an em is the height of the letters beside it, a share is one of what the unit names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def held(lower: int, higher: int) -> str:
    """Say how many of the lab's 65 documents (one a kind) are read otherwise a fifth lower, and a fifth higher.

    Counted on 30 November 2026 by ``python -m tests.benchmark.thresholds --write``.
    """
    return f"set by hand; of 65 documents of the lab {lower} change a fifth lower, {higher} a fifth higher"


def at(value: float, unit: str, meaning: str, measured: str) -> Any:  # noqa: ANN401  (a field stands for its value)
    """Return the field of a threshold with its default, unit, meaning, and where it was measured."""
    return field(default=value, metadata={"unit": unit, "meaning": meaning, "measured": measured})


_UNMOVED = held(0, 0)
_BY_HAND = "set by hand; what a fifth lower or higher changes was not counted yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class BandedThresholds:
    """Rows between level rules alone (``banded.py``)."""

    step_pt: float = at(0.5, "pt", "resolution of the search for column gaps", held(0, 1))
    min_gap_em: float = at(0.3, "em", "narrowest gap between columns", held(0, 1))
    min_gap_pt: float = at(2.0, "pt", "narrowest gap between columns", _UNMOVED)
    many_bands: int = at(3, "count", "bands of text that keep no narrow strip free by chance", _BY_HAND)
    narrow_pt: float = at(1.5, "pt", "narrowest gap below wide room in the header", _BY_HAND)
    crossed: float = at(0.2, "share", "share of bands whose text may run over a gap: titles of sections", _UNMOVED)
    filled: float = at(0.6, "share", "share of bands with text on both sides of a gap", _UNMOVED)
    least_columns: int = at(3, "count", "fewest columns of a table of level rules", _UNMOVED)
    side_pt: float = at(3.0, "pt", "room left at the sides of the table", _UNMOVED)
    cut_row_gap: float = at(
        0.9, "share of the height", "widest room between lines of a row that the page cuts", _BY_HAND
    )
    cut_row_pad: float = at(
        1.6, "share of the height", "widest room between a rule and a row that the page cuts", _BY_HAND
    )
    furniture_lines: float = at(1.6, "lines", "what stands between such a row and the end of the page", _BY_HAND)
    empty_pt: float = at(3.0, "pt", "a band without text so low is a double rule", _UNMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellBoxesThresholds:
    """Cells of another reader (``cell_boxes.py``)."""

    snap_pt: float = at(3.0, "pt", "sides of cells nearer than this are one", _UNMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecorationThresholds:
    """Underlines and strikes (``decoration.py``)."""

    touch_pt: float = at(1.2, "pt", "a rule that ends so near to a column rule meets it", _UNMOVED)
    same_line_pt: float = at(0.7, "pt", "strokes nearer than this are one line", _UNMOVED)
    overhang: float = at(0.35, "share of the height", "how far a line may reach beyond its letters", _UNMOVED)
    covered: float = at(0.75, "share", "share of a line that stands below letters", _UNMOVED)
    middle: float = at(
        0.22, "share of the height", "a line this near to the middle of its letters is a strike", _UNMOVED
    )
    below: float = at(0.3, "share of the height", "a line this near below its letters is an underline", _UNMOVED)
    low: float = at(0.6, "share of the height", "a lower sign of the line goes with its letters", _BY_HAND)


@dataclass(frozen=True, slots=True, kw_only=True)
class FillsThresholds:
    """Colored areas (``fills.py``)."""

    min_width_pt: float = at(6.0, "pt", "narrowest area that can be a cell", _UNMOVED)
    min_height_pt: float = at(6.0, "pt", "lowest area that can be a cell", _UNMOVED)
    most: int = at(400, "count", "most areas of one page that are looked at", _UNMOVED)
    page_share: float = at(0.7, "share of the page", "a larger area is a background", _UNMOVED)
    gap_pt: float = at(3.5, "pt", "between tiles", _UNMOVED)
    same_pt: float = at(2.0, "pt", "sides of neighbours", _UNMOVED)
    step_pt: float = at(0.4, "pt", "beside a side, where the colors are compared", _UNMOVED)
    seen: float = at(0.6, "share", "share of a side that must be seen", _UNMOVED)
    near_letters_pt: float = at(1.2, "pt", "an area as near as this to its letters marks them", _UNMOVED)
    least_rows: int = at(3, "count", "fewest rows of a column of bands", _UNMOVED)
    least_tile_columns: int = at(3, "count", "fewest columns of a grid of areas of one color", _BY_HAND)
    filled_first: float = at(0.8, "share", "share of its rows with a first cell, and of its cells with text", _BY_HAND)
    touch_pt: float = at(0.6, "pt", "areas right below each other", _BY_HAND)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRulesThresholds:
    """Cells cut where a rule is missing (``missing_rules.py``)."""

    cross: float = at(0.2, "share of the width", "a letter that reaches so far over a line stands across it", _UNMOVED)
    min_gap_pt: float = at(2.5, "pt", "room beside a column line", _UNMOVED)
    min_gap_em: float = at(0.3, "em", "room beside a column line", _UNMOVED)
    core: float = at(0.16, "share of the height", "letters of tight lines overlap", _UNMOVED)
    aligned_em: float = at(0.4, "em", "lines that begin within this below a gap begin there", _UNMOVED)
    most_columns: float = at(0.7, "share", "as many begin anew below room that parts rows", _UNMOVED)
    half_columns: float = at(0.7, "share", "columns with text on both sides of room that may part two rows", _BY_HAND)
    room_em: float = at(0.45, "em", "room between rows beyond the usual one between lines", _UNMOVED)
    min_band_em: float = at(0.55, "em", "lowest band that can be a row", _UNMOVED)
    wider_em: float = at(0.25, "em", "room that is wider than any other by so much parts rows", _UNMOVED)
    most_letters: int = at(300, "count", "of a cell that holds nothing but numbers", _UNMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverflowThresholds:
    """What is drawn beyond its cell (``overflow.py``)."""

    pitch: float = at(
        1.7, "share of the height", "from the middle of a line to the middle of the next one of a cell", _UNMOVED
    )
    side_pt: float = at(1.0, "pt", "how far text may reach over the side of its cell", _UNMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverprintThresholds:
    """Watermarks and text over text (``overprint.py``)."""

    large: float = at(1.9, "share of the usual height", "larger letters are a watermark's", _UNMOVED)
    core: float = at(
        0.2, "share of the size", "what is left out on each side of a box, so that tight lines do not meet", _UNMOVED
    )
    most: float = at(0.4, "share", "share of a page's characters: more of one kind are its text", _UNMOVED)
    run_gap: float = at(3.0, "share of the height", "characters farther apart in drawing order are two runs", _UNMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphsThresholds:
    """Lines joined to paragraphs (``paragraphs.py``)."""

    indent_em: float = at(1.2, "em", "indent from which on a line opens a paragraph", held(2, 1))
    long: int = at(12, "count", "characters: running text, set to the left", _UNMOVED)
    min_steps: int = at(3, "count", "distances of lines that tell a column's usual one", _UNMOVED)
    spaced: float = at(
        1.2, "share of the usual distance of lines", "lines farther apart than this open a paragraph", held(13, 1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TallCellsThresholds:
    """Labels beside cells without rules (``tall_cells.py``)."""

    core: float = at(0.16, "share of the height", "letters of tight lines overlap", _UNMOVED)
    label_columns: int = at(3, "count", "most columns on the left that hold labels", _UNMOVED)
    least_labels: int = at(3, "count", "single lines that are labels without a number", _UNMOVED)
    word_gap: float = at(0.18, "share of the height", "a wider gap parts words", _UNMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperGapsThresholds:
    """A dark area with light patches on it (``paper_gaps.py``)."""

    least_patches: int = at(6, "count", "patches of a table", _BY_HAND)
    covered: float = at(0.8, "share", "share of the dark area that they cover", _BY_HAND)
    gap_pt: float = at(6.0, "pt", "widest rule that is left between them", _BY_HAND)


@dataclass(frozen=True, slots=True, kw_only=True)
class StripesThresholds:
    """Rows told by shaded stripes (``stripes.py``)."""

    same_pt: float = at(2.0, "pt", "sides as near as this are one", _UNMOVED)
    least_columns: int = at(2, "count", "fewest columns of a striped table", _UNMOVED)
    most_columns: float = at(
        0.6, "share", "share of the columns that a row above the first colored one fills", _BY_HAND
    )
    line_gap: float = at(1.0, "share of the height", "lines farther apart are no more of the row", _UNMOVED)
    pad: float = at(1.5, "share of the height", "room above the first line of a row", _UNMOVED)
    core: float = at(
        0.15, "share of the width", "a letter that reaches so far over a column line stands across it", _UNMOVED
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TextColumnsThresholds:
    """Columns of running text (``text_columns.py``)."""

    min_chars: int = at(160, "count", "fewest characters of a page that are looked at for columns", _UNMOVED)
    rarely_crossed: float = at(
        0.6,
        "share of the usual number of characters above each other",
        "of the usual number of characters above each other",
        _UNMOVED,
    )
    min_gutter: float = at(0.8, "share of the height", "narrowest gap between two columns", _UNMOVED)
    min_rows: int = at(8, "count", "fewest rows of two columns", _UNMOVED)
    min_rows_in_zone: int = at(2, "count", "fewest rows of two columns in a part of a page", _UNMOVED)
    min_width: float = at(8.0, "characters", "characters in a line of a column", _UNMOVED)
    full: float = at(1.6, "characters", "characters of room behind a full line", _UNMOVED)
    even: float = at(0.1, "share of the width", "columns that differ by less are of one width", _UNMOVED)
    row_gap: float = at(0.5, "share of the height", "centers farther apart are two rows", _UNMOVED)
    em_of_height: float = at(0.75, "share of the height", "size of a letter in the height of its box", _BY_HAND)
    level_weight: float = at(3.0, "lines", "lines that must begin at a strip for each that crosses it", _BY_HAND)
    apart: float = at(1.25, "share of the usual step", "a wider step sets a heading apart", _BY_HAND)
    other_size: float = at(0.12, "share of the height", "so much larger or smaller letters are a heading's", _BY_HAND)
    blank: float = at(0.8, "share of the usual step", "so much room below a line is a blank line's", _BY_HAND)
    rule_lines: float = at(6.0, "lines", "shortest rule between columns", _BY_HAND)
    touch_pt: float = at(1.5, "pt", "a level rule so near to an upright one meets it", _BY_HAND)
    widest_gutter: float = at(6.0, "lines", "room from a rule between columns to the right one", _BY_HAND)
    lone_rows: int = at(2, "count", "rows at the head of a right column that stand over the left one", _BY_HAND)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunksThresholds:
    """Runs of characters on one line (``chunks.py``)."""

    line_reach: float = at(0.42, "share of the height", "characters nearer to a line's middle belong to it", _UNMOVED)
    chunk_gap: float = at(0.5, "share of the height", "a wider gap may part two columns", _UNMOVED)
    leader_em: float = at(1.5, "em", "so long, or so many signs, and nothing else between them", _UNMOVED)
    leader_count: int = at(4, "count", "so long, or so many signs, and nothing else between them", _UNMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtentsThresholds:
    """Where lines may be a table (``extents.py``)."""

    wide_gap: float = at(0.8, "share of the height", "a gap that is no word space", _UNMOVED)
    beside: float = at(0.35, "share of the height", "lines that overlap by so much stand in one row", _UNMOVED)
    same_end_pt: float = at(8.0, "pt", "rules of one table end alike", _UNMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class LatticeThresholds:
    """Grids of rulings (``lattice.py``)."""

    snap_pt: float = at(3.0, "pt", "rules nearer than this are one: double rules, both sides of a thick one", _UNMOVED)
    sliver_pt: float = at(
        4.5, "pt", "rules of one table nearer than this have no text between them: boxes of cells set apart", _UNMOVED
    )
    same_pt: float = at(0.7, "pt", "strokes of one line, drawn cell by cell", _UNMOVED)
    join_gap_pt: float = at(4.0, "pt", "gaps between dashes and between per-cell segments", _UNMOVED)
    touch_pt: float = at(4.0, "pt", "a rule that ends this near to another meets it", _UNMOVED)
    least_short: int = at(3, "count", "row rules that end short of one column rule", _BY_HAND)
    short_pt: float = at(8.0, "pt", "row rules that all end so near to a column rule end at it", _BY_HAND)
    covered: float = at(0.5, "share", "share of a cell's side that a rule must cover to be its edge", _UNMOVED)
    min_side_pt: float = at(2.5, "pt", "shortest side of a cell", _UNMOVED)
    min_bare: int = at(3, "count", "column rules, and their length, that make a table without any row rule", _UNMOVED)
    min_bare_pt: float = at(
        12.0, "pt", "column rules, and their length, that make a table without any row rule", _UNMOVED
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesThresholds:
    """Lines of text (``lines.py``)."""

    line_gap: float = at(0.5, "share of the height", "centers farther apart are two lines", _UNMOVED)
    word_gap: float = at(0.22, "share of the height", "a space between Latin words", _UNMOVED)
    wide_gap: float = at(1.2, "share of the height", "a space between any two characters", held(2, 1))
    covers: float = at(0.5, "share of the width", "letters that stand over each other", _UNMOVED)
    same_place: float = at(0.25, "share of the width", "the same character drawn twice (fake bold)", _UNMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedThresholds:
    """Tables inside a cell (``nested.py``)."""

    strict_pt: float = at(1.2, "pt", "a rule that ends so near to another one ends at it", _UNMOVED)
    one_line_pt: float = at(
        0.7,
        "pt",
        "strokes of one line; the sides of a cell and of a table in it may be as near as double rules",
        _UNMOVED,
    )
    corner_pt: float = at(3.0, "pt", "a rule that crosses another one so near to its end ends there", _UNMOVED)
    regular_pt: float = at(4.0, "pt", "rules of a regular grid begin and end as near as this to each other", _UNMOVED)
    inside_pt: float = at(0.6, "pt", "from the sides around", _UNMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedThresholds:
    """Tables right below each other (``stacked.py``)."""

    most_shared: float = at(0.5, "share", "column lines that two tables may have in common by chance", _BY_HAND)
    least_rows: int = at(2, "count", "rows of other columns that are a table", _BY_HAND)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlocksThresholds:
    """A page in reading order (``page_blocks.py``)."""

    across_share: float = at(0.35, "share of the width", "it stands across the side of its cell", _UNMOVED)
    least_crossed: int = at(2, "count", "letters of a line that stand over others", _UNMOVED)
    most_crossed: float = at(0.3, "share", "share of a page's characters: more are a font's fault", _UNMOVED)
    drawn_share: float = at(
        0.98, "share of the cell", "what is as large in both directions is its background", _BY_HAND
    )
    across_count: int = at(3, "count", "characters on a page from which on the lattice is in doubt", _UNMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamThresholds:
    """Grids of aligned words (``stream.py``)."""

    step_pt: float = at(0.5, "pt", "resolution of the search for column gaps", _UNMOVED)
    crossed: float = at(0.26, "share", "share of lines that may run across a column gap (spanning headers)", _UNMOVED)
    full_width: float = at(
        0.8, "share", "share of the table's width from which on a rule is one of the table", _UNMOVED
    )
    min_gap_pt: float = at(2.0, "pt", "narrowest gap between columns", _UNMOVED)
    space_em: float = at(0.75, "em", "one space of a font, the same in so many lines", _UNMOVED)
    same_space_em: float = at(0.12, "em", "one space of a font, the same in so many lines", _UNMOVED)
    least_spaces: int = at(3, "count", "one space of a font, the same in so many lines", _UNMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesThresholds:
    """The choice between lattice and stream (``tables.py``)."""

    own_share: float = at(0.7, "share", "share of a region's text that a lattice must hold to be its table", _UNMOVED)
    least_boxes: int = at(12, "count", "cells of a flow chart, and what lies between them", _UNMOVED)
    least_stripes: int = at(4, "count", "cells of one column, most of them blank: a drawing", _UNMOVED)
    least_axes: int = at(30, "count", "cells between the lines of a chart", _BY_HAND)
    axes_filled: float = at(0.25, "share", "cells with text between the lines of a chart, at most", _BY_HAND)
    least_labels: int = at(3, "count", "rows with text between the lines of a chart, at least", _BY_HAND)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedThresholds:
    """Tables of aligned words (``aligned.py``)."""

    pad_pt: float = at(3.0, "pt", "room around a table whose text is its own", _UNMOVED)
    labelled: float = at(0.7, "share", "share of lines with a label left of the rules, and how far it may be", _UNMOVED)
    label_em: float = at(12.0, "em", "share of lines with a label left of the rules, and how far it may be", _UNMOVED)
    flush_pt: float = at(2.0, "pt", "lines of prose end alike", _UNMOVED)
    most_flush: float = at(0.6, "share", "lines of prose end alike", _UNMOVED)
    single_em: float = at(1.3, "em", "chunks of one letter: text set from top to bottom", _UNMOVED)
    least_letters: int = at(12, "count", "chunks of one letter: text set from top to bottom", _UNMOVED)
    vertical_share: float = at(0.7, "share", "chunks of one letter: text set from top to bottom", _UNMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRulesThresholds:
    """Tables drawn with signs (``drawn_rules.py``)."""

    least_crossings: int = at(4, "count", "fewest corners and crossings of a drawn table", _UNMOVED)
    least_bars: int = at(2, "count", "fewest upright bars of a drawn table", _UNMOVED)
    touch_em: float = at(0.7, "em", "signs of one rule are so near to each other", _UNMOVED)
    same_line_em: float = at(0.3, "em", "signs whose heights differ by less stand in one line", _UNMOVED)
    aligned_em: float = at(0.3, "em", "a bar stands so near to the x of a crossing", _UNMOVED)
    aligned_share: float = at(0.97, "share", "share of the bars that must stand below a crossing", _UNMOVED)
    least_level: int = at(3, "count", "fewest - or = in a row that are a rule", _BY_HAND)
    below_em: float = at(2.5, "em", "the next line's bar stands so near above or below a +", _BY_HAND)
    reach: float = at(0.55, "share of the distance of lines", "a bar reaches to the next line's bar", _UNMOVED)


# STEPS


@dataclass(frozen=True, slots=True, kw_only=True)
class PageGeometry:
    """All thresholds, by the step that reads them."""

    banded: BandedThresholds = BandedThresholds()
    cell_boxes: CellBoxesThresholds = CellBoxesThresholds()
    decoration: DecorationThresholds = DecorationThresholds()
    fills: FillsThresholds = FillsThresholds()
    missing_rules: MissingRulesThresholds = MissingRulesThresholds()
    overflow: OverflowThresholds = OverflowThresholds()
    overprint: OverprintThresholds = OverprintThresholds()
    paragraphs: ParagraphsThresholds = ParagraphsThresholds()
    tall_cells: TallCellsThresholds = TallCellsThresholds()

    stripes: StripesThresholds = StripesThresholds()
    paper_gaps: PaperGapsThresholds = PaperGapsThresholds()
    text_columns: TextColumnsThresholds = TextColumnsThresholds()

    chunks: ChunksThresholds = ChunksThresholds()
    extents: ExtentsThresholds = ExtentsThresholds()
    lattice: LatticeThresholds = LatticeThresholds()
    lines: LinesThresholds = LinesThresholds()
    nested: NestedThresholds = NestedThresholds()
    page_blocks: PageBlocksThresholds = PageBlocksThresholds()
    stacked: StackedThresholds = StackedThresholds()
    stream: StreamThresholds = StreamThresholds()
    tables: TablesThresholds = TablesThresholds()
    aligned: AlignedThresholds = AlignedThresholds()
    drawn_rules: DrawnRulesThresholds = DrawnRulesThresholds()


# FIELDS

GEOMETRY = PageGeometry()
