"""One item → its rows: a section, measures, paragraphs that are neither; every character in a cell or a spare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planextract.label.prose.cells import cell_text, lines_between, with_separators
from planextract.label.prose.openers import find_opener
from planextract.label.prose.owners import Owners
from planextract.label.prose.stretches import (
    Reading,
    SharedOwner,
    Stretch,
    find_heading_line,
    find_name_end,
    skip_bullet,
)
from planextract.label.prose.wording import Span, Wording
from planextract.model.roles import AGENCY_ROLES, Role

COLUMN_ORDER = (Role.TASK_NO, Role.TASK_NAME, Role.MEASURE, Role.DEADLINE, *AGENCY_ROLES, Role.OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseRow:
    """A row cut out of the text: ``cells`` by role, raw; a section has its heading alone. ``spare`` is what is left."""

    page: int
    line: int | None
    cells: tuple[tuple[Role, str], ...]
    spare: tuple[tuple[str, str], ...] = ()
    is_section: bool = False
    labels: tuple[tuple[Role, str], ...] = ()
    opens_task: bool = True
    shared: SharedOwner | None = None


def rows_of(reading: Reading, is_heading: bool, styles: set[str], wording: Wording, names: bool) -> Iterator[ProseRow]:
    """Yield the rows of an item, with every character in a cell or a spare."""
    line = reading.item.lines[0]
    if reading.names_owner is not None:
        yield _shared_row(reading, reading.names_owner)
        return
    if is_heading:
        yield from _section_rows(reading)
        return
    if not reading.is_owned and (reading.item.opener is None or reading.style not in styles):
        for text in reading.item.lines:
            yield ProseRow(page=text.page, line=text.line, cells=(), spare=(("prose_text", text.raw_text),))
        return
    heading = find_heading_line(reading)
    if heading is not None and reading.item.opener is not None:
        stretch = reading.stretches[0]
        low, high = stretch.spans[0]
        begin = reading.flat.find("\n", heading[0]) + 1
        if reading.item.opener.rank <= 1:
            yield _heading_row(reading, reading.item.opener.start, heading[1])
            stretch.start, stretch.opener = heading[1], None
            stretch.start = max(stretch.start, reading.item.opener.start)
            reading = Reading(
                item=reading.item, text=reading.text, flat=reading.flat, stretches=reading.stretches, heading=heading
            )
        else:
            stretch.name = _trim_stop(reading, heading[0], heading[1])
        begin, high = _skip_space(reading.flat, begin, high)
        stretch.spans[0] = _skip_space(reading.flat, skip_bullet(reading.flat, begin, high), high)
        if reading.heading is not None and _are_paragraphs(reading):
            yield from _leave_introduction(reading)
    position = reading.heading[1] if reading.heading else 0
    for place, stretch in enumerate(reading.stretches):
        is_last = place == len(reading.stretches) - 1
        end = stretch.end if not is_last else max(stretch.end, position)
        yield _measure_row(reading, stretch, (position, end), wording, names=names)
        position = end
    for low, high in lines_between(reading.text, position, len(reading.text)):
        yield ProseRow(page=line.page, line=line.line, cells=(), spare=(("prose_text", reading.text[low:high]),))


def _shared_row(reading: Reading, shared: SharedOwner) -> ProseRow:
    """Return the row of a heading whose owners stand in the cells of the items below it."""
    line, title = reading.item.lines[0], shared.title
    start = reading.item.opener.start if reading.item.opener else 0
    cut = _trim_stop(reading, start, title[1]) if title is not None else None
    taken = [*shared.taken, *([cut] if cut else [])]
    return ProseRow(
        page=line.page,
        line=line.line,
        cells=((Role.SECTION, reading.text[slice(*cut)]),) if cut else (),
        spare=tuple(_spare(reading, 0, len(reading.text), taken, shared.private)),
        labels=shared.labels,
        is_section=cut is not None,
    )


def _heading_row(reading: Reading, start: int, end: int) -> ProseRow:
    """Return the row of a heading line that stands in one item with the measures below it."""
    line, cut = reading.item.lines[0], _trim_stop(reading, start, end)
    return ProseRow(
        page=line.page,
        line=line.line,
        cells=((Role.SECTION, reading.text[slice(*cut)]),),
        spare=tuple(_spare(reading, 0, end, [cut], ())),
        is_section=True,
    )


def _are_paragraphs(reading: Reading) -> bool:
    """Tell whether each measure below a heading, the first one aside, is one paragraph that its own owners close."""
    others = reading.stretches[1:]
    inner = [reading.flat[low:high] for stretch in others for low, high in stretch.spans]
    return bool(others) and "\n" not in "".join(inner)


def _leave_introduction(reading: Reading) -> Iterator[ProseRow]:
    """Part the paragraphs above the first measure's own from it: they introduce what follows, and nobody owns them."""
    stretch = reading.stretches[0]
    low, high = stretch.spans[0]
    feed = reading.flat.rfind("\n", low, high)
    if len(stretch.spans) != 1 or feed < 0:
        return
    line = reading.item.lines[0]
    for start, end in lines_between(reading.text, low, feed):
        yield ProseRow(page=line.page, line=line.line, cells=(), spare=(("prose_text", reading.text[start:end]),))
    stretch.spans[0] = _skip_space(reading.flat, feed + 1, high)
    stretch.start = feed + 1
    reading.heading = (reading.heading[0], feed) if reading.heading else None


