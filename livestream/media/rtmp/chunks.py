"""RTMP messages as they travel: cut into chunks, each with a short head that leans on the last one."""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from livestream.media.rtmp.amf import Malformed

OUR_CHUNK_BYTES = 65_536
_FIRST_CHUNK_BYTES = 128
_LONGEST = 4 * 1024 * 1024
_MOST_LANES = 64
_EXTENDED = 0xFFFFFF


class Kind(IntEnum):
    """The messages that we send or understand."""

    CHUNK_SIZE = 1
    ACKNOWLEDGEMENT = 3
    CONTROL = 4
    WINDOW = 5
    BANDWIDTH = 6
    SOUND = 8
    VIDEO = 9
    DESCRIPTION = 18
    COMMAND = 20


class Message(NamedTuple):
    """One message in one piece."""

    kind: int
    time_ms: int
    stream: int
    payload: bytes


@dataclass
class _Lane:
    """What the next chunk of a lane leans on."""

    time_ms: int = 0
    delta_ms: int = 0
    length: int = 0
    kind: int = 0
    stream: int = 0
    is_extended: bool = False
    parts: bytearray = field(default_factory=bytearray)


def pack(message: Message, *, lane: int, chunk_bytes: int) -> bytes:
    """Always with a full head: a few bytes more, and nothing to remember."""
    is_extended = message.time_ms >= _EXTENDED
    short_ms = _EXTENDED if is_extended else message.time_ms
    extension = struct.pack(">I", message.time_ms) if is_extended else b""
    head = bytes([lane]) + short_ms.to_bytes(3, "big") + len(message.payload).to_bytes(3, "big")
    head += bytes([message.kind]) + struct.pack("<I", message.stream) + extension
    rest_head = bytes([0xC0 | lane]) + extension
    pieces = [
        message.payload[first : first + chunk_bytes] for first in range(0, len(message.payload), chunk_bytes)
    ]
    return head + rest_head.join(pieces)


class ChunkReader:
    """Puts chunks together again; counts what was read, since the other side wants to know."""

    def __init__(self, wire: asyncio.StreamReader) -> None:
        self._wire = wire
        self._chunk_bytes = _FIRST_CHUNK_BYTES
        self._lanes: dict[int, _Lane] = {}
        self.bytes_read = 0

    async def next_message(self) -> Message:
        while True:
            lane = await self._read_chunk()
            if len(lane.parts) < lane.length:
                continue
            message = Message(lane.kind, lane.time_ms, lane.stream, bytes(lane.parts))
            lane.parts.clear()
            if message.kind != Kind.CHUNK_SIZE:
                return message
            self._chunk_bytes = _chunk_size(message.payload)

    async def _read_chunk(self) -> _Lane:
        form, number = await self._basic_head()
        lane = self._lanes.setdefault(number, _Lane())
        if len(self._lanes) > _MOST_LANES:
            raise Malformed("too many lanes")
        await self._read_head(form, lane)
        wanted = min(self._chunk_bytes, lane.length - len(lane.parts))
        lane.parts += await self._read(wanted)
        return lane

    async def _basic_head(self) -> tuple[int, int]:
        (first,) = await self._read(1)
        form, number = first >> 6, first & 0x3F
        if number == 0:
            return form, 64 + (await self._read(1))[0]
        if number == 1:
            low, high = await self._read(2)
            return form, 64 + low + 256 * high
        return form, number

    async def _read_head(self, form: int, lane: _Lane) -> None:
        is_new = not lane.parts
        if form == 3:
            if lane.is_extended:
                await self._read(4)
            if is_new:
                lane.time_ms = (lane.time_ms + lane.delta_ms) & 0xFFFFFFFF
            return
        if not is_new:
            raise Malformed("a message inside another one of its lane")
        head = await self._read((11, 7, 3)[form])
        if form < 2:
            lane.length, lane.kind = int.from_bytes(head[3:6], "big"), head[6]
        if form == 0:
            (lane.stream,) = struct.unpack("<I", head[7:11])
        if lane.length > _LONGEST:
            raise Malformed("a message that is too long")
        time_ms = int.from_bytes(head[:3], "big")
        lane.is_extended = time_ms == _EXTENDED
        if lane.is_extended:
            (time_ms,) = struct.unpack(">I", await self._read(4))
        lane.delta_ms = 0 if form == 0 else time_ms
        lane.time_ms = time_ms if form == 0 else (lane.time_ms + time_ms) & 0xFFFFFFFF

    async def _read(self, count: int) -> bytes:
        self.bytes_read += count
        return await self._wire.readexactly(count)


def _chunk_size(payload: bytes) -> int:
    size = int.from_bytes(payload[:4], "big")
    if not 1 <= size <= _LONGEST:
        raise Malformed("a chunk size out of range")
    return size
