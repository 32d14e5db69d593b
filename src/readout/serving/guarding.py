"""Who may do what: one table of routes, the checks of every request, and errors in one shape.

The table is ``ACCESS``; a route that is not in it is refused. What the kinds of access ask for:

``open``     nothing: the description of the interface.
``read``     nothing beyond the checks of every request.
``compute``  a text is read and nothing kept: the token, or this machine without a sign of another site's page.
``write``    the token, or this machine and a page of our own (same origin).

Every request must name a host of ours (against DNS rebinding), bring no more than ``max_body_bytes``, and bring it in
time; its answer must begin in time. Every answer carries headers under which a browser runs and loads nothing foreign.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import json
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from readout.errors import (
    ArchiveError,
    KnowledgeError,
    LexiconError,
    ModelMissing,
    ReadingError,
    ReadoutError,
    RequestRefused,
    SettingError,
    TextTooLong,
)

_LOG = logging.getLogger("readout.serving")

Access = Literal["open", "read", "compute", "write"]

ACCESS: dict[tuple[str, str], Access] = {
    ("GET", "/"): "read",
    ("POST", "/desk"): "compute",
    ("POST", "/documents"): "write",
    ("GET", "/documents/{key}"): "read",
    ("GET", "/documents/{key}/record.html"): "read",
    ("GET", "/documents/{key}/items/{item:path}"): "read",
    ("POST", "/documents/{key}/items/{item:path}"): "write",
    ("POST", "/documents/{key}/statements"): "write",
    ("POST", "/adding"): "write",
    ("POST", "/examples"): "write",
    ("GET", "/adding/{job}"): "read",
    ("POST", "/adding/{job}/cancel"): "write",
    ("GET", "/queue"): "read",
    ("GET", "/api"): "open",
    ("GET", "/search"): "read",
    ("GET", "/compare"): "read",
    ("POST", "/compare"): "compute",
    ("GET", "/exchanges"): "read",
    ("GET", "/exchanges/{key}/{encounter}"): "read",
    ("POST", "/exchanges/{key}/{encounter}/links"): "write",
    ("GET", "/static/{name}"): "open",
    ("GET", "/dyad"): "read",
    ("GET", "/world"): "read",
    ("GET", "/ledger"): "read",
    ("GET", "/phrases"): "read",
    ("GET", "/person"): "read",
    ("GET", "/digest"): "read",
    ("GET", "/api/v1/openapi.json"): "open",
    ("GET", "/api/v1/info"): "read",
    ("GET", "/api/v1/encounters"): "read",
    ("GET", "/api/v1/statements"): "read",
    ("GET", "/api/v1/commitments"): "read",
    ("GET", "/api/v1/relations"): "read",
    ("GET", "/api/v1/occurrences"): "read",
    ("GET", "/api/v1/documents"): "read",
    ("POST", "/api/v1/documents"): "write",
    ("GET", "/api/v1/documents/{key}"): "read",
    ("POST", "/api/v1/read"): "compute",
    ("GET", "/api/v1/compare"): "read",
    ("POST", "/api/v1/compare"): "compute",
    ("GET", "/api/v1/exchanges"): "read",
    ("GET", "/api/v1/exchanges/{key}/{encounter}"): "read",
    ("GET", "/api/v1/dyad"): "read",
    ("GET", "/api/v1/world"): "read",
    ("GET", "/api/v1/ledger"): "read",
    ("GET", "/api/v1/phrases"): "read",
    ("GET", "/api/v1/person"): "read",
    ("GET", "/api/v1/digest"): "read",
    ("GET", "/api/v1/links"): "read",
    ("GET", "/api/v1/export"): "read",
}
"""Method and path of every route, and what it asks for."""

UPLOADS: frozenset[tuple[str, str]] = frozenset({("POST", "/adding")})
"""Routes that take a body of up to ``max_upload_bytes``, one at a time, from those alone who may write."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: dict[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""A request with one of these came through a proxy: that it connects from this machine tells nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How the pages are served.

    Args:
        host: the address or name to bind to; other machines reach it only where it is not this machine's loopback.
        port: TCP port, 1 to 65535.
        token: what whoever writes from elsewhere must know; at least 16 characters. None: only this machine writes.
        max_body_bytes: a request with more is refused (413).
        max_upload_bytes: likewise for files that are added (POST /adding), from those who may write.
        max_chars: a text with more characters is refused (413).
        timeout_s: seconds in which an answer must begin; then 503.
        receive_s: seconds in which a request must have arrived; then 408. Larger uploads have six times as many.
    Raises:
        SettingError: a value that is not allowed.
    """

    host: str = "127.0.0.1"
    port: int = 8321
    token: str | None = None
    max_body_bytes: int = 4_000_000
    max_upload_bytes: int = 64_000_000
    max_chars: int = 300_000
    timeout_s: float = 120.0
    receive_s: float = 20.0

    def __post_init__(self) -> None:
        if not 0 < self.port < 65536:
            raise SettingError(f"port {self.port} is not one; give a number from 1 to 65535")
        if self.token is not None and len(self.token) < 16:
            raise SettingError("the token is too short; give at least 16 characters")
        if not self.host or any(c.isspace() or c in "/@" for c in self.host):
            raise SettingError("the host is no name or address; give one such as 127.0.0.1")

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return _is_loopback(self.host)

    def is_ours(self, host: str) -> bool:
        """Whether the Host of a request is one of ours: loopback; elsewhere also our name and any bare address.

        A bare address is harmless: a foreign page that was rebound to us still says its own name.
        """
        name = _without_port(host)
        if _is_loopback(name):
            return True
        if self.is_local:
            return False
        return name in {self.host.lower(), socket.gethostname().lower()} or _address(name) is not None


def _without_port(host: str) -> str:
    name = host.strip().lower()
    if name.startswith("["):
        inside, _, rest = name[1:].partition("]")
        return inside if not rest or (rest[0] == ":" and rest[1:].isdigit()) else ""
    return name.rpartition(":")[0] if name.count(":") == 1 else name


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def _is_loopback(name: str) -> bool:
    address = _address(name)
    return name == "localhost" or (address is not None and address.is_loopback)


def status_of(error: ReadoutError) -> int:
    """The HTTP status of an error of the house."""
    if isinstance(error, RequestRefused):
        return error.status
    if isinstance(error, TextTooLong):
        return 413
    if isinstance(error, ArchiveError):
        return 503 if "another process" in error.message else 409
    if isinstance(error, KnowledgeError | LexiconError | ModelMissing):
        return 500
    return 422 if isinstance(error, ReadingError) or error.code != "R000" else 500


def told(error: ReadoutError) -> dict[str, Any]:
    """The error as JSON without what is private: no path of this machine, no inner fault."""
    data = (fault() if status_of(error) == 500 else error).to_json()
    data["parts"] = {k: v for k, v in data["parts"].items() if k not in ("path", "source")}
    return data


def fault() -> RequestRefused:
    """What is told of a fault of ours; the log of the server has the rest."""
    return RequestRefused("something went wrong here; the log of the server tells what", status=500)


class ErrorAnswer(Response):
    """An error as JSON in the one shape."""

    media_type = "application/json"

    def __init__(self, error: ReadoutError) -> None:
        super().__init__(json.dumps(told(error), ensure_ascii=True), status_code=status_of(error))
        if self.status_code == 401:
            self.headers["www-authenticate"] = "Bearer"


async def guard(request: Request) -> None:
    """Refuse a request that its route's entry in ``ACCESS`` does not allow.

    Raises:
        RequestRefused: 401 where a token is missing or wrong, 403 where this machine's own pages alone may.
    """
    allow(request, request.app.state.house.serving, ACCESS.get((request.method, request.scope["route"].path)))


def allow(request: Request, serving: Serving, access: Access | None) -> None:
    """Refuse a request that may not do what a kind of access stands for; as ``guard``."""
    if access == "open":
        return
    if access == "read":
        if not _is_visit(request):
            raise RequestRefused("a page of another site asked for this; open it here yourself", status=403)
        return
    if access is None:
        raise RequestRefused("this route has no entry in the table of access", status=403)
    if _has_token(request, serving) or (from_here(request) and _is_no_foreign_page(request, access)):
        return
    if not from_here(request):
        raise RequestRefused(
            "from another machine this needs the token: the header `Authorization: Bearer TOKEN`"
            + ("" if serving.token else "; none was given to `readout serve`, so only its own machine may"),
            status=401,
        )
    raise RequestRefused(
        "this was not sent by a page of ours; a program sends the header `Origin` with the address of this server, "
        "or `Authorization: Bearer TOKEN`",
        status=403,
    )


def _is_visit(request: Request) -> bool:
    """Whether a browser asks for a page of ours, or opens one in its own window; not in the frame of another's."""
    headers = request.headers
    if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return True
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest", "document") == "document"