def _skip_marker(reading: Reading, span: Span) -> Span:
    """Step over the (1) behind a name, if the item's next measures open with (2) …."""
    opener = find_opener(reading.flat, *span)
    inner = {s.opener.style for s in reading.stretches[1:] if s.opener is not None and not s.opens_task}
    if opener is None or opener.value != 1 or opener.style not in inner:
        return span
    return (opener.end, span[1])


def _skip_space(flat: str, start: int, end: int) -> Span:
    while start < end and flat[start].isspace():
        start += 1
    return (start, end)


def _trim_stop(reading: Reading, start: int, end: int) -> Span:
    while end > start and reading.flat[end - 1] in "。 \n*":
        end -= 1
    return (start, end)


def _section_rows(reading: Reading) -> Iterator[ProseRow]:
    """Yield the row of a heading; paragraphs below it are no measures."""
    line = reading.item.lines[0]
    opener = reading.item.opener
    start = opener.start if opener else 0
    count = next(
        (place for place in range(1, len(reading.item.lines)) if place not in reading.item.wraps),
        len(reading.item.lines),
    )
    end = len(reading.item.cut(0, count).text)
    private = [span for stretch in reading.stretches if stretch.owners for span in stretch.owners.private]
    has_owners = bool(private) or reading.is_owned
    stop = min(end, reading.stretches[0].spans[0][1]) if has_owners and reading.stretches[0].spans else end
    cut = _trim_stop(reading, start, stop)
    yield ProseRow(
        page=line.page,
        line=line.line,
        cells=((Role.SECTION, reading.text[slice(*cut)]),),
        spare=tuple(_spare(reading, 0, end, [cut], private, "prose_text" if reading.is_owned else "prose_mark")),
        is_section=True,
    )
    for text in reading.item.lines[count:]:
        yield ProseRow(page=text.page, line=text.line, cells=(), spare=(("prose_text", text.raw_text),))


def _measure_row(reading: Reading, stretch: Stretch, whole: Span, wording: Wording, *, names: bool) -> ProseRow:
    owners = stretch.owners or Owners()
    spans: dict[Role, list[Span]] = {role: sorted(found) for role, found in owners.spans.items()}
    if stretch.opener is not None and stretch.opens_task:
        spans[Role.TASK_NO] = [(stretch.opener.start, stretch.opener.stop)]
    text_spans = [span for span in stretch.spans if span[1] > span[0]]
    name = stretch.name
    if name is None and names and stretch.opens_task and (name_end := find_name_end(reading, stretch)) is not None:
        name = (text_spans[0][0], name_end)
        text_spans[0] = _skip_marker(reading, _skip_space(reading.flat, name_end + 1, text_spans[0][1]))
    if name is not None:
        spans[Role.TASK_NAME] = [name]
    spans[Role.MEASURE] = text_spans
    cells = tuple((role, cell_text(reading, role, spans[role], wording)) for role in COLUMN_ORDER if spans.get(role))
    first = text_spans[0][0] if text_spans else whole[0]
    line = reading.item.lines[reading.find_line(first)]
    taken = [span for role, found in spans.items() for span in with_separators(reading, role, found)]
    return ProseRow(
        page=line.page,
        line=line.line,
        cells=cells,
        labels=tuple(owners.labels.items()),
        opens_task=stretch.opens_task,
        shared=reading.shared,
        spare=tuple(_spare(reading, whole[0], whole[1], taken, owners.private)),
    )


def _spare(
    reading: Reading, start: int, end: int, taken: Sequence[Span], private: Sequence[Span], rest: str = "prose_mark"
) -> Iterator[tuple[str, str]]:
    """Yield what is in no cell of a stretch, with the reason; names of people apart."""
    position = start
    marked = sorted([(low, high, "") for low, high in taken] + [(low, high, "personal") for low, high in private])
    for low, high, reason in [*marked, (end, end, "")]:
        if low > position and (text := reading.text[position:low].strip()):
            yield rest, text
        if reason and high > max(low, position):
            yield reason, reading.text[max(low, position) : high]
        position = max(position, high)
