"""The client's side of one RTMP connection: publish into a path, or play from one."""

from __future__ import annotations

import asyncio
import contextlib
import os
import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass

from livestream.media.rtmp.amf import Malformed, Value, decode, encode, encode_map
from livestream.media.rtmp.chunks import OUR_CHUNK_BYTES, ChunkReader, Kind, Message, pack

_VERSION = 3
_HANDSHAKE_BYTES = 1536
_COMMANDS, _PICTURES, _SOUNDS = 3, 6, 4  # the lanes that others use too
_PING, _PONG = 6, 7
_MEDIA = frozenset({Kind.VIDEO, Kind.SOUND, Kind.DESCRIPTION})
_MOST_EARLY = 200
_CONNECT, _CREATE = 1, 4  # numbers of the two questions whose answers matter


class Unwelcome(Exception):
    """The server refused the application, the path or the key."""


@dataclass(frozen=True)
class Path:
    """Where in a server a stream lives. `key` may carry a query; it is never logged."""

    application: str
    key: str
    tc_url: str

    def __repr__(self) -> str:
        return f"Path({self.application}/…)"


class RtmpClient:
    """Over a wire that is already connected and, where wanted, encrypted."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._chunks = ChunkReader(reader)
        self._window = 2_500_000
        self._told_bytes = 0
        self._stream = 1
        self._chunk_bytes = 128
        self._early: list[Message] = []  # came before we knew that they would

    async def publish(self, path: Path) -> None:
        """Returns when pictures may be sent; Unwelcome when they may not."""
        await self._connect(path)
        self._command("releaseStream", 2, None, path.key)
        self._command("FCPublish", 3, None, path.key)
        await self._create_stream()
        self._command("publish", 5, None, path.key, "live", stream=self._stream)
        await self._wait_for_status("NetStream.Publish.Start")

    async def play(self, path: Path) -> None:
        """Returns when pictures will come; Unwelcome when they will not."""
        await self._connect(path)
        await self._create_stream()
        self._command("play", 5, None, path.key, -1000.0, stream=self._stream)
        await self._wait_for_status("NetStream.Play.Start")

    def describe(self, fields: dict[str, Value]) -> None:
        payload = encode("@setDataFrame", "onMetaData") + encode_map(fields)
        self._send(Message(Kind.DESCRIPTION, 0, self._stream, payload), lane=_SOUNDS)

    def send_picture(self, payload: bytes, *, time_ms: int) -> None:
        self._send(Message(Kind.VIDEO, time_ms, self._stream, payload), lane=_PICTURES)

    def send_sound(self, payload: bytes, *, time_ms: int) -> None:
        self._send(Message(Kind.SOUND, time_ms, self._stream, payload), lane=_SOUNDS)

    async def drain(self) -> None:
        await self._writer.drain()

    async def messages(self) -> AsyncIterator[Message]:
        """Pictures, sound and descriptions until the server says goodbye; the rest is answered here."""
        for message in self._early:
            yield message
        while True:
            message = await self._next()
            if message.kind in _MEDIA:
                yield message
            elif message.kind == Kind.COMMAND and _is_goodbye(decode(message.payload)):
                return

    async def close(self) -> None:
        with contextlib.suppress(OSError, TimeoutError):
            self._command("deleteStream", 6, None, self._stream)
            self._writer.close()
            async with asyncio.timeout(1):
                await self._writer.wait_closed()

    # --- the way in

    async def _connect(self, path: Path) -> None:
        await self._shake_hands()
        self._send(Message(Kind.CHUNK_SIZE, 0, 0, struct.pack(">I", OUR_CHUNK_BYTES)), lane=2)
        self._chunk_bytes = OUR_CHUNK_BYTES
        about: dict[str, Value] = {
            "app": path.application,
            "type": "nonprivate",
            "flashVer": "FMLE/3.0 (compatible; Pasar Malam)",
            "tcUrl": path.tc_url,
        }
        self._command("connect", _CONNECT, about)
        await self._answer_to(_CONNECT)

    async def _shake_hands(self) -> None:
        ours = bytes(8) + os.urandom(_HANDSHAKE_BYTES - 8)
        self._writer.write(bytes([_VERSION]) + ours)
        if await self._reader.readexactly(1) != bytes([_VERSION]):
            raise Malformed("not an RTMP server")
        theirs = await self._reader.readexactly(_HANDSHAKE_BYTES)
        self._writer.write(theirs)
        await self._reader.readexactly(_HANDSHAKE_BYTES)

    async def _create_stream(self) -> None:
        self._command("createStream", _CREATE, None)
        answer = await self._answer_to(_CREATE)
        if answer and isinstance(answer[-1], float):
            self._stream = int(answer[-1])

    async def _answer_to(self, number: int) -> list[Value]:
        """What the server says to one of our questions; other answers are let pass."""
        while True:
            name, *rest = await self._next_command()
            if name in ("_result", "_error") and rest and rest[0] == number:
                if name == "_error":
                    raise Unwelcome
                return rest[1:]
            if name == "close":
                raise Unwelcome

    async def _wait_for_status(self, wanted: str) -> None:
        while True:
            name, *rest = await self._next_command()
            status = rest[-1] if rest else None
            if name != "onStatus" or not isinstance(status, dict):
                continue
            if status.get("code") == wanted:
                return
            if status.get("level") == "error":
                raise Unwelcome

    async def _next_command(self) -> list[Value]:
        while True:
            message = await self._next()
            if message.kind in _MEDIA and len(self._early) < _MOST_EARLY:
                self._early.append(message)
            if message.kind == Kind.COMMAND and (command := decode(message.payload)):
                return command

    # --- both directions

    async def _next(self) -> Message:
        message = await self._chunks.next_message()
        if message.kind == Kind.WINDOW and len(message.payload) >= 4:
            self._window = max(1, int.from_bytes(message.payload[:4], "big"))
        if message.kind == Kind.CONTROL and message.payload[:2] == struct.pack(">H", _PING):
            pong = struct.pack(">H", _PONG) + message.payload[2:6]
            self._send(Message(Kind.CONTROL, 0, 0, pong), lane=2)
        if self._chunks.bytes_read - self._told_bytes >= self._window // 2:
            self._told_bytes = self._chunks.bytes_read
            read = struct.pack(">I", self._told_bytes & 0xFFFFFFFF)
            self._send(Message(Kind.ACKNOWLEDGEMENT, 0, 0, read), lane=2)
        return message

    def _command(self, *values: Value, stream: int = 0) -> None:
        self._send(Message(Kind.COMMAND, 0, stream, encode(*values)), lane=_COMMANDS)

    def _send(self, message: Message, *, lane: int) -> None:
        self._writer.write(pack(message, lane=lane, chunk_bytes=self._chunk_bytes))


def _is_goodbye(command: list[Value]) -> bool:
    status = command[-1]
    code = status.get("code") if isinstance(status, dict) else None
    return code in ("NetStream.Play.UnpublishNotify", "NetStream.Play.Stop", "NetConnection.Connect.Closed")
