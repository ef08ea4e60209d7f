"""Sending: an order by a quote, orders of one show in one parcel, and what couriers make of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from checkout import operations as checkout
from orders.models import Order
from orders.operations import (
    AlreadyWithCourier,
    CarriesOthers,
    NotPossible,
    PriceChanged,
    QuoteGone,
    call_courier,
    call_off_courier,
    cancel_order,
    expire_unpaid,
    follow_parcels,
    mark_paid,
    pack_order,
    receive_order,
    ship_order,
)
from orders.queries import deliveries_to_confirm, quote
from orders.timeline import steps
from shipping.models import Parcel, Quote
from shipping.operations import ask_about_parcels, offer_ways, save_setup, set_tariff
from shipping.operations.parcels import OutcomeUnknown
from tests.couriers import answering
from tests.factories import make_address, make_session_on_air, make_shop, make_user, make_variant
from tests.orders.helpers import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall():
    return make_variant(shop=make_shop(shipping_fee=10_000), stock=50, price=20_000)


@pytest.fixture
def buyer():
    return make_user()


@pytest.fixture
def address(buyer):
    return make_address(buyer, postal_code="55183").as_snapshot()


def offered(stall, buyer, address, *, quantity=1):
    return offer_ways(
        buyer,
        shop=stall.shop,
        variants=[stall],
        basket={stall.pk: quantity},
        area=address["area"],
        postal_code=address["postal_code"],
    )


def own_delivery(stall, fee=7_000):
    set_tariff(stall.shop, area="", place="", fee=fee, is_per_kilogram=False)


def test_an_order_costs_what_its_quote_says(stall, buyer, address):
    own_delivery(stall)
    [way] = offered(stall, buyer, address)

    order = place(stall, buyer=buyer, address=address, shipping_quote=way.pk, expected_total=27_000)

    assert (order.shipping_fee, order.total, order.quote_id) == (7_000, 27_000, way.pk)


def test_without_a_quote_it_is_the_flat_fee(stall, buyer, address):
    own_delivery(stall)

    assert place(stall, buyer=buyer, address=address).shipping_fee == 10_000


def test_the_sheet_and_the_order_say_the_same(stall, buyer, address):
    own_delivery(stall)
    [way] = offered(stall, buyer, address)

    shown = quote(buyer, shop_id=stall.shop_id, basket={stall.pk: 1}, address=address, shipping_quote=way.pk)

    assert (shown.shipping_fee, shown.total, shown.rides) == (7_000, 27_000, False)


@pytest.mark.parametrize("change", ["quantity", "buyer", "address", "postal_code", "late", "shop"])
def test_a_quote_for_anything_else_is_refused(stall, buyer, address, change):
    own_delivery(stall)
    [way] = offered(stall, buyer, address)
    wish = {"buyer": buyer, "address": address, "shipping_quote": way.pk}
    if change == "quantity":
        wish["quantity"] = 2
    elif change == "buyer":
        wish["buyer"] = make_user()
    elif change == "address":
        wish["address"] = address | {"area": "31.71"}
    elif change == "postal_code":
        wish["address"] = address | {"postal_code": "10110"}
    elif change == "late":
        Quote.objects.update(valid_until=timezone.now() - timedelta(seconds=1))
    else:
        stall = make_variant()

    with pytest.raises(QuoteGone):
        place(stall, **wish)

    assert not Order.objects.exists()


# ---- one parcel ------------------------------------------------------------------------------------


@pytest.fixture
def show(stall):
    return make_session_on_air(shop=stall.shop, products=[stall.product])


def in_show(stall, buyer, address, show, **wish):
    return place(stall, buyer=buyer, address=address, session_id=show.pk, session_ms=1, **wish)


def test_a_second_order_of_the_show_pays_no_second_fee(stall, buyer, address, show):
    first = in_show(stall, buyer, address, show)

    second = in_show(stall, buyer, address, show, expected_total=20_000)

    assert (first.shipping_fee, second.shipping_fee) == (10_000, 0)
    assert second.rides_on == first


@pytest.mark.parametrize("other", ["show", "door", "buyer", "no show"])
def test_only_the_same_show_door_and_buyer_share_a_fee(stall, buyer, address, show, other):
    in_show(stall, buyer, address, show)
    if other == "show":
        show.ended_at = timezone.now()
        show.save()
        show = make_session_on_air(shop=stall.shop)
    if other == "door":
        address = address | {"street": "Jl. Lain 2"}
    if other == "buyer":
        buyer = make_user()

    alone = (
        place(stall, buyer=buyer, address=address)
        if other == "no show"
        else in_show(stall, buyer, address, show)
    )

    assert (alone.shipping_fee, alone.rides_on) == (10_000, None)


def test_once_the_first_is_packed_the_next_pays_again(stall, buyer, address, show):
    first = in_show(stall, buyer, address, show)
    mark_paid(first.pk)
    pack_order(first)

    assert in_show(stall, buyer, address, show).shipping_fee == 10_000


def test_both_lie_in_one_parcel_and_leave_together(stall, buyer, address, show):
    first, second = in_show(stall, buyer, address, show), in_show(stall, buyer, address, show)
    for order in (first, second):
        mark_paid(order.pk)
        pack_order(order)

    ship_order(second, courier="JNE", waybill="JNE12345")

    parcel = Parcel.objects.get()
    assert set(parcel.orders.values_list("state", "waybill")) == {("shipped", "JNE12345")}
    assert parcel.waybill == "JNE12345"


def test_orders_alone_have_a_parcel_each(stall):
    for _ in range(2):
        order = place(stall)
        mark_paid(order.pk)
        pack_order(order)

    assert Parcel.objects.count() == 2


def test_whoever_lets_the_fee_expire_loses_the_ride_unpaid(stall, buyer, address, show):
    first, second = in_show(stall, buyer, address, show), in_show(stall, buyer, address, show)
    Order.objects.filter(pk=first.pk).update(pay_by=timezone.now() - timedelta(seconds=1))

    assert expire_unpaid(10) == 2

    second.refresh_from_db()
    stall.stock.refresh_from_db()
    assert second.state == "expired"
    assert (stall.stock.available, stall.stock.reserved) == (50, 0)


@pytest.mark.parametrize("is_fee_paid", [False, True])
def test_a_ride_that_is_paid_stays_and_says_that_the_fee_is_missing(stall, buyer, address, show, is_fee_paid):
    first, second, third = (in_show(stall, buyer, address, show) for _ in range(3))
    for order in [first, second] if is_fee_paid else [second]:
        mark_paid(order.pk)
    cancel_order(first, "stok rusak")

    expire_unpaid(10)

    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, second.lacks_its_fee, third.state) == ("confirmed", True, "expired")


@pytest.mark.parametrize(
    ("is_per_kilogram", "quantity", "added"), [(True, 1, 0), (True, 3, 7_000), (False, 9, 0)]
)
def test_a_rider_pays_for_the_kilograms_that_it_adds(
    stall, buyer, address, show, is_per_kilogram, quantity, added
):
    type(stall).objects.filter(pk=stall.pk).update(weight=400)
    stall.refresh_from_db()
    set_tariff(stall.shop, area="", place="", fee=7_000, is_per_kilogram=is_per_kilogram)
    [way] = offered(stall, buyer, address)
    in_show(stall, buyer, address, show, shipping_quote=way.pk)
    wish = {"shop_id": stall.shop_id, "basket": {stall.pk: quantity}, "session_id": show.pk}

    shown = quote(buyer, address=address, **wish)
    rider = in_show(stall, buyer, address, show, quantity=quantity, expected_total=shown.total)

    assert (shown.rides, shown.shipping_fee, rider.shipping_fee) == (True, added, added)


def test_what_riders_added_before_is_not_charged_again(stall, buyer, address, show):
    type(stall).objects.filter(pk=stall.pk).update(weight=100, length=30, width=20, height=6)  # 600 g of room
    stall.refresh_from_db()
    set_tariff(stall.shop, area="", place="", fee=7_000, is_per_kilogram=True)
    [way] = offered(stall, buyer, address)
    in_show(stall, buyer, address, show, shipping_quote=way.pk)

    riders = [in_show(stall, buyer, address, show) for _ in range(4)]

    assert [rider.shipping_fee for rider in riders] == [7_000, 0, 7_000, 0]


def test_money_for_a_ride_that_nobody_pays_for_goes_back(stall, buyer, address, show):
    first, second = in_show(stall, buyer, address, show), in_show(stall, buyer, address, show)
    cancel_order(first, "berubah pikiran", by_buyer=True)

    assert mark_paid(second.pk) == "refund_due"

    stall.stock.refresh_from_db()
    assert (stall.stock.available, stall.stock.reserved, stall.stock.sold) == (50, 0, 0)


def test_a_buyer_cancels_first_what_rides(stall, buyer, address, show):
    first, second = in_show(stall, buyer, address, show), in_show(stall, buyer, address, show)
    for order in (first, second):
        mark_paid(order.pk)

    with pytest.raises(CarriesOthers):
        cancel_order(first, "berubah pikiran", by_buyer=True)

    cancel_order(second, "berubah pikiran", by_buyer=True)
    assert cancel_order(first, "berubah pikiran", by_buyer=True).state == "refund_due"


# ---- couriers --------------------------------------------------------------------------------------


@pytest.fixture
def couriers(settings):
    with answering(settings) as desk:
        yield desk


@pytest.fixture
def packed(stall, buyer, address, couriers):
    """Paid and packed, to go by the courier that the buyer chose."""
    origin = {"contact": "Bu Sri", "phone": "+62812", "street": "Jl. Pasar 1", "postal_code": "55181"}
    save_setup(stall.shop, fields={"couriers": ["jne"], **origin})
    way = offered(stall, buyer, address)[0]
    order = place(stall, buyer=buyer, address=address, shipping_quote=way.pk)
    mark_paid(order.pk)
    pack_order(order)
    order.refresh_from_db()
    return order


def test_the_courier_is_called_and_its_number_stands_on_the_order(packed):
    order = call_courier(packed)

    assert order.waybill == order.parcel.waybill
    assert order.waybill.startswith("WYB-")
    assert order.state == "packed"  # until the courier has it


def test_a_picked_parcel_ships_its_orders(packed, couriers):
    order = call_courier(packed)
    couriers.move(order.parcel.aggregator_id, "picked")
    ask_about_parcels(10)

    assert follow_parcels() == 1
    assert follow_parcels() == 0

    order.refresh_from_db()
    assert order.state == "shipped"


def test_a_word_that_nobody_knows_moves_no_order(packed, couriers):
    order = call_courier(packed)
    couriers.move(order.parcel.aggregator_id, "teleported")
    ask_about_parcels(10)

    assert follow_parcels() == 0
    order.refresh_from_db()
    assert order.state == "packed"


def test_the_timeline_tells_the_stations(packed, couriers):
    order = call_courier(packed)
    for word in ("picked", "teleported", "dropping_off"):
        couriers.move(order.parcel.aggregator_id, word)
    ask_about_parcels(10)
    follow_parcels()
    order = Order.objects.get(pk=order.pk)

    told = [step.title for step in steps(order)]

    assert told[3:] == ["Dikirim", "Dalam perjalanan", "teleported", "Dalam perjalanan", "Diterima"]


def test_the_clock_starts_when_it_is_delivered_not_when_it_is_sent(packed, couriers, settings):
    order = call_courier(packed)
    couriers.move(order.parcel.aggregator_id, "picked")
    ask_about_parcels(10)
    follow_parcels()
    long_ago = timezone.now() - timedelta(seconds=settings.AUTO_RECEIVE_SECONDS + 60)
    Order.objects.update(shipped_at=long_ago)
    assert not deliveries_to_confirm().exists()

    Parcel.objects.update(state="delivered", delivered_at=timezone.now())
    assert not deliveries_to_confirm().exists()

    Parcel.objects.update(delivered_at=long_ago)
    assert deliveries_to_confirm().get().pk == order.pk


def test_nobody_says_that_the_courier_has_the_cash_before_it_is_at_the_door(packed, couriers):
    Order.objects.update(method="cod")
    order = call_courier(Order.objects.get())
    couriers.move(order.parcel.aggregator_id, "picked")
    ask_about_parcels(10)
    follow_parcels()

    with pytest.raises(NotPossible):
        receive_order(order)

    Parcel.objects.update(state="delivered", delivered_at=timezone.now())
    assert receive_order(order).state == "received"


def test_a_parcel_that_nobody_follows_counts_from_its_sending(stall, settings):
    order = place(stall)
    mark_paid(order.pk)
    pack_order(order)
    ship_order(order, courier="JNE", waybill="JNE12345")
    Order.objects.update(shipped_at=timezone.now() - timedelta(seconds=settings.AUTO_RECEIVE_SECONDS + 60))

    assert deliveries_to_confirm().get() == order


def test_a_changed_fee_is_refused_like_a_changed_price(stall, buyer, address):
    own_delivery(stall)
    [way] = offered(stall, buyer, address)

    with pytest.raises(PriceChanged):
        place(stall, buyer=buyer, address=address, shipping_quote=way.pk, expected_total=26_999)


def test_whoever_is_called_off_does_not_come_and_another_is_called(packed, couriers):
    first = call_courier(packed).parcel
    for _ in range(2):
        call_off_courier(Order.objects.get())
    assert couriers.api.find_order(first.aggregator_id)[1]["status"] == "cancelled"
    assert Order.objects.get().waybill == ""

    second = call_courier(Order.objects.get()).parcel

    assert second.aggregator_id not in ("", first.aggregator_id)
    assert Order.objects.get().parcel == second


def test_a_cancelled_order_takes_its_booking_along(packed, couriers, client):
    booking = call_courier(packed).parcel.aggregator_id
    client.force_login(packed.shop.owner)

    client.post(f"/pesanan/{packed.number}/batal/", {"reason": "Stok rusak"})

    packed.refresh_from_db()
    assert packed.state == "refund_due"
    assert couriers.api.find_order(booking)[1]["status"] == "cancelled"
    assert packed.parcel.state == "failed"


def test_the_buyer_calls_no_courier_off(packed, couriers, client):
    booking = call_courier(packed).parcel.aggregator_id
    client.force_login(packed.buyer)

    client.post(f"/pesanan/{packed.number}/batal/")

    packed.refresh_from_db()
    assert packed.state == "packed"
    assert couriers.api.find_order(booking)[1]["status"] == "confirmed"


def test_what_the_courier_has_fetched_is_not_cancelled(packed, couriers):
    order = call_courier(packed)
    couriers.move(order.parcel.aggregator_id, "picked")

    with pytest.raises(AlreadyWithCourier):
        checkout.cancel(order, reason="Stok rusak")

    ask_about_parcels(10)
    follow_parcels()
    order.refresh_from_db()
    assert order.state == "shipped"


def test_nothing_is_cancelled_while_nobody_knows_whether_a_courier_comes(packed, couriers):
    order = call_courier(packed)
    couriers.broken = True

    with pytest.raises(OutcomeUnknown):
        checkout.cancel(order, reason="Stok rusak")

    order.refresh_from_db()
    assert (order.state, order.parcel.state) == ("packed", "waiting")


def test_a_call_whose_answer_was_lost_is_found_and_called_off(packed, couriers):
    booking = call_courier(packed).parcel
    Parcel.objects.update(aggregator_id="", waybill="")

    checkout.cancel(Order.objects.get(), reason="Stok rusak")

    assert couriers.api.find_order(booking.aggregator_id)[1]["status"] == "cancelled"
    assert Order.objects.get().state == "refund_due"


def test_what_a_courier_comes_for_is_not_sent_under_another_number(packed, couriers):
    order = call_courier(packed)

    with pytest.raises(NotPossible):
        ship_order(order, courier="POS", waybill="POS0001")

    call_off_courier(order)
    shipped = ship_order(Order.objects.get(), courier="POS", waybill="POS0001")
    assert (shipped.state, shipped.parcel.is_followed) == ("shipped", False)
