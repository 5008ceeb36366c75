"""A review session: the output, its log, and what a person does.

Other tabs and other processes write to the same log; it is read again before each answer. A decision on
something that somebody else has just decided is refused and shown instead of written.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from planextract.decisions.agency_log import append_judgements, load_judgements
from planextract.decisions.log import LogContent, append_decisions, read_log
from planextract.decisions.records import MAX_TEXT
from planextract.dictionaries import load_dictionaries
from planextract.errors import PlanExtractError, UsageError
from planextract.model.agency import AgencyEntry
from planextract.model.decision import Decision
from planextract.model.judgement import AgencyJudgement
from planextract.model.vocabulary import Dictionaries
from planextract.review.judging import Wish, find_bodies, make_judgement
from planextract.review.open_names import MatcherOf, make_matcher_of
from planextract.review.page.actions import AGENCY_ACTIONS, Refused, Request, make_decisions, make_wish, wish_as_printed
from planextract.review.page.pictures import Inputs, PagePictures
from planextract.review.page.queue import Item, build_items, judgement_id
from planextract.review.page.workspace import ReviewedDocument, Workspace, load_workspace, stamp_output

__all__ = ["MAX_TEXT", "Conflict", "Filters", "Progress", "Refused", "Request", "Session"]

_SUGGESTED = 5
# What a decision on a name is refused for, and how the page says it.
_REFUSED = {
    "agencies.no_such_body": "no_such_agency",
    "agencies.no_such_kind": "no_name",
    "agencies.name_too_long": "too_long",
    "agencies.id_taken": "name_taken",
}


class Conflict(Exception):  # noqa: N818
    """Somebody else has decided the same thing meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the queue shows. ``state`` is ``open``, ``done`` or ``all``; ``severity`` the least severe one shown."""

    doc_id: str = ""
    kind: str = ""
    severity: str = "warning"
    state: str = "open"
    search: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far one is: of the things to check (warnings and errors), and of the minor ones."""

    done: int
    total: int
    minor_open: int


