"""Variants of the constructs that real tables have and most readers stumble over, with exact truth."""
