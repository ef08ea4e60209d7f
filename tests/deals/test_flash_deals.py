"""A flash deal …"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import PriceSpell
from catalog.operations import NotEnoughLeft, edit_variant
from deals import operations
from deals.models import FlashDeal
from deals.operations import refusals
from deals.queries import price_for
from deals.queries.flash import cards_of, price_limits
from livestream import queries as live
from livestream.models import LiveSession, RoomEvent
from tests.deals.helpers import age_price, let_time_pass, make_flash_deal, session_showing
from tests.factories import make_session_on_air, make_user, make_variant

pytestmark = pytest.mark.django_db


def start(session: LiveSession, variant: Any, **fields: Any) -> FlashDeal:
    fields = {
        "price": 20_000,
        "units": 5,
        "per_buyer": 2,
        "countdown_seconds": 30,
        "minutes": 5,
        "started_by": session.host,
        **fields,
    }
    return operations.start_flash_deal(session, variant_id=variant.pk, **fields)


def test_begins_after_its_countdown_and_ends_by_itself():
    variant = make_variant(stock=5, price=25_000)
    session = session_showing(variant)

    deal = start(session, variant)

    assert deal.ends_ms - deal.starts_ms == 300_000
    rules = []
    for ms in (0, 31_000, 300_000):
        let_time_pass(session, ms)
        rules.append(str(price_for(None, variant).rule))
    assert rules == ["list", "flash", "list"]
    assert not cards_of(session)


def test_is_told_to_the_room_in_both_languages_when_it_comes_and_goes():
    variant = make_variant(price=25_000)
    session = session_showing(variant)

    deal = start(session, variant)
    operations.stop_flash_deal(session, deal_id=deal.pk)
    operations.stop_flash_deal(session, deal_id=deal.pk)

    came, went = RoomEvent.objects.filter(session=session, kind="deal").order_by("seq")
    assert came.payload["slot"] == "flash"
    assert f'data-deal="{deal.pk}"' in came.payload["html"]["id"]
    assert "Rp20.000" in came.payload["html"]["en"]
    assert went.payload == {"slot": "flash", "html": {}, "facts": {"deals": []}}


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"units": 6}, NotEnoughLeft),
        ({"price": 25_000}, refusals.NotCheapEnough),
        ({"price": 30_000}, refusals.NotCheapEnough),
    ],
)
def test_is_refused_with_more_than_the_stock_or_no_reduction(changed: dict[str, int], refusal: Any):
    variant = make_variant(stock=5, price=25_000)

    with pytest.raises(refusal):
        start(session_showing(variant), variant, **changed)

    assert not FlashDeal.objects.exists()


@pytest.mark.parametrize("moment", [{"interrupted_at": timezone.now()}, {"ended_at": timezone.now()}])
def test_is_refused_while_no_picture_arrives(moment: dict[str, Any]):
    variant = make_variant()
    session = session_showing(variant, **moment)

    with pytest.raises(refusals.NotOnAir):
        start(session, variant)


def test_is_refused_for_what_the_session_does_not_show():
    session = make_session_on_air()

    with pytest.raises(refusals.NotShown):
        start(session, make_variant())


@pytest.mark.parametrize(("delay", "is_refused"), [(8_001, True), (8_000, False)])
def test_is_refused_when_viewers_see_the_show_too_late(monkeypatch: Any, delay: int, is_refused: bool):
    variant = make_variant(price=25_000)
    session = session_showing(variant)
    monkeypatch.setattr(live, "glass_delay_ms", lambda session: delay)

    if is_refused:
        with pytest.raises(refusals.TooFarBehind):
            start(session, variant)
    else:
        assert start(session, variant).pk


def test_is_one_at_a_time_for_a_variant_and_three_for_a_room():
    variants = [make_variant(price=25_000)]
    shop = variants[0].shop
    variants += [make_variant(shop=shop, price=25_000) for _ in range(3)]
    session = make_session_on_air(shop=shop, products=[variant.product for variant in variants])
    for variant in variants[:3]:
        start(session, variant)

    with pytest.raises(refusals.AlreadyOne):
        start(session, variants[0])
    with pytest.raises(refusals.TooManyAtOnce):
        start(session, variants[3])
    let_time_pass(session, 331_000)
    assert start(session, variants[0]).pk


def test_is_put_away_once_its_time_or_its_session_is_over():
    by_clock, by_end, running = make_flash_deal(), make_flash_deal(), make_flash_deal()
    let_time_pass(by_clock.session, 300_001)
    LiveSession.objects.filter(pk=by_end.session_id).update(ended_at=timezone.now())

    assert operations.close_finished_deals() == 2
    assert operations.close_finished_deals() == 0

    assert set(FlashDeal.objects.filter(closed_at=None)) == {running}


# ---- honest prices ----------------------------------------------------------------------------------


def test_must_be_below_the_lowest_price_of_thirty_days():
    variant = make_variant(price=20_000)
    age_price(variant, days=10)
    edit_variant(variant, name="", sku=variant.sku, live_code=variant.live_code, price=40_000)

    assert price_limits(variant).most == 19_999
    PriceSpell.objects.filter(price=20_000).update(
        from_at=timezone.now() - timedelta(days=90), until_at=timezone.now() - timedelta(days=31)
    )
    assert price_limits(variant).most == 39_999


def test_may_not_cost_more_than_people_paid_in_an_earlier_one():
    earlier = make_flash_deal(price=18_000, closed_at=timezone.now())
    assert price_limits(earlier.variant).most == 24_999

    FlashDeal.objects.filter(pk=earlier.pk).update(taken=1)

    assert price_limits(earlier.variant).most == 18_000


def test_forgets_a_slip_of_the_pen_that_nobody_paid():
    variant = make_variant(price=2_500)
    edit_variant(variant, name="", sku=variant.sku, live_code=variant.live_code, price=25_000)

    assert price_limits(variant).most == 24_999


@pytest.mark.parametrize(("paid", "struck"), [(True, 25_000), (False, None)])
def test_strikes_a_price_through_only_when_somebody_paid_it(paid: bool, struck: int | None):
    variant = make_variant(price=25_000)
    age_price(variant, paid=paid)

    assert start(session_showing(variant), variant).struck_price == struck


def test_strikes_no_price_through_that_was_paid_too_long_ago():
    variant = make_variant(price=25_000)
    age_price(variant)
    PriceSpell.objects.update(last_charged_on=(timezone.now() - timedelta(days=31)).date())

    assert price_limits(variant).struck is None


# ---- from the studio ----------------------------------------------------------------------------------


FORM = {"price": "20.000", "units": 5, "per_buyer": 2, "countdown_seconds": 30, "minutes": 5}
HTMX = {"HX-Request": "true"}


def test_is_started_in_two_taps(client: Client):
    variant = make_variant(stock=5, price=25_000)
    session = session_showing(variant)
    client.force_login(session.host)
    address = reverse("deals:flash_start", args=[session.code, variant.pk])

    asked = client.get(address, headers=HTMX).content.decode()
    answer = client.post(address, FORM, headers=HTMX)

    assert "Kamu terima <b>Rp21.323</b> per buah." in asked
    assert answer.status_code == 200
    assert "Hentikan" in answer.content.decode()
    assert FlashDeal.objects.get().price == 20_000


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"price": "25.000"}, 409),
        ({"units": 99}, 409),
        ({"minutes": 21}, 422),
        ({"countdown_seconds": 9}, 422),
        ({"price": "murah"}, 422),
        ({"per_buyer": 0}, 422),
        ({"price": "9" * 40}, 422),
    ],
)
def test_is_not_started_by_a_bad_form(client: Client, typed: dict[str, Any], status: int):
    variant = make_variant(stock=5, price=25_000)
    session = session_showing(variant)
    client.force_login(session.host)

    answer = client.post(
        reverse("deals:flash_start", args=[session.code, variant.pk]), FORM | typed, headers=HTMX
    )

    assert answer.status_code == status
    assert not FlashDeal.objects.exists()


def test_is_nobody_elses_to_start_or_stop(client: Client):
    deal = make_flash_deal()
    other = session_showing(make_variant())
    for person in (make_user(), other.host):
        client.force_login(person)
        stop = reverse("deals:flash_stop", args=[deal.session.code, deal.pk])
        assert client.post(stop).status_code == 404
    stop = reverse("deals:flash_stop", args=[other.code, deal.pk])
    assert client.post(stop, headers=HTMX).status_code == 200

    assert FlashDeal.objects.get().closed_at is None
