"""A gateway that really answers over HTTP, for every test that asks for one."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
import redis
from django.conf import settings as market
from pytest_django.fixtures import Settings

from orders.models import Order
from payments.models import Charge, ChargePart
from payments.operations.books import post_payment
from payments.operations.refunds import record_sent, want_part_back
from payments.simulator.api import Api
from payments.simulator.ledger import Book
from payments.simulator.notices import Post
from payments.simulator.wsgi import Simulator


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@dataclass
class Gateway:
    """The simulator, and hands to press its buttons with."""

    api: Api
    url: str
    calls: list[str]

    def pay(self, order: Order) -> None:
        assert self.api.pay(order.number)[0] == 200

    def notice(self, order: Order, status: str | None = None) -> dict[str, str]:
        """The signed notice the gateway would send now."""
        _, body = self.api.status(order.number)
        return {**body, "transaction_status": status or body["transaction_status"]}


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    store = redis.Redis.from_url(market.REDIS_URL, decode_responses=True)
    prefix = f"simulator-{uuid.uuid4()}"
    api = Api(Book(store, prefix), Post(store, prefix), server_key=settings.MIDTRANS_SERVER_KEY)
    calls: list[str] = []
    simulator = Simulator(api)

    def counted(environ, start_response):
        calls.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        return simulator(environ, start_response)

    server = _Server(("127.0.0.1", 0), _Quiet)
    server.set_app(counted)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    settings.MIDTRANS_BASE_URL = url = f"http://127.0.0.1:{server.server_port}"
    settings.SIMULATOR_URL = f"{url}/simulator"
    try:
        yield Gateway(api, url, calls)
    finally:
        server.shutdown()
        server.server_close()
        store.close()


@pytest.fixture
def no_gateway(settings: Settings) -> None:
    """Nothing listens where the gateway should be."""
    settings.MIDTRANS_BASE_URL = "http://127.0.0.1:9"


def charge_of(order: Order) -> Charge:
    return Charge.objects.get(parts__order=order, parts__purpose__in=("price", "deposit"))


def post_paid(order: Order) -> None:
    """As if the gateway had said that the money is there; in the books alone."""
    post_payment(charged(order, state="paid", rank=40, paid_at=order.placed_at).charge_parts.get())


def post_back(order: Order) -> None:
    """All that was paid for the order is with its buyer again."""
    refund = want_part_back(order.charge_parts.get(), key=f"back:{order.pk}", reason="back")
    assert refund
    record_sent(refund)


def charged(order: Order, **fields: Any) -> Order:
    """As if the gateway had been asked and waits."""
    fields = {"state": "pending", "rank": 10, **fields}
    charge = Charge.objects.create(reference=order.number, method=order.method, amount=order.total, **fields)
    ChargePart.objects.create(charge=charge, order=order, amount=order.total)
    return order
