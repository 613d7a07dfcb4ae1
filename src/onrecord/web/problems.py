"""Errors of the API as problem+json (RFC 9457): what happened, in words, and what a client may tell of it by number."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from onrecord.errors import MissingError, NotFoundError, OnrecordError, SettingsError, StoreError
from onrecord.store import DatabaseError, trouble
from onrecord.web.render import as_json

PROBLEM = "application/problem+json"


class Problem(BaseModel):
    """What went wrong: `title` is the status in words, `detail` what happened and what to do."""

    type: str
    title: str
    status: int
    detail: str


def problem(status: int, detail: str, **more: Any) -> Response:
    """An error as a response; `more` are members beside the standard's."""
    held = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return Response(as_json(held), status, media_type=PROBLEM)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a description says of an operation's errors: its own, and those that the guard may give any request."""
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {PROBLEM: schema}}
        for status in sorted({*statuses, 401, 413, 414, 421, 503})
    }


def said(error: Exception) -> tuple[int, str]:
    """A status and words for people."""
    if isinstance(error, NotFoundError):
        return 404, str(error)
    if isinstance(error, StoreError | SettingsError):
        return 400, str(error)
    if isinstance(error, MissingError):
        return 501, str(error)
    if isinstance(error, DatabaseError) and trouble(error) == "slow":
        return 503, "this took too long; narrow it down by a filter or fewer days"
    if isinstance(error, DatabaseError) and trouble(error) == "busy":
        return 503, "a build is writing just now, nothing was stored; try again in a moment"
    if isinstance(error, DatabaseError) and trouble(error) == "full":
        return 507, "the disk is full or gave an error; nothing was stored: free some space and try again"
    return 500, str(error) if isinstance(error, OnrecordError) else "the record could not be read"


def for_api(path: str) -> bool:
    """Whether an address is answered in JSON, errors too."""
    return path.startswith("/api/") or path.endswith(".json")


def add_problems(app: FastAPI, page: Callable[[Request, Exception], Response]) -> None:
    """Errors of the API's addresses as problems; those of pages as `page` shows them."""

    def not_found(request: Request, error: Exception) -> Response:
        if for_api(request.url.path):
            return problem(404, "there is nothing at this address; /api/openapi.json lists what there is")
        return page(request, error)

    def refused(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        response = problem(error.status_code, str(error.detail))
        response.headers.update(error.headers or {})
        return response

    def invalid(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        found = [{"where": ".".join(map(str, one["loc"])), "what": str(one["msg"])} for one in error.errors()]
        told = "; ".join(f"{one['where']}: {one['what']}" for one in found)
        unknown = any(one["loc"][:1] == ("path",) for one in error.errors())
        return problem(404 if unknown else 422, told, errors=found)

    def failed(request: Request, error: Exception) -> Response:
        return problem(*said(error)) if for_api(request.url.path) else page(request, error)

    app.add_exception_handler(404, not_found)
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    for kind in (OnrecordError, DatabaseError):
        app.add_exception_handler(kind, failed)
    _describe(app)


def _describe(app: FastAPI) -> None:
    """Put the shape of a problem into the API's description, which FastAPI only does for shapes of answers."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        held: dict[str, Any] = made()
        schemas = held.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema()
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        return held

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to change the description
