"""ARCHITECTURE.md and CONTRIBUTING.md name files that are there."""

from __future__ import annotations

import re

import pytest

_NAMED = re.compile(r"`([\w/{},]+(?:\.py|/|\.yaml|\.csv|\.txt|\.toml))`")


def is_there(root, name):
    name = name.rstrip("/")
    known = (root, root / "src" / "planextract")
    if any((base / name).exists() for base in known):
        return True
    parts = [path for folder in ("src", "tests", "scripts", "dictionaries") for path in (root / folder).rglob(name.split("/")[-1])]
    return any(path.as_posix().endswith(f"/{name}") for path in parts)


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_file_that_is_named_is_there(root, page):
    names = _NAMED.findall((root / page).read_text("utf-8"))
    assert len(names) > 20
    assert [name for name in names if not is_there(root, name)] == []
