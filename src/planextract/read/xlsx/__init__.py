"""Workbooks: .xlsx and .xlsm read from their own XML, .xls, .et, .xlsb and .ods after LibreOffice turned them into one.

Why the file's own XML and no library, on 200,000 rows × 8 columns (2 shared cores, notebook figures in
docs/formats.md): openpyxl's read-only mode knows no merged ranges and takes 14 s; python-calamine takes 1.4 s but
knows neither number formats nor hidden rows, comments, raised digits or formulas without a value, which a faithful
reading needs; expat's events over the unpacking stream take 3 to 5 s with all of them and no dependency.
"""
