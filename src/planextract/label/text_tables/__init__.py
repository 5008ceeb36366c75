"""Tables in plain lines of text: found by their header's words, whatever divides the cells."""

from planextract.label.text_tables.find import UNSURE, Found, Rejected, find_text_tables
from planextract.label.text_tables.run_together import has_parted_header, has_run_together_header

__all__ = ["UNSURE", "Found", "Rejected", "find_text_tables", "has_parted_header", "has_run_together_header"]
