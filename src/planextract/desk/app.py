"""The routes of the page: start, one entry with its plan, uploads, runs, review and what is taken away."""

from __future__ import annotations

import html
import json
import re
import shutil
import tempfile
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from planextract.desk.entries import describe_place
from planextract.desk.jobs import Jobs
from planextract.desk.options import keep_options, parse_options, suggest_regions
from planextract.desk.reviews import Reviews
from planextract.desk.shelf import MAX_DROP_BYTES, MAX_FILE_BYTES, BadName, Place, Shelf
from planextract.desk.take import FORMS, make_form
from planextract.errors import PlanExtractError
from planextract.phrases import Phrase
from planextract.report.commands import write_quality_report
from planextract.report.view.command import draw_pictures, write_view
from planextract.review.page.guard import Guard
from planextract.review.page.texts import LANGUAGES, choose_language
from planextract.wording.desk_words import DESK_WORDS
from planextract.wording.tell import tell
from planextract.wording.words import say

UPLOAD = "/drop"
_STATIC = {"desk.css": "text/css", "desk.js": "text/javascript"}
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')
_COMMANDS = re.compile(r'<section id="next">.*?</section>', re.DOTALL)
_PICTURE_BYTES = 2_500_000
_SHOWN_ROWS = 200
GIVEN = "given"


