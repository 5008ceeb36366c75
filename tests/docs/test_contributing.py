"""CONTRIBUTING.md names files that exist."""

import re


def test_every_file_that_it_names_exists(root):
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    package = root / "src" / "planextract"
    places = [root, package, *(folder for folder in package.iterdir() if folder.is_dir())]
    named = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*(?:\.py|\.md|\.yaml|/))`", text))
    assert len(named) > 30
    assert sorted(name for name in named if not any((place / name).exists() for place in places)) == []
