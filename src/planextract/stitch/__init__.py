"""Room: put continued tables together again.

In: labelled fragments. Out: whole tables, rows cut by a page break made whole, one
:class:`~planextract.model.table.Boundary` a pair of neighbouring fragments with score, reasons and
runner-up. Choices weigh evidence as likelihood ratios, with the rates of the document itself.
"""

from planextract.stitch.walk import stitch_document

__all__ = ["stitch_document"]
