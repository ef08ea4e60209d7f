"""Booking a courier, and what it tells: kept raw, understood by the table, never moving backwards."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from shipping import operations, states
from shipping.couriers import CourierProblem, Item, Station
from shipping.models import CourierNotice, Parcel, Quote, TrackingEvent
from shipping.operations import notices
from shipping.operations.parcels import CourierSaysNo, NotBookable, OutcomeUnknown
from shipping.queries import waiting_notice_ids
from shipping.states import State
from tests.couriers import SECRET
from tests.factories import make_address, make_user

pytestmark = pytest.mark.django_db
ITEMS = [Item("Keripik", 2, 250, 15_000)]
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def parcel_of(shop, *, service="reg"):
    buyer = make_user()
    quote = Quote(way="courier", courier="jne", service=service)
    return operations.open_parcel(
        shop=shop, buyer=buyer, address=make_address(buyer).as_snapshot(), quote=quote
    )


def booked(shop):
    return operations.book_courier(parcel_of(shop), items=ITEMS, cash_on_delivery=0)


def send(client, message, secret=SECRET):
    return client.post(
        reverse("biteship_notice"),
        message if isinstance(message, str | bytes) else json.dumps(message),
        content_type="application/json",
        headers={"X-Biteship-Signature": secret},
    )


def test_booking_gives_a_waybill(shop, couriers):
    parcel = booked(shop)

    parcel.refresh_from_db()
    assert parcel.waybill.startswith("WYB-")
    assert parcel.is_followed
    assert parcel.state == State.WAITING


def test_what_is_cash_on_delivery_is_told_to_the_courier(shop, couriers):
    parcel = operations.book_courier(parcel_of(shop), items=ITEMS, cash_on_delivery=42_000)

    _, order = couriers.api.find_order(parcel.aggregator_id)
    assert order["destination"]["cash_on_delivery"] == 42_000


def test_a_parcel_is_booked_once(shop, couriers):
    parcel = booked(shop)

    with pytest.raises(NotBookable):
        operations.book_courier(parcel, items=ITEMS, cash_on_delivery=0)


def test_a_booking_whose_answer_was_lost_is_found_again(shop, couriers):
    parcel = parcel_of(shop)
    first = operations.book_courier(parcel, items=ITEMS, cash_on_delivery=0)
    Parcel.objects.filter(pk=parcel.pk).update(aggregator_id="", waybill="")

    second = operations.book_courier(parcel, items=ITEMS, cash_on_delivery=0)

    assert second.aggregator_id == first.aggregator_id


def test_a_refusal_is_kept_with_its_reason(shop, couriers):
    parcel = parcel_of(shop, service="kilat")

    with pytest.raises(CourierSaysNo):
        operations.book_courier(parcel, items=ITEMS, cash_on_delivery=0)

    parcel.refresh_from_db()
    assert "No courier found" in parcel.problem
    assert not parcel.is_followed


def test_no_answer_is_no_booking_and_may_be_asked_again(shop, couriers):
    parcel = parcel_of(shop)
    couriers.broken = True

    with pytest.raises(OutcomeUnknown):
        operations.book_courier(parcel, items=ITEMS, cash_on_delivery=0)

    couriers.broken = False
    assert operations.book_courier(parcel, items=ITEMS, cash_on_delivery=0).is_followed


def test_a_message_moves_the_parcel_and_keeps_the_station(shop, couriers, client):
    parcel = booked(shop)

    assert send(client, couriers.move(parcel.aggregator_id, "picked")).status_code == 200
    operations.apply_notice(CourierNotice.objects.get().pk)

    parcel.refresh_from_db()
    assert parcel.state == State.ON_THE_WAY
    assert list(parcel.events.order_by("at").values_list("word", flat=True)) == ["confirmed", "picked"]
    assert CourierNotice.objects.get().verdict == "applied"


def test_the_same_message_twice_is_one_row_and_changes_nothing(shop, couriers, client):
    parcel = booked(shop)
    message = couriers.move(parcel.aggregator_id, "picked")

    for _ in range(2):
        send(client, message)
        operations.apply_notice(CourierNotice.objects.get().pk)

    assert TrackingEvent.objects.count() == 2


def test_delivered_has_the_couriers_moment(shop, couriers, client):
    parcel = booked(shop)
    for word in ("picked", "dropping_off", "delivered"):
        message = couriers.move(parcel.aggregator_id, word)
    send(client, message)

    operations.apply_notice(CourierNotice.objects.get().pk)

    parcel.refresh_from_db()
    assert parcel.state == State.DELIVERED
    assert parcel.delivered_at == parcel.events.get(word="delivered").at


def test_a_word_that_nobody_knows_is_kept_and_moves_nothing(shop, couriers, client):
    parcel = booked(shop)
    couriers.move(parcel.aggregator_id, "picked")
    send(client, couriers.move(parcel.aggregator_id, "teleported"))

    operations.apply_notice(CourierNotice.objects.get().pk)

    parcel.refresh_from_db()
    assert parcel.state == State.ON_THE_WAY
    assert parcel.events.get(word="teleported").state == ""
    assert CourierNotice.objects.get().verdict == "unknown_state"


def test_what_a_message_claims_is_not_believed_unasked(shop, couriers, client):
    parcel = booked(shop)
    lie = couriers.move(parcel.aggregator_id, "picked") | {"status": "delivered"}
    send(client, lie)

    operations.apply_notice(CourierNotice.objects.get().pk)

    parcel.refresh_from_db()
    assert parcel.state == State.ON_THE_WAY


@pytest.mark.parametrize("secret", ["", "wrong", "Hook-Secret"])
def test_a_message_without_the_secret_is_refused_unread(shop, couriers, client, secret):
    answer = send(client, couriers.move(booked(shop).aggregator_id, "picked"), secret)

    assert answer.status_code == 403
    assert not CourierNotice.objects.exists()


def test_without_a_secret_of_our_own_nobody_is_believed(client, settings):
    settings.BITESHIP_HOOK_SECRET = ""

    assert send(client, {"event": "order.status", "order_id": "x"}, "").status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 200),  # the dashboard's test of the address
        ("[]", 400),
        ("{", 400),
        ('{"event": "order.status"}', 400),
        ('{"event": "order.status", "order_id": 7}', 400),
        ('{"event": "other", "order_id": "x"}', 400),
        ('{"event": "order.status", "order_id": "x", "note": "\\u0000"}', 400),
        ("x" * 20_000, 413),
    ],
)
def test_what_makes_no_sense_is_not_kept(client, couriers, body, status):
    assert send(client, body).status_code == status
    assert not CourierNotice.objects.exists()


def test_a_message_about_a_parcel_that_is_not_ours_is_kept_and_moves_nothing(couriers, client):
    send(client, {"event": "order.status", "order_id": "of-someone-else", "status": "delivered"})

    operations.apply_notice(CourierNotice.objects.get().pk)

    assert CourierNotice.objects.get().verdict == "unknown_parcel"


def test_a_message_waits_while_the_aggregator_is_away(shop, couriers, client):
    send(client, couriers.move(booked(shop).aggregator_id, "picked"))
    couriers.broken = True

    with pytest.raises(CourierProblem):
        operations.apply_notice(CourierNotice.objects.get().pk)

    assert waiting_notice_ids() == [CourierNotice.objects.get().pk]


def test_a_lost_message_is_made_up_for_by_asking(shop, couriers):
    parcel = booked(shop)
    couriers.move(parcel.aggregator_id, "picked")

    assert operations.ask_about_parcels(10) == 1
    assert operations.ask_about_parcels(10) == 0  # not again so soon

    parcel.refresh_from_db()
    assert parcel.state == State.ON_THE_WAY


def stations(*words):
    return [Station(word, "", AT + timedelta(hours=hour)) for hour, word in words]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (stations((2, "dropping_off"), (1, "picked")), State.ON_THE_WAY),
        (stations((1, "picked"), (2, "on_hold")), State.ON_HOLD),
        (stations((1, "delivered"), (2, "on_hold")), State.DELIVERED),
        (stations((1, "return_in_transit"), (2, "returned"), (3, "picked")), State.RETURNED),
        (stations((1, "cancelled"), (2, "confirmed")), State.WAITING),
        (stations((1, "picked"), (2, "disposed")), State.LOST),
    ],
)
def test_stations_lead_to_one_state_in_whatever_order_they_come(shop, told, state):
    parcel = parcel_of(shop)

    notices._record(parcel.pk, told[::-1], "")
    notices._record(parcel.pk, told, "")

    parcel.refresh_from_db()
    assert parcel.state == state


def test_a_station_of_the_past_does_not_move_a_parcel_back(shop):
    parcel = parcel_of(shop)
    notices._record(parcel.pk, stations((5, "dropping_off")), "")

    notices._record(parcel.pk, stations((1, "on_hold")), "")

    parcel.refresh_from_db()
    assert (parcel.state, parcel.events.count()) == (State.ON_THE_WAY, 2)


def test_every_word_of_the_aggregator_is_in_the_table():
    words = (
        "placed scheduled confirmed allocated picking_up picked dropping_off delivered rejected cancelled "
        "on_hold courier_not_found return_in_transit returned disposed"
    )

    assert set(states.BITESHIP) == set(words.split())
