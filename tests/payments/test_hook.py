"""The notice address …"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.models import Order
from payments import operations, tasks
from payments.models import GatewayNotice, Ticket
from payments.operations.notices import FORGERIES_KEPT
from payments.signatures import is_genuine, signature
from tests.concurrency import run_at_once
from tests.orders.helpers import place
from tests.payments.conftest import Gateway

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/hooks/midtrans/"


@pytest.fixture(autouse=True)
def _work_at_once(monkeypatch: pytest.MonkeyPatch):
    """Celery's queue stands apart: here the worker is so quick that it is done before the answer."""
    monkeypatch.setattr(
        tasks.handle_notice, "apply_async", lambda args, **_options: tasks.handle_notice(*args)
    )


def send(body: Any) -> int:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return Client().post(URL, text, content_type="application/json").status_code


def paid(gateway: Gateway) -> tuple[Order, dict[str, str]]:
    order = place()
    operations.open_charge(order)
    gateway.pay(order)
    return order, gateway.notice(order)


def test_confirms_a_paid_order(gateway: Gateway):
    order, notice = paid(gateway)

    assert send(notice) == 200

    order.refresh_from_db()
    assert order.state == Order.State.CONFIRMED
    assert GatewayNotice.objects.get().verdict == "applied"


def test_signature_is_the_documented_one():
    told = signature("ORDER-101", "200", "25000.00", "SB-Mid-server-EXAMPLE")

    assert told == (
        "f81967fc018f4d7599c495f7efc0413115edf37bef77c14f534e749cf1f7d451"
        "575cc7ae706d82fe27b89f352d0f88c25647220de540464e43dbe8284f399b22"
    )


def test_signature_covers_the_strings_as_they_were_sent(settings: Settings):
    notice = {"order_id": "A", "status_code": "200", "gross_amount": "25000.00"}
    notice["signature_key"] = signature("A", "200", "25000.00", "key")

    assert is_genuine(notice, "key")
    assert not is_genuine({**notice, "gross_amount": "25000"}, "key")
    assert not is_genuine({**notice, "signature_key": notice["signature_key"].upper()}, "key")


FORGERIES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no signature": lambda n: {name: word for name, word in n.items() if name != "signature_key"},
    "empty signature": lambda n: {**n, "signature_key": ""},
    "other signature": lambda n: {**n, "signature_key": "0" * 128},
    "strange signature": lambda n: {**n, "signature_key": "é" * 128},
    "amount off by one": lambda n: {**n, "gross_amount": "34999.00"},
    "amount in powers": lambda n: {**n, "gross_amount": "35e3"},
    "amount as a number": lambda n: {**n, "gross_amount": 35_000},
    "foreign order": lambda n: {**n, "order_id": "PM0000000000"},
    "an array": lambda n: [n],
    "a word": lambda _n: '"settlement"',
    "not JSON": lambda _n: "{",
    "not text": lambda _n: b"\xff\xfe\x00",
    "too deep": lambda _n: "[" * 9000,
    "null byte": lambda n: {**n, "transaction_id": "a\x00b"},
    "half a character": lambda n: json.dumps({**n, "transaction_id": "\ud800"}),
    "too big": lambda n: {**n, "padding": "x" * 20_000},
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
def test_refuses_a_forgery_and_changes_nothing(gateway: Gateway, forge: Callable[[dict[str, Any]], Any]):
    order, notice = paid(gateway)

    assert send(forge(notice)) in (400, 403, 413)

    order.refresh_from_db()
    assert order.state == Order.State.PENDING
    assert not GatewayNotice.objects.exclude(verdict="forged").exists()


def test_shows_a_wrong_signature_to_staff_once_a_day(gateway: Gateway):
    order, notice = paid(gateway)

    codes = [send({**notice, "signature_key": "0" * 128, "padding": str(n)}) for n in range(2)]

    kept = GatewayNotice.objects.get(body__contains='"padding": "1"')
    assert (codes, kept.verdict) == ([403, 403], "forged")
    assert [ticket.kind for ticket in Ticket.objects.all()] == ["forged"]
    assert send(notice) == 200  # a forgery does not stand in the way of the true one
    order.refresh_from_db()
    assert order.state == Order.State.CONFIRMED


