"""The front page, a product page and a live room: how many a second, how soon, and how many bytes.

The server is the one of `make run`, on a database of the bench's own. The baseline is a view that says
"ok" behind the same middleware on the same server, asked in turn with the pages. Bytes are what a cold
phone-size browser fetches until the page is there, text as brotli.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import brotli  # type: ignore[import-untyped]
import numpy as np
from django.core.management import call_command
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Response

from accounts.models import Regency, User
from bench.glass.measure import chromium
from bench.pages_server import database_url, serving
from bench.report import Figures, figure
from catalog import operations as catalog
from catalog.models import Category, Product, Shop
from catalog.operations.photos import keep_photos
from kit.pictures import Picture, encode_image
from livestream.models import LiveSession, RoomCounter, ShowcaseItem

Speed = tuple[float, float]  # requests a second, and the 95th percentile of the wait in ms

CLIENTS = 8
ROUNDS, SECONDS = 3, 1.5
SHOPS, PRODUCTS_EACH = 8, 6
TEXT = {"document", "stylesheet", "script", "fetch", "xhr", "manifest"}


def run(options: Mapping[str, Any]) -> Figures:
    rounds, seconds = (1, 1.0) if options.get("quick") else (ROUNDS, SECONDS)
    with _scratch_database() as name:
        paths = _lay_out_market()
        with serving(database_url(name), DEBUG="1") as port:
            bytes_of = {page: _cold_bytes(port, path) for page, path in paths.items() if page != "hello"}
        with serving(database_url(name)) as port:
            loads = _measure(port, paths, rounds=rounds, seconds=seconds)
    figures: Figures = {}
    for page, cold in bytes_of.items():
        figures[f"{page}_rate"] = figure(loads[page][0], "requests/s", loads["hello"][0])
        figures[f"{page}_p95"] = figure(loads[page][1], "ms", loads["hello"][1])
        figures[f"{page}_bytes"] = figure(cold, "bytes")
    return figures


# ---- load ------------------------------------------------------------------------------------------


def _measure(
    port: int, paths: dict[str, str], *, rounds: int, seconds: float
) -> dict[str, tuple[float, float]]:
    """Rate and 95th percentile of each page, the medians of rounds that take turns."""
    for path in paths.values():
        asyncio.run(_ask(port, path, seconds=0.4))
    seen: dict[str, list[Speed]] = {page: [] for page in paths}
    for _ in range(rounds):
        for page, path in paths.items():
            seen[page].append(asyncio.run(_ask(port, path, seconds=seconds)))
    return {
        page: (statistics.median(rate for rate, _ in row), statistics.median(p95 for _, p95 in row))
        for page, row in seen.items()
    }


async def _ask(port: int, path: str, *, seconds: float) -> Speed:
    """Several clients that each ask again as soon as they are answered."""
    end = time.perf_counter() + seconds
    waits = await asyncio.gather(*(_client(port, path, end) for _ in range(CLIENTS)))
    every = sorted(itertools.chain.from_iterable(waits))
    return len(every) / seconds, every[int(len(every) * 0.95)] * 1000


async def _client(port: int, path: str, end: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    waits = []
    while (began := time.perf_counter()) < end:
        writer.write(request)
        await _whole_answer(reader, path)
        waits.append(time.perf_counter() - began)
    writer.close()
    return waits


async def _whole_answer(reader: asyncio.StreamReader, path: str) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b" 200 " not in head.partition(b"\r\n")[0]:
        raise RuntimeError(f"{path} answers {head[:80]!r}")
    length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
    await reader.readexactly(length)


# ---- bytes -----------------------------------------------------------------------------------------


def _cold_bytes(port: int, path: str) -> int:
    """What a browser without anything kept fetches until the page is loaded; moving pictures apart."""
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
        page = context.new_page()
        # No room and no media process is running; nobody is to wait for them.
        page.route_web_socket("**", lambda socket: socket.close())
        page.route("**/media-live/**", lambda route: route.abort())
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(f"http://127.0.0.1:{port}{path}", wait_until="load")
        total = sum(_weight(answer) for answer in list(answers) if _is_counted(answer))
        context.close()
    return total


def _is_counted(answer: Response) -> bool:
    path = urlsplit(answer.url).path
    is_ours = urlsplit(answer.url).scheme in {"http", "https"}
    return is_ours and answer.status == 200 and "/vendor/hls/" not in path


def _weight(answer: Response) -> int:
    body = answer.body()
    is_text = answer.request.resource_type in TEXT or answer.url.endswith(".svg")
    return len(brotli.compress(body, quality=9)) if is_text else len(body)


# ---- the market that is looked at ---------------------------------------------------------------------


def _lay_out_market() -> dict[str, str]:
    """A small night market, and the addresses that are asked."""
    pictures = [_picture(number) for number in range(6)]
    categories = list(Category.objects.order_by("position"))
    shops = [_shop(number) for number in range(SHOPS)]
    products = [
        _product(shop, categories[number % len(categories)], pictures[number % len(pictures)], number)
        for shop in shops
        for number in range(PRODUCTS_EACH)
    ]
    sessions = [_on_air(shop) for shop in shops[:3]]
    shown = next(product for product in products if product.shop_id == shops[0].pk)
    return {
        "hello": reverse("livez"),
        "front": reverse("home"),
        "product": reverse("catalog:product", args=[shown.slug, shown.pk]),
        "room": reverse("livestream:room", args=[sessions[0].code]),
    }


def _shop(number: int) -> Shop:
    mark = uuid.uuid4().hex[:8]
    owner = User.objects.create_user(email=f"{mark}@bench.test", name="Penjual")
    fields = {
        "name": f"Lapak {number}",
        "story": "Dari dapur sendiri.",
        "regency": Regency.objects.get(code="34.02"),
        "awning": number % 6,
    }
    return catalog.open_shop(owner, slug=f"lapak-{mark}", fields=fields)


def _product(shop: Shop, category: Category, picture: Picture, number: int) -> Product:
    fields = {
        "name": f"Keripik Pisang Cokelat {number}",
        "category": category,
        "description": "Dibuat tangan dari pisang kepok, digoreng pelan, dibungkus rapat. " * 4,
        "weight": 300,
    }
    product = catalog.create_product(shop, fields=fields, price=18_500 + 500 * number, available=40)
    keep_photos(product, pictures=[picture])
    return product


def _on_air(shop: Shop) -> LiveSession:
    now = timezone.now()
    session = LiveSession.objects.create(
        shop=shop,
        host=shop.owner,
        title="Pisang cokelat baru matang",
        planned_at=now,
        went_live_at=now - timedelta(minutes=5),
    )
    RoomCounter.objects.create(session=session)
    for position, product in enumerate(shop.products.order_by("pk")):
        ShowcaseItem.objects.create(session=session, product=product, position=position)
    return session


def _picture(number: int) -> Picture:
    """Soft shapes that weigh about what a photo does."""
    across, down = np.meshgrid(np.linspace(0, 6, 960), np.linspace(0, 6, 960))
    waves = [np.sin(across * (2 + number) + turn) * np.cos(down * 3 - turn) for turn in (0, 1, 2)]
    grain = np.random.default_rng(number).normal(0, 6, (960, 960, 3))
    pixels = np.clip(np.stack(waves, axis=-1) * 90 + 130 + grain, 0, 255).astype("uint8")
    return encode_image(Image.fromarray(pixels))


@contextmanager
def _scratch_database() -> Iterator[str]:
    """A database of the bench's own beside the market's, gone afterwards; Django uses it meanwhile."""
    name, market = f"bench_pages_{uuid.uuid4().hex[:8]}", connection.settings_dict["NAME"]
    _execute(f'CREATE DATABASE "{name}"')
    connections.close_all()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
        yield name
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = market
        _execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
