"""Truth of the ICDAR 2013 competition: regions and cells of each document, boxes turned to top-left origin."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from tests.benchmark.icdar_measure import GridCell, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    name: str
    pdf: Path
    tables: tuple[Table, ...]
    page_count: int
    heights: tuple[float, ...]


def load_cases(folder: Path) -> list[Case]:
    """Load every document that has a PDF of its own (eu-009b is a second reading of eu-009a)."""
    import pypdfium2 as pdfium

    cases = []
    for pdf in sorted(folder.glob("*.pdf")):
        structure, regions = (pdf.with_name(f"{pdf.stem}-{kind}.xml") for kind in ("str", "reg"))
        if not structure.exists():
            continue
        document = pdfium.PdfDocument(pdf)
        heights = [page.get_height() for page in document]
        cases.append(
            Case(
                name=pdf.stem,
                pdf=pdf,
                page_count=len(heights),
                heights=tuple(heights),
                tables=tuple(_read_tables(structure, regions, heights)),
            )
        )
        document.close()
    return cases


def _read_tables(structure: Path, regions: Path, heights: list[float]) -> list[Table]:
    given = _read_regions(regions)
    tables = []
    for number, table in enumerate(ElementTree.parse(structure).getroot().iter("table")):
        for order, region in enumerate(table.iter("region")):
            page = int(region.get("page", "1"))
            cells = [_read_cell(item) for item in region.iter("cell")]
            box = given.get((number, order)) or _union([b for item in region.iter("cell") if (b := _box(item))])
            height = heights[page - 1]
            x0, low, x1, high = box
            tables.append(Table(page=page, bbox=(x0, height - high, x1, height - low), cells=tuple(cells)))
    return tables


def _read_regions(path: Path) -> dict[tuple[int, int], tuple[float, float, float, float]]:
    if not path.exists():
        return {}
    found = {}
    for number, table in enumerate(ElementTree.parse(path).getroot().iter("table")):
        for order, region in enumerate(table.iter("region")):
            box = _box(region)
            if box is not None:
                found[number, order] = box
    return found


def _box(item: ElementTree.Element) -> tuple[float, float, float, float] | None:
    box = item.find("bounding-box")
    if box is None:
        return None
    x1, y1, x2, y2 = (float(box.get(key, "0")) for key in ("x1", "y1", "x2", "y2"))
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _union(boxes: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _read_cell(item: ElementTree.Element) -> GridCell:
    row, col = int(item.get("start-row", "0")), int(item.get("start-col", "0"))
    last_row, last_col = int(item.get("end-row") or row), int(item.get("end-col") or col)
    content = item.find("content")
    return GridCell(
        row=row,
        col=col,
        row_span=max(1, last_row - row + 1),
        col_span=max(1, last_col - col + 1),
        text=(content.text or "") if content is not None else "",
    )
