"""Door for documents: bytes in, :class:`~planextract.model.source.SourceDocument` out.

A reader is picked by content, not by name. Every reader gives the same blocks (tables, lines of
text, mark-up) and its own account of all characters it read, which the conservation ledger must find again.
"""

from __future__ import annotations

from planextract.read.detect_format import LAYER_SUFFIXES, READABLE_SUFFIXES
from planextract.read.document import read_document

__all__ = ["LAYER_SUFFIXES", "READABLE_SUFFIXES", "read_document"]