def from_here(request: Request) -> bool:
    """Whether a request comes from this machine, and through no proxy."""
    client = request.client
    forwarded = any(name in request.headers for name in _FORWARDED)
    return client is not None and _is_loopback(client.host) and not forwarded


def _is_no_foreign_page(request: Request, access: Access) -> bool:
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site == "same-origin"
    if origin is not None:
        return origin == f"{request.url.scheme}://{request.headers.get('host', '')}"
    return access == "compute"


def _has_token(request: Request, serving: Serving) -> bool:
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    return serving.token is not None and kind.lower() == "bearer" and _same(given.strip(), serving.token)


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode("utf-8", "replace"))


class Wall:
    """Around the whole application: host, size and time of a request, headers of the answer."""

    def __init__(self, app: ASGIApp, serving: Serving, tell: Callable[[Request, ReadoutError], Response]) -> None:
        self.app, self.serving, self._tell = app, serving, tell
        self._running: set[asyncio.Future[None]] = set()
        self._uploading = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; other kinds of connection are refused."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                have = {name.lower() for name, _ in message["headers"]}
                extra = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in have]
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)

        try:
            body = await self._body(scope, receive)
        except RequestRefused as error:
            # under a foreign host's name no page of ours is told
            foreign = status_of(error) == 421
            refused = ErrorAnswer(error) if foreign else self._tell(Request(scope), error)
            await refused(scope, receive, dressed)
            return
        await self._answer(scope, receive, dressed, body)

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        """The whole body, within its limits of size and time."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if not self.serving.is_ours(headers.get("host", "")):
            raise RequestRefused("this is not the host of this server; use the address that `readout serve` told",
                                 status=421)  # fmt: skip
        most, seconds = self.serving.max_body_bytes, self.serving.receive_s
        length = headers.get("content-length", "0")
        route = (scope["method"], scope["path"])
        if route in UPLOADS and length.isdecimal() and int(length) > most:
            if self._uploading:
                raise RequestRefused("another upload is being received; try again when it is there", status=503)
            allow(Request(scope), self.serving, ACCESS[route])
            self._uploading = True
            try:
                return await self._received(receive, length, self.serving.max_upload_bytes, 6 * seconds)
            finally:
                self._uploading = False
        if route in ACCESS:  # who may not is told so before the body is read and looked at
            allow(Request(scope), self.serving, ACCESS[route])
        return await self._received(receive, length, most, seconds)

    async def _received(self, receive: Receive, length: str, most: int, seconds: float) -> bytes:
        large = RequestRefused(f"the request is larger than {most:,} bytes; send less at once", status=413)
        if not length.isdecimal() or int(length) > most:
            raise large
        parts, size = [], 0
        try:
            async with asyncio.timeout(seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise RequestRefused("the request broke off; send it again")
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > most:
                        raise large
                    if not message.get("more_body"):
                        return b"".join(parts)
        except TimeoutError as error:
            raise RequestRefused("the request took too long to arrive; send it again", status=408) from error

    async def _answer(self, scope: Scope, receive: Receive, send: Send, body: bytes) -> None:
        """Run the application; where it has not begun to answer in time, say so in its place."""
        state = {"given": False, "begun": False, "late": False}

        async def again() -> Message:
            if not state["given"]:
                state["given"] = True
                return {"type": "http.request", "body": body, "more_body": False}
            return await receive()

        async def watched(message: Message) -> None:
            state["begun"] = True
            if not state["late"]:
                await send(message)

        task = asyncio.ensure_future(self.app(scope, again, watched))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            await asyncio.wait({task}, timeout=self.serving.timeout_s)
            if not task.done() and not state["begun"]:
                state["late"] = True
                task.cancel()  # its thread ends by itself; nothing waits for it
                late = RequestRefused("this took too long; ask for less at once", status=503)
                await self._tell(Request(scope), late)(scope, receive, send)
                return
            await task
        except Exception:  # whatever it was: it is logged, and nothing of it told
            _LOG.exception("a request failed")
            if state["begun"]:
                raise
            await ErrorAnswer(fault())(scope, receive, send)
        finally:
            if not task.done():
                task.cancel()
