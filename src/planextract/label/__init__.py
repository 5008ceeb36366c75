"""Room: say what each table, row and column is, as printed.

In: blocks as read. Out: fragments with canonical columns, header, section and data rows; pages
numbered; text of every cell tidied, with the steps recorded. Tables that are no plan tables are
discarded with a finding, never dropped silently.
"""

from planextract.label.document import label_document

__all__ = ["label_document"]
