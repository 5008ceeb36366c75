"""A page image → blocks: cleaned, straightened, ruled, cut into lines, read, laid into cells."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from planextract.layout.lattice import Grid, rules_to_grids, strokes_to_rules
from planextract.layout.lines import Lines, lines_to_table, lines_to_texts
from planextract.layout.page_blocks import PageReading, read_with_grids
from planextract.layout.tables import find_tables
from planextract.model.page import Floats, Ints, PageArrays
from planextract.model.source import ReadNote, SourceBlock, SourceMarkup
from planextract.phrases import Phrase
from planextract.read.scan.clean import clean_page
from planextract.read.scan.columns import part_regions
from planextract.read.scan.confidence import rate_cell
from planextract.read.scan.image import PageImage, Pixels
from planextract.read.scan.layer import TextLayer, agrees, choose_sample, read_layer
from planextract.read.scan.ocr import LineReading, OcrEngine
from planextract.read.scan.regions import Regions, find_regions
from planextract.read.scan.rules import Rules, find_rules
from planextract.read.scan.segment import TextLines, cut_crop, find_lines, make_ink
from planextract.read.scan.straighten import Slopes, is_sideways, straighten
from planextract.read.scan.strokes import fill_strokes, read_dashes, read_stops
from planextract.read.scan.vote import Rereader
from planextract.read.scan.widths import settle_widths

_UPSIDE_DOWN = 0.72  # mean score below which other directions are tried
_SAMPLE = 6
_LEAST_TABLE_PT = (100.0, 12.0)  # smaller ones are strokes of large characters
_NOISE = 0.35  # score of what is no text
_DOUBTFUL_PAGE = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """A straightened page with its grids (points) and its lines (pixels)."""

    gray: Pixels
    ink: Pixels
    grids: tuple[Grid, ...]
    regions: Regions
    lines: TextLines
    slopes: Slopes


def read_image(
    image: PageImage,
    engine: OcrEngine,
    rereader: Rereader | None = None,
    region: tuple[float, float, float, float] | None = None,
    layer: TextLayer | None = None,
) -> tuple[PageReading, tuple[ReadNote, ...]]:
    """Read one page image.

    Args:
        image: The page.
        engine: Reads its lines.
        rereader: Reads doubtful lines again; None leaves them.
        region: x0, top, x1, bottom in points; what lies outside is not read, and the page is not turned.
        layer: Text that another program recognised on the page; used if a sample of it reads the same.

    Returns:
        The blocks with boxes in points of the straightened page, and what a person should know.
    """
    clean = clean_page(image.pixels, image.dpi)
    gray = clean.gray if region is None else _keep_region(clean.gray, region, image.dpi)
    if region is None and is_sideways(gray):
        gray = np.ascontiguousarray(np.rot90(gray))
        layer = None
    layout = _lay_out(gray, image.dpi)
    known = _read_layer(layout, layer, engine, image.dpi) if layer is not None and region is None else None
    readings = known if known is not None else _read(layout, engine)
    mean = _mean(readings)
    if readings and region is None and known is None and mean < _UPSIDE_DOWN:
        turned = _turn_over(layout, gray, image.dpi, engine, mean)
        if turned is not None:
            layout = turned
            readings = _read(layout, engine)
    if rereader is not None and known is None:
        readings = rereader.improve(layout.gray, layout.ink, layout.lines, layout.regions.boxes, readings)
    readings = read_dashes(layout.ink, layout.lines.boxes, readings, layout.lines.em)
    readings = fill_strokes(layout.ink, layout.lines.boxes, readings, layout.lines.em)
    readings = read_stops(layout.ink, layout.lines.boxes, readings, layout.lines.em)
    readings = settle_widths(layout.ink, layout.lines.boxes, layout.lines.region.tolist(), readings)
    notes = [] if not clean.seals else [_note(image, "read.seal", "a red seal was taken out before reading")]
    if known is not None:
        notes.append(_note(image, "read.text_layer", "the text layer of the scan was used: samples of it are right"))
    mean = _mean(readings)
    if readings and mean < _DOUBTFUL_PAGE:
        message = Phrase("the scan is hard to read (mean score {mean:.2f}); compare its text with the page", mean=mean)
        notes.append(_note(image, "read.ocr_doubtful", message))
    return _assemble(image, layout, readings), tuple(notes)


def _keep_region(gray: Pixels, region: tuple[float, float, float, float], dpi: float) -> Pixels:
    """Return a page with everything outside a region white."""
    x0, top, x1, bottom = (max(0, round(v * dpi / 72)) for v in region)
    out = np.full_like(gray, 255)
    out[top:bottom, x0:x1] = gray[top:bottom, x0:x1]
    return out


def _note(image: PageImage, code: str, message: str) -> ReadNote:
    return ReadNote.of(code, message, page=image.page_number)


def _read_layer(layout: _Layout, layer: TextLayer, engine: OcrEngine, dpi: float) -> list[LineReading] | None:
    """Return the lines of a text layer, read by the engine where it has none; None if it is not right."""
    height, width = layout.gray.shape
    readings = read_layer(layer, layout.lines, (width, height), layout.slopes, dpi / 72)
    chosen = choose_sample(readings)
    if not chosen or not agrees([readings[i] for i in chosen], _read(_take(layout, chosen), engine)):
        return None
    missing = [i for i, reading in enumerate(readings) if not reading.text]
    for index, reading in zip(missing, _read(_take(layout, missing), engine), strict=True):
        readings[index] = reading
    return readings


def _take(layout: _Layout, chosen: list[int]) -> _Layout:
    lines = layout.lines
    return replace(layout, lines=replace(lines, boxes=lines.boxes[chosen], region=lines.region[chosen]))


def _lay_out(gray: Pixels, dpi: float) -> _Layout:
    """Straighten a page, find its rules, its tables and its lines."""
    gray, slopes = straighten(gray)
    rules = find_rules(gray, dpi)
    grids = _find_grids(rules, dpi)
    ink = make_ink(gray, rules.mask, dpi)
    grids = tuple(grid for grid in grids if _holds_text(ink, grid, dpi / 72))
    height, width = gray.shape
    regions = part_regions(ink, find_regions(grids, width, height, dpi / 72), dpi)
    whitened = gray.copy()
    whitened[cv2.dilate(rules.mask, np.ones((3, 3), np.uint8)) > 0] = 255
    return _Layout(
        gray=whitened,
        ink=ink,
        grids=grids,
        regions=regions,
        lines=find_lines(ink, regions.boxes, regions.is_cell, dpi),
        slopes=slopes,
    )


def _find_grids(rules: Rules, dpi: float) -> tuple[Grid, ...]:
    points = np.float32(72 / dpi)
    return rules_to_grids(
        strokes_to_rules(rules.horizontals * points, is_horizontal=True),
        strokes_to_rules(rules.verticals * points, is_horizontal=False),
    )


def _holds_text(ink: Pixels, grid: Grid, scale: float) -> bool:
    """Tell whether a grid is a table: large enough, and two cells or more hold ink, which a frame does not."""
    xs, ys = (grid.xs * scale).astype(int), (grid.ys * scale).astype(int)
    if float(grid.xs[-1] - grid.xs[0]) < _LEAST_TABLE_PT[0] or float(grid.ys[-1] - grid.ys[0]) < _LEAST_TABLE_PT[1]:
        return False
    used = 0
    for row, col, row_span, col_span in grid.spans.tolist():
        used += bool(ink[ys[row] + 2 : ys[row + row_span] - 1, xs[col] + 2 : xs[col + col_span] - 1].any())
    return used >= 2


def _read(layout: _Layout, engine: OcrEngine) -> list[LineReading]:
    lines = layout.lines
    crops = [
        cut_crop(layout.gray, box, lines.em, layout.regions.boxes[owner])
        for box, owner in zip(lines.boxes, lines.region.tolist(), strict=True)
    ]
    return engine.read_lines(crops)


def _mean(readings: list[LineReading]) -> float:
    count = sum(len(reading.text) for reading in readings)
    return sum(reading.mean * len(reading.text) for reading in readings) / count if count else 0.0


def _turn_over(layout: _Layout, gray: Pixels, dpi: float, engine: OcrEngine, mean: float) -> _Layout | None:
    """Find the direction in which a page's longest lines read clearly better, None if there is none."""
    for turns in (2, 1, 3):
        turned = _lay_out(np.ascontiguousarray(np.rot90(gray, turns)), dpi)
        widths = turned.lines.boxes[:, 2] - turned.lines.boxes[:, 0]
        longest = np.argsort(-widths, kind="stable")[:_SAMPLE]
        found = _mean(_read(_take(turned, longest.tolist()), engine))
        if found > mean + 0.12 and found > _UPSIDE_DOWN:
            return turned
    return None


