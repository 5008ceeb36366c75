"""Tables in plain lines of text: found by their header's words, whatever divides the cells."""

from planextract.label.text_tables.find import Found, Rejected, find_text_tables

__all__ = ["Found", "Rejected", "find_text_tables"]
