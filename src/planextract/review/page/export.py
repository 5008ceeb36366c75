"""Export reviewed documents as gold, for ``planextract score``."""

from __future__ import annotations

from pathlib import Path

from planextract.errors import OutputError
from planextract.phrases import Phrase
from planextract.review.page.session import Session
from planextract.write.gold import format_gold
from planextract.write.read_back import iterate_results

_NOTE = "exported by planextract review: nothing was left to check"


def export_gold(session: Session, target: Path) -> tuple[list[str], list[tuple[str, int]]]:
    """Write a gold file for each document with nothing left to check and no decision that a run has yet to replay.

    Args:
        session: The output and its log.
        target: Folder; made if it does not exist. Files are named by the document's id.

    Returns:
        Source paths of the documents written, and of those left out with how much they leave open.

    Raises:
        OutputError: If the folder cannot be written.
    """
    left: dict[str, int] = {}
    only_looked = session.only_looked
    for item in session.items:
        document = session.workspace.documents[item.doc_id]
        to_replay = [key for key in item.covered if key not in document.replayed and key not in only_looked]
        is_pending = bool(to_replay) and item.kind != "finding"
        if (item.is_open and item.severity in ("error", "warning")) or is_pending:
            left[item.doc_id] = left.get(item.doc_id, 0) + 1
    written, open_ones = [], []
    try:
        target.mkdir(parents=True, exist_ok=True)
        for result in iterate_results(session.output):
            if left.get(result.doc_id):
                open_ones.append((result.source_path, left[result.doc_id]))
                continue
            staged = target / f".{result.doc_id}.yaml"
            staged.write_text(format_gold(result, _NOTE), encoding="utf-8")
            staged.replace(target / f"{result.doc_id}.yaml")
            written.append(result.source_path)
    except OSError as exc:
        raise OutputError(
            "review.not_exported",
            Phrase("the gold files cannot be written: {reason}", reason=exc.strerror),
            file=str(target),
            advice="Choose another folder.",
        ) from exc
    return written, open_ones
