"""Settings of a run: safe defaults, unknown keys refused, units in the names."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Literal, TypeVar, cast, get_args

from planextract.errors import ConfigError, UsageError
from planextract.model.bounds import bounded, check_bounds
from planextract.phrases import Phrase
from planextract.resolve.settings import ResolveSettings
from planextract.stitch.settings import StitchSettings

PdfReader = Literal["auto", "pdfium", "pdfplumber", "camelot"]
OcrChoice = Literal["auto", "rapidocr", "tesseract", "none"]
_CHOICES = {"reader": get_args(PdfReader), "ocr": get_args(OcrChoice)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings:
    """How documents are read, and limits against hostile input.

    Attributes:
        reader: Reader of PDFs: ``pdfium``; ``pdfplumber`` or ``camelot`` instead; ``auto``: pdfium, with the
            others asked where a page's self-checks raise doubt.
        verify: Cross-read every page of a PDF with the other readers.
        ocr: Engine that reads scans and pictures: ``auto`` takes the best one installed; ``none`` leaves scans out.
        ocr_threads: Threads of recognition; 0 for one a core.
    """

    reader: PdfReader = "auto"
    verify: bool = False
    ocr: OcrChoice = "auto"
    ocr_threads: int = bounded(0, 0, 1024)

    max_file_bytes: int = bounded(200_000_000, 1, 1_099_511_627_776)
    max_cells: int = bounded(2_000_000, 1, 1_000_000_000)
    max_nesting: int = bounded(64, 1, 1000)
    max_pages: int = bounded(20_000, 1, 10_000_000)
    max_archive_members: int = bounded(50_000, 1, 10_000_000)
    max_unpacked_bytes: int = bounded(1_000_000_000, 1, 1_099_511_627_776)
    max_elements: int = bounded(5_000_000, 1, 1_000_000_000)
    convert_seconds: int = bounded(120, 1, 86_400)
    max_text_chars: int = bounded(100_000_000, 1, 10_000_000_000)
    max_page_objects: int = bounded(400_000, 1, 1_000_000_000)
    max_image_pixels: int = bounded(400_000_000, 1, 100_000_000_000)
    max_expansion: int = bounded(1_100, 1, 1_000_000_000)

    def __post_init__(self) -> None:
        """Check the bounds."""
        check_bounds(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """How documents are worked on. Nothing here changes what a document's tables say.

    Attributes:
        workers: Worker processes; 0 is one a core.
        max_seconds: Wall-clock time for one attempt at a document.
        max_stall_seconds: The same without a further page: then the reader hangs.
        max_cpu_seconds: Computing time for one document.
        max_memory_mb: Memory that a document may take besides what the worker needs anyway.
        max_kills: Times that workers may be killed from outside over one document.
        max_lost_pages: Pages that the retry may leave out because a reader died or hung on them.
        keep_readings: Keep documents as read in the output, so that a changed dictionary need not read them again.
    """

    workers: int = bounded(0, 0, 1024)
    max_seconds: int = bounded(3600, 1, 10_000_000)
    max_stall_seconds: int = bounded(300, 1, 10_000_000)
    max_cpu_seconds: int = bounded(3600, 1, 10_000_000)
    max_memory_mb: int = bounded(2048, 16, 16_777_216)
    max_kills: int = bounded(5, 1, 1000)
    max_lost_pages: int = bounded(3, 0, 10_000_000)
    keep_readings: bool = True

    def __post_init__(self) -> None:
        """Check the bounds."""
        check_bounds(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings.

    ``region`` overrides what the document says of its region; ``year`` is that of plans that print none;
    ``keep_persons`` keeps what columns of people
    (责任人, 联系电话) print, which is withheld otherwise.
    """

    region: str | None = None
    year: int | None = None
    keep_persons: bool = False
    read: ReadSettings = field(default_factory=ReadSettings)
    stitch: StitchSettings = field(default_factory=StitchSettings)
    resolve: ResolveSettings = field(default_factory=ResolveSettings)
    run: RunSettings = field(default_factory=RunSettings)

    def to_dict(self) -> dict[str, object]:
        """Return the settings as plain values, for the manifest."""
        return asdict(self)


_FIRST_YEAR, _LAST_YEAR = 1949, 2100
_Group = TypeVar("_Group", ReadSettings, StitchSettings, ResolveSettings, RunSettings)


