"""Check a finished extraction: findings, what people settled or said in vain, the ledger, confidence, persons."""

from __future__ import annotations

from dataclasses import replace

from planextract.check.confidence import rate_measures
from planextract.check.conservation import check_conservation
from planextract.check.notes import place_findings, place_notes
from planextract.check.plans import check_plans
from planextract.check.privacy import withhold_persons
from planextract.check.settled import settle_findings
from planextract.model.decision import Bound
from planextract.model.plan import Extraction
from planextract.model.source import SourceDocument
from planextract.model.vocabulary import Dictionaries


def check_document(
    found: Extraction, source: SourceDocument, bound: Bound, books: Dictionaries, *, keep_persons: bool
) -> Extraction:
    """Check everything found in a document, rate it, and withhold what names people.

    Args:
        found: With the findings of the rooms before.
        source: As read: its notes, and the characters that must be found again.
        bound: Decisions of people; those that nothing came of are findings.
        books: Model of confidence, words.
        keep_persons: Whether to leave people's names in.

    Raises:
        InternalError: If the conservation ledger does not balance.
    """
    seen = {repair.decision_id for repair in found.repairs} | {break_.decision_id for break_ in found.boundaries}
    findings = (
        *place_notes(source.notes, found),
        *place_findings(found),
        *check_plans(found.plans, found.notice, found.doc_id, books.columns),
        *bound.find_stale(seen),
    )
    findings, confirmed = settle_findings(findings, bound.accepted, found.plans, found.doc_id)
    found = replace(found, findings=findings)
    check_conservation(found, source.printed)
    rated = rate_measures(found, books.confidence, books.words, confirmed)
    return rated if keep_persons else withhold_persons(rated)
