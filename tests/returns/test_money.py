"""What was granted is paid back once, with the commission of just these pieces."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from affiliates.models import CommissionAdjustment
from affiliates.operations import reserve_commission
from ledger.models import AccountKind
from ledger.queries import balance
from orders import operations as orders
from orders.models import Order
from payments import operations as payments
from payments.models import ChargePart, Refund, Ticket
from returns import operations
from returns.models import Return
from tests.affiliates.market import make_affiliate, make_rate
from tests.factories import make_user, make_variant
from tests.orders.helpers import place
from tests.payments.conftest import Gateway, gateway
from tests.returns.helpers import asked, decide

__all__ = ["gateway"]  # a fixture
pytestmark = pytest.mark.django_db(transaction=True)


def paid_and_received(gateway: Gateway, quantity: int = 3, method: str = "qris") -> Order:
    """With a tenth of it promised to an affiliate."""
    variant = make_variant(stock=10, price=25_000)
    rate, affiliate = make_rate(variant.shop, 1_000), make_affiliate()
    credit = {"affiliate": affiliate.pk, "rate_id": rate.pk, "rate_bp": 1_000, "trace": []}
    order = place(variant, quantity=quantity, method=method, attribution={variant.pk: credit})
    payments.open_charge(order)
    gateway.pay(order)
    payments.apply_notice(payments.record_notice(gateway.notice(order)).pk)
    reserve_commission(order)
    order = orders.ship_order(orders.pack_order(order), courier="JNE", waybill="JNE123")
    return orders.receive_order(order)


def granted(order: Order, units: int) -> Return:
    request = asked(order, units=units, keeps_goods=True)
    return operations.approve(request, by=order.shop.owner)


def test_a_part_goes_back_with_its_commission_and_the_rest_stays(gateway: Gateway):
    order = paid_and_received(gateway)
    held = balance(AccountKind.ESCROW)
    request = granted(order, units=1)

    assert [operations.refund_due(), operations.refund_due()] == [1, 0]

    request.refresh_from_db()
    [refund] = Refund.objects.all()
    [lowered] = CommissionAdjustment.objects.all()
    assert (request.state, refund.amount, refund.state, lowered.units) == ("refunded", 25_000, "sent", 1)
    # The commission of the piece is back in escrow before the buyer's money leaves it.
    assert balance(AccountKind.ESCROW) == held - 25_000 + 2_500


def test_all_of_it_takes_the_shipping_along(gateway: Gateway):
    order = paid_and_received(gateway)
    granted(order, units=3)

    operations.refund_due()

    assert sum(Refund.objects.values_list("amount", flat=True)) == order.total
    assert balance(AccountKind.ESCROW) == 0


def test_a_worker_that_dies_after_paying_does_not_pay_twice(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
):
    order = paid_and_received(gateway)
    request = granted(order, units=2)
    with monkeypatch.context() as patch:
        patch.setattr("returns.operations.money._close", _die)
        with pytest.raises(KeyboardInterrupt):
            operations.refund_due()

    operations.refund_due()

    request.refresh_from_db()
    assert request.state == "refunded"
    assert [refund.amount for refund in Refund.objects.all()] == [50_000]


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def test_piece_by_piece_comes_to_the_same_as_all_at_once(gateway: Gateway):
    order = paid_and_received(gateway, quantity=3)
    for _ in range(3):
        granted(order, units=1)
        operations.refund_due()

    assert sum(Refund.objects.values_list("amount", flat=True)) == 75_000


def test_what_was_paid_back_is_not_asked_for_again(gateway: Gateway):
    order = paid_and_received(gateway, quantity=1)
    granted(order, units=1)
    operations.refund_due()

    with pytest.raises(operations.TooManyUnits):
        asked(order, units=1)


def test_the_market_grants_a_part_without_the_shipping(gateway: Gateway):
    order = paid_and_received(gateway, quantity=3)
    request = asked(order, units=3)
    operations.refuse(request, by=order.shop.owner, note="Tidak")
    operations.dispute(request, by=order.buyer, text="Tidak adil")
    decide(request, units=2)

    operations.refund_due()

    assert [refund.amount for refund in Refund.objects.all()] == [50_000]


def test_where_the_gateway_cannot_the_buyer_is_asked_for_an_account(gateway: Gateway):
    order = paid_and_received(gateway, method="va_bca")
    request = granted(order, units=1)

    operations.refund_due()

    request.refresh_from_db()
    assert request.state == "refunded"  # decided; its way is the payment's
    assert Refund.objects.get().state == "needs_account"
    assert timezone.now() - request.closed_at < timedelta(minutes=1)


def test_money_that_is_not_there_any_more_calls_for_a_person(gateway: Gateway, client: Client):
    order = paid_and_received(gateway)
    part = order.charge_parts.get()
    ChargePart.objects.filter(pk=part.pk).update(returned=part.amount - 30_000)  # a bank took it back
    request = granted(order, units=2)
    client.force_login(order.buyer)

    assert [operations.refund_due(), operations.refund_due()] == [0, 0]

    request.refresh_from_db()
    ticket = Ticket.objects.get(kind="return_stuck")
    assert (request.state, ticket.reference, ticket.amount) == ("refunding", request.code, 50_000)
    assert "Uangnya sedang diperiksa" in client.get(f"/retur/{request.code}/").content.decode()

    payments.close_ticket(ticket, by=make_user(is_staff=True), note="Tagihan balik sebagian.")
    assert operations.refund_due() == 1

    request.refresh_from_db()
    assert (request.state, Refund.objects.get().amount) == ("refunded", 30_000)
