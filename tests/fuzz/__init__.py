"""Fuzzing that learns: inputs that reach new lines are kept and changed further. ``python -m tests.fuzz --minutes 15``."""
