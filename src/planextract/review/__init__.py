"""The balcony for decisions: names that nothing linked, and the reconciliation service."""