class Session:
    """The state of one review server.

    Args:
        output: The output folder; only read.
        log: The decisions log. It and the log on agency names are the only files that are written.
        agency_log: The log of decisions on agency names, shared with ``planextract agencies``.
        folders: Where the inputs are, for their pictures.
    """

    def __init__(self, output: Path, log: Path, agency_log: Path, folders: Sequence[Path]) -> None:
        self.output, self.log, self.agency_log = output, log, agency_log
        self.inputs = Inputs(folders)
        self.pictures = PagePictures(self.inputs)
        self._lock = threading.RLock()
        self._stamp = stamp_output(output)
        self.workspace: Workspace = load_workspace(output)
        self._matcher_of: MatcherOf | None = None
        self._dictionaries: Dictionaries | None = None
        self._log_stamp: tuple[tuple[int, int], ...] | None = None
        self.judgements: Mapping[str, AgencyJudgement] = {}
        self.names: Mapping[tuple[str, str], AgencyJudgement] = {}
        self.content = LogContent()
        self.items: list[Item] = []
        self._by_key: dict[str, Item] = {}
        self._own: list[tuple[str, ...]] = []
        self.homes: dict[str, str] = {}
        self._fresh_names: set[str] = set()
        self.trouble: PlanExtractError | None = None
        self._take_in()

    def close(self) -> None:
        """Close what is open."""
        self.pictures.close()

    def refresh(self) -> None:
        """Take in what changed on disk: lines of the log, or a new run.

        What cannot be read (a bad line in the log, an output that is gone or being written) is noted in ``trouble``,
        and the last good state stays.
        """
        try:
            self._take_in()
        except PlanExtractError as exc:
            self.trouble = exc
        else:
            self.trouble = None

    @property
    def notice(self) -> str:
        """What people must know: why the last good state is shown, or which lines of the log do not count."""
        if self.trouble is not None:
            return self.trouble.message
        return "; ".join(f"{self.log.name}: {problem}" for problem in self.content.problems[:3])

    def _take_in(self) -> None:
        """Take in what changed on disk.

        Raises:
            PlanExtractError: If it cannot be read; nothing has changed then.
        """
        with self._lock:
            stamp = stamp_output(self.output)
            is_new = stamp != self._stamp
            log_stamp = (_stamp(self.log), _stamp(self.agency_log))
            if is_new or log_stamp != self._log_stamp:
                workspace = load_workspace(self.output) if is_new else self.workspace
                content, names = read_log(self.log), load_judgements(self.agency_log).current()
                self._rebuild(workspace, content, names)
                if is_new:
                    self._matcher_of = self._dictionaries = None
                    self._fresh_names.clear()
                self._stamp, self._log_stamp = stamp, log_stamp

    def _rebuild(
        self, workspace: Workspace, content: LogContent, names: Mapping[tuple[str, str], AgencyJudgement]
    ) -> None:
        known = frozenset(workspace.documents)
        standing = {
            document.doc_id: content.for_document(document.doc_id, document.path, known)
            for document in workspace.documents.values()
        }
        self.items = build_items(workspace, standing, names)
        self._by_key = {item.key: item for item in self.items}
        self.workspace, self.content = workspace, content
        self.standing: Mapping[str, Sequence[Decision]] = standing
        self.names = names
        self.judgements = {judgement_id(judgement): judgement for judgement in names.values()}

    def document(self, doc_id: str) -> ReviewedDocument | None:
        """Return a document of the output."""
        return self.workspace.documents.get(doc_id)

    def dictionaries(self) -> Dictionaries:
        """Return the dictionaries with the bodies of the run."""
        with self._lock:
            if self._dictionaries is None:
                self._dictionaries = replace(load_dictionaries(), agencies=self.workspace.agencies)
            return self._dictionaries

    def search(self, text: str, region: str) -> tuple[AgencyEntry, ...]:
        """Return bodies whose names contain a text, of those that may stand in a plan of a region."""
        return find_bodies(text, region, self.dictionaries())

    def find_open_names(self, item: Item) -> list[Item]:
        """Return the open names of an item's document, the item itself included."""
        return [i for i in self.items if i.name is not None and i.is_open and i.doc_id == item.doc_id]

    def suggest(self, name: str, document: ReviewedDocument) -> tuple[tuple[AgencyEntry, float], ...]:
        """Return the nearest bodies of the run's dictionary, ranked as ``planextract agencies review`` ranks them."""
        with self._lock:
            if self._matcher_of is None:
                self._matcher_of = make_matcher_of(self.dictionaries())
            matcher = self._matcher_of(document.region, document.result.issued_on)
        # A body of the dictionary and the same one by grammar are one to a person.
        by_name = {e.full_name: (e, score) for e, score in reversed(matcher.suggest(name, limit=2 * _SUGGESTED))}
        return tuple(sorted(by_name.values(), key=lambda found: -found[1])[:_SUGGESTED])

    def find(self, key: str) -> Item | None:
        """Return an item by its key."""
        return self._by_key.get(key)

    def find_row(self, measure_id: str) -> Item | None:
        """Return the item of a measure's row: reports and the reading page lead there."""
        rows = (item for item in self.items if item.measure_id == measure_id and item.name is None)
        return next(rows, None) if measure_id else None

    def find_alike(self, item: Item) -> list[Item]:
        """Return the open items of the same document that ask for the same one reason, the item itself included."""
        codes = {doubt.code for doubt in item.doubts}
        if len(codes) != 1 or not item.is_open or codes == {"review:unsure_row"}:  # those want a look each
            return []
        alike = (i for i in self.items if i.doc_id == item.doc_id and i.is_open)
        return [other for other in alike if {doubt.code for doubt in other.doubts} == codes]

    def select(self, filters: Filters) -> list[Item]:
        """Return the items that pass the filters, in the order of the queue.

        A search looks at every row of every document, not only at doubtful ones.
        """
        from planextract.text.characters import fold

        words = [fold(word) for word in filters.search.split()]
        levels = ("error", "warning", "info", "none")
        least = len(levels) - 1 if words else levels.index(filters.severity) if filters.severity in levels else 1
        chosen = []
        for item in self.items:
            if filters.doc_id and item.doc_id != filters.doc_id:
                continue
            if filters.kind and item.kind != filters.kind and not any(d.kind == filters.kind for d in item.doubts):
                continue
            if levels.index(item.severity) > least:
                continue
            # A row without doubts is neither open nor done until somebody decides something about it.
            if not words and filters.state == "open" and not item.is_open and item.severity != "none":
                continue
            if not words and filters.state == "done" and not (item.covered and not item.is_open):
                continue
            if all(word in item.search for word in words):
                chosen.append(item)
        return chosen

    def progress(self) -> Progress:
        """Return how far one is."""
        main = [item for item in self.items if item.severity in ("error", "warning")]
        minor = sum(item.is_open for item in self.items if item.severity == "info")
        return Progress(done=sum(not item.is_open for item in main), total=len(main), minor_open=minor)

    @property
    def only_looked(self) -> frozenset[str]:
        """Decisions that say no more than that somebody looked at an unsure row: no table shows them."""
        made = (d for d in self.content.decisions if d.kind == "accept")
        return frozenset(d.decision_id for d in made if all(code.startswith("review:") for code in d.codes))

    def count_pending(self) -> int:
        """Return how many decisions are in no table yet: a run would bring them there."""
        made = {decision.decision_id for standing in self.standing.values() for decision in standing}
        replayed = {key for document in self.workspace.documents.values() for key in document.replayed}
        return len(made - replayed - self.only_looked) + len(self._fresh_names & self.judgements.keys())

    def decide(self, request: Request, seen: Sequence[str]) -> None:
        """Write a decision on an item.

        Args:
            request: What the person wants.
            seen: Ids of the decisions on the item that the person's page showed.

        Raises:
            Refused: If the item is gone or the request makes no sense for it.
            Conflict: If another tab has decided the item meanwhile.
            PlanExtractError: If the log cannot be written, or it or the output cannot be read: a run would refuse it.
        """
        with self._lock:
            self._take_in()
            item = self.find(request.key)
            if item is None:
                raise Refused("gone")
            if set(item.covered) != set(seen):
                raise Conflict
            document = self.workspace.documents[item.doc_id]
            if request.action in AGENCY_ACTIONS:
                self._judge([make_wish(request, item, document)], request.key)
                return
            if request.action == "as_printed":
                words = self.dictionaries().agency_words
                names = self.find_open_names(item)
                self._judge([wish_as_printed(other, document, words) for other in names], request.key)
                return
            if request.action == "accept_all":
                one = replace(request, action="accept")
                decisions: tuple[Decision, ...] = tuple(
                    decision
                    for other in self.find_alike(item)
                    for decision in make_decisions(one, other, document, self.workspace)
                )
            else:
                decisions = make_decisions(request, item, document, self.workspace)
            if not decisions:
                raise Refused("nothing_changed")
            written = append_decisions(self.log, decisions)
            self._remember(tuple(decision.decision_id for decision in written), request.key)

    def _judge(self, wishes: Sequence[Wish], key: str) -> None:
        if not wishes:
            raise Refused("nothing_changed")
        try:
            made = [make_judgement(wish, self.dictionaries()) for wish in wishes]
        except UsageError as exc:
            raise Refused(_REFUSED.get(exc.code, "not_here")) from exc
        append_judgements(self.agency_log, made)
        ids = tuple(judgement_id(judgement) for judgement in made)
        self._remember(ids, key)
        self._fresh_names.update(ids)

    def _remember(self, ids: tuple[str, ...], key: str) -> None:
        self._own.append(ids)
        self.homes.update(dict.fromkeys(ids, key))
        self.refresh()

    def undo(self, ids: Sequence[str] = ()) -> tuple[str, ...]:
        """Take back decisions: those named, else the last ones of this session.

        Returns:
            The ids that no longer hold; empty if there was nothing to undo.

        Raises:
            PlanExtractError: As :meth:`decide`.
        """
        with self._lock:
            self._take_in()
            holding = {d.decision_id for d in self.content.decisions} - self.content.undone | set(self.judgements)
            while not ids and self._own:
                ids = tuple(key for key in self._own.pop() if key in holding)
            chosen = [key for key in ids if key in holding]
            names = [self.judgements[key] for key in chosen if key in self.judgements]
            others = [key for key in chosen if key not in self.judgements]
            if names:
                reopened = [AgencyJudgement(form=j.form, region=j.region, action="reopen") for j in names]
                append_judgements(self.agency_log, reopened)
            if others:
                append_decisions(self.log, [Decision(decision_id="", at="", kind="undo", of=key) for key in others])
            if chosen:
                self.refresh()
            return tuple(chosen)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
