"""The balcony for decisions: the review page, names that nothing linked, and the reconciliation service."""
