"""ARCHITECTURE.md names files that are there (for CONTRIBUTING.md see test_contributing.py)."""

from __future__ import annotations

import re

_NAMED = re.compile(r"`([\w/{},]+(?:\.py|/))`")


def is_there(root, name):
    name = name.rstrip("/")
    known = (root, root / "src" / "planextract")
    if any((base / name).exists() for base in known):
        return True
    parts = [
        path
        for folder in ("src", "tests", "scripts", "dictionaries")
        for path in (root / folder).rglob(name.split("/")[-1])
    ]
    return any(path.as_posix().endswith(f"/{name}") for path in parts)


def test_every_file_that_is_named_is_there(root):
    names = _NAMED.findall((root / "ARCHITECTURE.md").read_text("utf-8"))
    assert len(names) > 100
    assert [name for name in names if not is_there(root, name)] == []