def parse_settings(text: str, file: str, *, region: str | None = None, year: int | None = None) -> Settings:
    """Read settings from the text of a TOML file; ``region`` and ``year`` win over the file's.

    Raises:
        ConfigError: If the text is no TOML, has an unknown key or a value of the wrong type.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise ConfigError(
            "settings.unreadable", Phrase("this is no valid TOML: {reason}", reason=str(exc)), file=file, advice=_ADVICE
        ) from exc
    unknown = sorted(set(data) - {"read", "stitch", "resolve", "run", "region", "year", "keep_persons"})
    if unknown:
        raise ConfigError(
            "settings.unknown_key", Phrase("unknown key '{unknown}'", unknown=unknown[0]), file=file, advice=_ADVICE
        )
    own_region = data.get("region")
    if own_region is not None and not isinstance(own_region, str):
        raise ConfigError("settings.wrong_type", "'region' must be a text", file=file, advice=_ADVICE)
    own_year = data.get("year")
    if any(wrong is not None and not _is_year(wrong) for wrong in (own_year, year)):
        cause = Phrase(
            "'year' must be a year from {first_year} to {last_year}", first_year=_FIRST_YEAR, last_year=_LAST_YEAR
        )
        raise ConfigError("settings.wrong_type", cause, file=file, advice=_ADVICE)
    keep_persons = data.get("keep_persons", False)
    if not isinstance(keep_persons, bool):
        raise ConfigError("settings.wrong_type", "'keep_persons' must be true or false", file=file, advice=_ADVICE)
    return Settings(
        region=region or own_region,
        year=year if year is not None else own_year,
        keep_persons=keep_persons,
        read=_parse_group(ReadSettings(), data.get("read", {}), file),
        stitch=_parse_group(StitchSettings(), data.get("stitch", {}), file),
        resolve=_parse_group(ResolveSettings(), data.get("resolve", {}), file),
        run=_parse_group(RunSettings(), data.get("run", {}), file),
    )


def _is_year(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and _FIRST_YEAR <= value <= _LAST_YEAR


def choose_reader(settings: Settings, reader: str | None, *, verify: bool = False) -> Settings:
    """Return the settings with another reader of PDFs; None keeps theirs, and so does ``verify`` false.

    Raises:
        UsageError: If there is no such reader.
    """
    if reader is not None and reader not in get_args(PdfReader):
        raise UsageError(
            "settings.no_such_reader",
            Phrase("there is no reader '{reader}'", reader=reader),
            advice=Phrase("Readers are {names}.", names=", ".join(get_args(PdfReader))),
        )
    chosen = settings.read.reader if reader is None else cast("PdfReader", reader)
    return replace(settings, read=replace(settings.read, reader=chosen, verify=verify or settings.read.verify))


_ADVICE = "docs/settings.md lists the keys."


def _parse_group(defaults: _Group, data: object, file: str) -> _Group:
    if not isinstance(data, dict):
        raise ConfigError(
            "settings.wrong_type", Phrase("{data!r} must be a table of keys", data=data), file=file, advice=_ADVICE
        )
    known = {f.name: getattr(defaults, f.name) for f in fields(defaults)}
    values: dict[str, float | int | str] = {}
    for key, value in data.items():
        if key not in known:
            raise ConfigError("settings.unknown_key", Phrase("unknown key '{key}'", key=key), file=file, advice=_ADVICE)
        values[key] = _parse_value(key, value, known[key], file)
    try:
        return replace(defaults, **values)  # type: ignore[arg-type]  # each value was checked above
    except ConfigError as exc:
        raise ConfigError(exc.code, exc.cause, file=file, advice=exc.advice) from exc


def _parse_value(key: str, value: object, default: object, file: str) -> float | int | str:
    """Check one value against the kind of its default: a choice, yes or no, or a number."""
    if key in _CHOICES:
        if isinstance(value, str) and value in _CHOICES[key]:
            return value
        expected = Phrase("one of {names}", names=", ".join(_CHOICES[key]))
    elif isinstance(default, bool):
        if isinstance(value, bool):
            return value
        expected = Phrase("true or false")
    else:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if isinstance(default, float):
                return float(value)
            if isinstance(value, int):
                return value
        expected = Phrase("a number like {example}", example=default)
    raise ConfigError(
        "settings.wrong_type",
        Phrase("'{key}' must be {expected}", key=key, expected=expected),
        file=file,
        advice=_ADVICE,
    )
