"""Who may speak to the page's server, and what a browser is told to refuse on its behalf: a layer around the server.

A page of another origin, also one on another port of the same machine, may neither open the page's connection nor show
the page in a frame. A browser is given a number, under which its drafts are kept.
"""

from __future__ import annotations

import ipaddress
import secrets
import socket
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from planner.words.said import _
from planner.workspace.places import COOKIE, NUMBER

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

HEADERS = (
    (b"content-security-policy", b"frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'"),
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
YEAR = 365 * 24 * 3600  # seconds
HAS_IT = 304  # status: nothing changed since the browser got it
HERE = ("localhost", "127.0.0.1", "::1")
REFUSED = "This address is not one of the page's own. Whoever started it can add it: planner ui --origin {origin}\n"


class Guard:
    """Refuses what comes from elsewhere, and adds headers to every answer.

    Parameters
    ----------
    app
        The server.
    address
        The address that it listens on.
    origins
        Further addresses under which the page is reached, as a browser shows them: https://planner.example.org.
    """

    def __init__(self, app: Application, address: str, origins: Iterable[str] = ()) -> None:
        self._app = app
        self._address = address
        self._origins = {origin_of(origin) for origin in origins}
        self._names = {urlsplit(origin).hostname for origin in self._origins} | own_names(address)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        asked = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if not self.is_own(asked.get(b"host", ""), asked.get(b"origin")):
            await _refuse(scope, send, asked.get(b"origin") or f"http://{asked.get(b'host', '')}")
            return
        fresh = _number(asked.get(b"cookie", ""))
        for_page = "text/html" in asked.get(b"accept", "")

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                page = _is_page(message, for_page)
                encrypted = scope.get("scheme") == "https"
                message["headers"] = _with_headers(message.get("headers", ()), fresh if page else None, encrypted)
            await send(message)

        await self._app(scope, receive, answer)

    def is_own(self, host: str, origin: str | None) -> bool:
        """Whether a request is for this page, and from it or from no page at all."""
        try:
            name = urlsplit(f"//{host}").hostname
        except ValueError:
            return False
        if name is None or not (name in self._names or (_is_anywhere(self._address) and _is_number(name))):
            return False
        return origin is None or urlsplit(origin).netloc == host or origin in self._origins


def own_names(address: str) -> set[str | None]:
    """The names by which a server on this address is asked: another name may be a stranger's that leads here."""
    if address in HERE:
        return set(HERE)
    if not _is_anywhere(address):
        return {address.lower()}
    name = socket.gethostname().lower()
    return {*HERE, name, f"{name}.local", socket.getfqdn().lower()}


def origin_of(said: str) -> str:
    """An origin as a browser says it: scheme, name, and the port where it is not the usual one.

    Raises
    ------
    ValueError
        It is none.
    """
    parts = urlsplit(said.strip().rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query or "@" in parts.netloc:
        raise ValueError(_("'{said}' is no address such as https://planner.example.org").format(said=said))
    usual = {"http": 80, "https": 443}[parts.scheme]
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{name}" + ("" if parts.port in (None, usual) else f":{parts.port}")


def _is_anywhere(address: str) -> bool:
    return address in ("0.0.0.0", "::", "")


def _is_number(name: str) -> bool:
    """Whether a name is an address in numbers, which no stranger can lead elsewhere."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _number(cookies: str) -> str | None:
    """A fresh number for a browser that has none."""
    pairs = (pair.strip().partition("=") for pair in cookies.split(";"))
    had = any(name == COOKIE and NUMBER.fullmatch(value) for name, _, value in pairs)
    return None if had else secrets.token_hex(16)


def _is_page(answer: Message, for_page: bool) -> bool:
    """Whether an answer is a page, or says that the browser, which asked for a page, has it: that names no kind."""
    if answer["status"] == HAS_IT:
        return for_page
    kinds = (value for name, value in answer.get("headers", ()) if name.lower() == b"content-type")
    return any(kind.startswith(b"text/html") for kind in kinds)


def _with_headers(headers: Iterable[tuple[bytes, bytes]], fresh: str | None, encrypted: bool) -> list[tuple[bytes, bytes]]:
    ours = {name for name, _ in HEADERS}
    found = [(name, value) for name, value in headers if name.lower() not in ours]
    if fresh is not None:
        secure = "; Secure" if encrypted else ""
        cookie = f"{COOKIE}={fresh}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{secure}"
        found.append((b"set-cookie", cookie.encode()))
    return [*found, *HEADERS]


async def _refuse(scope: Message, send: Send, origin: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})  # before it was accepted: the answer is 403
        return
    said = "".join(c for c in origin if c.isalnum() or c in ":/.-[]")[:200]
    body = REFUSED.format(origin=said).encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), *HEADERS]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
