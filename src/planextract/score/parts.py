"""Page breaks, merged cells and agencies: the parts that users of other tools miss most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planextract.model.result import ResultMeasure
from planextract.model.table import Boundary
from planextract.score.alignment import MeasurePair
from planextract.score.rates import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryScore:
    """A page break of gold, of the output or of both."""

    wanted: Boundary | None
    found: Boundary | None

    @property
    def rates(self) -> dict[str, Rate]:
        """Counts for joins, cut rows and false folds (a new row taken for the rest of the one above)."""
        want_join = self.wanted is not None and self.wanted.decision == "joined"
        find_join = self.found is not None and self.found.decision == "joined"
        want_cut = want_join and self.wanted is not None and self.wanted.row_decision == "cut_row"
        find_cut = find_join and self.found is not None and self.found.row_decision == "cut_row"
        is_new_row = self.wanted is not None and not want_cut
        return {
            "boundary_join": Rate(right=want_join and find_join, wanted=want_join, found=find_join),
            "cut_row": Rate(right=want_cut and find_cut, wanted=want_cut, found=find_cut),
            "false_fold": Rate(right=is_new_row and find_cut, wanted=is_new_row),
        }


def compare_boundaries(
    wanted: Sequence[Boundary], found: Sequence[Boundary], page_shift: int
) -> tuple[BoundaryScore, ...]:
    """Pair page breaks by their pages; ``page_shift`` is what gold's pages lack."""
    by_pages = {(b.page_before, b.page_after): b for b in found}
    scores = []
    for boundary in wanted:
        key = (boundary.page_before + page_shift, boundary.page_after + page_shift)
        scores.append(BoundaryScore(wanted=boundary, found=by_pages.pop(key, None)))
    scores.extend(BoundaryScore(wanted=None, found=boundary) for boundary in by_pages.values())
    return tuple(scores)


def find_page_shift(pairs: Sequence[MeasurePair]) -> int:
    """Return what must be added to the first result's pages to get the second's: the commonest difference.

    A text counts its pages by header rows; a PDF also counts the pages of the notice before the first table.
    """
    shifts = Counter(
        pair.second.pages[0] - pair.first.pages[0]
        for pair in pairs
        if pair.first and pair.second and pair.first.pages and pair.second.pages
    )
    return min(shifts, key=lambda shift: (-shifts[shift], abs(shift), shift)) if shifts else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FillScore:
    """What a cell without agencies of its own was taken for."""

    role: str
    wanted: str
    found: str
    is_right: bool


def compare_fill(pair: MeasurePair, roles: Sequence[str]) -> Iterator[FillScore]:
    """Compare the states of the agency cells that one side says are merged, blank or dashed."""
    if pair.first is None or pair.second is None:
        return
    for role in roles:
        wanted, found = pair.first.status_of(role) or "", pair.second.status_of(role) or ""
        if {wanted, found} <= {"listed", ""}:
            continue
        same_names = _names(pair.first, role) == _names(pair.second, role)
        yield FillScore(role=role, wanted=wanted, found=found, is_right=wanted == found and same_names)


def _names(measure: ResultMeasure, role: str) -> list[str]:
    return [item.raw_text for item in measure.agencies_of(role)]


def compare_agencies(pair: MeasurePair, roles: Sequence[str]) -> dict[str, Rate]:
    """Count the names cut out of the agency cells of a row, and what they were linked to.

    ``mentions``: a name is right if the same cell of gold has it, as often. ``links``: of the right names
    that gold links, those linked to the same body. ``wrong_links``: of the right names, those linked to
    another body than gold's: the worst outcome. ``unresolved``: names without a body, of all names found.
    """
    totals = {name: Rate() for name in ("mentions", "links", "wrong_links", "unresolved")}
    for role in roles:
        wanted = [] if pair.first is None else list(pair.first.agencies_of(role))
        found = [] if pair.second is None else list(pair.second.agencies_of(role))
        totals["mentions"] += Rate(wanted=len(wanted), found=len(found))
        totals["unresolved"] += Rate(right=sum(item.name is None for item in found), wanted=len(found))
        for item in found:
            twin = next((w for w in wanted if w.raw_text == item.raw_text), None)
            if twin is None:
                continue
            wanted.remove(twin)
            totals["mentions"] += Rate(right=1)
            is_wrong = item.name is not None and item.name != twin.name
            totals["wrong_links"] += Rate(right=is_wrong, wanted=1)
            if twin.name is not None:
                totals["links"] += Rate(right=item.name == twin.name, wanted=1)
    return totals


def compare_targets(pair: MeasurePair) -> Rate:
    """Count the quantities of a row: right if words, comparator, values and unit agree."""
    if pair.first is not None and pair.first.targets is None:
        return Rate()
    wanted, found = (
        Counter((t.text, t.comparator, t.value, t.value_high, t.unit) for t in ((m.targets if m else None) or ()))
        for m in (pair.first, pair.second)
    )
    return Rate(right=(wanted & found).total(), wanted=wanted.total(), found=found.total())
