"""The national template: standard departments by tier, from which a region's dictionary is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import get_args

from planextract.dictionaries.files import fail, read_strings, read_yaml
from planextract.model.agency import AgencyEntry, Tier
from planextract.model.vocabulary import Region, Regions, level_word
from planextract.phrases import Phrase

_FIELDS = {"slug", "party", "bare", "official", "from", "to", "successor", *get_args(Tier)}
_SOURCE = "national template of planextract, to be checked against the region's own list of departments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A standard department; ``endings`` gives for each tier the short, the official and other endings."""

    slug: str
    endings: dict[Tier, tuple[str, ...]]
    is_party: bool = False
    is_bare: bool = False
    official: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A body of a district of Beijing that belongs to the municipality."""

    slug: str
    name: str
    full_name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTerm:
    """A term for several bodies."""

    slug: str
    name: str
    aliases: tuple[str, ...]
    tiers: tuple[str, ...]
    has_streets: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyTemplate:
    """Everything in agency_template.yaml."""

    departments: tuple[Department, ...]
    branches: tuple[Branch, ...]
    groups: tuple[GroupTerm, ...]
    elsewhere: tuple[tuple[str, ...], ...]

    def decoys(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Return departments; each holds the endings of its tiers, one group a tier."""
        departments = [
            tuple(
                tuple(f"委{ending}" if department.is_party else ending for ending in endings)
                for endings in department.endings.values()
            )
            for department in self.departments
            if not department.is_bare
        ]
        listed = {ending for department in departments for tier in department for ending in tier}
        others = (tuple(ending for ending in group if ending not in listed) for group in self.elsewhere)
        return (*departments, *((group,) for group in others if group))

    def make_entries(self, region: Region, regions: Regions, towns: tuple[tuple[str, str], ...]) -> list[AgencyEntry]:
        """Make the entries of a region's dictionary, sorted by id.

        Args:
            region: A division of any tier.
            regions: All divisions.
            towns: Code and name of the region's 街道, 镇 and 乡; empty where they are not known.
        """
        tier = find_tier(region)
        level = level_word(region.name)
        # Beijing's file lists the governments of its districts (东城区政府): a second id would be a second body.
        listed_above = {"government"} if tier == "beijing" else set()
        departments = (d for d in self.departments if d.slug not in listed_above)
        entries = [e for d in departments if (e := _make_department(d, tier, level, region)) is not None]
        known = {entry.agency_id for entry in entries}
        entries = [e if e.successor_id in known else _without_successor(e) for e in entries]
        if tier == "beijing":
            entries += [_make_branch(branch, region, regions) for branch in self.branches]
        streets = [_make_street(code, name, region) for code, name in towns]
        entries += streets
        offices = tuple(street.agency_id for street in streets if street.name.endswith("街道办事处"))
        for group in self.groups:
            if tier in group.tiers:
                entries.append(
                    AgencyEntry(
                        agency_id=f"{region.code}-{group.slug}",
                        name=group.name,
                        full_name=group.name,
                        kind="group",
                        level=level,
                        region=region.code,
                        aliases=group.aliases,
                        members=offices if group.has_streets else (),
                        source=_SOURCE,
                        examples=(group.name, *group.aliases),
                    )
                )
        return sorted(entries, key=lambda entry: entry.agency_id)


def find_tier(region: Region) -> Tier:
    """Tell which tier's departments a region has."""
    if region.chain[-1] == "110000":
        return "city" if len(region.chain) == 1 else "beijing"
    if len(region.chain) == 1:
        return "city" if region.name.endswith("市") else "province"
    return "city" if region.code.endswith("00") else "county"


def load_template(path: Path) -> AgencyTemplate:
    """Load and check the template.

    Raises:
        ConfigError: If a field is unknown or of the wrong kind.
    """
    data = read_yaml(path)
    parts = {key: data.get(key) for key in ("departments", "beijing_branches", "groups")}
    for key, value in parts.items():
        if not isinstance(value, list) or not all(isinstance(item, dict) and "slug" in item for item in value):
            fail(path, Phrase("'{key}' must be a list of mappings with a slug", key=key))
    return AgencyTemplate(
        departments=tuple(_read_department(path, item) for item in _items(parts["departments"])),
        branches=tuple(
            Branch(
                slug=str(i["slug"]),
                name=str(i["name"]),
                full_name=str(i["full_name"]),
                aliases=read_strings(path, i.get("aliases"), f"aliases of {i['slug']}"),
            )
            for i in _items(parts["beijing_branches"])
        ),
        groups=tuple(
            GroupTerm(
                slug=str(i["slug"]),
                name=str(i["name"]),
                tiers=read_strings(path, i.get("tiers"), "tiers"),
                aliases=read_strings(path, i.get("aliases"), f"aliases of {i['slug']}"),
                has_streets=i.get("members") == "streets",
            )
            for i in _items(parts["groups"])
        ),
        elsewhere=_read_groups(path, data.get("elsewhere")),
    )


