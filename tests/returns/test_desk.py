"""The dispute desk shows what both sides and the market know; and the half minute in which it was bought."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from livestream.models import LiveSession, RoomEvent
from orders.models import Order, OrderLine
from returns.models import Dispute
from returns.tasks import sweep_recordings
from tests.catalog.costs import queries_of
from tests.factories import make_replay, make_user, make_variant
from tests.media.material import config, records
from tests.media.recordings import record_show
from tests.orders.helpers import order_in
from tests.returns.helpers import in_state, make_judge

pytestmark = pytest.mark.django_db


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def bought_live(state: str = "received") -> Order:
    """Four seconds into a show."""
    variant = make_variant()
    session = make_replay(shop=variant.shop, products=[variant.product])
    return order_in(state, variant, session_id=session.pk, session_ms=4_000)


def recorded(order: Order, settings) -> None:
    record_show(settings.LIVE_ROOT / order.session.code, (config(), records(seconds=6)))


def clip_of(user, order: Order):
    return as_user(user).get(reverse("returns:moment_clip", args=[order.number]))


# ---- the moment of buying --------------------------------------------------------------------------


def test_the_buyer_sees_the_moment_they_bought(settings):
    order = bought_live()
    recorded(order, settings)

    page = as_user(order.buyer).get(reverse("orders:order", args=[order.number])).content.decode()
    answer = clip_of(order.buyer, order)

    assert "Lihat saat kubeli" in page
    assert answer["Content-Type"] == "video/mp4"
    assert b"ftyp" in b"".join(answer.streaming_content)[:64]


def test_the_shop_sees_it_and_nobody_else(settings):
    order = bought_live()
    recorded(order, settings)

    assert clip_of(order.shop.owner, order).status_code == 200
    for stranger in (make_user(), make_user(is_staff=True), make_judge()):
        assert clip_of(stranger, order).status_code == 404


def test_a_judge_sees_it_once_there_is_a_dispute(settings):
    order = bought_live()
    recorded(order, settings)
    judge = make_judge()
    Dispute.objects.create(request=in_state("asked"), order=order, number=1, opened_by="buyer", text="-")

    assert clip_of(judge, order).status_code == 200


def test_what_was_not_bought_in_a_show_has_no_moment():
    order = order_in("received")

    assert (
        "Lihat saat kubeli"
        not in as_user(order.buyer).get(reverse("orders:order", args=[order.number])).content.decode()
    )
    assert as_user(order.buyer).get(reverse("returns:moment", args=[order.number])).status_code == 404


def test_a_recording_that_is_deleted_is_kept_while_something_can_come_back(settings):
    order = bought_live()
    recorded(order, settings)
    LiveSession.objects.filter(orders=order).update(
        recorded_ms=0,
        replay_deleted_at=timezone.now(),
        ended_at=timezone.now() - timedelta(days=40),
        went_live_at=timezone.now() - timedelta(days=40, hours=1),
    )

    sweep_recordings()
    assert clip_of(order.buyer, order).status_code == 200

    Order.objects.filter(pk=order.pk).update(received_at=timezone.now() - timedelta(days=8))
    sweep_recordings()
    assert not (settings.LIVE_ROOT / order.session.code).exists()


def test_it_is_kept_while_a_return_is_open(settings):
    order = bought_live()
    recorded(order, settings)
    request = in_state("disputed")
    type(request).objects.filter(pk=request.pk).update(order=order)
    Order.objects.filter(pk=order.pk).update(received_at=timezone.now() - timedelta(days=20))
    LiveSession.objects.filter(orders=order).update(recorded_ms=0, replay_deleted_at=timezone.now())

    sweep_recordings()

    assert (settings.LIVE_ROOT / order.session.code).exists()


# ---- the desk --------------------------------------------------------------------------------------


def disputed() -> Dispute:
    return in_state("disputed").disputes.get()


def desk_of(dispute: Dispute) -> str:
    return reverse("returns:desk_dispute", args=[dispute.pk])


def test_staff_without_the_right_find_no_desk():
    dispute = disputed()

    for person in (make_user(), make_user(is_staff=True), dispute.order.buyer, dispute.order.shop.owner):
        assert as_user(person).get(reverse("returns:desk")).status_code == 404
        assert as_user(person).get(desk_of(dispute)).status_code == 404
        assert as_user(person).post(desk_of(dispute)).status_code == 404


def test_nobody_judges_in_their_own_case():
    dispute, judge = disputed(), make_judge()
    Order.objects.filter(pk=dispute.order_id).update(buyer=judge)

    assert as_user(judge).get(desk_of(dispute)).status_code == 404


def test_the_desk_shows_what_is_known():
    dispute = disputed()
    order, session = dispute.order, make_replay()
    Order.objects.filter(pk=order.pk).update(session=session, session_ms=65_000)
    OrderLine.objects.filter(order=order).update(claims=[{"id": 1, "text": "Katun 100%", "ms": 1}])
    for seq, (sender, text) in enumerate([(order.buyer, "Ini katun kak?"), (make_user(), "Halo semua")], 1):
        RoomEvent.objects.create(
            session=session, seq=seq, kind="chat", sender=sender, sender_name="x", text=text, media_ms=61_000
        )

    page = as_user(make_judge()).get(desk_of(dispute)).content.decode()

    for known in ("Ini katun kak?", "Katun 100%", "JNE0001", "Pecah semua", "Dikirim utuh", "00.01.05"):
        assert known in page
    assert "Halo semua" not in page


def test_a_decision_needs_its_ground_and_is_made_once():
    dispute = disputed()
    desk, said = as_user(make_judge()), {"outcome": "reject", "text": "Foto tidak cocok."}

    assert desk.post(desk_of(dispute), said).status_code == 422
    assert desk.post(desk_of(dispute), {**said, "ground": "no_evidence"}).status_code == 302
    assert desk.post(desk_of(dispute), {**said, "ground": "no_evidence"}).status_code == 409

    dispute.refresh_from_db()
    dispute.request.refresh_from_db()
    assert (dispute.outcome, dispute.request.state) == ("reject", "rejected")


def test_the_list_costs_as_much_for_three_as_for_one():
    judge = as_user(make_judge())
    disputed()
    judge.get(reverse("returns:desk"))
    one = queries_of(judge, reverse("returns:desk"))
    disputed(), disputed()

    assert queries_of(judge, reverse("returns:desk")) == one
