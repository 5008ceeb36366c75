"""Kinds of constructs that lie in how a PDF says what it shows, after public reports of faults of PDF readers."""

from __future__ import annotations

from tests.lab.constructs.maker import Draw, Maker


def _plain(m: Maker, trick: str) -> Draw:
    m.look = {**m.look, "trick": trick}
    sheet, _ = m.one_page()
    return [sheet], m.truth


def type3_font(m: Maker) -> Draw:
    """Letters are procedures of a Type 3 font, its box right, empty or of one unit."""
    return _plain(m, "type3")


def hidden_layer(m: Maker) -> Draw:
    """A layer that is switched off holds other words over the cells."""
    return _plain(m, "layer")


def crop_box(m: Maker) -> Draw:
    """The page is cut from a larger sheet with marks of the printer."""
    return _plain(m, "outside")


def user_unit(m: Maker) -> Draw:
    """The page's unit is several points."""
    return _plain(m, "unit")


def scaled_page(m: Maker) -> Draw:
    """All is drawn in another unit and scaled."""
    return _plain(m, "scaled")


def flipped_page(m: Maker) -> Draw:
    """The origin of all that is drawn lies at the top."""
    return _plain(m, "flipped")


def askew_page(m: Maker) -> Draw:
    """The page lies a little askew."""
    return _plain(m, "askew")


def white_patches(m: Maker) -> Draw:
    """Old words lie below white patches, new ones above."""
    return _plain(m, "whiteout")


def twin_tables(m: Maker) -> Draw:
    """All is drawn twice, a little apart."""
    return _plain(m, "twin_tables")


def clipped_words(m: Maker) -> Draw:
    """Words outside their clip are not seen."""
    return _plain(m, "clipped")


def invisible_words(m: Maker) -> Draw:
    """Invisible or white words stand between the lines."""
    return _plain(m, "invisible")


def tiny_words(m: Maker) -> Draw:
    """Words smaller than anyone can read."""
    return _plain(m, "tiny")


def actual_text(m: Maker) -> Draw:
    """Marked content says what its letters are."""
    return _plain(m, "actual")


def spaced_letters(m: Maker) -> Draw:
    """Letters are set apart or close."""
    return _plain(m, "spaced")


def narrow_letters(m: Maker) -> Draw:
    """Letters are narrow."""
    return _plain(m, "narrow")


def scripts(m: Maker) -> Draw:
    """Figures behind Latin letters are small, below or above the line."""
    for i in range(len(m.truth)):
        m.extend(i, m.rng.choice(["PM2.5年均浓度下降。", "减少CO2排放。", "增加绿地3万m2。", "落实A1、B2类项目。"]))
    return _plain(m, "scripts")


def outlined_letters(m: Maker) -> Draw:
    """Letters are filled and stroked."""
    return _plain(m, "outlined")


def curves(m: Maker) -> Draw:
    """The letters of one column are curves, no text."""
    return _plain(m, "curves")


def form_fields(m: Maker) -> Draw:
    """The values of one column are those of form fields, or annotations."""
    return _plain(m, "fields")


def no_unicode(m: Maker) -> Draw:
    """A font does not say which characters its letters are."""
    return _plain(m, "no_unicode")


def garbage_unicode(m: Maker) -> Draw:
    """A font says unknown, private or control characters for some letters."""
    return _plain(m, "garbage_unicode")


def picture_rules(m: Maker) -> Draw:
    """Rules are pictures of one pixel."""
    return _plain(m, "pictures")


def curved_rules(m: Maker) -> Draw:
    """Rules are curves that are straight, or polygons."""
    return _plain(m, "curved")


def thick_rules(m: Maker) -> Draw:
    """Rules of two to six points."""
    return _plain(m, "thick")


def hair_rules(m: Maker) -> Draw:
    """Rules of no width."""
    return _plain(m, "hair")


def clipped_rules(m: Maker) -> Draw:
    """Rules are large areas clipped to thin strips."""
    return _plain(m, "clipped_fill")


def paper_gaps(m: Maker) -> Draw:
    """A black area with light patches: what is left of it are the rules."""
    return _plain(m, "paper_gaps")


def close_lines(m: Maker) -> Draw:
    """Lines stand nearer than their letters are high."""
    m.look = {"leading": m.rng.choice([0.9, 0.95, 1.0, 1.05])}
    sheet, _ = m.one_page()
    return [sheet], m.truth


TRICKS = tuple(name for name, draw in list(globals().items()) if callable(draw) and name.islower() and name[0] != "_")
