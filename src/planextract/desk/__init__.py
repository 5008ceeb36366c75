"""A local page for people: drop files, read the plan, correct it, run again, take it away.

The page only asks: a child process of ``planextract run`` writes the output, the review page its logs.
"""
