"""The other side of an RTMP connection, as small as it can be: it accepts, listens and answers."""

from __future__ import annotations

import asyncio
import contextlib
import os
import struct
from collections.abc import AsyncIterator, Awaitable, Callable

from livestream.media.rtmp.amf import Value, decode, encode
from livestream.media.rtmp.chunks import ChunkReader, Kind, Message, pack


class Peer:
    """What came in, and a way to answer."""

    def __init__(self) -> None:
        self.commands: list[list[Value]] = []
        self.media: list[Message] = []
        self.connections = 0
        self.refuses = False
        self.on_play: Callable[[Wire], Awaitable[None]] | None = None
        self.port = 0
        self.wires: list[Wire] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        wire = Wire(reader, writer)
        self.wires.append(wire)
        with contextlib.suppress(asyncio.IncompleteReadError, OSError):
            await wire.shake_hands()
            while True:
                await self._hear(wire, await wire.chunks.next_message())
        writer.close()

    async def _hear(self, wire: Wire, message: Message) -> None:
        if message.kind in (Kind.VIDEO, Kind.SOUND):
            self.media.append(message)
        if message.kind != Kind.COMMAND:
            return
        command = decode(message.payload)
        self.commands.append(command)
        match command[0]:
            case "connect":
                wire.say("_result", command[1], {}, {"code": "NetConnection.Connect.Success"})
            case "createStream":
                wire.say("_result", command[1], None, 1)
            case "publish" if self.refuses:
                wire.say("onStatus", 0, None, {"level": "error", "code": "NetStream.Publish.Denied"})
            case "publish":
                wire.say("onStatus", 0, None, {"level": "status", "code": "NetStream.Publish.Start"})
            case "play":
                wire.say("onStatus", 0, None, {"level": "status", "code": "NetStream.Play.Start"})
                if self.on_play:
                    await self.on_play(wire)


class Wire:
    """One client."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.chunks = ChunkReader(reader)
        self._reader = reader
        self.writer = writer

    async def shake_hands(self) -> None:
        await self._reader.readexactly(1)
        theirs = await self._reader.readexactly(1536)
        self.writer.write(b"\3" + bytes(8) + os.urandom(1528) + theirs)
        await self._reader.readexactly(1536)
        self.send(Message(Kind.WINDOW, 0, 0, struct.pack(">I", 100_000)), lane=2)

    def say(self, *values: Value) -> None:
        self.send(Message(Kind.COMMAND, 0, 0, encode(*values)), lane=3)

    def send(self, message: Message, *, lane: int) -> None:
        self.writer.write(pack(message, lane=lane, chunk_bytes=128))


@contextlib.asynccontextmanager
async def rtmp_peer() -> AsyncIterator[Peer]:
    peer = Peer()
    server = await asyncio.start_server(peer.serve, "127.0.0.1", 0)
    peer.port = server.sockets[0].getsockname()[1]
    try:
        yield peer
    finally:
        server.close()
        for wire in peer.wires:
            wire.writer.close()
