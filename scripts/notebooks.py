"""Run the notebooks from a clean output, and write what they show, or check that what is committed is still true.

Run: .venv/bin/python -m scripts.notebooks [NAME …]           (writes the outputs into notebooks/)
     .venv/bin/python -m scripts.notebooks --check [NAME …]   (compares, as the tests do)
"""

from __future__ import annotations

import argparse
import base64
import io
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
# What a notebook may read: the repository's inputs, never its outputs.
_INPUTS = ("raw", "examples", "tests/benchmark/xicheng-2021", "tests/benchmark/xicheng-2022")
_STYLER_ID = re.compile(r"T_[0-9a-f]{5}")
_SECONDS = 180
# Fonts are drawn a little differently from one version of their package to the next; a changed bar is much more.
_MAX_DIFFERENCE, _MAX_CHANGED_SHARE, _MAX_SIZE_CHANGE = 40, 0.01, 0.03


def find_notebooks(names: Sequence[str] = ()) -> list[Path]:
    """Return the notebooks whose names begin with one of the given texts; all without any."""
    return [path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if not names or path.name.startswith(tuple(names))]


@contextmanager
def clean_folder() -> Iterator[Path]:
    """Make a copy of the inputs and notebooks without any output, and yield its notebooks folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for place in _INPUTS:
            shutil.copytree(ROOT / place, folder / place)
        (folder / "notebooks").mkdir()
        yield folder / "notebooks"


def execute(path: Path, folder: Path) -> nbformat.NotebookNode:
    """Run a notebook in a folder and return it with its outputs, without clocks, counters of the kernel, or addresses.

    Raises:
        nbclient.exceptions.CellExecutionError: If a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=_SECONDS,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    _tidy(notebook)
    return notebook


def _tidy(notebook: nbformat.NotebookNode) -> None:
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells):
        cell["id"], cell["metadata"] = f"cell-{number + 1:02d}", {}
        for place, output in enumerate(cell.get("outputs", [])):
            output.pop("metadata", None)
            if output["output_type"] != "stream":
                output["metadata"] = {}
            for kind, text in output.get("data", {}).items():
                if kind == "text/plain" and "text/html" in output["data"] and " at 0x" in text:
                    output["data"][kind] = "(table)"
                elif kind.startswith("text/"):
                    output["data"][kind] = _STYLER_ID.sub(f"T_{number:02d}{place:03d}", text)
            if "image/png" in output.get("data", {}):
                output["data"]["text/plain"] = "(figure)"
                output["data"]["image/png"] = _shrink(output["data"]["image/png"])


def _shrink(encoded: str) -> str:
    """Reduce a figure to 256 colors, which it hardly has: a notebook is loaded more often than made."""
    from PIL import Image

    picture = Image.open(io.BytesIO(base64.b64decode(encoded))).convert("RGB")
    stream = io.BytesIO()
    picture.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    return base64.b64encode(stream.getvalue()).decode("ascii") + "\n"


def find_differences(committed: nbformat.NotebookNode, fresh: nbformat.NotebookNode) -> list[str]:
    """Return what a committed notebook shows otherwise than a fresh run of it; a font may be hinted otherwise."""
    differences = []
    for old, new in zip(committed.cells, fresh.cells, strict=True):
        before, after = old.get("outputs", []), new.get("outputs", [])
        shown = f"{old['id']}: {old['source'].splitlines()[0][:60] if old['source'] else ''}"
        if [o["output_type"] for o in before] != [o["output_type"] for o in after]:
            differences.append(f"{shown}: {len(before)} outputs were committed, {len(after)} are made")
            continue
        for one, other in zip(before, after, strict=True):
            differences += [f"{shown}: {what}" for what in _compare_output(one, other)]
    return differences


def _compare_output(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    if old.get("text") != new.get("text"):
        yield f"prints {new.get('text')!r}, committed is {old.get('text')!r}"
    before, after = old.get("data", {}), new.get("data", {})
    if set(before) != set(after):
        yield f"shows {sorted(after)}, committed is {sorted(before)}"
        return
    for kind, text in before.items():
        if kind == "image/png":
            yield from _compare_pictures(text, after[kind])
        elif text != after[kind] and (kind != "text/plain" or len(before) == 1):
            yield f"{kind} differs: {_first_difference(text, after[kind])}"


def _first_difference(old: str, new: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return f"…{old[max(0, at - 20) : at + 30]!r} → {new[max(0, at - 20) : at + 30]!r}"


def _compare_pictures(old: str, new: str) -> Iterator[str]:
    from PIL import Image, ImageChops, ImageFilter

    first, second = (Image.open(io.BytesIO(base64.b64decode(data))).convert("L") for data in (old, new))
    if any(abs(a - b) > max(3, a * _MAX_SIZE_CHANGE) for a, b in zip(first.size, second.size, strict=True)):
        yield f"the figure is {second.size}, committed is {first.size}"
        return
    second = second.resize(first.size)
    blur = ImageFilter.GaussianBlur(3)
    levels = ImageChops.difference(first.filter(blur), second.filter(blur)).histogram()
    share = sum(levels[_MAX_DIFFERENCE:]) / (first.width * first.height)
    if share > _MAX_CHANGED_SHARE:
        yield f"the figure differs on {share:.1%} of its area"


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="beginnings of notebook names; all without any")
    parser.add_argument("--check", action="store_true", help="compare with what is committed, and write nothing")
    given = parser.parse_args()
    stale = False
    with clean_folder() as folder:
        for path in find_notebooks(given.names):
            fresh = execute(path, folder)
            if given.check:
                differences = find_differences(nbformat.read(path, as_version=4), fresh)
                stale = stale or bool(differences)
                sys.stdout.write(
                    "\n".join([f"{path.name}: {'stale' if differences else 'as committed'}", *differences, ""])
                )
            else:
                nbformat.write(fresh, path)
                sys.stdout.write(f"{path.name}: written\n")
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
