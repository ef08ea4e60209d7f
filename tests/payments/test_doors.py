"""Paying at the door …"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from checkout import operations as checkout
from ledger.models import AccountKind
from ledger.queries import balance, reconciliation
from orders import operations as orders
from orders.models import Order
from payments import operations, queries, trust
from payments.models import DoorStory, Refund
from tests.factories import make_shop, make_user, make_variant
from tests.orders.helpers import counters, let_time_run_out, place
from tests.payments.conftest import Gateway, charge_of
from tests.payments.test_methods import hear

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()


def told(*stories: str) -> list[tuple[bool, datetime]]:
    """`+0 -30`: accepted today, refused thirty days ago."""
    return [(word[0] == "+", NOW - timedelta(days=int(word[1:]))) for word in stories]


@pytest.mark.parametrize(
    ("stories", "level"),
    [
        ((), 0),
        (("+9",), 0),
        (("+9", "+8"), 1),
        (("+99", "+98", "-1"), 1),
        (("+99", "+98", "-50", "-1"), 0),
        (("+99", "+98", "-70", "-1"), 1),
        (("-5", "-4", "+3"), 0),
        (("-5", "-4", "+3", "+2"), 1),
        (("+9", "-8", "+7", "-6", "+5"), 0),
    ],
)
def test_grows_with_accepted_parcels_and_falls_with_refused_ones(stories: tuple[str, ...], level: int):
    assert trust.level(told(*stories)[::-1]) == level


@pytest.mark.parametrize(
    ("level", "total", "shipping", "ahead"),
    [
        (0, 90_000, 12_000, 12_000),
        (0, 90_000, 0, 5_000),
        (0, 3_000, 0, 3_000),
        (1, 150_000, 12_000, 0),
        (1, 150_001, 12_000, 12_000),
    ],
)
def test_asks_for_the_parcels_way_where_trust_ends(level: int, total: int, shipping: int, ahead: int):
    asked = trust.deposit(level=level, total=total, shipping_fee=shipping, free_up_to=150_000, least=5_000)

    assert asked == ahead


def cod(**fields) -> Order:
    shop = make_shop(shipping_fee=9_000)
    return place(make_variant(stock=3, shop=shop, price=25_000), method="cod", **fields)


def trusted():
    buyer = make_user()
    for _ in range(2):
        DoorStory.objects.create(order=place(), buyer=buyer, was_accepted=True)
    return buyer


def with_deposit(gateway: Gateway) -> Order:
    order = cod()
    charge = operations.open_charge(order)
    gateway.api.pay(charge.reference)
    assert hear(gateway, charge.reference) == "applied"
    order.refresh_from_db()
    return order


def send(order: Order) -> Order:
    orders.pack_order(order)
    return orders.ship_order(order, courier="JNE", waybill="JNE0001")


def test_a_new_buyer_pays_the_way_first(gateway: Gateway):
    order = with_deposit(gateway)

    assert charge_of(order).amount == 9_000
    assert (order.state, order.paid_at, order.due_at_door) == ("confirmed", None, 25_000)
    assert balance(AccountKind.ESCROW) == 9_000


def test_a_new_buyer_cannot_confirm_without_it():
    order = cod()

    with pytest.raises(operations.DepositFirst):
        operations.confirm_cod(order)

    order.refresh_from_db()
    assert order.state == "pending"


def test_a_trusted_buyer_confirms_with_a_tap(client: Client):
    order = cod(buyer=trusted())
    client.force_login(order.buyer)
    page = client.get(f"/bayar/{order.number}/").content.decode()

    answer = client.post(f"/bayar/{order.number}/pastikan/")

    order.refresh_from_db()
    assert "Ya, aku bayar di tempat" in page
    assert (answer.status_code, order.state, order.due_at_door) == (302, "confirmed", 34_000)
    assert operations.confirm_cod(order) is False


def test_is_forgotten_when_nobody_confirms_it():
    order = cod(buyer=trusted())
    assert order.pay_by == order.placed_at + timedelta(minutes=30)
    let_time_run_out(order)
    orders.expire_unpaid(10)

    with pytest.raises(orders.NotPossible):
        operations.confirm_cod(order)

    order.refresh_from_db()
    assert order.state == "expired"
    assert counters(order.lines.get().variant)["available"] == 3


def test_the_rest_is_taken_at_the_door(gateway: Gateway):
    order = send(with_deposit(gateway))
    orders.record_cash(order)

    checkout.receive(order)

    order.refresh_from_db()
    assert (order.state, bool(order.paid_at)) == ("received", True)
    assert balance(AccountKind.ESCROW) == order.total
    assert balance(AccountKind.DOOR_CASH, order.shop_id) == -25_000
    assert queries.level_of(order.buyer_id) == 0
    assert DoorStory.objects.get().was_accepted


def test_nobody_says_received_before_the_shop_has_said_that_it_has_the_cash(gateway: Gateway, client: Client):
    order = send(with_deposit(gateway))
    client.force_login(order.buyer)

    client.post(f"/pesanan/{order.number}/terima/")

    order.refresh_from_db()
    assert order.state == "shipped"
    assert not DoorStory.objects.exists()
    assert "Bayar Rp25.000 saat paketnya datang" in client.get(f"/pesanan/{order.number}/").content.decode()


def test_cash_that_the_shop_has_taken_is_not_refused_any_more(gateway: Gateway, client: Client):
    order = send(with_deposit(gateway))
    client.force_login(order.shop.owner)
    assert "Uang Rp25.000 sudah diterima" in client.get(f"/toko/pesanan/{order.number}/").content.decode()

    for _ in range(2):
        client.post(f"/toko/pesanan/{order.number}/uang/")
    client.post(f"/toko/pesanan/{order.number}/ditolak/")

    order.refresh_from_db()
    assert (order.state, order.parcel.events.count()) == ("shipped", 1)
    checkout.receive(order)
    assert DoorStory.objects.get().was_accepted


def test_a_shop_that_never_says_how_it_ended_had_the_cash(gateway: Gateway):
    order = send(with_deposit(gateway))
    assert checkout.confirm_old_deliveries() == 0
    Order.objects.filter(pk=order.pk).update(shipped_at=timezone.now() - timedelta(days=8))

    assert checkout.confirm_old_deliveries() == 1

    order.refresh_from_db()
    assert order.state == "received"
    assert DoorStory.objects.get().was_accepted


def test_a_refused_parcel_comes_home_and_its_way_is_paid(gateway: Gateway, client: Client):
    order = send(with_deposit(gateway))
    client.force_login(order.shop.owner)

    for _ in range(2):
        client.post(f"/toko/pesanan/{order.number}/ditolak/")

    order.refresh_from_db()
    assert (order.state, order.cancel_reason) == ("cancelled", "Ditolak di tempat")
    assert counters(order.lines.get().variant) == {"available": 3, "reserved": 0, "sold": 0}
    assert balance(AccountKind.SELLER_PAYABLE, order.shop_id) == 9_000
    assert balance(AccountKind.ESCROW) == 0
    assert not DoorStory.objects.get().was_accepted
    assert reconciliation().is_clean
    assert operations.refund_rest(order, reason="x", key="x") == []


def test_two_refusals_take_the_trust_away():
    buyer = trusted()
    assert queries.level_of(buyer.pk) == 1

    for _ in range(2):
        order = cod(buyer=buyer)
        operations.confirm_cod(order)
        order.refresh_from_db()
        checkout.refuse_at_door(send(order))

    assert queries.level_of(buyer.pk) == 0
    assert queries.deposit_of(cod(buyer=buyer)) == 9_000


def test_a_deposit_goes_back_when_the_shop_calls_it_off(gateway: Gateway):
    order = with_deposit(gateway)

    checkout.cancel(order, reason="Stok rusak")

    order.refresh_from_db()
    assert order.state == "cancelled"
    assert gateway.api.book.get(f"{order.number}-D").status == "refund"
    assert balance(AccountKind.ESCROW) == 0


def test_a_deposit_goes_back_also_when_whoever_called_it_off_died_before(gateway: Gateway):
    order = with_deposit(gateway)
    orders.cancel_order(order, "Stok rusak")

    operations.retry_refunds(10)

    [refund] = Refund.objects.all()
    assert (refund.state, refund.amount) == ("sent", 9_000)


def test_only_a_parcel_for_the_door_can_be_refused_there():
    order = place()

    with pytest.raises(orders.NotPossible):
        checkout.refuse_at_door(order)

    assert not DoorStory.objects.exists()
