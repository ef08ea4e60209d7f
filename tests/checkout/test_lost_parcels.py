"""A parcel that does not arrive …"""

from __future__ import annotations

import pytest

from affiliates.models import Commission
from affiliates.queries import amount_due
from catalog.models import Stock
from checkout import operations
from inbox.models import Notice
from ledger.models import AccountKind
from ledger.queries import balance, reconciliation
from orders import operations as orders
from orders.models import Order
from orders.proofs import look_through
from orders.timeline import steps
from payments import operations as payments
from payments.models import Refund
from shipping.models import Parcel
from tests.factories import make_variant
from tests.orders.helpers import assert_stock_adds_up, counters, place
from tests.payments.conftest import no_gateway
from tests.payouts.orders import make_affiliate, paid_order

__all__ = ["no_gateway"]  # a fixture
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_gateway")]


def sent(state: str, order: Order | None = None) -> Order:
    """On its way with a courier who tells of it, and has told this last."""
    order = order or paid_order(make_variant(stock=5, price=50_000), quantity=2)
    orders.ship_order(orders.pack_order(order), courier="JNE", waybill="JNE1")
    order.refresh_from_db()
    assert order.parcel
    Parcel.objects.filter(pk=order.parcel.pk).update(state=state, aggregator_id=f"kurir-{order.pk}")
    return order


def to_the_door() -> Order:
    order = place(make_variant(stock=5), method="cod")
    orders.confirm_cod(order.pk)
    return order


def test_is_paid_back_and_its_goods_are_there_no_more():
    order = sent("lost")

    assert [operations.give_up_lost_parcels(), operations.give_up_lost_parcels()] == [1, 0]

    order.refresh_from_db()
    stock = Stock.objects.get(pk=order.lines.get().variant_id)
    assert (order.state, order.cancel_reason) == ("refund_due", "Paket hilang atau rusak di kurir")
    assert (stock.initial, stock.available, stock.sold) == (3, 3, 0)
    assert Refund.objects.get().amount == order.total
    payments.record_sent(Refund.objects.get())
    order.refresh_from_db()
    assert (order.state, balance(AccountKind.ESCROW)) == ("refunded", 0)
    assert (look_through().is_clean, reconciliation().is_clean) == (True, True)


def test_goes_on_the_shelf_again_when_it_came_back():
    order = sent("returned")

    operations.give_up_lost_parcels()

    order.refresh_from_db()
    assert (order.state, order.cancel_reason) == ("refund_due", "Paket kembali ke penjual")
    assert counters(order.lines.get().variant) == {"available": 5, "reserved": 0, "sold": 0}
    assert_stock_adds_up()


def test_earns_its_creator_nothing():
    sent("lost", paid_order(credited_to=make_affiliate()))

    operations.give_up_lost_parcels()

    assert amount_due(Commission.objects.get()) == 0
    assert balance(AccountKind.SELLER_RESERVE, Order.objects.get().shop_id) == 0


def test_owes_nothing_when_it_was_to_be_paid_at_the_door():
    order = sent("lost", to_the_door())

    operations.give_up_lost_parcels()

    order.refresh_from_db()
    assert (order.state, Refund.objects.count()) == ("cancelled", 0)
    assert steps(order)[-1].text == "Paket hilang atau rusak di kurir"


def test_is_left_to_its_shop_when_it_may_have_been_refused():
    sent("returned", to_the_door())

    assert operations.give_up_lost_parcels() == 0


@pytest.mark.parametrize("state", ["on_the_way", "on_hold", "returning"])
def test_is_not_given_up_before_its_courier_does(state: str):
    sent(state)

    assert operations.give_up_lost_parcels() == 0


def test_that_was_received_stays_received():
    order = sent("lost")
    orders.receive_order(order)

    assert operations.give_up_lost_parcels() == 0
    with pytest.raises(orders.NotPossible):
        orders.give_up_parcel(order, reason="hilang")


def test_is_told_to_both():
    order = sent("lost")
    operations.give_up_lost_parcels()
    Notice.objects.all().delete()

    operations.tell_people()

    people = set(Notice.objects.filter(key__contains=":given_up").values_list("user", flat=True))
    assert people == {order.shop.owner_id}
    assert Notice.objects.filter(key=f"order:{order.pk}:refund_due", user=order.buyer).exists()
