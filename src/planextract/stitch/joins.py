"""Does a fragment go on with the table before it?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from planextract.model.roles import Role
from planextract.model.source import DocumentFile, SourceText, find_file
from planextract.model.table import Column, Fragment, LabelledDocument
from planextract.stitch.alignment import find_positions
from planextract.stitch.evidence import Clue, Verdict, see, seen_if, weigh
from planextract.stitch.likelihoods import JOIN_PRIORS, weigh_join_clue
from planextract.stitch.numbering import Opening, compare_sections, read_opening, restarts
from planextract.stitch.row_facts import TaskKey
from planextract.text.characters import fold, without_spaces
from planextract.text.markers import is_continuation_mark, is_page_number
from planextract.text.markup import tidy_prose
from planextract.text.sentences import is_finished

_ATTACHMENT = re.compile(r"附件\s*[0-9０-９一二三四五六七八九十]*\s*[:：]?|附表\s*[0-9一二三四五六七八九十]*\s*[:：]?")
_TITLE = re.compile(
    r"(计划|方案|清单|分解表|任务表|折子工程|台账|一览表|明细表|任务|要点|规划|附表\d*)(?:[（(].{1,20}[)）])?$"
)
_OWNER_IN_FRONT = re.compile(
    r"(?P<owner>[^\d《（(]{2,16}?[省市区县旗州镇乡局委办部科处院街道园])(?P<rest>(?:(?:19|20)\d\d年)?.{2,30})"
)
_CONTINUED_TITLE = re.compile(r"[（(]续[表上页]{0,2}\d*[)）]$")
_NOTE = re.compile(r"(?:备?注|说明)[0-9]{0,2}[:.、]")  # a note below a table neither joins nor parts
_MARKED_PAGE = re.compile(r"^\{\d+\}")  # marker's page marks: {3}-----
_SHORT_LINE = 80  # characters
_EDGE_TOLERANCE_PT = 4.0


def is_attachment_heading(text: str) -> bool:
    """Tell whether a line says only "附件 2" or the like."""
    return _ATTACHMENT.fullmatch(text.strip()) is not None


def is_furniture(text: str, running_heads: frozenset[str] = frozenset()) -> bool:
    """Tell whether a line is page furniture: a page number, a continuation mark, a running head."""
    return (
        is_page_number(text)
        or is_continuation_mark(text)
        or not any(char.isalnum() for char in _MARKED_PAGE.sub("", text))
        or fold_line(text) in running_heads
    )


def fold_line(text: str) -> str:
    """Fold a line for comparison, without a mark that it goes on and without Markdown's marks."""
    return _fold_short(text) if len(text) <= _SHORT_LINE else _fold_line(text)


def _fold_line(text: str) -> str:
    return fold(_CONTINUED_TITLE.sub("", tidy_prose(text)[0].strip("#* ")))


_fold_short = lru_cache(maxsize=4096)(_fold_line)  # headings are compared at every page break


def find_own_heads(lines: Sequence[SourceText]) -> frozenset[str]:
    """Return the lines (folded) above a table that say nothing when they come again; 附件 without a number does."""
    heads = {fold_line(line.raw_text) for line in lines if not is_page_number(line.raw_text)}
    return frozenset(head for head in heads if not is_attachment_heading(head) or any(c.isdigit() for c in head))


