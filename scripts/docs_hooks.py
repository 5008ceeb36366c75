"""Hooks of mkdocs (mkdocs.yml): pages made from the code, links that leave the site, benchmarks of later days."""

from __future__ import annotations

import posixpath
import re
import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[1]
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]\[]+)\]\((?P<target>[^)\s#]+)[^)\s]*\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put benchmark pages that the navigation does not name behind the comparison."""
    import jieba

    jieba.setLogLevel("WARNING")  # it cuts Chinese into words for the search, and need not say so
    listed = str(config.nav)
    groups = [entry["Comparison"] for entry in config.nav or [] if isinstance(entry, dict) and "Comparison" in entry]
    for path in sorted(Path(config.docs_dir).glob("benchmarks*.md")):
        if path.name not in listed and groups:
            subject = path.stem.removeprefix("benchmarks").strip("-").replace("-", " ") or "all"
            groups[0].append({f"Benchmarks: {subject}": path.name})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the command reference, made from the commands."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    from scripts.cli_page import make_cli_page

    files.append(File.generated(config, "reference/cli.md", content=make_cli_page()))
    return files


def on_page_markdown(markdown: str, page: Any, config: MkDocsConfig, files: Files) -> str:  # noqa: ANN401
    """Name files of the repository that a page links to; the site does not hold them."""
    del config, files
    folder = posixpath.dirname(page.file.src_uri)

    def name_file(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join("docs", folder, match["target"]))
        is_inside = "://" in match["target"] or target == "docs" or target.startswith("docs/")
        return match[0] if is_inside else f"{match['text']} (`{target}`)"

    return _LINK.sub(name_file, markdown)
