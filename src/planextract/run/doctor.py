"""What this machine can do: libraries, programs and fonts that planextract uses, and what to install for the rest."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from planextract.errors import PlanExtractError

State = Literal["ok", "missing", "broken"]
_CORE = (
    "jieba",
    "jinja2",
    "lxml",
    "numpy",
    "pandas",
    "pillow",
    "pyarrow",
    "pypdfium2",
    "pyyaml",
    "rapidfuzz",
    "rich",
    "typer",
    "xlsxwriter",
)
_FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
_FONT_WORDS = (
    "noto",
    "cjk",
    "wqy",
    "pingfang",
    "msyh",
    "simsun",
    "simhei",
    "uming",
    "ukai",
    "sourcehan",
    "hiragino",
    "stheiti",
    "droidsansfallback",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: What it is, in English and Chinese.
        purpose: What it is for, in English and Chinese.
        state: Whether it works; ``broken`` only of what nothing works without.
        found: Version or place, empty if missing.
        cure: The command that installs it, empty if there is nothing to do.
    """

    name: tuple[str, str]
    purpose: tuple[str, str]
    state: State
    found: str = ""
    cure: str = ""


def examine_machine() -> tuple[Check, ...]:
    """Look at everything; nothing is installed or changed, and nothing is asked of a network."""
    return (
        _check_core(),
        _check_dictionaries(),
        _check_scratch(),
        *_check_extras(),
        *_check_programs(),
        _check_fonts(),
    )


def _check_core() -> Check:
    name, purpose = ("libraries", "基础库"), ("everything", "全部功能")
    missing = [package for package in _CORE if _find_version(package) is None]
    if missing:
        return Check(name=name, purpose=purpose, state="broken", cure=f"pip install {' '.join(missing)}")
    found = (
        f"Python {sys.version.split()[0]}, pyarrow {_find_version('pyarrow')}, pypdfium2 {_find_version('pypdfium2')}"
    )
    return Check(name=name, purpose=purpose, state="ok", found=found)


def _check_dictionaries() -> Check:
    name, purpose = ("dictionaries", "词典"), ("column labels, bodies, deadlines", "表头、单位、时限")
    from planextract.run.vocabularies import load_vocabularies

    try:
        loaded = load_vocabularies(None, None)
    except PlanExtractError as exc:
        return Check(
            name=name,
            purpose=purpose,
            state="broken",
            found=exc.message,
            cure="pip install --force-reinstall planextract",
        )
    return Check(name=name, purpose=purpose, state="ok", found=loaded.version[:12])


def _check_scratch() -> Check:
    name, purpose = ("temporary files", "临时文件"), ("conversions", "格式转换")
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"x")
    except OSError as exc:
        return Check(
            name=name,
            purpose=purpose,
            state="broken",
            found=exc.strerror or str(exc),
            cure="set TMPDIR to a folder that can be written",
        )
    return Check(name=name, purpose=purpose, state="ok", found=tempfile.gettempdir())


_EXTRAS: tuple[tuple[str, str, tuple[str, ...], tuple[str, str]], ...] = (
    ("ocr", "rapidocr", ("rapidocr", "onnxruntime", "cv2"), ("scans and pictures", "扫描件和图片")),
    ("review", "starlette", ("starlette", "uvicorn"), ("the review page", "审核页面")),
    ("formats", "camelot-py", ("camelot", "pdfplumber"), ("second readers of PDF tables", "PDF 表格第二识别器")),
    ("export", "duckdb", ("duckdb",), ("export to DuckDB", "导出 DuckDB")),
    ("notebooks", "matplotlib", ("matplotlib",), ("figures and notebooks", "图表与 notebook")),
    ("dask", "distributed", ("distributed",), ("runs on a cluster", "集群运行")),
    ("s3", "s3fs", ("s3fs",), ("inputs and outputs in stores", "对象存储读写")),
)


def _check_extras() -> Iterator[Check]:
    for extra, package, modules, purpose in _EXTRAS:
        name = (f"extra {extra}", f"附加组件 {extra}")
        if all(find_spec(module) is not None for module in modules):
            yield Check(
                name=name, purpose=purpose, state="ok", found=f"{package} {_find_version(package) or ''}".strip()
            )
        else:
            yield Check(name=name, purpose=purpose, state="missing", cure=f'pip install "planextract[{extra}]"')


def _check_programs() -> Iterator[Check]:
    from planextract.read.programs import find_office

    programs: tuple[tuple[str, Callable[[], str | None], tuple[str, str], str], ...] = (
        (
            "LibreOffice",
            find_office,
            ("old Word, WPS, RTF, ODT, old Excel", "旧版 Word、WPS、旧版 Excel 等"),
            "apt install libreoffice-writer-nogui libreoffice-calc-nogui",
        ),
        (
            "Tesseract",
            lambda: shutil.which("tesseract"),
            ("another OCR engine, only if chosen", "可选的另一 OCR 引擎"),
            "apt install tesseract-ocr tesseract-ocr-chi-sim",
        ),
    )
    for program, find, purpose, cure in programs:
        place = find()
        yield Check(
            name=(program, program),
            purpose=purpose,
            state="missing" if place is None else "ok",
            found=place or "",
            cure="" if place else cure,
        )


def _check_fonts() -> Check:
    name, purpose = ("Chinese fonts", "中文字体"), ("figures, and pages converted from Word", "图表及 Word 转换")
    for folder in _FONT_FOLDERS:
        root = Path(folder).expanduser()
        for _, _, files in os.walk(root):
            for file in sorted(files):
                plain = file.lower().replace("-", "").replace("_", "")
                if any(word in plain for word in _FONT_WORDS):
                    return Check(name=name, purpose=purpose, state="ok", found=file)
    return Check(name=name, purpose=purpose, state="missing", cure="apt install fonts-noto-cjk")


def _find_version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