def _assemble(image: PageImage, layout: _Layout, readings: list[LineReading]) -> PageReading:
    """Lay the lines into cells and paragraphs; what is no text is put aside."""
    points = 72 / image.dpi
    lines, kept, noise = _make_lines(layout, readings, points)
    height, width = layout.gray.shape
    if not layout.grids:
        page = make_page(image.page_number, width * points, height * points, lines, kept)
        grids = find_tables(page)
        if grids:
            return _with_noise(read_with_grids(page, grids), noise, image.page_number)
    empty = make_page(image.page_number, width * points, height * points, lines, [])
    placed: list[tuple[tuple[int, float], SourceBlock]] = []
    start = 0
    for grid in layout.grids:
        table = lines_to_table(empty, grid, start, lines)
        cells = tuple(
            replace(cell, confidence=rate_cell([kept[i] for i in np.flatnonzero(lines.cell == number).tolist()]))
            for number, cell in enumerate(table.cells, start=start)
        )
        placed.append(((1, float(grid.ys[0])), replace(table, cells=cells)))
        start += len(grid.spans)
    placed.extend(lines_to_texts(empty, lines))
    placed.sort(key=lambda item: item[0])
    printed = "".join(lines.texts)
    reading = PageReading(blocks=tuple(block for _, block in placed), printed=printed)
    return _with_noise(reading, noise, image.page_number)


