"""Room: from the arrays of a page to its blocks, for PDF, OFD, scans and recognised text alike.

In: characters and rulings of one page as arrays (:mod:`planextract.model.page`). Out: tables with cells and spans
(ruled by :mod:`.lattice`, aligned by :mod:`.stream`) and lines of text in reading order. Pure; the readers call it.
"""
