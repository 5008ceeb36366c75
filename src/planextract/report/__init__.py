"""The balcony that looks back: reports on results, data first, template second.

Reads committed tables (or extracts a document on the spot), measures them in ``score`` and writes one
self-contained HTML page each, with the same figures as JSON and Parquet. Prints nothing.
"""
