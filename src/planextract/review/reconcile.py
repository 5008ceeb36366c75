"""Reconciliation of names against the dictionary, as OpenRefine asks for it.

Requests and answers of the W3C Reconciliation Service API 0.2
(https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/), without the network.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from planextract.model.agency import AgencyEntry, AgencyKind
from planextract.model.vocabulary import Dictionaries
from planextract.review.open_names import make_matcher_of
from planextract.text.characters import fold

_MAX_QUERIES = 1000
_MAX_LIMIT = 100
_PROPERTIES = {
    "full_name": "official name",
    "level": "level",
    "region": "region code",
    "parent": "parent body",
    "valid_from": "first day",
    "valid_to": "last day",
    "successor": "successor",
    "lineage": "lineage",
    "aliases": "other wordings",
    "kind": "kind",
}
Json = object


class BadRequestError(ValueError):
    """The request does not follow the API."""


@dataclass(frozen=True, slots=True)
class _Query:
    text: str
    limit: int
    kinds: frozenset[str]
    region: str
    day: date | None


class ReconciliationService:
    """Answers queries with the matcher's own decisions: ``match`` is true only where a run would link."""

    def __init__(self, dictionaries: Dictionaries, region: str, base_url: str) -> None:
        """Prepare.

        Args:
            dictionaries: The dictionary with decisions in force.
            region: Code of the region whose names are asked for unless a query says otherwise.
            base_url: Address of the service, without a slash at its end.
        """
        self._regions = dictionaries.regions
        self._entries = {entry.agency_id: entry for entry in dictionaries.agencies}
        self._matcher_of = make_matcher_of(dictionaries)
        self._region, self._base = region, base_url

    def manifest(self) -> dict[str, Json]:
        """Return the service manifest."""
        types = [{"id": kind, "name": kind} for kind in get_args(AgencyKind)]
        suggest = {
            "service_url": self._base,
            "service_path": "/suggest/entity",
            "flyout_service_path": "/flyout?id=${id}",
        }
        return {
            "versions": ["0.2"],
            "name": f"planextract agencies ({self._regions.by_code[self._region].full_name})",
            "identifierSpace": f"{self._base}/entity/",
            "schemaSpace": f"{self._base}/type/",
            "defaultTypes": types,
            "view": {"url": f"{self._base}/entity/{{{{id}}}}"},
            "preview": {"url": f"{self._base}/preview?id={{{{id}}}}", "width": 420, "height": 240},
            "suggest": {
                "entity": suggest,
                "type": {"service_url": self._base, "service_path": "/suggest/type"},
                "property": {"service_url": self._base, "service_path": "/suggest/property"},
            },
            "extend": {
                "propose_properties": {"service_url": self._base, "service_path": "/properties"},
                "property_settings": [],
            },
            "batchSize": 50,
        }

    def reconcile(self, text: str) -> dict[str, Json]:
        """Answer a batch of queries.

        Args:
            text: The JSON of the form field ``queries``: {"q0": {"query": "区财政局", "limit": 3}, …}.

        Raises:
            BadRequestError: If it is no such batch.
        """
        batch = _parse_object(text, "queries")
        if len(batch) > _MAX_QUERIES:
            raise BadRequestError(f"more than {_MAX_QUERIES} queries in one batch")
        return {key: {"result": self._answer(self._parse_query(key, value))} for key, value in batch.items()}

    def _parse_query(self, key: str, value: Json) -> _Query:
        if not isinstance(value, dict) or not isinstance(value.get("query", ""), str):
            raise BadRequestError(f"'{key}' must be an object with a text 'query'")
        limit = value.get("limit", 10)
        if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
            raise BadRequestError(f"'{key}' has a limit that is no positive number")
        kinds = value.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        properties = value.get("properties", [])
        if not isinstance(kinds, list) or not isinstance(properties, list):
            raise BadRequestError(f"'{key}' has a type or properties of the wrong kind")
        wanted = {str(p.get("pid")): p.get("v") for p in properties if isinstance(p, dict)}
        region = self._regions.find(str(wanted["region"])) if wanted.get("region") else None
        try:
            day = date.fromisoformat(str(wanted["date"])) if wanted.get("date") else None
        except ValueError:
            day = None
        return _Query(
            text=value.get("query", ""),
            limit=min(limit, _MAX_LIMIT),
            kinds=frozenset(str(k) for k in kinds),
            region=region.code if region else self._region,
            day=day,
        )

    def _answer(self, query: _Query) -> list[dict[str, Json]]:
        if not query.text.strip() or len(query.text) > 200:
            return []
        matcher = self._matcher_of(query.region, query.day)
        match = matcher.match(query.text)
        found: dict[str, tuple[AgencyEntry, float]] = {}
        if match.entry is not None:
            found[match.entry.agency_id] = (match.entry, match.score)
        for entry, score in matcher.suggest(query.text, limit=query.limit + 1):
            found.setdefault(entry.agency_id, (entry, min(score, 0.99)))
        results = []
        for entry, score in found.values():
            if query.kinds and entry.kind not in query.kinds:
                continue
            is_match = match.entry is not None and entry.agency_id == match.entry.agency_id
            results.append(
                {
                    **_describe(entry),
                    "score": round(score * 100, 2),
                    "match": is_match,
                    "features": [{"id": "similarity", "value": round(score * 100, 2)}]
                    + ([{"id": f"linked_{match.kind}", "value": True}] if is_match else []),
                }
            )
        return results[: query.limit]

    def suggest_entities(self, prefix: str, cursor: int = 0) -> dict[str, Json]:
        """Return bodies of the service's region chain whose name contains a text."""
        wanted, chain = fold(prefix), self._regions.by_code[self._region].chain
        near = [e for e in self._entries.values() if e.region in chain]
        near.sort(key=lambda e: (chain.index(e.region), not fold(e.name).startswith(wanted), e.name))
        found = [e for e in near if any(wanted in fold(w) for w in (e.name, e.full_name, *e.aliases))]
        return {"result": [{**_describe(e), "notable": [e.kind]} for e in found[cursor : cursor + 20]]}

    def suggest_types(self, prefix: str) -> dict[str, Json]:
        """Return kinds that start with a text."""
        return {"result": [{"id": k, "name": k} for k in get_args(AgencyKind) if k.startswith(prefix)]}

    def suggest_properties(self, prefix: str) -> dict[str, Json]:
        """Return properties whose name contains a text."""
        return {"result": [{"id": k, "name": v} for k, v in _PROPERTIES.items() if prefix in k or prefix in v]}

    def properties(self) -> dict[str, Json]:
        """Return the properties that bodies can be extended with."""
        return {"properties": [{"id": key, "name": name} for key, name in _PROPERTIES.items()]}

    def extend(self, text: str) -> dict[str, Json]:
        """Answer a data extension: values of properties for ids.

        Raises:
            BadRequestError: If the JSON of the form field ``extend`` is no such request.
        """
        data = _parse_object(text, "extend")
        ids, wanted = data.get("ids"), data.get("properties")
        if not isinstance(ids, list) or not isinstance(wanted, list) or len(ids) > _MAX_QUERIES:
            raise BadRequestError("'extend' must have the lists ids and properties")
        keys = [str(p.get("id")) for p in wanted if isinstance(p, dict) and str(p.get("id")) in _PROPERTIES]
        rows: dict[str, Json] = {}
        for agency_id in ids:
            entry = self._entries.get(str(agency_id))
            rows[str(agency_id)] = {key: self._values(entry, key) if entry else [] for key in keys}
        return {"meta": [{"id": key, "name": _PROPERTIES[key]} for key in keys], "rows": rows}

    def _values(self, entry: AgencyEntry, key: str) -> list[dict[str, Json]]:
        values: Mapping[str, tuple[object, ...]] = {
            "full_name": (entry.full_name,),
            "level": (entry.level,),
            "region": (entry.region,),
            "parent": (entry.parent_id,),
            "valid_from": (entry.valid_from,),
            "valid_to": (entry.valid_to,),
            "successor": (entry.successor_id,),
            "lineage": (entry.lineage_id,),
            "aliases": entry.aliases,
            "kind": (entry.kind,),
        }
        found = [value for value in values[key] if value is not None]
        if key in ("parent", "successor", "lineage"):
            named = [self._entries[str(v)] for v in found if str(v) in self._entries]
            return [{"id": entry.agency_id, "name": entry.name} for entry in named]
        if key in ("valid_from", "valid_to"):
            return [{"date": str(value)} for value in found]
        return [{"str": str(value)} for value in found]

    def page(self, agency_id: str) -> str | None:
        """Return a small page about a body, or None if there is none."""
        entry = self._entries.get(agency_id)
        if entry is None:
            return None
        place = self._regions.by_code.get(entry.region)
        rows = [
            ("正式名称", entry.full_name),
            ("标识", entry.agency_id),
            ("层级", entry.level),
            ("地区", place.full_name if place else ""),
            ("其他写法", "、".join(entry.aliases)),
            ("有效", f"{entry.valid_from or ''} – {entry.valid_to or ''}"),
            ("来源", entry.source),
        ]
        body = "".join(
            f"<tr><th>{html.escape(label)}</th><td>{html.escape(str(value))}</td></tr>"
            for label, value in rows
            if str(value).strip(" –")
        )
        return (
            '<!DOCTYPE html><html lang="zh"><meta charset="utf-8">'
            f"<title>{html.escape(entry.name)}</title><style>{_STYLE}</style>"
            f"<h1>{html.escape(entry.name)}</h1><table>{body}</table></html>"
        )

    def flyout(self, agency_id: str) -> dict[str, Json] | None:
        """Return the small box that a client shows beside a suggestion."""
        page = self.page(agency_id)
        return None if page is None else {"id": agency_id, "html": page}


_STYLE = (
    "body{font:14px/1.5 system-ui,sans-serif;margin:12px;color:#1c2733}h1{font-size:17px;margin:0 0 8px}"
    "th{font-weight:normal;color:#5b6b7a;text-align:left;vertical-align:top;padding-right:12px;white-space:nowrap}"
)


def _describe(entry: AgencyEntry) -> dict[str, Json]:
    return {
        "id": entry.agency_id,
        "name": entry.name,
        "description": entry.full_name,
        "type": [{"id": entry.kind, "name": entry.kind}],
    }


def _parse_object(text: str, what: str) -> dict[str, Json]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise BadRequestError(f"'{what}' is no JSON") from exc
    if not isinstance(data, dict):
        raise BadRequestError(f"'{what}' must be an object")
    return data
