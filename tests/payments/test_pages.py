"""The payment page …"""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from orders import operations as orders
from orders.models import Order
from payments import operations
from tests.factories import make_user
from tests.orders.helpers import let_time_run_out, place
from tests.payments.conftest import Gateway

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def buyer(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def url(order: Order, part: str = "") -> str:
    return f"/bayar/{order.number}/{part}"


def test_shows_a_code_and_asks_the_gateway_for_it(client: Client, buyer: User, gateway: Gateway):
    order = place(buyer=buyer)

    page = client.get(url(order)).content.decode()

    assert "<svg" in page
    assert 'class="qr"' in page
    assert f"{gateway.url}/simulator/{order.number}" in page
    assert f'hx-get="{url(order, "keadaan/")}"' in page


def test_shows_the_number_of_a_virtual_account(client: Client, buyer: User, gateway: Gateway):
    order = place(buyer=buyer, method="va_bri")

    page = client.get(url(order)).content.decode()

    assert gateway.api.book.get(order.number).va_number in page


def test_is_a_fragment_inside_the_sheet(client: Client, buyer: User, gateway: Gateway):
    page = client.get(url(place(buyer=buyer)), headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page
    assert 'id="payment-status"' in page


def test_goes_on_asking_while_it_waits(client: Client, buyer: User, gateway: Gateway):
    answer = client.get(url(place(buyer=buyer), "keadaan/"))

    assert answer.status_code == 200
    assert "every 3s" in answer.content.decode()


def test_stops_asking_when_it_is_paid(client: Client, buyer: User, gateway: Gateway):
    order = place(buyer=buyer)
    operations.open_charge(order)
    gateway.pay(order)
    operations.apply_notice(operations.record_notice(gateway.notice(order)).pk)

    answer = client.get(url(order, "keadaan/"))

    assert answer.status_code == 286
    assert "Pembayaran masuk!" in answer.content.decode()


def test_stops_asking_when_the_time_is_over(client: Client, buyer: User, gateway: Gateway):
    order = place(buyer=buyer)
    client.get(url(order))
    let_time_run_out(order)
    orders.expire_unpaid(10)

    answer = client.get(url(order, "keadaan/"))

    assert answer.status_code == 286
    assert "Waktu bayarnya habis" in answer.content.decode()


def test_says_when_the_bank_refused(client: Client, buyer: User, gateway: Gateway):
    order = place(buyer=buyer)
    operations.open_charge(order)
    gateway.api.deny(order.number)
    operations.apply_notice(operations.record_notice(gateway.notice(order)).pk)

    assert "Pembayaran tidak berhasil" in client.get(url(order)).content.decode()


def test_waits_for_a_gateway_that_does_not_answer(client: Client, buyer: User, no_gateway: None):
    answer = client.get(url(place(buyer=buyer)))

    assert answer.status_code == 200
    assert "Barangnya tetap disimpan untukmu" in answer.content.decode()


@pytest.mark.parametrize(
    "claim", ["transaction_status=settlement", "status_code=200&transaction_status=capture&order_id=x"]
)
def test_does_not_believe_the_browser(client: Client, buyer: User, gateway: Gateway, claim: str):
    order = place(buyer=buyer)

    client.get(f"{url(order)}?{claim}")
    client.post(url(order), {"transaction_status": "settlement"})

    order.refresh_from_db()
    assert order.state == "pending"


def test_sends_confirmed_cod_to_its_order(client: Client, buyer: User):
    order = place(buyer=buyer, method=Order.Method.COD)
    orders.confirm_cod(order.pk)

    assert client.get(url(order)).headers["Location"] == f"/pesanan/{order.number}/"


@pytest.mark.parametrize("part", ["", "keadaan/"])
def test_is_not_for_others(client: Client, buyer: User, part: str):
    assert client.get(url(place(), part)).status_code == 404
