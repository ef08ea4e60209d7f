"""Bugs that other marketplaces have had with money. Here …

Found by others by walking one sale from the shop's first day to the last refund; told in our own words.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ledger.models import AccountKind, Transaction, TransactionKind
from ledger.queries import balance, reconciliation
from orders import operations as orders
from orders.models import Order
from payments import operations as payments
from payments.models import Charge, GatewayNotice
from payouts import operations as payouts
from payouts.models import Payout
from payouts.operations.results import take_in_results
from payouts.queries.money import money_of_order
from payouts.queries.payees import owed_now
from payouts.queries.proof import differences
from returns import operations as returns
from tests.affiliates.market import make_rate
from tests.factories import make_address, make_session_on_air, make_shop, make_user, make_variant
from tests.orders.helpers import assert_stock_adds_up, order_in, place
from tests.payments.conftest import Gateway, charge_of, gateway
from tests.payments.test_answers import answer
from tests.payouts.orders import DAY, give_back_units, make_affiliate, owed_to, pay, receive, settled_order
from tests.payouts.test_payouts import give_account
from tests.returns.helpers import asked

__all__ = ["gateway"]  # a fixture
pytestmark = pytest.mark.django_db


def test_an_address_for_notices_is_not_registered_twice_and_no_key_is_lost(gateway: Gateway) -> None:
    """A second registration deleted the first, and with it the key that notices are checked with."""
    order = place()

    first, again = payments.open_charge(order), payments.open_charge(order)
    gateway.pay(order)
    for _ in range(2):
        payments.apply_notice(payments.record_notice(gateway.notice(order)).pk)

    order.refresh_from_db()
    assert first == again
    assert gateway.calls.count("POST /v2/charge") == 1
    assert (order.state, GatewayNotice.objects.count()) == ("confirmed", 1)
    assert balance(AccountKind.ESCROW) == order.total


def test_a_shop_that_cannot_be_paid_yet_is_told_why_and_loses_nothing() -> None:
    """Shops were let in whom nobody could ever send money to."""
    order = settled_order()
    owed = owed_to(order.shop_id)

    [waiting] = owed_now(timezone.now())
    with pytest.raises(payouts.NothingToPay):
        payouts.make_batch(by=make_user(is_staff=True))
    assert (waiting.waits_for, owed_to(order.shop_id)) == ("account", owed)

    give_account(order.shop.owner)
    [payable] = owed_now(timezone.now())
    assert (payable.is_payable, payable.amount) == (True, owed)


# ---- one payment for two shops -----------------------------------------------------------------------


@pytest.fixture
def paid_together() -> list[Order]:
    """Two orders at two shops, paid by one QR, each with a creator of its own."""
    buyer, found = make_user(), []
    for price, rate_bp in ((50_000, 1_000), (70_000, 500)):
        variant = make_variant(price=price)
        creator, rate = make_affiliate(f"kreator{price}"), make_rate(variant.shop, rate_bp)
        credit = {"affiliate": creator.pk, "rate_id": rate.pk, "rate_bp": rate_bp, "trace": []}
        found.append(place(variant, buyer=buyer, attribution={variant.pk: credit}))
    charge = payments.join_charge(found)
    told = answer(found[0], "settlement", amount=charge.amount)
    payments.apply_answer(type(told)(**{**told.__dict__, "reference": charge.reference}))
    return list(Order.objects.order_by("pk"))


def test_a_shop_reads_the_commission_of_its_own_order_alone(paid_together: list[Order]) -> None:
    """An order's page had shown what all the shops of the payment owed their creators."""
    told = [money_of_order(order).money.commission for order in paid_together]

    assert told == [5_000, 3_500]
    assert [balance(AccountKind.SELLER_RESERVE, order.shop_id) for order in paid_together] == told


def test_what_was_paid_together_can_be_packed_and_sent_apart(paid_together: list[Order]) -> None:
    """Whether an order was paid had been asked of the whole payment, and so it never was."""
    assert [order.state for order in paid_together] == ["confirmed", "confirmed"]

    receive(paid_together[0])

    paid_together[1].refresh_from_db()
    assert (paid_together[0].state, paid_together[1].state) == ("received", "confirmed")


def test_what_was_paid_together_is_settled_with_each_shop(paid_together: list[Order]) -> None:
    for order in paid_together:
        payouts.settle_due(receive(order) + 7 * DAY)

    held = [money_of_order(order).money.net for order in paid_together]
    assert [owed_to(order.shop_id) for order in paid_together] == held
    assert (all(amount > 0 for amount in held), balance(AccountKind.ESCROW)) == (True, 0)


# ---- parcels -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["buyer", "seller"])
def test_a_sent_parcel_is_not_called_off_and_people_read_why(client: Client, who: str) -> None:
    """The refusal was right, and its message was empty."""
    order = order_in("shipped")
    client.force_login(order.buyer if who == "buyer" else order.shop.owner)

    page = client.post(f"/pesanan/{order.number}/batal/", {"reason": "Tidak jadi"}, follow=True)

    order.refresh_from_db()
    assert order.state == "shipped"
    assert "sudah tidak bisa dibatalkan" in page.content.decode()


