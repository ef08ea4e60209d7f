"""Pinning a product…"""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from livestream.models import LiveSession, PinInterval, RoomEvent
from livestream.operations.showcase import (
    NotInShowcase,
    NotOnAir,
    choose_products,
    pin_product,
    unpin_product,
)
from tests.concurrency import run_at_once
from tests.factories import make_session, make_session_on_air, make_shop, make_variant

pytestmark = pytest.mark.django_db


def session_showing(count: int = 2, **fields):
    shop = make_shop()
    products = [make_variant(shop=shop).product for _ in range(count)]
    return make_session_on_air(shop=shop, products=products, **fields), products


def pins_of(session):
    return list(PinInterval.objects.order_by("pk").values_list("product_id", "from_ms", "to_ms"))


def told_in(session):
    return list(RoomEvent.objects.filter(session=session).order_by("seq").values_list("kind", "payload"))


def test_remembers_the_moment_on_the_media_clock():
    session, (product, _) = session_showing(media_ms=61_000)

    pin_product(session, product_id=product.pk)

    assert pins_of(session) == [(product.pk, 61_000, None)]


def test_tells_the_room():
    session, (product, _) = session_showing()

    pin_product(session, product_id=product.pk)
    unpin_product(session)

    assert told_in(session) == [("pinned", {"product": product.pk}), ("unpinned", {})]


def test_lets_the_one_before_go():
    session, (first, second) = session_showing(media_ms=1_000)
    pin_product(session, product_id=first.pk)
    LiveSession.objects.update(media_ms=9_000)

    pin_product(session, product_id=second.pk)

    assert pins_of(session) == [(first.pk, 1_000, 9_000), (second.pk, 9_000, None)]


def test_twice_is_once():
    session, (product, _) = session_showing()
    pin_product(session, product_id=product.pk)

    pin_product(session, product_id=product.pk)

    assert len(pins_of(session)) == 1
    assert len(told_in(session)) == 1


def test_is_refused_before_the_session_is_on_air():
    product = make_variant().product
    session = make_session(shop=product.shop, products=[product])

    with pytest.raises(NotOnAir):
        pin_product(session, product_id=product.pk)

    assert pins_of(session) == []
    assert told_in(session) == []


def test_is_refused_after_the_session_has_ended():
    session, (product, _) = session_showing(ended_at=timezone.now())

    with pytest.raises(NotOnAir):
        pin_product(session, product_id=product.pk)

    assert pins_of(session) == []


def test_is_refused_for_a_product_outside_the_showcase():
    session, _ = session_showing()
    other = make_variant(shop=session.shop).product

    with pytest.raises(NotInShowcase):
        pin_product(session, product_id=other.pk)

    assert pins_of(session) == []


def test_is_refused_for_a_withdrawn_product():
    session, (product, _) = session_showing()
    product.withdrawn_at = timezone.now()
    product.save()

    with pytest.raises(NotInShowcase):
        pin_product(session, product_id=product.pk)

    assert pins_of(session) == []


def test_is_undone_when_the_product_leaves_the_showcase():
    session, (first, second) = session_showing(media_ms=5_000)
    pin_product(session, product_id=first.pk)

    choose_products(session, product_ids=[second.pk])

    assert pins_of(session) == [(first.pk, 5_000, 5_000)]
    assert told_in(session)[-1] == ("unpinned", {})


def test_is_not_undone_when_there_is_nothing_pinned():
    session, _ = session_showing()

    unpin_product(session)

    assert told_in(session) == []


@pytest.mark.django_db(transaction=True)
def test_by_two_fingers_at_once_leaves_one_pinned():
    session, products = session_showing(4)
    pins = [partial(pin_product, session, product_id=product.pk) for product in products]

    outcomes = run_at_once(*pins)

    assert outcomes == [None] * 4
    assert PinInterval.objects.filter(to_ms__isnull=True).count() == 1
    assert [kind for kind, _ in told_in(session)] == ["pinned"] * 4