class Desk:
    """What the routes share.

    Args:
        shelf: The entries.
        given: An output named on the command line, as an entry; None without one.
        jobs: The runs.
        reviews: The review pages.
        token: The session's secret.
        aside: A folder for what is made only to be sent.
    """

    def __init__(
        self, shelf: Shelf, given: Place | None, jobs: Jobs, reviews: Reviews, token: str, aside: Path
    ) -> None:
        self._shelf, self._given, self._jobs, self._reviews = shelf, given, jobs, reviews
        self._token, self._aside = token, aside

    def make_app(self, hosts: frozenset[str], first: str) -> ASGIApp:
        """Return the guarded application.

        Args:
            hosts: Allowed values of the ``Host`` header.
            first: Where ``/`` leads; empty if the review page of the given output is there.
        """
        routes: list[BaseRoute] = [
            Route("/start", self.show_start),
            Route(UPLOAD, self.take_in, methods=["POST"]),
            Route("/desk/{name}", _show_static),
            Route("/regions", _suggest_regions),
            Route("/d/{key}/", self.show_entry),
            Route("/d/{key}/state", self.show_state),
            Route("/d/{key}/run", self.start_run, methods=["POST"]),
            Route("/d/{key}/cancel", self.cancel_run, methods=["POST"]),
            Route("/d/{key}/plan", self.show_plan),
            Route("/d/{key}/quality", self.show_quality),
            Route("/d/{key}/pictures", self.show_pictures),
            Route("/d/{key}/take/{form}", self.give),
            Mount("/d/{key}/review", app=self.review),
        ]
        if first:
            routes.append(Route("/", lambda _request: RedirectResponse(first, 303)))
            routes.append(Route("/static/{name}", self._reviews.show_static))
        else:
            routes.append(Mount("/", app=self.review_given))
        return Guard(Starlette(routes=routes), hosts, self._token, (UPLOAD, MAX_FILE_BYTES))

    async def show_start(self, request: Request) -> Response:
        """Show where to drop files, and what was read before."""
        language = _language(request)
        page = await run_in_threadpool(self._render_start, language)
        return _remember_language(request, HTMLResponse(page))

    def _render_start(self, language: str) -> str:
        places = [self._given] if self._given else []
        entries = [describe_place(place) for place in (*places, *self._shelf.list_places())]
        running = {entry.key for entry in entries if self._jobs.is_running(entry.key)}
        return self._render("start.html", language, entries=entries, running=running, given=GIVEN, limit=MAX_FILE_BYTES)

    async def take_in(self, request: Request) -> Response:
        """Keep one sent file; without ``to`` in a new entry, whose id is the answer."""
        language, name = _language(request), request.query_params.get("name", "")
        place = await run_in_threadpool(self._find_or_add, request.query_params.get("to", ""))
        if place is None:
            return _not_found(language)
        try:
            target = self._shelf.choose_path(place, name)
            await _keep(request, target)
        except BadName as exc:
            reason = say(DESK_WORDS[exc.args[0]], language).format(name[:80])
            return JSONResponse({"error": reason, "to": place.key}, status_code=422)
        except OSError:
            return JSONResponse({"error": say(DESK_WORDS["send_failed"], language), "to": place.key}, status_code=507)
        return JSONResponse({"to": place.key})

    def _find_or_add(self, key: str) -> Place | None:
        return self._shelf.find(key) if key else self._shelf.add()

    async def show_entry(self, request: Request) -> Response:
        """Show the plan of an entry, or how far its run is."""
        place = self._find(request.path_params["key"])
        if place is None:
            return _not_found(_language(request))
        page = await run_in_threadpool(self._render_entry, place, _language(request), "all" in request.query_params)
        return _remember_language(request, HTMLResponse(page))

    def _render_entry(self, place: Place, language: str, is_shown_anyway: bool) -> str:
        job = self._jobs.look(place.key)
        entry = describe_place(place)
        state = job.state if job else "done"
        shows_plan = entry.documents > 0 and (state == "done" or is_shown_anyway)
        return self._render(
            "entry.html",
            language,
            entry=entry,
            state="plan" if shows_plan else state,
            job=job,
            forms=tuple(FORMS),
            can_run=bool(place.again),
            options=place.options if place.kept else None,
            review=self._reviews.address(place),
        )

    async def show_state(self, request: Request) -> Response:
        """Answer with how far a run is, in words."""
        language, state = _language(request), self._jobs.look(request.path_params["key"])
        if state is None:
            return JSONResponse({"state": "done", "lines": [], "share": 1})
        lines = []
        if state.total:
            lines.append(say(DESK_WORDS["documents_done"], language).format(state.documents, state.total))
        if state.pages:
            lines.append(say(DESK_WORDS["page_of"], language).format(state.page, state.pages))
        share = state.documents / state.total if state.total > 1 else state.page / max(state.pages, 1) * 0.8
        return JSONResponse({"state": state.state, "lines": lines, "share": round(share, 3)})

    async def start_run(self, request: Request) -> Response:
        """Start a run of an entry, and answer with where to look; options that are sent hold from then on."""
        place = self._find(request.path_params["key"])
        if place is None or not place.again:
            return _not_found(_language(request))
        try:
            data = json.loads(await request.body() or b"{}")
            if data and place.kept is not None:
                await run_in_threadpool(keep_options, place.kept, parse_options(data))
        except ValueError:
            return JSONResponse({"error": say(DESK_WORDS["bad_options"], _language(request))}, status_code=400)
        await run_in_threadpool(self._jobs.start, place, _language(request))
        return JSONResponse({"to": f"/d/{place.key}/"})

    async def cancel_run(self, request: Request) -> Response:
        """Stop a run."""
        key = request.path_params["key"]
        await run_in_threadpool(self._jobs.cancel, key)
        return JSONResponse({"to": f"/d/{key}/"})

    async def show_plan(self, request: Request) -> Response:
        """Answer with the reading page, to be shown inside the entry's page."""
        place = self._find(request.path_params["key"])
        if place is None or not place.is_read:
            return _not_found(_language(request))
        try:
            page = await run_in_threadpool(self._make_plan, place)
        except PlanExtractError as exc:
            return PlainTextResponse(f"{tell(exc.cause, _language(request))}\n", status_code=409)
        own = {"content-security-policy": f"{_policy(page)}; frame-ancestors 'self'", "x-frame-options": "SAMEORIGIN"}
        return HTMLResponse(page, headers=own)

    def _make_plan(self, place: Place) -> str:
        target = Path(tempfile.mkdtemp(dir=self._aside)) / "plan.html"
        write_view(place.output, target, (), max_picture_bytes=0)
        page = target.read_text(encoding="utf-8")
        target.unlink()
        return page

    async def show_quality(self, request: Request) -> Response:
        """Answer with the quality report; its rows lead to the review page."""
        place = self._find(request.path_params["key"])
        if place is None or not place.is_read:
            return _not_found(_language(request))
        try:
            page = await run_in_threadpool(self._make_quality, place)
        except PlanExtractError as exc:
            return PlainTextResponse(f"{tell(exc.cause, _language(request))}\n", status_code=409)
        return HTMLResponse(page, headers={"content-security-policy": _policy(page)})

    def _make_quality(self, place: Place) -> str:
        folder = Path(tempfile.mkdtemp(dir=self._aside))
        page = write_quality_report(place.output, folder, place.inputs, _SHOWN_ROWS).page.read_text(encoding="utf-8")
        shutil.rmtree(folder)
        page = _COMMANDS.sub("", page)  # the buttons are here, and no path of the machine is shown
        return page.replace("<html ", f'<html data-review="{html.escape(self._reviews.address(place))}" ', 1)

    async def show_pictures(self, request: Request) -> Response:
        """Answer with the page crops of the plan's rows: they come after the rows, which are there at once."""
        place = self._find(request.path_params["key"])
        if place is None or not place.is_read:
            return JSONResponse({})
        try:
            pictures = await run_in_threadpool(
                draw_pictures, place.output, place.inputs, max_picture_bytes=_PICTURE_BYTES
            )
        except PlanExtractError:
            pictures = {}
        return JSONResponse(pictures)

    async def give(self, request: Request) -> Response:
        """Answer with a file to take away."""
        language, place = _language(request), self._find(request.path_params["key"])
        name = request.path_params["form"]
        if place is None or not place.is_read or name not in FORMS:
            return _not_found(language)
        try:
            made = await run_in_threadpool(self._make_form, name, place)
        except PlanExtractError as exc:
            words = say(DESK_WORDS["not_made"], language).format(
                tell(Phrase("{cause}. {advice}", cause=exc.cause, advice=exc.advice), language)
            )
            return PlainTextResponse(words, status_code=409)
        stem = describe_place(place).stem
        return FileResponse(made, filename=stem + FORMS[name])

    def _make_form(self, name: str, place: Place) -> Path:
        return make_form(name, place.output, Path(tempfile.mkdtemp(dir=self._aside)))

    async def review(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to the review page of an entry."""
        place = self._find(scope["path_params"]["key"])
        app: Callable[..., Any] = _not_found("en")
        if place is not None and (place.is_read or self._reviews.is_open(place)):
            try:
                app = await run_in_threadpool(self._reviews.open_app, place)
            except PlanExtractError as exc:
                app = PlainTextResponse(f"{tell(exc.cause, _language(Request(scope)))}\n", status_code=409)
        await app(scope, receive, send)

    async def review_given(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to the review page of the output named on the command line."""
        scope.setdefault("path_params", {})["key"] = GIVEN
        await self.review(scope, receive, send)

    def _find(self, key: str) -> Place | None:
        return self._given if key == GIVEN else self._shelf.find(key)

    def _render(self, template: str, language: str, **values: object) -> str:
        def word(key: str, *inside: object) -> str:
            return say(DESK_WORDS[key], language).format(*inside)

        return _environment().get_template(template).render(t=word, language=language, token=self._token, **values)


def _policy(page: str) -> str:
    """Return the policy that a self-contained page states for itself, to be sent as its header."""
    found = _POLICY.search(page)
    return html.unescape(found.group(1)) if found else "default-src 'none'"


async def _keep(request: Request, target: Path) -> None:
    """Write what is sent beside its place, and put it there when it is whole."""
    size, part = 0, target.with_name(target.name + ".part")
    room = MAX_DROP_BYTES - sum(path.stat().st_size for path in target.parent.iterdir())
    try:
        with part.open("xb") as stream:
            async for piece in request.stream():
                size += len(piece)
                if size > min(MAX_FILE_BYTES, room):
                    raise BadName("too_large")
                await run_in_threadpool(stream.write, piece)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _language(request: Request) -> str:
    return choose_language(
        request.query_params.get("lang") or request.cookies.get("lang"), request.headers.get("accept-language", "")
    )


def _remember_language(request: Request, answer: Response) -> Response:
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie("lang", request.query_params["lang"], samesite="strict", httponly=True)
    return answer


def _not_found(language: str) -> PlainTextResponse:
    return PlainTextResponse(say(DESK_WORDS["gone"], language) + "\n", status_code=404)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("planextract.desk", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


async def _suggest_regions(request: Request) -> Response:
    found = await run_in_threadpool(suggest_regions, request.query_params.get("q", "")[:60])
    return JSONResponse(found)


async def _show_static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        return PlainTextResponse("not found\n", status_code=404)
    data = (files("planextract.desk") / "static" / name).read_bytes()
    return Response(data, media_type=_STATIC[name], headers={"cache-control": "no-cache"})
