"""Annotations that print text: values of form fields, and free text over a page."""

from __future__ import annotations

import pypdfium2 as pdfium
from pypdfium2 import raw

_PRINTING = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)
_MOST = 5_000  # annotations of one page that are looked at


def show_annotations(document: pdfium.PdfDocument, page: pdfium.PdfPage, index: int) -> pdfium.PdfPage:
    """Return a page whose form fields and free texts are a part of what it draws; itself where it has none.

    Other annotations (links, marked passages, notes, stamps) stay out of it. The document in memory is changed, the
    file is not.
    """
    count = raw.FPDFPage_GetAnnotCount(page.raw)
    if not 0 < count <= _MOST:
        return page
    kinds = []
    for number in range(count):
        annotation = raw.FPDFPage_GetAnnot(page.raw, number)
        kinds.append(raw.FPDFAnnot_GetSubtype(annotation) if annotation else 0)
        if annotation:
            raw.FPDFPage_CloseAnnot(annotation)
    if not any(kind in _PRINTING for kind in kinds):
        return page
    for number in reversed(range(count)):
        if kinds[number] not in _PRINTING:
            raw.FPDFPage_RemoveAnnot(page.raw, number)
    if raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return page
    page.close()
    return document[index]