def test_a_second_box_costs_its_buyer_nothing_more() -> None:
    """Splitting a parcel had asked for its shipping once more."""
    variant, buyer = make_variant(shop=make_shop(shipping_fee=10_000), price=20_000), make_user()
    show = make_session_on_air(shop=variant.shop, products=[variant.product])
    wish: dict[str, Any] = {"buyer": buyer, "session_id": show.pk}
    wish["address"] = make_address(buyer).as_snapshot()
    first, second = (place(variant, session_ms=1, **wish) for _ in range(2))
    for order in (first, second):
        pay(order)

    for order in (first, second):  # the first has left before the second is packed
        orders.ship_order(orders.pack_order(order), courier="JNE", waybill=order.number)

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.parcel != second.parcel
    assert [(order.shipping_fee, order.total) for order in (first, second)] == [(10_000, 30_000), (0, 20_000)]
    assert balance(AccountKind.ESCROW) == 50_000 == sum(Charge.objects.values_list("amount", flat=True))


# ---- refunds -----------------------------------------------------------------------------------------


def test_what_was_paid_back_in_full_does_not_read_as_paid(gateway: Gateway, client: Client) -> None:
    order = place()
    payments.open_charge(order)
    gateway.pay(order)
    payments.apply_notice(payments.record_notice(gateway.notice(order)).pk)
    receive(Order.objects.get(pk=order.pk))
    request = asked(Order.objects.get(pk=order.pk), units=1, keeps_goods=True)
    returns.approve(request, by=order.shop.owner)
    returns.refund_due()

    request.refresh_from_db()
    client.force_login(order.buyer)
    page = client.get(f"/pesanan/{order.number}/").content.decode()
    assert (request.state, charge_of(order).state) == ("refunded", "refunded")
    assert "Sudah dikembalikan semua" in page
    payouts.settle_due(timezone.now() + 8 * DAY)
    assert owed_to(order.shop_id) == balance(AccountKind.ESCROW) == 0


def test_a_return_pays_for_the_pieces_that_count_and_no_more() -> None:
    """Three pieces were asked for and two came back; three had been paid."""
    order = order_in("received", make_variant(stock=10, price=25_000), quantity=3)
    request = asked(order, units=3)
    returns.approve(request, by=order.shop.owner)
    returns.send_back(request, by=order.buyer, courier="JNE", waybill="JNE1")
    returns.object_to(request, by=order.shop.owner, text="Hanya dua yang kembali")
    line = order.lines.get()
    ruling = returns.Decision("refund", "other_goods_back", "Dua dari tiga.", {line.pk: 2})

    returns.decide(request.disputes.get(), by=make_user(is_staff=True), decision=ruling)

    row = request.lines.get()
    assert (row.units, row.granted) == (3, 2)
    with pytest.raises(returns.TooManyUnits):
        asked(order, units=4)


# ---- payouts -----------------------------------------------------------------------------------------


def test_a_payout_is_never_more_than_what_is_there() -> None:
    """What is owed had been read before a refund, and sent after it."""
    order = settled_order()
    give_account(order.shop.owner)
    before = owed_to(order.shop_id)
    give_back_units(order, {order.lines.get().pk: 1})
    payouts.correct_settlements(timezone.now())

    assert owed_to(order.shop_id) < before
    with pytest.raises(payouts.NothingToPay):
        payouts.make_batch(by=make_user(is_staff=True))
    assert not Payout.objects.exists()


def test_bad_news_of_the_bank_counts_also_when_it_comes_last() -> None:
    """A payout that had counted as paid, and came back, stayed paid for ever."""
    order = settled_order()
    owed, staff = owed_to(order.shop_id), make_user(is_staff=True)
    give_account(order.shop.owner)
    batch = payouts.make_batch(by=staff)
    reference = batch.payouts.get().reference

    news = (f"reference,status,reason\r\n{reference},{status},tutup\r\n" for status in ("paid", "failed"))
    taken = [take_in_results(batch, table.encode(), by=staff) for table in news]

    assert [(one.paid, one.returned, one.problems) for one in taken] == [(1, 0, []), (0, 1, [])]
    assert (batch.payouts.get().state, owed_to(order.shop_id)) == ("returned", owed)
    assert balance(AccountKind.BANK_CLEARING) == 0
    assert differences(timezone.now() + timedelta(hours=2)) == {}


def test_good_news_after_bad_is_for_a_person_and_nothing_is_sent_twice() -> None:
    order = settled_order()
    staff = make_user(is_staff=True)
    give_account(order.shop.owner)
    batch = payouts.make_batch(by=staff)
    reference = batch.payouts.get().reference
    payouts.fail_payout(batch.payouts.get(), by=staff, reason="nama")

    taken = take_in_results(batch, f"reference,status\r\n{reference},paid\r\n".encode(), by=staff)

    assert (taken.paid, taken.known, len(taken.problems)) == (0, 0, 1)
    assert batch.payouts.get().state == "failed"


def test_an_outcome_that_nobody_heard_is_not_asked_for_under_another_key() -> None:
    """A payout whose answer was lost had been released, and sent again in the next run."""
    order = settled_order()
    give_account(order.shop.owner)
    staff = make_user(is_staff=True)
    payouts.make_batch(by=staff)

    settled_order(variant=make_variant(shop=order.shop, price=90_000))

    with pytest.raises(payouts.NothingToPay):
        payouts.make_batch(by=staff)
    assert [owed.waits_for for owed in owed_now(timezone.now())] == ["under_way"]
    assert Transaction.objects.filter(kind=TransactionKind.PAYOUT_SENT).count() == 1
    assert reconciliation().is_clean
    assert_stock_adds_up()
