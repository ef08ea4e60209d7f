"""Logged-in shoppers who press the buy button, cheaply enough not to be what is measured."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from accounts.models import Address, Regency, User

CSRF = "a" * 32
PATIENCE_SECONDS = 90


@dataclass(frozen=True)
class Shopper:
    """One person in one browser: what every request of theirs carries."""

    user_id: int
    address_id: int
    session: str


@dataclass
class Outcome:
    """What came back, by status code, and how long each answer took."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    waits: list[tuple[int, float]] = field(default_factory=list)

    @property
    def placed(self) -> int:
        return self.statuses[200]

    def count(self, status: int, wait: float) -> None:
        self.statuses[status] += 1
        self.waits.append((status, wait))


def invite(count: int) -> list[Shopper]:
    """People with an address and an open session, here for a month: rooms slow newcomers down."""
    regency, _ = Regency.objects.get_or_create(
        code="34.02", defaults={"name": "Kabupaten Bantul", "province": "DI Yogyakarta"}
    )
    mark = uuid4().hex[:8]
    joined = timezone.now() - timedelta(days=30)
    people = [
        User(email=f"{mark}-{number}@bench.test", name=f"Pembeli {number}", joined_at=joined)
        for number in range(count)
    ]
    for person in people:
        person.set_unusable_password()
    users = User.objects.bulk_create(people)
    addresses = Address.objects.bulk_create(_address(user, regency) for user in users)
    pairs = zip(users, addresses, strict=True)
    return [Shopper(user.pk, address.pk, _log_in(user)) for user, address in pairs]


def _address(user: User, regency: Regency) -> Address:
    return Address(
        user=user,
        recipient=user.name,
        phone="+628123456789",
        street="Jl. Contoh 1",
        district="Kasihan",
        regency=regency,
        postal_code="55181",
    )


def _log_in(user: User) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def order_request(
    shopper: Shopper, port: int, variant_id: int, *, key: str = "", method: str = "cod"
) -> bytes:
    """The form of the buy sheet as a room posts it: the answer is a fragment, 200 when placed."""
    form = {
        "csrfmiddlewaretoken": CSRF,
        "buyer": shopper.user_id,
        "variant": variant_id,
        "quantity": 1,
        "address": shopper.address_id,
        "method": method,
        "key": key or str(uuid4()),
    }
    body = urlencode(form)
    lines = [
        f"POST /beli/{variant_id}/ HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Cookie: sessionid={shopper.session}; csrftoken={CSRF}",
        "HX-Request: true",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "",
        body,
    ]
    return "\r\n".join(lines).encode()


async def keep_buying(
    shoppers: Sequence[Shopper], port: int, variant_ids: Sequence[int], *, clients: int, seconds: float
) -> Outcome:
    """So many at a time, each pressing again as soon as they are answered; each for another variant."""

    def wanted(turn: int) -> bytes:
        shopper, variant_id = shoppers[turn % len(shoppers)], variant_ids[turn % len(variant_ids)]
        return order_request(shopper, port, variant_id)

    return await keep_asking(wanted, port, clients=clients, seconds=seconds)


async def keep_asking(wanted: Callable[[int], bytes], port: int, *, clients: int, seconds: float) -> Outcome:
    """So many at a time for so long; `wanted` makes the request of each turn."""
    outcome, end = Outcome(), time.monotonic() + seconds
    started = time.monotonic()

    async def client(place: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        turn = place
        while time.monotonic() < end:
            request = wanted(turn)
            begun = time.monotonic()
            writer.write(request)
            outcome.count(await _status(reader), time.monotonic() - begun)
            turn += clients
        writer.close()

    await asyncio.gather(*(client(place) for place in range(clients)))
    outcome.seconds = time.monotonic() - started
    return outcome


def hello_request(port: int) -> bytes:
    """The least that the same server can be asked."""
    return f"GET /livez HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()


async def buy_at_once(requests: Sequence[bytes], port: int) -> Outcome:
    """All connections stand open; then everybody presses in the same moment."""
    wires = await asyncio.gather(*(asyncio.open_connection("127.0.0.1", port) for _ in requests))
    outcome, started = Outcome(), time.monotonic()
    for (_, writer), request in zip(wires, requests, strict=True):
        writer.write(request)

    async def answer(reader: asyncio.StreamReader) -> None:
        outcome.count(await _status(reader), time.monotonic() - started)

    await asyncio.wait_for(asyncio.gather(*(answer(reader) for reader, _ in wires)), PATIENCE_SECONDS)
    outcome.seconds = time.monotonic() - started
    for _, writer in wires:
        writer.close()
    return outcome


async def _status(reader: asyncio.StreamReader) -> int:
    """Read one whole answer, so that the connection can be used again."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    if "content-length:" in head:
        await reader.readexactly(int(head.split("content-length:")[1].split("\r\n")[0]))
    elif "transfer-encoding: chunked" in head:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(head[9:12])
