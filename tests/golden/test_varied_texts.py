"""Plans about the bounds of labelling's rules are read as they were: the net below the tests of single rules.

``varied_texts.py`` writes a document from a seed. What it is read as stands in ``varied_texts.txt``: drawn, not judged, so that
it says that something changed; whether for the better is seen in the diff::

    python -m tests.golden.test_varied_texts       draws all documents anew
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.errors import InputError
from planextract.interpret.deadlines import parse_deadline
from planextract.label.document import label_document
from planextract.model.source import SourceDocument
from planextract.model.table import Fragment
from tests.golden.varied_texts import write_blocks

FILE = Path(__file__).parent / "varied_texts.txt"
D = load_dictionaries()
COUNT = 130
METADATA = {"索引号": "index_no", "发布机构": "issuer"}


def read_wanted() -> dict[int, str]:
    """Return the drawn reading of each seed."""
    parts = re.split(r"^text (\d+)\n", FILE.read_text("utf-8"), flags=re.MULTILINE)
    return {int(seed): text for seed, text in zip(parts[1::2], parts[2::2], strict=True)}


@pytest.mark.parametrize(("seed", "wanted"), read_wanted().items() if FILE.exists() else ())
def test_text_is_read_as_before(seed: int, wanted: str) -> None:
    diff = "\n".join(
        difflib.unified_diff(wanted.splitlines(), list(read_varied(seed)), "expected", "read", lineterm="", n=1)
    )
    assert not diff, f"{diff}\nif it is meant: python -m tests.golden.test_varied_texts"


def read_varied(seed: int) -> Iterator[str]:
    """Label the document of a seed: a line for each line of text, row, discard and finding; or why it is refused."""
    blocks = write_blocks(seed)
    source = SourceDocument(
        doc_id="0" * 16, source_path="a.txt", media_type="", reader="text", page_count=3, blocks=tuple(blocks), printed=""
    )  # fmt: skip
    try:
        found = label_document(source, D.columns, METADATA, _is_deadline)
    except InputError as error:
        yield f"refused {error.cause}"
        return
    for block in found.blocks:
        if isinstance(block, Fragment):
            yield f"p{block.page} {block.has_header:d} " + " ".join(f"{c.role}:{c.label}" for c in block.columns)
            for row in block.rows:
                cells = "|".join("" if cell is None else cell.text for cell in row.cells).replace("\n", "⏎")
                yield f" {'-' if row.kind == 'section' else ' '}{cells}{'' if row.score == 1 else f' {row.score:.1f}'}"
        else:
            yield f"{block.page} {block.raw_text}"
    left: dict[str, list[str]] = {}
    for item in found.trail.discards:
        left.setdefault(item.reason, []).append(item.raw_text.replace("\n", "⏎"))
    yield from (f"~{reason} {' / '.join(texts)}" for reason, texts in left.items())
    yield from (f"!{item.code} {item.message}".replace("\n", "⏎") for item in found.trail.findings)


def _is_deadline(text: str) -> bool:
    return parse_deadline(text, 2024, D.deadlines).kind not in ("unparsed", "none")


if __name__ == "__main__":
    kept = list(read_wanted()) if FILE.exists() else list(range(COUNT))
    FILE.write_text(
        "".join(f"text {seed}\n" + "".join(f"{line}\n" for line in read_varied(seed)) for seed in kept), "utf-8"
    )
