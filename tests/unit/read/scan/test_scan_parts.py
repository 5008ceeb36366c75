"""The parts of the scan reader on small drawn pages, without any engine."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from planextract.read.scan.clean import clean_page
from planextract.read.scan.confidence import rate_cell
from planextract.read.scan.image import PageImage
from planextract.read.scan.ocr import NO_READING, LineReading
from planextract.read.scan.reader import read_image
from planextract.read.scan.rules import find_rules
from planextract.read.scan.segment import make_ink
from planextract.read.scan.straighten import straighten
from planextract.read.scan.strokes import fill_strokes, read_dashes, read_stops
from planextract.read.scan.tesseract import parse_tsv
from planextract.read.scan.vote import merge_readings
from planextract.read.scan.widths import settle_widths
from tests.replay_engine import ReplayEngine, make_reading

DPI = 200
XS, YS = (100, 400, 900, 1400), (100, 200, 300, 400)


def draw_table(shade=0):
    """Three rows and three columns; in each cell a row of squares for characters."""
    page = np.full((600, 1600), 255, np.uint8)
    for y in YS:
        page[y : y + 3, XS[0] : XS[-1] + 3] = shade
    for x in XS:
        page[YS[0] : YS[-1] + 3, x : x + 3] = shade
    for top in YS[:-1]:
        for left in XS[:-1]:
            for place in range(4):
                x, y = left + 30 + 34 * place, top + 30
                cv2.rectangle(page, (x, y), (x + 26, y + 26), 0, 3)
                cv2.line(page, (x, y + 13), (x + 26, y + 13), 0, 2)
    return page


def in_color(gray):
    return cv2.cvtColor(gray, cv2.COLOR_GRAY2BGR)


def read(gray, lines=()):
    reading, notes = read_image(PageImage(page_number=1, pixels=in_color(gray), dpi=DPI), ReplayEngine(lines))
    return reading, notes


def shape(reading):
    return [(table.row_count, table.col_count, len(table.cells)) for table in reading.tables]


def test_each_cell_gets_the_line_cut_from_it():
    reading, _ = read(draw_table(), [(f"第{i}格", 0.99) for i in range(9)])
    assert shape(reading) == [(3, 3, 9)]
    assert [cell.raw_text for cell in reading.tables[0].cells] == [f"第{i}格" for i in range(9)]
    assert reading.printed == "".join(f"第{i}格" for i in range(9))


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda p: draw_table(shade=190), id="faded rules"),
        pytest.param(lambda p: _break(p.copy()), id="broken rules"),
        pytest.param(lambda p: _turn(p, 2.0), id="askew"),
        pytest.param(
            lambda p: np.clip(p + np.random.default_rng(1).normal(0, 12, p.shape), 0, 255).astype(np.uint8), id="noise"
        ),
        pytest.param(lambda p: (p * np.linspace(0.45, 1, p.shape[1])).astype(np.uint8), id="shadow"),
    ],
)
def test_damaged_rules_give_the_same_grid(damage):
    reading, _ = read(damage(draw_table()), [("字", 0.9)] * 9)
    assert shape(reading) == [(3, 3, 9)]


def _break(page):
    page = page.copy()
    page[195:210, 500:540] = 255
    page[195:210, 1100:1150] = 255
    page[240:275, 395:410] = 255
    return page


def _turn(page, degrees):
    matrix = cv2.getRotationMatrix2D((page.shape[1] / 2, page.shape[0] / 2), degrees, 1.0)
    return cv2.warpAffine(page, matrix, (page.shape[1], page.shape[0]), flags=cv2.INTER_CUBIC, borderValue=(255,))


def test_a_merged_cell_stays_merged():
    page = draw_table()
    page[195:210, XS[0] + 3 : XS[1]] = 255
    reading, _ = read(page, [("字", 0.9)] * 9)
    assert [(c.row_span, c.col_span) for c in reading.tables[0].cells if (c.row, c.col) == (0, 0)] == [(2, 1)]


@pytest.mark.parametrize("degrees", [0.3, 1.0, -4.0])
def test_the_lean_of_a_page_is_found(degrees):
    straight, slopes = straighten(_turn(draw_table(), degrees))
    assert np.tan(np.radians(-degrees)) == pytest.approx(slopes.top, abs=0.002)
    assert straight.shape == draw_table().shape


def test_a_seal_goes_and_the_black_text_under_it_stays():
    page = in_color(draw_table())
    sealed = page.copy()
    cv2.circle(sealed, (1200, 300), 160, (40, 40, 225), 8)
    sealed = np.minimum(sealed, 255)
    sealed[page.min(axis=2) < 60] = 0
    clean = clean_page(sealed, DPI)
    assert len(clean.seals) == 1
    assert np.count_nonzero((clean.gray < 128) != (draw_table() < 128)) < 50


def test_a_red_letterhead_is_text_not_a_seal():
    page = np.full((400, 1600, 3), 255, np.uint8)
    for place in range(10):
        cv2.rectangle(page, (100 + 120 * place, 100), (200 + 120 * place, 200), (30, 30, 220), 12)
    clean = clean_page(page, DPI)
    assert clean.seals == ()
    assert (clean.gray < 160).any()


def line_of(widths, height=30, gap=4):
    """Draw strokes in the middle of a line; return the ink with the box around it."""
    ink = np.zeros((60, 400), np.uint8)
    x = 20
    for width in widths:
        ink[28:31, x : x + width] = 1
        x += width + gap
    return ink, np.array([[20, 28, x - gap, 31]], np.float32)


@pytest.mark.parametrize(
    ("widths", "read_as", "text"),
    [
        pytest.param([9, 9, 9], "-——", "---", id="three hyphens"),
        pytest.param([60], "1——", "——", id="one long dash"),
        pytest.param([29, 29], "一一", "——", id="two dashes"),
        pytest.param([9, 9, 9], "", "---", id="nothing read"),
        pytest.param([9, 9, 9], "年底前", "年底前", id="text stays"),
    ],
)
def test_dashes_are_read_by_their_shape(widths, read_as, text):
    ink, boxes = line_of(widths)
    reading = make_reading(read_as, 0.5) if read_as else NO_READING
    assert read_dashes(ink, boxes, [reading], 30.0)[0].text == text


def test_a_flat_stroke_that_the_engine_passed_over_is_read():
    ink = np.zeros((60, 200), np.uint8)
    ink[15:45, 20:48] = 1
    ink[29:32, 54:80] = 1
    ink[15:45, 86:114] = 1
    reading = LineReading(text="进步", scores=np.float32([0.9, 0.9]), centers=np.float32([0.15, 0.85]), others=("", ""))
    assert fill_strokes(ink, np.array([[20, 15, 114, 45]], np.float32), [reading], 30.0)[0].text == "进一步"


@pytest.mark.parametrize(("room", "text"), [(34, "甲，乙"), (16, "甲,乙")])
def test_a_mark_is_as_wide_as_its_room(room, text):
    ink = np.zeros((40, 300), np.uint8)
    x = 10
    for _ in range(4):
        ink[5:35, x : x + 28] = 1
        x += 31
    end = x - 3
    ink[28:35, end + 3 : end + 7] = 1
    for _ in range(4):
        ink[5:35, end + room : end + room + 28] = 1
        end += 31
    words = "天地玄甲，乙黄宇宙"
    starts = [10, 41, 72, 103]
    centers = [s + 14 for s in starts] + [136] + [131 + room + 14 + 31 * k for k in range(4)]
    box = np.array([[10, 5, 131 + room + 93 + 28, 35]], np.float32)
    reading = LineReading(
        text=words,
        scores=np.full(9, 0.9, np.float32),
        others=("",) * 9,
        centers=(np.float32(centers) - 10) / (box[0, 2] - 10),
    )
    assert text in settle_widths(ink, box, [0], [reading])[0].text


def lay_out(chars):
    """One line: its ink and its reading. Each character is given with its left edge and its width."""
    right = max(left + width for _, left, width in chars)
    ink = np.zeros((40, right + 10), np.uint8)
    for _, left, width in chars:
        ink[5:35, left : left + width] = 1
    centers = np.float32([left + width / 2 - 10 for _, left, width in chars]) / (right - 10)
    count = len(chars)
    reading = LineReading(
        text="".join(char for char, _, _ in chars),
        scores=np.full(count, 0.9, np.float32),
        others=("",) * count,
        centers=centers,
    )
    return ink, np.array([[10, 5, right, 35]], np.float32), reading


@pytest.mark.parametrize(("room", "text"), [(17, "天地玄黄（V）宇宙"), (4, "天地玄黄(V)宇宙")])
def test_a_bracket_around_letters_is_as_wide_as_the_room_outside_it(room, text):
    chars = [(char, 10 + 31 * place, 28) for place, char in enumerate("天地玄黄")]
    x = 10 + 31 * 4 - 3 + room
    chars += [("（", x, 4), ("V", x + 8, 14), (")", x + 26, 4)]
    chars += [(char, x + 30 + room + 31 * place, 28) for place, char in enumerate("宇宙")]
    ink, box, reading = lay_out(chars)
    assert settle_widths(ink, box, [0], [reading])[0].text == text


def test_a_bracket_at_the_end_of_a_line_is_as_wide_as_its_partner_in_the_next():
    first = lay_out([(char, 10 + 31 * place, 28) for place, char in enumerate("天地")] + [("(", 90, 4)])
    chars = [("1", 10, 14), ("）", 30, 4)] + [(char, 51 + 31 * place, 28) for place, char in enumerate("玄黄宇宙")]
    second = lay_out(chars)
    ink = np.zeros((80, 200), np.uint8)
    ink[:40, : first[0].shape[1]] = first[0]
    ink[40:, : second[0].shape[1]] = second[0]
    boxes = np.concatenate([first[1], second[1] + np.float32([0, 40, 0, 40])])
    found = settle_widths(ink, boxes, [7, 7], [first[2], second[2]])
    assert [reading.text for reading in found] == ["天地（", "1）玄黄宇宙"]


def test_votes_take_the_surer_reading_and_lower_the_score_of_what_is_disputed():
    merged = merge_readings(make_reading("污染防冶", 0.6), make_reading("污染防治", 0.9))
    assert merged.text == "污染防治"
    assert merged.scores[3] < 0.9 <= merged.scores[0]
    assert merge_readings(make_reading("年底前", 0.9), NO_READING).text == "年底前"
    assert merge_readings(NO_READING, make_reading("无", 0.9)).text == "无"


def test_the_confidence_of_a_cell_falls_with_its_worst_characters():
    assert rate_cell([make_reading("年底前", 0.99)]) > rate_cell([make_reading("年底前", 0.6)]) > 0
    assert rate_cell([]) > 0.9


def test_the_rules_of_large_characters_are_no_table():
    page = np.full((600, 1600), 255, np.uint8)
    for place in range(3):
        cv2.rectangle(page, (100 + 130 * place, 100), (200 + 130 * place, 200), 0, 8)
    assert shape(read(page, [("国口日", 0.9)])[0]) == []


def test_the_table_of_words_of_tesseract_is_read():
    head = "\t".join(["h"] * 12)
    rows = ["5\t1\t1\t1\t1\t1\t10\t0\t20\t9\t90.0\t年底", "5\t2\t1\t1\t1\t1\t0\t0\t10\t9\t50.0\t前"]
    first, second, third = parse_tsv("\n".join([head, *rows]), [100, 100, 100])
    assert (first.text, second.text, third.text) == ("年底", "前", "")
    assert first.scores.tolist() == pytest.approx([0.9, 0.9])


def test_rules_have_a_mask_that_covers_their_ink():
    rules = find_rules(draw_table(), DPI)
    assert (rules.mask[101, 150:1300] > 0).mean() > 0.95


def draw_lines(width=2, gap=0, shift=0):
    """The same table as ``draw_table`` with dashed (``gap``) or double (``shift``) rules."""
    page = np.full((600, 1600), 255, np.uint8)
    filled = draw_table()
    for top in YS[:-1]:
        for left in XS[:-1]:
            part = np.s_[top + 20 : top + 80, left + 20 : left + 180]
            page[part] = filled[part]
    for step in (-shift, shift):
        for y in YS:
            page[y + step : y + step + width, XS[0] : XS[-1]] = 40
        for x in XS:
            page[YS[0] : YS[-1], x + step : x + step + width] = 40
    if gap:
        rows, columns = np.arange(600) % (7 + gap) >= 7, np.arange(1600) % (7 + gap) >= 7
        page[np.ix_(YS + tuple(y + 1 for y in YS), columns)] = 255
        page[np.ix_(rows, XS + tuple(x + 1 for x in XS))] = 255
    return page


@pytest.mark.parametrize(
    "page", [pytest.param(draw_lines(gap=5), id="dashed"), pytest.param(draw_lines(shift=2), id="double")]
)
@pytest.mark.parametrize("noise", [0, 15])
def test_dashed_and_double_rules_make_one_grid(page, noise):
    grain = np.random.default_rng(3).normal(0, noise, page.shape)
    rules = find_rules(np.clip(page + grain, 0, 255).astype(np.uint8), DPI)
    found = [
        sorted({round(float(v) / 10) * 10 for v in boxes[:, place]})
        for boxes, place in ((rules.horizontals, 1), (rules.verticals, 0))
    ]
    assert found == [list(YS), list(XS)]
    assert len(rules.horizontals) == len(rules.verticals) == 12
    left = make_ink(page, rules.mask, DPI)
    for top in YS[:-1]:
        for x in XS[:-1]:
            left[top + 20 : top + 80, x + 20 : x + 180] = 0
    assert not left.any()  # nothing of a rule is left to be read as text


def test_a_dash_in_a_merged_cell_is_no_rule_though_it_stands_in_line_with_one():
    page = draw_table()
    page[195:206, XS[0] + 4 : XS[1]] = 255
    page[200:203, 210:300] = 0
    rules = find_rules(page, DPI)
    beside = rules.horizontals[np.abs(rules.horizontals[:, 1] - 201) < 4]
    assert sorted(beside[:, 0].round(-1).tolist()) == [400, 900]


def test_a_rule_scratched_away_at_both_its_ends_is_a_rule():
    page = draw_table()
    page[195:206, 404:430] = 255
    page[195:206, 870:900] = 255
    page[195:206, 600:625] = 255
    assert len(find_rules(page, DPI).horizontals) == 12


def test_an_upright_rule_of_one_row_is_a_rule_though_it_meets_no_other():
    """The table of a page's top may have a single row, and a scan fades its rules where they cross."""
    page = np.full((600, 1600), 255, np.uint8)
    for y in (100, 200):
        page[y : y + 3, XS[0] : XS[-1]] = 0
    for x in XS:
        low, high = (112, 190) if x == XS[1] else (100, 200)
        page[low:high, x : x + 3] = 0
    found = find_rules(page, DPI).verticals
    assert sorted({round(float(x), -1) for x in found[:, 0]}) == list(XS)
    page[100:200, XS[1] : XS[1] + 3] = 255
    page[112:160, XS[1] : XS[1] + 3] = 0
    assert XS[1] not in {round(float(x), -1) for x in find_rules(page, DPI).verticals[:, 0]}, "a stroke, 17 points long"


