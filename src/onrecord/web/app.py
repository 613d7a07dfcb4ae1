"""The server: every page of `PAGES` and its JSON twin, the API, forms, feeds and files, behind one guard.

Each request has the record for itself, reads one snapshot of it, and is broken off after `SECONDS`: a page can be
slow, it cannot hold up the others or the build that writes beside it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from starlette.background import BackgroundTask

from onrecord import __version__
from onrecord.analysis import Meanings
from onrecord.errors import NotFoundError, OnrecordError
from onrecord.model.vectors import WordVectors
from onrecord.store import DatabaseError, View
from onrecord.store.readers import Readers
from onrecord.web.api import add_api
from onrecord.web.asked import Asked, own_path
from onrecord.web.changes import ConflictError, Form, annotate, decide, keep_search, undo
from onrecord.web.decisions import read_decisions
from onrecord.web.desk import Desk, Kept
from onrecord.web.downloads import make_download
from onrecord.web.guard import Access, Guard
from onrecord.web.pages import PAGES, Page
from onrecord.web.problems import add_problems, documented, problem, said
from onrecord.web.relinking import Relinking
from onrecord.web.render import as_json, as_page, make_environment
from onrecord.web.source import open_source
from onrecord.web.warming import warm
from onrecord.web.watching import feed_of

SECONDS = 20.0  # how long one request may read
DOWNLOAD_SECONDS = 120.0  # the same for a file of rows
BLOCK = 1 << 16  # bytes of a file sent at a time
THEMES = ("", "light", "dark")
STATIC = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
HTML, JSON = "text/html; charset=utf-8", "application/json"


@dataclass(frozen=True, slots=True)
class Options:
    """What to serve, to whom, as whom; `relink` makes the derived tables anew after decisions."""

    record: Path
    access: Access = field(default_factory=Access)
    by: str = "reviewer"
    relink: Callable[[], None] | None = None
    warming: tuple[str, ...] = ()  # a command that works out beside the server what pages keep; none: when asked for
    vectors: Callable[[], WordVectors] | None = None  # for search by meaning, where the command does not bring them


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page shows beside its own context."""

    record: str
    page: str
    title: str
    groups: tuple[tuple[str, tuple[Page, ...]], ...]
    here: str
    query: str
    words: str
    twin: str
    theme: str
    by: str
    read_only: bool
    form_token: str
    linking: bool
    message: str
    watchable: bool


def make_app(options: Options) -> FastAPI:
    """The application, ready for a server."""
    app = FastAPI(
        title="Onrecord", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
        description="A record of news reports: rows as in docs/record.md, pages as in docs/pages.md.",
    )  # fmt: skip
    site = Site(options)
    for page in PAGES:
        _add_page(app, site, page)
    add_api(app, site.reading, options.access, options.record, site.relinking.ask, site.meanings)
    app.add_api_route("/source", site.source, include_in_schema=False)
    app.add_api_route("/download", site.download, include_in_schema=False)
    app.add_api_route("/feed.atom", site.feed, include_in_schema=False)
    app.add_api_route("/favicon.ico", lambda: static_file("mark.svg"), include_in_schema=False)
    app.add_api_route("/static/{name}", static_file, include_in_schema=False)
    for path, change in (("/decide", decide), ("/undo", undo), ("/note", annotate), ("/search-saved", keep_search)):
        app.add_api_route(path, site.changing(change), methods=["POST"], include_in_schema=False)
    app.add_api_route("/settings", site.settings, methods=["POST"], include_in_schema=False)
    add_problems(app, site.failed_at)
    if options.warming:
        threading.Thread(target=site.warm, name="warming", daemon=True).start()
    app.add_middleware(Guard, access=options.access)
    return app


def _add_page(app: FastAPI, site: Site, page: Page) -> None:
    def as_html(request: Request) -> Response:
        return site.page(request, page)

    def as_twin(request: Request) -> Response:
        return site.twin(request, page)

    app.add_api_route(page.path, as_html, include_in_schema=False)
    twin = f"/{page.name}.json"
    app.add_api_route(
        twin, as_twin, summary=page.label, description=page.about, tags=["pages"], operation_id=page.name,
        responses=documented(400, 404),
    )  # fmt: skip


