"""Hooks of mkdocs (mkdocs.yml): pages made from the code, and places for pages that may not be there yet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[1]
# Page → (group of the navigation, title): put there once the page exists.
_LATER = {"export.md": ("How to", "Export"), "new-plan.md": ("How to", "The next annual plan")}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add pages to the navigation that exist."""
    listed = str(config.nav)
    for page, (group, title) in _LATER.items():
        if page not in listed and (Path(config.docs_dir) / page).is_file():
            for entry in config.nav or []:
                if isinstance(entry, dict) and group in entry:
                    entry[group].append({title: page})
    for path in sorted(Path(config.docs_dir).glob("benchmarks*.md")):
        if path.name not in listed:
            title = path.stem.removeprefix("benchmarks").strip("-").replace("-", " ").capitalize() or "Overview"
            for entry in config.nav or []:
                if isinstance(entry, dict) and "Comparison" in entry:
                    entry["Comparison"].append({f"Benchmarks: {title.lower()}": path.name})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the command reference, made from the commands."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    from scripts.cli_page import make_cli_page

    files.append(File.generated(config, "reference/cli.md", content=make_cli_page()))
    return files


def on_page_markdown(markdown: str, page: Any, config: MkDocsConfig, files: Files) -> str:  # noqa: ANN401
    """Let pages that are also read in the repository link from there: docs/gold.md is gold.md here."""
    del page, config, files
    return markdown.replace("](docs/", "](")
