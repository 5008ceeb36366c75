"""Settings of a run: safe defaults, unknown keys refused, units in the names."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TypeVar

from planextract.errors import ConfigError
from planextract.resolve.settings import ResolveSettings
from planextract.stitch.settings import StitchSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings:
    """Limits against hostile input."""

    max_file_bytes: int = 200_000_000
    max_cells: int = 2_000_000
    max_nesting: int = 64
    max_pages: int = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings.

    ``region`` overrides what the document says of its region; ``keep_persons`` keeps what columns of people
    (责任人, 联系电话) print, which is withheld otherwise.
    """

    region: str | None = None
    keep_persons: bool = False
    read: ReadSettings = field(default_factory=ReadSettings)
    stitch: StitchSettings = field(default_factory=StitchSettings)
    resolve: ResolveSettings = field(default_factory=ResolveSettings)

    def to_dict(self) -> dict[str, object]:
        """Return the settings as plain values, for the manifest."""
        return asdict(self)


_Group = TypeVar("_Group", ReadSettings, StitchSettings, ResolveSettings)


def parse_settings(text: str, file: str, *, region: str | None = None) -> Settings:
    """Read settings from the text of a TOML file; ``region`` wins over the file's.

    Raises:
        ConfigError: If the text is no TOML, has an unknown key or a value of the wrong type.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise ConfigError("settings.unreadable", f"this is no valid TOML: {exc}", file=file, advice=_ADVICE) from exc
    unknown = sorted(set(data) - {"read", "stitch", "resolve", "region", "keep_persons"})
    if unknown:
        raise ConfigError("settings.unknown_key", f"unknown key '{unknown[0]}'", file=file, advice=_ADVICE)
    own_region = data.get("region")
    if own_region is not None and not isinstance(own_region, str):
        raise ConfigError("settings.wrong_type", "'region' must be a text", file=file, advice=_ADVICE)
    keep_persons = data.get("keep_persons", False)
    if not isinstance(keep_persons, bool):
        raise ConfigError("settings.wrong_type", "'keep_persons' must be true or false", file=file, advice=_ADVICE)
    return Settings(
        region=region or own_region,
        keep_persons=keep_persons,
        read=_parse_group(ReadSettings(), data.get("read", {}), file),
        stitch=_parse_group(StitchSettings(), data.get("stitch", {}), file),
        resolve=_parse_group(ResolveSettings(), data.get("resolve", {}), file),
    )


_ADVICE = "docs/settings.md lists the keys."


def _parse_group(defaults: _Group, data: object, file: str) -> _Group:
    if not isinstance(data, dict):
        raise ConfigError("settings.wrong_type", f"{data!r} must be a table of keys", file=file, advice=_ADVICE)
    known = {f.name: getattr(defaults, f.name) for f in fields(defaults)}
    values: dict[str, float | int] = {}
    for key, value in data.items():
        if key not in known:
            raise ConfigError("settings.unknown_key", f"unknown key '{key}'", file=file, advice=_ADVICE)
        kind = type(known[key])
        if isinstance(value, bool) or not isinstance(value, (int, kind)):
            cause = f"'{key}' must be a number like {known[key]}"
            raise ConfigError("settings.wrong_type", cause, file=file, advice=_ADVICE)
        values[key] = kind(value)
    return replace(defaults, **values)  # type: ignore[arg-type]  # each value was checked above