def find_running_heads(document: LabelledDocument) -> frozenset[str]:
    """Return the lines (folded) that stand above two fragments or more, in no more than one of them as a title.

    "附件" alone heads each attachment, so it is none.
    """
    gaps: Counter[str] = Counter()
    lines: set[str] = set()
    for block in document.blocks:
        if isinstance(block, SourceText):
            lines.add(fold_line(block.raw_text))
        else:
            gaps.update(line for line in lines if line)
            lines = set()
    return frozenset(line for line, count in gaps.items() if count >= 2 and not is_attachment_heading(line))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSoFar:
    """A table as far as it is built, for the choice whether a fragment goes on with it.

    ``running_heads`` are the folded lines that say nothing when they stand in between, ``titles`` those above it;
    ``files`` are those that the document was read from, where they are several.
    """

    columns: tuple[Column, ...]
    task: TaskKey | None
    section: str
    restarts_in_sections: bool
    running_heads: frozenset[str]
    titles: frozenset[str] = frozenset()
    files: tuple[DocumentFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FragmentPair:
    """A fragment behind another, with what is printed between them and what the document says besides.

    ``lines`` are those in between that say something: no page furniture, no notes.
    """

    before: Fragment
    after: Fragment
    table: TableSoFar
    between: tuple[str, ...]
    lines: tuple[str, ...]
    opening: Opening

    @property
    def labels(self) -> tuple[list[tuple[Role, str]], list[tuple[Role, str]]]:
        """Roles and labels of the table's columns and of the fragment's."""
        first, second = ([(c.role, c.label) for c in side] for side in (self.table.columns, self.after.columns))
        return first, second

    @property
    def numbers(self) -> tuple[int, int] | None:
        """The last task number before and the first one behind, or None where one is not printed."""
        last = self.table.task.task_no if self.table.task else None
        return None if not self.opening.numbers or last is None else (last, self.opening.numbers[0])


def weigh_join(before: Fragment, after: Fragment, table: TableSoFar, between: Sequence[SourceText]) -> Verdict:
    """Weigh whether ``after`` continues ``before``.

    Args:
        before: The fragment before.
        after: The next fragment in reading order.
        table: The whole table that ``before`` belongs to.
        between: Lines of text printed between them, in order.

    Returns:
        Verdict over ``joined`` and ``separate``.
    """
    seen = see(pair_fragments(before, after, table, between), CLUES)
    return weigh(JOIN_PRIORS, [weigh_join_clue(name, detail) for name, detail in seen])


def pair_fragments(before: Fragment, after: Fragment, table: TableSoFar, between: Sequence[SourceText]) -> FragmentPair:
    """Return two fragments as clues look at them; arguments as of :func:`weigh_join`."""
    texts = tuple(line.raw_text for line in between)
    return FragmentPair(
        before=before,
        after=after,
        table=table,
        between=texts,
        lines=tuple(text for text in texts if not is_furniture(text, table.running_heads)),
        opening=read_opening(after),
    )


def _lacks_header(pair: FragmentPair) -> str | None:
    return seen_if(not pair.after.has_header and len(pair.table.columns) == len(pair.after.columns))


def _has_same_header(pair: FragmentPair) -> str | None:
    first, second = pair.labels
    return seen_if(first == second)


def _has_same_roles(pair: FragmentPair) -> str | None:
    first, second = pair.labels
    return seen_if([role for role, _ in first] == [role for role, _ in second])


def _has_fewer_columns(pair: FragmentPair) -> str | None:
    return seen_if(find_positions(pair.table.columns, pair.after.columns) is not None, _count_columns(pair))


def _count_columns(pair: FragmentPair) -> str:
    return f"{len(pair.table.columns)} → {len(pair.after.columns)}"


def _says_that_it_goes_on(pair: FragmentPair) -> str | None:
    lines = pair.between
    return seen_if(any(is_continuation_mark(line) or _CONTINUED_TITLE.search(without_spaces(line)) for line in lines))


def _follows_at_once(pair: FragmentPair) -> str | None:
    return seen_if(not _text_lines(pair))


def _follows_attachment_heading(pair: FragmentPair) -> str | None:
    lines = _text_lines(pair)
    return seen_if(any(map(is_attachment_heading, lines)), without_spaces("".join(lines[:1])))


def _follows_title_of_another(pair: FragmentPair) -> str | None:
    """Tell whether the table's title comes again with the name of another place or body in front."""
    for line in _text_lines(pair):
        own = _OWNER_IN_FRONT.match(fold_line(line))
        for title in pair.table.titles if own else ():
            other = _OWNER_IN_FRONT.match(title)
            if own and other and own["rest"] == other["rest"] and own["owner"] != other["owner"]:
                return own["owner"]
    return None


def _follows_title(pair: FragmentPair) -> str | None:
    titles = [line for line in _text_lines(pair) if _TITLE.search(without_spaces(line)) and not is_finished(line)]
    return without_spaces(titles[0])[:30] if titles else None


def _follows_text(pair: FragmentPair) -> str | None:
    lines = _text_lines(pair)
    return without_spaces(lines[0])[:20] if lines else None


def _text_lines(pair: FragmentPair) -> list[str]:
    return [line for line in pair.lines if not _NOTE.match(fold(line))]


def _lacks_number(pair: FragmentPair) -> str | None:
    return seen_if(pair.numbers is None and pair.opening.starts_with_data)


def _compares_sections(pair: FragmentPair, *, wanted: str) -> str | None:
    if pair.numbers is None:
        return None
    return seen_if(compare_sections(pair.table.section, pair.opening.section) == wanted, pair.opening.section[:12])


def _restarts(pair: FragmentPair, *, given: str) -> str | None:
    """Tell whether numbers start again, which they may only under a new section."""
    is_titled = _follows_title(pair) is not None
    if pair.numbers is None or not restarts(pair.opening, pair.table.task, follows_title=is_titled):
        return None
    in_sections = pair.table.restarts_in_sections
    if compare_sections(pair.table.section, pair.opening.section) == "restarts":
        in_sections = has_section = False
    else:
        has_section = bool(pair.opening.section)
    counted = "at 1" if len(pair.opening.numbers) == 1 else "at 1 and 2"
    found = "as in each section" if in_sections else "under a section" if has_section else counted
    return seen_if(found == given, _show_numbers(pair))


def _goes_on_counting(pair: FragmentPair) -> str | None:
    return seen_if(pair.numbers is not None and pair.numbers[1] - pair.numbers[0] in (0, 1), _show_numbers(pair))


def _jumps(pair: FragmentPair) -> str | None:
    return seen_if(pair.numbers is not None, _show_numbers(pair))


def _show_numbers(pair: FragmentPair) -> str:
    return f"{pair.numbers[0]} → {pair.numbers[1]}" if pair.numbers is not None else ""


def _has_other_count_of_lines(pair: FragmentPair) -> str | None:
    first, second = pair.before.edges, pair.after.edges
    return seen_if(first and second and len(first) != len(second))


def _keeps_column_lines(pair: FragmentPair) -> str | None:
    """Tell whether the column lines stand in the same places: one table keeps them over its pages."""
    moved = _farthest_line_pt(pair)
    return seen_if(moved is not None and moved <= _EDGE_TOLERANCE_PT)


def _moves_column_lines(pair: FragmentPair) -> str | None:
    moved = _farthest_line_pt(pair)
    return None if moved is None else f"{moved:.0f} pt"


def _farthest_line_pt(pair: FragmentPair) -> float | None:
    """Return how far a column line has moved at the most, the first one aside; None where there are none to compare."""
    first, second = pair.before.edges, pair.after.edges
    if not first or not second or len(first) != len(second):
        return None
    shift = first[0] - second[0]
    return max(abs(a - b - shift) for a, b in zip(first, second, strict=True))


def _stands_on_same_page(pair: FragmentPair) -> str | None:
    """On one page, or one sheet of a workbook, a header that comes again with no line above it begins nothing."""
    first, second = pair.labels
    return seen_if(not pair.lines and first == second and pair.before.page == pair.after.page)


def _stands_in_other_file(pair: FragmentPair) -> str | None:
    """An attachment in a file of its own is a table of its own; pages in files of their own go on."""
    files = pair.table.files
    first, second = find_file(files, pair.before.page), find_file(files, pair.after.page)
    if second is None or first is second or second.role != "attachment":
        return None
    return second.name[:30]


# Of each group the first that is seen counts.
CLUES: tuple[tuple[Clue[FragmentPair], ...], ...] = (
    (
        (_lacks_header, "no_header"),
        (_has_same_header, "same_header"),
        (_has_same_roles, "same_roles"),
        (_has_fewer_columns, "fewer_columns"),
        (_count_columns, "other_columns"),
    ),
    (
        (_says_that_it_goes_on, "continuation_mark"),
        (_follows_at_once, "nothing_between"),
        (_follows_attachment_heading, "attachment_heading"),
        (_follows_title_of_another, "title_of_another"),
        (_follows_title, "title_between"),
        (_follows_text, "text_between"),
    ),
    (
        (partial(_compares_sections, wanted="goes_on"), "sections_go_on"),
        (partial(_compares_sections, wanted="restarts"), "sections_restart"),
    ),
    (
        (_lacks_number, "no_number"),
        (partial(_restarts, given="as in each section"), "numbers_restart, as in each section"),
        (partial(_restarts, given="under a section"), "numbers_restart, under a section"),
        (partial(_restarts, given="at 1"), "numbers_restart, at 1"),
        (partial(_restarts, given="at 1 and 2"), "numbers_restart, at 1 and 2"),
        (_goes_on_counting, "numbers_go_on"),
        (_jumps, "numbers_jump"),
    ),
    (
        (_has_other_count_of_lines, "other_column_lines, of another number"),
        (_keeps_column_lines, "same_column_lines"),
        (_moves_column_lines, "other_column_lines"),
    ),
    ((_stands_on_same_page, "same_page"),),
    ((_stands_in_other_file, "other_file"),),
)
