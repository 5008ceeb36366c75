"""The public API: what ``import planextract`` offers. Nothing heavy is imported until a function is called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from PIL import Image

    from planextract.extracted import ExtractedDocument
    from planextract.run.account import RunSummary
    from planextract.whole_table import WholeTable

Box = tuple[float, float, float, float]

__all__ = [
    "compare_years",
    "crop_page",
    "draw_page",
    "extract_all",
    "extract_file",
    "load",
    "read_tables",
    "score_output",
]


def extract_file(
    path: str | Path | Sequence[str | Path],
    *,
    region: str | None = None,
    year: int | None = None,
    dictionaries: str | Path | None = None,
    decisions: str | Path | None = None,
) -> ExtractedDocument:
    """Read one document and return everything found in it, without writing anything.

    Args:
        path: A document of any format that is read (docs/formats.md). An override file
            beside it (``<name>.overrides.yaml``) is replayed. Several files, a folder or a ``.zip`` are one document: a
            notice and its attachments, or its pages.
        region: GB/T 2260 code or name of the issuing region, where the document does not say it.
        year: Year of the plan, where the document prints none: 年底前 is then a date.
        dictionaries: Folder with your own dictionaries, read after the built-in ones.
        decisions: Log of decisions on agency names (``planextract agencies``), replayed.

    Returns:
        The document with its plans, tasks and measures, boundaries, repairs, discards and findings, all
        immutable; ``measures`` has every measure, ``tables`` the same DataFrames as :func:`load`, ``find`` looks for
        measures, and a notebook shows the first ones as a table.

    Raises:
        planextract.errors.UsageError: If there is no such file, folder or region.
        planextract.errors.PlanExtractError: If the file cannot be read or holds no task table.
    """
    from planextract.extracted import ExtractedDocument
    from planextract.run.extract import extract_path
    from planextract.run.vocabularies import check_folders, check_region, load_vocabularies

    own = None if dictionaries is None else Path(dictionaries)
    if own is not None:
        check_folders(own)
    used = load_vocabularies(own, None if decisions is None else Path(decisions))
    check_region(region, used.regions)
    return ExtractedDocument.of(extract_path(path, used, region=region, year=year), tuple(used.agencies), used.version)


def extract_all(
    inputs: str | Path | Sequence[str | Path],
    output: str | Path = "output",
    *,
    region: str | None = None,
    year: int | None = None,
    dictionaries: str | Path | None = None,
    decisions: str | Path | None = None,
    agency_decisions: str | Path | None = None,
    as_one: bool = False,
) -> RunSummary:
    """Extract documents and folders of documents into an output folder, as ``planextract run`` does.

    What did not change since the last call is passed over; what cannot be extracted is quarantined.

    Args:
        inputs: A file or folder, or several; also ``s3://`` addresses.
        output: Folder or address to write; made if it does not exist. Documents of earlier runs stay.
        region: GB/T 2260 code or name of the issuing region, where the documents do not say it.
        year: Year of plans that print none.
        dictionaries: Folder with your own dictionaries, read after the built-in ones.
        decisions: Log of people's decisions (``planextract review``), replayed; the one beside the output if not given.
        agency_decisions: Log of decisions on agency names (``planextract agencies``), replayed.
        as_one: All inputs are one document: a notice and its attachments, or pages.

    Returns:
        The account of the run; ``results`` has one entry an input, ``failed`` those in quarantine, and
        ``total("measures")`` adds a count up.

    Raises:
        planextract.errors.UsageError: If a path does not exist.
        planextract.errors.ConfigError: If a dictionary is wrong.
        planextract.errors.OutputError: If the output cannot be written.
    """
    from planextract.decisions import sort_logs
    from planextract.run.options import RunOptions
    from planextract.run.runs import run_inputs
    from planextract.settings import parse_settings

    paths = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    logs = sort_logs(*(None if log is None else Path(log).absolute() for log in (decisions, agency_decisions)))
    options = RunOptions(
        extra_dictionaries=None if dictionaries is None else Path(dictionaries),
        decisions=logs.people,
        agency_decisions=logs.names,
        as_one=as_one,
    )
    return run_inputs(paths, output, parse_settings("", "", region=region, year=year), _Quiet(), options)


def load(*outputs: str | Path) -> dict[str, pd.DataFrame]:
    """Read an output folder, or several as one, as DataFrames.

    Args:
        outputs: Folders that ``planextract run`` wrote; a document that stands in more than one is taken from the
            last.

    Returns:
        DataFrames by table name (``measures``, ``responsibilities``, …), with Arrow-backed column
        types, in a stable order: documents by ``doc_id``, rows as printed. Lists are tuples, records in them dicts.

    Raises:
        planextract.errors.OutputError: If the folder holds no committed document.
    """
    from planextract.errors import UsageError
    from planextract.write.load import load_outputs

    if not outputs:
        raise UsageError("load.empty", "no output folder is named", file="load()", advice="Name one or more.")
    return load_outputs(outputs)


def read_tables(path: str | Path) -> tuple[WholeTable, ...]:
    """Read the tables of any document, whole over its pages, whatever they are about.

    Ruled tables, and aligned ones without rules, are joined where the column lines or the header go on and nothing but
    page furniture stands between; a header printed again is left out, a row that a page cut is made whole.

    Args:
        path: A document of any format that is read (docs/formats.md).

    Returns:
        The tables in reading order, each with its cells, spans, boxes by page, ``grid`` and ``frame``.

    Raises:
        planextract.errors.PlanExtractError: If the file cannot be read.
    """
    from planextract.read import read_document
    from planextract.settings import Settings
    from planextract.stitch.plain_tables import join_tables
    from planextract.whole_table import WholeTable

    source = read_document(_read(path), Path(path).name, Settings().read)
    return tuple(WholeTable.of(table) for table in join_tables(source.blocks))


def score_output(output: str | Path, gold: str | Path) -> dict[str, pd.DataFrame]:
    """Score an output against gold, as ``planextract score`` does, without writing a report.

    Args:
        output: Output folder, or a document, which is extracted on the spot.
        gold: A gold file (docs/gold.md), a folder of them, or an output that somebody has checked.

    Returns:
        Two DataFrames by name, ``metrics`` with one row a figure and its 95 % interval, ``cells`` with one row a cell
        compared. The columns are those of score_metrics and score_cells in docs/tables.md.

    Raises:
        planextract.errors.UsageError: If gold names a document that the output does not hold.
        planextract.errors.ConfigError: If a gold file is not understood.
    """
    from planextract.report.commands import score_source
    from planextract.report.sources import open_source
    from planextract.report.tables import cell_rows, make_frame, metric_rows

    score = score_source(open_source(Path(output)), Path(gold))
    return {
        "metrics": make_frame("score_metrics", metric_rows(score)),
        "cells": make_frame("score_cells", cell_rows(score)),
    }


def compare_years(old: str | Path, new: str | Path) -> dict[str, pd.DataFrame]:
    """Compare one year's plan with the next, as ``planextract compare`` does, without writing a report.

    Args:
        old: Earlier year: output folder or document.
        new: Later year: output folder or document.

    Returns:
        Three DataFrames by name, ``tasks`` and ``measures`` with one row a pair or one side of it (new, dropped),
        ``shifts`` with one row a changed deadline, target or body. The columns are those of comparison_tasks, … in
        docs/tables.md.

    Raises:
        planextract.errors.UsageError: If no plan of the one belongs to a plan of the other.
    """
    from planextract.report.commands import compare_sources
    from planextract.report.sources import open_source
    from planextract.report.tables import make_frame, year_rows

    comparisons, _ = compare_sources(open_source(Path(old)), open_source(Path(new)))
    return {name: make_frame(f"comparison_{name}", rows) for name, rows in year_rows(comparisons).items()}


def draw_page(
    pdf: str | Path, page: int, *, steps: Sequence[str] = ("rulings", "cells", "lines"), dpi: int = 110
) -> Image.Image:
    """Draw a page of a PDF with what the reader sees on it, as ``planextract show --draw`` does.

    Args:
        pdf: A PDF file.
        page: Page from 1.
        steps: Some of ``characters``, ``rulings`` (of tables, as drawn), ``lattice`` (merged rules), ``groups`` (nested
            tables apart), ``grids`` (by rules alone), ``chunks`` (runs of characters), ``cells`` (with their grid
            position), ``lines`` (of text), ``blocks`` (in reading order); none gives the bare page.
        dpi: Resolution.

    Raises:
        planextract.errors.UsageError: If there is no such page or step.
        planextract.errors.InputError: If the file cannot be read.
    """
    from planextract.read.pdf.draw import check_steps, paint_page

    picture, _ = paint_page(_read(pdf), Path(pdf).name, page, check_steps(steps), dpi)
    return picture


def crop_page(
    pdf: str | Path, page: int, boxes: Sequence[Box], *, marked: Sequence[Box] = (), dpi: int = 110
) -> Image.Image:
    """Cut the strip out of a page of a PDF that shows some cells, with their boxes drawn.

    Args:
        pdf: A PDF file.
        page: Page from 1.
        boxes: Boxes to show, as the table ``cells`` has them: x0, top, x1, bottom in points. At least one.
        marked: Boxes to frame boldly.
        dpi: Resolution.

    Raises:
        planextract.errors.UsageError: If no box is given.
        planextract.errors.InputError: If the file cannot be read, or there is no such page.
    """
    from planextract.errors import UsageError
    from planextract.model.source import BBox
    from planextract.read.pdf.crop import PageCropper

    def convert(given: Sequence[Box]) -> list[BBox]:
        return [BBox(x0=float(x0), top=float(top), x1=float(x1), bottom=float(bottom)) for x0, top, x1, bottom in given]

    if not boxes:
        raise UsageError(
            "show.no_box", "there is no box to show", file=str(pdf), advice="Give boxes of the table cells."
        )
    cropper = PageCropper(_read(pdf), Path(pdf).name, dpi=dpi)
    try:
        return cropper.cut(page, convert(boxes), convert(marked))[0]
    finally:
        cropper.close()


def _read(path: str | Path) -> bytes:
    from planextract.errors import UsageError
    from planextract.run.inputs import InputFile, read_bytes
    from planextract.settings import Settings

    place = Path(path)
    if not place.is_file():
        raise UsageError("run.no_such_path", "there is no such file", file=str(path))
    return read_bytes(InputFile(path=place, name=place.name), Settings().read.max_file_bytes)


class _Quiet:
    """Is told how a run goes on, and says nothing."""

    def start(self, total: int) -> None:
        """See :class:`planextract.run.account.Progress`."""

    def advance(self, result: object) -> None:
        """See :class:`planextract.run.account.Progress`."""

    def read_page(self, name: str, page_number: int, page_count: int) -> None:
        """See :class:`planextract.run.account.Progress`."""

    def tick(self) -> None:
        """See :class:`planextract.run.account.Progress`."""

    def drain(self) -> None:
        """See :class:`planextract.run.account.Progress`."""
