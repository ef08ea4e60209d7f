"""`python -m umkm_market.rooms`: Daphne with its own options, and a limit to what it holds for a reader.

Daphne's send takes whatever it is given, so someone who never reads costs memory without end and nobody
knows. Here the send waits as soon as the transport is full. The room takes care of the rest: it keeps few
frames for such a reader, and hangs up on one who stays like that.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

from daphne.cli import CommandLineInterface
from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol

from livestream.room import SEND_BUFFER


class RoomProtocol(WebSocketProtocol):  # type: ignore[misc]  # untyped library
    """A websocket that its transport may stop and let go on, as Twisted calls a push producer."""

    _room_again: asyncio.Event | None = None  # there only while the transport is full

    def connectionMade(self) -> None:
        super().connectionMade()
        self.transport.unregisterProducer()  # the HTTP channel that this socket was before
        self.transport.registerProducer(self, streaming=True)
        self.transport.getHandle().setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)

    def pauseProducing(self) -> None:
        if self._room_again is None:
            self._room_again = asyncio.Event()

    def resumeProducing(self) -> None:
        if self._room_again is not None:
            self._room_again.set()
            self._room_again = None

    def stopProducing(self) -> None:
        """The line is gone: whoever waits for it waits no longer."""
        self.resumeProducing()

    def connectionLost(self, *reason: Any) -> None:
        super().connectionLost(*reason)
        self.resumeProducing()

    async def room_to_write(self) -> None:
        while self._room_again is not None:
            await self._room_again.wait()

    def is_left(self, _: asyncio.Task[None]) -> None:
        """Who was hung up on for not reading will not read a farewell either."""
        if self._room_again is not None and self.state == self.STATE_OPEN:
            self.dropConnection(abort=True)


class RoomServer(Server):  # type: ignore[misc]  # untyped library
    """Daphne's server for such websockets; pages are served as ever."""

    connections: dict[Any, dict[str, Any]]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, ready_callable=self._take_our_sockets, **options)

    def _take_our_sockets(self) -> None:
        self.ws_factory.protocol = RoomProtocol

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        queue = super().create_application(protocol, scope)
        if queue is not None and isinstance(protocol, RoomProtocol):
            self.connections[protocol]["application_instance"].add_done_callback(protocol.is_left)
        return queue

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.send":
            await protocol.room_to_write()
        await super().handle_reply(protocol, message)

    def kill_all_applications(self) -> Any:
        """Daphne stumbles over a request that just became a socket, and then nobody hears that it stops."""
        self.connections = {
            protocol: its for protocol, its in self.connections.items() if "application_instance" in its
        }
        return super().kill_all_applications()


class RoomCommand(CommandLineInterface):  # type: ignore[misc]  # untyped library
    description = "The live rooms"
    server_class = RoomServer


if __name__ == "__main__":
    RoomCommand.entrypoint()
