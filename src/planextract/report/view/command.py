"""Write the reading page of an output, and explain one of its rows."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from planextract.errors import UsageError
from planextract.model.result import ResultDocument
from planextract.phrases import Phrase
from planextract.report.evidence import EvidenceMaker
from planextract.report.page import render_page
from planextract.report.sources import write_file
from planextract.report.view.data import Pool, cells_of_measure, group_document, pack_document
from planextract.report.view.explain import MeasureRows, explain_measure, say_fact
from planextract.report.view.page_words import PAGE_WORDS
from planextract.version import __version__
from planextract.wording.sentences import SENTENCES, STEPS
from planextract.wording.words import Pair, say
from planextract.write.read_back import iterate_rows, make_files

_COLUMN_WORDS: Mapping[str, Pair] = {
    "task_no": ("no.", "序号"),
    "task_name": ("task", "重点任务"),
    "measure": ("measure", "工作措施"),
    "deadline": ("deadline", "完成时限"),
    "lead": ("lead", "牵头单位"),
    "responsible": ("responsible", "主责单位"),
    "support": ("support", "协办单位"),
    "section": ("section", "章节"),
    "other": ("other", "其他"),
    "header": ("header", "表头"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewPage:
    """What the template shows."""

    title: str
    subtitle: str
    words: Mapping[str, Pair]
    packed: str
    pictures: Markup
    catalogue: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenView:
    """The page that was written, and what it holds."""

    path: Path
    documents: int
    measures: int


def write_view(output: Path, path: Path | None, places: Sequence[Path], *, max_picture_bytes: int) -> WrittenView:
    """Write the reading page of an output folder as one HTML file.

    Args:
        output: Output folder of a run.
        path: File to write; None for ``plan.html`` in the output's reports.
        places: Where the input files are looked for, for page crops.
        max_picture_bytes: Crops of all rows together.

    Raises:
        OutputError: If the output cannot be read, or the page not be written.
    """
    pool, documents, measures = Pool(), [], 0
    pictures: dict[str, tuple[str, ...]] = {}
    heads: list[tuple[str, str]] = []
    crops = EvidenceMaker(places, max_bytes=max_picture_bytes)
    try:
        for rows in iterate_rows(output):
            grouped = group_document(rows)
            documents.append(pack_document(rows, grouped, pool))
            row = rows["documents"][0]
            heads.append((row["title"] or row["source_path"], row["issuer"] or ""))
            measures += len(grouped)
            pictures |= _crop_document(crops, rows, grouped)
    finally:
        crops.close()
    data = {"pool": pool.values, "documents": documents}
    title = heads[0][0] if len(heads) == 1 else f"{len(heads)} 份计划 · {len(heads)} plans"
    page = ViewPage(
        title=title,
        subtitle=heads[0][1] if len(heads) == 1 else "",
        words=PAGE_WORDS,
        packed=_pack(data),
        pictures=_script(pictures),
        catalogue=_script(_catalogue()),
    )
    target = path or output / "reports" / "plan.html"
    write_file(target, render_page("view.html", page, ("report.css", "view.css"), "view.js"))
    return WrittenView(path=target, documents=len(heads), measures=measures)


def draw_pictures(output: Path, places: Sequence[Path], *, max_picture_bytes: int) -> dict[str, tuple[str, ...]]:
    """Return the page crops of rows that need a look, or of all rows of a plan that is alone, by measure.

    Args:
        output: Output folder of a run.
        places: Where the input files are looked for.
        max_picture_bytes: Crops of all rows together.

    Raises:
        OutputError: If the output cannot be read.
    """
    crops, pictures = EvidenceMaker(places, max_bytes=max_picture_bytes), dict[str, tuple[str, ...]]()
    try:
        for rows in iterate_rows(output):
            pictures |= _crop_document(crops, rows, group_document(rows))
    finally:
        crops.close()
    return pictures


def explain_row(output: Path, measure_id: str, language: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a measure's text and its explanation as (step, sentence) pairs.

    Args:
        output: Output folder of a run.
        measure_id: Id of the measure; its end (``1/3/2``) where only one document has such a measure.
        language: ``en`` or ``zh``.

    Raises:
        UsageError: If no measure, or more than one, has this id.
    """
    found: list[MeasureRows] = []
    for rows in iterate_rows(output):
        wanted = [m["measure_id"] for m in rows["measures"] if _is_named(m["measure_id"], measure_id)]
        if wanted:
            grouped = group_document(rows)
            found.extend(grouped[name] for name in wanted)
    if len(found) != 1:
        cause = "no measure has this id" if not found else Phrase("{count} measures end so", count=len(found))
        raise UsageError(
            "explain.unknown_row",
            cause,
            file=measure_id,
            advice="Ids are <document>/<plan>/<task>/<measure>, as the table measures has them.",
        )
    steps = [(say(STEPS[fact.step], language), say_fact(fact, language)) for fact in explain_measure(found[0])]
    return found[0].measure["text"], steps


def _is_named(measure_id: str, wanted: str) -> bool:
    return measure_id == wanted or measure_id.endswith("/" + wanted.strip("/"))


def _crop_document(
    crops: EvidenceMaker, rows: Mapping[str, Sequence[Mapping[str, Any]]], grouped: Mapping[str, MeasureRows]
) -> dict[str, tuple[str, ...]]:
    row, pictures = rows["documents"][0], dict[str, tuple[str, ...]]()
    document = ResultDocument(
        doc_id=row["doc_id"], source_path=row["source_path"], media_type=row["media_type"], files=make_files(row)
    )
    is_single = len(rows["plans"]) == 1
    for measure_id, own in grouped.items():
        if own.measure["needs_review"] or is_single:
            pictures |= _crop(crops, document, measure_id, own)
    return pictures


def _crop(
    crops: EvidenceMaker, document: ResultDocument, measure_id: str, rows: MeasureRows
) -> dict[str, tuple[str, ...]]:
    evidence = crops.show_cells(document, cells_of_measure(rows), None)
    strips = tuple(strip.picture for strip in evidence.strips if strip.picture) if evidence is not None else ()
    return {measure_id: strips} if strips else {}


def _catalogue() -> dict[str, object]:
    return {
        "page": PAGE_WORDS,
        "sentences": list(SENTENCES.values()),
        "steps": list(STEPS.values()),
        "columns": _COLUMN_WORDS,
        "version": __version__,
    }


def _pack(data: object) -> str:
    """Return data as JSON, deflated, in base64: texts of plans shrink to a tenth."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return base64.b64encode(deflate.compress(text) + deflate.flush()).decode("ascii")


def _script(data: object) -> Markup:
    """Return JSON that can stand in a script element: no character of it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