def test_keeps_no_flood_of_forgeries(gateway: Gateway):
    _order, notice = paid(gateway)

    for n in range(FORGERIES_KEPT + 5):
        send({**notice, "signature_key": "0" * 128, "padding": str(n)})

    assert GatewayNotice.objects.count() == FORGERIES_KEPT


def test_keeps_the_message_as_it_came(gateway: Gateway):
    _order, notice = paid(gateway)

    send(notice)
    send(notice)

    kept = GatewayNotice.objects.get()
    assert json.loads(kept.body) == notice
    assert kept.times_heard == 2


def test_never_breaks_on_mutated_notices(gateway: Gateway):
    order, notice = paid(gateway)
    chance = random.Random(11)
    names = ("order_id", "status_code", "gross_amount", "signature_key")
    values: tuple[Any, ...] = (
        "",
        "0",
        "-1",
        "1e5",
        "NaN",
        None,
        [],
        {},
        True,
        10**40,
        "\ud800",
        "é",
        "x" * 300,
        "00",
        "200.0",
    )

    answers = {send({**notice, chance.choice(names): chance.choice(values)}) for _ in range(300)}

    order.refresh_from_db()
    assert answers <= {400, 403}
    assert order.state == Order.State.PENDING


def test_believes_the_gateway_and_not_the_status_in_a_notice(gateway: Gateway):
    """The signature of a cancellation is also that of a settlement: order, code and amount are the same."""
    order = place()
    operations.open_charge(order)
    gateway.api.cancel(order.number)
    genuine = gateway.notice(order)

    assert send({**genuine, "transaction_status": "settlement"}) == 200

    order.refresh_from_db()
    assert order.state == Order.State.PENDING
    assert GatewayNotice.objects.get().verdict == "not_confirmed"


def test_refuses_a_status_that_is_none_under_a_genuine_signature(gateway: Gateway):
    _, genuine = paid(gateway)

    assert send({**genuine, "transaction_status": "s" * 31}) == 400
    assert not GatewayNotice.objects.exists()


def test_ignores_a_genuine_notice_about_an_order_we_do_not_have(gateway: Gateway):
    gateway.api.charge(
        {"payment_type": "qris", "transaction_details": {"order_id": "OTHER", "gross_amount": 1000}}
    )
    _, notice = gateway.api.status("OTHER")

    assert send(notice) == 200
    assert GatewayNotice.objects.get().verdict == "unknown_order"


def test_takes_fifty_copies_at_once_as_one(gateway: Gateway):
    order, notice = paid(gateway)

    answers = run_at_once(*[partial(send, notice)] * 50)

    order.refresh_from_db()
    assert answers == [200] * 50
    assert GatewayNotice.objects.get().verdict == "applied"
    assert order.state == Order.State.CONFIRMED


def test_has_no_other_method(client: Client):
    assert client.get(URL).status_code == 405


def test_keeps_a_notice_when_the_broker_and_the_gateway_are_away(
    gateway: Gateway, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    order, notice = paid(gateway)
    base = settings.MIDTRANS_BASE_URL
    monkeypatch.setattr(tasks.handle_notice, "apply_async", _broker_is_away)
    settings.MIDTRANS_BASE_URL = "http://127.0.0.1:9"
    assert send(notice) == 200
    (waiting,) = GatewayNotice.objects.values_list("pk", flat=True)
    tasks.handle_notice(waiting)
    assert GatewayNotice.objects.get().handled_at is None

    settings.MIDTRANS_BASE_URL = base
    monkeypatch.setattr(tasks.handle_notice, "delay", tasks.handle_notice)
    tasks.handle_waiting_notices()

    order.refresh_from_db()
    assert order.state == Order.State.CONFIRMED


def _broker_is_away(*_args: Any, **_options: Any) -> None:
    raise ConnectionError("nobody there")
