"""A plain ASGI websocket, without a framework."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_MAX_REASON = 120  # bytes; the protocol allows 123


class Gone(Exception):
    """The other side has hung up."""


class Socket:
    """Text and bytes in both directions; `Gone` when there is nobody any more."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.headers = header_map(scope)
        self._receive = receive
        self._send = send

    async def accept(self) -> None:
        await self._receive()
        await self._send({"type": "websocket.accept"})

    async def receive(self) -> str | bytes:
        message = await self._receive()
        if message["type"] != "websocket.receive":
            raise Gone
        text = message.get("text")
        return text if text is not None else bytes(message["bytes"])

    async def send(self, message: str | bytes) -> None:
        field = "text" if isinstance(message, str) else "bytes"
        try:
            await self._send({"type": "websocket.send", field: message})
        except OSError as error:
            raise Gone from error

    async def close(self, code: int, reason: str = "") -> None:
        """Hang up; a socket that is already gone stays gone."""
        try:
            await self._send({"type": "websocket.close", "code": int(code), "reason": reason[:_MAX_REASON]})
        except (OSError, RuntimeError):
            return


def header_map(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def cookies_of(scope: Scope) -> str:
    """All of them; HTTP/2 may bring each in a header of its own."""
    return "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")


def is_from_our_pages(headers: Mapping[str, str], trusted: frozenset[str]) -> bool:
    """A browser names the page that opens a socket; only our own pages may. Others have no cookies.

    Compares whole strings and parses nothing that a stranger wrote.
    """
    origin = headers.get("origin")
    if origin is None:
        return True
    host = headers.get("host")
    return origin in trusted or origin in {f"http://{host}", f"https://{host}"}
