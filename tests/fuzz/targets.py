"""What is fuzzed: each parser of bytes that come from outside, with seeds of its own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from planextract.decisions.agency_log import load_judgements
from planextract.decisions.log import parse_log
from planextract.decisions.overrides import parse_overrides
from planextract.read import read_document
from planextract.settings import ReadSettings, parse_settings

from ..benchmark.corpora import make_pdf, make_small_plan
from ..formats.fuzz import load_seeds

DATA = Path(__file__).resolve().parents[1] / "data"
LIMITS = ReadSettings(
    max_unpacked_bytes=20_000_000,
    max_cells=50_000,
    max_elements=100_000,
    max_text_chars=2_000_000,
    convert_seconds=20,
    max_page_objects=20_000,
    max_image_pixels=20_000_000,
    ocr="none",
)
_HOCR = (
    "<html><body><div class='ocr_page' title='bbox 0 0 600 800'><span class='ocr_line' title='bbox 10 10 90 30'>"
    "<span class='ocrx_word' title='bbox 10 10 40 30; x_wconf 90'>重点任务</span></span></div></body></html>"
).encode()
_ALTO = (
    '<?xml version="1.0"?><alto><Layout><Page WIDTH="600" HEIGHT="800"><PrintSpace><TextBlock><TextLine>'
    '<String CONTENT="任务" HPOS="10" VPOS="10" WIDTH="30" HEIGHT="20" WC="0.9"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>'
).encode()
_OVERRIDES = "boundaries:\n- pages: [3, 4]\n  row: new_measure\ninheritance:\n- plan: 2\n  task: 10\n  measure_starts: 严厉\n  column: support\n  inherit: true\n"
_LOG = (DATA / "schema-1" / "output.decisions.jsonl").read_bytes()
_NAMES = (DATA / "schema-1" / "agency-decisions.jsonl").read_bytes()


def _reading(name: str) -> Callable[[bytes], object]:
    return lambda data: read_document(data, name, LIMITS)


def _judgements(data: bytes) -> object:
    import tempfile

    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(data)
    try:
        return load_judgements(Path(file.name))
    finally:
        Path(file.name).unlink()


def _text(parse: Callable[[str, str], object]) -> Callable[[bytes], object]:
    return lambda data: parse(data.decode("utf-8", "replace"), "x")


TARGETS: dict[str, Callable[[bytes], object]] = {
    **{
        suffix: _reading(f"a.{suffix}")
        for suffix in ("txt", "md", "html", "mht", "docx", "ofd", "xlsx", "csv", "json", "hocr", "alto", "pdf")
    },
    "overrides": _text(parse_overrides),
    "settings": _text(parse_settings),
    "log": lambda data: parse_log(data, "x"),
    "names": _judgements,
}


def find_seeds(target: str) -> list[bytes]:
    """Return the inputs that the fuzzing of a target begins with."""
    made = [data for name, data in load_seeds() if name.endswith("." + target)]
    more = {
        "txt": [make_small_plan(1, 3).encode()],
        "md": [b"|a|b|\n|-|-|\n|1|2|\n", make_small_plan(2, 2).encode()],
        "hocr": [_HOCR],
        "alto": [_ALTO],
        "pdf": [make_pdf(1)],
        "overrides": [_OVERRIDES.encode()],
        "settings": [b"region = '110102'\n[run]\nworkers = 2\n[stitch]\ncut_row_prior = 0.4\n"],
        "log": [_LOG],
        "names": [_NAMES],
    }.get(target, [])
    return made + more


def unpack(data: bytes) -> list[tuple[str, bytes]] | None:
    """Return the members of a container, so that their own bytes are changed; None if it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(item.filename, archive.read(item)) for item in archive.infolist()]
    except Exception:
        return None


def pack(members: list[tuple[str, bytes]]) -> bytes:
    """Return a container of members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()
