"""Room: is the result whole and sound?

In: the finished extraction. Out: the same with findings and confidence; :func:`check_conservation` raises where a
character was lost, which fails the document before anything of it is written.
"""

from planextract.check.conservation import check_conservation
from planextract.check.document import check_document

__all__ = ["check_conservation", "check_document"]