class Site:
    """The pages over one record. Holds what outlives a request: options, templates, kept results, the relinking."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.environment = make_environment()
        self.kept = Kept()
        self.readers = Readers(options.record)
        self.relinking = Relinking(options.relink, self.warm)

    @contextmanager
    def reading(self, seconds: float = SECONDS) -> Iterator[View]:
        """The record for one request: one snapshot, with a time limit."""
        end = time.monotonic() + seconds
        with self.readers.view() as view, view.snapshot():
            view.limit_time(lambda: time.monotonic() > end)
            yield view

    def meanings(self, view: View) -> tuple[Meanings, WordVectors] | None:
        """The record's words by meaning, where they are at hand."""
        return self._desk_of(view, "").meanings(view)

    def warm(self) -> None:
        """Work out what every page needs before somebody waits for it."""
        if self.options.warming:
            reports = 0
            with suppress(OnrecordError, DatabaseError), self.reading() as view:
                reports = view.count("documents")
            warm(self.options.warming, self.kept, reports)

    def page(self, request: Request, page: Page) -> Response:
        asked = Asked.read(page.path, request.url.query)
        try:
            with self.reading() as view:
                desk = self._desk(view, request)
                context = page.make(view, asked, desk)
                values = {"frame": self._frame(request, asked, page), "page": context, "asked": asked}
                return Response(as_page(self.environment, f"{page.template}.html", values), media_type=HTML)
        except (OnrecordError, DatabaseError) as error:
            return self._failed(request, error)

    def twin(self, request: Request, page: Page) -> Response:
        asked = Asked.read(page.path, request.url.query)
        try:
            with self.reading() as view:
                return Response(as_json(page.make(view, asked, self._desk(view, request))), media_type=JSON)
        except (OnrecordError, DatabaseError) as error:
            return problem(*said(error))

    def source(self, request: Request) -> Response:
        """The source pane alone, for a page that changes what it has opened."""
        asked = Asked.read(request.query_params.get("path", "/")[:200], request.query_params.get("query", "")[:4_000])
        id = asked.get("open")
        try:
            with self.reading() as view:
                desk = self._desk(view, request)
                opened = open_source(view, asked, desk.decisions, id)
                values = {
                    "frame": self._frame(request, asked, PAGES[0]), "source": opened, "asked": asked,
                }  # fmt: skip
                return Response(as_page(self.environment, "pane.html", values), media_type=HTML)
        except (OnrecordError, DatabaseError) as error:
            status, words = said(error)
            return Response(words, status, media_type="text/plain; charset=utf-8")

    def download(self, request: Request) -> Response:
        """The rows of a list as a file."""
        asked = Asked.read("/download", request.url.query)
        try:
            with self.reading(DOWNLOAD_SECONDS) as view:
                made = make_download(view, asked, self.options.record.name)
        except (OnrecordError, DatabaseError) as error:
            return self._failed(request, error)
        headers = {"content-disposition": f'attachment; filename="{made.name}"'}
        closing = BackgroundTask(made.file.close)
        return StreamingResponse(iter(lambda: made.file.read(BLOCK), b""), 200, headers, made.media, closing)

    def feed(self, request: Request) -> Response:
        """What a saved search found, as Atom."""
        id = request.query_params.get("search", "")
        base = str(request.base_url).rstrip("/")
        with self.reading() as view:
            search = next((one for one in view.searches() if one.id == id), None)
            if search is None:
                return Response("there is no such saved search", 404, media_type="text/plain")
            return Response(feed_of(view, search, base), media_type="application/atom+xml")

    def changing(self, change: Callable[[Path, Form, str], object]) -> Callable[..., Any]:
        """A form's target: check its token, write, go back to where the form says."""

        async def changed(request: Request) -> Response:
            form = await self._form(request)
            if form is None:
                return Response("the form is too old; load its page anew", 403, media_type="text/plain")
            try:
                await run_in_threadpool(change, self.options.record, form, self._by(request))
            except ConflictError as conflict:
                return self._conflict(request, conflict, form)
            except (OnrecordError, DatabaseError) as error:
                return self._failed(request, error)
            if change in (decide, undo):
                self.relinking.ask()
            return RedirectResponse(own_path(form.get("back")), 303)

        return changed

    async def settings(self, request: Request) -> Response:
        """Theme and name of the reviewer, kept in cookies of this browser."""
        form = await self._form(request)
        if form is None:
            return Response("the form is too old; load its page anew", 403, media_type="text/plain")
        response = RedirectResponse(own_path(form.get("back")), 303)
        if form.get("theme") or "theme" in form.values:
            theme = form.get("theme") if form.get("theme") in THEMES else ""
            response.set_cookie("onrecord_theme", theme, samesite="strict", path="/", max_age=31_536_000)
        if form.get("by"):
            name = form.get("by")[:60].encode("ascii", "ignore").decode()
            response.set_cookie("onrecord_by", name, httponly=True, samesite="strict", path="/", max_age=31_536_000)
        return response

    def failed_at(self, request: Request, error: Exception) -> Response:
        """A page for what went wrong outside any page."""
        known = isinstance(error, OnrecordError | DatabaseError)
        return self._failed(request, error if known else NotFoundError("there is no page at this address"))

    async def _form(self, request: Request) -> Form | None:
        """The form sent, None where its token is not this session's."""
        sent = await request.form()
        values: dict[str, list[str]] = {}
        for name, value in sent.multi_items():
            if isinstance(value, str):
                values.setdefault(name, []).append(value)
        form = Form(values)
        return form if form.get("form_token") == request.state.form_token else None

    def _by(self, request: Request) -> str:
        return request.cookies.get("onrecord_by", "")[:60].strip() or self.options.by

    def _desk(self, view: View, request: Request) -> Desk:
        return self._desk_of(view, self._by(request))

    def _desk_of(self, view: View, by: str) -> Desk:
        return Desk(
            by, self.options.access.read_only, read_decisions(view), view.version(), self.kept, self.options.vectors
        )

    def _frame(self, request: Request, asked: Asked, page: Page, message: str = "") -> Frame:
        order = ("record", "views", "behind", "work")
        groups = tuple((name, tuple(one for one in PAGES if one.group == name)) for name in order)
        theme = request.cookies.get("onrecord_theme", "")
        return Frame(
            record=self.options.record.name, page=page.name, title=page.label, groups=groups, here=asked.address,
            query=asked.query, words=asked.get("q"), twin=Asked(f"/{page.name}.json", asked.pairs).address,
            theme=theme if theme in THEMES else "", by=self._by(request), read_only=self.options.access.read_only,
            form_token=request.state.form_token, linking=self.relinking.running, message=message,
            watchable=page.template == "list" and page.name not in ("skips",),
        )  # fmt: skip

    def _failed(self, request: Request, error: Exception) -> Response:
        status, words = said(error)
        frame = self._frame(request, Asked("/"), PAGES[0])
        asked = Asked.read(request.url.path, request.url.query)
        back = asked.without("q", "since", "until", "open") if status == 400 and request.method == "GET" else "/"
        back = back if asked.path in {page.path for page in PAGES} else "/"
        values = {"frame": frame, "words": words, "status": status, "asked": Asked("/"), "back": back}
        return Response(as_page(self.environment, "failed.html", values), status, media_type=HTML)

    def _conflict(self, request: Request, conflict: ConflictError, form: Form) -> Response:
        values = {
            "frame": self._frame(request, Asked("/review"), PAGES[0]), "conflict": conflict,
            "back": own_path(form.get("back")), "form": form.values, "asked": Asked("/review"),
        }  # fmt: skip
        return Response(as_page(self.environment, "conflict.html", values), 409, media_type=HTML)


def static_file(name: str) -> Response:
    """A file of static/, by its plain name."""
    suffix = "." + name.rpartition(".")[2]
    found = {one.name: one for one in (files("onrecord.web") / "static").iterdir()}.get(name)
    if suffix not in STATIC or found is None:
        return Response("there is no such file", 404, media_type="text/plain")
    headers = {"cache-control": "max-age=3600"}
    return Response(found.read_bytes(), media_type=STATIC[suffix], headers=headers)
