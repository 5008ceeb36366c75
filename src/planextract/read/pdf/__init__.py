"""Born-digital PDF: pages as arrays of characters and rulings (pdfium), tables by the lattice."""
