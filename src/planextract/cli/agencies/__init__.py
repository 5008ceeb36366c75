"""``planextract agencies``: one module a command."""
