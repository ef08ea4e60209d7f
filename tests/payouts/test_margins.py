"""What would be sold for less than it cost …"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from affiliates.models import CommissionRate
from catalog.margins import worst_loss
from catalog.models import Variant
from deals.models import FlashDeal, Voucher
from payouts.queries.nets import least_net
from tests.deals.helpers import make_flash_deal, make_voucher, session_showing
from tests.factories import make_variant

pytestmark = pytest.mark.django_db


def goods(cost: int | None, price: int = 25_000) -> Variant:
    return make_variant(stock=20, price=price, cost=cost)


def start(client: Client, variant: Variant, price: int, **more: Any) -> Any:
    session = more.pop("session", None) or session_showing(variant)
    client.force_login(session.host)
    fields = {"price": price, "units": 5, "per_buyer": 1, "countdown_seconds": 10, "minutes": 5, **more}
    return client.post(reverse("deals:flash_start", args=[session.code, variant.pk]), fields)


def test_is_not_started_before_it_is_confirmed_for_this_very_loss(client: Client) -> None:
    variant = goods(cost=20_000)
    loss, session = 20_000 - least_net(variant, price=15_000), session_showing(variant)

    asked = start(client, variant, 15_000, session=session)
    cheaper = start(client, variant, 14_000, session=session, at_a_loss=loss)
    assert (asked.status_code, cheaper.status_code, FlashDeal.objects.count()) == (409, 409, 0)
    assert f'name="at_a_loss" value="{loss}"' in asked.content.decode()

    assert start(client, variant, 15_000, session=session, at_a_loss=loss).status_code == 302
    assert FlashDeal.objects.get().price == 15_000


@pytest.mark.parametrize("cost", [None, 5_000])
def test_is_not_asked_about_where_it_brings_more_or_nobody_knows(client: Client, cost: int | None) -> None:
    assert start(client, goods(cost), 15_000).status_code == 302


def test_counts_a_voucher_that_may_come_on_top(client: Client) -> None:
    variant = goods(cost=10_000)
    session = session_showing(variant)
    assert least_net(variant, price=15_000) > 10_000 > least_net(variant, price=10_000)
    make_voucher(session)

    assert start(client, variant, 15_000, session=session).status_code == 409


def voucher(client: Client, deal: FlashDeal, **more: Any) -> Any:
    client.force_login(deal.session.host)
    fields = {"kind": "amount", "most_discount": 5_000, "min_purchase": 0, "budget": 50_000, "most_claims": 5}
    fields |= {"task": "none", **more}
    return client.post(reverse("deals:voucher_make", args=[deal.session.code]), fields)


def test_is_found_where_a_voucher_meets_a_flash_price(client: Client) -> None:
    variant = goods(cost=10_000)
    loss, deal = 10_000 - least_net(variant, price=10_000), make_flash_deal(variant, price=15_000)

    assert voucher(client, deal).status_code == 409
    assert not Voucher.objects.exists()
    assert voucher(client, deal, at_a_loss=loss).status_code == 302


def test_is_not_there_when_a_voucher_asks_for_a_large_basket(client: Client) -> None:
    deal = make_flash_deal(goods(cost=8_500), price=15_000)

    answer = voucher(client, deal, min_purchase=150_000)

    assert answer.status_code == 302


def test_counts_the_commission_that_creators_are_offered(client: Client) -> None:
    variant = goods(cost=15_000)
    client.force_login(variant.product.shop.owner)
    loss = 15_000 - least_net(variant, price=25_000, rate_bp=5_000)

    asked = client.post(reverse("affiliates:set_rate"), {"rate": "50"})
    assert (asked.status_code, CommissionRate.objects.count()) == (409, 0)
    assert f'value="{loss}"' in asked.content.decode()

    assert client.post(reverse("affiliates:set_rate"), {"rate": "50", "at_a_loss": loss}).status_code == 302
    assert least_net(variant, price=25_000) == 15_000 - loss
    assert client.post(reverse("affiliates:set_rate"), {"rate": "5"}).status_code == 302


def test_is_found_where_price_and_cost_are_typed(client: Client) -> None:
    variant = goods(cost=None)
    client.force_login(variant.product.shop.owner)
    fields = {
        "name": "",
        "price": "25.000",
        "cost": "24.500",
        "live_code": variant.live_code,
        "sku": variant.sku,
    }
    url = reverse("catalog:variant_edit", args=[variant.pk])

    asked = client.post(url, fields)
    variant.refresh_from_db()
    assert (asked.status_code, variant.cost) == (409, None)

    loss = 24_500 - least_net(variant, price=25_000)
    assert client.post(url, {**fields, "at_a_loss": loss}).status_code == 302
    variant.refresh_from_db()
    assert variant.cost == 24_500
    net = client.get(
        reverse("payouts:net"), {"price": "25.000", "cost": "24.500"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Di bawah modal" in net


def test_is_told_for_the_worst_of_all() -> None:
    both = [goods(cost=26_000), goods(cost=40_000)]

    found = worst_loss(both, price_of=lambda one: one.price)

    assert found is not None
    assert (found.variant, found.amount) == (both[1], 40_000 - least_net(both[1], price=25_000))


def test_is_the_shops_secret(client: Client) -> None:
    variant = goods(cost=17_391)

    pages = [reverse("catalog:product", args=[variant.product.pk, variant.product.slug])]
    pages.append(reverse("checkout:buy", args=[variant.pk]))

    assert not any(
        "17391" in (told := client.get(page).content.decode()) or "17.391" in told for page in pages
    )