def _with_noise(reading: PageReading, noise: str, page_number: int) -> PageReading:
    if not noise.strip():
        return reading
    block = SourceMarkup(page=page_number, raw_text=noise, reason="noise")
    return replace(reading, blocks=(*reading.blocks, block), printed=reading.printed + noise)


def _make_lines(layout: _Layout, readings: list[LineReading], points: float) -> tuple[Lines, list[LineReading], str]:
    """Return the lines in the order of their cells (points), their readings, and what is noise."""
    boxes, region = layout.lines.boxes, layout.lines.region
    first = int(layout.regions.is_cell.sum())
    outside = first - 1 - region if layout.regions.is_parted else np.full_like(region, -1)
    cell = np.where(layout.regions.is_cell[region], region, outside) if len(region) else region
    order = np.lexsort((boxes[:, 0], boxes[:, 1], cell)) if len(region) else np.empty(0, dtype=np.int64)
    chosen: list[int] = []
    noise: list[str] = []
    for index in order.tolist():
        text = readings[index].text.strip()
        if not text:
            continue
        if _is_noise(readings[index], outside=bool(cell[index] < 0)):
            noise.append(text)
        else:
            chosen.append(index)
    kept = [readings[index] for index in chosen]
    own = boxes[chosen] * np.float32(points)
    em = np.maximum(own[:, 3] - own[:, 1], np.float32(layout.lines.em * points * 0.9)) if chosen else own[:, 0]
    lines = Lines(
        texts=[reading.text.strip() for reading in kept],
        cell=np.asarray(cell[chosen], dtype=np.int32),
        boxes=own,
        em=np.asarray(em * np.float32(1.25), dtype=np.float32),
        doubled="",
    )
    return lines, kept, "\n".join(noise)


def _is_noise(reading: LineReading, *, outside: bool) -> bool:
    count = len(reading.text.strip())
    return reading.mean < (_NOISE if outside else 0.6 * _NOISE) and count <= (4 if outside else 2)


def make_page(page_number: int, width: float, height: float, lines: Lines, readings: list[LineReading]) -> PageArrays:
    """Make a page of characters from lines: each character as high as its line, as wide as its neighbours allow.

    Args:
        page_number: From 1.
        width: In points.
        height: In points.
        lines: N lines in points.
        readings: Their N readings, or none for a page without characters.
    """
    codes: list[int] = []
    boxes: list[tuple[float, float, float, float]] = []
    for reading, box in zip(readings, lines.boxes.tolist() if readings else [], strict=True):
        for char, x0, x1 in zip(reading.text, *_spread(reading, box[0], box[2]), strict=True):
            if not char.isspace():
                codes.append(ord(char))
                boxes.append((x0, box[1], x1, box[3]))
    none = np.empty((0, 4), dtype=np.float32)
    return PageArrays(
        page_number=page_number,
        width=width,
        height=height,
        codes=_ints(codes),
        boxes=np.array(boxes, dtype=np.float32).reshape(-1, 4),
        horizontals=none,
        verticals=none,
    )


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int32)


def _spread(reading: LineReading, x0: float, x1: float) -> tuple[list[float], list[float]]:
    """Return where each character of a line begins and ends: halfway to its neighbours."""
    centers: Floats = x0 + (x1 - x0) * np.clip(reading.centers, 0, 1)
    middle = (centers[1:] + centers[:-1]) / 2
    return [x0, *middle.tolist()], [*middle.tolist(), x1]
