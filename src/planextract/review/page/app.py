"""The routes of the review page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from planextract.errors import PlanExtractError
from planextract.review.page.actions import Refused, Request
from planextract.review.page.queue import KINDS, Item
from planextract.review.page.session import MAX_TEXT, Conflict, Filters, Session
from planextract.review.page.texts import LANGUAGES, Texts, choose_language
from planextract.review.page.views import find_pages, list_pictures, make_view
from planextract.text.small_int import parse_small_int

STATIC = {
    "review.css": "text/css",
    "review.js": "text/javascript",
    "theme.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_LISTED = 120
_MAX_SEARCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where the review page leads: addresses of the start page, of the plan, and of what applies the decisions."""

    start: str
    plan: str
    apply: str


def make_review(session: Session, token: str, command: str, ways: Ways, base: str = "") -> Starlette:
    """Return the review page of one output, without a guard.

    Args:
        session: What is reviewed.
        token: The session's secret.
        command: The command that replays the decisions, where no button can.
        ways: Where the page leads.
        base: Path that the page is served under.
    """
    desk = _Desk(session, token, command, ways, base)
    return Starlette(
        routes=[
            Route("/", desk.open_page),
            Route("/view", desk.show_view),
            Route("/agencies", desk.find_agencies),
            Route("/chooser", desk.show_chooser),
            Route("/page/{doc_id}/{page}.webp", desk.show_picture),
            Route("/static/{name}", show_static),
            Route("/decide", desk.decide, methods=["POST"]),
            Route("/undo", desk.undo, methods=["POST"]),
        ],
        exception_handlers={PlanExtractError: _show_trouble},
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("planextract.review.page", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["percent"] = lambda value: f"{value:.0%}".replace("%", " %")
    return made


@lru_cache(maxsize=len(STATIC))
def _read_static(name: str) -> bytes:
    return (files("planextract.review.page") / "static" / name).read_bytes()


async def _show_trouble(request: HttpRequest, exc: Exception) -> Response:
    """Say what is wrong where an answer cannot be made: the message names file, cause and cure."""
    del request
    message = exc.message if isinstance(exc, PlanExtractError) else str(exc)
    return JSONResponse({"error": message}, status_code=503)


async def show_static(request: HttpRequest) -> Response:
    """Answer with a style sheet, script or picture of the page itself."""
    name = request.path_params["name"]
    if name not in STATIC:
        return PlainTextResponse("not found\n", status_code=404)
    return Response(_read_static(name), media_type=STATIC[name], headers={"cache-control": "no-cache"})


class _Desk:
    """The routes; everything that takes time runs in a worker thread."""

    def __init__(self, session: Session, token: str, command: str, ways: Ways, base: str) -> None:
        self._session, self._token, self._command = session, token, command
        self._ways, self._base = ways, base

    async def open_page(self, request: HttpRequest) -> Response:
        """Show the whole page."""
        query = dict(request.query_params)
        language = choose_language(
            query.get("lang") or request.cookies.get("lang"), request.headers.get("accept-language", "")
        )
        page = await run_in_threadpool(self._render_page, query, language)
        answer = HTMLResponse(page)
        if query.get("lang") in LANGUAGES:
            answer.set_cookie("lang", query["lang"], samesite="strict", httponly=True)
        return answer

    async def show_view(self, request: HttpRequest) -> Response:
        """Answer with the item asked for, the queue and the progress, as JSON of HTML parts."""
        query = dict(request.query_params)
        language = choose_language(request.cookies.get("lang"), request.headers.get("accept-language", ""))
        return JSONResponse(await run_in_threadpool(self._render_parts, query, language, ""))

    async def show_picture(self, request: HttpRequest) -> Response:
        """Answer with the picture of a page."""
        document = self._session.document(request.path_params["doc_id"])
        page = parse_small_int(request.path_params["page"])
        if document is None or page is None:
            return PlainTextResponse("not found\n", status_code=404)
        picture = await run_in_threadpool(self._session.pictures.draw, *document.locate(page))
        if picture is None:
            return PlainTextResponse("not found\n", status_code=404)
        return Response(picture, media_type="image/webp", headers={"cache-control": "private, max-age=3600"})

    async def find_agencies(self, request: HttpRequest) -> Response:
        """Answer with the bodies whose names contain a text, of those that may stand in the item's document."""
        text = request.query_params.get("q", "")[:_MAX_SEARCH]
        item = self._session.find(request.query_params.get("item", ""))
        document = self._session.document(item.doc_id) if item is not None else None
        found = await run_in_threadpool(self._session.search, text, document.region if document else "")
        return JSONResponse(
            [{"id": a.agency_id, "name": a.name, "full_name": a.full_name, "level": a.level} for a in found]
        )

    async def show_chooser(self, request: HttpRequest) -> Response:
        """Answer with what a name in a row may be: bodies to pick from, as for a name that nothing linked."""
        language = choose_language(request.cookies.get("lang"), request.headers.get("accept-language", ""))
        item, form = self._session.find(request.query_params.get("item", "")), request.query_params.get("form", "")
        document = self._session.document(item.doc_id) if item is not None else None
        if document is None or not form or len(form) > MAX_TEXT:
            return PlainTextResponse("not found\n", status_code=404)
        bodies = await run_in_threadpool(self._session.suggest, form, document)
        page = _environment().get_template("chooser.html")
        return HTMLResponse(page.render(t=Texts(language), form=form, suggestions=bodies, in_row=True))

    async def decide(self, request: HttpRequest) -> Response:
        """Write a decision and answer with what comes next."""
        language = choose_language(request.cookies.get("lang"), request.headers.get("accept-language", ""))
        try:
            data = _parse_body(await request.body())
            wanted, seen = _parse_request(data)
        except ValueError as exc:
            return JSONResponse({"error": str(exc)}, status_code=400)
        return await run_in_threadpool(self._decide, wanted, seen, _parse_query(data), language)

    def _decide(self, wanted: Request, seen: list[str], query: dict[str, str], language: str) -> Response:
        said, status = "said_saved", 200
        following = self._next_key(wanted.key, query)
        try:
            self._session.decide(wanted, seen)
        except Refused as exc:
            said, status = f"said_{exc.args[0]}", 422
        except Conflict:
            said, status = "said_conflict", 409
        except PlanExtractError as exc:
            said, status = "said_not_written", _status_of(exc)
        stays = status != 200 or wanted.action in ("edit", "inherit") or bool(wanted.form)
        query["item"] = wanted.key if stays else following
        return JSONResponse(self._render_parts(query, language, said), status_code=status)

    async def undo(self, request: HttpRequest) -> Response:
        """Take back the last decision, or the ones named."""
        language = choose_language(request.cookies.get("lang"), request.headers.get("accept-language", ""))
        try:
            data = _parse_body(await request.body())
            ids = _texts(data.get("ids", []), "ids")
        except ValueError as exc:
            return JSONResponse({"error": str(exc)}, status_code=400)
        return await run_in_threadpool(self._undo, ids, _parse_query(data), language)

    def _undo(self, ids: list[str], query: dict[str, str], language: str) -> Response:
        try:
            undone = self._session.undo(ids)
        except PlanExtractError as exc:
            parts = self._render_parts(query, language, "said_not_written")
            return JSONResponse(parts, status_code=_status_of(exc))
        if undone:
            key = self._find_undone(undone)
            query["item"] = key or query.get("item", "")
        said = "said_undone" if undone else "said_nothing_to_undo"
        return JSONResponse(self._render_parts(query, language, said))

    def _find_undone(self, ids: tuple[str, ...]) -> str | None:
        """Return the item that undone decisions were on: the one remembered when it was decided."""
        return next((self._session.homes[key] for key in ids if key in self._session.homes), None)

    def _next_key(self, key: str, query: Mapping[str, str]) -> str:
        """Return the item after one in the queue as filtered, or the one before; else none, and the end is shown."""
        keys = [item.key for item in self._session.select(_parse_filters(query))]
        place = keys.index(key) if key in keys else -1
        others = keys[place + 1 :] or keys[max(0, place - 1) : place]
        return others[0] if others else ""

    def _render_page(self, query: dict[str, str], language: str) -> str:
        session = self._session
        parts = self._render_parts(query, language, "")
        filters = _parse_filters(query)
        return (
            _environment()
            .get_template("page.html")
            .render(
                t=Texts(language),
                parts=parts,
                token=self._token,
                filters=filters,
                kinds=KINDS,
                documents=list(session.workspace.documents.values()),
                base=self._base,
                ways=self._ways,
                pending=session.count_pending(),
            )
        )

    def _render_parts(self, query: Mapping[str, str], language: str, said: str) -> dict[str, Any]:
        session, texts, filters = self._session, Texts(language), _parse_filters(query)
        session.refresh()
        chosen = session.select(filters)
        keys = [item.key for item in chosen]
        asked = session.find(query.get("item", "")) or session.find_row(query.get("measure", ""))
        current = asked or (chosen[0] if chosen else None)
        place = keys.index(current.key) if current is not None and current.key in keys else -1
        following = chosen[place + 1 : place + 4]
        template = _environment()
        return {
            "key": current.key if current else "",
            "next": following[0].key if following else "",
            "previous": keys[place - 1] if place > 0 else "",
            "said": texts(said) if said else "",
            "progress": template.get_template("progress.html").render(
                t=texts, progress=session.progress(), trouble=session.notice
            ),
            "queue": template.get_template("queue.html").render(
                t=texts,
                items=_window(chosen, place),
                current=current.key if current else "",
                more=max(0, len(chosen) - _LISTED),
                documents=session.workspace.documents,
                many=len(session.workspace.documents) > 1,
            ),
            "item": self._render_item(current, texts, filters),
            "pending": session.count_pending(),
            "ahead": self._pictures_ahead(following[:2]),
            "next_document": self._next_document(current, filters),
        }

    def _next_document(self, item: Item | None, filters: Filters) -> list[str]:
        """Return the first item of the next document with something to decide, and the document; [] without one."""
        order = list(self._session.workspace.documents)
        chosen = self._session.select(replace(filters, doc_id="", state="open", search=""))
        first = {other.doc_id: other.key for other in reversed(chosen)}
        here = item.doc_id if item is not None else filters.doc_id
        at = order.index(here) + 1 if here in order else 0
        following = (doc_id for doc_id in (*order[at:], *order[: max(0, at - 1)]) if doc_id in first)
        doc_id = next(following, "")
        return [first[doc_id], doc_id] if doc_id else []

    def _render_item(self, item: Item | None, texts: Texts, filters: Filters) -> str:
        if item is None:
            return self._render_empty(texts, filters)
        view = replace(make_view(self._session, item, texts), has_next=bool(self._next_document(item, filters)))
        return (
            _environment()
            .get_template("item.html")
            .render(t=texts, v=view, pictures=list_pictures(view), base=self._base)
        )

    def _render_empty(self, texts: Texts, filters: Filters) -> str:
        """Say why nothing is listed: all is decided, this document is, or the filters leave nothing."""
        progress = self._session.progress()
        is_done = progress.done == progress.total and filters.state == "open"
        is_narrowed = filters != Filters(doc_id=filters.doc_id)
        return (
            _environment()
            .get_template("empty.html")
            .render(
                t=texts,
                command=self._command,
                ways=self._ways,
                is_done=is_done,
                is_narrowed=is_narrowed,
                has_next=not is_narrowed and bool(self._next_document(None, filters)),
            )
        )

    def _pictures_ahead(self, items: list[Item]) -> list[str]:
        """Return the pictures that come next, of pages that have one: Word, Excel and texts have none."""
        documents = self._session.workspace.documents
        pages = dict.fromkeys(page for item in items for page in find_pages(item, documents))
        sizes = self._session.pictures
        return [
            f"{self._base}/page/{doc_id}/{page}.webp"
            for doc_id, page in pages
            if sizes.size(*documents[doc_id].locate(page)) is not None
        ]


def _status_of(exc: PlanExtractError) -> int:
    """Return 507 if a decision could not be written, 503 if what it would stand on cannot be read."""
    return 507 if exc.code == "decisions.not_written" else 503


def _window(items: list[Item], place: int) -> list[Item]:
    """Return the part of the queue around the current item."""
    start = max(0, min(place - _LISTED // 3, len(items) - _LISTED))
    return items[start : start + _LISTED]


def _parse_filters(query: Mapping[str, str]) -> Filters:
    return Filters(
        doc_id=query.get("doc", ""),
        kind=query.get("kind", ""),
        severity=query.get("severity") or "warning",
        state=query.get("state") or "open",
        search=query.get("q", "")[:_MAX_SEARCH],
    )


def _parse_query(data: Mapping[str, Any]) -> dict[str, str]:
    query = data.get("query", {})
    if not isinstance(query, dict):
        return {}
    return {str(key): value for key, value in query.items() if isinstance(value, str)}


def _parse_body(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as exc:
        raise ValueError("this is no JSON") from exc
    if not isinstance(data, dict):
        raise ValueError("a JSON object is expected")  # noqa: TRY004
    return data


def _parse_request(data: Mapping[str, Any]) -> tuple[Request, list[str]]:
    """Check what the browser sent.

    Raises:
        ValueError: If a field has the wrong type or is too long.
    """
    texts = data.get("texts", {})
    entry = data.get("entry", {})
    for mapping in (texts, entry):
        if not isinstance(mapping, dict) or not all(isinstance(v, str) for v in mapping.values()):
            raise ValueError("texts are expected")
        if any(len(value) > MAX_TEXT for value in mapping.values()) or len(mapping) > 64:
            raise ValueError("a text is too long")
    offset = data.get("offset", 0)
    if type(offset) is not int or not 0 <= offset <= MAX_TEXT:
        raise ValueError("'offset' must be a number")
    fields = {}
    for name in ("key", "action", "cell_id", "choice", "agency_id", "form"):
        value = data.get(name, "")
        if not isinstance(value, str) or len(value) > 400:
            raise ValueError(f"'{name}' must be a short text")
        fields[name] = value
    request = Request(texts=tuple(texts.items()), offset=offset, entry=dict(entry), **fields)
    return request, _texts(data.get("seen", []), "seen")


def _texts(value: object, name: str) -> list[str]:
    if not isinstance(value, list) or len(value) > 256 or not all(isinstance(v, str) and len(v) < 64 for v in value):
        raise ValueError(f"'{name}' must be a list of ids")
    return value
