"""Each way to pay through the gateway, from the wish to the money …"""

from __future__ import annotations

import pytest
from django.test import Client

from ledger.models import AccountKind
from ledger.queries import balance
from orders.models import Order
from payments import operations
from payments.models import Charge
from tests.factories import make_user, make_variant
from tests.orders.helpers import let_time_run_out, order_in, place
from tests.payments.conftest import Gateway, charge_of

pytestmark = pytest.mark.django_db(transaction=True)
MIDTRANS = ["qris", "gopay", "shopeepay", "va_bca", "va_bni", "va_bri", "va_permata", "card"]


def hear(gateway: Gateway, reference: str) -> str:
    """The gateway's notice about a payment of this reference, and what became of it."""
    _, body = gateway.api.status(reference)
    notice = operations.record_notice(body)
    operations.apply_notice(notice.pk)
    notice.refresh_from_db()
    return notice.verdict


@pytest.mark.parametrize("method", MIDTRANS)
def test_is_opened_paid_and_held(gateway: Gateway, method: str):
    order = place(method=method)

    charge = operations.open_charge(order)
    gateway.pay(order)

    assert charge.qr_string or charge.va_number or charge.pay_url
    assert hear(gateway, order.number) == "applied"
    order.refresh_from_db()
    assert order.state == Order.State.CONFIRMED
    assert balance(AccountKind.ESCROW) == order.total == -balance(AccountKind.GATEWAY_CLEARING)


@pytest.mark.parametrize("method", ["gopay", "shopeepay", "card"])
def test_opens_an_app_or_a_page_of_the_gateway(gateway: Gateway, method: str):
    order = place(method=method)

    assert operations.open_charge(order).pay_url.endswith(f"/simulator/{order.number}")


def test_a_card_is_unknown_to_the_gateway_before_its_number_is_typed(gateway: Gateway):
    order = place(method="card")
    charge = operations.open_charge(order)

    assert not operations.ask_about(charge)
    assert charge_of(order).state == Charge.State.PENDING

    let_time_run_out(order)
    Order.objects.update(state="expired")
    assert operations.ask_about(charge)
    assert charge_of(order).state == Charge.State.EXPIRED


def test_a_page_for_cards_is_found_again_when_its_answer_was_lost(gateway: Gateway):
    order = place(method="card")
    first = operations.open_charge(order)
    Charge.objects.update(state="wanted", rank=0, pay_url="")

    assert operations.open_charge(order).pay_url == first.pay_url


def test_permata_has_its_number_in_a_field_of_its_own(gateway: Gateway):
    assert operations.open_charge(place(method="va_permata")).va_number.startswith("85620")


def test_links_to_no_scheme_that_runs_in_the_page():
    from payments.midtrans import _safe_link

    assert _safe_link("gojek://gopay/merchanttransfer?x=1") == "gojek://gopay/merchanttransfer?x=1"
    for bad in ("javascript:alert(1)", "data:text/html,x", "", "//evil.example/x"):
        assert _safe_link(bad) == ""


# ---- one payment for several orders ------------------------------------------------------------------


def two_in_a_parcel() -> tuple[Order, Order]:
    first, second = two_orders()
    Order.objects.filter(pk=second.pk).update(rides_on=first)
    return first, Order.objects.get(pk=second.pk)


def test_a_ride_is_paid_after_the_parcels_fee(gateway: Gateway, client: Client):
    first, second = two_in_a_parcel()
    client.force_login(second.buyer)
    page = client.get(f"/bayar/{second.number}/").content.decode()
    assert f"ikut paket {first.number}" in page
    assert not Charge.objects.exists()

    operations.open_charge(first)
    gateway.pay(first)
    hear(gateway, first.number)

    assert "Satu paket" not in client.get(f"/bayar/{second.number}/keadaan/").content.decode()
    assert charge_of(second).amount == second.total


def test_a_ride_may_be_paid_together_with_the_fee_but_not_without_it(gateway: Gateway):
    first, second = two_in_a_parcel()

    with pytest.raises(operations.FeeFirst):
        operations.join_charge([second])

    assert operations.join_charge([first, second]).amount == first.total + second.total


def two_orders() -> tuple[Order, Order]:
    buyer = make_user()
    return place(make_variant(stock=1), buyer=buyer), place(make_variant(price=40_000, stock=1), buyer=buyer)


def test_pays_several_orders_at_once(gateway: Gateway):
    first, second = two_orders()

    charge = operations.join_charge([first, second])
    assert operations.join_charge([second]) == charge
    opened = operations.open_charge(second)
    gateway.api.pay(charge.reference)

    assert (opened, opened.amount) == (charge, first.total + second.total)
    assert hear(gateway, charge.reference) == "applied"
    assert set(Order.objects.values_list("state", flat=True)) == {"confirmed"}
    assert balance(AccountKind.ESCROW) == first.total + second.total


def test_sends_the_part_back_of_the_order_that_came_too_late(gateway: Gateway):
    first, second = two_orders()
    charge = operations.join_charge([first, second])
    operations.open_charge(first)
    let_time_run_out(second)
    from orders.operations import expire_unpaid

    expire_unpaid(10)
    order_in("confirmed", second.lines.get().variant)
    gateway.api.pay(charge.reference)

    assert hear(gateway, charge.reference) == "late"
    assert operations.retry_refunds(10) == 1

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("confirmed", "refunded")
    assert gateway.api.book.get(charge.reference).returned == second.total
    assert charge_of(first).state == "paid"


def test_joins_only_what_one_buyer_pays_in_one_way(gateway: Gateway):
    first, second = two_orders()

    for company in ([first, place()], [first, place(buyer=first.buyer, method="va_bca")]):
        with pytest.raises(operations.NotPayable):
            operations.join_charge(company)
    with pytest.raises(operations.NotPayable):
        operations.join_charge([place(method="cod")])
    assert not Charge.objects.exists()
    assert second.total
