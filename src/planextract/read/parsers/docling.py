"""Docling documents: texts, groups and tables that refer to each other by number."""

from __future__ import annotations

from collections.abc import Iterator

from planextract.model.source import BBox
from planextract.read.flow import Aside, FlowBlock, FlowCell, FlowTable, Paragraph
from planextract.read.parsers.tree import Context, Json, ParserResult, as_dict, as_dicts, as_int, as_text, make_bbox

_FURNITURE = frozenset({"page_header", "page_footer"})
_ARRAYS = ("texts", "tables", "groups", "pictures", "key_value_items", "form_items", "field_regions", "field_items")


def is_docling(tree: Json) -> bool:
    """Tell a Docling document by its schema's name."""
    return isinstance(tree, dict) and tree.get("schema_name") == "DoclingDocument"


def read_docling(tree: Json, context: Context) -> ParserResult:
    """Read a Docling document: its body in order, then its furniture and what nothing refers to, set aside.

    Raises:
        InputError: If its tables have too many cells.
    """
    return _Reader(as_dict(tree), context).read()


class _Reader:
    def __init__(self, root: dict[str, Json], context: Context) -> None:
        self._root, self._context = root, context
        self._items = {
            f"#/{name}/{number}": item for name in _ARRAYS for number, item in enumerate(as_dicts(root.get(name)))
        }
        self._heights: dict[int, float] = {}
        for key, page in as_dict(root.get("pages")).items():
            height = as_dict(as_dict(page).get("size")).get("height")
            if key.isdigit() and isinstance(height, (int, float)):
                self._heights[int(key[:9])] = float(height)
        self._seen: set[str] = set()

    def read(self) -> ParserResult:
        result = ParserResult(page_count=max(self._heights, default=0))
        for number, item in enumerate(as_dicts(self._root.get("texts"))):
            result.printed.append(self._text_of(item))
            self._items.setdefault(f"#/texts/{number}", item)
        for table in as_dicts(self._root.get("tables")):
            result.printed.extend(
                as_text(cell.get("text")) for cell in as_dicts(as_dict(table.get("data")).get("table_cells"))
            )
        for reference in self._walk(self._root.get("body")):
            result.flow.extend(self._read_item(reference, is_aside=False))
        rest = [*self._walk(self._root.get("furniture")), *(key for key in self._items if key not in self._seen)]
        for reference in rest:
            result.flow.extend(self._read_item(reference, is_aside=True))
        result.page_count = max([result.page_count, *(block.page for block in result.flow)])
        return result

    def _walk(self, root: Json) -> Iterator[str]:
        """Yield references to texts and tables below a group, in order, each once."""
        stack = list(reversed(self._references(as_dict(root), ("children",))))
        while stack:
            reference = stack.pop()
            item = self._items.get(reference)
            if item is None or reference in self._seen:
                continue
            self._seen.add(reference)
            if reference.startswith("#/tables/"):
                own = self._references(item, ("captions", "footnotes", "children"))
                captions = self._references(item, ("captions",))
                yield from (c for c in captions if c in self._items and c not in self._seen)
                self._seen.update(captions)
                yield reference
                stack.extend(reversed([r for r in own if r not in captions]))
                continue
            yield reference
            stack.extend(reversed(self._references(item, ("children", "captions", "footnotes"))))

    @staticmethod
    def _references(item: dict[str, Json], keys: tuple[str, ...]) -> list[str]:
        return [as_text(child.get("$ref") or child.get("cref")) for key in keys for child in as_dicts(item.get(key))]

    @staticmethod
    def _text_of(item: dict[str, Json]) -> str:
        marker = as_text(item.get("marker")) if item.get("enumerated") is True else ""
        text = as_text(item.get("text"))
        return f"{marker} {text}" if marker and not text.startswith(marker) else text

    def _read_item(self, reference: str, *, is_aside: bool) -> Iterator[FlowBlock]:
        item = self._items.get(reference)
        if item is None:
            return
        self._seen.add(reference)
        page, bbox = self._place(item)
        if reference.startswith("#/tables/"):
            yield from self._read_table(item, page)
        elif reference.startswith("#/texts/") and (text := self._text_of(item)).strip():
            is_furniture = as_text(item.get("label")) in _FURNITURE or item.get("content_layer") == "furniture"
            if is_furniture or is_aside:
                yield Aside(text=text, reason="running_head" if is_furniture else "unplaced", page=page)
            else:
                yield Paragraph(text=text, page=page, bbox=bbox)

    def _place(self, item: dict[str, Json]) -> tuple[int, BBox | None]:
        provenance = next(iter(as_dicts(item.get("prov"))), {})
        page = as_int(provenance.get("page_no"), 0)
        return page, self._box(provenance.get("bbox"), page)

    def _box(self, value: Json, page: int) -> BBox | None:
        box = as_dict(value)
        numbers = [
            float(v) for key in ("l", "t", "r", "b") if isinstance(v := box.get(key), (int, float)) and abs(v) < 1e7
        ]
        if len(numbers) != 4:
            return None
        if box.get("coord_origin") == "BOTTOMLEFT":
            height = self._heights.get(page)
            if height is None:
                return None
            left, top, right, bottom = numbers
            return make_bbox([left, bottom, right, top], height)
        return make_bbox(numbers)

    def _read_table(self, item: dict[str, Json], page: int) -> Iterator[FlowBlock]:
        cells: list[FlowCell] = []
        taken: set[tuple[int, int]] = set()
        for cell in as_dicts(as_dict(item.get("data")).get("table_cells")):
            row, col = as_int(cell.get("start_row_offset_idx"), -1), as_int(cell.get("start_col_offset_idx"), -1)
            height = max(1, as_int(cell.get("end_row_offset_idx"), row + 1) - row)
            width = max(1, as_int(cell.get("end_col_offset_idx"), col + 1) - col)
            self._context.budget.take(height * width)
            places = {(row + r, col + c) for r in range(height) for c in range(width)}
            text = as_text(cell.get("text"))
            if row < 0 or col < 0 or taken & places:
                if text.strip():
                    yield Paragraph(text=text, page=page)
                continue
            taken |= places
            blocks = (Paragraph(text=text, page=page),) if text.strip() else ()
            cells.append(
                FlowCell(
                    row=row,
                    col=col,
                    row_span=height,
                    col_span=width,
                    blocks=blocks,
                    bbox=self._box(cell.get("bbox"), page),
                )
            )
        if cells:
            rows, cols = max(c.row + c.row_span for c in cells), max(c.col + c.col_span for c in cells)
            self._context.budget.take(rows * cols - len(taken))
            cells.sort(key=lambda cell: (cell.row, cell.col))
            yield FlowTable(row_count=rows, col_count=cols, cells=tuple(cells), page=page)
