"""Committed tables → files for other programs: Excel, CSV, JSON lines, DuckDB, SQLite.

An export is a copy: the Parquet parts stay the truth. It is written beside its target and put in place in one step;
what stands there and is no export of ours is never replaced unasked. Values are those of the contract's tables.
"""

from __future__ import annotations

from planextract.export.command import ExportSummary, export_output
from planextract.export.registry import FORMATS

__all__ = ["FORMATS", "ExportSummary", "export_output"]
