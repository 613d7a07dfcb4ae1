"""What every request passes through, before anything is read: who may come in, how much they may send, what a browser
may do with the answer.

Loopback names only, or a token (compared in constant time); a body of 64 KiB at most; changes only from the page's own
origin and with its form token; no script, style, frame or connection but our own.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web.problems import for_api, problem

LARGEST_BODY = 64 * 1024
LONGEST_ADDRESS = 8_000
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
SESSION = "onrecord_session"  # cookie that a form token belongs to
TOKEN = "onrecord_token"  # cookie that holds the access token, where one is needed
HEADERS: tuple[tuple[str, str], ...] = (
    ("content-security-policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
     "base-uri 'none'; frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"), ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in: `hosts` a browser may call this by (any port), a token or "", whether nothing may be changed."""

    hosts: tuple[str, ...] = LOOPBACK
    token: str = ""
    read_only: bool = False
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def form_token(self, session: str) -> str:
        """What a form of this session must carry."""
        return hmac.new(self.secret, session.encode(), hashlib.sha256).hexdigest()


class Guard:
    """The middleware; scope["state"] gets `session` and `form_token` for the page."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookies = cookie_parser(headers.get("cookie", "")[:4_000])
        session = cookies.get(SESSION, "")
        fresh = not (len(session) == 32 and session.isalnum())
        session = secrets.token_hex(16) if fresh else session
        scope.setdefault("state", {})["session"] = session
        scope["state"]["form_token"] = self.access.form_token(session)
        set_cookies = [f"{SESSION}={session}; Path=/; HttpOnly; SameSite=Strict"] if fresh else []

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in HEADERS:
                    out.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    out.setdefault("cache-control", "no-store")
                for cookie in set_cookies:
                    out.append("set-cookie", cookie)
            await send(message)

        refusal = self._refusal(scope, headers, cookies)
        if refusal is not None:
            await refusal(scope, receive, answer)
            return
        await self.app(scope, _limited(receive), answer)

    def _refusal(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> ASGIApp | None:
        """Why a request goes no further, as a response, if it does not."""
        if len(scope["path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            return _refused(scope, "the address is too long", 414)
        if not _is_one_of(headers.get("host", ""), self.access.hosts):
            return _refused(scope, "this server does not go by that name; start it with --allow-host NAME", 421)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            return _refused(scope, "more was sent than is taken", 413)
        return self._stranger(scope, headers, cookies) or self._change(scope, headers)

    def _stranger(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> ASGIApp | None:
        """Where a token is needed: a request without it, or one with it in its address, which gets it as a cookie."""
        token = self.access.token
        if not token:
            return None
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if _same(bearer, token) or _same(cookies.get(TOKEN, ""), token):
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["method"] == "GET" and _same(given, token):
            response = RedirectResponse(_path_of(scope), 303)
            response.set_cookie(TOKEN, token, httponly=True, samesite="strict", path="/")
            return response
        words = "a token is needed: open the address that `onrecord serve` printed"
        return _refused(scope, words, 401, {"www-authenticate": "Bearer"})

    def _change(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        """Refuse changes in read-only mode and from other origins; the form token is checked with the form."""
        if scope["method"] in ("GET", "HEAD"):
            return None
        if scope["method"] != "POST":
            return _refused(scope, "only GET and POST are taken", 405, {"allow": "GET, POST"})
        if self.access.read_only:
            return _refused(scope, "this record is served read-only", 403)
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if (origin is not None and urlsplit(origin).netloc != headers.get("host")) or site in (
            "cross-site",
            "same-site",
        ):
            return _refused(scope, "changes are taken from this server's own pages only", 403)
        return None


def _refused(scope: Scope, detail: str, status: int, headers: dict[str, str] | None = None) -> Response:
    """A refusal in the words of whoever asked: a problem for the API's clients, plain text for a browser."""
    response = problem(status, detail) if for_api(scope["path"]) else PlainTextResponse(detail, status)
    response.headers.update(headers or {})
    return response


def _is_one_of(host: str, allowed: Sequence[str]) -> bool:
    name, _, port = host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "")
    return name.lower() in allowed and (not port or port.isdigit())


def _same(given: str, token: str) -> bool:
    return bool(given) and hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _path_of(scope: Scope) -> str:
    """The address without its token; a path of this server, whatever was sent."""
    query = scope["query_string"].decode("latin-1")
    kept = "&".join(pair for pair in query.split("&") if not pair.startswith("token="))
    path = "/" + scope["path"].lstrip("/\\")
    return f"{path}?{kept}" if kept else path


def _limited(receive: Receive) -> Receive:
    """Bodies without a length are cut off too."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST_BODY:
            return {"type": "http.disconnect"}
        return message

    return counted