def test_strokes_that_stand_above_each_other_are_no_rule():
    page = draw_table()
    for y in (top + step for top in YS[:-1] for step in (15, 50)):
        page[y : y + 24, 650:653] = 0
    assert len(find_rules(page, DPI).verticals) == 12


def test_a_tapering_page_is_straightened():
    page = draw_table()
    corners = np.array([(0, 0), (1600, 0), (1600, 600), (0, 600)], np.float32)
    moved = corners + np.array([(0, 8), (-6, -4), (4, 6), (8, -6)], np.float32)
    leaning = cv2.warpPerspective(
        page, cv2.getPerspectiveTransform(corners, moved), (1600, 600), flags=cv2.INTER_CUBIC, borderValue=(255,)
    )
    straight, slopes = straighten(leaning)
    assert slopes.top != slopes.bottom
    rules = find_rules(straight, DPI)
    assert (len(rules.horizontals), len(rules.verticals)) == (12, 12)


def _ring_line(diameter: int) -> tuple[np.ndarray, np.ndarray]:
    """A line of two characters of 40 px and a ring behind them on its base line."""
    ink = np.zeros((60, 160), dtype=np.uint8)
    ink[10:50, 10:48] = ink[10:50, 55:93] = 1
    cv2.circle(ink, (104 + diameter // 2, 50 - diameter // 2), diameter // 2, 1, 2)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink, np.array([[columns[0], rows[0], columns[-1] + 1, rows[-1] + 1]], dtype=np.float32)


@pytest.mark.parametrize(("diameter", "text"), [(12, "万户。"), (30, "万户0")])
def test_a_small_ring_at_the_end_of_a_line_is_a_full_stop(diameter: int, text: str) -> None:
    ink, box = _ring_line(diameter)
    reading = LineReading(text="万户0", scores=np.ones(3, dtype=np.float32), centers=np.array([0.2, 0.5, 0.9]))
    (found,) = read_stops(ink, box, [reading], 42.0)
    assert found.text == text


def test_a_dash_among_specks_is_no_two() -> None:
    ink = np.zeros((60, 160), dtype=np.uint8)
    ink[28:31, 20:60] = 1
    ink[35, 90] = 1
    box = np.array([[20, 28, 91, 36]], dtype=np.float32)
    reading = LineReading(text="二", scores=np.ones(1, dtype=np.float32), centers=np.array([0.5]))
    (found,) = read_dashes(ink, box, [reading], 42.0)
    assert set(found.text) == {"—"}
