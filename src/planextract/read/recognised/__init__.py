"""Text that an OCR program recognised and wrote with its places: hOCR and ALTO."""
