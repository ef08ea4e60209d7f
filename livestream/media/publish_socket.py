"""The publisher's socket: who are you, then pictures and sound until one side hangs up."""

import asyncio
import time

import structlog

from livestream.media.bad_input import BadInput
from livestream.media.broadcast import Broadcast
from livestream.media.connection import Connection
from livestream.media.feed import Overloaded
from livestream.media.socket import Gone, Socket
from livestream.media.station import ShowIsOver, Station
from livestream.media.wire import (
    MAX_MESSAGE_BYTES,
    Close,
    Hello,
    read_config,
    read_hello,
    read_text,
    text_frame,
)

log = structlog.get_logger(__name__)

HELLO_WITHIN_S = 10.0
SILENCE_S = 5.5  # viewers are told within six seconds that the host is away
_ACK_EVERY_S = 0.2
_BYTES_PER_S = 2_500_000 / 8
_BURST_BYTES = 4 * 1024 * 1024


async def serve_publisher(socket: Socket, station: Station, code: str) -> None:
    try:
        hello = await _hello(socket)
        broadcast = await _admitted(station, code, hello)
    except (BadInput, TimeoutError, Gone):
        await socket.close(Close.BAD_INPUT)
        return
    except _Refused as refusal:
        await _refuse(socket, refusal.code)
        return
    await _publish(socket, broadcast, hello)


class _Refused(Exception):
    def __init__(self, code: Close) -> None:
        super().__init__(code.name)
        self.code = code


async def _hello(socket: Socket) -> Hello:
    async with asyncio.timeout(HELLO_WITHIN_S):
        message = await socket.receive()
    if not isinstance(message, str):
        raise BadInput("the first frame must be text")
    return read_hello(read_text(message))


async def _admitted(station: Station, code: str, hello: Hello) -> Broadcast:
    if not await station.hooks.authorise(code, hello.token):
        raise _Refused(Close.TOKEN_REFUSED)
    try:
        broadcast = await station.find(code)
    except ShowIsOver as refusal:
        raise _Refused(Close.ENDED) from refusal
    if broadcast is None:
        raise _Refused(Close.UNKNOWN_SESSION)
    if not station.has_room_for(broadcast):
        raise _Refused(Close.FULL)
    return broadcast


async def _refuse(socket: Socket, code: Close) -> None:
    try:
        await socket.send(text_frame("refused", reason=code.name.lower()))
    except Gone:
        return
    await socket.close(code, code.name.lower())


async def _publish(socket: Socket, broadcast: Broadcast, hello: Hello) -> None:
    connection = broadcast.connect(hello.form)
    log.info("live_publisher_connected", session=broadcast.code, connection=str(connection.id))
    exchange = _Exchange(socket, connection)
    code = Close.DONE
    try:
        code = await exchange.run(broadcast.media_ms)
    finally:
        broadcast.disconnect(connection)
        await socket.close(code, connection.failure or code.name.lower())
        log.info("live_publisher_gone", session=broadcast.code, why=code.name)


class _Exchange:
    """Reads, acknowledges and waits for a verdict, all at once, until one of them is over."""

    def __init__(self, socket: Socket, connection: Connection) -> None:
        self._socket = socket
        self._connection = connection
        self._messages = 0
        self._bytes = 0
        self._started_at = time.monotonic()

    async def run(self, media_ms: int) -> Close:
        tasks = [
            asyncio.ensure_future(self._read()),
            asyncio.ensure_future(self._answer(media_ms)),
            self._connection.verdict,
        ]
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return done.pop().result()

    async def _read(self) -> Close:
        try:
            while True:
                # Not wait_for: until Python 3.12 it may swallow a cancellation.
                async with asyncio.timeout(SILENCE_S):
                    message = await self._socket.receive()
                self._take(message)
        except Gone:
            return Close.DONE
        except TimeoutError:
            self._connection.was_silent = True
            return Close.SILENT
        except Overloaded:
            return Close.OVERLOAD
        except _Refused as refusal:
            return refusal.code
        except BadInput as refusal:
            self._connection.failure = str(refusal)
            return Close.BAD_INPUT

    def _take(self, message: str | bytes) -> None:
        self._limit(len(message))
        if isinstance(message, bytes):
            self._messages += 1
            self._connection.put(message)
            return
        fields = read_text(message)
        match fields["type"]:
            case "config":
                self._connection.put(read_config(fields))
            case "bye":
                self._connection.said_bye = True
                raise _Refused(Close.DONE)
            case _:
                raise BadInput("an unknown text frame")

    def _limit(self, size: int) -> None:
        self._bytes += size
        allowed = _BURST_BYTES + (time.monotonic() - self._started_at) * _BYTES_PER_S
        if size > MAX_MESSAGE_BYTES or self._bytes > allowed:
            raise _Refused(Close.TOO_MUCH)

    async def _answer(self, media_ms: int) -> Close:
        """The ready, then how many messages have arrived: the publisher steers by that."""
        try:
            ready = text_frame("ready", connection=str(self._connection.id), ms=media_ms)
            await self._socket.send(ready)
            while True:
                await asyncio.sleep(_ACK_EVERY_S)
                await self._socket.send(text_frame("ack", n=self._messages))
                while not self._connection.notices.empty():
                    await self._socket.send(self._connection.notices.get_nowait())
        except Gone:
            return Close.DONE
