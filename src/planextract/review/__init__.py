"""The local review page: page and cell side by side, decide, and never decide the same thing twice."""