def _read_groups(path: Path, value: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list):
        fail(path, "'elsewhere' must be a list")
    return tuple(
        read_strings(path, item if isinstance(item, list) else [item], "an item of elsewhere") for item in value
    )


def _items(value: object) -> list[dict[str, object]]:
    return value if isinstance(value, list) else []


def _read_department(path: Path, item: dict[str, object]) -> Department:
    unknown = sorted(set(item) - _FIELDS)
    if unknown:
        fail(path, Phrase("department '{item}' has the unknown field {unknown}", item=item["slug"], unknown=unknown[0]))
    endings: dict[Tier, tuple[str, ...]] = {}
    for tier in get_args(Tier):
        value = item.get(tier)
        if value is not None:
            wanted = [value] if isinstance(value, str) else value
            endings[tier] = read_strings(path, wanted, f"{tier} of {item['slug']}")
    days = [item.get("from"), item.get("to")]
    if not all(day is None or type(day) is date for day in days):
        fail(path, Phrase("the days of '{item}' must be written 2019-01-01", item=item["slug"]))
    successor = item.get("successor")
    return Department(
        slug=str(item["slug"]),
        endings=endings,
        is_party=item.get("party") is True,
        is_bare=item.get("bare") is True,
        official=str(item.get("official", "")),
        valid_from=_day(days[0]),
        valid_to=_day(days[1]),
        successor=None if successor is None else str(successor),
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _make_department(department: Department, tier: Tier, level: str, region: Region) -> AgencyEntry | None:
    endings = department.endings.get(tier)
    if not endings:
        return None
    short, official, others = endings[0], endings[1] if len(endings) > 1 else endings[0], endings[2:]
    before = "" if department.is_bare else f"{level}委" if department.is_party else level
    full = f"中共{region.full_name}委员会" if department.is_party else f"{department.official}{region.full_name}"
    name = before + short
    aliases = tuple(dict.fromkeys(w for w in (before + official, *(before + o for o in others)) if w != name))
    return AgencyEntry(
        agency_id=f"{region.code}-{department.slug}",
        name=name,
        full_name=f"{region.full_name}{short}" if department.is_bare else full + official,
        kind="agency",
        level=level,
        region=region.code,
        aliases=aliases,
        valid_from=department.valid_from,
        valid_to=department.valid_to,
        successor_id=f"{region.code}-{department.successor}" if department.successor else None,
        source=_SOURCE,
        examples=(name, *aliases),
    )


def _without_successor(entry: AgencyEntry) -> AgencyEntry:
    return replace(entry, successor_id=None)


def _make_branch(branch: Branch, region: Region, regions: Regions) -> AgencyEntry:
    above = regions.by_code[region.chain[-1]].name
    short = region.name[:-1] if len(region.name) > 2 else region.name
    fill = {"region": region.name, "short": short, "above": above}
    name = branch.name.format(**fill)
    aliases = tuple(alias.format(**fill) for alias in branch.aliases)
    return AgencyEntry(
        agency_id=f"{region.code}-{branch.slug}",
        name=name,
        full_name=branch.full_name.format(**fill),
        kind="agency",
        level=level_word(region.name),
        region=region.code,
        aliases=aliases,
        source=_SOURCE,
        examples=(name, *aliases),
    )


def _make_street(code: str, name: str, region: Region) -> AgencyEntry:
    aliases: tuple[str, ...]
    if name.endswith("街道"):
        office, aliases = f"{name}办事处", (name, f"{name}办")
    elif name.endswith("地区"):
        office, aliases = f"{name}办事处", (name,)
    else:
        office, aliases = f"{name}政府", (f"{name}人民政府", name)
    return AgencyEntry(
        agency_id=f"{region.code}-town-{code}",
        name=office,
        full_name=f"{region.full_name}{office}",
        kind="street",
        level="街道",
        region=region.code,
        aliases=aliases,
        source=f"statistics code {code} (GB/T 2260)",
        examples=(office, name),
    )
