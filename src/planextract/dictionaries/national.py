"""Load the national tables: functions and their wordings, central bodies, zones, towns, divisions of the past.

They lie in ``dictionaries/national/``. Nothing is read before it is asked for, and towns only county by county:
a worker that reads plans of one region pays for little more than the table of functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import get_args

from planextract.dictionaries.files import fail, make_once, read_strings, read_yaml
from planextract.dictionaries.former_regions import FormerRegions, read_rows
from planextract.model.agency import AgencyEntry, AgencyKind
from planextract.model.national import BodyForm, FormerRegion, GroupWords
from planextract.phrases import Phrase
from planextract.text.characters import fold

NATIONAL_FILES = ("functions.csv", "groups.yaml", "central.csv", "zones.csv", "towns.txt", "former_regions.csv")
_PROVINCES = {
    "北京": "11",
    "天津": "12",
    "河北": "13",
    "山西": "14",
    "内蒙古": "15",
    "辽宁": "21",
    "吉林": "22",
    "黑龙江": "23",
    "上海": "31",
    "江苏": "32",
    "浙江": "33",
    "安徽": "34",
    "福建": "35",
    "江西": "36",
    "山东": "37",
    "河南": "41",
    "湖北": "42",
    "湖南": "43",
    "广东": "44",
    "广西": "45",
    "海南": "46",
    "重庆": "50",
    "四川": "51",
    "贵州": "52",
    "云南": "53",
    "西藏": "54",
    "陕西": "61",
    "甘肃": "62",
    "青海": "63",
    "宁夏": "64",
    "新疆": "65",
}
_KINDS: dict[str, AgencyKind] = {kind: kind for kind in get_args(AgencyKind)}
_REGION = re.compile(r"\d{6}")
_MARKS = re.compile(r"[~^]")
_SOURCE = "national table of planextract"
# Forms that name a central body wherever they stand; others (统计局, 国资委) only in a central document.
_OPEN_CENTRAL = re.compile(r"国家|中央|中共中央|全国|中国|国务院|最高|中华")
# 部, 总局, 总署 and 监会 are the centre's: branches are 厅, 局 and 监局.
_CENTRAL_ENDS = re.compile(r".{2,}(?:部|总署|总局|监会)$|(?:审计署|[银证保电]监会)$")


class NationalTables:
    """The national tables of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._towns: dict[str, tuple[tuple[str, str], ...]] = {}
        self._zones: dict[str, Mapping[str, tuple[AgencyEntry, ...]]] = {}

    @cached_property
    def forms(self) -> tuple[BodyForm, ...]:
        """All forms of functions."""
        path = self._folder / "functions.csv"
        names = [field.name for field in fields(BodyForm)]

        def make() -> list[dict[str, object]]:
            read = (_read_form(path, row) for row in read_rows(path))
            return [{name: getattr(form, name) for name in names} for form in read]

        return tuple(BodyForm(**form) for form in make_once("functions", path.read_bytes(), __file__, make))

    @cached_property
    def _by_wording(self) -> dict[str, tuple[BodyForm, ...]]:
        found: dict[str, list[BodyForm]] = {}
        for form in self.forms:
            for wording in form.wordings:
                found.setdefault(wording, []).append(form)
        return {wording: tuple(forms) for wording, forms in found.items()}

    @cached_property
    def _by_function(self) -> dict[str, tuple[BodyForm, ...]]:
        found: dict[str, list[BodyForm]] = {}
        for form in self.forms:
            found.setdefault(form.function, []).append(form)
        return {function: tuple(forms) for function, forms in found.items()}

    @cached_property
    def _starts(self) -> dict[str, list[str]]:
        """What follows a mark, by the mark and the first character; longest first."""
        found: dict[str, set[str]] = {}
        for wording in self._by_wording:
            mark = _MARKS.search(wording)
            key, rest = (wording[: mark.end()], wording[mark.end() :]) if mark else ("", wording)
            if rest:
                found.setdefault(key + rest[0], set()).add(rest)
        return {key: sorted(rests, key=lambda r: (-len(r), r)) for key, rests in found.items()}

    @cached_property
    def openings(self) -> tuple[str, ...]:
        """What wordings have before the place's name, longest first."""
        found = {w[: m.start()] for w in self._by_wording if (m := _MARKS.search(w)) and m.start()}
        return tuple(sorted(found, key=lambda o: (-len(o), o)))

    @cached_property
    def _openings_by_first(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for opening in self.openings:
            found.setdefault(opening[0], []).append(opening)
        return found

    def openings_of(self, text: str, start: int) -> Sequence[str]:
        """Return the openings that stand at a place of a text, longest first."""
        known = self._openings_by_first.get(text[start : start + 1], ())
        return [opening for opening in known if text.startswith(opening, start)] if known else ()

    def forms_of(self, wording: str) -> Sequence[BodyForm]:
        """Return the forms that have a wording."""
        return self._by_wording.get(wording, ())

    def forms_with(self, function: str) -> Sequence[BodyForm]:
        """Return the forms of a function."""
        return self._by_function.get(function, ())

    def longest(self, mark: str, text: str, start: int) -> Iterator[str]:
        """Yield the wordings behind a mark that a text goes on with, longest first."""
        return (rest for rest in self._starts.get(mark + text[start : start + 1], ()) if text.startswith(rest, start))

    @cached_property
    def group_words(self) -> GroupWords:
        """What terms for several bodies are built of."""
        path = self._folder / "groups.yaml"
        data = read_yaml(path)
        names = [field.name for field in fields(GroupWords)]
        if set(data) != set(names):
            fail(path, Phrase("its parts must be {names}", names=", ".join(names)))
        return GroupWords(**{name: read_strings(path, data[name], name) for name in names})

    @cached_property
    def central_by_id(self) -> dict[str, AgencyEntry]:
        """Central bodies by id."""
        path = self._folder / "central.csv"
        entries = {}
        for row in read_rows(path):
            name, full = row["name"], row["full_name"]
            entries[f"000000-{row['id']}"] = AgencyEntry(
                agency_id=f"000000-{row['id']}",
                name=name,
                full_name=full,
                kind=_kind(path, row["kind"]),
                level="国家",
                region="",
                aliases=tuple(w for w in row["wordings"].split("|") if w),
                valid_from=_day(path, row["from"], is_last=False),
                valid_to=_day(path, row["to"], is_last=True),
                successor_id=f"000000-{row['successor']}" if row["successor"] else None,
                lineage_id=f"000000-{row['id']}",
                source=_SOURCE,
            )
        return entries

    @cached_property
    def central(self) -> Mapping[str, tuple[AgencyEntry, ...]]:
        """Central bodies by folded wording, the newest first; one for central documents only has a "." before it."""
        found: dict[str, list[AgencyEntry]] = {}
        for entry in self.central_by_id.values():
            for wording in dict.fromkeys((entry.name, entry.full_name, *entry.aliases)):
                is_open = wording == entry.full_name or _OPEN_CENTRAL.match(wording) or _CENTRAL_ENDS.match(wording)
                found.setdefault(fold(wording) if is_open else f".{fold(wording)}", []).append(entry)
        newest = {w: sorted(es, key=lambda e: (e.valid_to is not None, e.agency_id)) for w, es in found.items()}
        return {wording: tuple(entries) for wording, entries in newest.items()}

    @cached_property
    def _longest_central(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for wording in self.central:
            bare = wording.removeprefix(".")
            found[bare[:2]] = max(found.get(bare[:2], 0), len(bare))
        return found

    def central_initials(self, *, is_central: bool) -> frozenset[str]:
        """Return the first characters of central bodies' wordings; of all, or of those that any document may print."""
        return self._central_initials[is_central]

    @cached_property
    def _central_initials(self) -> tuple[frozenset[str], frozenset[str]]:
        open_ones = frozenset(wording[0] for wording in self.central if not wording.startswith("."))
        return open_ones, frozenset(wording.lstrip(".")[0] for wording in self.central)

    def longest_central(self, opening: str) -> int:
        """Return the length of the longest wording of a central body that opens with two characters; 0 for none."""
        return self._longest_central.get(opening, 0)

    @cached_property
    def _zone_rows(self) -> dict[str, list[dict[str, str]]]:
        """Lines of the table of zones by the first two digits of their province."""
        found: dict[str, list[dict[str, str]]] = {}
        for row in read_rows(self._folder / "zones.csv"):
            found.setdefault(row["id"][:2], []).append(row)
        return found

    @cached_property
    def zones_by_id(self) -> dict[str, AgencyEntry]:
        """Committees of zones by id."""
        path = self._folder / "zones.csv"
        return {row["id"]: _read_zone(path, row) for row in read_rows(path)}

    def zones_in(self, province: str) -> Mapping[str, tuple[AgencyEntry, ...]]:
        """Return the committees of a province's zones by folded wording.

        Args:
            province: First two digits of its code.
        """
        if province not in self._zones:
            path = self._folder / "zones.csv"
            found: dict[str, list[AgencyEntry]] = {}
            for row in self._zone_rows.get(province, ()):
                entry = _read_zone(path, row)
                for wording in dict.fromkeys((entry.name, entry.full_name, *entry.aliases)):
                    found.setdefault(fold(wording), []).append(entry)
            self._zones[province] = {wording: tuple(entries) for wording, entries in found.items()}
        return self._zones[province]

    @cached_property
    def _town_bytes(self) -> bytes:
        return (self._folder / "towns.txt").read_bytes()

    def towns_of(self, county: str) -> Sequence[tuple[str, str]]:
        """Return code and name of a county's 街道, 镇 and 乡."""
        if county not in self._towns:
            data, head = self._town_bytes, f"\n{county}:".encode()
            start = data.find(head)
            line = data[start + len(head) : data.find(b"\n", start + 1)].decode("utf-8") if start >= 0 else ""
            pairs = (item for item in line.split(",") if item)
            self._towns[county] = tuple((county + item[:3], item[3:]) for item in pairs)
        return self._towns[county]

    @cached_property
    def former_regions(self) -> Sequence[FormerRegion]:
        """Divisions of the past."""
        return FormerRegions(self._folder / "former_regions.csv")


def _read_zone(path: Path, row: dict[str, str]) -> AgencyEntry:
    bases = [row["name"], *(w for w in row["wordings"].split("|") if w)]
    wordings = [w for base in bases for w in (f"{base}管委会", base, f"{base}管理委员会")]
    name = f"{bases[1] if len(bases) > 1 else bases[0]}管委会"
    return AgencyEntry(
        agency_id=row["id"],
        name=name,
        full_name=row["committee"],
        kind="agency",
        level="开发区",
        region=row["id"][:6],
        aliases=tuple(w for w in dict.fromkeys(wordings) if w not in (name, row["committee"])),
        valid_from=_day(path, row["from"], is_last=False),
        valid_to=_day(path, row["to"], is_last=True),
        lineage_id=row["id"],
        source=_SOURCE if not row["sure"] else f"{_SOURCE}: not sure",
    )


def _read_form(path: Path, row: dict[str, str]) -> BodyForm:
    official = row["official"]
    spelled = frozenset(_spell_out(official) if row["sure"] != "never" else ())
    wordings = [_with_mark(w) for w in row["wordings"].split("|") if w and "&" not in w]
    try:
        provinces = _read_provinces(row["provinces"])
    except ValueError as exc:
        fail(path, Phrase("'{row}' names the unknown province '{reason}'", row=row["id"], reason=str(exc)))
    try:
        if row["sure"] not in ("", "no", "never"):
            fail(path, Phrase("'{row}' must be sure (nothing), no or never", row=row["id"]))
        return BodyForm(
            form_id=row["id"],
            function=row["function"],
            tiers=row["tiers"],
            official=official,
            wordings=tuple(dict.fromkeys((*wordings, *sorted(spelled)))),
            spelled=spelled,
            provinces=provinces,
            first_day=_day(path, row["from"], is_last=False),
            last_day=_day(path, row["to"], is_last=True),
            successor=row["successor"],
            kind=_kind(path, row["kind"]),
            is_sure=not row["sure"],
            merged_of=tuple(f for f in row["merged_of"].split("|") if f),
        )
    except ValueError as exc:
        fail(path, Phrase("{reason}", reason=str(exc)))


@lru_cache(maxsize=512)
def _read_provinces(text: str) -> frozenset[str]:
    """Return the codes of provinces and places; most forms have those of another one.

    Raises:
        ValueError: With the name that is none.
    """
    named = [name for name in text.lstrip("!").split("|") if name != "*"]
    for name in named:
        if name not in _PROVINCES and not _REGION.fullmatch(name):
            raise ValueError(name)
    codes = frozenset(_PROVINCES.get(name, name) for name in named)
    return frozenset(_PROVINCES.values()) - codes if text.startswith("!") else codes


def _with_mark(wording: str) -> str:
    if wording.startswith("="):
        return wording[1:]
    return wording if _MARKS.search(wording) else f"~{wording}"


def _spell_out(official: str) -> Iterator[str]:
    """Yield the wordings that spell an official name out; what other marks stand for is written by hand."""
    if "$" in official or "&" in official:
        return
    base = official.replace("@", "~").replace("%", "~")
    if base.startswith("中共~委员会") and len(base) > len("中共~委员会"):
        tail = base.removeprefix("中共~委员会")
        for end in _short_ends(tail):
            yield from (f"中共~委员会{end}", f"中共~委{end}", f"~委{end}")
        return
    for text in (base, base.replace("人民政府", "政府"), base.replace("~人民政府", "~", 1)):
        if text not in ("~", "~办公室", "~办公厅", "~研究室"):
            yield from _short_ends(text)
    if not base.startswith("中华人民共和国"):
        for text in _short_ends(base):
            yield re.sub("[和与](?!平)", "", text)
            if "监督管理" in text:
                yield re.sub(
                    "[和与](?!平)", "", text.replace("监督管理", "监管")
                )  # as 市场监管局 is printed everywhere


def _short_ends(text: str) -> tuple[str, ...]:
    for long, short in (("委员会", "委"), ("办公室", "办")):
        if text.endswith(long) and len(text) > len(long) + 1:
            return text, text.removesuffix(long) + short
    return (text,)


def _kind(path: Path, text: str) -> AgencyKind:
    kind = _KINDS.get(text)
    if kind is None:
        fail(path, Phrase("'{text}' is no kind of body", text=text))
    return kind


def _day(path: Path, text: str, *, is_last: bool) -> date | None:
    """Read a day, or the first or last one of a year or month; reforms of 2018 reached the counties in spring 2019."""
    if not text:
        return None
    try:
        return _read_day(text, is_last=is_last)
    except ValueError:
        fail(path, Phrase("'{text}' is no day", text=text))


@lru_cache(maxsize=512)
def _read_day(text: str, *, is_last: bool) -> date:
    parts = text.split("-")
    year = int(parts[0])
    month = int(parts[1]) if len(parts) > 1 else 12 if is_last else 1
    day = int(parts[2]) if len(parts) > 2 else 28 if len(parts) > 1 else 31 if is_last else 1
    return date(year, month, day)
